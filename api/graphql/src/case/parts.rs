//! What belongs to a case: its clocks, events, notices, pauses, materials and checklist.

use std::sync::Arc;

use api_door::{
    coded::Coded,
    loaders,
    row::Row,
    scalar::{Date, DateTime},
};
use async_graphql::{Context, Object, Result};
use entity::{
    application::material::Way,
    case::{
        check, clock, event,
        notice::{self, About},
        pause, rules,
    },
    catalogue::{self, MaterialForm, MaterialSource, Tolerance},
    clock::civil_date,
    condition::Answers,
    deadline::pause::Kind as Ground,
    error::Fault,
    item::version,
    language::Text,
    term::Term,
};
use uuid::Uuid;

use crate::{
    case::edition_of,
    deadline::{Deadline, DeadlineById, PausesOfDeadline, calendar_in_force},
    document::{Document, DocumentById},
    liaison::{Official, official},
};

/// The files that the viewer may see, in this order.
async fn files(ctx: &Context<'_>, ids: &[Uuid]) -> Result<Vec<Document>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = loaders::many::<DocumentById>(ctx, ids.iter().copied()).await?;
    let seen = ids.iter().filter_map(|id| found.remove(id));
    Ok(seen.map(Document).collect())
}

/// One time limit of a case, and which of its clocks it is (办件时钟).
pub struct CaseClock {
    pub(super) row: clock::Model,
    pub(super) disputed: Option<pause::Model>,
}

/// One time limit of a case, and which of its clocks it is (办件时钟).
#[Object]
impl CaseClock {
    /// Which clock it is.
    async fn kind(&self) -> Coded<clock::Clock> {
        self.row.clock.into()
    }

    /// The how manieth of its kind, from 1: some begin anew when what was missing is there.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// Whether the office owes it; the others the applicant does.
    async fn is_of_office(&self) -> bool {
        self.row.clock.is_of_office()
    }

    /// Its time limit, with its light and the explanation of its due date.
    async fn deadline(&self, ctx: &Context<'_>) -> Result<Row<Deadline>> {
        let row = loaders::one::<DeadlineById>(ctx, self.row.deadline_id).await?;
        let missing = || Fault::Internal("a clock without time limit".to_owned());
        Ok(Row(Deadline(row.ok_or_else(missing)?)))
    }

    /// While a pause of it is contested: when it is due if that is set aside. Null otherwise.
    async fn due_if_set_aside(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        let Some(disputed) = &self.disputed else {
            return Ok(None);
        };
        let key = self.row.deadline_id;
        let Some(limit) = loaders::one::<DeadlineById>(ctx, key).await? else {
            return Ok(None);
        };
        let pauses = loaders::one::<PausesOfDeadline>(ctx, key).await?;
        let mut pauses = pauses.unwrap_or_default();
        let all = pauses.len();
        pauses.retain(|pause| pause.started_on != disputed.started_on);
        if !limit.state.is_open() || pauses.len() == all {
            return Ok(None);
        }
        let calendar = calendar_in_force(ctx).await?;
        let without = limit.value().recounted(&pauses, &calendar);
        Ok(Some(without.due_on.into()))
    }
}

/// Something that happened to a case (办理记录).
pub struct CaseEvent(pub(super) event::Model);

/// Something that happened to a case (办理记录).
#[Object]
impl CaseEvent {
    /// What happened.
    async fn kind(&self) -> Coded<event::Kind> {
        self.0.kind.into()
    }

    /// When.
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// Who did it; null where the program acted by itself.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.account_id).await
    }

    /// The run that did it, where the program acted by itself.
    async fn run(&self) -> Option<&str> {
        self.0.run.as_deref()
    }

    /// Why, or in which way.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}

/// What was missing, told once (一次性告知).
pub struct CaseNotice {
    pub(super) row: notice::Model,
    pub(super) application_id: Uuid,
    pub(super) version: Arc<version::Model>,
    pub(super) answers: Answers,
}

/// What was missing, told once (一次性告知).
#[Object]
impl CaseNotice {
    /// The how manieth notice of the case, from 1.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// Who told it.
    async fn asked_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.row.asked_by).await
    }

    /// When.
    async fn asked_at(&self) -> DateTime {
        self.row.asked_at.into()
    }

    /// Why the first notice did not have it; null of the first.
    async fn again_for(&self) -> Option<&str> {
        self.row.again_for.as_deref()
    }

    /// The last day on which it is completed.
    async fn answer_by(&self) -> Date {
        self.row.answer_by.into()
    }

    /// When the applicant completed it; null before.
    async fn answered_at(&self) -> Option<DateTime> {
        self.row.answered_at.map(Into::into)
    }

    /// What is missing, line by line.
    #[graphql(complexity = "4 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<CaseNoticeLine>> {
        let edition = edition_of(ctx, self.application_id).await?;
        let shared = &edition.content;
        let line = |line: &notice::Line| {
            let mut reasons = shared.correction_reasons.iter();
            let reason = reasons.find(|known| known.code == line.reason);
            let about = match &line.about {
                About::Material(key) => {
                    let content = &self.version.content;
                    rules::material(content, &self.answers, key)
                        .map(|material| material.name.clone())
                }
                About::Field(key) => {
                    let mut fields = shared.fields.iter();
                    let field = fields.find(|field| field.key == *key);
                    field.map(|field| field.label.clone())
                }
                About::Whole => None,
            };
            CaseNoticeLine {
                line: line.clone(),
                reason: reason.map(|known| known.name.clone()),
                about,
            }
        };
        Ok(self.row.content.0.iter().map(line).collect())
    }
}

/// One thing that was missing.
pub struct CaseNoticeLine {
    line: notice::Line,
    reason: Option<Text>,
    about: Option<Text>,
}

/// One thing that was missing.
#[Object]
impl CaseNoticeLine {
    /// Why, by the code of the catalogue.
    async fn reason(&self) -> &str {
        &self.line.reason
    }

    /// The same in words; Chinese.
    async fn reason_zh(&self) -> Option<&str> {
        self.reason.as_ref().map(|text| text.zh.as_str())
    }

    /// English.
    async fn reason_en(&self) -> Option<&str> {
        self.reason.as_ref().map(|text| text.en.as_str())
    }

    /// The key of the material that it is about; null when it is about none.
    async fn material(&self) -> Option<&str> {
        match &self.line.about {
            About::Material(key) => Some(key),
            _ => None,
        }
    }

    /// The key of the field that it is about; null when it is about none.
    async fn field(&self) -> Option<&str> {
        match &self.line.about {
            About::Field(key) => Some(key),
            _ => None,
        }
    }

    /// What the material or field is called; Chinese. Null when it is about the whole.
    async fn about_zh(&self) -> Option<&str> {
        self.about.as_ref().map(|text| text.zh.as_str())
    }

    /// English.
    async fn about_en(&self) -> Option<&str> {
        self.about.as_ref().map(|text| text.en.as_str())
    }

    /// What is to be done.
    async fn text(&self) -> &str {
        &self.line.text
    }

    /// Whether it could have been seen the first time.
    async fn visible_first_time(&self) -> bool {
        self.line.is_visible_first
    }
}

/// Why the clocks of a case stand, and what its applicant says against it (办件暂停).
pub struct CasePause(pub(super) pause::Model);

/// Why the clocks of a case stand, and what its applicant says against it (办件暂停).
#[Object]
impl CasePause {
    /// The how manieth pause of the case, from 1.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// On what ground.
    async fn kind(&self) -> Coded<Ground> {
        self.0.kind.into()
    }

    /// Why, in words.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The written notice.
    async fn document(&self, ctx: &Context<'_>) -> Result<Option<Document>> {
        let row = loaders::one::<DocumentById>(ctx, self.0.document_id).await?;
        Ok(row.map(Document))
    }

    /// The first day that is not counted.
    async fn started_on(&self) -> Date {
        self.0.started_on.into()
    }

    /// The end that the notice names.
    async fn expected_end_on(&self) -> Date {
        self.0.expected_end_on.into()
    }

    /// The last day that is not counted; null while it lasts.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Into::into)
    }

    /// Why its applicant contests it; null when he does not.
    async fn contested_for(&self) -> Option<&str> {
        self.0.contested_for.as_deref()
    }

    /// When it was contested.
    async fn contested_at(&self) -> Option<DateTime> {
        self.0.contested_at.map(Into::into)
    }

    /// The last day on which the supervisor settles it; null when it is not contested.
    async fn settle_by(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        let Some(at) = self.0.contested_at else {
            return Ok(None);
        };
        let calendar = calendar_in_force(ctx).await?;
        let on = civil_date(at, api_door::operation::store(ctx).zone());
        Ok(Some(rules::settle_by(on, &calendar).into()))
    }

    /// Whether the supervisor found it right; otherwise its days count after all. Null before.
    async fn upheld(&self) -> Option<bool> {
        self.0.upheld
    }

    /// Why.
    async fn settled_for(&self) -> Option<&str> {
        self.0.settled_for.as_deref()
    }

    /// When it was settled.
    async fn settled_at(&self) -> Option<DateTime> {
        self.0.settled_at.map(Into::into)
    }
}

/// A material that a case asks for, and what was handed in (办件材料).
pub struct CaseMaterial {
    pub(super) key: String,
    pub(super) material: catalogue::Material,
    pub(super) way: Option<Way>,
    pub(super) files: Vec<Uuid>,
    pub(super) followed: Vec<Uuid>,
}

/// A material that a case asks for, and what was handed in (办件材料).
#[Object]
impl CaseMaterial {
    /// Its key, for what is handed in and for the checklist.
    async fn key(&self) -> &str {
        &self.key
    }

    /// Its name; Chinese.
    async fn name_zh(&self) -> &str {
        &self.material.name.zh
    }

    /// English.
    async fn name_en(&self) -> &str {
        &self.material.name.en
    }

    /// In which form it is handed in.
    async fn form(&self) -> Coded<MaterialForm> {
        self.material.form.into()
    }

    /// Where it comes from.
    async fn source(&self) -> Coded<MaterialSource> {
        self.material.source.kind().into()
    }

    /// Whether it may be missing at first (容缺).
    async fn tolerance(&self) -> Coded<Tolerance> {
        self.material.tolerance.into()
    }

    /// In which way it was handed in with the application; null when it was not.
    async fn way(&self) -> Option<Coded<Way>> {
        self.way.map(Into::into)
    }

    /// Its files in the application.
    #[graphql(complexity = "2 * child_complexity")]
    async fn files(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        files(ctx, &self.files).await
    }

    /// Its files that followed after receipt.
    #[graphql(complexity = "2 * child_complexity")]
    async fn followed(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        files(ctx, &self.followed).await
    }
}

/// A line of the checklist of a case (核对清单).
pub struct CaseCheck {
    pub(super) key: String,
    pub(super) name: Text,
    pub(super) answer: Option<check::Model>,
}

/// A line of the checklist of a case (核对清单).
#[Object]
impl CaseCheck {
    /// Its key, for `caseCheck`.
    async fn line(&self) -> &str {
        &self.key
    }

    /// Whether it is about the conditions of the item; else it is about a material.
    async fn is_conditions(&self) -> bool {
        self.key == rules::CONDITIONS
    }

    /// What is looked at; Chinese.
    async fn name_zh(&self) -> &str {
        &self.name.zh
    }

    /// English.
    async fn name_en(&self) -> &str {
        &self.name.en
    }

    /// Whether it is as it should be; null when nobody has looked.
    async fn is_met(&self) -> Option<bool> {
        self.answer.as_ref().map(|answer| answer.is_met)
    }

    /// What was said of it.
    async fn note(&self) -> Option<&str> {
        self.answer
            .as_ref()
            .and_then(|answer| answer.note.as_deref())
    }

    /// Who looked; null when nobody has.
    async fn checked_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.answer.as_ref().map(|answer| answer.checked_by)).await
    }

    /// When; null when nobody has.
    async fn checked_at(&self) -> Option<DateTime> {
        self.answer.as_ref().map(|answer| answer.checked_at.into())
    }
}

/// Why something may have to be corrected (补正原因).
pub struct CaseCorrectionReason(pub(super) catalogue::CorrectionReason);

/// Why something may have to be corrected (补正原因).
#[Object]
impl CaseCorrectionReason {
    /// Its code.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name; Chinese.
    async fn name_zh(&self) -> &str {
        &self.0.name.zh
    }

    /// English.
    async fn name_en(&self) -> &str {
        &self.0.name.en
    }

    /// Whether it can be seen the first time: then a second notice for it is a fault.
    async fn visible_first_time(&self) -> bool {
        self.0.visible_first_time
    }
}

/// A field of the form of a case.
pub struct CaseField {
    pub(super) key: String,
    pub(super) label: Text,
}

/// A field of the form of a case.
#[Object]
impl CaseField {
    /// Its key.
    async fn key(&self) -> &str {
        &self.key
    }

    /// Its label; Chinese.
    async fn label_zh(&self) -> &str {
        &self.label.zh
    }

    /// English.
    async fn label_en(&self) -> &str {
        &self.label.en
    }
}

/// On which ground the clocks of a case can be paused (暂停事由).
pub struct CasePauseGround {
    kind: Ground,
    known: catalogue::PauseKind,
}

impl CasePauseGround {
    /// The ground as the catalogue knows it; nothing when this program does not.
    pub(super) fn of(known: catalogue::PauseKind) -> Option<Self> {
        let kind = Ground::of_code(&known.code)?;
        Some(Self { kind, known })
    }
}

/// On which ground the clocks of a case can be paused (暂停事由).
#[Object]
impl CasePauseGround {
    /// The ground.
    async fn kind(&self) -> Coded<Ground> {
        self.kind.into()
    }

    /// The article.
    async fn article(&self) -> &str {
        &self.known.article
    }

    /// How many working days at most; null where the notice says how long.
    async fn cap_days(&self) -> Option<i32> {
        self.known.cap.map(Into::into)
    }

    /// What to know about it; Chinese.
    async fn note_zh(&self) -> &str {
        &self.known.note.zh
    }

    /// English.
    async fn note_en(&self) -> &str {
        &self.known.note.en
    }
}
