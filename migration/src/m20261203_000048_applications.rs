//! Applications: the one form for several items, what was filled in and what was handed in.

use sea_orm_migration::prelude::*;

/// Applications: the one form for several items, what was filled in and what was handed in.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m20261203_000048_applications.sql")).await
    }
}
