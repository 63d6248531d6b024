//! Giving the order: to the head of the department in charge, with a letter to the supervisor.

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::{
    repository,
    rules::{self, SupervisionError},
};
use crate::{
    account,
    audit::commands::{Change, record, summary},
    calendar::{self, rules::Calendar},
    command::{Command, Input, Offer, Thing, commands, form, offers},
    commitment, deadline, enterprise,
    error::{CommandError, Fault, expect_version},
    language::Text,
    link,
    obligation::{self, subject::Obligations},
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue_with_id},
        facts::SupervisionOrder,
    },
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::Visible,
    viewer::{Role, Viewer},
    warning::{self, commands::Crossed},
};

commands! {
    /// A department is ordered to answer.
    SUPERVISE = "obligation.supervise" on Obligation: "督办", "supervision order", news SupervisionOrdered, form Order;
}

form! {
    /// An order to answer for an overdue promise.
    pub struct Order of SUPERVISE by Action::OrderSupervision, refused SupervisionError, keyed {
        title: "下达督办单", "Issue a supervision order";
        lead: "责任部门须在期限内书面答复；督办单抄送监督机构。每次到期只下达一次。",
            "The department in charge must answer in writing by the date below; the supervisor receives a copy. Only one order can be issued for each due date.";
        done: "督办单已下达。", "The supervision order has been issued.";
        /// The obligation.
        id: Uuid = Target(Thing::Obligation);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// By when the department answers, at most 30 days ahead.
        reply_by: NaiveDate = Day, "答复期限", "Answer by", "今天之后、30 天之内", "After today and within 30 days";
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "督办事由", "Reason";
    }
}

/// Orders the department in charge to answer for an overdue promise. One order for each due date.
pub async fn order(
    store: &Store,
    viewer: &Viewer,
    input: Order,
) -> Result<obligation::Model, CommandError<SupervisionError>> {
    let unit = store.begin(viewer).await?;
    let owed = obligation::Entity::found(unit.db(), viewer, input.id).await?;
    require(viewer, Order::FORM.may, Standing::None)?;
    expect_version(owed.id, owed.version, input.expected_version)?;
    let reason =
        rules::reason(&input.reason).map_err(|error| CommandError::refused(&["reason"], error))?;
    rules::reply_by(input.reply_by, unit.today())
        .map_err(|error| CommandError::refused(&["replyBy"], error))?;
    let limits = deadline::repository::of_ids(unit.db(), &[owed.deadline_id]).await?;
    let limit = limits.into_iter().next().ok_or(Fault::NotFound)?;
    let calendar = calendar::repository::in_force(&unit).await?;
    // What is past its day by law is ordered for that day, under which the overdue list has it, too.
    let limit = limit.as_told(unit.today(), &calendar);
    let orders = repository::orders_about(unit.db(), &[owed.id]).await?;
    let ordered = orders.get(&owed.id).map_or(&[][..], Vec::as_slice);
    let remaining = limit.value().remaining(unit.today(), &calendar);
    rules::can_order(owed.state, remaining, limit.due_on, ordered)
        .map_err(|error| CommandError::refused(&[], error))?;
    let threshold = rules::threshold(limit.due_on);
    let promise = commitment::Entity::found(unit.db(), viewer, owed.commitment_id).await?;
    let enterprise = enterprise::Entity::found(unit.db(), viewer, owed.enterprise_id).await?;
    for (person, why) in recipients(&unit, &owed, &promise).await? {
        let facts = SupervisionOrder {
            name: person.name.clone(),
            enterprise: enterprise.name_zh.clone(),
            item: promise.words(),
            occasion: owed.occasion.clone(),
            due_on: limit.due_on,
            overdue: -remaining,
            reason: reason.clone(),
            reply_by: input.reply_by,
            why,
            path: link::obligation(owed.id),
        };
        let letter = NewLetter::new(
            format!("supervision:{}:{}:{}", owed.id, limit.due_on, person.id),
            Kind::SupervisionOrder,
            Class::MustNotMiss,
            person.id,
            &facts,
        )?;
        let id = enqueue_with_id(&unit, letter).await?;
        let crossed = vec![Crossed {
            subject_kind: Obligations::NAME,
            subject_id: owed.id,
            threshold: threshold.clone(),
            superseded: false,
        }];
        warning::commands::record(&unit, person.id, id, crossed).await?;
    }
    record(
        &unit,
        Change {
            command: &SUPERVISE,
            subject_id: owed.id,
            before: None,
            after: Some(summary!({ "replyBy": input.reply_by, "dueOn": limit.due_on })),
            reason: Some(&reason),
        },
    )
    .await?;
    unit.commit().await?;
    Ok(owed)
}

/// Whether an order can be given for a promise with this time limit, and why not now; `ordered` are the due dates for which one was given.
pub fn offered(
    viewer: &Viewer,
    owed: &obligation::Model,
    limit: deadline::Model,
    ordered: &[NaiveDate],
    today: NaiveDate,
    calendar: &Calendar,
) -> Vec<Offer> {
    let limit = limit.as_told(today, calendar);
    let remaining = limit.value().remaining(today, calendar);
    let rule = |_: &Command| rules::can_order(owed.state, remaining, limit.due_on, ordered);
    offers(COMMANDS, Thing::Obligation, viewer, Standing::None, rule)
}

/// The heads of the department in charge (of the liaison's, where the promise names none), or the service centre; and the
/// supervisor.
async fn recipients(
    unit: &Unit,
    owed: &obligation::Model,
    promise: &commitment::Model,
) -> Result<Vec<(account::Model, Text)>, Fault> {
    let db = unit.db();
    let department = obligation::repository::department_in_charge(db, owed, promise).await?;
    let heads = account::repository::heads_or_centre(db, department).await?;
    let supervisors = account::repository::enabled_in_role(db, Role::Supervisor).await?;
    let ordered = Text::new(
        "由您的部门负责并答复",
        "your department is in charge and must reply",
    );
    let copied = Text::new(
        "督办单抄送监督机构",
        "the supervisor is informed of every order",
    );
    Ok(heads
        .into_iter()
        .map(|head| (head, ordered.clone()))
        .chain(supervisors.into_iter().map(|one| (one, copied.clone())))
        .collect())
}
