//! Why a due date is what it is, day by day.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::{
    super::{State, Unit, pause},
    Deadline, Limit, before, in_order,
};
use crate::{
    calendar::rules::{Calendar, DayKind, fixed_holiday},
    language::{Language, Text},
    term::{Term, term},
};

term! {
    /// What a day does in the count of a deadline.
    pub enum StepRole as "DeadlineStepRole" {
        /// The day of the start event; it is not counted.
        Start = "START", "起算", "Start";
        /// It counts.
        Counted = "COUNTED", "计入", "Counted";
        /// It does not count: a day off.
        Skipped = "SKIPPED", "不计", "Not counted";
        /// The one day of a limit of the same day.
        SameDay = "SAME_DAY", "当日", "The same day";
        /// The last day, to which it is counted back from an end.
        Last = "LAST", "最后一日", "The last day";
        /// It does not count: the deadline was paused.
        Paused = "PAUSED", "暂停", "Paused";
    }
}

/// What a day does in the count, with what makes it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The day of the start event; it is not counted.
    Start,
    /// It counts.
    Counted,
    /// It does not count: a day off.
    Skipped,
    /// The one day of a limit of the same day.
    SameDay {
        /// Whether it started on a day off and moved here.
        moved: bool,
    },
    /// The last day, to which it is counted back from an end.
    Last,
    /// It does not count: the limit was paused.
    Paused {
        /// On what ground.
        kind: pause::Kind,
        /// Why.
        reason: String,
        /// The written notice.
        document_id: Uuid,
    },
}

/// One day of the explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The day.
    pub day: NaiveDate,
    /// What the calendar says of it.
    pub kind: DayKind,
    /// Whether no notice of its year is published.
    pub provisional: bool,
    /// What it does in the count.
    pub role: Role,
    /// How many days are counted up to and with it.
    pub count: u32,
    /// Whether it is the due date.
    pub due: bool,
}

impl Role {
    /// The same without its reasons.
    pub fn plain(&self) -> StepRole {
        match self {
            Self::Start => StepRole::Start,
            Self::Counted => StepRole::Counted,
            Self::Skipped => StepRole::Skipped,
            Self::SameDay { .. } => StepRole::SameDay,
            Self::Last => StepRole::Last,
            Self::Paused { .. } => StepRole::Paused,
        }
    }
}

impl Step {
    /// The day in a sentence; `paper` is what the written notice of a pause is called, where its reader may know.
    pub fn explain(&self, paper: Option<&str>) -> Text {
        let (zh, en) = (
            self.day.weekday().word(Language::Chinese),
            self.day.weekday().word(Language::English),
        );
        let (kind_zh, kind_en) = match &self.kind {
            DayKind::Working | DayKind::Weekend => (String::new(), String::new()),
            DayKind::WorkedWeekend(name) => (
                format!("（{}调休上班）", name.zh),
                format!(" (worked for {})", name.en),
            ),
            DayKind::Holiday(name) => (format!("（{}放假）", name.zh), format!(" ({})", name.en)),
        };
        let (role_zh, role_en) = match &self.role {
            Role::Start => ("起算日，不计入".to_owned(), "start, not counted".to_owned()),
            Role::Counted => (format!("第{}日", self.count), format!("day {}", self.count)),
            Role::Skipped => match fixed_holiday(self.day).filter(|_| self.provisional) {
                Some(name) => (
                    format!("{}放假，不计入", name.zh),
                    format!("{}, not counted", name.en),
                ),
                None => ("不计入".to_owned(), "not counted".to_owned()),
            },
            Role::SameDay { moved: false } => {
                ("当日办结".to_owned(), "due the same day".to_owned())
            }
            Role::SameDay { moved: true } => (
                "起算日休息，顺延至本日办结".to_owned(),
                "due on this day, because it started on a day off".to_owned(),
            ),
            Role::Last => (
                "最后一个办理日".to_owned(),
                "the last day for it".to_owned(),
            ),
            Role::Paused { kind, reason, .. } => {
                let (zh, en) = match paper {
                    Some(name) => (format!("《{name}》"), format!("“{name}”")),
                    None => ("书面告知".to_owned(), "a written notice".to_owned()),
                };
                let Text {
                    zh: zh_kind,
                    en: en_kind,
                } = kind.inside();
                (
                    format!("暂停（{zh_kind}：{reason}；依据{zh}），不计入"),
                    format!("paused ({en_kind}: {reason}; by {en}), not counted"),
                )
            }
        };
        let (guess_zh, guess_en) = if self.provisional {
            ("，暂按周一至周五推算", ", provisional")
        } else {
            ("", "")
        };
        let (due_zh, due_en) = if self.due {
            ("，到期", ", due")
        } else {
            ("", "")
        };
        Text::new(
            format!("{} {zh}{kind_zh}：{role_zh}{guess_zh}{due_zh}", self.day),
            format!("{} {en}{kind_en}: {role_en}{guess_en}{due_en}", self.day),
        )
    }
}

impl Deadline {
    /// Tells day by day how the due date comes about. It asks the same arithmetic that sets the date: a day counts when it uses
    /// up the budget.
    pub fn explain(&self, pauses: &[pause::Model], calendar: &Calendar) -> Vec<Step> {
        if self.ends() {
            return self.explain_back(calendar);
        }
        let stages = self.stages(pauses, calendar);
        let pauses = in_order(pauses);
        let mut steps = Vec::new();
        let mut count = 0;
        let mut day = self.started_on;
        // Stages alternate: it runs up to the first pause, is in it, runs up to the second, and so on. Looking for a pause by its
        // day would confuse two that begin on the same one.
        for (index, stage) in stages.iter().enumerate() {
            let pause = pauses.get(index / 2).copied();
            let (last, paused) = match stage.state {
                State::Running => (
                    pause.map_or(stage.due_on, |pause| before(pause.started_on)),
                    None,
                ),
                _ => {
                    let end = pause
                        .and_then(|pause| pause.ended_on.or(pause.expected_end_on))
                        .or(stage.paused_on);
                    (end.unwrap_or(day), pause)
                }
            };
            while day <= last {
                let consumed = match paused {
                    Some(_) => stage.consumed,
                    None => stage.consumed_through(day, calendar),
                };
                let counts = consumed > count;
                count = consumed;
                let same_day = self.budget() == 0 && day == stage.due_on;
                steps.push(Step {
                    day,
                    kind: calendar.day(day),
                    provisional: calendar.provisional(day),
                    role: match paused {
                        Some(pause) => Role::Paused {
                            kind: pause.kind,
                            reason: pause.reason.clone(),
                            document_id: pause.document_id,
                        },
                        None if counts => Role::Counted,
                        None if same_day => Role::SameDay {
                            moved: day != self.started_on,
                        },
                        None if day == self.started_on => Role::Start,
                        None => Role::Skipped,
                    },
                    count,
                    due: false,
                });
                day = day.succ_opt().unwrap_or(NaiveDate::MAX);
            }
        }
        // A pause that lasts: what follows if it ends as expected.
        if let Some(stage) = stages.last().filter(|stage| stage.state == State::Paused) {
            let mut running = stage.clone();
            running.restart(
                stage.resume_expected_on.or(stage.paused_on).unwrap_or(day),
                calendar,
            );
            while day <= running.due_on {
                let consumed = running.consumed_through(day, calendar);
                steps.push(Step {
                    day,
                    kind: calendar.day(day),
                    provisional: calendar.provisional(day),
                    role: if consumed > count {
                        Role::Counted
                    } else {
                        Role::Skipped
                    },
                    count: consumed,
                    due: false,
                });
                count = consumed;
                day = day.succ_opt().unwrap_or(NaiveDate::MAX);
            }
        }
        if let Some(step) = steps.last_mut() {
            step.due = true;
        }
        steps
    }

    /// The same of what is counted back, from the end to the last day of applying.
    fn explain_back(&self, calendar: &Calendar) -> Vec<Step> {
        let step = |day: NaiveDate, role: Role, count: u32| Step {
            day,
            kind: calendar.day(day),
            provisional: calendar.provisional(day),
            role,
            count,
            due: day == self.due_on,
        };
        let Limit { days, unit } = self.terms.limit;
        let mut steps = Vec::new();
        let mut count = 0;
        let mut day = self.started_on;
        while day > self.due_on {
            let counts = count < days
                && match unit {
                    Unit::WorkingDay => calendar.is_working_day(day),
                    Unit::CalendarDay => true,
                };
            count += u32::from(counts);
            let role = if counts { Role::Counted } else { Role::Skipped };
            steps.push(step(day, role, count));
            day = before(day);
        }
        steps.push(step(self.due_on, Role::Last, count));
        steps
    }
}
