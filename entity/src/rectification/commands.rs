//! Opening rectifications, and what people do to them. Whoever was rated works; two others decide on an appeal; those who rated say whether
//! the reply satisfies; what two replies did not solve, the supervisor ends.

use std::collections::{HashMap, hash_map::Entry};

use sea_orm::{EntityTrait, IntoActiveModel, QueryFilter, entity::prelude::*};

use super::{
    Act, ActiveModel, Column, Complexity, Entity, Model, State, Verification, repository,
    rules::{self, RectificationError},
};
use crate::{
    account,
    audit::commands::{Change, record, summary},
    calendar,
    command::{Command, commands},
    deadline,
    deadline::{
        commands::Extension,
        rules::{Approver, DeadlineError},
    },
    enterprise,
    error::{CommandError, Fault, expect_saved, expect_version},
    id::new_id,
    language::Text,
    link,
    notice::commands::{NewNotice, tell},
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue},
        facts::{self, RectificationStep},
    },
    permission::require,
    store::{Store, Unit},
    subject::Subject,
    viewer::{Role, Viewer},
};

commands! {
    /// A low mark opens a rectification.
    OPEN = "rectification.open" on Rectification: "发起", "opened";
    /// Who rated was called back.
    CONTACT = "rectification.contact" on Rectification: "回访", "called back";
    /// What was found is recorded.
    VERIFY = "rectification.verify" on Rectification: "核实", "verified";
    /// What will be done is planned.
    PLAN = "rectification.plan" on Rectification: "制定措施", "planned";
    /// What was done is replied.
    FEED_BACK = "rectification.feedBack" on Rectification: "反馈", "replied";
    /// Who was rated says that the rating is mistaken.
    APPEAL = "rectification.appeal" on Rectification: "申诉", "appealed";
    /// What to decide on an appeal is proposed.
    PROPOSE = "rectification.propose" on Rectification: "拟办", "proposed";
    /// An appeal is decided.
    DECIDE = "rectification.decide" on Rectification: "决定", "decided";
    /// The service centre judges a reply.
    CONCLUDE = "rectification.conclude" on Rectification: "审核反馈", "reply judged";
    /// The supervisor ends a rectification.
    SETTLE = "rectification.settle" on Rectification: "督办结案", "settled";
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
    let calendar = calendar::repository::in_force(unit.db()).await?;
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

/// A rectification and the version that was seen.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The rectification.
    pub id: Uuid,
    /// Its version when it was read.
    pub expected_version: i32,
}

/// Records the call-back.
pub async fn contact(store: &Store, viewer: &Viewer, target: Target, note: &str) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, target, Act::Contact).await?;
    let note = rules::words(note).map_err(refused("note"))?;
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

/// Records what the department found.
pub async fn verify(
    store: &Store,
    viewer: &Viewer,
    target: Target,
    verification: Verification,
    finding: &str,
) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, target, Act::Verify).await?;
    rules::may_find(&before, verification).map_err(refused("verification"))?;
    let finding = rules::words(finding).map_err(refused("finding"))?;
    let after = Model {
        state: State::Verified,
        verification: Some(verification),
        finding: Some(finding),
        ..before.clone()
    };
    let verified = save(&unit, &VERIFY, &before, after, None).await?;
    unit.commit().await?;
    Ok(verified)
}

/// Says what is going to be done. What is complex has more time: the limit is extended, once and before it has passed.
pub async fn plan(
    store: &Store,
    viewer: &Viewer,
    target: Target,
    complexity: Complexity,
    plan: &str,
) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, target, Act::Plan).await?;
    let plan = rules::words(plan).map_err(refused("plan"))?;
    if rules::is_extended(&before, complexity) {
        extend(&unit, before.reply_deadline_id).await?;
    }
    let after = Model {
        state: State::Rectifying,
        complexity: Some(complexity),
        plan: Some(plan),
        ..before.clone()
    };
    let planned = save(&unit, &PLAN, &before, after, None).await?;
    unit.commit().await?;
    Ok(planned)
}

/// Replies what was done; the enterprise is asked to rate again, the service centre to look at the reply to a score.
pub async fn feed_back(
    store: &Store,
    viewer: &Viewer,
    target: Target,
    reply: &str,
) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, target, Act::FeedBack).await?;
    let reply = rules::words(reply).map_err(refused("reply"))?;
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
            let title = ("请审核整改反馈", "A reply to be looked at");
            notify(&unit, &replied, centre, title).await?;
        }
    }
    unit.commit().await?;
    Ok(replied)
}

/// Says that a rating is mistaken or malicious: the limit of the reply ends, and two people who were not rated decide.
pub async fn appeal(store: &Store, viewer: &Viewer, target: Target, why: &str) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, target, Act::Appeal).await?;
    let why = rules::words(why).map_err(refused("reason"))?;
    let calendar = calendar::repository::in_force(unit.db()).await?;
    let limit = before.reply_deadline_id;
    deadline::commands::cancel_in(&unit, &calendar, limit, "申诉")
        .await
        .map_err(limit_error)?;
    let after = Model {
        state: State::Appealed,
        appeal: Some(why),
        ..before.clone()
    };
    let appealed = save(&unit, &APPEAL, &before, after, None).await?;
    let mut people = account::repository::enabled_in_role(unit.db(), Role::Centre).await?;
    people.extend(account::repository::enabled_in_role(unit.db(), Role::Supervisor).await?);
    let title = ("评价申诉待裁定", "An appeal to be decided");
    notify(&unit, &appealed, people, title).await?;
    unit.commit().await?;
    Ok(appealed)
}

/// Proposes what to decide on an appeal; it may be proposed anew until it is decided.
pub async fn propose(
    store: &Store,
    viewer: &Viewer,
    target: Target,
    exclude: bool,
    opinion: &str,
) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, target, Act::Propose).await?;
    let opinion = rules::words(opinion).map_err(refused("opinion"))?;
    let after = Model {
        exclude: Some(exclude),
        opinion: Some(opinion),
        proposed_by: viewer.account_id(),
        ..before.clone()
    };
    let proposed = save(&unit, &PROPOSE, &before, after, None).await?;
    unit.commit().await?;
    Ok(proposed)
}

/// Decides on an appeal: the rating does not count, or it stands and is worked off within a new limit.
pub async fn decide(
    store: &Store,
    viewer: &Viewer,
    target: Target,
    exclude: bool,
) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, target, Act::Decide).await?;
    let decided = Model {
        excluded: Some(exclude),
        decided_by: viewer.account_id(),
        ..before.clone()
    };
    let after = if exclude {
        Model {
            state: State::Excluded,
            ended_at: Some(unit.now()),
            ..decided
        }
    } else {
        Model {
            state: State::Upheld,
            reply_deadline_id: new_reply_limit(&unit, &before).await?,
            ..decided
        }
    };
    let decided = save(&unit, &DECIDE, &before, after, None).await?;
    if !exclude {
        let step = RectificationStep::Upheld;
        let limit = decided.reply_deadline_id;
        write_letters(&unit, &decided, step, limit, Said::default()).await?;
    }
    unit.commit().await?;
    Ok(decided)
}

/// Accepts the reply to a low score, or returns it: those who rated without a name cannot be asked.
pub async fn conclude(
    store: &Store,
    viewer: &Viewer,
    target: Target,
    satisfied: bool,
    reason: &str,
) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, target, Act::Conclude).await?;
    let reason = rules::words(reason).map_err(refused("reason"))?;
    let concluded = answer_in(
        &unit,
        &CONCLUDE,
        &before,
        satisfied,
        Said::default(),
        Some(&reason),
    )
    .await?;
    unit.commit().await?;
    Ok(concluded)
}

/// Ends what two replies did not solve, with a written word that everybody concerned is told.
pub async fn settle(store: &Store, viewer: &Viewer, target: Target, word: &str) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, target, Act::Settle).await?;
    let word = rules::words(word).map_err(refused("settlement"))?;
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

/// A rectification whose reply the enterprise is about to rate.
pub(crate) async fn load_to_rate(unit: &Unit, target: Target) -> Outcome<Model> {
    load(unit, target, Act::RateAgain).await
}

/// The reply satisfied, or did not: then it is worked off once more, and after that the supervisor has it.
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

/// Tells those in charge and the supervisor that a limit has passed, once. Says whether anybody was told.
pub async fn remind(unit: &Unit, one: &Model, limit: Uuid) -> Result<bool, Fault> {
    let step = if limit == one.contact_deadline_id {
        RectificationStep::ContactOverdue
    } else {
        RectificationStep::ReplyOverdue
    };
    write_letters(unit, one, step, limit, Said::default()).await
}

async fn load(unit: &Unit, target: Target, act: Act) -> Outcome<Model> {
    let viewer = unit.viewer();
    let found = repository::find(unit.db(), viewer, target.id)
        .await?
        .ok_or(Fault::NotFound)?;
    require(viewer, rules::action(act), rules::standing(viewer, &found))?;
    expect_version(found.id, found.version, target.expected_version)?;
    rules::can(act, &found).map_err(refused("id"))?;
    if matches!(act, Act::Propose | Act::Decide) {
        rules::may_decide(viewer, &found, act).map_err(refused("id"))?;
    }
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
    let calendar = calendar::repository::in_force(unit.db()).await?;
    deadline::commands::meet_in(unit, &calendar, limit, unit.today())
        .await
        .map_err(limit_error)?;
    Ok(())
}

async fn extend(unit: &Unit, limit: Uuid) -> Outcome<()> {
    let calendar = calendar::repository::in_force(unit.db()).await?;
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
    let calendar = calendar::repository::in_force(unit.db()).await?;
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
    let after = Model {
        version: before.version + 1,
        ..after
    };
    let saved = Entity::update_many()
        .set(after.clone().into_active_model().reset_all())
        .filter(Column::Id.eq(before.id))
        .filter(Column::Version.eq(before.version))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, before.id, None)?;
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

/// The rectifications under way within these time limits, by the limit: each concerns the heads of the department that was rated.
pub(crate) async fn subjects(
    unit: &Unit,
    limits: &[Uuid],
) -> Result<HashMap<Uuid, Subject>, Fault> {
    let db = unit.db();
    let found = repository::within(db, limits).await?;
    let enterprises: Vec<Uuid> = found.iter().filter_map(|one| one.enterprise_id).collect();
    let system = Viewer::system("rectification");
    let names = enterprise::repository::by_ids(db, &system, &enterprises).await?;
    let names: HashMap<Uuid, String> = names.into_iter().map(|row| (row.id, row.name_zh)).collect();
    let mut heads: HashMap<Option<Uuid>, Vec<account::Model>> = HashMap::new();
    for one in &found {
        if let Entry::Vacant(unknown) = heads.entry(one.department_id) {
            unknown.insert(account::repository::heads_or_centre(db, one.department_id).await?);
        }
    }
    let mut subjects = HashMap::new();
    for one in found {
        let about = one.about();
        let clocks = [
            (
                one.contact_deadline_id,
                Text::new(
                    format!("整改回访：{}", about.zh),
                    format!("Call-back of a rectification: {}", about.en),
                ),
            ),
            (
                one.reply_deadline_id,
                Text::new(
                    format!("整改反馈：{}", about.zh),
                    format!("Reply of a rectification: {}", about.en),
                ),
            ),
        ];
        for (limit, title) in clocks {
            let subject = Subject {
                id: one.id,
                enterprise: one
                    .enterprise_id
                    .and_then(|id| names.get(&id).cloned())
                    .unwrap_or_default(),
                title,
                occasion: String::new(),
                path: link::rectification(one.id),
                concerned: heads[&one.department_id]
                    .iter()
                    .map(|person| (person.clone(), in_charge()))
                    .collect(),
            };
            subjects.insert(limit, subject);
        }
    }
    Ok(subjects)
}

/// Tells the heads of the department that was rated (the service centre where it has none); the supervisor too of what is overdue or was
/// handed over, and the enterprise that rated of what the supervisor has ended. `of` is what the letter is about: the same step of it is told
/// once. Says whether anybody was told.
async fn write_letters(
    unit: &Unit,
    one: &Model,
    step: RectificationStep,
    of: Uuid,
    said: Said,
) -> Result<bool, Fault> {
    let db = unit.db();
    let watching = Text::new(
        "监督机构了解超期和未解决的整改",
        "the supervisor is told of what is overdue or unsolved",
    );
    let heads = account::repository::heads_or_centre(db, one.department_id).await?;
    let mut people: Vec<(account::Model, Text)> =
        heads.into_iter().map(|head| (head, in_charge())).collect();
    if matches!(
        step,
        RectificationStep::ContactOverdue
            | RectificationStep::ReplyOverdue
            | RectificationStep::Supervised
    ) {
        let supervisors = account::repository::enabled_in_role(db, Role::Supervisor).await?;
        people.extend(supervisors.into_iter().map(|one| (one, watching.clone())));
    }
    if let (RectificationStep::Settled, Some(id)) = (step, one.enterprise_id) {
        let rated = Text::new(
            "您是评价企业的联系人",
            "you are a contact of the enterprise that rated",
        );
        let contacts = account::repository::contacts_of(db, id).await?;
        people.extend(contacts.into_iter().map(|one| (one, rated.clone())));
    }
    let enterprise = match one.enterprise_id {
        Some(id) => {
            let system = Viewer::system("rectification");
            let found = enterprise::repository::find(db, &system, id).await?;
            found.map(|row| row.name_zh)
        }
        None => None,
    };
    let limits = limits(unit, &[one.contact_deadline_id, one.reply_deadline_id]).await?;
    let mut anybody = false;
    for (person, why) in people {
        let facts = facts::Rectification {
            name: person.name.clone(),
            step,
            about: one.about(),
            enterprise: enterprise.clone(),
            level: said.level.clone(),
            comment: said.comment.clone(),
            settlement: one.settlement.clone(),
            contact_by: limits[0].due_on,
            reply_by: limits[1].due_on,
            watches: person.role == Role::Supervisor,
            why,
            path: link::rectification(one.id),
        };
        let letter = NewLetter::new(
            format!("rectification:{of}:{}:{}", key_of(step), person.id),
            Kind::Rectification,
            Class::MustNotMiss,
            person.id,
            &facts,
        )?;
        anybody |= enqueue(unit, letter).await?;
    }
    Ok(anybody)
}

fn in_charge() -> Text {
    Text::new("由被评价单位负责整改", "who was rated has to put it right")
}

fn key_of(step: RectificationStep) -> &'static str {
    match step {
        RectificationStep::Opened => "opened",
        RectificationStep::ContactOverdue | RectificationStep::ReplyOverdue => "overdue",
        RectificationStep::Upheld => "upheld",
        RectificationStep::Reopened => "reopened",
        RectificationStep::Supervised => "supervised",
        RectificationStep::Settled => "settled",
    }
}

/// Asks the contacts of the enterprise to rate once more.
async fn ask_again(unit: &Unit, one: &Model, enterprise: Uuid, reply: &str) -> Result<(), Fault> {
    for person in account::repository::contacts_of(unit.db(), enterprise).await? {
        let facts = facts::RateAgain {
            name: person.name.clone(),
            about: one.about(),
            reply: reply.to_owned(),
            path: link::rectification(one.id),
        };
        let letter = NewLetter::new(
            format!("rate_again:{}:{}", one.reply_deadline_id, person.id),
            Kind::RateAgain,
            Class::MustNotDouble,
            person.id,
            &facts,
        )?;
        enqueue(unit, letter).await?;
    }
    Ok(())
}

/// Tells people in the app, and with their next digest, that there is something to be decided.
async fn notify(
    unit: &Unit,
    one: &Model,
    people: Vec<account::Model>,
    (zh, en): (&str, &str),
) -> Result<(), Fault> {
    for person in people {
        let notice = NewNotice {
            key: format!("rectification:{}:{}:{}", one.id, one.version, person.id),
            recipient_id: person.id,
            kind: Kind::Rectification.name(),
            title: Text::new(
                format!("{zh}：{}", one.about_zh),
                format!("{en}: {}", one.about_en),
            ),
            path: Some(link::rectification(one.id)),
            letter_id: None,
            waits_for_digest: true,
        };
        tell(unit, notice).await?;
    }
    Ok(())
}
