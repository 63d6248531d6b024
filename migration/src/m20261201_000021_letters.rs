//! Letters that another one has replaced, and an index of what was opened of late.

use sea_orm_migration::prelude::*;

/// Letters that another one has replaced, and an index of what was opened of late.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A further state of a table that others point to: each database has its own means.
        let states =
            if manager.get_database_backend() == sea_orm_migration::sea_orm::DbBackend::Postgres {
                include_str!("m20261201_000021_letters.postgres.sql")
            } else {
                include_str!("m20261201_000021_letters.sqlite.sql")
            };
        super::run(manager, states).await?;
        super::run(manager, include_str!("m20261201_000021_letters.sql")).await
    }
}
