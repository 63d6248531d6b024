//! Several files of one act, and the filters that people keep.

use sea_orm_migration::prelude::*;

/// Several files of one act, and the filters that people keep.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m20261202_000041_keeping.sql")).await
    }
}
