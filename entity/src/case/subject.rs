//! Cases as what time limits are on: each has several clocks.

use std::collections::{HashMap, HashSet};

use sea_orm::{Condition, DatabaseExecutor, prelude::Uuid, sea_query::SelectStatement};

use super::{
    Model,
    clock::{self, Clock},
    repository::{limits, sees, within},
    rules,
};
use crate::{
    catalogue, enterprise, item,
    language::Text,
    link,
    subject::{Answers, Found, Kind, Subject},
    table::Visible,
    term::Term,
    viewer::Viewer,
};

/// Cases (办件).
#[derive(Debug)]
pub struct Cases;

impl Cases {
    /// Their name as what time limits are on.
    pub const NAME: &'static str = "CASE";
}

impl Kind for Cases {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn limits(&self, viewer: &Viewer) -> SelectStatement {
        limits(viewer)
    }

    fn sees(&self, viewer: &Viewer) -> Condition {
        sees(viewer)
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
            let ids = |of: fn(&Model) -> Uuid| -> Vec<Uuid> {
                let keys: HashSet<Uuid> = found.iter().map(|(_, case)| of(case)).collect();
                keys.into_iter().collect()
            };
            // Who may see a case may know what its applicant is called.
            let system = Viewer::system("cases");
            let enterprises = ids(|case| case.enterprise_id);
            let enterprises = enterprise::Entity::of_ids(db, &system, &enterprises).await?;
            let enterprises: HashMap<Uuid, String> = enterprises
                .into_iter()
                .map(|row| (row.id, row.name_zh))
                .collect();
            let items = ids(|case| case.item_id);
            let items = item::Entity::of_ids(db, &system, &items).await?;
            let items: HashMap<Uuid, item::Model> =
                items.into_iter().map(|row| (row.id, row)).collect();
            let by_law = found
                .iter()
                .filter(|(clock, _)| article_of(clock.clock).is_some());
            let versions: HashSet<Uuid> = by_law.map(|(_, case)| case.version_id).collect();
            let versions = Vec::from_iter(versions);
            let versions = item::version::Entity::of_ids(db, &system, &versions).await?;
            let versions: HashMap<Uuid, item::version::Model> =
                versions.into_iter().map(|row| (row.id, row)).collect();
            let of = |(clock, case): &(clock::Model, Model)| {
                let enterprise = enterprises.get(&case.enterprise_id)?;
                let item = items.get(&case.item_id)?;
                let version = versions.get(&case.version_id);
                let article = article_of(clock.clock)
                    .and_then(|of_item| rules::limit_of(&version?.content, of_item, &case.answers));
                let subject = Subject {
                    legal_basis: article.map(|limit| limit.article.clone()),
                    ..subject(clock, case, item, enterprise)
                };
                Some((clock.deadline_id, subject))
            };
            Ok(found.iter().filter_map(of).collect())
        })
    }
}

/// The clock of the item whose article sets this clock by law.
fn article_of(clock: Clock) -> Option<catalogue::Clock> {
    match clock {
        Clock::Notice => Some(catalogue::Clock::Notice),
        Clock::Statutory => Some(catalogue::Clock::Statutory),
        Clock::Delivery => Some(catalogue::Clock::Delivery),
        _ => None,
    }
}

/// What one clock of a case is on.
fn subject(clock: &clock::Model, case: &Model, item: &item::Model, enterprise: &str) -> Subject {
    let (owed, number) = (owed(clock.clock), &case.number);
    let is_of_office = clock.clock.is_of_office();
    let answers = match is_of_office {
        true => Answers::Window {
            officer: case.officer_id,
            department: case.department_id,
        },
        false => Answers::Enterprise,
    };
    Subject {
        kind: Cases::NAME,
        id: case.id,
        key: clock.deadline_id,
        title: Text::new(
            format!("{}：{}（{number}）", owed.zh, item.name_zh),
            format!("{}: {} ({number})", owed.en, item.name_en),
        ),
        occasion: String::new(),
        enterprise_id: Some(case.enterprise_id),
        enterprise: enterprise.to_owned(),
        is_promise: clock.clock == Clock::Promised,
        contract_id: None,
        legal_basis: None,
        answers,
        why: match is_of_office {
            true => Text::new("由您所在部门办理", "your department decides on it"),
            false => Text::new(
                "这是贵企业的申请",
                "it is an application of your enterprise",
            ),
        },
        department_id: Some(case.department_id),
        is_announced: true,
        ending: None,
        path: link::case(case.id),
        version: case.version,
    }
}

/// What is owed by the end of a clock.
fn owed(clock: Clock) -> Text {
    match clock {
        Clock::Notice => Text::new("受理或者一次告知", "Accept or tell what is missing"),
        Clock::Statutory | Clock::Promised => {
            let kind = clock.inside();
            Text::new(
                format!("作出决定（{}）", kind.zh),
                format!("Decide ({})", kind.en),
            )
        }
        Clock::Correction => Text::new("补正申请材料", "Complete the application"),
        Clock::Supplement => Text::new("补交容缺材料", "Hand in the materials that follow"),
        Clock::Delivery => Text::new("送达办理结果", "Hand over the result"),
        Clock::Confirm => Text::new("补发默许文书", "Confirm what silence has granted"),
        Clock::FollowUp => Text::new("核查承诺事项", "Check what was promised"),
    }
}
