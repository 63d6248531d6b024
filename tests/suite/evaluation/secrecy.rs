//! An adversary who sees everything that anybody can see, the database itself included and each of its states, and knows who answered without
//! a name, by a link or on paper, and when, and who left and who came in the quarter after. The same two quarters happen twice: the second
//! time the answers without a name have changed hands. If anything anywhere led from an answer to its enterprise, at one moment, in one
//! quarter or in the difference of both, it would differ; nothing does.
//!
//! And a thief who has every state of every file, or every row that PostgreSQL ever wrote and its log: until all answers are opened together,
//! none of what was answered is in them.

use std::{collections::BTreeMap, io::Cursor};

use api_console::PATHS;
use calamine::{Reader as _, Xlsx};
use entity::{
    enterprise,
    evaluation::{
        self, Confidentiality,
        answers::{Answers, Aspect, Cause, Check, CheckAnswer, Level, Rating},
        part, sealed,
    },
    id::new_secret,
    report,
    viewer::Role,
};
use jobs::Runner;
use regex::Regex;
use reqwest::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, prelude::Uuid};
use serde_json::json;
use tests::{
    Backend, Park, Who,
    database::Database,
    matters::done,
    schema::Schema,
    stories,
    window::{PASSWORD, Window},
};

use super::{
    answer, at, forms, link, node, only,
    paper::{colleague, issued, read, typed},
    quarter,
    year::submitted,
};

mod reader;

use reader::{Reader, selection, sorted};

/// Which answer the enterprise at this place of those without a name gives, and at which of the ten moments.
#[derive(Clone, Copy, Debug)]
enum World {
    First,
    Second,
}

/// How many answer without a name by a link.
const UNNAMED: usize = 10;

/// The places of those who answer without a name on paper, after the others.
const ON_PAPER: [usize; 2] = [18, 19];

/// Who answers without a name in the first quarter and leaves before the second; and who comes then, and was silent before.
const LEAVES: usize = 3;
const COMES: usize = 17;

impl World {
    fn of_moment(self, moment: usize) -> (usize, usize) {
        match self {
            Self::First => (moment, moment),
            Self::Second => (moment, (UNNAMED + 2 - moment) % UNNAMED),
        }
    }

    /// Who has the sheet that is typed in as this one, and what stands on it.
    fn of_sheet(self, number: usize) -> (usize, usize) {
        match self {
            Self::First => (ON_PAPER[number], 19 + number),
            Self::Second => (ON_PAPER[number], 20 - number),
        }
    }

    /// Who says what without a name in the second quarter.
    fn afterwards(self) -> Vec<(usize, usize)> {
        let who = (0..UNNAMED).filter(|who| *who != LEAVES).chain([COMES]);
        let mut what: Vec<usize> = (0..UNNAMED)
            .filter(|what| *what != LEAVES)
            .chain([22])
            .collect();
        if matches!(self, Self::Second) {
            what.rotate_left(4);
        }
        who.zip(what).collect()
    }
}

/// An answer that can be told from every other one, about the first two departments; the second has too few without a name.
pub(super) fn told(number: usize, departments: &[Uuid]) -> Answers {
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

/// What tells of machines and passwords, not of enterprises, and is never the same: lists, pages, tables.
const MACHINES: [&str; 9] = [
    "jobs",
    "jobRuns",
    "/jobs",
    "/sitemap.xml",
    "/robots.txt",
    "job",
    "job_run",
    "session",
    "account",
];

/// What was seen, by where.
type Seen = BTreeMap<String, Vec<String>>;

/// What everybody sees everywhere: the lists of the API with all that hangs below their rows, the pages and files of the console, the
/// reports with theirs, the letters, and what lies in the database. A list as a workbook holds what it holds as values with commas, so it is read
/// at the `end` alone.
async fn seen(park: &Park, logins: &BTreeMap<Role, String>, end: bool) -> Seen {
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
                    "evaluations" => super::RESULT.replace("first: 1,", "first: 2,"),
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
    let mut paths: Vec<String> = PATHS
        .iter()
        .filter(|(path, methods)| {
            methods.contains(&"get")
                && !path.contains('{')
                && !MACHINES.contains(path)
                && *path != "/sign-in"
                && (end || !path.ends_with(".xlsx"))
        })
        .map(|(path, _)| (*path).to_owned())
        .collect();
    for one in evaluation::Entity::find()
        .all(park.db())
        .await
        .expect("evaluations")
    {
        for below in ["", "/sheets", "/form.xlsx"] {
            paths.push(format!("/evaluations/{}{below}", one.id));
        }
    }
    let quoting = report::Entity::find()
        .filter(report::Column::Kind.eq(report::Kind::QuarterlyReport))
        .filter(report::Column::DepartmentId.is_null())
        .all(park.db())
        .await
        .expect("reports");
    let files = "query($id: ID!) { report(id: $id) { files { path } } }";
    for one in quoting {
        paths.push(format!("/reports/{}", one.id));
        let id = api_door::scalar::Kind::Report.id(one.id).0;
        let told = park.data(Who::Centre, files, json!({"id": id})).await;
        for file in told["report"]["files"].as_array().expect("files") {
            paths.push(file["path"].as_str().expect("a path").to_owned());
        }
    }
    for (role, login) in logins {
        let window = Window::enter(park, login, PASSWORD).await;
        for path in &paths {
            let lines = shown(park, &reader, &window, path).await;
            let place = format!("{role:?} {}", reader.read(path));
            seen.entry(place).or_insert_with(Vec::new).extend(lines);
        }
    }
    for letter in park.mailbox.letters() {
        seen.entry(format!("mail to {}", reader.read(&letter.to)))
            .or_insert_with(Vec::new)
            .extend(reader.lines(&letter.text));
    }
    seen.extend(stored(park, &reader).await);
    seen.values_mut().for_each(|lines| lines.sort());
    seen
}

/// What a page or a file shows, line by line.
async fn shown(park: &Park, reader: &Reader, window: &Window, path: &str) -> Vec<String> {
    let answer = window.get(park, path).await;
    let status = answer.status();
    assert_ne!(status, StatusCode::SEE_OTHER, "{path} shows nothing");
    let bytes = answer.bytes().await.expect("a page").to_vec();
    if status == StatusCode::OK && bytes.starts_with(b"PK") {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let sheets = book.worksheets().into_iter();
        return sheets
            .flat_map(|(name, sheet)| {
                let rows = sheet.rows();
                let line = |row: &[calamine::Data]| {
                    let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
                    reader.read(&format!("{name} {}", cells.join(" | ")))
                };
                rows.map(line).collect::<Vec<_>>()
            })
            .collect();
    }
    let text = String::from_utf8(bytes).expect("text");
    let (_, main) = text.split_once("<main").unwrap_or(("", &text));
    // After which row one goes on from a row depends on keys among equals.
    let way = Regex::new(r#"\?in=[^"]*"#).expect("a pattern");
    let mut lines = reader.lines(&way.replace_all(main, ""));
    if path == "/" {
        // The first of what is overdue and the last of what happened: which those are among equals depends on keys.
        lines.retain(|line| !line.starts_with("<li") && !line.contains("<td"));
    }
    lines
}

/// What lies in the database.
async fn stored(park: &Park, reader: &Reader) -> Seen {
    let rows = park.dump().await.without(&MACHINES);
    let mut stored = Seen::new();
    for table in tests::dump::table_names(park.db()).await {
        let lines = rows.rows(&table).iter().map(|row| reader.read(row));
        let mut lines: Vec<String> = lines.collect();
        lines.sort();
        stored.insert(format!("table {table}"), lines);
    }
    stored
}

/// What is seen of a sheet that was typed in once: by those who handle sheets, and in the database.
async fn seen_once_typed(park: &Park, login: &str, code: &str) -> Seen {
    let reader = Reader::of(park).await;
    let window = Window::enter(park, login, PASSWORD).await;
    let mut seen = stored(park, &reader).await;
    let evaluation = only(park).await.id;
    for path in [
        "/sheets".to_owned(),
        format!("/evaluations/{evaluation}"),
        format!("/evaluations/{evaluation}/sheets"),
    ] {
        seen.insert(
            reader.read(&path),
            shown(park, &reader, &window, &path).await,
        );
    }
    let token = window.token(park, "/sheets").await;
    let opened = window
        .post(park, "/sheets", &[("token", &token), ("code", code)])
        .await;
    let page = opened.text().await.expect("a page").replace(code, "CODE");
    let (_, main) = page.split_once("<main").expect("a page");
    seen.insert("the sheet".to_owned(), reader.lines(main));
    let asked = "query($code: String!) { evaluationSheet(code: $code) { state contracted version differences { question first second } } }";
    let told = park.data(Who::Centre, asked, json!({"code": code})).await;
    seen.insert("the sheet by its code".to_owned(), vec![told.to_string()]);
    for who in Who::ALL {
        let told = park
            .graphql(
                who,
                "{ evaluations(first: 1) { nodes { sheets { issued entered different } } } }",
                json!({}),
            )
            .await;
        seen.insert(
            format!("{who:?} counts"),
            vec![reader.read(&told["data"].to_string())],
        );
    }
    seen.values_mut().for_each(|lines| lines.sort());
    seen
}

/// The two quarters in one of the two worlds: what lay in the database after each answer without a name, what was seen when a sheet was typed
/// in once, while the first quarter was open, and when the second was quoted in its report. By then both are published, the first after an objection was upheld: those who decide have both figures.
async fn happened(park: &Park, world: World) -> (Vec<Seen>, Vec<Seen>) {
    let runner = quarter(park).await;
    let mut logins = BTreeMap::new();
    for role in [Role::Admin, Role::Centre, Role::Supervisor] {
        logins.insert(role, Window::of(park, role).await.1);
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
    let (mut asked, mut keys) = (Vec::new(), Vec::new());
    for id in by_code.into_values() {
        if let Some(secret) = link(park, id).await {
            asked.push(secret);
            keys.push(id);
        }
    }
    assert!(asked.len() >= 20);
    for (place, secret) in asked.iter().enumerate().take(COMES).skip(UNNAMED) {
        answer(park, secret, with_a_name(place), &told(place, &departments)).await;
    }
    let mut codes = BTreeMap::new();
    for place in ON_PAPER {
        codes.insert(place, issued(park, keys[place]).await);
    }
    let mut moments = Vec::new();
    let reader = Reader::of(park).await;
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
        moments.push(stored(park, &reader).await);
    }
    let mut all = Vec::new();
    let other = colleague(park).await;
    for number in 0..ON_PAPER.len() {
        let (who, what) = world.of_sheet(number);
        let answers = told(what, &departments);
        let reading = |version| read(&codes[&who], version, Confidentiality::Unnamed, &answers);
        typed(park, None, "evaluationSheetEnter", reading(1)).await;
        if number == 0 {
            all.push(seen_once_typed(park, &logins[&Role::Centre], &codes[&who]).await);
        }
        let taken = typed(park, Some(&other), "evaluationSheetEnter", reading(2)).await;
        assert_eq!(taken["entered"]["taken"], true);
    }
    all.push(seen(park, &logins, false).await);
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
    published(park, &runner).await;

    // The quarter after: one has left, one has come, everybody is reminded who has not answered.
    at(park, &runner, "2026-12-31", 18, 0).await;
    let compiled = only(park).await;
    at(park, &runner, &compiled.opens_on.to_string(), 9, 30).await;
    let open = only(park).await;
    assert_eq!(
        (open.quarter.as_str(), open.state),
        ("2026-Q4", evaluation::State::Open)
    );
    let mut of_enterprise: BTreeMap<Uuid, _> = BTreeMap::new();
    for form in super::year::forms(park, &open).await {
        of_enterprise.insert(form.enterprise_id, form);
    }
    let named = (UNNAMED..COMES).map(|place| (place, place, with_a_name(place)));
    let unnamed = world.afterwards().into_iter();
    let unnamed = unnamed.map(|(who, what)| (who, what, Confidentiality::Unnamed));
    for (who, what, how) in named.chain(unnamed) {
        let form = &of_enterprise[&keys[who]];
        submitted(park, &open, form, how, told(what, &departments)).await;
    }
    at(park, &runner, &open.first_reminder_on.to_string(), 9, 30).await;
    at(park, &runner, &open.closes_on.to_string(), 18, 0).await;
    at(park, &runner, &only(park).await.score_on.to_string(), 9, 30).await;
    let scored = only(park).await;
    park.set_clock(&scored.approve_by.to_string(), 10, 0);
    published(park, &runner).await;
    park.set_clock("2027-04-08", 8, 0);
    runner
        .run_now("leader_report", None, false)
        .await
        .expect("a run")
        .expect("a job");
    all.push(seen(park, &logins, true).await);
    (moments, all)
}

/// How open the answer of somebody is who answers with a name.
fn with_a_name(place: usize) -> Confidentiality {
    if place + 1 < COMES {
        Confidentiality::Named
    } else {
        Confidentiality::Supervisor
    }
}

/// Approves and publishes what was scored.
async fn published(park: &Park, runner: &Runner) {
    let scored = only(park).await;
    let id = api_door::scalar::Kind::Evaluation.id(scored.id).0;
    let approve = json!({"id": id, "expectedVersion": scored.version});
    done(
        park,
        Who::Leader,
        "evaluationApprove",
        "evaluation { state }",
        approve,
    )
    .await;
    let publish = json!({"id": id, "expectedVersion": scored.version + 1, "review": "示例审查"});
    done(
        park,
        Who::Centre,
        "evaluationPublish",
        "evaluation { state }",
        publish,
    )
    .await;
    runner.deliver_now(None).await.expect("a delivery");
}

stories! {
    async fn whose_an_answer_without_a_name_is_can_be_seen_nowhere(park: Park) {
        let (moments, first) = happened(&park, World::First).await;
        let other = Park::open(Database::fresh(park.backend()).await).await;
        let (other_moments, second) = happened(&other, World::Second).await;
        assert_eq!(moments.len(), UNNAMED);
        assert!(first[1..].iter().all(|seen| seen.len() > 100), "hardly anything was looked at");
        let mut differ = Vec::new();
        let pairs = moments.iter().zip(&other_moments).chain(first.iter().zip(&second));
        for (when, (first, second)) in pairs.enumerate() {
            assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
            for (place, lines) in first {
                let other = &second[place];
                if lines.len() != other.len() {
                    differ.push(format!("{when} {place}: {} lines and {}", lines.len(), other.len()));
                }
                if let Some((a, b)) = lines.iter().zip(other).find(|(a, b)| a != b) {
                    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
                    let rest = |text: &str| text.chars().skip(same.saturating_sub(80)).take(200).collect::<String>();
                    differ.push(format!("{when} {place}:\n{}\n{}", rest(a), rest(b)));
                }
            }
        }
        assert!(differ.is_empty(), "{}", differ.join("\n"));
        let wishes = |seen: &BTreeMap<String, Vec<String>>, place: &str| seen[place].iter().any(|line| line.contains("示例愿望 3"));
        assert!(wishes(&first[2], "Centre evaluations") && wishes(&first[2], "table evaluation_part"), "there was something to find");
        assert!(!wishes(&first[1], "Centre evaluations"), "nothing before the scores");
        let quoted = first[2].iter().filter(|(place, lines)| place.starts_with("Supervisor /reports/") && lines.iter().any(|line| line.contains("2026-Q4")));
        assert!(quoted.count() > 0, "the report quotes the second quarter");

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

    async fn no_state_of_any_file_holds_an_answer_before_all_are_opened(park: Park) {
        let runner = quarter(&park).await;
        at(&park, &runner, "2026-10-08", 9, 30).await;
        let departments: Vec<Uuid> = only(&park).await.departments.0.iter().map(|rated| rated.id).collect();
        let (hidden, shown) = (new_secret().replace(['-', '_'], "x"), new_secret().replace(['-', '_'], "x"));
        let marked = |number: usize, mark: &str| Answers {
            wish: Some(format!("{mark}w{number}")),
            comment: Some(format!("{mark}c{number}")),
            ..told(number, &departments)
        };
        let mut secrets = Vec::new();
        for form in forms(&park).await {
            if let Some(secret) = link(&park, form.enterprise_id).await {
                secrets.push((form.enterprise_id, secret));
            }
        }
        answer(&park, &secrets[19].1, Confidentiality::Named, &marked(19, &shown)).await;
        let mut kept = Vec::new();
        for (number, (_, secret)) in secrets.iter().enumerate().take(6) {
            answer(&park, secret, Confidentiality::Unnamed, &marked(number, &hidden)).await;
            assert!(!park.database().holding(&shown).await.is_empty(), "what is there is found");
            let found = park.database().holding(&hidden).await;
            assert!(found.is_empty(), "{number}: {found:?}");
            kept.extend(sealed::Entity::find().all(park.db()).await.expect("what is sealed"));
        }
        // On paper, too: read differently by two people, then decided.
        let code = issued(&park, secrets[7].0).await;
        let other = colleague(&park).await;
        let reading = |number, version| read(&code, version, Confidentiality::Unnamed, &marked(number, &hidden));
        for (who, name, number, version) in [
            (None, "evaluationSheetEnter", 6, 1),
            (Some(other.as_str()), "evaluationSheetEnter", 7, 2),
            (None, "evaluationSheetDecide", 7, 3),
        ] {
            typed(&park, who, name, reading(number, version)).await;
            let found = park.database().holding(&hidden).await;
            assert!(found.is_empty(), "{name} {version}: {found:?}");
        }
        let evaluation = only(&park).await;
        assert_eq!((evaluation.answered, evaluation.unnamed), (8, 7));

        // Opened together: in the order of random keys, and where too few have rated a department, nothing of it.
        at(&park, &runner, "2026-10-20", 18, 0).await;
        assert!(!park.database().holding(&hidden).await.is_empty(), "there was something to find");
        let parts = part::Entity::find().all(park.db()).await.expect("parts");
        let of = |kind| parts.iter().filter(|part| part.kind == kind).count();
        assert_eq!((of(part::Kind::Wish), of(part::Kind::Comment), of(part::Kind::Department)), (7, 7, 7));
        assert!(parts.iter().all(|part| part.department_id.is_none_or(|id| id == departments[0])), "of the second there are two");
        assert!(super::lie_mixed(&park).await);
        let key = park.store.seal();
        let opened = kept.iter().filter(|one| sealed::open::<Vec<part::Piece>>(key, evaluation.id, &one.content).is_ok()).count();
        // Where several machines share a key, whoever runs them makes a new one.
        assert_eq!(opened, if park.backend() == Backend::Sqlite { 0 } else { kept.len() });
    }
}
