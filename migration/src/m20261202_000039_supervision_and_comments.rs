//! Supervision orders with what is written to them, and comments.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// Supervision orders with what is written to them, and comments.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let [due_on, reply_by] = match manager.get_database_backend() {
            DbBackend::Postgres => [
                "(e.after ->> 'dueOn')::date",
                "(e.after ->> 'replyBy')::date",
            ],
            _ => [
                "json_extract(e.after, '$.dueOn')",
                "json_extract(e.after, '$.replyBy')",
            ],
        };
        let script = include_str!("m20261202_000039_supervision_and_comments.sql")
            .replace("{due_on_before}", &due_on.replace("e.", "f."))
            .replace("{due_on}", due_on)
            .replace("{reply_by}", reply_by);
        super::run(manager, &script).await?;
        // Programs of before would give orders of which no list and no page knows.
        super::end_older_programs(manager, 6).await
    }
}
