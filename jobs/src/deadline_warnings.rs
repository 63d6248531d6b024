//! The digest: per person and working day at most one letter with what falls due, what is overdue and what has begun to be owed.
//! Decided by state, not by time: every threshold that has been crossed and was not told yet is told, however many mornings were
//! missed. One that never went is replaced by the next (补发), which says what is true by then.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{NaiveDate, TimeDelta};
use entity::{
    account,
    acknowledgement::rules::pairs_at_rest,
    calendar::{self, rules::Calendar},
    clock::{civil_date, instant_of},
    deadline::{
        Matter,
        repository::{self, opened_since},
        rules::{Light, is_yellow},
    },
    error::Fault,
    kinds,
    language::Text,
    notice,
    outbox::{
        self, Class, Kind,
        commands::{NewLetter, enqueue_with_id},
        facts::{self, DigestLine, DigestNotice, Urgency},
    },
    preference::{
        self,
        rules::{is_day_left, wanted_from, wants},
    },
    store::Store,
    warning::{self, commands::Crossed},
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::{
    job::{Job, Run},
    pause_end::tell_of_ends,
    responsible::Responsible,
    unanswered::remind,
};

/// The job.
#[derive(Debug)]
pub struct DeadlineWarnings;

/// How many lines a digest has at most. What is left out is told in their number alone; it stays untold, and comes first the next day.
const LONGEST: usize = 60;

/// For how long a digest that could have gone says what is true.
const FRESH: TimeDelta = TimeDelta::hours(1);

/// For how long something that has begun to be owed is new to whoever was not told: longer than any holiday and most outages.
const NEW_FOR: TimeDelta = TimeDelta::days(31);

/// One matter as one person hears of it.
pub(crate) struct Item {
    pub(crate) line: DigestLine,
    pub(crate) subject: Uuid,
    pub(crate) kind: &'static str,
    thresholds: Vec<String>,
    /// Of what ends: whether this letter is the first that tells of it, and goes to the enterprise.
    follows: Option<bool>,
}

impl Job for DeadlineWarnings {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let (zone, today) = (store.zone(), store.today());
            let calendar = calendar::repository::in_force(store).await?;
            if !is_day_left(store.now(), zone, &calendar) {
                return Ok(());
            }
            if !run.is_rehearsal() {
                tell_of_ends(run).await?;
            }
            remind(run, &calendar).await?;
            let mut unsent = outbox::repository::waiting_of_kind(store.db(), Kind::Digest).await?;
            unsent.retain(|letter| civil_date(letter.not_before, zone) < today);
            tell(run, &calendar, &unsent, To::Everybody).await
        })
    }
}

/// Whose digests are written.
#[derive(Clone, Copy)]
enum To<'a> {
    /// 每人: everybody's.
    Everybody,
    /// One person's, in the place of a digest that is out of date.
    One(Uuid),
    /// Those of the people who answer for these subjects, of which nobody was told: beside the digest of the day.
    Forgotten(&'a HashSet<Uuid>),
}

/// Whether a letter [of its day](Kind::is_of_its_day) no longer says what is true: its day is over, or it is a digest that could have
/// gone an hour ago.
pub(crate) fn is_out_of_date(
    letter: &outbox::Model,
    wishes: &preference::Model,
    store: &Store,
    calendar: &Calendar,
) -> bool {
    letter.kind.is_of_its_day()
        && (civil_date(letter.not_before, store.zone()) < store.today()
            || letter.kind == Kind::Digest && is_held_up(letter, wishes, store, calendar))
}

/// Whether something else than the wishes of its reader has kept a letter from going for an hour.
fn is_held_up(
    letter: &outbox::Model,
    wishes: &preference::Model,
    store: &Store,
    calendar: &Calendar,
) -> bool {
    let written = letter.not_before;
    let wanted = wanted_from(wishes, letter.kind, written, store.zone(), calendar);
    store.now() - wanted > FRESH
}

/// Puts a digest that is out of date aside, and writes what is true now.
pub(crate) async fn renew(
    run: &Run,
    calendar: &Calendar,
    letter: outbox::Model,
) -> Result<(), Fault> {
    let to = To::One(letter.recipient_id);
    tell(run, calendar, &[letter], to).await
}

/// Tells those who answer for `subjects`, of which nobody was told, in a letter of its own beside the digest of the day; but not whom that
/// has told of them in the number of what it leaves out.
pub(crate) async fn tell_forgotten(
    run: &Run,
    calendar: &Calendar,
    subjects: &HashSet<Uuid>,
) -> Result<(), Fault> {
    tell(run, calendar, &[], To::Forgotten(subjects)).await
}

/// Writes digests. What those in `unsent` were to tell was never told: they end as superseded, and it is told anew.
async fn tell(
    run: &Run,
    calendar: &Calendar,
    unsent: &[outbox::Model],
    to: To<'_>,
) -> Result<(), Fault> {
    let store = run.store();
    let today = store.today();
    let mut matters = walk(store, calendar, today, Light::Yellow).await?;
    match to {
        To::Forgotten(ids) => matters.retain(|(matter, _)| ids.contains(&matter.subject.key)),
        To::Everybody | To::One(_) => matters.extend(opened(store, today).await?),
    }
    let ids: Vec<Uuid> = matters
        .iter()
        .map(|(matter, _)| matter.subject.key)
        .collect();
    let superseded: HashSet<Uuid> = unsent.iter().map(|letter| letter.id).collect();
    let told = warning::repository::told_but_by(store.db(), &ids, &superseded).await?;
    let at_rest = pairs_at_rest(&told, today);
    let counted = match to {
        To::Forgotten(_) => left_out_today(store, &ids).await?,
        To::Everybody | To::One(_) => HashSet::new(),
    };
    let responsible = Responsible::load(store, matters.iter().map(|(matter, _)| matter)).await?;
    let head = Text::new(
        "红色预警事项同时通知部门负责人",
        "red matters are also reported to the head of department",
    );
    let mut items: BTreeMap<Uuid, Vec<Item>> = BTreeMap::new();
    for (matter, light) in &matters {
        let mut people = responsible.told(matter, today);
        if *light == Light::Red && matter.subject.is_owed() {
            for (head, why) in responsible.heads(matter, &head) {
                if people.iter().all(|(person, _)| *person != head) {
                    people.push((head, why));
                }
            }
        }
        // One letter carries what follows: that to the first contact of the enterprise, or any where there is none.
        let contact = responsible.contacts(matter).first();
        for (person, why) in people {
            let is_of_other = matches!(to, To::One(only) if only != person);
            if is_of_other || counted.contains(&(matter.subject.key, person)) {
                continue;
            }
            let mut item = item(matter, *light, today, calendar, why);
            let is_untold = |one: &String| !told.contains(&(item.subject, one.clone(), person));
            let carries = !matter.subject.is_owed()
                && contact.is_none_or(|contact| contact.id == person)
                && item.thresholds.iter().all(is_untold);
            item.follows = carries.then_some(contact.is_some());
            items.entry(person).or_default().push(item);
        }
    }
    let mut notices: BTreeMap<Uuid, Vec<notice::Model>> = BTreeMap::new();
    if !matches!(to, To::Forgotten(_)) {
        let unsent: Vec<(Uuid, String)> = unsent
            .iter()
            .map(|letter| (letter.id, letter.key.clone()))
            .collect();
        for notice in notice::repository::waiting(store.db(), &unsent).await? {
            notices.entry(notice.recipient_id).or_default().push(notice);
        }
    }
    let mut recipients: BTreeSet<Uuid> = items.keys().chain(notices.keys()).copied().collect();
    recipients.extend(unsent.iter().map(|letter| letter.recipient_id));
    if let To::One(person) = to {
        recipients.retain(|recipient| *recipient == person);
    }
    let recipients: Vec<Uuid> = recipients.into_iter().collect();
    let wishes = preference::repository::of_many(store.db(), &recipients).await?;
    let people = account::repository::named(store.db(), &recipients).await?;
    let mut digests = Vec::with_capacity(people.len());
    for person in &people {
        let wishes = wishes
            .get(&person.id)
            .cloned()
            .unwrap_or_else(|| preference::Model::of_nobody_yet(person.id));
        let is_told = |item: &Item| {
            item.thresholds.last().is_some_and(|threshold| {
                told.contains(&(item.subject, threshold.clone(), person.id))
            })
        };
        let lines: Vec<Item> = items
            .remove(&person.id)
            .unwrap_or_default()
            .into_iter()
            .filter(|item| wants(&wishes, item.line.urgency, today))
            // What has ended is told no more.
            .filter(|item| !item.thresholds.is_empty())
            .map(|mut item| {
                item.line.new = !is_told(&item);
                item
            })
            .filter(|item| item.line.new || item.line.urgency <= Urgency::Red)
            // What the person has acknowledged is not repeated for a while, except what is beyond the law.
            .filter(|item| {
                item.line.new
                    || item.line.urgency == Urgency::Black
                    || !at_rest.contains(&(item.subject, person.id))
            })
            .collect();
        let notices = notices.remove(&person.id).unwrap_or_default();
        let unsent = unsent.iter().filter(|old| old.recipient_id == person.id);
        let unsent: Vec<&outbox::Model> = unsent.collect();
        let says =
            person.is_enabled() && !(notices.is_empty() && lines.iter().all(|item| !item.line.new));
        if !says && unsent.is_empty() {
            run.skip();
            continue;
        }
        let held_up = |old: &&outbox::Model| is_held_up(old, &wishes, store, calendar);
        let late = run.is_late() || matches!(to, To::Forgotten(_)) || unsent.iter().any(held_up);
        digests.push(Digest {
            person,
            lines: if says { lines } else { Vec::new() },
            notices: if says { notices } else { Vec::new() },
            late,
            unsent,
            beside: matches!(to, To::Forgotten(_)),
        });
    }
    let keys: Vec<String> = digests.iter().map(|digest| digest.key(today)).collect();
    let used = outbox::repository::used(store.db(), &keys).await?;
    for (digest, key) in digests.into_iter().zip(keys) {
        if run.is_stopping() {
            break;
        }
        let is_used = used.contains(&key);
        digest.write(run, today, key, is_used).await;
    }
    Ok(())
}

/// Of which of these things the digests of today have told whom only in the number of what they leave out: (thing, person).
pub(crate) async fn left_out_today(
    store: &Store,
    subjects: &[Uuid],
) -> Result<HashSet<(Uuid, Uuid)>, Fault> {
    let since = instant_of(store.today(), 0, 0, store.zone());
    warning::repository::left_out_since(store.db(), subjects, since).await
}

/// Everything overdue that the park owes: only that is late when its day passes.
pub(crate) async fn overdue(
    store: &Store,
    calendar: &Calendar,
    today: NaiveDate,
) -> Result<Vec<(Matter, Light)>, Fault> {
    let mut late = walk(store, calendar, today, Light::Red).await?;
    late.retain(|(matter, _)| matter.subject.is_owed());
    Ok(late)
}

/// Everything open past its statutory limit.
pub(crate) async fn black(
    store: &Store,
    calendar: &Calendar,
    today: NaiveDate,
) -> Result<Vec<Matter>, Fault> {
    let lit = walk(store, calendar, today, Light::Black).await?;
    Ok(lit.into_iter().map(|(matter, _)| matter).collect())
}

/// What has begun to be owed of late and shows green: of everything else its light tells, or a letter of its own has told.
async fn opened(store: &Store, today: NaiveDate) -> Result<Vec<(Matter, Light)>, Fault> {
    let opened = opened_since(store, store.now() - NEW_FOR, today).await?;
    let news = opened
        .into_iter()
        .filter(|matter| !matter.subject.is_announced);
    Ok(news.map(|matter| (matter, Light::Green)).collect())
}

/// Everything open whose light is at least `least`.
async fn walk(
    store: &Store,
    calendar: &Calendar,
    today: NaiveDate,
    least: Light,
) -> Result<Vec<(Matter, Light)>, Fault> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let (part, walked) = repository::lit(store, today, least, after, 500).await?;
        found.extend(part.into_iter().map(|mut matter| {
            let light = matter.limit.light(today);
            matter.limit = matter.limit.as_told(today, calendar);
            (matter, light)
        }));
        if walked.is_none() {
            return Ok(found);
        }
        after = walked;
    }
}

/// The matter as the person hears of it who is told because of `why`.
pub(crate) fn item(
    matter: &Matter,
    light: Light,
    today: NaiveDate,
    calendar: &Calendar,
    mut why: Text,
) -> Item {
    let deadline = matter.limit.value();
    let remaining = deadline.remaining(today, calendar);
    if let Some(ending) = &matter.subject.ending {
        let call = match remaining < 0 {
            true => &ending.call_when_late,
            false => &ending.call,
        };
        let crossed = deadline.crossed(today, calendar).into_iter();
        return Item {
            line: DigestLine {
                call: Some(call.clone()),
                ..line(matter, Urgency::Ending, remaining, why)
            },
            subject: matter.subject.key,
            kind: matter.subject.kind,
            thresholds: crossed.map(|one| deadline.threshold(one)).collect(),
            follows: None,
        };
    }
    let (urgency, name, zh, en) = match light {
        Light::Black => (
            Urgency::Black,
            "BLACK",
            "已超过法定时限",
            "its statutory limit has passed",
        ),
        Light::Red if !matter.subject.is_promise => {
            (Urgency::Red, "RED", "已超过时限", "its limit has passed")
        }
        Light::Red => (
            Urgency::Red,
            "RED",
            "已超过承诺时限",
            "its promised limit has passed",
        ),
        Light::Orange => (
            Urgency::Orange,
            "ORANGE",
            "一个工作日内到期",
            "it is due within one working day",
        ),
        Light::Yellow | Light::Grey => (
            Urgency::Yellow,
            "YELLOW",
            "时限只剩三成",
            "the last 30 % of its days have begun",
        ),
        Light::Green => (Urgency::Opened, "OPENED", "新的履约事项", "new obligation"),
    };
    why = Text::new(format!("{zh}；{}", why.zh), format!("{en}; {}", why.en));
    let at = |name: &str| format!("{name}:{}", matter.limit.due_on);
    let mut thresholds = Vec::new();
    if is_yellow(deadline.length(calendar), remaining) && name != "YELLOW" {
        thresholds.push(at("YELLOW"));
    }
    if light >= Light::Red {
        thresholds.push(at("ORANGE"));
    }
    thresholds.push(match light {
        // Once for ever, whatever becomes of its due date.
        Light::Green => name.to_owned(),
        _ => at(name),
    });
    Item {
        line: line(matter, urgency, remaining, why),
        subject: matter.subject.key,
        kind: matter.subject.kind,
        thresholds,
        follows: None,
    }
}

fn line(matter: &Matter, urgency: Urgency, remaining: i32, why: Text) -> DigestLine {
    let (limit, subject) = (&matter.limit, &matter.subject);
    DigestLine {
        urgency,
        new: true,
        is_promise: subject.is_promise,
        enterprise: subject.enterprise.clone(),
        item: subject.title.clone(),
        occasion: subject.occasion.clone(),
        due_on: limit.due_on,
        remaining,
        provisional: limit.provisional,
        call: None,
        why,
        path: subject.path.clone(),
    }
}

/// The order of the lines of a digest: the most urgent first.
fn in_order(item: &Item) -> (Urgency, NaiveDate, Uuid) {
    (item.line.urgency, item.line.due_on, item.subject)
}

/// The digest of one person.
struct Digest<'a> {
    person: &'a account::Model,
    /// What it lists; nothing when there is nothing to say any more.
    lines: Vec<Item>,
    notices: Vec<notice::Model>,
    late: bool,
    /// Those that never went and that it replaces.
    unsent: Vec<&'a outbox::Model>,
    /// Whether it stands beside the digest of the day.
    beside: bool,
}

impl Digest<'_> {
    /// What makes it the one of its day. One in the place of another of the same day is named after that.
    fn key(&self, today: NaiveDate) -> String {
        let key = format!("digest:{today}:{}", self.person.id);
        let replaced = |old: &&&outbox::Model| old.key.starts_with(&key);
        match self.unsent.iter().rfind(replaced) {
            _ if self.beside => format!("{key}:forgotten"),
            Some(old) => format!("{key}:{}", old.id.simple()),
            None => key,
        }
    }

    /// Writes it under its `key` and records what it tells, and that those it replaces have told nothing, in one transaction. When the
    /// person has had today's digest, nothing is recorded, and the next one tells it.
    async fn write(mut self, run: &Run, today: NaiveDate, key: String, is_used: bool) {
        // Before what is repeated comes what was never told; what is merely new has the room that is left.
        self.lines.sort_by_key(|item| {
            let is_merely_new = item.line.urgency == Urgency::Opened;
            (is_merely_new, !item.line.new, in_order(item))
        });
        let rest = self.lines.split_off(self.lines.len().min(LONGEST));
        self.lines.sort_by_key(in_order);
        let left_out = rest.len();
        let new = rest.into_iter().filter(|item| item.line.new);
        // What was left out stays untold, except what is merely new: it would fill the lists of days to come.
        let (new, untold): (Vec<Item>, Vec<Item>) =
            new.partition(|item| item.line.urgency == Urgency::Opened);
        let has_words = !self.lines.is_empty() || !self.notices.is_empty();
        let says = has_words && !is_used;
        if !says && self.unsent.is_empty() {
            run.skip();
            return;
        }
        if says {
            run.plan(self.person, self.reasons());
        }
        if run.is_rehearsal() {
            return;
        }
        let person = self.person;
        let work = async {
            let unit = run.begin().await?;
            for old in &self.unsent {
                outbox::commands::supersede(&unit, old).await?;
                warning::commands::untold(&unit, old.id).await?;
                notice::commands::not_said_by(&unit, old.id, &old.key).await?;
            }
            if !says {
                return run.commit(unit).await;
            }
            let facts = facts::Digest {
                name: person.name.clone(),
                date: today,
                late: self.late,
                lines: self.lines.iter().map(|item| item.line.clone()).collect(),
                left_out,
                notices: self
                    .notices
                    .iter()
                    .map(|notice| DigestNotice {
                        title: notice.title(),
                        on: civil_date(notice.created_at, run.store().zone()),
                        path: notice.path.clone(),
                    })
                    .collect(),
            };
            let letter =
                NewLetter::new(key, Kind::Digest, Class::MustNotDouble, person.id, &facts)?;
            let Some(id) = enqueue_with_id(&unit, letter).await? else {
                return run.commit(unit).await;
            };
            let crossed = self
                .lines
                .iter()
                .chain(&new)
                .flat_map(|item| {
                    let last = item.thresholds.len().saturating_sub(1);
                    item.thresholds
                        .iter()
                        .enumerate()
                        .map(move |(position, threshold)| Crossed {
                            subject_kind: item.kind,
                            subject_id: item.subject,
                            threshold: threshold.clone(),
                            superseded: position != last,
                        })
                })
                .collect();
            warning::commands::record(&unit, person.id, Some(id), crossed).await?;
            let untold = untold.iter().map(|item| (item.kind, item.subject));
            warning::commands::left_out(&unit, person.id, id, untold).await?;
            for item in &self.lines {
                if let Some(enterprise) = item.follows {
                    kinds::told_of_end(&unit, (item.kind, item.subject), enterprise).await?;
                }
            }
            let said: Vec<Uuid> = self.notices.iter().map(|notice| notice.id).collect();
            notice::commands::said_by(&unit, id, &said).await?;
            run.commit(unit).await
        };
        run.item::<Fault>(&person.login, work).await;
    }

    /// Why it is written, line by line.
    fn reasons(&self) -> Vec<String> {
        let language = self.person.language;
        let of_line = |item: &Item| {
            format!(
                "{:?} {} | {} | {} | {}",
                item.line.urgency,
                item.line.due_on,
                item.line.enterprise,
                item.line.item.in_language(language),
                item.line.why.in_language(language),
            )
        };
        let of_notice = |notice: &notice::Model| notice.title().in_language(language).to_owned();
        let lines = self.lines.iter().map(of_line);
        lines.chain(self.notices.iter().map(of_notice)).collect()
    }
}
