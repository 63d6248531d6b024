//! What happens to the calendar. A further notice also counts open time limits again and tells who is concerned, which stand above
//! the calendar: see `recount`: `import_calendar`, which the doors call, and `install_calendar`, which every start calls.

use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait};

use super::{
    ActiveModel, Entity, Model, day,
    repository::{self, newest_revisions, notices_in_force},
    rules::{self, Calendar, Notice},
};
use crate::{
    audit::commands::{Change, record_all, summary},
    command::commands,
    error::{Conflict, Fault},
    id::new_id,
    store::Unit,
};

commands! {
    /// A yearly notice is imported.
    IMPORT = "calendar.import" on Calendar: "导入", "imported";
}

/// What both of these hold on PostgreSQL. On SQLite there is one writer, who begins before he reads.
const COUNTING: i32 = 8332;

/// Until the end of this transaction nobody keeps what he has counted by the calendar: for whoever changes it and counts everything anew.
pub(crate) async fn hold(unit: &Unit) -> Result<(), Fault> {
    lock(unit, "pg_advisory_xact_lock").await
}

/// Lets keep what was counted by `calendar`, if it is still the one in force, and lets nobody change it until the end of this transaction.
/// Many may at once. After another calendar has come it is a conflict: whoever does it again counts by that.
pub(crate) async fn require_current(unit: &Unit, calendar: &Calendar) -> Result<(), Fault> {
    let Some(edition) = calendar.edition() else {
        return Ok(());
    };
    lock(unit, "pg_advisory_xact_lock_shared").await?;
    match repository::edition(unit.db()).await? == edition {
        true => Ok(()),
        false => Err(Fault::Conflict(Conflict {
            id: None,
            current_version: None,
        })),
    }
}

async fn lock(unit: &Unit, function: &str) -> Result<(), Fault> {
    if unit.db().get_database_backend() == DbBackend::Postgres {
        let asked = format!("SELECT {function}({COUNTING})");
        unit.db().execute_unprepared(&asked).await?;
    }
    Ok(())
}

/// The shipped notices of the years that have none: a notice that is there, shipped or imported, is left alone.
pub(crate) async fn missing(db: &impl ConnectionTrait) -> Result<Vec<Notice>, Fault> {
    let known = newest_revisions(db).await?;
    let mut shipped = shipped()?;
    shipped.retain(|notice| !known.contains_key(&notice.year));
    Ok(shipped)
}

fn shipped() -> Result<Vec<Notice>, Fault> {
    rules::parse(rules::SHIPPED)
        .map_err(|errors| Fault::Internal(format!("shipped calendar: {errors:?}")))
}

/// Stores each notice as a further revision of its year, unless it is the one in force.
pub(crate) async fn store_in(
    unit: &Unit,
    notices: Vec<Notice>,
    source: &str,
) -> Result<Vec<Model>, Fault> {
    let known = newest_revisions(unit.db()).await?;
    let mut imports = Vec::new();
    let mut days = Vec::new();
    for notice in notices {
        let sha256 = notice.sha256();
        let newest = known.get(&notice.year);
        if newest.is_some_and(|newest| newest.sha256 == sha256) {
            continue;
        }
        let import = Model {
            id: new_id(unit.now()),
            notice_year: notice.year,
            revision: newest.map_or(0, |newest| newest.revision) + 1,
            source: source.to_owned(),
            sha256,
            imported_by: unit.viewer().account_id(),
            imported_at: unit.now(),
        };
        days.extend(notice.days.into_iter().map(|day| day::ActiveModel {
            import_id: Set(import.id),
            day: Set(day.day),
            kind: Set(day.kind),
            name_zh: Set(day.name.zh),
            name_en: Set(day.name.en),
        }));
        imports.push(import);
    }
    if imports.is_empty() {
        return Ok(imports);
    }
    let rows = imports.iter().map(|import| ActiveModel {
        id: Set(import.id),
        notice_year: Set(import.notice_year),
        revision: Set(import.revision),
        source: Set(import.source.clone()),
        sha256: Set(import.sha256.clone()),
        imported_by: Set(import.imported_by),
        imported_at: Set(import.imported_at),
    });
    Entity::insert_many(rows)
        .exec_without_returning(unit.db())
        .await?;
    unit.insert_all(days).await?;
    let changes = imports
        .iter()
        .map(|import| Change {
            command: &IMPORT,
            subject_id: import.id,
            before: None,
            after: Some(summary!({
                "noticeYear": import.notice_year,
                "revision": import.revision,
                "sha256": import.sha256,
            })),
            reason: Some(source),
        })
        .collect();
    record_all(unit, changes).await?;
    Ok(imports)
}

/// The calendar as it is, and as it would be with these notices.
pub(crate) async fn before_and_after(
    db: &impl ConnectionTrait,
    new: &[Notice],
) -> Result<(Calendar, Calendar), Fault> {
    let mut notices = notices_in_force(db).await?;
    let before = Calendar::new(notices.clone());
    notices.retain(|notice| new.iter().all(|new| new.year != notice.year));
    notices.extend(new.iter().cloned());
    Ok((before, Calendar::new(notices)))
}
