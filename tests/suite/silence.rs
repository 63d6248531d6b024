//! Silence that decides: it accepts as of the receipt, grants only what a law grants, waits by the park's own rule until somebody was warned, and
//! is never a person.

use api_door::scalar::Kind as Id;
use entity::{
    case::{
        self, Acceptance, State,
        clock::Clock,
        commands::silence::act,
        event, repository,
        silence::{Act, decision},
    },
    catalogue::Outcome,
    deadline,
    error::Fault,
    outbox,
};
use jobs::{RunReport, Runner};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, prelude::Uuid};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    clock::day,
    matters::{case, done, on, published},
    promise::{mutation, upload},
    stories,
};

use crate::warnings::runner;

/// What a run leaves that has nothing to do.
const RUNS: &[&str] = &["job_run", "schedule"];

/// These items in force, decided by the first department.
pub async fn hall(park: &Park, codes: &[&str]) {
    published(park, codes, |_| {}).await;
}

/// A case of the first enterprise, received now.
pub async fn received(park: &Park, code: &str) -> Uuid {
    let id = case(park, code).await;
    let (_, key) = id.split_once('_').expect("a global id");
    key.parse().expect("a key")
}

async fn sweep(runner: &Runner) -> RunReport {
    let report = runner.run_now("silence", None, false).await;
    let report = report.expect("a run").expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    report
}

async fn sweep_on(park: &Park, runner: &Runner, day: &str) -> RunReport {
    park.set_clock(day, 9, 0);
    sweep(runner).await
}

async fn deliver(runner: &Runner) {
    runner.deliver_now(None).await.expect("a delivery");
}

async fn now(park: &Park, id: Uuid) -> case::Model {
    let found = case::Entity::find_by_id(id).one(park.db()).await;
    found.expect("a read").expect("the case")
}

async fn clock_of(park: &Park, id: Uuid, clock: Clock) -> deadline::Model {
    let mut clocks = repository::limits_of(park.db(), &[id])
        .await
        .expect("clocks");
    let clocks = clocks.remove(&id).expect("clocks").into_iter();
    let mut such = clocks.filter(|(one, _)| one.clock == clock);
    such.next_back().expect("such a clock").1
}

async fn decisions(park: &Park) -> Vec<decision::Model> {
    let all = decision::Entity::find().order_by_asc(decision::Column::Id);
    all.all(park.db()).await.expect("decisions")
}

async fn letters(park: &Park, kind: outbox::Kind) -> Vec<outbox::Model> {
    let such = outbox::Entity::find().filter(outbox::Column::Kind.eq(kind));
    such.all(park.db()).await.expect("letters")
}

const DECIDED: &str = "query($incident: Boolean) { silentDecisions(first: 20, where: {incident: $incident}) { totalCount \
    nodes { act silence lastDay effectiveOn article warnedOn isIncident run case { number } } } }";

const NEAR: &str = "{ casesNearSilence(first: 20) { totalCount nodes { act actBy actsOn warnedOn \
    warnings { workingDaysBefore isDepartment deliveredAt recipient { name } } case { id number } } } }";

async fn decided(park: &Park, who: Who, incident: Option<bool>) -> Value {
    let asked = json!({"incident": incident});
    park.data(who, DECIDED, asked).await["silentDecisions"].take()
}

async fn near(park: &Park, who: Who) -> Value {
    park.data(who, NEAR, json!({})).await["casesNearSilence"].take()
}

stories! {
    async fn what_nobody_has_answered_in_time_is_accepted_as_of_its_receipt(park: Park) {
        hall(&park, &["R10"]).await;
        let id = received(&park, "R10").await;
        let runner = runner(&park);
        // Five working days from the last day of September: the 13th of October. Officer, head and centre are warned.
        for (day, warned) in [("2026-10-08", 0), ("2026-10-09", 3), ("2026-10-10", 0), ("2026-10-12", 3), ("2026-10-13", 3)] {
            let rehearsed = {
                park.set_clock(day, 9, 0);
                runner.run_now("silence", None, true).await.expect("a run").expect("a job")
            };
            let report = sweep(&runner).await;
            assert_eq!((report.planned.len(), rehearsed.planned.len()), (warned, warned), "{day}");
            assert!(sweep(&runner).await.planned.is_empty(), "{day}: told once");
            deliver(&runner).await;
            assert_eq!(now(&park, id).await.state, State::Received, "{day}");
        }
        let window = park.people().await.account(Who::Window).login.clone();
        let warned = park.mailbox.to(&window);
        let warned: Vec<_> = warned.iter().filter(|letter| letter.subject == "Silence decides: act on 1 case by 2026-10-13").collect();
        assert_eq!(warned.len(), 3);
        assert!(warned[0].text.contains("2026900001-R10") && warned[0].text.contains("deemed accepted as of receipt"), "{}", warned[0].text);

        park.set_clock("2026-10-14", 0, 20);
        sweep(&runner).await;
        let case = now(&park, id).await;
        assert_eq!((case.state, case.acceptance), (State::Accepted, Some(Acceptance::Deemed)));
        assert_eq!(case.accepted_on, Some(day("2026-09-30")));
        // The promise of five working days counts from the receipt, so it has passed, too.
        let promise = clock_of(&park, id, Clock::Promised).await;
        assert_eq!((promise.started_on, promise.due_on), (day("2026-09-30"), day("2026-10-13")));
        assert_eq!(clock_of(&park, id, Clock::Notice).await.state, deadline::State::Missed);
        let events = event::Entity::find().filter(event::Column::CaseId.eq(id)).order_by_asc(event::Column::Place);
        let events = events.all(park.db()).await.expect("events");
        let kinds: Vec<event::Kind> = events.iter().map(|event| event.kind).collect();
        assert_eq!(kinds, [event::Kind::Received, event::Kind::DeemedAccepted]);
        assert_eq!(events[1].account_id, None, "no person did it");
        assert!(events[1].run.as_deref().is_some_and(|run| run.starts_with("job silence 2026-10-1")), "{events:?}");

        let seen = decided(&park, Who::Supervisor, None).await;
        let row = &seen["nodes"][0];
        assert_eq!(seen["totalCount"], 1);
        assert_eq!(row["act"], "ACCEPTED");
        assert_eq!((&row["lastDay"], &row["effectiveOn"]), (&json!("2026-10-13"), &json!("2026-09-30")));
        assert_eq!((&row["article"], &row["isIncident"]), (&json!("行政许可法32"), &json!(false)));
        assert_eq!(row["warnedOn"], "2026-10-09");
        let own = decided(&park, Who::Enterprise, None).await;
        assert_eq!((&own["nodes"][0]["act"], &own["nodes"][0]["isIncident"]), (&json!("ACCEPTED"), &Value::Null));
        assert_eq!(own["nodes"][0]["warnedOn"], Value::Null, "who was warned is the park's own affair");
        for stranger in [Who::OtherEnterprise, Who::OtherHead] {
            assert_eq!(decided(&park, stranger, None).await["totalCount"], 0, "{stranger:?}");
        }
        let before = park.dump().await.without(RUNS);
        sweep(&runner).await;
        before.assert_same(&park.dump().await.without(RUNS));

        park.set_clock("2026-10-14", 9, 0);
        deliver(&runner).await;
        let contact = park.people().await.account(Who::Enterprise).login.clone();
        let told = park.mailbox.to(&contact);
        let told = told.iter().find(|letter| letter.subject == "Case 2026900001-R10: accepted by silence").expect("a letter");
        assert!(told.text.contains("not a decision of the office"), "{}", told.text);
    }

    async fn a_law_grants_after_the_later_reading_of_its_limit_and_nothing_else_is_ever_granted(park: Park) {
        hall(&park, &["R10", "R11", "R14"]).await;
        let granted = received(&park, "R14").await;
        let others = [received(&park, "R10").await, received(&park, "R11").await];
        let runner = runner(&park);
        // Ten days are the 10th of October; ten working days the 20th.
        for day in ["2026-10-09", "2026-10-14", "2026-10-20"] {
            sweep_on(&park, &runner, day).await;
            deliver(&runner).await;
        }
        let case = now(&park, granted).await;
        assert_eq!((case.state, case.outcome), (State::Accepted, None));
        let seen = near(&park, Who::Head).await;
        let row = seen["nodes"].as_array().expect("rows").iter().find(|row| row["act"] == "GRANTED").expect("the grant");
        assert_eq!((&row["actBy"], &row["actsOn"]), (&json!("2026-10-10"), &json!("2026-10-21")));
        assert!(row["warnings"].as_array().expect("warnings").iter().any(|one| one["isDepartment"] == true && one["deliveredAt"] != Value::Null));
        assert_eq!(near(&park, Who::OtherHead).await["totalCount"], 0);
        assert_eq!(near(&park, Who::Enterprise).await["totalCount"], 0, "it reads of its own case what silence will mean");
        assert!(park.page(Who::Head, "/silence").await.contains("2026900001-R14"));

        sweep_on(&park, &runner, "2026-10-21").await;
        let case = now(&park, granted).await;
        assert_eq!((case.state, case.outcome), (State::Decided, Some(Outcome::DeemedGranted)));
        assert_eq!((case.decided_on, case.decided_by), (Some(day("2026-10-21")), None));
        let owed = clock_of(&park, granted, Clock::Confirm).await;
        assert_eq!((owed.state, owed.due_on), (deadline::State::Running, day("2026-10-22")));
        for clock in [Clock::Statutory, Clock::Promised] {
            assert_eq!(clock_of(&park, granted, clock).await.state, deadline::State::Missed, "{clock:?}");
        }
        let acts: Vec<(Act, bool)> = decisions(&park).await.iter().filter(|one| one.case_id == granted).map(|one| (one.act, one.is_incident())).collect();
        assert_eq!(acts, [(Act::Accepted, false), (Act::Granted, false)]);
        assert!(letters(&park, outbox::Kind::SilenceIncident).await.is_empty());
        deliver(&runner).await;
        let contact = park.people().await.account(Who::Enterprise).login.clone();
        let told = park.mailbox.to(&contact);
        let told = told.iter().find(|letter| letter.subject == "Case 2026900001-R14: granted by silence").expect("a letter");
        assert!(told.text.contains("建设项目环境保护管理条例12") && told.text.contains("69"), "{}", told.text);
        let head = park.people().await.account(Who::Head).login.clone();
        let told = park.mailbox.to(&head);
        assert!(told.iter().any(|letter| letter.subject == "Case 2026900001-R14: granted by silence" && letter.text.contains("2026-10-22")));

        // The department hands over the paper, which changes nothing of the day; nobody else does, and not for what silence has not granted.
        let (id, other) = (Id::Case.id(granted).0, Id::Case.id(others[0]).0);
        let enterprise = Id::Enterprise.id(park.people().await.enterprise_id()).0;
        let paper = upload(&park, Who::Window, &format!("name=x.pdf&enterprise={enterprise}")).await;
        let paper = json!({"paperNumber": "示例〔2026〕1号", "documentId": paper});
        let refused = json!({"input": on(&park, &other, paper.clone()).await});
        assert_eq!(park.user_error(Who::Window, &mutation("caseConfirm", "case { id }"), refused).await, "WRONG_STATE");
        let early = json!({"input": on(&park, &id, json!({"delivery": "WINDOW", "deliveredOn": "2026-10-21"})).await});
        assert_eq!(park.user_error(Who::Window, &mutation("caseDeliver", "case { id }"), early).await, "PAPER_OWED");
        let input = on(&park, &id, paper).await;
        let confirmed = done(&park, Who::Window, "caseConfirm", "case { outcome isSilent decidedOn paperNumber silentDecisions { act } }", input).await["case"].take();
        assert_eq!((&confirmed["outcome"], &confirmed["isSilent"]), (&json!("DEEMED_GRANTED"), &json!(true)));
        assert_eq!((&confirmed["decidedOn"], &confirmed["paperNumber"]), (&json!("2026-10-21"), &json!("示例〔2026〕1号")));
        assert_eq!(confirmed["silentDecisions"], json!([{"act": "ACCEPTED"}, {"act": "GRANTED"}]));
        assert_eq!(clock_of(&park, granted, Clock::Confirm).await.state, deadline::State::Met);
        assert!(clock_of(&park, granted, Clock::Delivery).await.state.is_open());

        // Of the others, however late, only the acceptance came by silence.
        for day in ["2026-12-31", "2027-03-01", "2028-03-01"] {
            sweep_on(&park, &runner, day).await;
        }
        for id in others {
            let case = now(&park, id).await;
            assert_eq!((case.state, case.outcome), (State::Accepted, None), "{}", case.number);
            let acts: Vec<Act> = decisions(&park).await.iter().filter(|one| one.case_id == id).map(|one| one.act).collect();
            assert_eq!(acts, [Act::Accepted]);
        }
    }

    async fn a_grant_of_which_nobody_was_warned_is_an_incident_at_once(park: Park) {
        hall(&park, &["R14"]).await;
        let id = received(&park, "R14").await;
        let runner = runner(&park);
        // The mail is away all the time.
        for day in ["2026-10-09", "2026-10-14", "2026-10-20"] {
            sweep_on(&park, &runner, day).await;
        }
        assert_eq!(near(&park, Who::Leader).await["nodes"][0]["warnedOn"], Value::Null);
        sweep_on(&park, &runner, "2026-10-21").await;
        assert_eq!(now(&park, id).await.outcome, Some(Outcome::DeemedGranted), "the law waits for no letter");
        let supervisor = park.people().await.account(Who::Supervisor).id;
        let incidents = letters(&park, outbox::Kind::SilenceIncident).await;
        assert_eq!(incidents.iter().map(|letter| letter.recipient_id).collect::<Vec<_>>(), [supervisor]);
        assert_eq!(decided(&park, Who::Supervisor, Some(true)).await["totalCount"], 1);
        assert_eq!(decided(&park, Who::Supervisor, Some(false)).await["totalCount"], 1);
        assert_eq!(decided(&park, Who::Supervisor, Some(true)).await["nodes"][0]["act"], "GRANTED");
        // Warnings whose time has passed are told to the supervisor as well.
        deliver(&runner).await;
        let states: Vec<outbox::State> = letters(&park, outbox::Kind::SilenceWarning).await.iter().map(|letter| letter.state).collect();
        assert!(!states.is_empty() && states.iter().all(|state| *state == outbox::State::Expired), "{states:?}");
        runner.run_now("undelivered", None, false).await.expect("a run").expect("a job");
        assert!(letters(&park, outbox::Kind::Undelivered).await.iter().any(|letter| letter.recipient_id == supervisor));
    }

    async fn by_the_rule_of_the_park_silence_waits_until_a_warning_has_arrived(park: Park) {
        hall(&park, &["R09"]).await;
        let id = received(&park, "R09").await;
        let runner = runner(&park);
        // Accepted as of September 30, so that the promise of seven working days ends on the 15th.
        for day in ["2026-10-14", "2026-10-16", "2026-10-20"] {
            sweep_on(&park, &runner, day).await;
            assert_eq!(now(&park, id).await.state, State::Accepted, "{day}");
        }
        assert_eq!(clock_of(&park, id, Clock::Promised).await.due_on, day("2026-10-15"));
        let seen = near(&park, Who::Window).await;
        assert_eq!((&seen["nodes"][0]["act"], &seen["nodes"][0]["actsOn"]), (&json!("PENDING"), &Value::Null));
        // The mail works again: a working day more.
        deliver(&runner).await;
        assert_eq!(near(&park, Who::Window).await["nodes"][0]["actsOn"], "2026-10-22");
        sweep_on(&park, &runner, "2026-10-21").await;
        assert_eq!(now(&park, id).await.state, State::Accepted);
        sweep_on(&park, &runner, "2026-10-22").await;
        let case = now(&park, id).await;
        assert_eq!((case.state, case.outcome), (State::PendingConfirmation, None));
        assert_eq!(clock_of(&park, id, Clock::Confirm).await.due_on, day("2026-10-23"));
        assert!(clock_of(&park, id, Clock::Statutory).await.state.is_open(), "the decision is still owed");
        let last = decisions(&park).await.pop().expect("a decision");
        assert_eq!((last.act, last.warned_on), (Act::Pending, Some(day("2026-10-20"))));
        sweep_on(&park, &runner, "2026-12-01").await;
        assert_eq!(now(&park, id).await.state, State::PendingConfirmation, "nothing more comes of it by itself");
    }

    async fn before_spring_festival_the_earlier_day_is_shown_and_the_later_one_decides(park: Park) {
        park.set_clock("2026-02-13", 8, 0);
        hall(&park, &["R14"]).await;
        let id = received(&park, "R14").await;
        let runner = runner(&park);
        assert_eq!(clock_of(&park, id, Clock::Statutory).await.due_on, day("2026-02-24"));
        assert_eq!(clock_of(&park, id, Clock::Promised).await.due_on, day("2026-02-24"), "no promise is later than the law");
        sweep_on(&park, &runner, "2026-02-24").await;
        let row = near(&park, Who::Centre).await["nodes"][0].take();
        assert_eq!((&row["act"], &row["actBy"]), (&json!("ACCEPTED"), &json!("2026-02-27")));
        sweep_on(&park, &runner, "2026-02-28").await;
        let row = near(&park, Who::Centre).await["nodes"][0].take();
        assert_eq!((&row["act"], &row["actBy"], &row["actsOn"]), (&json!("GRANTED"), &json!("2026-02-24"), &json!("2026-03-06")));
        sweep_on(&park, &runner, "2026-03-05").await;
        assert_eq!(now(&park, id).await.outcome, None);
        sweep_on(&park, &runner, "2026-03-06").await;
        assert_eq!(now(&park, id).await.outcome, Some(Outcome::DeemedGranted));
    }

    async fn after_a_standstill_what_was_missed_is_made_up_for_in_the_order_of_the_days(park: Park) {
        hall(&park, &["R09", "R10", "R14"]).await;
        let (first, second, third) = (received(&park, "R14").await, received(&park, "R10").await, received(&park, "R09").await);
        let runner = runner(&park);
        sweep_on(&park, &runner, "2026-10-26").await;
        // All of it was written at one moment.
        let made = decisions(&park).await;
        let receipt = day("2026-09-30");
        for (id, act, effective_on) in [
            (first, Act::Accepted, receipt),
            (second, Act::Accepted, receipt),
            (third, Act::Accepted, receipt),
            (first, Act::Granted, day("2026-10-21")),
        ] {
            let is_such = |one: &&decision::Model| (one.case_id, one.act, one.effective_on) == (id, act, effective_on);
            assert_eq!(made.iter().filter(is_such).count(), 1, "{act:?}");
        }
        assert_eq!(made.len(), 4);
        let events = event::Entity::find().filter(event::Column::CaseId.eq(first)).order_by_asc(event::Column::Place);
        let events = events.all(park.db()).await.expect("events").into_iter();
        let kinds: Vec<event::Kind> = events.map(|event| event.kind).collect();
        assert_eq!(kinds, [event::Kind::Received, event::Kind::DeemedAccepted, event::Kind::DeemedGranted]);
        assert_eq!(now(&park, first).await.decided_on, Some(day("2026-10-21")), "the day of the law");
        assert_eq!(clock_of(&park, first, Clock::Confirm).await.due_on, day("2026-10-27"), "from the day on which the department is told");
        let before = park.dump().await.without(RUNS);
        sweep(&runner).await;
        before.assert_same(&park.dump().await.without(RUNS));
    }

    async fn no_person_lets_silence_act_and_what_was_answered_in_time_is_left_alone(park: Park) {
        hall(&park, &["R10"]).await;
        let id = received(&park, "R10").await;
        let runner = runner(&park);
        let people = park.people().await;
        park.set_clock("2026-10-12", 9, 0);
        let input = case::commands::Accept { id, expected_version: now(&park, id).await.version };
        case::commands::accept(&park.store, &people.viewer(Who::Window), input).await.expect("accepted");
        park.set_clock("2026-10-15", 9, 0);
        let before = park.dump().await;
        for who in Who::ALL {
            let refused = act(&park.store, &people.viewer(who), id).await;
            assert!(matches!(refused, Err(Fault::Forbidden)), "{who:?}: {refused:?}");
        }
        before.assert_same(&park.dump().await);
        sweep(&runner).await;
        assert_eq!(now(&park, id).await.acceptance, Some(Acceptance::Express));
        assert!(decisions(&park).await.is_empty());
        assert_eq!(near(&park, Who::Head).await["totalCount"], 0);
    }
}
