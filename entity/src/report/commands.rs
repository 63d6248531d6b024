//! Keeping a report. It is written once with its files and never changes.

use sea_orm::{
    EntityTrait, IntoActiveModel, TryInsertResult, entity::prelude::*, sea_query::OnConflict,
};

use super::{
    Column, Entity, Model,
    facts::Facts,
    file::{self, Format},
    frozen,
    repository::About,
    rules::Slice,
};
use crate::{
    audit::commands::{Change, record, summary},
    command::commands,
    error::Fault,
    id::{new_id, sha256_hex},
    language::Language,
    store::Unit,
};

commands! {
    /// A report is kept as it went out.
    KEEP = "report.keep" on Report: "归档", "kept";
}

/// A report that was compiled and shall be kept.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Which part of the park it shows.
    pub slice: Slice,
    /// Its figures.
    pub facts: Facts,
    /// Its files.
    pub files: Vec<NewFile>,
    /// The revisions of the calendar that were known at its moment, see
    /// [`calendar_version`](super::repository::calendar_version).
    pub calendar_version: String,
}

/// A file made of the facts.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Which kind of file.
    pub format: Format,
    /// In which language.
    pub language: Language,
    /// Its name when it is saved.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Keeps a report in the running transaction, and says what is known of its files. None when the report of this kind, period and slice was
/// kept before: it stays as it is.
pub async fn keep(unit: &Unit, compiled: Compiled) -> Result<Option<(Model, Vec<About>)>, Fault> {
    let Compiled {
        slice,
        facts,
        files,
        calendar_version,
    } = compiled;
    let internal = |error: serde_json::Error| Fault::Internal(error.to_string());
    let summary = serde_json::to_value(facts.summary()).map_err(internal)?;
    let written = facts.written()?;
    let report = Model {
        id: new_id(unit.now()),
        key: slice.key(facts.kind, &facts.period),
        kind: facts.kind,
        period: facts.period.clone(),
        from_on: facts.from,
        to_on: facts.to,
        department_id: slice.department_id(),
        enterprise_id: slice.enterprise_id(),
        moment: facts.moment,
        compiled_at: unit.now(),
        calendar_version,
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        fingerprint: sha256_hex(written.as_bytes()),
    };
    drop(facts);
    let inserted = Entity::insert(report.clone().into_active_model().reset_all())
        .on_conflict(OnConflict::column(Column::Key).do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(unit.db())
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(1)) {
        return Ok(None);
    }
    let frozen = frozen::Model {
        report_id: report.id,
        summary,
        facts: written,
    };
    frozen::Entity::insert(frozen.into_active_model().reset_all())
        .exec_without_returning(unit.db())
        .await?;
    let mut kept = Vec::with_capacity(files.len());
    for new in files {
        let row = file::Model {
            id: new_id(unit.now()),
            report_id: report.id,
            format: new.format,
            language: new.language,
            name: new.name,
            size: i32::try_from(new.bytes.len()).unwrap_or(i32::MAX),
            sha256: sha256_hex(&new.bytes),
            bytes: new.bytes,
        };
        kept.push(About {
            id: row.id,
            report_id: row.report_id,
            format: row.format,
            language: row.language,
            name: row.name.clone(),
            size: row.size,
            sha256: row.sha256.clone(),
        });
        file::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(unit.db())
            .await?;
    }
    record(
        unit,
        Change {
            command: &KEEP,
            subject_id: report.id,
            before: None,
            after: Some(summary!({
                "key": report.key,
                "fingerprint": report.fingerprint,
                "calendarVersion": report.calendar_version,
            })),
            reason: None,
        },
    )
    .await?;
    Ok(Some((report, kept)))
}
