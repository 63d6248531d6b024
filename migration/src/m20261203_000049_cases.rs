//! Cases of the approval hall: their clocks, events, notices, pauses and files.

use sea_orm_migration::prelude::*;

/// Cases of the approval hall: their clocks, events, notices, pauses and files.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite would otherwise keep half of a failed change.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Of these a promise is not paused, but a case is: 企业投资项目核准和备案管理条例第九条, 取水许可和水资源费征收管理条例第十九条.
        let before = "kind IN ('HEARING', 'BID', 'AUCTION', 'INSPECT', 'TEST', 'QUARANTINE', 'APPRAISE', 'EXPERT', 'AGREED')";
        let after = before.replace("'AGREED'", "'AGREED', 'EVALUATION', 'CONSULT'");
        super::check::replace(manager, "deadline_pause", before, &after).await?;
        super::run(manager, include_str!("m20261203_000049_cases.sql")).await?;
        // Programs of before cannot read such a pause.
        super::end_older_programs(manager, 8).await
    }
}
