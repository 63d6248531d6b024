//! Every query on departments. Everybody who has signed in may know them.

use crate::table::Visible;
use sea_orm::{
    Condition, ConnectionTrait, QueryOrder,
    prelude::{Json, Uuid},
    sea_query::{Expr, ExprTrait, Order, Query},
};
use serde::Deserialize;

use super::{Column, Entity, Model};
use crate::{error::Fault, viewer::Viewer};

impl Visible for Entity {
    /// All departments, for everybody but strangers.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer {
            Viewer::Anonymous { .. } => Condition::all().add(Expr::val(1).eq(0)),
            Viewer::Person(_) | Viewer::System { .. } => Condition::all(),
        }
    }
}

/// All departments by number.
pub async fn all(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Model>, Fault> {
    Ok(Entity::visible(viewer)
        .order_by_asc(Column::Number)
        .all(db)
        .await?)
}

/// What a department still decides, if it does: the number of its first case that is not over, or the code of the first item of the catalogue. Both stand
/// below this module, so their tables are named by text.
pub(crate) async fn still_decided(
    db: &impl ConnectionTrait,
    department_id: Uuid,
) -> Result<Option<String>, Fault> {
    let owed = Condition::any()
        .add(Expr::col("decided_on").is_null())
        .add(Expr::col("red_from").is_not_null());
    let case = Query::select()
        .expr_as(Expr::col("number"), "name")
        .from("approval_case")
        .and_where(Expr::col("department_id").eq(department_id))
        .cond_where(owed)
        .order_by("due_on", Order::Asc)
        .order_by("id", Order::Asc)
        .limit(1)
        .to_owned();
    let item = Query::select()
        .expr_as(Expr::col("code"), "name")
        .from("item")
        .and_where(Expr::col("department_id").eq(department_id))
        .and_where(Expr::col("status").eq("ACTIVE"))
        .order_by("place", Order::Asc)
        .limit(1)
        .to_owned();
    for what in [case, item] {
        if let Some(row) = db.query_one(&what).await? {
            return Ok(Some(row.try_get("", "name")?));
        }
    }
    Ok(None)
}

/// What is read of a standard promise.
#[derive(Deserialize)]
struct Owed {
    department_id: Option<Uuid>,
}

/// The number of the first promise of the newest standard list that a department owes, if it owes any. The promises stand below this module,
/// so their table is named by text.
pub(crate) async fn first_standard_promise(
    db: &impl ConnectionTrait,
    department_id: Uuid,
) -> Result<Option<usize>, Fault> {
    let newest = Query::select()
        .column("promises")
        .from("standard_promises")
        .order_by("version", Order::Desc)
        .limit(1)
        .to_owned();
    let Some(row) = db.query_one(&newest).await? else {
        return Ok(None);
    };
    let promises: Json = row.try_get("", "promises")?;
    let promises: Vec<Owed> = serde_json::from_value(promises)
        .map_err(|error| Fault::Internal(format!("standard promises: {error}")))?;
    let place = promises
        .iter()
        .position(|promise| promise.department_id == Some(department_id));
    Ok(place.map(|place| place + 1))
}
