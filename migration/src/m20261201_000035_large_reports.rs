//! The frozen facts of reports stand beside them, with a summary; lights are counted in indexes.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The frozen facts of reports stand beside them, with a summary; lights are counted in indexes.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let [summary, written] = match manager.get_database_backend() {
            DbBackend::Postgres => [
                r#"facts || '{"items": [], "enterprises": [], "projects": []}'::jsonb"#,
                "facts::text",
            ],
            _ => [
                "json_set(facts, '$.items', json('[]'), '$.enterprises', json('[]'), '$.projects', json('[]'))",
                "facts",
            ],
        };
        let script = include_str!("m20261201_000035_large_reports.sql")
            .replace("{summary}", summary)
            .replace("{written}", written);
        super::run(manager, &script).await?;
        // Programs of before would look for the facts in the report.
        super::end_older_programs(manager, 4).await
    }
}
