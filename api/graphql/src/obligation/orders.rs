//! The orders to answer for an obligation in the API.

use std::collections::HashMap;

use api_door::{
    loaders::Batch,
    row::Row,
    scalar::{Date, DateTime},
};
use async_graphql::{Context, Object, Result};
use entity::{
    error::Fault,
    page::grouped,
    store::Store,
    supervision::{Given, commands::SUPERVISE, repository::given_about},
    viewer::Viewer,
};
use uuid::Uuid;

use crate::liaison::{Official, official};

/// An order to answer in writing for an overdue promise (督办单).
pub struct SupervisionOrder(pub(super) Given);

/// An order to answer in writing for an overdue promise (督办单).
#[Object]
impl SupervisionOrder {
    /// When it was given.
    async fn ordered_at(&self) -> DateTime {
        self.0.at.into()
    }

    /// Who gave it.
    async fn ordered_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        match self.0.by {
            Some(id) => official(ctx, id).await,
            None => Ok(None),
        }
    }

    /// The due date for which it was given.
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// By when the department answers.
    async fn reply_by(&self) -> Date {
        self.0.reply_by.into()
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
}

/// The orders about obligations.
pub struct OrdersOfObligation;

impl Batch for OrdersOfObligation {
    type Key = Uuid;
    type Value = Vec<Given>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<Given>>, Fault> {
        let orders = given_about(store.db(), viewer, keys, SUPERVISE.code).await?;
        Ok(grouped(orders, |order| order.obligation_id))
    }
}
