//! The person's own page: password, letters, calendar feeds, sessions and tokens.

use askama::Template;
use axum::{extract::Path, response::Response};
use chrono::TimeDelta;
use entity::trail;
use serde_json::json;

use super::{
    act::send,
    bridge::operation,
    flash::Flash,
    form::{Filled, Form, chosen, day},
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(Profile in "src/operations/profile.graphql");
operation!(ChangePassword in "src/operations/profile.graphql");
operation!(ChangePreferences in "src/operations/profile.graphql");
operation!(MakeFeed in "src/operations/profile.graphql");
operation!(MakeToken in "src/operations/profile.graphql");

const HERE: &str = "/profile";

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfileShown {
    f: Frame,
    it: profile::ProfileViewer,
    sessions: Vec<profile::ProfileSessions>,
    feeds: Vec<profile::ProfileFeeds>,
    weekdays: &'static [chrono::Weekday],
    tongues: Vec<(String, String)>,
    lasting: Vec<(String, String)>,
    password: Form,
    letters: Form,
    feed: Form,
    address: Option<String>,
    token: Form,
    secret: Option<String>,
}

/// The page, with the forms as they were filled.
#[derive(Default)]
struct Forms {
    password: Option<Form>,
    letters: Option<Form>,
    feed: Option<Form>,
    address: Option<String>,
    token: Option<Form>,
    secret: Option<String>,
}

async fn shown(guest: &Guest, forms: Forms) -> Result<ProfileShown, Refusal> {
    let data = guest.run::<Profile>(profile::Variables).await?;
    let it = data.viewer.ok_or(Refusal::SignIn)?;
    let letters = forms.letters.unwrap_or_else(|| {
        let mut form = Form::new(&LETTERS);
        let wishes = &it.preferences;
        form.set("language", wishes.language.code());
        if let Some(hours) = &wishes.hours {
            form.set("from", &hours.from.to_string());
            form.set("until", &hours.until.to_string());
        }
        if let Some(day) = wishes.paused_until {
            form.set("pausedUntil", &day.to_string());
        }
        for day in &wishes.weekdays {
            form.add("weekday", day.0.code());
        }
        for letter in wishes.letters.iter().filter(|letter| letter.on) {
            form.add("wanted", &letter.kind);
        }
        form
    });
    let f = guest.frame(match guest.language {
        Tongue::Chinese => "个人设置",
        Tongue::English => "My account",
    });
    Ok(ProfileShown {
        it,
        sessions: data.sessions,
        feeds: data.feeds,
        weekdays: <chrono::Weekday as Term>::ALL,
        tongues: Tongue::choices(&f),
        lasting: LASTING
            .into_iter()
            .map(|(days, zh, en)| (days.to_string(), f.t(zh, en).to_owned()))
            .collect(),
        password: forms.password.unwrap_or_else(|| Form::new(&PASSWORD)),
        letters,
        feed: forms.feed.unwrap_or_else(|| Form::new(&["name"])),
        address: forms.address,
        token: forms.token.unwrap_or_else(|| {
            let mut form = Form::new(&TOKEN);
            form.set("days", "30");
            form
        }),
        secret: forms.secret,
        f,
    })
}

/// The page.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    let shown = shown(&guest, Forms::default()).await?;
    Ok(guest.show(&shown))
}

const PASSWORD: [&str; 2] = ["presentPassword", "newPassword"];

/// Changes the password. All sessions end, this one too.
pub async fn change_password(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut form = Form::new(&PASSWORD);
    let input = change_password::SessionChangePasswordInput {
        present_password: filled.exact("presentPassword"),
        new_password: filled.exact("newPassword"),
    };
    if filled.exact("newPassword") != filled.exact("repeatPassword") {
        form.refuse_one(
            "repeatPassword",
            match guest.language {
                Tongue::Chinese => "两次输入的密码不一致，请重新输入。",
                Tongue::English => "The two passwords differ: enter them again.",
            },
        );
    } else {
        let answer = guest
            .run::<ChangePassword>(change_password::Variables { input })
            .await?
            .session_change_password;
        form.refuse(
            answer
                .user_errors
                .into_iter()
                .map(|error| (error.path, error.message)),
        );
    }
    if form.is_refused() {
        let forms = Forms {
            password: Some(form),
            ..Forms::default()
        };
        return Ok(guest.refused(&shown(&guest, forms).await?));
    }
    Ok(guest.done(Flash::PasswordChanged, "/sign-in"))
}

const LETTERS: [&str; 5] = [
    "language",
    "hours",
    "weekdays",
    "pausedUntil",
    "switchedOff",
];

/// The hours that were typed: none, or both of them.
fn hours(
    guest: &Guest,
    filled: &Filled,
    form: &mut Form,
) -> Option<change_preferences::PreferenceHoursInput> {
    if filled.get("from").is_empty() && filled.get("until").is_empty() {
        return None;
    }
    let mut hour = |name: &str| {
        let typed = filled.get(name).parse::<i64>().ok();
        let hour = typed.filter(|hour| (0..=24).contains(hour));
        if hour.is_none() {
            let text = match guest.language {
                Tongue::Chinese => "请填写整点，0 至 24。",
                Tongue::English => "Enter full hours, 0 to 24.",
            };
            form.refuse_one(name, text);
        }
        hour
    };
    let (from, until) = (hour("from"), hour("until"));
    Some(change_preferences::PreferenceHoursInput {
        from: from?,
        until: until?,
    })
}

/// Keeps the wishes about letters.
pub async fn prefer(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    use change_preferences::*;
    let mut form = Form::filled(&LETTERS, &filled);
    let wanted = filled.all("wanted");
    let language = chosen(&guest, &filled, &mut form, "language", Tongue::of_code);
    let days = filled.all("weekday");
    let weekdays = |_: &str| {
        days.iter()
            .map(|code| chrono::Weekday::of_code(code))
            .collect()
    };
    let weekdays: Option<Vec<_>> = chosen(&guest, &filled, &mut form, "weekdays", weekdays);
    let paused_until = day(&guest, &filled, &mut form, "pausedUntil");
    let hours = hours(&guest, &filled, &mut form);
    if let (Some(language), Some(weekdays), false) = (language, weekdays, form.is_refused()) {
        let input = PreferenceChangeInput {
            expected_version: filled.version(),
            language: language.into(),
            hours,
            weekdays: weekdays.into_iter().map(Into::into).collect(),
            paused_until,
            switched_off: filled
                .all("kind")
                .into_iter()
                .filter(|kind| !wanted.contains(kind))
                .collect(),
        };
        send!(
            guest,
            &filled,
            form,
            ChangePreferences(Variables { input }).preference_change
        );
    }
    if form.is_refused() {
        let forms = Forms {
            letters: Some(form),
            ..Forms::default()
        };
        return Ok(guest.refused(&shown(&guest, forms).await?));
    }
    Ok(guest.done(Flash::Preferred, HERE))
}

/// Makes a calendar feed and shows its address, this once.
pub async fn make_feed(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut form = Form::filled(&["name"], &filled);
    let input = make_feed::FeedCreateInput {
        name: filled.get("name").to_owned(),
    };
    let answer = guest
        .run::<MakeFeed>(make_feed::Variables { input })
        .await?
        .feed_create;
    form.refuse(
        answer
            .user_errors
            .into_iter()
            .map(|error| (error.path, error.message)),
    );
    let address = answer.feed.map(|feed| guest.state.public(&feed.path));
    let refused = form.is_refused();
    let forms = Forms {
        feed: refused.then_some(form),
        address,
        ..Forms::default()
    };
    let shown = shown(&guest, forms).await?;
    Ok(if refused {
        guest.refused(&shown)
    } else {
        guest.show(&shown)
    })
}

const TOKEN: [&str; 2] = ["tokenName", "days"];

/// For how many days a token may work.
const LASTING: [(i64, &str, &str); 3] = [
    (30, "30 天", "30 days"),
    (90, "90 天", "90 days"),
    (365, "一年", "A year"),
];

/// Makes a token for a program and shows its secret, this once.
pub async fn make_token(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut form = Form::filled(&TOKEN, &filled);
    let offered = |given: &str| {
        let mut days = LASTING.into_iter().map(|(days, ..)| days);
        days.find(|days| days.to_string() == given)
    };
    let mut secret = None;
    if let Some(days) = chosen(&guest, &filled, &mut form, "days", offered) {
        let input = make_token::SessionCreateTokenInput {
            name: filled.get("tokenName").to_owned(),
            expires_at: guest.state.store().now() + TimeDelta::days(days),
        };
        let answer = guest
            .run::<MakeToken>(make_token::Variables { input })
            .await?
            .session_create_token;
        let errors = answer.user_errors.into_iter().map(|error| {
            // On this page the name of a feed is a `name`, too.
            let path = error.path.into_iter().map(|name| match name.as_str() {
                "name" => "tokenName".to_owned(),
                "expiresAt" => "days".to_owned(),
                _ => name,
            });
            (path.collect(), error.message)
        });
        form.refuse(errors);
        secret = answer.token.map(|token| token.secret);
    }
    let refused = form.is_refused();
    let forms = Forms {
        token: refused.then_some(form),
        secret,
        ..Forms::default()
    };
    let shown = shown(&guest, forms).await?;
    Ok(if refused {
        guest.refused(&shown)
    } else {
        guest.show(&shown)
    })
}

/// Revokes a feed.
pub async fn revoke_feed(
    guest: Guest,
    Path(id): Path<String>,
    _filled: Filled,
) -> Result<Response, Refusal> {
    revoked(&guest, "feed.revoke", &id).await
}

/// Ends a session or a token.
pub async fn revoke(
    guest: Guest,
    Path(id): Path<String>,
    _filled: Filled,
) -> Result<Response, Refusal> {
    revoked(&guest, "session.revoke", &id).await
}

/// Revokes what has this global id. What was revoked before is revoked.
async fn revoked(guest: &Guest, code: &str, id: &str) -> Result<Response, Refusal> {
    let command = trail::command(code).ok_or(Refusal::Internal)?;
    guest.give(command, json!({ "id": id })).await?;
    Ok(guest.done(Flash::Given(command.code), HERE))
}
