//! Permits and terms of contracts have time limits like everything else.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// Permits and terms of contracts have time limits like everything else.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Three months before is the last day of that month where it is shorter.
        let [late, quarter] = match manager.get_database_backend() {
            DbBackend::Postgres => [
                "{day} + 1",
                "valid_until - (valid_until - interval '3 months')::date",
            ],
            _ => [
                "date({day}, '+1 day')",
                "CAST(julianday(valid_until) - julianday(min(date(valid_until, '-3 months'), \
                 date(valid_until, 'start of month', '-2 months', '-1 day'))) AS integer)",
            ],
        };
        let script = include_str!("m20261201_000033_endings.sql")
            .replace("{after apply_by}", &late.replace("{day}", "apply_by"))
            .replace("{after ends_on}", &late.replace("{day}", "ends_on"))
            .replace("{quarter}", quarter);
        super::run(manager, &script).await?;
        for (table, before, after) in [
            (
                "permit",
                "apply_by <= valid_until",
                "apply_by <= valid_until AND deadline_id IS NOT NULL",
            ),
            (
                "contract",
                "state IN ('DRAFT', 'LEGAL_REVIEW', 'LEADER_APPROVED', 'TERMINATED') OR signed_on IS NOT NULL",
                "state IN ('DRAFT', 'LEGAL_REVIEW', 'LEADER_APPROVED', 'TERMINATED') OR (signed_on IS NOT NULL AND end_deadline_id IS NOT NULL)",
            ),
        ] {
            super::check::replace(manager, table, before, after).await?;
        }
        // Programs of before would record permits and sign contracts without a time limit, and tell of them in letters of their own.
        super::end_older_programs(manager, 3).await
    }
}
