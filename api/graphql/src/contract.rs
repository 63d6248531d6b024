//! Contracts in the API.

use std::collections::HashMap;

use api_door::{
    coded::{Coded, plain},
    command::command,
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id, by_owner},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    commitment::{
        self,
        commands::{draft_contract, renew_contract},
    },
    contract::{self, clause, commands, repository, rules},
    error::Fault,
    obligation::{
        self,
        commands::{activate_contract, resume_contract, suspend_contract, terminate_contract},
    },
    permission::{self, Action, Standing},
    project,
    store::Store,
    table::Visible,
    text::Search,
    viewer::Viewer,
};
use uuid::Uuid;

use super::{
    comment::{Comment, CommentsOfContract, comments},
    commitment::Commitment,
    deadline::{Deadline, DeadlineById},
    document::{Document, DocumentById},
    enterprise::{Enterprise, EnterpriseById},
    liaison::{InCharge, Liaison},
    obligation::{Obligation, StandingTo},
    project::{Project, ProjectsOfContract},
    range::{self, DayRange},
};

pub mod amend_clause;
pub mod change_draft;
pub mod draft;
mod permissions;

use amend_clause::{ContractAmendClauseInput, ContractAmendClausePayload};
use change_draft::{ContractChangeDraftInput, ContractChangeDraftPayload};
use draft::{ContractDraftInput, ContractDraftPayload};
use permissions::ContractPermissions;

/// A service contract (服务契约): what the park promises one enterprise for a term.
pub struct Contract(pub(crate) contract::Model);

impl From<contract::Model> for Contract {
    fn from(row: contract::Model) -> Self {
        Self(row)
    }
}

/// A service contract (服务契约): what the park promises one enterprise for a term.
#[Object]
impl Contract {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Contract.id(self.0.id)
    }

    /// The number people use (契约编号).
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// The global id of the enterprise, party B (乙方).
    async fn enterprise_id(&self) -> ID {
        Kind::Enterprise.id(self.0.enterprise_id)
    }

    /// The enterprise, party B (乙方).
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let row = loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// Who looks after the enterprise now (服务专员).
    async fn liaison(&self, ctx: &Context<'_>) -> Result<Option<Row<Liaison>>> {
        let row = loaders::one::<InCharge>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Liaison).map(Row))
    }

    /// How it came into the system.
    async fn origin(&self) -> Coded<contract::Origin> {
        self.0.origin.into()
    }

    /// How far it has come.
    async fn state(&self) -> Coded<contract::State> {
        self.0.state.into()
    }

    /// The executing unit of the park, party A (甲方).
    async fn park_party(&self) -> &str {
        &self.0.park_party
    }

    /// The post of who signs for the park.
    async fn park_signatory(&self) -> Option<&str> {
        self.0.park_signatory.as_deref()
    }

    /// The post of who signs for the enterprise.
    async fn enterprise_signatory(&self) -> Option<&str> {
        self.0.enterprise_signatory.as_deref()
    }

    /// First day of the term.
    async fn starts_on(&self) -> Date {
        self.0.starts_on.into()
    }

    /// Last day of the term.
    async fn ends_on(&self) -> Date {
        self.0.ends_on.into()
    }

    /// The time limit of its term; null before it is signed.
    async fn deadline(&self, ctx: &Context<'_>) -> Result<Option<Row<Deadline>>> {
        let Some(id) = self.0.end_deadline_id else {
            return Ok(None);
        };
        let limit = loaders::one::<DeadlineById>(ctx, id).await?;
        Ok(limit.map(Deadline).map(Row))
    }

    /// The day of the signatures.
    async fn signed_on(&self) -> Option<Date> {
        self.0.signed_on.map(Date)
    }

    /// 60, 30 or 10 when at most that many days of the term are left; null otherwise.
    async fn expiring_within_days(&self, ctx: &Context<'_>) -> Option<i32> {
        rules::expiring(&self.0, store(ctx).today()).and_then(|days| i32::try_from(days).ok())
    }

    /// The opinion on legality (合法性审查意见); not shown to the enterprise.
    async fn legality_opinion(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0
            .legality_opinion
            .as_deref()
            .filter(|_| is_inside(ctx))
    }

    /// The opinion on fair competition (公平竞争审查意见); not shown to the enterprise.
    async fn fair_competition_opinion(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0
            .fair_competition_opinion
            .as_deref()
            .filter(|_| is_inside(ctx))
    }

    /// When a leader approved it.
    async fn approved_at(&self) -> Option<DateTime> {
        self.0.approved_at.map(DateTime)
    }

    /// Why it is suspended or was terminated.
    async fn state_reason(&self) -> Option<&str> {
        self.0.state_reason.as_deref()
    }

    /// While it is suspended: the paper in which both sides agreed; null when it is not for this viewer.
    async fn suspension_document(&self, ctx: &Context<'_>) -> Result<Option<Document>> {
        let Some(id) = self.0.suspension_document_id else {
            return Ok(None);
        };
        Ok(loaders::one::<DocumentById>(ctx, id).await?.map(Document))
    }

    /// The day on which it ended before its time.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Date)
    }

    /// The comments about it (留言) that this viewer may read, the oldest first; those about its obligations and projects stand there.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Comment>> {
        comments::<CommentsOfContract>(ctx, self.0.id, (first, last), (after, before)).await
    }

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "12 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let in_charge = loaders::one::<InCharge>(ctx, self.0.enterprise_id).await?;
        let (viewer, today) = (viewer(ctx), store(ctx).today());
        let mut offers = commands::offered(viewer, &self.0, today, in_charge.is_some());
        offers.extend(commitment::commands::offered_in(viewer, &self.0));
        let standing = loaders::one::<StandingTo>(ctx, self.0.enterprise_id).await?;
        let standing = standing.unwrap_or(Standing::None);
        offers.extend(project::commands::offered_to_contract(
            viewer, standing, &self.0,
        ));
        Ok(offered(ctx, offers, Some(&commands::signatories(&self.0))))
    }

    /// What the viewer may do with it today.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn permissions(&self, ctx: &Context<'_>) -> Result<ContractPermissions> {
        let in_charge = loaders::one::<InCharge>(ctx, self.0.enterprise_id).await?;
        let begins = rules::activate(&self.0, store(ctx).today(), in_charge.is_some()).is_ok();
        let may = |action| permission::require(viewer(ctx), action, Standing::None).is_ok();
        Ok(ContractPermissions {
            contract: self.0.clone(),
            manages: may(Action::ManageContracts),
            approves: may(Action::ApproveContract),
            begins,
        })
    }

    /// The contract this one renews.
    async fn predecessor(&self, ctx: &Context<'_>) -> Result<Option<Row<Contract>>> {
        let Some(id) = self.0.predecessor_id else {
            return Ok(None);
        };
        Ok(loaders::one::<ContractById>(ctx, id)
            .await?
            .map(Contract)
            .map(Row))
    }

    /// The clauses (条款) in force, in the order of their numbers.
    #[graphql(complexity = "16 * child_complexity")]
    async fn clauses(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "Also the earlier revisions of amended clauses.")]
        with_history: bool,
    ) -> Result<Vec<Row<Clause>>> {
        let rows = loaders::one::<ClausesOfContract>(ctx, self.0.id)
            .await?
            .unwrap_or_default();
        Ok(rows
            .into_iter()
            .filter(|row| with_history || row.ended_on.is_none())
            .map(Clause)
            .map(Row)
            .collect())
    }

    /// The commitments (承诺), in the order of their numbers, also those that have ended.
    #[graphql(complexity = "16 * child_complexity")]
    async fn commitments(&self, ctx: &Context<'_>) -> Result<Vec<Row<Commitment>>> {
        let rows = loaders::one::<CommitmentsOfContract>(ctx, self.0.id)
            .await?
            .unwrap_or_default();
        Ok(rows.into_iter().map(Commitment).map(Row).collect())
    }

    /// The projects (重点项目) it names, by name.
    #[graphql(complexity = "2 * child_complexity")]
    async fn projects(&self, ctx: &Context<'_>) -> Result<Vec<Row<Project>>> {
        let rows = loaders::one::<ProjectsOfContract>(ctx, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(Project)
            .map(Row)
            .collect())
    }

    /// What is still owed under it (待履行事项), oldest first.
    #[graphql(complexity = "20 * child_complexity")]
    async fn open_obligations(&self, ctx: &Context<'_>) -> Result<Vec<Row<Obligation>>> {
        let rows = loaders::one::<OpenObligationsOfContract>(ctx, self.0.id)
            .await?
            .unwrap_or_default();
        Ok(rows.into_iter().map(Obligation).map(Row).collect())
    }
}

/// Whether the viewer belongs to the park: opinions and reviews are internal.
fn is_inside(ctx: &Context<'_>) -> bool {
    viewer(ctx).role() != Some(entity::viewer::Role::Enterprise)
}

/// A clause (条款) of a contract in one of its revisions.
pub struct Clause(pub(crate) clause::Model);

impl From<clause::Model> for Clause {
    fn from(row: clause::Model) -> Self {
        Self(row)
    }
}

/// A clause (条款) of a contract in one of its revisions.
#[Object]
impl Clause {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Clause.id(self.0.id)
    }

    /// Its number in the contract.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// 1 as signed; one more with every amendment.
    async fn revision(&self) -> i32 {
        self.0.revision
    }

    /// Heading.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Text.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// Why it was amended.
    async fn amendment_reason(&self) -> Option<&str> {
        self.0.amendment_reason.as_deref()
    }

    /// From which day it binds; null while it is only drafted.
    async fn effective_on(&self) -> Option<Date> {
        self.0.effective_on.map(Date)
    }

    /// The day on which a later revision took its place.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Date)
    }
}

/// A clause as it is written.
#[derive(Clone, Debug, InputObject)]
pub struct ClauseInput {
    /// Its number in the contract.
    pub number: i32,
    /// Heading, up to 100 characters.
    pub title: String,
    /// Text, up to 8000 characters.
    pub body: String,
}

impl From<ClauseInput> for rules::ClauseText {
    fn from(input: ClauseInput) -> Self {
        Self {
            number: input.number,
            title: input.title,
            body: input.body,
        }
    }
}

by_id! {
    /// Contracts by key.
    ContractById: contract::Model = contract::Entity::of_ids
}

by_id! {
    /// Clauses by key.
    ClauseById: clause::Model = repository::clauses_of_ids
}

by_owner! {
    /// The clauses of contracts.
    ClausesOfContract: clause::Model = repository::clauses_of, by |row| row.contract_id;
    /// The commitments of contracts.
    CommitmentsOfContract: commitment::Model = commitment::repository::of_contracts, by |row| row.contract_id;
    /// The open obligations of contracts.
    OpenObligationsOfContract: obligation::Model = obligation::repository::open_of_contracts, by |row| row.contract_id;
}

/// The contracts in force of enterprises, one each.
pub struct ContractInForce;

impl Batch for ContractInForce {
    type Key = Uuid;
    type Value = contract::Model;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, contract::Model>, Fault> {
        let rows = repository::of_enterprises(store.db(), viewer, keys).await?;
        let in_force = |row: &contract::Model| contract::State::IN_FORCE.contains(&row.state);
        Ok(rows
            .into_iter()
            .filter(in_force)
            .map(|row| (row.enterprise_id, row))
            .collect())
    }
}

/// Which states are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct ContractStateFilter {
    /// One of these.
    pub one_of: Vec<Coded<contract::State>>,
}

/// Which contracts are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ContractFilter {
    /// In which states.
    pub state: Option<ContractStateFilter>,
    /// Of which enterprise.
    pub enterprise_id: Option<ID>,
    /// Whose number, or whose enterprise's names or credit code, contain this text.
    pub text: Option<String>,
    /// When the term ends.
    pub ends_on: Option<DayRange>,
}

/// What contracts are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::contract::repository::Sort")]
pub enum ContractSortField {
    /// The number people use.
    Number,
    /// First day of the term.
    StartsOn,
    /// Last day of the term.
    EndsOn,
}

/// The order of contracts by one field.
#[derive(Clone, InputObject)]
pub struct ContractSort {
    /// By what.
    pub field: ContractSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    pub direction: SortDirection,
}

/// Reading contracts.
#[derive(Default)]
pub struct ContractQuery;

#[Object]
impl ContractQuery {
    /// One contract; null when it does not exist for this viewer.
    async fn contract(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the contract.")] id: ID,
    ) -> Result<Option<Row<Contract>>> {
        let Some(key) = Kind::Contract.key(&id) else {
            return Ok(None);
        };
        Ok(loaders::one::<ContractById>(ctx, key)
            .await?
            .map(Contract)
            .map(Row))
    }

    /// The contracts this viewer may see.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn contracts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which contracts.")] filter: Option<ContractFilter>,
        #[graphql(
            default,
            desc = "In which order, the first field first; by number when not given."
        )]
        sort_by: Vec<ContractSort>,
    ) -> Result<Connection<Contract>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let (ends_from, ends_to) = range::days(filter.ends_on, store(ctx)).await?;
        let wanted = repository::Filter {
            states: filter.state.map(|state| plain(state.one_of)),
            enterprise_id: filter
                .enterprise_id
                .map(|id| Kind::Enterprise.require(&id))
                .transpose()?,
            text: filter.text.as_deref().and_then(Search::of),
            ends_from,
            ends_to,
        };
        let sort = page::order(sort_by, |sort| (sort.field, sort.direction))?;
        let sort: Vec<_> = sort
            .into_iter()
            .map(|(field, descending)| (field.into(), descending))
            .collect();
        let rows = repository::page(store(ctx).db(), viewer(ctx), &wanted, &sort, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// What a mutation answers.
type Answer<C> = Payload<C, Contract>;

/// What happens to contracts.
#[derive(Default)]
pub struct ContractMutation;

#[Object]
impl ContractMutation {
    /// Drafts a contract for an enterprise (起草契约).
    async fn contract_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract.")] input: ContractDraftInput,
    ) -> Result<ContractDraftPayload> {
        command(ctx, input.read()?, |store, viewer, input| async move {
            draft_contract(&store, &viewer, input).await
        })
        .await
    }

    /// Changes a draft. What has gone to review changes no more; what is signed changes only by amendment.
    async fn contract_change_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: ContractChangeDraftInput,
    ) -> Result<ContractChangeDraftPayload> {
        command(ctx, input.read()?, |store, viewer, input| async move {
            commands::change_draft(&store, &viewer, input).await
        })
        .await
    }

    /// Records the two opinions and lays a draft before the leaders (提交审查).
    async fn contract_submit_for_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: Input<
            commands::SubmitForReview,
        >,
    ) -> Result<Answer<commands::SubmitForReview>> {
        run(ctx, input, commands::submit_for_review).await
    }

    /// A leader approves a reviewed contract (领导批准).
    async fn contract_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: Input<commands::Approve>,
    ) -> Result<Answer<commands::Approve>> {
        run(ctx, input, commands::approve).await
    }

    /// A leader returns a reviewed contract for changes (退回修改): it is a draft again.
    async fn contract_return(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what is to be changed.")] input: Input<
            commands::ReturnDraft,
        >,
    ) -> Result<Answer<commands::ReturnDraft>> {
        run(ctx, input, commands::return_draft).await
    }

    /// Records the signatures of an approved contract and locks it (签署).
    async fn contract_sign(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: Input<commands::Sign>,
    ) -> Result<Answer<commands::Sign>> {
        run(ctx, input, commands::sign).await
    }

    /// Brings a signed contract into force inside its term (生效); on its first day this happens by itself.
    async fn contract_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: Input<
            commands::Activate,
        >,
    ) -> Result<Answer<commands::Activate>> {
        run(ctx, input, activate_contract).await
    }

    /// Begins an amendment (启动变更).
    async fn contract_amend_begin(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: Input<
            commands::AmendBegin,
        >,
    ) -> Result<Answer<commands::AmendBegin>> {
        run(ctx, input, commands::amend_begin).await
    }

    /// Puts a new revision of a clause into force and keeps the one before (变更条款).
    async fn contract_amend_clause(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: ContractAmendClauseInput,
    ) -> Result<ContractAmendClausePayload> {
        command(ctx, input.read()?, |store, viewer, input| async move {
            commands::amend_clause(&store, &viewer, input).await
        })
        .await
    }

    /// Completes an amendment (完成变更).
    async fn contract_amend_finish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: Input<
            commands::AmendFinish,
        >,
    ) -> Result<Answer<commands::AmendFinish>> {
        run(ctx, input, commands::amend_finish).await
    }

    /// Suspends a contract because both sides agreed (中止). Its open promises are paused from today; what the law sets, what is
    /// overdue and what is due on the same day go on.
    async fn contract_suspend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: Input<commands::Suspend>,
    ) -> Result<Answer<commands::Suspend>> {
        run(ctx, input, suspend_contract).await
    }

    /// Resumes a suspended contract (恢复履行). What the suspension paused runs again from tomorrow.
    async fn contract_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: Input<commands::Resume>,
    ) -> Result<Answer<commands::Resume>> {
        run(ctx, input, resume_contract).await
    }

    /// Ends a contract before its time, or discards a draft (终止). What is still owed under it is cancelled.
    async fn contract_terminate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: Input<
            commands::Terminate,
        >,
    ) -> Result<Answer<commands::Terminate>> {
        run(ctx, input, terminate_contract).await
    }

    /// Drafts the successor of a contract in force for the term that follows (续签).
    async fn contract_renew(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: Input<commands::Renew>,
    ) -> Result<Answer<commands::Renew>> {
        run(ctx, input, renew_contract).await
    }
}
