//! The acts on a time limit: pausing it with a document, letting it run again, extending it.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use entity::{
    deadline::rules::LONGEST_LIMIT,
    language::{Language, Text},
    link,
};

use super::{
    bridge::operation,
    flash::Flash,
    form::{Filled, Form, chosen, day},
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(ObligationLimit in "src/operations/obligation.graphql");
operation!(PauseObligation in "src/operations/obligation.graphql");
operation!(ResumeObligation in "src/operations/obligation.graphql");
operation!(ExtendObligation in "src/operations/obligation.graphql");

/// What may be done with a time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LimitAct {
    Pause,
    Resume,
    Extend,
}

#[derive(Template)]
#[template(path = "obligation/limit.html")]
struct LimitShown {
    f: Frame,
    it: obligation_limit::ObligationLimitObligation,
    act: LimitAct,
    at_most: String,
    form: Form,
}

impl LimitShown {
    /// The grounds that may stop this limit.
    fn grounds(&self) -> Vec<(String, String)> {
        let choice = |kind: &PauseKind| (kind.code().to_owned(), kind.say(&self.f).to_owned());
        self.it.deadline.pause_grounds.iter().map(choice).collect()
    }
}

/// How far it may be extended, once and before it is due.
fn at_most(f: &Frame, most: i64) -> String {
    let once = f.t(
        "只能延期一次，且须在到期前",
        "Once only, and before it is due",
    );
    if most == 0 || most >= i64::from(LONGEST_LIMIT) {
        return once.to_owned();
    }
    let most = match f.language {
        Language::Chinese => format!("；最多 {most} 日"),
        Language::English => format!("; at most {most} days"),
    };
    format!("{once}{most}")
}

async fn shown(guest: &Guest, key: &str, act: LimitAct, form: Form) -> Result<LimitShown, Refusal> {
    let id = global_id(Kind::Obligation, key)?;
    let found = guest
        .run::<ObligationLimit>(obligation_limit::Variables { id })
        .await?;
    let it = found.obligation.ok_or(Refusal::NotFound)?;
    let may = match act {
        LimitAct::Pause => it.permissions.can_pause,
        LimitAct::Resume => it.permissions.can_resume,
        LimitAct::Extend => it.permissions.can_extend,
    };
    if !may && !form.is_refused() {
        return Err(Refusal::Forbidden);
    }
    let title = match act {
        LimitAct::Pause => Text::new("暂停计时", "Pause the time limit"),
        LimitAct::Resume => Text::new("恢复计时", "Let the time limit run again"),
        LimitAct::Extend => Text::new("延期", "Extend the time limit"),
    };
    let f = guest.frame(title.in_language(guest.language));
    Ok(LimitShown {
        at_most: at_most(&f, it.permissions.extend_at_most),
        f,
        it,
        act,
        form,
    })
}

async fn ask(guest: &Guest, key: &str, act: LimitAct) -> Result<Response, Refusal> {
    let mut form = Form::new(&[]);
    let today = guest.state.store().today().to_string();
    form.set("startedOn", &today);
    form.set("endedOn", &today);
    Ok(guest.show(&shown(guest, key, act, form).await?))
}

/// The form of a pause.
pub async fn ask_pause(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    ask(&guest, &key, LimitAct::Pause).await
}

/// The form of the end of a pause.
pub async fn ask_resume(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    ask(&guest, &key, LimitAct::Resume).await
}

/// The form of an extension.
pub async fn ask_extend(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    ask(&guest, &key, LimitAct::Extend).await
}

/// The page after the act, or its form with what is wrong.
async fn end(
    guest: &Guest,
    key: &str,
    act: LimitAct,
    form: Form,
    flash: Flash,
) -> Result<Response, Refusal> {
    if form.is_refused() {
        return Ok(guest.refused(&shown(guest, key, act, form).await?));
    }
    let key = key.parse().map_err(|_| Refusal::NotFound)?;
    Ok(guest.done(flash, &link::obligation(key)))
}

fn missing(guest: &Guest, form: &mut Form, field: &str, zh: &str, en: &str) {
    form.refuse_one(field, Text::new(zh, en).in_language(guest.language));
}

/// Pauses it.
pub async fn pause(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let id = global_id(Kind::Obligation, &key)?;
    let mut form = Form::filled(
        &["kind", "reason", "documentId", "startedOn", "expectedEndOn"],
        &filled,
    );
    let enterprise = filled.some("enterprise");
    let document = filled
        .store(&guest, "document", enterprise.as_deref(), &mut form)
        .await?;
    let started_on = day(&guest, &filled, &mut form, "startedOn");
    let expected_end_on = day(&guest, &filled, &mut form, "expectedEndOn");
    let kind = chosen(&guest, &filled, &mut form, "kind", PauseKind::of_code);
    let Some(document_id) = document else {
        missing(
            &guest,
            &mut form,
            "document",
            "请选择书面告知书。",
            "Choose the written notice.",
        );
        return end(&guest, &key, LimitAct::Pause, form, Flash::Paused).await;
    };
    if let Some(kind) = kind.filter(|_| !form.is_refused()) {
        let input = pause_obligation::ObligationPauseInput {
            id,
            expected_version: filled.version(),
            kind,
            reason: filled.get("reason").to_owned(),
            document_id,
            started_on,
            expected_end_on,
        };
        let answer = guest
            .run::<PauseObligation>(pause_obligation::Variables { input })
            .await
            .map_err(|refusal| refusal.with_typed(&filled))?
            .obligation_pause;
        form.refuse(
            answer
                .user_errors
                .into_iter()
                .map(|error| (error.path, error.message)),
        );
    }
    end(&guest, &key, LimitAct::Pause, form, Flash::Paused).await
}

/// Lets it run again.
pub async fn resume(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let id = global_id(Kind::Obligation, &key)?;
    let mut form = Form::filled(&["endedOn"], &filled);
    let ended_on = day(&guest, &filled, &mut form, "endedOn");
    let Some(ended_on) = ended_on else {
        if !form.is_refused() {
            missing(
                &guest,
                &mut form,
                "endedOn",
                "请填写暂停的最后一天。",
                "Say the last day of the pause.",
            );
        }
        return end(&guest, &key, LimitAct::Resume, form, Flash::Resumed).await;
    };
    let input = resume_obligation::ObligationResumeInput {
        id,
        expected_version: filled.version(),
        ended_on,
    };
    let answer = guest
        .run::<ResumeObligation>(resume_obligation::Variables { input })
        .await
        .map_err(|refusal| refusal.with_typed(&filled))?
        .obligation_resume;
    form.refuse(
        answer
            .user_errors
            .into_iter()
            .map(|error| (error.path, error.message)),
    );
    end(&guest, &key, LimitAct::Resume, form, Flash::Resumed).await
}

/// Extends it.
pub async fn extend(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let id = global_id(Kind::Obligation, &key)?;
    let mut form = Form::filled(&["days", "reason"], &filled);
    let Ok(days) = filled.get("days").parse() else {
        missing(
            &guest,
            &mut form,
            "days",
            "请填写延长的日数。",
            "Say how many days.",
        );
        return end(&guest, &key, LimitAct::Extend, form, Flash::Extended).await;
    };
    let input = extend_obligation::ObligationExtendInput {
        id,
        expected_version: filled.version(),
        days,
        reason: filled.get("reason").to_owned(),
    };
    let answer = guest
        .run::<ExtendObligation>(extend_obligation::Variables { input })
        .await
        .map_err(|refusal| refusal.with_typed(&filled))?
        .obligation_extend;
    form.refuse(
        answer
            .user_errors
            .into_iter()
            .map(|error| (error.path, error.message)),
    );
    end(&guest, &key, LimitAct::Extend, form, Flash::Extended).await
}
