//! What the start pages ask of the whole park is answered by indexes.

use sea_orm_migration::prelude::*;

/// What the start pages ask of the whole park is answered by indexes.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m20261203_000043_start_pages.sql")).await
    }
}
