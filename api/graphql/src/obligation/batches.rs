//! Obligations by many keys, and what stands beside them, each with one statement.

use std::collections::HashMap;

use api_door::loaders::{Batch, by_id, by_owner};
use chrono::NaiveDate;
use entity::{
    account,
    acknowledgement::repository::resting_for,
    error::Fault,
    liaison,
    obligation::{self, repository, rules},
    permission::Standing,
    store::Store,
    supervision,
    table::Visible,
    viewer::Viewer,
};
use uuid::Uuid;

/// Those departments that have a head who can decide now.
pub struct HeadedDepartments;

impl Batch for HeadedDepartments {
    type Key = Uuid;
    type Value = ();

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        _keys: &[Uuid],
    ) -> Result<HashMap<Uuid, ()>, Fault> {
        let headed = account::repository::headed_departments(store.db()).await?;
        Ok(headed.into_iter().map(|id| (id, ())).collect())
    }
}

by_id! {
    /// Obligations by key.
    ObligationById: obligation::Model = obligation::Entity::of_ids
}

by_owner! {
    /// The open obligations towards enterprises.
    OpenObligationsOfEnterprise: obligation::Model = repository::open_of_enterprises, by |row| row.enterprise_id;
}

/// What was kept last towards enterprises.
pub struct LastKept;

impl Batch for LastKept {
    type Key = Uuid;
    type Value = obligation::Model;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, obligation::Model>, Fault> {
        repository::last_kept(store.db(), viewer, keys).await
    }
}

/// What is still owed and is kept by something recorded elsewhere.
pub struct KeptBy;

impl Batch for KeptBy {
    type Key = rules::Deed;
    type Value = Vec<obligation::Model>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[rules::Deed],
    ) -> Result<HashMap<rules::Deed, Vec<obligation::Model>>, Fault> {
        repository::kept_by(store, viewer, keys).await
    }
}

/// Until when repeats about obligations rest for the viewer.
pub struct RestingUntil;

impl Batch for RestingUntil {
    type Key = Uuid;
    type Value = NaiveDate;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, NaiveDate>, Fault> {
        resting_for(store.db(), viewer, keys, store.today()).await
    }
}

/// For which due dates orders were given about obligations. Only for those who give them.
pub struct OrdersAbout;

impl Batch for OrdersAbout {
    type Key = Uuid;
    type Value = Vec<NaiveDate>;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<NaiveDate>>, Fault> {
        supervision::repository::orders_about(store.db(), keys).await
    }
}

/// Who has to fulfil obligations.
pub struct OwnersOfObligation;

impl Batch for OwnersOfObligation {
    type Key = Uuid;
    type Value = Vec<Uuid>;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<Uuid>>, Fault> {
        repository::responsible(store.db(), keys).await
    }
}

/// How the viewer stands to enterprises.
pub struct StandingTo;

impl Batch for StandingTo {
    type Key = Uuid;
    type Value = Standing;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Standing>, Fault> {
        liaison::repository::standings(store.db(), viewer, keys).await
    }
}
