//! A CHECK of a table that has rows, and to which others refer, is replaced without making the table anew.
//!
//! Renaming, creating, copying and dropping the table would take its references, indexes and triggers along. PostgreSQL drops a constraint
//! and adds another. SQLite keeps tables as the text that has made them: for a change that leaves what is stored as it is, its
//! documentation edits that text (lang_altertable.html, section 7), and this works inside of a transaction, where foreign keys cannot be
//! switched off.

use std::ops::Range;

use sea_orm_migration::{
    prelude::*,
    sea_orm::{DbBackend, Statement},
};

/// Replaces `CHECK (before)` of `table` by `CHECK (after)`. `before` reads as in the migration that made it, but for white space. For a
/// migration in a transaction.
///
/// # Errors
/// The table has no such CHECK or several, or it has a row that `after` refuses. The transaction must be rolled back then.
pub async fn replace(
    manager: &SchemaManager<'_>,
    table: &str,
    before: &str,
    after: &str,
) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DbBackend::Postgres => on_postgres(manager, table, before, after).await,
        _ => on_sqlite(manager, table, before, after).await,
    }
}

/// The names under which `before` stands for a moment: as it was written, and as PostgreSQL writes it down in a backup.
const SPELLINGS: [&str; 2] = ["to_be_replaced", "to_be_replaced_when_restored"];

/// PostgreSQL has named the constraint and spelt it in its own way; in a database that was restored from a backup in another one. So
/// `before` is put beside it in both.
async fn on_postgres(
    manager: &SchemaManager<'_>,
    table: &str,
    before: &str,
    after: &str,
) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let ask = |sql: String| Statement::from_string(DbBackend::Postgres, sql);
    let mut rule = before.to_owned();
    for name in SPELLINGS {
        db.execute_unprepared(&format!(
            "ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({rule}) NOT VALID"
        ))
        .await?;
        let spelt = db
            .query_one_raw(ask(format!(
                "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint \
                 WHERE conrelid = '{table}'::regclass AND conname = '{name}'"
            )))
            .await?;
        let spelt = spelt.ok_or_else(|| not_one(table, before))?;
        rule = spelt.try_get_by_index(0)?;
    }
    let [written, restored] = SPELLINGS;
    let found = db
        .query_all_raw(ask(format!(
            "SELECT conname::text FROM pg_constraint \
             WHERE conrelid = '{table}'::regclass AND contype = 'c' AND conname NOT IN ('{written}', '{restored}') \
             AND pg_get_expr(conbin, conrelid) IN (SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint \
                 WHERE conrelid = '{table}'::regclass AND conname IN ('{written}', '{restored}'))"
        )))
        .await?;
    let [found] = found.as_slice() else {
        return Err(not_one(table, before));
    };
    let name: String = found.try_get_by_index(0)?;
    db.execute_unprepared(&format!(
        "ALTER TABLE {table} DROP CONSTRAINT {written}, DROP CONSTRAINT {restored}, \
         DROP CONSTRAINT \"{name}\", ADD CONSTRAINT \"{name}\" CHECK ({after})"
    ))
    .await?;
    Ok(())
}

async fn on_sqlite(
    manager: &SchemaManager<'_>,
    table: &str,
    before: &str,
    after: &str,
) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let ask = |sql: String| Statement::from_string(DbBackend::Sqlite, sql);
    let asked = format!("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = '{table}'");
    let found = db.query_one_raw(ask(asked)).await?;
    let found = found.ok_or_else(|| not_one(table, before))?;
    let definition: String = found.try_get_by_index(0)?;
    let definition = replaced(&definition, before, after).ok_or_else(|| not_one(table, before))?;
    let edition = db
        .query_one_raw(ask("PRAGMA schema_version".to_owned()))
        .await?;
    let edition = edition.ok_or_else(|| DbErr::RecordNotFound("schema_version".to_owned()))?;
    let edition: i32 = edition.try_get_by_index(0)?;
    // The other connections read the tables anew because of the edition.
    let written = db
        .execute_unprepared(&format!(
            "PRAGMA writable_schema = ON; \
             UPDATE sqlite_schema SET sql = '{}' WHERE type = 'table' AND name = '{table}'; \
             PRAGMA schema_version = {}",
            definition.replace('\'', "''"),
            edition.wrapping_add(1)
        ))
        .await;
    // It belongs to the connection and would outlive the transaction.
    db.execute_unprepared("PRAGMA writable_schema = RESET")
        .await?;
    written?;
    let problems = db
        .query_all_raw(ask(format!("PRAGMA integrity_check({table})")))
        .await?;
    for problem in problems {
        let problem: String = problem.try_get_by_index(0)?;
        if problem != "ok" {
            return Err(DbErr::Migration(problem));
        }
    }
    Ok(())
}

fn not_one(table: &str, before: &str) -> DbErr {
    DbErr::Migration(format!("{table} has not exactly one CHECK ({before})"))
}

/// The definition of a table with another CHECK; nothing unless it has `before` exactly once.
fn replaced(definition: &str, before: &str, after: &str) -> Option<String> {
    let mut found = checks(definition)
        .into_iter()
        .filter(|check| on_one_line(&definition[check.clone()]) == on_one_line(before));
    let check = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let (head, tail) = (&definition[..check.start], &definition[check.end..]);
    Some(format!("{head}{after}{tail}"))
}

/// Where the conditions of the CHECKs of a table stand, without their brackets.
fn checks(definition: &str) -> Vec<Range<usize>> {
    let opened = definition.match_indices("CHECK (");
    let conditions = opened.filter_map(|(at, opening)| {
        let begin = at + opening.len();
        let (mut depth, mut quoted) = (1, false);
        let length = definition[begin..].find(|sign| {
            match sign {
                '\'' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        Some(begin..begin + length)
    });
    conditions.collect()
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "CREATE TABLE x (\n    a text CHECK (a IN ('A)',\n        'B')),\n    b integer CHECK (b > (0)), \
                         CHECK (a IS NULL OR b > 1))";

    #[test]
    fn the_check_that_is_meant_is_found_whatever_its_lines() {
        let wider = replaced(TABLE, "a IN ('A)', 'B')", "a IN ('A)', 'B', 'C')").expect("found");
        assert_eq!(wider, TABLE.replace(",\n        'B')", ", 'B', 'C')"));
        let other = replaced(TABLE, "b > (0)", "b > 2").expect("found");
        assert_eq!(other, TABLE.replace("b > (0)", "b > 2"));
        let whole = replaced(TABLE, "a IS NULL OR b > 1", "b > 1").expect("found");
        assert!(whole.ends_with("CHECK (b > 1))"), "{whole}");
    }

    #[test]
    fn what_is_absent_or_there_twice_is_not_replaced() {
        assert_eq!(replaced(TABLE, "a IN ('A)')", "true"), None);
        assert_eq!(replaced(TABLE, "b > 0", "true"), None);
        let twice = format!("{TABLE}, CHECK (b > (0)))");
        assert_eq!(replaced(&twice, "b > (0)", "true"), None);
    }
}
