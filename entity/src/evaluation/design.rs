//! Design (评议方案): the wording of the form, and the weights, points and thresholds of the score. A version never changes; an evaluation
//! keeps the one that was in force when it was compiled.

use std::{collections::BTreeMap, sync::LazyLock};

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::scoring::Parameters;
use crate::{id::new_id, language::Text};

/// The form as the product ships it.
const SHIPPED: &str = include_str!("../../data/evaluation-form.csv");

/// One version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation_design")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its number, from 1.
    #[sea_orm(unique)]
    pub version: i32,
    /// The questions.
    #[sea_orm(column_type = "Json")]
    pub wording: Wording,
    /// How answers become a score.
    #[sea_orm(column_type = "Json")]
    pub parameters: Parameters,
    /// Why it was changed.
    pub reason: String,
    /// Who adopted it; none for the one that the product ships.
    pub adopted_by: Option<Uuid>,
    /// When.
    pub adopted_at: DateTimeUtc,
}

impl Model {
    /// The first design: what the product ships.
    pub fn shipped(now: DateTimeUtc) -> Self {
        Self {
            id: new_id(now),
            version: 1,
            wording: Wording::shipped(),
            parameters: Parameters::default(),
            reason: "随系统提供".to_owned(),
            adopted_by: None,
            adopted_at: now,
        }
    }
}

/// The text of each question, by its number on the form ("B1"); "0" is the sentence on the cover.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Wording(pub BTreeMap<String, Text>);

static SHIPPED_WORDING: LazyLock<Wording> = LazyLock::new(|| {
    let mut table = csv::Reader::from_reader(SHIPPED.as_bytes());
    let rows = table.records().filter_map(Result::ok).filter_map(|row| {
        let number = match row.get(1)? {
            "–" => COVER,
            number => number,
        };
        Some((
            number.to_owned(),
            Text::new(row.get(2)?.to_owned(), row.get(3)?.to_owned()),
        ))
    });
    Wording(rows.collect())
});

/// The number of the sentence on the cover.
pub const COVER: &str = "0";

/// How long a question may be, in characters.
pub const LONGEST: usize = 300;

impl Wording {
    /// The wording that the product ships.
    pub fn shipped() -> Self {
        SHIPPED_WORDING.clone()
    }

    /// The text of a question.
    pub fn of(&self, number: &str) -> Option<&Text> {
        self.0.get(number)
    }

    /// Whether it has a text in both languages, of 1 to 300 characters, for each question of the shipped form and for no other.
    pub fn is_whole(&self) -> bool {
        let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= LONGEST;
        self.0.keys().eq(SHIPPED_WORDING.0.keys())
            && self.0.values().all(|text| fits(&text.zh) && fits(&text.en))
    }
}

/// Evaluations point to it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::answers::{Aspect, Check, Service};

    #[test]
    fn the_shipped_form_asks_everything_that_can_be_answered() {
        let wording = Wording::shipped();
        assert_eq!(wording.0.len(), 24);
        assert!(wording.is_whole());
        let asked = (Aspect::ALL.map(Aspect::number).into_iter())
            .chain(Service::ALL.map(Service::number))
            .chain(Check::ALL.map(Check::number))
            .chain(["A1", "A2", "B8", "C5", "E1", "E2", "F1", COVER]);
        for number in asked {
            assert!(wording.of(number).is_some(), "{number}");
        }
    }

    #[test]
    fn a_wording_leaves_nothing_out_and_adds_nothing() {
        let whole = Wording::shipped();
        let mut less = whole.clone();
        less.0.remove("B5");
        let mut more = whole.clone();
        more.0.insert("B9".to_owned(), Text::new("问", "Asked"));
        let mut empty = whole.clone();
        empty.0.insert("B5".to_owned(), Text::new("廉洁自律", " "));
        for wrong in [less, more, empty] {
            assert!(!wrong.is_whole());
        }
    }
}
