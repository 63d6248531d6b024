//! Everything with a global id of its own, found by it. A term joins with one line in `nodes!` below.

use api_door::{
    command::Answer,
    gate::lists::MOST_IDS,
    loaders::{self, Batch},
    scalar::Kind,
};
use async_graphql::{Context, ID, Interface, Object, Result};
use entity::error::Fault;
use futures::future::join_all;
use uuid::Uuid;

use super::{
    absence::{Absence, AbsenceById},
    account::{Account, AccountById},
    application::{Application, ApplicationById},
    audit::{AuditEntry, AuditEntryById},
    case::{Case, CaseById},
    comment::{Comment, CommentById},
    commitment::{
        Commitment, CommitmentById,
        standard::{StandardPromises, StandardPromisesById},
    },
    contract::{Clause, ClauseById, Contract, ContractById},
    deadline::{Deadline, VisibleDeadlineById},
    department::{Department, DepartmentById},
    document::{Document, DocumentById},
    enterprise::{Enterprise, EnterpriseById},
    evaluation::{
        Evaluation, EvaluationById, EvaluationObjection, EvaluationObjectionById,
        design::{EvaluationDesign, EvaluationDesignById},
    },
    feed::{Feed, FeedById},
    item::{Item, ItemById},
    job::{Job, JobById, JobRun, JobRunById},
    letter::{Letter, LetterById},
    liaison::{Liaison, LiaisonById},
    milestone::{Milestone, MilestoneById},
    notice::{Notice, NoticeById},
    obligation::{Obligation, ObligationById},
    permit::{Permit, PermitById},
    project::{Project, ProjectById},
    rating::{Rating, RatingById},
    rectification::{Rectification, RectificationById},
    report::{Report, ReportById},
    saved_filter::{SavedFilter, SavedFilterById},
    session::{Session, SessionById},
    supervision::{SupervisionOrder, SupervisionOrderById},
    visit::{Visit, VisitById},
};

/// A thing with a global id of its own, and how it is loaded as this viewer may see it.
pub trait Known: From<<Self::ById as Batch>::Value> {
    /// What its global id begins with.
    const KIND: Kind;
    /// The loader of its kind.
    type ById: Batch<Key = Uuid>;
}

/// The thing with this key; nothing when it does not exist for this viewer.
pub async fn known<T: Known>(ctx: &Context<'_>, key: Uuid) -> Result<Option<T>> {
    Ok(loaders::one::<T::ById>(ctx, key).await?.map(T::from))
}

macro_rules! nodes {
    ($($object:ident by $loader:ty,)*) => {
        /// Anything that has a global id of its own.
        #[derive(Interface)]
        #[graphql(field(name = "id", ty = "ID", desc = "The global id."))]
        #[allow(missing_docs, reason = "each is described as its type")]
        pub enum Node {
            $($object($object),)*
        }

        $(impl Known for $object {
            const KIND: Kind = Kind::$object;
            type ById = $loader;
        }

        impl Answer for $object {
            const KIND: Option<&'static str> = Some(stringify!($object));

            async fn again(ctx: &Context<'_>, key: Uuid) -> Result<Option<Self>> {
                known(ctx, key).await
            }
        })*

        async fn find(ctx: &Context<'_>, kind: Kind, key: Uuid) -> Result<Option<Node>> {
            Ok(match kind {
                $(Kind::$object => known::<$object>(ctx, key).await?.map(Node::from),)*
                _ => None,
            })
        }
    };
}

nodes! {
    Absence by AbsenceById,
    Account by AccountById,
    Application by ApplicationById,
    AuditEntry by AuditEntryById,
    Case by CaseById,
    Clause by ClauseById,
    Comment by CommentById,
    Commitment by CommitmentById,
    Contract by ContractById,
    Deadline by VisibleDeadlineById,
    Department by DepartmentById,
    Document by DocumentById,
    Enterprise by EnterpriseById,
    Evaluation by EvaluationById,
    EvaluationDesign by EvaluationDesignById,
    EvaluationObjection by EvaluationObjectionById,
    Feed by FeedById,
    Item by ItemById,
    Job by JobById,
    JobRun by JobRunById,
    Letter by LetterById,
    Liaison by LiaisonById,
    Milestone by MilestoneById,
    Notice by NoticeById,
    Obligation by ObligationById,
    Permit by PermitById,
    Project by ProjectById,
    Rating by RatingById,
    Rectification by RectificationById,
    Report by ReportById,
    SavedFilter by SavedFilterById,
    Session by SessionById,
    StandardPromises by StandardPromisesById,
    SupervisionOrder by SupervisionOrderById,
    Visit by VisitById,
}

async fn required(ctx: &Context<'_>, id: &ID) -> Result<Node> {
    let (kind, key) = Kind::parse(id).ok_or(Fault::NotFound)?;
    Ok(find(ctx, kind, key).await?.ok_or(Fault::NotFound)?)
}

/// Reading anything by its global id.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// What has this global id; `NOT_FOUND` when it does not exist for this viewer.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id.")] id: ID,
    ) -> Option<Result<Node>> {
        Some(required(ctx, &id).await)
    }

    /// What has these global ids, in their order: null and a `NOT_FOUND` in the place of each that does not exist for this
    /// viewer.
    #[graphql(complexity = "ids.len().min(MOST_IDS) * child_complexity + 1")]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global ids, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Result<Node>>>> {
        // Together, so that all of one kind come with one statement.
        let found = join_all(ids.iter().map(|id| required(ctx, id))).await;
        Ok(found.into_iter().map(Some).collect())
    }
}
