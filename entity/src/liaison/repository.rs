//! Every query on liaisons, and how a person stands to an enterprise.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    entity::prelude::*,
};

use super::{Column, Entity, Model, State};
use crate::{
    absence::repository::absent_with,
    enterprise::repository::visible_enterprise_ids,
    error::Fault,
    page::{Page, PageRequest, keyset, of_keys},
    permission::Standing,
    store::Unit,
    viewer::{Role, Viewer},
};

/// The assignments of the enterprises this viewer may know of.
pub fn visible_to(viewer: &Viewer) -> Condition {
    visible_enterprise_ids(viewer, Column::EnterpriseId)
}

/// How the viewer stands to an enterprise: its contact (Own), its liaison or deputy now, or whoever stands in for a
/// liaison on leave (Responsible), or None.
pub async fn standing(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprise_id: Uuid,
) -> Result<Standing, Fault> {
    let found = standings(db, viewer, &[enterprise_id]).await?;
    Ok(found.get(&enterprise_id).copied().unwrap_or(Standing::None))
}

/// How the viewer stands to each of `enterprises`, as [`standing`]; those to which he stands in no way are left out.
pub async fn standings(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<HashMap<Uuid, Standing>, Fault> {
    let Some(person) = viewer.person() else {
        return Ok(HashMap::new());
    };
    Ok(match person.role {
        Role::Enterprise => enterprises
            .iter()
            .filter(|id| person.enterprise_id == Some(**id))
            .map(|id| (*id, Standing::Own))
            .collect(),
        Role::Liaison => {
            let own = Entity::find()
                .filter(Column::State.is_in(State::IN_CHARGE))
                .filter(
                    Condition::any()
                        .add(Column::AccountId.eq(person.account_id))
                        .add(Column::DeputyId.eq(person.account_id))
                        .add(Column::AccountId.in_subquery(absent_with(person.account_id))),
                );
            of_keys(db, own, Column::EnterpriseId, enterprises)
                .await?
                .into_iter()
                .map(|row| (row.enterprise_id, Standing::Responsible))
                .collect()
        }
        _ => HashMap::new(),
    })
}

/// As [`standing`], for a thing that a department owns: its head stands to it as OwnDepartment.
pub async fn standing_to_department_matter(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprise_id: Uuid,
    department_id: Option<Uuid>,
) -> Result<Standing, Fault> {
    let standing = standing(db, viewer, enterprise_id).await?;
    Ok(with_department(standing, viewer, department_id))
}

/// The standing to a thing that `department_id` owns, of somebody who stands so to its enterprise.
pub fn with_department(
    standing: Standing,
    viewer: &Viewer,
    department_id: Option<Uuid>,
) -> Standing {
    let own_department = department_id.is_some()
        && viewer
            .person()
            .is_some_and(|person| person.department_id == department_id);
    if standing == Standing::None && own_department {
        Standing::OwnDepartment
    } else {
        standing
    }
}

/// The assignments in charge of `enterprises`, at most one of each. For jobs and commands; not scoped.
pub async fn in_charge_of(
    db: &impl ConnectionTrait,
    enterprises: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_charge = Entity::find().filter(Column::State.is_in(State::IN_CHARGE));
    of_keys(db, in_charge, Column::EnterpriseId, enterprises).await
}

/// The assignments in which these people are in charge. For jobs; not scoped.
pub async fn in_charge_by(db: &impl ConnectionTrait, people: &[Uuid]) -> Result<Vec<Model>, Fault> {
    let in_charge = Entity::find().filter(Column::State.is_in(State::IN_CHARGE));
    of_keys(db, in_charge, Column::AccountId, people).await
}

/// All assignments of an enterprise that have not ended, for its leaving; not scoped.
pub(crate) async fn open_of(unit: &Unit, enterprise_id: Uuid) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::EnterpriseId.eq(enterprise_id))
        .filter(Column::State.ne(State::Ended))
        .order_by_asc(Column::Id)
        .all(unit.db())
        .await?)
}

/// The one proposed for an enterprise, for the hand-over; not scoped.
pub(crate) async fn proposed_for(
    db: &impl ConnectionTrait,
    enterprise_id: Uuid,
) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::EnterpriseId.eq(enterprise_id))
        .filter(Column::State.eq(State::Proposed))
        .one(db)
        .await?)
}

/// What a list of assignments is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// With this person as liaison or as deputy.
    pub account_id: Option<Uuid>,
}

/// One page of assignments, in the order in which they were made.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = Condition::all()
        .add_option(
            filter
                .states
                .as_ref()
                .map(|states| Column::State.is_in(states.iter().copied())),
        )
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(filter.account_id.map(|id| {
            Condition::any()
                .add(Column::AccountId.eq(id))
                .add(Column::DeputyId.eq(id))
        }));
    keyset(
        db,
        Entity::find().filter(visible_to(viewer)),
        condition,
        Column::Id,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// One assignment, if the viewer may know of its enterprise.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id)
        .filter(visible_to(viewer))
        .one(db)
        .await?)
}

/// Those of `ids` that the viewer may know of, in no particular order.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let select = Entity::find().filter(visible_to(viewer));
    of_keys(db, select, Column::Id, ids).await
}

/// All assignments of `enterprises` that the viewer may know of, of each the newest first.
pub async fn history_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let newest_first = Entity::find()
        .filter(visible_to(viewer))
        .order_by_desc(Column::Id);
    of_keys(db, newest_first, Column::EnterpriseId, enterprises).await
}
