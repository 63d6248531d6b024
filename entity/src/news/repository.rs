//! Reading the news out of the audit trail.

use sea_orm::{
    Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*,
    sea_query::SelectStatement,
};

use super::rules::{self, Subject};
use crate::{
    audit,
    command::{Command, News as Kind},
    contract,
    enterprise::repository::visible_enterprise_ids,
    error::Fault,
    item, milestone, obligation,
    store::Store,
    table::Visible,
    trail,
    viewer::Viewer,
    visit,
};

/// How many are read at most.
const MOST: u64 = 50;

/// One change.
#[derive(Clone, Debug)]
pub struct News {
    /// What has changed.
    pub kind: Kind,
    /// The thing.
    pub subject: Subject,
    /// When.
    pub at: DateTimeUtc,
    /// By whom; none when the system did it.
    pub actor_id: Option<Uuid>,
    /// Why.
    pub reason: Option<String>,
}

/// What others have changed since then for the enterprises that the viewer sees with everything that belongs to them, the newest
/// first.
pub async fn since(store: &Store, viewer: &Viewer, since: DateTimeUtc) -> Result<Vec<News>, Fault> {
    let Some(person) = viewer.person().filter(|person| rules::reads(person.role)) else {
        return Ok(Vec::new());
    };
    let by_others = Condition::any()
        .add(audit::Column::ActorId.is_null())
        .add(audit::Column::ActorId.ne(person.account_id));
    let news = |command: &&Command| command.news.is_some();
    let news = trail::all().filter(news).map(|command| command.code);
    let entries = audit::Entity::find()
        .filter(audit::Column::At.gte(since))
        .filter(audit::Column::Action.is_in(news))
        .filter(by_others)
        .filter(of_visible(store, viewer))
        .order_by_desc(audit::Column::At)
        .order_by_desc(audit::Column::Id)
        .limit(MOST)
        .all(store.db())
        .await?;
    let limits: Vec<Uuid> = entries
        .iter()
        .filter(|entry| entry.subject_kind == "Deadline")
        .map(|entry| entry.subject_id)
        .collect();
    let known = store.subjects();
    let subjects = known
        .within(store.db().executor().await?, viewer, &limits)
        .await?;
    Ok(entries
        .into_iter()
        .filter_map(|entry| {
            let id = entry.subject_id;
            Some(News {
                kind: trail::command(&entry.action)?.news?,
                subject: match entry.subject_kind.as_str() {
                    "Milestone" => Subject::Milestone(id),
                    "Deadline" => Subject::Limit(Box::new(subjects.get(&id)?.clone())),
                    "Obligation" => Subject::Obligation(id),
                    "Contract" => Subject::Contract(id),
                    "Visit" => Subject::Visit(id),
                    "Item" => Subject::Item(id),
                    _ => return None,
                },
                at: entry.at,
                actor_id: entry.actor_id,
                reason: entry.reason,
            })
        })
        .collect())
}

/// The entries about approval items: of all that is published, and of proposals for whoever sees them. What the system publishes, it publishes
/// by the dozen: that is no news.
fn of_items(viewer: &Viewer) -> Condition {
    let known = item::Entity::visible(viewer)
        .select_only()
        .column(item::Column::Id)
        .into_query();
    let of_known = Condition::all()
        .add(audit::Column::SubjectKind.eq("Item"))
        .add(audit::Column::ActorId.is_not_null())
        .add(audit::Column::SubjectId.in_subquery(known));
    Condition::any().add(match item::repository::sees_all_drafts(viewer) {
        true => of_known,
        false => of_known.add(audit::Column::Action.ne(item::commands::PROPOSE.code)),
    })
}

/// The entries about things of the enterprises this viewer may know of.
fn of_visible(store: &Store, viewer: &Viewer) -> Condition {
    fn keys<E: EntityTrait>(
        viewer: &Viewer,
        key: E::Column,
        enterprise: E::Column,
    ) -> SelectStatement {
        E::find()
            .select_only()
            .column(key)
            .filter(visible_enterprise_ids(viewer, enterprise))
            .into_query()
    }
    use contract::Column as C;
    use milestone::Column as M;
    use obligation::Column as O;
    use visit::Column as V;
    let kinds = store.subjects().kinds();
    let limits = kinds.map(|kind| ("Deadline", kind.limits(viewer)));
    [
        (
            "Milestone",
            keys::<milestone::Entity>(viewer, M::Id, M::EnterpriseId),
        ),
        (
            "Obligation",
            keys::<obligation::Entity>(viewer, O::Id, O::EnterpriseId),
        ),
        (
            "Contract",
            keys::<contract::Entity>(viewer, C::Id, C::EnterpriseId),
        ),
        (
            "Visit",
            keys::<visit::Entity>(viewer, V::Id, V::EnterpriseId),
        ),
    ]
    .into_iter()
    .chain(limits)
    .fold(of_items(viewer), |any, (kind, ids)| {
        any.add(
            Condition::all()
                .add(audit::Column::SubjectKind.eq(kind))
                .add(audit::Column::SubjectId.in_subquery(ids)),
        )
    })
}
