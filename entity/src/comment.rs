//! Comment (留言): what people write about an obligation, a contract or a project: among the park alone, or shared with the enterprise.

use sea_orm::entity::prelude::*;

use crate::term::term;

pub mod commands;
pub mod repository;
pub mod rules;

term! {
    /// Who reads a comment.
    pub enum Audience as "CommentAudience" in "String(StringLen::N(10))" {
        /// The people of the park who see the thing; the enterprise never.
        Internal = "INTERNAL", "内部留言", "Internal";
        /// The enterprise, too.
        Shared = "SHARED", "与企业共享", "Shared with the enterprise";
    }
}

/// What a comment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A contract.
    Contract(Uuid),
    /// An obligation.
    Obligation(Uuid),
    /// A project.
    Project(Uuid),
}

/// One comment. It is never changed; its author may withdraw it for some time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The enterprise of what it is about.
    pub enterprise_id: Uuid,
    /// The contract that it is about, or that of what it is about.
    pub contract_id: Uuid,
    /// The obligation that it is about.
    pub obligation_id: Option<Uuid>,
    /// The project that it is about.
    pub project_id: Option<Uuid>,
    /// Who reads it.
    pub audience: Audience,
    /// What was written; nothing once it is withdrawn.
    pub text: Option<String>,
    /// When.
    pub written_at: DateTimeUtc,
    /// By whom; none when the system did it.
    pub written_by: Option<Uuid>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Grows by one with every change.
    pub version: i32,
}

impl Model {
    /// What it is about.
    pub fn about(&self) -> About {
        match (self.obligation_id, self.project_id) {
            (Some(id), _) => About::Obligation(id),
            (None, Some(id)) => About::Project(id),
            (None, None) => About::Contract(self.contract_id),
        }
    }
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
