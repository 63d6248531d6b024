use proptest::prelude::*;

use super::*;
use crate::error::Explain;
use Aspect::{Attitude, Efficiency, Integrity, Lawfulness, Openness, Overall, Solution};
use Level::{
    BasicallySatisfied, Dissatisfied, Satisfied, Unknown, VeryDissatisfied, VerySatisfied,
};

/// Ratings from what was answered to each question, one answer after the other.
fn ratings(answers: &[(Aspect, &[Level])]) -> Vec<Rating> {
    let n = answers.iter().map(|(_, levels)| levels.len()).max();
    let rating = |index: usize| {
        let given = answers
            .iter()
            .filter_map(|(aspect, levels)| Some((*aspect, *levels.get(index)?)));
        Rating {
            levels: given.collect(),
            ..Rating::default()
        }
    };
    (0..n.unwrap_or_default()).map(rating).collect()
}

fn scored(ratings: &[Rating]) -> DepartmentScore {
    score(&Parameters::default(), &ratings.iter().collect::<Vec<_>>())
}

/// Five enterprises; B5 has three answers that say something.
fn example() -> Vec<Rating> {
    ratings(&[
        (
            Attitude,
            &[
                VerySatisfied,
                VerySatisfied,
                Satisfied,
                Satisfied,
                BasicallySatisfied,
            ],
        ),
        (Efficiency, &[Satisfied; 5]),
        (Lawfulness, &[VerySatisfied; 5]),
        (
            Openness,
            &[Dissatisfied, Satisfied, Satisfied, Satisfied, VerySatisfied],
        ),
        (
            Integrity,
            &[
                VeryDissatisfied,
                Unknown,
                VeryDissatisfied,
                VeryDissatisfied,
            ],
        ),
        (
            Solution,
            &[
                VerySatisfied,
                Satisfied,
                BasicallySatisfied,
                Dissatisfied,
                VeryDissatisfied,
            ],
        ),
        (
            Overall,
            &[
                Satisfied,
                Satisfied,
                Satisfied,
                BasicallySatisfied,
                BasicallySatisfied,
            ],
        ),
    ])
}

#[test]
fn the_example_that_was_computed_by_hand() {
    let DepartmentScore::Unranked(score) = scored(&example()) else {
        panic!("five answers are enough for a figure and too few for a rank");
    };
    let means = [
        (Attitude, 88.0),
        (Efficiency, 85.0),
        (Lawfulness, 100.0),
        (Openness, 79.0),
        (Solution, 59.0),
        (Overall, 79.0),
    ];
    let found: Vec<_> = score
        .questions
        .iter()
        .map(|one| (one.question, one.mean()))
        .collect();
    assert_eq!(found, means);
    // (15·88 + 20·85 + 15·100 + 10·79 + 15·59 + 10·79) / 85 = 6985 / 85 = 82.176…
    assert_eq!((score.n, score.score, score.band), (5, 82.2, Band::Passed));
    assert!(score.renormalised);
    // 27 of 30.
    assert_eq!(score.rate, 90.0);
    // z = 1.0941, 1.6235, 0.5647, −0.8471, −2.4353; t = 2.1318 with 4 degrees of freedom; 82.1765 ± 7.8329 and 90 ± 8.7032.
    assert_eq!(
        score.interval,
        Interval {
            low: 74.3,
            high: 90.0
        }
    );
    assert_eq!(
        score.rate_interval,
        Interval {
            low: 81.3,
            high: 98.7
        }
    );
}

#[test]
fn a_question_with_too_few_answers_changes_no_figure() {
    let mut other = example();
    let before = scored(&other);
    for rating in &mut other {
        rating.levels.remove(&Integrity);
    }
    assert_eq!(scored(&other), before);
    other[0].levels.insert(Integrity, VerySatisfied);
    assert_eq!(scored(&other), before);
}

#[test]
fn too_few_answers_have_no_figure_and_enough_a_rank() {
    let satisfied = |n: usize| scored(&ratings(&[(Overall, &vec![Satisfied; n])]));
    assert_eq!(satisfied(0), DepartmentScore::Insufficient);
    assert_eq!(satisfied(4), DepartmentScore::Insufficient);
    assert!(matches!(satisfied(5), DepartmentScore::Unranked(_)));
    assert!(matches!(satisfied(9), DepartmentScore::Unranked(_)));
    assert!(matches!(satisfied(10), DepartmentScore::Ranked(_)));
    assert_eq!(
        serde_json::to_string(&satisfied(4)).unwrap_or_default(),
        "\"INSUFFICIENT\""
    );
    // Five enterprises that answered a question each answered none often enough.
    let scattered: Vec<Rating> = (0..5)
        .map(|index| Rating {
            levels: [(Aspect::ALL[index], Satisfied)].into(),
            ..Rating::default()
        })
        .collect();
    assert_eq!(scored(&scattered), DepartmentScore::Insufficient);
    // No design tells of fewer than five.
    let lax = Parameters {
        publish_from: 1,
        ..Parameters::default()
    };
    let four = ratings(&[(Overall, &[Satisfied; 4])]);
    assert_eq!(
        score(&lax, &four.iter().collect::<Vec<_>>()),
        DepartmentScore::Insufficient
    );
}

#[test]
fn equal_answers_score_their_points() {
    for (level, points) in effective_levels().zip([100.0, 85.0, 70.0, 40.0, 0.0]) {
        let equal: Vec<_> = Aspect::ALL.map(|aspect| (aspect, [level; 12])).into();
        let equal: Vec<_> = equal
            .iter()
            .map(|(aspect, levels)| (*aspect, &levels[..]))
            .collect();
        let DepartmentScore::Ranked(score) = scored(&ratings(&equal)) else {
            panic!("twelve answers have a rank");
        };
        let exactly = |at| Interval { low: at, high: at };
        let rate = if level.is_satisfied() { 100.0 } else { 0.0 };
        assert_eq!((score.score, score.interval), (points, exactly(points)));
        assert_eq!((score.rate, score.rate_interval), (rate, exactly(rate)));
        assert!(!score.renormalised);
    }
}

#[test]
fn a_half_is_rounded_up_and_the_band_is_that_of_the_rounded_score() {
    for (figure, expected) in [
        (84.95, 85.0),
        (84.949_999, 84.9),
        (0.0, 0.0),
        (100.0, 100.0),
        (0.05, 0.1),
    ] {
        assert_eq!(rounded(figure), expected, "{figure}");
    }
    let parameters = Parameters::default();
    let bands =
        [100.0, 95.0, 94.9, 85.0, 84.9, 60.0, 59.9, 0.0].map(|score| parameters.band(score));
    use Band::{Excellent, Failed, Good, Passed};
    assert_eq!(
        bands,
        [
            Excellent, Excellent, Good, Good, Passed, Passed, Failed, Failed
        ]
    );
    assert!(parameters.is_low(59.9) && !parameters.is_low(60.0));
}

#[test]
fn places_are_shared_and_say_what_is_not_significant() {
    let ranked = |score: f64, margin: f64| {
        let DepartmentScore::Unranked(of) = scored(&example()) else {
            panic!("the example has figures");
        };
        let interval = Interval::around(score, margin);
        DepartmentScore::Ranked(Score {
            score,
            interval,
            ..of
        })
    };
    let place = |rank, indistinct_from_above| {
        Some(Place {
            rank,
            indistinct_from_above,
        })
    };
    let scores = [
        ranked(80.0, 1.0),
        DepartmentScore::Insufficient,
        ranked(90.0, 2.0),
        scored(&example()),
        ranked(88.0, 1.0),
        ranked(88.0, 0.0),
        ranked(70.0, 9.0),
    ];
    let places = [
        place(4, false),
        None,
        place(1, false),
        None,
        place(2, true),
        place(2, true),
        place(5, true),
    ];
    assert_eq!(rank(&scores), places);
    assert_eq!(rank(&[]), []);
}

fn contract(levels: &[Level]) -> ContractRating {
    ContractRating {
        levels: Service::ALL
            .into_iter()
            .zip(levels.iter().copied())
            .collect(),
        ..ContractRating::default()
    }
}

#[test]
fn contracts_score_with_equal_weights() {
    let given = vec![contract(&[VerySatisfied, Satisfied, BasicallySatisfied, Dissatisfied]); 6];
    let given: Vec<_> = given.iter().collect();
    let parameters = Parameters::default();
    // (100 + 85 + 70 + 40) / 4 = 73.75
    let score = contract_score(&parameters, &given).map(|one| (one.n, one.score, one.rate));
    assert_eq!(score, Some((6, 73.8, 75.0)));
    assert_eq!(contract_score(&parameters, &given[..4]), None);
}

#[test]
fn a_liaison_has_a_band_from_enough_answers_of_enough_enterprises() {
    let rating = contract(&[Satisfied; 4]);
    let silent = contract(&[Unknown; 4]);
    let of = |enterprises: &[u128]| {
        let mut given: Vec<_> = enterprises
            .iter()
            .map(|one| (Uuid::from_u128(*one), &rating))
            .collect();
        given.push((Uuid::from_u128(9), &silent));
        liaison_band(&Parameters::default(), &given)
    };
    assert_eq!(of(&[1, 2, 3, 1, 2]), Some(Band::Good));
    assert_eq!(of(&[1, 2, 3, 1]), None);
    assert_eq!(of(&[1, 2, 1, 2, 1, 2]), None);
}

#[test]
fn parameters_tell_all_that_is_wrong_at_once() {
    use DesignError::*;
    let sound = Parameters::default();
    assert_eq!(sound.check(), []);
    let with = |change: fn(&mut Parameters)| {
        let mut changed = Parameters::default();
        change(&mut changed);
        changed.check()
    };
    assert_eq!(
        with(|one| one.points = [(Unknown, 50)].into()),
        [PointsIncomplete, PointsNotFalling]
    );
    assert_eq!(
        with(|one| one.points = BTreeMap::new()),
        [PointsIncomplete, PointsNotFalling]
    );
    assert_eq!(
        with(|one| one.points.extend([(Satisfied, 70)])),
        [PointsNotFalling]
    );
    assert_eq!(
        with(|one| one.points.extend([(VerySatisfied, 99)])),
        [PointsNotFalling]
    );
    assert_eq!(
        with(|one| one.points.extend([(VeryDissatisfied, 1)])),
        [PointsNotFalling]
    );
    assert_eq!(
        with(|one| one.weights.retain(|aspect, _| *aspect != Overall)),
        [WeightsIncomplete, WeightsNotWhole]
    );
    assert_eq!(
        with(|one| one.weights.extend([(Overall, 0), (Attitude, 25)])),
        [WeightsIncomplete]
    );
    assert_eq!(
        with(|one| one.weights.extend([(Overall, 11)])),
        [WeightsNotWhole]
    );
    assert_eq!(
        with(|one| one.weights.extend([(Overall, u32::MAX)])),
        [WeightsNotWhole]
    );
    assert_eq!(with(|one| one.publish_from = 4), [PublishedTooEarly]);
    assert_eq!(with(|one| one.publish_from = 11), [RankedTooEarly]);
    assert_eq!(
        with(|one| one.bands.excellent_from = 101),
        [BandsNotFalling]
    );
    assert_eq!(with(|one| one.bands.good_from = 95), [BandsNotFalling]);
    assert_eq!(with(|one| one.bands.passed_from = 85), [BandsNotFalling]);
    assert_eq!(with(|one| one.bands.passed_from = 0), [BandsNotFalling]);
    assert_eq!(with(|one| one.confidence = 100), [ConfidenceOutOfRange]);
    assert_eq!(with(|one| one.low_below = 101), [LowOutOfRange]);
    let all = with(|one| {
        (
            one.publish_from,
            one.rank_from,
            one.confidence,
            one.low_below,
        ) = (3, 2, 0, 200);
    });
    assert_eq!(
        all,
        [
            PublishedTooEarly,
            RankedTooEarly,
            ConfidenceOutOfRange,
            LowOutOfRange
        ]
    );
    for problem in all {
        let text = problem.explain();
        assert!(!text.zh.is_empty() && !text.en.is_empty());
    }
}

#[test]
fn parameters_and_scores_are_the_same_after_they_were_kept() {
    let parameters = Parameters::default();
    let kept = serde_json::to_string(&parameters).unwrap_or_default();
    assert_eq!(serde_json::from_str(&kept).ok(), Some(parameters));
    let score = scored(&example());
    let kept = serde_json::to_string(&score).unwrap_or_default();
    assert!(kept.contains("\"score\":82.2,"), "{kept}");
    assert_eq!(serde_json::from_str(&kept).ok(), Some(score));
}

/// The score once more, with whole numbers only, in tenths of points: Σ w·p/n ÷ Σ w, brought to one denominator.
fn tenths(ratings: &[Rating]) -> Option<u128> {
    let parameters = Parameters::default();
    let mut sums = Vec::new();
    for (aspect, weight) in &parameters.weights {
        let given = ratings
            .iter()
            .filter_map(|rating| rating.levels.get(aspect));
        let points: Vec<u128> = given
            .filter_map(|level| parameters.points.get(level))
            .map(|points| u128::from(*points))
            .collect();
        if points.len() >= 5 {
            sums.push((
                u128::from(*weight),
                points.iter().sum::<u128>(),
                points.len() as u128,
            ));
        }
    }
    let common: u128 = sums.iter().map(|(_, _, n)| n).product();
    let numerator: u128 = sums
        .iter()
        .map(|(weight, sum, n)| weight * sum * (common / n))
        .sum();
    let denominator = common * sums.iter().map(|(weight, _, _)| weight).sum::<u128>();
    (denominator > 0).then(|| (20 * numerator + denominator) / (2 * denominator))
}

/// Half the interval of a figure once more: how much it changes when one enterprise counts a little more is tried, not derived.
fn tried_margin(n: usize, quantile: f64, figure: impl Fn(&[f64]) -> f64) -> f64 {
    const LITTLE: f64 = 1e-4;
    let changed = |index: usize, by: f64| {
        let mut counts = vec![1.0; n];
        counts[index] += by;
        figure(&counts)
    };
    let slope = |index| (changed(index, LITTLE) - changed(index, -LITTLE)) / (2.0 * LITTLE);
    let squares: f64 = (0..n).map(|index| f64::powi(slope(index), 2)).sum();
    quantile * (n as f64 / (n as f64 - 1.0) * squares).sqrt()
}

#[test]
fn the_interval_is_what_trying_gives() {
    let ratings = example();
    let parameters = Parameters::default();
    let of = |counts: &[f64], value: &dyn Fn(Level) -> f64, aspect: &Aspect| {
        let given = ratings.iter().zip(counts);
        let given = given.map(|(rating, count)| (value(rating.levels[aspect]), count));
        given.fold((0.0, 0.0), |(sum, n), (value, count)| {
            (sum + value * count, n + count)
        })
    };
    let counted = Aspect::ALL
        .into_iter()
        .filter(|aspect| *aspect != Integrity);
    let score = |counts: &[f64]| {
        let points = |level| f64::from(parameters.points[&level]);
        let weighted = counted.clone().map(|aspect| {
            let (sum, n) = of(counts, &points, &aspect);
            f64::from(parameters.weights[&aspect]) * sum / n
        });
        weighted.sum::<f64>() / 85.0
    };
    let rate = |counts: &[f64]| {
        let satisfied = |level: Level| if level.is_satisfied() { 100.0 } else { 0.0 };
        let sums = counted
            .clone()
            .map(|aspect| of(counts, &satisfied, &aspect));
        let (sum, n) = sums.fold((0.0, 0.0), |(sum, n), (more, of)| (sum + more, n + of));
        sum / n
    };
    // t with 4 degrees of freedom, 95 %, from a printed table.
    let quantile = 2.131_847;
    assert!((tried_margin(5, quantile, score) - 7.832_905).abs() < 1e-4);
    assert!((tried_margin(5, quantile, rate) - 8.703_228).abs() < 1e-4);
    let t = |degrees: usize| {
        // The influences have a mean square of 1 / n, so that what remains is the quantile.
        let n = degrees + 1;
        margin(90, vec![((n as f64 - 1.0) / n as f64 / n as f64).sqrt(); n])
    };
    for (degrees, printed) in [(4, 2.1318), (9, 1.8331), (19, 1.7291), (120, 1.6577)] {
        assert!(
            (t(degrees) - printed).abs() < 1e-4,
            "{degrees}: {}",
            t(degrees)
        );
    }
}

fn any_level() -> impl Strategy<Value = Option<Level>> {
    let level = proptest::sample::select(&Level::ALL[..]);
    proptest::option::weighted(0.8, level)
}

fn any_ratings() -> impl Strategy<Value = Vec<Rating>> {
    let rating = proptest::array::uniform7(any_level()).prop_map(|levels| Rating {
        levels: Aspect::ALL
            .into_iter()
            .zip(levels)
            .filter_map(|(aspect, level)| Some((aspect, level?)))
            .collect(),
        ..Rating::default()
    });
    proptest::collection::vec(rating, 0..24)
}

proptest! {
    #[test]
    fn a_score_is_what_whole_numbers_give(ratings in any_ratings()) {
        let score = scored(&ratings);
        let found = score.figures().map(|score| (score.score * 10.0).round() as u128);
        prop_assert_eq!(found, tenths(&ratings));
    }

    #[test]
    fn who_says_nothing_changes_nothing(ratings in any_ratings(), at in 0_usize..24) {
        let score = scored(&ratings);
        let mut with_silent = ratings.clone();
        let unknown = Aspect::ALL.map(|aspect| (aspect, Unknown));
        for levels in [BTreeMap::new(), unknown.into()] {
            let silent = Rating { levels, ..Rating::default() };
            with_silent.insert(at.min(with_silent.len()), silent);
        }
        prop_assert_eq!(&scored(&with_silent), &score);
        let mut blank = ratings;
        for rating in &mut blank {
            rating.levels.retain(|_, level| level.is_effective());
        }
        prop_assert_eq!(scored(&blank), score);
    }

    #[test]
    fn the_order_of_answers_changes_no_byte(
        (ratings, shuffled) in any_ratings().prop_flat_map(|ratings| (Just(ratings.clone()), Just(ratings).prop_shuffle())),
    ) {
        let bytes = |ratings: &[Rating]| serde_json::to_string(&scored(ratings)).ok();
        prop_assert_eq!(bytes(&ratings), bytes(&shuffled));
    }

    #[test]
    fn figures_lie_where_they_can(ratings in any_ratings()) {
        let parameters = Parameters::default();
        let result = scored(&ratings);
        if let Some(score) = result.figures() {
            let all = ratings.iter().flat_map(|rating| rating.levels.iter());
            let counted = |aspect: &Aspect| score.questions.iter().any(|one| one.question == *aspect);
            let points: Vec<f64> = all
                .filter(|(aspect, _)| counted(aspect))
                .filter_map(|(_, level)| parameters.points.get(level))
                .map(|points| f64::from(*points))
                .collect();
            let least = points.iter().copied().fold(100.0, f64::min);
            let most = points.iter().copied().fold(0.0, f64::max);
            prop_assert!((least..=most).contains(&score.score));
            prop_assert!((0.0..=100.0).contains(&score.rate));
            for (figure, interval) in [(score.score, score.interval), (score.rate, score.rate_interval)] {
                prop_assert!(0.0 <= interval.low && interval.low <= figure);
                prop_assert!(figure <= interval.high && interval.high <= 100.0);
            }
            prop_assert!(score.questions.iter().all(|one| one.n >= 5 && one.n <= score.n));
            prop_assert_eq!(score.renormalised, score.questions.len() < 7);
            let steps = score.breakdown();
            let shares: f64 = steps.iter().map(|step| step.share).sum();
            let sum: f64 = steps.iter().map(|step| step.product).sum();
            prop_assert!((shares - 1.0).abs() < 1e-12);
            prop_assert_eq!(rounded(sum), score.score);
        }
    }

    #[test]
    fn a_better_answer_lowers_nothing(ratings in any_ratings(), who in 0_usize..24, what in 0_usize..7) {
        let before = scored(&ratings);
        let mut better = ratings;
        let level = better.get_mut(who).and_then(|rating| rating.levels.get_mut(&Aspect::ALL[what]));
        if let Some(level) = level.filter(|level| level.is_effective() && **level != VerySatisfied) {
            let place = Level::ALL.iter().position(|one| one == level).unwrap_or_default();
            *level = Level::ALL[place - 1];
            let after = scored(&better);
            if let (Some(before), Some(after)) = (before.figures(), after.figures()) {
                prop_assert_eq!(before.n, after.n);
                prop_assert!(after.score >= before.score && after.rate >= before.rate);
            } else {
                prop_assert_eq!(before, after);
            }
        }
    }
}
