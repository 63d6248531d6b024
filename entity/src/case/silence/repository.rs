//! Every query on what silence will bring about, and on what it has.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, RelationDef,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{Act, Coming, Facts, Running, WARNED, What, at_the_end, coming, decision, silence};
use crate::{
    account,
    calendar::{self, rules::Calendar},
    case::{self, State, clock},
    catalogue::SilenceClass,
    clock::civil_date,
    deadline::{
        self,
        repository::{Walked, pauses_of},
    },
    error::Fault,
    outbox,
    page::{KEYS_AT_ONCE, Page, PageRequest, SortKey, among, keyset, keyset_by, of_keys},
    store::Store,
    table::Visible,
    viewer::{Role, Viewer},
    warning,
};

/// A case in which silence will bring something about unless the office acts.
#[derive(Clone, Debug)]
pub struct Near {
    /// The case.
    pub case: case::Model,
    /// The time limit that silence waits for.
    pub limit: deadline::Model,
    /// What it will bring about, and when.
    pub coming: Coming,
    /// Who was warned of it, the first warning first.
    pub warned: Vec<Warned>,
    /// When a warning first reached the department.
    pub warned_on: Option<NaiveDate>,
    /// What silence does today.
    pub today: What,
    /// The first day on which it acts, as things stand: none while it waits for a warning to arrive.
    pub acts_on: Option<NaiveDate>,
}

/// A warning of what silence will bring about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warned {
    /// How many working days before the day that is shown: one of [`WARNED`].
    pub left: u32,
    /// Who.
    pub recipient_id: Uuid,
    /// Whether that is an officer or the head of the deciding department.
    pub is_office: bool,
    /// When the mail server took it; none as long as it has not, and when it came back.
    pub reached_at: Option<DateTime<Utc>>,
}

/// As what it is recorded that somebody was warned, so many working days before a day.
pub fn threshold(left: u32, shown_on: NaiveDate) -> String {
    format!("{THRESHOLD}{left}:{shown_on}")
}

const THRESHOLD: &str = "SILENCE_";

/// The warning that is recorded so, of this day.
fn of_threshold(threshold: &str, shown_on: NaiveDate) -> Option<u32> {
    let (left, day) = threshold.strip_prefix(THRESHOLD)?.split_once(':')?;
    let left = left.parse().ok()?;
    (WARNED.contains(&left) && day == shown_on.to_string()).then_some(left)
}

/// The cases that stand so and have such a class: those for whose clock silence waits.
fn waiting(act: Act) -> (clock::Clock, Condition) {
    let accepted = |classes: &[SilenceClass]| {
        Condition::all()
            .add(case::Column::State.eq(State::Accepted))
            .add(case::Column::Silence.is_in(classes.iter().copied()))
    };
    match act {
        Act::Accepted => (
            clock::Clock::Notice,
            Condition::all().add(case::Column::State.eq(State::Received)),
        ),
        Act::Granted => (
            clock::Clock::Statutory,
            accepted(&[SilenceClass::T2, SilenceClass::T3]),
        ),
        Act::Pending => (clock::Clock::Promised, accepted(&[SilenceClass::T5])),
    }
}

/// What silence waits for until `until`, at most `most` limits from after `after`: the chunks in which the job walks, in the index of open limits
/// from its beginning to that day. The cost grows with what is found, not with what exists. Not scoped.
pub async fn near(
    store: &Store,
    until: NaiveDate,
    after: Option<Walked>,
    most: u64,
) -> Result<(Vec<Near>, Option<Walked>), Fault> {
    use deadline::Column as C;
    let beyond = after.map(|(day, key)| {
        let place = Expr::tuple([C::DueOn.into_expr(), C::Id.into_expr()]);
        place.gt(Expr::tuple([Expr::value(day), Expr::value(key)]))
    });
    let walked: Vec<(Uuid, NaiveDate)> = deadline::Entity::find()
        .select_only()
        .columns([C::Id, C::DueOn])
        .filter(C::ClosedOn.is_null())
        .filter(C::DueOn.lte(until))
        .filter(Condition::all().add_option(beyond))
        .order_by_asc(C::DueOn)
        .order_by_asc(C::Id)
        .limit(most)
        .into_tuple()
        .all(store.db())
        .await?;
    let keys: Vec<Uuid> = walked.iter().map(|(key, _)| *key).collect();
    let clocks = of_keys(
        store.db(),
        clock::Entity::find(),
        clock::Column::DeadlineId,
        &keys,
    )
    .await?;
    let viewer = Viewer::system("silence");
    let calendar = calendar::repository::in_force(store).await?;
    let today = Today::of(store, &calendar);
    let found = standing(store.db(), &viewer, &today, clocks).await?;
    Ok((found, walked.last().map(|(key, day)| (*day, *key))))
}

/// A page of the cases that the viewer may see and in which silence will bring something about by `until` unless the office acts, by the day by
/// which it is to act. For those who act, look after it or lead; an enterprise reads of its own case what silence will mean in it.
pub async fn page(
    store: &Store,
    viewer: &Viewer,
    department: Option<Uuid>,
    until: NaiveDate,
    request: &PageRequest,
) -> Result<Page<Near>, Fault> {
    use deadline::Column as D;
    if !reads_of_silence(viewer) {
        return Ok(Page {
            total: request.counted.then_some(0),
            ..Page::default()
        });
    }
    let seen = Condition::all()
        .add(case::Entity::visible_to(viewer))
        .add_option(department.map(|id| case::Column::DepartmentId.eq(id)));
    let waits = [Act::Accepted, Act::Granted, Act::Pending].map(|act| {
        let (clock, such) = waiting(act);
        let such = case::Entity::find()
            .select_only()
            .column(case::Column::Id)
            .filter(seen.clone())
            .filter(such)
            .into_query();
        Condition::all()
            .add(clock::Column::Clock.eq(clock))
            .add(clock::Column::CaseId.in_subquery(such))
    });
    let waits = waits.into_iter().fold(Condition::any(), Condition::add);
    let filter = Condition::all()
        .add(waits)
        .add(D::ClosedOn.is_null())
        .add(D::State.eq(deadline::State::Running))
        .add(D::DueOn.lte(until));
    let by_day = SortKey {
        by: D::DueOn.into_expr(),
        descending: false,
        via: None,
        unique: false,
        follows: None,
    };
    let visible = clock::Entity::find().join(JoinType::InnerJoin, to_limit());
    let key = clock::Column::DeadlineId;
    let db = store.db();
    let found: Page<clock::Model> =
        keyset_by(db, visible, filter, vec![by_day], key, request).await?;
    let order: Vec<Uuid> = found.rows.iter().map(|row| row.deadline_id).collect();
    let calendar = calendar::repository::in_force(store).await?;
    let today = Today::of(store, &calendar);
    let mut rows: HashMap<Uuid, Near> = standing(db, viewer, &today, found.rows)
        .await?
        .into_iter()
        .map(|near| (near.limit.id, near))
        .collect();
    Ok(Page {
        rows: order.iter().filter_map(|key| rows.remove(key)).collect(),
        has_previous: found.has_previous,
        has_next: found.has_next,
        total: found.total,
    })
}

fn to_limit() -> RelationDef {
    clock::Entity::belongs_to(deadline::Entity)
        .from(clock::Column::DeadlineId)
        .to(deadline::Column::Id)
        .into()
}

/// Whether this viewer acts in cases, looks after them or leads.
pub fn reads_of_silence(viewer: &Viewer) -> bool {
    match viewer {
        Viewer::System { .. } => true,
        Viewer::Anonymous { .. } => false,
        Viewer::Person(person) => matches!(
            person.role,
            Role::WindowOfficer
                | Role::DepartmentHead
                | Role::Centre
                | Role::Leader
                | Role::Supervisor
        ),
    }
}

/// The day on which silence is looked at.
#[derive(Clone, Copy, Debug)]
pub(in crate::case) struct Today<'a> {
    day: NaiveDate,
    zone: chrono_tz::Tz,
    calendar: &'a Calendar,
}

impl<'a> Today<'a> {
    fn of(store: &Store, calendar: &'a Calendar) -> Self {
        Self {
            day: store.today(),
            zone: store.zone(),
            calendar,
        }
    }

    /// The same for a command.
    pub(in crate::case) fn of_unit(unit: &crate::store::Unit, calendar: &'a Calendar) -> Self {
        Self {
            day: unit.today(),
            zone: unit.zone(),
            calendar,
        }
    }
}

/// What silence will bring about in one case.
pub(in crate::case) async fn of_case(
    db: &impl ConnectionTrait,
    today: &Today<'_>,
    case: &case::Model,
) -> Result<Option<Near>, Fault> {
    let Some((_, clock)) = at_the_end(case.state, case.silence) else {
        return Ok(None);
    };
    let clocks = clock::Entity::find()
        .filter(clock::Column::CaseId.eq(case.id))
        .filter(clock::Column::Clock.eq(clock))
        .all(db)
        .await?;
    let viewer = Viewer::system("silence");
    Ok(standing(db, &viewer, today, clocks).await?.pop())
}

/// Those of these clocks for which silence waits, in their order, each with all that is known of it.
async fn standing(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    today: &Today<'_>,
    clocks: Vec<clock::Model>,
) -> Result<Vec<Near>, Fault> {
    let cases: HashSet<Uuid> = clocks.iter().map(|clock| clock.case_id).collect();
    let cases: Vec<Uuid> = cases.into_iter().collect();
    let cases = case::Entity::of_ids(db, viewer, &cases).await?;
    let cases: HashMap<Uuid, case::Model> = cases.into_iter().map(|case| (case.id, case)).collect();
    let waited = clocks.into_iter().filter_map(|clock| {
        let case = cases.get(&clock.case_id)?;
        let (_, waits_for) = at_the_end(case.state, case.silence)?;
        (clock.clock == waits_for).then_some((clock, case))
    });
    let waited: Vec<(clock::Model, &case::Model)> = waited.collect();
    let keys: Vec<Uuid> = waited.iter().map(|(clock, _)| clock.deadline_id).collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let limits = deadline::repository::of_ids(db, &keys).await?;
    let mut limits: HashMap<Uuid, deadline::Model> =
        limits.into_iter().map(|limit| (limit.id, limit)).collect();
    let pauses = pauses_of(db, &keys).await?;
    let mut told = told(db, &keys).await?;
    let mut found = Vec::with_capacity(waited.len());
    for (clock, case) in waited {
        let Some(limit) = limits.remove(&clock.deadline_id) else {
            continue;
        };
        let value = limit.value();
        let running = [Running {
            clock: clock.clock,
            limit: &value,
            pauses: pauses.get(&limit.id).map_or(&[][..], Vec::as_slice),
        }];
        let mut facts = Facts {
            state: case.state,
            class: case.silence,
            received_on: case.received_on,
            renewal: None,
            clocks: &running,
            warned_on: None,
        };
        let Some(coming) = coming(&facts, today.calendar) else {
            continue;
        };
        let warned = told.remove(&limit.id).unwrap_or_default();
        let warned = warned.into_iter().filter_map(|told| {
            Some(Warned {
                left: of_threshold(&told.threshold, coming.shown_on)?,
                recipient_id: told.recipient_id,
                is_office: told.department_id == Some(case.department_id),
                reached_at: told.reached_at,
            })
        });
        let warned: Vec<Warned> = warned.collect();
        let reached = warned.iter().filter(|one| one.is_office);
        let first = reached.filter_map(|one| one.reached_at).min();
        facts.warned_on = first.map(|at| civil_date(at, today.zone));
        found.push(Near {
            case: case.clone(),
            coming,
            warned,
            warned_on: facts.warned_on,
            today: silence(&facts, today.day, today.calendar),
            acts_on: coming.acts_on(facts.warned_on, today.calendar),
            limit,
        });
    }
    Ok(found)
}

/// Somebody who was warned.
struct Told {
    threshold: String,
    recipient_id: Uuid,
    /// The department of an officer or a head.
    department_id: Option<Uuid>,
    reached_at: Option<DateTime<Utc>>,
}

/// Who was warned of the end of these limits, the first warning first, by the limit.
async fn told(
    db: &impl ConnectionTrait,
    limits: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Told>>, Fault> {
    let warnings = warning::Entity::find()
        .filter(warning::Column::Superseded.eq(false))
        .filter(warning::Column::Threshold.starts_with(THRESHOLD))
        .order_by_asc(warning::Column::RecordedAt)
        .order_by_asc(warning::Column::Id);
    let warnings = of_keys(db, warnings, warning::Column::SubjectId, limits).await?;
    let letters: HashSet<Uuid> = warnings.iter().filter_map(|one| one.letter_id).collect();
    let letters: Vec<Uuid> = letters.into_iter().collect();
    let mut reached: HashMap<Uuid, DateTime<Utc>> = HashMap::new();
    for part in letters.chunks(KEYS_AT_ONCE) {
        let sent: Vec<(Uuid, Option<DateTime<Utc>>)> = outbox::Entity::find()
            .select_only()
            .columns([outbox::Column::Id, outbox::Column::SentAt])
            .filter(among(db, outbox::Column::Id, part))
            .filter(outbox::Column::State.eq(outbox::State::Sent))
            .into_tuple()
            .all(db)
            .await?;
        reached.extend(sent.into_iter().filter_map(|(id, at)| Some((id, at?))));
    }
    let people: HashSet<Uuid> = warnings.iter().map(|one| one.recipient_id).collect();
    let people: Vec<Uuid> = people.into_iter().collect();
    let departments: HashMap<Uuid, Uuid> = account::repository::named(db, &people)
        .await?
        .into_iter()
        .filter(|person| matches!(person.role, Role::WindowOfficer | Role::DepartmentHead))
        .filter_map(|person| Some((person.id, person.department_id?)))
        .collect();
    let mut told: HashMap<Uuid, Vec<Told>> = HashMap::new();
    for one in warnings {
        told.entry(one.subject_id).or_default().push(Told {
            department_id: departments.get(&one.recipient_id).copied(),
            reached_at: one.letter_id.and_then(|id| reached.get(&id).copied()),
            threshold: one.threshold,
            recipient_id: one.recipient_id,
        });
    }
    Ok(told)
}

/// Which of the things that silence has brought about are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In cases of this department.
    pub department: Option<Uuid>,
    /// One of these.
    pub acts: Option<Vec<Act>>,
    /// Grants of which nobody in the department had been warned (true), or all else.
    pub incident: Option<bool>,
}

/// A page of what silence has brought about in the cases that the viewer may see, by when it was recorded.
pub async fn decisions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<decision::Model>, Fault> {
    use decision::Column as C;
    let of_department = filter.department.map(|department| {
        let cases = case::Entity::find()
            .select_only()
            .column(case::Column::Id)
            .filter(case::Column::DepartmentId.eq(department))
            .into_query();
        C::CaseId.in_subquery(cases)
    });
    // In the words of its index.
    let incident = Condition::all()
        .add(Expr::cust("\"silent_decision\".\"act\" = 'GRANTED'"))
        .add(C::WarnedOn.is_null());
    let such = Condition::all()
        .add_option(of_department)
        .add_option(
            filter
                .acts
                .as_ref()
                .map(|acts| C::Act.is_in(acts.iter().copied())),
        )
        .add_option(filter.incident.map(|wanted| match wanted {
            true => incident,
            false => incident.not(),
        }));
    let visible = decision::Entity::visible(viewer);
    keyset(db, visible, such, C::At, descending, C::Id, request).await
}

/// What silence has brought about in these cases, the acceptance first.
pub async fn of_cases(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    cases: &[Uuid],
) -> Result<Vec<decision::Model>, Fault> {
    let in_order = decision::Entity::visible(viewer).order_by_asc(decision::Column::Act);
    of_keys(db, in_order, decision::Column::CaseId, cases).await
}
