//! The days on which a project changes its light.

use sea_orm_migration::prelude::*;

/// The days on which a project changes its light.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m20261201_000036_project_lights.sql")).await?;
        // Programs of before know no light days: a report would leave a project silent.
        super::end_older_programs(manager, 5).await
    }
}
