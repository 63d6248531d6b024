//! The quarterly evaluation: compiled, answered, scored, objected to, approved, published; and nobody can tell who answered what without
//! a name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::{
    audit, enterprise,
    evaluation::{
        self, Confidentiality, State,
        answers::{Answers, Aspect, Cause, Check, CheckAnswer, Level, Rating},
        form, part, sealed,
    },
    id::made_at,
    outbox,
    viewer::Role,
};
use jobs::Runner;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement, prelude::Uuid,
};
use serde_json::{Value, json};
use tests::{Backend, Park, Who, matters::done, stories};

use crate::warnings;

mod hand;
mod keys;
mod late;
mod paper;
mod performance;
mod secrecy;
pub mod year;

const RESULT: &str = "{ evaluations(first: 1, sortBy: [{ direction: DESC }]) { nodes { id version state closesOn
    figures { revision invited answered uncounted
        departments { department { id } standing n score rate band rank scoreInterval { low high } causes { cause count }
            breakdown { aspect n mean share product }
            performance { score due onTime statutoryOverdue deducted missing breakdown { part value share product } } }
        contract { n score } causes { cause count } checks { check answer count } leads { check count } }
    revisions { revision } answers { id enterprise { id } confidentiality answers { wish } }
    words { wishes comments callBacks leads { check enterprise { id } } }
    objections { id version state excluded } } } }";

/// Runs the job at a moment of the park's clock, as often as it has something to do.
pub async fn at(park: &Park, runner: &Runner, day: &str, hour: u32, minute: u32) {
    park.set_clock(day, hour, minute);
    for _ in 0..6 {
        let report = runner
            .run_now("evaluation_cycle", None, false)
            .await
            .expect("a run")
            .expect("a job");
        assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
        if report.counts.done == 0 {
            break;
        }
    }
    runner.deliver_now(None).await.expect("a delivery");
}

/// The park of twenty enterprises at the end of the third quarter.
pub async fn quarter(park: &Park) -> Runner {
    park.set_clock("2026-09-28", 7, 0);
    warnings::ledger(park).await;
    let runner = warnings::runner(park);
    runner
        .run_now("obligation_opening", None, false)
        .await
        .expect("a run")
        .expect("a job");
    at(park, &runner, "2026-09-30", 18, 0).await;
    runner
}

pub async fn only(park: &Park) -> evaluation::Model {
    evaluation::Entity::find()
        .order_by_desc(evaluation::Column::Quarter)
        .one(park.db())
        .await
        .expect("a read")
        .expect("an evaluation")
}

/// All forms by the names of their enterprises: unlike their keys, these are the same in every run.
pub async fn forms(park: &Park) -> Vec<form::Model> {
    let firms = enterprise::Entity::find().all(park.db()).await;
    let firms = firms.expect("enterprises").into_iter();
    let names: HashMap<Uuid, String> = firms.map(|firm| (firm.id, firm.name_zh)).collect();
    let forms = form::Entity::find().all(park.db()).await;
    let mut forms = forms.expect("forms");
    forms.sort_by(|one, other| {
        let name = |form: &form::Model| &names[&form.enterprise_id];
        name(one).cmp(name(other))
    });
    forms
}

/// The newest link in the letters to the contacts of an enterprise.
pub async fn link(park: &Park, enterprise: Uuid) -> Option<String> {
    let contacts = entity::account::repository::contacts_of(park.db(), enterprise)
        .await
        .expect("contacts");
    let letters: Vec<_> = contacts
        .iter()
        .flat_map(|contact| park.mailbox.to(&contact.login))
        .filter(|letter| letter.text.contains("/answer/"))
        .collect();
    let text = letters.into_iter().next()?.text;
    let (_, after) = text.split_once("/answer/")?;
    Some(after.split_whitespace().next()?.to_owned())
}

async fn ask(park: &Park, name: &str, input: Value) -> Value {
    let want = if name == "evaluationSaveDraft" {
        "response { version }"
    } else {
        "form { submitted confidentiality }"
    };
    done(park, Who::Nobody, name, want, input).await
}

fn given(answers: &Answers) -> Value {
    json!({
        "departments": answers.departments.iter().map(|(id, rating)| json!({
            "departmentId": api_door::scalar::Kind::Department.id(*id).0,
            "levels": rating.levels.iter().map(|(aspect, level)| json!({"aspect": aspect, "level": level})).collect::<Vec<_>>(),
            "causes": rating.causes,
        })).collect::<Vec<_>>(),
        "contract": answers.contract.levels.iter().map(|(service, level)| json!({"service": service, "level": level})).collect::<Vec<_>>(),
        "visits": answers.contract.visits,
        "checks": answers.checks.iter().map(|(check, answer)| json!({"check": check, "answer": answer})).collect::<Vec<_>>(),
        "wish": answers.wish,
        "comment": answers.comment,
    })
}

/// Answers by a link.
pub async fn answer(
    park: &Park,
    secret: &str,
    confidentiality: Confidentiality,
    answers: &Answers,
) {
    let access = json!({"secret": secret});
    ask(
        park,
        "evaluationChoose",
        json!({"access": access, "confidentiality": json!(confidentiality)}),
    )
    .await;
    let submit = json!({"access": access, "answers": given(answers), "expectedVersion": 0});
    let form = ask(park, "evaluationSubmit", submit).await;
    assert_eq!(form["form"]["submitted"], true);
}

/// What the enterprise of this number answers: a different thing of each, without any chance in it.
pub fn answers_of(number: usize, departments: &[Uuid]) -> Answers {
    let level = |step: usize| Level::ALL[(number * 7 + step * 3) % Level::ALL.len()];
    let mut answers = Answers::default();
    for (place, department) in departments.iter().enumerate() {
        // The further down the list, the fewer enterprises had to do with it.
        if !number.is_multiple_of(place + 1) {
            continue;
        }
        let levels: BTreeMap<Aspect, Level> = Aspect::ALL
            .into_iter()
            .enumerate()
            .filter(|(step, _)| !(number + step).is_multiple_of(5))
            .map(|(step, aspect)| (aspect, level(step + place)))
            .collect();
        let dissatisfied = levels.values().any(|level| level.is_dissatisfied());
        let causes = if dissatisfied {
            BTreeSet::from([Cause::OverLimit])
        } else {
            BTreeSet::new()
        };
        answers
            .departments
            .insert(*department, Rating { levels, causes });
    }
    answers.checks.insert(
        Check::OverLimit,
        if number.is_multiple_of(2) {
            CheckAnswer::Yes
        } else {
            CheckAnswer::No
        },
    );
    if number.is_multiple_of(9) {
        answers
            .checks
            .insert(Check::LevyWithoutBasis, CheckAnswer::Yes);
    }
    answers.wish = Some(format!("示例愿望 {number}"));
    answers
}

/// The score by its definition, counted in another way than the product does: a fraction over one denominator.
fn expected(ratings: &[&Rating]) -> Option<(usize, f64, f64)> {
    let points = |level: &Level| match level {
        Level::VerySatisfied => Some(100_u64),
        Level::Satisfied => Some(85),
        Level::BasicallySatisfied => Some(70),
        Level::Dissatisfied => Some(40),
        Level::VeryDissatisfied => Some(0),
        Level::Unknown => None,
    };
    let effective: Vec<_> = ratings
        .iter()
        .filter(|one| one.levels.values().any(|level| points(level).is_some()))
        .collect();
    let weights = [15_u64, 20, 15, 10, 15, 15, 10];
    let (mut sum, mut weight, mut good, mut all) = (0.0, 0.0, 0_u64, 0_u64);
    for (aspect, share) in Aspect::ALL.into_iter().zip(weights) {
        let told: Vec<&Level> = effective
            .iter()
            .filter_map(|one| one.levels.get(&aspect))
            .filter(|level| points(level).is_some())
            .collect();
        if told.len() < 5 {
            continue;
        }
        let total: u64 = told.iter().filter_map(|level| points(level)).sum();
        sum += share as f64 * total as f64 / told.len() as f64;
        weight += share as f64;
        good += told.iter().filter(|level| level.is_satisfied()).count() as u64;
        all += told.len() as u64;
    }
    let rounded = |figure: f64| (figure * 10.0 + 1e-9).round() / 10.0;
    (weight > 0.0).then(|| {
        (
            effective.len(),
            rounded(sum / weight),
            rounded(100.0 * good as f64 / all as f64),
        )
    })
}

fn node(answer: &Value) -> &Value {
    &answer["evaluations"]["nodes"][0]
}

stories! {
    async fn a_quarter_goes_from_the_forms_to_the_published_figures(park: Park) {
        let runner = quarter(&park).await;
        let compiled = only(&park).await;
        assert_eq!((compiled.quarter.as_str(), compiled.state, compiled.invited), ("2026-Q3", State::Compiled, 22));
        let all = forms(&park).await;
        assert!(all.iter().any(|form| form.contracted && !form.facts.promises.is_empty()), "the quarter's facts are filled in");
        assert!(park.mailbox.letters().iter().all(|letter| !letter.text.contains("/answer/")), "nobody is asked before it opens");

        at(&park, &runner, "2026-10-08", 9, 29).await;
        assert_eq!(only(&park).await.state, State::Compiled);
        at(&park, &runner, "2026-10-08", 9, 30).await;
        assert_eq!(only(&park).await.state, State::Open);
        let departments: Vec<Uuid> = compiled.departments.0.iter().map(|rated| rated.id).collect();
        let mut asked = Vec::new();
        for form in &all {
            if let Some(secret) = link(&park, form.enterprise_id).await {
                asked.push((form.enterprise_id, secret));
            }
        }
        assert!(asked.len() >= 20, "each enterprise with a contact has a link: {}", asked.len());

        // Eighteen answer: nine with a name, three to the supervisor alone, six without a name.
        let mut counted: Vec<(usize, Confidentiality)> = Vec::new();
        for (number, (_, secret)) in asked.iter().enumerate().take(18) {
            let how = match number % 6 {
                0 | 2 | 4 => Confidentiality::Named,
                1 => Confidentiality::Supervisor,
                _ => Confidentiality::Unnamed,
            };
            answer(&park, secret, how, &answers_of(number, &departments)).await;
            counted.push((number, how));
        }
        for who in [Who::Centre, Who::Leader, Who::Supervisor, Who::Head, Who::Enterprise] {
            let seen = park.data(who, RESULT, json!({})).await;
            let one = node(&seen);
            assert_eq!((&one["figures"], &one["answers"], &one["words"]["wishes"]), (&Value::Null, &json!([]), &json!([])), "{who:?}");
        }
        let before = park.mailbox.letters().len();
        at(&park, &runner, "2026-10-13", 9, 30).await;
        let reminded = park.mailbox.letters().len() - before;
        assert_eq!(reminded, asked.len() - 18, "who has answered is not reminded");

        at(&park, &runner, "2026-10-20", 18, 0).await;
        assert_eq!(only(&park).await.state, State::Closed);
        let late = json!({"access": {"secret": asked[19].1}, "confidentiality": "NAMED"});
        let choose = "mutation($input: EvaluationChooseInput!) { evaluationChoose(input: $input) { userErrors { code } } }";
        assert_eq!(park.refused(Who::Nobody, choose, json!({"input": late})).await, "NOT_FOUND", "links end with the evaluation");

        at(&park, &runner, "2026-10-23", 9, 30).await;
        let seen = park.data(Who::Centre, RESULT, json!({})).await;
        let figures = &node(&seen)["figures"];
        assert_eq!((&figures["invited"], &figures["answered"]), (&json!(22), &json!(18)));
        let unnamed_of = |department: &Uuid| counted.iter().filter(|(number, how)| *how == Confidentiality::Unnamed
            && answers_of(*number, &departments).departments.contains_key(department)).count();
        for (row, department) in figures["departments"].as_array().expect("departments").iter().zip(&departments) {
            let keeps_unnamed = unnamed_of(department) >= 5;
            let all: Vec<Answers> = counted
                .iter()
                .filter(|(_, how)| *how != Confidentiality::Unnamed || keeps_unnamed)
                .map(|(number, _)| answers_of(*number, &departments))
                .collect();
            let ratings: Vec<&Rating> = all.iter().filter_map(|one| one.departments.get(department)).collect();
            match expected(&ratings) {
                None => assert_eq!((&row["standing"], &row["n"], &row["score"]), (&json!("INSUFFICIENT"), &Value::Null, &Value::Null)),
                Some((n, score, rate)) => {
                    assert_eq!((&row["n"], &row["score"], &row["rate"]), (&json!(n), &json!(score), &json!(rate)), "{row}");
                    assert_eq!(row["standing"], if n < 10 { "UNRANKED" } else { "RANKED" });
                    let sum: f64 = row["breakdown"].as_array().expect("steps").iter().filter_map(|step| step["product"].as_f64()).sum();
                    assert!((sum - score).abs() < 0.051, "the worked example adds up: {sum} {score}");
                    let (low, high) = (row["scoreInterval"]["low"].as_f64(), row["scoreInterval"]["high"].as_f64());
                    assert!(low <= Some(score) && Some(score) <= high);
                }
            }
        }
        let standings: BTreeSet<&str> = figures["departments"].as_array().expect("rows").iter().filter_map(|row| row["standing"].as_str()).collect();
        assert_eq!(standings, BTreeSet::from(["INSUFFICIENT", "RANKED", "UNRANKED"]), "the year of the test has all three");

        // Of what is told as counts nothing is read one by one while anybody stays hidden: taken from the count, it leaves that of the hidden.
        for who in [Who::Centre, Who::Supervisor] {
            let answers = node(&park.data(who, RESULT, json!({})).await)["answers"].as_array().expect("answers").clone();
            let want = "answer { answers { visits checks { check } departments { departmentId causes levels { aspect } } } }";
            let first = json!(api_door::scalar::Kind::Department.id(departments[0]).0);
            let mut levels = 0;
            for one in &answers {
                let read = done(&park, who, "evaluationAnswerRead", want, json!({"id": one["id"]})).await["answer"]["answers"].take();
                let checks = read["checks"].as_array().expect("checks");
                let leads = Check::ALL.into_iter().filter(|check| check.is_lead()).map(|check| json!(check)).collect::<Vec<_>>();
                assert!(checks.iter().all(|given| leads.contains(&given["check"])), "{who:?}: {read}");
                assert_eq!(read["visits"], Value::Null, "{who:?}");
                for rating in read["departments"].as_array().expect("ratings") {
                    levels += rating["levels"].as_array().map_or(0, Vec::len);
                    assert!(rating["causes"] == json!([]) || rating["departmentId"] != first, "{who:?}: {rating}");
                }
            }
            assert!(levels > 0, "{who:?} reads what hides nobody");
        }

        // Before publication: a head his own, the public and the enterprises nothing.
        let own = park.data(Who::Head, RESULT, json!({})).await;
        assert!(node(&own)["figures"]["departments"].as_array().expect("rows").len() <= 1);
        for who in [Who::Enterprise, Who::Liaison] {
            assert_eq!(node(&park.data(who, RESULT, json!({})).await)["figures"], Value::Null);
        }
        assert_eq!(park.data(Who::Nobody, RESULT, json!({})).await["evaluations"]["nodes"], json!([]));
        let first = &figures.to_string();

        let approve = "mutation($input: EvaluationApproveInput!) { evaluationApprove(input: $input) { evaluation { state publishBy } userErrors { code } } }";
        let target = |version: i32| json!({"input": {"id": node(&seen)["id"], "expectedVersion": version}});
        let version = only(&park).await.version;
        // What may be done is offered with it; who may not now is told why.
        let possible = async |who: Who| {
            let query = "{ evaluations(first: 1) { nodes { commands { code may whyNot } } } }";
            let read = park.data(who, query, json!({})).await;
            let offers = node(&read)["commands"].as_array().expect("offers").clone();
            assert!(offers.iter().all(|one| one["may"] == one["whyNot"].is_null()), "{offers:?}");
            let may = offers.into_iter().filter(|one| one["may"] == true);
            may.map(|one| one["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
        };
        park.set_clock("2026-10-30", 12, 0);
        assert_eq!(possible(Who::Leader).await, [""; 0]);
        assert_eq!(park.user_error(Who::Leader, approve, target(version)).await, "WINDOW_OPEN");
        park.set_clock("2026-11-03", 10, 0);
        assert_eq!(possible(Who::Leader).await, ["evaluation.approve"]);
        assert_eq!(possible(Who::Centre).await, [""; 0]);
        let approved = park.data(Who::Leader, approve, target(version)).await;
        assert_eq!(approved["evaluationApprove"]["evaluation"], json!({"state": "APPROVED", "publishBy": "2026-12-01"}));
        assert_eq!(possible(Who::Leader).await, [""; 0]);
        assert_eq!(possible(Who::Centre).await, ["evaluation.publish"]);
        runner.deliver_now(None).await.expect("a delivery");
        let results = outbox::Entity::find().filter(outbox::Column::Kind.eq(outbox::Kind::EvaluationResult)).all(park.db()).await.expect("letters");
        let leaders = entity::account::repository::enabled_in_role(park.db(), Role::Leader).await.expect("leaders");
        assert!(leaders.iter().all(|leader| results.iter().any(|letter| letter.recipient_id == leader.id)), "leaders are told");

        assert_eq!(park.data(Who::Nobody, RESULT, json!({})).await["evaluations"]["nodes"], json!([]), "approved is not published");
        done(&park, Who::Centre, "evaluationPublish", "evaluation { state }",
            json!({"id": node(&seen)["id"], "expectedVersion": version + 1, "review": "示例审查：可以公布"})).await;
        let public = park.data(Who::Nobody, RESULT, json!({})).await;
        assert_eq!(&node(&public)["figures"].to_string(), first, "the same figures, for everybody");
        assert_eq!(node(&public)["answers"], json!([]));
        assert_eq!(node(&public)["words"]["wishes"], json!([]));

        // Never scored anew: other weights change nothing that was.
        let adopted = adopt(&park, 5).await;
        assert_eq!(adopted["design"]["version"], 2);
        assert_eq!(&node(&park.data(Who::Nobody, RESULT, json!({})).await)["figures"].to_string(), first);
    }

    async fn an_answer_without_a_name_leads_to_nobody(park: Park) {
        let runner = quarter(&park).await;
        at(&park, &runner, "2026-10-08", 9, 30).await;
        let departments: Vec<Uuid> = only(&park).await.departments.0.iter().map(|rated| rated.id).collect();
        let mut secrets = Vec::new();
        for form in forms(&park).await {
            if let Some(secret) = link(&park, form.enterprise_id).await {
                secrets.push((form.enterprise_id, secret));
            }
        }
        let before = park.dump().await;
        let open = "query($a: EvaluationAccessInput!) { evaluationForm(access: $a) { enterpriseName open submitted response { version } } }";
        for _ in 0..3 {
            let form = park.data(Who::Nobody, open, json!({"a": {"secret": secrets[0].1}})).await;
            assert_eq!(form["evaluationForm"]["open"], true);
        }
        assert_eq!(park.dump().await, before, "a mail program that follows the link changes nothing");
        for (number, (_, secret)) in secrets.iter().enumerate().take(9) {
            park.set_clock("2026-10-09", 9, 7 * u32::try_from(number).expect("a minute"));
            answer(&park, secret, Confidentiality::Unnamed, &answers_of(number, &departments)).await;
            assert_eq!(park.refused(Who::Nobody, open, json!({"a": {"secret": secret}})).await, "NOT_FOUND", "a link is used once");
        }
        for (number, (_, secret)) in secrets.iter().enumerate().skip(9).take(3) {
            answer(&park, secret, Confidentiality::Named, &answers_of(number, &departments)).await;
        }
        let waiting = sealed::Entity::find().all(park.db()).await.expect("what is sealed");
        assert_eq!(waiting.len(), 9);
        assert!(waiting.iter().all(|one| made_at(one.id).is_none()), "a key without a time");
        assert!(waiting.iter().all(|one| one.content.len() == waiting[0].content.len()), "all are of one size");
        assert!(part::Entity::find().one(park.db()).await.expect("a read").is_none(), "nothing lies open");
        assert!(forms(&park).await.iter().all(|form| form.confidentiality.is_none()), "the choice is forgotten");
        let submitted = audit::Entity::find().filter(audit::Column::Action.eq("evaluation.submit")).all(park.db()).await.expect("entries");
        assert_eq!(submitted.len(), 12);
        for entry in &submitted {
            assert_eq!((entry.actor_id, entry.before.as_ref(), entry.after.as_ref(), entry.reason.as_ref()), (None, None, None, None));
        }
        // No table holds what one of the nine wrote.
        let elsewhere = format!("{:?}", park.dump().await);
        assert!(elsewhere.contains("示例愿望 11"), "an answer with a name is there");
        for number in 0..9 {
            for end in ["\"", "\\\""] {
                assert!(!elsewhere.contains(&format!("示例愿望 {number}{end}")), "{number}");
            }
        }
        at(&park, &runner, "2026-10-20", 18, 0).await;
        at(&park, &runner, "2026-10-23", 9, 30).await;
        assert!(forms(&park).await.iter().all(|form| !form.submitted), "who has answered is forgotten");
        assert!(sealed::Entity::find().one(park.db()).await.expect("a read").is_none(), "nothing is sealed any more");
        let parts = part::Entity::find().all(park.db()).await.expect("parts");
        assert!(parts.len() > 9 && lie_mixed(&park).await);
        assert!(parts.iter().all(|part| made_at(part.id).is_none()), "a key without a time");
        let pieces = format!("{parts:?}");
        let forms_of: Vec<Uuid> = forms(&park).await.iter().map(|form| form.id).collect();
        for known in forms_of.iter().chain(secrets.iter().map(|(id, _)| id)) {
            assert!(!pieces.contains(&known.to_string()), "the pieces name nobody: {known}");
        }

        // Nine are hidden: enough for the three to be read one by one, and each reading is seen by the enterprise.
        let seen = park.data(Who::Centre, RESULT, json!({})).await;
        let named = node(&seen)["answers"].as_array().expect("answers").clone();
        assert_eq!(named.len(), 3);
        assert!(named.iter().all(|one| one["answers"].is_null()), "a list opens nothing");
        let read = done(&park, Who::Centre, "evaluationAnswerRead", "answer { answers { departments { levels { aspect } } checks { check } } }",
            json!({"id": named[0]["id"]})).await;
        let text = read.to_string();
        assert!(!text.contains("INTEGRITY") && !text.contains("LEVY_WITHOUT_BASIS"), "{text}");
        let supervisor = park.data(Who::Supervisor, RESULT, json!({})).await;
        let leads = node(&supervisor)["words"]["leads"].as_array().expect("leads");
        assert_eq!(leads.len(), 2, "of an answer with a name and one without");
        assert_eq!(leads.iter().filter(|lead| lead["enterprise"].is_null()).count(), 1);
        assert_eq!(node(&seen)["words"]["leads"], json!([]), "leads are the supervisor's");
        assert_eq!(node(&seen)["words"]["wishes"].as_array().map(Vec::len), Some(12));
        assert_eq!(node(&seen)["figures"]["leads"][1]["count"], Value::Null, "two are few");
    }

    async fn too_few_without_a_name_are_not_counted_and_never_shown_by_difference(park: Park) {
        let runner = quarter(&park).await;
        at(&park, &runner, "2026-10-08", 9, 30).await;
        let departments: Vec<Uuid> = only(&park).await.departments.0.iter().map(|rated| rated.id).collect();
        let mut number = 0;
        for form in forms(&park).await {
            let Some(secret) = link(&park, form.enterprise_id).await else { continue };
            // Seven with a name, two to the supervisor, two without.
            let how = match number {
                0..7 => Confidentiality::Named,
                7 | 8 => Confidentiality::Supervisor,
                9 | 10 => Confidentiality::Unnamed,
                _ => break,
            };
            answer(&park, &secret, how, &answers_of(number * 4, &departments[..1])).await;
            number += 1;
        }
        at(&park, &runner, "2026-10-20", 18, 0).await;
        at(&park, &runner, "2026-10-23", 9, 30).await;
        let ratings = part::Entity::find().filter(part::Column::Kind.eq(part::Kind::Department)).all(park.db()).await.expect("parts");
        assert!(ratings.is_empty(), "two of them could be told by leaving out the others");
        let seen = park.data(Who::Centre, RESULT, json!({})).await;
        let row = &node(&seen)["figures"]["departments"][0];
        assert_eq!(row["n"], 9);
        assert_eq!(node(&seen)["figures"]["uncounted"], Value::Null, "few");
        // The centre could take seven from nine and would know the two of the supervisor: so it reads none of the ratings.
        let answers = node(&seen)["answers"].as_array().expect("answers").clone();
        for one in &answers {
            let read = done(&park, Who::Centre, "evaluationAnswerRead", "answer { answers { departments { departmentId } } }", json!({"id": one["id"]})).await;
            assert_eq!(read["answer"]["answers"]["departments"], json!([]));
        }
        let seen = park.data(Who::Supervisor, RESULT, json!({})).await;
        let all = node(&seen)["answers"].as_array().expect("answers").clone();
        assert_eq!(all.len(), 9, "nobody stays hidden from the supervisor");
        let read = done(&park, Who::Supervisor, "evaluationAnswerRead", "answer { answers { departments { departmentId } } }", json!({"id": all[0]["id"]})).await;
        assert_eq!(read["answer"]["answers"]["departments"].as_array().map(Vec::len), Some(1));
        assert_eq!(node(&seen)["words"]["wishes"].as_array().map(Vec::len), Some(11), "words are not lost");
    }

    async fn an_objection_is_decided_by_two_and_both_figures_are_kept(park: Park) {
        let runner = quarter(&park).await;
        at(&park, &runner, "2026-10-08", 9, 30).await;
        let own = park.people().await.departments[0].id;
        let departments: Vec<Uuid> = only(&park).await.departments.0.iter().map(|rated| rated.id).collect();
        assert!(departments.contains(&own));
        for (number, form) in forms(&park).await.iter().enumerate() {
            if let Some(secret) = link(&park, form.enterprise_id).await {
                answer(&park, &secret, Confidentiality::Named, &answers_of(number, &[own])).await;
            }
        }
        at(&park, &runner, "2026-10-20", 18, 0).await;
        at(&park, &runner, "2026-10-23", 9, 30).await;
        let id = node(&park.data(Who::Head, RESULT, json!({})).await)["id"].clone();
        let raised = done(&park, Who::Head, "evaluationObject", "objection { id version }", json!({"evaluationId": id, "reason": "一份答卷所评并非本部门事项"})).await;
        let objection = raised["objection"]["id"].clone();
        let again = "mutation($input: EvaluationObjectInput!) { evaluationObject(input: $input) { userErrors { code } } }";
        assert_eq!(park.user_error(Who::Head, again, json!({"input": {"evaluationId": id, "reason": "再次"}})).await, "OBJECTED");
        let seen = park.data(Who::Centre, RESULT, json!({})).await;
        let excluded = node(&seen)["answers"][0]["id"].clone();
        let score = |seen: &Value| {
            let rows = node(seen)["figures"]["departments"].as_array().expect("rows").clone();
            let key = json!(api_door::scalar::Kind::Department.id(own).0);
            rows.iter().find(|row| row["department"]["id"] == key).map(|row| row["n"].clone())
        };
        let before = score(&seen);
        let propose = "mutation($input: EvaluationObjectionProposeInput!) { evaluationObjectionPropose(input: $input) { userErrors { code } } }";
        let none = json!({"input": {"id": objection, "expectedVersion": 1, "uphold": true, "excluded": [], "opinion": "示例"}});
        assert_eq!(park.user_error(Who::Centre, propose, none).await, "ANSWERS_MISSING");
        done(&park, Who::Centre, "evaluationObjectionPropose", "objection { state }",
            json!({"id": objection, "expectedVersion": 1, "uphold": true, "excluded": [excluded], "opinion": "属实"})).await;
        let approve = "mutation($input: EvaluationApproveInput!) { evaluationApprove(input: $input) { userErrors { code } } }";
        park.set_clock("2026-11-02", 10, 0);
        let version = only(&park).await.version;
        let target = json!({"input": {"id": id, "expectedVersion": version}});
        assert_eq!(park.user_error(Who::Leader, approve, target).await, "OBJECTION_OPEN");
        let decided = done(&park, Who::Leader, "evaluationObjectionDecide", "objection { state }", json!({"id": objection, "expectedVersion": 2, "uphold": true})).await;
        assert_eq!(decided["objection"]["state"], "UPHELD");
        let after = park.data(Who::Leader, RESULT, json!({})).await;
        assert_eq!(node(&after)["revisions"], json!([{"revision": 1}, {"revision": 2}]));
        let n = |value: Option<Value>| value.and_then(|n| n.as_i64()).expect("a count");
        assert_eq!(n(score(&after)), n(before) - 1);
        assert_eq!(node(&park.data(Who::Head, RESULT, json!({})).await)["revisions"], json!([{"revision": 2}]), "the difference is not the head's to see");
    }

    async fn a_missed_quarter_is_produced_and_the_enterprises_have_their_ten_days(park: Park) {
        park.set_clock("2026-05-11", 9, 0);
        warnings::ledger(&park).await;
        let runner = warnings::runner(&park);
        // Down from May until 14 October.
        at(&park, &runner, "2026-10-14", 11, 0).await;
        let all = evaluation::Entity::find().order_by_asc(evaluation::Column::Quarter).all(park.db()).await.expect("evaluations");
        let states: Vec<(&str, State)> = all.iter().map(|one| (one.quarter.as_str(), one.state)).collect();
        assert_eq!(states, [("2026-Q2", State::Compiled), ("2026-Q3", State::Compiled)]);
        assert_eq!(all[1].opens_on.to_string(), "2026-10-15");
        at(&park, &runner, "2026-10-16", 8, 0).await;
        let late = only(&park).await;
        assert_eq!((late.state, late.opens_on.to_string(), late.closes_on.to_string()), (State::Open, "2026-10-16".to_owned(), "2026-10-29".to_owned()));
        let letters = park.mailbox.letters().iter().filter(|letter| letter.text.contains("/answer/")).count();
        at(&park, &runner, "2026-10-16", 15, 0).await;
        let again = park.mailbox.letters().iter().filter(|letter| letter.text.contains("/answer/")).count();
        assert_eq!(letters, again, "nobody is asked twice");
    }
}

/// Adopts a design that weighs the first question by so many per cent more and the last by so many less.
async fn adopt(park: &Park, more: i64) -> Value {
    let read = "{ evaluationDesign { version questions { number textZh textEn } parameters { points { level points } weights { aspect weight }
        publishFrom rankFrom excellentFrom goodFrom passedFrom confidence lowBelow
        performance { weights { part weight } perStatutoryOverdue mostDeducted } } } }";
    let mut design = park.data(Who::Centre, read, json!({})).await["evaluationDesign"].take();
    for (place, by) in [(0, more), (6, -more)] {
        let weight = &mut design["parameters"]["weights"][place]["weight"];
        *weight = json!(weight.as_i64().expect("a weight") + by);
    }
    done(park, Who::Centre, "evaluationAdoptDesign", "design { version }",
        json!({"expectedVersion": design["version"], "questions": design["questions"], "parameters": design["parameters"], "reason": "示例"})).await
}

/// Whether the place of the pieces tells nothing of when they came: they were written in the order of their random keys, and all at once.
async fn lie_mixed(park: &Park) -> bool {
    let unmixed = |place: &str| {
        format!(
            "SELECT count(*) AS unmixed FROM evaluation_part a JOIN evaluation_part b ON a.{place} < b.{place} AND a.id > b.id"
        )
    };
    let sql = match park.backend() {
        Backend::Sqlite => unmixed("rowid"),
        Backend::Postgres => format!(
            "SELECT ({}) + (SELECT count(DISTINCT xmin::text) - 1 FROM evaluation_part) AS unmixed",
            unmixed("ctid")
        ),
    };
    let backend = park.db().get_database_backend();
    let row = park
        .db()
        .query_one_raw(Statement::from_string(backend, sql))
        .await;
    let row = row.expect("a read").expect("a row");
    row.try_get::<i64>("", "unmixed").expect("a count") == 0
}
