//! What time limits are on: warnings of any kind, and rectifications found by their limits.

use sea_orm_migration::prelude::*;

/// What time limits are on: warnings of any kind, and rectifications found by their limits.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The program has the table of what warnings may be about.
        let before = "subject_kind IN ('OBLIGATION', 'CONTRACT', 'PERMIT')";
        super::check::replace(manager, "warning", before, "subject_kind <> ''").await?;
        super::run(manager, include_str!("m20261201_000032_subjects.sql")).await
    }
}
