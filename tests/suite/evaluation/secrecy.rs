//! An adversary who sees everything that anybody can see, the database itself included, and knows who answered without a name. The same
//! quarter happens twice: the second time the answers without a name have changed hands and come in another order. If anything anywhere
//! led from an answer to its enterprise, it would differ; nothing does.

use std::collections::BTreeMap;

use api::console::PATHS;
use entity::{
    account, enterprise,
    evaluation::{
        Confidentiality,
        answers::{Answers, Aspect, Cause, Check, CheckAnswer, Level, Rating},
    },
    viewer::Role,
};
use sea_orm::{EntityTrait, prelude::Uuid};
use serde_json::{Value, json};
use tests::{
    Park, Who, database::Database, matters::done, schema::Schema, stories, window::Window,
};

use super::{answer, at, forms, link, node, only, quarter};

/// Which answer the enterprise at this place of those without a name gives, and at which of the ten moments.
#[derive(Clone, Copy, Debug)]
enum World {
    First,
    Second,
}

/// Two batches: of one that is not full a backup shows which pieces wait in it.
const UNNAMED: usize = 10;

impl World {
    fn of_moment(self, moment: usize) -> (usize, usize) {
        match self {
            Self::First => (moment, moment),
            Self::Second => (UNNAMED - 1 - moment, (UNNAMED + 2 - moment) % UNNAMED),
        }
    }
}

/// An answer that can be told from every other one, about the first two departments; the second has too few without a name.
fn told(number: usize, departments: &[Uuid]) -> Answers {
    let mut answers = Answers::default();
    for (place, department) in departments
        .iter()
        .enumerate()
        .take(if number.is_multiple_of(3) { 2 } else { 1 })
    {
        let levels = Aspect::ALL.into_iter().enumerate();
        let levels: BTreeMap<Aspect, Level> = levels
            .map(|(step, aspect)| (aspect, Level::ALL[(number + step * (place + 1)) % 5]))
            .collect();
        let causes = [Cause::ALL[number % 9]].into();
        answers
            .departments
            .insert(*department, Rating { levels, causes });
    }
    answers
        .checks
        .insert(Check::OverLimit, CheckAnswer::ALL[number % 3]);
    if number == 4 {
        answers
            .checks
            .insert(Check::LevyWithoutBasis, CheckAnswer::Yes);
    }
    answers.wish = Some(format!("示例愿望 {number}"));
    answers.comment = Some(format!("示例意见 {number}"));
    answers
}

/// Text in which who is meant stays readable and every other key is gone.
struct Reader {
    known: Vec<(String, String)>,
}

impl Reader {
    async fn of(park: &Park) -> Self {
        let mut known = Vec::new();
        let mut add = |id: Uuid, name: String| {
            known.push((id.to_string(), name.clone()));
            known.push((id.simple().to_string(), name));
        };
        let enterprises = enterprise::Entity::find()
            .all(park.db())
            .await
            .expect("enterprises");
        let codes: BTreeMap<Uuid, String> = enterprises
            .into_iter()
            .map(|row| (row.id, row.credit_code))
            .collect();
        for form in forms(park).await {
            add(form.id, format!("form of {}", codes[&form.enterprise_id]));
        }
        for row in account::Entity::find()
            .all(park.db())
            .await
            .expect("accounts")
        {
            add(row.id, row.login);
        }
        for (id, code) in codes {
            add(id, code);
        }
        Self { known }
    }

    fn read(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (id, name) in &self.known {
            text = text.replace(id, &format!("<{name}>"));
        }
        let is_of_word = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_';
        let words = text.split_inclusive(|sign: char| !is_of_word(sign));
        let kept = words.map(|word| {
            let end = word.trim_end_matches(|sign: char| !is_of_word(sign));
            if end.len() < 32 {
                word.to_owned()
            } else {
                word.replace(end, "?")
            }
        });
        kept.collect()
    }

    fn lines(&self, text: &str) -> Vec<String> {
        let mut lines: Vec<String> = text.lines().map(|line| self.read(line.trim())).collect();
        lines.sort();
        lines
    }
}

/// The same with the fields of each object in the order of their names, which come as they are ready, and with what is told of enterprises in
/// an order that does not depend on their keys.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(all) => {
            let mut all: Vec<Value> = all.into_iter().map(sorted).collect();
            if all.iter().any(|one| one.get("enterprise").is_some()) {
                all.sort_by_cached_key(Value::to_string);
            }
            Value::Array(all)
        }
        Value::Object(fields) => {
            let fields = fields
                .into_iter()
                .map(|(name, value)| (name, sorted(value)));
            fields.collect::<BTreeMap<_, _>>().into_iter().collect()
        }
        other => other,
    }
}

/// Everything below an object that can be asked without arguments, so deep.
fn selection(schema: &Schema, kind: &str, depth: usize) -> String {
    let mut fields = Vec::new();
    for field in schema.fields(kind).into_iter().filter(|field| field.bare) {
        if !schema.is_object(&field.kind) {
            fields.push(field.name);
        } else if depth > 0 && !field.kind.ends_with("Connection") {
            let below = selection(schema, &field.kind, depth - 1);
            if !below.is_empty() {
                fields.push(format!("{} {{ {below} }}", field.name));
            }
        }
    }
    fields.join(" ")
}

/// What tells of machines and passwords, not of enterprises, and is never the same: lists, pages, tables.
const MACHINES: [&str; 7] = [
    "jobs", "jobRuns", "/jobs", "job", "job_run", "session", "account",
];

/// What everybody sees everywhere: the lists of the API with all that hangs below their rows, the pages and files of the console, the
/// letters, and what lies in the database.
async fn seen(park: &Park, windows: &BTreeMap<Role, Window>) -> BTreeMap<String, Vec<String>> {
    let reader = Reader::of(park).await;
    let schema = Schema::read();
    let mut seen = BTreeMap::new();
    for list in schema
        .fields("Query")
        .into_iter()
        .filter(|one| one.bare && one.kind.ends_with("Connection"))
        .filter(|one| !MACHINES.contains(&one.name.as_str()))
    {
        let nodes = schema
            .fields(&list.kind)
            .into_iter()
            .find(|field| field.name == "nodes")
            .expect("nodes");
        for who in Who::ALL.into_iter().chain([Who::Nobody]) {
            for depth in [1, 0] {
                let nodes = selection(&schema, &nodes.kind, depth);
                let query = match list.name.as_str() {
                    "evaluations" => super::RESULT.to_owned(),
                    name => format!("{{ {name}(first: 50) {{ totalCount nodes {{ {nodes} }} }} }}"),
                };
                let answer = park.graphql(who, &query, json!({})).await;
                let Some(rows) = answer["data"][&list.name]["nodes"].as_array() else {
                    let code = answer["errors"][0]["extensions"]["code"]
                        .as_str()
                        .unwrap_or_default();
                    if ["FORBIDDEN", "UNAUTHENTICATED"].contains(&code) {
                        break;
                    }
                    assert!(depth == 1, "{who:?} {}: {answer}", list.name);
                    continue;
                };
                let total = &answer["data"][&list.name]["totalCount"];
                let mut lines: Vec<String> = rows
                    .iter()
                    .map(|row| {
                        sorted(serde_json::from_str(&reader.read(&row.to_string())).expect("JSON"))
                            .to_string()
                    })
                    .collect();
                lines.sort();
                // Of a longer list the first page is another one every time; its rows lie in the tables.
                if total.is_u64() && *total != rows.len() {
                    lines = vec![format!("{total} rows")];
                }
                seen.insert(format!("{who:?} {}", list.name), lines);
                break;
            }
        }
    }
    let evaluation = only(park).await.id;
    for (role, window) in windows {
        let plain = PATHS.iter().filter(|(path, methods)| {
            methods.contains(&"get") && !path.contains(['{', '.']) && !MACHINES.contains(path)
        });
        let mut paths: Vec<String> = plain.map(|(path, _)| (*path).to_owned()).collect();
        paths.push(format!("/evaluations/{evaluation}"));
        for path in paths {
            let text = window.text(park, &path).await;
            let (_, main) = text.split_once("<main").unwrap_or(("", &text));
            seen.insert(
                format!("{role:?} {}", reader.read(&path)),
                reader.lines(main),
            );
        }
    }
    for letter in park.mailbox.letters() {
        seen.entry(format!("mail to {}", reader.read(&letter.to)))
            .or_insert_with(Vec::new)
            .extend(reader.lines(&letter.text));
    }
    let rows = park.dump().await.without(&MACHINES);
    for table in tests::dump::table_names(park.db()).await {
        let mut lines: Vec<String> = rows
            .rows(&table)
            .iter()
            .map(|row| reader.read(row))
            .collect();
        lines.sort();
        seen.insert(format!("table {table}"), lines);
    }
    seen
}

/// The quarter in one of the two worlds: what was seen while it was open, and when it was published, after
/// an objection was upheld: by then those who decide have both figures.
async fn happened(park: &Park, world: World) -> Vec<BTreeMap<String, Vec<String>>> {
    let runner = quarter(park).await;
    let mut windows = BTreeMap::new();
    for role in [Role::Admin, Role::Centre, Role::Supervisor] {
        windows.insert(role, Window::of(park, role).await.0);
    }
    at(park, &runner, "2026-10-08", 9, 30).await;
    let departments: Vec<Uuid> = only(park)
        .await
        .departments
        .0
        .iter()
        .map(|rated| rated.id)
        .collect();
    // Enterprises by their code: their keys differ between the worlds.
    let rows = enterprise::Entity::find()
        .all(park.db())
        .await
        .expect("enterprises");
    let by_code: BTreeMap<String, Uuid> = rows
        .into_iter()
        .map(|row| (row.credit_code, row.id))
        .collect();
    let mut asked = Vec::new();
    for id in by_code.into_values() {
        if let Some(secret) = link(park, id).await {
            asked.push(secret);
        }
    }
    assert!(asked.len() >= 20);
    for (place, secret) in asked.iter().enumerate().skip(UNNAMED).take(10) {
        let how = if place < 18 {
            Confidentiality::Named
        } else {
            Confidentiality::Supervisor
        };
        answer(park, secret, how, &told(place, &departments)).await;
    }
    for moment in 0..UNNAMED {
        let (who, what) = world.of_moment(moment);
        park.set_clock(
            "2026-10-09",
            9,
            5 * u32::try_from(moment).expect("a minute"),
        );
        answer(
            park,
            &asked[who],
            Confidentiality::Unnamed,
            &told(what, &departments),
        )
        .await;
    }
    let mut all = vec![seen(park, &windows).await];
    at(park, &runner, "2026-10-20", 18, 0).await;
    at(park, &runner, "2026-10-23", 9, 30).await;
    let scored = park.data(Who::Head, super::RESULT, json!({})).await;
    let id = node(&scored)["id"].clone();
    let raised = done(
        park,
        Who::Head,
        "evaluationObject",
        "objection { id }",
        json!({"evaluationId": id, "reason": "示例异议"}),
    )
    .await;
    let objection = raised["objection"]["id"].clone();
    // The same answer in both worlds: that of the enterprise with the least code.
    let answers = "{ evaluations(first: 1) { nodes { answers { id confidentiality enterprise { creditCode } } } } }";
    let mut named = node(&park.data(Who::Centre, answers, json!({})).await)["answers"]
        .as_array()
        .expect("answers")
        .clone();
    named.sort_by_key(|one| one["enterprise"]["creditCode"].to_string());
    done(park, Who::Centre, "evaluationObjectionPropose", "objection { state }",
        json!({"id": objection, "expectedVersion": 1, "uphold": true, "excluded": [named[0]["id"]], "opinion": "属实"})).await;
    done(
        park,
        Who::Leader,
        "evaluationObjectionDecide",
        "objection { state }",
        json!({"id": objection, "expectedVersion": 2, "uphold": true}),
    )
    .await;
    park.set_clock("2026-11-02", 10, 0);
    let version = only(park).await.version;
    done(
        park,
        Who::Leader,
        "evaluationApprove",
        "evaluation { state }",
        json!({"id": id, "expectedVersion": version}),
    )
    .await;
    done(
        park,
        Who::Centre,
        "evaluationPublish",
        "evaluation { state }",
        json!({"id": id, "expectedVersion": version + 1, "review": "示例审查"}),
    )
    .await;
    runner.deliver_now(None).await.expect("a delivery");
    all.push(seen(park, &windows).await);
    all
}

stories! {
    async fn whose_an_answer_without_a_name_is_can_be_seen_nowhere(park: Park) {
        let first = happened(&park, World::First).await;
        let other = Park::open(Database::fresh(park.backend()).await).await;
        let second = happened(&other, World::Second).await;
        for (when, (first, second)) in first.iter().zip(&second).enumerate() {
            assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
            assert!(first.len() > 100, "hardly anything was looked at: {}", first.len());
            for (place, lines) in first {
                let other = &second[place];
                assert_eq!(lines.len(), other.len(), "{when} {place}");
                if let Some((a, b)) = lines.iter().zip(other).find(|(a, b)| a != b) {
                    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
                    let rest = |text: &str| text.chars().skip(same.saturating_sub(80)).take(200).collect::<String>();
                    panic!("{when} {place}:\n{}\n{}", rest(a), rest(b));
                }
            }
        }
        let wishes = |seen: &BTreeMap<String, Vec<String>>, place: &str| seen[place].iter().any(|line| line.contains("示例愿望 3"));
        assert!(wishes(&first[1], "Centre evaluations") && wishes(&first[1], "table evaluation_part"), "there was something to find");
        assert!(!wishes(&first[0], "Centre evaluations"), "nothing before the scores");

        // Whoever takes what he may read from what is told is left with nothing, or with the answers of five at least.
        for who in [Who::Centre, Who::Leader, Who::Supervisor, Who::Head] {
            let asked = "{ evaluations(first: 1) { nodes { answers { id } figures { departments { department { id } breakdown { aspect n } } } } } }";
            let told = park.data(who, asked, json!({})).await;
            let mut read: BTreeMap<(String, String), i64> = BTreeMap::new();
            for one in node(&told)["answers"].as_array().expect("answers") {
                let opened = done(&park, who, "evaluationAnswerRead", "answer { answers { departments { departmentId levels { aspect level } } } }", json!({"id": one["id"]})).await;
                for rating in opened["answer"]["answers"]["departments"].as_array().expect("ratings") {
                    for level in rating["levels"].as_array().expect("levels") {
                        if level["level"] != "UNKNOWN" {
                            *read.entry((rating["departmentId"].to_string(), level["aspect"].to_string())).or_default() += 1;
                        }
                    }
                }
            }
            assert!(who == Who::Head || !read.is_empty(), "{who:?} reads something");
            for row in node(&told)["figures"]["departments"].as_array().expect("departments") {
                for step in row["breakdown"].as_array().expect("steps") {
                    let key = (row["department"]["id"].to_string(), step["aspect"].to_string());
                    let (n, known) = (step["n"].as_i64().expect("a count"), read.get(&key).copied().unwrap_or_default());
                    let hidden = n - known;
                    assert!(known == 0 || hidden <= 0 || hidden >= 5, "{who:?} {key:?}: {n} less {known}");
                }
            }
        }
    }
}
