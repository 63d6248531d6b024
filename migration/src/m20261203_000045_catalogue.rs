//! The catalogue of approval items: its items, their versions and publications, and the editions of what they share.

use sea_orm_migration::prelude::*;

/// The catalogue of approval items: its items, their versions and publications, and the editions of what they share.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m20261203_000045_catalogue.sql")).await
    }
}
