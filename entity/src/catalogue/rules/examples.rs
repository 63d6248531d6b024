//! Example projects: what their answers give is what was expected.

use super::{EXAMPLES, NEEDS, Told, needs, questions::sound};
use crate::{
    catalogue::Files,
    condition::{Literal, Number, Truth},
};

/// Each example answers what it is asked, and gets exactly its expected items.
pub fn examples(files: &Files, told: &mut Told) {
    let rows = || files.examples.iter();
    told.unique(EXAMPLES, "code", rows().map(|one| one.code.as_str()));
    told.unique(EXAMPLES, "name_zh", rows().map(|one| one.name.zh.as_str()));
    told.unique(EXAMPLES, "name_en", rows().map(|one| one.name.en.as_str()));
    if !sound(files) {
        return;
    }
    let kinds = files.question_kinds();
    if files
        .needs
        .iter()
        .any(|need| !need.condition.faults(&kinds).is_empty())
    {
        return;
    }
    let place = |key: &str| files.questions.iter().position(|one| one.key == key);
    for (index, example) in files.examples.iter().enumerate() {
        let at = (EXAMPLES, index);
        let before = told.faults.len();
        let mut last = None;
        for (key, answer) in &example.given {
            let wrong = |told: &mut Told, zh: String, en: String| {
                told.cell(at, "answers", format!("{key}={answer}"), (zh, en));
            };
            let Some(place) = place(key) else {
                wrong(
                    told,
                    format!("没有问题“{key}”"),
                    format!("There is no question {key}"),
                );
                continue;
            };
            if last >= Some(place) {
                wrong(
                    told,
                    "答案应当按问题的顺序排列，每题一次".to_owned(),
                    "The answers stand in the order of the questions, each once".to_owned(),
                );
            }
            last = last.max(Some(place));
            if let Some(fault) = kinds[key].fault(key, answer) {
                let text = fault.explain();
                wrong(told, text.zh, text.en);
            } else if matches!(answer, Literal::Number(number) if *number < Number::default()) {
                wrong(
                    told,
                    "数字不能是负数".to_owned(),
                    "A number is not negative".to_owned(),
                );
            }
        }
        if told.faults.len() > before {
            continue;
        }
        let answers = example.answers();
        let found = needs::needs(&files.needs, &answers);
        for (column, truth, expected, zh, en) in [
            (
                "expected_items",
                Truth::True,
                &example.expected_items,
                "需要的是",
                "It needs",
            ),
            (
                "expected_open",
                Truth::Open,
                &example.expected_open,
                "待确定的是",
                "It leaves open",
            ),
        ] {
            let mut codes: Vec<&str> = found
                .iter()
                .filter(|needed| needed.truth == truth)
                .map(|needed| needed.item)
                .collect();
            codes.sort_unstable();
            if codes != *expected {
                let codes = codes.join(" ");
                told.cell(
                    at,
                    column,
                    expected.join(" "),
                    (
                        format!("按照{NEEDS}，{zh}：{codes}"),
                        format!("{en} by {NEEDS}: {codes}"),
                    ),
                );
            }
        }
        for asked in needs::asked(&files.questions, &answers) {
            let key = &asked.question.key;
            let answered = answers.get(key).is_some();
            let truth = asked.decided.truth;
            if answered && truth != Truth::True {
                told.cell(
                    at,
                    "answers",
                    key,
                    (
                        format!("“{key}”没有问到，不应当回答"),
                        format!("{key} is answered but not asked"),
                    ),
                );
            } else if !answered && truth != Truth::False && example.expected_open.is_empty() {
                told.cell(at, "answers", key, (
                    format!("“{key}”没有回答；没有全部回答的示例应当写明待确定的事项"),
                    format!("{key} is not answered; an example that is not complete names what it leaves open"),
                ));
            }
        }
    }
}
