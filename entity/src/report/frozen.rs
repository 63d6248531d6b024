//! Frozen facts (冻结的事实): what a report was made from. They are kept beside it, because lists of reports show none of them and pages only
//! their summary.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::facts::{Facts, Summary};
use crate::error::Fault;

/// The facts of one report.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_facts")]
pub struct Model {
    /// The report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub report_id: Uuid,
    /// Their [`Summary`].
    pub summary: Json,
    /// The [`Facts`], as they are written.
    #[sea_orm(column_type = "Text")]
    pub facts: String,
}

/// What is read of a summary.
pub(super) fn summary(report_id: Uuid, stored: &Json) -> Result<Summary, Fault> {
    Summary::deserialize(stored).map_err(|error| broken(report_id, &error.to_string()))
}

/// The facts, provided they are still those of the fingerprint.
pub(super) fn facts(report_id: Uuid, stored: &str, fingerprint: &str) -> Result<Facts, Fault> {
    let facts: Facts =
        serde_json::from_str(stored).map_err(|error| broken(report_id, &error.to_string()))?;
    if facts.fingerprint()? == fingerprint {
        Ok(facts)
    } else {
        Err(broken(report_id, "they do not match the fingerprint"))
    }
}

fn broken(report_id: Uuid, why: &str) -> Fault {
    Fault::Internal(format!("the facts of report {report_id}: {why}"))
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
