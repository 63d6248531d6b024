//! The lot by which a year of answers is drawn.

use entity::evaluation::{
    Confidentiality,
    answers::{Answers, Aspect, Cause, Check, CheckAnswer, Level, Rating, Service, Visits},
};
use proptest::{
    prelude::Rng,
    test_runner::{RngAlgorithm, TestRng},
};
use sea_orm::prelude::Uuid;

/// The lot: always the same.
pub struct Lot(TestRng);

impl Lot {
    pub fn new() -> Self {
        Self(TestRng::deterministic_rng(RngAlgorithm::ChaCha))
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.next_u64() % end as u64).expect("small")
    }

    /// Yes in so many of a hundred cases.
    pub fn says(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A level: the better, the higher the mood, from 0 to 4.
    fn level(&mut self, mood: usize) -> Level {
        match self.below(8) {
            0 => Level::Unknown,
            1..=3 => Level::ALL[self.below(5)],
            4 => Level::ALL[(4 - mood).saturating_sub(1)],
            _ => Level::ALL[4 - mood],
        }
    }

    pub fn answers(&mut self, contracted: bool, departments: &[Uuid]) -> Answers {
        let mut answers = Answers::default();
        for (place, department) in departments.iter().enumerate() {
            // The further down the list, the fewer enterprises had to do with it.
            if !self.says(100 - 95 * place / departments.len()) {
                continue;
            }
            let mood = (place * 3 + 1) % 5;
            let mut rating = Rating::default();
            for aspect in Aspect::ALL {
                if self.says(85) {
                    rating.levels.insert(aspect, self.level(mood));
                }
            }
            if rating.levels.values().any(|level| level.is_dissatisfied()) {
                rating
                    .causes
                    .insert(Cause::ALL[self.below(Cause::ALL.len())]);
            }
            if !rating.levels.is_empty() {
                answers.departments.insert(*department, rating);
            }
        }
        if contracted {
            for service in Service::ALL {
                if self.says(80) {
                    answers.contract.levels.insert(service, self.level(3));
                }
            }
            answers.contract.visits = self.says(70).then(|| Visits::ALL[self.below(3)]);
        }
        for check in Check::ALL {
            if self.says(60) {
                answers
                    .checks
                    .insert(check, CheckAnswer::ALL[self.below(3)]);
            }
        }
        // An answer that says nothing is not taken.
        answers.wish = Some("示例愿望".to_owned());
        answers
    }

    pub fn confidentiality(&mut self) -> Confidentiality {
        match self.below(10) {
            0..4 => Confidentiality::Named,
            4..6 => Confidentiality::Supervisor,
            _ => Confidentiality::Unnamed,
        }
    }
}
