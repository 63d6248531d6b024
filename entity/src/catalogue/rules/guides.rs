//! Guides: what the public reads agrees with the rows it speaks of.

use std::collections::BTreeMap;

use super::{Active, GUIDES, Told, WINDOWS, active, has_number};
use crate::{
    catalogue::{Clock, Files, Guide, Limit, Outcome, SilenceClass, ValidityKind, Window},
    condition::Number,
    term::Term,
};

/// How every case can end, whatever the item.
const ALWAYS: [Outcome; 4] = [
    Outcome::NotRequired,
    Outcome::NotCompetent,
    Outcome::Withdrawn,
    Outcome::Lapsed,
];

/// One guide per active item, in order.
pub fn guides(files: &Files, told: &mut Told) {
    let active = active(files);
    let rows = || files.guides.iter();
    told.unique(GUIDES, "item_code", rows().map(|one| one.item.as_str()));
    told.unique(
        GUIDES,
        "result_name_zh",
        rows().map(|one| one.result_name.zh.as_str()),
    );
    told.unique(
        GUIDES,
        "result_name_en",
        rows().map(|one| one.result_name.en.as_str()),
    );
    if !rows().is_sorted_by(|one, two| one.item <= two.item) {
        told.file(
            GUIDES,
            "",
            (
                "没有按事项编号排列",
                "The guides are not in the order of their items",
            ),
        );
    }
    for code in active.keys() {
        if rows().all(|guide| guide.item != *code) {
            told.file(
                GUIDES,
                code,
                (
                    format!("没有 {code} 的办事指南"),
                    format!("There is no guide of {code}"),
                ),
            );
        }
    }
    let mut limits: BTreeMap<&str, Vec<&Limit>> = BTreeMap::new();
    for limit in &files.limits {
        limits.entry(&limit.item).or_default().push(limit);
    }
    for (index, guide) in files.guides.iter().enumerate() {
        let at = (GUIDES, index);
        if !told.active(at, "item_code", &guide.item, &active) {
            continue;
        }
        let window = files
            .windows
            .iter()
            .find(|window| window.items.contains(&guide.item));
        let limits = limits
            .get(guide.item.as_str())
            .map_or(&[][..], Vec::as_slice);
        words(at, guide, &active, limits, window, told);
        outcomes(at, guide, active[guide.item.as_str()].1.silence, told);
        validity(at, guide, told);
    }
}

fn words(
    at: (&'static str, usize),
    guide: &Guide,
    active: &Active<'_>,
    limits: &[&Limit],
    window: Option<&Window>,
    told: &mut Told,
) {
    let item = active[guide.item.as_str()].1;
    let fee = &guide.fee.zh;
    let free = item.fee.starts_with('0');
    if free && !fee.contains("不收费") && !fee.contains("免收") {
        told.cell(
            at,
            "fee_zh",
            fee,
            (
                "目录中没有收费，应当写明不收费",
                "The catalogue has no fee: say so",
            ),
        );
    } else if !free && fee == "不收费。" {
        told.cell(
            at,
            "fee_zh",
            fee,
            ("目录中有收费", "The catalogue has a fee"),
        );
    }
    let days = item.promise_after.unwrap_or_default();
    let promise = &guide.promise;
    if !promise.zh.contains("承诺") || !promise.zh.contains(&format!("{days}个工作日")) {
        told.cell(
            at,
            "promise_zh",
            &promise.zh,
            (
                format!("应当写明承诺{days}个工作日"),
                format!("It must name the promise of {days} working days"),
            ),
        );
    }
    let said = format!("{days} working day");
    let found = promise.en.match_indices(&said).any(|(place, _)| {
        let before = promise.en[..place].chars().next_back();
        !before.is_some_and(|one| one.is_ascii_alphanumeric() || one == '_')
    });
    if !found {
        told.cell(
            at,
            "promise_en",
            &promise.en,
            (
                format!("应当写明承诺{days}个工作日"),
                format!("It must name the promise of {days} working days"),
            ),
        );
    }
    for limit in limits {
        if !matches!(
            limit.clock,
            Clock::Statutory | Clock::Extension | Clock::ExpertCap
        ) || limit.limit == 0
        {
            continue;
        }
        // What the fact itself lengthens, without anybody's approval, is told as the whole.
        let whole = limits.iter().filter(|law| {
            limit.clock == Clock::Extension
                && limit.extension_by.is_none()
                && law.clock == Clock::Statutory
                && law.condition == limit.condition
        });
        let number = u32::from(limit.limit) + whole.map(|law| u32::from(law.limit)).sum::<u32>();
        for (column, text) in [
            ("time_limit_zh", &guide.time_limit.zh),
            ("time_limit_en", &guide.time_limit.en),
        ] {
            if !has_number(text, number) {
                told.cell(
                    at,
                    column,
                    text,
                    (
                        format!("没有写明{}：{number}", limit.clock.text().zh),
                        format!("It does not name the {number} of {}", limit.clock.code()),
                    ),
                );
            }
        }
    }
    if let Some(window) = window {
        let named = [
            (
                "supervise_zh",
                &guide.supervise.zh,
                format!("窗口{}（{}）", window.number, window.name.zh),
            ),
            (
                "supervise_en",
                &guide.supervise.en,
                format!("window {} ({})", window.number, window.name.en),
            ),
        ];
        for (column, text, name) in named {
            if !text.contains(&name) {
                told.cell(
                    at,
                    column,
                    text,
                    (
                        format!("应当写明办理的窗口：{name}（见{WINDOWS}）"),
                        format!("It must name the window of {WINDOWS}: {name}"),
                    ),
                );
            }
        }
    }
    for (column, text, wanted) in [
        ("remedies_zh", &guide.remedies.zh, ["60日", "六个月"]),
        (
            "remedies_en",
            &guide.remedies.en,
            ["60 calendar days", "six months"],
        ),
    ] {
        for word in wanted.into_iter().filter(|word| !text.contains(word)) {
            told.cell(
                at,
                column,
                text,
                (
                    format!("应当写明复议和诉讼的期限：{word}"),
                    format!("It must name the time for review and court: {word}"),
                ),
            );
        }
    }
    for (_, name) in guide
        .outcomes
        .iter()
        .filter(|(outcome, _)| *outcome == Outcome::Refused)
    {
        for (column, text, quoted) in [
            ("remedies_zh", &guide.remedies.zh, format!("“{}”", name.zh)),
            ("remedies_en", &guide.remedies.en, format!("'{}'", name.en)),
        ] {
            if !text.contains(&quoted) {
                told.cell(
                    at,
                    column,
                    text,
                    (
                        format!("应当引用不予决定的名称：{quoted}"),
                        format!("It must quote the refusal: {quoted}"),
                    ),
                );
            }
        }
    }
}

fn outcomes(
    at: (&'static str, usize),
    guide: &Guide,
    silence: Option<SilenceClass>,
    told: &mut Told,
) {
    let has = |outcome: Outcome| guide.outcomes.iter().any(|(one, _)| *one == outcome);
    let shown = || {
        let codes: Vec<&str> = guide
            .outcomes
            .iter()
            .map(|(outcome, _)| outcome.code())
            .collect();
        codes.join(" ")
    };
    for outcome in ALWAYS.into_iter().filter(|outcome| !has(*outcome)) {
        told.cell(
            at,
            "outcomes",
            shown(),
            (
                format!("缺少结果“{}”", outcome.text().zh),
                format!("The outcome {} is missing", outcome.code()),
            ),
        );
    }
    if has(Outcome::HandedBack) {
        told.cell(
            at,
            "outcomes",
            shown(),
            (
                "“退回补齐”由时限推定，不列入结果",
                "That papers are handed back follows from the limits: leave HANDED_BACK out",
            ),
        );
    }
    if has(Outcome::DeemedGranted) != (silence == Some(SilenceClass::T2)) {
        told.cell(
            at,
            "outcomes",
            shown(),
            (
                "只有法定视为同意（T2）的事项，而且这类事项必须，有“视为同意”的结果",
                "DEEMED_GRANTED belongs to class T2, and only to it",
            ),
        );
    }
    let filing = silence == Some(SilenceClass::T4);
    if (has(Outcome::Granted) && has(Outcome::Refused)) == filing {
        told.cell(
            at,
            "outcomes",
            shown(),
            (
                "备案类（T4）事项没有准予和不予，其他事项都有",
                "A filing (T4) is neither granted nor refused, every other item is one of them",
            ),
        );
    }
    if filing && !has(Outcome::Filed) {
        told.cell(
            at,
            "outcomes",
            shown(),
            ("备案类（T4）事项应当有“已备案”的结果", "A filing is FILED"),
        );
    }
}

fn validity(at: (&'static str, usize), guide: &Guide, told: &mut Told) {
    let Some(validity) = guide.validity else {
        return;
    };
    if validity.years <= Number::default() {
        told.cell(
            at,
            "result_validity_years",
            validity.years,
            ("应当大于0", "It must be more than 0"),
        );
    }
    if validity.kind == ValidityKind::FixedTerm
        && validity.renewal_before.is_none_or(|days| days == 0)
    {
        told.cell(
            at,
            "renewal_before_wd",
            "",
            (
                "固定有效期的结果应当写明提前多少个工作日申请延续",
                "A fixed term says how many working days before its end it is renewed",
            ),
        );
    }
    if !matches!(
        validity.renewal_class,
        SilenceClass::T0 | SilenceClass::T2 | SilenceClass::T3 | SilenceClass::X
    ) {
        told.cell(
            at,
            "renewal_class",
            validity.renewal_class.code(),
            (
                "延续的默许类别只能是T0、T2、T3或者X",
                "The class of a renewal is T0, T2, T3 or X",
            ),
        );
    }
}
