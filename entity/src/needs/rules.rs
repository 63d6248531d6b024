//! Which answers fit, what still counts of them, and which items follow. What is asked and what is needed, the rules of the catalogue say.

use std::collections::{BTreeSet, HashMap};

use crate::{
    catalogue::{
        Bundle, Edge, EdgeKind, Material, Need, Question, Source,
        rules::{needs, steps},
    },
    condition::{Answers, Condition, Kind, Literal, Number, Truth},
    error::Explain,
    language::Text,
};

/// An answer as it comes.
#[derive(Clone, Debug)]
pub struct Given {
    /// The question.
    pub key: String,
    /// What is answered: the code of an option, a number. Nothing takes an answer back.
    pub value: Option<String>,
}

/// Why questions cannot be answered so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NeedsError {
    /// There is no catalogue yet.
    NoCatalogue,
    /// The project is on hold, terminated or completed.
    NotActive,
    /// Nothing was answered.
    Empty,
    /// The catalogue has no such question.
    Unknown {
        /// The key.
        key: String,
    },
    /// The question was answered twice.
    Twice {
        /// As it is asked.
        question: Text,
    },
    /// The answer is none of those that the question takes.
    Unfit {
        /// As it is asked.
        question: Text,
        /// Whether it takes a number; otherwise one of its options.
        is_number: bool,
    },
    /// By the other answers it is not asked.
    NotAsked {
        /// As it is asked.
        question: Text,
    },
}

impl Explain for NeedsError {
    fn explain(&self) -> Text {
        match self {
            Self::NoCatalogue => Text::new(
                "审批事项目录尚未导入，暂时不能回答。",
                "There is no catalogue of approval items yet: nothing can be answered.",
            ),
            Self::NotActive => Text::new(
                "项目不在推进中（暂缓、终止或已建成）；如需修改回答，请先恢复项目。",
                "The project is on hold, terminated or completed: resume it before its answers are changed.",
            ),
            Self::Empty => Text::new("请至少回答一个问题。", "Answer at least one question."),
            Self::Unknown { key } => Text::new(
                format!("目录中没有问题“{key}”，请刷新后重新回答。"),
                format!("The catalogue has no question {key}: read the questions again."),
            ),
            Self::Twice { question } => Text::new(
                format!("“{}”一次只能回答一遍。", question.zh),
                format!("Answer this question only once: {}", question.en),
            ),
            Self::Unfit {
                question,
                is_number: true,
            } => Text::new(
                format!(
                    "“{}”请填写不小于零的数字，不带单位和千位分隔符，最多六位小数。",
                    question.zh
                ),
                format!(
                    "Enter a number from zero on, without unit and thousands separator, with up to six decimals: {}",
                    question.en
                ),
            ),
            Self::Unfit {
                question,
                is_number: false,
            } => Text::new(
                format!("“{}”请从所列选项中选择。", question.zh),
                format!("Choose one of the options: {}", question.en),
            ),
            Self::NotAsked { question } => Text::new(
                format!("按照其他回答，不需要回答“{}”。", question.zh),
                format!("By the other answers this is not asked: {}", question.en),
            ),
        }
    }
}

/// Whether a question takes an answer.
fn fits(question: &Question, answer: &Literal) -> bool {
    match (question.kind.of_condition(&question.options), answer) {
        (Kind::Codes(codes), Literal::Code(code)) => codes.contains(code),
        (Kind::Number, Literal::Number(number)) => *number >= Number::default(),
        (Kind::Date, Literal::Date(_)) => true,
        _ => false,
    }
}

/// What counts of some answers: those that fit a question that is asked. What was answered to a question that is no longer asked, or that
/// another edition of the catalogue has changed, does not.
pub fn counting(questions: &[Question], answers: &Answers) -> Answers {
    let mut counting = Answers::new();
    for question in questions {
        let is_asked = question
            .ask_when
            .as_ref()
            .is_none_or(|condition| condition.truth(&counting) == Truth::True);
        let answer = answers.get(&question.key);
        if let Some(answer) = answer.filter(|answer| is_asked && fits(question, answer)) {
            counting.set(question.key.clone(), answer.clone());
        }
    }
    counting
}

/// The answers with what is given now, or everything that is wrong with it.
pub fn answered(
    questions: &[Question],
    before: &Answers,
    given: &[Given],
) -> Result<Answers, Vec<NeedsError>> {
    if given.is_empty() {
        return Err(vec![NeedsError::Empty]);
    }
    let known: HashMap<&str, &Question> = questions
        .iter()
        .map(|question| (question.key.as_str(), question))
        .collect();
    let (mut after, mut wrong, mut seen) = (before.clone(), Vec::new(), BTreeSet::new());
    for one in given {
        let Some(question) = known.get(one.key.as_str()) else {
            let key = one.key.chars().take(LONGEST_SHOWN).collect();
            wrong.push(NeedsError::Unknown { key });
            continue;
        };
        if !seen.insert(one.key.as_str()) {
            let question = question.question.clone();
            wrong.push(NeedsError::Twice { question });
            continue;
        }
        let Some(value) = &one.value else {
            after.remove(&one.key);
            continue;
        };
        match Literal::parse(value.trim()) {
            Ok(answer) if fits(question, &answer) => after.set(one.key.clone(), answer),
            _ => wrong.push(NeedsError::Unfit {
                question: question.question.clone(),
                is_number: question.unit.is_some(),
            }),
        }
    }
    let after = counting(questions, &after);
    if wrong.is_empty() {
        let lost = given.iter().filter(|one| one.value.is_some());
        let lost = lost.filter(|one| after.get(&one.key).is_none());
        wrong.extend(lost.filter_map(|one| {
            let question = known.get(one.key.as_str())?.question.clone();
            Some(NeedsError::NotAsked { question })
        }));
    }
    if wrong.is_empty() {
        Ok(after)
    } else {
        Err(wrong)
    }
}

/// How many characters of an unknown key are told.
const LONGEST_SHOWN: usize = 40;

/// What other answers have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The items that are needed now and were not known to be.
    pub added: Vec<String>,
    /// The items that were needed and no longer are.
    pub fallen: Vec<String>,
    /// The questions whose answers no longer count, because they are not asked any more.
    pub dropped: Vec<String>,
}

/// What changes from some answers to others, when `given` was answered.
pub fn changes(reasons: &[Need], before: &Answers, after: &Answers, given: &[Given]) -> Changes {
    let needed = |answers: &Answers| -> Vec<String> {
        let needed = needs(reasons, answers).into_iter();
        needed
            .filter(|one| one.truth == Truth::True)
            .map(|one| one.item.to_owned())
            .collect()
    };
    let (old, new) = (needed(before), needed(after));
    let without = |some: &[String], others: &[String]| -> Vec<String> {
        let left = some.iter().filter(|item| !others.contains(item));
        left.cloned().collect()
    };
    let dropped = before
        .iter()
        .map(|(key, _)| key)
        .filter(|key| after.get(key).is_none() && given.iter().all(|one| one.key != **key));
    Changes {
        added: without(&new, &old),
        fallen: without(&old, &new),
        dropped: dropped.map(str::to_owned).collect(),
    }
}

/// In which step each of these needed items can be applied for, from 1, and after which others of them: what must be done before building
/// starts holds up no application.
pub fn placed<'a>(
    edges: &'a [Edge],
    needed: &BTreeSet<&'a str>,
    answers: &Answers,
) -> HashMap<&'a str, (usize, Vec<&'a str>)> {
    let holds = |condition: &Condition| condition.truth(answers) == Truth::True;
    let edges = edges.iter().filter(|edge| {
        edge.kind != EdgeKind::Start
            && needed.contains(edge.before.as_str())
            && edge.condition.as_ref().is_none_or(holds)
    });
    let edges: Vec<_> = edges.collect();
    // A catalogue has no circle, which is checked when it is read.
    let steps = steps(needed, &edges).unwrap_or_default();
    let placed = steps
        .into_iter()
        .zip(1..)
        .flat_map(|(codes, step)| codes.into_iter().map(move |code| (code, step)));
    let after = |code: &str| -> Vec<&'a str> {
        let before = edges.iter().filter(|edge| edge.after == code);
        before.map(|edge| edge.before.as_str()).collect()
    };
    placed
        .map(|(code, step)| (code, (step, after(code))))
        .collect()
}

/// The bundles that are offered to a project with these answers: those of which it needs every item.
pub fn offered<'a>(
    bundles: &'a [Bundle],
    needed: &BTreeSet<&str>,
    answers: &Answers,
) -> Vec<&'a Bundle> {
    let offered = bundles.iter().filter(|bundle| {
        let mut items = bundle.items.iter();
        items.all(|item| needed.contains(item.as_str()))
            && bundle
                .condition
                .as_ref()
                .is_none_or(|condition| condition.truth(answers) == Truth::True)
    });
    offered.collect()
}

/// A material that a project hands in, once for all of its items that ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToHandIn<'a> {
    /// The material, as the first of the items has it.
    pub material: &'a Material,
    /// The items, in their order.
    pub items: Vec<&'a str>,
    /// Whether it is asked for; open as long as something is missing that decides it.
    pub asked: Truth,
}

/// What a project hands in for the items that it needs, each given with its materials: the same document once, and of what its own items bring
/// nothing.
pub fn to_hand_in<'a>(
    needed: &[(&'a str, &'a [Material])],
    answers: &Answers,
) -> Vec<ToHandIn<'a>> {
    let mut found: Vec<ToHandIn<'a>> = Vec::new();
    let own = |code: &str| needed.iter().any(|(item, _)| *item == code);
    for &(item, materials) in needed {
        for material in materials {
            let asked = match &material.condition {
                Some(condition) => condition.truth(answers),
                None => Truth::True,
            };
            let is_brought = matches!(&material.source, Source::OtherItem(code) if own(code));
            if !material.after || is_brought || asked == Truth::False {
                continue;
            }
            let shared = material.shared_key.as_ref();
            let same = found
                .iter_mut()
                .find(|known| shared.is_some() && known.material.shared_key.as_ref() == shared);
            match same {
                Some(known) => {
                    known.items.push(item);
                    known.asked = Truth::any([known.asked, asked]);
                }
                None => found.push(ToHandIn {
                    material,
                    items: vec![item],
                    asked,
                }),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Files;

    fn given(answers: &[(&str, &str)]) -> Vec<Given> {
        let given = answers.iter().map(|(key, value)| Given {
            key: (*key).to_owned(),
            value: Some((*value).to_owned()),
        });
        given.collect()
    }

    fn answers(answers: &[(&str, &str)]) -> Answers {
        let questions = Files::embedded().questions;
        answered(&questions, &Answers::new(), &given(answers)).expect("they fit")
    }

    #[test]
    fn each_example_is_answered_and_counts_as_it_is() {
        let files = Files::embedded();
        for example in &files.examples {
            let given = example.given.iter().map(|(key, answer)| Given {
                key: key.clone(),
                value: Some(answer.to_string()),
            });
            let given: Vec<Given> = given.collect();
            let answers = answered(&files.questions, &Answers::new(), &given);
            assert_eq!(answers, Ok(example.answers()), "{}", example.code);
            let changes = changes(&files.needs, &Answers::new(), &example.answers(), &given);
            assert_eq!(changes.added, example.expected_items, "{}", example.code);
            assert!(changes.fallen.is_empty() && changes.dropped.is_empty());
        }
    }

    #[test]
    fn an_answer_that_is_not_asked_any_more_is_dropped() {
        let files = Files::embedded();
        let before = answers(&[
            ("construction", "NEW"),
            ("building_area_m2", "3000"),
            ("soil_control_area", "YES"),
            ("earthwork_m3", "1000"),
        ]);
        let change = given(&[("construction", "FITOUT")]);
        let after = answered(&files.questions, &before, &change).expect("it fits");
        let left: Vec<&str> = after.iter().map(|(key, _)| key).collect();
        assert_eq!(left, ["building_area_m2", "construction"]);
        let changes = changes(&files.needs, &before, &after, &change);
        assert_eq!(changes.dropped, ["earthwork_m3", "soil_control_area"]);
        assert!(changes.fallen.contains(&"R09".to_owned()));
    }

    #[test]
    fn the_needed_items_stand_in_the_order_of_the_catalogue() {
        let files = Files::embedded();
        for example in &files.examples {
            let needed: BTreeSet<&str> =
                example.expected_items.iter().map(String::as_str).collect();
            let placed = placed(&files.edges, &needed, &example.answers());
            assert_eq!(placed.len(), needed.len(), "{}", example.code);
            for (code, (step, after)) in &placed {
                for before in after {
                    assert!(placed[before].0 < *step, "{before} before {code}");
                }
                assert_eq!(*step == 1, after.is_empty(), "{code}");
            }
        }
    }

    #[test]
    fn a_bundle_is_offered_whole() {
        let files = Files::embedded();
        let answers = answers(&[("new_enterprise", "YES"), ("freight", "HEAVY")]);
        let codes = |needed: &[&str]| -> Vec<&str> {
            let needed = needed.iter().copied().collect();
            let offered = offered(&files.bundles, &needed, &answers).into_iter();
            offered.map(|bundle| bundle.code.as_str()).collect()
        };
        assert_eq!(codes(&["R01"]), ["B01"]);
        assert_eq!(codes(&["R01", "R32"]), ["B01", "B03"]);
        assert!(codes(&["R32"]).is_empty());
    }

    #[test]
    fn the_same_document_is_handed_in_once() {
        let files = Files::embedded();
        let example = &files.examples[1];
        let materials = |code: &String| -> Vec<Material> {
            let of = files
                .materials
                .iter()
                .filter(|material| material.item == *code);
            of.cloned().collect()
        };
        let kept: Vec<(&String, Vec<Material>)> = example
            .expected_items
            .iter()
            .map(|code| (code, materials(code)))
            .collect();
        let needed: Vec<(&str, &[Material])> = kept
            .iter()
            .map(|(code, materials)| (code.as_str(), materials.as_slice()))
            .collect();
        let found = to_hand_in(&needed, &example.answers());
        let keys: Vec<&String> = found
            .iter()
            .filter_map(|one| one.material.shared_key.as_ref())
            .collect();
        let distinct: BTreeSet<&String> = keys.iter().copied().collect();
        assert_eq!(keys.len(), distinct.len());
        let form = found
            .iter()
            .find(|one| one.material.shared_key.as_deref() == Some("ONE_FORM"));
        assert_eq!(form.map(|form| form.items.len()), Some(needed.len()));
        assert!(found.iter().all(|one| match &one.material.source {
            Source::OtherItem(code) => !example.expected_items.contains(code),
            _ => true,
        }));
    }
}
