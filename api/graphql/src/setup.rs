//! The first steps of a new park.

use api_door::{
    coded::Coded,
    operation::{store, viewer},
};
use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{
    setup::{Step, repository::first_steps},
    viewer::Role,
};

use super::Settings;

/// One of the first steps of a new park.
#[derive(SimpleObject)]
pub struct SetupItem {
    /// The step.
    step: Coded<Step>,
    /// Who takes it.
    by: Coded<Role>,
    /// Whether it is done.
    done: bool,
}

/// Reads of first steps.
#[derive(Default)]
pub struct SetupQuery;

#[Object]
impl SetupQuery {
    /// What leads from an empty installation to a running park, in the order in which it is done, as long as a step of it is open: for ADMIN
    /// all steps, for CENTRE its own. Empty for everybody else, and once everything is done.
    #[graphql(complexity = "9 * child_complexity")]
    async fn setup(&self, ctx: &Context<'_>) -> Result<Vec<SetupItem>> {
        let delivers = ctx.data::<Settings>()?.delivers;
        let steps = first_steps(store(ctx), viewer(ctx), delivers).await?;
        let item = |(step, done): (Step, bool)| SetupItem {
            step: step.into(),
            by: step.by().into(),
            done,
        };
        Ok(steps.into_iter().map(item).collect())
    }
}
