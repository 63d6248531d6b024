//! Permits (证照) of enterprises in the API.

use api_door::{
    coded::{Coded, plain},
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, by_id, by_owner},
    operation::{store, viewer},
    page::{self, Connection},
    row::Row,
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    error::Fault,
    permission::{self, Action, Standing},
    permit::{self, commands, repository, rules},
    table::Visible,
    text::Search,
};

use super::{
    deadline::{Deadline, DeadlineById, calendar_in_force},
    enterprise::{Enterprise, EnterpriseById},
    obligation::StandingTo,
};

/// A licence of an enterprise that ends on a day, and the day by which its renewal must be applied for (证照).
pub struct Permit(pub(crate) permit::Model);

impl From<permit::Model> for Permit {
    fn from(row: permit::Model) -> Self {
        Self(row)
    }
}

/// A licence of an enterprise that ends on a day, and the day by which its renewal must be applied for (证照).
#[Object]
impl Permit {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Permit.id(self.0.id)
    }

    /// Whose it is.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let row = loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// What is permitted.
    async fn kind(&self) -> Coded<permit::Kind> {
        self.0.kind.into()
    }

    /// Its number.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Who issued it (发证机关).
    async fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// The last day on which it holds.
    async fn valid_until(&self) -> Date {
        self.0.valid_until.into()
    }

    /// The last day on which its renewal can be applied for (申请期限).
    async fn apply_by(&self) -> Date {
        self.0.apply_by.into()
    }

    /// The time limit of applying for its renewal; cancelled when the permit has ended.
    async fn deadline(&self, ctx: &Context<'_>) -> Result<Row<Deadline>> {
        let row = loaders::one::<DeadlineById>(ctx, self.0.deadline_id).await?;
        let missing = || Fault::Internal(format!("permit {} has no deadline", self.0.id));
        Ok(Row(Deadline(row.ok_or_else(missing)?)))
    }

    /// How it stands today.
    async fn standing(&self, ctx: &Context<'_>) -> Result<Coded<permit::rules::PermitStanding>> {
        let calendar = calendar_in_force(ctx).await?;
        Ok(rules::standing(&self.0, store(ctx).today(), &calendar).into())
    }

    /// When it was withdrawn or given up; null while it is held.
    async fn withdrawn_on(&self) -> Option<Date> {
        self.0.withdrawn_on.map(Into::into)
    }

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "5 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let standing = loaders::one::<StandingTo>(ctx, self.0.enterprise_id).await?;
        let standing = standing.unwrap_or(Standing::None);
        let offers = commands::offered(viewer(ctx), standing, &self.0);
        Ok(offered(ctx, offers, Some(&commands::summary(&self.0))))
    }

    /// Whether the viewer may change, renew or withdraw it.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn can_manage(&self, ctx: &Context<'_>) -> Result<bool> {
        let standing = loaders::one::<StandingTo>(ctx, self.0.enterprise_id).await?;
        let standing = standing.unwrap_or(Standing::None);
        let may = permission::require(viewer(ctx), Action::ManagePermits, standing).is_ok();
        Ok(may && self.0.withdrawn_on.is_none())
    }
}

by_id! {
    /// Permits by key.
    PermitById: permit::Model = permit::Entity::of_ids
}

by_owner! {
    /// The permits that enterprises hold.
    PermitsOfEnterprise: permit::Model = repository::held_by, by |row| row.enterprise_id;
}

/// Which kinds of permits are wanted.
#[derive(InputObject)]
pub struct PermitKindFilter {
    /// One of these.
    one_of: Vec<Coded<permit::Kind>>,
}

/// Days by which permits are applied for.
#[derive(InputObject, Default)]
pub struct PermitApplyFilter {
    /// On or after.
    from: Option<Date>,
    /// On or before.
    to: Option<Date>,
}

/// What a list of permits is narrowed to; all conditions hold.
#[derive(InputObject, Default)]
pub struct PermitFilter {
    /// Of this enterprise.
    enterprise_id: Option<ID>,
    /// Of one of these kinds.
    kind: Option<PermitKindFilter>,
    /// To be applied for on such a day.
    apply_by: Option<PermitApplyFilter>,
    /// Withdrawn, or held.
    withdrawn: Option<bool>,
    /// The number, or the names, the credit code or the number of a contract of the holder contain this text.
    text: Option<String>,
}

/// Reads of permits.
#[derive(Default)]
pub struct PermitQuery;

#[Object]
impl PermitQuery {
    /// The permits this viewer may know of, by the day by which their renewal is applied for.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn permits(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<PermitFilter>,
    ) -> Result<Connection<Permit>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let apply_by = filter.apply_by.unwrap_or_default();
        let filter = repository::Filter {
            enterprise_id: match filter.enterprise_id {
                Some(id) => Some(Kind::Enterprise.require(&id)?),
                None => None,
            },
            kinds: filter.kind.map(|kind| plain(kind.one_of)),
            apply_from: apply_by.from.map(Into::into),
            apply_to: apply_by.to.map(Into::into),
            withdrawn: filter.withdrawn,
            text: filter.text.as_deref().and_then(Search::of),
        };
        let rows = repository::page(store(ctx).db(), viewer(ctx), &filter, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// Changes of permits.
#[derive(Default)]
pub struct PermitMutation;

#[Object]
impl PermitMutation {
    /// Records a permit of an enterprise (CENTRE, LIAISON of the enterprise). It and its liaison are told before it ends.
    async fn permit_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The permit.")] input: Input<commands::Record>,
    ) -> Result<Payload<commands::Record, Permit>> {
        run(ctx, input, commands::record_permit).await
    }

    /// Corrects what was recorded of a permit (CENTRE, LIAISON of the enterprise).
    async fn permit_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The permit.")] input: Input<commands::Correct>,
    ) -> Result<Payload<commands::Correct, Permit>> {
        run(ctx, input, commands::change).await
    }

    /// Records that a permit was renewed (CENTRE, LIAISON of the enterprise).
    async fn permit_renew(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The permit.")] input: Input<commands::Renew>,
    ) -> Result<Payload<commands::Renew, Permit>> {
        run(ctx, input, commands::renew).await
    }

    /// Records that a permit was withdrawn or given up (注销; CENTRE, LIAISON of the enterprise).
    async fn permit_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The permit.")] input: Input<commands::Withdraw>,
    ) -> Result<Payload<commands::Withdraw, Permit>> {
        run(ctx, input, commands::withdraw).await
    }
}
