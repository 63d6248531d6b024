//! Cases (办件) of the approval hall in the API.

use std::{collections::HashMap, sync::Arc};

use api_door::{
    coded::{Coded, plain},
    command::command,
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id, by_owner},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    application,
    case::{
        self, Acceptance, Delivery, State, Turn, check, clock,
        commands::{self, offered as offers},
        event, file, notice, pause, repository,
        rules::{self, Act},
    },
    catalogue::{Outcome, SilenceClass},
    deadline::rules::Light,
    error::Fault,
    item::{edition, version},
    language::Text,
    store::Store,
    table::Visible,
    text::Search,
    viewer::Viewer,
};
use uuid::Uuid;

use super::{
    application::{Application, ApplicationById},
    deadline::DeadlineById,
    department::{Department, DepartmentById},
    document::{Document, DocumentById},
    enterprise::{Enterprise, EnterpriseById},
    item::{Item, ItemById, ItemVersion, pinned},
    liaison::{Official, official},
    project::{Project, ProjectById},
    range::{DayRange, instants},
};

mod handed;
mod parts;

pub use handed::{
    CaseAskCorrectionInput, CaseAskCorrectionPayload, CaseCompleteInput, CaseCompletePayload,
    CaseHandInInput, CaseHandInPayload,
};
pub use parts::{
    CaseCheck, CaseClock, CaseCorrectionReason, CaseEvent, CaseField, CaseMaterial, CaseNotice,
    CasePause, CasePauseGround,
};

/// One item of a received application, from its receipt to the delivery of its result (办件).
pub struct Case(pub(crate) case::Model);

impl From<case::Model> for Case {
    fn from(row: case::Model) -> Self {
        Self(row)
    }
}

impl Case {
    /// The version by which it is decided.
    async fn content(&self, ctx: &Context<'_>) -> Result<Arc<version::Model>> {
        let version = loaders::one::<VersionOfCase>(ctx, self.0.version_id).await?;
        Ok(version.ok_or_else(|| Fault::Internal("a case without a version".to_owned()))?)
    }

    /// Whether the viewer reads what has been decided, or, from inside, what is proposed.
    fn tells_outcome(&self, ctx: &Context<'_>) -> bool {
        self.0.decided_on.is_some() || rules::is_inside(viewer(ctx))
    }

    async fn silence_means(&self, ctx: &Context<'_>) -> Result<Text> {
        let edition = edition_of(ctx, self.0.application_id).await?;
        let meaning = edition.content.silence(self.0.silence);
        Ok(meaning.map_or_else(|| Text::new("", ""), |silence| silence.meaning.clone()))
    }

    /// How it ends, in the words of its item.
    async fn ending(&self, ctx: &Context<'_>) -> Result<Option<Text>> {
        let Some(outcome) = self.0.outcome.filter(|_| self.tells_outcome(ctx)) else {
            return Ok(None);
        };
        let version = self.content(ctx).await?;
        let guide = version.content.guide.as_ref();
        let ending = guide.and_then(|guide| {
            let mut outcomes = guide.outcomes.iter();
            outcomes.find(|(known, _)| *known == outcome)
        });
        Ok(ending.map(|(_, text)| text.clone()))
    }

    /// What can be done against its decision.
    async fn remedies(&self, ctx: &Context<'_>) -> Result<Option<Text>> {
        let version = self.content(ctx).await?;
        let guide = version.content.guide.as_ref();
        Ok(guide.map(|guide| guide.remedies.clone()))
    }

    fn can(&self, ctx: &Context<'_>, act: Act) -> bool {
        rules::open_to(viewer(ctx), &self.0).contains(&act)
    }
}

/// One item of a received application, from its receipt to the delivery of its result (办件).
#[Object]
impl Case {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Case.id(self.0.id)
    }

    /// Its number: that of the application, and the code of the item: "2026000012-R10".
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// The application of which it is one item.
    async fn application(&self, ctx: &Context<'_>) -> Result<Option<Row<Application>>> {
        let row = loaders::one::<ApplicationById>(ctx, self.0.application_id).await?;
        Ok(row.map(Application).map(Row))
    }

    /// The item that is applied for.
    async fn item(&self, ctx: &Context<'_>) -> Result<Option<Row<Item>>> {
        let row = loaders::one::<ItemById>(ctx, self.0.item_id).await?;
        Ok(row.map(Item).map(Row))
    }

    /// The version by which it is decided: the one that held when it was received, for ever.
    async fn item_version(&self, ctx: &Context<'_>) -> Result<Option<ItemVersion>> {
        pinned(ctx, self.0.item_id, self.0.version_id).await
    }

    /// What is applied for, as that version has it; Chinese.
    async fn item_zh(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.content(ctx).await?.content.item.name.zh.clone())
    }

    /// English.
    async fn item_en(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.content(ctx).await?.content.item.name.en.clone())
    }

    /// Who applies.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let row = loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// The project for which it is applied; null when it is for none, or the viewer may not know of it.
    async fn project(&self, ctx: &Context<'_>) -> Result<Option<Row<Project>>> {
        let Some(id) = self.0.project_id else {
            return Ok(None);
        };
        let row = loaders::one::<ProjectById>(ctx, id).await?;
        Ok(row.map(Project).map(Row))
    }

    /// The department that decides.
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Row<Department>>> {
        let row = loaders::one::<DepartmentById>(ctx, self.0.department_id).await?;
        Ok(row.map(Department).map(Row))
    }

    /// The officer who has taken it (承办人); null when nobody has.
    async fn officer(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.officer_id).await
    }

    /// How far it has come.
    async fn state(&self) -> Coded<State> {
        self.0.state.into()
    }

    /// Whose turn it is.
    async fn turn(&self) -> Coded<Turn> {
        self.0.state.turn().into()
    }

    /// What silence of the office means (默许类别).
    async fn silence(&self) -> Coded<SilenceClass> {
        self.0.silence.into()
    }

    /// The same in words; Chinese.
    async fn silence_zh(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.silence_means(ctx).await?.zh)
    }

    /// English.
    async fn silence_en(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.silence_means(ctx).await?.en)
    }

    /// When it was received.
    async fn received_at(&self) -> DateTime {
        self.0.received_at.into()
    }

    /// On which day.
    async fn received_on(&self) -> Date {
        self.0.received_on.into()
    }

    /// From which day it counts as accepted; null before.
    async fn accepted_on(&self) -> Option<Date> {
        self.0.accepted_on.map(Into::into)
    }

    /// How it was accepted; null before.
    async fn acceptance(&self) -> Option<Coded<Acceptance>> {
        self.0.acceptance.map(Into::into)
    }

    /// By when the next thing is to be done; of what is over, by when the last was.
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// The light of its worst clock today; null when the office owes nothing.
    async fn light(&self, ctx: &Context<'_>) -> Option<Coded<Light>> {
        rules::light(&self.0, store(ctx).today()).map(Into::into)
    }

    /// The first day on which its clocks stand; null while they run.
    async fn paused_on(&self) -> Option<Date> {
        self.0.paused_on.map(Into::into)
    }

    /// Whether a written promise replaces a material, so that a check follows the grant (告知承诺).
    async fn promises(&self) -> bool {
        self.0.promises
    }

    /// Its clocks, side by side, in the order of their opening.
    #[graphql(complexity = "6 * child_complexity")]
    async fn clocks(&self, ctx: &Context<'_>) -> Result<Vec<CaseClock>> {
        let rows = loaders::one::<ClocksOfCase>(ctx, self.0.id).await?;
        let disputed = loaders::one::<PausesOfCase>(ctx, self.0.id).await?;
        let disputed = disputed.unwrap_or_default();
        let disputed = disputed.into_iter().find(pause::Model::is_in_dispute);
        let clock = |row: clock::Model| CaseClock {
            row,
            disputed: disputed.clone(),
        };
        Ok(rows.unwrap_or_default().into_iter().map(clock).collect())
    }

    /// What happened to it, in order; its applicant does not read what only the office does.
    #[graphql(complexity = "12 * child_complexity")]
    async fn events(&self, ctx: &Context<'_>) -> Result<Vec<CaseEvent>> {
        let rows = loaders::one::<EventsOfCase>(ctx, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(CaseEvent)
            .collect())
    }

    /// What was missing, notice by notice (一次性告知).
    #[graphql(complexity = "2 * child_complexity")]
    async fn notices(&self, ctx: &Context<'_>) -> Result<Vec<CaseNotice>> {
        let rows = loaders::one::<NoticesOfCase>(ctx, self.0.id).await?;
        let version = self.content(ctx).await?;
        let notice = |row| CaseNotice {
            row,
            application_id: self.0.application_id,
            version: version.clone(),
            answers: self.0.answers.clone(),
        };
        Ok(rows.unwrap_or_default().into_iter().map(notice).collect())
    }

    /// Its pauses, the first first.
    #[graphql(complexity = "2 * child_complexity")]
    async fn pauses(&self, ctx: &Context<'_>) -> Result<Vec<CasePause>> {
        let rows = loaders::one::<PausesOfCase>(ctx, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(CasePause)
            .collect())
    }

    /// The materials that its version asks for, with what was handed in.
    #[graphql(complexity = "6 * child_complexity")]
    async fn materials(&self, ctx: &Context<'_>) -> Result<Vec<CaseMaterial>> {
        let version = self.content(ctx).await?;
        let application = self.0.application_id;
        let ways = loaders::one::<WaysOfApplication>(ctx, application).await?;
        let ways = ways.unwrap_or_default();
        let files = loaders::one::<FilesOfApplication>(ctx, application).await?;
        let files = files.unwrap_or_default();
        let followed = loaders::one::<FilesOfCase>(ctx, self.0.id).await?;
        let followed = followed.unwrap_or_default();
        let asked = rules::materials(&version.content, &self.0.answers);
        let material = |material: &entity::catalogue::Material| {
            let key = material.key();
            let way = ways.iter().find(|way| way.material == key);
            let of = |file: &application::file::Model| {
                (file.material == key).then_some(file.document_id)
            };
            let after = |file: &file::Model| (file.material == key).then_some(file.document_id);
            CaseMaterial {
                way: way.map(|way| way.way),
                files: files.iter().filter_map(of).collect(),
                followed: followed.iter().filter_map(after).collect(),
                material: material.clone(),
                key,
            }
        };
        Ok(asked.map(material).collect())
    }

    /// The checklist of the office: each material, and the conditions of the item (核对清单). Empty for its applicant.
    #[graphql(complexity = "7 * child_complexity")]
    async fn checklist(&self, ctx: &Context<'_>) -> Result<Vec<CaseCheck>> {
        if !rules::is_inside(viewer(ctx)) {
            return Ok(Vec::new());
        }
        let version = self.content(ctx).await?;
        let answers = loaders::one::<ChecksOfCase>(ctx, self.0.id).await?;
        let answers = answers.unwrap_or_default();
        let lines = rules::checklist(&version.content, &self.0.answers).into_iter();
        let line = |(key, name): (String, Text)| CaseCheck {
            answer: answers.iter().find(|answer| answer.line == key).cloned(),
            key,
            name,
        };
        Ok(lines.map(line).collect())
    }

    /// How it ends: what was decided; before that, for those inside, what is proposed.
    async fn outcome(&self, ctx: &Context<'_>) -> Option<Coded<Outcome>> {
        let outcome = self.0.outcome.filter(|_| self.tells_outcome(ctx));
        outcome.map(Into::into)
    }

    /// The same in the words of its item; Chinese.
    async fn outcome_zh(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.ending(ctx).await?.map(|text| text.zh))
    }

    /// English.
    async fn outcome_en(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.ending(ctx).await?.map(|text| text.en))
    }

    /// Why it ends so.
    async fn reasons(&self, ctx: &Context<'_>) -> Option<&str> {
        let reasons = self.0.reasons.as_deref();
        reasons.filter(|_| self.tells_outcome(ctx))
    }

    /// What can be done against a decision; Chinese.
    async fn remedies_zh(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.remedies(ctx).await?.map(|text| text.zh))
    }

    /// English.
    async fn remedies_en(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.remedies(ctx).await?.map(|text| text.en))
    }

    /// Whether one person proposes and another decides.
    async fn needs_two(&self) -> bool {
        rules::needs_two(&self.0)
    }

    /// Who proposed the decision; null for its applicant.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        let inside = rules::is_inside(viewer(ctx));
        official(ctx, self.0.proposed_by.filter(|_| inside)).await
    }

    /// When; null for its applicant.
    async fn proposed_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        let inside = rules::is_inside(viewer(ctx));
        self.0.proposed_at.filter(|_| inside).map(Into::into)
    }

    /// Who decided; null when nobody has, or the applicant or silence ended it.
    async fn decided_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.decided_by).await
    }

    /// When it ended; null before.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// On which day; null before.
    async fn decided_on(&self) -> Option<Date> {
        self.0.decided_on.map(Into::into)
    }

    /// The number of the written decision.
    async fn paper_number(&self) -> Option<&str> {
        self.0.paper_number.as_deref()
    }

    /// The written decision.
    async fn paper(&self, ctx: &Context<'_>) -> Result<Option<Document>> {
        let Some(id) = self.0.paper_id else {
            return Ok(None);
        };
        Ok(loaders::one::<DocumentById>(ctx, id).await?.map(Document))
    }

    /// When the result was handed over; null before.
    async fn delivered_on(&self) -> Option<Date> {
        self.0.delivered_on.map(Into::into)
    }

    /// How it was handed over; null before.
    async fn delivery(&self) -> Option<Coded<Delivery>> {
        self.0.delivery.map(Into::into)
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "16 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        offered(ctx, offers(viewer(ctx), &self.0), None)
    }

    /// Whether the viewer can tell the applicant now what is missing: `caseAskCorrection`.
    async fn can_ask_correction(&self, ctx: &Context<'_>) -> bool {
        self.can(ctx, Act::AskCorrection)
    }

    /// Whether the viewer can complete it now: `caseComplete`.
    async fn can_complete(&self, ctx: &Context<'_>) -> bool {
        self.can(ctx, Act::Complete)
    }

    /// Whether the viewer can hand in materials that follow now: `caseHandIn`.
    async fn can_hand_in(&self, ctx: &Context<'_>) -> Result<bool> {
        if !self.can(ctx, Act::HandIn) {
            return Ok(false);
        }
        let clocks = loaders::one::<ClocksOfCase>(ctx, self.0.id).await?;
        let clocks = clocks.unwrap_or_default().into_iter();
        let following = clocks.filter(|row| row.clock == clock::Clock::Supplement);
        let limits = following.map(|row| row.deadline_id);
        let limits = loaders::many::<DeadlineById>(ctx, limits).await?;
        Ok(limits.values().any(|limit| limit.state.is_open()))
    }

    /// Why something may have to be corrected, as the catalogue knew it when the case was received.
    #[graphql(complexity = "8 * child_complexity")]
    async fn correction_reasons(&self, ctx: &Context<'_>) -> Result<Vec<CaseCorrectionReason>> {
        let edition = edition_of(ctx, self.0.application_id).await?;
        let reasons = edition.content.correction_reasons.iter();
        Ok(reasons.cloned().map(CaseCorrectionReason).collect())
    }

    /// The fields of the form of its item, for what is to be corrected.
    #[graphql(complexity = "30 * child_complexity")]
    async fn fields(&self, ctx: &Context<'_>) -> Result<Vec<CaseField>> {
        let version = self.content(ctx).await?;
        let code = &version.content.item.code;
        let edition = edition_of(ctx, self.0.application_id).await?;
        let fields = edition.content.fields.iter();
        let of_item = fields.filter(|field| field.items.has(code));
        let field = |field: &entity::catalogue::FormField| CaseField {
            key: field.key.clone(),
            label: field.label.clone(),
        };
        Ok(of_item.map(field).collect())
    }

    /// On which grounds its clocks can be paused, as the catalogue knew it for its item when the case was received.
    #[graphql(complexity = "10 * child_complexity")]
    async fn pause_grounds(&self, ctx: &Context<'_>) -> Result<Vec<CasePauseGround>> {
        let version = self.content(ctx).await?;
        let code = &version.content.item.code;
        let edition = edition_of(ctx, self.0.application_id).await?;
        let kinds = edition.content.pause_kinds.iter();
        let of_item =
            kinds.filter(|kind| kind.only_items.is_empty() || kind.only_items.contains(code));
        Ok(of_item.cloned().filter_map(CasePauseGround::of).collect())
    }

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

by_id! {
    /// Cases by key.
    CaseById: case::Model = case::Entity::of_ids
}

by_owner! {
    /// The clocks of cases.
    ClocksOfCase: clock::Model = unscoped repository::clocks_of, by |row| row.case_id;
    /// The notices of cases.
    NoticesOfCase: notice::Model = unscoped repository::notices_of, by |row| row.case_id;
    /// The pauses of cases.
    PausesOfCase: pause::Model = unscoped repository::pauses_of, by |row| row.case_id;
    /// The files that followed after receipt.
    FilesOfCase: file::Model = unscoped repository::files_of, by |row| row.case_id;
    /// The answers to the checklists of cases.
    ChecksOfCase: check::Model = unscoped repository::checks_of, by |row| row.case_id;
    /// In which way the materials of the applications of cases were handed in.
    WaysOfApplication: application::material::Model = unscoped repository::ways_of, by |row| row.application_id;
    /// What was handed in with the applications of cases.
    FilesOfApplication: application::file::Model = unscoped repository::handed_in_with, by |row| row.application_id;
}

by_owner! {
    /// What happened to cases, as this viewer reads it.
    EventsOfCase: event::Model = repository::events_of, by |row| row.case_id;
    /// The cases of applications.
    CasesOfApplication: case::Model = repository::of_applications, by |row| row.application_id;
}

/// The edition of the catalogue by which the cases of an application were received.
pub(crate) async fn edition_of(
    ctx: &Context<'_>,
    application: Uuid,
) -> Result<Arc<edition::Model>> {
    let edition = loaders::one::<EditionOfApplication>(ctx, application).await?;
    Ok(edition.ok_or_else(|| Fault::Internal("a case without an edition".to_owned()))?)
}

/// The editions of the catalogue by which applications were received. Everybody may read what was published.
struct EditionOfApplication;

impl Batch for EditionOfApplication {
    type Key = Uuid;
    type Value = Arc<edition::Model>;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Arc<edition::Model>>, Fault> {
        repository::editions_of(store, keys).await
    }
}

/// The versions by which cases are decided. Everybody may read what was published.
pub struct VersionOfCase;

impl Batch for VersionOfCase {
    type Key = Uuid;
    // They are large, and most fields of a case look at them.
    type Value = Arc<version::Model>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Arc<version::Model>>, Fault> {
        let rows = version::Entity::of_ids(store.db(), viewer, keys).await?;
        let rows: Result<Vec<_>, Fault> = rows.into_iter().map(version::Model::verified).collect();
        Ok(rows?
            .into_iter()
            .map(|row| (row.id, Arc::new(row)))
            .collect())
    }
}

/// Which states are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct CaseStateFilter {
    /// One of these.
    one_of: Vec<Coded<State>>,
}

/// Which lights are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct CaseLightFilter {
    /// One of these.
    one_of: Vec<Coded<Light>>,
}

/// Which classes of silence are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct CaseSilenceFilter {
    /// One of these.
    one_of: Vec<Coded<SilenceClass>>,
}

/// Which items are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct CaseItemFilter {
    /// One of these, by their global ids.
    one_of: Vec<ID>,
}

/// Which cases are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CaseFilter {
    /// In which states.
    state: Option<CaseStateFilter>,
    /// Not decided yet, or decided.
    open: Option<bool>,
    /// Whose turn it is.
    turn: Option<Coded<Turn>>,
    /// Of which department.
    department_id: Option<ID>,
    /// Taken by the viewer.
    mine: Option<bool>,
    /// Taken by somebody, or by nobody yet.
    taken: Option<bool>,
    /// For which items.
    item: Option<CaseItemFilter>,
    /// Of which enterprise.
    enterprise_id: Option<ID>,
    /// For which project.
    project_id: Option<ID>,
    /// Of which classes of silence.
    silence: Option<CaseSilenceFilter>,
    /// Showing which light today.
    light: Option<CaseLightFilter>,
    /// Due when.
    due: Option<DayRange>,
    /// Received when.
    received: Option<DayRange>,
    /// With a pause that is contested and not settled.
    contested: Option<bool>,
    /// With more than one notice of what is missing.
    noticed_again: Option<bool>,
    /// The number, or the names, the credit code or the number of a contract of the applicant contain this text.
    text: Option<String>,
}

/// By what cases are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CaseSortField {
    /// When they were received.
    ReceivedAt,
    /// When they are due.
    DueOn,
}

/// The order of cases.
#[derive(Clone, InputObject)]
pub struct CaseSort {
    /// By what.
    #[graphql(default_with = "CaseSortField::ReceivedAt")]
    pub field: CaseSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    pub direction: SortDirection,
}

/// Reading cases.
#[derive(Default)]
pub struct CaseQuery;

#[Object]
impl CaseQuery {
    /// One case; null when it does not exist for this viewer.
    async fn case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the case.")] id: ID,
    ) -> Result<Option<Row<Case>>> {
        let Some(key) = Kind::Case.key(&id) else {
            return Ok(None);
        };
        let row = loaders::one::<CaseById>(ctx, key).await?;
        Ok(row.map(Case).map(Row))
    }

    /// The case with this number; null when it does not exist for this viewer.
    async fn case_by_number(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its number: \"2026000012-R10\".")] number: String,
    ) -> Result<Option<Case>> {
        let row = repository::by_number(store(ctx).db(), viewer(ctx), &number).await?;
        Ok(row.map(Case))
    }

    /// The cases this viewer may know of: the office those of its department, an enterprise its own, a liaison those of the enterprises looked
    /// after; the service centre, leaders and the supervisor all.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn cases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which cases.")] filter: Option<CaseFilter>,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<CaseSort>,
    ) -> Result<Connection<Case>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let key = |kind: Kind, id: Option<ID>| id.map(|id| kind.require(&id)).transpose();
        let items = filter.item.map(|item| {
            let keys = item.one_of.iter().map(|id| Kind::Item.require(id));
            keys.collect::<Result<Vec<Uuid>, Fault>>()
        });
        let mine = filter.mine.unwrap_or_default();
        let (due_from, due_to) = filter.due.unwrap_or_default().days(store(ctx)).await?;
        let (received_from, received_before) = instants(filter.received, store(ctx)).await?;
        let wanted = repository::Filter {
            states: filter.state.map(|state| plain(state.one_of)),
            open: filter.open,
            turn: filter.turn.map(|turn| turn.0),
            department_id: key(Kind::Department, filter.department_id)?,
            officer_id: viewer(ctx).account_id().filter(|_| mine),
            taken: filter.taken,
            items: items.transpose()?,
            enterprise_id: key(Kind::Enterprise, filter.enterprise_id)?,
            project_id: key(Kind::Project, filter.project_id)?,
            silence: filter.silence.map(|silence| plain(silence.one_of)),
            lights: filter.light.map(|light| plain(light.one_of)),
            due_from,
            due_to,
            received_from,
            received_before,
            contested: filter.contested,
            noticed_again: filter.noticed_again,
            text: filter.text.as_deref().and_then(Search::of),
        };
        let sort = match &sort_by {
            Some(CaseSort {
                field: CaseSortField::DueOn,
                ..
            }) => repository::Sort::DueOn,
            _ => repository::Sort::ReceivedAt,
        };
        let descending = sort_by.is_some_and(|sort| sort.direction == SortDirection::Desc);
        let (viewer, today) = (viewer(ctx), store(ctx).today());
        let db = store(ctx).db();
        let sort = (sort, descending);
        let rows = repository::page(db, viewer, &wanted, today, sort, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// What a mutation with a form answers.
type Answer<C> = Payload<C, Case>;

/// What happens to cases.
#[derive(Default)]
pub struct CaseMutation;

#[Object]
impl CaseMutation {
    /// Takes a case, also from somebody else of the department (承办; WINDOW_OFFICER, DEPARTMENT_HEAD of the department).
    async fn case_take(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] input: Input<commands::Take>,
    ) -> Result<Answer<commands::Take>> {
        run(ctx, input, commands::take).await
    }

    /// Accepts a case: its clocks of the decision begin (受理; WINDOW_OFFICER, DEPARTMENT_HEAD of the department). What nobody has answered in time
    /// counts as accepted from its receipt.
    async fn case_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] input: Input<commands::Accept>,
    ) -> Result<Answer<commands::Accept>> {
        run(ctx, input, commands::accept).await
    }

    /// Tells the applicant once, and all of it, what is missing (一次性告知; WINDOW_OFFICER, DEPARTMENT_HEAD of the department). A second notice
    /// says why the first did not have it.
    async fn case_ask_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is missing.")] input: CaseAskCorrectionInput,
    ) -> Result<CaseAskCorrectionPayload> {
        let input = commands::AskCorrection::try_from(input)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::ask_correction(&store, &viewer, input).await
        })
        .await
    }

    /// Completes what was missing (补正; ENTERPRISE; CENTRE or the office for what came on paper): from this day on it counts as received.
    async fn case_complete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What completes it.")] input: CaseCompleteInput,
    ) -> Result<CaseCompletePayload> {
        let input = commands::Complete::try_from(input)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::complete(&store, &viewer, input).await
        })
        .await
    }

    /// Hands in materials that were allowed to follow (容缺后补; ENTERPRISE; CENTRE or the office for what came on paper).
    async fn case_hand_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The materials.")] input: CaseHandInInput,
    ) -> Result<CaseHandInPayload> {
        let input = commands::HandIn::try_from(input)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::hand_in(&store, &viewer, input).await
        })
        .await
    }

    /// Tells that the matter needs no permission (WINDOW_OFFICER, DEPARTMENT_HEAD of the department).
    async fn case_not_required(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] input: Input<commands::NotRequired>,
    ) -> Result<Answer<commands::NotRequired>> {
        run(ctx, input, commands::not_required).await
    }

    /// Tells that another body is competent, and which (WINDOW_OFFICER, DEPARTMENT_HEAD of the department).
    async fn case_not_competent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] input: Input<commands::NotCompetent>,
    ) -> Result<Answer<commands::NotCompetent>> {
        run(ctx, input, commands::not_competent).await
    }

    /// Answers a line of the checklist (核对; WINDOW_OFFICER, DEPARTMENT_HEAD of the department).
    async fn case_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer.")] input: Input<commands::Check>,
    ) -> Result<Answer<commands::Check>> {
        run(ctx, input, commands::check).await
    }

    /// Pauses the clocks of the decision, with a written notice (暂停计时; WINDOW_OFFICER, DEPARTMENT_HEAD of the department).
    async fn case_pause(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pause.")] input: Input<commands::Pause>,
    ) -> Result<Answer<commands::Pause>> {
        run(ctx, input, commands::pause).await
    }

    /// Lets the clocks run again (恢复计时; WINDOW_OFFICER, DEPARTMENT_HEAD of the department).
    async fn case_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The end of the pause.")] input: Input<commands::Resume>,
    ) -> Result<Answer<commands::Resume>> {
        run(ctx, input, commands::resume).await
    }

    /// Contests the last pause (对暂停提出异议; ENTERPRISE): the supervisor settles it within two working days.
    async fn case_contest_pause(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Why.")] input: Input<commands::ContestPause>,
    ) -> Result<Answer<commands::ContestPause>> {
        run(ctx, input, commands::contest_pause).await
    }

    /// Settles a contested pause (裁定暂停异议; SUPERVISOR). If it is set aside, its days count after all.
    async fn case_settle_pause(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The finding.")] input: Input<commands::SettlePause>,
    ) -> Result<Answer<commands::SettlePause>> {
        run(ctx, input, commands::settle_pause).await
    }

    /// Extends the limit of law, once and before its end (依法延长; DEPARTMENT_HEAD of the department).
    async fn case_extend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The extension.")] input: Input<commands::Extend>,
    ) -> Result<Answer<commands::Extend>> {
        run(ctx, input, commands::extend).await
    }

    /// Agrees to a later day than was promised, once and before that day has passed (同意延期; ENTERPRISE).
    async fn case_agree_extension(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new day.")] input: Input<commands::AgreeExtension>,
    ) -> Result<Answer<commands::AgreeExtension>> {
        run(ctx, input, commands::agree_extension).await
    }

    /// Proposes how to decide, once every line of the checklist has its answer (拟办; WINDOW_OFFICER, DEPARTMENT_HEAD of the department). It may be
    /// proposed anew until it is decided.
    async fn case_propose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal.")] input: Input<commands::Propose>,
    ) -> Result<Answer<commands::Propose>> {
        run(ctx, input, commands::propose).await
    }

    /// Decides as was proposed, with the written decision (作出决定; WINDOW_OFFICER, DEPARTMENT_HEAD of the department; a refusal and some classes of
    /// silence another person than who proposed).
    async fn case_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision.")] input: Input<commands::Decide>,
    ) -> Result<Answer<commands::Decide>> {
        run(ctx, input, commands::decide).await
    }

    /// Records that the result was handed over (送达; WINDOW_OFFICER, DEPARTMENT_HEAD of the department).
    async fn case_deliver(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The delivery.")] input: Input<commands::Deliver>,
    ) -> Result<Answer<commands::Deliver>> {
        run(ctx, input, commands::deliver).await
    }

    /// Records what was found of what had been promised instead of a material (核查承诺; WINDOW_OFFICER, DEPARTMENT_HEAD of the department).
    async fn case_follow_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The finding.")] input: Input<commands::FollowUp>,
    ) -> Result<Answer<commands::FollowUp>> {
        run(ctx, input, commands::follow_up).await
    }

    /// Withdraws a case that is not decided (撤回申请; ENTERPRISE).
    async fn case_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] input: Input<commands::Withdraw>,
    ) -> Result<Answer<commands::Withdraw>> {
        run(ctx, input, commands::withdraw).await
    }
}
