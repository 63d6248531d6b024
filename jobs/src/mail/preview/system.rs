//! Invented letters about the system itself.

use entity::{
    language::Text,
    outbox::{Kind, facts},
};

use super::Invented;

pub(super) fn undelivered(it: Invented) -> facts::Undelivered {
    let Invented {
        name,
        why,
        day,
        path,
        ..
    } = it;
    facts::Undelivered {
        name,
        letters: vec![facts::UndeliveredLetter {
            recipient: "专员 04".to_owned(),
            kind: Kind::StatutoryOverdue.label(),
            on: day,
            state: entity::outbox::rules::fate(entity::outbox::State::Dead),
            path: Some(path),
        }],
        why,
    }
}

pub(super) fn job_failed(it: Invented) -> facts::JobFailed {
    let Invented { name, moment, .. } = it;
    facts::JobFailed {
        name,
        job: "leader_report".to_owned(),
        what: Text::new("向领导呈送报告", "reports to the leaders"),
        nominal_at: moment,
        error: "示例<错误>".to_owned(),
        retry_at: Some(moment),
    }
}

pub(super) fn mail_bouncing(it: Invented) -> facts::MailBouncing {
    let Invented { name, moment, .. } = it;
    facts::MailBouncing {
        name,
        since: moment,
        sent: 412,
        bounced: 29,
    }
}

pub(super) fn clock_jumped(it: Invented) -> facts::ClockJumped {
    let Invented { name, moment, .. } = it;
    facts::ClockJumped {
        name,
        seen_at: moment,
        shown_at: moment + chrono::TimeDelta::hours(3),
    }
}

pub(super) fn seal_forgotten(it: Invented) -> facts::SealForgotten {
    let Invented { name, moment, .. } = it;
    facts::SealForgotten {
        name,
        quarter: "2026-Q3".to_owned(),
        answers: 3,
        at: moment,
        reason: "示例<原因>".to_owned(),
    }
}
