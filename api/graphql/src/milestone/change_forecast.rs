//! `milestoneChangeForecast`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Date,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::milestone::{
    commands::{self, ChangeForecast},
    rules::MilestoneError,
};

use super::Milestone;

/// A new forecast and its reason.
#[derive(Clone, Debug, InputObject)]
pub struct MilestoneChangeForecastInput {
    /// The milestone.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// The day now expected.
    pub forecast_on: Date,
    /// Why, up to 1000 characters.
    pub reason: String,
}

payload! {
    /// The answer of `milestoneChangeForecast`.
    MilestoneChangeForecastPayload, MilestoneChangeForecastUserError, Coded<entity::milestone::rules::MilestoneError>, MilestoneError,
    /// The milestone with its new forecast; null when it was refused.
    milestone: Milestone
}

/// Changing forecasts.
#[derive(Default)]
pub struct ChangeForecastMutation;

#[Object]
impl ChangeForecastMutation {
    /// Changes the day on which a milestone is expected, with a reason; the first plan stays (变更预计日期).
    async fn milestone_change_forecast(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The milestone, the day and the reason.")]
        input: MilestoneChangeForecastInput,
    ) -> Result<MilestoneChangeForecastPayload> {
        let input = ChangeForecast {
            target: super::target(&input.id, input.expected_version)?,
            forecast_on: input.forecast_on.into(),
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::change_forecast(&store, &viewer, input).await
        })
        .await
    }
}
