//! `qiyue permissions`: who may do what, as a table.

use std::fmt::Write;

use entity::{
    permission::{Action, Standing, allows},
    viewer::Role,
};

/// One line per action that a role may do, with the standings in which it may.
pub fn text() -> String {
    let mut table = format!("{:<20} {:<16} {}\n", "ACTION", "ROLE", "WHERE");
    for action in Action::ALL {
        for role in Role::ALL {
            let standings: Vec<Standing> = Standing::ALL
                .into_iter()
                .filter(|standing| allows(action, role, *standing))
                .collect();
            if standings.is_empty() {
                continue;
            }
            let place = if standings.len() == Standing::ALL.len() {
                "everywhere".to_owned()
            } else {
                let words: Vec<&str> = standings.into_iter().map(words).collect();
                words.join(", ")
            };
            let (action, role) = (format!("{action:?}"), format!("{role:?}"));
            // Writing into a String cannot fail.
            let _ = writeln!(table, "{action:<20} {role:<16} {place}");
        }
    }
    table
}

fn words(standing: Standing) -> &'static str {
    match standing {
        Standing::Own => "own matters",
        Standing::Responsible => "enterprises looked after",
        Standing::OwnDepartment => "own department",
        Standing::None => "elsewhere",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_table_is_the_built_one() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/permissions.txt");
        let built = super::text();
        if std::env::var_os("UPDATE_PERMISSIONS").is_some() {
            std::fs::write(file, &built).expect("api/permissions.txt is written");
        }
        let committed = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            committed == built,
            "api/permissions.txt is not the built table: run `just permissions`, then read the difference"
        );
    }
}
