use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;

use super::*;

const HIDDEN: Told = Told::Withheld;

fn told(count: u64) -> Told {
    Told::Count(count)
}

/// Everything that is told of a table, cells first.
fn view(cells: &[Vec<u64>], threshold: u64) -> Vec<Told> {
    let table = counts(cells, threshold);
    let mut view = table.cells.concat();
    view.extend(table.rows);
    view.extend(table.columns);
    view.push(table.total);
    view
}

#[test]
fn a_line_tells_what_unmasks_nobody() {
    let cases: [(&[u64], &[Told], Told); 8] = [
        (&[5, 6], &[told(5), told(6)], told(11)),
        (&[3, 7, 12], &[HIDDEN, HIDDEN, told(12)], told(22)),
        // 5 could not be less without being few itself.
        (&[2, 5, 20], &[HIDDEN, HIDDEN, HIDDEN], told(27)),
        (
            &[1, 2, 20, 30],
            &[HIDDEN, HIDDEN, HIDDEN, told(30)],
            told(53),
        ),
        (&[0, 0, 12], &[HIDDEN, HIDDEN, HIDDEN], told(12)),
        // 8 of two that are few would be 4 and 4.
        (&[4, 4], &[HIDDEN, HIDDEN], HIDDEN),
        (&[0, 3], &[HIDDEN, HIDDEN], HIDDEN),
        (&[], &[], HIDDEN),
    ];
    for (cells, expected, total) in cases {
        let line = line(cells, 5);
        assert_eq!(
            (line.cells.as_slice(), line.total),
            (expected, total),
            "{cells:?}"
        );
    }
    assert_eq!([0, 4, 5].map(|n| count(n, 5)), [HIDDEN, HIDDEN, told(5)]);
}

#[test]
fn a_table_is_told_with_its_totals() {
    let whole = counts(&[vec![5, 6], vec![7, 8]], 5);
    assert_eq!(whole.cells, [[told(5), told(6)], [told(7), told(8)]]);
    assert_eq!(whole.rows, [told(11), told(15)]);
    assert_eq!(whole.columns, [told(12), told(14)]);
    assert_eq!(whole.total, told(26));

    // One that is few takes one more of its row, of its column, and the one across.
    let covered = counts(&[vec![3, 20, 30], vec![20, 30, 40], vec![30, 40, 50]], 5);
    assert_eq!(
        covered.cells,
        [
            [HIDDEN, HIDDEN, told(30)],
            [HIDDEN, HIDDEN, told(40)],
            [told(30), told(40), told(50)],
        ]
    );
    assert_eq!(covered.rows, [told(53), told(90), told(120)]);
    assert_eq!(covered.columns, [told(53), told(90), told(120)]);

    let empty = counts(&[], 5);
    assert!(empty.cells.is_empty() && empty.rows.is_empty() && empty.columns.is_empty());
}

/// The reader who knows this very program: he tries every table and keeps those of which the same would be told.
#[test]
fn who_knows_the_rule_and_tries_every_table_learns_no_count_of_too_few() {
    // `end` is one more than the largest count that is tried; views that larger ones might share are left out.
    for (threshold, end) in [(2, 8_u64), (3, 11)] {
        let mut by_view: HashMap<Vec<Told>, Vec<Vec<u64>>> = HashMap::new();
        for code in 0..end.pow(4) {
            let cells: Vec<u64> = (0..4).map(|place| code / end.pow(place) % end).collect();
            let table = [cells[..2].to_vec(), cells[2..].to_vec()];
            let tables = by_view.entry(view(&table, threshold)).or_default();
            tables.push(cells);
        }
        let mut tried = 0;
        for (view, tables) in by_view {
            if tables.iter().flatten().any(|count| *count == end - 1) {
                continue;
            }
            for place in (0..4).filter(|place| view[*place] == HIDDEN) {
                let values: BTreeSet<u64> = tables.iter().map(|cells| cells[place]).collect();
                assert!(values.len() > 1, "{view:?} is {tables:?}");
                tried += 1;
            }
        }
        assert!(tried > 200, "{tried}");
    }
}

#[test]
fn who_knows_the_rule_and_tries_every_line_learns_no_count_of_too_few() {
    const END: u64 = 16;
    let mut by_view: HashMap<Vec<Told>, Vec<Vec<u64>>> = HashMap::new();
    for code in 0..END.pow(3) {
        let cells: Vec<u64> = (0..3).map(|place| code / END.pow(place) % END).collect();
        let line = line(&cells, 5);
        let mut view = line.cells;
        view.push(line.total);
        by_view.entry(view).or_default().push(cells);
    }
    let mut tried = 0;
    for (view, lines) in by_view {
        if lines.iter().flatten().any(|count| *count == END - 1) {
            continue;
        }
        for place in (0..3).filter(|place| view[*place] == HIDDEN) {
            let values: BTreeSet<u64> = lines.iter().map(|cells| cells[place]).collect();
            assert!(values.len() > 1, "{view:?} is {lines:?}");
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

/// Every table of this shape that agrees with what is told, with no count further from the true one than `reach`: no other way to the same
/// answer than by trying.
fn consistent(cells: &[Vec<u64>], table: &Table, reach: u64) -> Vec<Vec<u64>> {
    let width = table.columns.len();
    let agrees = |told: Told, sum: u64| matches!(told, Told::Withheld) || told == Told::Count(sum);
    let mut found: Vec<Vec<u64>> = vec![Vec::new()];
    for (row, told) in table.cells.iter().enumerate() {
        for (column, told) in told.iter().enumerate() {
            let is = cells[row][column];
            let values = match told {
                Told::Count(count) => *count..=*count,
                Told::Withheld => is.saturating_sub(reach)..=is + reach,
            };
            let longer = |start: &Vec<u64>| {
                let start = start.clone();
                values
                    .clone()
                    .map(move |value| [start.as_slice(), &[value]].concat())
            };
            found = found.iter().flat_map(longer).collect();
        }
        found.retain(|start| agrees(table.rows[row], start[row * width..].iter().sum()));
    }
    found.retain(|all| {
        let sum = |column: usize| all.iter().skip(column).step_by(width).sum();
        (0..width).all(|column| agrees(table.columns[column], sum(column)))
            && agrees(table.total, all.iter().sum())
    });
    found
}

fn tables(width: usize, height: usize, most: u64) -> impl Strategy<Value = Vec<Vec<u64>>> {
    let count = prop_oneof![0..=3_u64, 0..=most];
    let row = proptest::collection::vec(count, width);
    proptest::collection::vec(row, height)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_withheld_count_can_be_narrowed(cells in tables(3, 2, 9)) {
        let threshold = 3;
        let table = counts(&cells, threshold);
        let found = consistent(&cells, &table, threshold - 1);
        for (place, told) in table.cells.concat().into_iter().enumerate() {
            let values: BTreeSet<u64> = found.iter().map(|all| all[place]).collect();
            match told {
                Told::Withheld => prop_assert!(values.len() as u64 >= threshold, "{table:?} tells {place}: {values:?}"),
                Told::Count(count) => prop_assert_eq!(values, BTreeSet::from([count])),
            }
        }
    }

    #[test]
    fn what_is_told_is_true_and_never_of_too_few(cells in tables(9, 14, 40), threshold in 5..9_u64) {
        let table = counts(&cells, threshold);
        let is_fair = |told: Told, count: u64| match told {
            Told::Count(told) => told == count && count >= threshold,
            Told::Withheld => true,
        };
        for (row, told) in table.cells.iter().enumerate() {
            prop_assert!(told.iter().zip(&cells[row]).all(|(told, count)| is_fair(*told, *count)));
            prop_assert!(is_fair(table.rows[row], cells[row].iter().sum()));
            // A line whose total is told does not leave one to be computed.
            let hidden = told.iter().filter(|told| **told == HIDDEN).count();
            prop_assert!(table.rows[row] == HIDDEN || hidden != 1);
        }
        for (column, told) in table.columns.iter().enumerate() {
            prop_assert!(is_fair(*told, cells.iter().map(|row| row[column]).sum()));
            let hidden = table.cells.iter().filter(|row| row[column] == HIDDEN).count();
            prop_assert!(*told == HIDDEN || hidden != 1);
        }
        prop_assert!(is_fair(table.total, cells.iter().flatten().sum()));
        prop_assert_eq!(counts(&cells, threshold), table);
    }
}

#[test]
fn named_answers_are_shown_only_while_enough_others_stay_hidden() {
    assert_eq!(
        [0, 1, 4, 5, 6].map(|hidden| may_read_named(hidden, 5)),
        [true, false, false, true, true]
    );
}

#[test]
fn answers_without_a_name_count_only_among_enough() {
    assert_eq!([0, 4, 5].map(|n| is_counted(n, 5)), [false, false, true]);
}
