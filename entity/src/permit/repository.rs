//! Every query on permits.

use chrono::NaiveDate;
use sea_orm::{Condition, ConnectionTrait, QueryFilter, QueryOrder, entity::prelude::*};

use super::{Column, Entity, Kind, Model};
use crate::{
    enterprise::repository::{meant, visible_enterprise_ids},
    error::Fault,
    page::{Page, PageRequest, keyset, of_keys},
    table::Visible,
    text::Search,
    viewer::Viewer,
};

impl Visible for Entity {
    /// The permits this viewer may know of: those of the enterprises he may know of.
    fn visible_to(viewer: &Viewer) -> Condition {
        visible_enterprise_ids(viewer, Column::EnterpriseId)
    }
}

/// What a list of permits is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// Of one of these kinds.
    pub kinds: Option<Vec<Kind>>,
    /// To be applied for on or after this day.
    pub apply_from: Option<NaiveDate>,
    /// To be applied for by this day.
    pub apply_to: Option<NaiveDate>,
    /// Withdrawn, or not.
    pub withdrawn: Option<bool>,
    /// Whose number has this, or whose holder it means.
    pub text: Option<Search>,
}

/// One page of permits, by the day by which they are applied for.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let text = match &filter.text {
        Some(text) => {
            let backend = db.get_database_backend();
            let number = [Column::Number.into_expr()];
            let holders = meant(db, viewer, Column::EnterpriseId, text).await?;
            Some(text.within(backend, number).add(holders))
        }
        None => None,
    };
    let condition = Condition::all()
        .add_option(text)
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(
            filter
                .kinds
                .as_ref()
                .map(|kinds| Column::Kind.is_in(kinds.iter().copied())),
        )
        .add_option(filter.apply_from.map(|day| Column::ApplyBy.gte(day)))
        .add_option(filter.apply_to.map(|day| Column::ApplyBy.lte(day)))
        .add_option(filter.withdrawn.map(|gone| match gone {
            true => Column::WithdrawnOn.is_not_null(),
            false => Column::WithdrawnOn.is_null(),
        }));
    keyset(
        db,
        Entity::visible(viewer),
        condition,
        Column::ApplyBy,
        false,
        Column::Id,
        request,
    )
    .await
}

/// The permits that enterprises hold, by the day by which they are applied for.
pub async fn held_by(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let select = Entity::visible(viewer)
        .filter(Column::WithdrawnOn.is_null())
        .order_by_asc(Column::ApplyBy)
        .order_by_asc(Column::Id);
    of_keys(db, select, Column::EnterpriseId, enterprises).await
}
