//! Opening rectifications, and what people do to them. Whoever was rated works; two others decide on an appeal; those who rated say whether
//! the reply satisfies; what two replies did not solve, the supervisor ends.

use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*};

use super::{
    Act, ActiveModel, Column, Complexity, Entity, Model, State, Verification,
    rules::{self, RectificationError},
};
use crate::{
    account,
    audit::commands::{Change, record, summary},
    calendar,
    command::{Choices, Command, Offer, Thing, commands, form, offers},
    deadline,
    deadline::{
        commands::Extension,
        rules::{Approver, DeadlineError},
    },
    error::{CommandError, Fault, expect_version},
    id::new_id,
    language::{self, Text},
    outbox::facts::RectificationStep,
    permission::require,
    store::{Store, Unit},
    table::{self, Visible},
    viewer::{Role, Viewer},
};

mod letters;

use letters::{ask_again, notify, write_letters};

mod appeal;
pub use appeal::{Appeal, Decide, Propose, appeal, decide, proposal, propose};

commands! {
    /// A low mark opens a rectification.
    OPEN = "rectification.open" on Rectification: "发起", "opened";
    /// Who rated was called back.
    CONTACT = "rectification.contact" on Rectification: "回访", "called back", form Contact;
    /// What was found is recorded.
    VERIFY = "rectification.verify" on Rectification: "核实", "verified", form Verify;
    /// What will be done is planned.
    PLAN = "rectification.plan" on Rectification: "制定措施", "planned", form Plan;
    /// What was done is replied.
    FEED_BACK = "rectification.feedBack" on Rectification: "反馈", "replied", form FeedBack;
    /// Who was rated says that the rating is mistaken.
    APPEAL = "rectification.appeal" on Rectification: "申诉", "appealed", form Appeal;
    /// What to decide on an appeal is proposed.
    PROPOSE = "rectification.propose" on Rectification: "拟办", "proposed", form Propose;
    /// An appeal is decided.
    DECIDE = "rectification.decide" on Rectification: "决定", "decided", form Decide;
    /// The service centre judges a reply.
    CONCLUDE = "rectification.conclude" on Rectification: "审核反馈", "reply reviewed", form Conclude;
    /// The supervisor ends a rectification.
    SETTLE = "rectification.settle" on Rectification: "督办结案", "settled", form Settle;
}

type Outcome<T> = Result<T, CommandError<RectificationError>>;

fn refused(
    field: &'static str,
) -> impl FnOnce(RectificationError) -> CommandError<RectificationError> {
    move |code| CommandError::refused(&[field], code)
}

/// What a low mark was given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A department in an evaluation.
    Evaluation(Uuid),
    /// A service, by an enterprise.
    Obligation {
        /// The service.
        id: Uuid,
        /// Who rated it.
        enterprise_id: Uuid,
    },
}

/// What was said with a mark.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The level.
    pub level: Option<Text>,
    /// In words.
    pub comment: Option<String>,
}

/// A low mark.
#[derive(Clone, Debug)]
pub struct LowMark {
    /// To what it was given.
    pub origin: Origin,
    /// The department that was rated; none when the service centre was.
    pub department_id: Option<Uuid>,
    /// What was rated as it is called, with the figure of a score.
    pub about: Text,
    /// What was said with it.
    pub said: Said,
}

/// Opens the rectification of a low mark and tells those who were rated. A mark opens one, however often it is looked at.
pub(crate) async fn open_in(unit: &Unit, mark: LowMark) -> Result<Option<Model>, Fault> {
    let (evaluation_id, obligation_id, enterprise_id) = match mark.origin {
        Origin::Evaluation(id) => (Some(id), None, None),
        Origin::Obligation { id, enterprise_id } => (None, Some(id), Some(enterprise_id)),
    };
    let before = match mark.origin {
        Origin::Evaluation(id) => Entity::find()
            .filter(Column::EvaluationId.eq(id))
            .filter(Column::DepartmentId.eq(mark.department_id)),
        Origin::Obligation { id, .. } => Entity::find().filter(Column::ObligationId.eq(id)),
    };
    if before.one(unit.db()).await?.is_some() {
        return Ok(None);
    }
    let calendar = calendar::repository::in_force(unit).await?;
    let today = unit.today();
    let contact =
        deadline::commands::open_in(unit, &calendar, rules::contact_terms(), today).await?;
    let reply_terms = rules::reply_terms(evaluation_id.is_some());
    let reply = deadline::commands::open_in(unit, &calendar, reply_terms, today).await?;
    let opened = Model {
        id: new_id(unit.now()),
        evaluation_id,
        obligation_id,
        enterprise_id,
        department_id: mark.department_id,
        about_zh: mark.about.zh,
        about_en: mark.about.en,
        state: State::Open,
        reopened: false,
        contact_deadline_id: contact.id,
        reply_deadline_id: reply.id,
        contact: None,
        verification: None,
        finding: None,
        complexity: None,
        plan: None,
        reply: None,
        appeal: None,
        exclude: None,
        opinion: None,
        proposed_by: None,
        excluded: None,
        decided_by: None,
        settlement: None,
        opened_at: unit.now(),
        ended_at: None,
        version: 1,
    };
    Entity::insert(ActiveModel::from(opened.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    told(unit, &OPEN, None, &opened, None).await?;
    write_letters(
        unit,
        &opened,
        RectificationStep::Opened,
        opened.id,
        mark.said,
    )
    .await?;
    Ok(Some(opened))
}

/// What is said of a reply to a low score.
const ACCEPT: language::Said = language::Said {
    zh: "通过",
    en: "Accept",
};
const RETURN: language::Said = language::Said {
    zh: "退回",
    en: "Return",
};

form! {
    /// A call-back.
    pub struct Contact of CONTACT by rules::action(Act::Contact), refused RectificationError {
        title: "登记回访", "Record the call-back";
        lead: "差评一个工作日内全部回访：了解情况，不得追究或为难评价人。评议低分的，向企业服务中心说明情况。",
            "Call back within one working day of a bad rating, to understand it and never to retaliate. For a low score the department contacts the service centre.";
        done: "整改已更新。", "The rectification has been updated.";
        /// The rectification.
        id: Uuid = Target(Thing::Rectification);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// What was said, up to 2000 characters.
        note: String = Lines(2000), "沟通情况", "What was said";
    }
}

/// Records the call-back.
pub async fn contact(store: &Store, viewer: &Viewer, input: Contact) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.id, input.expected_version, Act::Contact).await?;
    let note = rules::words(&input.note).map_err(refused("note"))?;
    meet(&unit, before.contact_deadline_id).await?;
    let after = Model {
        state: State::Contacted,
        contact: Some(note),
        ..before.clone()
    };
    let contacted = save(&unit, &CONTACT, &before, after, None).await?;
    unit.commit().await?;
    Ok(contacted)
}

form! {
    /// What was found.
    pub struct Verify of VERIFY by rules::action(Act::Verify), refused RectificationError {
        title: "登记核实结果", "Record the verification";
        lead: "误评或恶意评价的，登记后可以申诉。",
            "A mistaken or malicious rating can then be appealed.";
        done: "整改已更新。", "The rectification has been updated.";
        /// The rectification.
        id: Uuid = Target(Thing::Rectification);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// What was found.
        verification: Verification = Choice(Choices::of::<Verification>), "核实结论", "Finding";
        /// In words, up to 2000 characters.
        finding: String = Lines(2000), "核实情况", "Explanation";
    }
}

/// Records what the department found.
pub async fn verify(store: &Store, viewer: &Viewer, input: Verify) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.id, input.expected_version, Act::Verify).await?;
    rules::may_find(&before, input.verification).map_err(refused("verification"))?;
    let finding = rules::words(&input.finding).map_err(refused("finding"))?;
    let after = Model {
        state: State::Verified,
        verification: Some(input.verification),
        finding: Some(finding),
        ..before.clone()
    };
    let verified = save(&unit, &VERIFY, &before, after, None).await?;
    unit.commit().await?;
    Ok(verified)
}

form! {
    /// What is going to be done.
    pub struct Plan of PLAN by rules::action(Act::Plan), refused RectificationError {
        title: "制定整改措施", "Plan the measures";
        lead: "简单问题 5 个工作日、复杂问题 15 个工作日内反馈，自收到评价起算。",
            "Simple cases need a reply within 5 working days of the rating, complex cases within 15.";
        done: "整改已更新。", "The rectification has been updated.";
        /// The rectification.
        id: Uuid = Target(Thing::Rectification);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// How much there is to do: what is complex is replied to within fifteen working days.
        complexity: Complexity = Choice(Choices::of::<Complexity>), "问题类别", "Complexity";
        /// What is going to be done, up to 2000 characters.
        plan: String = Lines(2000), "整改措施", "Measures";
    }
}

/// Says what is going to be done. What is complex has more time: the limit is extended, once and before it has passed.
pub async fn plan(store: &Store, viewer: &Viewer, input: Plan) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.id, input.expected_version, Act::Plan).await?;
    let plan = rules::words(&input.plan).map_err(refused("plan"))?;
    if rules::is_extended(&before, input.complexity) {
        extend(&unit, before.reply_deadline_id).await?;
    }
    let after = Model {
        state: State::Rectifying,
        complexity: Some(input.complexity),
        plan: Some(plan),
        ..before.clone()
    };
    let planned = save(&unit, &PLAN, &before, after, None).await?;
    unit.commit().await?;
    Ok(planned)
}

form! {
    /// What was done.
    pub struct FeedBack of FEED_BACK by rules::action(Act::FeedBack), refused RectificationError {
        title: "反馈整改结果", "Reply";
        lead: "企业可以看到，并被邀请再次评价；评议低分的，由企业服务中心审核。",
            "The enterprise can read the reply and is asked to rate again; for a low score the service centre reviews it.";
        done: "整改已更新。", "The rectification has been updated.";
        /// The rectification.
        id: Uuid = Target(Thing::Rectification);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// What was done, up to 2000 characters; the enterprise reads it.
        reply: String = Lines(2000), "整改结果", "What was done";
    }
}

/// Replies what was done; the enterprise is asked to rate again, the service centre to look at the reply to a score.
pub async fn feed_back(store: &Store, viewer: &Viewer, input: FeedBack) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.id, input.expected_version, Act::FeedBack).await?;
    let reply = rules::words(&input.reply).map_err(refused("reply"))?;
    meet(&unit, before.reply_deadline_id).await?;
    let after = Model {
        state: State::FedBack,
        reply: Some(reply.clone()),
        ..before.clone()
    };
    let replied = save(&unit, &FEED_BACK, &before, after, None).await?;
    match replied.enterprise_id {
        Some(enterprise) => ask_again(&unit, &replied, enterprise, &reply).await?,
        None => {
            let centre = account::repository::enabled_in_role(unit.db(), Role::Centre).await?;
            let title = ("请审核整改反馈", "Reply to be reviewed");
            notify(&unit, &replied, centre, title).await?;
        }
    }
    unit.commit().await?;
    Ok(replied)
}

form! {
    /// What is thought of the reply to a low score.
    pub struct Conclude of CONCLUDE by rules::action(Act::Conclude), refused RectificationError {
        title: "审核反馈", "Review the reply";
        lead: "评议不记名，由企业服务中心代为审核。退回一次后仍不合格的，转监督机构督办。",
            "The evaluation is anonymous, so the service centre reviews the reply. If it is returned a second time, the supervisor takes over.";
        done: "整改已更新。", "The rectification has been updated.";
        /// The rectification.
        id: Uuid = Target(Thing::Rectification);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Whether it is accepted.
        satisfied: bool = Either(ACCEPT, RETURN), "审核结论", "Result of the review";
        /// Why, up to 2000 characters.
        reason: String = Lines(2000), "理由", "Reason";
    }
}

/// Accepts the reply to a low score, or returns it: those who rated without a name cannot be asked.
pub async fn conclude(store: &Store, viewer: &Viewer, input: Conclude) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.id, input.expected_version, Act::Conclude).await?;
    let reason = rules::words(&input.reason).map_err(refused("reason"))?;
    let concluded = answer_in(
        &unit,
        &CONCLUDE,
        &before,
        input.satisfied,
        Said::default(),
        Some(&reason),
    )
    .await?;
    unit.commit().await?;
    Ok(concluded)
}

form! {
    /// The conclusion of the supervisor.
    pub struct Settle of SETTLE by rules::action(Act::Settle), refused RectificationError {
        title: "督办结案", "Issue the conclusion";
        lead: "两次反馈仍不满意的，由监督机构以书面结论结案；结论告知被评价单位和评价企业，不能撤回。",
            "The supervisor ends a rectification that two replies did not solve with a written conclusion. Both sides are informed; this cannot be undone.";
        done: "整改已更新。", "The rectification has been updated.";
        /// The rectification.
        id: Uuid = Target(Thing::Rectification);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// What the supervisor finds and orders, up to 2000 characters: the department and the enterprise read it.
        settlement: String = Lines(2000), "督办结论", "Conclusion";
    }
}

/// Ends what two replies did not solve, with a written word that everybody concerned is told.
pub async fn settle(store: &Store, viewer: &Viewer, input: Settle) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.id, input.expected_version, Act::Settle).await?;
    let word = rules::words(&input.settlement).map_err(refused("settlement"))?;
    let after = Model {
        state: State::Settled,
        settlement: Some(word),
        ended_at: Some(unit.now()),
        ..before.clone()
    };
    let settled = save(&unit, &SETTLE, &before, after, None).await?;
    let step = RectificationStep::Settled;
    write_letters(&unit, &settled, step, settled.id, Said::default()).await?;
    unit.commit().await?;
    Ok(settled)
}

/// What can be done with a rectification, and why not now.
pub fn offered(viewer: &Viewer, one: &Model) -> Vec<Offer> {
    const ACTS: [(&Command, Act); 9] = [
        (&CONTACT, Act::Contact),
        (&VERIFY, Act::Verify),
        (&PLAN, Act::Plan),
        (&FEED_BACK, Act::FeedBack),
        (&APPEAL, Act::Appeal),
        (&PROPOSE, Act::Propose),
        (&DECIDE, Act::Decide),
        (&CONCLUDE, Act::Conclude),
        (&SETTLE, Act::Settle),
    ];
    let rule = |command: &Command| {
        let mut acts = ACTS.iter();
        match acts.find(|(known, _)| known.code == command.code) {
            Some((_, act)) => rules::can_now(viewer, one, *act),
            None => Ok(()),
        }
    };
    let standing = rules::standing(viewer, one);
    offers(COMMANDS, Thing::Rectification, viewer, standing, rule)
}

/// A rectification and the version that was seen.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The rectification.
    pub id: Uuid,
    /// Its version when it was read.
    pub expected_version: i32,
}

/// A rectification whose reply the enterprise is about to rate.
pub(crate) async fn load_to_rate(unit: &Unit, target: Target) -> Outcome<Model> {
    load(unit, target.id, target.expected_version, Act::RateAgain).await
}

/// The reply satisfied, or did not: then it has to be resolved once more, and after that the supervisor has it.
pub(crate) async fn answer_in(
    unit: &Unit,
    command: &'static Command,
    before: &Model,
    satisfied: bool,
    said: Said,
    reason: Option<&str>,
) -> Result<Model, Fault> {
    let state = rules::after_reply(before.reopened, satisfied);
    let mut after = Model {
        state,
        ended_at: state.is_over().then(|| unit.now()),
        ..before.clone()
    };
    if state == State::Reopened {
        after.reopened = true;
        after.reply_deadline_id = new_reply_limit(unit, before).await?;
    }
    let after = save(unit, command, before, after, reason).await?;
    let step = match state {
        State::Reopened => RectificationStep::Reopened,
        State::Supervised => RectificationStep::Supervised,
        _ => return Ok(after),
    };
    write_letters(unit, &after, step, after.reply_deadline_id, said).await?;
    Ok(after)
}

/// The rectification with this key in the version that was seen, for an act that this viewer can do now.
async fn load(unit: &Unit, id: Uuid, expected_version: i32, act: Act) -> Outcome<Model> {
    let viewer = unit.viewer();
    let found = Entity::found(unit.db(), viewer, id).await?;
    require(viewer, rules::action(act), rules::standing(viewer, &found))?;
    expect_version(found.id, found.version, expected_version)?;
    rules::can_now(viewer, &found, act).map_err(refused("id"))?;
    Ok(found)
}

fn limit_error(error: CommandError<DeadlineError>) -> CommandError<RectificationError> {
    match error {
        CommandError::Refused(_) => {
            CommandError::refused(&["complexity"], RectificationError::TooLate)
        }
        CommandError::Fault(fault) => fault.into(),
    }
}

/// The limit is met, in time or late; a warning about it comes no more.
async fn meet(unit: &Unit, limit: Uuid) -> Outcome<()> {
    let calendar = calendar::repository::in_force(unit).await?;
    deadline::commands::meet_in(unit, &calendar, limit, unit.today())
        .await
        .map_err(limit_error)?;
    Ok(())
}

async fn extend(unit: &Unit, limit: Uuid) -> Outcome<()> {
    let calendar = calendar::repository::in_force(unit).await?;
    let version = limits(unit, &[limit]).await?.remove(0).version;
    let days = rules::MORE_WHEN_COMPLEX;
    let extension = Extension {
        days,
        reason: "复杂问题",
        by: Approver::Handler { margin: days },
    };
    deadline::commands::extend_in(unit, &calendar, limit, version, extension)
        .await
        .map_err(limit_error)?;
    Ok(())
}

async fn new_reply_limit(unit: &Unit, one: &Model) -> Result<Uuid, Fault> {
    let calendar = calendar::repository::in_force(unit).await?;
    let terms = rules::reply_terms(one.evaluation_id.is_some());
    let limit = deadline::commands::open_in(unit, &calendar, terms, unit.today()).await?;
    Ok(limit.id)
}

/// These time limits, in this order.
async fn limits(unit: &Unit, ids: &[Uuid]) -> Result<Vec<deadline::Model>, Fault> {
    let found = deadline::repository::of_ids(unit.db(), ids).await?;
    ids.iter()
        .map(|id| {
            let one = found.iter().find(|limit| limit.id == *id);
            one.cloned().ok_or(Fault::NotFound)
        })
        .collect()
}

/// The guarded save with its audit entry: only over the version that was seen.
async fn save(
    unit: &Unit,
    command: &'static Command,
    before: &Model,
    after: Model,
    reason: Option<&str>,
) -> Result<Model, Fault> {
    let after = table::save(unit, before, after).await?;
    told(unit, command, Some(before), &after, reason).await?;
    Ok(after)
}

async fn told(
    unit: &Unit,
    command: &'static Command,
    before: Option<&Model>,
    after: &Model,
    reason: Option<&str>,
) -> Result<(), Fault> {
    let summary = |one: &Model| {
        summary!({
            "evaluationId": one.evaluation_id,
            "obligationId": one.obligation_id,
            "departmentId": one.department_id,
            "about": one.about_zh,
            "state": one.state,
            "contact": one.contact,
            "verification": one.verification,
            "finding": one.finding,
            "complexity": one.complexity,
            "plan": one.plan,
            "reply": one.reply,
            "appeal": one.appeal,
            "exclude": one.exclude,
            "opinion": one.opinion,
            "excluded": one.excluded,
            "settlement": one.settlement,
        })
    };
    record(
        unit,
        Change {
            command,
            subject_id: after.id,
            before: before.map(summary),
            after: Some(summary(after)),
            reason,
        },
    )
    .await
}
