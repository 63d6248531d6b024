//! Pauses that end soon: nothing is told of a paused time limit, except once, two working days before the end that the notice names.
//! It waits for the digest of that morning.

use entity::{
    calendar,
    deadline::{Matter, repository::pauses_ending},
    error::Fault,
    language::Text,
    notice::commands::{NewNotice, tell_all},
    outbox::Kind,
};

use crate::{
    job::{Run, TOGETHER},
    responsible::Responsible,
};

/// How many working days before the named end of a pause its owners are told.
const BEFORE: u32 = 2;

/// Tells the owners of what goes on within two working days, each once for each named end.
pub(crate) async fn tell_of_ends(run: &Run) -> Result<(), Fault> {
    let store = run.store();
    let today = store.today();
    let calendar = calendar::repository::in_force(store).await?;
    let until = calendar.add_working_days(today, BEFORE);
    let ending = pauses_ending(store, today, until).await?;
    let responsible = Responsible::load(store, ending.iter().map(|(matter, _)| matter)).await?;
    for part in ending.chunks(TOGETHER) {
        let notices = part.iter().flat_map(|(matter, ends_on)| {
            let owners = responsible.owners(matter).into_iter();
            owners.map(move |(person, _)| NewNotice {
                key: format!("pause_end:{}:{ends_on}:{person}", matter.limit.id),
                recipient_id: person,
                kind: Kind::Digest.name(),
                title: title(matter, *ends_on),
                path: Some(matter.subject.path.clone()),
                letter_id: None,
                waits_for_digest: true,
            })
        });
        let notices: Vec<NewNotice> = notices.collect();
        let work = async {
            let unit = run.begin().await?;
            tell_all(&unit, notices).await?;
            run.commit(unit).await
        };
        let first = part.first().map(|(matter, _)| matter.subject.key);
        let what = format!("pauses from {}", first.unwrap_or_default());
        run.item::<Fault>(&what, work).await;
    }
    Ok(())
}

fn title(matter: &Matter, ends_on: chrono::NaiveDate) -> Text {
    let (enterprise, title) = (&matter.subject.enterprise, &matter.subject.title);
    Text::new(
        format!("暂停计时将于 {ends_on} 结束：{enterprise} · {}", title.zh),
        format!("A pause ends on {ends_on}: {enterprise} · {}", title.en),
    )
}
