//! The next row of a list: who comes from a list to one of its things goes on to the next, in the order and under the filter of the list,
//! which its address carries. Who does not come from a list asks for nothing.

use serde_json::json;

use super::{
    bridge::Parts,
    case,
    form::Filled,
    guest::Guest,
    list::{Address, Paging, ROWS},
    obligation, project, rectification,
    refusal::Refusal,
};

/// A row of a list, as it is read to go on.
pub struct Listed {
    /// Its global id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its cursor.
    pub cursor: String,
}

/// What comes after the thing of a page in the list from which one has come to it.
#[derive(Debug, PartialEq, Eq)]
pub struct Next {
    /// The list.
    pub list: String,
    /// The page of the next row, and what that is called; nothing where there is none.
    pub row: Option<(String, String)>,
    /// How many rows are left.
    pub left: i64,
    /// Whether there are more than these.
    pub more: bool,
}

impl Next {
    /// The next row after the one with the id `here`: `rows` were read after the row above it, and there may be `more`. What was done
    /// may have taken it off the list, or have moved it.
    fn of(
        list: &Address,
        here: &str,
        rows: Vec<Listed>,
        more: bool,
        page: fn(&str) -> String,
    ) -> Self {
        let above = rows.first().filter(|row| row.id == here);
        let above = above.map(|row| row.cursor.clone());
        let mut rest = rows.into_iter().filter(|row| row.id != here).peekable();
        let row = rest.peek();
        Self {
            row: row.map(|row| (list.row(&page(&row.id), above.as_deref()), row.name.clone())),
            list: list.onto(list.path()),
            left: i64::try_from(rest.count()).unwrap_or(i64::MAX),
            more,
        }
    }

    /// The page on which the next row is looked at; the list where there is none.
    fn way(self) -> String {
        self.row.map_or(self.list, |(to, _)| to)
    }
}

/// How the rows after the one above are read: as many as a page has, and not counted.
pub fn paging(list: &Address) -> Paging {
    Paging {
        first: Some(ROWS),
        after: list.some("after"),
        ..Paging::default()
    }
}

/// What is left out where a list is read on: how many rows it has, and by what it was filtered before.
pub fn uncounted(list: &str) -> Parts {
    let nothing = json!({ "totalCount": 0 });
    [(list, nothing), ("savedFilters", json!([]))]
        .map(|(name, nothing)| (name.to_owned(), nothing))
        .into_iter()
        .collect()
}

/// What comes after the thing with this id, where its page was reached from a list of such things.
pub async fn after(guest: &Guest, id: &str) -> Result<Option<Next>, Refusal> {
    let kind = id.split_once('_').map_or("", |(kind, _)| kind);
    let Some(list) = guest.address.list(&format!("/{kind}s")) else {
        return Ok(None);
    };
    let (rows, more) = match kind {
        "obligation" => obligation::listed(guest, &list).await?,
        "case" => case::listed(guest, &list).await?,
        "rectification" => rectification::listed(guest, &list).await?,
        "project" => project::listed(guest, &list).await?,
        _ => return Ok(None),
    };
    Ok(Some(Next::of(&list, id, rows, more, super::word::of_id)))
}

/// The field of the button that does something and goes on to the next row.
pub const THEN: &str = "then";

/// Where one is led when something was done for the thing with this id: `to`, or to the next row where the button said so.
pub async fn way(guest: &Guest, filled: &Filled, id: &str, to: String) -> Result<String, Refusal> {
    let goes_on = filled.some(THEN).is_some();
    let next = match goes_on {
        true => after(guest, id).await?,
        false => None,
    };
    Ok(next.map_or(guest.address.along(&to), Next::way))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(ids: &[&str]) -> Vec<Listed> {
        let row = |id: &&str| Listed {
            id: (*id).to_owned(),
            name: format!("name of {id}"),
            cursor: format!("c-{id}"),
        };
        ids.iter().map(row).collect()
    }

    fn after(ids: &[&str]) -> Next {
        let list = Address::written("/x?light=RED&after=above");
        Next::of(&list, "here", rows(ids), false, |id| format!("/x/{id}"))
    }

    #[test]
    fn the_next_row_is_found_whether_this_one_stays_goes_or_moves() {
        let to = |cursor: &str, id: &str| {
            let page = format!("/x/{id}?in=%2Fx%3Flight%3DRED%26after%3D{cursor}");
            Some((page, format!("name of {id}")))
        };
        let stays = after(&["here", "b", "c"]);
        assert_eq!((stays.row, stays.left), (to("c-here", "b"), 2));
        let gone = after(&["b", "c"]);
        assert_eq!((gone.row, gone.left), (to("above", "b"), 2));
        let moved = after(&["b", "here", "c"]);
        assert_eq!((moved.row, moved.left), (to("above", "b"), 2));
    }

    #[test]
    fn after_the_last_row_one_is_led_to_the_list() {
        for rows in [&["here"][..], &[]] {
            let last = after(rows);
            assert_eq!((&last.row, last.left), (&None, 0));
            assert_eq!(last.way(), "/x?light=RED");
        }
    }
}
