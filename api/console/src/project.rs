//! Projects: the list, the page with stages, gates and timeline, a milestone with its history, and the acts that are more than a form.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use entity::{language::Language, link, trail};
use serde_json::{Value, json};

use super::{
    act::send,
    bridge::operation,
    comment,
    export::{Ending, Sheet},
    flash::Flash,
    form::{Filled, Form, chosen, required_day},
    frame::Frame,
    global_id,
    guest::Guest,
    keeps::{Offer, offers},
    list::{Address, Paging},
    next::{self, Listed, Next},
    refusal::Refusal,
    scalar::Date,
    term::*,
    timeline::{Dates, Timeline},
};

mod planning;

pub use planning::{plan, plan_milestones};

operation!(ProjectList in "src/operations/project.graphql");
operation!(ProjectFile in "src/operations/project.graphql" deriving "Clone, Debug, Deserialize");
operation!(ProjectPage in "src/operations/project.graphql");
operation!(RecordRequirement in "src/operations/project.graphql");

type Row = project_list::ProjectListProjectsNodes;
type Firm = project_list::ProjectListEnterprisesNodes;
type Project = project_page::ProjectPageProject;
type Stage = project_page::ProjectPageProjectStages;
type Gate = project_page::ProjectPageProjectGates;
type Milestone = project_page::ProjectPageProjectMilestones;

/// The order of the list when the address names none.
const USUAL: &str = "name";

fn variables(address: &Address, paging: Paging) -> project_list::Variables {
    use project_list::*;
    let (_, direction) = address.sort(USUAL);
    let state = match address.get("state") {
        "" => Some(ProjectState::Active),
        code => ProjectState::of_code(code),
    };
    let lights: Vec<ProjectLight> = address
        .all("light")
        .filter_map(ProjectLight::of_code)
        .collect();
    Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        sort_by: Some(ProjectSort {
            field: ProjectSortField::Name,
            direction,
        }),
        where_: Some(ProjectFilter {
            state: state.map(|state| ProjectStateFilter {
                one_of: vec![state],
            }),
            enterprise_id: address.some("enterprise"),
            contract_id: address.some("contract"),
            text: address.some("text"),
            light: (!lights.is_empty()).then_some(ProjectLightFilter { one_of: lights }),
            flagged: None,
        }),
    }
}

fn title(language: Language) -> &'static str {
    match language {
        Language::Chinese => "项目",
        Language::English => "Projects",
    }
}

/// The stages a project is in, by name.
macro_rules! stages_now {
    ($f:expr, $row:expr) => {{
        let stages = $row.stages.iter();
        let open = stages.filter(|stage| stage.entered_on.is_some() && stage.left_on.is_none());
        let names = open.map(|stage| {
            let name = $f.of(&stage.name_zh, &stage.name_en);
            format!("{} {name}", stage.number)
        });
        names.collect::<Vec<_>>().join($f.t("、", ", "))
    }};
}

#[derive(Template)]
#[template(path = "project/list.html")]
struct ListShown {
    f: Frame,
    saved: Vec<project_list::ProjectListSavedFilters>,
    states: &'static [ProjectState],
    colours: Vec<ProjectLight>,
    firms: Vec<Firm>,
    shown: i64,
    /// Each with its present stages, and the page from which one goes on to the next.
    rows: Vec<(Row, String, String)>,
    total: i64,
    info: project_list::ProjectListProjectsPageInfo,
    usual: &'static str,
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<ProjectList>(asked).await?;
    let found = data.projects;
    let f = guest.frame(title(guest.language));
    let ids = found.nodes.iter().map(|row| row.id.as_str());
    let cursors = found.edges.iter().map(|edge| edge.cursor.as_str());
    let ways = guest.address.ways(ids, cursors);
    let rows = found.nodes.into_iter().zip(ways).map(|(row, way)| {
        let stages = stages_now!(f, row);
        (row, stages, way)
    });
    let rows: Vec<(Row, String, String)> = rows.collect();
    Ok(guest.show(&ListShown {
        saved: data.saved_filters,
        states: &ProjectState::ALL,
        colours: ProjectLight::ALL.into_iter().rev().collect(),
        firms: data.enterprises.nodes,
        shown: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        rows,
        total: found.total_count,
        info: found.page_info,
        usual: USUAL,
        f,
    }))
}

/// The rows of the list after the one above, and whether there are more.
pub async fn listed(guest: &Guest, list: &Address) -> Result<(Vec<Listed>, bool), Refusal> {
    let asked = variables(list, next::paging(list));
    let mut left_out = next::uncounted("projects");
    left_out.insert("enterprises".to_owned(), json!({ "nodes": [] }));
    let data = guest
        .run_partly::<ProjectList>(asked, &left_out)
        .await?
        .projects;
    let rows = data.nodes.into_iter().zip(data.edges);
    let rows = rows.map(|(row, edge)| Listed {
        name: row.name,
        cursor: edge.cursor,
        id: row.id,
    });
    Ok((rows.collect(), data.page_info.has_next_page))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = guest.frame(title(guest.language));
    let sheet = Sheet {
        name: title(guest.language).to_owned(),
        columns: vec![
            f.t("预警", "Light"),
            f.t("项目", "Project"),
            f.t("企业", "Enterprise"),
            f.t("契约编号", "Contract"),
            f.t("状态", "State"),
            f.t("所处阶段", "Stages"),
            f.t("计划进度（%）", "Planned (%)"),
            f.t("实际进度（%）", "Reached (%)"),
            f.t("最近填报", "Last report"),
            f.t("填报进度（%）", "Reported (%)"),
            f.t("容缺办理（经批准）", "Overridden by a leader"),
        ],
    };
    let read = |data: project_file::ResponseData| {
        let (nodes, info) = (data.projects.nodes, data.projects.page_info);
        let row = |row: &project_file::ProjectFileProjectsNodes| {
            let newest = row.reports.first();
            vec![
                row.light.map(|light| light.say(&f)).into(),
                row.name.as_str().into(),
                row.enterprise
                    .as_ref()
                    .map(|firm| f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default()))
                    .into(),
                row.contract
                    .as_ref()
                    .map(|known| known.number.as_str())
                    .into(),
                row.state.say(&f).into(),
                stages_now!(f, row).into(),
                row.progress
                    .as_ref()
                    .map(|progress| progress.planned)
                    .into(),
                row.progress.as_ref().map(|progress| progress.actual).into(),
                newest.map(|report| report.reported_on).into(),
                newest.map(|report| report.percent).into(),
                row.flagged.then(|| f.t("是", "yes")).into(),
            ]
        };
        let rows = nodes.iter().map(row).collect();
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<ProjectFile, _>(
            &guest,
            ending,
            |paging| variables(&guest.address, paging),
            read,
        )
        .await
}

/// The project with everything its pages show.
async fn find(guest: &Guest, key: &str) -> Result<Project, Refusal> {
    let id = global_id(Kind::Project, key)?;
    let found = guest
        .run::<ProjectPage>(project_page::Variables {
            id,
            comments: comment::SHOWN,
            comments_before: comment::before(guest),
        })
        .await?;
    found.project.ok_or(Refusal::NotFound)
}

/// The page of the project with this key.
fn home(key: &str) -> Result<String, Refusal> {
    Ok(link::project(key.parse().map_err(|_| Refusal::NotFound)?))
}

#[derive(Template)]
#[template(path = "project/page.html")]
struct PageShown {
    f: Frame,
    it: Project,
    timeline: Option<Timeline>,
    offers: Vec<Offer>,
    comment: Form,
    own: bool,
    next: Option<Next>,
}

impl PageShown {
    /// The gates of a stage, with the answers.
    fn gates(&self, number: &i64) -> Vec<&Gate> {
        let gates = self.it.gates.iter();
        gates.filter(|gate| gate.stage_number == *number).collect()
    }

    /// Whether what the law requires for a stage is folded: it is over and every requirement is answered, or it comes later than the next one.
    fn is_folded(&self, stage: &Stage) -> bool {
        let next = self.it.stages.iter().find(|one| one.entered_on.is_none());
        match (stage.entered_on, stage.left_on) {
            (None, _) => next.is_some_and(|next| next.number != stage.number),
            (Some(_), None) => false,
            (Some(_), Some(_)) => {
                let answers = self.gates(&stage.number);
                answers.iter().all(|gate| gate.outcome.is_some())
            }
        }
    }

    fn named(&self, one: &Milestone) -> String {
        named(&self.f, &self.it, one)
    }

    fn may(&self, code: &str) -> bool {
        may(&self.it, code)
    }

    /// What cannot be so with the day on which a milestone is expected: it lies before that of one that comes earlier, or its stage is over.
    fn doubt(&self, one: &Milestone) -> Option<&'static str> {
        let day = one.forecast_on.filter(|_| one.actual_on.is_none())?;
        let earlier = self.it.milestones.iter().take_while(|it| it.id != one.id);
        let before = earlier
            .filter_map(|it| it.actual_on.or(it.forecast_on))
            .max();
        if is_over(&self.it, one) {
            Some(self.f.t("该阶段已完成", "Its stage is finished"))
        } else if before.is_some_and(|before| day < before) {
            Some(
                self.f
                    .t("早于前一里程碑", "Before the milestone that precedes it"),
            )
        } else {
            None
        }
    }

    fn has_unplanned(&self) -> bool {
        self.it
            .milestones
            .iter()
            .any(|one| one.baseline_on.is_none())
    }
}

/// Whether the viewer may give this command now.
fn may(it: &Project, code: &str) -> bool {
    let mut commands = it.commands.iter();
    commands.any(|one| one.code == code && one.may)
}

/// Gives a command by a page that is more than its form; what its rule refused goes into the form.
async fn give(
    guest: &Guest,
    filled: &Filled,
    form: &mut Form,
    code: &str,
    input: Value,
) -> Result<(), Refusal> {
    let command = trail::command(code).ok_or(Refusal::Internal)?;
    let given = guest.give(command, input).await;
    let given = given.map_err(|refusal| refusal.with_typed(filled))?;
    form.refuse(given.refused);
    Ok(())
}

/// The key inside a global id, for addresses below a page.
fn key_of(id: &str) -> &str {
    id.split_once('_').map_or(id, |(_, key)| key)
}

/// What a milestone is called: as the stage that it closes, else by its own name.
fn named(f: &Frame, it: &Project, one: &Milestone) -> String {
    let mut stages = it.stages.iter();
    let stage = stages.find(|stage| Some(stage.number) == one.stage_number);
    stage.map_or(one.name.clone(), |stage| {
        f.of(&stage.name_zh, &stage.name_en).to_owned()
    })
}

/// Whether the stage that a milestone closes is finished.
fn is_over(it: &Project, one: &Milestone) -> bool {
    let mut stages = it.stages.iter();
    stages.any(|stage| Some(stage.number) == one.stage_number && stage.left_on.is_some())
}

/// The page of one.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let mut it = find(&guest, &key).await?;
    let f = guest.frame(&it.name);
    let firm = it.enterprise.as_ref().map_or("", |firm| firm.id.as_str());
    // What was entered last keeps the promise of an entry.
    let newest = it
        .reports
        .iter_mut()
        .max_by_key(|report| report.reported_at);
    let offers = newest.map_or_else(Vec::new, |report| {
        let kept = std::mem::take(&mut report.keeps);
        let note = format!(
            "{} {}%{}{}",
            f.t("进展", "Progress"),
            report.percent,
            f.t("：", ": "),
            report.note
        );
        offers!(f, kept, firm, note, f.day(&report.reported_at))
    });
    let rows = it.milestones.iter().map(|one| {
        let stage = it
            .stages
            .iter()
            .find(|stage| Some(stage.number) == one.stage_number);
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
    let timeline = Timeline::of(&f, rows.collect());
    Ok(guest.show(&PageShown {
        next: next::after(&guest, &it.id).await?,
        f,
        it,
        timeline,
        offers,
        comment: comment::form(),
        own: comment::is_own(&guest),
    }))
}

/// The day in a field that must be filled; what is none is told beside it, and nothing is sent.
fn day(guest: &Guest, filled: &Filled, field: &str, form: &mut Form) -> Date {
    required_day(guest, filled, form, field).unwrap_or_default()
}

fn today(guest: &Guest) -> String {
    guest.state.store().today().to_string()
}

#[derive(Template)]
#[template(path = "project/stage.html")]
struct StageShown {
    f: Frame,
    it: Project,
    stage: Stage,
    form: Form,
}

impl StageShown {
    fn gates(&self) -> Vec<&Gate> {
        let step = if self.stage.entered_on.is_none() {
            GateStep::Enter
        } else {
            GateStep::Leave
        };
        let gates = self.it.gates.iter();
        gates
            .filter(|gate| gate.stage_number == self.stage.number && gate.step == step)
            .collect()
    }
}

async fn stage_shown(
    guest: &Guest,
    key: &str,
    number: i64,
    form: Form,
) -> Result<StageShown, Refusal> {
    let it = find(guest, key).await?;
    if !form.is_refused() && !it.permissions.can_manage {
        return Err(Refusal::Forbidden);
    }
    let mut stages = it.stages.iter();
    let stage = stages.find(|stage| stage.number == number).cloned();
    let stage = stage.ok_or(Refusal::NotFound)?;
    let f = guest.frame("");
    let name = f.of(&stage.name_zh, &stage.name_en).to_owned();
    let title = match (stage.entered_on.is_some(), guest.language) {
        (false, Language::Chinese) => format!("进入第 {number} 阶段：{name}"),
        (false, Language::English) => format!("Start stage {number}: {name}"),
        (true, Language::Chinese) => format!("完成第 {number} 阶段：{name}"),
        (true, Language::English) => format!("Finish stage {number}: {name}"),
    };
    Ok(StageShown {
        f: guest.frame(&title),
        it,
        stage,
        form,
    })
}

/// Beginning or finishing a stage.
pub async fn stage(
    guest: Guest,
    Path((key, number)): Path<(String, i64)>,
) -> Result<Response, Refusal> {
    let mut form = Form::new(&["on"]);
    form.set("on", &today(&guest));
    Ok(guest.show(&stage_shown(&guest, &key, number, form).await?))
}

/// Begins or finishes a stage.
pub async fn step(
    guest: Guest,
    Path((key, number)): Path<(String, i64)>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let id = global_id(Kind::Project, &key)?;
    let mut form = Form::filled(&["on"], &filled);
    let on = day(&guest, &filled, "on", &mut form);
    let code = match filled.term::<GateStep>("step")? {
        GateStep::Enter => "project.enter_stage",
        GateStep::Leave => "project.leave_stage",
    };
    if !form.is_refused() {
        let input = json!({
            "id": id,
            "expectedVersion": filled.version(),
            "number": number,
            "on": on.to_string(),
        });
        give(&guest, &filled, &mut form, code, input).await?;
    }
    if form.is_refused() {
        return Ok(guest.refused(&stage_shown(&guest, &key, number, form).await?));
    }
    Ok(guest.done(Flash::Given(code), &home(&key)?))
}

/// The fields of the answer to a gate.
const GATE: [&str; 5] = [
    "answer",
    "documentNumber",
    "documentDate",
    "documentId",
    "reason",
];

/// The command by which a leader passes a gate.
const OVERRIDE: &str = "project.override_gate";

#[derive(Template)]
#[template(path = "project/gate.html")]
struct GateShown {
    f: Frame,
    it: Project,
    gate: Gate,
    form: Form,
}

impl GateShown {
    /// The answers that this person may give.
    fn answers(&self) -> Vec<GateOutcome> {
        GateOutcome::ALL
            .iter()
            .copied()
            .filter(|outcome| match outcome {
                GateOutcome::Overridden => may(&self.it, OVERRIDE),
                GateOutcome::Met | GateOutcome::NotApplicable => self.it.permissions.can_manage,
            })
            .collect()
    }

    /// The stage that the gate guards.
    fn stage(&self) -> &str {
        let mut stages = self.it.stages.iter();
        let stage = stages.find(|stage| stage.number == self.gate.stage_number);
        stage.map_or("", |stage| self.f.of(&stage.name_zh, &stage.name_en))
    }

    fn is_chosen(&self, outcome: &GateOutcome) -> bool {
        self.form.value("answer") == outcome.code()
    }
}

async fn gate_shown(
    guest: &Guest,
    key: &str,
    code: &str,
    form: Form,
) -> Result<GateShown, Refusal> {
    let it = find(guest, key).await?;
    let gate = it.gates.iter().find(|gate| gate.code == code).cloned();
    let gate = gate.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = f.of(&gate.name_zh, &gate.name_en).to_owned();
    Ok(GateShown { f, it, gate, form })
}

/// A gate and its answer.
pub async fn gate(
    guest: Guest,
    Path((key, code)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let form = Form::new(&GATE);
    Ok(guest.show(&gate_shown(&guest, &key, &code, form).await?))
}

/// Answers a gate.
pub async fn answer_gate(
    guest: Guest,
    Path((key, code)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Refusal> {
    use record_requirement::{GateAnswerInput, GateDocumentInput, ProjectRecordRequirementInput};
    let id = global_id(Kind::Project, &key)?;
    let mut form = Form::filled(&GATE, &filled);
    let expected_version = filled.version();
    let outcome = chosen(&guest, &filled, &mut form, "answer", GateOutcome::of_code);
    let Some(outcome) = outcome else {
        return Ok(guest.refused(&gate_shown(&guest, &key, &code, form).await?));
    };
    let reason = filled.get("reason").to_owned();
    if outcome == GateOutcome::Overridden {
        let input = json!({
            "id": id,
            "expectedVersion": expected_version,
            "code": code,
            "reason": reason,
            "idempotencyKey": filled.key(),
        });
        give(&guest, &filled, &mut form, OVERRIDE, input).await?;
    } else {
        let answer = if outcome == GateOutcome::NotApplicable {
            GateAnswerInput::NotApplicableBecause(reason)
        } else {
            let date = day(&guest, &filled, "documentDate", &mut form);
            let enterprise = filled.some("enterprise");
            let document = filled
                .store(&guest, "document", enterprise.as_deref(), &mut form)
                .await?;
            GateAnswerInput::Document(GateDocumentInput {
                number: filled.get("documentNumber").to_owned(),
                date,
                document_id: document,
            })
        };
        if !form.is_refused() {
            send!(
                guest,
                &filled,
                form,
                RecordRequirement(record_requirement::Variables {
                    input: ProjectRecordRequirementInput {
                        id,
                        expected_version,
                        code: code.clone(),
                        answer,
                        idempotency_key: filled.key(),
                    }
                })
                .answer
            );
        }
    }
    if form.is_refused() {
        return Ok(guest.refused(&gate_shown(&guest, &key, &code, form).await?));
    }
    let flash = match outcome {
        GateOutcome::Overridden => Flash::Given(OVERRIDE),
        GateOutcome::Met | GateOutcome::NotApplicable => Flash::GateAnswered,
    };
    Ok(guest.done(flash, &home(&key)?))
}

#[derive(Template)]
#[template(path = "project/milestone.html")]
struct MilestoneShown {
    f: Frame,
    it: Project,
    one: Milestone,
}

impl MilestoneShown {
    fn may(&self, code: &str) -> bool {
        let mut commands = self.one.commands.iter();
        commands.any(|one| one.code == code && one.may)
    }
}

/// The page of a milestone.
pub async fn milestone(
    guest: Guest,
    Path((key, milestone)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id = global_id(Kind::Milestone, &milestone)?;
    let it = find(&guest, &key).await?;
    let one = it.milestones.iter().find(|one| one.id == id).cloned();
    let one = one.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = named(&f, &it, &one);
    Ok(guest.show(&MilestoneShown { f, it, one }))
}
