//! Letters that reach nobody are told to somebody else: what one official cannot be told goes to the deputy or the head of the
//! department, what passed in silence to the supervisor, what is about accounts or the mail itself to the administrator. The
//! recipient finds a notice in the app in any case.

use std::collections::{BTreeMap, HashMap};

use entity::{
    absence::{self, rules::Leaves},
    account,
    clock::civil_date,
    error::Fault,
    language::Text,
    liaison,
    notice::{self, commands::NewNotice},
    outbox::{
        self, Class, Kind,
        commands::{NewLetter, enqueue_all, escalated},
        facts::{self, UndeliveredLetter},
        repository::to_escalate,
        rules::{Escalation, escalation, fate},
    },
    store::Store,
    viewer::Role,
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::job::{Job, Run, TOGETHER, in_role_or_centre};

/// The job.
#[derive(Debug)]
pub struct Undelivered;

impl Job for Undelivered {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            loop {
                let letters = to_escalate(store.db(), store.now(), TOGETHER as u64).await?;
                let (Some(first), false) = (letters.first(), run.is_stopping()) else {
                    return Ok(());
                };
                let what = format!("letters from {}", first.id);
                let others = Others::load(store, &letters).await?;
                for letter in &letters {
                    for (person, _) in others.of(letter) {
                        if let Some(person) = others.people.get(&person) {
                            run.plan(person, vec![format!("{:?} {}", letter.state, letter.key)]);
                        }
                    }
                }
                if run.is_rehearsal() {
                    return Ok(());
                }
                let failed = run.counts().failed;
                run.item::<Fault>(&what, tell(run, &others, letters)).await;
                if run.counts().failed > failed {
                    return Ok(());
                }
            }
        })
    }
}

async fn tell(run: &Run, others: &Others, letters: Vec<outbox::Model>) -> Result<(), Fault> {
    let unit = run.begin().await?;
    let letters = escalated(&unit, letters).await?;
    let mut told: BTreeMap<(Uuid, Escalation), Vec<&outbox::Model>> = BTreeMap::new();
    let mut notices = Vec::with_capacity(letters.len());
    for letter in &letters {
        notices.push(told_by(others, letter));
        for (person, because) in others.of(letter) {
            if letter.kind == Kind::Undelivered {
                // Letters about letters would never end.
                notices.push(NewNotice {
                    key: format!("undelivered:{}:{person}", letter.id),
                    recipient_id: person,
                    ..told_by(others, letter)
                });
            } else {
                told.entry((person, because)).or_default().push(letter);
            }
        }
    }
    notice::commands::tell_all(&unit, notices).await?;
    let mut written = Vec::with_capacity(told.len());
    for ((person_id, because), letters) in told {
        let (Some(person), Some(first)) = (others.people.get(&person_id), letters.first()) else {
            continue;
        };
        let facts = facts::Undelivered {
            name: person.name.clone(),
            letters: letters
                .iter()
                .map(|letter| others.line(run.store(), letter))
                .collect(),
            why: why(because),
        };
        let key = format!("undelivered:{}:{because:?}:{person_id}", first.id);
        let class = Class::MustNotMiss;
        written.push(NewLetter::new(
            key,
            Kind::Undelivered,
            class,
            person_id,
            &facts,
        )?);
    }
    enqueue_all(&unit, written).await?;
    run.commit(unit).await
}

/// The notice to the recipient of a letter that did not arrive.
fn told_by(others: &Others, letter: &outbox::Model) -> NewNotice {
    let label = letter.kind.label();
    let recipient = others.people.get(&letter.recipient_id);
    let name = recipient.map_or("", |person| person.name.as_str());
    NewNotice {
        key: format!("undelivered:{}", letter.id),
        recipient_id: letter.recipient_id,
        kind: Kind::Undelivered.name(),
        title: Text::new(
            format!("给 {name} 的邮件未能送达：{}", label.zh),
            format!("An e-mail to {name} could not be delivered: {}", label.en),
        ),
        path: None,
        letter_id: Some(letter.id),
        waits_for_digest: false,
    }
}

fn why(because: Escalation) -> Text {
    match because {
        Escalation::StandIn => Text::new(
            "收件人收不到邮件，由您代为知悉",
            "the recipient cannot be reached, and you are the deputy or in charge",
        ),
        Escalation::Supervisor => Text::new(
            "过期未发的邮件须报监督机构",
            "the supervisor is informed when an e-mail could not be sent in time",
        ),
        Escalation::Administrator => {
            Text::new("您管理账户和邮件", "you look after accounts and mail")
        }
    }
}

/// Everybody who may be told in the place of a recipient.
struct Others {
    people: HashMap<Uuid, account::Model>,
    leaves: Leaves,
    liaisons: Vec<liaison::Model>,
}

impl Others {
    async fn load(store: &Store, letters: &[outbox::Model]) -> Result<Self, Fault> {
        let db = store.db();
        let recipients: Vec<Uuid> = letters.iter().map(|letter| letter.recipient_id).collect();
        let mut people = account::repository::named(db, &recipients).await?;
        let enterprises: Vec<Uuid> = people.iter().filter_map(|one| one.enterprise_id).collect();
        let mut liaisons = liaison::repository::in_charge_of(db, &enterprises).await?;
        liaisons.extend(liaison::repository::in_charge_by(db, &recipients).await?);
        for role in [Role::Supervisor, Role::Admin] {
            people.extend(in_role_or_centre(store, role).await?);
        }
        for role in [Role::DepartmentHead, Role::Centre] {
            people.extend(account::repository::enabled_in_role(db, role).await?);
        }
        let leaves = absence::repository::leaves(db).await?;
        let stand_ins = people.iter().filter_map(|one| leaves.stand_in(one.id));
        let named = liaisons
            .iter()
            .flat_map(|row| [Some(row.account_id), row.deputy_id]);
        let more: Vec<Uuid> = stand_ins
            .map(|(_, deputy)| deputy)
            .chain(named.flatten())
            .collect();
        people.extend(account::repository::named(db, &more).await?);
        Ok(Self {
            people: people.into_iter().map(|one| (one.id, one)).collect(),
            leaves,
            liaisons,
        })
    }

    /// Who is told of this letter, and why.
    fn of(&self, letter: &outbox::Model) -> Vec<(Uuid, Escalation)> {
        let because = escalation(letter);
        let recipient = letter.recipient_id;
        let found = match because {
            Escalation::Supervisor => self.in_role(Role::Supervisor, recipient),
            Escalation::Administrator => self.in_role(Role::Admin, recipient),
            Escalation::StandIn => self.in_place_of(recipient),
        };
        let found = [found, self.in_role(Role::Centre, recipient)]
            .into_iter()
            .chain([self.in_role(Role::Admin, recipient)])
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        found.into_iter().map(|person| (person, because)).collect()
    }

    /// Whoever stands in during a leave; for a liaison the deputies, for a contact the liaison; else the heads of the department.
    fn in_place_of(&self, recipient: Uuid) -> Vec<Uuid> {
        let Some(person) = self.people.get(&recipient) else {
            return Vec::new();
        };
        if let Some((_, deputy)) = self.leaves.stand_in(recipient) {
            return vec![deputy];
        }
        let mut found: Vec<Uuid> = match person.role {
            Role::Enterprise => {
                let own = |row: &&liaison::Model| Some(row.enterprise_id) == person.enterprise_id;
                self.liaisons
                    .iter()
                    .filter(own)
                    .map(|row| row.account_id)
                    .collect()
            }
            _ => {
                let own = |row: &&liaison::Model| row.account_id == recipient;
                self.liaisons
                    .iter()
                    .filter(own)
                    .filter_map(|row| row.deputy_id)
                    .collect()
            }
        };
        self.only_present(&mut found, recipient);
        if found.is_empty() && person.department_id.is_some() {
            found = self
                .in_role(Role::DepartmentHead, recipient)
                .into_iter()
                .filter(|head| {
                    self.people
                        .get(head)
                        .is_some_and(|head| head.department_id == person.department_id)
                })
                .collect();
        }
        found
    }

    fn in_role(&self, role: Role, but: Uuid) -> Vec<Uuid> {
        let mut found: Vec<Uuid> = self
            .people
            .values()
            .filter(|person| person.role == role)
            .map(|person| person.id)
            .collect();
        self.only_present(&mut found, but);
        found
    }

    fn only_present(&self, found: &mut Vec<Uuid>, but: Uuid) {
        let enabled = |id: &Uuid| self.people.get(id).is_some_and(account::Model::is_enabled);
        found.retain(|id| *id != but && enabled(id));
        found.sort_unstable();
        found.dedup();
    }

    fn line(&self, store: &Store, letter: &outbox::Model) -> UndeliveredLetter {
        let recipient = self.people.get(&letter.recipient_id);
        let path = letter.facts.get("path").and_then(|path| path.as_str());
        UndeliveredLetter {
            recipient: recipient.map(|one| one.name.clone()).unwrap_or_default(),
            kind: letter.kind.label(),
            on: civil_date(letter.created_at, store.zone()),
            state: fate(letter.state),
            path: path.filter(|_| !letter.kind.is_secret()).map(str::to_owned),
        }
    }
}
