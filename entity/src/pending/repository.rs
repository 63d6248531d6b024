//! What waits, read with one statement: it stands on a start page.

use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement, UnionType},
};

use super::{Kind, MOST_OF_A_KIND, Pending};
use crate::{
    case, contract, department, enterprise,
    error::Fault,
    evaluation::{self, objection},
    item,
    language::Text,
    permission::{Action, Standing, require},
    store::Store,
    supervision,
    term::Term,
    viewer::{Role, Viewer},
};

/// In the words of its index.
const IN_REVIEW: &str = "\"contract\".\"state\" = 'LEGAL_REVIEW'";

/// In the words of its index.
const AWAITS_LEADER: &str = "\"item_version\".\"awaits_leader\"";

/// What waits for this viewer: the first [`MOST_OF_A_KIND`] of each kind, by age. For leaders, and for those who give orders.
pub async fn of_viewer(store: &Store, viewer: &Viewer) -> Result<Vec<Pending>, Fault> {
    let may = |action| require(viewer, action, Standing::None).is_ok();
    let mut parts = Vec::new();
    if may(Action::ApproveContract) {
        parts.push(contracts());
    }
    if may(Action::ApproveEvaluation) {
        parts.push(evaluations(store));
    }
    if may(Action::DecideOnObjection) {
        parts.push(objections());
    }
    if may(Action::OrderSupervision) {
        parts.push(orders(viewer));
    }
    if may(Action::ConfirmItem) {
        parts.push(items());
    }
    if may(Action::SettlePauses) {
        parts.push(pauses());
    }
    let mut parts = parts.into_iter();
    let Some(first) = parts.next() else {
        return Ok(Vec::new());
    };
    let all = parts.fold(first, |mut all, part| {
        all.union(UnionType::All, part).to_owned()
    });
    let place = Expr::cust("ROW_NUMBER() OVER (PARTITION BY \"kind\" ORDER BY \"id\")");
    let placed = Query::select()
        .columns(COLUMNS.map(Alias::new))
        .expr_as(place, Alias::new("place"))
        .from_subquery(all, Alias::new("waiting"))
        .to_owned();
    let waiting = Query::select()
        .columns(COLUMNS.map(Alias::new))
        .from_subquery(placed, Alias::new("placed"))
        .and_where(Expr::col(Alias::new("place")).lte(MOST_OF_A_KIND))
        .order_by(Alias::new("kind"), Order::Asc)
        .order_by(Alias::new("id"), Order::Asc)
        .to_owned();
    let rows = store.db().query_all(&waiting).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let text = |name: &str| row.try_get::<Option<String>>("", name);
        let Some(kind) = text("kind")?.as_deref().and_then(Kind::of_code) else {
            continue;
        };
        found.push(Pending {
            kind,
            id: row.try_get("", "id")?,
            above: row.try_get("", "above")?,
            name: Text::new(
                text("name_zh")?.unwrap_or_default(),
                text("name_en")?.unwrap_or_default(),
            ),
            enterprise: match text("firm_zh")? {
                Some(zh) => Some((zh, text("firm_en")?)),
                None => None,
            },
        });
    }
    Ok(found)
}

/// What each part gives, in this order.
const COLUMNS: [&str; 7] = [
    "kind", "id", "above", "name_zh", "name_en", "firm_zh", "firm_en",
];

/// A part of what waits: the rows of `select` as they are called.
fn part<E: EntityTrait>(
    select: sea_orm::Select<E>,
    kind: Kind,
    (id, above): (impl ColumnTrait, impl ColumnTrait),
    names: [Expr; 4],
) -> SelectStatement {
    let [name_zh, name_en, firm_zh, firm_en] = names;
    select
        .select_only()
        .expr_as(Expr::cust(format!("'{}'", kind.code())), "kind")
        .expr_as(id.into_expr(), "id")
        .expr_as(above.into_expr(), "above")
        .expr_as(name_zh, "name_zh")
        .expr_as(name_en, "name_en")
        .expr_as(firm_zh, "firm_zh")
        .expr_as(firm_en, "firm_en")
        .into_query()
}

/// What something of an enterprise is called, and the names of the enterprise.
fn of_enterprise(name_zh: impl ColumnTrait, name_en: impl ColumnTrait) -> [Expr; 4] {
    [
        name_zh.into_expr(),
        name_en.into_expr(),
        enterprise::Column::NameZh.into_expr(),
        enterprise::Column::NameEn.into_expr(),
    ]
}

fn none() -> Expr {
    Expr::cust("CAST(NULL AS varchar)")
}

fn contracts() -> SelectStatement {
    use contract::Column as C;
    let select = contract::Entity::find()
        .join(
            sea_orm::JoinType::InnerJoin,
            contract::Entity::belongs_to(enterprise::Entity)
                .from(C::EnterpriseId)
                .to(enterprise::Column::Id)
                .into(),
        )
        .filter(Expr::cust(IN_REVIEW));
    let names = of_enterprise(C::Number, C::Number);
    part(select, Kind::Contract, (C::Id, C::Id), names)
}

/// Those whose days for objections are over and of which none is open, as `evaluation::rules::may_approve` says.
fn evaluations(store: &Store) -> SelectStatement {
    use evaluation::Column as C;
    let open = objection::Entity::find()
        .select_only()
        .column(objection::Column::EvaluationId)
        .filter(
            objection::Column::State.is_in(
                objection::State::ALL
                    .into_iter()
                    .filter(|state| state.is_open()),
            ),
        )
        .into_query();
    let select = evaluation::Entity::find()
        .filter(C::State.eq(evaluation::State::Scored))
        .filter(C::ObjectionsUntil.lt(store.today()))
        .filter(C::Id.not_in_subquery(open));
    let quarter = C::Quarter.into_expr();
    let names = [quarter.clone(), quarter, none(), none()];
    part(select, Kind::Evaluation, (C::Id, C::Id), names)
}

fn objections() -> SelectStatement {
    use objection::Column as C;
    let select = objection::Entity::find()
        .join(
            sea_orm::JoinType::InnerJoin,
            objection::Entity::belongs_to(department::Entity)
                .from(C::DepartmentId)
                .to(department::Column::Id)
                .into(),
        )
        .filter(C::State.eq(objection::State::Proposed));
    let names = [
        department::Column::NameZh.into_expr(),
        department::Column::NameEn.into_expr(),
        none(),
        none(),
    ];
    part(select, Kind::Objection, (C::Id, C::EvaluationId), names)
}

/// What was answered: a leader sees to the own orders, the supervisor to all.
fn orders(viewer: &Viewer) -> SelectStatement {
    use supervision::Column as C;
    let own = viewer
        .person()
        .filter(|person| person.role != Role::Supervisor);
    let select = supervision::Entity::find()
        .join(
            sea_orm::JoinType::InnerJoin,
            supervision::Entity::belongs_to(enterprise::Entity)
                .from(C::EnterpriseId)
                .to(enterprise::Column::Id)
                .into(),
        )
        .filter(C::State.eq(supervision::State::Answered))
        // In the words of its index.
        .filter(C::SettledAt.is_null())
        .filter(
            sea_orm::Condition::all()
                .add_option(own.map(|person| C::OrderedBy.eq(person.account_id))),
        );
    let names = of_enterprise(C::AboutZh, C::AboutEn);
    part(select, Kind::Supervision, (C::Id, C::Id), names)
}

/// Proposed versions that mean something else by silence than before.
fn items() -> SelectStatement {
    use item::{Column as C, version};
    let select = item::Entity::find()
        .join(
            sea_orm::JoinType::InnerJoin,
            item::Entity::belongs_to(version::Entity)
                .from(C::Id)
                .to(version::Column::ItemId)
                .into(),
        )
        .filter(Expr::cust(AWAITS_LEADER));
    let names = [C::NameZh.into_expr(), C::NameEn.into_expr(), none(), none()];
    part(select, Kind::Item, (C::Id, C::Id), names)
}

/// Pauses that an applicant contests, with the number of the case.
fn pauses() -> SelectStatement {
    use case::{Column as Case, pause};
    let select = pause::Entity::find()
        .join(
            sea_orm::JoinType::InnerJoin,
            pause::Entity::belongs_to(case::Entity)
                .from(pause::Column::CaseId)
                .to(Case::Id)
                .into(),
        )
        .join(
            sea_orm::JoinType::InnerJoin,
            case::Entity::belongs_to(enterprise::Entity)
                .from(Case::EnterpriseId)
                .to(enterprise::Column::Id)
                .into(),
        )
        .filter(case::repository::in_dispute());
    let names = of_enterprise(Case::Number, Case::Number);
    part(select, Kind::Pause, (pause::Column::Id, Case::Id), names)
}
