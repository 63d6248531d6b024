//! The draft of a criticism (通报草稿): what is still open five working days after it was chased is put before the supervisor, who
//! alone decides. One letter a day, and each matter once.

use entity::{
    calendar::rules::Calendar,
    error::Fault,
    obligation::repository::Owed,
    outbox::{
        Class, Kind,
        commands::NewLetter,
        facts::{self, LateLine},
    },
    viewer::Role,
    warning::{self, SubjectKind, commands::Crossed},
};
use uuid::Uuid;

use crate::{
    job::{Run, in_role_or_centre},
    red_list::Ladder,
};

/// How many working days after its chase a draft is made, as the letter says. What was never chased is not criticised.
const AFTER_CHASE: i32 = 5;

/// Drafts the criticism of what of `late` was chased so long ago.
pub(crate) async fn draft(run: &Run, calendar: &Calendar, late: &[&Owed]) -> Result<(), Fault> {
    let store = run.store();
    let today = store.today();
    let ladder = Ladder::load(store, late).await?;
    let of_late = late.iter().zip(ladder.lines(late, today, calendar));
    let chased: Vec<(&Owed, LateLine)> = of_late
        .filter(|(_, line)| {
            line.chased_on
                .is_some_and(|day| calendar.working_days_between(day, today) >= AFTER_CHASE)
        })
        .map(|(owed, line)| (*owed, line))
        .collect();
    let ids: Vec<Uuid> = chased.iter().map(|(owed, _)| owed.obligation.id).collect();
    let told = warning::repository::told(store.db(), &ids).await?;
    for person in in_role_or_centre(store, Role::Supervisor).await? {
        if run.is_stopping() {
            break;
        }
        let is_untold = |(owed, _): &&(&Owed, LateLine)| {
            let threshold = threshold(owed);
            !told.contains(&(owed.obligation.id, threshold, person.id))
        };
        let mut untold: Vec<&(&Owed, LateLine)> = chased.iter().filter(is_untold).collect();
        if untold.is_empty() {
            run.skip();
            continue;
        }
        untold.sort_by_key(|(owed, _)| (owed.deadline.due_on, owed.obligation.id));
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
        let crossed = untold.iter().map(|(owed, _)| Crossed {
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
