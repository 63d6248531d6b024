//! Invented letters about silence that decides.

use entity::{language::Text, outbox::facts};

use super::Invented;

const NUMBER: &str = "2026000012-R14";

pub(super) fn silence_warning(it: Invented) -> facts::SilenceWarning {
    let Invented {
        name,
        enterprise,
        item,
        why,
        day,
        ..
    } = it;
    let line = |number: &str, step: facts::SilentStep| facts::SilenceLine {
        number: number.to_owned(),
        item: item.clone(),
        enterprise: enterprise.clone(),
        step,
        path: "/cases/example".to_owned(),
    };
    facts::SilenceWarning {
        name,
        act_by: day,
        from: day + chrono::TimeDelta::days(1),
        lines: vec![
            line("2026000011-R20", facts::SilentStep::Accepted),
            line(NUMBER, facts::SilentStep::Granted),
            line("2026000013-R09", facts::SilentStep::Pending),
        ],
        why,
    }
}

pub(super) fn silent_decision(it: Invented) -> facts::SilentDecision {
    let Invented {
        enterprise,
        item,
        why,
        day,
        ..
    } = it;
    facts::SilentDecision {
        name: "联系人 01".to_owned(),
        reader: facts::SilentReader::Applicant,
        number: NUMBER.to_owned(),
        item,
        enterprise,
        step: facts::SilentStep::Granted,
        last_day: day,
        effective_on: day + chrono::TimeDelta::days(1),
        article: "《示例条例》第一条".to_owned(),
        owed_by: Some(day + chrono::TimeDelta::days(2)),
        why,
        path: "/cases/example".to_owned(),
    }
}

pub(super) fn silence_incident(it: Invented) -> facts::SilenceIncident {
    let Invented {
        name,
        enterprise,
        item,
        why,
        day,
        ..
    } = it;
    facts::SilenceIncident {
        name,
        number: NUMBER.to_owned(),
        item,
        enterprise,
        department: Text::new("示例部门", "Example department"),
        last_day: day,
        article: "《示例条例》第一条".to_owned(),
        written: 2,
        why,
        path: "/cases/example".to_owned(),
    }
}
