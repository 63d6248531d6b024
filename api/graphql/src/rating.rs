//! Ratings of single services (单项评价) in the API.

use api_door::{
    coded::{Coded, plain},
    loaders::{self, by_id, by_owner},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    rating::{self, commands::Opinion, repository},
    table::Visible,
};

use super::{
    department::{Department, DepartmentById},
    enterprise::{Enterprise, EnterpriseById},
    obligation::{Obligation, ObligationById},
    rectification::{Rectification, RectificationOfObligation},
};

pub mod rate;

/// What an enterprise says of one service that it was given (单项评价).
pub struct Rating(pub(crate) rating::Model);

impl From<rating::Model> for Rating {
    fn from(row: rating::Model) -> Self {
        Self(row)
    }
}

/// What an enterprise says of one service that it was given (单项评价).
#[Object]
impl Rating {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Rating.id(self.0.id)
    }

    /// The service; null for the windows of the department, who are told what was said and not by whom.
    async fn obligation(&self, ctx: &Context<'_>) -> Result<Option<Row<Obligation>>> {
        let row = loaders::one::<ObligationById>(ctx, self.0.obligation_id).await?;
        Ok(row.map(Obligation).map(Row))
    }

    /// Who rates it; null for the windows of the department.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let row = loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// The department that was in charge; null when the service centre was.
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Row<Department>>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        let row = loaders::one::<DepartmentById>(ctx, id).await?;
        Ok(row.map(Department).map(Row))
    }

    /// 0 is the rating of the service, 1 and 2 are those of the replies to a bad one.
    async fn round(&self) -> i32 {
        self.0.round
    }

    /// How satisfied.
    async fn level(&self) -> Coded<rating::Level> {
        self.0.level.into()
    }

    /// Why not, when it is bad.
    #[graphql(complexity = "9")]
    async fn causes(&self) -> Vec<Coded<rating::Cause>> {
        self.0
            .causes
            .0
            .iter()
            .map(|cause| (*cause).into())
            .collect()
    }

    /// In words.
    async fn comment(&self) -> Option<&str> {
        self.0.comment.as_deref()
    }

    /// When.
    async fn rated_at(&self) -> DateTime {
        self.0.rated_at.into()
    }

    /// What it has opened, if it is bad.
    async fn rectification(&self, ctx: &Context<'_>) -> Result<Option<Rectification>> {
        let row = loaders::one::<RectificationOfObligation>(ctx, self.0.obligation_id).await?;
        Ok(row.map(Rectification))
    }
}

by_id! {
    /// Ratings by key.
    RatingById: rating::Model = rating::Entity::of_ids
}

by_owner! {
    /// The ratings of services.
    RatingsOfObligation: rating::Model = repository::of_obligations, by |row| row.obligation_id;
}

/// What is said of a service.
#[derive(Clone, InputObject)]
pub struct OpinionInput {
    /// How satisfied.
    level: Coded<rating::Level>,
    /// Why not; kept of a bad rating only.
    #[graphql(default)]
    causes: Vec<Coded<rating::Cause>>,
    /// In words, up to 500 characters.
    comment: Option<String>,
}

impl From<OpinionInput> for Opinion {
    fn from(input: OpinionInput) -> Self {
        Self {
            level: input.level.0,
            causes: plain(input.causes),
            comment: input.comment,
        }
    }
}

/// Which levels are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct RatingLevelFilter {
    /// One of these.
    one_of: Vec<Coded<rating::Level>>,
}

/// Which ratings are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct RatingFilter {
    /// At which levels.
    level: Option<RatingLevelFilter>,
    /// Of which department.
    department_id: Option<ID>,
    /// By which enterprise.
    enterprise_id: Option<ID>,
}

/// By what ratings are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum RatingSortField {
    /// When they were given.
    RatedAt,
}

/// The order of ratings.
#[derive(Clone, InputObject)]
pub struct RatingSort {
    /// By what.
    #[graphql(default_with = "RatingSortField::RatedAt")]
    pub field: RatingSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    pub direction: SortDirection,
}

/// Reading ratings.
#[derive(Default)]
pub struct RatingQuery;

#[Object]
impl RatingQuery {
    /// The ratings this viewer may know of, by when they were given.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn ratings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which ratings.")] filter: Option<RatingFilter>,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<RatingSort>,
    ) -> Result<Connection<Rating>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let wanted = repository::Filter {
            levels: filter.level.map(|level| plain(level.one_of)),
            department_id: filter
                .department_id
                .map(|id| Kind::Department.require(&id))
                .transpose()?,
            enterprise_id: filter
                .enterprise_id
                .map(|id| Kind::Enterprise.require(&id))
                .transpose()?,
        };
        let descending = sort_by.is_some_and(|sort| sort.direction == SortDirection::Desc);
        let rows =
            repository::page(store(ctx).db(), viewer(ctx), &wanted, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}
