//! Proposing, activating and handing over; deputies. An enterprise is never without its liaison in between.

use std::collections::HashMap;

use sea_orm::{EntityTrait, entity::prelude::*};

use super::{
    ActiveModel, Entity, Model, State, repository,
    rules::{self, LiaisonError},
};
use crate::{
    account,
    audit::commands::{Change, Summary, record, summary},
    command::{Command, Input, Offer, Thing, commands, form, offers},
    enterprise::{self, rules::EnterpriseError},
    error::{CommandError, Fault, expect_version},
    id::new_id,
    outbox::{
        self,
        commands::{NewLetter, enqueue},
        facts,
    },
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{Visible, save},
    text::clean_lines,
    viewer::Viewer,
};

commands! {
    /// A liaison is proposed.
    PROPOSE = "liaison.propose" on Liaison: "指派", "proposed", form Propose;
    /// A liaison begins.
    ACTIVATE = "liaison.activate" on Liaison: "生效", "activated", form Activate;
    /// A deputy is appointed.
    APPOINT_DEPUTY = "liaison.appointDeputy" on Liaison: "指定代理专员", "deputy appointed", form AppointDeputy;
    /// A hand-over begins.
    BEGIN_HAND_OVER = "liaison.beginHandOver" on Liaison: "开始交接", "hand-over started", form BeginHandOver;
    /// One liaison hands over to the next.
    HAND_OVER = "liaison.handOver" on Liaison: "完成交接", "handed over", form HandOver;
    /// An assignment ends with its enterprise.
    END = "liaison.end" on Liaison: "结束", "ended";
}

type Refused = CommandError<LiaisonError>;

fn refused(field: &'static str) -> impl FnOnce(LiaisonError) -> Refused {
    move |code| CommandError::refused(&[field], code)
}

form! {
    /// A future liaison.
    pub struct Propose of PROPOSE by Action::ManageLiaisons, refused LiaisonError, keyed {
        title: "指派专员", "Assign a liaison";
        lead: "指派后须办理任命生效；生效前由原专员继续负责。",
            "The assignment must then be activated; until then the current liaison stays responsible.";
        done: "专员安排已更新。", "The assignment has been updated.";
        /// The enterprise.
        enterprise_id: Uuid = One(Among::Enterprises), "企业", "Enterprise";
        /// Who is to look after it; an account in the role of liaison.
        account_id: Uuid = One(Among::Liaisons), "专员", "Liaison";
        /// Who stands in.
        deputy_id: Option<Uuid> = One(Among::Liaisons), "代理专员", "Deputy",
            "专员不在岗时代为办理", "Stands in when the liaison is away";
    }
}

/// Names a future liaison. One proposal per enterprise at a time.
pub async fn propose(store: &Store, viewer: &Viewer, input: Propose) -> Result<Model, Refused> {
    let unit = store.begin(viewer).await?;
    enterprise_at(&unit, viewer, input.enterprise_id).await?;
    require(viewer, Propose::FORM.may, Standing::None)?;
    check_people(
        &unit,
        Some(input.account_id),
        input.account_id,
        input.deputy_id,
    )
    .await?;
    let liaison = Model {
        id: new_id(unit.now()),
        enterprise_id: input.enterprise_id,
        account_id: input.account_id,
        deputy_id: input.deputy_id,
        state: State::Proposed,
        started_on: None,
        ended_on: None,
        handover_note: None,
        version: 1,
    };
    insert(&unit, &liaison).await?;
    told(&unit, &PROPOSE, None, &liaison, None).await?;
    unit.commit().await?;
    Ok(liaison)
}

form! {
    /// A proposed liaison takes up the work.
    pub struct Activate of ACTIVATE by Action::ManageLiaisons, refused LiaisonError, keyed {
        title: "任命生效", "Activate the liaison";
        lead: "专员从今天起负责该企业，企业会收到通知邮件。",
            "The liaison is responsible from today, and the enterprise is notified by e-mail.";
        done: "专员安排已更新。", "The assignment has been updated.";
        /// The assignment.
        id: Uuid = Target(Thing::Liaison);
        /// The version last seen.
        expected_version: i32 = Version;
    }
}

/// A proposed liaison takes up the work today. When somebody is in charge already, this is a conflict: hand over instead.
pub async fn activate(store: &Store, viewer: &Viewer, input: Activate) -> Result<Model, Refused> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, viewer, input.id).await?;
    require(viewer, Activate::FORM.may, Standing::None)?;
    can_now(&ACTIVATE, &before).map_err(refused("id"))?;
    let enterprise = enterprise_at(&unit, viewer, before.enterprise_id).await?;
    check_people(
        &unit,
        Some(before.account_id),
        before.account_id,
        before.deputy_id,
    )
    .await?;
    expect_version(before.id, before.version, input.expected_version)?;
    let after = Model {
        state: State::Active,
        started_on: Some(unit.today()),
        ..before.clone()
    };
    let after = save(&unit, &before, after).await?;
    told(&unit, &ACTIVATE, Some(&before), &after, None).await?;
    write_letters(&unit, &enterprise, &after, None).await?;
    unit.commit().await?;
    Ok(after)
}

form! {
    /// A deputy for the liaison in charge.
    pub struct AppointDeputy of APPOINT_DEPUTY by Action::ManageLiaisons, refused LiaisonError, keyed {
        title: "指定代理专员", "Appoint a deputy";
        lead: "代理专员能看到并办理该企业的事项。",
            "The deputy can see and handle the matters of the enterprise.";
        done: "专员安排已更新。", "The assignment has been updated.";
        /// The assignment.
        id: Uuid = Target(Thing::Liaison);
        /// The version last seen.
        expected_version: i32 = Version;
        /// Who stands in; nobody when null.
        deputy_id: Option<Uuid> = One(Among::Liaisons), "代理专员", "Deputy",
            "专员不在岗时代为办理", "Stands in when the liaison is away";
    }
}

/// Appoints who stands in while the liaison is absent; the deputy may do all the liaison may, from this moment.
pub async fn appoint_deputy(
    store: &Store,
    viewer: &Viewer,
    input: AppointDeputy,
) -> Result<Model, Refused> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, viewer, input.id).await?;
    require(viewer, AppointDeputy::FORM.may, Standing::None)?;
    can_now(&APPOINT_DEPUTY, &before).map_err(refused("id"))?;
    let enterprise = enterprise_at(&unit, viewer, before.enterprise_id).await?;
    check_people(&unit, None, before.account_id, input.deputy_id).await?;
    expect_version(before.id, before.version, input.expected_version)?;
    let after = Model {
        deputy_id: input.deputy_id,
        ..before.clone()
    };
    let after = save(&unit, &before, after).await?;
    told(&unit, &APPOINT_DEPUTY, Some(&before), &after, None).await?;
    write_letters(&unit, &enterprise, &after, None).await?;
    unit.commit().await?;
    Ok(after)
}

form! {
    /// A liaison begins to hand over.
    pub struct BeginHandOver of BEGIN_HAND_OVER by Action::ManageLiaisons, refused LiaisonError {
        title: "开始交接", "Start the hand-over";
        lead: "原专员在交接完成前继续负责。",
            "The liaison stays responsible until the hand-over is complete.";
        done: "专员安排已更新。", "The assignment has been updated.";
        /// The assignment.
        id: Uuid = Target(Thing::Liaison);
        /// The version last seen.
        expected_version: i32 = Version;
    }
}

/// The liaison in charge begins to hand over; everything stays as it is until the successor takes up the work.
pub async fn begin_hand_over(
    store: &Store,
    viewer: &Viewer,
    input: BeginHandOver,
) -> Result<Model, Refused> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, viewer, input.id).await?;
    require(viewer, BeginHandOver::FORM.may, Standing::None)?;
    can_now(&BEGIN_HAND_OVER, &before).map_err(refused("id"))?;
    expect_version(before.id, before.version, input.expected_version)?;
    let after = Model {
        state: State::HandingOver,
        ..before.clone()
    };
    let after = save(&unit, &before, after).await?;
    told(&unit, &BEGIN_HAND_OVER, Some(&before), &after, None).await?;
    unit.commit().await?;
    Ok(after)
}

form! {
    /// An enterprise changes its liaison.
    pub struct HandOver of HAND_OVER by Action::ManageLiaisons, refused LiaisonError, keyed {
        title: "完成交接", "Complete hand-over";
        lead: "接任专员从今天起负责，未办结的事项随之转移，企业会收到通知邮件。",
            "The successor is responsible from today and takes over all open matters; the enterprise is notified by e-mail.";
        done: "专员安排已更新。", "The assignment has been updated.";
        /// The assignment.
        id: Uuid = Target(Thing::Liaison);
        /// The version last seen.
        expected_version: i32 = Version;
        /// Who takes over.
        successor_id: Uuid = One(Among::Liaisons), "接任专员", "Successor";
        /// Who stands in for the successor.
        deputy_id: Option<Uuid> = One(Among::Liaisons), "代理专员", "Deputy",
            "专员不在岗时代为办理", "Stands in when the liaison is away";
        /// What is open, promised, to be known (交接说明).
        note: String = Lines(2000), "交接说明", "Hand-over note",
            "未办结事项、已作承诺、需知情况；企业看不到",
            "Open matters, promises, background; not visible to the enterprise";
    }
}

/// What a hand-over leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// The assignment that ended.
    pub ended: Model,
    /// The one in charge now.
    pub started: Model,
}

/// Ends one assignment and starts the next in one transaction: no reader ever sees none or two. Contract and commitments stay
/// as they are; both sides are told by letter.
pub(crate) async fn hand_over_in(unit: &Unit, input: HandOver) -> Result<HandedOver, Refused> {
    let viewer = unit.viewer();
    let before = load(unit, viewer, input.id).await?;
    require(viewer, HandOver::FORM.may, Standing::None)?;
    can_now(&HAND_OVER, &before).map_err(refused("id"))?;
    let note = rules::note(&input.note).map_err(refused("note"))?;
    if input.successor_id == before.account_id {
        return Err(CommandError::refused(
            &["successorId"],
            LiaisonError::SamePerson,
        ));
    }
    let enterprise = enterprise_at(unit, viewer, before.enterprise_id).await?;
    check_people(
        unit,
        Some(input.successor_id),
        input.successor_id,
        input.deputy_id,
    )
    .await
    .map_err(|error| match error {
        CommandError::Refused(mut refusals) => {
            for refusal in &mut refusals {
                if refusal.path == ["accountId"] {
                    refusal.path = vec!["successorId"];
                }
            }
            CommandError::Refused(refusals)
        }
        fault => fault,
    })?;
    expect_version(before.id, before.version, input.expected_version)?;
    let ended = Model {
        state: State::Ended,
        ended_on: Some(unit.today()),
        handover_note: Some(note.clone()),
        ..before.clone()
    };
    let ended = save(unit, &before, ended).await?;
    told(unit, &HAND_OVER, Some(&before), &ended, Some(&note)).await?;
    let proposed = repository::proposed_for(unit.db(), before.enterprise_id).await?;
    let started = match proposed.filter(|proposed| proposed.account_id == input.successor_id) {
        Some(proposed) => {
            let started = Model {
                state: State::Active,
                started_on: Some(unit.today()),
                deputy_id: input.deputy_id,
                ..proposed.clone()
            };
            let started = save(unit, &proposed, started).await?;
            told(unit, &ACTIVATE, Some(&proposed), &started, None).await?;
            started
        }
        None => {
            let started = Model {
                id: new_id(unit.now()),
                enterprise_id: before.enterprise_id,
                account_id: input.successor_id,
                deputy_id: input.deputy_id,
                state: State::Active,
                started_on: Some(unit.today()),
                ended_on: None,
                handover_note: None,
                version: 1,
            };
            insert(unit, &started).await?;
            told(unit, &ACTIVATE, None, &started, None).await?;
            started
        }
    };
    write_letters(unit, &enterprise, &started, Some(&ended)).await?;
    Ok(HandedOver { ended, started })
}

/// Records that an enterprise leaves the park, and ends what its liaison had to do with it: the assignment in charge and a
/// proposal. Not while a contract is in force, which needs its liaison.
pub async fn end_enterprise(
    store: &Store,
    viewer: &Viewer,
    input: enterprise::commands::End,
) -> Result<enterprise::Model, CommandError<EnterpriseError>> {
    let unit = store.begin(viewer).await?;
    let enterprise = enterprise::commands::end_in(&unit, &input).await?;
    let today = unit.today();
    for before in repository::open_of(&unit, enterprise.id).await? {
        let ended = Model {
            state: State::Ended,
            // Somebody who was only proposed served on no day.
            started_on: before.started_on.or(Some(today)),
            ended_on: Some(today),
            ..before.clone()
        };
        let ended = save(&unit, &before, ended).await?;
        let reason = clean_lines(&input.reason);
        told(&unit, &END, Some(&before), &ended, Some(&reason)).await?;
    }
    unit.commit().await?;
    Ok(enterprise)
}

/// What can be done with an assignment, and why not now.
pub fn offered(viewer: &Viewer, liaison: &Model) -> Vec<Offer> {
    let rule = |command: &Command| can_now(command, liaison);
    offers(COMMANDS, Thing::Liaison, viewer, Standing::None, rule)
}

/// Whether the state of an assignment lets this command be given.
fn can_now(command: &Command, liaison: &Model) -> Result<(), LiaisonError> {
    let rule = if command.code == ACTIVATE.code {
        rules::may_start
    } else if command.code == BEGIN_HAND_OVER.code {
        rules::may_begin_hand_over
    } else {
        rules::in_charge
    };
    rule(liaison.state)
}

async fn load(unit: &Unit, viewer: &Viewer, id: Uuid) -> Result<Model, Fault> {
    Entity::found(unit.db(), viewer, id).await
}

/// The enterprise, if it is still in the park.
async fn enterprise_at(
    unit: &Unit,
    viewer: &Viewer,
    id: Uuid,
) -> Result<enterprise::Model, Refused> {
    let enterprise = enterprise::Entity::found(unit.db(), viewer, id).await?;
    if enterprise.ended_on.is_some() {
        return Err(CommandError::refused(
            &["enterpriseId"],
            LiaisonError::EnterpriseEnded,
        ));
    }
    Ok(enterprise)
}

/// `newcomer` and `deputy` are liaisons at work, and the deputy is not the liaison.
async fn check_people(
    unit: &Unit,
    newcomer: Option<Uuid>,
    liaison: Uuid,
    deputy: Option<Uuid>,
) -> Result<(), Refused> {
    if deputy == Some(liaison) {
        return Err(CommandError::refused(
            &["deputyId"],
            LiaisonError::OwnDeputy,
        ));
    }
    let ids: Vec<Uuid> = newcomer.into_iter().chain(deputy).collect();
    let people = people(unit, &ids).await?;
    for (field, id) in [("accountId", newcomer), ("deputyId", deputy)] {
        if let Some(id) = id
            && !rules::may_serve(people.get(&id))
        {
            return Err(CommandError::refused(&[field], LiaisonError::NotALiaison));
        }
    }
    Ok(())
}

async fn people(unit: &Unit, ids: &[Uuid]) -> Result<HashMap<Uuid, account::Model>, Fault> {
    Ok(account::repository::named(unit.db(), ids)
        .await?
        .into_iter()
        .map(|account| (account.id, account))
        .collect())
}

/// A second proposal, or a second one in charge, is refused by the table itself and becomes a conflict.
async fn insert(unit: &Unit, liaison: &Model) -> Result<(), Fault> {
    Entity::insert(ActiveModel::from(liaison.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    Ok(())
}

async fn told(
    unit: &Unit,
    command: &'static Command,
    before: Option<&Model>,
    after: &Model,
    reason: Option<&str>,
) -> Result<(), Fault> {
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

/// How an assignment is written down.
pub fn summary(liaison: &Model) -> Summary {
    summary!({
        "enterpriseId": liaison.enterprise_id,
        "accountId": liaison.account_id,
        "deputyId": liaison.deputy_id,
        "state": liaison.state,
    })
}

/// Tells the enterprise's contacts, the liaison, the deputy and the former liaison who is in charge now.
async fn write_letters(
    unit: &Unit,
    enterprise: &enterprise::Model,
    now: &Model,
    ended: Option<&Model>,
) -> Result<(), Fault> {
    let ids: Vec<Uuid> = [
        Some(now.account_id),
        now.deputy_id,
        ended.map(|ended| ended.account_id),
    ]
    .into_iter()
    .flatten()
    .collect();
    let people = people(unit, &ids).await?;
    let name = |id: Uuid| people.get(&id).map(|account| account.name.clone());
    let mut recipients = account::repository::contacts_of(unit.db(), enterprise.id).await?;
    recipients.extend(
        people
            .values()
            .filter(|account| account.is_enabled())
            .cloned(),
    );
    for recipient in recipients {
        let facts = facts::LiaisonChanged {
            name: recipient.name.clone(),
            enterprise: enterprise.name_zh.clone(),
            liaison: name(now.account_id).unwrap_or_default(),
            deputy: now.deputy_id.and_then(name),
            previous: ended.and_then(|ended| name(ended.account_id)),
            from: unit.today(),
        };
        let letter = NewLetter::new(
            format!("liaison:{}:{}:{}", now.id, now.version, recipient.id),
            outbox::Kind::LiaisonChanged,
            outbox::Class::MustNotMiss,
            recipient.id,
            &facts,
        )?;
        enqueue(unit, letter).await?;
    }
    Ok(())
}
