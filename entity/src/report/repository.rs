//! Every query on reports, and the reads that figures are made of: their number does not grow with the park.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, SelectStatement},
};

use super::{
    Column, Entity, Kind, Model, file,
    issue::Issue,
    later::{self, ThenAndNow},
    rewind,
    rules::{self, Material, Promise, Slice, Works},
};
use crate::{
    account, audit, calendar,
    clock::civil_date,
    commitment, contract, deadline,
    deadline::pause,
    department, enterprise,
    error::Fault,
    evaluation, liaison, milestone, obligation, outbox,
    page::{Page, PageRequest, grouped, keyset},
    project,
    project::{progress, stage},
    store::Store,
    supervision,
    table::Visible,
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
}

/// One page of reports, in the order in which they were due.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = Condition::all()
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
    let mut made = HashSet::new();
    for part in keys.chunks(500) {
        let found: Vec<String> = Entity::find()
            .select_only()
            .column(Column::Key)
            .filter(Column::Key.is_in(part.iter().map(String::as_str)))
            .into_tuple()
            .all(db)
            .await?;
        made.extend(found);
    }
    Ok(made)
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

/// The files of `reports` that the viewer may see, without their content.
pub async fn files_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    reports: &[Uuid],
) -> Result<HashMap<Uuid, Vec<About>>, Fault> {
    let mut found: HashMap<Uuid, Vec<About>> = HashMap::new();
    for part in reports.chunks(500) {
        let seen = Entity::visible(viewer)
            .select_only()
            .column(Column::Id)
            .filter(Column::Id.is_in(part.iter().copied()))
            .into_query();
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
            .filter(file::Column::ReportId.in_subquery(seen))
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

/// The rows for the figures of an issue, of the whole park or of one enterprise, as they were known at the moment `known`: what was entered
/// after it is not in them. Not scoped: for the job, and for who may see the report.
pub async fn material(
    db: &impl ConnectionTrait,
    issue: &Issue,
    enterprise_id: Option<Uuid>,
    known: DateTimeUtc,
    zone: chrono_tz::Tz,
) -> Result<Material, Fault> {
    let until = civil_date(known, zone);
    let of = |column: &dyn Fn(Uuid) -> Condition| enterprise_id.map(column);
    let enterprises = enterprise::Entity::find()
        .filter(Condition::all().add_option(of(&|id| {
            Condition::all().add(enterprise::Column::Id.eq(id))
        })))
        .all(db)
        .await?;
    let contracts = contract::Entity::find()
        .filter(Condition::all().add_option(of(&|id| {
            Condition::all().add(contract::Column::EnterpriseId.eq(id))
        })))
        .order_by_asc(contract::Column::Id)
        .all(db)
        .await?;
    let liaisons = liaison::Entity::find()
        .filter(liaison::Column::StartedOn.is_not_null())
        .filter(Condition::all().add_option(of(&|id| {
            Condition::all().add(liaison::Column::EnterpriseId.eq(id))
        })))
        .all(db)
        .await?;
    let people: Vec<Uuid> = liaisons.iter().map(|row| row.account_id).collect();
    let mut material = Material {
        people: account::repository::named(db, &people).await?,
        departments: department::Entity::find().all(db).await?,
        promises: promises(db, issue.from_before, enterprise_id, until).await?,
        works: works(db, enterprise_id, until).await?,
        orders: supervision::repository::orders(db, issue.moment).await?,
        evaluation: match issue.kind {
            Kind::QuarterlyReport => evaluation::repository::approved(db, issue.moment).await?,
            _ => None,
        },
        undelivered: outbox::repository::undelivered(db, &Viewer::system("report"))
            .await?
            .try_into()
            .unwrap_or(u32::MAX),
        enterprises,
        contracts,
        liaisons,
    };
    let later = audit::repository::changed_after(db, &rewind::SUBJECTS, known).await?;
    rewind::rewind(&mut material, &later, known);
    Ok(material)
}

/// The obligations that are open or were closed or fell due since `since`, each with what judges it.
async fn promises(
    db: &impl ConnectionTrait,
    since: NaiveDate,
    enterprise_id: Option<Uuid>,
    until: NaiveDate,
) -> Result<Vec<Promise>, Fault> {
    let wanted = || {
        obligation::Entity::find()
            .join(JoinType::InnerJoin, obligation::repository::its_deadline())
            .filter(deadline::Column::StartedOn.lte(until))
            .filter(
                Condition::any()
                    .add(obligation::Column::State.eq(obligation::State::Open))
                    .add(deadline::Column::ClosedOn.gte(since))
                    .add(deadline::Column::DueOn.gte(since)),
            )
            .filter(
                Condition::all()
                    .add_option(enterprise_id.map(|id| obligation::Column::EnterpriseId.eq(id))),
            )
    };
    let keys = |column: obligation::Column| -> SelectStatement {
        wanted().select_only().column(column).into_query()
    };
    let commitments: HashMap<Uuid, commitment::Model> = commitment::Entity::find()
        .filter(commitment::Column::Id.in_subquery(keys(obligation::Column::CommitmentId)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let rows = pause::Entity::find()
        .filter(pause::Column::DeadlineId.in_subquery(keys(obligation::Column::DeadlineId)))
        .order_by_asc(pause::Column::StartedOn)
        .order_by_asc(pause::Column::Id)
        .all(db)
        .await?;
    let mut pauses = grouped(rows, |row| row.deadline_id);
    Ok(wanted()
        .select_also(deadline::Entity)
        .all(db)
        .await?
        .into_iter()
        .filter_map(|(obligation, deadline)| {
            let deadline = deadline?;
            Some(Promise {
                commitment: commitments.get(&obligation.commitment_id)?.clone(),
                pauses: pauses.remove(&deadline.id).unwrap_or_default(),
                obligation,
                deadline,
            })
        })
        .collect())
}

/// How far back the newest progress report of a project may lie and still be told.
const REPORTED_WITHIN: Days = Days::new(366);

async fn works(
    db: &impl ConnectionTrait,
    enterprise_id: Option<Uuid>,
    until: NaiveDate,
) -> Result<Vec<Works>, Fault> {
    let wanted = || {
        project::Entity::find().filter(
            Condition::all()
                .add_option(enterprise_id.map(|id| project::Column::EnterpriseId.eq(id))),
        )
    };
    let keys = || {
        wanted()
            .select_only()
            .column(project::Column::Id)
            .into_query()
    };
    let mut stages = grouped(
        stage::Entity::find()
            .filter(stage::Column::ProjectId.in_subquery(keys()))
            .order_by_asc(stage::Column::Number)
            .all(db)
            .await?,
        |row| row.project_id,
    );
    let mut milestones = grouped(
        milestone::Entity::find()
            .filter(milestone::Column::ProjectId.in_subquery(keys()))
            .order_by_asc(milestone::Column::Position)
            .all(db)
            .await?,
        |row| row.project_id,
    );
    let earliest = until
        .checked_sub_days(REPORTED_WITHIN)
        .unwrap_or(NaiveDate::MIN);
    let mut reports = grouped(
        progress::Entity::find()
            .filter(progress::Column::ProjectId.in_subquery(keys()))
            .filter(progress::Column::ReportedOn.between(earliest, until))
            .order_by_desc(progress::Column::ReportedOn)
            .order_by_desc(progress::Column::Id)
            .all(db)
            .await?,
        |row| row.project_id,
    );
    Ok(wanted()
        .order_by_asc(project::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|project| Works {
            stages: stages.remove(&project.id).unwrap_or_default(),
            milestones: milestones.remove(&project.id).unwrap_or_default(),
            reports: reports.remove(&project.id).unwrap_or_default(),
            project,
        })
        .collect())
}

/// What a report said then and what the same report would say now, and which later entries make the difference. None when there
/// is no such report for this viewer.
pub async fn then_and_now(
    store: &Store,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<ThenAndNow>, Fault> {
    let db = store.db();
    let Some(report) = Entity::one(db, viewer, id).await? else {
        return Ok(None);
    };
    let then = report.facts()?;
    let slice = match (report.department_id, report.enterprise_id) {
        (Some(id), _) => Slice::Department(id),
        (None, Some(id)) => Slice::Enterprise(id),
        (None, None) => Slice::Park,
    };
    let (zone, today) = (store.zone(), store.today());
    let calendar = calendar::repository::in_force(store).await?;
    let issue = Issue::of(&then, zone, &calendar);
    let known = store.now().max(issue.moment);
    let material = material(db, &issue, slice.enterprise_id(), known, zone).await?;
    let again = rules::facts(&issue, slice, &material, &calendar, zone);
    let standings = rules::standings(slice, &material, store.now(), &calendar, zone);
    let projects = rules::projects(slice, &material, today, &calendar, zone);
    let mut compared = later::compare(&then, &again, &standings, &projects);
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
    Ok(Some(compared))
}
