//! How the audit trail says who changed what: subjects, acts, fields and values in the words of people.

use entity::{
    audit::fields,
    command::Thing,
    language::{Language, Text},
    trail,
};

use crate::term::*;

/// What was changed, as people say it; as it is spelt where it has no name.
pub fn subject(kind: &str, language: Language) -> String {
    let found = Thing::ALL.into_iter().find(|thing| thing.name() == kind);
    found.map_or(kind, |thing| thing.word(language)).to_owned()
}

/// What was done, as people say it; its code where this program does not know it.
pub fn act(action: &str, language: Language) -> String {
    let found = trail::command(action);
    found
        .map_or(action, |command| command.told.in_language(language))
        .to_owned()
}

/// As what somebody acted: a role, or a part of the system.
pub fn acted_as(who: &str, language: Language) -> String {
    if let Some(role) = Role::of_code(who) {
        return role.word(language).to_owned();
    }
    let Some(part) = who.strip_prefix("system: ") else {
        return who.to_owned();
    };
    let part = match part.strip_prefix("job ") {
        Some(job) => Text::new(format!("任务 {job}"), format!("job {job}")),
        None => match part {
            "start" => Text::new("启动", "start"),
            "shipped data" => Text::new("内置数据", "shipped data"),
            "demonstration" => Text::new("演示", "demonstration"),
            "evaluation form" => Text::new("评议链接", "evaluation form"),
            "outbox" => Text::new("邮件投递", "mail delivery"),
            "bounce" => Text::new("退信处理", "bounced mail"),
            "unsubscribe" => Text::new("退订链接", "unsubscribe link"),
            "command line" => Text::new("命令行", "command line"),
            "import" => Text::new("台账导入", "ledger import"),
            other => Text::new(other, other),
        },
    };
    match language {
        Language::Chinese => format!("系统：{}", part.zh),
        Language::English => format!("system: {}", part.en),
    }
}

/// What a changed field is called.
pub fn field(name: &str, language: Language) -> String {
    let found = fields::word(name);
    found
        .map_or(name, |said| said.in_language(language))
        .to_owned()
}

/// What a field was or became: the word of a value that has one, everything else as it is kept.
pub fn value(kind: &str, field: &str, value: &str, language: Language) -> String {
    let word = match (kind, field) {
        (_, "role") => word::<Role>(value, language),
        ("Contract", "state") => word::<ContractState>(value, language),
        ("Obligation", "state") => word::<ObligationState>(value, language),
        ("Deadline", "state") => word::<DeadlineState>(value, language),
        ("Project", "state") => word::<ProjectState>(value, language),
        ("Project", "outcome") => word::<GateOutcome>(value, language),
        ("Visit", "state") => word::<VisitState>(value, language),
        ("Visit", "kind") => word::<VisitKind>(value, language),
        ("Liaison", "state") => word::<LiaisonState>(value, language),
        ("Permit", "kind") => word::<PermitKind>(value, language),
        ("Evaluation", "state") => word::<EvaluationState>(value, language),
        ("EvaluationObjection", "state") => word::<EvaluationObjectionState>(value, language),
        ("Rectification", "state") => word::<RectificationState>(value, language),
        ("Rectification", "verification") => word::<RectificationVerification>(value, language),
        ("Rectification", "complexity") => word::<RectificationComplexity>(value, language),
        ("Rating", "level") => word::<RatingLevel>(value, language),
        ("Letter", "state") => word::<LetterState>(value, language),
        _ => match (value, language) {
            ("true", Language::Chinese) => Some("是"),
            ("true", Language::English) => Some("yes"),
            ("false", Language::Chinese) => Some("否"),
            ("false", Language::English) => Some("no"),
            _ => None,
        },
    };
    word.unwrap_or(value).to_owned()
}

fn word<T: Term>(code: &str, language: Language) -> Option<&'static str> {
    T::of_code(code).map(|term| term.word(language))
}
