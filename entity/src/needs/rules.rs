//! Which answers fit, what still counts of them, and which items follow. What is asked and what is needed, the rules of the catalogue say.

use std::collections::{BTreeSet, HashMap};

use crate::{
    catalogue::{
        EdgeKind, Need, Question,
        rules::{needs, order::steps},
    },
    condition::{Answers, Condition, Kind, Literal, Number, Truth},
    error::Explain,
    item::edition::Shared,
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
    shared: &'a Shared,
    needed: &BTreeSet<&'a str>,
    answers: &Answers,
) -> HashMap<&'a str, (usize, Vec<&'a str>)> {
    let holds = |condition: &Condition| condition.truth(answers) == Truth::True;
    let edges = shared.edges.iter().filter(|edge| {
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
