//! Obligations as what time limits are on.

use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, DatabaseExecutor, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    prelude::Uuid, sea_query::SelectStatement,
};

use super::{Column, Entity, Model};
use crate::{
    commitment::{self, Owner},
    enterprise,
    error::Fault,
    link,
    page::of_keys,
    subject::{Answers, Found, Kind, Subject},
    table::Visible,
    viewer::Viewer,
};

/// Obligations (履约事项).
#[derive(Debug)]
pub struct Obligations;

impl Obligations {
    /// Their name as what time limits are on.
    pub const NAME: &'static str = "OBLIGATION";
}

impl Kind for Obligations {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn limits(&self, viewer: &Viewer) -> SelectStatement {
        Entity::find()
            .select_only()
            .column(Column::DeadlineId)
            .filter(Entity::visible_to(viewer))
            .into_query()
    }

    fn within<'a>(
        &'a self,
        db: &'a DatabaseExecutor<'a>,
        viewer: &'a Viewer,
        limits: &'a [Uuid],
    ) -> Found<'a> {
        Box::pin(async move {
            let rows = of_keys(db, Entity::visible(viewer), Column::DeadlineId, limits).await?;
            subjects(db, viewer, &rows).await
        })
    }
}

/// What these are as subjects, by the time limit.
pub(super) async fn subjects(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    rows: &[Model],
) -> Result<HashMap<Uuid, Subject>, Fault> {
    let keys = |of: fn(&Model) -> Uuid| -> Vec<Uuid> {
        let mut keys: Vec<Uuid> = rows.iter().map(of).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    let promises = keys(|row| row.commitment_id);
    let found = commitment::Entity::find();
    let promises: HashMap<Uuid, commitment::Model> =
        of_keys(db, found, commitment::Column::Id, &promises)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
    let enterprises = keys(|row| row.enterprise_id);
    let names: HashMap<Uuid, String> = enterprise::Entity::of_ids(db, viewer, &enterprises)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name_zh))
        .collect();
    let of = |row: &Model| {
        let promise = promises.get(&row.commitment_id)?;
        let subject = Subject {
            kind: Obligations::NAME,
            id: row.id,
            key: row.id,
            title: promise.words(),
            occasion: row.occasion.clone(),
            enterprise_id: Some(row.enterprise_id),
            enterprise: names.get(&row.enterprise_id).cloned().unwrap_or_default(),
            is_promise: true,
            contract_id: Some(row.contract_id),
            legal_basis: promise.legal_basis.clone(),
            answers: answers(promise.owner, promise.department_id),
            why: promise.owner.why(),
            department_id: promise.department_id,
            is_announced: false,
            ending: None,
            path: link::obligation(row.id),
            version: row.version,
        };
        Some((row.deadline_id, subject))
    };
    Ok(rows.iter().filter_map(of).collect())
}

/// Who has to keep a promise that this owner gave, and this department.
pub(super) fn answers(owner: Owner, department_id: Option<Uuid>) -> Answers {
    match (owner, department_id) {
        (Owner::Liaison, _) => Answers::Liaison,
        (Owner::Department, Some(department)) => Answers::Department(department),
        (Owner::Centre | Owner::Department, _) => Answers::Centre,
    }
}
