//! What is begun by hand: compiling the evaluation of a quarter, with the quarters that are due and how many forms and e-mails come of it; and
//! the form of an enterprise that has none.

use api_door::scalar::Kind;
use askama::Template;
use axum::response::Response;
use entity::{language::Language, permission::Action, trail};
use serde_json::json;

use super::{
    act::{self, Act, Field, Takes},
    bridge::operation,
    command,
    flash::Flash,
    form::Filled,
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    term::*,
    word,
};

operation!(EvaluationsDue in "src/operations/evaluation.graphql");
operation!(EvaluationInvite in "src/operations/evaluation.graphql");

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

/// Giving a form to an enterprise that has none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Invite;

/// The command by which an enterprise gets one.
pub const INVITE: &str = "evaluation.invite";

impl act::Verb for Invite {
    /// The global id of the evaluation.
    type It = String;

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        guest.require(Action::CompileEvaluation)?;
        let id = global_id(Kind::Evaluation, key)?;
        let command = trail::command(INVITE).ok_or(Refusal::NotFound)?;
        let declared = command.form.ok_or(Refusal::NotFound)?;
        let variables = evaluation_invite::Variables {
            id,
            text: guest.address.some("text"),
        };
        let it = guest.run::<EvaluationInvite>(variables).await?.evaluation;
        let title = declared.title.in_language(guest.language);
        let f = guest.frame(title);
        let unasked = it.unasked.iter().map(|firm| {
            let name = f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default());
            (firm.id.clone(), name.to_owned())
        });
        let unasked: Vec<(String, String)> = unasked.collect();
        let mut commands = it.commands.into_iter();
        let offered = commands.find(|one| one.code == INVITE);
        let why_not = offered.and_then(|one| one.why_not);
        let rule = declared.lead.in_language(guest.language);
        let closes = f.date(&it.closes_on);
        let closes = match (it.state, guest.language) {
            // It opens on another day when it opens late, and closes on another.
            (EvaluationState::Compiled, _) => String::new(),
            (_, Language::Chinese) => format!("本期 {closes} 截止。"),
            (_, Language::English) => format!(" Answers are taken until {closes}."),
        };
        let filtered = !guest.address.get("text").is_empty();
        let lead = match (why_not, unasked.is_empty()) {
            (Some(why), _) => why,
            (None, true) if filtered => f
                .t(
                    "没有符合条件且尚无评议表的企业，请更换筛选条件。",
                    "No matching enterprise without a form: change the filter.",
                )
                .to_owned(),
            (None, true) => f
                .t(
                    "在园企业都已有评议表。",
                    "Every enterprise in the park has a form.",
                )
                .to_owned(),
            (None, false) => format!("{rule}{closes}"),
        };
        let (label, hint) = command::words(command, "enterpriseId", guest.language);
        let by = f.t("企业名称或者信用代码", "Enterprise or credit code");
        let act = Act {
            form: act::form(&["enterpriseId"], filled, &[]),
            back: (
                word::of_id(&it.id),
                format!("{} {}", it.quarter, f.t("企业评议", "evaluation")),
            ),
            lead,
            fields: vec![Field::of(
                "enterpriseId",
                label,
                hint,
                Takes::Found(unasked, by),
            )],
            verb: title,
            version: it.version,
            f,
        };
        Ok((act, it.id))
    }

    async fn send(
        self,
        guest: &Guest,
        filled: &Filled,
        act: &mut Act,
        id: Self::It,
    ) -> Result<Flash, Refusal> {
        let command = trail::command(INVITE).ok_or(Refusal::NotFound)?;
        let input = json!({
            "id": id,
            "expectedVersion": filled.version(),
            "enterpriseId": filled.get("enterpriseId"),
            "idempotencyKey": filled.key(),
        });
        let given = guest.give(command, input).await;
        let given = given.map_err(|refusal| refusal.with_typed(filled))?;
        act.form.refuse(given.refused);
        Ok(Flash::Given(INVITE))
    }
}
