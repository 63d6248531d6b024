//! Rectification (整改): the work that a low mark opens for the department that was rated, from the call-back to the follow-up rating, or
//! the word of the supervisor, that ends it.

use sea_orm::entity::prelude::*;

use crate::{language::Text, term::term};

pub mod commands;
pub mod repository;
pub mod rules;
pub mod subject;

term! {
    /// Where a rectification stands.
    pub enum State as "RectificationState" in "String(StringLen::N(10))" {
        /// The department has been told, nobody has called back.
        Open = "OPEN", "待联系", "Call-back due";
        /// The mark has been talked about.
        Contacted = "CONTACTED", "已联系", "Called back";
        /// The department has said what it found.
        Verified = "VERIFIED", "已核实", "Verified";
        /// The department says that the mark is mistaken or malicious.
        Appealed = "APPEALED", "申诉中", "Appealed";
        /// The mark stands and has to be resolved.
        Upheld = "UPHELD", "评价维持", "Rating upheld";
        /// The mark does not count.
        Excluded = "EXCLUDED", "评价剔除", "Excluded";
        /// It is decided what to do.
        Rectifying = "RECTIFYING", "整改中", "Being rectified";
        /// The department has replied, and is rated again.
        FedBack = "FED_BACK", "已反馈", "Replied";
        /// The reply did not satisfy.
        Reopened = "REOPENED", "重新整改", "Reopened";
        /// The reply satisfied.
        Closed = "CLOSED", "已办结", "Closed";
        /// The second reply did not satisfy either; the supervisor has it.
        Supervised = "SUPERVISED", "已督办", "With the supervisor";
        /// The supervisor has ended it with a written conclusion.
        Settled = "SETTLED", "督办结案", "Concluded by the supervisor";
    }
}

impl State {
    /// Those in which somebody still has something to do.
    pub const UNDER_WAY: [Self; 9] = [
        Self::Open,
        Self::Contacted,
        Self::Verified,
        Self::Appealed,
        Self::Upheld,
        Self::Rectifying,
        Self::FedBack,
        Self::Reopened,
        Self::Supervised,
    ];

    /// Whether nothing more happens to it here.
    pub fn is_over(self) -> bool {
        !Self::UNDER_WAY.contains(&self)
    }
}

term! {
    /// What the department found.
    pub enum Verification as "RectificationVerification" in "String(StringLen::N(9))" {
        /// What was said is so.
        True = "TRUE", "属实", "True";
        /// Part of it is so.
        Partly = "PARTLY", "部分属实", "Partly true";
        /// It is a mistake: to be appealed.
        Mistaken = "MISTAKEN", "误评", "Mistaken";
        /// It was said in bad faith: to be appealed.
        Malicious = "MALICIOUS", "恶意评价", "Malicious";
    }
}

impl Verification {
    /// Whether there is something to be rectified.
    pub fn is_founded(self) -> bool {
        matches!(self, Self::True | Self::Partly)
    }
}

term! {
    /// How much there is to do.
    pub enum Complexity as "RectificationComplexity" in "String(StringLen::N(7))" {
        /// Five working days.
        Simple = "SIMPLE", "简单问题", "Simple";
        /// Fifteen working days.
        Complex = "COMPLEX", "复杂问题", "Complex";
    }
}

/// One rectification.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rectification")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The evaluation in which the department scored low; none when a single service was rated badly.
    pub evaluation_id: Option<Uuid>,
    /// The service that was rated badly.
    #[sea_orm(unique)]
    pub obligation_id: Option<Uuid>,
    /// Who rated it.
    pub enterprise_id: Option<Uuid>,
    /// The department that was rated; none when the service centre was.
    pub department_id: Option<Uuid>,
    /// What was rated as it was called, and the figure of a low score; Chinese.
    pub about_zh: String,
    /// English.
    pub about_en: String,
    /// Where it stands.
    pub state: State,
    /// Whether a reply did not satisfy: it happens once.
    pub reopened: bool,
    /// By when somebody calls back.
    pub contact_deadline_id: Uuid,
    /// By when the department replies.
    pub reply_deadline_id: Uuid,
    /// What was said at the call-back.
    pub contact: Option<String>,
    /// What the department found.
    pub verification: Option<Verification>,
    /// In words.
    pub finding: Option<String>,
    /// How much there is to do.
    pub complexity: Option<Complexity>,
    /// What is going to be done.
    pub plan: Option<String>,
    /// What was done.
    pub reply: Option<String>,
    /// Why the mark should not count.
    pub appeal: Option<String>,
    /// What is proposed on the appeal: that the mark does not count.
    pub exclude: Option<bool>,
    /// Why it is proposed.
    pub opinion: Option<String>,
    /// Who proposed it.
    pub proposed_by: Option<Uuid>,
    /// What was decided on the appeal, whatever had been proposed: that the mark does not count.
    pub excluded: Option<bool>,
    /// Who decided: somebody else.
    pub decided_by: Option<Uuid>,
    /// The written conclusion with which the supervisor has ended it.
    pub settlement: Option<String>,
    /// When it was opened.
    pub opened_at: DateTimeUtc,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
    /// Counts the changes.
    pub version: i32,
}

impl Model {
    /// What was rated, and the figure of a low score.
    pub fn about(&self) -> Text {
        Text::new(self.about_zh.clone(), self.about_en.clone())
    }
}

term! {
    /// What a person does to a rectification.
    pub enum Act as "RectificationAct" {
        /// Call back: `rectificationContact`.
        Contact = "CONTACT", "登记回访", "Record the call-back";
        /// Say what was found: `rectificationVerify`.
        Verify = "VERIFY", "登记核实结果", "Record the verification";
        /// Say what is going to be done: `rectificationPlan`.
        Plan = "PLAN", "制定整改措施", "Plan the measures";
        /// Say what was done: `rectificationFeedBack`.
        FeedBack = "FEED_BACK", "反馈整改结果", "Reply";
        /// Say that the rating is mistaken or malicious: `rectificationAppeal`.
        Appeal = "APPEAL", "申诉", "Appeal";
        /// Propose what to decide on the appeal: `rectificationPropose`.
        Propose = "PROPOSE", "拟办申诉", "Propose on the appeal";
        /// Decide on the appeal: `rectificationDecide`.
        Decide = "DECIDE", "裁定申诉", "Decide on the appeal";
        /// Accept or return the reply to a low score: `rectificationConclude`.
        Conclude = "CONCLUDE", "审核反馈", "Review the reply";
        /// Rate the service again: `rectificationRateAgain`.
        RateAgain = "RATE_AGAIN", "再次评价", "Rate again";
        /// End what two replies did not solve: `rectificationSettle`.
        Settle = "SETTLE", "督办结案", "Issue the conclusion";
    }
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
