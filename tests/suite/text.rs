//! What people type: texts, days, names and addresses, at every door.

use std::{collections::BTreeSet, ffi::OsString, process::Stdio};

use api_door::scalar::Kind;
use entity::{account, text::is_invisible, viewer::Role};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{
    Backend, Park, Who,
    app::TRACES,
    database::Database,
    dump::texts,
    matters::{Matters, done, version},
    program::{self, command, succeeds, told},
    promise::{self, mutation},
    schema::Schema,
    stories, story,
    window::{PASSWORD, Window, hidden, location},
};
use tokio::net::TcpListener;

use crate::search::LISTS;

/// Those who between them may do everything.
const ACTORS: [Who; 8] = [
    Who::Admin,
    Who::Centre,
    Who::Leader,
    Who::Liaison,
    Who::Head,
    Who::Supervisor,
    Who::Enterprise,
    Who::Nobody,
];

/// Texts that a careless hand, a spreadsheet or an attacker may send, built here so that none lies in a file.
fn odd_texts() -> Vec<String> {
    let character = |number: u32| char::from_u32(number).expect("a character");
    let all_controls: String = (0..32).chain(127..160).map(character).collect();
    let hidden: String = [
        0x200b, 0x202e, 0x2066, 0x2060, 0xfeff, 0xad, 0x34f, 0x3164, 0xffff, 0xfe0f, 0xe0041,
    ]
    .map(character)
    .into_iter()
    .collect();
    vec![
        format!("示{all_controls}例{hidden}甲"),
        hidden,
        "\u{0}".to_owned(),
        format!("%_\\'\";--*?[]^{}", character(0x1f600)),
        "长".repeat(20_000),
    ]
}

/// Every text of the database.
async fn all_texts(park: &Park) -> Vec<String> {
    let (tables, columns, is_text) = match park.db().get_database_backend() {
        sea_orm::DbBackend::Postgres => (
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
            "SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}' AND data_type <> 'bytea'",
            "\"{column}\" IS NOT NULL",
        ),
        _ => (
            "SELECT name FROM sqlite_master WHERE type = 'table'",
            "SELECT name FROM pragma_table_info('{table}')",
            // What a value is, SQLite knows of each: ids are bytes, whatever their column declares.
            "typeof(\"{column}\") NOT IN ('null', 'blob')",
        ),
    };
    let mut found = Vec::new();
    for table in texts(park.db(), tables).await {
        for column in texts(park.db(), &columns.replace("{table}", &table)).await {
            let is_text = is_text.replace("{column}", &column);
            let sql = format!("SELECT CAST(\"{column}\" AS text) FROM \"{table}\" WHERE {is_text}");
            found.extend(texts(park.db(), &sql).await);
        }
    }
    found
}

fn codes(answer: &Value) -> Vec<&str> {
    let errors = answer["errors"].as_array().into_iter().flatten();
    errors
        .filter_map(|error| error["extensions"]["code"].as_str())
        .collect()
}

stories! {
    async fn no_odd_text_of_any_change_breaks_anything(park: Park) {
        let schema = Schema::read();
        let matters = Matters::settle(&park).await;
        let odd = odd_texts();
        let (mut sent, mut wrong) = (0, Vec::new());
        for field in schema.fields("Mutation") {
            let name = field.name.as_str();
            let query = mutation(name, "__typename");
            let capital = name[..1].to_uppercase() + &name[1..];
            let kind = format!("{capital}Input");
            let id = |field: &str| match field {
                "id" if name.starts_with("jobRun") => matters.id("job").to_owned(),
                "id" if name == "sessionRevoke" => String::new(),
                "id" => matters.of_stem(name).to_owned(),
                "deputyId" | "successorId" | "accountId" => matters.id("account").to_owned(),
                "aboutId" => matters.id("obligation").to_owned(),
                other => matters.of_stem(other).to_owned(),
            };
            for place in schema.texts(&kind) {
                for text in &odd {
                    let mut input = schema.sample(&kind, &id);
                    input[place.as_str()] = json!(text);
                    for who in ACTORS {
                        if let Some(of) = input.get("id").and_then(Value::as_str).map(str::to_owned)
                            && input.get("expectedVersion").is_some()
                        {
                            input["expectedVersion"] = version(&park, &of).await;
                        }
                        let answer = park.graphql(who, &query, json!({"input": input})).await;
                        sent += 1;
                        let codes = codes(&answer);
                        if codes.contains(&"INTERNAL") {
                            wrong.push(format!("{name}.{place} by {who:?}: {text:.20?}: {answer}"));
                        }
                        // Who may not do it is refused before anybody looks at the text.
                        if !codes.contains(&"FORBIDDEN") && !codes.contains(&"UNAUTHENTICATED") {
                            break;
                        }
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(sent > 500, "only {sent} were sent");
        for text in all_texts(&park).await {
            let odd = |character: char| {
                is_invisible(character) || (character.is_control() && !matches!(character, '\n' | '\t'))
            };
            assert!(!text.contains(odd) && !text.contains("\\u00"), "kept: {text:?}");
        }
    }

    async fn no_odd_text_breaks_a_list(park: Park) {
        Matters::settle(&park).await;
        for text in odd_texts() {
            let others = [("accounts", "search"), ("reports", "text"), ("letters", "text")];
            for (list, field) in LISTS.into_iter().chain(others) {
                let query = format!("query($t: String) {{ {list}(first: 1, where: {{ {field}: $t }}) {{ totalCount }} }}");
                park.data(Who::Centre, &query, json!({"t": text})).await;
                let (cut, all) = (text.chars().take(40).collect::<String>(), "query($t: String)");
                let query = format!("{all} {{ {list}(first: 1, after: $t) {{ totalCount }} }}");
                let answer = park.graphql(Who::Centre, &query, json!({"t": cut})).await;
                assert!(!codes(&answer).contains(&"INTERNAL"), "{list}: {answer}");
            }
            let query = "query($t: String!) { search(text: $t) { enterprises { id } obligations { id } people { id } } }";
            park.data(Who::Centre, query, json!({"t": text})).await;
        }
    }

    async fn a_search_finds_what_a_person_means(park: Park) {
        park.people().await;
        let made = [
            ("示例１００％科技（北京）有限公司", "Example 100% (Beijing) Pty"),
            ("示例_下划线 公司", "Under_score * Pty"),
            ("示例ＡＢＣ[甲]公司", "Abc ^ - Pty"),
        ];
        for (index, (zh, en)) in made.into_iter().enumerate() {
            let code = tests::ledger::credit_code(index + 70);
            let input = json!({"creditCode": code, "nameZh": zh, "nameEn": en, "industry": "示例"});
            done(&park, Who::Centre, "enterpriseCreate", "enterprise { id }", input).await;
        }
        let query = "query($t: String) { enterprises(first: 10, where: { search: $t }) { nodes { nameZh } } }";
        for (typed, found) in [
            ("%", vec![0]),
            ("％", vec![0]),
            ("100%", vec![0]),
            ("1%0", vec![]),
            ("(北京)", vec![0]),
            ("（ 北京 ）有限", vec![0]),
            ("_", vec![1]),
            ("下划线公司", vec![1]),
            ("下划线\u{3000}\u{200b}公司", vec![1]),
            ("*", vec![1]),
            ("abc[甲]", vec![2]),
            ("ａｂｃ", vec![2]),
            ("ABC", vec![2]),
            ("^", vec![2]),
            ("-", vec![2]),
            ("]", vec![2]),
            ("?", vec![]),
            ("\\", vec![]),
            ("'", vec![]),
            ("pty", vec![0, 1, 2]),
        ] {
            let data = park.data(Who::Centre, query, json!({"t": typed})).await;
            let mut names: Vec<&str> = data["enterprises"]["nodes"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|row| row["nameZh"].as_str().expect("a name"))
                .collect();
            names.sort_unstable();
            let mut expected: Vec<&str> = found.iter().map(|index: &usize| made[*index].0).collect();
            expected.sort_unstable();
            assert_eq!(names, expected, "{typed:?}");
        }
    }

    async fn a_line_is_one_line_and_a_text_has_lines(park: Park) {
        park.people().await;
        let input = json!({"creditCode": tests::ledger::credit_code(80), "nameZh": " 示例\r\n科技\u{200b}公司\u{202e} ",
            "industry": "示\t例", "remark": "一\r\n二\r三\u{0}"});
        let made = done(&park, Who::Centre, "enterpriseCreate", "enterprise { id nameZh industry remark }", input).await;
        assert_eq!(made["enterprise"]["nameZh"], "示例 科技公司");
        assert_eq!(made["enterprise"]["industry"], "示 例");
        assert_eq!(made["enterprise"]["remark"], "一\n二\n三");
        let nothing = json!({"creditCode": tests::ledger::credit_code(81), "nameZh": "\u{200b}\u{3164}\u{2060}", "industry": "示例"});
        let refused = park.user_error(Who::Centre, &mutation("enterpriseCreate", "__typename"), json!({"input": nothing})).await;
        assert_eq!(refused, "MISSING");
    }

    async fn days_that_nobody_means_are_refused_by_every_door(park: Park) {
        let people = park.people().await;
        let enterprise = Kind::Enterprise.id(people.enterprise_id()).0;
        for day in ["0026-09-30", "1926-09-30", "9998-12-31", "2026-02-30", "2026-9-30"] {
            let input = json!({"enterpriseId": enterprise, "parkParty": "示例服务中心", "startsOn": day, "endsOn": "2027-09-29"});
            let code = park.refused(Who::Centre, &mutation("contractDraft", "__typename"), json!({"input": input})).await;
            assert_eq!(code, "BAD_REQUEST", "{day}");
            let query = "query($d: Date) { obligations(first: 1, where: { dueOn: { to: $d } }) { totalCount } }";
            assert_eq!(park.refused(Who::Centre, query, json!({"d": day})).await, "BAD_REQUEST", "{day}");
        }
        let visit = json!({"enterpriseId": enterprise, "startsAt": "9998-10-14T06:00:00Z", "place": "示例", "purpose": "示例"});
        let code = park.refused(Who::Liaison, &mutation("visitAgree", "__typename"), json!({"input": visit})).await;
        assert_eq!(code, "BAD_REQUEST");
        // On a page it is told beside its field.
        let (window, _) = Window::of(&park, Role::Centre).await;
        let path = format!("/enterprises/{}/end", people.enterprises[1].id);
        let page = window.text(&park, &path).await;
        let (token, version) = (hidden(&page, "token"), hidden(&page, "expectedVersion"));
        let before = park.dump().await.without(TRACES);
        let answer = window.post(&park, &path, &[
            ("token", token.as_str()),
            ("expectedVersion", &version),
            ("endedOn", "0026-09-30"),
            ("reason", "示例"),
        ]).await;
        let page = answer.text().await.expect("a page");
        assert!(page.contains("from 1949 to 2099") && page.contains("0026-09-30"), "{page}");
        before.assert_same(&park.dump().await.without(TRACES));
    }

    async fn graphql_is_read_as_its_specification_says(park: Park) {
        park.people().await;
        let found = "{ enterprises(first: 1, where: { search: \"\\uD83D\\uDE00\" }) { totalCount } }";
        let data = park.data(Who::Centre, found, json!({})).await;
        assert_eq!(data["enterprises"]["totalCount"], 0);
        for (query, variables, refused) in [
            ("{ enterprises(first: 1, where: { search: \"\\uD83D\" }) { totalCount } }", json!({}), true),
            ("{ accounts(first: 1, sortBy: { field: \"LOGIN\", direction: ASC }) { totalCount } }", json!({}), true),
            ("{ accounts(first: 1, sortBy: { field: LOGIN, direction: ASC }) { totalCount } }", json!({}), false),
            ("query($s: AccountSort) { accounts(first: 1, sortBy: $s) { totalCount } }",
                json!({"s": {"field": "LOGIN", "direction": "DESC"}}), false),
        ] {
            let answer = park.graphql(Who::Centre, query, variables).await;
            let expected: &[&str] = if refused { &["BAD_REQUEST"] } else { &[] };
            assert_eq!(codes(&answer), expected, "{query}: {answer}");
        }
    }

    async fn an_address_that_cannot_be_mailed_is_refused_when_it_is_entered(park: Park) {
        park.people().await;
        let create = mutation("accountCreate", "account { login }");
        let input = |login: &str| json!({"input": {"login": login, "name": "示例人员", "role": "LIAISON", "language": "ZH_CN"}});
        for (login, code) in [
            ("zhao", "LOGIN_NOT_MAIL"),
            ("zhao@park", "LOGIN_NOT_MAIL"),
            ("zhao@park.example.", "LOGIN_NOT_MAIL"),
            ("zhao@127.0.0.1", "LOGIN_NOT_MAIL"),
            ("zhao qian@park.example", "LOGIN_INVALID"),
            ("赵@park.example", "LOGIN_NOT_MAIL"),
            ("zh\u{430}o@park.example", "LOGIN_INVALID"),
            ("zhao@park.example\r\nBcc: qian@park.example", "LOGIN_INVALID"),
            ("Ａdmin@Park.example", "LOGIN_TAKEN"),
            ("ad\u{200b}min@park.example", "LOGIN_TAKEN"),
        ] {
            assert_eq!(park.user_error(Who::Admin, &create, input(login)).await, code, "{login:?}");
        }
        let made = park.data(Who::Admin, &create, input("Zhao@园区.example")).await;
        let login = "zhao@xn--dkrx9f.example";
        assert_eq!(made["accountCreate"]["account"]["login"], login);
        crate::warnings::runner(&park).run_now("outbox_delivery", None, false).await.expect("a run");
        let letters = park.mailbox.letters();
        assert!(letters.iter().any(|letter| letter.to.contains(login)), "the invitation goes there");
        let account = account::repository::by_login(park.db(), "ZHAO@园区.example").await.expect("a read");
        assert!(account.is_some(), "either form signs in");
    }

    async fn a_form_that_was_sent_before_says_so(park: Park) {
        let id = promise::owed(&park, &[(5, None)]).await.remove(0);
        let query = mutation("obligationFulfil", "obligation { id }");
        let input = |note: &str| json!({"input": {"id": id, "expectedVersion": 1, "evidenceNote": note, "idempotencyKey": "once"}});
        park.data(Who::Centre, &query, input("first")).await;
        park.data(Who::Centre, &query, input("first")).await;
        let answer = park.graphql(Who::Centre, &query, input("second")).await;
        assert_eq!(answer["errors"][0]["extensions"]["reason"], "IDEMPOTENCY_KEY_USED");

        let (window, _) = Window::of(&park, Role::Centre).await;
        let token = window.token(&park, "/enterprises/new").await;
        let form = |name: &'static str| [
            ("token", token.clone()),
            ("idempotencyKey", "the-form".to_owned()),
            ("creditCode", tests::ledger::credit_code(90)),
            ("nameZh", name.to_owned()),
            ("industry", "示例".to_owned()),
        ];
        let send = async |name: &'static str| {
            let fields = form(name);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            window.post(&park, "/enterprises/new", &fields).await
        };
        assert_eq!(send("示例甲公司").await.status(), StatusCode::SEE_OTHER);
        assert_eq!(send("示例甲公司").await.status(), StatusCode::SEE_OTHER);
        let before = park.dump().await.without(TRACES);
        let answer = send("示例乙公司").await;
        assert_eq!(answer.status(), StatusCode::CONFLICT);
        let page = answer.text().await.expect("a page");
        assert!(page.contains("This form has already been submitted") && page.contains("示例乙公司"), "{page}");
        before.assert_same(&park.dump().await.without(TRACES));
    }

    async fn a_second_tab_learns_that_the_browser_has_signed_in(park: Park) {
        let (_, login) = Window::of(&park, Role::Centre).await;
        let window = Window::default();
        let (first, second) = (window.token(&park, "/sign-in").await, window.token(&park, "/sign-in").await);
        let sign_in = async |token: &str| {
            let fields = [("token", token), ("login", login.as_str()), ("password", PASSWORD)];
            window.post(&park, "/sign-in", &fields).await
        };
        let answer = sign_in(&first).await;
        assert_eq!((answer.status(), location(&answer)), (StatusCode::SEE_OTHER, "/"));
        let answer = sign_in(&second).await;
        assert_eq!(answer.status(), StatusCode::CONFLICT);
        let page = answer.text().await.expect("a page");
        assert!(page.contains("You are already signed in") && page.contains("示例人员"), "{page}");
    }
}

#[test]
fn a_folder_may_have_any_name() {
    story::alone(Backend::Sqlite, async |_| {
        let folder = tempfile::tempdir().expect("a folder");
        let names = ["a?b=c", "a%20b", "a#b", "a b", "契约 园区"];
        for name in names {
            let dir = folder.path().join(name);
            let mut list = tokio::process::Command::new(program::qiyue());
            list.args(["users", "list", "--data-dir"])
                .arg(&dir)
                .env_clear()
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .kill_on_drop(true);
            let output = list.output().await.expect("it starts");
            assert!(output.status.success(), "{name}: {}", told(&output));
            assert!(dir.join("qiyue.sqlite").is_file(), "{name}");
        }
        let made: BTreeSet<_> = std::fs::read_dir(folder.path())
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        // Beside each lie its keys, and nothing else.
        let named = names.map(|name| [name.to_owned(), format!("{name}.seal")]);
        let named: BTreeSet<_> = named.into_iter().flatten().map(OsString::from).collect();
        assert_eq!(made, named);
    });
}

#[test]
fn what_would_not_serve_is_no_right_setting() {
    story::alone(Backend::Sqlite, async |backend| {
        let database = Database::fresh(backend).await;
        for (name, value) in [
            ("QIYUE_MAIL_FROM", "qiyue@park"),
            ("QIYUE_MAIL_FROM", "契约 qiyue@park.example"),
            ("QIYUE_MAIL_BOUNCE_TO", "bounces"),
            ("QIYUE_PUBLIC_URL", "https://qiyue.park.example/path"),
            ("QIYUE_PUBLIC_URL", "https://qiyue.park.example/?query"),
            ("QIYUE_PUBLIC_URL", "https://qiyue.park.example/#fragment"),
            ("QIYUE_LOG", "info,=="),
        ] {
            for verb in ["check-config", "serve"] {
                let mut command = command(&database, database.folder(), &[verb]);
                let output = command.env(name, value).output().await.expect("it starts");
                assert_eq!(
                    output.status.code(),
                    Some(78),
                    "{verb} {name}={value}: {}",
                    told(&output)
                );
            }
        }
        let mut right = command(&database, database.folder(), &["check-config"]);
        right.env("QIYUE_MAIL_FROM", "契约 <qiyue@园区.example>");
        succeeds(right).await;
    });
}

#[test]
fn a_database_that_lacks_characters_is_refused_at_the_start() {
    story::alone(Backend::Postgres, async |backend| {
        let database = Database::in_encoding(backend, "SQL_ASCII").await;
        let output = command(&database, database.folder(), &["migrate"])
            .output()
            .await
            .expect("it starts");
        assert!(!output.status.success());
        let message = told(&output);
        assert!(
            message.contains("SQL_ASCII") && message.contains("ENCODING 'UTF8'"),
            "{message}"
        );
    });
}

#[test]
fn a_server_is_found_by_its_address_of_ipv6() {
    story::alone(Backend::Sqlite, async |_| {
        let listener = TcpListener::bind("[::1]:0")
            .await
            .expect("an address of IPv6");
        let port = listener.local_addr().expect("an address").port();
        let address = format!("postgres://qiyue@[::1]:{port}/qiyue");
        let reached = async {
            let (stream, _) = listener.accept().await.expect("a connection");
            drop(stream);
        };
        tokio::select! {
            () = reached => {}
            opened = entity::store::connect(&address, 1) => panic!("nobody was reached: {opened:?}"),
        }
    });
}
