//! Compiling the evaluation of a quarter by hand: which quarters are due, and how many forms and e-mails come of it.

use askama::Template;
use axum::response::Response;
use entity::{language::Language, permission::Action, trail};
use serde_json::json;

use super::{
    act::{self, Act, Field},
    bridge::operation,
    command,
    flash::Flash,
    form::Filled,
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
};

operation!(EvaluationsDue in "src/operations/evaluation.graphql");

const COMPILE: &str = "evaluation.compile";

type Due = evaluations_due::EvaluationsDueEvaluationsDue;

/// The page while nothing is due.
#[derive(Template)]
#[template(path = "evaluation/nothing_due.html")]
struct NothingDue {
    f: Frame,
}

/// What will come of it, after the rule.
fn lead(language: Language, rule: &str, due: &Due) -> String {
    let (forms, letters, unreached) = (due.forms, due.letters, due.unreached);
    let (opens, closes) = (due.opens_on, due.closes_on);
    let paper = match (language, unreached) {
        (_, 0) => String::new(),
        (Language::Chinese, many) => format!("{many} 家企业没有联系人账户，需送纸质评议表。"),
        (Language::English, many) => {
            format!(" Enterprises without a contact, which need the form on paper: {many}.")
        }
    };
    match language {
        Language::Chinese => format!(
            "{rule}将编制 {forms} 份评议表（每家企业一份）；{opens} 9:30 起向企业联系人发送 {letters} 封邀请邮件，{closes} 截止。{paper}"
        ),
        Language::English => format!(
            "{rule} Forms to be compiled, one for each enterprise: {forms}. From 9:30 on {opens}, invitations go to the contacts ({letters} e-mails in all); answers are taken until {closes}.{paper}"
        ),
    }
}

/// The form; nothing while nothing is due.
async fn act(guest: &Guest, filled: Option<&Filled>) -> Result<Option<Act>, Refusal> {
    guest.require(Action::CompileEvaluation)?;
    let command = trail::command(COMPILE).ok_or(Refusal::NotFound)?;
    let declared = command.form.ok_or(Refusal::NotFound)?;
    let data = guest.run::<EvaluationsDue>(evaluations_due::Variables);
    let Some(due) = data.await?.evaluations_due else {
        return Ok(None);
    };
    let title = declared.title.in_language(guest.language);
    let f = guest.frame(title);
    let lead = lead(
        guest.language,
        declared.lead.in_language(guest.language),
        &due,
    );
    let to = f.t("至", "to");
    let quarters = due.quarters.into_iter().map(|one| {
        let said = format!("{} ({} {to} {})", one.quarter, one.from_on, one.to_on);
        (one.quarter, said)
    });
    let quarters: Vec<(String, String)> = quarters.collect();
    let oldest = quarters.first().map(|(quarter, _)| quarter.clone());
    let oldest = oldest.unwrap_or_default();
    let (label, hint) = command::words(command, "quarter", guest.language);
    Ok(Some(Act {
        form: act::form(&["quarter"], filled, &[("quarter", &oldest)]),
        back: (
            "/evaluations".to_owned(),
            f.t("企业评议", "Evaluations").to_owned(),
        ),
        lead,
        fields: vec![Field::choice("quarter", label, hint, quarters)],
        verb: title,
        version: 0,
        f,
    }))
}

/// While nothing is due.
fn nothing_due(guest: &Guest) -> Response {
    let mut f = guest.frame("");
    f.title = f.t("编制企业评议", "Compile an evaluation").to_owned();
    guest.show(&NothingDue { f })
}

/// The page.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    Ok(match act(&guest, None).await? {
        Some(act) => act.answer(&guest),
        None => nothing_due(&guest),
    })
}

/// Compiles it.
pub async fn compile(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let act = act(&guest, Some(&filled)).await?;
    let command = trail::command(COMPILE).ok_or(Refusal::NotFound)?;
    // Also when nothing is due any more: a repeated request gets the first answer.
    let input = json!({ "quarter": filled.get("quarter"), "idempotencyKey": filled.key() });
    let given = guest.give(command, input).await;
    let given = given.map_err(|refusal| refusal.with_typed(&filled))?;
    Ok(match act {
        _ if given.refused.is_empty() => guest.done(Flash::Given(COMPILE), "/evaluations"),
        Some(mut act) => {
            act.form.refuse(given.refused);
            act.answer(&guest)
        }
        None => nothing_due(&guest),
    })
}
