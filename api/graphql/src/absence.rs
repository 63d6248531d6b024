//! Leaves (请假) as the API shows them.

use api_door::{
    coded::{Coded, plain},
    form::{Input, Offered, Payload, offered, run},
    loaders::by_id,
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    absence::{self, commands, repository},
    account,
    table::Visible,
};

use super::liaison::{Official, official, officials};

/// A person is on leave and a deputy stands in (请假): letters follow to the deputy.
pub struct Absence(pub(crate) absence::Model);

impl From<absence::Model> for Absence {
    fn from(row: absence::Model) -> Self {
        Self(row)
    }
}

/// A person is on leave and a deputy stands in (请假): letters follow to the deputy.
#[Object]
impl Absence {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Absence.id(self.0.id)
    }

    /// Who is on leave.
    async fn official(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.account_id).await
    }

    /// Who stands in (代理人).
    async fn deputy(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.deputy_id).await
    }

    /// The first day.
    async fn from_on(&self) -> Date {
        self.0.from_on.into()
    }

    /// The last day.
    async fn until_on(&self) -> Date {
        self.0.until_on.into()
    }

    /// Where it stands.
    async fn state(&self) -> Coded<absence::State> {
        self.0.state.into()
    }

    /// When it ended; null while it has not.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(Into::into)
    }

    /// Grows by one with every change; send it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        offered(ctx, commands::offered(viewer(ctx), &self.0), None)
    }
}

by_id! {
    /// Leaves by key.
    AbsenceById: absence::Model = absence::Entity::of_ids
}

/// One of several states.
#[derive(InputObject)]
pub struct AbsenceStateIn {
    /// The state is one of these.
    one_of: Vec<Coded<absence::State>>,
}

/// Narrows a list of leaves: all conditions hold.
#[derive(Default, InputObject)]
pub struct AbsenceFilter {
    /// In one of these states.
    state: Option<AbsenceStateIn>,
    /// Of this account.
    account_id: Option<ID>,
    /// With this account as deputy.
    deputy_id: Option<ID>,
}

/// By what a list of leaves may be sorted.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum AbsenceSortField {
    /// Its first day.
    FromOn,
}

/// The order of a list of leaves.
#[derive(InputObject)]
pub struct AbsenceSort {
    /// By what.
    #[graphql(default_with = "AbsenceSortField::FromOn")]
    field: AbsenceSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    direction: SortDirection,
}

/// Reads of leaves.
#[derive(Default)]
pub struct AbsenceQuery;

#[Object]
impl AbsenceQuery {
    /// Leaves: all of them for ADMIN, CENTRE, LEADER and SUPERVISOR; for everybody else the own ones and those as a deputy.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn absences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<AbsenceFilter>,
        #[graphql(
            desc = "The order, by the first day unless said otherwise; the id decides among equals."
        )]
        sort_by: Option<Vec<AbsenceSort>>,
    ) -> Result<Connection<Absence>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let states = |any: AbsenceStateIn| plain(any.one_of);
        let account = |id: Option<ID>| id.map(|id| Kind::Account.require(&id)).transpose();
        let filter = repository::Filter {
            states: filter.state.map(states),
            account_id: account(filter.account_id)?,
            deputy_id: account(filter.deputy_id)?,
        };
        let sort = page::order(sort_by.unwrap_or_default(), |sort| {
            (sort.field, sort.direction)
        })?;
        let descending = sort.first().is_some_and(|(_, descending)| *descending);
        let rows =
            repository::page(store(ctx).db(), viewer(ctx), &filter, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }

    /// Who may stand in for somebody on leave (代理人), by name: for oneself, or as CENTRE or ADMIN for anybody.
    #[graphql(complexity = "100 * child_complexity")]
    async fn deputies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For whom; for the person who asks when null.")] account_id: Option<ID>,
    ) -> Result<Vec<Row<Official>>> {
        let (db, viewer) = (store(ctx).db(), viewer(ctx));
        let key = match account_id {
            Some(id) => Kind::Account.key(&id),
            None => viewer.account_id(),
        };
        let absent = match key {
            Some(key) => account::Entity::one(db, viewer, key).await?,
            None => None,
        };
        let Some(absent) = absent else {
            return Ok(Vec::new());
        };
        let deputies = repository::deputies_of(db, &absent).await?;
        officials(ctx, deputies.iter().map(|deputy| deputy.id).collect()).await
    }
}

/// What a mutation answers.
type Answer<C> = Payload<C, Absence>;

/// Changes of leaves.
#[derive(Default)]
pub struct AbsenceMutation;

#[Object]
impl AbsenceMutation {
    /// Records a leave: the own one, or as CENTRE or ADMIN that of anybody. During it letters follow to the deputy, who can do
    /// what a liaison on leave can do.
    async fn absence_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The leave.")] input: Input<commands::RecordAbsence>,
    ) -> Result<Answer<commands::RecordAbsence>> {
        run(ctx, input, commands::record_absence).await
    }

    /// Ends a leave now, or calls off one that has not begun: the own one, or as CENTRE or ADMIN that of anybody. Letters that
    /// waited for the return go.
    async fn absence_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which leave.")] input: Input<commands::EndAbsence>,
    ) -> Result<Answer<commands::EndAbsence>> {
        run(ctx, input, commands::end).await
    }
}
