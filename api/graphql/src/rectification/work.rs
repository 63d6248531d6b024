//! `rectificationContact`, `rectificationVerify`, `rectificationPlan`, `rectificationFeedBack`, `rectificationAppeal`: what the department does
//! (DEPARTMENT_HEAD; CENTRE where the service centre was rated).

use api_door::{
    coded::Coded,
    command::{command, payload},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::rectification::{commands, rules::RectificationError};

use super::{Rectification, RectificationErrorCode};

/// A call-back.
#[derive(InputObject)]
pub struct RectificationContactInput {
    /// The rectification.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// What was said, up to 2000 characters.
    note: String,
}

payload! {
    /// The answer of `rectificationContact`.
    RectificationContactPayload, RectificationContactUserError, RectificationErrorCode, RectificationError,
    /// The rectification; null when it was refused.
    rectification: Rectification
}

/// What was found.
#[derive(InputObject)]
pub struct RectificationVerifyInput {
    /// The rectification.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// What was found.
    verification: Coded<entity::rectification::Verification>,
    /// In words, up to 2000 characters.
    finding: String,
}

payload! {
    /// The answer of `rectificationVerify`.
    RectificationVerifyPayload, RectificationVerifyUserError, RectificationErrorCode, RectificationError,
    /// The rectification; null when it was refused.
    rectification: Rectification
}

/// What is going to be done.
#[derive(InputObject)]
pub struct RectificationPlanInput {
    /// The rectification.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// How much there is to do: what is complex is replied to within fifteen working days.
    complexity: Coded<entity::rectification::Complexity>,
    /// What is going to be done, up to 2000 characters.
    plan: String,
}

payload! {
    /// The answer of `rectificationPlan`.
    RectificationPlanPayload, RectificationPlanUserError, RectificationErrorCode, RectificationError,
    /// The rectification; null when it was refused.
    rectification: Rectification
}

/// What was done.
#[derive(InputObject)]
pub struct RectificationFeedBackInput {
    /// The rectification.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// What was done, up to 2000 characters; the enterprise reads it.
    reply: String,
}

payload! {
    /// The answer of `rectificationFeedBack`.
    RectificationFeedBackPayload, RectificationFeedBackUserError, RectificationErrorCode, RectificationError,
    /// The rectification; null when it was refused.
    rectification: Rectification
}

/// An appeal.
#[derive(InputObject)]
pub struct RectificationAppealInput {
    /// The rectification.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// Why the rating should not count, up to 2000 characters.
    reason: String,
}

payload! {
    /// The answer of `rectificationAppeal`.
    RectificationAppealPayload, RectificationAppealUserError, RectificationErrorCode, RectificationError,
    /// The rectification; null when it was refused.
    rectification: Rectification
}

/// The mutations of those who were rated.
#[derive(Default)]
pub struct RectificationWorkMutation;

#[Object]
impl RectificationWorkMutation {
    /// Records the call-back, due within one working day (回访). Every bad rating with a name is called back; to a low score the department gets
    /// in touch with the service centre.
    async fn rectification_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The call-back.")] input: RectificationContactInput,
    ) -> Result<RectificationContactPayload> {
        let target = super::target(&input.id, input.expected_version)?;
        let input = (target, input.note);
        command(ctx, input, |store, viewer, (target, note)| async move {
            commands::contact(&store, &viewer, target, &note).await
        })
        .await
    }

    /// Records what the department found (核实).
    async fn rectification_verify(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was found.")] input: RectificationVerifyInput,
    ) -> Result<RectificationVerifyPayload> {
        let target = super::target(&input.id, input.expected_version)?;
        let input = (target, input.verification.0, input.finding);
        command(
            ctx,
            input,
            |store, viewer, (target, found, words)| async move {
                commands::verify(&store, &viewer, target, found, &words).await
            },
        )
        .await
    }

    /// Records what is going to be done (制定措施). What is complex has ten more working days, if it is said in time.
    async fn rectification_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan.")] input: RectificationPlanInput,
    ) -> Result<RectificationPlanPayload> {
        let target = super::target(&input.id, input.expected_version)?;
        let input = (target, input.complexity.0, input.plan);
        command(
            ctx,
            input,
            |store, viewer, (target, complexity, plan)| async move {
                commands::plan(&store, &viewer, target, complexity, &plan).await
            },
        )
        .await
    }

    /// Replies what was done (反馈): the enterprise is asked to rate again.
    async fn rectification_feed_back(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reply.")] input: RectificationFeedBackInput,
    ) -> Result<RectificationFeedBackPayload> {
        let target = super::target(&input.id, input.expected_version)?;
        let input = (target, input.reply);
        command(ctx, input, |store, viewer, (target, reply)| async move {
            commands::feed_back(&store, &viewer, target, &reply).await
        })
        .await
    }

    /// Appeals a rating that was found mistaken or malicious (申诉): two people of the service centre or the supervisor decide.
    async fn rectification_appeal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The appeal.")] input: RectificationAppealInput,
    ) -> Result<RectificationAppealPayload> {
        let target = super::target(&input.id, input.expected_version)?;
        let input = (target, input.reason);
        command(ctx, input, |store, viewer, (target, reason)| async move {
            commands::appeal(&store, &viewer, target, &reason).await
        })
        .await
    }
}
