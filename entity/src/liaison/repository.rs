//! Every query on liaisons, and how a person stands to an enterprise.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    entity::prelude::*,
};

use super::{Column, Entity, Model, State};
use crate::{
    absence::repository::absent_with,
    account,
    enterprise::repository::visible_enterprise_ids,
    error::Fault,
    language::Text,
    page::{Page, PageRequest, keyset, of_keys},
    permission::{Action, Standing, require},
    store::Unit,
    subject::{Answers, Subject},
    table::Visible,
    viewer::{Role, Viewer},
};

impl Visible for Entity {
    /// The assignments of the enterprises this viewer may know of.
    fn visible_to(viewer: &Viewer) -> Condition {
        visible_enterprise_ids(viewer, Column::EnterpriseId)
    }
}

/// How the viewer stands to an enterprise: its contact (Own), its liaison or deputy now, or whoever stands in for a
/// liaison on leave (Responsible), or None.
pub async fn standing(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprise_id: Uuid,
) -> Result<Standing, Fault> {
    let found = standings(db, viewer, &[enterprise_id]).await?;
    Ok(found.get(&enterprise_id).copied().unwrap_or(Standing::None))
}

/// How the viewer stands to each of `enterprises`, as [`standing`]; those to which he stands in no way are left out.
pub async fn standings(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<HashMap<Uuid, Standing>, Fault> {
    let Some(person) = viewer.person() else {
        return Ok(HashMap::new());
    };
    Ok(match person.role {
        Role::Enterprise => enterprises
            .iter()
            .filter(|id| person.enterprise_id == Some(**id))
            .map(|id| (*id, Standing::Own))
            .collect(),
        Role::Liaison => {
            let own = Entity::find()
                .filter(Column::State.is_in(State::IN_CHARGE))
                .filter(
                    Condition::any()
                        .add(Column::AccountId.eq(person.account_id))
                        .add(Column::DeputyId.eq(person.account_id))
                        .add(Column::AccountId.in_subquery(absent_with(person.account_id))),
                );
            of_keys(db, own, Column::EnterpriseId, enterprises)
                .await?
                .into_iter()
                .map(|row| (row.enterprise_id, Standing::Responsible))
                .collect()
        }
        _ => HashMap::new(),
    })
}

/// As [`standing`], for a thing that a department owns: its head stands to it as OwnDepartment.
pub async fn standing_to_department_matter(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprise_id: Uuid,
    department_id: Option<Uuid>,
) -> Result<Standing, Fault> {
    let standing = standing(db, viewer, enterprise_id).await?;
    Ok(with_department(standing, viewer, department_id))
}

/// The standing to a thing that `department_id` owns, of somebody who stands so to its enterprise.
pub fn with_department(
    standing: Standing,
    viewer: &Viewer,
    department_id: Option<Uuid>,
) -> Standing {
    let own_department = department_id.is_some()
        && viewer
            .person()
            .is_some_and(|person| person.department_id == department_id);
    if standing == Standing::None && own_department {
        Standing::OwnDepartment
    } else {
        standing
    }
}

/// The people of these enterprises whom the viewer may write to and ring: of all enterprises for those who keep their contacts, of the
/// enterprises looked after for a liaison, and oneself.
pub async fn contacts_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<HashMap<Uuid, Vec<account::Model>>, Fault> {
    let keeps = require(viewer, Action::KeepContacts, Standing::None).is_ok();
    let reached: Vec<Uuid> = match keeps {
        true => enterprises.to_vec(),
        false => standings(db, viewer, enterprises)
            .await?
            .into_keys()
            .collect(),
    };
    let mut found = account::repository::contacts_of_each(db, &reached).await?;
    if viewer.role() == Some(Role::Enterprise) {
        for people in found.values_mut() {
            people.retain(|person| viewer.account_id() == Some(person.id));
        }
    }
    Ok(found)
}

/// The assignments in charge of `enterprises`, at most one of each. For jobs and commands; not scoped.
pub async fn in_charge_of(
    db: &impl ConnectionTrait,
    enterprises: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_charge = Entity::find().filter(Column::State.is_in(State::IN_CHARGE));
    of_keys(db, in_charge, Column::EnterpriseId, enterprises).await
}

/// Who is in charge of an enterprise. For jobs and commands; not scoped.
pub async fn person_in_charge(
    db: &impl ConnectionTrait,
    enterprise: Uuid,
) -> Result<Option<account::Model>, Fault> {
    let rows = in_charge_of(db, &[enterprise]).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.account_id).collect();
    let people = account::repository::named(db, &ids).await?;
    Ok(people.into_iter().next())
}

/// The assignments in which these people are in charge. For jobs; not scoped.
pub async fn in_charge_by(db: &impl ConnectionTrait, people: &[Uuid]) -> Result<Vec<Model>, Fault> {
    let in_charge = Entity::find().filter(Column::State.is_in(State::IN_CHARGE));
    of_keys(db, in_charge, Column::AccountId, people).await
}

/// All assignments of an enterprise that have not ended, for its leaving; not scoped.
pub(crate) async fn open_of(unit: &Unit, enterprise_id: Uuid) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::EnterpriseId.eq(enterprise_id))
        .filter(Column::State.ne(State::Ended))
        .order_by_asc(Column::Id)
        .all(unit.db())
        .await?)
}

/// The one proposed for an enterprise, for the hand-over; not scoped.
pub(crate) async fn proposed_for(
    db: &impl ConnectionTrait,
    enterprise_id: Uuid,
) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::EnterpriseId.eq(enterprise_id))
        .filter(Column::State.eq(State::Proposed))
        .one(db)
        .await?)
}

/// What a list of assignments is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// With this person as liaison or as deputy.
    pub account_id: Option<Uuid>,
}

/// One page of assignments, in the order in which they were made.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = Condition::all()
        .add_option(
            filter
                .states
                .as_ref()
                .map(|states| Column::State.is_in(states.iter().copied())),
        )
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(filter.account_id.map(|id| {
            Condition::any()
                .add(Column::AccountId.eq(id))
                .add(Column::DeputyId.eq(id))
        }));
    keyset(
        db,
        Entity::visible(viewer),
        condition,
        Column::Id,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// All assignments of `enterprises` that the viewer may know of, of each the newest first.
pub async fn history_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let newest_first = Entity::visible(viewer).order_by_desc(Column::Id);
    of_keys(db, newest_first, Column::EnterpriseId, enterprises).await
}

/// Who answers for each of these things of an enterprise now: its active liaison (the deputy when the liaison's account is disabled),
/// everybody of the service centre, the heads of the department or its window, or the enterprise itself. Not scoped.
pub async fn answering(
    db: &impl ConnectionTrait,
    who: &[(Answers, Option<Uuid>)],
) -> Result<Vec<Vec<Uuid>>, Fault> {
    let heads = account::repository::enabled_in_role(db, Role::DepartmentHead).await?;
    let centre = account::repository::enabled_in_role(db, Role::Centre).await?;
    let at_windows = who
        .iter()
        .any(|(answers, _)| matches!(answers, Answers::Window { .. }));
    let officers = match at_windows {
        true => account::repository::enabled_in_role(db, Role::WindowOfficer).await?,
        false => Vec::new(),
    };
    let owing = who
        .iter()
        .filter(|(answers, _)| *answers == Answers::Enterprise);
    let owing: Vec<Uuid> = owing.filter_map(|(_, enterprise)| *enterprise).collect();
    let contacts = account::repository::contacts_of_each(db, &owing).await?;
    let enterprises: BTreeSet<Uuid> = who
        .iter()
        .filter_map(|(_, enterprise)| *enterprise)
        .collect();
    let enterprises: Vec<Uuid> = enterprises.into_iter().collect();
    let liaisons: HashMap<Uuid, Model> = in_charge_of(db, &enterprises)
        .await?
        .into_iter()
        .map(|row| (row.enterprise_id, row))
        .collect();
    let people: BTreeSet<Uuid> = liaisons
        .values()
        .flat_map(|row| [Some(row.account_id), row.deputy_id])
        .flatten()
        .collect();
    let people: Vec<Uuid> = people.into_iter().collect();
    let present: BTreeSet<Uuid> = account::repository::named(db, &people)
        .await?
        .into_iter()
        .filter(account::Model::is_enabled)
        .map(|person| person.id)
        .collect();
    let of_department = |people: &[account::Model], department: Uuid| -> Vec<Uuid> {
        let people = people.iter();
        people
            .filter(|person| person.department_id == Some(department))
            .map(|person| person.id)
            .collect()
    };
    let of = |(answers, enterprise): &(Answers, Option<Uuid>)| -> Vec<Uuid> {
        match answers {
            Answers::Centre => centre.iter().map(|person| person.id).collect(),
            Answers::Department(department) => of_department(&heads, *department),
            Answers::Window {
                officer,
                department,
            } => {
                let of_window = of_department(&officers, *department);
                let people = match officer {
                    // The head of a department may have taken it, too.
                    Some(one) if heads.iter().any(|head| head.id == *one) => vec![*one],
                    Some(one) if of_window.contains(one) => vec![*one],
                    _ => of_window,
                };
                match people.is_empty() {
                    true => of_department(&heads, *department),
                    false => people,
                }
            }
            Answers::Enterprise => enterprise
                .and_then(|enterprise| contacts.get(&enterprise))
                .into_iter()
                .flatten()
                .map(|person| person.id)
                .collect(),
            Answers::Liaison => enterprise
                .and_then(|enterprise| liaisons.get(&enterprise))
                .and_then(|row| {
                    let mut both = [Some(row.account_id), row.deputy_id].into_iter().flatten();
                    both.find(|person| present.contains(person))
                })
                .into_iter()
                .collect(),
        }
    };
    Ok(who.iter().map(of).collect())
}

/// Those who answer for each of `subjects` now and why they are told; the service centre where nobody does. Not scoped.
pub(crate) async fn told(
    db: &impl ConnectionTrait,
    subjects: &[&Subject],
) -> Result<Vec<Vec<(account::Model, Text)>>, Fault> {
    let who: Vec<(Answers, Option<Uuid>)> = subjects
        .iter()
        .map(|subject| (subject.answers, subject.enterprise_id))
        .collect();
    let answering = answering(db, &who).await?;
    let people: BTreeSet<Uuid> = answering.iter().flatten().copied().collect();
    let people = account::repository::named(db, &Vec::from_iter(people)).await?;
    let centre = account::repository::enabled_in_role(db, Role::Centre).await?;
    let of = |(subject, answering): (&&Subject, Vec<Uuid>)| -> Vec<(account::Model, Text)> {
        let of_it = people
            .iter()
            .filter(|person| answering.contains(&person.id));
        let told: Vec<_> = of_it
            .map(|person| (person.clone(), subject.why.clone()))
            .collect();
        if !told.is_empty() {
            return told;
        }
        let why = Text::new("该事项目前无人负责", "nobody is in charge of it at present");
        centre
            .iter()
            .map(|person| (person.clone(), why.clone()))
            .collect()
    };
    Ok(subjects.iter().zip(answering).map(of).collect())
}
