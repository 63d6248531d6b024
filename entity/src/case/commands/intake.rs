//! From the receipt to the acceptance: taking a case, accepting it, telling once what is missing, completing it, and what ends it before a
//! decision.

use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{
    ACCEPT, ASK_CORRECTION, COMPLETE, Done, Found, HAND_IN, LAPSE, NOT_COMPETENT, NOT_REQUIRED,
    Outcome, TAKE, WITHDRAW, cancel, file as paper_of, found, letters, letters::Told,
    limit::close_pause, load, meet, open, refused, save, seen_by_applicant, silence,
};
use crate::{
    application::material::Way,
    case::{
        Acceptance, Entity, Model, State, check,
        clock::Clock,
        event, file,
        notice::{self, About, Line, Lines},
        repository,
        rules::{self, Act, CONDITIONS, CaseError, Moment},
    },
    catalogue::{CorrectionReason, Outcome as Ending},
    command::{Command, form},
    decision::by_another,
    document::{self, rules::MOST_TOGETHER},
    error::{CommandError, Fault},
    id::new_id,
    item::edition,
    language::{Said, text},
    outbox::facts::CaseStep,
    permission::Action,
    store::{Store, Unit},
    table::Visible,
    viewer::Viewer,
};

form! {
    /// A case that an officer takes.
    pub struct Take of TAKE by Action::WorkCases, refused CaseError, keyed, many {
        title: "承办", "Take the case";
        lead: "您将成为承办人，时限提醒发给您。", "You become its officer and get the reminders of its time limits.";
        done: "已承办。", "You have taken the case.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
    }
}

/// Takes a case, also from somebody else of the department.
pub async fn take(store: &Store, viewer: &Viewer, input: Take) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::Take).await?;
    let after = Model {
        officer_id: viewer.account_id(),
        ..of.case.clone()
    };
    let done = Done::new(&TAKE, event::Kind::Taken);
    let taken = save(&unit, &of.case, after, done).await?;
    unit.commit().await?;
    Ok(taken)
}

form! {
    /// A case that is accepted.
    pub struct Accept of ACCEPT by Action::WorkCases, refused CaseError, keyed, many {
        title: "受理", "Accept the case";
        lead: "材料齐全、符合法定形式的，应当受理；办理期限按事项规定起算，企业会收到通知。",
            "What is complete and in due form must be accepted. The limits of the item begin, and the enterprise is notified.";
        done: "已受理。", "The case has been accepted.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
    }
}

/// Accepts a case. What nobody has answered in time counts as accepted from its receipt, also when that is said later.
pub async fn accept(store: &Store, viewer: &Viewer, input: Accept) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::Accept).await?;
    let accepted = accept_in(&unit, &of, Done::new(&ACCEPT, event::Kind::Accepted)).await?;
    unit.commit().await?;
    Ok(accepted)
}

/// Accepts a case that stands as received: from which day on, its clock says.
async fn accept_in(unit: &Unit, of: &Found, done: Done<'_>) -> Result<Model, Fault> {
    let missing = || Fault::Internal(format!("{} has no clock of a notice", of.case.id));
    let notice = of.open(Clock::Notice).ok_or_else(missing)?;
    let notices = repository::notices_of(unit.db(), &[of.case.id]).await?;
    let completed = !notices.is_empty();
    let (on, acceptance) = rules::acceptance(notice, completed, unit.today());
    meet(unit, of, |clock| clock == Clock::Notice).await?;
    let (content, answers) = (of.content(), &of.case.answers);
    let openings = rules::openings(content, answers, Moment::Acceptance, on, &of.calendar);
    open(unit, of, openings).await?;
    let after = Model {
        state: State::Accepted,
        accepted_on: Some(on),
        acceptance: Some(acceptance),
        ..unproposed(&of.case)
    };
    let done = match acceptance {
        Acceptance::Express => done,
        Acceptance::Deemed => Done {
            event: event::Kind::DeemedAccepted,
            ..done
        },
    };
    let accepted = save(unit, &of.case, after, done).await?;
    letters::tell(unit, &accepted, Told::new(CaseStep::Accepted)).await?;
    Ok(accepted)
}

/// The case without what was proposed: who goes on with it does not turn it away.
pub(super) fn unproposed(case: &Model) -> Model {
    Model {
        outcome: None,
        reasons: None,
        proposed_by: None,
        proposed_at: None,
        ..case.clone()
    }
}

/// What is missing, to be told once.
#[derive(Clone, Debug)]
pub struct AskCorrection {
    /// The case.
    pub id: Uuid,
    /// Its version as seen.
    pub expected_version: i32,
    /// What is missing.
    pub lines: Vec<NewLine>,
    /// Why the first notice did not have it; of a further one.
    pub again_for: Option<String>,
}

/// One thing that is missing.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// Why, by the code of the catalogue.
    pub reason: String,
    /// Which material, by its key in the application.
    pub material: Option<String>,
    /// Which field of the form, by its key.
    pub field: Option<String>,
    /// What is to be done, in words.
    pub text: String,
}

/// Tells the applicant once, and all of it, what is missing (行政许可法第三十二条). The clocks of the decision begin anew when it is complete; an item
/// without a stage of correction is handed back instead.
pub async fn ask_correction(store: &Store, viewer: &Viewer, input: AskCorrection) -> Outcome {
    let unit = store.begin(viewer).await?;
    let act = Act::AskCorrection;
    let of = load(&unit, input.id, input.expected_version, act).await?;
    rules::in_time(of.open(Clock::Notice), unit.today()).map_err(refused("id"))?;
    rules::lines(input.lines.len()).map_err(refused("lines"))?;
    let notices = repository::notices_of(unit.db(), &[of.case.id]).await?;
    let again_for = rules::again_for(notices.len(), input.again_for.as_deref());
    let again_for = again_for.map_err(refused("againFor"))?;
    let edition = repository::edition_of(&unit, &of.case).await?;
    let lines = input.lines.into_iter();
    let lines: Result<Vec<Line>, CaseError> = lines
        .map(|line| kept(&of, &edition.content, line))
        .collect();
    let lines = Lines(lines.map_err(refused("lines"))?);
    let opening = rules::correction(unit.today());
    let is_handed_back = rules::is_handed_back(of.content(), &of.case.answers);
    let answer_by = match is_handed_back {
        true => unit.today(),
        false => opening.terms.limit.due_after(unit.today(), &of.calendar),
    };
    let asked_by = viewer.account_id();
    let notice = notice::Model {
        id: new_id(unit.now()),
        case_id: of.case.id,
        number: next(notices.len()),
        content: lines,
        again_for: again_for.clone(),
        asked_by: asked_by.ok_or(Fault::Forbidden)?,
        asked_at: unit.now(),
        answer_by,
        answered_at: None,
    };
    notice::Entity::insert(notice::ActiveModel::from(notice.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    meet(&unit, &of, |clock| clock == Clock::Notice).await?;
    if is_handed_back {
        return hand_back(unit, of, &notice).await;
    }
    // What may follow has its day anew when the case is complete; until then that of the notice holds.
    let begins_anew = |clock: Clock| clock.is_of_decision() || clock == Clock::Supplement;
    cancel(&unit, &of, "待补正", begins_anew).await?;
    open(&unit, &of, vec![opening]).await?;
    let after = Model {
        state: State::CorrectionAsked,
        ..unproposed(&of.case)
    };
    let mut done = Done::new(&ASK_CORRECTION, event::Kind::CorrectionAsked);
    done.reason = again_for.as_deref();
    let asked = save(&unit, &of.case, after, done).await?;
    letters::tell(&unit, &asked, Told::missing(&notice)).await?;
    unit.commit().await?;
    Ok(asked)
}

/// Why a case that is handed back has ended.
const HANDED_BACK: &str = "材料不齐，退回补齐；所缺内容已一次告知，可以补齐后重新提交。";

/// Ends a case whose papers are handed back with all that is missing.
async fn hand_back(unit: Unit, of: Found, notice: &notice::Model) -> Outcome {
    cancel(&unit, &of, HANDED_BACK, |clock| clock != Clock::Notice).await?;
    let after = Model {
        state: State::Ended,
        outcome: Some(Ending::HandedBack),
        reasons: Some(HANDED_BACK.to_owned()),
        decided_at: Some(unit.now()),
        decided_on: Some(unit.today()),
        ..of.case.clone()
    };
    let done = Done::new(&ASK_CORRECTION, event::Kind::HandedBack);
    let back = save(&unit, &of.case, after, done.because(HANDED_BACK)).await?;
    let told = Told {
        step: CaseStep::HandedBack,
        ..Told::missing(notice)
    };
    letters::tell(&unit, &back, told).await?;
    unit.commit().await?;
    Ok(back)
}

/// A line as it is kept: its reason is one of the catalogue, and what it is about belongs to the case.
fn kept(of: &Found, shared: &edition::Shared, line: NewLine) -> Result<Line, CaseError> {
    let mut reasons = shared.correction_reasons.iter();
    let is_meant = |known: &&CorrectionReason| known.code == line.reason;
    let reason = reasons.find(is_meant).ok_or(CaseError::ReasonUnknown)?;
    let code = &of.content().item.code;
    let about = match (line.material, line.field) {
        (Some(key), _) => {
            rules::material(of.content(), &of.case.answers, &key)
                .ok_or(CaseError::MaterialUnknown)?;
            About::Material(key)
        }
        (None, Some(key)) => {
            let mut fields = shared.fields.iter();
            fields
                .find(|field| field.key == key && field.items.has(code))
                .ok_or(CaseError::FieldUnknown)?;
            About::Field(key)
        }
        (None, None) => About::Whole,
    };
    Ok(Line {
        reason: reason.code.clone(),
        about,
        text: text(&line.text, 500).ok_or(CaseError::TextInvalid)?,
        is_visible_first: reason.visible_first_time,
    })
}

fn next(known: usize) -> i32 {
    i32::try_from(known).unwrap_or(i32::MAX - 1) + 1
}

/// The files of one material.
#[derive(Clone, Debug)]
pub struct Handing {
    /// The material, by its key in the application.
    pub material: String,
    /// Its files, uploaded before.
    pub document_ids: Vec<Uuid>,
}

/// What completes a case.
#[derive(Clone, Debug)]
pub struct Complete {
    /// The case.
    pub id: Uuid,
    /// Its version as seen.
    pub expected_version: i32,
    /// The files of the materials that were asked for.
    pub materials: Vec<Handing>,
    /// What is said to the lines that are about no material.
    pub note: Option<String>,
}

/// Completes a case: it stands as received again, complete from this day on. What came on paper somebody else records than who has asked for it, with
/// the paper, for the limit of law begins anew.
pub async fn complete(store: &Store, viewer: &Viewer, input: Complete) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::Complete).await?;
    let missing = || Fault::Internal(format!("{} has no open notice", of.case.id));
    let notices = repository::notices_of(unit.db(), &[of.case.id]).await?;
    let mut notices = notices.into_iter();
    let notice = notices.find(|notice| notice.answered_at.is_none());
    let notice = notice.ok_or_else(missing)?;
    let for_applicant = rules::is_inside(viewer);
    if for_applicant {
        let another = by_another(viewer, &[Some(notice.asked_by)]);
        another.map_err(|_| refused("id")(CaseError::AskedByYou))?;
    }
    let note = match input.note.filter(|note| !note.trim().is_empty()) {
        Some(note) => Some(rules::reason(&note).map_err(refused("note"))?),
        None => None,
    };
    let following = following(&unit, &of).await?;
    for handing in &input.materials {
        let key = &handing.material;
        let is_asked = |line: &Line| matches!(&line.about, About::Material(asked) if asked == key);
        let may = match rules::asks_for_words(&notice.content) {
            true => rules::material(of.content(), &of.case.answers, key)
                .map(|_| ())
                .ok_or(CaseError::MaterialUnknown),
            false if notice.content.0.iter().any(is_asked) => Ok(()),
            false => rules::may_follow(&following, key),
        };
        may.map_err(refused("materials"))?;
    }
    let given = input.materials.iter();
    let given = given
        .filter(|handing| !handing.document_ids.is_empty())
        .map(|handing| handing.material.as_str());
    rules::is_complete(&notice.content, given.clone(), note.as_deref())
        .map_err(|(field, code)| CommandError::refused(&[field], code))?;
    if for_applicant && given.clone().next().is_none() {
        return Err(refused("materials")(CaseError::Incomplete));
    }
    keep_files(&unit, &of.case, &input.materials).await?;
    if rules::asks_for_words(&notice.content) {
        look_again(&unit, &of.case, [CONDITIONS]).await?;
    }
    notice::Entity::update_many()
        .col_expr(notice::Column::AnsweredAt, Expr::value(Some(unit.now())))
        .filter(notice::Column::Id.eq(notice.id))
        .exec(unit.db())
        .await?;
    meet(&unit, &of, |clock| clock == Clock::Correction).await?;
    let (content, answers) = (of.content(), &of.case.answers);
    let today = unit.today();
    let mut openings = rules::openings(content, answers, Moment::Receipt, today, &of.calendar);
    if !is_all_there(&unit, &of).await? {
        openings.push(rules::supplement(content, answers, today, &of.calendar));
    }
    open(&unit, &of, openings).await?;
    let after = Model {
        state: State::Received,
        ..of.case.clone()
    };
    let mut done = Done::new(&COMPLETE, event::Kind::Corrected);
    done.reason = note.as_deref();
    let completed = save(&unit, &of.case, after, done).await?;
    letters::tell_office(&unit, &completed, &COMPLETED).await?;
    unit.commit().await?;
    Ok(completed)
}

const COMPLETED: Said = Said {
    zh: "申请人已补正，请受理或者再次告知",
    en: "Completed by the applicant: accept it or tell what is still missing",
};

/// Materials that were allowed to follow.
#[derive(Clone, Debug)]
pub struct HandIn {
    /// The case.
    pub id: Uuid,
    /// Its version as seen.
    pub expected_version: i32,
    /// Their files.
    pub materials: Vec<Handing>,
}

/// Hands in materials that were allowed to follow. When all of them are there, their clock ends.
pub async fn hand_in(store: &Store, viewer: &Viewer, input: HandIn) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::HandIn).await?;
    if of.open(Clock::Supplement).is_none() {
        return Err(CommandError::refused(&["id"], CaseError::NotFollowing));
    }
    let following = following(&unit, &of).await?;
    for handing in &input.materials {
        rules::may_follow(&following, &handing.material).map_err(refused("materials"))?;
    }
    if input
        .materials
        .iter()
        .all(|one| one.document_ids.is_empty())
    {
        return Err(CommandError::refused(&["materials"], CaseError::Incomplete));
    }
    keep_files(&unit, &of.case, &input.materials).await?;
    if is_all_there(&unit, &of).await? {
        meet(&unit, &of, |clock| clock == Clock::Supplement).await?;
    }
    let after = of.case.clone();
    let done = Done::new(&HAND_IN, event::Kind::Followed);
    let handed = save(&unit, &of.case, after, done).await?;
    unit.commit().await?;
    Ok(handed)
}

/// The materials of the case that the application said to follow, and that have no file yet.
async fn following(unit: &Unit, of: &Found) -> Result<Vec<String>, Fault> {
    let ways = repository::ways_of(unit.db(), &[of.case.application_id]).await?;
    let files = repository::files_of(unit.db(), &[of.case.id]).await?;
    let (content, answers) = (of.content(), &of.case.answers);
    let own = ways.into_iter().filter(|one| {
        one.way == Way::Follows
            && rules::material(content, answers, &one.material).is_some()
            && !files.iter().any(|file| file.material == one.material)
    });
    Ok(own.map(|one| one.material).collect())
}

/// Whether each material that the application said to follow has a file by now.
pub(super) async fn is_all_there(unit: &Unit, of: &Found) -> Result<bool, Fault> {
    Ok(following(unit, of).await?.is_empty())
}

/// Keeps the files of materials behind those that are there.
async fn keep_files(
    unit: &Unit,
    case: &Model,
    handed: &[Handing],
) -> Result<(), CommandError<CaseError>> {
    let ids: Vec<Uuid> = handed
        .iter()
        .flat_map(|one| one.document_ids.iter().copied())
        .collect();
    if ids.len() > MOST_TOGETHER {
        return Err(CommandError::refused(
            &["materials"],
            CaseError::TooManyFiles,
        ));
    }
    let viewer = unit.viewer();
    let files = document::repository::all_about(unit.db(), viewer, &ids, case.enterprise_id)
        .await?
        .ok_or_else(|| CommandError::refused(&["materials"], CaseError::FileUnknown))?;
    for file in &files {
        seen_by_applicant(file, case).map_err(refused("materials"))?;
    }
    let by = viewer.account_id().ok_or(Fault::Forbidden)?;
    let known = repository::files_of(unit.db(), &[case.id]).await?;
    let mut rows: Vec<file::Model> = Vec::with_capacity(ids.len());
    for one in handed {
        for document_id in &one.document_ids {
            let before = known.iter().chain(&rows);
            let before = before.filter(|file| file.material == one.material);
            rows.push(file::Model {
                case_id: case.id,
                material: one.material.clone(),
                place: next(before.count()),
                document_id: *document_id,
                handed_in_by: by,
                handed_in_at: unit.now(),
            });
        }
    }
    let lines = rows.iter().map(|row| row.material.as_str());
    look_again(unit, case, lines).await?;
    let rows = rows.into_iter();
    let rows = rows.map(|row| file::ActiveModel::from(row).reset_all());
    unit.insert_all(rows.collect()).await?;
    Ok(())
}

/// What was found of these lines of the checklist holds no more: something new has come.
async fn look_again<'a>(
    unit: &Unit,
    case: &Model,
    lines: impl IntoIterator<Item = &'a str>,
) -> Result<(), Fault> {
    check::Entity::delete_many()
        .filter(check::Column::CaseId.eq(case.id))
        .filter(check::Column::Line.is_in(lines))
        .exec(unit.db())
        .await?;
    Ok(())
}

form! {
    /// A matter that needs no permission.
    pub struct NotRequired of NOT_REQUIRED by Action::WorkCases, refused CaseError {
        title: "告知不需要办理", "Tell that it is not required";
        lead: "依法不需要取得许可的，即时告知申请人；须出具书面凭证。",
            "If the law asks for no permission, the applicant is told at once, with a written voucher.";
        done: "已告知申请人。", "The applicant has been told.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters; the applicant reads it.
        reason: String = Lines(1000), "理由", "Reason", "企业可以看到", "Visible to the enterprise";
        /// The number of the written voucher, up to 60 characters.
        paper_number: String = Line(60), "文书编号", "Number of the voucher";
        /// The written voucher, uploaded before.
        document_id: Uuid = File, "书面凭证", "Written voucher";
    }
}

/// Tells that the matter needs no permission (行政许可法第三十二条第一款第一项).
pub async fn not_required(store: &Store, viewer: &Viewer, input: NotRequired) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::NotRequired).await?;
    let reason = rules::reason(&input.reason).map_err(refused("reason"))?;
    let away = Away {
        outcome: Ending::NotRequired,
        reason,
        paper_number: input.paper_number,
        document_id: input.document_id,
    };
    turn_away(unit, of, away, &NOT_REQUIRED).await
}

form! {
    /// A matter for which another body is competent.
    pub struct NotCompetent of NOT_COMPETENT by Action::WorkCases, refused CaseError {
        title: "告知不属于本机关职权", "Tell that another body is competent";
        lead: "不属于本机关职权的，即时决定不予受理，并告知向哪个机关申请；须出具书面凭证。",
            "If another body is competent, the case is turned away at once, with a written voucher, and the applicant is told where to apply.";
        done: "已告知申请人。", "The applicant has been told.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Which body is competent, up to 1000 characters; the applicant reads it.
        body: String = Lines(1000), "应当向哪个机关申请", "Which body is competent";
        /// The number of the written voucher, up to 60 characters.
        paper_number: String = Line(60), "文书编号", "Number of the voucher";
        /// The written voucher, uploaded before.
        document_id: Uuid = File, "书面凭证", "Written voucher";
    }
}

/// Tells that another body is competent, and which (行政许可法第三十二条第一款第二项).
pub async fn not_competent(store: &Store, viewer: &Viewer, input: NotCompetent) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::NotCompetent).await?;
    let away = Away {
        outcome: Ending::NotCompetent,
        reason: rules::reason(&input.body).map_err(refused("body"))?,
        paper_number: input.paper_number,
        document_id: input.document_id,
    };
    turn_away(unit, of, away, &NOT_COMPETENT).await
}

/// How an application is turned away, with its voucher.
pub(super) struct Away {
    /// As what.
    pub(super) outcome: Ending,
    /// Why, or which body is competent.
    pub(super) reason: String,
    /// The number of the voucher.
    pub(super) paper_number: String,
    /// The voucher.
    pub(super) document_id: Uuid,
}

/// Ends a case that the office does not decide, while it can still be told; its delivery is owed.
pub(super) async fn turn_away(
    unit: Unit,
    of: Found,
    away: Away,
    command: &'static Command,
) -> Outcome {
    rules::in_time(of.open(Clock::Notice), unit.today()).map_err(refused("id"))?;
    rules::can_end(of.content(), of.case.state, away.outcome).map_err(refused("id"))?;
    let number = rules::paper_number(&away.paper_number).map_err(refused("paperNumber"))?;
    paper_of(&unit, &of.case, away.document_id, "documentId").await?;
    let today = unit.today();
    meet(&unit, &of, |clock| clock == Clock::Notice).await?;
    cancel(&unit, &of, "不予受理", |clock| clock != Clock::Notice).await?;
    let (content, answers) = (of.content(), &of.case.answers);
    let openings = rules::openings(content, answers, Moment::Decision, today, &of.calendar);
    open(&unit, &of, openings).await?;
    let after = Model {
        state: State::Decided,
        outcome: Some(away.outcome),
        reasons: Some(away.reason.clone()),
        decided_by: unit.viewer().account_id(),
        decided_at: Some(unit.now()),
        decided_on: Some(today),
        paper_number: Some(number),
        paper_id: Some(away.document_id),
        ..of.case.clone()
    };
    let done = Done::new(command, event::Kind::Decided).because(&away.reason);
    let told = save(&unit, &of.case, after, done).await?;
    letters::tell(&unit, &told, Told::new(CaseStep::Decided)).await?;
    unit.commit().await?;
    Ok(told)
}

form! {
    /// A case that its applicant withdraws.
    pub struct Withdraw of WITHDRAW by Action::ActAsApplicant, refused CaseError {
        title: "撤回申请", "Withdraw the case";
        lead: "撤回后该事项终止办理，可以重新申请；不能恢复。",
            "The case ends. You can apply again; this cannot be undone.";
        done: "已撤回。", "The case has been withdrawn.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason";
    }
}

/// Withdraws a case.
pub async fn withdraw(store: &Store, viewer: &Viewer, input: Withdraw) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::Withdraw).await?;
    let reason = rules::reason(&input.reason).map_err(refused("reason"))?;
    let done = Done::new(&WITHDRAW, event::Kind::Withdrawn).because(&reason);
    let withdrawn = end(&unit, &of, Ending::Withdrawn, done).await?;
    unit.commit().await?;
    Ok(withdrawn)
}

/// Ends a case because what its applicant owed has not come by its day; nothing when it came meanwhile.
pub async fn lapse(store: &Store, viewer: &Viewer, id: Uuid) -> Result<Option<Model>, Fault> {
    let unit = store.begin(viewer).await?;
    let case = Entity::found(unit.db(), viewer, id).await?;
    if rules::can(Act::Lapse, &case).is_err() {
        return Ok(None);
    }
    let of = found(&unit, case).await?;
    if silence::is_granted(&unit, &of).await? {
        return Ok(None);
    }
    let today = unit.today();
    let notices = repository::notices_of(unit.db(), &[of.case.id]).await?;
    let open = notices.iter().find(|notice| notice.answered_at.is_none());
    // A calendar that moves the clock takes nothing from the day that the notice names.
    let told = open.map(|notice| notice.answer_by);
    let owed = of
        .clocks
        .iter()
        .filter(|(clock, limit)| !clock.clock.is_of_office() && limit.state.is_open());
    let mut last_days = owed.map(|(clock, limit)| match (clock.clock, told) {
        (Clock::Correction, Some(told)) => limit.due_on.max(told),
        _ => limit.due_on,
    });
    let Some(passed) = last_days.find(|last_day| *last_day < today) else {
        return Ok(None);
    };
    let reason = format!("截至 {passed} 未收到应当提交的材料，申请终止；可以补齐材料后重新申请。");
    let done = Done::new(&LAPSE, event::Kind::Lapsed).because(&reason);
    let lapsed = end(&unit, &of, Ending::Lapsed, done).await?;
    letters::tell(&unit, &lapsed, Told::new(CaseStep::Lapsed)).await?;
    unit.commit().await?;
    Ok(Some(lapsed))
}

/// Ends a case without a decision of the office: nobody owes anything any more.
async fn end(unit: &Unit, of: &Found, outcome: Ending, done: Done<'_>) -> Result<Model, Fault> {
    let reason = done.reason.unwrap_or_default().to_owned();
    cancel(unit, of, &reason, |_| true).await?;
    let today = unit.today();
    if let Some(paused_on) = of.case.paused_on {
        close_pause(unit, &of.case, today.max(paused_on)).await?;
    }
    let after = Model {
        state: State::Ended,
        outcome: Some(outcome),
        reasons: Some(reason),
        paused_on: None,
        decided_at: Some(unit.now()),
        decided_on: Some(today),
        ..of.case.clone()
    };
    save(unit, &of.case, after, done).await
}
