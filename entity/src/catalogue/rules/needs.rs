//! Which items a project needs, and which questions it is asked.

use crate::{
    catalogue::{Need, Question},
    condition::{Answers, Condition, Decided, Truth},
};

/// Whether a project needs an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed<'a> {
    /// The item.
    pub item: &'a str,
    /// True: needed. False: not needed. Open: to be found out.
    pub truth: Truth,
    /// The reasons that decided: of a needed item those that hold, of one not needed all, of an open one those that are open.
    pub reasons: Vec<Reason<'a>>,
}

/// One reason, and what decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason<'a> {
    /// The row.
    pub need: &'a Need,
    /// Whether it holds, and because of which answers.
    pub decided: Decided<'a>,
}

/// Whether a question is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The question.
    pub question: &'a Question,
    /// True: asked. False: not asked. Open: depends on an answer that is missing.
    pub decided: Decided<'a>,
}

/// Which items a project with these answers needs, in the order in which the items first stand in `needs`. A further answer never
/// changes an item that is needed or not needed.
pub fn needs<'a>(needs: &'a [Need], answers: &Answers) -> Vec<Needed<'a>> {
    let mut found: Vec<(&str, Vec<Reason<'_>>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for need in needs {
        let place = *places.entry(need.item.as_str()).or_insert_with(|| {
            found.push((&need.item, Vec::new()));
            found.len() - 1
        });
        found[place].1.push(Reason {
            need,
            decided: need.condition.decide(answers),
        });
    }
    found
        .into_iter()
        .map(|(item, mut reasons)| {
            let truth = Truth::any(reasons.iter().map(|reason| reason.decided.truth));
            reasons.retain(|reason| reason.decided.truth == truth);
            Needed {
                item,
                truth,
                reasons,
            }
        })
        .collect()
}

/// Which questions are asked with these answers, in their order.
pub fn asked<'a>(questions: &'a [Question], answers: &Answers) -> Vec<Asked<'a>> {
    questions
        .iter()
        .map(|question| Asked {
            question,
            decided: match &question.ask_when {
                Some(condition) => Condition::decide(condition, answers),
                None => Decided {
                    truth: Truth::True,
                    because: Vec::new(),
                },
            },
        })
        .collect()
}

/// The question to be asked next: the first that is asked and has no answer. None when the answers are complete.
pub fn next_question<'a>(questions: &'a [Question], answers: &Answers) -> Option<&'a Question> {
    asked(questions, answers)
        .into_iter()
        .find(|asked| {
            asked.decided.truth == Truth::True && answers.get(&asked.question.key).is_none()
        })
        .map(|asked| asked.question)
}
