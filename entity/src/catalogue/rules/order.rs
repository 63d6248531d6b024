//! Order of the items: what comes first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{EDGES, MATERIALS, Told, active};
use crate::catalogue::{Edge, EdgeKind, Files, Source};

/// Edges join active items, each pair once, and never in a circle.
pub fn order(files: &Files, told: &mut Told) {
    let active = active(files);
    let kinds = files.question_kinds();
    let mut seen = HashMap::new();
    for (index, edge) in files.edges.iter().enumerate() {
        let at = (EDGES, index);
        told.active(at, "before_code", &edge.before, &active);
        told.active(at, "after_code", &edge.after, &active);
        if edge.before == edge.after {
            told.cell(
                at,
                "after_code",
                &edge.after,
                ("事项不能先于自己", "An item cannot come before itself"),
            );
        }
        let first = *seen.entry((&edge.before, &edge.after)).or_insert(index);
        if first != index {
            told.cell(
                at,
                "after_code",
                &edge.after,
                (
                    format!("与第{}行重复", first + 2),
                    format!("The same as row {}", first + 2),
                ),
            );
        }
        if let Some(condition) = &edge.condition {
            told.typed(at, "condition", condition, &kinds);
        }
    }
    let edges: Vec<&Edge> = files.edges.iter().collect();
    let codes: BTreeSet<&str> = active.keys().copied().collect();
    if let Err(circle) = sorted(&codes, &edges) {
        let circle = circle.into_iter().collect::<Vec<_>>().join(" ");
        told.file(
            EDGES,
            &circle,
            (
                format!("先后关系构成循环：{circle}"),
                format!("The order has a circle among {circle}"),
            ),
        );
    }
}

/// Edges of the kind MATERIAL are exactly the results of active items that other items use or used.
pub fn results(files: &Files, told: &mut Told) {
    let active = active(files);
    let mut wanted: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (index, material) in files.materials.iter().enumerate() {
        if let Source::OtherItem(other) = &material.source
            && active.contains_key(other.as_str())
        {
            let pair = (other.as_str(), material.item.as_str());
            wanted.entry(pair).or_default().push(index);
        }
    }
    let mut found = BTreeSet::new();
    for (index, edge) in files.edges.iter().enumerate() {
        if edge.kind != EdgeKind::Material {
            continue;
        }
        let pair = (edge.before.as_str(), edge.after.as_str());
        found.insert(pair);
        let same = wanted.get(&pair).into_iter().flatten().any(|index| {
            let material = &files.materials[*index];
            let condition = material.condition.as_ref().filter(|_| material.after);
            material.name == edge.note && condition == edge.condition.as_ref()
        });
        if !same {
            told.cell(
                (EDGES, index),
                "note",
                &edge.note.zh,
                (
                    format!(
                        "{MATERIALS} 中没有名称和条件相同、来自 {} 的材料",
                        edge.before
                    ),
                    format!(
                        "{MATERIALS} has no material from {} with this name and condition",
                        edge.before
                    ),
                ),
            );
        }
    }
    for (pair, rows) in wanted {
        if !found.contains(&pair) {
            told.cell(
                (MATERIALS, rows[0]),
                "source",
                pair.0,
                (
                    format!("{EDGES} 中没有 {} 先于 {} 的MATERIAL一行", pair.0, pair.1),
                    format!("{EDGES} has no MATERIAL row from {} to {}", pair.0, pair.1),
                ),
            );
        }
    }
}

/// The codes in an order in which each comes after all that must come before it, or those that stand in a circle or behind one.
pub fn sorted<'a>(
    codes: &BTreeSet<&'a str>,
    edges: &[&Edge],
) -> Result<Vec<&'a str>, BTreeSet<&'a str>> {
    Ok(steps(codes, edges)?.concat())
}

/// The codes in steps: each comes as soon as all that must come before it have come. Or those that stand in a circle or behind one.
pub fn steps<'a>(
    codes: &BTreeSet<&'a str>,
    edges: &[&Edge],
) -> Result<Vec<Vec<&'a str>>, BTreeSet<&'a str>> {
    let mut left = codes.clone();
    let mut out = Vec::new();
    while !left.is_empty() {
        let held: BTreeSet<&str> = edges
            .iter()
            .filter(|edge| left.contains(edge.before.as_str()))
            .map(|edge| edge.after.as_str())
            .collect();
        let free: Vec<&str> = left
            .iter()
            .copied()
            .filter(|code| !held.contains(code))
            .collect();
        if free.is_empty() {
            return Err(left);
        }
        for code in &free {
            left.remove(code);
        }
        out.push(free);
    }
    Ok(out)
}

/// How long the longest chain of these items takes, each as long as `days` says; none when they stand in a circle.
pub fn longest(codes: &BTreeSet<&str>, edges: &[&Edge], days: impl Fn(&str) -> u32) -> Option<u32> {
    let mut ends: HashMap<&str, u32> = HashMap::new();
    for code in sorted(codes, edges).ok()? {
        let before = edges
            .iter()
            .filter(|edge| edge.after == code)
            .filter_map(|edge| ends.get(edge.before.as_str()))
            .max();
        ends.insert(code, before.copied().unwrap_or(0) + days(code));
    }
    Some(ends.into_values().max().unwrap_or(0))
}
