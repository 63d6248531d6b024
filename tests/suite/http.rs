//! The network door: GraphQL over HTTP, and what it refuses.

use std::{path::Path, process::Command, time::Duration};

use api::{app, config::Config};
use api_http::LARGEST_BODY;
use entity::account;
use futures::StreamExt;
use reqwest::{Client, StatusCode};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use tests::{Park, Who, dump::number, stories, story};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A door on a loopback port of its own, open as long as the story runs.
async fn open(park: &Park, config: Config) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let state = app::state(park.store.clone(), &config);
    tokio::spawn(app::open_doors(listener, state, std::future::pending()));
    format!("http://{address}")
}

async fn give_password(park: &Park, who: Who, password: &str) {
    let account = park.people().await.account(who).id;
    let hash = account::password::hash(password.to_owned())
        .await
        .expect("a hash");
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .filter(account::Column::Id.eq(account))
        .exec(park.db())
        .await
        .expect("a password");
}

fn settings() -> Config {
    Config {
        rate_limits: false,
        introspection: true,
        ..Config::default()
    }
}

/// What the door says to these bytes until it ends the connection.
async fn raw(address: &str, bytes: &str) -> String {
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await.expect("a connection");
    stream.write_all(bytes.as_bytes()).await.expect("sent");
    let mut said = Vec::new();
    // A door that closes while something is under way may reset the connection.
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).into_owned()
}

/// A head that announces a body of so many bytes.
fn head(path: &str, kind: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: qiyue\r\naccept: application/json\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n"
    )
}

/// A connection from behind a proxy that names `address`, on which half of a body has been sent.
async fn half(door: &str, path: &str, address: &str) -> TcpStream {
    let kind = if ["/graphql", "/session"].contains(&path) {
        "application/json"
    } else {
        "application/x-www-form-urlencoded"
    };
    let begin = format!("x-forwarded-for: {address}\r\naccept: ");
    let sent = head(path, kind, 100).replacen("accept: ", &begin, 1) + "{";
    let host = door.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await.expect("a connection");
    stream.write_all(sent.as_bytes()).await.expect("sent");
    stream
}

/// Signs in from behind a proxy that names `address`.
async fn sign_in_from(park: &Park, address: &str, password: &str) -> reqwest::Response {
    let body = json!({"login": "centre@park.example", "password": password});
    let request = park.post(Who::Nobody, "/session").await;
    let request = request.header("x-forwarded-for", address).json(&body);
    request.send().await.expect("an answer")
}

async fn post(address: &str, query: &str) -> (StatusCode, Value) {
    let response = Client::new()
        .post(format!("{address}/graphql"))
        .header("accept", "application/graphql-response+json")
        .json(&json!({ "query": query }))
        .send()
        .await
        .expect("an answer");
    let status = response.status();
    (status, response.json().await.expect("JSON"))
}

stories! {
    async fn the_service_is_alive_and_ready(park: Park) {
        let address = open(&park, settings()).await;
        for path in ["livez", "readyz"] {
            let response = reqwest::get(format!("{address}/{path}")).await.expect("an answer");
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            assert_eq!(response.headers()["x-content-type-options"], "nosniff");
            assert!(response.headers().contains_key("x-request-id"));
        }
    }

    async fn nobody_is_a_viewer_of_nothing(park: Park) {
        let address = open(&park, settings()).await;
        let (status, answer) = post(&address, "{ viewer { id } }").await;
        assert_eq!((status, answer), (StatusCode::OK, json!({"data": {"viewer": null}})));
    }

    async fn too_much_is_refused_for_both_media_types(park: Park) {
        let address = open(&park, settings()).await;
        let query = format!("{{ {} }}", "viewer { id } ".repeat(13));
        for accept in ["application/json", "application/graphql-response+json"] {
            let response = Client::new()
                .post(format!("{address}/graphql"))
                .header("accept", accept)
                .json(&json!({ "query": query }))
                .send()
                .await
                .expect("an answer");
            assert_eq!(response.status(), StatusCode::BAD_REQUEST);
            let answer: Value = response.json().await.expect("JSON");
            assert_eq!(answer["errors"][0]["extensions"]["code"], "QUERY_LIMIT");
            assert_eq!(answer.get("data"), None);
        }
        let large = post(&address, &" ".repeat(LARGEST_BODY)).await;
        assert_eq!(large.0, StatusCode::PAYLOAD_TOO_LARGE);
    }

    async fn the_schema_describes_itself_only_where_it_may(park: Park) {
        let open_door = open(&park, settings()).await;
        let closed = open(&park, Config { introspection: false, ..settings() }).await;
        let query = "{ __schema { queryType { name } } }";
        assert_eq!(post(&open_door, query).await.1["data"]["__schema"]["queryType"]["name"], "Query");
        let (status, answer) = post(&closed, query).await;
        assert_eq!((status, &answer["data"]["__schema"]), (StatusCode::OK, &Value::Null));
        let sdl = |address: &str| reqwest::get(format!("{address}/schema.graphql"));
        assert_eq!(sdl(&open_door).await.expect("an answer").status(), StatusCode::OK);
        assert_eq!(sdl(&closed).await.expect("an answer").status(), StatusCode::NOT_FOUND);
    }

    async fn a_foreign_page_changes_nothing(park: Park) {
        let address = open(&park, settings()).await;
        for (header, value) in [
            ("origin", "https://elsewhere.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let response = Client::new()
                .post(format!("{address}/graphql"))
                .header(header, value)
                .json(&json!({"query": "mutation { __typename }"}))
                .send()
                .await
                .expect("an answer");
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{header}: {value}");
        }
        let by_get = reqwest::get(format!("{address}/graphql?query=mutation%7B__typename%7D"))
            .await
            .expect("an answer");
        assert_eq!(by_get.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(by_get.headers()["allow"], "POST");
        let form = Client::new()
            .post(format!("{address}/graphql"))
            .header("content-type", "text/plain")
            .body(r#"{"query":"mutation { __typename }"}"#)
            .send()
            .await
            .expect("an answer");
        assert_eq!(form.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }

    async fn origins_content_types_and_names_are_told_once_and_right(park: Park) {
        let address = open(&park, settings()).await;
        let change = json!({"query": "mutation { __typename }"}).to_string();
        let send = async |headers: &[(&str, &str)], body: &str| {
            let mut request = Client::new().post(format!("{address}/graphql")).body(body.to_owned());
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request.send().await.expect("an answer").status()
        };
        const JSON: (&str, &str) = ("content-type", "application/json");
        let foreign = address.replace("http:", "https:");
        assert_eq!(send(&[JSON, ("origin", address.as_str())], &change).await, StatusCode::OK);
        assert_eq!(send(&[JSON, ("origin", foreign.as_str())], &change).await, StatusCode::FORBIDDEN, "another scheme");
        let twice = [JSON, ("origin", address.as_str()), ("origin", address.as_str())];
        assert_eq!(send(&twice, &change).await, StatusCode::FORBIDDEN);
        for second in ["application/json", "text/plain"] {
            let status = send(&[JSON, ("content-type", second)], &change).await;
            assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{second}");
        }
        let twice = r#"{"query":"{ viewer { id } }","query":"mutation { __typename }"}"#;
        assert_eq!(send(&[JSON], twice).await, StatusCode::BAD_REQUEST);
    }

    async fn what_is_no_graphql_is_told_in_few_words(park: Park) {
        let address = open(&park, settings()).await;
        let (status, answer) = post(&address, "{ viewer { unheard( } }").await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(answer["errors"][0]["message"], "This is not a GraphQL document.");
        assert_eq!(answer["errors"][0]["locations"][0]["line"], 1);
        assert!(!answer.to_string().contains("unheard"));
        for query in ["{ ...a }", "{ viewer { id } } fragment a on Query { viewer { id } }"] {
            let (status, answer) = post(&address, query).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{query}");
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_REQUEST", "{query}");
        }
    }

    async fn the_fields_of_an_answer_stand_as_they_were_asked(park: Park) {
        let query = "{ enterprises(first: 1) { totalCount nodes { liaison { official { name } } id } } viewer { id } __typename }";
        let asked = park.post(Who::Centre, "/graphql").await.json(&json!({ "query": query }));
        let answer = asked.send().await.expect("an answer").text().await.expect("a text");
        let names = ["enterprises", "totalCount", "nodes", "liaison", "official", "name", "id", "viewer", "__typename"];
        let mut rest = answer.as_str();
        for name in names {
            let (_, after) = rest.split_once(&format!("\"{name}\":")).unwrap_or_else(|| panic!("{name} comes too early: {answer}"));
            rest = after;
        }
    }

    async fn an_order_has_three_keys_each_once(park: Park) {
        let ask = |keys: &str| format!("{{ obligations(first: 1, sortBy: [{keys}]) {{ totalCount }} }}");
        park.data(Who::Centre, &ask("{field: DUE_ON}, {field: OPENED_AT, direction: DESC}"), json!({})).await;
        let twice = ask("{field: DUE_ON}, {field: DUE_ON}");
        assert_eq!(park.refused(Who::Centre, &twice, json!({})).await, "BAD_REQUEST");
        let four = ask(&"{field: DUE_ON} ".repeat(4));
        assert_eq!(park.refused(Who::Centre, &four, json!({})).await, "QUERY_LIMIT");
        let sent = "query($s: [ContractSort!]!) { contracts(first: 1, sortBy: $s) { totalCount } }";
        let keys = json!({"s": vec![json!({"field": "NUMBER"}); 4]});
        assert_eq!(park.refused(Who::Centre, sent, keys).await, "QUERY_LIMIT");
        let many = json!({"ids": vec!["contract_0"; 101]});
        assert_eq!(park.refused(Who::Centre, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", many).await, "QUERY_LIMIT");
    }

    async fn a_body_is_read_when_it_is_known_who_sends_it_and_how_much(park: Park) {
        park.people().await;
        let address = open(&park, settings()).await;
        // No byte of these bodies is ever sent.
        for (path, kind, length, status) in [
            ("/graphql", "application/json", LARGEST_BODY + 1, "413"),
            ("/session", "application/json", LARGEST_BODY + 1, "413"),
            ("/documents?name=a", "application/octet-stream", 20 << 20, "401"),
            ("/sign-in", "multipart/form-data; boundary=b", 20 << 20, "303"),
        ] {
            let said = raw(&address, &head(path, kind, length)).await;
            assert!(said.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {said}");
        }
        // A file larger than a body of the API goes over the disk and is the same afterwards.
        let enterprise = format!("enterprise_{}", park.people().await.enterprise_id().simple());
        let mut pdf = b"%PDF-1.7\n".to_vec();
        pdf.extend((0..1_000_000_u32).map(|at| (at % 251) as u8));
        pdf.extend(b"\n%%EOF\n");
        let request = park.post(Who::Liaison, &format!("/documents?name=a.pdf&enterprise={enterprise}")).await;
        let request = request.header("content-type", "application/octet-stream");
        let stored = request.body(pdf.clone()).send().await.expect("an answer");
        assert_eq!(stored.status(), StatusCode::CREATED);
        let stored: Value = stored.json().await.expect("JSON");
        let path = format!("/documents/{}", stored["id"].as_str().expect("an id"));
        let given = park.get(Who::Liaison, &path).await.send().await.expect("an answer");
        assert_eq!(given.bytes().await.expect("a body"), pdf);
    }

    async fn whoever_sends_a_large_body_for_nothing_hears_the_answer(park: Park) {
        let address = open(&park, settings()).await;
        let body = vec![b' '; 20 << 20];
        for (path, kind, status) in [
            ("/documents?name=a", "application/octet-stream", "401"),
            ("/graphql", "application/json", "413"),
            ("/graphql", "text/plain", "415"),
        ] {
            let mut stream = TcpStream::connect(address.trim_start_matches("http://")).await.expect("a connection");
            stream.write_all(head(path, kind, body.len()).as_bytes()).await.expect("sent");
            // The whole of it is sent before anything is read, as simple clients do.
            stream.write_all(&body).await.unwrap_or_else(|error| panic!("{path} {kind}: {error}"));
            let mut said = Vec::new();
            stream.read_to_end(&mut said).await.unwrap_or_else(|error| panic!("{path} {kind}: {error}"));
            let said = String::from_utf8_lossy(&said);
            assert!(said.starts_with(&format!("HTTP/1.1 {status}")), "{path} {kind}: {said}");
        }
    }

    async fn slow_and_idle_clients_are_left(park: Park) {
        let hurried = Config { head_seconds: 1, body_seconds: 1, ..settings() };
        let address = open(&park, hurried).await;
        for idle in ["", "POST /graphql HTTP/1.1\r\nhost: qiyue\r\n"] {
            assert_eq!(raw(&address, idle).await, "");
        }
        let slow = head("/graphql", "application/json", 100) + "{";
        let said = raw(&address, &slow).await;
        assert!(said.starts_with("HTTP/1.1 408"), "{said}");
        let alive = raw(&address, "GET /livez HTTP/1.1\r\nhost: qiyue\r\n\r\n").await;
        assert!(alive.starts_with("HTTP/1.1 200"), "it is answered, and left when it rests: {alive}");
    }

    async fn many_idle_connections_leave_room(park: Park) {
        let address = open(&park, Config { connections: 16, ..settings() }).await;
        let host = address.trim_start_matches("http://");
        let mut idle = Vec::new();
        for _ in 0..200 {
            idle.push(TcpStream::connect(host).await.expect("a connection"));
            if idle.len() % 20 == 0 {
                let alive = reqwest::get(format!("{address}/livez")).await.expect("an answer");
                assert_eq!(alive.status(), StatusCode::OK);
            }
        }
        // The first have made room for the others.
        let mut said = Vec::new();
        let _ = idle[0].read_to_end(&mut said).await;
        assert_eq!(said, b"");
    }

    async fn half_bodies_leave_room(park: Park) {
        let address = open(&park, Config { connections: 16, ..settings() }).await;
        let mut halves = Vec::new();
        for (at, path) in (0..120).zip(["/graphql", "/mail/bounces", "/unsubscribe/a", "/sign-in"].into_iter().cycle()) {
            halves.push(half(&address, path, &format!("198.51.100.{at}")).await);
            if halves.len() % 20 == 0 {
                let alive = reqwest::get(format!("{address}/livez")).await.expect("an answer");
                assert_eq!(alive.status(), StatusCode::OK);
            }
        }
    }

    async fn strangers_take_turns_with_bodies_on_every_route(park: Park) {
        park.people().await;
        let door = open(&park, settings()).await;
        let pages = api_console::PATHS.iter().filter(|(_, methods)| methods.contains(&"post")).map(|(path, _)| *path);
        let routes = ["/graphql", "/session", "/documents", "/mail/bounces", "/unsubscribe/{token}"];
        let routes: Vec<_> = routes.into_iter().chain(pages).enumerate().collect();
        assert!(routes.len() > 20, "{routes:?}");
        let at_once = futures::stream::iter(routes);
        at_once.for_each_concurrent(8, async |(at, path)| {
            let (path, address) = (path.replace(['{', '}'], ""), format!("198.51.100.{at}"));
            // The eighth of one address is the last that is read at once.
            let nine = (0..9).map(|_| half(&door, &path, &address));
            let mut nine = futures::future::join_all(nine).await;
            let mut first = [[0_u8; 1]; 9];
            let answers = nine.iter_mut().zip(&mut first).map(|(stream, byte)| Box::pin(stream.read(byte)));
            let answered = tokio::time::timeout(Duration::from_secs(8), futures::future::select_all(answers)).await;
            assert!(answered.is_ok(), "{path} reads what all strangers send at once");
        }).await;
    }

    async fn a_proxy_is_believed_when_it_is_trusted(park: Park) {
        let limits = Config { rate_limits: true, ..settings() };
        let trusting = open(&park, limits.clone()).await;
        let trusted_proxies = "192.0.2.1".parse().expect("an address");
        let distrustful = open(&park, Config { trusted_proxies, ..limits }).await;
        let ask = async |door: &str, client: &str| {
            let request = Client::new().post(format!("{door}/graphql")).header("x-forwarded-for", client);
            let request = request.json(&json!({"query": "{ viewer { id } }"}));
            request.send().await.expect("an answer").status()
        };
        for at in 0..11 {
            let expected = if at < 10 { StatusCode::OK } else { StatusCode::TOO_MANY_REQUESTS };
            assert_eq!(ask(&trusting, "spoofed, 198.51.100.7").await, expected);
            assert_eq!(ask(&distrustful, &format!("198.51.100.{at}")).await, expected);
        }
        assert_eq!(ask(&trusting, "198.51.100.7, 198.51.100.8").await, StatusCode::OK);
    }

    async fn an_office_is_slowed_down_and_never_locked_out(park: Park) {
        let park = park.with_limits();
        give_password(&park, Who::Centre, "a long enough phrase").await;
        const OFFICE: &str = "198.51.100.9";
        let wrong = async |login: String| {
            let body = json!({"login": login, "password": "not the phrase"});
            let request = park.post(Who::Nobody, "/session").await;
            let request = request.header("x-forwarded-for", OFFICE).json(&body);
            request.send().await.expect("an answer").status().as_u16()
        };
        for at in 0..20 {
            assert_eq!(wrong(format!("unknown{at}@park.example")).await, 401);
        }
        let failures = "SELECT COALESCE(SUM(failures), 0) FROM login_throttle WHERE subject LIKE 'address:%'";
        assert_eq!(number(park.db(), failures).await, 20);
        // So many at once wait for their turn, and not for ever.
        let crowd = (20..50).map(|at| wrong(format!("unknown{at}@park.example")));
        let statuses = futures::future::join_all(crowd).await;
        assert!(statuses.contains(&401) && statuses.contains(&429), "{statuses:?}");
        assert!(statuses.iter().all(|status| [401, 429].contains(status)), "{statuses:?}");
        let entered = sign_in_from(&park, OFFICE, "a long enough phrase").await;
        assert_eq!(entered.status(), StatusCode::OK, "a right password leads in");
        assert_eq!(number(park.db(), failures).await, 0, "and clears what was counted");
    }

    async fn a_known_browser_signs_in_while_others_guess(park: Park) {
        let park = park.with_limits();
        give_password(&park, Who::Centre, "a long enough phrase").await;
        let entered = sign_in_from(&park, "198.51.100.1", "a long enough phrase").await;
        let cookies: Vec<String> = entered
            .headers()
            .get_all("set-cookie")
            .iter()
            .map(|cookie| cookie.to_str().expect("text").to_owned())
            .collect();
        assert_eq!(cookies.len(), 2, "{cookies:?}");
        assert!(cookies[1].starts_with("qiyue-known=") && cookies[1].contains("Max-Age=15552000; Path=/; HttpOnly"), "{cookies:?}");
        for _ in 0..5 {
            assert_eq!(sign_in_from(&park, "203.0.113.5", "not the phrase").await.status(), StatusCode::UNAUTHORIZED);
        }
        let locked = sign_in_from(&park, "198.51.100.1", "a long enough phrase").await;
        assert_eq!(locked.status(), StatusCode::TOO_MANY_REQUESTS);
        let body = json!({"login": "centre@park.example", "password": "a long enough phrase"});
        let known = cookies[1].split(';').next().expect("a pair");
        let request = park.post(Who::Nobody, "/session").await.header("cookie", known).json(&body);
        assert_eq!(request.send().await.expect("an answer").status(), StatusCode::OK);
    }

    async fn a_person_signs_in_works_and_signs_out(park: Park) {
        give_password(&park, Who::Centre, "a long enough phrase").await;
        let sign_in = async |password: &str, login: &str| {
            let body = json!({"login": login, "password": password});
            let request = park.post(Who::Nobody, "/session").await;
            request.json(&body).send().await.expect("an answer")
        };
        let wrong = sign_in("not the phrase", "centre@park.example").await;
        let unknown = sign_in("a long enough phrase", "nobody@park.example").await;
        assert_eq!((wrong.status(), unknown.status()), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
        assert!(!wrong.headers().contains_key("set-cookie"));
        let (wrong, unknown): (Value, Value) = (wrong.json().await.expect("JSON"), unknown.json().await.expect("JSON"));
        assert_eq!(wrong, unknown);
        assert_eq!(wrong["userErrors"][0]["code"], "WRONG_CREDENTIALS");

        let right = sign_in("a long enough phrase", " CENTRE@park.example ").await;
        assert_eq!(right.status(), StatusCode::OK);
        let cookie = right.headers()["set-cookie"].to_str().expect("text").to_owned();
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
        let pair = cookie.split(';').next().expect("a pair").to_owned();
        let answer: Value = right.json().await.expect("JSON");
        assert_eq!(answer["viewer"]["role"], "CENTRE");

        let asked = async |cookie: &str| -> Value {
            let request = park.post(Who::Nobody, "/graphql").await.header("cookie", cookie);
            let query = json!({"query": "{ viewer { id name role language permissions } }"});
            request.json(&query).send().await.expect("an answer").json().await.expect("JSON")
        };
        let viewer = asked(&pair).await["data"]["viewer"].take();
        assert_eq!(viewer["id"], answer["viewer"]["id"]);
        assert_eq!(viewer["role"], "CENTRE");
        assert_eq!(viewer["language"], "EN");
        assert_eq!(viewer["name"], "企业服务中心 01");
        assert!(viewer["permissions"].as_array().expect("a list").contains(&json!("MANAGE_CONTRACTS")));
        assert_eq!(asked(&format!("{pair}; {pair}")).await["data"]["viewer"], Value::Null, "two cookies");

        let address = park.url("/session").await;
        let sign_out = Client::new().delete(&address).header("cookie", &pair);
        let foreign = sign_out.try_clone().expect("no stream").header("sec-fetch-site", "cross-site");
        assert_eq!(foreign.send().await.expect("an answer").status(), StatusCode::FORBIDDEN);
        assert_ne!(asked(&pair).await["data"]["viewer"], Value::Null);
        let out = sign_out.send().await.expect("an answer");
        assert_eq!(out.status(), StatusCode::NO_CONTENT);
        assert!(out.headers()["set-cookie"].to_str().expect("text").contains("Max-Age=0"));
        assert_eq!(asked(&pair).await["data"]["viewer"], Value::Null);
    }

    async fn an_idle_session_ends(park: Park) {
        give_password(&park, Who::Leader, "a long enough phrase").await;
        let body = json!({"login": "leader@park.example", "password": "a long enough phrase"});
        let signed_in = park.post(Who::Nobody, "/session").await.json(&body).send().await.expect("an answer");
        let cookie = signed_in.headers()["set-cookie"].to_str().expect("text").to_owned();
        let pair = cookie.split(';').next().expect("a pair").to_owned();
        let is_somebody = async || {
            let request = park.post(Who::Nobody, "/graphql").await.header("cookie", &pair);
            let answer = request.json(&json!({"query": "{ viewer { id } }"})).send().await.expect("an answer");
            let answer: Value = answer.json().await.expect("JSON");
            answer["data"]["viewer"] != Value::Null
        };
        for minute in [14, 28, 42] {
            park.set_clock("2026-09-30", 8, minute);
            assert!(is_somebody().await, "busy at 08:{minute}");
        }
        park.set_clock("2026-09-30", 8, 57);
        assert!(!is_somebody().await, "idle for a quarter of an hour");
    }

    async fn over_tls_the_cookie_belongs_to_this_host_alone(park: Park) {
        give_password(&park, Who::Centre, "a long enough phrase").await;
        let public_url = "https://qiyue.example".parse().expect("an address");
        let address = open(&park, Config { public_url, ..settings() }).await;
        let body = json!({"login": "centre@park.example", "password": "a long enough phrase"});
        let request = Client::new().post(format!("{address}/session")).json(&body);
        let answer = request.send().await.expect("an answer");
        let cookie = answer.headers()["set-cookie"].to_str().expect("text");
        assert!(cookie.starts_with("__Host-qiyue="), "{cookie}");
        assert!(cookie.ends_with("; Path=/; HttpOnly; Secure; SameSite=Lax"), "{cookie}");
        assert!(answer.headers().contains_key("strict-transport-security"));
    }

    async fn a_revoked_token_opens_nothing(park: Park) {
        let make = "mutation($input: SessionCreateTokenInput!) {
            sessionCreateToken(input: $input) { token { secret session { id } } userErrors { code } } }";
        let input = json!({"input": {"name": "小程序", "expiresAt": "2026-12-31T00:00:00Z"}});
        let token = park.data(Who::Centre, make, input).await["sessionCreateToken"]["token"].take();
        let secret = token["secret"].as_str().expect("a secret");
        let ask = async || {
            let request = Client::new().post(park.url("/graphql").await).bearer_auth(secret);
            let query = json!({"query": "{ viewer { role } }"});
            request.json(&query).send().await.expect("an answer").status()
        };
        assert_eq!(ask().await, StatusCode::OK);
        let revoke = "mutation($input: SessionRevokeInput!) { sessionRevoke(input: $input) { userErrors { code } } }";
        park.data(Who::Centre, revoke, json!({"input": {"id": token["session"]["id"]}})).await;
        assert_eq!(ask().await, StatusCode::UNAUTHORIZED);
    }

    async fn pages_depth_and_cost_have_their_limits(park: Park) {
        for arguments in ["", "(first: 0)", "(first: 101)", "(first: 500)", "(last: -1)", "(first: 1, last: 1)", "(first: 1, after: \"?\")"] {
            let query = format!("{{ contracts{arguments} {{ totalCount }} }}");
            assert_eq!(park.refused(Who::Centre, &query, json!({})).await, "BAD_REQUEST", "{arguments}");
        }
        let deep = format!("{{ {} id {} }}", "viewer { ".repeat(12), "} ".repeat(12));
        assert_eq!(park.refused(Who::Centre, &deep, json!({})).await, "QUERY_LIMIT");
        let page = "obligations(first: 100) { nodes { contract { clauses { id number title body } } } }";
        let costly: String = (0..10).map(|at| format!("a{at}: {page} ")).collect();
        assert_eq!(park.refused(Who::Centre, &format!("{{ {costly} }}"), json!({})).await, "QUERY_LIMIT");
        park.data(Who::Centre, &format!("{{ {page} }}"), json!({})).await;
    }

    async fn of_several_operations_one_is_named(park: Park) {
        let ask = async |name: Value| -> Value {
            let query = "query A { viewer { id } } query B { viewer { role } }";
            let body = json!({"query": query, "operationName": name});
            let request = park.post(Who::Leader, "/graphql").await.json(&body);
            request.send().await.expect("an answer").json().await.expect("JSON")
        };
        assert_eq!(ask(json!("B")).await["data"], json!({"viewer": {"role": "LEADER"}}));
        for unclear in [json!(null), json!("C")] {
            assert_eq!(ask(unclear).await["errors"][0]["extensions"]["code"], "BAD_REQUEST");
        }
    }

    async fn an_answer_speaks_the_language_of_who_asks(park: Park) {
        park.people().await;
        let ask = async |who: Who, language: &str| -> Value {
            let query = json!({"query": "{ nodes(ids: [\"contract_0\"]) { id } }"});
            let request = park.post(who, "/graphql").await.header("accept-language", language).json(&query);
            let mut answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
            answer["errors"][0]["message"].take()
        };
        assert_eq!(ask(Who::Nobody, "en-GB, zh;q=0.5").await, "Please sign in first.");
        assert_eq!(ask(Who::Nobody, "zh-CN").await, "请先登录。");
        // Who has signed in has said which language he reads.
        assert_eq!(ask(Who::Centre, "zh-CN").await, "Not found.");
    }

    async fn a_wrong_token_is_told_so(park: Park) {
        let address = park.url("/graphql").await;
        for said in ["Bearer nonsense", "Basic eDp5", "Bearer"] {
            let response = Client::new()
                .post(&address)
                .header("authorization", said)
                .json(&json!({"query": "{ viewer { id } }"}))
                .send()
                .await
                .expect("an answer");
            assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{said}");
        }
        let data = park.data(Who::Supervisor, "{ viewer { role } }", json!({})).await;
        assert_eq!(data["viewer"]["role"], "SUPERVISOR");
    }

    async fn the_sixth_attempt_in_a_minute_waits(park: Park) {
        park.people().await;
        let mut seen = Vec::new();
        for _ in 0..6 {
            let body = json!({"login": "admin@park.example", "password": "wrong"});
            let request = park.post(Who::Nobody, "/session").await;
            let answer = request.json(&body).send().await.expect("an answer");
            seen.push((answer.status().as_u16(), answer.headers().contains_key("retry-after")));
        }
        assert_eq!(seen[..5], [(401, false); 5]);
        assert_eq!(seen[5], (429, true));
    }

    async fn a_file_goes_in_by_its_content_and_out_as_attachment(park: Park) {
        let people = park.people().await;
        let enterprise = format!("enterprise_{}", people.enterprise_id().simple());
        let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n".to_vec();
        let path = format!("/documents?name=%E7%AD%BE%E7%BA%A6%20%E8%AF%81%E6%98%8E.exe&enterprise={enterprise}");
        let send = async |who: Who, kind: &'static str, bytes: Vec<u8>| {
            let request = park.post(who, &path).await.header("content-type", kind).body(bytes);
            request.send().await.expect("an answer")
        };
        let stored = send(Who::Liaison, "application/octet-stream", pdf.clone()).await;
        assert_eq!(stored.status(), StatusCode::CREATED);
        let stored: Value = stored.json().await.expect("JSON");
        assert_eq!(stored["contentType"], "application/pdf");
        let id = stored["id"].as_str().expect("an id");

        let given = park.get(Who::Enterprise, &format!("/documents/{id}")).await;
        let given = given.send().await.expect("an answer");
        assert_eq!(given.status(), StatusCode::OK);
        let disposition = given.headers()["content-disposition"].to_str().expect("text");
        assert!(disposition.starts_with("attachment; filename*=UTF-8''%E7%AD%BE%E7%BA%A6%20"), "{disposition}");
        assert_eq!(given.headers()["content-type"], "application/pdf");
        assert_eq!(given.headers()["x-content-type-options"], "nosniff");
        assert_eq!(given.bytes().await.expect("a body"), pdf);

        let before = park.dump().await;
        for who in [Who::OtherEnterprise, Who::OtherLiaison, Who::Window, Who::Inspector, Who::Admin] {
            let hidden = park.get(who, &format!("/documents/{id}")).await.send().await.expect("an answer");
            assert_eq!(hidden.status(), StatusCode::NOT_FOUND, "{who:?}");
        }
        let stranger = park.get(Who::Nobody, &format!("/documents/{id}")).await.send().await.expect("an answer");
        assert_eq!(stranger.status(), StatusCode::UNAUTHORIZED);
        for (who, kind, bytes, status) in [
            (Who::OtherLiaison, "application/octet-stream", pdf.clone(), StatusCode::NOT_FOUND),
            (Who::Supervisor, "application/octet-stream", pdf.clone(), StatusCode::FORBIDDEN),
            (Who::Nobody, "application/octet-stream", pdf.clone(), StatusCode::UNAUTHORIZED),
            (Who::Liaison, "text/plain", pdf.clone(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
            (Who::Liaison, "application/octet-stream", b"MZ program".to_vec(), StatusCode::UNPROCESSABLE_ENTITY),
            (Who::Liaison, "application/octet-stream", Vec::new(), StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            assert_eq!(send(who, kind, bytes).await.status(), status, "{who:?} {kind}");
        }
        before.assert_same(&park.dump().await);
    }

    async fn strangers_may_ask_ten_times_a_minute(park: Park) {
        let address = open(&park, Config { rate_limits: true, ..settings() }).await;
        for _ in 0..10 {
            assert_eq!(post(&address, "{ viewer { id } }").await.0, StatusCode::OK);
        }
        let (status, answer) = post(&address, "{ viewer { id } }").await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "RATE_LIMITED");
    }

    async fn the_public_feed_has_the_rate_of_its_page(park: Park) {
        let address = open(&park, Config { rate_limits: true, ..settings() }).await;
        let feed = async || reqwest::get(format!("{address}/feeds/evaluations.atom")).await.expect("an answer").status();
        for _ in 0..10 {
            assert_eq!(feed().await, StatusCode::OK);
        }
        assert_eq!(feed().await, StatusCode::TOO_MANY_REQUESTS);
    }

    async fn a_request_names_its_host_once(park: Park) {
        let address = open(&park, settings()).await;
        let ask = async |version: &str, hosts: usize| {
            let hosts = "host: qiyue\r\n".repeat(hosts);
            let said = raw(&address, &format!("GET /livez HTTP/{version}\r\n{hosts}connection: close\r\n\r\n")).await;
            said.split(' ').nth(1).unwrap_or_default().to_owned()
        };
        for (version, hosts, status) in [("1.1", 1, "200"), ("1.1", 0, "400"), ("1.1", 2, "400"), ("1.0", 0, "200"), ("1.0", 2, "400")] {
            assert_eq!(ask(version, hosts).await, status, "{hosts} in {version}");
        }
    }

    async fn the_public_audits_of_graphql_over_http_pass(park: Park) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("audit");
        if !folder.join("node_modules/graphql-http").is_dir() {
            story::not_run(
                "the public audits of GraphQL over HTTP",
                "install Node 20 or newer, then run: npm ci --prefix tests/audit",
            );
            return;
        }
        let address = open(&park, settings()).await;
        let output = tokio::task::spawn_blocking(move || {
            Command::new("node")
                .arg("audit.mjs")
                .arg(format!("{address}/graphql"))
                .current_dir(folder)
                .output()
                .expect("node")
        })
        .await
        .expect("the audits run");
        let report = String::from_utf8_lossy(&output.stdout);
        let trouble = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{report}{trouble}");
    }
}
