//! The working-day calendar, time limits and their pauses.

use sea_orm_migration::prelude::*;

/// The working-day calendar, time limits and their pauses.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let days = "(2 * ((3 * (limit_days + extension_days) + 9) / 10) + 17)";
        let warn_from =
            if manager.get_database_backend() == sea_orm_migration::sea_orm::DbBackend::Postgres {
                format!("due_on - {days}")
            } else {
                format!("date(due_on, '-' || {days} || ' days')")
            };
        let script =
            include_str!("m20261201_000002_calendar.sql").replace("{warn_from}", &warn_from);
        super::run(manager, &script).await
    }
}
