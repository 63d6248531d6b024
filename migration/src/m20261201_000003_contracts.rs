//! Contracts, clauses, commitments and their obligations.

use sea_orm_migration::prelude::*;

/// Contracts, clauses, commitments and their obligations.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m20261201_000003_contracts.sql")).await?;
        // Terms of one enterprise never overlap: each database has its own means.
        let overlap =
            if manager.get_database_backend() == sea_orm_migration::sea_orm::DbBackend::Postgres {
                include_str!("m20261201_000003_contracts.postgres.sql")
            } else {
                include_str!("m20261201_000003_contracts.sqlite.sql")
            };
        super::run(manager, overlap).await
    }
}
