//! Contracts as what time limits are on: the last day of the term of each.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, DatabaseExecutor, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    prelude::Uuid, sea_query::SelectStatement,
};

use super::{Column, Entity, Model};
use crate::{
    enterprise,
    language::Text,
    link,
    page::of_keys,
    subject::{Answers, Ending, Found, Kind, Subject},
    table::Visible,
    viewer::Viewer,
};

/// Contracts (契约): the end of the term of each.
#[derive(Debug)]
pub struct Contracts;

impl Contracts {
    /// Their name as what time limits are on.
    pub const NAME: &'static str = "CONTRACT";
}

/// So many days before its end the enterprise is told, too: what comes before is for the park to prepare.
const ENTERPRISE_FROM: u64 = 30;

impl Kind for Contracts {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn limits(&self, viewer: &Viewer) -> SelectStatement {
        Entity::find()
            .select_only()
            .column(Column::EndDeadlineId)
            .filter(Entity::visible_to(viewer))
            // An unknown one would hide what is not among them.
            .filter(Column::EndDeadlineId.is_not_null())
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
            let rows = of_keys(db, visible, Column::EndDeadlineId, limits).await?;
            let parties: Vec<Uuid> = rows.iter().map(|row| row.enterprise_id).collect();
            let names: HashMap<Uuid, String> = enterprise::Entity::of_ids(db, viewer, &parties)
                .await?
                .into_iter()
                .map(|row| (row.id, row.name_zh))
                .collect();
            let of = |row: &Model| {
                let enterprise = names.get(&row.enterprise_id).cloned().unwrap_or_default();
                Some((row.end_deadline_id?, subject(row, enterprise)))
            };
            Ok(rows.iter().filter_map(of).collect())
        })
    }
}

fn subject(contract: &Model, enterprise: String) -> Subject {
    let (number, ends_on) = (&contract.number, contract.ends_on);
    let call = Text::new(
        format!("契约到期：终止日为 {ends_on}，请及早商定续签"),
        format!("the contract ends on {ends_on}; please agree on its renewal in time"),
    );
    Subject {
        kind: Contracts::NAME,
        id: contract.id,
        key: contract.id,
        title: Text::new(number.clone(), number.clone()),
        occasion: String::new(),
        enterprise_id: Some(contract.enterprise_id),
        enterprise,
        is_promise: false,
        contract_id: Some(contract.id),
        legal_basis: None,
        answers: Answers::Liaison,
        why: Text::new(
            "您是该企业的服务专员",
            "you are the liaison of the enterprise",
        ),
        department_id: None,
        is_announced: true,
        ending: Some(Ending {
            day: Text::new("契约到期", "contract ends"),
            call_when_late: call.clone(),
            call,
            centre: Some(Text::new("您负责契约管理", "you look after the contracts")),
            enterprise_from_days: Some(ENTERPRISE_FROM),
            theirs: Text::new("这是贵企业的契约", "it is the contract of your enterprise"),
            is_for_all: true,
        }),
        path: link::contract(contract.id),
        version: contract.version,
    }
}
