//! Deciding a case: the checklist, the proposal, the decision with its paper, its delivery, and the check of what was promised.

use chrono::NaiveDate;
use sea_orm::{EntityTrait, entity::prelude::*, sea_query::OnConflict};

use super::{
    CHECK, DECIDE, DELIVER, Done, FOLLOW_UP, Found, Outcome, PROPOSE, cancel, file,
    intake::{Away, is_all_there, turn_away},
    letters,
    letters::Told,
    load, meet, meet_on, open, refused, save,
};
use crate::{
    audit::commands::summary,
    case::{
        Delivery, Model, State, check,
        clock::Clock,
        event, repository,
        rules::{self, Act, CaseError, Moment},
    },
    catalogue,
    command::{Choices, form},
    error::{CommandError, Fault},
    language::{Said, optional_text},
    outbox::facts::CaseStep,
    permission::Action,
    store::{Store, Unit},
    term::Term,
    viewer::Viewer,
};

/// What is found of a line.
const MET: Said = Said {
    zh: "符合",
    en: "As it should be",
};
const UNMET: Said = Said {
    zh: "不符合",
    en: "Not as it should be",
};

form! {
    /// The answer to a line of the checklist.
    pub struct Check of CHECK by Action::WorkCases, refused CaseError {
        title: "核对", "Answer the checklist";
        lead: "每一项都核对后才能拟办和决定。申请人看不到核对意见。",
            "Every line needs an answer before a decision is proposed. The applicant does not see the answers.";
        done: "已保存。", "The answer has been saved.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The line, by its key in `Case.checklist`.
        line: String = Line(60), "核对项", "Line";
        /// Whether it is as it should be.
        is_met: bool = Either(MET, UNMET), "核对结果", "Finding";
        /// What is to be said of it, up to 500 characters.
        note: Option<String> = Lines(500), "说明（可选）", "Note (optional)";
    }
}

/// Answers a line of the checklist, in the place of an answer before.
pub async fn check(store: &Store, viewer: &Viewer, input: Check) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::Check).await?;
    let lines = rules::checklist(of.content(), &of.case.answers);
    if !lines.iter().any(|(line, _)| *line == input.line) {
        return Err(CommandError::refused(&["line"], CaseError::LineUnknown));
    }
    let note = optional_text(input.note, 500);
    let note = note.map_err(|_| CommandError::refused(&["note"], CaseError::TextInvalid))?;
    let answer = check::Model {
        case_id: of.case.id,
        line: input.line,
        is_met: input.is_met,
        note,
        checked_by: viewer.account_id().ok_or(Fault::Forbidden)?,
        checked_at: unit.now(),
    };
    let again = OnConflict::columns([check::Column::CaseId, check::Column::Line])
        .update_columns([
            check::Column::IsMet,
            check::Column::Note,
            check::Column::CheckedBy,
            check::Column::CheckedAt,
        ])
        .to_owned();
    check::Entity::insert(check::ActiveModel::from(answer.clone()).reset_all())
        .on_conflict(again)
        .exec_without_returning(unit.db())
        .await?;
    let after = of.case.clone();
    let mut done = Done::new(&CHECK, event::Kind::Checked);
    done.beside = Some(summary!({
        "line": answer.line,
        "isMet": answer.is_met,
        "note": answer.note,
    }));
    let checked = save(&unit, &of.case, after, done).await?;
    unit.commit().await?;
    Ok(checked)
}

/// How an office decides.
fn decisions() -> Choices {
    let mut choices = Choices::of::<catalogue::Outcome>();
    let is_one = |code: &str| catalogue::Outcome::of_code(code).is_some_and(rules::is_of_office);
    choices.all.retain(|(code, _)| is_one(code));
    choices
}

form! {
    /// A decision that is proposed.
    pub struct Propose of PROPOSE by Action::WorkCases, refused CaseError {
        title: "拟办", "Propose a decision";
        lead: "不予的，须写明理由。不予的决定和涉及默许类别的决定，须由另一人作出。受理前只能拟办不需要办理、不属于职权。",
            "A refusal must say why. A refusal, and a decision of a class of silence, must be taken by another person. Before the acceptance a case can only be turned away.";
        done: "已拟办。", "The decision has been proposed.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// How it is to end: granted, refused or filed, as the item knows it; before the acceptance not required or not competent.
        outcome: catalogue::Outcome = Choice(decisions), "办理结果", "Outcome";
        /// Why, up to 4000 characters; of a refusal, and of what turns the case away, always. The applicant reads it with the decision.
        reasons: Option<String> = Lines(4000), "理由", "Reasons", "准予、备案以外的必填；决定后企业可以看到", "Required unless granted or filed; visible to the enterprise once decided";
    }
}

/// Proposes how to decide, once every line of the checklist has its answer; or to turn the case away, before it is accepted.
pub async fn propose(store: &Store, viewer: &Viewer, input: Propose) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::Propose).await?;
    let (outcome, reasons) = (input.outcome, input.reasons.as_deref());
    let reasons = rules::proposal(of.content(), of.case.state, outcome, reasons);
    let reasons = reasons.map_err(|(field, code)| CommandError::refused(&[field], code))?;
    require_ready(&unit, &of, outcome).await?;
    let after = Model {
        outcome: Some(input.outcome),
        reasons: reasons.clone(),
        proposed_by: viewer.account_id(),
        proposed_at: Some(unit.now()),
        ..of.case.clone()
    };
    let mut done = Done::new(&PROPOSE, event::Kind::Proposed);
    done.reason = reasons.as_deref();
    let proposed = save(&unit, &of.case, after, done).await?;
    unit.commit().await?;
    Ok(proposed)
}

/// What a decision needs: while it can still be told that the office does not decide, that; else every line looked at, and for what gives the applicant
/// what was applied for all that was allowed to follow.
async fn require_ready(
    unit: &Unit,
    of: &Found,
    outcome: catalogue::Outcome,
) -> Result<(), CommandError<CaseError>> {
    if outcome.turns_away() {
        return rules::in_time(of.open(Clock::Notice), unit.today()).map_err(refused("id"));
    }
    let checks = repository::checks_of(unit.db(), &[of.case.id]).await?;
    let checked = rules::is_checked(of.content(), &of.case.answers, &checks, outcome);
    checked.map_err(refused("id"))?;
    if outcome.gives() && !is_all_there(unit, of).await? {
        return Err(refused("id")(CaseError::MaterialOwed));
    }
    Ok(())
}

form! {
    /// A decision, as it was proposed.
    pub struct Decide of DECIDE by Action::WorkCases, refused CaseError, keyed {
        title: "作出决定", "Decide";
        lead: "按拟办的结果作出决定；决定书随附。企业会收到通知，不予的写明理由和救济途径。",
            "The case is decided as proposed, with the written decision. The enterprise is notified; a refusal tells the reasons and the remedies.";
        done: "已作出决定。", "The case has been decided.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The number of the written decision, up to 60 characters.
        paper_number: String = Line(60), "文书编号", "Number of the decision";
        /// The written decision, uploaded before.
        document_id: Uuid = File, "决定文书", "Written decision";
    }
}

/// Decides a case as it was proposed: the clocks of the decision are met, and the result is owed.
pub async fn decide(store: &Store, viewer: &Viewer, input: Decide) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::Decide).await?;
    let proposed = of.case.outcome;
    let outcome = proposed.ok_or_else(|| CommandError::refused(&["id"], CaseError::NotProposed))?;
    require_ready(&unit, &of, outcome).await?;
    if outcome.turns_away() {
        let away = Away {
            outcome,
            reason: of.case.reasons.clone().unwrap_or_default(),
            paper_number: input.paper_number,
            document_id: input.document_id,
        };
        return turn_away(unit, of, away, &DECIDE).await;
    }
    rules::can_end(of.content(), of.case.state, outcome).map_err(refused("id"))?;
    let number = rules::paper_number(&input.paper_number).map_err(refused("paperNumber"))?;
    file(&unit, &of.case, input.document_id, "documentId").await?;
    let today = unit.today();
    meet(&unit, &of, Clock::is_of_office).await?;
    cancel(&unit, &of, "已作出决定", |clock| !clock.is_of_office()).await?;
    let (content, answers) = (of.content(), &of.case.answers);
    let mut openings = rules::openings(content, answers, Moment::Decision, today, &of.calendar);
    if of.case.promises && outcome.gives() {
        openings.push(rules::follow_up(today));
    }
    open(&unit, &of, openings).await?;
    let after = Model {
        state: State::Decided,
        decided_by: viewer.account_id(),
        decided_at: Some(unit.now()),
        decided_on: Some(today),
        paper_number: Some(number),
        paper_id: Some(input.document_id),
        ..of.case.clone()
    };
    let reasons = of.case.reasons.clone();
    let mut done = Done::new(&DECIDE, event::Kind::Decided);
    done.reason = reasons.as_deref();
    let decided = save(&unit, &of.case, after, done).await?;
    letters::tell(&unit, &decided, Told::new(CaseStep::Decided)).await?;
    unit.commit().await?;
    Ok(decided)
}

form! {
    /// A result that was handed over.
    pub struct Deliver of DELIVER by Action::WorkCases, refused CaseError {
        title: "登记送达", "Record the delivery";
        lead: "企业会收到通知。", "The enterprise is notified.";
        done: "已登记送达。", "The delivery has been recorded.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// How it was handed over.
        delivery: Delivery = Choice(Choices::of::<Delivery>), "送达方式", "How";
        /// When; today unless another day is given.
        delivered_on: NaiveDate = Today, "送达日期", "Day";
        /// The proof of it, uploaded before; of what was sent by post always.
        document_id: Option<Uuid> = File, "送达凭证", "Proof of delivery", "邮寄送达的必填", "Required when sent by post";
    }
}

/// Records that the result was handed over.
pub async fn deliver(store: &Store, viewer: &Viewer, input: Deliver) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::Deliver).await?;
    let on = input.delivered_on;
    let margins = unit.policy().margins;
    rules::delivered_on(on, of.case.decided_on, unit.today(), margins, &of.calendar)
        .map_err(refused("deliveredOn"))?;
    match input.document_id {
        Some(proof) => file(&unit, &of.case, proof, "documentId").await?,
        None if input.delivery == Delivery::Post => {
            return Err(refused("documentId")(CaseError::ProofMissing));
        }
        None => {}
    }
    meet_on(&unit, &of, on, |clock| clock == Clock::Delivery).await?;
    let after = Model {
        state: State::Delivered,
        delivered_on: Some(on),
        delivery: Some(input.delivery),
        proof_id: input.document_id,
        ..of.case.clone()
    };
    let how = input.delivery.text().zh;
    let done = Done::new(&DELIVER, event::Kind::Delivered).because(&how);
    let delivered = save(&unit, &of.case, after, done).await?;
    letters::tell(&unit, &delivered, Told::new(CaseStep::Delivered)).await?;
    unit.commit().await?;
    Ok(delivered)
}

/// What is found of a promise.
const KEPT: Said = Said {
    zh: "承诺属实",
    en: "Kept",
};
const BROKEN: Said = Said {
    zh: "承诺不实",
    en: "Broken",
};

form! {
    /// What was found of what had been promised.
    pub struct FollowUp of FOLLOW_UP by Action::WorkCases, refused CaseError {
        title: "核查承诺", "Check what was promised";
        lead: "以承诺代替材料的，决定后 30 个工作日内核查。", "What was promised instead of a material is checked within 30 working days of the decision.";
        done: "已登记核查结果。", "The finding has been recorded.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Whether it was kept.
        kept: bool = Either(KEPT, BROKEN), "核查结果", "Finding";
        /// What was found, up to 1000 characters; the applicant reads it.
        reason: String = Lines(1000), "核查情况", "What was found", "企业可以看到", "Visible to the enterprise";
    }
}

/// Records what was found of what had been promised instead of a material.
pub async fn follow_up(store: &Store, viewer: &Viewer, input: FollowUp) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::FollowUp).await?;
    if of.open(Clock::FollowUp).is_none() {
        return Err(CommandError::refused(&["id"], CaseError::NoFollowUp));
    }
    let reason = rules::reason(&input.reason).map_err(refused("reason"))?;
    meet(&unit, &of, |clock| clock == Clock::FollowUp).await?;
    let event = match input.kept {
        true => event::Kind::PromiseKept,
        false => event::Kind::PromiseBroken,
    };
    let after = of.case.clone();
    let done = Done::new(&FOLLOW_UP, event).because(&reason);
    let checked = save(&unit, &of.case, after, done).await?;
    unit.commit().await?;
    Ok(checked)
}
