//! Reading the outbox. States and numbers of letters are for ADMIN and CENTRE; the text belongs to its recipient alone and is
//! never shown to anybody else.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, PartialModelTrait,
    QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, Query, SelectStatement},
};

use super::{
    Class, Column, Entity, Envelope, Kind, Model, State, attachment, attempt, hold,
    rules::PATIENCE, suppression,
};
use crate::{
    error::Fault,
    page::{KEYS_AT_ONCE, Page, PageRequest, among, keyset, known, of_keys, one_of},
    permission::{Action, Standing, allows, require},
    table::Visible,
    term::Term,
    viewer::Viewer,
};

impl Visible for Entity {
    /// The letters this viewer may know of: all of them for those who run the service, the own ones for everybody else.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer {
            Viewer::System { .. } => Condition::all(),
            Viewer::Anonymous { .. } => Condition::all().add(Column::Id.is_null()),
            Viewer::Person(person)
                if allows(Action::ReadOperations, person.role, Standing::None) =>
            {
                Condition::all()
            }
            Viewer::Person(person) => {
                Condition::all().add(Column::RecipientId.eq(person.account_id))
            }
        }
    }
}

/// What a list of letters is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of one of these kinds.
    pub kinds: Option<Vec<Kind>>,
    /// To this person.
    pub recipient_id: Option<Uuid>,
    /// To one of the people whose keys this finds: `account::repository::meant`.
    pub recipients: Option<SelectStatement>,
    /// Written at or after this instant.
    pub written_since: Option<DateTime<Utc>>,
    /// Written before this instant.
    pub written_before: Option<DateTime<Utc>>,
}

impl Filter {
    fn condition(&self) -> Condition {
        Condition::all()
            .add_option(
                self.states
                    .as_ref()
                    .map(|any| Column::State.is_in(any.iter().copied())),
            )
            .add_option(
                self.kinds
                    .as_ref()
                    .map(|any| Column::Kind.is_in(any.iter().copied())),
            )
            .add_option(self.recipient_id.map(|id| Column::RecipientId.eq(id)))
            .add_option(self.written_since.map(|at| Column::CreatedAt.gte(at)))
            .add_option(self.written_before.map(|at| Column::CreatedAt.lt(at)))
    }
}

/// The letters this viewer may know of, as lists show them.
fn envelopes(viewer: &Viewer) -> Select<Entity> {
    Envelope::select_cols(Entity::visible(viewer).select_only())
}

/// One page of letters, by the time they were written.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Envelope>, Fault> {
    let recipients = match &filter.recipients {
        Some(meant) => Some(one_of(db, Column::RecipientId, meant.clone()).await?),
        None => None,
    };
    keyset(
        db,
        envelopes(viewer),
        filter.condition().add_option(recipients),
        Column::CreatedAt,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// Those of these letters that the viewer may know of, in no particular order.
pub async fn envelopes_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Envelope>, Fault> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(KEYS_AT_ONCE) {
        let these = envelopes(viewer).filter(among(db, Column::Id, part));
        found.extend(these.into_model().all(db).await?);
    }
    Ok(found)
}

/// The bytes of those of these letters that are fixed and go to the viewer, for nobody else reads them.
pub async fn own_bytes(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<u8>>, Fault> {
    let mut own = HashMap::new();
    let Some(reader) = viewer.account_id() else {
        return Ok(own);
    };
    for part in ids.chunks(KEYS_AT_ONCE) {
        let rows: Vec<(Uuid, Vec<u8>)> = Entity::find()
            .select_only()
            .columns([Column::Id, Column::Frozen])
            .filter(among(db, Column::Id, part))
            .filter(Column::RecipientId.eq(reader))
            .filter(Column::Frozen.is_not_null())
            .into_tuple()
            .all(db)
            .await?;
        own.extend(rows);
    }
    Ok(own)
}

/// The attempts of letters the viewer may know of, oldest first.
pub async fn attempts_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    letters: &[Uuid],
) -> Result<Vec<attempt::Model>, Fault> {
    let visible = Query::select()
        .column(Column::Id)
        .from(Entity)
        .cond_where(Entity::visible_to(viewer))
        .to_owned();
    of_keys(
        db,
        attempt::Entity::find()
            .filter(attempt::Column::LetterId.in_subquery(visible))
            .order_by_asc(attempt::Column::LetterId)
            .order_by_asc(attempt::Column::Number),
        attempt::Column::LetterId,
        letters,
    )
    .await
}

/// How many letters there are in each state in which they wait or need somebody, for those who run the service. What is settled becomes more
/// for ever, and is not counted.
pub async fn count_by_state(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
) -> Result<Vec<(State, i64)>, Fault> {
    require(viewer, Action::ReadOperations, Standing::None)?;
    Ok(Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "letters")
        .filter(stand(false, &State::SETTLED))
        .group_by(Column::State)
        .into_tuple()
        .all(db)
        .await?)
}

/// How many letters were not delivered and will not be without a person.
pub async fn undelivered(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<u64, Fault> {
    require(viewer, Action::ReadOperations, Standing::None)?;
    Ok(Entity::find()
        .filter(stand(true, &State::UNDELIVERED))
        .count(db)
        .await?)
}

/// The files of a letter, in their order, for the one who sends it.
pub async fn attachments_of(
    db: &impl ConnectionTrait,
    letter_id: Uuid,
) -> Result<Vec<attachment::Model>, Fault> {
    Ok(attachment::Entity::find()
        .filter(attachment::Column::LetterId.eq(letter_id))
        .order_by_asc(attachment::Column::Position)
        .all(db)
        .await?)
}

/// A letter that is due.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Due {
    /// The letter.
    pub id: Uuid,
    /// To whom.
    pub recipient_id: Uuid,
    /// Whether missing it or getting it twice is worse.
    pub class: Class,
    /// When it fell due.
    pub next_attempt_at: DateTime<Utc>,
}

/// The letters that are due at `now`: waiting ones, unclear ones whose re-send has come, and those whose holder died. What must not
/// be missed comes first, then what has waited longest.
pub async fn due_by(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Due>, Fault> {
    Ok(Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::RecipientId,
            Column::Class,
            Column::NextAttemptAt,
        ])
        .filter(is_due(now))
        .order_by_desc(Column::Class)
        .order_by_asc(Column::NextAttemptAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_model::<Due>()
        .all(db)
        .await?)
}

/// Since when the letter is due that has waited longest: from its first attempt, or from its time.
pub async fn waiting_since(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Fault> {
    let open = stand(true, &State::OPEN);
    let oldest = async |column: Column, condition: Condition| {
        let found = Entity::find()
            .select_only()
            .column_as(column.min(), "since")
            .filter(open.clone())
            .filter(condition)
            .into_tuple::<Option<DateTime<Utc>>>()
            .one(db)
            .await?;
        Ok::<_, Fault>(found.flatten())
    };
    let tried = oldest(
        Column::FirstAttemptAt,
        Condition::all().add(Column::FirstAttemptAt.is_not_null()),
    )
    .await?;
    let untried = oldest(
        Column::NextAttemptAt,
        Condition::all()
            .add(Column::FirstAttemptAt.is_null())
            .add(Column::NextAttemptAt.lte(now)),
    )
    .await?;
    Ok(tried.into_iter().chain(untried).min())
}

/// How many letters have gone since `since`, and how many of them came back. For the job that tells.
pub async fn sent_and_bounced(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<(u64, u64), Fault> {
    let sent = Entity::find().filter(Column::SentAt.gte(since));
    let bounced = sent
        .clone()
        .filter(stand(true, &State::UNDELIVERED))
        .filter(Column::State.is_in([State::Dead, State::Suppressed]))
        .count(db)
        .await?;
    // The letters that were sent are many, and mostly none came back.
    if bounced == 0 {
        return Ok((0, 0));
    }
    Ok((sent.count(db).await?, bounced))
}

/// Whether anything is due at `now`.
pub async fn any_due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, Fault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(is_due(now))
        .limit(1)
        .into_tuple::<Uuid>()
        .one(db)
        .await?
        .is_some())
}

/// Whether a letter was written under this key. For jobs.
pub async fn is_used(db: &impl ConnectionTrait, key: &str) -> Result<bool, Fault> {
    Ok(!used(db, &[key.to_owned()]).await?.is_empty())
}

/// Under which of these keys a letter was written. For jobs.
pub async fn used(db: &impl ConnectionTrait, keys: &[String]) -> Result<HashSet<String>, Fault> {
    known::<Entity>(db, Column::Key, keys).await
}

/// One letter, if it is due at `now`, for the one who sends it.
pub async fn due(
    db: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).filter(is_due(now)).one(db).await?)
}

/// The letters of this kind that wait and are in nobody's hands, the oldest first. For the job that replaces them.
pub async fn waiting_of_kind(db: &impl ConnectionTrait, kind: Kind) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::Kind.eq(kind))
        .filter(Expr::cust("\"letter\".\"state\" = 'PENDING'"))
        .order_by_asc(Column::NotBefore)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Letters that reach nobody unless a person decides, and warnings of the law that were tried for so long, of which nobody else was
/// told yet. For the job that tells.
pub async fn to_escalate(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    // Two statements, one for each index.
    let untold = Entity::find().filter(Column::EscalatedAt.is_null());
    let mut found = untold
        .clone()
        .filter(stand(true, &State::UNDELIVERED))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    let legal = Kind::ALL.into_iter().filter(|kind| kind.is_legal());
    let long_tried = untold
        .filter(stand(true, &State::OPEN))
        .filter(Column::State.is_in([State::Pending, State::Ambiguous]))
        .filter(Column::Kind.is_in(legal))
        .filter(Column::FirstAttemptAt.lte(now - PATIENCE))
        .order_by_asc(Column::NextAttemptAt)
        .order_by_asc(Column::Id)
        .limit(limit - found.len() as u64)
        .all(db)
        .await?;
    found.extend(long_tried);
    Ok(found)
}

/// The suppression of an address, if it was given up.
pub async fn suppressed(
    db: &impl ConnectionTrait,
    address: &str,
) -> Result<Option<suppression::Model>, Fault> {
    Ok(suppression::Entity::find_by_id(address.to_lowercase())
        .one(db)
        .await?)
}

/// Those of these addresses that were given up.
pub async fn given_up(
    db: &impl ConnectionTrait,
    addresses: &[String],
) -> Result<HashMap<String, suppression::Model>, Fault> {
    let addresses = addresses.iter().map(|address| address.to_lowercase());
    let found = suppression::Entity::find()
        .filter(suppression::Column::Address.is_in(addresses))
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .map(|row| (row.address.clone(), row))
        .collect())
}

/// Whether letters are held back, and the name and the key of this database.
pub async fn mail_state(db: &impl ConnectionTrait) -> Result<hold::Model, Fault> {
    hold::Entity::find_by_id(hold::ONLY)
        .one(db)
        .await?
        .ok_or_else(|| Fault::Internal("the mail state is missing".to_owned()))
}

/// What is in one of `states`, or in none of them, in the words of the indexes of the few letters that are not settled: a statement with
/// values for the states leads to no such index.
fn stand(within: bool, states: &[State]) -> Expr {
    let codes: Vec<String> = states
        .iter()
        .map(|state| format!("'{}'", state.code()))
        .collect();
    let within = if within { "IN" } else { "NOT IN" };
    Expr::cust(format!(
        "\"letter\".\"state\" {within} ({})",
        codes.join(", ")
    ))
}

pub(super) fn is_due(now: DateTime<Utc>) -> Condition {
    let due = Condition::any()
        .add(
            Condition::all()
                .add(Column::State.is_in([State::Pending, State::Ambiguous]))
                .add(Column::NextAttemptAt.lte(now)),
        )
        .add(
            Condition::all()
                .add(Column::State.eq(State::Sending))
                .add(Column::LeaseUntil.lt(now)),
        );
    Condition::all().add(stand(true, &State::OPEN)).add(due)
}
