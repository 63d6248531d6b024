//! Telephone numbers of people, and who has not come yet.

use sea_orm_migration::prelude::*;

/// Telephone numbers of people, and who has not come yet.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m20261202_000038_telephones.sql")).await
    }
}
