//! Cases of the approval hall: their clocks, events, notices, pauses and files.

use sea_orm_migration::prelude::*;

/// Cases of the approval hall: their clocks, events, notices, pauses and files.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m20261203_000049_cases.sql")).await
    }
}
