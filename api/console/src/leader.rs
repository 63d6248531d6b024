//! The leader's page: the whole park on one screen and one sheet of paper. Every figure leads to the promises behind it. Of a large park the
//! matrix shows the enterprises to watch first; its totals are of all.

use std::{cmp::Reverse, collections::BTreeMap};

use askama::Template;
use axum::response::Response;
use chrono::TimeDelta;
use entity::{language::Language, page::COUNTED_TO, pending::MOST_OF_A_KIND};

use super::{
    bridge::operation,
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
    scalar::{Date, DateTime},
    term::*,
};

operation!(LeaderStart in "src/operations/leader.graphql");

type Brief = leader_start::LeaderStartBriefsNodes;
type Worst = leader_start::Worst;

/// One enterprise in the matrix.
struct Firm {
    id: String,
    name: String,
    liaison: String,
    lights: Vec<(Light, i64)>,
    projects: Option<ProjectLight>,
    flagged: bool,
}

/// The weekly brief that was mailed last.
struct Newest {
    id: String,
    title: String,
    moment: DateTime,
}

/// What one of the coming days brings.
#[derive(Default)]
struct Coming {
    /// The promises that fall due: the list of them, how many, and how many by law.
    due: Option<(String, i64, i64)>,
    /// What is rare, singly: the page about it, what it is, and whose.
    rare: Vec<(String, String, String)>,
}

/// A column of the trend.
pub struct Column {
    /// The first day that the brief covers.
    pub from: Date,
    /// The last one.
    pub to: Date,
    /// How many fell due.
    pub due: i64,
    /// How many were kept in time.
    pub on_time: i64,
    /// `on_time` ÷ `due` in percent, as it was reported.
    pub rate: Option<f64>,
    /// Whether its day is written below it: of many columns only below every second one, so that the days do not touch.
    pub dated: bool,
    /// Where the column stands, in percent of the width.
    pub at: String,
    /// Its left edge.
    pub left: String,
    /// Its width.
    pub width: String,
    /// Its upper edge, in pixels.
    pub top: i64,
    /// Its height, in pixels.
    pub height: i64,
}

/// How high the columns of the trend may be, in pixels.
const HIGH: f64 = 72.0;

/// So many columns have room for a day below each.
const WIDE: u32 = 6;

/// A rate in percent as a height of the drawing.
#[allow(clippy::cast_possible_truncation, reason = "0 to 72 pixels")]
fn height(rate: f64) -> i64 {
    (rate.clamp(0.0, 100.0) / 100.0 * HIGH).round() as i64
}

fn trend(briefs: &[Brief]) -> Vec<Column> {
    let number = u32::try_from(briefs.len().max(1)).unwrap_or(1);
    let share = 100.0 / f64::from(number);
    let columns = (0u32..).zip(briefs.iter().rev());
    columns
        .map(|(place, brief)| {
            let kept = &brief.facts.kept;
            let height = height(kept.on_time_rate.unwrap_or_default());
            let left = f64::from(place) * share;
            Column {
                from: brief.from,
                to: brief.to,
                due: kept.due,
                on_time: kept.on_time,
                rate: kept.on_time_rate,
                dated: number <= WIDE || (number - place) % 2 == 1,
                at: format!("{:.2}%", left + share / 2.0),
                left: format!("{:.2}%", left + share * 0.2),
                width: format!("{:.2}%", share * 0.6),
                top: TOP_AND_HIGH - height,
                height,
            }
        })
        .collect()
}

/// Where the columns stand, in pixels.
const TOP_AND_HIGH: i64 = 90;

#[derive(Template)]
#[template(path = "leader/page.html")]
struct LeaderShown {
    f: Frame,
    colours: Vec<Light>,
    totals: Vec<(Light, i64)>,
    open: i64,
    black: i64,
    red: i64,
    orange: i64,
    firms: Vec<Firm>,
    /// How many enterprises are in the park.
    park: i64,
    columns: Vec<Column>,
    quarter: Option<(Date, Date, f64, i64)>,
    worst: Vec<Worst>,
    coming: BTreeMap<Date, Coming>,
    newest: Option<Newest>,
    /// What waits for the decision of this leader.
    pending: Vec<leader_start::LeaderStartPendingDecisions>,
}

impl LeaderShown {
    /// Whether more may wait than is listed.
    fn is_cut(&self) -> bool {
        let of = |kind| {
            self.pending
                .iter()
                .filter(move |one| one.kind == kind)
                .count() as u64
        };
        self.pending
            .iter()
            .any(|one| of(one.kind) >= MOST_OF_A_KIND)
    }

    fn total(&self, light: &Light) -> i64 {
        count(&self.totals, *light)
    }

    /// How many enterprises of the park are not in the matrix.
    fn others(&self) -> i64 {
        self.park - i64::try_from(self.firms.len()).unwrap_or(i64::MAX)
    }

    /// Whether there are more enterprises than are counted.
    fn is_uncounted(&self) -> bool {
        u64::try_from(self.park).is_ok_and(|park| park > COUNTED_TO)
    }

    /// The stretch of days before the newest one in which something was due, and how many points the rate has risen since.
    fn change(&self) -> Option<(&Column, f64)> {
        let (newest, before) = self.columns.split_last()?;
        let compared = before.iter().rev().find(|column| column.rate.is_some())?;
        Some((compared, newest.rate? - compared.rate?))
    }

    /// Who can end it: who is in charge, else the department that promised it, else the service centre.
    fn responsible(&self, one: &Worst) -> String {
        let people: Vec<&str> = one.owners.iter().map(|person| &*person.name).collect();
        if !people.is_empty() {
            return people.join(self.f.t("、", ", "));
        }
        let promise = one.commitment.as_ref();
        let department = promise.and_then(|promise| promise.department.as_ref());
        department
            .map_or(
                self.f.t("企业服务中心", "Service centre"),
                |department| self.f.of(&department.name_zh, &department.name_en),
            )
            .to_owned()
    }

    /// Whether the viewer may issue a supervision order now.
    fn may_order(&self, one: &Worst) -> bool {
        let mut commands = one.commands.iter();
        commands.any(|command| command.code == "obligation.supervise" && command.may)
    }
}

/// How many days the page looks ahead, today included.
const AHEAD: i64 = 7;

/// How many promises a leader is asked to decide about at once.
const WORST: usize = 5;

/// The page of the promises that fall due on a day: those that are paused do not.
fn falling_due(on: Date) -> String {
    let lights = Light::ALL.into_iter().filter(|light| *light != Light::Grey);
    let lights: String = lights
        .map(|light| format!("&light={}", light.code()))
        .collect();
    format!("/obligations?from={on}&to={on}{lights}")
}

/// What the coming days bring, day by day.
fn coming(
    f: &Frame,
    due: Vec<leader_start::LeaderStartDueByDay>,
    milestones: Vec<leader_start::LeaderStartMilestonesNodes>,
    contracts: Vec<leader_start::LeaderStartContractsNodes>,
) -> BTreeMap<Date, Coming> {
    let mut days: BTreeMap<Date, Coming> = BTreeMap::new();
    for one in due {
        let due = (falling_due(one.on), one.count, one.statutory);
        days.entry(one.on).or_default().due = Some(due);
    }
    for one in contracts {
        let firm = one.enterprise.as_ref().map_or("", |firm| {
            f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default())
        });
        let what = match f.language {
            Language::Chinese => format!("契约 {} 到期", one.number),
            Language::English => format!("contract {} ends", one.number),
        };
        let rare = (f.link(&one.id), what, firm.to_owned());
        days.entry(one.ends_on).or_default().rare.push(rare);
    }
    for one in milestones {
        let project = one.project.as_ref();
        let project = project.filter(|project| project.state == ProjectState::Active);
        let (Some(on), Some(project)) = (one.forecast_on, project) else {
            continue;
        };
        let firm = one.enterprise.as_ref().map_or("", |firm| {
            f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default())
        });
        let what = match f.language {
            Language::Chinese => format!("项目“{}”预计完成“{}”", project.name, one.name),
            Language::English => format!(
                "project \"{}\" expects to complete \"{}\"",
                project.name, one.name
            ),
        };
        let rare = (f.link(&project.id), what, firm.to_owned());
        days.entry(on).or_default().rare.push(rare);
    }
    days
}

fn count(lights: &[(Light, i64)], light: Light) -> i64 {
    lights
        .iter()
        .find(|(known, _)| *known == light)
        .map_or(0, |(_, count)| *count)
}

impl Firm {
    /// The less, the sooner a leader must look: the number of promises of each severe light, then the light of the projects.
    fn ease(&self) -> (Vec<i64>, Reverse<Option<ProjectLight>>) {
        let severe = [Light::Black, Light::Red, Light::Orange];
        (
            severe.iter().map(|light| -self.count(light)).collect(),
            Reverse(self.projects),
        )
    }

    fn count(&self, light: &Light) -> i64 {
        count(&self.lights, *light)
    }
}

/// The most severe light of the projects of an enterprise, and whether a leader passed a gate of one.
fn works(
    projects: &[leader_start::LeaderStartEnterprisesToWatchProjects],
) -> (Option<ProjectLight>, bool) {
    let active = || {
        let projects = projects.iter();
        projects.filter(|project| project.state == ProjectState::Active)
    };
    (
        active().filter_map(|project| project.light).max(),
        active().any(|project| project.flagged),
    )
}

/// The page.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    let today = guest.state.store().today();
    let asked = leader_start::Variables {
        today,
        until: today + TimeDelta::days(AHEAD - 1),
    };
    let data = guest.run::<LeaderStart>(asked).await?;
    let f = guest.frame(match guest.language {
        Language::Chinese => "园区一览",
        Language::English => "The park at a glance",
    });
    let mut firms: Vec<Firm> = data
        .enterprises_to_watch
        .into_iter()
        .map(|firm| {
            let (projects, flagged) = works(&firm.projects);
            let person = firm.liaison.and_then(|liaison| liaison.official);
            Firm {
                name: f
                    .of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default())
                    .to_owned(),
                id: firm.id,
                liaison: person.map(|person| person.name).unwrap_or_default(),
                lights: firm
                    .lights
                    .into_iter()
                    .map(|one| (one.light, one.count))
                    .collect(),
                projects,
                flagged,
            }
        })
        .collect();
    // What is worst comes first; of equals, by name, as the API lists them.
    firms.sort_by_key(Firm::ease);
    let lights = data.lights.into_iter();
    let totals: Vec<(Light, i64)> = lights.map(|one| (one.light, one.count)).collect();
    let quarter = data.quarter.nodes.into_iter().next().and_then(|report| {
        let rate = report.facts.kept.on_time_rate?;
        Some((report.from, report.to, rate, TOP_AND_HIGH - height(rate)))
    });
    let coming = coming(
        &f,
        data.due_by_day,
        data.milestones.nodes,
        data.contracts.nodes,
    );
    let mut worst = data.black.nodes;
    worst.extend(data.red.nodes);
    worst.truncate(WORST);
    Ok(guest.show(&LeaderShown {
        f,
        colours: Light::ALL.into_iter().rev().collect(),
        black: count(&totals, Light::Black),
        red: count(&totals, Light::Red),
        orange: count(&totals, Light::Orange),
        open: totals.iter().map(|(_, count)| count).sum(),
        totals,
        firms,
        park: data.enterprises.total_count,
        columns: trend(&data.briefs.nodes),
        quarter,
        worst,
        coming,
        pending: data.pending_decisions,
        newest: data.briefs.nodes.into_iter().next().map(|brief| Newest {
            id: brief.id,
            title: brief.title,
            moment: brief.moment,
        }),
    }))
}

#[cfg(test)]
mod tests {
    use super::{leader_start::LeaderStartEnterprisesToWatchProjects, *};

    fn project(light: ProjectLight) -> LeaderStartEnterprisesToWatchProjects {
        LeaderStartEnterprisesToWatchProjects {
            state: ProjectState::Active,
            light: Some(light),
            flagged: false,
        }
    }

    #[test]
    fn the_most_severe_project_gives_the_row_its_light() {
        for lights in [
            [ProjectLight::Green, ProjectLight::Red],
            [ProjectLight::Red, ProjectLight::Green],
        ] {
            assert_eq!(
                works(&lights.map(project)),
                (Some(ProjectLight::Red), false)
            );
        }
    }

    #[test]
    fn what_is_worse_comes_first() {
        let firm = |projects| Firm {
            id: String::new(),
            name: String::new(),
            liaison: String::new(),
            lights: Vec::new(),
            projects,
            flagged: false,
        };
        let (red, green, none) = (
            firm(Some(ProjectLight::Red)),
            firm(Some(ProjectLight::Green)),
            firm(None),
        );
        assert!(red.ease() < green.ease() && green.ease() < none.ease());
    }
}
