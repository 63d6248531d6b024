//! Every query on commitments.

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
};

use super::{Column, Entity, Kind, Model, Owner};
use crate::{
    contract,
    error::Fault,
    page::{Page, PageRequest, SortKey, keyset_by, of_keys},
    table::Visible,
    text::Search,
    viewer::Viewer,
};

impl Visible for Entity {
    /// The commitments this viewer may see: those of the contracts he may see; a head of department only the department's own.
    fn visible_to(viewer: &Viewer) -> Condition {
        if matches!(viewer, Viewer::System { .. }) {
            return Condition::all();
        }
        let contracts = contract::Entity::find()
            .select_only()
            .column(contract::Column::Id)
            .filter(contract::Entity::visible_to(viewer))
            .into_query();
        Condition::all()
            .add(Column::ContractId.in_subquery(contracts))
            .add_option(viewer.head_of().map(|of| Column::DepartmentId.eq(of)))
    }
}

/// Which commitments are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this contract.
    pub contract_id: Option<Uuid>,
    /// Which fall due in one of these ways.
    pub kinds: Option<Vec<Kind>>,
    /// Which one of these must keep.
    pub owners: Option<Vec<Owner>>,
    /// Which this department must keep.
    pub department_id: Option<Uuid>,
    /// Whose text contains this.
    pub text: Option<Search>,
    /// Ended, or not.
    pub ended: Option<bool>,
}

/// One page of commitments, contract by contract in the order of their numbers.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = Condition::all()
        .add_option(filter.contract_id.map(|id| Column::ContractId.eq(id)))
        .add_option(filter.kinds.clone().map(|kinds| Column::Kind.is_in(kinds)))
        .add_option(
            filter
                .owners
                .clone()
                .map(|owners| Column::Owner.is_in(owners)),
        )
        .add_option(filter.department_id.map(|id| Column::DepartmentId.eq(id)))
        .add_option(filter.text.as_ref().map(|text| {
            let columns = [Column::TextZh, Column::TextEn];
            text.within(db.get_database_backend(), columns.map(Column::into_expr))
        }))
        .add_option(filter.ended.map(|ended| {
            if ended {
                Column::EndedOn.is_not_null()
            } else {
                Column::EndedOn.is_null()
            }
        }));
    let keys = [Column::ContractId, Column::Number].map(|by| SortKey::column(by, false));
    let keys = keys.to_vec();
    keyset_by(
        db,
        Entity::visible(viewer),
        condition,
        keys,
        Column::Id,
        request,
    )
    .await
}

/// All commitments of `contracts`, also ended ones, in the order of their numbers.
pub async fn of_contracts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    contracts: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_order = Entity::visible(viewer)
        .order_by_asc(Column::Number)
        .order_by_asc(Column::Id);
    of_keys(db, in_order, Column::ContractId, contracts).await
}
