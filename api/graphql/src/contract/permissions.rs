//! What the viewer may do with a contract, as it was asked before `commands`.

use api_door::operation::viewer;
use async_graphql::{Context, Object};
use entity::{
    contract::{self, rules},
    error::{Explain, Fault},
    permission::Action,
};

/// What the viewer may do with a contract today: what his role allows and the state of the contract.
pub struct ContractPermissions {
    pub(super) contract: contract::Model,
    pub(super) manages: bool,
    pub(super) approves: bool,
    pub(super) begins: bool,
}

impl ContractPermissions {
    fn can(&self, step: rules::Move) -> bool {
        let allowed = match step.action() {
            Action::ApproveContract => self.approves,
            _ => self.manages,
        };
        allowed && rules::after(self.contract.state, step).is_some()
    }
}

/// What the viewer may do with a contract today: what his role allows and the state of the contract.
#[Object]
impl ContractPermissions {
    /// Change the draft, or lay it before the leaders.
    async fn can_submit_for_review(&self) -> bool {
        self.can(rules::Move::Review)
    }

    /// Approve it.
    async fn can_approve(&self) -> bool {
        self.can(rules::Move::Approve)
    }

    /// Record the signatures.
    async fn can_sign(&self) -> bool {
        self.can(rules::Move::Sign)
    }

    /// Bring it into force.
    async fn can_activate(&self) -> bool {
        self.manages && self.begins
    }

    /// Begin an amendment.
    async fn can_begin_amendment(&self) -> bool {
        self.can(rules::Move::BeginAmendment)
    }

    /// Amend clauses and promises, and complete the amendment.
    async fn can_amend(&self) -> bool {
        self.can(rules::Move::FinishAmendment)
    }

    /// Suspend it.
    async fn can_suspend(&self) -> bool {
        self.can(rules::Move::Suspend)
    }

    /// Resume it.
    async fn can_resume(&self) -> bool {
        self.can(rules::Move::Resume)
    }

    /// Terminate it early, or discard the draft.
    async fn can_terminate(&self) -> bool {
        self.can(rules::Move::Terminate)
    }

    /// Draft its successor.
    async fn can_renew(&self) -> bool {
        self.can(rules::Move::Renew)
    }

    /// Why nothing at all can be done: the viewer's role, or it has ended; null when something can.
    async fn reason_if_not(&self, ctx: &Context<'_>) -> Option<String> {
        let language = viewer(ctx).language();
        if !(self.manages || self.approves) {
            return Some(Fault::Forbidden.explain(language));
        }
        let possible = self.begins || rules::Move::ALL.into_iter().any(|step| self.can(step));
        (!possible).then(|| {
            let text = rules::MoveError::WrongState.explain();
            text.in_language(language).to_owned()
        })
    }
}
