//! Every query on projects, their stages, gates and reports.

use std::collections::HashMap;

use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, entity::prelude::*,
};

use super::{
    Column, Entity, Model, State, progress,
    requirement::{self, Outcome},
    rules::is_flagged,
    stage,
};
use crate::{
    contract,
    enterprise::repository::{promises_of, visible_enterprise_ids},
    error::{Fault, expect_version},
    page::{Page, PageRequest, among, closest, keyset, of_keys},
    store::Unit,
    table::Visible,
    text::Search,
    viewer::Viewer,
};

impl Visible for Entity {
    /// The projects this viewer may see: those of the enterprises he may know of; a head of department only those of the contracts
    /// in which the department promised something.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer.head_of() {
            Some(department) => {
                let promised = promises_of(department, "contract_id");
                Condition::all().add(Column::ContractId.in_subquery(promised))
            }
            None => visible_enterprise_ids(viewer, Column::EnterpriseId),
        }
    }
}

/// Which projects are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// Of this contract.
    pub contract_id: Option<Uuid>,
    /// Whose name, contract's number, or enterprise's names or code contain this.
    pub text: Option<Search>,
    /// Whether a leader let it pass a gate.
    pub flagged: Option<bool>,
    /// Which show some lights today: `milestone::repository::showing`.
    pub showing: Option<Condition>,
}

impl Filter {
    async fn condition(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
    ) -> Result<Condition, Fault> {
        let text = match &self.text {
            Some(text) => {
                let backend = db.get_database_backend();
                let contracts =
                    contract::repository::meant(db, viewer, Column::ContractId, text).await?;
                Some(named(backend, text).add(contracts))
            }
            None => None,
        };
        let condition = Condition::all()
            .add_option(
                self.states
                    .clone()
                    .map(|states| Column::State.is_in(states)),
            )
            .add_option(self.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
            .add_option(self.contract_id.map(|id| Column::ContractId.eq(id)))
            .add_option(text)
            .add_option(self.flagged.map(|flagged| {
                let passed = requirement::Entity::find()
                    .select_only()
                    .column(requirement::Column::ProjectId)
                    .filter(
                        requirement::Column::Outcome
                            .is_in(Outcome::ALL.into_iter().filter(|one| is_flagged(*one))),
                    )
                    .into_query();
                match flagged {
                    true => Column::Id.in_subquery(passed),
                    false => Column::Id.not_in_subquery(passed),
                }
            }))
            .add_option(self.showing.clone());
        Ok(condition)
    }
}

fn named(backend: DbBackend, text: &Search) -> Condition {
    text.within(backend, [Column::Name.into_expr()])
}

/// The projects that the viewer may see and that are called so, or belong to a contract that the text means: at most `most`, the former first.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    text: &Search,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let backend = db.get_database_backend();
    let contracts = contract::repository::keys_meant(viewer, backend, text);
    let meant = named(backend, text).add(Column::ContractId.in_subquery(contracts));
    let found = Entity::visible(viewer).filter(meant);
    let names = [Column::Name];
    closest(db, found, text, &names, [Column::Name, Column::Id], most).await
}

/// One page of projects, by name.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    keyset(
        db,
        Entity::visible(viewer),
        filter.condition(db, viewer).await?,
        Column::Name,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// The projects of contracts, in the order of their names.
pub async fn of_contracts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    contracts: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let by_name = Entity::visible(viewer).order_by_asc(Column::Name);
    of_keys(db, by_name, Column::ContractId, contracts).await
}

/// The projects of enterprises, in the order of their names.
pub async fn of_enterprises(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let by_name = Entity::visible(viewer).order_by_asc(Column::Name);
    of_keys(db, by_name, Column::EnterpriseId, enterprises).await
}

/// The stages of projects, in their order.
pub async fn stages_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    projects: &[Uuid],
) -> Result<Vec<stage::Model>, Fault> {
    let in_order = stage::Entity::find()
        .filter(Entity::seen_by(viewer, stage::Column::ProjectId))
        .order_by_asc(stage::Column::Number);
    of_keys(db, in_order, stage::Column::ProjectId, projects).await
}

/// How projects answered the gates.
pub async fn requirements_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    projects: &[Uuid],
) -> Result<Vec<requirement::Model>, Fault> {
    let by_code = requirement::Entity::find()
        .filter(Entity::seen_by(viewer, requirement::Column::ProjectId))
        .order_by_asc(requirement::Column::Code);
    of_keys(db, by_code, requirement::Column::ProjectId, projects).await
}

/// The reports on projects, newest first.
pub async fn reports_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    projects: &[Uuid],
) -> Result<Vec<progress::Model>, Fault> {
    let newest_first = progress::Entity::find()
        .filter(Entity::seen_by(viewer, progress::Column::ProjectId))
        .order_by_desc(progress::Column::ReportedOn)
        .order_by_desc(progress::Column::Id);
    of_keys(db, newest_first, progress::Column::ProjectId, projects).await
}

/// The day of the last report on each of these projects that has one.
pub(crate) async fn last_reports(
    db: &impl ConnectionTrait,
    projects: &[Uuid],
) -> Result<HashMap<Uuid, Date>, Fault> {
    let of = progress::Column::ProjectId;
    let days = progress::Entity::find()
        .select_only()
        .column(of)
        .column_as(progress::Column::ReportedOn.max(), "last")
        .filter(among(db, of, projects))
        .group_by(of)
        .into_tuple::<(Uuid, Date)>();
    Ok(days.all(db).await?.into_iter().collect())
}

/// Up to `limit` of these projects after `after`, by key, held for this transaction.
pub(crate) async fn held_after(
    unit: &Unit,
    these: Condition,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(these.add_option(after.map(|after| Column::Id.gt(after))))
        .order_by_asc(Column::Id)
        .limit(limit)
        .lock_exclusive()
        .all(unit.db())
        .await?)
}

/// The project for a command: NOT_FOUND for who may not see it, CONFLICT when it is no longer of the expected version.
pub(crate) async fn load(unit: &Unit, id: Uuid, expected_version: i32) -> Result<Model, Fault> {
    let project = Entity::found(unit.db(), unit.viewer(), id).await?;
    expect_version(id, project.version, expected_version)?;
    Ok(project)
}
