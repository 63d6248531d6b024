//! What may happen to a project: its way through the stages, and what the law asks for at the gates between them.

use chrono::{Days, Months, NaiveDate};
use chrono_tz::Tz;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{
    Model, State, progress,
    requirement::Outcome,
    stage::{self, Stage},
};
use crate::{clock::civil_date, contract, error::Explain, language::Text, term::term};

/// How often a project reports.
const REPORTS_EVERY: Months = Months::new(1);

term! {
    /// Which step of a stage a gate guards.
    pub enum GateStep as "GateStep" {
        /// The stage may not begin before.
        Enter = "ENTER", "进入前", "Before it begins";
        /// The stage may not end before.
        Leave = "LEAVE", "完成前", "Before it ends";
    }
}

/// The step that a gate guards, with its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transition {
    /// Before the stage of this number begins.
    Enter(i32),
    /// Before the stage of this number ends.
    Leave(i32),
}

impl Transition {
    /// The same without the stage.
    pub fn step(self) -> GateStep {
        match self {
            Self::Enter(_) => GateStep::Enter,
            Self::Leave(_) => GateStep::Leave,
        }
    }
}

/// A hard gate (法定前置条件): what must be there before a step, and which law says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// What it is called in data.
    pub code: &'static str,
    /// The step it guards.
    pub transition: Transition,
    /// 名称.
    pub name_zh: &'static str,
    /// Name.
    pub name_en: &'static str,
    /// Law and article.
    pub legal_basis: &'static str,
}

/// All hard gates.
pub const GATES: [Gate; 12] = [
    gate(
        "LAND_RIGHT",
        Transition::Leave(7),
        "用地批准手续",
        "Right to use the land",
        "建筑法第八条",
    ),
    gate(
        "PLANNING_PERMIT",
        Transition::Leave(7),
        "建设工程规划许可证",
        "Planning permit",
        "建筑法第八条",
    ),
    gate(
        "BUILDER",
        Transition::Leave(7),
        "已确定建筑施工企业",
        "Builder appointed",
        "建筑法第八条",
    ),
    gate(
        "FUNDS_AND_DRAWINGS",
        Transition::Leave(7),
        "资金安排、施工图纸及技术资料",
        "Funds and construction drawings",
        "建筑法第八条",
    ),
    gate(
        "SAFETY_MEASURES",
        Transition::Leave(7),
        "保证工程质量和安全的具体措施",
        "Measures for quality and safety",
        "建筑法第八条",
    ),
    gate(
        "CONSTRUCTION_PERMIT",
        Transition::Enter(8),
        "建筑工程施工许可证",
        "Construction permit",
        "建筑法第七条",
    ),
    gate(
        "EIA_APPROVAL",
        Transition::Enter(8),
        "环境影响评价文件批准",
        "Environmental impact assessment approved",
        "环境影响评价法第二十五条",
    ),
    gate(
        "ENERGY_REVIEW",
        Transition::Enter(8),
        "节能审查",
        "Energy review",
        "节约能源法第十五条",
    ),
    gate(
        "SOIL_PLAN",
        Transition::Enter(8),
        "水土保持方案审批",
        "Soil and water conservation plan approved",
        "水土保持法第二十六条",
    ),
    gate(
        "PLANNING_CHECK",
        Transition::Leave(9),
        "规划条件核实",
        "Check against the planning conditions",
        "城乡规划法第四十五条",
    ),
    gate(
        "FIRE_ACCEPTANCE",
        Transition::Enter(10),
        "消防验收",
        "Fire acceptance",
        "消防法第十三条",
    ),
    gate(
        "DISCHARGE_PERMIT",
        Transition::Enter(10),
        "排污许可证",
        "Pollutant discharge permit",
        "排污许可管理条例第二条",
    ),
];

const fn gate(
    code: &'static str,
    transition: Transition,
    name_zh: &'static str,
    name_en: &'static str,
    legal_basis: &'static str,
) -> Gate {
    Gate {
        code,
        transition,
        name_zh,
        name_en,
        legal_basis,
    }
}

/// The gate of this code.
pub fn gate_called(code: &str) -> Option<&'static Gate> {
    GATES.iter().find(|gate| gate.code == code)
}

/// The gates of a step that are not answered yet.
pub fn open_gates(transition: Transition, answered: &[String]) -> Vec<&'static Gate> {
    GATES
        .iter()
        .filter(|gate| {
            gate.transition == transition && !answered.iter().any(|code| code == gate.code)
        })
        .collect()
}

/// Why a command on a project was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProjectError {
    /// The name is empty or longer than 200 characters.
    NameInvalid,
    /// The contract has a project of this name.
    NameTaken,
    /// The contract is over.
    ContractOver,
    /// The project is on hold, dropped or done.
    NotActive,
    /// It is neither on hold nor dropped.
    NotResting,
    /// There are ten stages.
    StageUnknown,
    /// It was entered before.
    StageEntered,
    /// It was not entered, or has been left.
    StageNotOpen,
    /// A stage before it is not finished.
    StageBefore {
        /// Which one.
        number: i32,
    },
    /// What the law asks for before this step is not recorded.
    GateOpen {
        /// The code of the gate.
        code: &'static str,
    },
    /// There is no such gate.
    GateUnknown,
    /// The gate has been answered.
    GateAnswered,
    /// The number or the date of the document is absent or too long.
    DocumentInvalid,
    /// A reason is needed, up to 1000 characters.
    ReasonInvalid,
    /// The day lies in the future, or before what it follows.
    DayInvalid,
    /// Progress is a number from 0 to 100.
    PercentInvalid,
    /// A note is needed, up to 2000 characters.
    NoteInvalid,
}

impl Explain for ProjectError {
    fn explain(&self) -> Text {
        match self {
            Self::NameInvalid => Text::new(
                "项目名称须为 1 至 200 个字符。",
                "The name must have 1 to 200 characters.",
            ),
            Self::NameTaken => Text::new(
                "该契约下已有同名项目，请换一个名称。",
                "The contract already has a project with this name: choose another name.",
            ),
            Self::ContractOver => Text::new(
                "契约已结束，不能新增项目。",
                "The contract has ended: no new project can be added.",
            ),
            Self::NotActive => Text::new(
                "项目不在推进中（暂缓、终止或已建成）；如需继续，请先恢复。",
                "The project is on hold, terminated or completed: resume it first if it should continue.",
            ),
            Self::NotResting => Text::new(
                "项目没有暂缓或终止，无需恢复。",
                "The project is neither on hold nor terminated: there is nothing to resume.",
            ),
            Self::StageUnknown => Text::new("阶段编号为 1 至 10。", "Stages are numbered 1 to 10."),
            Self::StageEntered => Text::new(
                "项目已进入过该阶段。",
                "The project has already entered this stage.",
            ),
            Self::StageNotOpen => {
                Text::new("项目不在该阶段。", "The project is not in this stage.")
            }
            Self::StageBefore { number } => {
                let stage = stage::numbered(*number);
                Text::new(
                    format!(
                        "请先完成第 {number} 阶段“{}”。",
                        stage.map_or("", |stage| stage.name_zh)
                    ),
                    format!(
                        "Finish stage {number} ({}) first.",
                        stage.map_or("", |stage| stage.name_en)
                    ),
                )
            }
            Self::GateOpen { code } => {
                let (zh, en, law) = gate_called(code).map_or(("", "", ""), |gate| {
                    (gate.name_zh, gate.name_en, gate.legal_basis)
                });
                Text::new(
                    format!(
                        "缺少法定前置条件“{zh}”（{law}）。请登记文件、注明不适用的理由，或报管委会领导批准容缺办理。"
                    ),
                    format!(
                        "A statutory requirement is missing: {en} ({law}). Record the document, state why it does not apply, or ask a leader \
                         to override it."
                    ),
                )
            }
            Self::GateUnknown => {
                Text::new("没有这项前置条件。", "This requirement does not exist.")
            }
            Self::GateAnswered => Text::new(
                "该前置条件已登记。",
                "This requirement has already been recorded.",
            ),
            Self::DocumentInvalid => Text::new(
                "请填写文件编号（不超过 100 字）和不晚于今天的文件日期。",
                "Enter the number of the document (up to 100 characters) and its date, which must not be after today.",
            ),
            Self::ReasonInvalid => Text::new(
                "请填写理由（不超过 1000 字）。",
                "Enter a reason (up to 1000 characters).",
            ),
            Self::DayInvalid => Text::new(
                "日期不得晚于今天，也不得早于进入该阶段之日。",
                "The date must not be after today, nor before the stage was entered.",
            ),
            Self::PercentInvalid => Text::new(
                "进度为 0 至 100 的整数。",
                "Progress must be a whole number from 0 to 100.",
            ),
            Self::NoteInvalid => Text::new(
                "请填写进展说明（不超过 2000 字）。",
                "Enter a note (up to 2000 characters).",
            ),
        }
    }
}

/// The stages that must have been left before `number` is entered. Land, planning and assessments (4 to 6) go side by side.
fn before(number: i32) -> &'static [i32] {
    match number {
        2 => &[1],
        3 => &[2],
        4..=6 => &[3],
        7 => &[4, 5, 6],
        8 => &[7],
        9 => &[8],
        10 => &[9],
        _ => &[],
    }
}

/// Whether the stage of `number` may be entered on `day`.
pub fn enter(
    state: State,
    stages: &[stage::Model],
    number: i32,
    day: NaiveDate,
    today: NaiveDate,
    answered: &[String],
) -> Result<(), ProjectError> {
    active(state)?;
    let stage = find(stages, number)?;
    if stage.entered_on.is_some() {
        return Err(ProjectError::StageEntered);
    }
    if day > today {
        return Err(ProjectError::DayInvalid);
    }
    for number in before(number) {
        match find(stages, *number)?.left_on {
            None => return Err(ProjectError::StageBefore { number: *number }),
            Some(left_on) if left_on > day => return Err(ProjectError::DayInvalid),
            Some(_) => {}
        }
    }
    gates_answered(Transition::Enter(number), answered)
}

/// Whether the stage of `number` may be left on `day`.
pub fn leave(
    state: State,
    stages: &[stage::Model],
    number: i32,
    day: NaiveDate,
    today: NaiveDate,
    answered: &[String],
) -> Result<(), ProjectError> {
    active(state)?;
    let stage = find(stages, number)?;
    let entered_on = match (stage.entered_on, stage.left_on) {
        (Some(entered_on), None) => entered_on,
        _ => return Err(ProjectError::StageNotOpen),
    };
    if day > today || day < entered_on {
        return Err(ProjectError::DayInvalid);
    }
    gates_answered(Transition::Leave(number), answered)
}

fn gates_answered(transition: Transition, answered: &[String]) -> Result<(), ProjectError> {
    match open_gates(transition, answered).first() {
        Some(gate) => Err(ProjectError::GateOpen { code: gate.code }),
        None => Ok(()),
    }
}

fn find(stages: &[stage::Model], number: i32) -> Result<&stage::Model, ProjectError> {
    stages
        .iter()
        .find(|stage| stage.number == number)
        .ok_or(ProjectError::StageUnknown)
}

/// Only a project that goes on can be worked on.
pub fn active(state: State) -> Result<(), ProjectError> {
    if state == State::Active {
        Ok(())
    } else {
        Err(ProjectError::NotActive)
    }
}

/// Only a project on hold or dropped can go on again.
pub fn resting(state: State) -> Result<(), ProjectError> {
    if matches!(state, State::OnHold | State::Dropped) {
        Ok(())
    } else {
        Err(ProjectError::NotResting)
    }
}

/// Whether a project may come into the state `to` as it stands: what goes on is put on hold or dropped, what is on hold is dropped,
/// too, and either goes on again.
pub fn turn(now: State, to: State) -> Result<(), ProjectError> {
    match to {
        State::Active => resting(now),
        State::Dropped if now == State::OnHold => Ok(()),
        State::OnHold | State::Dropped | State::Done => active(now),
    }
}

/// Only a contract that is not over names another project.
pub fn takes_projects(contract: &contract::Model) -> Result<(), ProjectError> {
    match contract.state {
        contract::State::Expired | contract::State::Terminated | contract::State::Renewed => {
            Err(ProjectError::ContractOver)
        }
        _ => Ok(()),
    }
}

/// Whether an answer to a gate leaves a mark that is shown wherever the project is shown.
pub fn is_flagged(outcome: Outcome) -> bool {
    outcome == Outcome::Overridden
}

/// Since when nobody has reported on a project that should report once a month (进展逾期未报): the day of the last report, or the day it was
/// recorded, when that is more than a calendar month ago. None while reports come, and for a project that rests, has ended or is in
/// its last stage.
pub fn silent_since(
    project: &Model,
    stages: &[stage::Model],
    reports: &[progress::Model],
    today: NaiveDate,
    zone: Tz,
) -> Option<NaiveDate> {
    let is_known = |day: &NaiveDate| *day <= today;
    let reported = reports
        .iter()
        .map(|report| report.reported_on)
        .filter(is_known);
    let in_last_stage = last_stage_from(stages).is_some_and(|day| is_known(&day));
    let recorded_on = civil_date(project.created_at, zone);
    let heard = last_heard(project.state, recorded_on, in_last_stage, reported.max())?;
    (silence_after(heard)? <= today).then_some(heard)
}

/// From which day on nothing will have been heard of a project for too long, if nobody reports on it before.
pub fn silent_from(
    state: State,
    recorded_on: NaiveDate,
    stages: &[stage::Model],
    last_report: Option<NaiveDate>,
) -> Option<NaiveDate> {
    let in_last_stage = last_stage_from(stages).is_some();
    last_heard(state, recorded_on, in_last_stage, last_report).and_then(silence_after)
}

fn last_stage_from(stages: &[stage::Model]) -> Option<NaiveDate> {
    let mut last = stages.iter().filter(|row| row.number == stage::LAST);
    last.find_map(|row| row.entered_on)
}

fn last_heard(
    state: State,
    recorded_on: NaiveDate,
    in_last_stage: bool,
    last_report: Option<NaiveDate>,
) -> Option<NaiveDate> {
    let reports = state == State::Active && !in_last_stage;
    reports.then(|| last_report.map_or(recorded_on, |day| day.max(recorded_on)))
}

fn silence_after(heard: NaiveDate) -> Option<NaiveDate> {
    heard
        .checked_add_months(REPORTS_EVERY)?
        .checked_add_days(Days::new(1))
}

/// A stage that no project has entered yet.
pub fn unentered(id: Uuid, project_id: Uuid, stage: &Stage) -> stage::ActiveModel {
    stage::ActiveModel {
        id: Set(id),
        project_id: Set(project_id),
        number: Set(stage.number),
        entered_on: Set(None),
        left_on: Set(None),
        version: Set(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, number).unwrap_or_default()
    }

    /// Ten stages, of which those up to `left` were entered and left on the first day, except those in `open`.
    fn stages(left: i32, open: &[i32]) -> Vec<stage::Model> {
        stage::STAGES
            .iter()
            .map(|stage| stage::Model {
                id: Uuid::nil(),
                project_id: Uuid::nil(),
                number: stage.number,
                entered_on: (stage.number <= left || open.contains(&stage.number)).then(|| day(1)),
                left_on: (stage.number <= left && !open.contains(&stage.number)).then(|| day(1)),
                version: 1,
            })
            .collect()
    }

    fn all_codes() -> Vec<String> {
        GATES.iter().map(|gate| gate.code.to_owned()).collect()
    }

    #[test]
    fn land_planning_and_assessments_go_side_by_side() {
        for number in [4, 5, 6] {
            assert_eq!(
                enter(State::Active, &stages(3, &[]), number, day(2), day(2), &[]),
                Ok(())
            );
        }
        assert_eq!(
            enter(State::Active, &stages(6, &[5]), 7, day(2), day(2), &[]),
            Err(ProjectError::StageBefore { number: 5 })
        );
        assert_eq!(
            enter(State::Active, &stages(2, &[]), 4, day(2), day(2), &[]),
            Err(ProjectError::StageBefore { number: 3 })
        );
    }

    #[test]
    fn works_do_not_start_before_the_assessment_is_approved() {
        let mut answered = all_codes();
        answered.retain(|code| code != "EIA_APPROVAL");
        assert_eq!(
            enter(State::Active, &stages(7, &[]), 8, day(2), day(2), &answered),
            Err(ProjectError::GateOpen {
                code: "EIA_APPROVAL"
            })
        );
        assert_eq!(
            enter(
                State::Active,
                &stages(7, &[]),
                8,
                day(2),
                day(2),
                &all_codes()
            ),
            Ok(())
        );
    }

    #[test]
    fn every_gate_holds_its_step() {
        for gate in &GATES {
            let mut answered = all_codes();
            answered.retain(|code| code != gate.code);
            let outcome = match gate.transition {
                Transition::Enter(number) => enter(
                    State::Active,
                    &stages(number - 1, &[]),
                    number,
                    day(2),
                    day(2),
                    &answered,
                ),
                Transition::Leave(number) => leave(
                    State::Active,
                    &stages(number - 1, &[number]),
                    number,
                    day(2),
                    day(2),
                    &answered,
                ),
            };
            assert_eq!(outcome, Err(ProjectError::GateOpen { code: gate.code }));
        }
    }

    #[test]
    fn what_rests_goes_on_again_and_what_is_done_stays() {
        use State::{Active, Done, Dropped, OnHold};
        let may = |now| [OnHold, Dropped, Active].map(|to| turn(now, to).is_ok());
        assert_eq!(may(Active), [true, true, false]);
        assert_eq!(may(OnHold), [false, true, true]);
        assert_eq!(may(Dropped), [false, false, true]);
        assert_eq!(may(Done), [false, false, false]);
    }

    #[test]
    fn a_stage_is_left_once_and_not_before_it_was_entered() {
        let open = stages(0, &[1]);
        assert_eq!(leave(State::Active, &open, 1, day(2), day(2), &[]), Ok(()));
        let early = NaiveDate::from_ymd_opt(2026, 2, 28).unwrap_or_default();
        assert_eq!(
            leave(State::Active, &open, 1, early, day(2), &[]),
            Err(ProjectError::DayInvalid)
        );
        assert_eq!(
            leave(State::Active, &stages(1, &[]), 1, day(2), day(2), &[]),
            Err(ProjectError::StageNotOpen)
        );
        assert_eq!(
            enter(State::OnHold, &open, 2, day(2), day(2), &[]),
            Err(ProjectError::NotActive)
        );
    }
}
