//! The whole content of a database as text, so that a refusal can be shown to have changed nothing.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// Every row of every table, in an order that does not depend on the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dump {
    tables: BTreeMap<String, Vec<String>>,
}

impl Dump {
    /// Reads the whole database.
    pub async fn of(db: &DatabaseConnection) -> Self {
        let mut tables = BTreeMap::new();
        for table in table_names(db).await {
            let rows = match db.get_database_backend() {
                DbBackend::Postgres => {
                    texts(db, &format!("SELECT to_jsonb(t)::text FROM \"{table}\" t")).await
                }
                _ => {
                    let columns = texts(
                        db,
                        &format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid"),
                    )
                    .await;
                    let row = columns
                        .iter()
                        .map(|column| format!("'{column}=' || quote(\"{column}\")"))
                        .collect::<Vec<_>>()
                        .join(" || ', ' || ");
                    texts(db, &format!("SELECT {row} FROM \"{table}\"")).await
                }
            };
            let mut rows = rows;
            rows.sort();
            tables.insert(table, rows);
        }
        Self { tables }
    }

    /// The same without some tables, such as `session`, in which even a refused call leaves its trace.
    pub fn without(mut self, tables: &[&str]) -> Self {
        self.tables
            .retain(|name, _| !tables.contains(&name.as_str()));
        self
    }

    /// The same without what differs between two runs of the same thing: keys, hashes, secrets and instants.
    pub fn without_identity(mut self) -> Self {
        for rows in self.tables.values_mut() {
            for row in rows.iter_mut() {
                *row = anonymous(row);
            }
            rows.sort();
        }
        self
    }

    /// The rows of one table.
    pub fn rows(&self, table: &str) -> &[String] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// How many rows all tables have together.
    pub fn total(&self) -> usize {
        self.tables.values().map(Vec::len).sum()
    }

    /// Fails, naming the rows, when `after` is not the same.
    pub fn assert_same(&self, after: &Self) {
        if self == after {
            return;
        }
        let mut differences = Vec::new();
        for table in self
            .tables
            .keys()
            .chain(after.tables.keys())
            .collect::<BTreeSet<_>>()
        {
            let (before, after) = (self.rows(table), after.rows(table));
            if before == after {
                continue;
            }
            differences.push(format!(
                "{table}: {} rows, then {}",
                before.len(),
                after.len()
            ));
            differences.extend(
                before
                    .iter()
                    .filter(|row| !after.contains(row))
                    .map(|row| format!("{table} - {row}")),
            );
            differences.extend(
                after
                    .iter()
                    .filter(|row| !before.contains(row))
                    .map(|row| format!("{table} + {row}")),
            );
        }
        differences.truncate(40);
        panic!("the database has changed:\n{}", differences.join("\n"));
    }
}

fn anonymous(row: &str) -> String {
    let mut text = String::with_capacity(row.len());
    let mut rest = row;
    while let Some(first) = rest.chars().next() {
        let instant = length_of_instant(rest);
        let word = rest
            .find(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-' || sign == '_'))
            .unwrap_or(rest.len());
        let length = match (instant, word) {
            (Some(length), _) => length,
            (None, 32..) => word,
            (None, 0) => first.len_utf8(),
            (None, _) => word,
        };
        if instant.is_some() || word >= 32 {
            text.push('?');
        } else {
            text.push_str(&rest[..length]);
        }
        rest = &rest[length..];
    }
    text
}

/// How long the instant is with which `text` begins, if it begins with one: `2026-09-30T00:00:00…`, or with a blank for the T.
fn length_of_instant(text: &str) -> Option<usize> {
    let shape = b"dddd-dd-ddTdd:dd";
    let begins = text.len() >= shape.len()
        && text
            .bytes()
            .zip(shape)
            .all(|(found, expected)| match expected {
                b'd' => found.is_ascii_digit(),
                b'T' => found == b'T' || found == b' ',
                sign => found == *sign,
            });
    begins.then(|| {
        text.find(|sign: char| !(sign.is_ascii_digit() || ":.+-TZ ".contains(sign)))
            .unwrap_or(text.len())
    })
}

/// The names of all tables of ours.
pub async fn table_names(db: &DatabaseConnection) -> Vec<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text FROM information_schema.tables \
             WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"
        }
        _ => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
        }
    };
    let mut names = texts(db, sql).await;
    names.retain(|name| !name.starts_with("seaql_"));
    names.sort();
    names
}

/// The first column of each row, which must be text.
pub async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .expect(sql)
        .iter()
        .map(|row| row.try_get_by_index(0).expect(sql))
        .collect()
}

/// The one number that `sql` gives.
pub async fn number(db: &DatabaseConnection, sql: &str) -> i64 {
    db.query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .expect(sql)
        .expect("one row")
        .try_get_by_index(0)
        .expect("a number")
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_identifies_a_row_is_taken_out() {
        let row = r#"{"id": "01890000-0000-7000-8000-000000000001", "at": "2026-09-30T08:00:00.123+00:00", "on": "2026-09-30", "名": "示例"}"#;
        assert_eq!(
            super::anonymous(row),
            r#"{"id": "?", "at": "?", "on": "2026-09-30", "名": "示例"}"#
        );
    }
}
