//! Reports (报告) in the API: what was reported, as it was, and what was entered since. Files come by a route of their own.

use std::{collections::HashMap, sync::Arc};

use api_door::{
    coded::{Coded, plain},
    loaders::{self, Batch, by_id},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind, int},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::{
    error::Fault,
    language::{Language, Text},
    report::{
        self,
        facts::{Facts, Summary},
        later, repository,
    },
    store::Store,
    table::Visible,
    text::Search,
    viewer::Viewer,
};
use uuid::Uuid;

use super::{
    department::{Department, DepartmentById},
    enterprise::{Enterprise, EnterpriseById},
};

mod figures;

use figures::ReportFacts;

/// One report about one part of the park in one period (报告). It never changes.
pub struct Report(pub(crate) report::Model);

impl From<report::Model> for Report {
    fn from(row: report::Model) -> Self {
        Self(row)
    }
}

/// One report about one part of the park in one period (报告). It never changes.
#[Object]
impl Report {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Report.id(self.0.id)
    }

    /// Which report.
    async fn kind(&self) -> Coded<report::Kind> {
        self.0.kind.into()
    }

    /// Its name for people: a week is named by its days (`2026-09-28 to 2026-10-07 Weekly brief`).
    async fn title(&self, ctx: &Context<'_>) -> String {
        words(ctx, &self.0.title())
    }

    /// The period as a key: `2026-W41`, `2026-09`, `2026-Q3`.
    async fn period(&self) -> &str {
        &self.0.period
    }

    /// The first day of the period.
    async fn from(&self) -> Date {
        self.0.from_on.into()
    }

    /// The last day of the period.
    async fn to(&self) -> Date {
        self.0.to_on.into()
    }

    /// The department whose matters it is narrowed to; null for the whole park or an enterprise.
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Row<Department>>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        Ok(loaders::one::<DepartmentById>(ctx, id)
            .await?
            .map(Department)
            .map(Row))
    }

    /// The enterprise it was written for.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let Some(id) = self.0.enterprise_id else {
            return Ok(None);
        };
        Ok(loaders::one::<EnterpriseById>(ctx, id)
            .await?
            .map(Enterprise)
            .map(Row))
    }

    /// The moment its figures stand at: when it was due.
    async fn moment(&self) -> DateTime {
        self.0.moment.into()
    }

    /// When it was made.
    async fn compiled_at(&self) -> DateTime {
        self.0.compiled_at.into()
    }

    /// Whether it was made on a later day than it was due.
    async fn late(&self, ctx: &Context<'_>) -> bool {
        self.0.is_late(store(ctx).zone())
    }

    /// The revisions of the working-day calendar that were in force: `2025.1 2026.2`.
    async fn calendar_version(&self) -> &str {
        &self.0.calendar_version
    }

    /// The version of the program that made it.
    async fn program_version(&self) -> &str {
        &self.0.program_version
    }

    /// SHA-256 of its facts.
    async fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }

    /// Its figures, as they were frozen.
    async fn facts(&self, ctx: &Context<'_>) -> Result<ReportFacts> {
        let id = self.0.id;
        let summary = loaders::one::<SummaryOfReport>(ctx, id).await?;
        let summary = summary.ok_or(Fault::NotFound)?;
        Ok(ReportFacts { id, summary })
    }

    /// Whether `thenAndNow` compares all of it; a report on many enterprises is compared for one enterprise at a time.
    async fn compared_whole(&self, ctx: &Context<'_>) -> Result<bool> {
        compared_whole(ctx, &self.0).await
    }

    /// Its files.
    #[graphql(complexity = "4 * child_complexity")]
    async fn files(&self, ctx: &Context<'_>) -> Result<Vec<ReportFile>> {
        let files = loaders::one::<ReportFiles>(ctx, self.0.id).await?;
        Ok(files
            .unwrap_or_default()
            .into_iter()
            .map(ReportFile)
            .collect())
    }
}

by_id! {
    /// Reports by key.
    ReportById: report::Model = report::Entity::of_ids
}

/// What is shown of the facts of reports without reading all of them.
pub struct SummaryOfReport;

impl Batch for SummaryOfReport {
    type Key = Uuid;
    type Value = Summary;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Summary>, Fault> {
        repository::summaries(store.db(), viewer, keys).await
    }
}

/// All facts of reports: they grow with the park.
pub struct FactsOfReport;

impl Batch for FactsOfReport {
    type Key = Uuid;
    type Value = Arc<Facts>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Arc<Facts>>, Fault> {
        repository::facts(store.db(), viewer, keys).await
    }
}

/// Whether the park is so small that a report on it is compared as a whole.
pub struct ParkComparedWhole;

impl Batch for ParkComparedWhole {
    type Key = ();
    type Value = bool;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        _keys: &[()],
    ) -> Result<HashMap<(), bool>, Fault> {
        let whole = repository::is_park_compared_whole(store.db()).await?;
        Ok(HashMap::from([((), whole)]))
    }
}

async fn compared_whole(ctx: &Context<'_>, report: &report::Model) -> Result<bool> {
    if report.enterprise_id.is_some() {
        return Ok(true);
    }
    let whole = loaders::one::<ParkComparedWhole>(ctx, ()).await?;
    Ok(whole.unwrap_or_default())
}

/// The files of reports.
pub struct ReportFiles;

impl Batch for ReportFiles {
    type Key = Uuid;
    type Value = Vec<repository::About>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<repository::About>>, Fault> {
        repository::files_of(store.db(), viewer, keys).await
    }
}

/// A report as a file.
pub struct ReportFile(repository::About);

/// A report as a file.
#[Object]
impl ReportFile {
    /// What it is.
    async fn format(&self) -> Coded<report::file::Format> {
        self.0.format.into()
    }

    /// Its language, as a BCP 47 tag.
    async fn language(&self) -> &'static str {
        self.0.language.tag()
    }

    /// Its name when it is saved.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Bytes.
    async fn size(&self) -> i32 {
        self.0.size
    }

    /// SHA-256 of its content, in hexadecimal.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// Where it is downloaded.
    async fn path(&self) -> String {
        format!("/reports/files/{}", self.0.id)
    }
}

fn language(ctx: &Context<'_>) -> Language {
    viewer(ctx).language()
}

fn words(ctx: &Context<'_>, text: &Text) -> String {
    text.in_language(language(ctx)).to_owned()
}

/// A report compared with what is known today.
pub struct ReportThenAndNow {
    compared: later::ThenAndNow,
    enterprise_id: Option<Uuid>,
}

/// A report compared with what is known today.
#[Object]
impl ReportThenAndNow {
    /// The enterprise that is compared; null where all of the report is.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let Some(id) = self.enterprise_id else {
            return Ok(None);
        };
        let row = loaders::one::<EnterpriseById>(ctx, id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// The figures that would be others for the same moment.
    #[graphql(complexity = "10 * child_complexity")]
    async fn figures(&self, ctx: &Context<'_>) -> Vec<ReportDifference> {
        self.compared
            .figures
            .iter()
            .map(|each| ReportDifference {
                figure: words(ctx, &each.figure),
                then: int(each.then),
                now: int(each.now),
            })
            .collect()
    }

    /// What was entered since the report was made.
    #[graphql(complexity = "100 * child_complexity")]
    async fn entries(&self, ctx: &Context<'_>) -> Vec<ReportLaterEntry> {
        self.compared
            .entries
            .iter()
            .map(|entry| ReportLaterEntry {
                subject_id: match entry.subject {
                    later::Subject::Obligation => Kind::Obligation.id(entry.subject_id),
                    later::Subject::Project => Kind::Project.id(entry.subject_id),
                },
                enterprise: entry.enterprise.clone(),
                what: words(ctx, &entry.what),
                then: entry.then.as_ref().map(|then| words(ctx, then)),
                now: words(ctx, &entry.now),
                reaches_back: entry.reaches_back,
                entered_at: entry.entered_at.map(DateTime),
                entered_by: entry.entered_by.clone(),
            })
            .collect()
    }
}

/// A figure that would be another one.
#[derive(SimpleObject)]
pub struct ReportDifference {
    /// Which figure.
    figure: String,
    /// What the report said.
    then: i32,
    /// What it would say now.
    now: i32,
}

/// Something entered after a report was made.
#[derive(SimpleObject)]
pub struct ReportLaterEntry {
    /// The global id of the obligation or the project.
    subject_id: ID,
    /// The enterprise.
    enterprise: String,
    /// The promise or the milestone.
    what: String,
    /// How it stood in the report; null when it was not known.
    then: Option<String>,
    /// How it stands today.
    now: String,
    /// Whether it reaches back: the report would show it differently.
    reaches_back: bool,
    /// When it was entered.
    entered_at: Option<DateTime>,
    /// By which command: `obligation.fulfil`.
    entered_by: Option<String>,
}

/// One of several kinds of reports.
#[derive(InputObject)]
pub struct ReportKindIn {
    /// The kind is one of these.
    one_of: Vec<Coded<report::Kind>>,
}

/// Narrows a list of reports.
#[derive(Default, InputObject)]
pub struct ReportFilter {
    /// Of one of these kinds.
    kind: Option<ReportKindIn>,
    /// Of this period: `2026-W41`.
    period: Option<String>,
    /// Written for this enterprise.
    enterprise_id: Option<ID>,
    /// Narrowed to this department.
    department_id: Option<ID>,
    /// Written for an enterprise whose names, credit code or number of a contract contain this text.
    text: Option<String>,
}

/// Reads of reports.
#[derive(Default)]
pub struct ReportQuery;

#[Object]
impl ReportQuery {
    /// One report; null when there is none for this viewer.
    async fn report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Report>> {
        let Some(key) = Kind::Report.key(&id) else {
            return Ok(None);
        };
        Ok(loaders::one::<ReportById>(ctx, key).await?.map(Report))
    }

    /// The reports this viewer may see, in the order in which they were due.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<ReportFilter>,
        #[graphql(
            desc = "The oldest or the newest first.",
            default_with = "SortDirection::Desc"
        )]
        direction: SortDirection,
    ) -> Result<Connection<Report>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let filter = repository::Filter {
            kinds: filter.kind.map(|kind| plain(kind.one_of)),
            enterprise_id: match filter.enterprise_id {
                Some(id) => Some(Kind::Enterprise.require(&id)?),
                None => None,
            },
            department_id: match filter.department_id {
                Some(id) => Some(Kind::Department.require(&id)?),
                None => None,
            },
            period: filter.period,
            text: filter.text.as_deref().and_then(Search::of),
        };
        let rows = repository::page(
            store(ctx).db(),
            viewer(ctx),
            &filter,
            direction == SortDirection::Desc,
            &request,
        )
        .await?;
        Ok(page::connection(rows, |row| row.id))
    }

    /// A report then and now: which figures would be others with what is known today, and what was entered since; null when there
    /// is no such report, or no such enterprise, for this viewer, and where an enterprise has to be named.
    #[graphql(complexity = "1000 + child_complexity")]
    async fn then_and_now(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the report.")] report_id: ID,
        #[graphql(
            desc = "Only what it says of this enterprise; to be named where `comparedWhole` of the report is false."
        )]
        enterprise_id: Option<ID>,
    ) -> Result<Option<ReportThenAndNow>> {
        let Some(key) = Kind::Report.key(&report_id) else {
            return Ok(None);
        };
        let Some(report) = loaders::one::<ReportById>(ctx, key).await? else {
            return Ok(None);
        };
        let enterprise_id = match enterprise_id {
            Some(id) => Some(Kind::Enterprise.require(&id)?),
            None => None,
        };
        let (store, viewer) = (store(ctx), viewer(ctx));
        let compared = match enterprise_id {
            Some(id) => repository::then_and_now_of(store, viewer, &report, id).await?,
            None if compared_whole(ctx, &report).await? => {
                repository::then_and_now(store, viewer, &report).await?
            }
            None => None,
        };
        Ok(compared.map(|compared| ReportThenAndNow {
            compared,
            enterprise_id,
        }))
    }
}
