//! Every query on enterprises, and the condition that scopes everything that belongs to one.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, QueryFilter, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType},
};

use super::{Column, Entity, Model};
use crate::{
    absence::repository::absent_with,
    error::Fault,
    page::{Page, PageRequest, closest, keyset, one_of},
    table::Visible,
    text::Search,
    viewer::{Role, Viewer},
};

impl Visible for Entity {
    /// The enterprises this viewer may know of: for heads and window officers also those that apply at their department.
    fn visible_to(viewer: &Viewer) -> Condition {
        let known = visible_enterprise_ids(viewer, Column::Id);
        let person = viewer.person();
        let department = person.and_then(|person| person.department_id);
        let applying = department.map(applies_at);
        match (viewer.role(), applying) {
            (Some(Role::WindowOfficer), Some(applying)) => Condition::all().add(applying),
            (Some(Role::DepartmentHead), Some(applying)) => {
                Condition::any().add(known).add(applying)
            }
            _ => known,
        }
    }
}

/// The rows whose `column` names an enterprise this viewer may know of: for contracts, projects and all else that belongs to
/// an enterprise. Liaisons see the enterprises they look after (as deputy, or during a leave, too), enterprise contacts their own, heads of
/// department those with a commitment of their department.
pub fn visible_enterprise_ids(viewer: &Viewer, column: impl ColumnTrait) -> Condition {
    let none = || Condition::all().add(Expr::val(1).eq(0));
    let person = match viewer {
        Viewer::System { .. } => return Condition::all(),
        Viewer::Anonymous { .. } => return none(),
        Viewer::Person(person) => person,
    };
    match person.role {
        Role::Centre | Role::Leader | Role::Supervisor => Condition::all(),
        Role::Liaison => {
            Condition::all().add(column.in_subquery(looked_after_by(person.account_id)))
        }
        Role::Enterprise => match person.enterprise_id {
            Some(own) => Condition::all().add(column.eq(own)),
            None => none(),
        },
        Role::DepartmentHead => match person.department_id {
            Some(department) => {
                Condition::all().add(column.in_subquery(with_commitment_of(department)))
            }
            None => none(),
        },
        Role::Admin | Role::WindowOfficer | Role::Inspector => none(),
    }
}

/// The enterprises that `account` looks after now, as liaison, as deputy or for somebody on leave: three short walks of an index, where one with an OR
/// would look at every liaison. The tables of the modules below are named by text.
fn looked_after_by(account: Uuid) -> SelectStatement {
    let of = |who: Expr| {
        Query::select()
            .column("enterprise_id")
            .from("liaison")
            .and_where(Expr::col(("liaison", "state")).is_in(["ACTIVE", "HANDING_OVER"]))
            .and_where(who)
            .to_owned()
    };
    let liaison = || Expr::col(("liaison", "account_id"));
    let deputy = Expr::col(("liaison", "deputy_id")).eq(account);
    of(liaison().eq(account))
        .union(UnionType::All, of(deputy))
        .union(
            UnionType::All,
            of(liaison().in_subquery(absent_with(account))),
        )
        .to_owned()
}

/// Whether an enterprise has a case at `department`: asked of each, for a department has decided much.
fn applies_at(department: Uuid) -> Expr {
    let case = |column: &'static str| Expr::col(("approval_case", column));
    let own = Query::select()
        .expr(Expr::value(1))
        .from("approval_case")
        .and_where(case("enterprise_id").equals(("enterprise", "id")))
        .and_where(case("department_id").eq(department))
        .to_owned();
    Expr::exists(own)
}

/// The enterprises in whose contracts `department` owns a commitment.
fn with_commitment_of(department: Uuid) -> SelectStatement {
    Query::select()
        .column(("contract", "enterprise_id"))
        .from("contract")
        .inner_join(
            "commitment",
            Expr::col(("commitment", "contract_id")).equals(("contract", "id")),
        )
        .and_where(Expr::col(("commitment", "department_id")).eq(department))
        .to_owned()
}

/// This column of the commitments of `department`, such as the contracts in which it promised something. Their module stands below this one, so their table is named by text.
pub(crate) fn promises_of(department: Uuid, column: &'static str) -> SelectStatement {
    Query::select()
        .column(column)
        .from("commitment")
        .and_where(Expr::col("department_id").eq(department))
        .to_owned()
}

/// Under which an enterprise is known.
const NAMES: [Column; 3] = [Column::NameZh, Column::NameEn, Column::CreditCode];

/// The enterprises whose name, English name or credit code has a text.
pub(crate) fn called(backend: DbBackend, text: &Search) -> Condition {
    text.within(backend, NAMES.map(Column::into_expr))
}

/// The same, and those with a contract of which the viewer may know and whose number has it: what a text filter means by an enterprise. Window
/// officers know of no contract. The tables of the modules below are named by text.
fn meant_by(viewer: &Viewer, backend: DbBackend, text: &Search) -> Condition {
    let called = called(backend, text);
    if viewer.role() == Some(Role::WindowOfficer) {
        return called;
    }
    let number = Expr::col(("contract", "number"));
    let own = viewer.head_of().map(|of| promises_of(of, "contract_id"));
    let numbered = Query::select()
        .column("enterprise_id")
        .from("contract")
        .cond_where(
            Condition::all()
                .add(text.within(backend, [number]))
                .add_option(own.map(|own| Expr::col(("contract", "id")).in_subquery(own))),
        )
        .to_owned();
    called.add(Column::Id.in_subquery(numbered))
}

/// Whether `column` names an enterprise that the viewer may know of and a text means.
pub(crate) async fn meant(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    column: impl ColumnTrait,
    text: &Search,
) -> Result<Expr, Fault> {
    let keys = Entity::visible(viewer)
        .select_only()
        .column(Column::Id)
        .filter(meant_by(viewer, db.get_database_backend(), text))
        .into_query();
    one_of(db, column, keys).await
}

/// The enterprises that the viewer may know of and a text means, at most `most`, those that are called so first.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    text: &Search,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let found = Entity::visible(viewer).filter(meant_by(viewer, db.get_database_backend(), text));
    closest(db, found, text, &NAMES, [Column::NameZh, Column::Id], most).await
}

/// One enterprise by its normalised code, if the viewer may know of it.
pub async fn find_by_code(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    credit_code: &str,
) -> Result<Option<Model>, Fault> {
    Ok(Entity::visible(viewer)
        .filter(Column::CreditCode.eq(credit_code))
        .one(db)
        .await?)
}

/// What a list of enterprises is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Name, English name or code, or the number of a contract, contains this.
    pub search: Option<Search>,
    /// In one of these lines of business.
    pub industries: Option<Vec<String>>,
    /// Still in the park, or gone.
    pub in_the_park: Option<bool>,
    /// Looked after by this person, as liaison or as deputy.
    pub liaison_id: Option<Uuid>,
}

/// By what a list of enterprises is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By the day it became known here.
    #[default]
    CreatedAt,
    /// By registered name.
    Name,
    /// By credit code.
    CreditCode,
    /// By line of business.
    Industry,
}

/// One page of enterprises.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    sort: Sort,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = Condition::all()
        .add_option(
            filter
                .search
                .as_ref()
                .map(|text| meant_by(viewer, db.get_database_backend(), text)),
        )
        .add_option(
            filter
                .industries
                .as_ref()
                .map(|industries| Column::Industry.is_in(industries.iter().cloned())),
        )
        .add_option(filter.in_the_park.map(|present| {
            if present {
                Column::EndedOn.is_null()
            } else {
                Column::EndedOn.is_not_null()
            }
        }))
        .add_option(
            filter
                .liaison_id
                .map(|account| Column::Id.in_subquery(looked_after_by(account))),
        );
    let by = match sort {
        Sort::CreatedAt => Column::CreatedAt,
        Sort::Name => Column::NameZh,
        Sort::CreditCode => Column::CreditCode,
        Sort::Industry => Column::Industry,
    };
    keyset(
        db,
        Entity::visible(viewer),
        condition,
        by,
        descending,
        Column::Id,
        request,
    )
    .await
}
