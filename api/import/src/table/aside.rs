//! Words around a table that are no enterprise: totals, notes, headings, and the header once more.

use super::{head::plain, narrow};
use crate::sheet::{Cell, Line};

/// Whether every cell of a row says what a row of the header says there.
pub(super) fn is_same(line: &Line, head: &Line) -> bool {
    line.cells.iter().all(|(column, cell)| {
        let text = cell.text();
        let said = head.cells.get(column).map(Cell::text);
        text.is_empty() || said.is_some_and(|said| said == text)
    })
}

/// `合计`, `本页小计：`, `总计（家）`, `共计 20 家`.
pub(super) fn is_total(text: &str) -> bool {
    let text: String = plain(text)
        .chars()
        .filter(|letter| !letter.is_ascii_digit())
        .collect();
    let text = text.trim_end_matches(['家', '户', '个', '项', '份', '行', '条']);
    let text = ["本页", "本表", "本期", "累计"]
        .iter()
        .fold(text, |text, word| text.strip_prefix(word).unwrap_or(text));
    matches!(
        text,
        "合计" | "总计" | "小计" | "共计" | "总数" | "total" | "subtotal" | "grandtotal"
    )
}

/// `填表人：…`, `审核人 …`, `注：…`, `注1. …`, `第 2 页 共 3 页`: words below a table. No enterprise has a colon so near its beginning,
/// but one may begin with `负责人` when more than a `few` columns are filled.
pub(super) fn is_note(text: &str, few: bool) -> bool {
    let written = narrow(text);
    let text: String = written
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let begins = |word: &&str| {
        let apart = |rest: &str| !rest.starts_with(char::is_alphabetic);
        text.starts_with(*word) && (few || written.strip_prefix(*word).is_none_or(apart))
    };
    let label = text.split_once(':').is_some_and(|(label, _)| {
        label.chars().count() <= 10 && label.chars().next().is_some_and(char::is_alphabetic)
    });
    let remark = text
        .strip_prefix('注')
        .is_some_and(|rest| rest.chars().next().is_none_or(|next| !next.is_alphabetic()));
    let page = text.strip_prefix('第').is_some_and(|rest| {
        rest.trim_start_matches(|letter: char| letter.is_ascii_digit())
            .starts_with('页')
    });
    let signed = [
        "填表人",
        "制表人",
        "填报人",
        "审核人",
        "复核人",
        "审批人",
        "负责人",
        "经办人",
        "填表日期",
        "制表日期",
        "填报日期",
        "打印日期",
    ];
    label || remark || page || signed.iter().any(begins)
}

/// `一、软件和信息服务业`: the heading of a part of the table.
pub(super) fn is_heading(text: &str) -> bool {
    let text = narrow(text);
    let text = text.trim_start_matches('(');
    let rest =
        text.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    rest.len() < text.len() && rest.starts_with(['、', '.', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_a_table_are_no_enterprises() {
        for text in [
            "合计",
            "合  计",
            "本页小计",
            "总计（家）",
            "小计：",
            "共计 20 家",
            "累计合计",
            "Total:",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in [
            "填表人：专员01",
            "审核人 专员02",
            "注：以上均为示例",
            "注1、示例",
            "注",
            "第 2 页 共 3 页",
            "单位负责人（签字）：",
            "备注: 示例",
        ] {
            assert!(is_note(text, false), "{text}");
        }
        for text in ["一、软件和信息服务业", "（二）装备制造", "十二.其他"] {
            assert!(is_heading(text), "{text}");
        }
        for text in [
            "总计示例有限公司",
            "注册示例有限公司",
            "负责人才示例有限公司",
            "第一示例有限公司",
            "三一示例有限公司",
            "12",
            "2026-01-15 00:00",
        ] {
            assert!(
                !is_total(text) && !is_note(text, false) && !is_heading(text),
                "{text}"
            );
        }
    }
}
