//! Letters about permits of an enterprise.

use entity::{deadline::rules::Light, outbox::facts};

use super::{Letter, Words};
use crate::mail::page::{Block, Item, Items, Page};

impl Letter for facts::PermitExpiry {
    fn page(&self, words: &Words) -> Page {
        let items = self.permits.iter().map(|permit| {
            let (days, number) = (permit.days, &permit.number);
            let left = if permit.remaining < 0 {
                words.say(
                    "法定申请期限已过，请尽快联系发证机关",
                    "the last day to apply has passed: please contact the issuing authority at once",
                )
            } else {
                words.remaining(permit.remaining)
            };
            Item {
                mark: None,
                title: format!(
                    "{} · {} {number}",
                    permit.enterprise,
                    words.of(&permit.kind)
                ),
                link: Some(words.link(&permit.path)),
                lines: vec![
                    words.say(
                        format!(
                            "有效期至 {}，还有 {days} 日",
                            words.date(permit.valid_until)
                        ),
                        format!(
                            "valid until {}, {days} days left",
                            words.date(permit.valid_until)
                        ),
                    ),
                    words.say(
                        format!(
                            "最迟于 {}（含当日）申请延续：{left}",
                            words.date(permit.apply_by)
                        ),
                        format!(
                            "apply for renewal by {}: {left}",
                            words.date(permit.apply_by)
                        ),
                    ),
                ],
            }
        });
        Page {
            light: Some(Light::Yellow),
            blocks: vec![
                words.paragraph(
                    "下列证照即将到期，请及时向发证机关申请延续。办妥后请告知专员登记新的有效期。",
                    "The following permits expire soon. Please apply to the issuing authorities for renewal in time, and inform the liaison \
                     of the new expiry dates.",
                ),
                Block::Items(Items {
                    light: Light::Yellow,
                    title: words.say("证照", "Permits"),
                    items: items.collect(),
                }),
            ],
            why: Some(words.of(&self.why)),
            ..words.page(("证照到期", "Permit expiry"), &self.name, self)
        }
    }
}
