//! Saved filter (常用筛选): what a person filters a list by, kept under a name.

use sea_orm::entity::prelude::*;

use crate::term::term;

pub mod commands;
pub mod repository;
pub mod rules;

term! {
    /// A list for which filters are saved.
    pub enum List as "SavedFilterList" in "String(StringLen::N(20))" {
        /// The obligations.
        Obligations = "OBLIGATIONS", "履约事项", "Obligations";
        /// The cases of the approval hall.
        Cases = "CASES", "办件", "Cases";
        /// The enterprises.
        Enterprises = "ENTERPRISES", "企业", "Enterprises";
        /// The contracts.
        Contracts = "CONTRACTS", "契约", "Contracts";
        /// The projects.
        Projects = "PROJECTS", "项目", "Projects";
        /// The visits and other contacts.
        Visits = "VISITS", "走访联系", "Visits and contacts";
        /// The supervision orders.
        Supervisions = "SUPERVISIONS", "督办单", "Supervision orders";
        /// The rectifications.
        Rectifications = "RECTIFICATIONS", "整改", "Rectifications";
        /// The e-mails.
        Letters = "LETTERS", "邮件", "E-mails";
        /// The people and roles.
        Accounts = "ACCOUNTS", "人员与角色", "People and roles";
        /// The audit trail.
        Audit = "AUDIT", "审计记录", "Audit trail";
    }
}

/// One filter, never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_filter")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// The list that it narrows.
    pub list: List,
    /// By what its owner knows it.
    pub name: String,
    /// What the list is filtered by, as the query of its address says it.
    pub query: String,
    /// When it was saved.
    pub created_at: DateTimeUtc,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
