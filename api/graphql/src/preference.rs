//! A person's settings for e-mail (个人设置), as the API shows it.

use api_door::{coded::Coded, command::Answer, operation::viewer, scalar::Date};
use async_graphql::{Context, Object, SimpleObject};
use entity::{
    outbox,
    preference::{commands::Wishes, rules},
    term::Term,
};

pub mod change;

pub use change::PreferenceChangeMutation as PreferenceMutation;

/// The full hours of the park's clock between which letters may come.
#[derive(SimpleObject)]
pub struct PreferenceHours {
    /// From this hour on, 0 to 23.
    from: i32,
    /// Before this hour, 1 to 24.
    until: i32,
}

/// A kind of letters and whether the person wants it.
#[derive(SimpleObject)]
pub struct LetterWish {
    /// The kind: `digest`, `contract_expiry`.
    kind: String,
    /// What people call it, in the language of the person who asks.
    label: String,
    /// Whether it can be switched off.
    duty: Coded<outbox::Duty>,
    /// Whether it comes.
    on: bool,
}

/// A person's settings for e-mail: when it may be sent, and which kinds (个人设置).
pub struct Preferences(Wishes);

impl From<Wishes> for Preferences {
    fn from(wishes: Wishes) -> Self {
        Self(wishes)
    }
}

impl Answer for Preferences {}

/// A person's settings for e-mail: when it may be sent, and which kinds (个人设置).
#[Object]
impl Preferences {
    /// The language of letters and pages.
    async fn language(&self) -> Coded<entity::language::Language> {
        self.0.language.into()
    }

    /// Between which hours letters may come. Null: from 8 to 18. Links to sign in with and incidents come at any hour.
    async fn hours(&self) -> Option<PreferenceHours> {
        let wishes = &self.0.preference;
        let (from, until) = wishes.from_hour.zip(wishes.until_hour)?;
        Some(PreferenceHours { from, until })
    }

    /// On which weekdays letters may come.
    #[graphql(complexity = "7")]
    async fn weekdays(&self) -> Vec<Coded<chrono::Weekday>> {
        let chosen = |day: &chrono::Weekday| rules::is_chosen(self.0.preference.weekdays, *day);
        let days = chrono::Weekday::ALL.iter().copied();
        days.filter(chosen).map(Coded).collect()
    }

    /// Until this day only what cannot be switched off comes; null when letters are not paused.
    async fn paused_until(&self) -> Option<Date> {
        self.0.preference.paused_until.map(Date)
    }

    /// All kinds of letters, and which of them the person wants.
    #[graphql(complexity = "20 * child_complexity")]
    async fn letters(&self, ctx: &Context<'_>) -> Vec<LetterWish> {
        let language = viewer(ctx).language();
        let off = &self.0.preference.switched_off.0;
        let wish = |kind: outbox::Kind| LetterWish {
            kind: kind.name(),
            label: kind.label().in_language(language).to_owned(),
            duty: kind.duty().into(),
            on: !off.contains(&kind),
        };
        let written = outbox::Kind::ALL.into_iter();
        written.filter(|kind| kind.is_written()).map(wish).collect()
    }

    /// Grows by one with every change; send it back as `expectedVersion`. 0 when nothing was said yet.
    async fn version(&self) -> i32 {
        self.0.preference.version
    }
}
