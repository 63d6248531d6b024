//! What a copy of a database cannot know, and whether the database can be written.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// What a copy of a database cannot know, and whether the database can be written.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (id, key) = match manager.get_database_backend() {
            // Two random identifiers side by side are 32 bytes, of which 244 bits are random.
            DbBackend::Postgres => (
                "gen_random_uuid()",
                "decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')",
            ),
            _ => ("randomblob(16)", "randomblob(32)"),
        };
        let script = include_str!("m20261201_000026_bad_days.sql")
            .replace("{new_uuid}", id)
            .replace("{new_key}", key);
        super::run(manager, &script).await
    }
}
