//! The draft of a criticism (通报草稿): what is still open five working days after it was chased is put before the supervisor, who
//! alone decides. One letter a day, and each matter once.

use entity::{
    calendar::rules::Calendar,
    deadline::Matter,
    error::Fault,
    outbox::{
        Class, Kind,
        commands::NewLetter,
        facts::{self, LateLine},
    },
    viewer::Role,
    warning::{self, commands::Crossed},
};
use uuid::Uuid;

use crate::{
    job::{Run, in_role_or_centre},
    red_list::Ladder,
};

/// How many working days after its chase a draft is made, as the letter says. What was never chased is not criticised.
const AFTER_CHASE: i32 = 5;

/// Drafts the criticism of what of `late` was chased so long ago.
pub(crate) async fn draft(run: &Run, calendar: &Calendar, late: &[&Matter]) -> Result<(), Fault> {
    let store = run.store();
    let today = store.today();
    let ladder = Ladder::load(store, late).await?;
    let was_chased = |matter: &&&Matter| {
        let chased_on = ladder.chased_on(matter);
        chased_on.is_some_and(|day| calendar.working_days_between(day, today) >= AFTER_CHASE)
    };
    let chased: Vec<(&Matter, LateLine)> = late
        .iter()
        .filter(was_chased)
        .map(|matter| (*matter, ladder.line(matter, today, calendar)))
        .collect();
    let ids: Vec<Uuid> = chased
        .iter()
        .map(|(matter, _)| matter.subject.key)
        .collect();
    let told = warning::repository::told(store.db(), &ids).await?;
    for person in in_role_or_centre(store, Role::Supervisor).await? {
        if run.is_stopping() {
            break;
        }
        let is_untold = |(matter, _): &&(&Matter, LateLine)| {
            let threshold = threshold(matter);
            !told.contains(&(matter.subject.key, threshold, person.id))
        };
        let mut untold: Vec<&(&Matter, LateLine)> = chased.iter().filter(is_untold).collect();
        if untold.is_empty() {
            run.skip();
            continue;
        }
        untold.sort_by_key(|(matter, _)| (matter.limit.due_on, matter.subject.key));
        let lines: Vec<LateLine> = untold.iter().map(|(_, line)| line.clone()).collect();
        let why = lines
            .iter()
            .map(|line| line.said(person.language))
            .collect();
        let letter = NewLetter::new(
            format!("criticism:{today}:{}", person.id),
            Kind::CriticismDraft,
            Class::MustNotMiss,
            person.id,
            &facts::CriticismDraft {
                name: person.name.clone(),
                date: today,
                lines,
            },
        );
        let crossed = untold.iter().map(|(matter, _)| Crossed {
            subject_kind: matter.subject.kind,
            subject_id: matter.subject.key,
            threshold: threshold(matter),
            superseded: false,
        });
        run.write(&person, why, letter, crossed.collect()).await;
    }
    Ok(())
}

fn threshold(matter: &Matter) -> String {
    format!("CRITICISM:{}", matter.limit.due_on)
}
