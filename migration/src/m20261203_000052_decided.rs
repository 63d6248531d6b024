//! Filters are saved for the list of cases, too; indexes for the promise board and the start pages.

use sea_orm_migration::prelude::*;

/// Filters are saved for the list of cases, too; indexes for the promise board and the start pages.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let before = "list IN ('OBLIGATIONS', 'ENTERPRISES', 'CONTRACTS', 'PROJECTS', 'VISITS', 'SUPERVISIONS', \
                      'RECTIFICATIONS', 'LETTERS', 'ACCOUNTS', 'AUDIT')";
        let after = before.replace("'OBLIGATIONS'", "'OBLIGATIONS', 'CASES'");
        super::check::replace(manager, "saved_filter", before, &after).await?;
        super::run(manager, include_str!("m20261203_000052_decided.sql")).await
    }
}
