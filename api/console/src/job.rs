//! Jobs: what happens by itself, when, and how it went; pausing, resuming and running one now.

use askama::Template;
use axum::{extract::Path, response::Response};

use entity::{
    command::{Command, Form},
    permission::Action,
    trail,
};
use serde_json::json;

use super::{
    act::{self, Act, Field, send},
    bridge::operation,
    command,
    export::{Ending, Sheet},
    flash::Flash,
    form::{Filled, required_moment},
    frame::Frame,
    guest::Guest,
    list::{Address, Paging},
    refusal::Refusal,
    term::*,
};

operation!(JobList in "src/operations/job.graphql");
operation!(JobPage in "src/operations/job.graphql");
operation!(RunList in "src/operations/job.graphql" deriving "Clone, Debug, Default");
operation!(RunFile in "src/operations/job.graphql" deriving "Clone, Debug, Deserialize");
operation!(RunJobNow in "src/operations/job.graphql");

#[derive(Template)]
#[template(path = "job/list.html")]
struct ListShown {
    f: Frame,
    rows: Vec<job_list::JobListJobsNodes>,
}

/// All jobs.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let data = guest.run::<JobList>(job_list::Variables).await?;
    let mut f = guest.frame("");
    f.title = f.t("定时任务", "Jobs").to_owned();
    Ok(guest.show(&ListShown {
        f,
        rows: data.jobs.nodes,
    }))
}

type Job = job_page::JobPageJobsNodes;
type Run = job_page::JobPageJobRunsNodes;

#[derive(Template)]
#[template(path = "job/page.html")]
struct PageShown {
    f: Frame,
    it: Job,
    runs: Vec<Run>,
    total: i64,
    may: bool,
}

async fn found(guest: &Guest, name: &str) -> Result<PageShown, Refusal> {
    let names = vec![name.to_owned()];
    let data = guest.run::<JobPage>(job_page::Variables { names }).await?;
    let mut jobs = data.jobs.nodes.into_iter();
    let it = jobs.find(|job| job.name == name).ok_or(Refusal::NotFound)?;
    Ok(PageShown {
        f: guest.frame(&it.description),
        it,
        runs: data.job_runs.nodes,
        total: data.job_runs.total_count,
        may: data.viewer.is_some_and(|viewer| {
            let mut may = viewer.permissions.iter();
            may.any(|action| *action == PermittedAction::ManageOperations)
        }),
    })
}

/// One job with its newest runs.
pub async fn page(guest: Guest, Path(name): Path<String>) -> Result<Response, Refusal> {
    let shown = found(&guest, &name).await?;
    Ok(guest.show(&shown))
}

/// What is done with a job.
#[derive(Clone, Copy, Debug)]
pub enum Verb {
    Pause,
    Resume,
    Run,
}

impl Verb {
    /// Its declaration; a run by hand has none.
    fn declared(self) -> Option<(&'static Command, &'static Form)> {
        let command = match self {
            Self::Pause => trail::command("job.pause")?,
            Self::Resume => trail::command("job.resume")?,
            Self::Run => return None,
        };
        Some((command, command.form?))
    }
}

impl act::Verb for Verb {
    type It = String;

    fn of(word: &str) -> Option<Self> {
        match word {
            "pause" => Some(Self::Pause),
            "resume" => Some(Self::Resume),
            "run" => Some(Self::Run),
            _ => None,
        }
    }

    async fn shown(
        self,
        guest: &Guest,
        name: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        guest.require(Action::ManageOperations)?;
        let found = found(guest, name).await?;
        let (mut f, it) = (found.f, found.it);
        let back = (format!("/jobs/{name}"), f.title.clone());
        let (title, lead, fields) = match self.declared() {
            Some((_, form)) => (
                form.title.in_language(f.language),
                form.lead.in_language(f.language),
                command::fields(form, &f),
            ),
            None => (
                f.t("立即运行", "Run now"),
                f.t(
                    "按现在的时刻运行一次。已办过的事项不会重复办理，邮件也不会重复发送。",
                    "The job runs once for the current time. Work already done is not repeated, and no e-mail is sent twice.",
                ),
                vec![Field::lines(
                    "reason",
                    f.t("理由", "Reason"),
                    f.t(
                        "记入运行日志，所有管理员可见",
                        "Stored in the log; visible to all administrators",
                    ),
                )],
            ),
        };
        f.title = title.to_owned();
        let tomorrow = f.today.succ_opt().unwrap_or(f.today);
        let until = format!("{tomorrow}T08:00");
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let act = Act {
            form: act::form(&names, filled, &[("until", &until)]),
            back,
            lead: lead.to_owned(),
            fields,
            verb: title,
            version: it.version,
            f,
        };
        Ok((act, it.id))
    }

    async fn send(
        self,
        guest: &Guest,
        filled: &Filled,
        act: &mut Act,
        id: Self::It,
    ) -> Result<Flash, Refusal> {
        let reason = filled.get("reason").to_owned();
        let Some((command, _)) = self.declared() else {
            let input = run_job_now::JobRunNowInput {
                id,
                reason,
                nominal_at: None,
                idempotency_key: filled.key().unwrap_or_default(),
            };
            send!(
                guest,
                filled,
                act.form,
                RunJobNow(run_job_now::Variables { input }).job_run_now
            );
            return Ok(Flash::JobAsked);
        };
        let done = Flash::Given(command.code);
        let mut input = json!({ "id": id, "expectedVersion": filled.version(), "reason": reason });
        if matches!(self, Self::Pause) {
            let Some(until) = required_moment(guest, filled, &mut act.form, "until") else {
                return Ok(done);
            };
            input["until"] = until.to_rfc3339().into();
        }
        let given = guest.give(command, input).await;
        let given = given.map_err(|refusal| refusal.with_typed(filled))?;
        act.form.refuse(given.refused);
        Ok(done)
    }
}

#[derive(Template)]
#[template(path = "job/runs.html")]
struct RunsShown {
    f: Frame,
    states: &'static [JobRunState],
    jobs: Vec<run_list::RunListJobsNodes>,
    rows: Vec<run_list::RunListJobRunsNodes>,
    shown: i64,
    total: i64,
    info: run_list::RunListJobRunsPageInfo,
}

fn variables(address: &Address, paging: Paging) -> run_list::Variables {
    let states: Vec<JobRunState> = address
        .all("state")
        .filter_map(JobRunState::of_code)
        .collect();
    run_list::Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        where_: Some(run_list::JobRunFilter {
            job: address
                .some("job")
                .map(|job| run_list::JobNameIn { one_of: vec![job] }),
            state: (!states.is_empty()).then_some(run_list::JobRunStateIn { one_of: states }),
            ..run_list::JobRunFilter::default()
        }),
    }
}

/// The log of all runs.
pub async fn runs(guest: Guest) -> Result<Response, Refusal> {
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<RunList>(asked).await?;
    let mut f = guest.frame("");
    f.title = f.t("运行记录", "Runs").to_owned();
    Ok(guest.show(&RunsShown {
        f,
        states: &JobRunState::ALL,
        jobs: data.jobs.nodes,
        shown: i64::try_from(data.job_runs.nodes.len()).unwrap_or(i64::MAX),
        rows: data.job_runs.nodes,
        total: data.job_runs.total_count,
        info: data.job_runs.page_info,
    }))
}

/// The log as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = guest.frame("");
    let sheet = Sheet {
        name: f.t("运行记录", "Runs").to_owned(),
        columns: vec![
            f.t("任务", "Job"),
            f.t("计划时间", "Scheduled for"),
            f.t("状态", "State"),
            f.t("触发方式", "Trigger"),
            f.t("人员", "Requested by"),
            f.t("理由", "Reason"),
            f.t("开始", "Started"),
            f.t("结束", "Finished"),
            f.t("应办", "Due"),
            f.t("已办", "Done"),
            f.t("失败", "Failed"),
            f.t("邮件", "E-mails"),
            f.t("说明", "Note"),
        ],
    };
    let read = |data: run_file::ResponseData| {
        let found = data.job_runs;
        let row = |row: &run_file::RunFileJobRunsNodes| {
            vec![
                row.job.as_ref().map(|job| job.description.clone()).into(),
                f.time(&row.nominal_at).into(),
                row.state.say(&f).into(),
                row.cause.say(&f).into(),
                row.requested_by.as_ref().map(|by| by.name.clone()).into(),
                row.reason.clone().into(),
                f.time(&row.started_at).into(),
                row.finished_at.as_ref().map(|at| f.time(at)).into(),
                row.due.into(),
                row.done.into(),
                row.failed.into(),
                row.letters.into(),
                row.note.clone().into(),
            ]
        };
        let rows = found.nodes.iter().map(row).collect();
        let info = found.page_info;
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<RunFile, _>(
            &guest,
            ending,
            |paging| variables(&guest.address, paging),
            read,
        )
        .await
}
