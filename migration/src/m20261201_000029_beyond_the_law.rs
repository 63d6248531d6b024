//! What has been extended beyond its rule is found without a look at every time limit.

use sea_orm_migration::prelude::*;

/// One index.
#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m20261201_000029_beyond_the_law.sql")).await
    }
}
