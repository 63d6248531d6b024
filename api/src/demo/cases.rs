//! Applications of the demonstration, and the cases that came of them: one of six items that have fared differently, from the permit that was handed over
//! in time to the grant by silence, and some of the last days.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{
    account,
    application::{
        self,
        commands::{Start, start},
    },
    calendar::rules::Calendar,
    case::{
        self,
        commands::{
            Accept, AskCorrection, Check, Complete, ContestPause, Decide, Deliver, Handing,
            NewLine, Pause, Propose, accept, ask_correction, check, complete as complete_case,
            contest_pause, decide, deliver, pause, propose,
        },
    },
    catalogue::Outcome,
    clock::{SetClock, instant_of},
    contract,
    deadline::pause::Kind,
    department, enterprise, item,
    receipt::commands::{HandIn, hand_in},
    store::Store,
    table::Visible,
    viewer::{Role, Viewer},
};
use uuid::Uuid;

use super::{
    CONTACT, DemoError,
    applications::{Following, complete, of_codes, paper},
    words::person,
};
use crate::app::Runner;

/// Who takes applications in at the counter of the service centre, and who decides on those of the planning department.
const CENTRE: &str = "centre@park.example";
const OFFICER: &str = "window@park.example";

/// Who decides on those of the environment department, and who looks at nothing in the labour department: number, sign-in and name.
const ENVIRONMENT: (i32, &str, &str) = (7, "window07@park.example", "环境保护局窗口");
const LABOUR: (i32, &str, &str) = (11, "window11@park.example", "人力资源和社会保障局窗口");

/// An item, and what happened to it on the working day after its receipt; nothing where nobody has looked at it yet.
type Fared = (&'static str, Option<Step>);

/// What was applied for in the last days: the place of the contract of the enterprise, how many working days ago, and the items. The first is that of the
/// contact, who applies anew for what has lapsed, and for another parcel.
const APPLIED: [(usize, u32, &[Fared]); 5] = [
    (
        0,
        2,
        &[
            ("R07", None),
            ("R25", Some(Step::CorrectionAsked("COMPLETION_DRAWINGS"))),
        ],
    ),
    (
        1,
        2,
        &[
            ("R07", Some(Step::CorrectionAsked("PARCEL_SURVEY"))),
            ("R25", None),
        ],
    ),
    (2, 3, &[("R07", None)]),
    (3, 2, &[("R06", None)]),
    (4, 3, &[("R06", Some(Step::Accepted)), ("R25", None)]),
];

/// The items that the contact applied for with one form, and how many working days ago.
const TOGETHER: [&str; 6] = ["R06", "R07", "R10", "R14", "R25", "R31"];
const TOGETHER_AGO: u32 = 18;

/// What happens to a case.
#[derive(Clone, Copy)]
enum Step {
    Accepted,
    /// About a material, by its key.
    CorrectionAsked(&'static str),
    Completed,
    Granted,
    Delivered,
    Paused,
    Contested,
    /// The jobs of that morning: what was not completed lapses, and silence decides where nobody has.
    Passed,
}

/// How many working days ago what happened to which item. R10 is accepted and then forgotten; nobody answers R31 at all, so that silence grants it, and as
/// the office was never warned the supervisor has an incident; R14 was completed late and is near a silent decision.
const HAPPENED: [(u32, &str, Step); 13] = [
    (16, "R14", Step::CorrectionAsked(CONTINUED)),
    (15, "R25", Step::CorrectionAsked("COMPLETION_DRAWINGS")),
    (14, "R06", Step::Accepted),
    (14, "R07", Step::Accepted),
    (14, "R10", Step::Accepted),
    (11, "R07", Step::Granted),
    (10, "R07", Step::Delivered),
    (10, "R06", Step::Paused),
    (9, "R14", Step::Completed),
    (4, "R25", Step::Passed),
    (2, "R31", Step::Passed),
    (1, "R14", Step::Passed),
    (1, "R06", Step::Contested),
];

/// The material of R14 that is handed in once more.
const CONTINUED: &str = "R14/2";

/// How many working days after its beginning the pause is to end.
const PAUSED_FOR: u32 = 15;

/// Hands the applications in on their days, and lets the office begin with them.
pub(super) async fn apply(
    store: &Store,
    clock: &SetClock,
    contracts: &[contract::Model],
    runner: &Runner,
    calendar: &Calendar,
    last_day: NaiveDate,
) -> Result<(), DemoError> {
    let centre = person(store, CENTRE).await?;
    let officer = person(store, OFFICER).await?;
    let ago = |days: u32| {
        let mut before = last_day.iter_days().rev();
        before
            .by_ref()
            .filter(|day| calendar.is_working_day(*day))
            .nth(days as usize)
            .unwrap_or(last_day)
    };
    Box::pin(together(store, clock, runner, calendar, ago)).await?;
    for (place, days, items) in APPLIED {
        let Some(contract) = contracts.get(place) else {
            continue;
        };
        clock.set(instant_of(ago(days), 10, 0, store.zone()));
        let codes: Vec<&str> = items.iter().map(|(code, _)| *code).collect();
        let cases = receive(store, &centre, contract, &codes).await?;
        clock.set(instant_of(ago(days - 1), 10, 30, store.zone()));
        for (code, step) in items {
            let (Some(case), Some(step)) = (cases.get(*code), step) else {
                continue;
            };
            let of = Of {
                store,
                runner,
                calendar,
                case,
                officer: &officer,
                applicant: &centre,
            };
            of.happens(*step).await?;
        }
    }
    Ok(())
}

/// The contact applies for six items with one form, and each of them fares differently.
async fn together(
    store: &Store,
    clock: &SetClock,
    runner: &Runner,
    calendar: &Calendar,
    ago: impl Fn(u32) -> NaiveDate,
) -> Result<(), DemoError> {
    let system = Viewer::system("demonstration");
    let contact = person(store, CONTACT.0).await?;
    let planning = person(store, OFFICER).await?;
    let environment = window(store, &system, ENVIRONMENT).await?;
    window(store, &system, LABOUR).await?;
    let enterprise = contact.person().and_then(|person| person.enterprise_id);
    let enterprise = enterprise.ok_or_else(|| DemoError::History("no enterprise".to_owned()))?;
    clock.set(instant_of(ago(TOGETHER_AGO), 9, 30, store.zone()));
    let input = Start {
        items: of_codes(store, &TOGETHER).await?,
        project: None,
        credit_code: None,
    };
    let begun = start(store, &contact, input).await?.id;
    complete(store, &contact, enterprise, begun, Following::Nothing).await?;
    hand_in_now(store, &contact, begun).await?;
    for (days, code, step) in HAPPENED {
        clock.set(instant_of(ago(days), 10, 0, store.zone()));
        let cases = of_application(store, begun).await?;
        let case = cases.get(code);
        let case = case.ok_or_else(|| DemoError::History(format!("no case of {code}")))?;
        let officer = match code {
            "R14" => &environment,
            _ => &planning,
        };
        let of = Of {
            store,
            runner,
            calendar,
            case,
            officer,
            applicant: &contact,
        };
        of.happens(step).await?;
    }
    Ok(())
}

/// A case to which something happens, and who acts in it.
struct Of<'a> {
    store: &'a Store,
    runner: &'a Runner,
    calendar: &'a Calendar,
    case: &'a case::Model,
    officer: &'a Viewer,
    applicant: &'a Viewer,
}

impl Of<'_> {
    async fn happens(&self, step: Step) -> Result<(), DemoError> {
        // Each on the heap: together they are more than the stack of a thread holds.
        match step {
            Step::Accepted => Box::pin(self.accepted()).await,
            Step::CorrectionAsked(material) => Box::pin(self.correction_asked(material)).await,
            Step::Completed => Box::pin(self.completed()).await,
            Step::Granted => Box::pin(self.granted()).await,
            Step::Delivered => Box::pin(self.delivered()).await,
            Step::Paused => Box::pin(self.paused()).await,
            Step::Contested => Box::pin(self.contested()).await,
            Step::Passed => Box::pin(self.passed()).await,
        }
    }

    /// The jobs of a morning: what was not completed lapses, and silence decides where nobody has.
    async fn passed(&self) -> Result<(), DemoError> {
        for job in ["case_lapse", "silence"] {
            self.runner.run_now(job, None, false).await?;
        }
        self.runner.deliver_now(None).await?;
        Ok(())
    }

    async fn paper(&self, who: &Viewer) -> Result<Uuid, DemoError> {
        paper(self.store, who, self.case.enterprise_id).await
    }

    async fn accepted(&self) -> Result<(), DemoError> {
        let input = Accept {
            id: self.case.id,
            expected_version: self.case.version,
        };
        accept(self.store, self.officer, input).await?;
        Ok(())
    }

    async fn completed(&self) -> Result<(), DemoError> {
        let input = Complete {
            id: self.case.id,
            expected_version: self.case.version,
            materials: vec![Handing {
                material: CONTINUED.to_owned(),
                document_ids: vec![self.paper(self.applicant).await?],
            }],
            note: Some("示例：已核对并更正。".to_owned()),
        };
        complete_case(self.store, self.applicant, input).await?;
        Ok(())
    }

    async fn delivered(&self) -> Result<(), DemoError> {
        let input = Deliver {
            id: self.case.id,
            expected_version: self.case.version,
            delivery: case::Delivery::Window,
            delivered_on: self.store.today(),
            document_id: None,
        };
        deliver(self.store, self.officer, input).await?;
        Ok(())
    }

    async fn paused(&self) -> Result<(), DemoError> {
        let input = Pause {
            id: self.case.id,
            expected_version: self.case.version,
            kind: Kind::Expert,
            reason: "示例：组织专家评审。".to_owned(),
            document_id: self.paper(self.officer).await?,
            expected_end_on: self
                .calendar
                .add_working_days(self.store.today(), PAUSED_FOR),
        };
        pause(self.store, self.officer, input).await?;
        Ok(())
    }

    async fn contested(&self) -> Result<(), DemoError> {
        let input = ContestPause {
            id: self.case.id,
            expected_version: self.case.version,
            reason: "示例：评审会已经开过，不应继续暂停。".to_owned(),
            number: None,
        };
        contest_pause(self.store, self.applicant, input).await?;
        Ok(())
    }

    /// Everything is found as it should be, and the case is granted.
    async fn granted(&self) -> Result<(), DemoError> {
        let store = self.store;
        let system = Viewer::system("demonstration");
        let items = [self.case.item_id];
        let versions = item::repository::versions_of(store.db(), &system, &items).await?;
        let mut versions = versions.into_iter();
        let version = versions.find(|version| version.id == self.case.version_id);
        let version = version.ok_or_else(|| DemoError::History("no version".to_owned()))?;
        let (id, mut expected_version) = (self.case.id, self.case.version);
        for (line, _) in case::rules::checklist(&version.content, &self.case.answers) {
            let input = Check {
                id,
                expected_version,
                line,
                is_met: true,
                note: None,
            };
            expected_version = check(store, self.officer, input).await?.version;
        }
        let input = Propose {
            id,
            expected_version,
            outcome: Outcome::Granted,
            reasons: None,
        };
        expected_version = propose(store, self.officer, input).await?.version;
        let input = Decide {
            id,
            expected_version,
            paper_number: "示例规地字〔2026〕第1号".to_owned(),
            document_id: self.paper(self.officer).await?,
        };
        decide(store, self.officer, input).await?;
        Ok(())
    }

    /// What is missing is told: a material, and something about the whole.
    async fn correction_asked(&self, material: &str) -> Result<(), DemoError> {
        let line = |reason: &str, material: Option<&str>, text: &str| NewLine {
            reason: reason.to_owned(),
            material: material.map(str::to_owned),
            field: None,
            text: text.to_owned(),
        };
        let input = AskCorrection {
            id: self.case.id,
            expected_version: self.case.version,
            lines: vec![
                line(
                    "DOCUMENT",
                    Some(material),
                    "示例：请提交加盖编制单位公章的文件。",
                ),
                line(
                    "DESCRIPTION",
                    None,
                    "示例：申请表与所附材料不一致，请核对后说明。",
                ),
            ],
            again_for: None,
        };
        ask_correction(self.store, self.officer, input).await?;
        Ok(())
    }
}

/// A new officer at the window of a department.
async fn window(
    store: &Store,
    system: &Viewer,
    (number, login, name): (i32, &str, &str),
) -> Result<Viewer, DemoError> {
    let departments = department::repository::all(store.db(), system).await?;
    let mut departments = departments.into_iter();
    let department = departments.find(|department| department.number == number);
    let new = super::person(
        login,
        name,
        Role::WindowOfficer,
        department.map(|department| department.id),
        None,
    );
    account::commands::create(store, system, new).await?;
    Ok(person(store, login).await?)
}

/// Types in an application at the counter, as completely as it has to be, and receives it. Its cases, by the codes of their items.
async fn receive(
    store: &Store,
    centre: &Viewer,
    contract: &contract::Model,
    codes: &[&str],
) -> Result<BTreeMap<String, case::Model>, DemoError> {
    let found = enterprise::Entity::found(store.db(), centre, contract.enterprise_id);
    let begun = start(
        store,
        centre,
        Start {
            items: of_codes(store, codes).await?,
            project: None,
            credit_code: Some(found.await?.credit_code),
        },
    )
    .await?;
    complete(
        store,
        centre,
        contract.enterprise_id,
        begun.id,
        Following::Allowed,
    )
    .await?;
    hand_in_now(store, centre, begun.id).await?;
    of_application(store, begun.id).await
}

/// Hands in what was filled in.
async fn hand_in_now(store: &Store, viewer: &Viewer, id: Uuid) -> Result<(), DemoError> {
    let begun = application::Entity::found(store.db(), viewer, id).await?;
    let input = HandIn {
        id,
        expected_version: begun.version,
    };
    hand_in(store, viewer, input).await?;
    Ok(())
}

/// The cases of an application, by the codes of their items.
async fn of_application(
    store: &Store,
    id: Uuid,
) -> Result<BTreeMap<String, case::Model>, DemoError> {
    let system = Viewer::system("demonstration");
    let cases = case::repository::of_applications(store.db(), &system, &[id]).await?;
    let code = |case: &case::Model| {
        let code = case.number.split_once('-').map_or("", |(_, code)| code);
        code.to_owned()
    };
    Ok(cases.into_iter().map(|case| (code(&case), case)).collect())
}
