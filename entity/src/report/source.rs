//! The reads that figures are made of: the rows of one issue as they were known at one moment, some hundred enterprises at a time, and
//! of the longest tables only the columns that figures need.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic,
    Iterable, JoinType, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait,
    prelude::{DateTimeUtc, Uuid},
    sea_query::SelectStatement,
};

use super::{
    Kind,
    issue::Issue,
    rewind::{self, Trail},
    rules::{Common, Material, Owed, Promise, Promised, Works},
};
use crate::{
    account, audit,
    clock::civil_date,
    commitment, contract, deadline,
    deadline::pause,
    department, enterprise,
    error::Fault,
    evaluation, liaison, milestone, obligation, outbox,
    page::{KEYS_AT_ONCE, among, grouped, of_keys},
    project,
    project::{progress, stage},
    supervision,
    viewer::Viewer,
};

/// How far back the newest progress report of a project may lie and still be told.
const REPORTED_WITHIN: Days = Days::new(366);

/// Where the rows for the figures of an issue come from. Not scoped: for the job, and for who may see the report.
#[derive(Debug)]
pub struct Source<'a, C> {
    db: &'a C,
    issue: &'a Issue,
    known: DateTimeUtc,
    zone: Tz,
    common: Arc<Common>,
    trail: Trail,
}

impl<'a, C: ConnectionTrait> Source<'a, C> {
    /// The rows as they were known when the issue was due: what was entered after that moment is not in them.
    pub async fn then(db: &'a C, issue: &'a Issue, zone: Tz) -> Result<Self, Fault> {
        let known = issue.moment;
        let changes = audit::repository::changed_after(db, &rewind::SUBJECTS, known).await?;
        let common = Common {
            departments: department::Entity::find().all(db).await?,
            orders: supervision::repository::orders(db, known).await?,
            evaluation: match issue.kind {
                Kind::QuarterlyReport => evaluation::repository::approved(db, known).await?,
                _ => None,
            },
            undelivered: outbox::repository::undelivered(db, &Viewer::system("report"))
                .await?
                .try_into()
                .unwrap_or(u32::MAX),
        };
        Ok(Self {
            db,
            issue,
            known,
            zone,
            common: Arc::new(common),
            trail: grouped(changes, |change| change.subject_id),
        })
    }

    /// The rows as they are known at the moment `known`, which is now: to be compared. Nothing is in them of what is never compared.
    pub(super) async fn now(
        db: &'a C,
        issue: &'a Issue,
        known: DateTimeUtc,
        zone: Tz,
    ) -> Result<Self, Fault> {
        let common = Common {
            departments: department::Entity::find().all(db).await?,
            ..Common::default()
        };
        Ok(Self {
            db,
            issue,
            known,
            zone,
            common: Arc::new(common),
            trail: Trail::new(),
        })
    }

    /// The rows of these enterprises, or of the whole park.
    pub async fn material(&self, of: Option<&[Uuid]>) -> Result<Material, Fault> {
        let find = enterprise::Entity::find();
        let enterprises = match of {
            Some(ids) => of_keys(self.db, find, enterprise::Column::Id, ids).await?,
            None => find.all(self.db).await?,
        };
        let mut material = Material {
            common: Arc::clone(&self.common),
            ..Material::default()
        };
        for part in enterprises.chunks(KEYS_AT_ONCE) {
            self.add(&mut material, part).await?;
        }
        let liaisons = material.liaisons.iter();
        let people: BTreeSet<Uuid> = liaisons.map(|row| row.account_id).collect();
        let people: Vec<Uuid> = people.into_iter().collect();
        material.people = account::repository::named(self.db, &people).await?;
        Ok(material)
    }

    /// Adds what is known of a few enterprises.
    async fn add(
        &self,
        material: &mut Material,
        enterprises: &[enterprise::Model],
    ) -> Result<(), Fault> {
        let ids: Vec<Uuid> = enterprises.iter().map(|row| row.id).collect();
        let (db, ids) = (self.db, ids.as_slice());
        let contracts = contract::Entity::find()
            .filter(among(db, contract::Column::EnterpriseId, ids))
            .order_by_asc(contract::Column::Id)
            .all(self.db)
            .await?;
        let liaisons = liaison::Entity::find()
            .filter(liaison::Column::StartedOn.is_not_null())
            .filter(among(db, liaison::Column::EnterpriseId, ids))
            .all(self.db)
            .await?;
        let mut part = Material {
            enterprises: enterprises.to_vec(),
            contracts,
            liaisons,
            promises: self.promises(ids).await?,
            works: self.works(ids).await?,
            ..Material::default()
        };
        rewind::rewind(&mut part, &self.trail, self.known);
        material.enterprises.append(&mut part.enterprises);
        material.contracts.append(&mut part.contracts);
        material.liaisons.append(&mut part.liaisons);
        material.promises.append(&mut part.promises);
        material.works.append(&mut part.works);
        Ok(())
    }

    /// The obligations that are open or were closed or fell due since the period before, each with what judges it.
    async fn promises(&self, ids: &[Uuid]) -> Result<Vec<Promise>, Fault> {
        let since = self.issue.from_before;
        let own = among(self.db, obligation::Column::EnterpriseId, ids);
        let rows = obligation::Entity::find()
            .select_only()
            .columns(deadline::Column::iter())
            .join(JoinType::InnerJoin, obligation::repository::its_deadline())
            .filter(own.clone())
            .filter(deadline::Column::StartedOn.lte(civil_date(self.known, self.zone)))
            .filter(
                Condition::any()
                    .add(obligation::Column::ClosedAt.is_null())
                    .add(deadline::Column::ClosedOn.gte(since))
                    .add(deadline::Column::DueOn.gte(since)),
            );
        let rows = OWED.into_iter().fold(rows, |rows, column| {
            rows.column_as(column, format!("{PREFIX}{}", column.as_str()))
        });
        let rows = rows.into_model::<Row>().all(self.db).await?;
        let promised = commitment::Entity::find()
            .select_only()
            .columns([
                commitment::Column::Id,
                commitment::Column::TextZh,
                commitment::Column::TextEn,
                commitment::Column::LegalBasis,
                commitment::Column::Owner,
                commitment::Column::DepartmentId,
            ])
            .filter(commitment::Column::ContractId.in_subquery(contracts_of(self.db, ids)))
            .into_model::<Promised>()
            .all(self.db)
            .await?;
        let promised: HashMap<Uuid, Arc<Promised>> = promised
            .into_iter()
            .map(|row| (row.id, Arc::new(row)))
            .collect();
        let limits = obligation::Entity::find()
            .select_only()
            .column(obligation::Column::DeadlineId)
            .filter(own)
            .into_query();
        let pauses = pause::Entity::find()
            .filter(pause::Column::DeadlineId.in_subquery(limits))
            .order_by_asc(pause::Column::StartedOn)
            .order_by_asc(pause::Column::Id)
            .all(self.db)
            .await?;
        let mut pauses = grouped(pauses, |row| row.deadline_id);
        Ok(rows
            .into_iter()
            .filter_map(|Row { owed, deadline }| {
                Some(Promise {
                    commitment: Arc::clone(promised.get(&owed.commitment_id)?),
                    pauses: pauses.remove(&deadline.id).unwrap_or_default(),
                    obligation: owed,
                    deadline,
                })
            })
            .collect())
    }

    async fn works(&self, ids: &[Uuid]) -> Result<Vec<Works>, Fault> {
        let wanted =
            project::Entity::find().filter(among(self.db, project::Column::EnterpriseId, ids));
        let keys = || -> SelectStatement {
            let keys = wanted.clone().select_only();
            keys.column(project::Column::Id).into_query()
        };
        let stages = stage::Entity::find()
            .filter(stage::Column::ProjectId.in_subquery(keys()))
            .order_by_asc(stage::Column::Number)
            .all(self.db)
            .await?;
        let mut stages = grouped(stages, |row| row.project_id);
        let milestones = milestone::Entity::find()
            .filter(milestone::Column::ProjectId.in_subquery(keys()))
            .order_by_asc(milestone::Column::Position)
            .all(self.db)
            .await?;
        let mut milestones = grouped(milestones, |row| row.project_id);
        let until = civil_date(self.known, self.zone);
        let earliest = until
            .checked_sub_days(REPORTED_WITHIN)
            .unwrap_or(NaiveDate::MIN);
        let reports = progress::Entity::find()
            .filter(progress::Column::ProjectId.in_subquery(keys()))
            .filter(progress::Column::ReportedOn.between(earliest, until))
            .order_by_desc(progress::Column::ReportedOn)
            .order_by_desc(progress::Column::Id)
            .all(self.db)
            .await?;
        let mut reports = grouped(reports, |row| row.project_id);
        let projects = wanted.clone().order_by_asc(project::Column::Id);
        let projects = projects.all(self.db).await?.into_iter();
        Ok(projects
            .map(|project| Works {
                stages: stages.remove(&project.id).unwrap_or_default(),
                milestones: milestones.remove(&project.id).unwrap_or_default(),
                reports: reports.remove(&project.id).unwrap_or_default(),
                project,
            })
            .collect())
    }
}

/// What was changed of the rows after `moment`: of a part of the park, of which there are few.
pub(super) async fn trail_of(
    db: &impl ConnectionTrait,
    material: &Material,
    moment: DateTimeUtc,
) -> Result<Trail, Fault> {
    let limits = material.promises.iter().map(|promise| promise.deadline.id);
    let milestones = material.works.iter().flat_map(|works| &works.milestones);
    let subjects: Vec<Uuid> = limits
        .chain(material.contracts.iter().map(|row| row.id))
        .chain(material.liaisons.iter().map(|row| row.id))
        .chain(material.works.iter().map(|works| works.project.id))
        .chain(milestones.map(|row| row.id))
        .collect();
    let changes = audit::repository::entered_after(db, &subjects, moment).await?;
    Ok(grouped(changes, |change| change.subject_id))
}

fn contracts_of(db: &impl ConnectionTrait, enterprises: &[Uuid]) -> SelectStatement {
    contract::Entity::find()
        .select_only()
        .column(contract::Column::Id)
        .filter(among(db, contract::Column::EnterpriseId, enterprises))
        .into_query()
}

/// The columns of [`Owed`], and what their names begin with beside those of the time limit.
const OWED: [obligation::Column; 8] = [
    obligation::Column::Id,
    obligation::Column::CommitmentId,
    obligation::Column::ContractId,
    obligation::Column::EnterpriseId,
    obligation::Column::Occasion,
    obligation::Column::OpenedAt,
    obligation::Column::ClosedAt,
    obligation::Column::PublicReason,
];
const PREFIX: &str = "owed_";

/// An obligation beside its time limit.
struct Row {
    owed: Owed,
    deadline: deadline::Model,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, pre: &str) -> Result<Self, DbErr> {
        Ok(Self {
            owed: Owed::from_query_result(row, &format!("{pre}{PREFIX}"))?,
            deadline: deadline::Model::from_query_result(row, pre)?,
        })
    }
}
