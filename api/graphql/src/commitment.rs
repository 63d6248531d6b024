//! Commitments in the API.

use api_door::{
    coded::{Coded, plain},
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, by_id, pages_by_owner},
    operation::{store, viewer},
    page::{self, Connection},
    row::Row,
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    commitment::{self, commands, repository},
    obligation,
    permission::Standing,
    table::Visible,
    text::Search,
};

use super::{
    contract::{Clause, ClauseById, Contract, ContractById},
    department::{Department, DepartmentById},
    obligation::{Obligation, OwnerFilter, StandingTo},
};

pub mod standard;

/// A commitment (承诺): a measurable promise made in a clause of a contract.
pub struct Commitment(pub(crate) commitment::Model);

impl From<commitment::Model> for Commitment {
    fn from(row: commitment::Model) -> Self {
        Self(row)
    }
}

/// A commitment (承诺): a measurable promise made in a clause of a contract.
#[Object]
impl Commitment {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Commitment.id(self.0.id)
    }

    /// Its number in the contract.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// The contract.
    async fn contract(&self, ctx: &Context<'_>) -> Result<Option<Row<Contract>>> {
        Ok(loaders::one::<ContractById>(ctx, self.0.contract_id)
            .await?
            .map(Contract)
            .map(Row))
    }

    /// The clause that makes the promise, in the revision that made it.
    async fn clause(&self, ctx: &Context<'_>) -> Result<Option<Row<Clause>>> {
        let row = loaders::one::<ClauseById>(ctx, self.0.clause_id).await?;
        Ok(row.map(Clause).map(Row))
    }

    /// How often it falls due.
    async fn kind(&self) -> Coded<commitment::Kind> {
        self.0.kind.into()
    }

    /// The period of a recurring promise.
    async fn recurrence(&self) -> Option<Coded<commitment::Recurrence>> {
        self.0.recurrence.map(Into::into)
    }

    /// What is promised, in Chinese.
    async fn text_zh(&self) -> &str {
        &self.0.text_zh
    }

    /// What is promised, in English.
    async fn text_en(&self) -> &str {
        &self.0.text_en
    }

    /// What starts the time limit ("request.received").
    async fn start_event(&self) -> &str {
        &self.0.start_event
    }

    /// The time limit; 0 is "the same day".
    async fn limit_days(&self) -> i32 {
        self.0.limit_days
    }

    /// In which days the limit counts.
    async fn unit(&self) -> Coded<entity::deadline::Unit> {
        self.0.unit.into()
    }

    /// Whether the law sets the limit, not the promise alone.
    async fn statutory(&self) -> bool {
        self.0.legal_effect == entity::deadline::LegalEffect::Statutory
    }

    /// The article of law, for statutory limits.
    async fn legal_basis(&self) -> Option<&str> {
        self.0.legal_basis.as_deref()
    }

    /// By how many days at most that article lets the limit be extended, once; 0 when it knows no extension.
    async fn extension_days(&self) -> i32 {
        self.0.extension_days
    }

    /// Who must keep it.
    async fn owner(&self) -> Coded<commitment::Owner> {
        self.0.owner.into()
    }

    /// The department, when the owner is one.
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Row<Department>>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        let row = loaders::one::<DepartmentById>(ctx, id).await?;
        Ok(row.map(Department).map(Row))
    }

    /// What proves that it was kept ("VISIT_NOTE").
    async fn evidence_kind(&self) -> &str {
        &self.0.evidence_kind
    }

    /// What became of it: an obligation for every period or event, oldest first.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn obligations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Obligation>> {
        let request = page::request(ctx, first, last, after, before)?;
        let key = (self.0.id, request);
        let rows = loaders::one::<ObligationsOfCommitment>(ctx, key).await?;
        Ok(page::connection(rows.unwrap_or_default(), |row| row.id))
    }

    /// From which day it binds; null while it is only drafted.
    async fn effective_on(&self) -> Option<Date> {
        self.0.effective_on.map(Date)
    }

    /// Since which day it binds no more.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Date)
    }

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "3 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let Some(contract) = loaders::one::<ContractById>(ctx, self.0.contract_id).await? else {
            return Ok(Vec::new());
        };
        let standing = loaders::one::<StandingTo>(ctx, contract.enterprise_id).await?;
        let standing = standing.unwrap_or(Standing::None);
        let viewer = viewer(ctx);
        let mut offers = commands::offered(viewer, &self.0, &contract);
        offers.extend(obligation::commands::offered_on_event(
            viewer, standing, &self.0, &contract,
        ));
        Ok(offered(ctx, offers, None))
    }
}

by_id! {
    /// Commitments by key.
    CommitmentById: commitment::Model = commitment::Entity::of_ids
}

pages_by_owner! {
    /// Pages of the obligations of commitments.
    ObligationsOfCommitment: entity::obligation::Model = entity::obligation::repository::pages_of_commitments;
}

/// Which kinds are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct CommitmentKindFilter {
    /// One of these.
    pub one_of: Vec<Coded<commitment::Kind>>,
}

/// Which commitments are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CommitmentFilter {
    /// Of which contract.
    pub contract_id: Option<ID>,
    /// How often they fall due.
    pub kind: Option<CommitmentKindFilter>,
    /// Who must keep them.
    pub owner: Option<OwnerFilter>,
    /// The department that must keep them.
    pub department_id: Option<ID>,
    /// Whose text, whose contract's number, or whose enterprise's names or credit code contain this text.
    pub text: Option<String>,
    /// Ended (true), or not (false).
    pub ended: Option<bool>,
}

/// Reading commitments.
#[derive(Default)]
pub struct CommitmentQuery;

#[Object]
impl CommitmentQuery {
    /// One commitment; null when it does not exist for this viewer.
    async fn commitment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the commitment.")] id: ID,
    ) -> Result<Option<Row<Commitment>>> {
        let Some(key) = Kind::Commitment.key(&id) else {
            return Ok(None);
        };
        Ok(loaders::one::<CommitmentById>(ctx, key)
            .await?
            .map(Commitment)
            .map(Row))
    }

    /// The commitments this viewer may see, contract by contract in the order of their numbers.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn commitments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which commitments.")] filter: Option<CommitmentFilter>,
    ) -> Result<Connection<Commitment>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let key = |kind: Kind, id: Option<ID>| id.map(|id| kind.require(&id)).transpose();
        let wanted = repository::Filter {
            contract_id: key(Kind::Contract, filter.contract_id)?,
            kinds: filter.kind.map(|kind| plain(kind.one_of)),
            owners: filter.owner.map(|owner| plain(owner.one_of)),
            department_id: key(Kind::Department, filter.department_id)?,
            text: filter.text.as_deref().and_then(Search::of),
            ended: filter.ended,
        };
        let rows = repository::page(store(ctx).db(), viewer(ctx), &wanted, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// What happens to commitments.
#[derive(Default)]
pub struct CommitmentMutation;

#[Object]
impl CommitmentMutation {
    /// Adds a promise to a draft or, by amendment, to a contract in force from today (新增承诺).
    async fn commitment_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The promise and its contract.")] input: Input<commands::Add>,
    ) -> Result<Payload<commands::Add, Commitment>> {
        run(ctx, input, commands::add).await
    }

    /// Ends a promise in a draft or by amendment; what is owed from it already stays owed (终止承诺).
    async fn commitment_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The promise.")] input: Input<commands::End>,
    ) -> Result<Payload<commands::End, Commitment>> {
        run(ctx, input, commands::end).await
    }
}
