//! Supervision orders that wait for an answer: the department is reminded on the working day before its day and when that has passed, whoever
//! gave the order when it has passed, each once. It waits for the digest of that morning.

use std::collections::{HashMap, hash_map::Entry};

use chrono::NaiveDate;
use entity::{
    account, calendar,
    error::Fault,
    language::Text,
    notice::commands::{NewNotice, tell_all},
    supervision::{self, commands::notice, repository::unanswered_until},
};
use uuid::Uuid;

use crate::job::{Run, TOGETHER};

/// How many working days before its day the department is reminded of an answer.
const BEFORE: u32 = 1;

/// It is to be answered by the next working day.
const DUE: &str = "due";
/// Its day has passed.
const LATE: &str = "late";

/// Reminds of what is to be answered by the next working day, or should have been.
pub(crate) async fn remind(run: &Run) -> Result<(), Fault> {
    let store = run.store();
    let today = store.today();
    let calendar = calendar::repository::in_force(store).await?;
    let until = calendar.add_working_days(today, BEFORE);
    let orders = unanswered_until(store.db(), until).await?;
    let mut heads: HashMap<Option<Uuid>, Vec<Uuid>> = HashMap::new();
    for order in &orders {
        if let Entry::Vacant(unknown) = heads.entry(order.department_id) {
            let people =
                account::repository::heads_or_centre(store.db(), order.department_id).await?;
            unknown.insert(people.into_iter().map(|person| person.id).collect());
        }
    }
    if run.is_rehearsal() {
        let all = orders
            .iter()
            .flat_map(|order| notices(order, of(&heads, order), today));
        let all: Vec<NewNotice> = all.collect();
        let people: Vec<Uuid> = all.iter().map(|notice| notice.recipient_id).collect();
        let people = account::repository::named(store.db(), &people).await?;
        for person in &people {
            let own = all.iter().filter(|one| one.recipient_id == person.id);
            let titles = own.map(|one| one.title.in_language(person.language).to_owned());
            run.plan(person, titles.collect());
        }
        return Ok(());
    }
    for part in orders.chunks(TOGETHER) {
        let notices = part
            .iter()
            .flat_map(|order| notices(order, of(&heads, order), today));
        let notices: Vec<NewNotice> = notices.collect();
        let work = async {
            let unit = run.begin().await?;
            tell_all(&unit, notices).await?;
            run.commit(unit).await
        };
        let first = part.first().map(|order| order.id).unwrap_or_default();
        run.item::<Fault>(&format!("supervision orders from {first}"), work)
            .await;
    }
    Ok(())
}

/// The heads who answer an order.
fn of<'a>(heads: &'a HashMap<Option<Uuid>, Vec<Uuid>>, order: &supervision::Model) -> &'a [Uuid] {
    heads
        .get(&order.department_id)
        .map_or(&[][..], Vec::as_slice)
}

/// What is told of an order today: which step it is, and in which words.
fn said(order: &supervision::Model, today: NaiveDate) -> (&'static str, Text) {
    let by = order.reply_by;
    if supervision::rules::is_late(order, today) {
        let title = Text::new(
            format!("督办单逾期未答复（期限 {by}）：{}", order.about_zh),
            format!(
                "Not answered by {by}, supervision order: {}",
                order.about_en
            ),
        );
        (LATE, title)
    } else {
        let title = Text::new(
            format!("督办单须在 {by} 前（含当日）答复：{}", order.about_zh),
            format!("Answer a supervision order by {by}: {}", order.about_en),
        );
        (DUE, title)
    }
}

/// What is told to whom of an order today. The day by which it is to be answered is a part of each key: when it was asked again, it is told again.
fn notices(order: &supervision::Model, heads: &[Uuid], today: NaiveDate) -> Vec<NewNotice> {
    let (step, title) = said(order, today);
    let issuer = order.ordered_by.filter(|_| step == LATE);
    let people = heads.iter().copied().chain(issuer);
    let step = format!("{step}_{}", order.reply_by);
    people
        .map(|person| notice(order, &step, person, &title))
        .collect()
}
