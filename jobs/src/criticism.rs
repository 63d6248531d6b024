//! The draft of a criticism (通报草稿): what is still open five working days after it was chased is put before the supervisor, who
//! alone decides. One letter a day, and each matter once.

use entity::{
    calendar::rules::Calendar,
    error::Fault,
    obligation::repository::Owed,
    outbox::{Class, Kind, commands::NewLetter, facts},
    viewer::Role,
    warning::{self, SubjectKind, commands::Crossed},
};
use uuid::Uuid;

use crate::{
    job::{Run, in_role_or_centre},
    red_list::Ladder,
};

/// Working days to the due date from which on a draft is made: six after the first day on which the promise is red.
const DRAFTED_FROM: i32 = -7;

/// Drafts the criticism of what of `late` has been overdue for so long.
pub(crate) async fn draft(run: &Run, calendar: &Calendar, late: &[&Owed]) -> Result<(), Fault> {
    let store = run.store();
    let today = store.today();
    let long = |owed: &&&Owed| owed.deadline.value().remaining(today, calendar) <= DRAFTED_FROM;
    let late: Vec<&Owed> = late.iter().filter(long).copied().collect();
    let ids: Vec<Uuid> = late.iter().map(|owed| owed.obligation.id).collect();
    let told = warning::repository::told(store.db(), &ids).await?;
    let ladder = Ladder::load(store, &late).await?;
    for person in in_role_or_centre(store, Role::Supervisor).await? {
        if run.is_stopping() {
            break;
        }
        let is_untold = |owed: &&&Owed| {
            let threshold = threshold(owed);
            !told.contains(&(owed.obligation.id, threshold, person.id))
        };
        let mut untold: Vec<&Owed> = late.iter().filter(is_untold).copied().collect();
        if untold.is_empty() {
            run.skip();
            continue;
        }
        untold.sort_by_key(|owed| (owed.deadline.due_on, owed.obligation.id));
        let lines = ladder.lines(&untold, today, calendar);
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
        let crossed = untold.iter().map(|owed| Crossed {
            subject_kind: SubjectKind::Obligation,
            subject_id: owed.obligation.id,
            threshold: threshold(owed),
            superseded: false,
        });
        run.write(&person, why, letter, crossed.collect()).await;
    }
    Ok(())
}

fn threshold(owed: &Owed) -> String {
    format!("CRITICISM:{}", owed.deadline.due_on)
}
