//! Files that come in: what they are is said by their content, what they are called ends as their content is, and nobody fills the disk.

use entity::document;
use reqwest::StatusCode;
use sea_orm::{EntityTrait, sea_query::Expr};
use serde_json::{Value, json};
use tests::{Park, Who, ledger, stories};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

async fn send(park: &Park, who: Who, name: &str, bytes: Vec<u8>) -> (StatusCode, Value) {
    let request = park.post(who, "/documents").await.query(&[("name", name)]);
    let request = request
        .header("content-type", "application/octet-stream")
        .body(bytes);
    let answer = request.send().await.expect("an answer");
    (answer.status(), answer.json().await.expect("JSON"))
}

stories! {
    async fn the_name_of_a_file_ends_as_its_content_is(park: Park) {
        let values = ledger::csv(2).into_bytes();
        let page = b"<script>1</script>,\n<script>,\n".to_vec();
        let long = format!("{}.pdf", "长".repeat(300));
        let kept = format!("{}.pdf", "长".repeat(251));
        for (given, bytes, stored) in [
            ("台账.vbs", values.clone(), "台账.vbs.csv"),
            ("a.js", values.clone(), "a.js.csv"),
            ("a.bat", values.clone(), "a.bat.csv"),
            ("a.lnk ", values, "a.lnk.csv"),
            ("a.hta", PDF.to_vec(), "a.hta.pdf"),
            ("证明.html.", [b"\xef\xbb\xbf\r\n\r\n".as_slice(), PDF].concat(), "证明.html.pdf"),
            ("证明.PDF", PDF.to_vec(), "证明.PDF"),
            (long.as_str(), PDF.to_vec(), kept.as_str()),
        ] {
            let (status, told) = send(&park, Who::Centre, given, bytes).await;
            assert_eq!((status, &told["name"]), (StatusCode::CREATED, &json!(stored)), "{given}");
            let path = format!("/documents/{}", told["id"].as_str().expect("an id"));
            let given = park.get(Who::Centre, &path).await.send().await.expect("an answer");
            let disposition = given.headers()["content-disposition"].to_str().expect("text").to_lowercase();
            let ending = stored.rsplit('.').next().expect("an ending").to_lowercase();
            assert!(disposition.ends_with(&format!(".{ending}")), "{disposition}");
        }
        let before = park.dump().await;
        let (status, told) = send(&park, Who::Centre, "a.csv", page).await;
        assert_eq!((status, &told["userErrors"][0]["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("UNKNOWN_FORMAT")));
        before.assert_same(&park.dump().await);
    }

    async fn nobody_uploads_without_end(park: Park) {
        let code = async |who: Who| {
            let (status, told) = send(&park, who, "a.pdf", PDF.to_vec()).await;
            assert_eq!(status == StatusCode::CREATED, told["userErrors"].is_null(), "{who:?}: {status} {told}");
            told["userErrors"][0]["code"].clone()
        };
        assert_eq!(code(Who::Enterprise).await, Value::Null);
        assert_eq!(code(Who::Centre).await, Value::Null);
        // As if the one file of each were as large as all that may be.
        let grown = |bytes: u64, hours: i64| {
            let bytes = i64::try_from(bytes).expect("fits");
            let at = park.store.now() - chrono::TimeDelta::hours(hours);
            let update = document::Entity::update_many().col_expr(document::Column::Size, Expr::value(bytes));
            update.col_expr(document::Column::UploadedAt, Expr::value(at)).exec(park.db())
        };
        grown(document::rules::MOST_BYTES, 23).await.expect("grown");
        let before = park.dump().await;
        assert_eq!(code(Who::Centre).await, json!("TOO_MANY_OF_ACCOUNT"));
        assert_eq!(code(Who::Enterprise).await, json!("TOO_MANY_OF_ACCOUNT"));
        before.assert_same(&park.dump().await);
        assert_eq!(code(Who::Liaison).await, Value::Null, "the room of the others is their own");

        // A day later there is room again; of an enterprise all days count.
        grown(document::rules::MOST_OF_ENTERPRISE, 25).await.expect("grown");
        assert_eq!(code(Who::Centre).await, Value::Null);
        let before = park.dump().await;
        assert_eq!(code(Who::Enterprise).await, json!("TOO_MANY_OF_ENTERPRISE"));
        before.assert_same(&park.dump().await);
        assert_eq!(code(Who::OtherEnterprise).await, Value::Null);
    }

    async fn pictures_and_pages_are_shown_and_a_disguised_file_is_not(park: Park) {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".to_vec();
        let values = b"<!-- -->,a\n<b>,c\n".to_vec();
        let values = [b"a,b\n".to_vec(), values].concat();
        let store = async |name: &str, bytes: Vec<u8>| {
            let (status, told) = send(&park, Who::Centre, name, bytes).await;
            assert_eq!(status, StatusCode::CREATED, "{told}");
            format!("/documents/{}/shown", told["id"].as_str().expect("an id"))
        };
        let (picture, pages) = (store("现场.png", png).await, store("证明.pdf", PDF.to_vec()).await);
        let disguised = store("现场照片.png", values).await;
        let open = async |who: Who, path: &str| park.get(who, path).await.send().await.expect("an answer");
        for (path, kind, policy, frame) in [
            (&picture, "image/png", "sandbox", "DENY"),
            (&pages, "application/pdf", "frame-ancestors 'self'", "SAMEORIGIN"),
        ] {
            let answer = open(Who::Centre, path).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
            assert_eq!(header("content-type"), kind);
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert_eq!(header("x-frame-options"), frame);
            assert!(header("content-disposition").starts_with("inline;"));
            let given = header("content-security-policy");
            assert!(given.contains(policy) && !given.contains("unsafe") && !given.contains("allow"), "{given}");
        }
        assert_eq!(open(Who::Centre, &disguised).await.status(), StatusCode::NOT_FOUND);
        // Whatever the row says of its type, and whatever lies there: the content is looked at when it is shown.
        let update = document::Entity::update_many().col_expr(document::Column::ContentType, Expr::value("image/png"));
        update.exec(park.db()).await.expect("changed");
        assert_eq!(open(Who::Centre, &disguised).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(open(Who::Centre, &pages).await.headers()["content-type"], "application/pdf");
        let page = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>".to_vec();
        let blobs = document::blob::Entity::update_many().col_expr(document::blob::Column::Bytes, Expr::value(page));
        blobs.exec(park.db()).await.expect("changed");
        for path in [&picture, &pages, &disguised] {
            assert_eq!(open(Who::Centre, path).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
        // Who may not see a file finds none.
        assert_eq!(open(Who::Nobody, &picture).await.status(), StatusCode::UNAUTHORIZED);
        for who in [Who::Enterprise, Who::OtherLiaison, Who::Window, Who::Admin] {
            assert_eq!(open(who, &picture).await.status(), StatusCode::NOT_FOUND, "{who:?}");
        }
    }
}
