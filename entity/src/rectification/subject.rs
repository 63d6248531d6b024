//! Rectifications as what time limits are on: each has two clocks, the call-back and the reply.

use std::collections::HashMap;

use sea_orm::{
    DatabaseExecutor, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    prelude::Uuid,
    sea_query::{SelectStatement, UnionType},
};

use super::{Column, Entity, Model, repository::within};
use crate::{
    account, enterprise,
    language::Text,
    link,
    subject::{Answers, Found, Kind, Subject},
    table::Visible,
    viewer::Viewer,
};

/// Rectifications (整改).
#[derive(Debug)]
pub struct Rectifications;

impl Rectifications {
    /// Their name as what time limits are on.
    pub const NAME: &'static str = "RECTIFICATION";
}

impl Kind for Rectifications {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn limits(&self, viewer: &Viewer) -> SelectStatement {
        let of = |clock: Column| {
            Entity::find()
                .select_only()
                .column(clock)
                .filter(Entity::visible_to(viewer))
                .into_query()
        };
        of(Column::ContactDeadlineId)
            .union(UnionType::All, of(Column::ReplyDeadlineId))
            .to_owned()
    }

    fn within<'a>(
        &'a self,
        db: &'a DatabaseExecutor<'a>,
        viewer: &'a Viewer,
        limits: &'a [Uuid],
    ) -> Found<'a> {
        Box::pin(async move {
            let found = within(db, viewer, limits).await?;
            if found.is_empty() {
                return Ok(HashMap::new());
            }
            let enterprises: Vec<Uuid> = found.iter().filter_map(|one| one.enterprise_id).collect();
            let names = enterprise::Entity::of_ids(db, viewer, &enterprises).await?;
            let names: HashMap<Uuid, String> =
                names.into_iter().map(|row| (row.id, row.name_zh)).collect();
            let headed = account::repository::headed_departments(db).await?;
            let both = found.iter().flat_map(|one| {
                let enterprise = one.enterprise_id.and_then(|id| names.get(&id));
                // Where a department has no head, the service centre puts it right.
                let department = one.department_id.filter(|id| headed.contains(id));
                let answers = department.map_or(Answers::Centre, Answers::Department);
                clocks(one, enterprise.map_or("", String::as_str), answers)
            });
            Ok(both.filter(|(limit, _)| limits.contains(limit)).collect())
        })
    }
}

/// The two time limits of a rectification and what they are on.
fn clocks(one: &Model, enterprise: &str, answers: Answers) -> [(Uuid, Subject); 2] {
    let about = one.about();
    let of = |limit: Uuid, (zh, en): (&str, &str)| {
        let subject = Subject {
            kind: Rectifications::NAME,
            id: one.id,
            key: limit,
            title: Text::new(format!("{zh}：{}", about.zh), format!("{en}: {}", about.en)),
            occasion: String::new(),
            enterprise_id: one.enterprise_id.filter(|_| !enterprise.is_empty()),
            enterprise: enterprise.to_owned(),
            is_promise: false,
            contract_id: None,
            legal_basis: None,
            answers,
            why: in_charge(),
            department_id: one.department_id,
            is_announced: true,
            ending: None,
            path: link::rectification(one.id),
            version: one.version,
        };
        (limit, subject)
    };
    [
        of(
            one.contact_deadline_id,
            ("整改回访", "Call-back of a rectification"),
        ),
        of(
            one.reply_deadline_id,
            ("整改反馈", "Reply of a rectification"),
        ),
    ]
}

/// Why those who were rated are told.
pub(super) fn in_charge() -> Text {
    Text::new("由被评价单位负责整改", "the rated side must rectify it")
}
