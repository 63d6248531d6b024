//! What the coming week brings.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::{
    super::facts::{EnterpriseRow, Item, KeyDate, Outcome, ProjectRow},
    view::View,
};
use crate::language::Text;

/// How many days "the coming week" has, the day of the report included.
const COMING_DAYS: u64 = 6;

impl View<'_> {
    /// What the coming week brings: how many promises fall due each day, and singly what is rare.
    pub(super) fn key_dates(
        &self,
        items: &[Item],
        enterprises: &[EnterpriseRow],
        projects: &[ProjectRow],
        day: NaiveDate,
    ) -> Vec<KeyDate> {
        let last = day.checked_add_days(Days::new(COMING_DAYS)).unwrap_or(day);
        let coming = |date: NaiveDate| (day..=last).contains(&date);
        let mut found = Vec::new();
        let mut due: BTreeMap<NaiveDate, u32> = BTreeMap::new();
        for item in items.iter().filter(|item| coming(item.due_on)) {
            match (item.outcome, &item.legal_basis) {
                (Outcome::Running, Some(basis)) => found.push(KeyDate {
                    on: item.due_on,
                    what: Text::new(
                        format!("法定期限届满：{}（{basis}）", item.what.zh),
                        format!("statutory limit ends: {} ({basis})", item.what.en),
                    ),
                    enterprise: Some(item.enterprise.clone()),
                }),
                (Outcome::Running, None) => *due.entry(item.due_on).or_default() += 1,
                _ => {}
            }
        }
        found.extend(due.into_iter().map(|(on, count)| KeyDate {
            on,
            what: Text::new(
                format!("{count} 项承诺到期"),
                if count == 1 {
                    "1 promise falls due".to_owned()
                } else {
                    format!("{count} promises fall due")
                },
            ),
            enterprise: None,
        }));
        for row in enterprises {
            if let Some(on) = row.contract_ends_on.filter(|on| coming(*on)) {
                let number = row.contract.as_deref().unwrap_or_default();
                found.push(KeyDate {
                    on,
                    what: Text::new(
                        format!("契约 {number} 到期"),
                        format!("contract {number} ends"),
                    ),
                    enterprise: Some(row.name.clone()),
                });
            }
        }
        for project in projects {
            for milestone in &project.milestones {
                if let (None, Some(on)) = (milestone.reached_on, milestone.expected_on)
                    && coming(on)
                {
                    found.push(KeyDate {
                        on,
                        what: Text::new(
                            format!("项目“{}”预计完成“{}”", project.name, milestone.name),
                            format!(
                                "project \"{}\" expects to complete \"{}\"",
                                project.name, milestone.name
                            ),
                        ),
                        enterprise: Some(project.enterprise.clone()),
                    });
                }
            }
        }
        found.sort_by(|a, b| {
            (a.on, &a.enterprise, &a.what.zh).cmp(&(b.on, &b.enterprise, &b.what.zh))
        });
        found
    }
}
