//! The start page: what needs this person now.

use askama::Template;
use axum::response::Response;
use chrono::{Datelike, Days};
use entity::{language::Language, viewer};

use super::{
    audit, bridge::operation, case::Queue, frame::Frame, guest::Guest, leader, own,
    refusal::Refusal, term::*,
};

operation!(Start in "src/operations/start.graphql");
operation!(AdminStart in "src/operations/start.graphql");
operation!(InspectorStart in "src/operations/start.graphql");

/// A first step of a new park, as it is shown.
struct FirstStep {
    step: SetupStep,
    done: bool,
    /// Whether it is taken by whoever looks.
    own: bool,
}

/// The first steps that are shown to somebody, and how many of them are done.
struct FirstSteps {
    all: Vec<FirstStep>,
    done: usize,
}

impl FirstSteps {
    fn of(guest: &Guest, steps: impl IntoIterator<Item = (SetupStep, bool)>) -> Self {
        let role = guest.viewer.role();
        let steps = steps.into_iter().map(|(step, done)| FirstStep {
            step,
            done,
            own: role == Some(step.by()),
        });
        let all: Vec<FirstStep> = steps.collect();
        Self {
            done: all.iter().filter(|one| one.done).count(),
            all,
        }
    }
}

impl FirstStep {
    /// Where it is taken, when it is on a page of whoever looks.
    fn href(&self) -> Option<&'static str> {
        let href = match self.step {
            SetupStep::Departments => "/departments",
            SetupStep::Calendar => "/calendar/import",
            SetupStep::Mail => return None,
            SetupStep::Accounts => "/accounts/new",
            SetupStep::Ledger => "/ledger",
            SetupStep::Liaisons => "/liaisons",
            SetupStep::Contracts => "/contracts",
            SetupStep::Invitations => "/accounts/invite",
            SetupStep::Design => "/evaluations/design",
        };
        self.own.then_some(href)
    }

    fn hint(&self, f: &Frame) -> &'static str {
        match self.step {
            SetupStep::Departments => f.t(
                "系统预置 14 个部门，请按本园区实际情况修改或增设。",
                "Fourteen departments come with the system: edit them, or add your own.",
            ),
            SetupStep::Calendar => f.t(
                "到期日按工作日计算。国务院办公厅公布通知后导入。",
                "Due dates are counted in working days. Import the notice once it is published.",
            ),
            SetupStep::Mail => f.t(
                "由服务器管理员在设置中填写 QIYUE_SMTP_URL 并重启服务；在此之前，邮件只存入本地邮箱，不会送达。",
                "Whoever runs the server enters QIYUE_SMTP_URL in its settings and restarts it; until then, e-mails lie in the local mailbox and reach nobody.",
            ),
            SetupStep::Accounts => f.t(
                "部门负责人、窗口人员、监督机构和特邀监察员的账户也在此建立；专员和企业联系人的账户随台账导入。",
                "Create heads of departments, window officers, supervisors and inspectors here, too; liaisons and enterprise contacts come with the ledger.",
            ),
            SetupStep::Ledger => f.t(
                "下载空白模板，填写后导入，写入前可预览；也可以逐家新建企业。",
                "Download the empty template, fill it in and import it, with a preview before anything is written; or add enterprises one by one.",
            ),
            SetupStep::Liaisons => f.t(
                "台账中的专员随导入指派；其余企业在此指派。",
                "Liaisons named in the ledger are assigned by the import; assign those of other enterprises here.",
            ),
            SetupStep::Contracts => f.t(
                "台账中在期限内的纸质契约导入后即为履行中；新契约在此起草、送领导批准、签署并生效。",
                "Contracts on paper within their term are in force once the ledger is imported; draft new ones here and have them approved, signed and activated.",
            ),
            SetupStep::Invitations => f.t(
                "随台账导入的人员尚无密码，收到邀请后才能登录；可一次邀请全部人员。",
                "People who came with the ledger have no password yet and sign in once they are invited; you can invite everybody at once.",
            ),
            SetupStep::Design => f.t(
                "在采用之前，使用系统提供的方案；可直接采用，也可先修改。评议表在每季最后一个工作日编制。",
                "Until you adopt one, the one that comes with the system is used: adopt it, or change it first. Forms are compiled on the last working day of each quarter.",
            ),
        }
    }
}

#[derive(Template)]
#[template(path = "start.html")]
struct StartShown {
    f: Frame,
    steps: FirstSteps,
    waiting: Vec<start::StartRectificationsNodes>,
    rows: Vec<start::StartObligationsNodes>,
    /// The supervision orders that this person can answer.
    orders: Vec<start::StartSupervisionOrdersNodes>,
    /// What waits at the counter of a window officer.
    counter: Vec<start::StartCounter>,
    /// Where the queue of cases stands; nothing where there is no case.
    queue: Option<Queue<start::NextCase>>,
    /// The cases that wait for the decision of a second person.
    proposed: Vec<start::NextCase>,
}

/// The start page of the person's role.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    match guest.viewer.role() {
        Some(viewer::Role::Leader) => leader::page(guest).await,
        Some(viewer::Role::Enterprise) => own::page(guest).await,
        Some(viewer::Role::Liaison) => super::desk::page(guest).await,
        Some(viewer::Role::Supervisor) => audit::start(guest).await,
        Some(viewer::Role::Admin) => administrator(guest).await,
        Some(viewer::Role::Inspector) => inspector(guest).await,
        _ => due_soon(guest).await,
    }
}

async fn due_soon(guest: Guest) -> Result<Response, Refusal> {
    let today = guest.state.store().today();
    let variables = start::Variables {
        yesterday: today - Days::new(1),
        today,
        tomorrow: today + Days::new(1),
    };
    let data = guest.run::<Start>(variables).await?;
    // Those in which this person has something to do now.
    let mut waiting = data.rectifications.nodes;
    waiting.retain(|one| !one.acts.is_empty());
    let steps = data.setup.into_iter().map(|one| (one.step, one.done));
    let mut orders = data.supervision_orders.nodes;
    orders.retain(|one| {
        let mut commands = one.commands.iter();
        commands.any(|command| command.code == "supervision.reply" && command.may)
    });
    let f = guest.frame(match guest.language {
        Language::Chinese => "首页",
        Language::English => "Start",
    });
    let counts = [
        data.late_cases.total_count,
        data.cases_due_today.total_count,
        data.cases_due_soon.total_count,
        data.untaken_cases.total_count,
    ];
    let next = data.next_cases.nodes.into_iter().zip(data.next_cases.edges);
    let next = next.map(|(row, edge)| (row, edge.cursor)).next();
    let next = next.map(|(row, cursor)| (row.id.clone(), row, cursor));
    Ok(guest.show(&StartShown {
        steps: FirstSteps::of(&guest, steps),
        queue: Queue::of(&f, counts, next),
        proposed: data.proposed_cases.nodes,
        f,
        waiting,
        orders,
        rows: data.obligations.nodes,
        counter: data.counter,
    }))
}

type Job = admin_start::AdminStartJobsNodes;

#[derive(Template)]
#[template(path = "start/administrator.html")]
struct AdministratorShown {
    f: Frame,
    steps: FirstSteps,
    /// The jobs whose last run failed or was interrupted, or left something undone.
    failed: Vec<Job>,
    paused: Vec<Job>,
    held: Option<MailHoldCause>,
    /// The e-mails that need somebody, by their state.
    undelivered: Vec<(LetterState, i64)>,
    people: Vec<admin_start::AdminStartAccountsNodes>,
    people_total: i64,
    /// The last year whose calendar is published.
    horizon: Option<i64>,
    year: i64,
}

/// The e-mails that do not go out by themselves any more.
const UNDELIVERED: [LetterState; 5] = [
    LetterState::Dead,
    LetterState::Ambiguous,
    LetterState::Held,
    LetterState::Expired,
    LetterState::Suppressed,
];

/// The administrator's first question: does everything run, does mail arrive, can everybody sign in, how far do the days reach.
async fn administrator(guest: Guest) -> Result<Response, Refusal> {
    let data = guest.run::<AdminStart>(admin_start::Variables).await?;
    let f = guest.frame(match guest.language {
        Language::Chinese => "运行情况",
        Language::English => "Operations",
    });
    let (failed, others): (Vec<Job>, Vec<Job>) = data.jobs.nodes.into_iter().partition(|job| {
        job.last_run.as_ref().is_some_and(|run| {
            let broken = [JobRunState::Failed, JobRunState::Abandoned].contains(&run.state);
            broken || run.failed > 0
        })
    });
    let letters = data.mail.letters.into_iter();
    let steps = data.setup.into_iter().map(|one| (one.step, one.done));
    Ok(guest.show(&AdministratorShown {
        steps: FirstSteps::of(&guest, steps),
        year: f.today.year().into(),
        f,
        failed,
        paused: others
            .into_iter()
            .filter(|job| job.pause.is_some())
            .collect(),
        held: data.mail.held,
        undelivered: letters
            .filter(|one| one.count > 0 && UNDELIVERED.contains(&one.state))
            .map(|one| (one.state, one.count))
            .collect(),
        people_total: data.accounts.total_count,
        people: data.accounts.nodes,
        horizon: data.calendar_years.last().copied(),
    }))
}

type Published = inspector_start::InspectorStartEvaluationsNodes;

#[derive(Template)]
#[template(path = "start/inspector.html")]
struct InspectorShown {
    f: Frame,
    rows: Vec<Published>,
}

impl InspectorShown {
    /// Of the promises of all departments: how many were due in the quarter, how many were kept on time, and how many passed a statutory limit.
    fn sums(&self, row: &Published) -> (i64, i64, i64) {
        let departments = row.figures.iter().flat_map(|figures| &figures.departments);
        departments.filter_map(|one| one.performance.as_ref()).fold(
            (0, 0, 0),
            |(due, on_time, overdue), one| {
                (
                    due + one.due,
                    on_time + one.on_time,
                    overdue + one.statutory_overdue,
                )
            },
        )
    }
}

/// A special inspector's first question: what is published.
async fn inspector(guest: Guest) -> Result<Response, Refusal> {
    let data = guest
        .run::<InspectorStart>(inspector_start::Variables)
        .await?;
    let f = guest.frame(match guest.language {
        Language::Chinese => "公布的结果",
        Language::English => "Published results",
    });
    Ok(guest.show(&InspectorShown {
        f,
        rows: data.evaluations.nodes,
    }))
}
