//! Rectification (整改): the work that a low mark opens for the department that was rated, from the call-back to the follow-up rating, or
//! the word of the supervisor, that ends it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::language::Text;

pub mod commands;
pub mod repository;
pub mod rules;
pub mod subject;

/// Where a rectification stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(10))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// 待联系: the department has been told, nobody has called back.
    Open,
    /// 已联系: the mark has been talked about.
    Contacted,
    /// 已核实: the department has said what it found.
    Verified,
    /// 申诉中: the department says that the mark is mistaken or malicious.
    Appealed,
    /// 评价维持: the mark stands and is worked off.
    Upheld,
    /// 评价剔除: the mark does not count.
    Excluded,
    /// 整改中: it is decided what to do.
    Rectifying,
    /// 已反馈: the department has replied, and is rated again.
    FedBack,
    /// 重新整改: the reply did not satisfy.
    Reopened,
    /// 已办结: the reply satisfied.
    Closed,
    /// 已督办: the second reply did not satisfy either; the supervisor has it.
    Supervised,
    /// 督办结案: the supervisor has ended it with a written word.
    Settled,
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

/// What the department found.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(9))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verification {
    /// 属实.
    True,
    /// 部分属实.
    Partly,
    /// 误评.
    Mistaken,
    /// 恶意评价.
    Malicious,
}

impl Verification {
    /// Whether there is something to be rectified.
    pub fn is_founded(self) -> bool {
        matches!(self, Self::True | Self::Partly)
    }
}

/// How much there is to do.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(7))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Complexity {
    /// 简单: five working days.
    Simple,
    /// 复杂: fifteen working days.
    Complex,
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
    /// The written word with which the supervisor has ended it.
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

/// What a person does to a rectification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// 回访: calls back.
    Contact,
    /// 核实: says what was found.
    Verify,
    /// 制定措施: says what is going to be done, and whether it is simple.
    Plan,
    /// 反馈: says what was done.
    FeedBack,
    /// 申诉: says that the mark is mistaken or malicious.
    Appeal,
    /// 拟办申诉: proposes what to decide.
    Propose,
    /// 裁定申诉: decides.
    Decide,
    /// 审核反馈: in the place of those who rated without a name, accepts the reply or not.
    Conclude,
    /// 再次评价: rates the service again.
    RateAgain,
    /// 督办结案: the supervisor ends what two replies did not solve.
    Settle,
}

impl Act {
    /// All acts, in their order.
    pub const ALL: [Self; 10] = [
        Self::Contact,
        Self::Verify,
        Self::Plan,
        Self::FeedBack,
        Self::Appeal,
        Self::Propose,
        Self::Decide,
        Self::Conclude,
        Self::RateAgain,
        Self::Settle,
    ];
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
