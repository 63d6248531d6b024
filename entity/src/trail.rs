//! All commands: the audit trail is read by them, and a viewer is offered those that begin something.

use crate::{
    absence, account, acknowledgement, application, calendar, case,
    command::{Command, Offer, commands, offer},
    comment, commitment, contract, deadline, department, document, enterprise, evaluation, feed,
    item, ledger, liaison, milestone, needs, obligation, outbox,
    permission::{Standing, require},
    permit, preference, project, rating, receipt, rectification, report, saved_filter, schedule,
    session, supervision,
    viewer::Viewer,
    visit,
};

commands! {
    /// The demonstration is ready; the program prepares it, and no command of a term.
    PREPARE_DEMONSTRATION = "demonstration.prepare" on Demonstration: "准备演示", "demonstration prepared";
}

/// All commands.
pub fn all() -> impl Iterator<Item = &'static Command> {
    [
        outbox::commands::COMMANDS,
        calendar::commands::COMMANDS,
        schedule::commands::COMMANDS,
        deadline::commands::COMMANDS,
        account::commands::COMMANDS,
        session::commands::COMMANDS,
        preference::commands::COMMANDS,
        saved_filter::commands::COMMANDS,
        absence::commands::COMMANDS,
        department::commands::COMMANDS,
        enterprise::commands::COMMANDS,
        liaison::commands::COMMANDS,
        document::commands::COMMANDS,
        permit::commands::COMMANDS,
        contract::commands::COMMANDS,
        commitment::commands::COMMANDS,
        obligation::commands::COMMANDS,
        supervision::commands::COMMANDS,
        acknowledgement::commands::COMMANDS,
        project::commands::COMMANDS,
        milestone::commands::COMMANDS,
        visit::commands::COMMANDS,
        comment::commands::COMMANDS,
        ledger::commands::COMMANDS,
        rectification::commands::COMMANDS,
        rating::commands::COMMANDS,
        evaluation::commands::COMMANDS,
        feed::commands::COMMANDS,
        report::commands::COMMANDS,
        item::commands::COMMANDS,
        case::commands::COMMANDS,
        case::commands::silence::COMMANDS,
        needs::commands::COMMANDS,
        application::commands::COMMANDS,
        receipt::commands::COMMANDS,
        COMMANDS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// What the viewer may begin, to some things at least; each command looks at the thing itself.
pub fn offered(viewer: &Viewer) -> Vec<Offer> {
    let begin = |command: &'static Command| {
        let form = command.form.filter(|form| form.target().is_none())?;
        let may = |standing| require(viewer, form.may, standing);
        let any = Standing::ALL
            .into_iter()
            .any(|standing| may(standing).is_ok());
        let may = if any { Ok(()) } else { may(Standing::None) };
        let is_feed = command.code == feed::commands::CREATE.code;
        let rule = |()| {
            if is_feed {
                feed::rules::may_create(viewer)
            } else {
                Ok(())
            }
        };
        offer(command, viewer, may, rule)
    };
    all().filter_map(begin).collect()
}

/// The command that is spelt so; none when this program does not know it.
pub fn command(code: &str) -> Option<&'static Command> {
    all().find(|command| command.code == code)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fs, path::Path};

    use super::*;

    /// How many commands the sources of the domain declare.
    fn declared(folder: &Path) -> usize {
        let entries = fs::read_dir(folder).expect("the sources of the domain");
        let count = |path: &Path| {
            let source = fs::read_to_string(path).expect("a source");
            let blocks = source.split("\ncommands! {\n").skip(1);
            let lines = blocks.flat_map(|block| block.lines().take_while(|line| *line != "}"));
            lines.filter(|line| line.contains(" = \"")).count()
        };
        entries
            .map(|entry| entry.expect("a source").path())
            .map(|path| {
                if path.is_dir() {
                    declared(&path)
                } else {
                    count(&path)
                }
            })
            .sum()
    }

    #[test]
    fn each_command_is_listed_and_declared_once() {
        let sources = declared(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        assert_eq!(all().count(), sources, "a term is missing in `all`");
        let mut known = BTreeMap::new();
        for command in all() {
            let told = known.insert((command.code, command.subject.name()), command.told);
            assert_eq!(told, None, "{} is declared twice", command.code);
        }
        // What is imported is of several kinds, and told in the same words.
        for command in all() {
            let first = super::command(command.code).expect("it is declared");
            assert_eq!(first.told, command.told, "{}", command.code);
        }
    }
}
