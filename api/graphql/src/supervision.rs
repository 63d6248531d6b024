//! Supervision orders (督办单) in the API.

use api_door::{
    coded::{Coded, plain},
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, by_id, by_owner},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    supervision::{self, commands, entry, repository},
    table::Visible,
};

use super::{
    department::{Department, DepartmentById},
    document::{Document, attached},
    enterprise::{Enterprise, EnterpriseById},
    liaison::{Official, official},
    obligation::{Obligation, ObligationById},
};

/// An order to answer in writing for an overdue promise (督办单), with what was answered.
pub struct SupervisionOrder(pub(crate) supervision::Model);

impl From<supervision::Model> for SupervisionOrder {
    fn from(row: supervision::Model) -> Self {
        Self(row)
    }
}

/// An order to answer in writing for an overdue promise (督办单), with what was answered.
#[Object]
impl SupervisionOrder {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::SupervisionOrder.id(self.0.id)
    }

    /// The overdue promise; null for the head of the department of a liaison who answers for a promise that is not the department's.
    async fn obligation(&self, ctx: &Context<'_>) -> Result<Option<Row<Obligation>>> {
        let row = loaders::one::<ObligationById>(ctx, self.0.obligation_id).await?;
        Ok(row.map(Obligation).map(Row))
    }

    /// The enterprise to which it is owed; null where the viewer may not know which.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let row = loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// The department that answers; null when it is the service centre.
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Row<Department>>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        let row = loaders::one::<DepartmentById>(ctx, id).await?;
        Ok(row.map(Department).map(Row))
    }

    /// The promise as it was called; Chinese.
    async fn about_zh(&self) -> &str {
        &self.0.about_zh
    }

    /// English.
    async fn about_en(&self) -> &str {
        &self.0.about_en
    }

    /// When it was given.
    async fn ordered_at(&self) -> DateTime {
        self.0.ordered_at.into()
    }

    /// Who gave it.
    async fn ordered_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.ordered_by).await
    }

    /// The due date for which it was given.
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// By when the department answers, as it was asked last.
    async fn reply_by(&self) -> Date {
        self.0.reply_by.into()
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Where it stands.
    async fn state(&self) -> Coded<supervision::State> {
        self.0.state.into()
    }

    /// Whether an answer should have come before today and has not.
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        supervision::rules::is_late(&self.0, store(ctx).today())
    }

    /// What was written to it, the oldest first: answers, what was asked again, the conclusion. At most 101.
    #[graphql(complexity = "5 * child_complexity")]
    async fn entries(&self, ctx: &Context<'_>) -> Result<Vec<SupervisionEntry>> {
        let rows = loaders::one::<EntriesOfOrder>(ctx, self.0.id).await?;
        let rows = rows.unwrap_or_default().into_iter();
        Ok(rows.map(SupervisionEntry).collect())
    }

    /// When it was settled.
    async fn settled_at(&self) -> Option<DateTime> {
        self.0.settled_at.map(Into::into)
    }

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "3 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        let offers = commands::offered_with(viewer(ctx), &self.0);
        offered(ctx, offers, None)
    }
}

/// What was written to a supervision order: an answer, a question that was asked again, the conclusion.
pub struct SupervisionEntry(entry::Model);

/// What was written to a supervision order: an answer, a question that was asked again, the conclusion.
#[Object]
impl SupervisionEntry {
    /// What it is.
    async fn kind(&self) -> Coded<entry::Kind> {
        self.0.kind.into()
    }

    /// What was written.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Its files, in their order, at most ten; without those that are not for this viewer.
    #[graphql(complexity = "3 * child_complexity")]
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        attached(ctx, None, self.0.id).await
    }

    /// By when the answer was to come; of what was asked again, by when the next one is.
    async fn reply_by(&self) -> Date {
        self.0.reply_by.into()
    }

    /// Whether it is an answer that came after its day (逾期答复).
    async fn late(&self) -> bool {
        self.0.late
    }

    /// When it was written.
    async fn written_at(&self) -> DateTime {
        self.0.written_at.into()
    }

    /// Who wrote it.
    async fn written_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.written_by).await
    }
}

by_id! {
    /// Supervision orders by key.
    SupervisionOrderById: supervision::Model = supervision::Entity::of_ids
}

by_owner! {
    /// The orders about obligations.
    OrdersOfObligation: supervision::Model = repository::of_obligations, by |row| row.obligation_id;
}

by_owner! {
    /// What was written to orders.
    EntriesOfOrder: entry::Model = unscoped repository::entries_of, by |row| row.order_id;
}

/// Which states are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct SupervisionOrderStateFilter {
    /// One of these.
    one_of: Vec<Coded<supervision::State>>,
}

/// Which supervision orders are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SupervisionOrderFilter {
    /// In which states.
    state: Option<SupervisionOrderStateFilter>,
}

/// By what supervision orders are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SupervisionOrderSortField {
    /// By when they are to be answered.
    ReplyBy,
}

/// The order of supervision orders.
#[derive(Clone, InputObject)]
pub struct SupervisionOrderSort {
    /// By what.
    #[graphql(default_with = "SupervisionOrderSortField::ReplyBy")]
    pub field: SupervisionOrderSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    pub direction: SortDirection,
}

/// Reading supervision orders.
#[derive(Default)]
pub struct SupervisionQuery;

#[Object]
impl SupervisionQuery {
    /// One supervision order; null when it does not exist for this viewer.
    async fn supervision_order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the supervision order.")] id: ID,
    ) -> Result<Option<SupervisionOrder>> {
        let Some(key) = Kind::SupervisionOrder.key(&id) else {
            return Ok(None);
        };
        let row = loaders::one::<SupervisionOrderById>(ctx, key).await?;
        Ok(row.map(SupervisionOrder))
    }

    /// The supervision orders this viewer may see, by when they are to be answered; none for an enterprise.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn supervision_orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which supervision orders.")] filter: Option<
            SupervisionOrderFilter,
        >,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<
            SupervisionOrderSort,
        >,
    ) -> Result<Connection<SupervisionOrder>> {
        let request = page::request(ctx, first, last, after, before)?;
        let states = filter.and_then(|filter| filter.state);
        let states = states.map(|state| plain(state.one_of));
        let descending = sort_by.is_some_and(|sort| sort.direction == SortDirection::Desc);
        let db = store(ctx).db();
        let rows = repository::page(db, viewer(ctx), states, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// What a mutation answers.
type Answer<C> = Payload<C, SupervisionOrder>;

/// What happens to supervision orders.
#[derive(Default)]
pub struct SupervisionMutation;

#[Object]
impl SupervisionMutation {
    /// Answers a supervision order for the department in charge (答复督办单; DEPARTMENT_HEAD of the department, CENTRE). Answers are added until
    /// it is settled; a late one is accepted and marked so.
    async fn supervision_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer.")] input: Input<commands::Reply>,
    ) -> Result<Answer<commands::Reply>> {
        run(ctx, input, commands::reply).await
    }

    /// Asks the department to answer again, by another day (要求再次答复; SUPERVISOR, LEADER).
    async fn supervision_ask_again(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the answer lacks.")] input: Input<commands::AskAgain>,
    ) -> Result<Answer<commands::AskAgain>> {
        run(ctx, input, commands::ask_again).await
    }

    /// Settles a supervision order (了结督办单; SUPERVISOR, LEADER): nothing more is answered.
    async fn supervision_settle(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The conclusion.")] input: Input<commands::Settle>,
    ) -> Result<Answer<commands::Settle>> {
        run(ctx, input, commands::settle).await
    }
}
