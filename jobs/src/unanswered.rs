//! Supervision orders that wait for an answer: the department is reminded on the working day before its day and when that has passed, whoever
//! gave the order when it has passed, each once. It waits for the digest of that morning. Of a day that passed long ago nobody is reminded: orders from
//! before there were reminders would all come at once.

use chrono::{Days, NaiveDate};
use entity::{
    account,
    calendar::rules::Calendar,
    error::Fault,
    language::Text,
    notice::commands::{NewNotice, tell_all},
    supervision::{self, commands::notice, repository::unanswered},
};
use uuid::Uuid;

use crate::{
    job::{Run, TOGETHER},
    responsible::Heads,
};

/// How many working days before its day the department is reminded of an answer.
const BEFORE: u32 = 1;

/// How many days after its day an order that was not answered is still reminded of: longer than any pause of the service that is made up for.
const STILL: Days = Days::new(14);

/// It is to be answered by the next working day.
const DUE: &str = "due";
/// Its day has passed.
const LATE: &str = "late";

/// Reminds of what is to be answered by the next working day, or should have been.
pub(crate) async fn remind(run: &Run, calendar: &Calendar) -> Result<(), Fault> {
    let store = run.store();
    let today = store.today();
    let until = calendar.add_working_days(today, BEFORE);
    let orders = unanswered(store.db(), today - STILL, until).await?;
    if orders.is_empty() {
        return Ok(());
    }
    let heads = Heads::load(store, std::iter::empty()).await?;
    let told = |orders: &[supervision::Model]| -> Vec<NewNotice> {
        let of = |order| notices(order, &heads, today);
        orders.iter().flat_map(of).collect()
    };
    if run.is_rehearsal() {
        let all = told(&orders);
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
        let notices = told(part);
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
fn notices(order: &supervision::Model, heads: &Heads, today: NaiveDate) -> Vec<NewNotice> {
    let (step, title) = said(order, today);
    let issuer = order.ordered_by.filter(|_| step == LATE);
    let heads = heads.of_department(order.department_id).iter().copied();
    let people = heads.chain(issuer);
    let step = format!("{step}_{}", order.reply_by);
    people
        .map(|person| notice(order, &step, person, &title))
        .collect()
}
