//! Every query on evaluations, their forms and their answers. No figure and no count of answers leaves here before its time.

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, entity::prelude::*, sea_query::ExprTrait,
};

use super::{
    Column, Entity, Model, State,
    rules::{Quarter, Reader, missing},
};
use crate::{
    account,
    calendar::rules::Calendar,
    clock::civil_date,
    enterprise,
    error::Fault,
    page::{Page, PageRequest, keyset},
    table::Visible,
    viewer::{Role, Viewer},
};

mod answer;
mod design;
mod form;
mod objection;
mod score;
mod topic;
mod work;

pub use self::{
    answer::{Words, answers, readable, words},
    design::{design_of, designs, newest_design, next_design},
    form::{awaited, by_secret, name_of, own_form, readings_of, response_of, sheets, unasked},
    objection::{objections, objections_by_ids},
    score::{approved, figures, liaison_bands},
};
pub(crate) use self::{
    answer::{parts_of, submitted},
    form::{forms_of, is_on_paper, sheet_of},
    work::{facts, work},
};

impl Visible for Entity {
    /// The evaluations this viewer may know of: whoever works for the park or is asked knows that there is one, everybody else the published ones.
    fn visible_to(viewer: &Viewer) -> Condition {
        let published = Condition::all().add(Column::State.eq(State::Published));
        match viewer {
            Viewer::System { .. } => Condition::all(),
            Viewer::Anonymous { .. } => published,
            Viewer::Person(person) => match person.role {
                Role::Inspector | Role::Admin | Role::WindowOfficer => published,
                _ => Condition::all(),
            },
        }
    }
}

/// What a list of evaluations is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of this quarter ("2026-Q3").
    pub quarter: Option<String>,
}

/// One page of evaluations, by their quarter.
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
                .clone()
                .map(|states| Column::State.is_in(states)),
        )
        .add_option(
            filter
                .quarter
                .as_ref()
                .map(|quarter| Column::Quarter.eq(quarter)),
        );
    keyset(
        db,
        Entity::visible(viewer),
        condition,
        Column::Quarter,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// The names of the quarters that have an evaluation. Not scoped.
pub async fn quarters(db: &impl ConnectionTrait) -> Result<Vec<String>, Fault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Quarter)
        .into_tuple()
        .all(db)
        .await?)
}

/// The quarters whose evaluation is due at `now` and not compiled, oldest first: for the job, and for who compiles one by hand. Not scoped.
pub async fn due_quarters(
    db: &impl ConnectionTrait,
    now: DateTimeUtc,
    zone: chrono_tz::Tz,
    calendar: &Calendar,
) -> Result<Vec<Quarter>, Fault> {
    let Some(since) = known_since(db, zone).await? else {
        return Ok(Vec::new());
    };
    Ok(missing(since, &quarters(db).await?, now, zone, calendar))
}

/// How many there are to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Enterprises: each gets a form.
    pub enterprises: u64,
    /// Their contacts: each gets an e-mail.
    pub contacts: u64,
    /// Enterprises without a contact: they need the form on paper.
    pub unreached: u64,
}

/// Whom an evaluation that is compiled now asks. Not scoped: numbers alone.
pub async fn asked(db: &impl ConnectionTrait) -> Result<Asked, Fault> {
    let present = || enterprise::Entity::find().filter(enterprise::Column::EndedOn.is_null());
    let enterprises = present().count(db).await?;
    let ids = present().select_only().column(enterprise::Column::Id);
    let contacts = account::Column::EnterpriseId;
    let reached: Option<(i64, i64)> = account::Entity::find()
        .select_only()
        .column_as(account::Column::Id.count(), "contacts")
        .column_as(contacts.into_expr().count_distinct(), "reached")
        .filter(account::Column::DisabledAt.is_null())
        .filter(contacts.in_subquery(ids.into_query()))
        .into_tuple()
        .one(db)
        .await?;
    let (contacts, reached) = reached.unwrap_or_default();
    Ok(Asked {
        enterprises,
        contacts: contacts.unsigned_abs(),
        unreached: enterprises.saturating_sub(reached.unsigned_abs()),
    })
}

/// What takes its next steps by itself. For the job; not scoped.
pub async fn under_way(db: &impl ConnectionTrait) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::State.is_in([State::Compiled, State::Open, State::Closed]))
        .order_by_asc(Column::Quarter)
        .all(db)
        .await?)
}

/// The day on which the first enterprise came to be known here. Not scoped.
async fn known_since(
    db: &impl ConnectionTrait,
    zone: chrono_tz::Tz,
) -> Result<Option<NaiveDate>, Fault> {
    let first = enterprise::Entity::find()
        .order_by_asc(enterprise::Column::CreatedAt)
        .one(db)
        .await?;
    Ok(first.map(|first| civil_date(first.created_at, zone)))
}

/// As what a viewer reads answers with a name; nothing when he reads none.
pub fn reader(viewer: &Viewer) -> Option<Reader> {
    let person = viewer.person()?;
    match person.role {
        Role::Supervisor => Some(Reader::Supervisor),
        Role::Centre | Role::Leader => Some(Reader::Park),
        Role::DepartmentHead => person.department_id.map(Reader::Department),
        _ => None,
    }
}

/// The keys of those whose scores are made.
fn scored(evaluations: &[Model]) -> Vec<Uuid> {
    let scored = evaluations.iter().filter(|one| one.state >= State::Scored);
    scored.map(|one| one.id).collect()
}

/// The newest evaluation that is published. For those who are told of it.
pub async fn newest_published(db: &impl ConnectionTrait) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::State.eq(State::Published))
        .order_by_desc(Column::Quarter)
        .one(db)
        .await?)
}
