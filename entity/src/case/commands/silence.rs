//! What silence brings about in a case. No person can: that is done by the job alone, in one transaction that holds the case, so that an office which
//! acts at the same moment comes either before or too late. The department records the paper that it owes then.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::{EntityTrait, QuerySelect, entity::prelude::*};

use super::{
    Done, Found, Outcome as Ended, file, found, intake::unproposed, limit::release, meet, open,
    refused, save, unexpected,
};
use crate::{
    account, calendar,
    case::{
        Acceptance, Entity, Model, State,
        clock::Clock,
        event,
        rules::{self, CaseError, Moment, Opening},
        silence::{
            AFTERWARDS, Act, What, decision, owes_paper,
            repository::{Near, Today, of_case},
        },
    },
    catalogue::{self, Outcome, SilenceClass},
    command::{Offer, Thing, commands, form, offers},
    deadline::{self, LegalEffect, OnExpiry, State as LimitState, rules::Terms},
    department, enterprise,
    error::{Fault, expect_version},
    id::new_id,
    item,
    language::Text,
    link,
    notice::commands::{NewNotice, tell_all},
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue_all},
        facts::{Facts, SilenceIncident, SilentDecision, SilentReader},
    },
    permission::{Action, require},
    store::{Store, Unit},
    table::Visible,
    viewer::{Role, Viewer},
};

commands! {
    /// Nobody has told in time what is missing: a case counts as accepted.
    DEEM_ACCEPTED = "case.deem_accepted" on Case: "视为受理", "deemed accepted";
    /// A law grants what was not decided in time.
    DEEM_GRANTED = "case.deem_granted" on Case: "视为同意", "deemed granted";
    /// By the park's own rule a case that was not decided in time goes on inside of the park.
    DEEM_PENDING = "case.deem_pending" on Case: "默许待确认", "pending confirmation by silence";
    /// The department has made the paper of what silence had granted.
    CONFIRM = "case.confirm" on Case: "补发默许文书", "paper of a silent grant recorded", form Confirm;
}

form! {
    /// The paper of what silence has granted.
    pub struct Confirm of CONFIRM by Action::WorkCases, refused CaseError, keyed {
        title: "补发默许文书", "Record the paper";
        lead: "该办件因逾期视为同意。请登记补发的书面文书，之后登记送达；文书不改变默许的日期。",
            "Silence has granted this case. Record the document that is owed, and then its delivery. It does not change the day of the grant.";
        done: "已登记文书。", "The paper has been recorded.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The number of the paper, up to 60 characters.
        paper_number: String = Line(60), "文书编号", "Number of the paper";
        /// The paper.
        document_id: Uuid = File, "文书", "Paper";
    }
}

/// Records the paper of what silence has granted: the clock of the confirmation ends, and that of the delivery begins.
pub async fn confirm(store: &Store, viewer: &Viewer, input: Confirm) -> Ended {
    let unit = store.begin(viewer).await?;
    let case = Entity::found(unit.db(), viewer, input.id).await?;
    let standing = rules::standing(viewer, &case);
    require(viewer, Action::WorkCases, standing)?;
    expect_version(case.id, case.version, input.expected_version)?;
    may_confirm(&case).map_err(refused("id"))?;
    let number = rules::paper_number(&input.paper_number).map_err(refused("paperNumber"))?;
    file(&unit, &case, input.document_id, "documentId").await?;
    let of = found(&unit, case).await?;
    meet(&unit, &of, |clock| clock == Clock::Confirm).await?;
    let (content, answers) = (of.content(), &of.case.answers);
    let today = unit.today();
    let openings = rules::openings(content, answers, Moment::Decision, today, &of.calendar);
    open(&unit, &of, openings).await?;
    let after = Model {
        paper_number: Some(number),
        paper_id: Some(input.document_id),
        ..of.case.clone()
    };
    let done = Done::new(&CONFIRM, event::Kind::Confirmed);
    let confirmed = save(&unit, &of.case, after, done).await?;
    unit.commit().await?;
    Ok(confirmed)
}

fn may_confirm(case: &Model) -> Result<(), CaseError> {
    match owes_paper(case) {
        true => Ok(()),
        false => Err(CaseError::WrongState),
    }
}

/// Whether the viewer can record the paper, and why not now.
pub(super) fn offered(viewer: &Viewer, case: &Model) -> Vec<Offer> {
    let standing = rules::standing(viewer, case);
    offers(COMMANDS, Thing::Case, viewer, standing, |_| {
        may_confirm(case)
    })
}

/// Whether a law has granted the case, although no run has recorded it yet: what becomes of it does not depend on when the job runs.
pub(super) async fn is_granted(unit: &Unit, of: &Found) -> Result<bool, Fault> {
    let today = Today::of_unit(unit, &of.calendar);
    let near = of_case(unit.db(), &today, &of.case).await?;
    Ok(near.is_some_and(|near| near.today == What::Acts(Act::Granted)))
}

/// What has become of a case in which silence was to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acted {
    /// On which day silence was to act next, if that has come, too.
    pub next: Option<NaiveDate>,
}

/// Lets silence act in a case, if it does so today or should have before: once, whoever asks how often. The viewer is the job, and is called as the run
/// that it is.
///
/// # Errors
/// [`Fault::Forbidden`] for every person.
pub async fn act(store: &Store, viewer: &Viewer, case_id: Uuid) -> Result<Acted, Fault> {
    let Viewer::System { name } = viewer else {
        return Err(Fault::Forbidden);
    };
    let unit = store.begin(viewer).await?;
    let case = Entity::find_by_id(case_id).lock_exclusive();
    let case = case.one(unit.db()).await?.ok_or(Fault::NotFound)?;
    let calendar = calendar::repository::in_force(&unit).await?;
    let today = Today::of_unit(&unit, &calendar);
    let near = of_case(unit.db(), &today, &case).await?;
    let Some((near, acts_on)) = near.and_then(|near| {
        let acts = matches!(near.today, What::Acts(_));
        let day = near.acts_on.filter(|_| acts)?;
        Some((near, day))
    }) else {
        return Ok(Acted { next: None });
    };
    let mut of = found(&unit, case).await?;
    // A pause that began when the day had already passed holds up nothing: it ends with what silence brings about.
    if of.case.paused_on.is_some() {
        release(&unit, &of, unit.today())
            .await
            .map_err(|error| Fault::Internal(format!("a pause: {error:?}")))?;
        of = found(&unit, of.case).await?;
    }
    let by = By {
        article: article(&unit, &of, near.coming.act).await?,
        effective_on: near.coming.counts_from(acts_on),
        near: &near,
    };
    let (after, owed_by) = match near.coming.act {
        Act::Accepted => accept(&unit, &of, &by).await?,
        Act::Granted => grant(&unit, &of, &by).await?,
        Act::Pending => pend(&unit, &of, &by).await?,
    };
    keep(&unit, &of, &by, name).await?;
    letters(&unit, &after, &by, owed_by).await?;
    let next = of_case(unit.db(), &today, &after).await?;
    unit.commit().await?;
    let acts = |near: &Near| matches!(near.today, What::Acts(_));
    Ok(Acted {
        next: next.filter(acts).and_then(|near| near.acts_on),
    })
}

/// By what silence acts.
struct By<'a> {
    near: &'a Near,
    article: String,
    effective_on: NaiveDate,
}

/// The article by which silence acts: that of the limit that has passed; of a renewal, and by the park's own rule, that of the class.
async fn article(unit: &Unit, of: &Found, act: Act) -> Result<String, Fault> {
    let clock = match (act, of.case.silence) {
        (Act::Accepted, _) => catalogue::Clock::Notice,
        (Act::Granted, SilenceClass::T2) => catalogue::Clock::Statutory,
        (_, class) => {
            let edition = item::repository::edition(unit).await?;
            let class = edition.as_ref().and_then(|one| one.content.silence(class));
            let class = class.map(|class| class.basis.clone());
            return class.ok_or_else(|| without_article(of));
        }
    };
    let limit = rules::limit_of(of.content(), clock, &of.case.answers);
    limit
        .map(|limit| limit.article.clone())
        .ok_or_else(|| without_article(of))
}

fn without_article(of: &Found) -> Fault {
    Fault::Internal(format!(
        "silence acts in {} without an article",
        of.case.number
    ))
}

/// The application counts as accepted, and the clocks of the decision run from the day of its receipt.
async fn accept(unit: &Unit, of: &Found, by: &By<'_>) -> Result<(Model, Option<NaiveDate>), Fault> {
    close(unit, of, "逾期未告知，视为受理", |clock| {
        clock == Clock::Notice
    })
    .await?;
    let (content, answers) = (of.content(), &of.case.answers);
    let on = by.effective_on;
    let openings = rules::openings(content, answers, Moment::Acceptance, on, &of.calendar);
    open(unit, of, openings).await?;
    let after = Model {
        state: State::Accepted,
        accepted_on: Some(on),
        acceptance: Some(Acceptance::Deemed),
        ..unproposed(&of.case)
    };
    let done = Done::new(&DEEM_ACCEPTED, event::Kind::DeemedAccepted);
    let accepted = save(unit, &of.case, after, done.because(&by.article)).await?;
    let due = accepted.due_on;
    Ok((accepted, Some(due)))
}

/// It is granted by law from the day after the limit on. What nobody has decided is missed; the department owes the paper.
async fn grant(unit: &Unit, of: &Found, by: &By<'_>) -> Result<(Model, Option<NaiveDate>), Fault> {
    close(unit, of, "逾期未决定，视为同意", |_| true).await?;
    let owed_by = owe_confirmation(unit, of).await?;
    if of.case.promises {
        open(unit, of, vec![rules::follow_up(by.effective_on)]).await?;
    }
    let after = Model {
        state: State::Decided,
        outcome: Some(Outcome::DeemedGranted),
        paused_on: None,
        decided_at: Some(unit.now()),
        decided_on: Some(by.effective_on),
        // What somebody has proposed was never decided.
        ..unproposed(&of.case)
    };
    let done = Done::new(&DEEM_GRANTED, event::Kind::DeemedGranted);
    let granted = save(unit, &of.case, after, done.because(&by.article)).await?;
    Ok((granted, Some(owed_by)))
}

/// It goes on inside of the park. The decision stays owed, by the promise and by law, and now within a working day.
async fn pend(unit: &Unit, of: &Found, by: &By<'_>) -> Result<(Model, Option<NaiveDate>), Fault> {
    let owed_by = owe_confirmation(unit, of).await?;
    let after = Model {
        state: State::PendingConfirmation,
        paused_on: None,
        ..of.case.clone()
    };
    let done = Done::new(&DEEM_PENDING, event::Kind::DeemedPending);
    let pending = save(unit, &of.case, after, done.because(&by.article)).await?;
    Ok((pending, Some(owed_by)))
}

/// Opens the clock of the confirmation today, when the department is told, and says its day.
async fn owe_confirmation(unit: &Unit, of: &Found) -> Result<NaiveDate, Fault> {
    let opening = Opening {
        clock: Clock::Confirm,
        terms: Terms {
            legal_effect: LegalEffect::Statutory,
            on_expiry: OnExpiry::Escalate,
            limit: AFTERWARDS,
            extension: 0,
        },
        started_on: unit.today(),
    };
    open(unit, of, vec![opening]).await?;
    Ok(AFTERWARDS.due_after(unit.today(), &of.calendar))
}

/// Closes the open clocks that are `such`: what has passed is missed, the rest is owed no more.
async fn close(
    unit: &Unit,
    of: &Found,
    reason: &str,
    such: impl Fn(Clock) -> bool,
) -> Result<(), Fault> {
    for limit in of.all_open(such) {
        let passed = limit.state == LimitState::Running && limit.due_on < unit.today();
        let closed = match passed {
            true => deadline::commands::miss_in(unit, &of.calendar, limit.id, reason).await,
            false => deadline::commands::cancel_in(unit, &of.calendar, limit.id, reason).await,
        };
        closed.map_err(|error| unexpected(&error))?;
    }
    Ok(())
}

/// Records what silence has brought about: once for each case, or the whole fails.
async fn keep(unit: &Unit, of: &Found, by: &By<'_>, run: &str) -> Result<(), Fault> {
    let row = decision::Model {
        id: new_id(unit.now()),
        case_id: of.case.id,
        act: by.near.coming.act,
        silence: of.case.silence,
        last_day: by.near.coming.last_day,
        effective_on: by.effective_on,
        article: by.article.clone(),
        warned_on: by.near.warned_on,
        at: unit.now(),
        run: run.to_owned(),
    };
    decision::Entity::insert(decision::ActiveModel::from(row).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    Ok(())
}

/// Tells the applicant and the office; the supervisor, when nobody had been warned of a grant. That an application counts as accepted the office finds in
/// the next digest.
async fn letters(
    unit: &Unit,
    case: &Model,
    by: &By<'_>,
    owed_by: Option<NaiveDate>,
) -> Result<(), Fault> {
    let (db, viewer) = (unit.db(), unit.viewer());
    let item = item::Entity::found(db, viewer, case.item_id).await?;
    let enterprise = enterprise::Entity::found(db, viewer, case.enterprise_id).await?;
    let coming = &by.near.coming;
    let step = coming.act.step();
    let fact = |person: &account::Model, reader: SilentReader, why: &Text| SilentDecision {
        name: person.name.clone(),
        reader,
        number: case.number.clone(),
        item: Text::new(&item.name_zh, &item.name_en),
        enterprise: enterprise.name_zh.clone(),
        step,
        last_day: coming.last_day,
        effective_on: by.effective_on,
        article: by.article.clone(),
        owed_by,
        why: why.clone(),
        path: link::case(case.id),
    };
    let key =
        |person: &account::Model| format!("silent_decision:{}:{:?}:{}", case.id, step, person.id);
    let mut written = Vec::new();
    let contacts = account::repository::contacts_of(db, case.enterprise_id).await?;
    let theirs = Text::new(
        "这是贵企业的申请",
        "it is an application of your enterprise",
    );
    for person in &contacts {
        let facts = fact(person, SilentReader::Applicant, &theirs);
        written.push(letter(key(person), Kind::SilentDecision, person, &facts)?);
    }
    let mut notices = Vec::new();
    for (person, why) in office(unit, case).await? {
        let facts = fact(&person, SilentReader::Office, &why);
        let letter = letter(key(&person), Kind::SilentDecision, &person, &facts)?;
        match coming.act {
            Act::Granted | Act::Pending => written.push(letter),
            Act::Accepted => notices.push(NewNotice {
                key: letter.key,
                recipient_id: person.id,
                kind: Kind::SilentDecision.name(),
                title: letter.headline,
                path: letter.path,
                letter_id: None,
                waits_for_digest: true,
            }),
        }
    }
    if coming.act == Act::Granted && by.near.warned_on.is_none() {
        let department = department::Entity::find_by_id(case.department_id);
        let department = department.one(db).await?.ok_or(Fault::NotFound)?;
        let why = Text::new(
            "未预警的默许须立即报监督机构",
            "the supervisor is informed at once when silence grants what nobody was warned of",
        );
        for person in supervisors(unit).await? {
            let facts = SilenceIncident {
                name: person.name.clone(),
                number: case.number.clone(),
                item: Text::new(&item.name_zh, &item.name_en),
                enterprise: enterprise.name_zh.clone(),
                department: Text::new(&department.name_zh, &department.name_en),
                last_day: coming.last_day,
                article: by.article.clone(),
                written: by.near.warned.len(),
                why: why.clone(),
                path: link::case(case.id),
            };
            let key = format!("silence_incident:{}:{}", case.id, person.id);
            written.push(letter(key, Kind::SilenceIncident, &person, &facts)?);
        }
    }
    enqueue_all(unit, written).await?;
    tell_all(unit, notices).await?;
    Ok(())
}

fn letter(
    key: String,
    kind: Kind,
    person: &account::Model,
    facts: &impl Facts,
) -> Result<NewLetter, Fault> {
    NewLetter::new(key, kind, Class::MustNotMiss, person.id, facts)
}

/// Who should have acted, and who looks after it: the officer who has taken the case, or all of the department; its heads; the service centre.
async fn office(unit: &Unit, case: &Model) -> Result<Vec<(account::Model, Text)>, Fault> {
    let is_own = |person: &account::Model| person.department_id == Some(case.department_id);
    let mut officers = in_role(unit, Role::WindowOfficer).await?;
    match case.officer_id {
        Some(officer) if officers.iter().any(|person| person.id == officer) => {
            officers.retain(|person| person.id == officer);
        }
        _ => officers.retain(is_own),
    }
    let mut heads = in_role(unit, Role::DepartmentHead).await?;
    heads.retain(is_own);
    let parts = [
        (
            officers,
            Text::new("由您所在窗口承办", "your window handles the case"),
        ),
        (
            heads,
            Text::new("由您的部门负责", "your department is in charge"),
        ),
        (
            in_role(unit, Role::Centre).await?,
            Text::new(
                "企业服务中心须掌握全部默许结果",
                "the service centre is informed of everything that silence decides",
            ),
        ),
    ];
    let mut seen = HashSet::new();
    let all = parts
        .into_iter()
        .flat_map(|(people, why)| people.into_iter().map(move |person| (person, why.clone())));
    Ok(all.filter(|(person, _)| seen.insert(person.id)).collect())
}

/// The supervisors, or the service centre where there are none: a letter without a reader is an alarm.
async fn supervisors(unit: &Unit) -> Result<Vec<account::Model>, Fault> {
    let found = in_role(unit, Role::Supervisor).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    in_role(unit, Role::Centre).await
}

async fn in_role(unit: &Unit, role: Role) -> Result<Vec<account::Model>, Fault> {
    account::repository::enabled_in_role(unit.db(), role).await
}
