//! `preferenceChange`.

use api_door::{
    coded::{Coded, plain},
    command::{command, payload},
    error::bad_request,
    scalar::Date,
};
use async_graphql::{Context, InputObject, Object, Result};
use entity::{
    outbox,
    preference::commands::{self, ChangePreference},
};

use super::Preferences;

/// Between which full hours letters may come.
#[derive(InputObject)]
pub struct PreferenceHoursInput {
    /// From this hour on, 0 to 23.
    from: i32,
    /// Before this hour, 1 to 24.
    until: i32,
}

/// All settings as they should be from now on.
#[derive(InputObject)]
pub struct PreferenceChangeInput {
    /// The version last seen.
    expected_version: i32,
    /// The language of letters and pages.
    language: Coded<entity::language::Language>,
    /// Between which hours letters may come; from 8 to 18 when null.
    hours: Option<PreferenceHoursInput>,
    /// On which weekdays; at least one.
    weekdays: Vec<Coded<chrono::Weekday>>,
    /// Until this day, at most 31 days ahead, only what cannot be switched off comes; not paused when null.
    paused_until: Option<Date>,
    /// The kinds of letters that do not come: `weekly_brief`.
    switched_off: Vec<String>,
}

payload! {
    /// The answer of `preferenceChange`.
    PreferenceChangePayload, PreferenceChangeUserError, Coded<entity::preference::rules::PreferenceError>, entity::preference::rules::PreferenceError,
    /// The settings as they are now; null when they were refused.
    preferences: Preferences
}

/// The mutation `preferenceChange`.
#[derive(Default)]
pub struct PreferenceChangeMutation;

#[Object]
impl PreferenceChangeMutation {
    /// Changes when letters may come, and which ones, for the person who asks. What tells of a limit set by law comes in any case.
    async fn preference_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All settings.")] input: PreferenceChangeInput,
    ) -> Result<PreferenceChangePayload> {
        let kind = |name: String| {
            let known = outbox::Kind::ALL
                .into_iter()
                .find(|kind| kind.name() == name);
            known.ok_or_else(|| bad_request(format!("There is no kind of e-mail called `{name}`.")))
        };
        let input = ChangePreference {
            expected_version: input.expected_version,
            language: input.language.0,
            hours: input.hours.map(|hours| (hours.from, hours.until)),
            weekdays: plain(input.weekdays),
            paused_until: input.paused_until.map(Into::into),
            switched_off: input
                .switched_off
                .into_iter()
                .map(kind)
                .collect::<Result<_>>()?,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::change(&store, &viewer, input).await
        })
        .await
    }
}
