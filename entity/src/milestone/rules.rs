//! How milestones and projects stand against their plan.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{ActiveModel, Model};
use crate::{error::Explain, language::Text, project::stage::Stage};

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

/// Planned and actual progress, weighted. None while nothing is planned.
pub fn progress(milestones: &[Model], today: NaiveDate) -> Option<Progress> {
    let weight = |wanted: &dyn Fn(&Model) -> bool| -> i64 {
        milestones
            .iter()
            .filter(|milestone| milestone.baseline_on.is_some() && wanted(milestone))
            .map(|milestone| i64::from(milestone.weight))
            .sum()
    };
    let total = weight(&|_| true);
    if total == 0 {
        return None;
    }
    let percent = |part: i64| i32::try_from(part * 100 / total).unwrap_or(100);
    Some(Progress {
        planned: percent(weight(&|milestone| {
            milestone.baseline_on.is_some_and(|day| day <= today)
        })),
        actual: percent(weight(&|milestone| {
            milestone.actual_on.is_some_and(|day| day <= today)
        })),
    })
}

/// Why something does not happen to a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MilestoneError {
    /// The project is on hold, dropped or done.
    ProjectNotActive,
    /// The milestone does not belong to this project.
    Unknown,
    /// It has a plan: a new day is a change of the forecast.
    AlreadyPlanned,
    /// It has no plan yet.
    NotPlanned,
    /// It has been reached.
    AlreadyReached,
    /// Weights are 1 to 1000.
    WeightInvalid,
    /// A reason is needed, up to 1000 characters.
    ReasonInvalid,
    /// The day lies in the future.
    DayInFuture,
    /// The file belongs to another enterprise or does not exist.
    EvidenceUnknown,
}

impl Explain for MilestoneError {
    fn explain(&self) -> Text {
        match self {
            Self::ProjectNotActive => Text::new(
                "项目不在推进中（暂缓、终止或已建成）；如需继续，请先恢复。",
                "The project is on hold, dropped or done: resume it first.",
            ),
            Self::Unknown => Text::new(
                "该项目没有这个里程碑。",
                "The project has no such milestone.",
            ),
            Self::AlreadyPlanned => Text::new(
                "该里程碑已有计划日期；调整请使用“变更预计日期”并说明理由。",
                "It has a planned day: change the forecast instead, with a reason.",
            ),
            Self::NotPlanned => Text::new(
                "该里程碑尚未排期，请先排期。",
                "It is not planned yet: plan it first.",
            ),
            Self::AlreadyReached => Text::new("该里程碑已完成。", "It has been reached."),
            Self::WeightInvalid => Text::new(
                "权重为 1 至 1000 的整数。",
                "A weight is a whole number from 1 to 1000.",
            ),
            Self::ReasonInvalid => Text::new(
                "请填写理由（不超过 1000 字）。",
                "Give a reason (up to 1000 characters).",
            ),
            Self::DayInFuture => {
                Text::new("完成日期不得晚于今天。", "The day may not be after today.")
            }
            Self::EvidenceUnknown => Text::new(
                "找不到该佐证文件，请先上传到该企业名下。",
                "There is no such file of this enterprise: upload it first.",
            ),
        }
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
