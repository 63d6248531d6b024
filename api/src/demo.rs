//! The demonstration: a park that never was, with twenty enterprises, its history made by the real commands on a clock of its
//! own. Persons are titles, firms carry 示例, mail goes to `.example`.

use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};
use entity::{
    account::{self, commands::Create},
    audit::{self, commands::Change},
    calendar::{self, rules::Calendar},
    clock::{OffsetClock, SetClock, civil_date, instant_of},
    commitment, contract,
    deadline::{self, pause::Kind as PauseKind},
    department, document, enterprise,
    error::{CommandError, Explain, Fault},
    id::new_id,
    language::{Language, Said},
    ledger::commands::{Import, PARK_PARTY},
    obligation::{
        self,
        commands::{Fulfil, OpenOnEvent, limit::Pause},
    },
    page::{LARGEST_PAGE, PageRequest},
    permit,
    store::Store,
    table::Visible,
    trail,
    viewer::{Role, Viewer},
};
use uuid::Uuid;

mod applications;
mod cases;
mod catalogue;
mod evaluations;
mod licence;
mod projects;
mod ratings;
mod visits;
mod words;

use crate::{
    app::{self, Opened, StartError},
    config::Config,
};

/// The password of every sign-in of the demonstration. It is public, so `serve` refuses such a database.
pub const PASSWORD: &str = "Qiyue-demo-2026";

/// The ledger of the demonstration, as a park would hand it in.
const LEDGER: &[u8] = include_bytes!("../data/roster-2026.xlsx");

/// How long before its present day the park began to use the system.
const HISTORY: TimeDelta = TimeDelta::days(60);

/// The mailbox holds the letters of so many working days before the present, and the leaders' reports and the evaluations of its
/// whole history.
const MAILBOX: i32 = 10;

/// How many days before the present the projects reported the last time but one.
const REPORTED: i64 = 31;

/// One sign-in per role: login, name, role, number of the department.
const PEOPLE: [(&str, &str, Role, Option<i32>); 8] = [
    ("admin@park.example", "管理员", Role::Admin, None),
    ("leader@park.example", "分管领导", Role::Leader, None),
    ("centre@park.example", "企业服务中心", Role::Centre, Some(2)),
    ("liaison01@park.example", "专员01", Role::Liaison, Some(2)),
    (
        "head@park.example",
        "规划局负责人",
        Role::DepartmentHead,
        Some(4),
    ),
    (
        "window@park.example",
        "规划局窗口",
        Role::WindowOfficer,
        Some(4),
    ),
    ("supervisor@park.example", "监督员", Role::Supervisor, None),
    (
        "inspector@park.example",
        "特邀监察员",
        Role::Inspector,
        None,
    ),
];

/// The enterprise of [`CONTACT`]: the first of the ledger.
const FIRST_ENTERPRISE: &str = "91210231XQ0000013H";

/// The sign-in of an enterprise.
const CONTACT: (&str, &str) = ("contact@enterprise.example", "企业联系人");

/// Why the demonstration cannot be prepared.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The service cannot start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// A command of the history did not happen.
    #[error("the history of the demonstration stopped: {0}")]
    History(String),
}

impl From<Fault> for DemoError {
    fn from(fault: Fault) -> Self {
        Self::History(fault.to_string())
    }
}

impl<E: Explain> From<CommandError<E>> for DemoError {
    fn from(error: CommandError<E>) -> Self {
        match error {
            CommandError::Fault(fault) => fault.into(),
            CommandError::Refused(refusals) => {
                let reasons: Vec<String> = refusals
                    .iter()
                    .map(|refusal| refusal.code.explain().en)
                    .collect();
                Self::History(reasons.join(" "))
            }
        }
    }
}

/// Opens the demonstration of `config`'s folder. A new one gets its history up to `as_of`; one that was there goes on from the
/// last thing that happened in it.
pub async fn open(config: &Config, as_of: DateTime<Utc>) -> Result<Opened, DemoError> {
    let history = Arc::new(SetClock::at(as_of));
    let opened = app::open(config, history.clone()).await?;
    let db = opened.store.db();
    let started = if let Some(played) = app::played_until(&opened.store).await? {
        played.max(as_of)
    } else if account::repository::all(db).await?.is_empty() {
        prepare(config, &opened.store, &history, as_of).await?;
        as_of
    } else {
        return Err(DemoError::History(
            "this folder holds a real database".to_owned(),
        ));
    };
    Ok(opened.with_clock(Arc::new(OffsetClock::starting_at(started))))
}

/// Makes the history.
async fn prepare(
    config: &Config,
    store: &Store,
    clock: &SetClock,
    as_of: DateTime<Utc>,
) -> Result<(), DemoError> {
    let zone = store.zone();
    let first_day = civil_date(as_of - HISTORY, zone);
    let last_day = civil_date(as_of, zone);
    clock.set(instant_of(first_day, 9, 0, zone));
    let system = Viewer::system("demonstration");
    let departments = department::repository::all(store.db(), &system).await?;
    for (login, name, role, number) in PEOPLE {
        let department_id = departments
            .iter()
            .find(|department| Some(department.number) == number)
            .map(|department| department.id);
        let person = person(login, name, role, department_id, None);
        account::commands::create(store, &system, person).await?;
    }
    let mut ledger = api_import::read("roster-2026.xlsx", LEDGER)
        .map_err(|error| DemoError::History(error.explain().en))?;
    move_to(&mut ledger.rows, first_day, last_day);
    entity::ledger::commands::import(
        store,
        &system,
        Import {
            rows: ledger.rows,
            refused: ledger.refused,
            park_party: PARK_PARTY.to_owned(),
            dry_run: false,
        },
        |_done| {},
    )
    .await?;
    let (login, name) = CONTACT;
    let first = enterprise::repository::find_by_code(store.db(), &system, FIRST_ENTERPRISE).await?;
    let contact = person(
        login,
        name,
        Role::Enterprise,
        None,
        first.map(|found| found.id),
    );
    account::commands::create(store, &system, contact).await?;
    let calendar = calendar::repository::in_force(store).await?;
    catalogue::begin(store, &system, &calendar).await?;
    let contracts = contract::repository::page(
        store.db(),
        &system,
        &Default::default(),
        Default::default(),
        &PageRequest::first(LARGEST_PAGE),
    )
    .await?
    .rows;
    projects::begin(store, &system, &contracts, last_day).await?;
    let licence = licence::promise(store, &system, &contracts).await?;
    permits(store, &system, &contracts, last_day).await?;
    let runner = app::runner(config, store).map_err(StartError::from)?;
    let mut reported = false;
    for day in first_day.iter_days().take_while(|day| *day < last_day) {
        if !calendar.is_working_day(day) {
            continue;
        }
        clock.set(instant_of(day, 7, 0, zone));
        if !reported && (last_day - day).num_days() <= REPORTED {
            projects::report(store, &system, &contracts).await?;
            reported = true;
        }
        for contract in &contracts {
            obligation::commands::open_due(store, &system, contract.id).await?;
        }
        clock.set(instant_of(day, 8, 0, zone));
        runner.run_now("leader_report", None, false).await?;
        runner.deliver_now(None).await?;
        if calendar.working_days_between(day, last_day) <= MAILBOX {
            clock.set(instant_of(day, 8, 30, zone));
            runner.run_now("deadline_warnings", None, false).await?;
            runner.deliver_now(None).await?;
        }
        if let Some(licence) = licence
            && licence::is_accepted_on(&calendar, day, last_day)
        {
            licence::accept(store, &system, licence).await?;
        }
        clock.set(instant_of(day, 16, 0, zone));
        fulfil_the_day(store, &system, &calendar, last_day).await?;
    }
    for event in EVENTS {
        happen(store, clock, &system, &contracts, event, last_day).await?;
    }
    visits::hold(store, clock, &system, &contracts, &calendar, last_day).await?;
    Box::pin(cases::apply(
        store, clock, &contracts, &runner, &calendar, last_day,
    ))
    .await?;
    evaluations::hold(store, clock, &runner, &calendar, first_day, last_day).await?;
    runner.deliver_now(None).await?;
    clock.set(as_of);
    for contract in &contracts {
        obligation::commands::open_due(store, &system, contract.id).await?;
    }
    projects::go_on(store, &system, &contracts).await?;
    ratings::give(store, &system, &contracts).await?;
    applications::make(store, &system).await?;
    words::write_all(store, &contracts).await?;
    catalogue::go_on(store, &system, &calendar).await?;
    runner.deliver_now(None).await?;
    // Whoever opens it next goes on from this moment.
    let unit = store.begin(&system).await?;
    let prepared = Change {
        command: &trail::PREPARE_DEMONSTRATION,
        subject_id: new_id(as_of),
        before: None,
        after: None,
        reason: None,
    };
    audit::commands::record(&unit, prepared).await?;
    unit.commit().await?;
    Ok(())
}

/// The month in which the ledger lies best around its present.
const LEDGER_OF: (i32, u32) = (2026, 9);

/// Moves the terms of a ledger by whole months, if there is one that is not in force on all days from `first` to `last`: whatever day is
/// played, the contracts bind on it.
fn move_to(rows: &mut [entity::ledger::Row], first: NaiveDate, last: NaiveDate) {
    if rows
        .iter()
        .all(|row| row.starts_on <= first && last <= row.ends_on)
    {
        return;
    }
    let month_of = |year: i32, month: u32| year * 12 + month.cast_signed();
    let (year, month) = LEDGER_OF;
    let months = month_of(last.year(), last.month()) - month_of(year, month);
    let moved = |day: NaiveDate| {
        let by = Months::new(months.unsigned_abs());
        let moved = match months {
            ..0 => day.checked_sub_months(by),
            _ => day.checked_add_months(by),
        };
        moved.unwrap_or(day)
    };
    for row in rows {
        row.starts_on = moved(row.starts_on);
        row.ends_on = moved(row.ends_on);
    }
}

/// The park of the demonstration.
pub const PARK: Said = Said {
    zh: "示例高新区",
    en: "Example High-tech Park",
};

/// The number of its service centre. The area code 0000 is no place's, so that nobody is rung.
pub const HOTLINE: &str = "0000-0000000";

/// The number of somebody who signs in to it.
fn number_of(role: Role) -> String {
    let place = Role::ALL.iter().position(|known| *known == role);
    format!("{HOTLINE}-80{}", place.unwrap_or_default())
}

fn person(
    login: &str,
    name: &str,
    role: Role,
    department_id: Option<Uuid>,
    enterprise_id: Option<Uuid>,
) -> Create {
    Create {
        login: login.to_owned(),
        name: name.to_owned(),
        // The ledger has that of the liaison.
        telephone: (role != Role::Liaison).then(|| number_of(role)),
        role,
        department_id,
        enterprise_id,
        language: Language::Chinese,
        password: Some(PASSWORD.to_owned()),
        demonstration: true,
    }
}

/// One sign-in per role.
pub fn sign_ins() -> impl Iterator<Item = (&'static str, Role)> {
    PEOPLE
        .into_iter()
        .map(|(login, _, role, _)| (login, role))
        .chain([(CONTACT.0, Role::Enterprise)])
}

/// Permits of some enterprises: of one the renewal is due, of others there is time.
async fn permits(
    store: &Store,
    system: &Viewer,
    contracts: &[contract::Model],
    last_day: NaiveDate,
) -> Result<(), DemoError> {
    use permit::Kind;
    for (place, kind, days) in [
        (0, Kind::Pollutant, 75),
        (0, Kind::SafetyProduction, 400),
        (1, Kind::HazardousWaste, 50),
        (2, Kind::Radiation, 29),
        (4, Kind::Licence, 200),
    ] {
        let Some(contract) = contracts.get(place) else {
            continue;
        };
        let input = permit::commands::Record {
            enterprise_id: contract.enterprise_id,
            kind,
            number: format!("示例〔2023〕{}号", 100 + place),
            issuer: "示例市主管部门".to_owned(),
            valid_until: last_day + Days::new(days),
        };
        permit::commands::record_permit(store, system, input).await?;
    }
    Ok(())
}

/// What the liaisons fulfil on one day: everything on its last day but one, except what the demonstration wants to show late.
async fn fulfil_the_day(
    store: &Store,
    system: &Viewer,
    calendar: &Calendar,
    last_day: NaiveDate,
) -> Result<(), DemoError> {
    let today = store.today();
    let tomorrow = calendar.add_working_days(today, 1);
    let owed =
        obligation::repository::open_with_deadlines(store.db(), tomorrow, None, 10_000).await?;
    let ids: Vec<Uuid> = owed.iter().map(|owed| owed.obligation.id).collect();
    let owners = obligation::repository::owners(store.db(), &ids).await?;
    for owed in owed {
        let habit = Habit::of(&owed.enterprise_name);
        let late = calendar.working_days_between(owed.deadline.due_on, today);
        let near_the_end =
            calendar.working_days_between(owed.deadline.due_on, last_day) <= NEGLECTED;
        let waits = match habit {
            Habit::Punctual => false,
            Habit::Late => late < 2,
            Habit::Neglected => near_the_end,
        };
        let is_of_law = owed.deadline.legal_effect == deadline::LegalEffect::Statutory;
        if waits || is_of_law || owed.deadline.state == deadline::State::Paused {
            continue;
        }
        let owner = owners
            .get(&owed.obligation.id)
            .and_then(|owners| owners.first());
        let viewer = match owner {
            Some(owner) => account::Entity::of_ids(store.db(), system, &[*owner])
                .await?
                .first()
                .map_or(system.clone(), |account| Viewer::Person(account.person())),
            None => system.clone(),
        };
        obligation::commands::fulfil(
            store,
            &viewer,
            Fulfil {
                id: owed.obligation.id,
                expected_version: owed.obligation.version,
                evidence_document_ids: Vec::new(),
                evidence_note: Some("示例：已办理，见工作记录。".to_owned()),
                done_on: None,
                backdating_reason: None,
            },
        )
        .await?;
    }
    Ok(())
}

/// How the promises to an enterprise are kept in the demonstration, so that every light can be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    Punctual,
    Late,
    Neglected,
}

/// Promises that fell due within so many working days before the present are left open where they are neglected.
const NEGLECTED: i32 = 6;

impl Habit {
    fn of(enterprise: &str) -> Self {
        match enterprise {
            "北岸生物医药示例有限公司" | "锐眼机器视觉示例有限公司" => {
                Self::Neglected
            }
            "晨光新能源示例股份公司" | "科睿智能传感示例有限公司" => {
                Self::Late
            }
            _ => Self::Punctual,
        }
    }
}

/// Something that happened in the last days: the contract, the promise it calls on, how many working days ago, and whether the
/// time limit was paused by an expert review on the following working day.
struct Event {
    contract: &'static str,
    promise: i32,
    working_days_ago: u32,
    paused: bool,
}

/// The events: a yellow light, an orange one, and a pause.
const EVENTS: [Event; 4] = [
    Event {
        contract: "QY-2026-001",
        promise: 7,
        working_days_ago: 3,
        paused: false,
    },
    Event {
        contract: "QY-2026-002",
        promise: 6,
        working_days_ago: 4,
        paused: false,
    },
    Event {
        contract: "QY-2026-004",
        promise: 7,
        working_days_ago: 3,
        paused: true,
    },
    Event {
        contract: "QY-2026-009",
        promise: 4,
        working_days_ago: 1,
        paused: false,
    },
];

async fn happen(
    store: &Store,
    clock: &SetClock,
    system: &Viewer,
    contracts: &[contract::Model],
    event: Event,
    last_day: NaiveDate,
) -> Result<(), DemoError> {
    let Some(contract) = contracts
        .iter()
        .find(|contract| contract.number == event.contract)
    else {
        return Ok(());
    };
    let promises = commitment::repository::of_contracts(store.db(), system, &[contract.id]).await?;
    let Some(promise) = promises
        .iter()
        .find(|promise| promise.number == event.promise)
    else {
        return Ok(());
    };
    let calendar = calendar::repository::in_force(store).await?;
    let mut days = last_day
        .iter_days()
        .rev()
        .filter(|day| calendar.is_working_day(*day))
        .skip(event.working_days_ago as usize);
    let Some(day) = days.next() else {
        return Ok(());
    };
    clock.set(instant_of(day, 10, 0, store.zone()));
    let opened = obligation::commands::open_on_event(
        store,
        system,
        OpenOnEvent {
            commitment_id: promise.id,
            idempotency_key: format!("demonstration-{}", event.contract),
            event_note: Some("示例：企业来函。".to_owned()),
            occurred_on: None,
        },
    )
    .await?;
    if !event.paused {
        return Ok(());
    }
    let paused_on = calendar.add_working_days(day, 1);
    clock.set(instant_of(paused_on, 11, 0, store.zone()));
    let notice = document::commands::store(
        store,
        system,
        document::commands::Store {
            enterprise_id: Some(contract.enterprise_id),
            name: "专家评审告知书（示例）.pdf".to_owned(),
            internal: false,
            bytes: NOTICE.to_vec(),
        },
    )
    .await?;
    obligation::commands::limit::pause(
        store,
        system,
        Pause {
            id: opened.id,
            expected_version: opened.version,
            kind: PauseKind::Expert,
            reason: "专家评审，已书面告知所需时间。".to_owned(),
            document_id: notice.id,
            started_on: Some(paused_on),
            expected_end_on: Some(calendar.add_working_days(paused_on, 8)),
        },
    )
    .await?;
    Ok(())
}

/// The written notice of the pause: an empty page.
const NOTICE: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
