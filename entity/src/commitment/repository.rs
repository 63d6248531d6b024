//! Every query on commitments.

use sea_orm::{
    Condition, ConnectionTrait, DbBackend, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{
        Alias, CommonTableExpression, Expr, ExprTrait, Query, SelectStatement, UnionType,
        WithClause,
    },
};

use super::{Column, Entity, Kind, Model, Owner};
use crate::{
    contract,
    error::Fault,
    page::{KEYS_AT_ONCE, LARGEST_PAGE, Page, PageRequest, SortKey, keyset_by, of_keys},
    table::Visible,
    text::Search,
    viewer::Viewer,
};

pub mod standard;

impl Visible for Entity {
    /// The commitments this viewer may see: those of the contracts he may see; a head of department only the department's own.
    fn visible_to(viewer: &Viewer) -> Condition {
        // The contracts that a head of department may see are those of these commitments.
        match viewer.head_of() {
            Some(department) => Condition::all().add(Column::DepartmentId.eq(department)),
            None => contract::Entity::seen_by(viewer, Column::ContractId),
        }
    }
}

/// What is promised and has a text, in one of the languages: each wording once, whatever the number of promises that have it. The table is not walked:
/// its index leads from one wording to the next.
fn worded(backend: DbBackend, column: Column, text: &Search) -> SelectStatement {
    let (wordings, wording) = (Alias::new("wordings"), Alias::new("wording"));
    let here = || Expr::col((wordings.clone(), wording.clone()));
    let next = Query::select()
        .expr(column.into_expr().min())
        .from(Entity)
        .and_where(column.into_expr().gt(here()))
        .to_owned();
    let others = Query::select()
        .expr(Expr::from(next))
        .from(wordings.clone())
        .and_where(here().is_not_null())
        .to_owned();
    let walk = Query::select()
        .expr(column.into_expr().min())
        .from(Entity)
        .union(UnionType::All, others)
        .to_owned();
    let all = CommonTableExpression::new()
        .query(walk)
        .column(wording.clone())
        .table_name(wordings.clone())
        .to_owned();
    Query::select()
        .column(wording.clone())
        .from(wordings.clone())
        .cond_where(text.within(backend, [here()]))
        .with_cte(WithClause::new().recursive(true).cte(all).to_owned())
        .to_owned()
}

/// The commitments in which a text is promised, in either language; none when it is in none. A few wordings are looked up, as
/// `page::one_of` does; of many, the database itself looks for all.
async fn promising(db: &impl ConnectionTrait, text: &Search) -> Result<Option<Condition>, Fault> {
    let mut any = Condition::any();
    for column in [Column::TextZh, Column::TextEn] {
        let worded = worded(db.get_database_backend(), column, text);
        let few = worded.clone().limit(KEYS_AT_ONCE as u64 + 1).to_owned();
        let found = db.query_all(&few).await?;
        if found.len() > KEYS_AT_ONCE {
            any = any.add(column.in_subquery(worded));
        } else if !found.is_empty() {
            let wordings = found.iter().map(|row| row.try_get_by_index(0));
            let wordings: Vec<String> = wordings.collect::<Result<_, _>>()?;
            any = any.add(column.is_in(wordings));
        }
    }
    Ok((!any.is_empty()).then_some(any))
}

/// What is promised and has not ended, in words that have a text, at most `most`, contract by contract in the order of their numbers.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    text: &Search,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let Some(promising) = promising(db, text).await? else {
        return Ok(Vec::new());
    };
    Ok(Entity::visible(viewer)
        .filter(promising)
        .filter(Column::EndedOn.is_null())
        .order_by_asc(Column::ContractId)
        .order_by_asc(Column::Number)
        .limit(most.clamp(1, LARGEST_PAGE))
        .all(db)
        .await?)
}

/// The keys of the commitments that the viewer may see and in which a text is promised, for what is owed by them; none when there are none.
pub(crate) async fn with_promise(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    text: &Search,
) -> Result<Option<SelectStatement>, Fault> {
    let promising = promising(db, text).await?;
    Ok(promising.map(|promising| {
        Entity::visible(viewer)
            .select_only()
            .column(Column::Id)
            .filter(promising)
            .into_query()
    }))
}

/// Which commitments are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this contract.
    pub contract_id: Option<Uuid>,
    /// Which fall due in one of these ways.
    pub kinds: Option<Vec<Kind>>,
    /// Which one of these must keep.
    pub owners: Option<Vec<Owner>>,
    /// Which this department must keep.
    pub department_id: Option<Uuid>,
    /// Whose text, whose contract's number or whose enterprise's names or code contain this.
    pub text: Option<Search>,
    /// Ended, or not.
    pub ended: Option<bool>,
}

/// One page of commitments, contract by contract in the order of their numbers.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let text = match &filter.text {
        Some(text) => {
            let contracts =
                contract::repository::meant(db, viewer, Column::ContractId, text).await?;
            let meant = Condition::any()
                .add(contracts)
                .add_option(promising(db, text).await?);
            Some(meant)
        }
        None => None,
    };
    let condition = Condition::all()
        .add_option(filter.contract_id.map(|id| Column::ContractId.eq(id)))
        .add_option(filter.kinds.clone().map(|kinds| Column::Kind.is_in(kinds)))
        .add_option(
            filter
                .owners
                .clone()
                .map(|owners| Column::Owner.is_in(owners)),
        )
        .add_option(filter.department_id.map(|id| Column::DepartmentId.eq(id)))
        .add_option(text)
        .add_option(filter.ended.map(|ended| {
            if ended {
                Column::EndedOn.is_not_null()
            } else {
                Column::EndedOn.is_null()
            }
        }));
    let keys = [Column::ContractId, Column::Number].map(|by| SortKey::column(by, false));
    let keys = keys.to_vec();
    keyset_by(
        db,
        Entity::visible(viewer),
        condition,
        keys,
        Column::Id,
        request,
    )
    .await
}

/// All commitments of `contracts`, also ended ones, in the order of their numbers.
pub async fn of_contracts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    contracts: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_order = Entity::visible(viewer)
        .order_by_asc(Column::Number)
        .order_by_asc(Column::Id);
    of_keys(db, in_order, Column::ContractId, contracts).await
}
