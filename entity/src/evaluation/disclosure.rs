//! What may be told so that nobody's answer is unmasked: threshold and complementary suppression, as official statistics know them, and what
//! follows from them for answers with and without a name.
//!
//! A table of counts with its totals is a flow that goes round: from each row through its cells to the columns, through their totals to the
//! whole, and back through the totals of the rows. What is told is fixed; what is withheld may be anything for which the flow goes round. So
//! what can be concluded of a withheld count is exactly how much more and how much less can flow there, and that can be computed.

use serde::{Deserialize, Serialize};

/// A count as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Told {
    /// The count.
    Count(u64),
    /// Withheld, because it is of too few or because one of too few could be computed with it; nobody is told which of the two.
    Withheld,
}

/// A table of counts as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The cells, row by row.
    pub cells: Vec<Vec<Told>>,
    /// The totals of the rows.
    pub rows: Vec<Told>,
    /// The totals of the columns.
    pub columns: Vec<Told>,
    /// The total of everything.
    pub total: Told,
}

/// A line of counts that add up, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The counts.
    pub cells: Vec<Told>,
    /// Their total.
    pub total: Told,
}

/// A count that is part of no sum that is told. Nobody is few, too: "nobody said so" is what everybody answered.
pub fn count(count: u64, threshold: u64) -> Told {
    if is_few(count, threshold) {
        Told::Withheld
    } else {
        Told::Count(count)
    }
}

/// Counts with their total: the least is withheld for which the same holds as of [`counts`].
pub fn line(cells: &[u64], threshold: u64) -> Line {
    let mut arcs: Vec<Arc> = cells.iter().map(|count| Arc::cell(0, 1, *count)).collect();
    arcs.push(Arc::total(1, 0, cells.iter().sum()));
    let told = Flow { lines: 2, arcs }.withhold(threshold);
    Line {
        cells: told[..cells.len()].to_vec(),
        total: told[cells.len()],
    }
}

/// Counts with the totals of their rows and columns. What is of fewer than `threshold` is withheld, and then as much more as it takes until
/// each of these could as well be any other count of fewer, and any other withheld one has `threshold` values, for a reader who knows what is
/// told and even which counts are of too few; or until nothing is told any more. What is withheld more is chosen by its place: chosen by its
/// size, it would tell that.
pub fn counts(cells: &[Vec<u64>], threshold: u64) -> Table {
    let height = cells.len();
    let width = cells.iter().map(Vec::len).max().unwrap_or_default();
    let cell = |row: usize, column: usize| cells[row].get(column).copied().unwrap_or_default();
    let row_total = |row| (0..width).map(|column| cell(row, column)).sum();
    let column_total = |column| (0..height).map(|row| cell(row, column)).sum();
    // The lines: rows, the totals of the columns, columns, the totals of the rows.
    let of_column = |column: usize| height + 1 + column;
    let mut arcs = Vec::with_capacity((height + 1) * (width + 1));
    for row in 0..height {
        arcs.extend((0..width).map(|column| Arc::cell(row, of_column(column), cell(row, column))));
        arcs.push(Arc::total(of_column(width), row, row_total(row)));
    }
    arcs.extend(
        (0..width).map(|column| Arc::total(of_column(column), height, column_total(column))),
    );
    let total = (0..height).map(row_total).sum();
    arcs.push(Arc::total(height, of_column(width), total));
    let lines = height + width + 2;
    let told = Flow { lines, arcs }.withhold(threshold);
    let mut rows: Vec<Vec<Told>> = told.chunks(width + 1).map(<[Told]>::to_vec).collect();
    let mut columns = rows.pop().unwrap_or_default();
    let total = columns.pop().unwrap_or(Told::Withheld);
    Table {
        rows: rows.iter_mut().filter_map(Vec::pop).collect(),
        cells: rows,
        columns,
        total,
    }
}

fn is_few(count: u64, threshold: u64) -> bool {
    count < threshold
}

/// A count of a table, as a flow from one line into another one.
struct Arc {
    from: usize,
    to: usize,
    count: u64,
    is_total: bool,
    is_told: bool,
}

impl Arc {
    fn cell(from: usize, to: usize, count: u64) -> Self {
        Self {
            from,
            to,
            count,
            is_total: false,
            is_told: true,
        }
    }

    fn total(from: usize, to: usize, count: u64) -> Self {
        Self {
            is_total: true,
            ..Self::cell(from, to, count)
        }
    }
}

/// Counts and their totals as a flow between so many lines.
struct Flow {
    lines: usize,
    arcs: Vec<Arc>,
}

impl Flow {
    /// Withholds what is of too few and what it takes to cover it. It ends: each turn withholds one more.
    fn withhold(mut self, threshold: u64) -> Vec<Told> {
        for arc in &mut self.arcs {
            arc.is_told = !is_few(arc.count, threshold);
        }
        while let Some(more) = self.cover(&self.exposed(threshold)) {
            self.arcs[more].is_told = false;
        }
        let told = |arc: &Arc| match arc {
            arc if arc.is_told => Told::Count(arc.count),
            _ => Told::Withheld,
        };
        self.arcs.iter().map(told).collect()
    }

    /// The withheld counts that are not covered. One of too few must be free to be any other of too few; any other one must have `threshold`
    /// values.
    fn exposed(&self, threshold: u64) -> Vec<&Arc> {
        let most = threshold.saturating_sub(1);
        let is_exposed = |(index, arc): &(usize, &Arc)| {
            let more = |enough| self.room(*index, arc.to, arc.from, enough, threshold);
            let less = |enough| self.room(*index, arc.from, arc.to, enough, threshold);
            match arc.count {
                _ if arc.is_told => false,
                few if is_few(few, threshold) => more(most - few) < most - few || less(few) < few,
                count => more(most) + less(most.min(count - threshold)) < most,
            }
        };
        let arcs = self.arcs.iter().enumerate().filter(is_exposed);
        arcs.map(|(_, arc)| arc).collect()
    }

    /// What is withheld next to cover what is exposed: in a line of that, the one with the least withheld; cells before totals, and where the
    /// line across has something withheld, too. Nothing when nothing is exposed, or nothing is told any more.
    fn cover(&self, exposed: &[&Arc]) -> Option<usize> {
        if exposed.is_empty() {
            return None;
        }
        let mut withheld = vec![0; self.lines];
        for arc in self.arcs.iter().filter(|arc| !arc.is_told) {
            withheld[arc.from] += 1;
            withheld[arc.to] += 1;
        }
        let is_exposed = |line: usize| exposed.iter().any(|arc| arc.from == line || arc.to == line);
        let told = self.arcs.iter().enumerate().filter(|(_, arc)| arc.is_told);
        let ways = told.flat_map(|(index, arc)| {
            [(arc.from, arc.to), (arc.to, arc.from)].map(|(line, across)| {
                let line = (!is_exposed(line), withheld[line], line);
                (line, arc.is_total, withheld[across] == 0, index)
            })
        });
        ways.min().map(|(.., index)| index)
    }

    /// How much can be sent from one line to another through withheld counts other than `without`, up to `enough`: they grow and shrink, but
    /// what is of too few stays so, and what is of enough.
    fn room(&self, without: usize, from: usize, to: usize, enough: u64, threshold: u64) -> u64 {
        let free = |index: usize, arc: &Arc| match arc {
            _ if arc.is_told || index == without => (0, 0),
            arc if is_few(arc.count, threshold) => (threshold - 1 - arc.count, arc.count),
            arc => (u64::MAX, arc.count - threshold),
        };
        let arcs = self.arcs.iter().enumerate();
        let mut free: Vec<(u64, u64)> = arcs.map(|(index, arc)| free(index, arc)).collect();
        let mut sent = 0;
        while sent < enough {
            let Some(path) = self.path(&free, from, to) else {
                break;
            };
            let amount = path.iter().fold(enough - sent, |most, (index, grows)| {
                let (more, less) = free[*index];
                most.min(if *grows { more } else { less })
            });
            for (index, grows) in path {
                let (more, less) = &mut free[index];
                let (used, gained) = if grows { (more, less) } else { (less, more) };
                *used -= amount;
                *gained = gained.saturating_add(amount);
            }
            sent += amount;
        }
        sent
    }

    /// A shortest way from one line to another: the counts on it, and whether each grows or shrinks. `free` says by how much each may.
    fn path(&self, free: &[(u64, u64)], from: usize, to: usize) -> Option<Vec<(usize, bool)>> {
        let mut reached: Vec<Option<(usize, bool)>> = vec![None; self.lines];
        let mut front = vec![from];
        while reached[to].is_none() && !front.is_empty() {
            let mut next = Vec::new();
            for line in front {
                for (index, arc) in self.arcs.iter().enumerate() {
                    let (more, less) = free[index];
                    let (line, grows) = match arc {
                        arc if arc.from == line && more > 0 => (arc.to, true),
                        arc if arc.to == line && less > 0 => (arc.from, false),
                        _ => continue,
                    };
                    if line != from && reached[line].is_none() {
                        reached[line] = Some((index, grows));
                        next.push(line);
                    }
                }
            }
            front = next;
        }
        let mut path = Vec::new();
        let mut line = to;
        while line != from {
            let (index, grows) = reached[line]?;
            path.push((index, grows));
            let arc = &self.arcs[index];
            line = if grows { arc.from } else { arc.to };
        }
        Some(path)
    }
}

/// Whether answers with a name may be shown one by one beside a figure that is told: those that stay `hidden` from this reader are none, or
/// enough of them; otherwise the figure less what is shown unmasks the hidden ones.
pub fn may_read_named(hidden: u64, threshold: u64) -> bool {
    hidden == 0 || hidden >= threshold
}

/// Whether answers with a name may be shown one by one beside counts of the same question: only while none stays hidden from this reader. What
/// is shown, taken from a count, leaves the count of the hidden ones, and that may be of one however many they are together.
pub fn may_read_counted(hidden: u64) -> bool {
    hidden == 0
}

/// Whether answers without a name count: those of one department, of the contracts, of the facts. Too few of them could be told by leaving
/// out the named ones.
pub fn is_counted(unnamed: u64, threshold: u64) -> bool {
    unnamed >= threshold
}

#[cfg(test)]
mod tests;
