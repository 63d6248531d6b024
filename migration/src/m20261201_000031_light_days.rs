//! The days on which an open time limit changes its light.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The days on which an open time limit changes its light.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let late = match manager.get_database_backend() {
            DbBackend::Postgres => "due_on + 1",
            _ => "date(due_on, '+1 day')",
        };
        let script = include_str!("m20261201_000031_light_days.sql").replace("{late}", late);
        super::run(manager, &script).await?;
        // Programs of before know no light days: a pause would leave them as they were, and nothing could be opened.
        super::end_older_programs(manager, 2).await
    }
}
