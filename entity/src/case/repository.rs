//! Every query on cases.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::{
    Column, Entity, Model, State, Turn, check,
    clock::{self, Clock},
    event, file, notice, pause, rules,
};
use crate::{
    application,
    catalogue::SilenceClass,
    deadline::{self, rules::Light},
    enterprise::repository::{meant, visible_enterprise_ids},
    error::Fault,
    item::{edition, version},
    kept::Reader,
    page::{Page, PageRequest, SortKey, keyset_by, of_keys, one_of},
    table::Visible,
    text::Search,
    viewer::{Role, Viewer},
};

impl Visible for Entity {
    /// The cases that this viewer may know of: the department that decides, the enterprise that applies, the liaison who looks after it, and those
    /// who see the whole hall.
    fn visible_to(viewer: &Viewer) -> Condition {
        let none = || Condition::all().add(Expr::val(1).eq(0));
        let Viewer::Person(person) = viewer else {
            return visible_enterprise_ids(viewer, Column::EnterpriseId);
        };
        match (person.role, person.department_id) {
            (Role::DepartmentHead | Role::WindowOfficer, Some(own)) => {
                Condition::all().add(Column::DepartmentId.eq(own))
            }
            (Role::DepartmentHead | Role::WindowOfficer, None) => none(),
            _ => visible_enterprise_ids(viewer, Column::EnterpriseId),
        }
    }
}

/// What a list of cases is narrowed to; all conditions hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Not decided yet, or decided.
    pub open: Option<bool>,
    /// Whose turn it is.
    pub turn: Option<Turn>,
    /// Of this department.
    pub department_id: Option<Uuid>,
    /// Taken by this officer.
    pub officer_id: Option<Uuid>,
    /// Taken by somebody, or by nobody yet.
    pub taken: Option<bool>,
    /// For one of these items.
    pub items: Option<Vec<Uuid>>,
    /// Of this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// For this project.
    pub project_id: Option<Uuid>,
    /// Of one of these classes of silence.
    pub silence: Option<Vec<SilenceClass>>,
    /// Showing one of these lights today.
    pub lights: Option<Vec<Light>>,
    /// Due on or after this day.
    pub due_from: Option<NaiveDate>,
    /// Due by this day.
    pub due_to: Option<NaiveDate>,
    /// Received at this instant or later.
    pub received_from: Option<DateTimeUtc>,
    /// Received before this instant.
    pub received_before: Option<DateTimeUtc>,
    /// With a pause that is contested and not settled.
    pub contested: Option<bool>,
    /// With a decision that is proposed and not taken, or without one.
    pub proposed: Option<bool>,
    /// With more than one notice of what is missing.
    pub noticed_again: Option<bool>,
    /// Whose number has this, or whose applicant it means.
    pub text: Option<Search>,
}

/// By what a list of cases is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// When they were received.
    #[default]
    ReceivedAt,
    /// When they are due.
    DueOn,
}

/// One page of cases on a day.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    today: NaiveDate,
    (sort, descending): (Sort, bool),
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let text = match &filter.text {
        Some(text) => {
            let applicants = meant(db, viewer, Column::EnterpriseId, text).await?;
            let numbered = numbered(db, text).await?;
            Some(Condition::any().add(applicants).add_option(numbered))
        }
        None => None,
    };
    let filter = filter.clone();
    let lights = filter.lights.map(|lights| {
        let lights = lights.into_iter().map(|light| shows(light, today));
        let shown = lights.fold(Condition::any(), Condition::add);
        Condition::all().add(going()).add(shown)
    });
    let states = filter.states.map(|states| {
        let are_going = states.iter().all(|state| state.turn() != Turn::Nobody);
        Condition::all()
            .add(Column::State.is_in(states))
            .add_option(are_going.then(going))
    });
    let condition = Condition::all()
        .add_option(text)
        .add_option(lights)
        .add_option(states)
        .add_option(filter.open.map(|open| match open {
            true => Column::DecidedOn.is_null(),
            false => Column::DecidedOn.is_not_null(),
        }))
        .add_option(filter.turn.map(turn_of))
        .add_option(filter.department_id.map(|id| Column::DepartmentId.eq(id)))
        .add_option(filter.officer_id.map(|id| Column::OfficerId.eq(id)))
        .add_option(filter.taken.map(|taken| match taken {
            true => Column::OfficerId.is_not_null(),
            false => Column::OfficerId.is_null(),
        }))
        .add_option(filter.items.map(|items| Column::ItemId.is_in(items)))
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(filter.project_id.map(|id| Column::ProjectId.eq(id)))
        .add_option(filter.silence.map(|silence| Column::Silence.is_in(silence)))
        .add_option(filter.due_from.map(|day| Column::DueOn.gte(day)))
        .add_option(filter.due_to.map(|day| Column::DueOn.lte(day)))
        .add_option(filter.received_from.map(|at| Column::ReceivedAt.gte(at)))
        .add_option(filter.received_before.map(|at| Column::ReceivedAt.lt(at)))
        .add_option(filter.contested.map(|wanted| among(contested(), wanted)))
        .add_option(filter.proposed.map(|proposed| {
            match proposed {
                true => Condition::all()
                    .add(Column::ProposedAt.is_not_null())
                    .add(Column::DecidedOn.is_null()),
                false => Condition::any()
                    .add(Column::ProposedAt.is_null())
                    .add(Column::DecidedOn.is_not_null()),
            }
        }))
        .add_option(
            filter
                .noticed_again
                .map(|wanted| among(noticed_again(), wanted)),
        );
    let by = match sort {
        Sort::ReceivedAt => Column::ReceivedAt,
        Sort::DueOn => Column::DueOn,
    };
    let keys = vec![SortKey::column(by, descending)];
    keyset_by(
        db,
        Entity::visible(viewer),
        condition,
        keys,
        Column::Id,
        request,
    )
    .await
}

/// What is not over: it is not decided, or the office still owes something of it. In the words of the indexes of the queues.
fn going() -> Condition {
    Condition::any()
        .add(Column::DecidedOn.is_null())
        .add(Column::RedFrom.is_not_null())
}

/// The cases in which it is somebody's turn. What was handed over is the office's as long as it owes a check.
fn turn_of(turn: Turn) -> Condition {
    let states = State::ALL.into_iter();
    let in_turn = Column::State.is_in(states.filter(|state| state.turn() == turn));
    let checked = Condition::all()
        .add(Column::State.eq(State::Delivered))
        .add(Column::RedFrom.is_not_null());
    match turn {
        Turn::Office => {
            let owed = Condition::any().add(in_turn).add(checked);
            Condition::all().add(going()).add(owed)
        }
        Turn::Applicant => Condition::all().add(going()).add(in_turn),
        Turn::Nobody => Condition::all().add(in_turn).add(checked.not()),
    }
}

/// How many digits the number of an application has at least.
const NUMBER: usize = 10;

/// The cases whose number has a text: with all its digits those of one application, which its number leads to. Nothing where no number is written
/// so, so that the register is not read for a name.
async fn numbered(db: &impl ConnectionTrait, text: &Search) -> Result<Option<Condition>, Fault> {
    let is_sign = |sign: char| sign == '-' || sign.is_ascii_digit() || sign.is_ascii_uppercase();
    let Some(written) = text.written_in(is_sign) else {
        return Ok(None);
    };
    let (digits, _) = written.split_once('-').unwrap_or((written.as_str(), ""));
    if !digits.chars().all(|sign| sign.is_ascii_digit()) {
        return Ok(None);
    }
    let number = [Column::Number.into_expr()];
    let has_it = text.within(db.get_database_backend(), number);
    if digits.len() < NUMBER {
        return Ok(Some(has_it));
    }
    let application = application::Entity::find()
        .select_only()
        .column(application::Column::Id)
        .filter(application::Column::Number.eq(digits))
        .into_query();
    let its = one_of(db, Column::ApplicationId, application).await?;
    Ok(Some(Condition::all().add(its).add(has_it)))
}

fn among(cases: SelectStatement, wanted: bool) -> Expr {
    match wanted {
        true => Column::Id.in_subquery(cases),
        false => Column::Id.not_in_subquery(cases),
    }
}

/// The cases with a pause in dispute.
fn contested() -> SelectStatement {
    pause::Entity::find()
        .select_only()
        .column(pause::Column::CaseId)
        .filter(in_dispute())
        .into_query()
}

/// The pauses that are contested and not settled, as [`pause::Model::is_in_dispute`] says; in the words of their index.
pub(crate) fn in_dispute() -> Condition {
    Condition::all()
        .add(pause::Column::ContestedAt.is_not_null())
        .add(pause::Column::SettledAt.is_null())
}

/// The cases with a second notice, which says why the first did not have it.
fn noticed_again() -> SelectStatement {
    notice::Entity::find()
        .select_only()
        .column(notice::Column::CaseId)
        .filter(notice::Column::AgainFor.is_not_null())
        .into_query()
}

/// What shows one light on a day, as [`rules::light`] says.
fn shows(light: Light, on: NaiveDate) -> Condition {
    let none_yet = |next: Column| Condition::any().add(next.is_null()).add(next.gt(on));
    let shown = Condition::all();
    match light {
        Light::Grey => shown
            .add(Column::PausedOn.is_not_null())
            .add(none_yet(Column::YellowFrom)),
        Light::Green => shown
            .add(Column::PausedOn.is_null())
            .add(Column::YellowFrom.gt(on)),
        Light::Yellow => shown
            .add(Column::YellowFrom.lte(on))
            .add(none_yet(Column::OrangeFrom))
            .add(none_yet(Column::RedFrom))
            .add(none_yet(Column::BlackFrom)),
        Light::Orange => shown
            .add(Column::OrangeFrom.lte(on))
            .add(none_yet(Column::RedFrom))
            .add(none_yet(Column::BlackFrom)),
        Light::Red => shown
            .add(Column::RedFrom.lte(on))
            .add(none_yet(Column::BlackFrom)),
        Light::Black => shown.add(Column::BlackFrom.lte(on)),
    }
}

/// The case with this number.
pub async fn by_number(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    number: &str,
) -> Result<Option<Model>, Fault> {
    let found = Entity::visible(viewer).filter(Column::Number.eq(number));
    Ok(found.one(db).await?)
}

/// The cases of applications, in the order of their numbers.
pub async fn of_applications(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    applications: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_order = Entity::visible(viewer).order_by_asc(Column::Number);
    of_keys(db, in_order, Column::ApplicationId, applications).await
}

/// The clocks of cases, in the order of their opening. Who may see the case may see them.
pub async fn clocks_of(
    db: &impl ConnectionTrait,
    cases: &[Uuid],
) -> Result<Vec<clock::Model>, Fault> {
    let in_order = clock::Entity::find().order_by_asc(clock::Column::DeadlineId);
    of_keys(db, in_order, clock::Column::CaseId, cases).await
}

/// The same with their time limits, by the case.
pub async fn limits_of(
    db: &impl ConnectionTrait,
    cases: &[Uuid],
) -> Result<HashMap<Uuid, Vec<(clock::Model, deadline::Model)>>, Fault> {
    let clocks = clocks_of(db, cases).await?;
    let ids: Vec<Uuid> = clocks.iter().map(|clock| clock.deadline_id).collect();
    let limits = deadline::repository::of_ids(db, &ids).await?;
    let mut limits: HashMap<Uuid, deadline::Model> =
        limits.into_iter().map(|row| (row.id, row)).collect();
    let mut found: HashMap<Uuid, Vec<_>> = HashMap::new();
    for clock in clocks {
        if let Some(limit) = limits.remove(&clock.deadline_id) {
            found.entry(clock.case_id).or_default().push((clock, limit));
        }
    }
    Ok(found)
}

/// What happened to cases, in order; without what only the office does, where an applicant reads.
pub async fn events_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    cases: &[Uuid],
) -> Result<Vec<event::Model>, Fault> {
    let inside = event::Column::Kind.is_not_in(event::Kind::INSIDE);
    let told = (!rules::is_inside(viewer)).then_some(inside);
    let in_order = event::Entity::find()
        .filter(Condition::all().add_option(told))
        .order_by_asc(event::Column::Place);
    of_keys(db, in_order, event::Column::CaseId, cases).await
}

/// The notices of cases, the first first.
pub async fn notices_of(
    db: &impl ConnectionTrait,
    cases: &[Uuid],
) -> Result<Vec<notice::Model>, Fault> {
    let in_order = notice::Entity::find().order_by_asc(notice::Column::Number);
    of_keys(db, in_order, notice::Column::CaseId, cases).await
}

/// The pauses of cases, the first first.
pub async fn pauses_of(
    db: &impl ConnectionTrait,
    cases: &[Uuid],
) -> Result<Vec<pause::Model>, Fault> {
    let in_order = pause::Entity::find().order_by_asc(pause::Column::Number);
    of_keys(db, in_order, pause::Column::CaseId, cases).await
}

/// The files that followed after receipt, material by material in their order.
pub async fn files_of(
    db: &impl ConnectionTrait,
    cases: &[Uuid],
) -> Result<Vec<file::Model>, Fault> {
    let in_order = file::Entity::find()
        .order_by_asc(file::Column::Material)
        .order_by_asc(file::Column::Place);
    of_keys(db, in_order, file::Column::CaseId, cases).await
}

/// In which way the materials of applications were handed in. Who may see a case may see them.
pub async fn ways_of(
    db: &impl ConnectionTrait,
    applications: &[Uuid],
) -> Result<Vec<application::material::Model>, Fault> {
    use application::material::{Column, Entity};
    let in_order = Entity::find().order_by_asc(Column::Material);
    of_keys(db, in_order, Column::ApplicationId, applications).await
}

/// What was handed in with applications, material by material in their order. Who may see a case may see it.
pub async fn handed_in_with(
    db: &impl ConnectionTrait,
    applications: &[Uuid],
) -> Result<Vec<application::file::Model>, Fault> {
    use application::file::{Column, Entity};
    let in_order = Entity::find()
        .order_by_asc(Column::Material)
        .order_by_asc(Column::Place);
    of_keys(db, in_order, Column::ApplicationId, applications).await
}

/// The answers to the lines of the checklists of cases.
pub async fn checks_of(
    db: &impl ConnectionTrait,
    cases: &[Uuid],
) -> Result<Vec<check::Model>, Fault> {
    let in_order = check::Entity::find().order_by_asc(check::Column::Line);
    of_keys(db, in_order, check::Column::CaseId, cases).await
}

/// The version by which a case is decided. A published version never changes, so the last one read is kept.
pub(crate) async fn version_of(
    reader: &impl Reader,
    case: &Model,
) -> Result<Arc<version::Model>, Fault> {
    let key = [case.version_id];
    if let Some(kept) = reader.kept().made_from(&key) {
        return Ok(kept);
    }
    let found = version::Entity::find_by_id(case.version_id);
    let found = found.one(reader.db()).await?.ok_or(Fault::NotFound)?;
    let version = found.verified()?;
    reader.kept().keep(key.to_vec(), version.clone());
    Ok(Arc::new(version))
}

/// The cases with a clock that has one of these time limits, as far as the viewer may know of them, each with those clocks.
pub(super) async fn within(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    limits: &[Uuid],
) -> Result<Vec<(clock::Model, Model)>, Fault> {
    let clocks = of_keys(db, clock::Entity::find(), clock::Column::DeadlineId, limits).await?;
    let ids: Vec<Uuid> = clocks.iter().map(|clock| clock.case_id).collect();
    let cases = Entity::of_ids(db, viewer, &ids).await?;
    let cases: HashMap<Uuid, Model> = cases.into_iter().map(|case| (case.id, case)).collect();
    let of_clock = |clock: clock::Model| {
        let case = cases.get(&clock.case_id)?.clone();
        Some((clock, case))
    };
    Ok(clocks.into_iter().filter_map(of_clock).collect())
}

/// The editions of the catalogue by which applications were received, by the application. What they say holds for their cases for ever.
pub async fn editions_of(
    reader: &impl Reader,
    applications: &[Uuid],
) -> Result<HashMap<Uuid, Arc<edition::Model>>, Fault> {
    use application::{Column, Entity};
    let rows = of_keys(reader.db(), Entity::find(), Column::Id, applications).await?;
    let mut known: HashMap<Uuid, Arc<edition::Model>> = HashMap::new();
    let mut found = HashMap::with_capacity(rows.len());
    for row in rows {
        let edition = match known.get(&row.edition_id) {
            Some(edition) => edition.clone(),
            None => application::repository::edition_of(reader, row.edition_id).await?,
        };
        known.insert(row.edition_id, edition.clone());
        found.insert(row.id, edition);
    }
    Ok(found)
}

/// The edition of the catalogue by which a case was received.
pub(crate) async fn edition_of(
    reader: &impl Reader,
    case: &Model,
) -> Result<Arc<edition::Model>, Fault> {
    let mut found = editions_of(reader, &[case.application_id]).await?;
    found.remove(&case.application_id).ok_or(Fault::NotFound)
}

/// Whether a time limit of a statement is one of a case that the viewer may know of: asked of each, for a department has decided much.
pub(super) fn sees(viewer: &Viewer) -> Condition {
    let case = Entity::visible(viewer)
        .select_only()
        .expr_as(Expr::val(1), "one")
        .filter(Column::Id.into_expr().eq(clock::Column::CaseId.into_expr()))
        .into_query();
    let own = clock::Column::DeadlineId
        .into_expr()
        .eq(deadline::Column::Id.into_expr());
    let clock = clock::Entity::find()
        .select_only()
        .expr_as(Expr::val(1), "one")
        .filter(own)
        .filter(Expr::exists(case))
        .into_query();
    Condition::all().add(Expr::exists(clock))
}

/// The clocks of the cases that the viewer may know of, as the keys of their time limits.
pub(super) fn limits(viewer: &Viewer) -> SelectStatement {
    clock::Entity::find()
        .select_only()
        .column(clock::Column::DeadlineId)
        .filter(Entity::seen_by(viewer, clock::Column::CaseId))
        .into_query()
}

/// Up to `most` cases that are not over, by key after `after`: for counting again. Not scoped.
pub(super) async fn running_after(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let running = Entity::find()
        .filter(going())
        .filter(Condition::all().add_option(after.map(|after| Column::Id.gt(after))));
    Ok(running.order_by_asc(Column::Id).limit(most).all(db).await?)
}

/// The cases that are paused although the end that the notice names has passed by `today`, by the case after `after`, at most `most`. Not scoped.
pub async fn paused_too_long(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<Uuid>, Fault> {
    let beyond = after.map(|after| pause::Column::CaseId.gt(after));
    let found = pause::Entity::find()
        .select_only()
        .column(pause::Column::CaseId)
        .filter(pause::Column::EndedOn.is_null())
        .filter(pause::Column::ExpectedEndOn.lt(today))
        .filter(Condition::all().add_option(beyond))
        .order_by_asc(pause::Column::CaseId)
        .limit(most);
    Ok(found.into_tuple().all(db).await?)
}

/// The clocks of applicants that have passed by `today`, and their cases, by the clock after `after`, at most `most`. Not scoped.
pub async fn passed(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<(Uuid, Uuid)>, Fault> {
    let red = deadline::Entity::find()
        .select_only()
        .column(deadline::Column::Id)
        .filter(deadline::Column::RedFrom.lte(today))
        .filter(deadline::Column::ClosedOn.is_null())
        .into_query();
    let beyond = after.map(|after| clock::Column::DeadlineId.gt(after));
    let found: Vec<clock::Model> = clock::Entity::find()
        .filter(clock::Column::Clock.is_in([Clock::Correction, Clock::Supplement]))
        .filter(clock::Column::DeadlineId.in_subquery(red))
        .filter(Condition::all().add_option(beyond))
        .order_by_asc(clock::Column::DeadlineId)
        .limit(most)
        .all(db)
        .await?;
    let keys = found.into_iter();
    Ok(keys
        .map(|clock| (clock.deadline_id, clock.case_id))
        .collect())
}
