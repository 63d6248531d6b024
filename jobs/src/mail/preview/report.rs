//! Invented reports.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{
    deadline::rules::Light,
    evaluation::{
        Rated,
        answers::{Aspect, Level, Rating},
        disclosure::Told,
        figures::{Figures, Row},
        performance::{Counted, performance},
        scoring::{self, Parameters},
    },
    language::Text,
    milestone, project, report,
    report::facts::{
        EnterpriseRow, Facts, Item, Kept, KeyDate, LeftOut, Letter, LightChange, Lights,
        MilestoneRow, Outcome, OwnerRow, Problem, ProjectRow,
    },
};
use uuid::Uuid;

use super::Invented;

/// A report of this kind.
pub(super) fn report(kind: report::Kind, it: Invented) -> Letter {
    made(kind, it.name, it.day)
}

/// A report on two enterprises, one of which is in trouble.
fn made(kind: report::Kind, name: String, day: NaiveDate) -> Letter {
    let after = |days: i64| day + chrono::TimeDelta::days(days);
    let kept = Kept {
        due: 48,
        on_time: 44,
        late: 2,
        missed: 1,
        overdue: 1,
    };
    let row = |number: u128, name: &str, lights: Lights| EnterpriseRow {
        enterprise_id: Uuid::from_u128(number),
        name: name.to_owned(),
        liaison: Some("专员 03".to_owned()),
        contract: Some("QY-2026-001".to_owned()),
        contract_ends_on: Some(after(60)),
        lights,
        project: Some(milestone::rules::Light::Yellow),
        kept,
    };
    let overdue = Item {
        obligation_id: Uuid::nil(),
        enterprise_id: Uuid::nil(),
        enterprise: "示例<精密>制造有限公司".to_owned(),
        what: Text::new("用地预审办结", "decide on the land pre-review"),
        occasion: "event:1".to_owned(),
        owner: Text::new("规划局", "the planning bureau"),
        legal_basis: Some("《示例条例》第一条".to_owned()),
        due_on: after(-4),
        provisional: false,
        outcome: Outcome::Overdue,
        light: Some(Light::Black),
        closed_on: None,
        days_late: 2,
        public_reason: None,
        in_period: false,
    };
    let milestone = |name: &str, reached_on| MilestoneRow {
        name: name.to_owned(),
        planned_on: Some(after(3)),
        expected_on: Some(after(3)),
        reached_on,
        light: Some(milestone::rules::Light::Green),
    };
    let counts = [1, 2, 3, 5, 30, 1];
    Letter {
        name,
        late: false,
        path: Some("/reports/files/example".to_owned()),
        statutory_overdue: vec![overdue.clone()],
        left_out: LeftOut::default(),
        workbook_left_out: false,
        report: Facts {
            kind,
            period: match kind {
                report::Kind::WeeklyBrief => "2026-W41",
                report::Kind::QuarterlyReport => "2026-Q3",
                _ => "2026-09",
            }
            .to_owned(),
            from: after(-30),
            to: after(-1),
            as_of: day,
            moment: day.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc(),
            since: after(-12),
            slice: Text::new("全园区", "the whole park"),
            lights: Light::ALL
                .into_iter()
                .rev()
                .zip(counts)
                .map(|(light, now)| LightChange {
                    light,
                    now,
                    before: 3,
                })
                .collect(),
            kept,
            kept_before: Kept {
                on_time: 48,
                due: 48,
                ..Kept::default()
            },
            owners: [
                ("企业服务中心", "the service centre"),
                ("规划局", "the planning bureau"),
            ]
            .map(|(zh, en)| OwnerRow {
                name: Text::new(zh, en),
                kept,
                open: 12,
                overdue: 2,
            })
            .to_vec(),
            enterprises: vec![
                row(
                    1,
                    "示例<精密>制造有限公司",
                    Lights {
                        black: 1,
                        red: 2,
                        green: 9,
                        ..Lights::default()
                    },
                ),
                row(
                    2,
                    "示例新材料股份有限公司",
                    Lights {
                        green: 12,
                        ..Lights::default()
                    },
                ),
            ],
            problems: vec![Problem {
                enterprise_id: Uuid::nil(),
                enterprise: overdue.enterprise,
                what: overdue.what,
                blocked_by: overdue.owner,
                days: 2,
                proposal: Text::new(
                    "责令限期办结，并向监督机构书面说明",
                    "order completion by a set date, with a written explanation to the supervisor",
                ),
            }],
            key_dates: vec![
                KeyDate {
                    on: after(2),
                    what: Text::new("5 项承诺到期", "5 promises fall due"),
                    enterprise: None,
                },
                KeyDate {
                    on: after(5),
                    what: Text::new("契约 QY-2026-002 到期", "contract QY-2026-002 ends"),
                    enterprise: Some("示例新材料股份有限公司".to_owned()),
                },
            ],
            milestones: Kept {
                due: 2,
                on_time: 1,
                overdue: 1,
                ..Kept::default()
            },
            projects: vec![ProjectRow {
                project_id: Uuid::nil(),
                name: "示例扩建项目".to_owned(),
                enterprise: "示例<精密>制造有限公司".to_owned(),
                state: project::State::Active,
                stages: vec![Text::new("用地", "Land")],
                planned: Some(30),
                actual: Some(20),
                light: Some(milestone::rules::Light::Yellow),
                reported_on: Some(after(-9)),
                reported: Some(25),
                milestones: vec![
                    milestone("备案/立项", Some(after(-40))),
                    milestone("用地", None),
                ],
            }],
            undelivered: Some(1),
            evaluation: (kind == report::Kind::QuarterlyReport).then(evaluation),
            items: Vec::new(),
        },
    }
}

/// An evaluation of three departments: ranked, not ranked, and without a figure.
fn evaluation() -> Figures {
    let parameters = Parameters::default();
    let rating = |level| Rating {
        levels: Aspect::ALL
            .into_iter()
            .map(|aspect| (aspect, level))
            .collect(),
        ..Rating::default()
    };
    let satisfied = rating(Level::Satisfied);
    let basically = rating(Level::BasicallySatisfied);
    let few = [&satisfied; 3];
    let some = [[&satisfied; 4], [&basically; 4]].concat();
    let many = [[&satisfied; 10], [&basically; 10]].concat();
    let departments = [
        (
            1,
            "规划建设局",
            "Planning and Construction",
            many.as_slice(),
        ),
        (2, "市场监督管理局", "Market Supervision", some.as_slice()),
        (3, "生态环境分局", "Ecology and Environment", few.as_slice()),
    ];
    let scores = departments.map(|(_, _, _, ratings)| scoring::score(&parameters, ratings));
    let places = scoring::rank(&scores);
    let rows = departments.into_iter().zip(scores).zip(places);
    Figures {
        quarter: "2026-Q2".to_owned(),
        from: NaiveDate::from_ymd_opt(2026, 4, 1).unwrap_or_default(),
        to: NaiveDate::from_ymd_opt(2026, 6, 30).unwrap_or_default(),
        revision: 1,
        invited: 20,
        answered: 20,
        uncounted: Told::Count(0),
        departments: rows
            .map(|(((number, name_zh, name_en, _), score), place)| {
                let counted = Counted {
                    due: 9,
                    on_time: 8,
                    statutory_overdue: 1,
                };
                let told = score.figures().map(|score| score.score);
                Row {
                    department: Rated {
                        id: Uuid::from_u128(number),
                        number: 1,
                        name_zh: name_zh.to_owned(),
                        name_en: name_en.to_owned(),
                    },
                    performance: performance(&parameters.performance, told, counted),
                    score,
                    place,
                    causes: BTreeMap::new(),
                }
            })
            .collect(),
        causes: BTreeMap::new(),
        contract: None,
        visits: BTreeMap::new(),
        checks: BTreeMap::new(),
        leads: BTreeMap::new(),
    }
}
