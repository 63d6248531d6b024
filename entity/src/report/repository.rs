//! Every query on reports. What figures are made of is read in [`source`].

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Expr, SelectStatement},
};

use super::{
    Column, Entity, Kind, Model,
    facts::{Facts, Summary},
    file, frozen,
    issue::Issue,
    later::{self, ThenAndNow},
    rewind,
    rules::{self, Material, Slice},
    source::{self, Source},
};
use crate::{
    account, audit,
    calendar::{self, rules::Calendar},
    clock::instant_of,
    commitment, contract,
    enterprise::{self, repository::meant},
    error::Fault,
    liaison, obligation,
    page::{KEYS_AT_ONCE, Page, PageRequest, among, keyset, known},
    store::Store,
    table::Visible,
    text::Search,
    viewer::{Role, Viewer},
};

impl Visible for Entity {
    /// The reports this viewer may see. A leader sees those of his slice: his department's, or the whole park's when he has none. The
    /// service centre and the supervisor see all, heads those of their department, enterprises and their liaisons the enterprise's.
    fn visible_to(viewer: &Viewer) -> Condition {
        let none = || Condition::all().add(Expr::value(false));
        let person = match viewer {
            Viewer::System { .. } => return Condition::all(),
            Viewer::Anonymous { .. } => return none(),
            Viewer::Person(person) => person,
        };
        match (person.role, person.department_id) {
            (Role::Centre | Role::Supervisor, _) | (Role::Leader, None) => Condition::all(),
            (Role::Leader | Role::DepartmentHead, Some(department)) => {
                Condition::all().add(Column::DepartmentId.eq(department))
            }
            (Role::Enterprise | Role::Liaison, _) => Condition::all()
                .add(Column::EnterpriseId.is_not_null())
                .add(enterprise::repository::visible_enterprise_ids(
                    viewer,
                    Column::EnterpriseId,
                )),
            (Role::Admin | Role::WindowOfficer | Role::Inspector | Role::DepartmentHead, _) => {
                none()
            }
        }
    }
}

/// Which reports are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of one of these kinds.
    pub kinds: Option<Vec<Kind>>,
    /// Written for this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// Narrowed to this department.
    pub department_id: Option<Uuid>,
    /// Of this period ("2026-W41").
    pub period: Option<String>,
    /// Written for an enterprise that this means.
    pub text: Option<Search>,
}

/// One page of reports, in the order in which they were due.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let text = match &filter.text {
        Some(text) => Some(meant(db, viewer, Column::EnterpriseId, text).await?),
        None => None,
    };
    let condition = Condition::all()
        .add_option(text)
        .add_option(filter.kinds.clone().map(|kinds| Column::Kind.is_in(kinds)))
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(filter.department_id.map(|id| Column::DepartmentId.eq(id)))
        .add_option(
            filter
                .period
                .as_ref()
                .map(|period| Column::Period.eq(period)),
        );
    keyset(
        db,
        Entity::visible(viewer),
        condition,
        Column::Moment,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// Those of `keys` under which a report was made, for the job that makes them; not scoped.
pub async fn made(db: &impl ConnectionTrait, keys: &[String]) -> Result<HashSet<String>, Fault> {
    known::<Entity>(db, Column::Key, keys).await
}

/// What is known of a file beside its content.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct About {
    /// Key.
    pub id: Uuid,
    /// The report.
    pub report_id: Uuid,
    /// Which kind of file.
    pub format: file::Format,
    /// In which language.
    pub language: crate::language::Language,
    /// Its name when it is saved.
    pub name: String,
    /// How many bytes it has.
    pub size: i32,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Those of `reports` that the viewer may see.
fn seen(db: &impl ConnectionTrait, viewer: &Viewer, reports: &[Uuid]) -> SelectStatement {
    Entity::visible(viewer)
        .select_only()
        .column(Column::Id)
        .filter(among(db, Column::Id, reports))
        .into_query()
}

/// The files of `reports` that the viewer may see, without their content.
pub async fn files_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    reports: &[Uuid],
) -> Result<HashMap<Uuid, Vec<About>>, Fault> {
    let mut found: HashMap<Uuid, Vec<About>> = HashMap::new();
    for part in reports.chunks(KEYS_AT_ONCE) {
        let rows = file::Entity::find()
            .select_only()
            .columns([
                file::Column::Id,
                file::Column::ReportId,
                file::Column::Format,
                file::Column::Language,
                file::Column::Name,
                file::Column::Size,
                file::Column::Sha256,
            ])
            .filter(file::Column::ReportId.in_subquery(seen(db, viewer, part)))
            .order_by_desc(file::Column::Format)
            .order_by_desc(file::Column::Language)
            .into_model::<About>()
            .all(db)
            .await?;
        for row in rows {
            found.entry(row.report_id).or_default().push(row);
        }
    }
    Ok(found)
}

/// One file with its content, if the viewer may see its report.
pub async fn file(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<file::Model>, Fault> {
    let seen = Entity::visible(viewer)
        .select_only()
        .column(Column::Id)
        .into_query();
    Ok(file::Entity::find_by_id(id)
        .filter(file::Column::ReportId.in_subquery(seen))
        .one(db)
        .await?)
}

/// The newest revision of each notice year that was known at `moment`, as a report names them: "2025.1 2026.2".
pub async fn calendar_version(
    db: &impl ConnectionTrait,
    moment: DateTimeUtc,
) -> Result<String, Fault> {
    let years: Vec<String> = calendar::repository::revisions_at(db, moment)
        .await?
        .into_iter()
        .map(|(year, import)| format!("{year}.{}", import.revision))
        .collect();
    // Old years change nothing any more; the column need not grow for ever.
    Ok(years[years.len().saturating_sub(10)..].join(" "))
}

/// The summaries of `reports` that the viewer may see.
pub async fn summaries(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    reports: &[Uuid],
) -> Result<HashMap<Uuid, Summary>, Fault> {
    let mut found = HashMap::with_capacity(reports.len());
    for part in reports.chunks(KEYS_AT_ONCE) {
        let rows: Vec<(Uuid, Json)> = frozen::Entity::find()
            .select_only()
            .column(frozen::Column::ReportId)
            .column(frozen::Column::Summary)
            .filter(frozen::Column::ReportId.in_subquery(seen(db, viewer, part)))
            .into_tuple()
            .all(db)
            .await?;
        for (id, stored) in rows {
            found.insert(id, frozen::summary(id, &stored)?);
        }
    }
    Ok(found)
}

/// The whole facts of `reports` that the viewer may see, one after the other: they may be large.
pub async fn facts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    reports: &[Uuid],
) -> Result<HashMap<Uuid, Arc<Facts>>, Fault> {
    let mut found = HashMap::with_capacity(reports.len());
    for report in Entity::of_ids(db, viewer, reports).await? {
        let stored = frozen::Entity::find_by_id(report.id).one(db).await?;
        if let Some(stored) = stored {
            let facts = frozen::facts(report.id, &stored.facts, &report.fingerprint)?;
            found.insert(report.id, Arc::new(facts));
        }
    }
    Ok(found)
}

/// The summary of the report with this key, if it was made; not scoped.
pub async fn summary_of(db: &impl ConnectionTrait, key: &str) -> Result<Option<Summary>, Fault> {
    let found = Entity::find().filter(Column::Key.eq(key)).one(db).await?;
    let Some(report) = found else {
        return Ok(None);
    };
    let viewer = Viewer::system("report");
    Ok(summaries(db, &viewer, &[report.id])
        .await?
        .remove(&report.id))
}

/// The slices of which an issue may have something to report on: without a contract that was recorded by the last day of the period there is
/// nothing, see [`concerns`](rules::concerns), and no row for its figures need be read. Not scoped: for the job.
pub async fn concerned(
    db: &impl ConnectionTrait,
    issue: &Issue,
    slices: &[Slice],
    zone: chrono_tz::Tz,
) -> Result<HashSet<Slice>, Fault> {
    let next = issue.to.succ_opt().unwrap_or(issue.to);
    let recorded = || {
        contract::Entity::find()
            .filter(contract::Column::CreatedAt.lt(instant_of(next, 0, 0, zone)))
            .select_only()
    };
    let mut found = HashSet::new();
    let enterprises: Vec<Uuid> = slices.iter().filter_map(|of| of.enterprise_id()).collect();
    for part in enterprises.chunks(KEYS_AT_ONCE) {
        let own: Vec<Uuid> = recorded()
            .column(contract::Column::EnterpriseId)
            .distinct()
            .filter(among(db, contract::Column::EnterpriseId, part))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(own.into_iter().map(Slice::Enterprise));
    }
    if slices.contains(&Slice::Park) {
        let any = recorded().column(contract::Column::Id);
        if any.into_tuple::<Uuid>().one(db).await?.is_some() {
            found.insert(Slice::Park);
        }
    }
    for department in slices.iter().filter_map(|of| of.department_id()) {
        if is_concerned(db, issue, department, &recorded).await? {
            found.insert(Slice::Department(department));
        }
    }
    Ok(found)
}

/// Whether a liaison of the department looked after an enterprise with such a contract, or the department had something to keep under one.
async fn is_concerned(
    db: &impl ConnectionTrait,
    issue: &Issue,
    department: Uuid,
    recorded: &impl Fn() -> Select<contract::Entity>,
) -> Result<bool, Fault> {
    let people = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::DepartmentId.eq(department))
        .into_query();
    let enterprises = recorded()
        .column(contract::Column::EnterpriseId)
        .into_query();
    let looked_after = liaison::Entity::find()
        .filter(liaison::Column::AccountId.in_subquery(people))
        .filter(liaison::Column::StartedOn.lte(issue.on))
        .filter(liaison::Column::EnterpriseId.in_subquery(enterprises));
    if looked_after.one(db).await?.is_some() {
        return Ok(true);
    }
    let promises = commitment::Entity::find()
        .select_only()
        .column(commitment::Column::Id)
        .filter(commitment::Column::DepartmentId.eq(department))
        .filter(
            commitment::Column::ContractId
                .in_subquery(recorded().column(contract::Column::Id).into_query()),
        )
        .into_query();
    let owed = obligation::Entity::find()
        .filter(obligation::Column::CommitmentId.in_subquery(promises))
        .filter(obligation::Column::OpenedAt.lte(issue.moment));
    Ok(owed.one(db).await?.is_some())
}

/// Of how many enterprises a report is compared as a whole: of more it is compared for one enterprise at a time.
const COMPARED_AT_ONCE: u64 = 100;

/// Whether the park is so small that a report on all of it can be compared while somebody waits.
pub async fn is_park_compared_whole(db: &impl ConnectionTrait) -> Result<bool, Fault> {
    let enterprises: Vec<Uuid> = enterprise::Entity::find()
        .select_only()
        .column(enterprise::Column::Id)
        .limit(COMPARED_AT_ONCE + 1)
        .into_tuple()
        .all(db)
        .await?;
    Ok(enterprises.len() as u64 <= COMPARED_AT_ONCE)
}

/// What a report says of one enterprise and what it would say now. None when the viewer may not know of the enterprise.
///
/// What it said is counted again from what was known when it was due: to read the frozen facts of a large park takes longer.
pub async fn then_and_now_of(
    store: &Store,
    viewer: &Viewer,
    report: &Model,
    enterprise_id: Uuid,
) -> Result<Option<ThenAndNow>, Fault> {
    let db = store.db();
    let known = enterprise::Entity::one(db, viewer, enterprise_id).await?;
    let summaries = summaries(db, viewer, &[report.id]).await?;
    let (Some(_), Some(summary)) = (known, summaries.get(&report.id)) else {
        return Ok(None);
    };
    let zone = store.zone();
    let calendar = calendar::repository::in_force(store).await?;
    let issue = Issue::of(&summary.facts, zone, &calendar);
    let source = Source::now(db, &issue, store.now().max(issue.moment), zone).await?;
    let material = source.material(Some(&[enterprise_id])).await?;
    let mut before = material.clone();
    let trail = source::trail_of(db, &before, issue.moment).await?;
    rewind::rewind(&mut before, &trail, issue.moment);
    let calendar_then = calendar::repository::known_at(db, issue.moment).await?;
    let then = rules::facts(&issue, report.slice(), &before, &calendar_then, zone);
    compared(store, &calendar, report, (&then, &issue), &material)
        .await
        .map(Some)
}

/// What a report said then and what the same report would say now, and which later entries make the difference. None when there
/// is no such report for this viewer.
pub async fn then_and_now(
    store: &Store,
    viewer: &Viewer,
    report: &Model,
) -> Result<Option<ThenAndNow>, Fault> {
    let db = store.db();
    let Some(then) = facts(db, viewer, &[report.id]).await?.remove(&report.id) else {
        return Ok(None);
    };
    let zone = store.zone();
    let calendar = calendar::repository::in_force(store).await?;
    let issue = Issue::of(&then, zone, &calendar);
    let source = Source::now(db, &issue, store.now().max(issue.moment), zone).await?;
    let own = report.enterprise_id;
    let material = source
        .material(own.as_ref().map(std::slice::from_ref))
        .await?;
    compared(store, &calendar, report, (&then, &issue), &material)
        .await
        .map(Some)
}

/// Compares what was said with what is known now.
async fn compared(
    store: &Store,
    calendar: &Calendar,
    report: &Model,
    (then, issue): (&Facts, &Issue),
    material: &Material,
) -> Result<ThenAndNow, Fault> {
    let (db, zone, slice) = (store.db(), store.zone(), report.slice());
    let again = rules::facts(issue, slice, material, calendar, zone);
    let standings = rules::standings(slice, material, store.now(), calendar, zone);
    let projects = rules::projects(slice, material, store.today(), calendar, zone);
    let mut compared = later::compare(then, &again, &standings, &projects);
    let subjects: Vec<Uuid> = compared
        .entries
        .iter()
        .map(|entry| entry.subject_id)
        .collect();
    let trail = audit::repository::entered_after(db, &subjects, report.compiled_at).await?;
    for entry in &mut compared.entries {
        let last = trail
            .iter()
            .rfind(|change| change.subject_id == entry.subject_id);
        entry.entered_at = last.map(|change| change.at);
        entry.entered_by = last.map(|change| change.action.clone());
    }
    Ok(compared)
}
