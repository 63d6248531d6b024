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
        let before = "state IN ('PENDING', 'SENDING', 'SENT', 'AMBIGUOUS', 'HELD', 'DEAD', 'EXPIRED', \
                      'SUPPRESSED', 'CANCELLED')";
        let after = before.replace("'CANCELLED'", "'CANCELLED', 'SUPERSEDED'");
        super::check::replace(manager, "letter", before, &after).await?;
        super::run(manager, include_str!("m20261201_000021_letters.sql")).await
    }
}
