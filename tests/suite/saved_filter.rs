//! Saved filters: kept under a name, offered above their list to their owner alone, and deleted.

use entity::viewer::Role;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{
    Who,
    promise::mutation,
    stories,
    window::{Window, hidden, location},
};

fn filter(list: &str, name: &str, query: &str) -> Value {
    json!({"input": {"list": list, "name": name, "query": query}})
}

stories! {
    async fn a_filter_is_saved_for_its_owner_and_deleted(park: Park) {
        let keep = mutation("savedFilterKeep", "savedFilter { id list name query }");
        let red = filter("OBLIGATIONS", "红色预警", "light=RED&light=BLACK&after=c&x=1&sort=-due");
        let saved = park.data(Who::Liaison, &keep, red.clone()).await["savedFilterKeep"]["savedFilter"].take();
        let id = saved["id"].clone();
        let told = json!({"id": id, "list": "OBLIGATIONS", "name": "红色预警", "query": "light=RED&light=BLACK&sort=-due"});
        assert_eq!(saved, told, "what the list understands");
        for (list, name, query, code) in [
            ("OBLIGATIONS", "红色预警", "light=RED", "NAME_TAKEN"),
            ("OBLIGATIONS", " ", "light=RED", "NAME"),
            ("OBLIGATIONS", "示例", "sort=due", "NOTHING"),
            ("OBLIGATIONS", "示例", "https://a.example/obligations?light=RED", "NOTHING"),
            ("ENTERPRISES", "示例", "light=RED", "NOTHING"),
        ] {
            assert_eq!(park.user_error(Who::Liaison, &keep, filter(list, name, query)).await, code, "{list} {query}");
        }
        // The same name serves another list, and another person.
        park.data(Who::Liaison, &keep, filter("CONTRACTS", "红色预警", "within=60")).await;
        park.data(Who::Centre, &keep, red).await;
        let own = "query($list: SavedFilterList) { savedFilters(list: $list) { id list name query } }";
        let seen = park.data(Who::Liaison, own, json!({"list": "OBLIGATIONS"})).await["savedFilters"].take();
        assert_eq!(seen, json!([told]));
        let all = park.data(Who::Liaison, own, json!({})).await["savedFilters"].take();
        assert_eq!(all.as_array().map(Vec::len), Some(2), "{all}");
        assert_eq!(park.data(Who::OtherLiaison, own, json!({})).await["savedFilters"], json!([]));
        for (who, offered) in [(Who::Liaison, true), (Who::OtherLiaison, false)] {
            assert_eq!(park.page(who, "/obligations").await.contains("红色预警"), offered, "{who:?}");
        }

        let gone = mutation("savedFilterDrop", "savedFilter { name }");
        let input = json!({"input": {"id": id}});
        assert_eq!(park.refused(Who::Centre, &gone, input.clone()).await, "NOT_FOUND", "it is another's");
        park.data(Who::Liaison, &gone, input.clone()).await;
        assert_eq!(park.refused(Who::Liaison, &gone, input).await, "NOT_FOUND");
        assert!(!park.page(Who::Liaison, "/obligations").await.contains("红色预警"));
    }

    async fn a_list_has_at_most_twenty(park: Park) {
        let keep = mutation("savedFilterKeep", "savedFilter { id }");
        for number in 1..=20 {
            park.data(Who::Leader, &keep, filter("PROJECTS", &format!("示例 {number}"), "light=RED")).await;
        }
        let more = filter("PROJECTS", "示例", "light=RED");
        assert_eq!(park.user_error(Who::Leader, &keep, more).await, "TOO_MANY");
        park.data(Who::Leader, &keep, filter("CONTRACTS", "示例", "within=60")).await;
    }

    async fn a_filter_is_saved_above_its_list(park: Park) {
        let (window, _) = Window::of(&park, Role::Centre).await;
        let page = window.text(&park, "/contracts?within=60&sort=end").await;
        let (token, address) = (hidden(&page, "token"), "/contracts?within=60&sort=end");
        let fields = |name: &'static str| [("token", token.as_str()), ("address", address), ("name", name)];
        let answer = window.post(&park, "/saved-filters", &fields("六十日内到期")).await;
        assert_eq!((answer.status(), location(&answer)), (StatusCode::SEE_OTHER, address));
        assert!(window.text(&park, "/contracts").await.contains("六十日内到期"));
        // Refused, and the form is there again with what it is about.
        let answer = window.post(&park, "/saved-filters", &fields("六十日内到期")).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let again = answer.text().await.expect("a page");
        assert!(hidden(&again, "address").contains("within=60"), "{again}");
        for elsewhere in ["https://a.example/contracts?within=60", "//a.example/contracts?within=60", "/contracts", "/profile?within=60"] {
            let fields = [("token", token.as_str()), ("address", elsewhere), ("name", "示例")];
            let answer = window.post(&park, "/saved-filters", &fields).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{elsewhere}");
        }
        let mine = window.text(&park, "/saved-filters").await;
        let drop = mine.split("action=\"").find(|part| part.starts_with("/saved-filters/")).expect("a form");
        let drop = drop.split('"').next().expect("an address").to_owned();
        let answer = window.post(&park, &drop, &[("token", &token)]).await;
        assert_eq!((answer.status(), location(&answer)), (StatusCode::SEE_OTHER, "/saved-filters"));
        assert!(!window.text(&park, "/contracts").await.contains("六十日内到期"));
    }
}
