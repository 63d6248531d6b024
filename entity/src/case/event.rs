//! Case event (办理记录): what happened to a case, in order: who, when and why. Nothing of it changes or is deleted.

use sea_orm::entity::prelude::*;

use crate::term::term;

term! {
    /// What happened to a case.
    pub enum Kind as "CaseEventKind" in "String(StringLen::N(20))" {
        /// It was received.
        Received = "RECEIVED", "收件", "Received";
        /// An officer has taken it.
        Taken = "TAKEN", "承办", "Taken by an officer";
        /// The office accepted it.
        Accepted = "ACCEPTED", "受理", "Accepted";
        /// Nobody told in time what is missing: it counts as accepted.
        DeemedAccepted = "DEEMED_ACCEPTED", "视为受理", "Deemed accepted";
        /// The applicant was told what is missing.
        CorrectionAsked = "CORRECTION_ASKED", "告知补正", "Correction asked for";
        /// It was handed back to be completed and handed in again.
        HandedBack = "HANDED_BACK", "退回补齐", "Handed back";
        /// The applicant has completed it.
        Corrected = "CORRECTED", "补正", "Corrected";
        /// What was allowed to follow was handed in.
        Followed = "FOLLOWED", "补交容缺材料", "Materials followed";
        /// A line of the checklist was answered.
        Checked = "CHECKED", "核对", "Checked";
        /// Its clocks were paused.
        Paused = "PAUSED", "暂停计时", "Paused";
        /// They run again.
        Resumed = "RESUMED", "恢复计时", "Resumed";
        /// The applicant contests a pause.
        PauseContested = "PAUSE_CONTESTED", "对暂停提出异议", "Pause contested";
        /// The supervisor found the pause right.
        PauseUpheld = "PAUSE_UPHELD", "暂停成立", "Pause upheld";
        /// The supervisor found it wrong: its days count.
        PauseSetAside = "PAUSE_SET_ASIDE", "暂停不成立", "Pause set aside";
        /// The limit of law was extended.
        Extended = "EXTENDED", "依法延长", "Extended by law";
        /// The applicant agrees to a later day than was promised.
        ExtensionAgreed = "EXTENSION_AGREED", "同意延期", "Extension agreed";
        /// What to decide was proposed.
        Proposed = "PROPOSED", "拟办", "Proposed";
        /// It was decided.
        Decided = "DECIDED", "作出决定", "Decided";
        /// Silence has granted it.
        DeemedGranted = "DEEMED_GRANTED", "视为同意", "Deemed granted";
        /// Silence has granted it inside the park, until the office confirms.
        DeemedPending = "DEEMED_PENDING", "默许待确认", "Pending confirmation";
        /// The office has confirmed what silence had brought about.
        Confirmed = "CONFIRMED", "补发文书", "Confirmed";
        /// The result was handed over.
        Delivered = "DELIVERED", "送达", "Delivered";
        /// What was promised instead of a material was found kept.
        PromiseKept = "PROMISE_KEPT", "承诺属实", "Promise kept";
        /// It was found broken.
        PromiseBroken = "PROMISE_BROKEN", "承诺不实", "Promise broken";
        /// The applicant has withdrawn it.
        Withdrawn = "WITHDRAWN", "撤回申请", "Withdrawn";
        /// It was not completed in time.
        Lapsed = "LAPSED", "逾期终止", "Lapsed";
        /// What was granted was revoked.
        Revoked = "REVOKED", "撤销", "Revoked";
    }
}

impl Kind {
    /// What only the office does, and its applicant does not read.
    pub const INSIDE: [Self; 2] = [Self::Checked, Self::Proposed];
}

/// One event of one case.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_event")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case.
    pub case_id: Uuid,
    /// The version of the case that it has led to, by which events are in order.
    pub place: i32,
    /// What happened.
    pub kind: Kind,
    /// When.
    pub at: DateTimeUtc,
    /// Who did it; nobody where the program acted by itself.
    pub account_id: Option<Uuid>,
    /// The run that did it then.
    pub run: Option<String>,
    /// Why, or in which way.
    pub reason: Option<String>,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
