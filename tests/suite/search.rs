//! Finding: text filters, the search, and what falls due on which day. What one may not see is not found.

use entity::{commitment, id::new_id, viewer::Role};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    matters::{Matters, done},
    promise, stories,
    window::{Window, plain},
};

/// The lists that find by an enterprise and its numbers, and the field of the filter.
pub const LISTS: [(&str, &str); 9] = [
    ("enterprises", "search"),
    ("contracts", "text"),
    ("commitments", "text"),
    ("obligations", "text"),
    ("projects", "text"),
    ("visits", "text"),
    ("permits", "text"),
    ("rectifications", "text"),
    ("cases", "text"),
];

/// How many rows of a list somebody finds by a text.
async fn found(park: &Park, who: Who, (list, field): (&str, &str), text: &str) -> u64 {
    let query = format!(
        "query($t: String) {{ {list}(first: 1, where: {{ {field}: $t }}) {{ totalCount }} }}"
    );
    let answer = park.graphql(who, &query, json!({"t": text})).await;
    let count = &answer["data"][list]["totalCount"];
    count
        .as_u64()
        .unwrap_or_else(|| panic!("{who:?}: {answer:#}"))
}

async fn number_of(park: &Park, contract: &str) -> String {
    let query = "query($id: ID!) { contract(id: $id) { number } }";
    let data = park.data(Who::Centre, query, json!({"id": contract})).await;
    data["contract"]["number"]
        .as_str()
        .expect("a number")
        .to_owned()
}

/// A text in characters of full width.
fn wide(text: &str) -> String {
    let wide = |character| match character {
        '!'..='~' => char::from_u32(u32::from(character) + 0xfee0),
        _ => None,
    };
    text.chars()
        .map(|character| wide(character).unwrap_or(character))
        .collect()
}

stories! {
    async fn a_list_finds_by_the_enterprise_and_its_numbers(park: Park) {
        let matters = Matters::settle(&park).await;
        let number = number_of(&park, matters.id("contract")).await;
        let ways = [
            "示例科技1有限公司".to_owned(),
            " 示例\u{3000}科技①　有限公司".to_owned(),
            "eXample technology 1".to_owned(),
            wide("Example Technology 1"),
            "91420100 ma4exam123".to_owned(),
            number.to_lowercase(),
            wide(&number),
        ];
        for list in LISTS {
            for text in &ways {
                assert!(found(&park, Who::Centre, list, text).await > 0, "{list:?} {text}");
            }
            // Characters that mean something to a database mean themselves.
            for text in ["示例科技%有限公司", "示例科技_有限公司", "示例科技?有限公司", "示例科技\\有限公司", "9142*123"] {
                assert_eq!(found(&park, Who::Centre, list, text).await, 0, "{list:?} {text}");
            }
            let other = u64::from(list.0 == "enterprises");
            assert_eq!(found(&park, Who::Centre, list, "示例科技2有限公司").await, other, "{list:?}");
        }
    }

    async fn a_list_does_not_find_what_its_reader_may_not_see(park: Park) {
        let matters = Matters::settle(&park).await;
        let number = number_of(&park, matters.id("contract")).await;
        for list in LISTS {
            for text in ["示例科技1有限公司", "91420100MA4EXAM123", &number] {
                assert!(found(&park, Who::Liaison, list, text).await > 0, "{list:?} {text}");
                for who in [Who::OtherLiaison, Who::OtherHead, Who::OtherEnterprise] {
                    assert_eq!(found(&park, who, list, text).await, 0, "{who:?} {list:?} {text}");
                }
            }
        }
        // People are found by their enterprise by who knows enterprises alone.
        let accounts = ("accounts", "search");
        assert_eq!(found(&park, Who::Centre, accounts, "示例科技1有限公司").await, 1);
        assert_eq!(found(&park, Who::Admin, accounts, "示例科技1有限公司").await, 0);
        assert_eq!(found(&park, Who::Admin, accounts, &wide("OTHERLIAISON@")).await, 1);
    }

    async fn an_e_mail_is_found_by_its_recipient(park: Park) {
        Matters::settle(&park).await;
        let (letters, to) = (("letters", "text"), wide("liaison@PARK"));
        assert!(found(&park, Who::Admin, letters, &to).await > 0);
        assert!(found(&park, Who::Liaison, letters, &to).await > 0);
        assert_eq!(found(&park, Who::Admin, letters, "otherliaison%").await, 0);
        assert_eq!(found(&park, Who::OtherLiaison, letters, "专员 01").await, 0);
    }

    async fn a_promise_is_found_by_its_words_in_both_languages(park: Park) {
        let matters = Matters::settle(&park).await;
        let (promises, owed) = (("commitments", "text"), ("obligations", "text"));
        for text in ["示例承诺", "示 例承诺", "AN example", "ａｎ　ｅｘａｍｐｌｅ"] {
            assert!(found(&park, Who::Centre, promises, text).await > 0, "{text}");
            assert!(found(&park, Who::Centre, owed, text).await > 0, "{text}");
            assert_eq!(found(&park, Who::OtherLiaison, owed, text).await, 0, "{text}");
        }
        let event = json!({"commitmentId": matters.id("commitment"), "eventNote": "示例来函：关于用电（增容）", "idempotencyKey": "noted"});
        done(&park, Who::Centre, "obligationOpen", "obligation { id }", event).await;
        assert_eq!(found(&park, Who::Centre, owed, "用电(增容)").await, 1);
        assert_eq!(found(&park, Who::Centre, promises, "用电(增容)").await, 0);
    }

    async fn a_search_finds_promises_by_their_words_alone(park: Park) {
        Matters::settle(&park).await;
        let query = "query($t: String!) { search(text: $t) { commitments { textZh contract { number } } } }";
        let promises = async |who: Who, text: &str| {
            let data = park.data(who, query, json!({"t": text})).await;
            data["search"]["commitments"].as_array().expect("rows").clone()
        };
        for who in [Who::Centre, Who::Liaison, Who::Enterprise] {
            let found = promises(who, "示 例承诺").await;
            let words = |row: &Value| row["textZh"].as_str().expect("words").contains("示例承诺");
            assert!(!found.is_empty() && found.iter().all(words), "{who:?}: {found:?}");
        }
        assert!(promises(Who::OtherLiaison, "示例承诺").await.is_empty());
        assert!(promises(Who::Centre, "示例科技1有限公司").await.is_empty());
    }

    async fn all_promises_are_found_however_many_wordings_they_have(park: Park) {
        Matters::settle(&park).await;
        let one = commitment::Entity::find().one(park.db()).await.expect("a read").expect("a promise");
        let more = (0..501).map(|number| commitment::ActiveModel {
            id: Set(new_id(park.store.now())),
            number: Set(1_000 + number),
            text_zh: Set(format!("逐项示例{number}")),
            ..one.clone().into_active_model().reset_all()
        });
        commitment::Entity::insert_many(more).exec_without_returning(park.db()).await.expect("promises");
        let promises = ("commitments", "text");
        for (text, count) in [("逐项示例", 501), ("逐项示例499", 1), ("逐项示例501", 0)] {
            assert_eq!(found(&park, Who::Centre, promises, text).await, count, "{text}");
        }
        assert_eq!(found(&park, Who::OtherLiaison, promises, "逐项示例").await, 0);
        // Nothing is owed by them yet.
        assert_eq!(found(&park, Who::Centre, ("obligations", "text"), "逐项示例").await, 0);
    }

    async fn the_filter_of_people_says_what_it_finds(park: Park) {
        park.people().await;
        for (role, by_enterprise) in [(Role::Centre, true), (Role::Admin, false)] {
            let (window, _) = Window::of(&park, role).await;
            let page = plain(&window.text(&park, "/accounts").await);
            assert_eq!(page.contains("Name, e-mail or enterprise"), by_enterprise, "{role:?}: {page}");
            assert_eq!(page.contains("Name or e-mail"), !by_enterprise, "{role:?}: {page}");
        }
        let (admin, _) = Window::of(&park, Role::Admin).await;
        let page = plain(&admin.text(&park, "/letters").await);
        assert!(page.contains("Recipient or e-mail"), "{page}");
    }

    async fn a_search_finds_what_its_viewer_may_see(park: Park) {
        Matters::settle(&park).await;
        let query = "query($t: String!) { search(text: $t) {
            enterprises { id } contracts { id } obligations { id } projects { id } people { id } } }";
        let kinds = ["enterprises", "contracts", "obligations", "projects", "people"];
        for who in Who::ALL {
            let of_matters: &[&str] = match who {
                Who::Centre => &kinds,
                Who::Leader | Who::Supervisor | Who::Liaison | Who::Head | Who::Enterprise => &kinds[..4],
                // It has a case at the department.
                Who::Window => &kinds[..1],
                _ => &[],
            };
            for text in ["示例科技1有限公司", "91420100ma4exam123"] {
                let data = park.data(who, query, json!({"t": text})).await;
                for kind in kinds {
                    let rows = data["search"][kind].as_array().expect("rows");
                    assert_eq!(!rows.is_empty(), of_matters.contains(&kind), "{who:?} {kind} {text}");
                }
            }
        }
        let data = park.data(Who::Centre, query, json!({"t": "\u{3000} \u{200b}"})).await;
        assert_eq!(data["search"], Value::Null);
        let many = "{ search(text: \"示例\", first: 21) { people { id } } }";
        assert_eq!(park.refused(Who::Centre, many, json!({})).await, "BAD_REQUEST");
    }

    async fn what_is_called_so_stands_before_what_begins_so(park: Park) {
        park.people().await;
        let names = ["甲示例乙公司", "示例乙公司分公司", "示例乙公司"];
        for (index, name) in names.into_iter().enumerate() {
            let code = tests::ledger::credit_code(index + 60);
            let input = json!({"creditCode": code, "nameZh": name, "industry": "示例"});
            done(&park, Who::Centre, "enterpriseCreate", "enterprise { id }", input).await;
        }
        let query = "query($n: Int!) { search(text: \"示例 乙公司\", first: $n) { enterprises { nameZh } } }";
        let data = park.data(Who::Centre, query, json!({"n": 20})).await;
        let row = |name: &str| json!({"nameZh": name});
        assert_eq!(data["search"]["enterprises"], json!([row(names[2]), row(names[1]), row(names[0])]));
        let data = park.data(Who::Centre, query, json!({"n": 1})).await;
        assert_eq!(data["search"]["enterprises"], json!([row(names[2])]));
    }

    async fn the_page_of_the_search_leads_on(park: Park) {
        Matters::settle(&park).await;
        let (centre, _) = Window::of(&park, Role::Centre).await;
        let page = centre.text(&park, "/search?text=示例科技1").await;
        for way in ["/enterprises?text=", "/contracts?text=", "/obligations?text=", "/projects?text=", "/accounts?text="] {
            assert!(page.contains(&format!("href=\"{way}")), "{way}: {page}");
        }
        let page = centre.text(&park, "/search?text=示例承诺").await;
        assert!(plain(&page).contains("Promises") && page.contains("href=\"/contracts/"), "{page}");
        let nothing = plain(&centre.text(&park, "/search?text=nowhere").await);
        assert!(nothing.contains("Nothing found"), "{nothing}");
        let empty = plain(&centre.text(&park, "/search").await);
        assert!(empty.contains("Enter the name or credit code"), "{empty}");
        // A contact of the second enterprise learns nothing of the first, and nobody but offices has a list of people.
        let (contact, _) = Window::of(&park, Role::Enterprise).await;
        let page = plain(&contact.text(&park, "/search?text=示例科技1").await);
        assert!(page.contains("Nothing found"), "{page}");
        let page = contact.text(&park, "/search?text=示例人员").await;
        assert!(!page.contains("href=\"/accounts"), "{page}");
    }

    async fn what_falls_due_is_told_by_days(park: Park) {
        promise::owed(&park, &[(5, None), (5, None), (9, None)]).await;
        let query = "query($first: Int!, $where: ObligationFilter) {
            obligationsByDay(from: \"2026-09-28\", days: 42, first: $first, where: $where) {
                day { date working } count obligations { deadline { dueOn } } } }";
        let data = park.data(Who::Liaison, query, json!({"first": 1})).await;
        let days = data["obligationsByDay"].as_array().expect("days");
        assert_eq!(days.len(), 42);
        assert_eq!(days[0]["day"], json!({"date": "2026-09-28", "working": true}));
        assert_eq!(days[3]["day"], json!({"date": "2026-10-01", "working": false}));
        let one = "query($where: ObligationFilter) { obligations(first: 100, where: $where) { totalCount } }";
        let mut all = 0;
        for day in days {
            let on = &day["day"]["date"];
            let only = json!({"where": {"dueOn": {"from": on, "to": on}}});
            let listed = park.data(Who::Liaison, one, only).await;
            assert_eq!(day["count"], listed["obligations"]["totalCount"], "{on}");
            let count = day["count"].as_u64().expect("a count");
            all += count;
            let shown = day["obligations"].as_array().expect("rows");
            assert_eq!(shown.len() as u64, count.min(1));
            assert!(shown.iter().all(|row| row["deadline"]["dueOn"] == *on));
        }
        assert!(all >= 3, "{all}");

        // Nobody is told of what he may not see, and the filter is that of the list.
        let sum = |data: &Value| -> u64 {
            let days = data["obligationsByDay"].as_array().expect("days").iter();
            days.filter_map(|day| day["count"].as_u64()).sum()
        };
        let hidden = park.data(Who::OtherLiaison, query, json!({"first": 1})).await;
        assert_eq!(sum(&hidden), 0);
        let text = json!({"first": 1, "where": {"text": "示例承诺"}});
        assert_eq!(sum(&park.data(Who::Liaison, query, text).await), 3);
        let none = json!({"first": 1, "where": {"text": "示例科技2"}});
        assert_eq!(sum(&park.data(Who::Liaison, query, none).await), 0);
        let long = "{ obligationsByDay(from: \"2026-09-28\", days: 43, first: 1) { count } }";
        assert_eq!(park.refused(Who::Liaison, long, json!({})).await, "BAD_REQUEST");
    }

    async fn a_calendar_keeps_the_filter_and_leads_to_the_day(park: Park) {
        promise::owed(&park, &[(5, None)]).await;
        let (window, _) = Window::of(&park, Role::Centre).await;
        let due = "{ obligations(first: 1, where: {text: \"示例承诺\"}) { nodes { deadline { dueOn } } } }";
        let due = park.data(Who::Centre, due, json!({})).await;
        let due = due["obligations"]["nodes"][0]["deadline"]["dueOn"].as_str().expect("a day").to_owned();
        for view in ["month", "week"] {
            let path = format!("/obligations/{view}?owner=LIAISON&on={due}");
            let page = window.text(&park, &path).await;
            let page = page.replace("&#38;", "&").replace("&amp;", "&");
            let of_day = format!("/obligations?owner=LIAISON&from={due}&to={due}");
            assert!(page.contains(&of_day), "{of_day}: {page}");
            for way in ["\"/obligations?owner=LIAISON\"", "/obligations/month?owner=LIAISON&on=", "/obligations/week?owner=LIAISON&on="] {
                assert!(page.contains(way), "{way}: {page}");
            }
            let others = window.text(&park, &format!("/obligations/{view}?owner=CENTRE&text=nowhere&on={due}")).await;
            assert!(plain(&others).contains("Nothing falls due"), "{others}");
            for wrong in ["x", "0026-09-30", "2026-02-30"] {
                let answer = window.get(&park, &format!("/obligations/{view}?on={wrong}")).await;
                assert!(answer.status().is_client_error(), "{wrong}");
            }
        }
    }
}
