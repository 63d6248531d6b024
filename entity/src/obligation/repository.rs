//! Every query on obligations.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, SelectTwo,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType},
};

use super::{
    Column, Entity, Model, State,
    rules::{self, Deed, Told},
    subject::answers,
};
use crate::{
    absence, calendar,
    commitment::{self, Kind, Owner, Recurrence, rules::YEAR_ENDS},
    contract,
    deadline::{self, repository::showing, rules::Light},
    enterprise,
    enterprise::repository::visible_enterprise_ids,
    error::Fault,
    liaison,
    page::{
        KEYS_AT_ONCE, Page, PageRequest, SortKey, among, keyset_by, keyset_of_each, of_keys, one_of,
    },
    permission::{Action, Standing, require},
    store::{Store, Unit},
    subject::Answers,
    table::Visible,
    text::Search,
    viewer::{Role, Viewer},
};

mod days;
mod lights;

pub use days::{Day, by_day};
pub use lights::{DueDay, due_by_day, lights, lights_of, to_watch};

impl Visible for Entity {
    /// The obligations this viewer may see: those towards the enterprises he may know of; a head of department only what the
    /// department promised.
    fn visible_to(viewer: &Viewer) -> Condition {
        // A promise of the department is one towards an enterprise that its head may know of.
        match viewer.head_of() {
            Some(department) => {
                let promised = commitment::Column::DepartmentId.eq(department);
                let promised = promises_with(Condition::all().add(promised));
                Condition::all().add(Column::CommitmentId.in_subquery(promised))
            }
            None => visible_enterprise_ids(viewer, Column::EnterpriseId),
        }
    }
}

/// Which obligations are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Towards this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// From this contract.
    pub contract_id: Option<Uuid>,
    /// From this commitment.
    pub commitment_id: Option<Uuid>,
    /// Whose promise or event note, whose contract's number or whose enterprise's names or code contain this; see [`meant`].
    pub text: Option<Search>,
    /// Whose promise one of these must keep.
    pub owners: Option<Vec<Owner>>,
    /// Whose promise this department must keep.
    pub department_id: Option<Uuid>,
    /// Open and showing one of these lights on that day.
    pub lights: Option<(Vec<Light>, NaiveDate)>,
    /// Due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Due on this day or earlier.
    pub due_to: Option<NaiveDate>,
    /// Opened in this stretch of time: from, before.
    pub opened: Stretch,
    /// Closed in this stretch of time: from, before.
    pub closed: Stretch,
    /// Whether the law sets its limit and something has happened to it that the law does not know, see [`unlawful_limit`].
    pub unlawful_limit: Option<bool>,
    /// Whether it was entered on a later day than it was done.
    pub backdated: Option<bool>,
}

/// What the law sets and was stopped by agreement, or extended beyond its rule; the rule is `Deadline::due_by_law`.
fn unlawful_limit() -> Condition {
    let beyond = deadline::Entity::find()
        .select_only()
        .column(deadline::Column::Id)
        .filter(
            deadline::Column::ExtensionDays
                .into_expr()
                .gt(deadline::Column::ExtensionLimit.into_expr()),
        )
        .into_query();
    // Two short lists: an OR would look at every time limit there is.
    let unlawful = deadline::pause::Entity::find()
        .select_only()
        .column(deadline::pause::Column::DeadlineId)
        .filter(deadline::pause::Column::Kind.eq(deadline::pause::Kind::Agreed))
        .into_query()
        .union(UnionType::Distinct, beyond)
        .to_owned();
    Condition::all()
        .add(deadline::Column::LegalEffect.eq(deadline::LegalEffect::Statutory))
        .add(deadline::Column::Id.in_subquery(unlawful))
}

impl Filter {
    fn concerns_the_limit(&self) -> bool {
        let days = self.due_from.is_some() || self.due_to.is_some();
        days || self.lights.is_some() || self.unlawful_limit.is_some()
    }

    /// Whether nothing but what is open is wanted.
    fn is_of_the_open(&self) -> bool {
        self.states.as_deref() == Some(&[State::Open]) || self.lights.is_some()
    }

    /// What follows for the time limit where nothing but what is open is wanted, in the words of its index.
    fn limit_is_open(&self) -> Option<Expr> {
        self.is_of_the_open()
            .then(|| deadline::Column::ClosedOn.is_null())
    }
}

fn either_way(wanted: Option<bool>, condition: Condition) -> Option<Condition> {
    wanted.map(|wanted| if wanted { condition } else { condition.not() })
}

/// A stretch of time: at or after the first instant, before the second.
pub type Stretch = (Option<DateTimeUtc>, Option<DateTimeUtc>);

fn within(column: Column, (from, before): Stretch) -> Condition {
    Condition::all()
        .add_option(from.map(|from| column.gte(from)))
        .add_option(before.map(|before| column.lt(before)))
}

/// By what a list of obligations is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// When it was opened.
    #[default]
    OpenedAt,
    /// The last day on which it can be kept.
    DueOn,
}

/// The obligations that a text means: under contracts with this number or of enterprises called so, of promises worded so, and with such a note on
/// their event. Each is found by itself before the list is read, so that the list is read by keys.
async fn meant(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    text: &Search,
) -> Result<Condition, Fault> {
    let backend = db.get_database_backend();
    let noted = Entity::visible(viewer)
        .select_only()
        .column(Column::Id)
        .filter(Column::EventNote.is_not_null())
        .filter(text.within(backend, [Column::EventNote.into_expr()]))
        .into_query();
    let mut any = Condition::any()
        .add(contract::repository::meant(db, viewer, Column::ContractId, text).await?)
        .add(one_of(db, Column::Id, noted).await?);
    if let Some(promises) = commitment::repository::with_promise(db, viewer, text).await? {
        any = any.add(one_of(db, Column::CommitmentId, promises).await?);
    }
    Ok(any)
}

/// Which rows the filter wants, beside their time limits where it [concerns](Filter::concerns_the_limit) these.
async fn condition(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
) -> Result<Condition, Fault> {
    let promises = (filter.owners.is_some() || filter.department_id.is_some()).then(|| {
        let wanted = Condition::all()
            .add_option(
                filter
                    .owners
                    .clone()
                    .map(|owners| commitment::Column::Owner.is_in(owners)),
            )
            .add_option(
                filter
                    .department_id
                    .map(|id| commitment::Column::DepartmentId.eq(id)),
            );
        Column::CommitmentId.in_subquery(promises_with(wanted))
    });
    let text = match &filter.text {
        Some(text) => Some(meant(db, viewer, text).await?),
        None => None,
    };
    let states = filter.states.as_deref();
    let states = states.filter(|states| **states != [State::Open]);
    Ok(Condition::all()
        // Said once: each time the planner of PostgreSQL expects that fewer are left.
        .add_option(filter.is_of_the_open().then(is_open))
        .add_option(states.map(|states| Column::State.is_in(states.iter().copied())))
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(filter.contract_id.map(|id| Column::ContractId.eq(id)))
        .add_option(filter.commitment_id.map(|id| Column::CommitmentId.eq(id)))
        .add_option(promises)
        .add_option(text)
        .add_option(
            filter
                .lights
                .as_ref()
                .map(|(lights, on)| showing(lights, *on)),
        )
        .add_option(filter.due_from.map(|day| deadline::Column::DueOn.gte(day)))
        .add_option(filter.due_to.map(|day| deadline::Column::DueOn.lte(day)))
        .add(within(Column::OpenedAt, filter.opened))
        .add(within(Column::ClosedAt, filter.closed))
        .add_option(either_way(filter.unlawful_limit, unlawful_limit()))
        .add_option(either_way(
            filter.backdated,
            Condition::all().add(Column::BackdatingReason.is_not_null()),
        )))
}

/// One page of obligations, sorted by each field in turn (the largest first where it says so); in the order in which they were
/// opened when none is named.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    sort: &[(Sort, bool)],
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = condition(db, viewer, filter).await?;
    // The time limit is read only where it is needed, and what is open in the order of its index.
    let limit_is_open = filter.limit_is_open();
    let visible = Entity::visible(viewer);
    let (visible, condition, via, follows) = match filter.concerns_the_limit() {
        true => {
            let visible = visible.join(JoinType::InnerJoin, its_deadline());
            (visible, condition.add_option(limit_is_open), None, None)
        }
        false => (visible, condition, Some(its_deadline()), limit_is_open),
    };
    let of_limit = |by: deadline::Column, descending| SortKey {
        via: via.clone(),
        follows: follows.clone(),
        ..SortKey::column(by, descending)
    };
    let mut keys = Vec::with_capacity(sort.len() + 1);
    for &(sort, descending) in sort {
        keys.push(match sort {
            Sort::OpenedAt => SortKey::column(Column::OpenedAt, descending),
            Sort::DueOn => of_limit(deadline::Column::DueOn, descending),
        });
    }
    match sort.last() {
        None => keys.push(SortKey::column(Column::OpenedAt, false)),
        Some(&(Sort::DueOn, descending)) => keys.push(SortKey {
            unique: true,
            ..SortKey::column(deadline::Column::Id, descending)
        }),
        Some(_) => {}
    }
    keyset_by(db, visible, condition, keys, Column::Id, request).await
}

/// What is still owed, in the words that the indexes of open obligations have: a value of a prepared statement leads to none of them.
fn is_open() -> Expr {
    Column::ClosedAt.is_null()
}

/// From an obligation to its time limit.
pub(crate) fn its_deadline() -> RelationDef {
    Entity::belongs_to(deadline::Entity)
        .from(Column::DeadlineId)
        .to(deadline::Column::Id)
        .into()
}

fn promises_with(wanted: Condition) -> SelectStatement {
    commitment::Entity::find()
        .select_only()
        .column(commitment::Column::Id)
        .filter(wanted)
        .into_query()
}

/// The department in charge: that of the promise, or of the liaison where the promise names none. None when it is the service centre.
pub async fn department_in_charge(
    db: &impl ConnectionTrait,
    owed: &Model,
    promise: &commitment::Model,
) -> Result<Option<Uuid>, Fault> {
    if promise.department_id.is_some() {
        return Ok(promise.department_id);
    }
    let liaison = liaison::repository::person_in_charge(db, owed.enterprise_id).await?;
    Ok(liaison.and_then(|person| person.department_id))
}

/// The contracts under which something may begin by itself on `today` that has not begun yet: a recurring promise whose period is not
/// opened, or one of the last day. For the job that opens it; not scoped.
pub async fn contracts_to_open(
    db: &impl ConnectionTrait,
    today: NaiveDate,
) -> Result<Vec<contract::Model>, Fault> {
    let lacks = |occasion: String| {
        let of_promise = (commitment::Entity, commitment::Column::Id);
        let opened = Query::select()
            .expr(Expr::val(1))
            .from(Entity)
            .and_where(Expr::col((Entity, Column::CommitmentId)).equals(of_promise))
            .and_where(Column::Occasion.eq(occasion))
            .take();
        Expr::exists(opened).not()
    };
    let end_today = contract::Entity::find()
        .select_only()
        .column(contract::Column::Id)
        .filter(contract::Column::EndsOn.eq(today))
        .into_query();
    let mut begins = Condition::any().add(
        Condition::all()
            .add(commitment::Column::Kind.eq(Kind::Once))
            .add(commitment::Column::StartEvent.eq(YEAR_ENDS))
            .add(commitment::Column::ContractId.in_subquery(end_today))
            .add(lacks(rules::ONCE.to_owned())),
    );
    for recurrence in Recurrence::ALL {
        begins = begins.add(
            Condition::all()
                .add(commitment::Column::Kind.eq(Kind::Recurring))
                .add(commitment::Column::Recurrence.eq(recurrence))
                .add(lacks(rules::occasion(recurrence, today))),
        );
    }
    let binds = Condition::any()
        .add(commitment::Column::EndedOn.is_null())
        .add(commitment::Column::EndedOn.gt(today));
    let promises = commitment::Entity::find()
        .select_only()
        .column(commitment::Column::ContractId)
        .filter(binds)
        .filter(begins)
        .into_query();
    Ok(contract::Entity::find()
        .filter(contract::Column::State.is_in(contract::State::RUNNING))
        .filter(contract::Column::EndsOn.gte(today))
        .filter(contract::Column::Id.in_subquery(promises))
        .order_by_asc(contract::Column::Id)
        .all(db)
        .await?)
}

/// What a time limit is called by numbers alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The number of the contract.
    pub contract: String,
    /// The number of the promise in it.
    pub commitment: i32,
}

/// What the time limits `ids` are called. Not scoped, because a number is no content: for who may import a calendar, and nobody else.
pub async fn numbers_of_limits(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Numbers>, Fault> {
    require(viewer, Action::ImportCalendar, Standing::None)?;
    let mut found = HashMap::with_capacity(ids.len());
    for part in ids.chunks(KEYS_AT_ONCE) {
        let rows: Vec<(Uuid, String, i32)> = Entity::find()
            .select_only()
            .column(Column::DeadlineId)
            .column(contract::Column::Number)
            .column(commitment::Column::Number)
            .join(JoinType::InnerJoin, its_contract())
            .join(JoinType::InnerJoin, its_commitment())
            .filter(among(db, Column::DeadlineId, part))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(|(limit, contract, commitment)| {
            let numbers = Numbers {
                contract,
                commitment,
            };
            (limit, numbers)
        }));
    }
    Ok(found)
}

fn its_contract() -> RelationDef {
    Entity::belongs_to(contract::Entity)
        .from(Column::ContractId)
        .to(contract::Column::Id)
        .into()
}

/// From an obligation to the promise.
pub(crate) fn its_commitment() -> RelationDef {
    Entity::belongs_to(commitment::Entity)
        .from(Column::CommitmentId)
        .to(commitment::Column::Id)
        .into()
}

/// The obligations of `contracts`, oldest first.
pub async fn of_contracts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    contracts: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    of_keys(db, oldest_first(viewer), Column::ContractId, contracts).await
}

/// The page `request` of the obligations of each of `commitments`, oldest first.
pub async fn pages_of_commitments(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    commitments: &[Uuid],
    request: &PageRequest,
) -> Result<HashMap<Uuid, Page<Model>>, Fault> {
    keyset_of_each(
        db,
        Entity::visible(viewer),
        Column::CommitmentId,
        |row| row.commitment_id,
        // Keys are ordered by time.
        Column::Id,
        commitments,
        request,
    )
    .await
}

fn oldest_first(viewer: &Viewer) -> Select<Entity> {
    Entity::visible(viewer)
        .order_by_asc(Column::OpenedAt)
        .order_by_asc(Column::Id)
}

/// What is still owed under `contracts`, oldest first.
pub async fn open_of_contracts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    contracts: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let open = oldest_first(viewer).filter(is_open());
    of_keys(db, open, Column::ContractId, contracts).await
}

/// What is still owed to `enterprises`, oldest first.
pub async fn open_of_enterprises(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let open = oldest_first(viewer).filter(is_open());
    of_keys(db, open, Column::EnterpriseId, enterprises).await
}

/// What is still owed and is kept by each of `deeds`, as far as it can be entered today.
pub async fn kept_by(
    store: &Store,
    viewer: &Viewer,
    deeds: &[Deed],
) -> Result<HashMap<Deed, Vec<Model>>, Fault> {
    let db = store.db();
    let enterprises: BTreeSet<Uuid> = deeds.iter().map(|deed| deed.enterprise_id).collect();
    let enterprises: Vec<Uuid> = enterprises.into_iter().collect();
    let open = open_of_enterprises(db, viewer, &enterprises).await?;
    let limits: Vec<Uuid> = open.iter().map(|row| row.deadline_id).collect();
    let limits = deadline::repository::of_ids(db, &limits).await?;
    let started: HashMap<Uuid, NaiveDate> = limits
        .into_iter()
        .map(|limit| (limit.id, limit.started_on))
        .collect();
    let promises: Vec<Uuid> = open.iter().map(|row| row.commitment_id).collect();
    let promises = commitment::Entity::of_ids(db, viewer, &promises).await?;
    let promises: HashMap<Uuid, commitment::Model> =
        promises.into_iter().map(|row| (row.id, row)).collect();
    let calendar = calendar::repository::in_force(store).await?;
    let keeps = |deed: &Deed, row: &Model| {
        let promise = promises.get(&row.commitment_id)?;
        let first = rules::first_day(promise.kind, *started.get(&row.deadline_id)?);
        let told = Told {
            on: deed.on,
            reason: Some("-".to_owned()),
        };
        let done = rules::done(
            told,
            first,
            store.today(),
            store.policy().margins,
            &calendar,
        );
        let same = deed.enterprise_id == row.enterprise_id;
        Some(same && deed.evidence.contains(&promise.evidence_kind.as_str()) && done.is_ok())
    };
    Ok(deeds
        .iter()
        .map(|deed| {
            let kept = open.iter().filter(|row| keeps(deed, row) == Some(true));
            (*deed, kept.cloned().collect())
        })
        .collect())
}

/// What was kept last towards each of `enterprises`.
pub async fn last_kept(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<HashMap<Uuid, Model>, Fault> {
    let newest = Entity::visible(viewer)
        .select_only()
        .column_as(Column::ClosedAt.max(), "newest")
        .filter(Column::State.eq(State::Fulfilled))
        .filter(among(db, Column::EnterpriseId, enterprises))
        .group_by(Column::EnterpriseId)
        .into_query();
    let kept = Entity::visible(viewer)
        .filter(Column::State.eq(State::Fulfilled))
        .filter(Column::ClosedAt.in_subquery(newest))
        .order_by_asc(Column::ClosedAt)
        .order_by_asc(Column::Id);
    let rows = of_keys(db, kept, Column::EnterpriseId, enterprises).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.enterprise_id, row))
        .collect())
}

/// The day that lies `days` working days after today.
pub async fn working_days_ahead(store: &Store, days: u32) -> Result<NaiveDate, Fault> {
    let calendar = calendar::repository::in_force(store).await?;
    Ok(calendar.add_working_days(store.today(), days))
}

/// What a promise owes for an occasion, if it was opened.
pub(crate) async fn of_occasion(
    unit: &Unit,
    commitment_id: Uuid,
    occasion: &str,
) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::CommitmentId.eq(commitment_id))
        .filter(Column::Occasion.eq(occasion))
        .one(unit.db())
        .await?)
}

/// The occasions for which the promises of a contract have been opened.
pub(crate) async fn occasions_of(
    unit: &Unit,
    contract_id: Uuid,
) -> Result<Vec<(Uuid, String)>, Fault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::CommitmentId)
        .column(Column::Occasion)
        .filter(Column::ContractId.eq(contract_id))
        .into_tuple()
        .all(unit.db())
        .await?)
}

/// What is still owed under a contract.
pub(crate) async fn open_of_contract(unit: &Unit, contract_id: Uuid) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::ContractId.eq(contract_id))
        .filter(is_open())
        .order_by_asc(Column::Id)
        .all(unit.db())
        .await?)
}

/// Something owed, with all that a warning says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The obligation.
    pub obligation: Model,
    /// Its time limit.
    pub deadline: deadline::Model,
    /// The promise.
    pub commitment: commitment::Model,
    /// To whom it is owed.
    pub enterprise_name: String,
}

/// What is open and due by `due_to`, in the order of the deadlines' keys from after `after`, at most `limit`. Not scoped.
pub async fn open_with_deadlines(
    db: &impl ConnectionTrait,
    due_to: NaiveDate,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Owed>, Fault> {
    let rows = with_deadlines()
        .filter(deadline::Column::State.is_in([deadline::State::Running, deadline::State::Paused]))
        .filter(deadline::Column::DueOn.lte(due_to))
        .filter(Condition::all().add_option(after.map(|after| Column::DeadlineId.gt(after))))
        .order_by(Column::DeadlineId, Order::Asc)
        .limit(limit)
        .all(db)
        .await?;
    owed(db, rows).await
}

/// What the department of a window officer owes, the earliest due first, at most `most`; nothing for anybody else.
pub async fn at_the_counter(store: &Store, viewer: &Viewer, most: u64) -> Result<Vec<Owed>, Fault> {
    let person = viewer.person();
    let officer = person.filter(|person| person.role == Role::WindowOfficer);
    let Some(own) = officer.and_then(|person| person.department_id) else {
        return Ok(Vec::new());
    };
    let promised = Condition::all().add(commitment::Column::DepartmentId.eq(own));
    let rows = with_deadlines()
        .filter(deadline::Column::ClosedOn.is_null())
        .filter(Column::CommitmentId.in_subquery(promises_with(promised)))
        .order_by(deadline::Column::DueOn, Order::Asc)
        .order_by(deadline::Column::Id, Order::Asc)
        .limit(most)
        .all(store.db())
        .await?;
    owed(store.db(), rows).await
}

/// Open obligations beside their deadlines.
fn with_deadlines() -> SelectTwo<Entity, deadline::Entity> {
    Entity::find()
        .join(JoinType::InnerJoin, its_deadline())
        .select_also(deadline::Entity)
        .filter(is_open())
}

async fn owed(
    db: &impl ConnectionTrait,
    rows: Vec<(Model, Option<deadline::Model>)>,
) -> Result<Vec<Owed>, Fault> {
    let rows: Vec<(Model, deadline::Model)> = rows
        .into_iter()
        .filter_map(|(obligation, deadline)| Some((obligation, deadline?)))
        .collect();
    let keys = |of: fn(&Model) -> Uuid| -> Vec<Uuid> {
        let keys: BTreeSet<Uuid> = rows.iter().map(|(obligation, _)| of(obligation)).collect();
        keys.into_iter().collect()
    };
    let wanted = keys(|obligation| obligation.commitment_id);
    let found = commitment::Entity::find();
    let commitments: HashMap<Uuid, commitment::Model> =
        of_keys(db, found, commitment::Column::Id, &wanted)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
    let wanted = keys(|obligation| obligation.enterprise_id);
    let found = enterprise::Entity::find();
    let names: HashMap<Uuid, String> = of_keys(db, found, enterprise::Column::Id, &wanted)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name_zh))
        .collect();
    Ok(rows
        .into_iter()
        .filter_map(|(obligation, deadline)| {
            Some(Owed {
                commitment: commitments.get(&obligation.commitment_id)?.clone(),
                enterprise_name: names.get(&obligation.enterprise_id)?.clone(),
                obligation,
                deadline,
            })
        })
        .collect())
}

/// Who has to fulfil each of the obligations `ids` now: its [`owners`], and whoever stands in for one on leave. Not scoped.
pub async fn responsible(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Uuid>>, Fault> {
    let leaves = absence::repository::leaves(db).await?;
    let mut found = owners(db, ids).await?;
    for people in found.values_mut() {
        for person in people.clone() {
            if let Some((_, deputy)) = leaves.stand_in(person)
                && !people.contains(&deputy)
            {
                people.push(deputy);
            }
        }
    }
    Ok(found)
}

/// Who has to fulfil each of the obligations `ids`. Not scoped.
pub async fn owners(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Uuid>>, Fault> {
    let mut asked: Vec<(Uuid, (Answers, Option<Uuid>))> = Vec::with_capacity(ids.len());
    for part in ids.chunks(KEYS_AT_ONCE) {
        let rows: Vec<(Uuid, Uuid, Owner, Option<Uuid>)> = Entity::find()
            .join(JoinType::InnerJoin, its_commitment())
            .select_only()
            .columns([Column::Id, Column::EnterpriseId])
            .columns([commitment::Column::Owner, commitment::Column::DepartmentId])
            .filter(among(db, Column::Id, part))
            .into_tuple()
            .all(db)
            .await?;
        asked.extend(rows.into_iter().map(|(id, enterprise, owner, department)| {
            (id, (answers(owner, department), Some(enterprise)))
        }));
    }
    let (ids, who): (Vec<Uuid>, Vec<_>) = asked.into_iter().unzip();
    let people = liaison::repository::answering(db, &who).await?;
    Ok(ids.into_iter().zip(people).collect())
}
