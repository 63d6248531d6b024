//! Lists as files: every row once and in order, however long the list is, in large pages that nobody else may ask for.

use api::demo;
use entity::{page::LARGEST_PART, viewer::Role};
use serde_json::json;
use tests::{
    Backend, Park, Who,
    dump::{number, texts},
    size, stories,
    window::Window,
};

/// How often the demonstration is there beside itself: more contracts than one page of a file has.
const COPIES: u32 = 30;

async fn large(backend: Backend) -> Park {
    let park = Park::demonstration(backend).await;
    size::multiply(&park, COPIES).await;
    park.people().await;
    park
}

async fn enter(park: &Park, role: Role) -> Window {
    let mut people = demo::sign_ins();
    let (login, _) = people.find(|(_, known)| *known == role).expect("a sign-in");
    Window::enter(park, login, demo::PASSWORD).await
}

stories! {
    in large;

    async fn a_file_has_every_row_once_and_in_order(park: Park) {
        let leader = enter(&park, Role::Leader).await;
        let file = leader.text(&park, "/contracts.csv").await;
        let numbers: Vec<&str> = file.lines().skip(1).map(|line| line.split(',').next().unwrap_or_default()).collect();
        let known = texts(park.db(), "SELECT number FROM contract ORDER BY number, id").await;
        assert!(known.len() as u64 > LARGEST_PART, "{}", known.len());
        assert_eq!(numbers, known);

        let open = number(park.db(), "SELECT count(*) FROM obligation WHERE closed_at IS NULL").await;
        assert!(open.unsigned_abs() > LARGEST_PART, "{open}");
        let file = leader.text(&park, "/obligations.csv").await;
        assert_eq!(file.lines().count() as u64, open.unsigned_abs() + 1);
    }

    async fn only_a_file_is_read_in_large_pages(park: Park) {
        let leader = enter(&park, Role::Leader).await;
        let read = async { drop(leader.text(&park, "/contracts.csv").await) };
        let ((), sent) = park.recorded(read).await;
        let lists = sent.iter().filter(|sent| sent.statement.sql.contains("ORDER BY \"contract\".\"number\""));
        let contracts = number(park.db(), "SELECT count(*) FROM contract").await.unsigned_abs();
        assert_eq!(lists.count() as u64, contracts.div_ceil(LARGEST_PART));

        let ask = "query($first: Int!) { contracts(first: $first) { nodes { id } } }";
        for first in [101, LARGEST_PART] {
            let answer = park.graphql(Who::Leader, ask, json!({"first": first})).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_REQUEST", "{first}: {answer}");
            assert!(answer["data"].is_null(), "{answer}");
        }
        let page = park.data(Who::Leader, ask, json!({"first": 100})).await;
        assert_eq!(page["contracts"]["nodes"].as_array().map(Vec::len), Some(100));
    }

    async fn a_list_of_letters_reads_no_letter(park: Park) {
        let admin = enter(&park, Role::Admin).await;
        let read = async {
            for path in ["/letters", "/letters.csv"] {
                let text = admin.text(&park, path).await;
                assert!(text.lines().count() > 50, "{path}: {text}");
            }
        };
        let ((), sent) = park.recorded(read).await;
        assert!(sent.iter().any(|sent| sent.statement.sql.contains("\"letter\".\"message_id\"")));
        for content in ["\"letter\".\"facts\"", "\"letter\".\"frozen\""] {
            assert!(sent.iter().all(|sent| !sent.statement.sql.contains(content)), "{content}");
        }
    }
}
