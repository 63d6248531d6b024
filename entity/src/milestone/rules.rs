//! How milestones and projects stand against their plan.

use std::cmp::Reverse;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{ActiveModel, Model};
use crate::{
    calendar::rules::Calendar,
    error::refusals,
    language::Text,
    project::{self, stage::Stage},
    share,
    term::term,
};

/// Later than planned by more than this many working days is red; by any is yellow.
const RED_AFTER_WORKING_DAYS: i32 = 15;
/// A lag of this many points is yellow.
const YELLOW_LAG: i32 = 10;
/// A lag of more than this many points is red.
const RED_LAG: i32 = 30;
/// A day before all others.
const ALWAYS: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();

term! {
    /// The light of a project or a milestone. What has no plan has no light (未排期).
    pub enum Light as "ProjectLight" {
        /// As planned.
        Green = "GREEN", "正常", "On track";
        /// Late, 10 to 30 points behind, or not reported on for a month.
        Yellow = "YELLOW", "滞后", "Behind";
        /// More than 15 working days late, or more than 30 points behind.
        Red = "RED", "严重滞后", "Far behind";
    }
}

/// How far a project is, by the weights of its planned milestones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What the first plan says for today, in percent.
    pub planned: i32,
    /// What has been reached, in percent.
    pub actual: i32,
}

impl Progress {
    /// How many points behind the plan; below zero when ahead.
    pub fn lag(self) -> i32 {
        self.planned - self.actual
    }
}

/// How many working days a milestone is late against its first plan: when it was reached, or is now expected, or today when
/// that day has passed. None without a plan.
pub fn days_late(milestone: &Model, today: NaiveDate, calendar: &Calendar) -> Option<i32> {
    let baseline = milestone.baseline_on?;
    let expected = milestone
        .actual_on
        .unwrap_or_else(|| milestone.forecast_on.unwrap_or(baseline).max(today));
    Some(calendar.working_days_between(baseline, expected).max(0))
}

/// How many working days have passed since the first plan of a milestone that has not been reached: 0 while that day is to come. What is
/// expected to be late is not overdue.
pub fn overdue_by(milestone: &Model, today: NaiveDate, calendar: &Calendar) -> i32 {
    match (milestone.baseline_on, milestone.actual_on) {
        (Some(baseline), None) => calendar.working_days_between(baseline, today).max(0),
        _ => 0,
    }
}

/// The light of one milestone: late by any working day is yellow, by more than fifteen red.
pub fn light(milestone: &Model, today: NaiveDate, calendar: &Calendar) -> Option<Light> {
    days_late(milestone, today, calendar).map(|late| {
        if late > RED_AFTER_WORKING_DAYS {
            Light::Red
        } else if late > 0 {
            Light::Yellow
        } else {
            Light::Green
        }
    })
}

/// Planned and actual progress, weighted. None while nothing is planned.
pub fn progress(milestones: &[Model], today: NaiveDate) -> Option<Progress> {
    let is_past = |day: Option<NaiveDate>| day.is_some_and(|day| day <= today);
    Some(Progress {
        planned: share_of(milestones, |milestone| is_past(milestone.baseline_on))?,
        actual: share_of(milestones, |milestone| is_past(milestone.actual_on))?,
    })
}

/// How much of what is planned these milestones are, in percent of its weight. None while nothing is planned.
fn share_of(milestones: &[Model], wanted: impl Fn(&Model) -> bool) -> Option<i32> {
    let weight = |wanted: &dyn Fn(&Model) -> bool| -> u64 {
        milestones
            .iter()
            .filter(|milestone| milestone.baseline_on.is_some() && wanted(milestone))
            .map(|milestone| u64::from(milestone.weight.unsigned_abs()))
            .sum()
    };
    let total = weight(&|_| true);
    if total == 0 {
        return None;
    }
    let percent = share::whole_percent(weight(&wanted), total).unwrap_or_default();
    Some(i32::try_from(percent).unwrap_or(100))
}

fn of_lag(points: i32) -> Light {
    if points > RED_LAG {
        Light::Red
    } else if points >= YELLOW_LAG {
        Light::Yellow
    } else {
        Light::Green
    }
}

/// The light of a project: the most severe of its lag, of its milestones that are still open, and of its silence.
pub fn project_light(
    milestones: &[Model],
    silent_since: Option<NaiveDate>,
    today: NaiveDate,
    calendar: &Calendar,
) -> Option<Light> {
    let of_lag = of_lag(progress(milestones, today)?.lag());
    milestones
        .iter()
        .filter(|milestone| milestone.actual_on.is_none())
        .filter_map(|milestone| light(milestone, today, calendar))
        .chain([of_lag])
        .chain(silent_since.map(|_| Light::Yellow))
        .max()
}

/// Why a project shows a light other than green, what is most severe first: the milestone that is or will be late the most, the lag, the
/// silence.
pub fn causes(
    milestones: &[Model],
    silent_since: Option<NaiveDate>,
    today: NaiveDate,
    calendar: &Calendar,
) -> Vec<Text> {
    let Some(progress) = progress(milestones, today) else {
        return Vec::new();
    };
    let open = milestones.iter().filter(|one| one.actual_on.is_none());
    let latest = open
        .filter_map(|one| Some((days_late(one, today, calendar)?, one)))
        .filter(|(late, _)| *late > 0)
        .max_by_key(|(late, one)| (*late, Reverse(one.position)));
    let late = latest.map(|(late, one)| {
        let name = &one.name;
        let text = match overdue_by(one, today, calendar) {
            0 => Text::new(
                format!("“{name}”预计比计划晚 {late} 个工作日"),
                format!(
                    "\"{name}\" is expected {} later than planned",
                    working_days(late)
                ),
            ),
            over => Text::new(
                format!("“{name}”超期未完成 {over} 个工作日"),
                format!("\"{name}\" is overdue by {}", working_days(over)),
            ),
        };
        (light(one, today, calendar), text)
    });
    let points = progress.lag();
    let lag = (points >= YELLOW_LAG).then(|| {
        let text = Text::new(
            format!("落后计划 {points} 个百分点"),
            format!("{points} points behind the plan"),
        );
        (Some(of_lag(points)), text)
    });
    let silent = silent_since.map(|since| {
        let text = Text::new(
            format!("自 {since} 起未填报进展"),
            format!("no progress report since {since}"),
        );
        (Some(Light::Yellow), text)
    });
    let mut found: Vec<_> = late.into_iter().chain(lag).chain(silent).collect();
    found.sort_by_key(|(light, _)| Reverse(*light));
    found.into_iter().map(|(_, text)| text).collect()
}

fn working_days(days: i32) -> String {
    match days {
        1 => "1 working day".to_owned(),
        _ => format!("{days} working days"),
    }
}

/// The days on which a project changes its light by its plan, as things stand (预警变化日): from each day on it shows at least that light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LightDays {
    /// From this day on at least yellow.
    pub behind_from: Option<NaiveDate>,
    /// Red.
    pub far_behind_from: Option<NaiveDate>,
}

/// When a plan changes the light of its project, if nothing else is recorded. None while nothing is planned.
pub fn light_days(milestones: &[Model], calendar: &Calendar) -> Option<LightDays> {
    let reached = share_of(milestones, |milestone| milestone.actual_on.is_some())?;
    let baselines = milestones
        .iter()
        .filter_map(|milestone| milestone.baseline_on);
    let lagging = |points: i32| {
        let lags = |day: &NaiveDate| {
            let is_past = |milestone: &Model| milestone.baseline_on.is_some_and(|on| on <= *day);
            share_of(milestones, is_past).is_some_and(|planned| planned - reached >= points)
        };
        baselines.clone().filter(lags).min()
    };
    let open = milestones
        .iter()
        .filter(|milestone| milestone.actual_on.is_none());
    let late = |days: i32| {
        open.clone()
            .filter_map(|one| late_from(one, days, calendar))
            .min()
    };
    Some(LightDays {
        behind_from: lagging(YELLOW_LAG).into_iter().chain(late(0)).min(),
        far_behind_from: lagging(RED_LAG + 1)
            .into_iter()
            .chain(late(RED_AFTER_WORKING_DAYS))
            .min(),
    })
}

/// From which day on a milestone that is not reached is late by more than so many working days.
fn late_from(milestone: &Model, days: i32, calendar: &Calendar) -> Option<NaiveDate> {
    let baseline = milestone.baseline_on?;
    let is_expected_late = milestone
        .forecast_on
        .is_some_and(|forecast| calendar.working_days_between(baseline, forecast) > days);
    Some(match is_expected_late {
        true => ALWAYS,
        false => calendar.add_working_days(baseline, days.unsigned_abs() + 1),
    })
}

/// The light that a project shows on a day from its last change on: the most severe that has come by its days and its silence.
pub fn shown(project: &project::Model, on: NaiveDate) -> Option<Light> {
    let has_come = |from: Option<NaiveDate>| from.is_some_and(|from| from <= on);
    project.is_planned?.then(|| {
        if has_come(project.far_behind_from) {
            Light::Red
        } else if has_come(project.behind_from) || has_come(project.silent_from) {
            Light::Yellow
        } else {
            Light::Green
        }
    })
}

refusals! {
    /// Why a command on a milestone was refused.
    pub enum MilestoneError as "MilestoneErrorCode" {
        /// The project is on hold, dropped or done.
        ProjectNotActive = "PROJECT_NOT_ACTIVE",
            "项目不在推进中（暂缓、终止或已建成）；如需继续，请先恢复。",
            "The project is on hold, terminated or completed: resume it first if it should continue.";
        /// The milestone does not belong to this project.
        Unknown = "UNKNOWN", "该项目没有这个里程碑。", "The project does not have this milestone.";
        /// It has a plan: a new day is a change of the forecast.
        AlreadyPlanned = "ALREADY_PLANNED",
            "该里程碑已有计划日期；调整请使用“变更预计日期”并说明理由。",
            "The milestone already has a planned date: change the forecast instead, with a reason.";
        /// It has no plan yet.
        NotPlanned = "NOT_PLANNED", "该里程碑尚未排期，请先排期。", "The milestone is not planned yet: plan it first.";
        /// It has been reached.
        AlreadyReached = "ALREADY_REACHED", "该里程碑已完成。", "The milestone has already been completed.";
        /// Weights are 1 to 1000.
        WeightInvalid = "WEIGHT_INVALID", "权重为 1 至 1000 的整数。", "The weight must be a whole number from 1 to 1000.";
        /// A reason is needed, up to 1000 characters.
        ReasonInvalid = "REASON_INVALID", "请填写理由（不超过 1000 字）。", "Enter a reason (up to 1000 characters).";
        /// The day lies in the future.
        DayInFuture = "DAY_IN_FUTURE", "完成日期不得晚于今天。", "The date must not be after today.";
        /// The file belongs to another enterprise or does not exist.
        EvidenceUnknown = "EVIDENCE_UNKNOWN",
            "找不到该佐证文件，请先上传到该企业名下。",
            "The file was not found for this enterprise: upload it first.";
    }
}

/// Only while the project goes on is anything done with its milestones.
pub fn goes_on(project: project::State) -> Result<(), MilestoneError> {
    project::rules::active(project).map_err(|_| MilestoneError::ProjectNotActive)
}

/// Only a milestone that has not been reached, of a project that goes on, is reached or moved.
pub fn open(milestone: &Model, project: project::State) -> Result<(), MilestoneError> {
    goes_on(project)?;
    match milestone.actual_on {
        Some(_) => Err(MilestoneError::AlreadyReached),
        None => Ok(()),
    }
}

/// Only what was planned is expected on another day.
pub fn movable(milestone: &Model, project: project::State) -> Result<(), MilestoneError> {
    open(milestone, project)?;
    match milestone.baseline_on {
        Some(_) => Ok(()),
        None => Err(MilestoneError::NotPlanned),
    }
}

/// A milestone that closes a stage and has no plan yet (未排期).
pub fn unplanned(id: Uuid, project_id: Uuid, enterprise_id: Uuid, stage: &Stage) -> ActiveModel {
    ActiveModel {
        id: Set(id),
        project_id: Set(project_id),
        enterprise_id: Set(enterprise_id),
        position: Set(stage.number),
        stage_number: Set(Some(stage.number)),
        name: Set(stage.name_zh.to_owned()),
        weight: Set(1),
        baseline_on: Set(None),
        forecast_on: Set(None),
        actual_on: Set(None),
        evidence_document_id: Set(None),
        version: Set(1),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Days, TimeDelta};
    use proptest::{collection, option, prelude::*};

    use super::*;
    use crate::{
        clock::instant_of,
        project::{progress, stage, stage::STAGES},
    };

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
    }

    fn milestone(baseline: Option<NaiveDate>, actual: Option<NaiveDate>) -> Model {
        Model {
            id: Uuid::nil(),
            project_id: Uuid::nil(),
            enterprise_id: Uuid::nil(),
            position: 1,
            stage_number: Some(STAGES[0].number),
            name: STAGES[0].name_zh.to_owned(),
            weight: 1,
            baseline_on: baseline,
            forecast_on: baseline,
            actual_on: actual,
            evidence_document_id: None,
            version: 1,
        }
    }

    #[test]
    fn what_is_unplanned_has_no_light() {
        let calendar = Calendar::shipped();
        let unplanned = milestone(None, None);
        assert_eq!(light(&unplanned, day(9, 30), &calendar), None);
        assert_eq!(
            project_light(
                std::slice::from_ref(&unplanned),
                Some(day(1, 1)),
                day(9, 30),
                &calendar
            ),
            None
        );
        assert_eq!(progress(&[unplanned], day(9, 30)), None);
    }

    #[test]
    fn a_milestone_is_yellow_from_the_first_working_day_and_red_after_fifteen() {
        let calendar = Calendar::shipped();
        let open = milestone(Some(day(9, 1)), None);
        assert_eq!(light(&open, day(9, 1), &calendar), Some(Light::Green));
        assert_eq!(light(&open, day(9, 2), &calendar), Some(Light::Yellow));
        let red = calendar.add_working_days(day(9, 1), 16);
        assert_eq!(
            light(&open, red.pred_opt().unwrap_or(red), &calendar),
            Some(Light::Yellow)
        );
        assert_eq!(light(&open, red, &calendar), Some(Light::Red));
        let reached = milestone(Some(day(9, 1)), Some(day(8, 31)));
        assert_eq!(light(&reached, day(12, 1), &calendar), Some(Light::Green));
        let mut expected_late = milestone(Some(day(9, 1)), None);
        expected_late.forecast_on = Some(day(12, 1));
        assert_eq!(
            light(&expected_late, day(8, 1), &calendar),
            Some(Light::Red)
        );
    }

    #[test]
    fn a_lag_of_ten_points_is_yellow_and_of_more_than_thirty_red() {
        let calendar = Calendar::shipped();
        let plan = |late: usize| -> Vec<Model> {
            (0..10)
                .map(|number| milestone(Some(day(9, 1)), (number >= late).then(|| day(9, 1))))
                .collect()
        };
        // On the day itself none is late, so that the lag alone speaks.
        for (late, expected) in [
            (0, Light::Green),
            (1, Light::Yellow),
            (3, Light::Yellow),
            (4, Light::Red),
        ] {
            assert_eq!(
                project_light(&plan(late), None, day(9, 1), &calendar),
                Some(expected),
                "{late}"
            );
        }
        let weighted = progress(&plan(4), day(9, 1));
        assert_eq!(
            weighted,
            Some(Progress {
                planned: 100,
                actual: 60
            })
        );
        assert_eq!(
            progress(&plan(4), day(8, 1)).map(|progress| progress.planned),
            Some(0)
        );
    }
    #[test]
    fn a_project_of_which_nothing_is_heard_for_a_month_is_yellow() {
        let zone = chrono_tz::Asia::Shanghai;
        let project = |state| project::Model {
            id: Uuid::nil(),
            contract_id: Uuid::nil(),
            enterprise_id: Uuid::nil(),
            name: "示例项目".to_owned(),
            state,
            state_reason: None,
            created_at: instant_of(day(1, 31), 9, 0, zone),
            is_planned: None,
            behind_from: None,
            far_behind_from: None,
            silent_from: None,
            version: 1,
        };
        let report = |on| progress::Model {
            id: Uuid::nil(),
            project_id: Uuid::nil(),
            reported_on: on,
            percent: 10,
            note: String::new(),
            reported_by: None,
            reported_at: instant_of(on, 9, 0, zone),
        };
        let stage = |number, entered_on| stage::Model {
            id: Uuid::nil(),
            project_id: Uuid::nil(),
            number,
            entered_on,
            left_on: None,
            version: 1,
        };
        let active = project::State::Active;
        for (state, entered, reports, today, expected) in [
            // A month after the 31st of January ends with February.
            (active, 1, vec![], day(2, 28), None),
            (active, 1, vec![], day(3, 1), Some(day(1, 31))),
            (active, 9, vec![day(3, 10)], day(4, 10), None),
            (active, 9, vec![day(3, 10)], day(4, 11), Some(day(3, 10))),
            (active, 9, vec![day(3, 10), day(4, 2)], day(4, 11), None),
            // What was reported later was not known then.
            (active, 9, vec![day(4, 2)], day(3, 15), Some(day(1, 31))),
            (active, 10, vec![], day(9, 1), None),
            (project::State::OnHold, 5, vec![], day(9, 1), None),
            (project::State::Done, 9, vec![], day(9, 1), None),
        ] {
            let reports: Vec<_> = reports.into_iter().map(report).collect();
            let stages = [stage(entered, Some(day(1, 31)))];
            let silent =
                project::rules::silent_since(&project(state), &stages, &reports, today, zone);
            assert_eq!(silent, expected, "{state:?} {entered} {today}");
            let known = reports.iter().map(|report| report.reported_on);
            let last = known.filter(|day| *day <= today).max();
            let from = project::rules::silent_from(state, day(1, 31), &stages, last);
            assert_eq!(
                from.is_some_and(|from| from <= today),
                expected.is_some(),
                "{from:?}"
            );
        }
        let calendar = Calendar::shipped();
        let ahead = milestone(Some(day(12, 1)), None);
        let late = milestone(Some(day(3, 1)), None);
        let light = |plan: &Model, silent| {
            project_light(std::slice::from_ref(plan), silent, day(9, 1), &calendar)
        };
        assert_eq!(light(&ahead, None), Some(Light::Green));
        assert_eq!(light(&ahead, Some(day(7, 1))), Some(Light::Yellow));
        assert_eq!(light(&late, Some(day(7, 1))), Some(Light::Red));
    }

    prop_compose! {
        /// A milestone of this year, perhaps planned, perhaps expected on another day, perhaps reached by the end of June.
        fn any_milestone()(
            baseline in option::of(0_u64..365),
            moved in option::weighted(0.3, -40_i64..60),
            reached in option::weighted(0.4, 0_u64..180),
            weight in 1_i32..6,
        ) -> Model {
            let on = |days| day(1, 1) + Days::new(days);
            let baseline = baseline.map(on);
            Model {
                weight,
                forecast_on: baseline.map(|day| day + TimeDelta::days(moved.unwrap_or(0))),
                ..milestone(baseline, reached.map(on))
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_project_shows_by_its_days_what_its_plan_says(
            plan in collection::vec(any_milestone(), 1..8),
            silent_from in option::of(0_u64..400),
        ) {
            let calendar = Calendar::shipped();
            let days = light_days(&plan, &calendar);
            let silent_from = silent_from.map(|days| day(1, 1) + Days::new(days));
            let project = project::Model {
                id: Uuid::nil(),
                contract_id: Uuid::nil(),
                enterprise_id: Uuid::nil(),
                name: String::new(),
                state: project::State::Active,
                state_reason: None,
                created_at: DateTime::UNIX_EPOCH,
                is_planned: Some(days.is_some()),
                behind_from: days.and_then(|days| days.behind_from),
                far_behind_from: days.and_then(|days| days.far_behind_from),
                silent_from,
                version: 1,
            };
            // From the end of June, when the last that is reached has been recorded.
            for today in day(6, 30).iter_days().take(500) {
                let silent = silent_from.filter(|from| *from <= today);
                let light = project_light(&plan, silent, today, &calendar);
                prop_assert_eq!(shown(&project, today), light, "{}", today);
            }
        }
    }
}
