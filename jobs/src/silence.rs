//! Silence that decides (默许): before it does, the office is warned three working days, one working day and on the day itself, in one letter
//! for each last day; then it acts, case by case in the order of the days, each in a transaction of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    account, calendar,
    case::{
        self,
        commands::silence::act as let_silence_act,
        silence::{
            Act, WARNED, What,
            repository::{Near, near, threshold},
        },
        subject::Cases,
    },
    clock::instant_of,
    deadline::repository::Walked,
    enterprise,
    error::Fault,
    item,
    language::Text,
    link,
    outbox::{
        Class, Kind,
        commands::NewLetter,
        facts::{self, SilenceLine},
    },
    table::Visible,
    viewer::{Role, Viewer},
    warning::{self, commands::Crossed},
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::job::{Job, Run, TOGETHER, Written};

/// The job.
#[derive(Debug)]
pub struct Silence;

/// How many time limits are looked at with one statement.
const AT_ONCE: u64 = 500;

impl Job for Silence {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            act(run).await?;
            if run.is_stopping() {
                return Ok(());
            }
            warn(run).await
        })
    }
}

/// A walk over what silence waits for until the first day of warning, part by part.
struct Walk {
    until: NaiveDate,
    after: Option<Walked>,
    is_over: bool,
}

impl Walk {
    async fn begin(run: &Run) -> Result<Self, Fault> {
        let store = run.store();
        let calendar = calendar::repository::in_force(store).await?;
        let first = WARNED.into_iter().max().unwrap_or_default();
        Ok(Self {
            until: calendar.add_working_days(store.today(), first),
            after: None,
            is_over: false,
        })
    }

    /// The next part; nothing behind the last, or when the run is to stop.
    async fn next(&mut self, run: &Run) -> Result<Option<Vec<Near>>, Fault> {
        if self.is_over || run.is_stopping() {
            return Ok(None);
        }
        let (found, walked) = near(run.store(), self.until, self.after, AT_ONCE).await?;
        self.is_over = walked.is_none();
        self.after = walked;
        Ok(Some(found))
    }
}

/// Where silence acts today or should have acted before, it does, in the order of the days: what it brings about may be followed by more.
async fn act(run: &Run) -> Result<(), Fault> {
    let mut due: BTreeSet<(NaiveDate, String, Uuid)> = BTreeSet::new();
    let mut walk = Walk::begin(run).await?;
    while let Some(found) = walk.next(run).await? {
        due.extend(found.into_iter().filter_map(|near| {
            let acts = matches!(near.today, What::Acts(_));
            let day = near.acts_on.filter(|_| acts)?;
            Some((day, near.case.number, near.case.id))
        }));
    }
    if run.is_rehearsal() {
        return Ok(());
    }
    let by = Viewer::system(format!("job {}", run.name()));
    while let Some((_, number, case)) = due.pop_first() {
        if run.is_stopping() {
            break;
        }
        let mut next = None;
        let work = async {
            next = let_silence_act(run.store(), &by, case).await?.next;
            Ok(())
        };
        run.item::<Fault>(&number, work).await;
        if let Some(day) = next {
            due.insert((day, number, case));
        }
    }
    Ok(())
}

/// To whom warnings go.
struct Office {
    officers: HashMap<Uuid, Vec<Uuid>>,
    heads: HashMap<Uuid, Vec<Uuid>>,
    centre: Vec<Uuid>,
    people: HashMap<Uuid, account::Model>,
}

impl Office {
    async fn load(run: &Run) -> Result<Self, Fault> {
        let db = run.store().db();
        let mut people: HashMap<Uuid, account::Model> = HashMap::new();
        for role in [Role::WindowOfficer, Role::DepartmentHead, Role::Centre] {
            let found = account::repository::enabled_in_role(db, role).await?;
            people.extend(found.into_iter().map(|person| (person.id, person)));
        }
        let by_department = |role: Role| {
            let mut of: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
            for person in people.values().filter(|person| person.role == role) {
                if let Some(department) = person.department_id {
                    of.entry(department).or_default().push(person.id);
                }
            }
            of
        };
        let centre = people.values().filter(|person| person.role == Role::Centre);
        Ok(Self {
            officers: by_department(Role::WindowOfficer),
            heads: by_department(Role::DepartmentHead),
            centre: centre.map(|person| person.id).collect(),
            people,
        })
    }

    /// The officer who has taken the case, or all of the department; its heads; the service centre.
    fn of(&self, case: &case::Model) -> Vec<(Uuid, Text)> {
        let own = |people: &HashMap<Uuid, Vec<Uuid>>| {
            people.get(&case.department_id).cloned().unwrap_or_default()
        };
        let taken = case.officer_id.filter(|id| self.people.contains_key(id));
        let officers = taken.map_or_else(|| own(&self.officers), |officer| vec![officer]);
        let parts = [
            (
                officers,
                Text::new("由您所在窗口承办", "your window handles the cases"),
            ),
            (
                own(&self.heads),
                Text::new("由您的部门负责", "your department is in charge"),
            ),
            (
                self.centre.clone(),
                Text::new(
                    "企业服务中心须掌握全部将默许决定的办件",
                    "the service centre is informed of every case that silence will decide",
                ),
            ),
        ];
        let mut seen = HashSet::new();
        let all = parts
            .into_iter()
            .flat_map(|(people, why)| people.into_iter().map(move |person| (person, why.clone())));
        all.filter(|(person, _)| seen.insert(*person)).collect()
    }
}

/// What one letter warns of: cases with the same last days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Batch {
    person: Uuid,
    act_by: NaiveDate,
    last_day: NaiveDate,
    /// By the park's own rule silence waits for the warning, so that it is of use for ever.
    waits: bool,
}

/// Warns of what silence will bring about. A warning that could not be sent until then is worthless, and told to the supervisor as every letter
/// whose time has passed; one for which silence waits is sent without end.
async fn warn(run: &Run) -> Result<(), Fault> {
    let office = Office::load(run).await?;
    let mut batches: BTreeMap<Batch, Vec<(SilenceLine, Vec<Crossed>)>> = BTreeMap::new();
    let mut reasons: HashMap<Uuid, Text> = HashMap::new();
    let mut walk = Walk::begin(run).await?;
    while let Some(found) = walk.next(run).await? {
        let lines = Lines::load(run, &found).await?;
        for near in &found {
            let What::Warn(left) = near.today else {
                continue;
            };
            for (person, why) in office.of(&near.case) {
                let Some(crossed) = lines.crossed(near, left, person) else {
                    run.skip();
                    continue;
                };
                reasons.entry(person).or_insert(why);
                let batch = Batch {
                    person,
                    act_by: near.coming.shown_on,
                    last_day: near.coming.last_day,
                    waits: near.coming.act == Act::Pending,
                };
                let line = lines.line(near);
                batches.entry(batch).or_default().push((line, crossed));
            }
        }
    }
    let mut letters = Vec::new();
    for (batch, mut lines) in batches {
        let told = office.people.get(&batch.person);
        let Some((person, why)) = told.zip(reasons.get(&batch.person)) else {
            continue;
        };
        while !lines.is_empty() {
            let rest = lines.split_off(lines.len().min(TOGETHER));
            letters.push(letter(run, person, batch, lines, why.clone()));
            lines = rest;
        }
    }
    run.write_all(letters).await;
    Ok(())
}

fn letter<'a>(
    run: &Run,
    person: &'a account::Model,
    batch: Batch,
    lines: Vec<(SilenceLine, Vec<Crossed>)>,
    why: Text,
) -> Written<'a> {
    let from = batch.last_day.succ_opt().unwrap_or(batch.last_day);
    let (lines, crossed): (Vec<SilenceLine>, Vec<Vec<Crossed>>) = lines.into_iter().unzip();
    let crossed: Vec<Crossed> = crossed.into_iter().flatten().collect();
    let said = |line: &SilenceLine| {
        let item = line.item.in_language(person.language);
        format!(
            "{} | {} | {} | {item}",
            batch.act_by, line.number, line.enterprise
        )
    };
    // What it tells first is new: nobody else's letter and no other letter of this person has told it.
    let first = crossed.first();
    let key = first.map_or_else(String::new, |one| {
        format!(
            "silence_warning:{}:{}:{}",
            one.subject_id, one.threshold, person.id
        )
    });
    let why_lines = lines.iter().map(said).collect();
    let facts = facts::SilenceWarning {
        name: person.name.clone(),
        act_by: batch.act_by,
        from,
        lines,
        why,
    };
    let letter = NewLetter::new(
        key,
        Kind::SilenceWarning,
        Class::MustNotMiss,
        person.id,
        &facts,
    );
    let not_after = (!batch.waits).then(|| instant_of(from, 0, 0, run.store().zone()));
    Written {
        what: format!("silence until {} {}", batch.act_by, person.login),
        recipient: person,
        why: why_lines,
        letter: letter.map(|letter| NewLetter {
            not_after,
            ..letter
        }),
        crossed,
    }
}

/// What the lines of a part need to be put into words, and what was told of them before.
struct Lines {
    items: HashMap<Uuid, Text>,
    enterprises: HashMap<Uuid, String>,
    told: HashSet<(Uuid, String, Uuid)>,
}

impl Lines {
    async fn load(run: &Run, found: &[Near]) -> Result<Self, Fault> {
        let (db, viewer) = (run.store().db(), run.viewer());
        let warned = found
            .iter()
            .filter(|near| matches!(near.today, What::Warn(_)));
        let warned: Vec<&Near> = warned.collect();
        let keys = |of: fn(&Near) -> Uuid| -> Vec<Uuid> {
            let keys: BTreeSet<Uuid> = warned.iter().map(|near| of(near)).collect();
            keys.into_iter().collect()
        };
        let items = item::Entity::of_ids(db, viewer, &keys(|near| near.case.item_id)).await?;
        let firms = keys(|near| near.case.enterprise_id);
        let firms = enterprise::Entity::of_ids(db, viewer, &firms).await?;
        let limits = keys(|near| near.limit.id);
        Ok(Self {
            items: items
                .into_iter()
                .map(|item| (item.id, Text::new(item.name_zh, item.name_en)))
                .collect(),
            enterprises: firms
                .into_iter()
                .map(|firm| (firm.id, firm.name_zh))
                .collect(),
            told: warning::repository::told(db, &limits).await?,
        })
    }

    /// What `person` is told of `near` by this warning, the warnings that it replaces included; nothing where it was told before.
    fn crossed(&self, near: &Near, left: u32, person: Uuid) -> Option<Vec<Crossed>> {
        let untold = |left: &u32| {
            let threshold = threshold(*left, near.coming.shown_on);
            !self.told.contains(&(near.limit.id, threshold, person))
        };
        if !untold(&left) {
            return None;
        }
        let mut all: Vec<u32> = WARNED.into_iter().filter(|one| *one >= left).collect();
        all.sort_unstable();
        let crossed = all.into_iter().filter(untold).map(|one| Crossed {
            subject_kind: Cases::NAME,
            subject_id: near.limit.id,
            threshold: threshold(one, near.coming.shown_on),
            superseded: one != left,
        });
        Some(crossed.collect())
    }

    fn line(&self, near: &Near) -> SilenceLine {
        let case = &near.case;
        SilenceLine {
            number: case.number.clone(),
            item: self
                .items
                .get(&case.item_id)
                .cloned()
                .unwrap_or_else(|| Text::new("", "")),
            enterprise: self
                .enterprises
                .get(&case.enterprise_id)
                .cloned()
                .unwrap_or_default(),
            step: near.coming.act.step(),
            path: link::case(case.id),
        }
    }
}
