//! What a Prometheus server reads: figures of the doors, the jobs and the letters, and that every alert we ship asks for figures that
//! exist.

use std::{collections::BTreeSet, sync::Arc};

use api::app;
use entity::schedule::rules::{Days, When};
use jobs::schedule::SCHEDULES;
use reqwest::{Client, StatusCode};
use serde_json::json;
use tests::{
    smtp::{Deed, Smtp, Step},
    stories,
};

use crate::{
    mail::{self, short_patience},
    warnings::ledger,
};

const ALERTS: &str = include_str!("../../docs/alerts.yml");

/// The value of the one series that begins so, with all its labels.
fn value(text: &str, series: &str) -> f64 {
    text.lines()
        .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '))
        .unwrap_or_else(|| panic!("no {series} in\n{text}"))
        .parse()
        .expect("a number")
}

/// The names of all series.
fn names(text: &str) -> BTreeSet<&str> {
    let series = text.lines().filter(|line| !line.starts_with('#'));
    series
        .filter_map(|line| line.split(['{', ' ']).next())
        .collect()
}

stories! {
    async fn what_happens_is_counted_and_how_things_stand_is_shown(park: Park) {
        park.set_clock("2026-09-30", 8, 30);
        ledger(&park).await;
        let relay = Smtp::open().await;
        relay.at(Step::Dot, Deed::Vanish);
        let runner = Arc::new(mail::runner(&park, relay.relay(), short_patience()));
        let state = app::state(park.store.clone(), &park.config());
        let listen = async || tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let (door, figures) = (listen().await, listen().await);
        let address = |listener: &tokio::net::TcpListener| listener.local_addr().expect("an address");
        let (service, scrape) = (
            format!("http://{}", address(&door)),
            format!("http://{}/metrics", address(&figures)),
        );
        tokio::spawn(app::open_doors(door, state.clone(), std::future::pending()));
        tokio::spawn(app::serve_figures(figures, state, runner.clone(), Default::default()));
        let client = Client::builder().no_proxy().build().expect("a client");
        let scraped = async || {
            let answer = client.get(&scrape).send().await.expect("an answer");
            assert_eq!(answer.status(), StatusCode::OK);
            answer.text().await.expect("text")
        };

        let ask = async |query: &str| {
            let request = client.post(format!("{service}/graphql")).json(&json!({ "query": query }));
            request.send().await.expect("an answer")
        };
        ask("{ viewer { id } }").await;
        ask("{ noSuchField }").await;
        ask(&format!("{{ {} }}", "viewer { id } ".repeat(13))).await;
        ask("{ contracts(first: 1) { totalCount } }").await;
        let wrong = json!({"login": "centre@park.example", "password": "not this one"});
        client.post(format!("{service}/session")).json(&wrong).send().await.expect("an answer");
        assert_eq!(
            client.get(format!("{service}/metrics")).send().await.expect("an answer").status(),
            StatusCode::NOT_FOUND,
            "figures are at their own address alone"
        );
        runner.run_due().await;

        let text = scraped().await;
        let is = |series: &str, expected: f64| assert_eq!(value(&text, series), expected, "{series}");
        is(r#"qiyue_graphql_operation_duration_seconds_count{operation="viewer"}"#, 1.0);
        is(r#"qiyue_graphql_errors_total{operation="refused",code="UNAUTHENTICATED"}"#, 2.0);
        is(r#"qiyue_graphql_refused_total{reason="limit"}"#, 1.0);
        is(r#"qiyue_auth_attempts_total{result="wrong"}"#, 1.0);
        is(r#"qiyue_http_request_duration_seconds_count{route="/graphql",method="POST",status="200"}"#, 3.0);
        is(r#"qiyue_http_request_duration_seconds_count{route="none",method="GET",status="404"}"#, 1.0);
        is(r#"qiyue_job_runs_total{job="deadline_warnings",state="SUCCEEDED"}"#, 1.0);
        is(r#"qiyue_job_last_success_timestamp_seconds{job="deadline_warnings"}"#, park.store.now().timestamp() as f64);
        is(r#"qiyue_job_takeovers_total{job="deadline_warnings"}"#, 0.0);
        is("qiyue_calendar_days_ahead", 92.0);
        is("qiyue_completeness_missing", 0.0);
        is("qiyue_smtp_breaker_open", 0.0);
        let unclear = value(&text, "qiyue_letters_ambiguous_total");
        assert!(unclear >= 1.0, "the relay vanished after every dot");
        is(r#"qiyue_letter_attempts_total{phase="BODY",code="none"}"#, unclear);
        assert!(value(&text, "qiyue_pulse_age_seconds") < 60.0);
        assert!(value(&text, r#"qiyue_db_pool_connections{state="idle"}"#) >= 1.0);
        for secret in ["centre@park.example", "not this one", "noSuchField"] {
            assert!(!text.contains(secret), "{secret}");
        }

        let known = names(&text);
        let mut asked = BTreeSet::new();
        for line in ALERTS.lines().filter(|line| line.trim_start().starts_with("expr:")) {
            let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            asked.extend(words.filter(|word| word.starts_with("qiyue_")));
        }
        assert!(asked.len() >= 10, "{asked:?}");
        let unknown: Vec<_> = asked.iter().filter(|name| !known.contains(*name)).collect();
        assert!(unknown.is_empty(), "no such figures: {unknown:?}\n{text}");
    }
}

#[test]
fn the_alert_on_daily_jobs_names_them_all() {
    let (_, jobs) = ALERTS.split_once(r#"{job=~""#).expect("the alert");
    let (jobs, _) = jobs.split_once('"').expect("its end");
    let named: BTreeSet<&str> = jobs.split('|').collect();
    let daily: BTreeSet<&str> = SCHEDULES
        .iter()
        .filter(|job| {
            matches!(
                job.when,
                When::Daily {
                    days: Days::All,
                    ..
                }
            )
        })
        .map(|job| job.name)
        .collect();
    assert_eq!(named, daily);
}
