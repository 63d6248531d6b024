//! The versions of the standard promises.

use sea_orm_migration::prelude::*;

/// The versions of the standard promises.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let script = include_str!("m20261203_000044_standard_promises.sql");
        super::run(manager, script).await?;
        // They would go on to draft contracts with the list that they ship.
        super::end_older_programs(manager, 7).await
    }
}
