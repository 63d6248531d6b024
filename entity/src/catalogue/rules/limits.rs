//! Clocks of the items.

use std::collections::HashMap;

use super::{ITEMS, LIMITS, Told, active};
use crate::{
    catalogue::{Clock, Files, Limit, LimitUnit, StartEvent},
    term::Term,
};

/// The most the law leaves for the one-time notice and for handing over the result, in working days (许可法 32, 44).
const NOTICE: u16 = 5;
const DELIVERY: u16 = 10;

/// Every item has its four clocks, and no promise is longer than the law.
pub fn limits(files: &Files, told: &mut Told) {
    let active = active(files);
    let kinds = files.kinds();
    let mut base: HashMap<(&str, Clock), (usize, &Limit)> = HashMap::new();
    for (index, limit) in files.limits.iter().enumerate() {
        let at = (LIMITS, index);
        told.active(at, "item_code", &limit.item, &active);
        if (limit.unit == LimitUnit::OnTheSpot) != (limit.limit == 0) {
            told.cell(
                at,
                "limit",
                limit.limit,
                (
                    "当场办理的期限是0，其他期限大于0",
                    "A limit on the spot is 0, every other more than 0",
                ),
            );
        }
        if let Some(authority) = limit
            .extension_by
            .filter(|_| limit.clock != Clock::Extension)
        {
            told.cell(
                at,
                "extension_by",
                authority.code(),
                (
                    "只有延长有批准人",
                    "Only an extension has somebody who extends",
                ),
            );
        }
        match &limit.condition {
            Some(condition) => told.typed(at, "condition", condition, &kinds),
            None => {
                let key = (limit.item.as_str(), limit.clock);
                let first = base.entry(key).or_insert((index, limit)).0;
                if first != index {
                    told.cell(
                        at,
                        "clock",
                        limit.clock.code(),
                        (
                            format!("同一时限已经有没有条件的一行（第{}行）", first + 2),
                            format!("Row {} has this clock without condition already", first + 2),
                        ),
                    );
                }
            }
        }
    }
    for (code, (index, item)) in &active {
        let of = |clock: Clock| base.get(&(*code, clock)).copied();
        for clock in [
            Clock::Notice,
            Clock::Statutory,
            Clock::Promised,
            Clock::Delivery,
        ] {
            if of(clock).is_none() {
                told.cell(
                    (ITEMS, *index),
                    "code",
                    code,
                    (
                        format!(
                            "{LIMITS} 中没有 {code} 的“{}”（没有条件的一行）",
                            clock.text().zh
                        ),
                        format!(
                            "{LIMITS} has no {} of {code} without condition",
                            clock.code()
                        ),
                    ),
                );
            }
        }
        for (clock, start, most) in [
            (Clock::Notice, StartEvent::Received, NOTICE),
            (Clock::Delivery, StartEvent::Decided, DELIVERY),
        ] {
            let Some((index, limit)) = of(clock) else {
                continue;
            };
            if limit.start != start {
                told.cell(
                    (LIMITS, index),
                    "start_event",
                    limit.start.code(),
                    (
                        format!("应当自{}起算", start.text().zh),
                        format!("It starts when {}", start.code()),
                    ),
                );
            }
            if limit.limit > most {
                told.cell(
                    (LIMITS, index),
                    "limit",
                    limit.limit,
                    (
                        format!("法律规定最长{most}个工作日"),
                        format!("The law allows {most} working days at most"),
                    ),
                );
            }
        }
        let (Some((_, law)), Some((index, promise))) = (of(Clock::Statutory), of(Clock::Promised))
        else {
            continue;
        };
        let at = (LIMITS, index);
        if Some(promise.limit) != item.promise_after {
            told.cell(
                at,
                "limit",
                promise.limit,
                (
                    format!("与{ITEMS}中的承诺不一致"),
                    format!("Differs from the promise in {ITEMS}"),
                ),
            );
        }
        if promise.unit != LimitUnit::WorkingDay {
            told.cell(
                at,
                "unit",
                promise.unit.code(),
                ("承诺以工作日计算", "A promise counts working days"),
            );
        }
        if promise.start != law.start {
            told.cell(
                at,
                "start_event",
                promise.start.code(),
                (
                    "承诺与法定期限的起算点不同",
                    "The promise and the law start from different events",
                ),
            );
        }
        if law.unit == LimitUnit::WorkingDay && promise.limit > law.limit {
            told.cell(
                at,
                "limit",
                promise.limit,
                (
                    format!("承诺比法定期限（{}个工作日）长", law.limit),
                    format!(
                        "The promise is longer than the law, {} working days",
                        law.limit
                    ),
                ),
            );
        }
    }
}
