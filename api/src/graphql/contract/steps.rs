//! The steps of a contract that need nothing but the contract, or the contract and a reason.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    contract::commands::{self, Target, WithReason},
    obligation,
};

use super::{Contract, MoveErrorCode};
use crate::graphql::{
    error::{command, payload},
    scalar::Kind,
};

/// The contract of `contractApprove`.
#[derive(Clone, Debug, InputObject)]
pub struct ContractApproveInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
}

payload! {
    /// The answer of `contractApprove`.
    ContractApprovePayload, ContractApproveUserError, MoveErrorCode, entity::contract::rules::MoveError,
    /// The contract after the step; null when it was refused.
    contract: Contract
}

/// The contract of `contractActivate`.
#[derive(Clone, Debug, InputObject)]
pub struct ContractActivateInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
}

payload! {
    /// The answer of `contractActivate`.
    ContractActivatePayload, ContractActivateUserError, MoveErrorCode, entity::contract::rules::MoveError,
    /// The contract after the step; null when it was refused.
    contract: Contract
}

/// The contract and the reason of `contractAmendBegin`.
#[derive(Clone, Debug, InputObject)]
pub struct ContractAmendBeginInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
    /// Why, up to 1000 characters.
    pub reason: String,
}

payload! {
    /// The answer of `contractAmendBegin`.
    ContractAmendBeginPayload, ContractAmendBeginUserError, MoveErrorCode, entity::contract::rules::MoveError,
    /// The contract after the step; null when it was refused.
    contract: Contract
}

/// The contract of `contractAmendFinish`.
#[derive(Clone, Debug, InputObject)]
pub struct ContractAmendFinishInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
}

payload! {
    /// The answer of `contractAmendFinish`.
    ContractAmendFinishPayload, ContractAmendFinishUserError, MoveErrorCode, entity::contract::rules::MoveError,
    /// The contract after the step; null when it was refused.
    contract: Contract
}

/// The contract and the reason of `contractSuspend`.
#[derive(Clone, Debug, InputObject)]
pub struct ContractSuspendInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
    /// Why, up to 1000 characters.
    pub reason: String,
}

payload! {
    /// The answer of `contractSuspend`.
    ContractSuspendPayload, ContractSuspendUserError, MoveErrorCode, entity::contract::rules::MoveError,
    /// The contract after the step; null when it was refused.
    contract: Contract
}

/// The contract of `contractResume`.
#[derive(Clone, Debug, InputObject)]
pub struct ContractResumeInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
}

payload! {
    /// The answer of `contractResume`.
    ContractResumePayload, ContractResumeUserError, MoveErrorCode, entity::contract::rules::MoveError,
    /// The contract after the step; null when it was refused.
    contract: Contract
}

/// The contract and the reason of `contractTerminate`.
#[derive(Clone, Debug, InputObject)]
pub struct ContractTerminateInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
    /// Why, up to 1000 characters.
    pub reason: String,
}

payload! {
    /// The answer of `contractTerminate`.
    ContractTerminatePayload, ContractTerminateUserError, MoveErrorCode, entity::contract::rules::MoveError,
    /// The contract after the step; null when it was refused.
    contract: Contract
}

/// The steps of a contract.
#[derive(Default)]
pub struct StepMutation;

#[Object]
impl StepMutation {
    /// A leader approves a reviewed contract (领导批准).
    async fn contract_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract.")] input: ContractApproveInput,
    ) -> Result<ContractApprovePayload> {
        let target = Target {
            id: Kind::Contract.require(&input.id)?,
            expected_version: input.expected_version,
        };
        command(ctx, target, |store, viewer, input| async move {
            commands::approve(&store, &viewer, input).await
        })
        .await
    }

    /// Brings a signed contract into force inside its term (生效); on its first day this happens by itself.
    async fn contract_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract.")] input: ContractActivateInput,
    ) -> Result<ContractActivatePayload> {
        let target = Target {
            id: Kind::Contract.require(&input.id)?,
            expected_version: input.expected_version,
        };
        command(ctx, target, |store, viewer, input| async move {
            obligation::commands::activate_contract(&store, &viewer, input).await
        })
        .await
    }

    /// Begins an amendment (启动变更).
    async fn contract_amend_begin(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract and the reason.")] input: ContractAmendBeginInput,
    ) -> Result<ContractAmendBeginPayload> {
        let target = Target {
            id: Kind::Contract.require(&input.id)?,
            expected_version: input.expected_version,
        };
        let input = WithReason {
            target,
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::amend_begin(&store, &viewer, input).await
        })
        .await
    }

    /// Completes an amendment (完成变更).
    async fn contract_amend_finish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract.")] input: ContractAmendFinishInput,
    ) -> Result<ContractAmendFinishPayload> {
        let target = Target {
            id: Kind::Contract.require(&input.id)?,
            expected_version: input.expected_version,
        };
        command(ctx, target, |store, viewer, input| async move {
            commands::amend_finish(&store, &viewer, input).await
        })
        .await
    }

    /// Holds a contract (中止).
    async fn contract_suspend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract and the reason.")] input: ContractSuspendInput,
    ) -> Result<ContractSuspendPayload> {
        let target = Target {
            id: Kind::Contract.require(&input.id)?,
            expected_version: input.expected_version,
        };
        let input = WithReason {
            target,
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::suspend(&store, &viewer, input).await
        })
        .await
    }

    /// Goes on with a suspended contract (恢复履行).
    async fn contract_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract.")] input: ContractResumeInput,
    ) -> Result<ContractResumePayload> {
        let target = Target {
            id: Kind::Contract.require(&input.id)?,
            expected_version: input.expected_version,
        };
        command(ctx, target, |store, viewer, input| async move {
            commands::resume(&store, &viewer, input).await
        })
        .await
    }

    /// Ends a contract before its time, or gives up a draft (终止). What is still owed under it is cancelled.
    async fn contract_terminate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract and the reason.")] input: ContractTerminateInput,
    ) -> Result<ContractTerminatePayload> {
        let target = Target {
            id: Kind::Contract.require(&input.id)?,
            expected_version: input.expected_version,
        };
        let input = WithReason {
            target,
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            obligation::commands::terminate_contract(&store, &viewer, input).await
        })
        .await
    }
}
