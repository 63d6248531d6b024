//! Pause (暂停计时): a stretch of days that the law, or an agreement on paper, takes out of a time limit.

use sea_orm::entity::prelude::*;

use super::LegalEffect;
use crate::{
    command::Choices,
    term::{Term, term},
};

/// One pause.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deadline_pause")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The time limit that it stops.
    pub deadline_id: Uuid,
    /// On what ground.
    pub kind: Kind,
    /// Why, in words.
    pub reason: String,
    /// The written notice.
    pub document_id: Uuid,
    /// The first day that is not counted.
    pub started_on: Date,
    /// The end that the notice names.
    pub expected_end_on: Option<Date>,
    /// The last day that is not counted; absent while the pause lasts.
    pub ended_on: Option<Date>,
}

term! {
    /// The ground of a pause (许可法第四十五条).
    pub enum Kind as "PauseKind" in "String(StringLen::N(12))" {
        /// A hearing.
        Hearing = "HEARING", "听证", "Hearing";
        /// A call for bids.
        Bid = "BID", "招标", "Tender";
        /// An auction.
        Auction = "AUCTION", "拍卖", "Auction";
        /// An inspection.
        Inspect = "INSPECT", "检验", "Inspection";
        /// A test.
        Test = "TEST", "检测", "Test";
        /// Quarantine.
        Quarantine = "QUARANTINE", "检疫", "Quarantine";
        /// An appraisal.
        Appraise = "APPRAISE", "鉴定", "Appraisal";
        /// An expert review.
        Expert = "EXPERT", "专家评审", "Expert review";
        /// Both sides agreed in writing.
        Agreed = "AGREED", "双方约定", "Agreed by both sides";
        /// An appraisal that the deciding body commissions.
        Evaluation = "EVALUATION", "委托评估", "Commissioned evaluation";
        /// Other bodies are asked, where a law takes out that time.
        Consult = "CONSULT", "征求有关部门意见", "Consultation of other bodies";
    }
}

impl Kind {
    /// Whether a promise of a contract can be paused on this ground: others are those of cases alone.
    pub fn is_of_promises(self) -> bool {
        !matches!(self, Self::Evaluation | Self::Consult)
    }

    /// The grounds on which a promise of a contract is paused.
    pub fn of_promises() -> Choices {
        Self::choices(Self::is_of_promises)
    }

    /// The grounds on which a case is paused: those of the catalogue. The park and the applicant agree on none.
    pub fn of_cases() -> Choices {
        Self::choices(|kind| kind != Self::Agreed)
    }

    fn choices(fits: impl Fn(Self) -> bool) -> Choices {
        let mut choices = Choices::of::<Self>();
        let is_one = |code: &str| Self::of_code(code).is_some_and(&fits);
        choices.all.retain(|(code, _)| is_one(code));
        choices
    }

    /// Whether this ground stops a limit of that effect. 行政许可法第四十五条 lists what stops a limit of the law; what two sides agree
    /// stops what one of them has promised.
    pub fn stops(self, effect: LegalEffect) -> bool {
        self != Self::Agreed || effect != LegalEffect::Statutory
    }
}

/// Nothing hangs below a pause.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
