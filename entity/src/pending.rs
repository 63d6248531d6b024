//! Pending decision (待决事项): what waits for a leader, for whoever gave an order, or for the supervisor.

use sea_orm::prelude::Uuid;

use crate::{language::Text, link, term::term};

pub mod repository;

term! {
    /// What has to be decided.
    pub enum Kind as "PendingDecisionKind" {
        /// A contract was reviewed; a leader approves it or returns it.
        Contract = "CONTRACT", "契约待批准", "Contract to approve";
        /// The figures of an evaluation can be approved.
        Evaluation = "EVALUATION", "评议结果待批准", "Evaluation to approve";
        /// What to decide on an objection has been proposed.
        Objection = "OBJECTION", "评议异议待决定", "Objection to decide";
        /// A supervision order has been answered; it is settled, or the department is asked again.
        Supervision = "SUPERVISION", "督办答复待审核", "Supervision answer to review";
        /// A version of an approval item was proposed that means something else by silence; a leader confirms it.
        Item = "ITEM", "默许类别待批准", "Silence class to confirm";
        /// An applicant contests a pause of a case; the supervisor settles it.
        Pause = "PAUSE", "暂停异议待裁定", "Contested pause to settle";
    }
}

/// How many of each kind are shown at once, so that many of one do not hide the others.
pub const MOST_OF_A_KIND: u64 = 5;

/// One decision that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// What has to be decided.
    pub kind: Kind,
    /// The thing.
    pub id: Uuid,
    /// The thing above it: the evaluation of an objection, the case of a pause.
    pub above: Uuid,
    /// What it is called.
    pub name: Text,
    /// Of which enterprise, if of one: its names.
    pub enterprise: Option<(String, Option<String>)>,
}

impl Pending {
    /// The page on which it is decided.
    pub fn path(&self) -> String {
        match self.kind {
            Kind::Contract => link::contract_acts(self.id),
            Kind::Evaluation => link::evaluation(self.id),
            Kind::Objection => format!("{}/objections/{}", link::evaluation(self.above), self.id),
            Kind::Supervision => link::supervision(self.id),
            Kind::Item => link::item(self.id),
            Kind::Pause => link::case(self.above),
        }
    }
}
