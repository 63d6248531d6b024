//! The trail by who did it: filtered by a person, and asked for everybody in it.

use sea_orm_migration::prelude::*;

/// The trail by who did it.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m20261201_000017_actors.sql")).await
    }
}
