//! The standard promises (标准承诺) in the API: the list in force, its versions, and how it is changed.

use std::collections::HashMap;

use api_door::{
    coded::Coded,
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id},
    operation::{store, viewer},
    page::{self, Connection},
    row::Row,
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, ID, Object, Result};
use entity::{
    commitment::{
        self,
        commands::standard as commands,
        repository::standard as repository,
        rules::Promise,
        standard::{self, tells_why},
    },
    error::Fault,
    store::Store,
    viewer::Viewer,
};

use crate::{
    department::{Department, DepartmentById},
    liaison::{Official, official},
};

/// A version of the promises with which a new contract begins, and every contract that a ledger brings (标准承诺). A version never changes;
/// the newest is in force.
pub struct StandardPromises(standard::Model);

impl From<standard::Model> for StandardPromises {
    fn from(row: standard::Model) -> Self {
        Self(row)
    }
}

/// A version of the promises with which a new contract begins, and every contract that a ledger brings (标准承诺). A version never changes;
/// the newest is in force.
#[Object]
impl StandardPromises {
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        Kind::StandardPromises.id(self.0.id)
    }

    /// Its number, from 1; give that of the newest back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The promises, in the order of their numbers; at most 50.
    #[graphql(complexity = "16 * child_complexity")]
    async fn promises(&self) -> Vec<Row<StandardPromise>> {
        let promises = (1..).zip(&self.0.promises.0);
        promises
            .map(|(number, promise)| StandardPromise {
                number,
                promise: promise.clone(),
            })
            .map(Row)
            .collect()
    }

    /// Why it was changed (CENTRE, LEADER, SUPERVISOR); null for the one that the product ships.
    async fn reason(&self, ctx: &Context<'_>) -> Option<&str> {
        let reason = self.0.reason.as_deref();
        reason.filter(|_| tells_why(viewer(ctx)))
    }

    /// Who changed it (CENTRE, LEADER, SUPERVISOR); null for the one that the product ships.
    async fn adopted_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        let by = self.0.adopted_by.filter(|_| tells_why(viewer(ctx)));
        official(ctx, by).await
    }

    /// Since when contracts begin with it; null for the one that the product ships.
    async fn adopted_at(&self) -> Option<DateTime> {
        self.0.adopted_at.map(Into::into)
    }

    /// The commands for it: whether the viewer may give each one now, and why not. None for a version that is no longer in force.
    #[graphql(complexity = "3 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let newest = loaders::one::<NewestVersion>(ctx, ()).await?;
        if newest != Some(self.0.version) {
            return Ok(Vec::new());
        }
        let offers = commands::offered(viewer(ctx), &self.0);
        Ok(offered(ctx, offers, None))
    }
}

by_id! {
    /// Versions of the standard promises by key.
    StandardPromisesById: standard::Model = repository::of_ids
}

/// The version in force.
pub struct NewestVersion;

impl Batch for NewestVersion {
    type Key = ();
    type Value = i32;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        _keys: &[()],
    ) -> std::result::Result<HashMap<(), i32>, Fault> {
        let newest = repository::newest(store.db()).await?;
        Ok(HashMap::from([((), newest.version)]))
    }
}

/// A promise with which a new contract begins (标准承诺).
pub struct StandardPromise {
    number: i32,
    promise: Promise,
}

/// A promise with which a new contract begins (标准承诺).
#[Object]
impl StandardPromise {
    /// Its number in the standard contract.
    async fn number(&self) -> i32 {
        self.number
    }

    /// How often it falls due.
    async fn kind(&self) -> Coded<commitment::Kind> {
        self.promise.kind.into()
    }

    /// The period of a recurring promise.
    async fn recurrence(&self) -> Option<Coded<commitment::Recurrence>> {
        self.promise.recurrence.map(Into::into)
    }

    /// What is promised, in Chinese.
    async fn text_zh(&self) -> &str {
        &self.promise.text_zh
    }

    /// What is promised, in English.
    async fn text_en(&self) -> &str {
        &self.promise.text_en
    }

    /// What starts the time limit ("request.received").
    async fn start_event(&self) -> &str {
        &self.promise.start_event
    }

    /// The time limit; 0 is "the same day".
    async fn limit_days(&self) -> i32 {
        self.promise.limit_days
    }

    /// In which days the limit counts.
    async fn unit(&self) -> Coded<entity::deadline::Unit> {
        self.promise.unit.into()
    }

    /// The article of law, for statutory limits.
    async fn legal_basis(&self) -> Option<&str> {
        self.promise.legal_basis.as_deref()
    }

    /// By how many days at most that article lets the limit be extended, once; 0 when it knows no extension.
    async fn extension_days(&self) -> i32 {
        self.promise.extension_days
    }

    /// Who must keep it.
    async fn owner(&self) -> Coded<commitment::Owner> {
        self.promise.owner.into()
    }

    /// The department, when the owner is one.
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Row<Department>>> {
        let Some(id) = self.promise.department_id else {
            return Ok(None);
        };
        let row = loaders::one::<DepartmentById>(ctx, id).await?;
        Ok(row.map(Department).map(Row))
    }

    /// What proves that it was kept ("VISIT_NOTE").
    async fn evidence_kind(&self) -> &str {
        &self.promise.evidence_kind
    }
}

/// Reading the standard promises.
#[derive(Default)]
pub struct StandardPromisesQuery;

#[Object]
impl StandardPromisesQuery {
    /// The promises with which a new contract begins now, and every contract that a ledger brings (标准承诺); or a former version, null when
    /// there is none of this number for the viewer.
    async fn standard_promises(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number of the version; the one in force when left out.")]
        version: Option<i32>,
    ) -> Result<Option<StandardPromises>> {
        let (db, viewer) = (store(ctx).db(), viewer(ctx));
        let found = match version {
            Some(version) => repository::of_version(db, viewer, version).await?,
            None => Some(repository::newest(db).await?),
        };
        Ok(found.map(StandardPromises))
    }

    /// The versions of the standard promises, the newest first (CENTRE, LEADER, SUPERVISOR; others see the one in force). Empty as long as
    /// the list that the product ships has not been changed.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn standard_promises_versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<StandardPromises>> {
        let request = page::request(ctx, first, last, after, before)?;
        let rows = repository::versions(store(ctx).db(), viewer(ctx), &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// Changing the standard promises.
#[derive(Default)]
pub struct StandardPromisesMutation;

#[Object]
impl StandardPromisesMutation {
    /// Adds a promise to the standard list (CENTRE), as its last: contracts drafted or imported from now on contain it (新增标准承诺).
    async fn standard_promises_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The promise.")] input: Input<commands::AddStandard>,
    ) -> Result<Payload<commands::AddStandard, StandardPromises>> {
        run(ctx, input, commands::add).await
    }

    /// Changes a promise of the standard list (CENTRE), for contracts drafted or imported from now on (修改标准承诺).
    async fn standard_promises_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The promise.")] input: Input<commands::ChangeStandard>,
    ) -> Result<Payload<commands::ChangeStandard, StandardPromises>> {
        run(ctx, input, commands::change).await
    }

    /// Takes a promise off the standard list (CENTRE): contracts drafted or imported from now on no longer contain it (删去标准承诺).
    async fn standard_promises_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The promise.")] input: Input<commands::RemoveStandard>,
    ) -> Result<Payload<commands::RemoveStandard, StandardPromises>> {
        run(ctx, input, commands::remove).await
    }
}
