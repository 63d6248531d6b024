//! Case clock (办件时钟): a time limit of a case, and which of its clocks it is.

use sea_orm::entity::prelude::*;

use crate::term::term;

term! {
    /// A clock of a case.
    pub enum Clock as "CaseClockKind" in "String(StringLen::N(10))" {
        /// The office tells what is missing, or accepts.
        Notice = "NOTICE", "一次告知期限", "One-time notice";
        /// The office decides, by law.
        Statutory = "STATUTORY", "法定办理期限", "Decision by law";
        /// The office decides, as promised.
        Promised = "PROMISED", "承诺办理期限", "Decision as promised";
        /// The applicant completes what is missing.
        Correction = "CORRECTION", "补正期限", "Correction";
        /// The applicant hands in what was allowed to follow.
        Supplement = "SUPPLEMENT", "容缺补交期限", "Materials that follow";
        /// The office hands over the result.
        Delivery = "DELIVERY", "送达期限", "Delivery";
        /// The office confirms what silence has brought about.
        Confirm = "CONFIRM", "默许确认期限", "Confirmation";
        /// The office checks what was promised instead of a material.
        FollowUp = "FOLLOW_UP", "承诺核查期限", "Check of the promise";
    }
}

impl Clock {
    /// Whether the office owes it; the others the applicant does.
    pub fn is_of_office(self) -> bool {
        !matches!(self, Self::Correction | Self::Supplement)
    }

    /// Whether by its end the office decides.
    pub fn is_of_decision(self) -> bool {
        matches!(self, Self::Statutory | Self::Promised)
    }
}

/// One clock of one case.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_clock")]
pub struct Model {
    /// The time limit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub deadline_id: Uuid,
    /// The case.
    pub case_id: Uuid,
    /// Which clock it is.
    pub clock: Clock,
    /// The how manieth of its kind, from 1.
    pub number: i32,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
