//! Which first steps are done. Each is asked by whether something is there at all, in one statement for all of them.

use chrono::Datelike;
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{Step, is_shown, shown};
use crate::{
    account::{self, link},
    calendar, contract, department, enterprise,
    error::Fault,
    evaluation::design,
    kept::Reader,
    liaison,
    store::Store,
    term::Term,
    viewer::{Role, Viewer},
};

/// That all steps are done, in the year of this calendar: from then on nothing is asked.
struct Done {
    year: i32,
}

/// The first steps that the viewer is shown, each with whether it is done. `delivers` says whether a mail server is set.
pub async fn first_steps(
    store: &Store,
    viewer: &Viewer,
    delivers: bool,
) -> Result<Vec<(Step, bool)>, Fault> {
    let Some(role) = viewer.role().filter(|role| is_shown(*role)) else {
        return Ok(Vec::new());
    };
    let year = store.today().year();
    let known = store.kept().made_from::<Done>(&[]);
    if known.is_some_and(|done| done.year == year) {
        return Ok(Vec::new());
    }
    let done = done(store.db(), year, delivers).await?;
    if done.len() == Step::ALL.len() {
        store.kept().keep(Vec::new(), Done { year });
    }
    Ok(shown(role, &done))
}

/// The steps that are done.
async fn done(db: &impl ConnectionTrait, year: i32, delivers: bool) -> Result<Vec<Step>, Fault> {
    let mut all = Query::select();
    for step in Step::ALL {
        all.expr_as(is_done(step, year, delivers), step.code());
    }
    let row = db.query_one(&all).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("the first steps".to_owned()))?;
    let mut done = Vec::new();
    for step in Step::ALL {
        if row.try_get("", step.code())? {
            done.push(step);
        }
    }
    Ok(done)
}

/// Whether a step is done, as the database is asked.
fn is_done(step: Step, year: i32, delivers: bool) -> Expr {
    match step {
        Step::Departments => there_is(department::Entity::find()),
        Step::Calendar => {
            let of_year = calendar::Column::NoticeYear.eq(year);
            there_is(calendar::Entity::find().filter(of_year))
        }
        Step::Mail => Expr::val(delivers),
        Step::Accounts => {
            let enabled = |role: Role| {
                account::Entity::find()
                    .filter(account::Column::Role.eq(role))
                    .filter(account::Column::DisabledAt.is_null())
            };
            there_is(enabled(Role::Centre)).and(there_is(enabled(Role::Leader)))
        }
        Step::Ledger => there_is(enterprise::Entity::find()),
        Step::Liaisons => {
            let in_charge = liaison::Column::State.is_in(liaison::State::IN_CHARGE);
            there_is(liaison::Entity::find().filter(in_charge))
        }
        Step::Contracts => {
            let in_force = contract::Column::State.is_in(contract::State::IN_FORCE);
            there_is(contract::Entity::find().filter(in_force))
        }
        Step::Invitations => {
            let of_account = link::Column::AccountId.into_expr();
            let of_account = of_account.eq(Expr::col(("account", "id")));
            let sent = there_is(link::Entity::find().filter(of_account));
            let invited = account::Entity::find()
                .filter(account::Column::Role.is_in([Role::Liaison, Role::Enterprise]))
                .filter(account::Column::PasswordHash.is_not_null().or(sent));
            there_is(invited)
        }
        Step::Design => {
            let by_somebody = design::Column::AdoptedBy.is_not_null();
            there_is(design::Entity::find().filter(by_somebody))
        }
    }
}

/// Whether a query finds anything.
fn there_is<E: EntityTrait>(found: Select<E>) -> Expr {
    Expr::exists(found.select_only().expr(Expr::val(1)).into_query())
}
