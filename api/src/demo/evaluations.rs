//! The evaluations of the demonstration: the park makes up for two quarters from before it had the system. One is published, the other
//! is open, and the contact of the first enterprise has not answered yet.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{
    account,
    calendar::rules::Calendar,
    clock::{SetClock, instant_of},
    evaluation::{
        Confidentiality, Model, State,
        answers::{Answers, Aspect, Cause, Check, CheckAnswer, Level, Rating, Service, Visits},
        commands::{
            AdoptDesign, adopt_design,
            answer::{Access, Submit, choose, submit},
            cycle::{compile, take},
            decide::{Approve, Publish, approve, publish},
        },
        design::Wording,
        repository::{Filter, own_form, page},
        rules::{Quarter, Step},
        scoring::Parameters,
    },
    page::PageRequest,
    store::Store,
    viewer::{Role, Viewer},
};
use uuid::Uuid;

use super::{CONTACT, DemoError};
use crate::app::Runner;

/// The one that is open was compiled so many working days before the present.
const COMPILED: usize = 6;

/// How many of the open one's answers have come.
const ANSWERED: usize = 8;

/// Holds them, each step on its day.
pub(super) async fn hold(
    store: &Store,
    clock: &SetClock,
    runner: &Runner,
    calendar: &Calendar,
    first_day: NaiveDate,
    last_day: NaiveDate,
) -> Result<(), DemoError> {
    let before = |quarter: Quarter| quarter.from.pred_opt().map(Quarter::of);
    let Some((newer, older)) =
        before(Quarter::of(first_day)).and_then(|newer| Some((newer, before(newer)?)))
    else {
        return Ok(());
    };
    let mut stage = Stage {
        store,
        clock,
        runner,
        system: Viewer::system("demonstration"),
    };
    let compiled_on = calendar.roll_forward(first_day);
    stage.adopt(compiled_on).await?;
    let found = stage.compile(older, compiled_on).await?;
    stage
        .step(&found, found.opens_on, (9, 30), Step::Open)
        .await?;
    stage.answers(&found, usize::MAX).await?;
    let open = stage.find(older).await?;
    stage
        .step(&open, open.closes_on, (18, 0), Step::Close)
        .await?;
    let closed = stage.find(older).await?;
    stage
        .step(&closed, closed.score_on, (9, 30), Step::Score)
        .await?;
    let scored = stage.find(older).await?;
    let decided_on = calendar.add_working_days(scored.objections_until, 1);
    stage.decide(&scored, decided_on).await?;

    let mut days = last_day
        .iter_days()
        .rev()
        .filter(|day| calendar.is_working_day(*day))
        .skip(COMPILED);
    if let Some(day) = days.next() {
        let found = stage.compile(newer, day).await?;
        stage
            .step(&found, found.opens_on, (9, 30), Step::Open)
            .await?;
        stage.answers(&found, ANSWERED).await?;
        if found.first_reminder_on < last_day {
            stage
                .step(&found, found.first_reminder_on, (9, 30), Step::Remind(1))
                .await?;
        }
    }
    Ok(())
}

struct Stage<'a> {
    store: &'a Store,
    clock: &'a SetClock,
    runner: &'a Runner,
    system: Viewer,
}

impl Stage<'_> {
    fn at(&self, day: NaiveDate, (hour, minute): (u32, u32)) {
        let moment = instant_of(day, hour, minute, self.store.zone());
        self.clock.set(moment);
    }

    /// The first person in this role.
    async fn by(&self, role: Role) -> Result<Viewer, DemoError> {
        let people = account::repository::enabled_in_role(self.store.db(), role).await?;
        let first = people.first().map(|person| Viewer::Person(person.person()));
        Ok(first.unwrap_or_else(|| self.system.clone()))
    }

    /// The service centre adopts the design that the product ships.
    async fn adopt(&self, day: NaiveDate) -> Result<(), DemoError> {
        self.at(day, (10, 0));
        let centre = self.by(Role::Centre).await?;
        let design = AdoptDesign {
            expected_version: 1,
            wording: Wording::shipped(),
            parameters: Parameters::default(),
            reason: "示例：采用系统提供的方案。".to_owned(),
        };
        adopt_design(self.store, &centre, design).await?;
        Ok(())
    }

    async fn find(&self, quarter: Quarter) -> Result<Model, DemoError> {
        let filter = Filter {
            quarter: Some(quarter.name()),
            ..Filter::default()
        };
        let one = PageRequest::first(1);
        let found = page(self.store.db(), &self.system, &filter, false, &one).await?;
        let found = found.rows.into_iter().next();
        found.ok_or_else(|| DemoError::History("an evaluation was not compiled".to_owned()))
    }

    async fn compile(&mut self, quarter: Quarter, day: NaiveDate) -> Result<Model, DemoError> {
        self.at(day, (18, 0));
        compile(self.store, &self.system, quarter).await?;
        self.find(quarter).await
    }

    async fn step(
        &self,
        evaluation: &Model,
        day: NaiveDate,
        time: (u32, u32),
        step: Step,
    ) -> Result<(), DemoError> {
        self.at(day, time);
        take(self.store, &self.system, evaluation.id, step).await?;
        self.runner.deliver_now(None).await?;
        Ok(())
    }

    /// The first so many enterprises answer; that of [`CONTACT`] does not.
    async fn answers(&self, evaluation: &Model, most: usize) -> Result<(), DemoError> {
        let evaluation_id = evaluation.id;
        let day = evaluation.first_reminder_on.pred_opt();
        self.at(day.unwrap_or(evaluation.first_reminder_on), (15, 0));
        let contacts =
            account::repository::enabled_in_role(self.store.db(), Role::Enterprise).await?;
        let shown = contacts.iter().find(|contact| contact.login == CONTACT.0);
        let silent = shown.and_then(|contact| contact.enterprise_id);
        let contacts = contacts
            .iter()
            .filter(|contact| contact.enterprise_id != silent);
        for (number, contact) in contacts.enumerate().take(most) {
            let viewer = Viewer::Person(contact.person());
            let form = own_form(self.store.db(), &viewer, evaluation_id).await?;
            let Some((form, evaluation)) = form.filter(|(form, _)| !form.submitted) else {
                continue;
            };
            let departments: Vec<Uuid> =
                evaluation.departments.0.iter().map(|one| one.id).collect();
            let access = Access::Own(evaluation_id);
            let how = match number % 5 {
                0 | 3 => Confidentiality::Named,
                1 => Confidentiality::Supervisor,
                _ => Confidentiality::Unnamed,
            };
            choose(self.store, &viewer, &access, how).await?;
            let given = Submit {
                answers: answers(number, form.contracted, &departments),
                call_back: None,
                expected_version: 0,
            };
            submit(self.store, &viewer, &access, given).await?;
        }
        Ok(())
    }

    async fn decide(&self, scored: &Model, day: NaiveDate) -> Result<(), DemoError> {
        if scored.state != State::Scored {
            return Ok(());
        }
        self.at(day, (10, 0));
        let leader = self.by(Role::Leader).await?;
        let approval = Approve {
            id: scored.id,
            expected_version: scored.version,
        };
        let approved = approve(self.store, &leader, approval).await?;
        self.runner.deliver_now(None).await?;
        self.at(day, (16, 0));
        let centre = self.by(Role::Centre).await?;
        let publication = Publish {
            id: approved.id,
            expected_version: approved.version,
            review: "示例：经审查，不涉及不予公开的内容。".to_owned(),
        };
        publish(self.store, &centre, publication).await?;
        Ok(())
    }
}

/// What the enterprise of this number answers: mostly content, and each department a little differently.
fn answers(number: usize, contracted: bool, departments: &[Uuid]) -> Answers {
    let level = |department: usize, step: usize| {
        let unhappy = usize::from((number + department).is_multiple_of(4)) * (department % 4);
        let step = (number * 5 + step * 3 + department) % 3;
        Level::ALL[(step.min(1) + unhappy).min(4)]
    };
    let mut answers = Answers::default();
    for (place, department) in departments.iter().enumerate() {
        // The further down the list, the fewer enterprises had to do with it.
        if (number * 7 + place * 3) % departments.len() < place {
            continue;
        }
        let levels: BTreeMap<Aspect, Level> = Aspect::ALL
            .into_iter()
            .enumerate()
            .map(|(step, aspect)| (aspect, level(place, step)))
            .collect();
        let mut rating = Rating {
            levels,
            ..Rating::default()
        };
        if rating.levels.values().any(|level| level.is_dissatisfied()) {
            rating.causes.insert(Cause::ALL[place % Cause::ALL.len()]);
        }
        answers.departments.insert(*department, rating);
    }
    if contracted {
        for (step, service) in Service::ALL.into_iter().enumerate() {
            answers.contract.levels.insert(service, level(0, step));
        }
        answers.contract.visits = Some(Visits::ALL[usize::from(!number.is_multiple_of(4))]);
    }
    for (step, check) in Check::ALL.into_iter().enumerate() {
        let answer =
            CheckAnswer::ALL[usize::from(check.is_lead() || !(number + step).is_multiple_of(3))];
        answers.checks.insert(check, answer);
    }
    answers.wish = WISHES.get(number).map(|wish| (*wish).to_owned());
    answers
}

/// What some of them wish for most.
const WISHES: [&str; 4] = [
    "示例：尽快开通园区至地铁站的早晚班车。",
    "示例：人才公寓申请希望能在网上查询进度。",
    "示例：希望供电增容的办理时限能再缩短。",
    "示例：希望一次告知环评所需的全部材料。",
];
