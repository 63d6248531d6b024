//! Permits as what time limits are on: the last day on which the renewal of each can be applied for.

use std::collections::HashMap;

use sea_orm::{
    DatabaseExecutor, EntityTrait, QueryFilter, QuerySelect, QueryTrait, prelude::Uuid,
    sea_query::SelectStatement,
};

use super::{Column, Entity, Model};
use crate::{
    enterprise,
    language::Text,
    link,
    page::of_keys,
    subject::{Answers, Ending, Found, Kind, Subject},
    table::Visible,
    term::Term,
    viewer::Viewer,
};

/// Permits (证照).
#[derive(Debug)]
pub struct Permits;

impl Permits {
    /// Their name as what time limits are on.
    pub const NAME: &'static str = "PERMIT";
}

impl Kind for Permits {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn limits(&self, viewer: &Viewer) -> SelectStatement {
        Entity::find()
            .select_only()
            .column(Column::DeadlineId)
            .filter(Entity::visible_to(viewer))
            .into_query()
    }

    fn within<'a>(
        &'a self,
        db: &'a DatabaseExecutor<'a>,
        viewer: &'a Viewer,
        limits: &'a [Uuid],
    ) -> Found<'a> {
        Box::pin(async move {
            let visible = Entity::visible(viewer);
            let rows = of_keys(db, visible, Column::DeadlineId, limits).await?;
            let holders: Vec<Uuid> = rows.iter().map(|row| row.enterprise_id).collect();
            // Whoever has left the park is told no more.
            let holders: HashMap<Uuid, enterprise::Model> =
                enterprise::Entity::of_ids(db, viewer, &holders)
                    .await?
                    .into_iter()
                    .filter(|holder| holder.ended_on.is_none())
                    .map(|holder| (holder.id, holder))
                    .collect();
            let of = |row: &Model| {
                Some((
                    row.deadline_id,
                    subject(row, holders.get(&row.enterprise_id)?),
                ))
            };
            Ok(rows.iter().filter_map(of).collect())
        })
    }
}

fn subject(permit: &Model, holder: &enterprise::Model) -> Subject {
    let (kind, number) = (permit.kind.text(), &permit.number);
    let (until, by) = (permit.valid_until, permit.apply_by);
    Subject {
        kind: Permits::NAME,
        id: permit.id,
        key: permit.id,
        title: Text::new(
            format!("{} {number}", kind.zh),
            format!("{} {number}", kind.en),
        ),
        occasion: String::new(),
        enterprise_id: Some(permit.enterprise_id),
        enterprise: holder.name_zh.clone(),
        is_promise: false,
        contract_id: None,
        legal_basis: None,
        answers: Answers::Liaison,
        why: Text::new(
            "您是该企业的服务专员",
            "you are the liaison of the enterprise",
        ),
        department_id: None,
        is_announced: true,
        ending: Some(Ending {
            day: Text::new("申请延续", "apply for renewal"),
            call: Text::new(
                format!("证照到期：有效期至 {until}，请于 {by} 前（含当日）向发证机关申请延续"),
                format!("valid until {until}; apply to its issuer for renewal by {by}"),
            ),
            call_when_late: Text::new(
                format!("证照到期：有效期至 {until}，申请期限 {by} 已过，请尽快联系发证机关"),
                format!(
                    "valid until {until}; the last day to apply, {by}, has passed: contact its issuer at once"
                ),
            ),
            centre: None,
            enterprise_from_days: None,
            theirs: Text::new("这是贵企业的证照", "it is a permit of your enterprise"),
            is_for_all: false,
        }),
        path: link::enterprise(permit.enterprise_id),
        version: permit.version,
    }
}
