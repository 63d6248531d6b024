//! Who is told of a step: what waits for the service centre is told to it, and what became of a proposal to the head of the department. Each is a
//! notice in the app, which the next digest says, too.

use super::{CONFIRM, PROPOSE, PUBLISH, RETIRE, RETURN, WITHDRAW_PROPOSAL};
use crate::{
    account,
    command::Command,
    error::Fault,
    item::{Model, version},
    language::Text,
    link,
    notice::commands::{NewNotice, is_done, tell_all},
    store::Unit,
    viewer::Role,
};

/// As notices name what they are about.
const KIND: &str = "item";

/// Tells of a step on a version, in the transaction of the step. What was asked for before is done by it.
pub(super) async fn tell(
    unit: &Unit,
    item: &Model,
    version: &version::Model,
    command: &Command,
    reason: Option<&str>,
) -> Result<(), Fault> {
    // What the program itself publishes, when a park is set up, it publishes by the dozen.
    let Some(own) = unit.viewer().account_id() else {
        return Ok(());
    };
    let path = link::item(item.id);
    let title = title(item, version, command, reason);
    if title.is_some() || command.code == WITHDRAW_PROPOSAL.code {
        is_done(unit, KIND, &path).await?;
    }
    let Some(title) = title else {
        return Ok(());
    };
    let for_centre = command.code == PROPOSE.code || command.code == CONFIRM.code;
    let people = match for_centre {
        true => account::repository::enabled_in_role(unit.db(), Role::Centre).await?,
        false => account::repository::heads_or_centre(unit.db(), Some(item.department_id)).await?,
    };
    let others = people.into_iter().filter(|person| person.id != own);
    let notices = others.map(|person| NewNotice {
        // Each step makes another version.
        key: format!("{KIND}:{}:{}:{}", item.id, item.version, person.id),
        recipient_id: person.id,
        kind: KIND.to_owned(),
        title: title.clone(),
        path: Some(path.clone()),
        letter_id: None,
        waits_for_digest: true,
    });
    tell_all(unit, notices.collect()).await?;
    Ok(())
}

/// What is told of a step; nothing of one that is nobody else's affair.
fn title(
    item: &Model,
    version: &version::Model,
    command: &Command,
    reason: Option<&str>,
) -> Option<Text> {
    let name = &version.content.item.name;
    let (zh, en) = (
        format!("{} {}", item.code, name.zh),
        format!("{} {}", item.code, name.en),
    );
    let from = version.valid_from.map(|day| day.to_string());
    let from = from.unwrap_or_default();
    let to = version.valid_to.map(|day| day.to_string());
    let to = to.unwrap_or_default();
    let because = reason.unwrap_or_default();
    let title = match command.code {
        code if code == PROPOSE.code && version.awaits_leader => Text::new(
            format!("事项新版本已提请公布，待管委会领导批准默许类别：{zh}，拟自 {from} 起生效"),
            format!(
                "A new version is proposed and waits for a leader's confirmation: {en}, from {from}"
            ),
        ),
        code if code == PROPOSE.code => Text::new(
            format!("事项新版本已提请公布，请审核公布或者退回：{zh}，拟自 {from} 起生效"),
            format!("A new version is proposed, to be published or returned: {en}, from {from}"),
        ),
        code if code == CONFIRM.code => Text::new(
            format!("默许类别已获批准，可以公布：{zh}"),
            format!("The silence class is confirmed, and the version can be published: {en}"),
        ),
        code if code == RETURN.code => Text::new(
            format!("事项新版本已退回：{zh}。退回理由：{because}"),
            format!("A new version was returned: {en}. Reason: {because}"),
        ),
        code if code == PUBLISH.code => Text::new(
            format!("事项新版本已公布：{zh}，自 {from} 起生效"),
            format!("A new version is published: {en}, valid from {from}"),
        ),
        code if code == RETIRE.code => Text::new(
            format!("事项已移出目录：{zh}，最后一天 {to}"),
            format!("An item is taken off the catalogue: {en}, last day {to}"),
        ),
        _ => return None,
    };
    Some(title)
}
