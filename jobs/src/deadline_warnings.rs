//! The digest: per person and working day at most one letter with what falls due and what is overdue. Decided by state, not by
//! time: every threshold that has been crossed and was not told yet is told, however many mornings were missed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::{
    account,
    acknowledgement::rules::pairs_at_rest,
    calendar::{self, rules::Calendar},
    clock::civil_date,
    deadline::rules::{Light, is_yellow},
    error::Fault,
    language::Text,
    link, notice,
    obligation::repository::{Owed, to_warn},
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue_with_id},
        facts::{self, DigestLine, DigestNotice, Urgency},
    },
    preference::{self, rules::wants},
    store::Store,
    warning::{self, SubjectKind, commands::Crossed},
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::{
    job::{Job, Run},
    pause_end::tell_of_ends,
    responsible::Responsible,
};

/// The job.
#[derive(Debug)]
pub struct DeadlineWarnings;

/// How many lines a digest has at most; what is left out stays untold and comes the next day.
const LONGEST: usize = 60;

/// One matter as one person hears of it.
pub(crate) struct Item {
    pub(crate) line: DigestLine,
    pub(crate) subject: Uuid,
    thresholds: Vec<String>,
}

impl Job for DeadlineWarnings {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let today = store.today();
            let calendar = calendar::repository::in_force(store.db()).await?;
            if !calendar.is_working_day(today) {
                return Ok(());
            }
            if !run.is_rehearsal() {
                tell_of_ends(run).await?;
            }
            let lit = lit(store, &calendar, today).await?;
            let ids: Vec<Uuid> = lit.iter().map(|(owed, _)| owed.obligation.id).collect();
            let told = warning::repository::told(store.db(), &ids).await?;
            let at_rest = pairs_at_rest(&told, today);
            let responsible = Responsible::load(store, lit.iter().map(|(owed, _)| owed)).await?;
            let head = Text::new(
                "红灯事项同时通知部门负责人",
                "red matters go to the head of department too",
            );
            let mut items: BTreeMap<Uuid, Vec<Item>> = BTreeMap::new();
            for (owed, light) in &lit {
                let mut people = responsible.owners(owed);
                if *light == Light::Red {
                    for (head, why) in responsible.heads(owed, &head) {
                        if people.iter().all(|(person, _)| *person != head) {
                            people.push((head, why));
                        }
                    }
                }
                for (person, why) in people {
                    let item = item(owed, *light, today, &calendar, why);
                    items.entry(person).or_default().push(item);
                }
            }
            let mut notices: BTreeMap<Uuid, Vec<notice::Model>> = BTreeMap::new();
            for notice in notice::repository::waiting(store.db()).await? {
                notices.entry(notice.recipient_id).or_default().push(notice);
            }
            let recipients: BTreeSet<Uuid> = items.keys().chain(notices.keys()).copied().collect();
            let recipients: Vec<Uuid> = recipients.into_iter().collect();
            let wishes = preference::repository::of_many(store.db(), &recipients).await?;
            for person in account::repository::named(store.db(), &recipients).await? {
                if run.is_stopping() {
                    break;
                }
                let items = items.remove(&person.id).unwrap_or_default();
                let notices = notices.remove(&person.id).unwrap_or_default();
                let wants = |item: &Item| {
                    let wishes = wishes.get(&person.id);
                    wishes.is_none_or(|wishes| wants(wishes, item.line.urgency, today))
                };
                let told = |item: &Item| {
                    item.thresholds.last().is_some_and(|threshold| {
                        told.contains(&(item.subject, threshold.clone(), person.id))
                    })
                };
                let lines: Vec<Item> = items
                    .into_iter()
                    .filter(wants)
                    .map(|mut item| {
                        item.line.new = !told(&item);
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
                let nothing_new = notices.is_empty() && !lines.iter().any(|item| item.line.new);
                if !person.is_enabled() || nothing_new {
                    run.skip();
                    continue;
                }
                digest(run, &person, lines, &notices, today).await;
            }
            Ok(())
        })
    }
}

/// Everything open whose light is at least yellow.
pub(crate) async fn lit(
    store: &Store,
    calendar: &Calendar,
    today: NaiveDate,
) -> Result<Vec<(Owed, Light)>, Fault> {
    walk(store, calendar, today, false).await
}

/// Everything open past its statutory limit.
pub(crate) async fn black(
    store: &Store,
    calendar: &Calendar,
    today: NaiveDate,
) -> Result<Vec<Owed>, Fault> {
    let lit = walk(store, calendar, today, true).await?;
    Ok(lit.into_iter().map(|(owed, _)| owed).collect())
}

async fn walk(
    store: &Store,
    calendar: &Calendar,
    today: NaiveDate,
    statutory_overdue: bool,
) -> Result<Vec<(Owed, Light)>, Fault> {
    let least = if statutory_overdue {
        Light::Black
    } else {
        Light::Yellow
    };
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let (part, walked) = to_warn(store.db(), today, statutory_overdue, after, 500).await?;
        for owed in part {
            let light = owed.deadline.value().light(today, calendar);
            if light >= least {
                found.push((owed, light));
            }
        }
        if walked.is_none() {
            return Ok(found);
        }
        after = walked;
    }
}

/// The matter as the person hears of it who is told because of `why`.
pub(crate) fn item(
    owed: &Owed,
    light: Light,
    today: NaiveDate,
    calendar: &Calendar,
    mut why: Text,
) -> Item {
    let deadline = owed.deadline.value();
    let remaining = deadline.remaining(today, calendar);
    let (urgency, name, zh, en) = match light {
        Light::Black => (
            Urgency::Black,
            "BLACK",
            "已超过法定时限",
            "its statutory limit has passed",
        ),
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
        Light::Yellow | Light::Green | Light::Grey => (
            Urgency::Yellow,
            "YELLOW",
            "时限只剩三成",
            "the last 30 % of its days have begun",
        ),
    };
    why = Text::new(format!("{zh}；{}", why.zh), format!("{en}; {}", why.en));
    let at = |name: &str| format!("{name}:{}", owed.deadline.due_on);
    let mut thresholds = Vec::new();
    if is_yellow(deadline.length(calendar), remaining) && name != "YELLOW" {
        thresholds.push(at("YELLOW"));
    }
    if light >= Light::Red {
        thresholds.push(at("ORANGE"));
    }
    thresholds.push(at(name));
    Item {
        line: DigestLine {
            urgency,
            new: true,
            enterprise: owed.enterprise_name.clone(),
            item: Text::new(
                owed.commitment.text_zh.clone(),
                owed.commitment.text_en.clone(),
            ),
            occasion: owed.obligation.occasion.clone(),
            due_on: owed.deadline.due_on,
            remaining,
            provisional: owed.deadline.provisional,
            why,
            path: link::obligation(owed.obligation.id),
        },
        subject: owed.obligation.id,
        thresholds,
    }
}

/// Writes the digest of one person and records what it tells, in one transaction. When the person has had today's digest, nothing
/// is recorded, and the next one tells it.
async fn digest(
    run: &Run,
    person: &account::Model,
    mut items: Vec<Item>,
    notices: &[notice::Model],
    today: NaiveDate,
) {
    items.sort_by(|a, b| {
        (a.line.urgency, a.line.due_on, a.subject).cmp(&(b.line.urgency, b.line.due_on, b.subject))
    });
    let left_out = items.len().saturating_sub(LONGEST);
    items.truncate(LONGEST);
    run.plan(
        person,
        items
            .iter()
            .map(|item| {
                format!(
                    "{:?} {} | {} | {} | {}",
                    item.line.urgency,
                    item.line.due_on,
                    item.line.enterprise,
                    item.line.item.in_language(person.language),
                    item.line.why.in_language(person.language),
                )
            })
            .chain(notices.iter().map(|notice| {
                let title = notice.title();
                title.in_language(person.language).to_owned()
            }))
            .collect(),
    );
    if run.is_rehearsal() {
        return;
    }
    let work = async {
        let unit = run.begin().await?;
        let facts = facts::Digest {
            name: person.name.clone(),
            date: today,
            late: run.is_late(),
            lines: items.iter().map(|item| item.line.clone()).collect(),
            left_out,
            notices: notices
                .iter()
                .map(|notice| DigestNotice {
                    title: notice.title(),
                    on: civil_date(notice.created_at, run.store().zone()),
                    path: notice.path.clone(),
                })
                .collect(),
        };
        let letter = NewLetter::new(
            format!("digest:{today}:{}", person.id),
            Kind::Digest,
            Class::MustNotDouble,
            person.id,
            &facts,
        )?;
        let Some(id) = enqueue_with_id(&unit, letter).await? else {
            return Ok(());
        };
        let crossed = items
            .iter()
            .flat_map(|item| {
                let last = item.thresholds.len().saturating_sub(1);
                item.thresholds
                    .iter()
                    .enumerate()
                    .map(move |(position, threshold)| Crossed {
                        subject_kind: SubjectKind::Obligation,
                        subject_id: item.subject,
                        threshold: threshold.clone(),
                        superseded: position != last,
                    })
            })
            .collect();
        warning::commands::record(&unit, person.id, Some(id), crossed).await?;
        let said: Vec<Uuid> = notices.iter().map(|notice| notice.id).collect();
        notice::commands::said_by(&unit, id, &said).await?;
        run.commit(unit).await
    };
    run.item::<Fault>(&person.login, work).await;
}
