//! Giving the order, to the head of the department in charge, with a letter to the supervisor; and what is written to it then: each step is a
//! notice to the other side, which the next digest says, too.

use chrono::NaiveDate;
use sea_orm::{EntityTrait, entity::prelude::*};

use super::{
    ActiveModel, Entity, Model, State, entry, repository,
    rules::{self, SupervisionError},
};
use crate::{
    account, attachment,
    audit::commands::{Change, record, summary},
    calendar::{self, rules::Calendar},
    command::{Command, Input, Offer, Thing, commands, form, offers},
    commitment,
    deadline::{self, LegalEffect},
    document, enterprise,
    error::{CommandError, Fault, expect_version},
    id::new_id,
    language::Text,
    link,
    notice::commands::{NewNotice, is_done, tell_all},
    obligation::{self, subject::Obligations},
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue_with_id},
        facts::SupervisionOrder,
    },
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{Visible, save},
    viewer::{Role, Viewer},
    warning::{self, commands::Crossed},
};

commands! {
    /// A department is ordered to answer.
    SUPERVISE = "obligation.supervise" on Obligation: "下达督办单", "supervision order issued", news SupervisionOrdered, form Order;
    /// The department answers an order.
    REPLY = "supervision.reply" on SupervisionOrder: "书面答复", "answered", form Reply;
    /// The department is asked to answer again.
    ASK_AGAIN = "supervision.ask_again" on SupervisionOrder: "要求再次答复", "asked again", form AskAgain;
    /// An order is settled.
    SETTLE = "supervision.settle" on SupervisionOrder: "了结", "settled", form Settle;
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
    let department =
        obligation::repository::department_in_charge(unit.db(), &owed, &promise).await?;
    let given = Model {
        id: new_id(unit.now()),
        obligation_id: owed.id,
        enterprise_id: owed.enterprise_id,
        department_id: department,
        about_zh: promise.text_zh.clone(),
        about_en: promise.text_en.clone(),
        due_on: limit.due_on,
        reason: reason.clone(),
        ordered_at: unit.now(),
        ordered_by: viewer.account_id(),
        reply_by: input.reply_by,
        state: State::Ordered,
        settled_at: None,
        version: 1,
    };
    Entity::insert(ActiveModel::from(given.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    for (person, why) in recipients(&unit, department).await? {
        let facts = SupervisionOrder {
            name: person.name.clone(),
            enterprise: enterprise.name_zh.clone(),
            item: promise.words(),
            occasion: owed.occasion.clone(),
            due_on: limit.due_on,
            overdue: -remaining,
            statutory: limit.legal_effect == LegalEffect::Statutory,
            reason: reason.clone(),
            reply_by: input.reply_by,
            why,
            path: link::supervision(given.id),
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
            after: Some(summary!({
                "about": given.about_zh,
                "occasion": owed.occasion,
                "enterpriseName": enterprise.name_zh,
                "replyBy": input.reply_by,
                "dueOn": limit.due_on,
            })),
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

form! {
    /// What the department answers.
    pub struct Reply of REPLY by Action::AnswerSupervision, refused SupervisionError, keyed {
        title: "答复督办单", "Answer the supervision order";
        lead: "书面说明超期原因和整改措施。逾期答复照样接受，并标明逾期；企业看不到督办单和答复。",
            "Explain in writing why it is late and what will be done. A late answer is accepted and marked as late. The enterprise sees neither the order nor the answer.";
        done: "答复已送达下达督办单的一方。", "The answer has been sent to whoever issued the order.";
        /// The order.
        id: Uuid = Target(Thing::SupervisionOrder);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why it is late and what will be done, up to 2000 characters.
        text: String = Lines(2000), "答复内容", "Answer", "超期原因、整改措施和办结时间", "The reasons, the measures, and when it will be done";
        /// Its files, uploaded before as internal ones or about no enterprise, at most ten.
        document_ids: Vec<Uuid> = Files, "附件（可选）", "Attachments (optional)";
    }
}

/// Answers an order. Answers are added until it is settled; one that comes after its day is marked so.
pub async fn reply(
    store: &Store,
    viewer: &Viewer,
    input: Reply,
) -> Result<Model, CommandError<SupervisionError>> {
    let unit = store.begin(viewer).await?;
    let order = Entity::found(unit.db(), viewer, input.id).await?;
    require(viewer, Reply::FORM.may, rules::standing(viewer, &order))?;
    expect_version(order.id, order.version, input.expected_version)?;
    let entries = repository::count_entries(unit.db(), order.id).await?;
    rules::can_reply(&order, entries).map_err(|error| CommandError::refused(&[], error))?;
    let text = words(&input.text)?;
    let files = &input.document_ids;
    let files = document::repository::all_about(unit.db(), viewer, files, order.enterprise_id)
        .await?
        .filter(|files| files.iter().all(rules::can_attach))
        .ok_or_else(|| CommandError::refused(&["documentIds"], SupervisionError::FileUnknown))?;
    let written = Written {
        files: files.into_iter().map(|file| file.id).collect(),
        command: &REPLY,
        kind: entry::Kind::Reply,
        text,
    };
    let after = Model {
        state: State::Answered,
        ..order.clone()
    };
    let answered = write(&unit, &order, after, written).await?;
    let mut orderers =
        ids(account::repository::enabled_in_role(unit.db(), Role::Supervisor).await?);
    orderers.extend(order.ordered_by.filter(|person| !orderers.contains(person)));
    let title = Text::new(
        format!("督办单已答复：{}", order.about_zh),
        format!("A supervision order has been answered: {}", order.about_en),
    );
    notify(&unit, &answered, orderers, &title).await?;
    unit.commit().await?;
    Ok(answered)
}

form! {
    /// What the answer lacks, and by when another one is to come.
    pub struct AskAgain of ASK_AGAIN by Action::OrderSupervision, refused SupervisionError, keyed {
        title: "要求再次答复", "Ask for another answer";
        lead: "说明答复中欠缺的内容；责任部门须在新的期限内再次书面答复。",
            "Say what the answer lacks; the department must answer in writing again by the new date.";
        done: "已要求责任部门再次答复。", "The department has been asked to answer again.";
        /// The order.
        id: Uuid = Target(Thing::SupervisionOrder);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// By when the department answers again, at most 30 days ahead.
        reply_by: NaiveDate = Day, "答复期限", "Answer by", "今天之后、30 天之内", "After today and within 30 days";
        /// What the answer lacks, up to 2000 characters.
        text: String = Lines(2000), "需要补充说明的内容", "What the answer lacks";
    }
}

/// Asks the department to answer again, by another day.
pub async fn ask_again(
    store: &Store,
    viewer: &Viewer,
    input: AskAgain,
) -> Result<Model, CommandError<SupervisionError>> {
    let unit = store.begin(viewer).await?;
    let order = load(&unit, input.id, input.expected_version, AskAgain::FORM.may).await?;
    let entries = repository::count_entries(unit.db(), order.id).await?;
    rules::can_ask_again(&order, entries)
        .and_then(|()| rules::sees_to(viewer, &order))
        .map_err(|error| CommandError::refused(&[], error))?;
    rules::reply_by(input.reply_by, unit.today())
        .map_err(|error| CommandError::refused(&["replyBy"], error))?;
    let text = words(&input.text)?;
    let after = Model {
        state: State::Ordered,
        reply_by: input.reply_by,
        ..order.clone()
    };
    let written = Written {
        command: &ASK_AGAIN,
        kind: entry::Kind::AskAgain,
        text,
        files: Vec::new(),
    };
    let asked = write(&unit, &order, after, written).await?;
    let by = input.reply_by;
    let title = Text::new(
        format!("督办单须再次答复，最迟 {by}：{}", order.about_zh),
        format!(
            "Answer a supervision order again by {by}: {}",
            order.about_en
        ),
    );
    tell_department(&unit, &asked, &title).await?;
    unit.commit().await?;
    Ok(asked)
}

form! {
    /// An order that is settled, and what is found.
    pub struct Settle of SETTLE by Action::OrderSupervision, refused SupervisionError, keyed {
        title: "了结督办单", "Settle the supervision order";
        lead: "了结后不再答复；往来内容和结论保留在事项中。", "Nothing more can be answered; what was written stays with the matter.";
        done: "督办单已了结。", "The supervision order has been settled.";
        /// The order.
        id: Uuid = Target(Thing::SupervisionOrder);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// What is found, up to 2000 characters.
        text: String = Lines(2000), "了结意见", "Conclusion";
    }
}

/// Settles an order.
pub async fn settle(
    store: &Store,
    viewer: &Viewer,
    input: Settle,
) -> Result<Model, CommandError<SupervisionError>> {
    let unit = store.begin(viewer).await?;
    let order = load(&unit, input.id, input.expected_version, Settle::FORM.may).await?;
    rules::can_settle(&order)
        .and_then(|()| rules::sees_to(viewer, &order))
        .map_err(|error| CommandError::refused(&[], error))?;
    let text = words(&input.text)?;
    let after = Model {
        state: State::Settled,
        settled_at: Some(unit.now()),
        ..order.clone()
    };
    let written = Written {
        command: &SETTLE,
        kind: entry::Kind::Settle,
        text,
        files: Vec::new(),
    };
    let settled = write(&unit, &order, after, written).await?;
    let title = Text::new(
        format!("督办单已了结：{}", order.about_zh),
        format!("A supervision order is settled: {}", order.about_en),
    );
    tell_department(&unit, &settled, &title).await?;
    unit.commit().await?;
    Ok(settled)
}

/// What can be done with an order, and why not now. How much was written to it, the command itself finds out.
pub fn offered_with(viewer: &Viewer, order: &Model) -> Vec<Offer> {
    let rule = |command: &Command| match command.code {
        code if code == REPLY.code => rules::can_reply(order, 0),
        code if code == ASK_AGAIN.code => {
            rules::can_ask_again(order, 0).and_then(|()| rules::sees_to(viewer, order))
        }
        _ => rules::can_settle(order).and_then(|()| rules::sees_to(viewer, order)),
    };
    let standing = rules::standing(viewer, order);
    offers(COMMANDS, Thing::SupervisionOrder, viewer, standing, rule)
}

/// What is told of an order in the app, and by the next digest.
pub fn notice(order: &Model, step: &str, recipient_id: Uuid, title: &Text) -> NewNotice {
    NewNotice {
        key: format!("supervision_{step}:{}:{recipient_id}", order.id),
        recipient_id,
        kind: Kind::SupervisionOrder.name(),
        title: title.clone(),
        path: Some(link::supervision(order.id)),
        letter_id: None,
        waits_for_digest: true,
    }
}

async fn notify(unit: &Unit, order: &Model, people: Vec<Uuid>, title: &Text) -> Result<(), Fault> {
    is_done(
        unit,
        &Kind::SupervisionOrder.name(),
        &link::supervision(order.id),
    )
    .await?;
    // Each step makes another version.
    let step = order.version.to_string();
    let notices = people.into_iter();
    let notices = notices.map(|person| notice(order, &step, person, title));
    tell_all(unit, notices.collect()).await?;
    Ok(())
}

/// Tells the department that answers, and whoever gave the order where somebody else sees to it.
async fn tell_department(unit: &Unit, order: &Model, title: &Text) -> Result<(), Fault> {
    let heads = account::repository::heads_or_centre(unit.db(), order.department_id).await?;
    let own = unit.viewer().account_id();
    let issuer = order.ordered_by.filter(|person| own != Some(*person));
    let people = ids(heads).into_iter().chain(issuer).collect();
    notify(unit, order, people, title).await
}

fn ids(people: Vec<account::Model>) -> Vec<Uuid> {
    people.into_iter().map(|person| person.id).collect()
}

fn words(given: &str) -> Result<String, CommandError<SupervisionError>> {
    rules::words(given).map_err(|error| CommandError::refused(&["text"], error))
}

/// An order for a step by who may give orders.
async fn load(
    unit: &Unit,
    id: Uuid,
    expected_version: i32,
    may: Option<Action>,
) -> Result<Model, Fault> {
    let order = Entity::found(unit.db(), unit.viewer(), id).await?;
    require(unit.viewer(), may, Standing::None)?;
    expect_version(order.id, order.version, expected_version)?;
    Ok(order)
}

/// What is written to an order.
struct Written {
    command: &'static Command,
    kind: entry::Kind,
    text: String,
    files: Vec<Uuid>,
}

/// Writes to an order, and saves what becomes of it. Of an answer, the day is kept by which it was asked for.
async fn write(
    unit: &Unit,
    before: &Model,
    after: Model,
    written: Written,
) -> Result<Model, Fault> {
    let after = save(unit, before, after).await?;
    let entry = entry::Model {
        id: new_id(unit.now()),
        order_id: after.id,
        kind: written.kind,
        text: written.text.clone(),
        reply_by: after.reply_by,
        late: written.kind == entry::Kind::Reply && rules::is_late(before, unit.today()),
        written_at: unit.now(),
        written_by: unit.viewer().account_id(),
    };
    let written_as = entry.id;
    entry::Entity::insert(entry::ActiveModel::from(entry).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    attachment::commands::attach(unit, written_as, written.files.iter().copied()).await?;
    let told = |order: &Model| summary!({ "state": order.state, "replyBy": order.reply_by });
    record(
        unit,
        Change {
            command: written.command,
            subject_id: after.id,
            before: Some(told(before)),
            after: Some(summary!({
                "state": after.state,
                "replyBy": after.reply_by,
                "about": after.about_zh,
                "obligationId": after.obligation_id,
                "text": written.text,
                "documentIds": (!written.files.is_empty()).then_some(&written.files),
            })),
            reason: None,
        },
    )
    .await?;
    Ok(after)
}

/// The heads of the department in charge (of the liaison's, where the promise names none), or the service centre; and the
/// supervisor.
async fn recipients(
    unit: &Unit,
    department: Option<Uuid>,
) -> Result<Vec<(account::Model, Text)>, Fault> {
    let db = unit.db();
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
