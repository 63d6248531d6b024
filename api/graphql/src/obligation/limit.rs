//! Pausing, resuming and extending the time limit of an obligation.

use api_door::{
    coded::Coded,
    command::{Payload, command, payload},
    operation::store,
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    deadline::rules::{DeadlineError, NewPause},
    obligation::commands::{ChangeLimit, LimitChange, change_limit},
};

use super::Obligation;

/// A pause of the time limit of an obligation.
#[derive(Clone, Debug, InputObject)]
pub struct ObligationPauseInput {
    /// The obligation.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// On what ground (暂停事由).
    pub kind: Coded<entity::deadline::pause::Kind>,
    /// Why, in words, up to 1000 characters.
    pub reason: String,
    /// The written notice, uploaded before.
    pub document_id: ID,
    /// The first day that is not counted; today when not given.
    pub started_on: Option<Date>,
    /// The end that the notice names.
    pub expected_end_on: Option<Date>,
}

payload! {
    /// The answer of `obligationPause`.
    ObligationPausePayload, ObligationPauseUserError, Coded<entity::deadline::rules::DeadlineError>, DeadlineError,
    /// The obligation with its paused limit; null when it was refused.
    obligation: Obligation
}

/// The end of a pause.
#[derive(Clone, Debug, InputObject)]
pub struct ObligationResumeInput {
    /// The obligation.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// The last day that is not counted.
    pub ended_on: Date,
}

payload! {
    /// The answer of `obligationResume`.
    ObligationResumePayload, ObligationResumeUserError, Coded<entity::deadline::rules::DeadlineError>, DeadlineError,
    /// The obligation with its running limit; null when it was refused.
    obligation: Obligation
}

/// The one extension of a time limit.
#[derive(Clone, Debug, InputObject)]
pub struct ObligationExtendInput {
    /// The obligation.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// By how many days, in the unit of the limit, counted from the old due date.
    pub days: i32,
    /// Why, up to 1000 characters.
    pub reason: String,
}

payload! {
    /// The answer of `obligationExtend`.
    ObligationExtendPayload, ObligationExtendUserError, Coded<entity::deadline::rules::DeadlineError>, DeadlineError,
    /// The obligation with its longer limit; null when it was refused.
    obligation: Obligation
}

/// What happens to the time limits of obligations.
#[derive(Default)]
pub struct LimitMutation;

#[Object]
impl LimitMutation {
    /// Pauses the time limit of an obligation on a ground that the law or both sides give, with a written notice (暂停计时).
    async fn obligation_pause(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and the pause.")] input: ObligationPauseInput,
    ) -> Result<ObligationPausePayload> {
        let started_on = input.started_on.map(Into::into);
        let pause = NewPause {
            kind: input.kind.0,
            reason: input.reason,
            document_id: Kind::Document.require(&input.document_id)?,
            started_on: started_on.unwrap_or_else(|| store(ctx).today()),
            expected_end_on: input.expected_end_on.map(Into::into),
        };
        change(
            ctx,
            &input.id,
            input.expected_version,
            LimitChange::Pause(pause),
        )
        .await
    }

    /// Lets a paused time limit run again: the due date moves by the days of the pause (恢复计时).
    async fn obligation_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and the end of the pause.")] input: ObligationResumeInput,
    ) -> Result<ObligationResumePayload> {
        let resume = LimitChange::Resume(input.ended_on.into());
        change(ctx, &input.id, input.expected_version, resume).await
    }

    /// Extends the time limit of an obligation, once and before it expires (延期). What the law sets is extended by the head of the
    /// department in charge, by the days of its rule at most; a promise by whoever handles it, as far as the park lets him, and beyond
    /// that by the service centre. The enterprise is told.
    async fn obligation_extend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and the extension.")] input: ObligationExtendInput,
    ) -> Result<ObligationExtendPayload> {
        let extend = LimitChange::Extend {
            // What is less than one day is refused by the rule.
            days: u32::try_from(input.days).unwrap_or(0),
            reason: input.reason,
        };
        change(ctx, &input.id, input.expected_version, extend).await
    }
}

async fn change<P>(
    ctx: &Context<'_>,
    id: &ID,
    expected_version: i32,
    change: LimitChange,
) -> Result<P>
where
    P: Payload<Refused = DeadlineError, Object = Obligation>,
{
    let input = ChangeLimit {
        id: Kind::Obligation.require(id)?,
        expected_version,
        change,
    };
    command(ctx, input, |store, viewer, input| async move {
        change_limit(&store, &viewer, input).await
    })
    .await
}
