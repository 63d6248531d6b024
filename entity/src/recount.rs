//! Counting again: a further notice of the calendar moves open time limits, and those whom they concern are told.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::prelude::Uuid;

use crate::{
    account, calendar, case,
    deadline::commands::{
        ImportCalendar, ImportCalendarError, ImportOutcome, Moved, add_light_days_in, import_in,
        install_in,
    },
    error::{CommandError, Fault, is_transient},
    id::new_id,
    language::Text,
    liaison, milestone,
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue},
        facts::{DueDatesMoved, MovedLine},
    },
    permission::{Action, Standing, require},
    permit,
    store::{Store, Unit},
    subject::Subject,
    viewer::Viewer,
    warning::{self, STATUTORY},
};

/// How many due dates a letter lists.
const LONGEST: usize = 60;

/// How many moved due dates are looked at together: a calendar may move all of a large park.
const AT_ONCE: usize = 500;

/// How often a start does again what another replica, or a command, has crossed.
const ATTEMPTS: u32 = 5;

/// Imports the notices and counts the open time limits again, with an audit entry on each that moves and one letter to each person
/// whose due dates move. What is closed never moves. A notice that is in force already changes nothing.
pub async fn import_calendar(
    store: &Store,
    viewer: &Viewer,
    input: ImportCalendar,
) -> Result<ImportOutcome, CommandError<ImportCalendarError>> {
    let unit = store.begin(viewer).await?;
    require(viewer, Action::ImportCalendar, Standing::None)?;
    let outcome = import_in(&unit, &input).await?;
    follow(&unit, &outcome.moved).await?;
    case::commands::recount_in(&unit).await?;
    milestone::commands::recount_in(&unit).await?;
    tell_moved(&unit, input.source.trim(), &outcome.years, &outcome.moved).await?;
    unit.commit().await?;
    Ok(outcome)
}

/// Stores the shipped notice of every year that has none and counts the open time limits again under it, and the light days of those
/// that an older version has left without. Done at every start, by every replica; a start that adds nothing changes nothing. Gives the
/// years that were added.
pub async fn install_calendar(store: &Store) -> Result<Vec<i32>, Fault> {
    let years = uncrossed(|| install(store)).await?;
    uncrossed(|| add_light_days(store)).await?;
    uncrossed(|| add_light_days_of_projects(store)).await?;
    Ok(years)
}

async fn add_light_days(store: &Store) -> Result<(), Fault> {
    loop {
        let unit = store.begin(&Viewer::system("start")).await?;
        match add_light_days_in(&unit).await? {
            None => return unit.rollback().await,
            Some(true) => permit::commands::follow_limits(&unit).await?,
            Some(false) => {}
        }
        unit.commit().await?;
    }
}

async fn add_light_days_of_projects(store: &Store) -> Result<(), Fault> {
    loop {
        let unit = store.begin(&Viewer::system("start")).await?;
        if !milestone::commands::add_light_days_in(&unit).await? {
            return unit.rollback().await;
        }
        unit.commit().await?;
    }
}

/// What this work comes to when nobody crosses it.
async fn uncrossed<T, W>(work: impl Fn() -> W) -> Result<T, Fault>
where
    W: Future<Output = Result<T, Fault>>,
{
    let mut attempt = 1;
    loop {
        match work().await {
            Err(fault) if attempt < ATTEMPTS && is_crossed(&fault) => attempt += 1,
            outcome => return outcome,
        }
    }
}

/// Whether somebody was first, whose work is there now, or two waited for each other and this one gave way.
fn is_crossed(fault: &Fault) -> bool {
    match fault {
        Fault::Conflict(_) => true,
        Fault::Database(error) => is_transient(error),
        _ => false,
    }
}

async fn install(store: &Store) -> Result<Vec<i32>, Fault> {
    const SOURCE: &str = "随程序提供的放假安排";
    let missing = calendar::commands::missing(store.db()).await?;
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let unit = store.begin(&Viewer::system("start")).await?;
    let (years, moved) = install_in(&unit, SOURCE).await?;
    follow(&unit, &moved).await?;
    case::commands::recount_in(&unit).await?;
    milestone::commands::recount_in(&unit).await?;
    tell_moved(&unit, SOURCE, &years, &moved).await?;
    unit.commit().await?;
    Ok(years)
}

/// What keeps a due date of its own beside that of its time limit moves with it.
async fn follow(unit: &Unit, moved: &[Moved]) -> Result<(), Fault> {
    match moved.is_empty() {
        true => Ok(()),
        false => permit::commands::follow_limits(unit).await,
    }
}

/// Tells those who owe it and those to whom it is owed that another calendar has moved due dates: one summary for each person.
async fn tell_moved(
    unit: &Unit,
    source: &str,
    years: &[i32],
    moved: &[Moved],
) -> Result<(), Fault> {
    let mut people: BTreeMap<Uuid, DueDatesMoved> = BTreeMap::new();
    for part in moved.chunks(AT_ONCE) {
        let ids: Vec<Uuid> = part.iter().map(|one| one.deadline_id).collect();
        let mut concerned = concerned(unit, &ids).await?;
        for one in part {
            let Some((subject, told)) = concerned.remove(&one.deadline_id) else {
                continue;
            };
            // Of what ends by itself nobody has heard the day before its first threshold.
            if subject.ending.is_some() && !one.is_lit {
                continue;
            }
            let favours = match subject.is_owed() {
                true => one.favours().moves(),
                false if one.to > one.from => Text::new("推迟", "later"),
                false => Text::new("提前", "sooner"),
            };
            for (person, why) in told {
                let facts = people.entry(person.id).or_insert_with(|| DueDatesMoved {
                    name: person.name,
                    source: source.to_owned(),
                    years: years.to_vec(),
                    lines: Vec::new(),
                    left_out: 0,
                    why,
                });
                if facts.lines.len() == LONGEST {
                    facts.left_out += 1;
                    continue;
                }
                facts.lines.push(MovedLine {
                    enterprise: subject.enterprise.clone(),
                    item: subject.title.clone(),
                    occasion: subject.occasion.clone(),
                    from: one.from,
                    to: one.to,
                    provisional: one.provisional,
                    favours: favours.clone(),
                    path: subject.path.clone(),
                });
            }
        }
    }
    let change = new_id(unit.now());
    for (person, facts) in people {
        let letter = NewLetter::new(
            format!("due_dates_moved:{change}:{person}"),
            Kind::DueDatesMoved,
            Class::MustNotMiss,
            person,
            &facts,
        )?;
        enqueue(unit, letter).await?;
    }
    Ok(())
}

/// Whom a moved time limit concerns, and why each is told.
type Concerned = (Subject, Vec<(account::Model, Text)>);

/// Whether its enterprise is told when its day moves: it was promised to it, or ends for it.
fn is_of_enterprise(subject: &Subject) -> bool {
    subject.is_promise || subject.ending.is_some()
}

/// What these time limits are on and whom it concerns, by the limit: those who answer for it, those to whom it was promised, and whoever
/// was told that the limit of the law had passed.
async fn concerned(unit: &Unit, limits: &[Uuid]) -> Result<HashMap<Uuid, Concerned>, Fault> {
    let db = unit.db();
    let viewer = Viewer::system("recount");
    let found = unit.subjects().within(db, &viewer, limits).await?;
    let subjects: Vec<&Subject> = found.values().collect();
    let told = liaison::repository::told(db, &subjects).await?;
    let theirs = subjects.iter().filter(|subject| is_of_enterprise(subject));
    let enterprises: Vec<Uuid> = theirs.filter_map(|subject| subject.enterprise_id).collect();
    let contacts = account::repository::contacts_of_each(db, &enterprises).await?;
    let keys: Vec<Uuid> = subjects.iter().map(|subject| subject.key).collect();
    let warned: BTreeSet<(Uuid, Uuid)> = warning::repository::told(db, &keys)
        .await?
        .into_iter()
        .filter(|(_, threshold, _)| threshold.starts_with(STATUTORY))
        .map(|(subject, _, person)| (subject, person))
        .collect();
    let people: BTreeSet<Uuid> = warned.iter().map(|(_, person)| *person).collect();
    let people = account::repository::named(db, &Vec::from_iter(people)).await?;
    let mut concerned = HashMap::with_capacity(found.len());
    for ((limit, subject), mut told) in found.iter().zip(told) {
        let theirs = subject.enterprise_id.filter(|_| is_of_enterprise(subject));
        let contacts = theirs.and_then(|enterprise| contacts.get(&enterprise));
        told.extend(contacts.into_iter().flatten().map(|contact| {
            let promised = Text::new("这是对贵企业的承诺", "it was promised to your enterprise");
            let theirs = subject.ending.as_ref().map(|ending| ending.theirs.clone());
            (contact.clone(), theirs.unwrap_or(promised))
        }));
        for person in people.iter().filter(|person| person.is_enabled()) {
            let is_warned = warned.contains(&(subject.key, person.id));
            if is_warned && told.iter().all(|(other, _)| other.id != person.id) {
                let why = Text::new(
                    "您曾收到该事项的法定超期通知",
                    "you were informed that its statutory limit had passed",
                );
                told.push((person.clone(), why));
            }
        }
        concerned.insert(*limit, (subject.clone(), told));
    }
    Ok(concerned)
}
