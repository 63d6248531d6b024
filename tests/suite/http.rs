//! The network door: GraphQL over HTTP, and what it refuses.

use std::{path::Path, process::Command};

use api::{config::Config, http};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tests::{Park, stories, story};

/// A door on a loopback port of its own, open as long as the story runs.
async fn open(park: &Park, config: Config) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let state = http::State::new(park.store.clone(), &config);
    tokio::spawn(http::serve(listener, state, std::future::pending()));
    format!("http://{address}")
}

fn settings() -> Config {
    Config {
        rate_limits: false,
        introspection: true,
        ..Config::default()
    }
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
        let query = format!("{{ {} }}", "viewer { id } ".repeat(11));
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
        let large = post(&address, &" ".repeat(http::LARGEST_BODY)).await;
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

    async fn strangers_may_ask_ten_times_a_minute(park: Park) {
        let address = open(&park, Config { rate_limits: true, ..settings() }).await;
        for _ in 0..10 {
            assert_eq!(post(&address, "{ viewer { id } }").await.0, StatusCode::OK);
        }
        let (status, answer) = post(&address, "{ viewer { id } }").await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "RATE_LIMITED");
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
