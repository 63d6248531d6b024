//! To whom a matter is told: its owners, the heads of departments, and whoever stands in for somebody on leave.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::{
    absence::{self, rules::Leaves},
    account,
    deadline::Matter,
    error::Fault,
    language::Text,
    liaison,
    store::Store,
    subject::Answers,
    viewer::Role,
};
use uuid::Uuid;

/// People and why they are told.
pub(crate) type Told = Vec<(Uuid, Text)>;

/// To whom each of some matters is told.
pub(crate) struct Responsible {
    owners: HashMap<Uuid, Vec<Uuid>>,
    heads: Heads,
    leaves: Leaves,
    names: HashMap<Uuid, String>,
    /// Of the enterprises for which something ends.
    contacts: HashMap<Uuid, Vec<account::Model>>,
}

impl Responsible {
    pub(crate) async fn load(
        store: &Store,
        matters: impl Iterator<Item = &Matter> + Clone,
    ) -> Result<Self, Fault> {
        let db = store.db();
        let leaves = absence::repository::leaves(db).await?;
        let (keys, who): (Vec<Uuid>, Vec<(Answers, Option<Uuid>)>) = matters
            .clone()
            .map(|Matter { subject, .. }| (subject.key, (subject.answers, subject.enterprise_id)))
            .unzip();
        let answering = liaison::repository::answering(db, &who).await?;
        let ending = matters.clone().filter(|matter| !matter.subject.is_owed());
        let holders: Vec<Uuid> = ending
            .filter_map(|matter| matter.subject.enterprise_id)
            .collect();
        Ok(Self {
            contacts: account::repository::contacts_of_each(db, &holders).await?,
            owners: keys.into_iter().zip(answering).collect(),
            heads: Heads::load(store, matters).await?,
            names: account::repository::names_of(db, &leaves.people()).await?,
            leaves,
        })
    }

    /// Who hears of it on `today`: those who answer for it; that something ends, its enterprise hears, too, and whoever else sees to it.
    pub(crate) fn told(&self, matter: &Matter, today: NaiveDate) -> Told {
        let Some(ending) = &matter.subject.ending else {
            return self.owners(matter);
        };
        let mut people = self.answering(matter);
        if let Some(why) = &ending.centre {
            people.extend(
                self.heads
                    .centre
                    .iter()
                    .map(|person| (*person, why.clone())),
            );
        }
        let left = matter.limit.started_on - today;
        let from = ending.enterprise_from_days;
        if from.is_none_or(|days| left.num_days().unsigned_abs() <= days) {
            let contacts = self.contacts(matter).iter();
            people.extend(contacts.map(|contact| (contact.id, ending.theirs.clone())));
        }
        match people.is_empty() {
            true => self.owners(matter),
            false => self.present(people),
        }
    }

    /// The contacts of the enterprise for which something ends.
    pub(crate) fn contacts(&self, matter: &Matter) -> &[account::Model] {
        let enterprise = matter.subject.enterprise_id.as_ref();
        let contacts = enterprise.and_then(|id| self.contacts.get(id));
        contacts.map_or(&[], Vec::as_slice)
    }

    fn answering(&self, matter: &Matter) -> Told {
        let subject = &matter.subject;
        let owners = self.owners.get(&subject.key).into_iter().flatten();
        owners
            .map(|person| (*person, subject.why.clone()))
            .collect()
    }

    /// Those who answer for it, or the service centre when there is nobody.
    pub(crate) fn owners(&self, matter: &Matter) -> Told {
        let subject = &matter.subject;
        let people = self.answering(matter);
        if !people.is_empty() {
            return self.present(people);
        }
        tracing::error!(kind = subject.kind, id = %subject.id, "nobody answers for this: the service centre is told");
        let why = || Text::new("该事项目前无人负责", "nobody is in charge of it at present");
        let centre = self.heads.centre.iter();
        self.present(centre.map(|person| (*person, why())).collect())
    }

    /// The heads of the department in charge.
    pub(crate) fn heads(&self, matter: &Matter, why: &Text) -> Told {
        let heads = self.heads.of(matter).into_iter();
        self.present(heads.map(|person| (person, why.clone())).collect())
    }

    /// The same people, and for each on leave whoever stands in.
    fn present(&self, people: Told) -> Told {
        let mut present: Told = Vec::with_capacity(people.len());
        for (person, why) in people {
            let (person, why) = match self.leaves.stand_in(person) {
                None => (person, why),
                Some((leave, deputy)) => {
                    let absent = self.names.get(&person).map_or("", String::as_str);
                    let until = leave.until_on;
                    let why = Text::new(
                        format!("代 {absent}（请假至 {until}）：{}", why.zh),
                        format!("for {absent}, on leave until {until}: {}", why.en),
                    );
                    (deputy, why)
                }
            };
            if present.iter().all(|(other, _)| *other != person) {
                present.push((person, why));
            }
        }
        present
    }
}

/// The heads of departments, and the service centre where there is none.
pub(crate) struct Heads {
    by_department: HashMap<Uuid, Vec<Uuid>>,
    department_of_liaison: HashMap<Uuid, Uuid>,
    centre: Vec<Uuid>,
}

impl Heads {
    pub(crate) async fn load(
        store: &Store,
        matters: impl Iterator<Item = &Matter>,
    ) -> Result<Self, Fault> {
        let enterprises: BTreeSet<Uuid> = matters
            .filter_map(|matter| matter.subject.enterprise_id)
            .collect();
        let enterprises = Vec::from_iter(enterprises);
        let liaisons = liaison::repository::in_charge_of(store.db(), &enterprises).await?;
        let people: BTreeSet<Uuid> = liaisons.iter().map(|row| row.account_id).collect();
        let people = Vec::from_iter(people);
        let departments: HashMap<Uuid, Uuid> = account::repository::named(store.db(), &people)
            .await?
            .into_iter()
            .filter_map(|person| Some((person.id, person.department_id?)))
            .collect();
        let mut by_department: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for head in account::repository::enabled_in_role(store.db(), Role::DepartmentHead).await? {
            if let Some(department) = head.department_id {
                by_department.entry(department).or_default().push(head.id);
            }
        }
        Ok(Self {
            by_department,
            department_of_liaison: liaisons
                .iter()
                .filter_map(|row| Some((row.enterprise_id, *departments.get(&row.account_id)?)))
                .collect(),
            centre: account::repository::enabled_in_role(store.db(), Role::Centre)
                .await?
                .into_iter()
                .map(|person| person.id)
                .collect(),
        })
    }

    /// The heads of the department that owns it, or of the liaison's department; else the service centre.
    pub(crate) fn of(&self, matter: &Matter) -> Vec<Uuid> {
        self.of_department(self.department(matter)).to_vec()
    }

    /// The heads of a department, or the service centre where there are none.
    pub(crate) fn of_department(&self, department: Option<Uuid>) -> &[Uuid] {
        department
            .and_then(|department| self.by_department.get(&department))
            .unwrap_or(&self.centre)
    }

    /// The department in charge: that of the matter, or of the liaison who looks after it; none when it is the service centre.
    pub(crate) fn department(&self, matter: &Matter) -> Option<Uuid> {
        let subject = &matter.subject;
        let of_liaison = || {
            let looks_after = subject.is_promise || subject.answers == Answers::Liaison;
            let enterprise = subject.enterprise_id.filter(|_| looks_after)?;
            self.department_of_liaison.get(&enterprise).copied()
        };
        subject.department_id.or_else(of_liaison)
    }
}
