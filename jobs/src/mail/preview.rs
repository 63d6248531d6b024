//! Every letter with invented facts, for those who look after their words and their looks.

use std::{collections::BTreeMap, io, path::Path};

use chrono::NaiveDate;
use entity::{
    deadline::rules::{Light, Side},
    evaluation::{
        Rated,
        answers::{Aspect, Level, Rating},
        disclosure::Told,
        figures::{Figures, Row},
        performance::{Counted, performance},
        scoring::{self, Parameters},
    },
    language::{Language, Text},
    milestone,
    outbox::{Kind, facts},
    project, rating, report,
    report::facts::{
        EnterpriseRow, Facts, Item, Kept, KeyDate, Letter, LightChange, Lights, MilestoneRow,
        Outcome, OwnerRow, Problem, ProjectRow,
    },
    term::Term,
    visit,
};
use serde_json::Value;
use uuid::Uuid;

use super::{MailError, Sender};

/// Why the previews cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// A letter cannot be put into words.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The folder cannot be written to.
    #[error(transparent)]
    File(#[from] io::Error),
}

/// Writes both parts of every letter in every language into `folder`, and says how many files it has written.
pub fn write_all(sender: &Sender, folder: &Path) -> Result<usize, PreviewError> {
    std::fs::create_dir_all(folder)?;
    let mut written = 0;
    for kind in Kind::ALL.into_iter().filter(|kind| kind.is_written()) {
        for language in Language::ALL {
            let words = sender.render(kind, &example(kind)?, language, None)?;
            let name = format!("{}.{}", kind.name(), language.tag());
            std::fs::write(folder.join(format!("{name}.html")), &words.html)?;
            let text = format!("{}\n\n{}", words.subject, words.text);
            std::fs::write(folder.join(format!("{name}.txt")), text)?;
            written += 2;
        }
    }
    Ok(written)
}

/// Facts of a letter of this kind about people and firms that do not exist.
pub fn example(kind: Kind) -> Result<Value, MailError> {
    let name = "专员 03".to_owned();
    let enterprise = "示例<精密>制造有限公司".to_owned();
    let item = Text::new("答复用工需求", "answer a request for staff");
    let why = Text::new(
        "您是该企业的服务专员",
        "you are the liaison of the enterprise",
    );
    let day = NaiveDate::from_ymd_opt(2026, 10, 10).unwrap_or_default();
    let moment = day.and_hms_opt(0, 30, 0).unwrap_or_default().and_utc();
    let path = "/obligations/example".to_owned();
    let facts = match kind {
        Kind::Invitation => put(facts::Invitation {
            name,
            login: "liaison03@park.example".to_owned(),
            path: "/join/example".to_owned(),
            expires_at: moment,
        }),
        Kind::Password => put(facts::Password {
            name,
            path: "/password/example".to_owned(),
            expires_at: moment,
        }),
        Kind::Digest => put(digest(name, day)),
        Kind::StatutoryOverdue => put(facts::StatutoryOverdue {
            name,
            enterprise,
            item,
            occasion: "2026-09".to_owned(),
            legal_basis: "《示例条例》第一条".to_owned(),
            due_on: day,
            overdue: 2,
            why,
            path,
        }),
        Kind::ContractExpiry | Kind::PermitExpiry => return Err(MailError::OfBefore),
        Kind::LiaisonChanged => put(facts::LiaisonChanged {
            name,
            enterprise,
            liaison: "专员 04".to_owned(),
            deputy: None,
            previous: Some("专员 03".to_owned()),
            from: day,
        }),
        Kind::CalendarMissing => put(facts::CalendarMissing { name, year: 2027 }),
        Kind::WeeklyBrief => put(report(report::Kind::WeeklyBrief, name, day)),
        Kind::MonthlyBulletin => put(report(report::Kind::MonthlyBulletin, name, day)),
        Kind::QuarterlyReport => put(report(report::Kind::QuarterlyReport, name, day)),
        Kind::EnterpriseProgress => put(report(report::Kind::EnterpriseProgress, name, day)),
        Kind::LastDay => put(facts::LastDay {
            name,
            date: day,
            lines: matters(day, facts::Urgency::Orange),
        }),
        Kind::Chase => put(facts::Chase {
            name,
            date: day,
            lines: matters(day, facts::Urgency::Red),
        }),
        Kind::SupervisionOrder => put(facts::SupervisionOrder {
            name,
            enterprise,
            item,
            occasion: "2026-09".to_owned(),
            due_on: day,
            overdue: 4,
            reason: "示例<事由>".to_owned(),
            reply_by: day + chrono::TimeDelta::days(5),
            why,
            path,
        }),
        Kind::DeputyNamed => put(facts::DeputyNamed {
            name,
            absent: "专员 04".to_owned(),
            from: day,
            until: day + chrono::TimeDelta::days(5),
        }),
        Kind::Undelivered => put(facts::Undelivered {
            name,
            letters: vec![facts::UndeliveredLetter {
                recipient: "专员 04".to_owned(),
                kind: Kind::StatutoryOverdue.label(),
                on: day,
                state: entity::outbox::rules::fate(entity::outbox::State::Dead),
                path: Some(path),
            }],
            why,
        }),
        Kind::EvaluationInvitation => put(facts::EvaluationInvitation {
            name,
            enterprise,
            quarter: "2026-Q3".to_owned(),
            closes_on: day,
            reminder: 1,
            path: "/answer/example".to_owned(),
        }),
        Kind::EvaluationResult => put(facts::EvaluationResult {
            name,
            quarter: "2026-Q3".to_owned(),
            invited: 20,
            answered: 14,
            lines: vec![facts::ResultLine {
                department: Text::new("发展改革局（示例）", "Development and Reform (example)"),
                figure: Text::new(
                    "92.3 分（90% 区间 88.1–96.5，n = 12），良好，第 3 名",
                    "92.3 (90% interval 88.1 to 96.5, n = 12), good, rank 3",
                ),
            }],
            path: "/evaluations/example".to_owned(),
        }),
        Kind::JobFailed => put(facts::JobFailed {
            name,
            job: "leader_report".to_owned(),
            what: Text::new("向领导呈送报告", "reports to the leaders"),
            nominal_at: moment,
            error: "示例<错误>".to_owned(),
            retry_at: Some(moment),
        }),
        Kind::Visit => put(facts::Visit {
            name: "联系人 01".to_owned(),
            visit_id: Uuid::from_u128(1),
            sequence: 1,
            step: facts::VisitStep::Moved,
            kind: visit::Kind::OnSite.text(),
            enterprise,
            official: Some(name),
            on: day,
            starts_at: moment,
            ends_at: moment + chrono::TimeDelta::hours(1),
            formerly_at: Some(moment - chrono::TimeDelta::days(1)),
            place: Some("示例<一号>楼 201".to_owned()),
            purpose: "示例<事由>".to_owned(),
            reason: None,
            path: "/visits/example".to_owned(),
        }),
        Kind::ClockJumped => put(facts::ClockJumped {
            name,
            seen_at: moment,
            shown_at: moment + chrono::TimeDelta::hours(3),
        }),
        Kind::SealForgotten => put(facts::SealForgotten {
            name,
            quarter: "2026-Q3".to_owned(),
            answers: 3,
            at: moment,
            reason: "示例<原因>".to_owned(),
        }),
        Kind::MailBouncing => put(facts::MailBouncing {
            name,
            since: moment,
            sent: 412,
            bounced: 29,
        }),
        Kind::Rectification => put(facts::Rectification {
            name,
            step: facts::RectificationStep::Opened,
            settlement: None,
            about: item,
            enterprise: Some(enterprise),
            level: Some(rating::Level::Dissatisfied.text()),
            comment: Some("示例<意见>".to_owned()),
            contact_by: day,
            reply_by: day + chrono::TimeDelta::days(7),
            watches: false,
            why,
            path: "/rectifications/example".to_owned(),
        }),
        Kind::RateAgain => put(facts::RateAgain {
            name: "联系人 01".to_owned(),
            about: item,
            reply: "示例<答复>".to_owned(),
            path: "/rectifications/example".to_owned(),
        }),
        Kind::ObligationOpened => put(facts::ObligationOpened {
            name,
            enterprise,
            item,
            occasion: "event:1".to_owned(),
            note: Some("示例<情况>".to_owned()),
            due_on: day,
            why,
            path,
        }),
        Kind::DueDatesMoved => put(facts::DueDatesMoved {
            name,
            source: "国办发明电〔2026〕0 号".to_owned(),
            years: vec![2027],
            lines: vec![facts::MovedLine {
                enterprise,
                item,
                occasion: "2026-09".to_owned(),
                from: day,
                to: day + chrono::TimeDelta::days(5),
                provisional: false,
                favours: Side::Park.moves(),
                path,
            }],
            left_out: 1,
            why,
        }),
        Kind::CriticismDraft => put(facts::CriticismDraft {
            name: "监督 01".to_owned(),
            date: day,
            lines: vec![late(day, false)],
        }),
        Kind::RedList => put(facts::RedList {
            name: "监督 01".to_owned(),
            date: day,
            lines: vec![late(day, true), late(day, false)],
            left_out: 1,
        }),
        Kind::PublicReport => put(facts::PublicReport {
            name: "监察员 01".to_owned(),
            period: "2026-Q3".to_owned(),
            from: day - chrono::TimeDelta::days(101),
            to: day - chrono::TimeDelta::days(10),
            due: 3,
            on_time: 2,
            late: 0,
            missed: 1,
            overdue: 0,
            rate: Text::new("66.7%", "66.7%"),
            evaluation: Some(facts::PublishedEvaluation {
                quarter: "2026-Q2".to_owned(),
                invited: 20,
                answered: 12,
                lines: vec![facts::ResultLine {
                    department: Text::new("示例局", "Example bureau"),
                    figure: Text::new("样本不足", "too few"),
                }],
                path: "/evaluations/example".to_owned(),
            }),
        }),
        Kind::LimitChanged => put(facts::LimitChanged {
            name: "联系人 01".to_owned(),
            enterprise,
            step: facts::LimitStep::Paused,
            on: day,
            until: Some(day + chrono::TimeDelta::days(7)),
            ground: Some(Text::new("专家评审", "expert review")),
            reason: Some("示例<理由>".to_owned()),
            lines: vec![facts::LimitLine {
                item,
                occasion: "2026-09".to_owned(),
                before: day,
                due_on: day + chrono::TimeDelta::days(9),
                provisional: true,
                path: "/obligations/example".to_owned(),
            }],
            why,
        }),
    };
    Ok(facts?)
}

fn put(facts: impl serde::Serialize) -> serde_json::Result<Value> {
    serde_json::to_value(facts)
}

/// Something overdue that was chased; past the law, or past a promise.
fn late(day: NaiveDate, statutory: bool) -> facts::LateLine {
    facts::LateLine {
        statutory,
        is_promise: true,
        enterprise: "示例<精密>制造有限公司".to_owned(),
        item: Text::new("答复用工需求", "answer a request for staff"),
        occasion: "2026-09".to_owned(),
        due_on: day - chrono::TimeDelta::days(11),
        overdue: 7,
        department: Text::new("示例局", "Example bureau"),
        chased_on: Some(day - chrono::TimeDelta::days(9)),
        ordered_on: statutory.then_some(day),
        path: "/obligations/example".to_owned(),
    }
}

/// The matters of the digest that are as urgent as this.
fn matters(date: NaiveDate, urgency: facts::Urgency) -> Vec<facts::DigestLine> {
    let mut lines = digest(String::new(), date).lines;
    lines.retain(|line| line.urgency == urgency);
    lines
}

fn digest(name: String, date: NaiveDate) -> facts::Digest {
    let liaison = Text::new(
        "您是该企业的服务专员",
        "you are the liaison of the enterprise",
    );
    let line = |urgency, days: i64, enterprise: &str, item: Text| facts::DigestLine {
        urgency,
        new: days < 0,
        is_promise: true,
        enterprise: enterprise.to_owned(),
        item,
        occasion: "2026-09".to_owned(),
        due_on: date + chrono::TimeDelta::days(days),
        remaining: i32::try_from(days).unwrap_or_default(),
        provisional: days > 2,
        call: None,
        why: liaison.clone(),
        path: "/obligations/example".to_owned(),
    };
    facts::Digest {
        name,
        date,
        late: true,
        lines: vec![
            line(
                facts::Urgency::Red,
                -2,
                "示例<精密>制造有限公司",
                Text::new("答复用工需求", "answer a request for staff"),
            ),
            line(
                facts::Urgency::Orange,
                0,
                "示例新材料股份有限公司",
                Text::new("材料预审", "pre-check of materials"),
            ),
            line(
                facts::Urgency::Orange,
                1,
                "示例生物科技有限公司",
                Text::new(
                    "跨部门事项召集会商",
                    "call a meeting on a matter of several departments",
                ),
            ),
            line(
                facts::Urgency::Yellow,
                3,
                "示例<精密>制造有限公司",
                Text::new("每月走访一次", "one visit a month"),
            ),
            facts::DigestLine {
                call: Some(Text::new(
                    "证照到期：有效期至 2026-12-09，请于 2026-10-10 前（含当日）向发证机关申请延续",
                    "it ends on 2026-12-09: its renewal has to be applied for by 2026-10-10, that day included",
                )),
                is_promise: false,
                occasion: String::new(),
                ..line(
                    facts::Urgency::Ending,
                    0,
                    "示例<精密>制造有限公司",
                    Text::new(
                        "排污许可证 91210231X001P",
                        "Pollutant discharge permit 91210231X001P",
                    ),
                )
            },
            line(
                facts::Urgency::Opened,
                20,
                "示例新材料股份有限公司",
                Text::new("组织一次政策宣讲", "one briefing on policies"),
            ),
        ],
        left_out: 2,
        notices: vec![facts::DigestNotice {
            title: Text::new(
                "服务专员变更：示例新材料股份有限公司",
                "New liaison: 示例新材料股份有限公司",
            ),
            on: date,
            path: None,
        }],
    }
}

/// A report on two enterprises, one of which is in trouble.
fn report(kind: report::Kind, name: String, day: NaiveDate) -> Letter {
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
                    "order it done by a day, with a written account to the supervisor",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{OnBehalf, page::lamp, tests::sender};

    #[test]
    fn every_letter_says_the_same_in_both_parts_of_every_language() {
        let deputy = OnBehalf {
            absent: "专员 03".to_owned(),
            until: NaiveDate::from_ymd_opt(2026, 10, 20).unwrap(),
            deputy: "专员 04".to_owned(),
        };
        for kind in Kind::ALL.into_iter().filter(|kind| kind.is_written()) {
            for language in Language::ALL {
                for on_behalf in [None, Some(&deputy)] {
                    let facts = example(kind).unwrap();
                    let words = sender().render(kind, &facts, language, on_behalf).unwrap();
                    let case = format!("{kind:?} {language:?} {on_behalf:?}");
                    assert!(
                        !words.subject.is_empty() && !words.subject.contains('\n'),
                        "{case}"
                    );
                    assert!(
                        words.subject.chars().count() <= 78,
                        "{case}: {}",
                        words.subject
                    );
                    for part in [&words.text, &words.html] {
                        assert!(!part.contains("{{") && !part.contains("{%"), "{part}");
                        assert!(part.lines().all(|line| line.len() <= 4000), "{case}");
                    }
                    assert!(!words.text.contains("\n\n\n"), "{}", words.text);
                    assert!(!words.html.contains("<精密>"), "unescaped name in {case}");
                    assert!(
                        words
                            .html
                            .contains(&format!("<html lang=\"{}\"", language.tag()))
                    );
                    assert!(words.html.len() < 90_000, "some programs cut {case}");
                    for remote in ["src=", "<link", "url(", "@import", "<script"] {
                        assert!(!words.html.contains(remote), "remote content in {case}");
                    }
                    let (text, html) = (bare(&words.text), bare(&visible(&words.html)));
                    for line in words.text.lines().filter(|line| !line.trim().is_empty()) {
                        for word in parts(line) {
                            assert!(html.contains(&word), "{case}: {word} only in the text");
                        }
                    }
                    for word in visible(&words.html).lines().map(bare) {
                        assert!(
                            text.contains(&word)
                                || bare(&words.subject).contains(&word)
                                || is_heading(&word),
                            "{case}: {word} only in the HTML"
                        );
                    }
                    if language == Language::English {
                        let mut rest = format!("{}\n{}", words.subject, words.text);
                        for name in proper_names(&facts)
                            .into_iter()
                            .chain([deputy.deputy.clone(), deputy.absent.clone()])
                        {
                            rest = rest.replace(&name, "");
                        }
                        let chinese: String =
                            rest.chars().filter(|each| is_chinese(*each)).collect();
                        assert!(chinese.is_empty(), "{case}: {chinese}");
                    }
                }
            }
        }
    }

    /// What one line of the text says, without its own marks.
    fn parts(line: &str) -> Vec<String> {
        let line = line.trim_start_matches(['-', '#', ' ']);
        line.split(['|', '：', '[', ']'])
            .flat_map(|part| part.split(": "))
            .flat_map(|part| part.split(" ("))
            .map(|part| bare(part.trim_end_matches(')')))
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// Without white space, for comparing.
    fn bare(text: &str) -> String {
        text.chars().filter(|each| !each.is_whitespace()).collect()
    }

    /// What stands above the subject in the HTML: brand, topic, the word of the light.
    fn is_heading(word: &str) -> bool {
        word.starts_with("契约·")
            || word.starts_with("Qiyue·")
            || word.chars().all(|each| each.is_ascii_digit())
            || Light::ALL.into_iter().any(|light| {
                Language::ALL
                    .iter()
                    .any(|language| word.ends_with(&bare(lamp(light).word(language))))
            })
    }

    /// The visible words of the HTML and the addresses of its links, one piece a line.
    fn visible(html: &str) -> String {
        let body = html.split("<body").nth(1).unwrap();
        let body = body.split("</div>").nth(1).unwrap();
        let mut out = String::new();
        let mut rest = body;
        while let Some((before, after)) = rest.split_once('<') {
            out.push_str(before);
            out.push('\n');
            let (tag, after) = after.split_once('>').unwrap();
            if let Some((_, link)) = tag.split_once("href=\"") {
                out.push_str(link.split('"').next().unwrap());
                out.push('\n');
            }
            rest = after;
        }
        out.push_str(rest);
        let mut out = out.replace("&nbsp;", " ").replace("&middot;", "·");
        for (escaped, plain) in [
            ("&#60;", "<"),
            ("&#62;", ">"),
            ("&#38;", "&"),
            ("&#34;", "\""),
            ("&#39;", "'"),
        ] {
            out = out.replace(escaped, plain);
        }
        out
    }

    /// What is written in Chinese whatever the reader's language: names of people and firms, laws, and what people typed.
    fn proper_names(facts: &Value) -> Vec<String> {
        match facts {
            Value::Object(fields) => fields
                .iter()
                .filter(|(field, _)| !["zh", "en"].contains(&field.as_str()))
                .flat_map(|(_, value)| proper_names(value))
                .collect(),
            Value::Array(values) => values.iter().flat_map(proper_names).collect(),
            Value::String(text) => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    fn is_chinese(each: char) -> bool {
        matches!(each, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
    }

    #[test]
    fn previews_are_written_for_every_letter() {
        let folder = std::env::temp_dir().join(format!("qiyue-previews-{}", std::process::id()));
        let written = write_all(&sender(), &folder).unwrap();
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_written());
        assert_eq!(written, kinds.count() * 4);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), written);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
