//! Case (办件): one item of a received application, from its receipt to the delivery of its result. It keeps the version of the item that held
//! when the application was received, and what that says for ever. "case" is a word of SQL, so its table has a longer name.

use sea_orm::entity::prelude::*;

use crate::{
    catalogue::{Outcome, SilenceClass},
    condition::Answers,
    deadline::rules::LightDays,
    term::term,
};

pub mod check;
pub mod clock;
pub mod commands;
pub mod event;
pub mod file;
pub mod material;
pub mod notice;
pub mod pause;
pub mod repository;
pub mod rules;
pub mod subject;

term! {
    /// How far a case has come.
    pub enum State as "CaseState" in "String(StringLen::N(20))" {
        /// It was received; the office looks whether it is complete.
        Received = "RECEIVED", "已收件", "Received";
        /// The applicant was told what is missing.
        CorrectionAsked = "CORRECTION_ASKED", "待补正", "Correction asked for";
        /// It was accepted: the office decides.
        Accepted = "ACCEPTED", "已受理", "Accepted";
        /// By the park's own rule it counts as granted inside the park, until the office confirms it.
        PendingConfirmation = "PENDING_CONFIRMATION", "默许待确认", "Pending confirmation";
        /// It was decided.
        Decided = "DECIDED", "已决定", "Decided";
        /// The result was handed over.
        Delivered = "DELIVERED", "已送达", "Delivered";
        /// The applicant has withdrawn it, or did not complete it in time.
        Ended = "ENDED", "已终止", "Ended";
        /// What was granted was revoked.
        Revoked = "REVOKED", "已撤销", "Revoked";
    }
}

impl State {
    /// In these it is not decided.
    pub const OPEN: [Self; 4] = [
        Self::Received,
        Self::CorrectionAsked,
        Self::Accepted,
        Self::PendingConfirmation,
    ];

    /// Whether it is not decided.
    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }

    /// Whose turn it is.
    pub fn turn(self) -> Turn {
        match self {
            Self::CorrectionAsked => Turn::Applicant,
            Self::Received | Self::Accepted | Self::PendingConfirmation | Self::Decided => {
                Turn::Office
            }
            Self::Delivered | Self::Ended | Self::Revoked => Turn::Nobody,
        }
    }
}

term! {
    /// Who has to do something in a case now.
    pub enum Turn as "CaseTurn" {
        /// The deciding department.
        Office = "OFFICE", "部门", "The office";
        /// The enterprise that applies.
        Applicant = "APPLICANT", "申请人", "The applicant";
        /// Nothing more is to be done.
        Nobody = "NOBODY", "无", "Nobody";
    }
}

term! {
    /// How a case was accepted.
    pub enum Acceptance as "CaseAcceptance" in "String(StringLen::N(8))" {
        /// The office has accepted it.
        Express = "EXPRESS", "明示受理", "Accepted by the office";
        /// Nobody told in time what is missing, so it counts as accepted from its receipt on (行政许可法第三十二条).
        Deemed = "DEEMED", "视为受理", "Deemed accepted";
    }
}

term! {
    /// How the result of a case was handed over.
    pub enum Delivery as "CaseDelivery" in "String(StringLen::N(10))" {
        /// It was collected at the window.
        Window = "WINDOW", "窗口领取", "Collected at the window";
        /// It was sent by post.
        Post = "POST", "邮寄送达", "Sent by post";
        /// It was sent as a file.
        Electronic = "ELECTRONIC", "电子送达", "Sent as a file";
    }
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_case")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number of the application, and the code of the item.
    pub number: String,
    /// The application.
    pub application_id: Uuid,
    /// The item that is applied for.
    pub item_id: Uuid,
    /// The version by which it is decided, for ever.
    pub version_id: Uuid,
    /// Who applies.
    pub enterprise_id: Uuid,
    /// For which project, if for one.
    pub project_id: Option<Uuid>,
    /// The department that decides.
    pub department_id: Uuid,
    /// The officer who has taken it.
    pub officer_id: Option<Uuid>,
    /// The answers by which its limits and its materials follow from the version.
    #[sea_orm(column_type = "Json")]
    pub answers: Answers,
    /// Whether a written promise replaces a material, so that a check follows the grant.
    pub promises: bool,
    /// What silence of the office means.
    pub silence: SilenceClass,
    /// How far it has come.
    pub state: State,
    /// When it was received.
    pub received_at: DateTimeUtc,
    /// On which day in the park.
    pub received_on: Date,
    /// The day from which it counts as accepted.
    pub accepted_on: Option<Date>,
    /// How it was accepted.
    pub acceptance: Option<Acceptance>,
    /// What was proposed, and from the decision on what was decided.
    pub outcome: Option<Outcome>,
    /// Why; of a refusal always.
    pub reasons: Option<String>,
    /// Who proposed it.
    pub proposed_by: Option<Uuid>,
    /// When.
    pub proposed_at: Option<DateTimeUtc>,
    /// Who decided; nobody where silence did, or the applicant ended it.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// On which day in the park.
    pub decided_on: Option<Date>,
    /// The number of the written decision.
    pub paper_number: Option<String>,
    /// Its file.
    pub paper_id: Option<Uuid>,
    /// When the result was handed over.
    pub delivered_on: Option<Date>,
    /// How.
    pub delivery: Option<Delivery>,
    /// The first day on which its clocks stand, while they do.
    pub paused_on: Option<Date>,
    /// The earliest end of its open clocks that the office owes, else that the applicant owes, else of the last one that was open.
    pub due_on: Date,
    /// From when the clocks that the office owes show at least yellow.
    pub yellow_from: Option<Date>,
    /// At least orange.
    pub orange_from: Option<Date>,
    /// At least red.
    pub red_from: Option<Date>,
    /// Black.
    pub black_from: Option<Date>,
    /// Counts the changes.
    pub version: i32,
}

impl Model {
    /// The days on which its light changes.
    pub fn light_days(&self) -> LightDays {
        LightDays {
            yellow_from: self.yellow_from,
            orange_from: self.orange_from,
            red_from: self.red_from,
            black_from: self.black_from,
        }
    }
}

/// What belongs to it are tables of their own.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
