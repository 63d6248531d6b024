//! The steps of a contract, each from the version that the person has seen to the next.

use api_door::{
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    commitment::commands::renew_contract,
    contract::{
        commands::{
            AmendClause, ChangeDraft, Sign, SubmitForReview, Target, WithReason, amend_begin,
            amend_clause, amend_finish, approve, change_draft, sign, submit_for_review,
        },
        rules::{DraftError, MoveError, Terms},
    },
    obligation::commands::{
        Suspend, activate_contract, resume_contract, suspend_contract, terminate_contract,
    },
};

use super::{ClauseInput, Contract, DraftErrorCode, MoveErrorCode};

/// Defines a step: `Mutation: field(Input { what it needs }) -> Payload, UserError, Code, Error;` and how the command is made from
/// the target and the input, and which command it is.
macro_rules! step {
    (
        $(#[$what:meta])*
        $mutation:ident: $name:ident($input:ident { $($(#[$needs:meta])* $field:ident: $kind:ty,)* })
            -> $payload:ident, $error:ident, $code:ty, $refused:ty;
        |$target:ident, $given:ident| $made:expr => $command:path
    ) => {
        /// The contract, and what the step needs.
        #[derive(Clone, Debug, InputObject)]
        pub struct $input {
            /// The contract.
            pub id: ID,
            /// Its version as seen; CONFLICT when it has changed since.
            pub expected_version: i32,
            $($(#[$needs])* pub $field: $kind,)*
            /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
            pub idempotency_key: Option<String>,
        }

        payload! {
            /// The contract after the step, or the reasons why nothing changed.
            $payload, $error, $code, $refused,
            /// The contract after the step; null when it was refused.
            contract: Contract
        }

        $(#[$what])*
        #[derive(Default)]
        pub struct $mutation;

        #[Object]
        impl $mutation {
            $(#[$what])*
            async fn $name(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "The contract, and what the step needs.")] input: $input,
            ) -> Result<$payload> {
                let $target = Target {
                    id: Kind::Contract.require(&input.id)?,
                    expected_version: input.expected_version,
                };
                let $given = input;
                command(ctx, $made, |store, viewer, input| async move {
                    $command(&store, &viewer, input).await
                })
                .await
            }
        }
    };
}

step! {
    /// Changes a draft. What has gone to review changes no more; what is signed changes only by amendment.
    ChangeDraftMutation: contract_change_draft(ContractChangeDraftInput {
        /// Party A's executing unit (甲方).
        park_party: String,
        /// The post of who signs for the park.
        park_signatory: Option<String>,
        /// The post of who signs for the enterprise.
        enterprise_signatory: Option<String>,
        /// First day of the term.
        starts_on: Date,
        /// Last day of the term.
        ends_on: Date,
        /// Clauses to change or to add; the others stay as they are.
        #[graphql(default)]
        clauses: Vec<ClauseInput>,
    }) -> ContractChangeDraftPayload, ContractChangeDraftUserError, DraftErrorCode, DraftError;
    |target, input| ChangeDraft {
        target,
        terms: Terms {
            park_party: input.park_party,
            park_signatory: input.park_signatory,
            enterprise_signatory: input.enterprise_signatory,
            starts_on: input.starts_on.into(),
            ends_on: input.ends_on.into(),
            clauses: input.clauses.into_iter().map(Into::into).collect(),
        },
    } => change_draft
}

step! {
    /// Records the two opinions and lays a draft before the leaders (提交审查).
    SubmitForReviewMutation: contract_submit_for_review(ContractSubmitForReviewInput {
        /// The opinion on legality (合法性审查意见), up to 2000 characters.
        legality_opinion: String,
        /// The opinion on fair competition (公平竞争审查意见), up to 2000 characters.
        fair_competition_opinion: String,
    }) -> ContractSubmitForReviewPayload, ContractSubmitForReviewUserError, MoveErrorCode, MoveError;
    |target, input| SubmitForReview {
        target,
        legality_opinion: input.legality_opinion,
        fair_competition_opinion: input.fair_competition_opinion,
    } => submit_for_review
}

step! {
    /// A leader approves a reviewed contract (领导批准).
    ApproveMutation: contract_approve(ContractApproveInput {})
        -> ContractApprovePayload, ContractApproveUserError, MoveErrorCode, MoveError;
    |target, _input| target => approve
}

step! {
    /// Records the signatures of an approved contract and locks it (签署).
    SignMutation: contract_sign(ContractSignInput {
        /// The day of the signatures.
        signed_on: Date,
        /// The post of who signed for the park; as drafted when not given.
        park_signatory: Option<String>,
        /// The post of who signed for the enterprise; as drafted when not given.
        enterprise_signatory: Option<String>,
    }) -> ContractSignPayload, ContractSignUserError, MoveErrorCode, MoveError;
    |target, input| Sign {
        target,
        signed_on: input.signed_on.into(),
        park_signatory: input.park_signatory,
        enterprise_signatory: input.enterprise_signatory,
    } => sign
}

step! {
    /// Brings a signed contract into force inside its term (生效); on its first day this happens by itself.
    ActivateMutation: contract_activate(ContractActivateInput {})
        -> ContractActivatePayload, ContractActivateUserError, MoveErrorCode, MoveError;
    |target, _input| target => activate_contract
}

step! {
    /// Begins an amendment (启动变更).
    AmendBeginMutation: contract_amend_begin(ContractAmendBeginInput {
        /// Why, up to 1000 characters.
        reason: String,
    }) -> ContractAmendBeginPayload, ContractAmendBeginUserError, MoveErrorCode, MoveError;
    |target, input| WithReason { target, reason: input.reason } => amend_begin
}

step! {
    /// Puts a new revision of a clause into force and keeps the one before (变更条款).
    AmendClauseMutation: contract_amend_clause(ContractAmendClauseInput {
        /// The clause as it reads from today; the next free number adds one.
        clause: ClauseInput,
        /// Why, up to 1000 characters.
        reason: String,
    }) -> ContractAmendClausePayload, ContractAmendClauseUserError, MoveErrorCode, MoveError;
    |target, input| AmendClause {
        target,
        clause: input.clause.into(),
        reason: input.reason,
    } => amend_clause
}

step! {
    /// Completes an amendment (完成变更).
    AmendFinishMutation: contract_amend_finish(ContractAmendFinishInput {})
        -> ContractAmendFinishPayload, ContractAmendFinishUserError, MoveErrorCode, MoveError;
    |target, _input| target => amend_finish
}

step! {
    /// Holds a contract because both sides agreed (中止). Its open promises are paused from today; what the law sets, what is
    /// overdue and what is due on the same day go on.
    SuspendMutation: contract_suspend(ContractSuspendInput {
        /// Why, up to 1000 characters.
        reason: String,
        /// The paper in which both sides agreed, uploaded before.
        document_id: ID,
    }) -> ContractSuspendPayload, ContractSuspendUserError, MoveErrorCode, MoveError;
    |target, input| Suspend {
        target,
        reason: input.reason,
        document_id: Kind::Document.require(&input.document_id)?,
    } => suspend_contract
}

step! {
    /// Goes on with a suspended contract (恢复履行). What the suspension paused runs again from tomorrow.
    ResumeMutation: contract_resume(ContractResumeInput {})
        -> ContractResumePayload, ContractResumeUserError, MoveErrorCode, MoveError;
    |target, _input| target => resume_contract
}

step! {
    /// Ends a contract before its time, or gives up a draft (终止). What is still owed under it is cancelled.
    TerminateMutation: contract_terminate(ContractTerminateInput {
        /// Why, up to 1000 characters.
        reason: String,
    }) -> ContractTerminatePayload, ContractTerminateUserError, MoveErrorCode, MoveError;
    |target, input| WithReason { target, reason: input.reason } => terminate_contract
}

step! {
    /// Drafts the successor of a contract in force for the term that follows (续签).
    RenewMutation: contract_renew(ContractRenewInput {})
        -> ContractRenewPayload, ContractRenewUserError, DraftErrorCode, DraftError;
    |target, _input| target => renew_contract
}
