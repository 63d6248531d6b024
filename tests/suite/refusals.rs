//! Who may not do what: every mutation of the schema refuses somebody, strangers first of all, and a refusal changes nothing.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{
    Park, Who,
    app::TRACES,
    matters::{Matters, version},
    promise::mutation,
    schema::Schema,
    stories,
};

/// Everybody may use the link of a letter and ask for one, strangers too.
const OPEN: [&str; 5] = [
    "accountAcceptLink",
    "accountRequestPasswordLink",
    "evaluationChoose",
    "evaluationSaveDraft",
    "evaluationSubmit",
];

/// Everybody may change what is his own: nobody who has signed in is refused by role.
const OWN: [&str; 8] = [
    "absenceRecord",
    "feedCreate",
    "noticeReadAll",
    "preferenceChange",
    "savedFilterKeep",
    "sessionChangePassword",
    "sessionCreateToken",
    "sessionRevoke",
];

/// Who may not hand in for a case.
const HANDED_IN: &[(Who, &str)] = &[
    (Who::Leader, "FORBIDDEN"),
    (Who::Supervisor, "FORBIDDEN"),
    (Who::Liaison, "FORBIDDEN"),
    (Who::OtherHead, "NOT_FOUND"),
    (Who::OtherEnterprise, "NOT_FOUND"),
];

/// Who may not do in a case what is its applicant's own.
const OF_APPLICANT: &[(Who, &str)] = &[
    (Who::Centre, "FORBIDDEN"),
    (Who::Head, "FORBIDDEN"),
    (Who::Window, "FORBIDDEN"),
    (Who::Liaison, "FORBIDDEN"),
    (Who::OtherEnterprise, "NOT_FOUND"),
];

/// Who is refused although he has signed in, and with which code: those nearest to the thing who may not do it.
const REFUSED: &[(&str, &[(Who, &str)])] = &[
    (
        "account",
        &[(Who::Centre, "FORBIDDEN"), (Who::Liaison, "FORBIDDEN")],
    ),
    (
        "accountChangeTelephone",
        &[(Who::Head, "NOT_FOUND"), (Who::OtherLiaison, "NOT_FOUND")],
    ),
    (
        "accountInviteAll",
        &[(Who::Liaison, "FORBIDDEN"), (Who::Leader, "FORBIDDEN")],
    ),
    ("absenceRecord", &[]),
    (
        "absenceEnd",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Window, "FORBIDDEN"),
            (Who::Liaison, "NOT_FOUND"),
        ],
    ),
    (
        "noticeRead",
        &[(Who::Admin, "NOT_FOUND"), (Who::OtherLiaison, "NOT_FOUND")],
    ),
    ("noticeReadAll", &[]),
    ("feedCreate", &[]),
    ("savedFilterKeep", &[]),
    (
        "savedFilterDrop",
        &[(Who::Admin, "NOT_FOUND"), (Who::OtherLiaison, "NOT_FOUND")],
    ),
    (
        "feedRevoke",
        &[(Who::Admin, "NOT_FOUND"), (Who::OtherLiaison, "NOT_FOUND")],
    ),
    (
        "calendarImport",
        &[(Who::Centre, "FORBIDDEN"), (Who::Leader, "FORBIDDEN")],
    ),
    (
        "department",
        &[(Who::Centre, "FORBIDDEN"), (Who::Head, "FORBIDDEN")],
    ),
    (
        "enterpriseCreate",
        &[(Who::Liaison, "FORBIDDEN"), (Who::Admin, "FORBIDDEN")],
    ),
    (
        "enterprise",
        &[
            (Who::Liaison, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Admin, "NOT_FOUND"),
        ],
    ),
    (
        "liaison",
        &[
            (Who::Liaison, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
        ],
    ),
    (
        "contractApprove",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "standardPromises",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Admin, "FORBIDDEN"),
        ],
    ),
    (
        "comment",
        &[
            (Who::Admin, "NOT_FOUND"),
            (Who::Window, "NOT_FOUND"),
            (Who::Inspector, "NOT_FOUND"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::OtherHead, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "commentWithdraw",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "contractReturn",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "contractDraft",
        &[
            (Who::Liaison, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
        ],
    ),
    (
        "contract",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::OtherEnterprise, "NOT_FOUND"),
            (Who::OtherLiaison, "NOT_FOUND"),
        ],
    ),
    (
        "permit",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "commitment",
        &[
            (Who::Liaison, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
        ],
    ),
    (
        "obligation",
        &[
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "obligationSupervise",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "obligationRate",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "rectification",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::Window, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "rectificationPropose",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "rectificationDecide",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "rectificationConclude",
        &[
            (Who::Supervisor, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "rectificationSettle",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Centre, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "rectificationRateAgain",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "supervision",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::Enterprise, "NOT_FOUND"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "supervisionReply",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::Window, "NOT_FOUND"),
            (Who::Enterprise, "NOT_FOUND"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "projectOverrideGate",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
        ],
    ),
    (
        "projectReportProgress",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "projectAnswerQuestions",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "project",
        &[
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "milestone",
        &[
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "visit",
        &[
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::Admin, "NOT_FOUND"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "evaluationAdoptDesign",
        &[(Who::Leader, "FORBIDDEN"), (Who::Liaison, "FORBIDDEN")],
    ),
    (
        "evaluationCompile",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Admin, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
        ],
    ),
    (
        "evaluationInvite",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Admin, "NOT_FOUND"),
        ],
    ),
    (
        "evaluationApprove",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::Inspector, "NOT_FOUND"),
        ],
    ),
    (
        "evaluationPublish",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Admin, "NOT_FOUND"),
        ],
    ),
    (
        "evaluationObject",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Window, "NOT_FOUND"),
        ],
    ),
    (
        "evaluationObjectionPropose",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "evaluationObjectionDecide",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "evaluationSheetsIssue",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Inspector, "NOT_FOUND"),
        ],
    ),
    (
        "evaluationSheet",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Admin, "FORBIDDEN"),
        ],
    ),
    (
        "evaluationAnswerRead",
        &[(Who::Enterprise, "NOT_FOUND"), (Who::Liaison, "NOT_FOUND")],
    ),
    (
        "item",
        &[
            (Who::Head, "FORBIDDEN"),
            (Who::Window, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
            (Who::Enterprise, "NOT_FOUND"),
        ],
    ),
    (
        "itemPropose",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "itemDraft",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "itemEdit",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "itemAdd",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "itemStrike",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "itemRemove",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "itemWithdrawProposal",
        &[
            (Who::Centre, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "itemConfirm",
        &[(Who::Centre, "FORBIDDEN"), (Who::Head, "FORBIDDEN")],
    ),
    (
        "case",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Centre, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::Admin, "NOT_FOUND"),
            (Who::Inspector, "NOT_FOUND"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::OtherHead, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "application",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Admin, "NOT_FOUND"),
            (Who::Inspector, "NOT_FOUND"),
            (Who::OtherLiaison, "NOT_FOUND"),
            (Who::OtherHead, "NOT_FOUND"),
            (Who::OtherEnterprise, "NOT_FOUND"),
        ],
    ),
    (
        "applicationStart",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Supervisor, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Admin, "FORBIDDEN"),
            (Who::Inspector, "FORBIDDEN"),
        ],
    ),
    ("caseComplete", HANDED_IN),
    ("caseHandIn", HANDED_IN),
    ("caseContestPause", OF_APPLICANT),
    ("caseAgreeExtension", OF_APPLICANT),
    ("caseWithdraw", OF_APPLICANT),
    (
        "caseSettlePause",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Centre, "FORBIDDEN"),
            (Who::Head, "FORBIDDEN"),
            (Who::Window, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "caseExtend",
        &[
            (Who::Leader, "FORBIDDEN"),
            (Who::Centre, "FORBIDDEN"),
            (Who::Window, "FORBIDDEN"),
            (Who::Enterprise, "FORBIDDEN"),
            (Who::OtherHead, "NOT_FOUND"),
        ],
    ),
    (
        "job",
        &[(Who::Centre, "FORBIDDEN"), (Who::Liaison, "FORBIDDEN")],
    ),
    (
        "letter",
        &[(Who::Centre, "FORBIDDEN"), (Who::OtherLiaison, "NOT_FOUND")],
    ),
    (
        "ledger",
        &[
            (Who::Admin, "FORBIDDEN"),
            (Who::Leader, "FORBIDDEN"),
            (Who::Liaison, "FORBIDDEN"),
        ],
    ),
    (
        "mail",
        &[(Who::Centre, "FORBIDDEN"), (Who::Liaison, "FORBIDDEN")],
    ),
];

/// Those who are refused `name`: by the longest beginning that stands in the table.
fn refused(name: &str) -> &'static [(Who, &'static str)] {
    let fitting = REFUSED.iter().filter(|(stem, _)| name.starts_with(stem));
    fitting
        .max_by_key(|(stem, _)| stem.len())
        .map_or(&[], |(_, refused)| refused)
}

/// The thing that the field `field` of an input of `mutation` names.
fn named<'a>(matters: &'a Matters, mutation: &str, field: &str) -> &'a str {
    if mutation == "sessionRevoke" {
        return matters.id("session");
    }
    let stem = match field {
        "id" if mutation.starts_with("jobRun") => "job",
        "id" => mutation,
        "deputyId" | "successorId" | "accountId" => "account",
        "aboutId" => "obligation",
        other => other,
    };
    matters.of_stem(stem)
}

async fn input(park: &Park, schema: &Schema, matters: &Matters, name: &str) -> Value {
    let capital = name[..1].to_uppercase() + &name[1..];
    let id = |field: &str| named(matters, name, field).to_owned();
    let mut input = schema.sample(&format!("{capital}Input"), &id);
    let of = input.get("id").or_else(|| input.get("contractId"));
    if input.get("expectedVersion").is_some()
        && let Some(of) = of.and_then(Value::as_str).map(str::to_owned)
    {
        input["expectedVersion"] = version(park, &of).await;
    }
    json!({ "input": input })
}

/// What those may change who run the system or lead the park, beside their own: by how the names of mutations begin. Windows take applications in and work on cases, and
/// inspectors change nothing else.
const MAY: &[(Who, &[&str])] = &[
    (
        Who::Leader,
        &[
            "commentWrite",
            "contractApprove",
            "contractReturn",
            "evaluationApprove",
            "evaluationObjectionDecide",
            "itemConfirm",
            "obligationSupervise",
            "projectOverrideGate",
            "supervisionAskAgain",
            "supervisionSettle",
        ],
    ),
    (
        Who::Admin,
        &[
            "absenceEnd",
            "account",
            "calendarImport",
            "department",
            "job",
            "letter",
            "mail",
        ],
    ),
    (Who::Window, &["application", "case"]),
    (Who::Inspector, &[]),
];

stories! {
    async fn whoever_runs_or_leads_the_park_changes_nothing_else(park: Park) {
        let schema = Schema::read();
        let matters = Matters::settle(&park).await;
        let mut wrong = Vec::new();
        for (who, may) in MAY {
            let mut asked = Vec::new();
            for field in schema.fields("Mutation") {
                let name = field.name.as_str();
                let is_theirs = may.iter().any(|begin| name.starts_with(begin));
                if !is_theirs && !OPEN.contains(&name) && !OWN.contains(&name) {
                    let input = input(&park, &schema, &matters, name).await;
                    asked.push((name.to_owned(), input));
                }
            }
            assert!(asked.len() > 60, "{who:?} is asked for {} changes only", asked.len());
            let before = park.dump().await.without(TRACES);
            for (name, input) in asked {
                let answer = park.graphql(*who, &mutation(&name, "userErrors { path }"), input).await;
                let code = &answer["errors"][0]["extensions"]["code"];
                if code != "FORBIDDEN" && code != "NOT_FOUND" {
                    wrong.push(format!("{name} by {who:?}: {answer}"));
                }
            }
            before.assert_same(&park.dump().await.without(TRACES));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn every_change_refuses_who_may_not_make_it(park: Park) {
        let schema = Schema::read();
        let matters = Matters::settle(&park).await;
        let (mut unrefused, mut wrong) = (BTreeSet::new(), Vec::new());
        for field in schema.fields("Mutation") {
            let name = field.name.as_str();
            let query = mutation(name, "userErrors { path }");
            let input = input(&park, &schema, &matters, name).await;
            if OPEN.contains(&name) {
                continue;
            }
            assert_eq!(park.refused(Who::Nobody, &query, input.clone()).await, "UNAUTHENTICATED", "{name}");
            for (who, code) in refused(name) {
                let told = park.refused(*who, &query, input.clone()).await;
                if told != *code {
                    wrong.push(format!("{name} by {who:?}: {told}, not {code}"));
                }
            }
            if refused(name).is_empty() && !OWN.contains(&name) {
                unrefused.insert(name.to_owned());
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(unrefused.is_empty(), "say in REFUSED who is refused: {unrefused:?}");
        let others = park
            .refused(Who::OtherLiaison, &mutation("sessionRevoke", "userErrors { path }"),
                json!({"input": {"id": matters.id("session")}}))
            .await;
        assert_eq!(others, "NOT_FOUND");
    }
}
