//! An enterprise's start page: what the park waits for, when one meets, the own contract clause by clause with the state of each promise in the
//! margin, the own projects as timelines, and how the promises were kept. The API gives nothing of anyone else.

use askama::Template;
use axum::response::Response;
use entity::language::Language;

use super::{
    bridge::operation,
    frame::Frame,
    guest::Guest,
    promise::{Article, articles, reads},
    refusal::Refusal,
    scalar::Date,
    term::*,
    timeline::{Dates, Timeline},
};

operation!(OwnStart in "src/operations/own.graphql");

type Contract = own_start::OwnStartContractsNodes;
type Clause = own_start::OwnStartContractsNodesClauses;
type Commitment = own_start::OwnStartContractsNodesCommitments;
type Project = own_start::OwnStartContractsNodesProjects;
type Owed = own_start::OwnStartObligationsNodes;

reads!(Clause, Commitment, Owed);

/// A project that has not reported for so many days is asked to.
const SILENT_DAYS: i64 = 30;

/// How many promises of the past are told; the list has the others.
const PAST: usize = 12;

/// How many services that can be rated are named singly.
const UNRATED: usize = 5;

/// Something that the park waits for from the enterprise.
struct Awaited {
    what: String,
    why: String,
    href: String,
}

/// What the enterprise is asked besides its contract.
struct Asked {
    evaluations: Vec<own_start::OwnStartEvaluationsNodes>,
    permits: Vec<own_start::OwnStartPermitsNodes>,
    replied: Vec<own_start::OwnStartRectificationsNodes>,
    cases: Vec<own_start::OwnStartCasesNodes>,
}

/// A project and its drawing.
struct Drawn {
    project: Project,
    timeline: Option<Timeline>,
}

#[derive(Template)]
#[template(path = "own/page.html")]
struct OwnShown {
    f: Frame,
    contract: Option<Contract>,
    projects: Vec<Drawn>,
    articles: Vec<Article<Clause, Commitment, Owed>>,
    awaited: Vec<Awaited>,
    owed: Vec<Owed>,
    visits: Vec<own_start::OwnStartVisitsNodes>,
}

impl OwnShown {
    /// What became of the newest promises.
    fn past(&self) -> Vec<&Owed> {
        let closed = self.owed.iter().filter(|owed| owed.closed_at.is_some());
        closed.take(PAST).collect()
    }

    /// How many of those shown were kept in time, and how many there are.
    fn tally(&self) -> (i64, i64) {
        let closed = self.owed.iter().filter(|owed| owed.closed_at.is_some());
        closed.fold((0, 0), |(kept, all), owed| {
            let in_time = owed.state == ObligationState::Fulfilled && owed.days_late == Some(0);
            (kept + i64::from(in_time), all + 1)
        })
    }
}

fn drawn(f: &Frame, project: Project) -> Drawn {
    let rows = project.milestones.iter().map(|one| {
        let mut stages = project.stages.iter();
        let stage = stages.find(|stage| Some(stage.number) == one.stage_number);
        Dates {
            label: stage.map_or(one.name.clone(), |stage| {
                format!("{} {}", stage.number, f.of(&stage.name_zh, &stage.name_en))
            }),
            entered_on: stage.and_then(|stage| stage.entered_on),
            left_on: stage.and_then(|stage| stage.left_on),
            baseline_on: one.baseline_on,
            forecast_on: one.forecast_on,
            actual_on: one.actual_on,
            light: one.light,
        }
    });
    let timeline = Timeline::of(f, rows.collect());
    Drawn { project, timeline }
}

/// Everything that waits for the enterprise: a signature, what is missing in a case, the answer to an open evaluation, the renewal of a permit, documents before the
/// next step of a project, a report, what a pause is for, the rating of a service.
fn awaited(f: &Frame, contract: Option<&Contract>, owed: &[Owed], asked: &Asked) -> Vec<Awaited> {
    let mut awaited = Vec::new();
    if let Some(contract) = contract.filter(|one| one.state == ContractState::LeaderApproved) {
        awaited.push(Awaited {
            what: f.t("签署契约", "Sign the contract").to_owned(),
            why: contract.number.clone(),
            href: f.link(&contract.id),
        });
    }
    for one in &asked.cases {
        let item = f.of(&one.item_zh, &one.item_en);
        awaited.push(Awaited {
            what: format!(
                "{}{item}",
                f.t("补正申请材料：", "Correct the application: ")
            ),
            why: format!(
                "{} · {} {}",
                one.number,
                f.t("补正期限", "answer by"),
                f.date(&one.due_on)
            ),
            href: f.link(&one.id),
        });
    }
    for one in asked.evaluations.iter().filter(|one| one.awaits_answer) {
        awaited.push(Awaited {
            what: match f.language {
                Language::Chinese => format!("填写 {} 企业评议表", one.quarter),
                Language::English => format!("Answer the evaluation of {}", one.quarter),
            },
            why: format!("{} {}", f.t("截止", "Closes"), f.date(&one.closes_on)),
            href: format!("{}/form", f.link(&one.id)),
        });
    }
    for one in &asked.permits {
        let Some(firm) = &one.enterprise else {
            continue;
        };
        if matches!(
            one.standing,
            PermitStanding::ToRenew | PermitStanding::TooLate
        ) {
            awaited.push(Awaited {
                what: format!(
                    "{}{} {}",
                    f.t("申请延续：", "Apply for renewal: "),
                    one.kind.say(f),
                    one.number
                ),
                why: match one.standing {
                    PermitStanding::TooLate => one.standing.say(f).to_owned(),
                    _ => format!("{} {}", f.t("最迟申请", "Apply by"), f.date(&one.apply_by)),
                },
                href: format!("{}#permits", f.link(&firm.id)),
            });
        }
    }
    for one in &asked.replied {
        if one.acts.contains(&RectificationAct::RateAgain) {
            awaited.push(Awaited {
                what: f.t("再次评价", "Rate again").to_owned(),
                why: f.of(&one.about_zh, &one.about_en).to_owned(),
                href: format!("{}/rate-again", f.link(&one.id)),
            });
        }
    }
    for project in contract.iter().flat_map(|contract| &contract.projects) {
        if project.state != ProjectState::Active {
            continue;
        }
        for gate in &project.gates {
            if gate.outcome.is_none() && is_next(project, gate.stage_number, gate.step) {
                awaited.push(Awaited {
                    what: f.of(&gate.name_zh, &gate.name_en).to_owned(),
                    why: format!("{} · {}", project.name, gate.legal_basis),
                    href: f.link(&project.id),
                });
            }
        }
        let newest: Option<Date> = project
            .reports
            .iter()
            .map(|report| report.reported_on)
            .max();
        let silent = newest.is_none_or(|day| (f.today - day).num_days() > SILENT_DAYS);
        let mut commands = project.commands.iter();
        let may_report = commands.any(|one| one.code == "project.report_progress" && one.may);
        if silent && may_report {
            awaited.push(Awaited {
                what: f.t("填报项目进展", "Report the progress").to_owned(),
                why: project.name.clone(),
                href: format!("{}/report-progress", f.link(&project.id)),
            });
        }
    }
    for one in owed
        .iter()
        .filter(|one| one.deadline.state == DeadlineState::Paused)
    {
        let Some(pause) = one
            .deadline
            .pauses
            .iter()
            .find(|pause| pause.ended_on.is_none())
        else {
            continue;
        };
        if pause.kind == PauseKind::Agreed {
            awaited.push(Awaited {
                what: pause.reason.clone(),
                why: one.commitment.as_ref().map_or_else(String::new, |promise| {
                    f.of(&promise.text_zh, &promise.text_en).to_owned()
                }),
                href: f.link(&one.id),
            });
        }
    }
    let unrated = || owed.iter().filter(|one| one.permissions.can_rate);
    for one in unrated().take(UNRATED) {
        let promise = one.commitment.as_ref();
        let promise = promise.map_or("", |promise| f.of(&promise.text_zh, &promise.text_en));
        awaited.push(Awaited {
            what: format!("{}{promise}", f.t("评价服务：", "Rate the service: ")),
            why: format!(
                "{} · {}",
                f.occasion(&one.occasion),
                f.t("自愿", "voluntary")
            ),
            href: format!("{}/rate", f.link(&one.id)),
        });
    }
    let others = unrated().skip(UNRATED).count();
    if others > 0 {
        awaited.push(Awaited {
            what: match f.language {
                Language::Chinese => format!("另有 {others} 项服务可以评价"),
                Language::English => format!("Services that can be rated besides: {others}"),
            },
            why: f.t("自愿", "voluntary").to_owned(),
            href: "/obligations?state=FULFILLED".to_owned(),
        });
    }
    awaited
}

/// Whether a gate guards the end of a stage under way, or the beginning of the one after it.
fn is_next(project: &Project, stage: i64, step: GateStep) -> bool {
    let mut now = project
        .stages
        .iter()
        .filter(|one| one.entered_on.is_some() && one.left_on.is_none());
    now.any(|one| match step {
        GateStep::Leave => one.number == stage,
        GateStep::Enter => one.number + 1 == stage,
    })
}

/// The page.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    let data = guest.run::<OwnStart>(own_start::Variables).await?;
    let f = guest.frame(match guest.language {
        Language::Chinese => "我的契约",
        Language::English => "My contract",
    });
    let mut contracts = data.contracts.nodes;
    let place = contracts.iter().position(|one| {
        use ContractState::*;
        matches!(one.state, Active | Amending | Suspended)
    });
    let mut contract = match (place, contracts.is_empty()) {
        (Some(place), _) => Some(contracts.swap_remove(place)),
        (None, false) => Some(contracts.swap_remove(0)),
        (None, true) => None,
    };
    let owed = data.obligations.nodes;
    let asked = Asked {
        evaluations: data.evaluations.nodes,
        permits: data.permits.nodes,
        replied: data.rectifications.nodes,
        cases: data.cases.nodes,
    };
    let awaited = awaited(&f, contract.as_ref(), &owed, &asked);
    let (articles, _) = contract.as_mut().map_or_else(Default::default, |contract| {
        let clauses = std::mem::take(&mut contract.clauses);
        let mut promises = std::mem::take(&mut contract.commitments);
        promises.retain(|promise| promise.ended_on.is_none());
        articles(clauses, promises, &owed)
    });
    let projects = contract.iter().flat_map(|contract| &contract.projects);
    Ok(guest.show(&OwnShown {
        projects: projects.cloned().map(|one| drawn(&f, one)).collect(),
        f,
        contract,
        articles,
        awaited,
        owed,
        visits: data.visits.nodes,
    }))
}
