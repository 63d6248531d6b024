//! The promise board: everybody reads what is promised, and of too few cases nobody reads anything.

use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use tests::{Who, stories, window::Window};

use crate::item::{published, settled};

/// An item of the department whose head takes part.
const FILING: &str = "R03";

stories! {
    async fn everybody_reads_what_is_promised_and_nothing_of_few_cases(park: Park) {
        settled(&park).await;
        published(&park, FILING, "2026-10-12").await;
        let query = "{ promiseBoard { from to rows { item { code current { promisedDays } } kept { decided } } } }";
        let told = park.data(Who::Nobody, query, json!({})).await["promiseBoard"].take();
        let row = json!({"item": {"code": FILING, "current": {"promisedDays": 1}}, "kept": null});
        assert_eq!(told, json!({"from": "2025-07-01", "to": "2026-06-30", "rows": [row]}));

        let stranger = Window::default();
        let page = stranger.get(&park, "/board").await;
        assert_eq!(page.status(), StatusCode::OK);
        let tag = page.headers()[header::ETAG].to_str().expect("a tag").to_owned();
        let text = page.text().await.expect("a page");
        assert!(text.contains("/guides/R03\"") && !text.contains("/guides/R05\""), "{text}");
        let request = stranger.client.get(park.url("/board").await).header(header::IF_NONE_MATCH, tag);
        assert_eq!(request.send().await.expect("an answer").status(), StatusCode::NOT_MODIFIED);
        let file = stranger.text(&park, "/board.json").await;
        let file: Value = serde_json::from_str(&file).expect("JSON");
        assert_eq!(file["rows"][0]["item"]["code"], FILING);
        for path in ["/sitemap.xml", "/sign-in"] {
            assert!(stranger.text(&park, path).await.contains("/board"), "{path} leads there");
        }
    }
}
