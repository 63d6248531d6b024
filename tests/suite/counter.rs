//! The pages of cases: where a queue stands, in which groups its rows lie, and how what is missing is told at once and asked of the applicant.

use entity::viewer::Role;
use reqwest::StatusCode;
use serde_json::json;
use tests::{
    Park, Who,
    app::TRACES,
    matters::{case, done, on},
    stories,
    window::{Window, hidden, location, page_of},
};

/// A case of the department of the head and of the officer, and its page.
async fn received(park: &Park) -> (String, String) {
    let id = case(park, "R10").await;
    let page = page_of(&id);
    (id, page)
}

stories! {
    async fn a_start_page_tells_where_the_queue_stands(park: Park) {
        let (id, page) = received(&park).await;
        let head = park.page(Who::Head, "/").await;
        assert!(head.contains("id=\"queue\"") && head.contains("href=\"/cases?taken=0\""), "{head}");
        assert!(head.contains(&page), "the next one of the department");
        assert!(park.page(Who::Window, "/").await.contains(&page), "nobody has taken it, so it is his as well");
        assert!(!park.page(Who::OtherHead, "/").await.contains("id=\"queue\""));
        let taken = on(&park, &id, json!({})).await;
        done(&park, Who::Window, "caseTake", "case { id }", taken).await;
        assert!(park.page(Who::Window, "/").await.contains(&page));
        // Five working days, over the holiday.
        park.set_clock("2026-10-14", 9, 0);
        let late = park.page(Who::Window, "/").await;
        assert!(late.contains("to=2026-10-13") && late.contains("light-BLACK"), "{late}");
    }

    async fn a_queue_lies_in_groups_by_what_ends_first(park: Park) {
        let (_, page) = received(&park).await;
        let groups = async |who, path: &str| park.page(who, path).await.matches("class=\"group\"").count();
        for who in [Who::Window, Who::Head, Who::Centre, Who::Leader, Who::Supervisor, Who::Liaison, Who::Enterprise] {
            assert_eq!(groups(who, "/cases").await, 1, "{who:?}");
            assert!(park.page(who, &page).await.contains("id=\"clocks\""), "{who:?}");
        }
        for who in [Who::OtherHead, Who::OtherLiaison, Who::OtherEnterprise, Who::Admin, Who::Inspector] {
            assert_eq!(groups(who, "/cases").await, 0, "{who:?} sees nothing of it");
        }
        // The number on a paper leads to the page of the case, and only those who see it.
        let (officer, _) = Window::of_department(&park, Role::WindowOfficer, Some(park.people().await.departments[0].id)).await;
        let led = officer.get(&park, "/cases/2026900001-R10").await;
        assert_eq!((led.status(), location(&led)), (StatusCode::SEE_OTHER, page.as_str()));
        let (stranger, _) = Window::of(&park, Role::Enterprise).await;
        assert_eq!(stranger.get(&park, "/cases/2026900001-R10").await.status(), StatusCode::NOT_FOUND);
        // In another order, and with another state, there is nothing to group.
        for path in ["/cases?sort=-due", "/cases?state=ALL"] {
            let list = park.page(Who::Window, path).await;
            assert!(list.contains(&page) && !list.contains("class=\"group\""), "{path}");
        }
        for path in ["/cases?state=DECIDED", "/cases?mine=1", "/cases?light=RED", "/cases?turn=APPLICANT", "/cases?to=2026-10-12"] {
            assert!(!park.page(Who::Window, path).await.contains(&page), "{path}");
        }
        assert!(park.page(Who::Window, "/cases?text=2026900001&silence=T0&within=10").await.contains(&page));
    }

    async fn everything_that_is_missing_is_told_on_one_page_and_asked_of_the_applicant(park: Park) {
        let (_, page) = received(&park).await;
        let department = park.people().await.departments[0].id;
        let (officer, _) = Window::of_department(&park, Role::WindowOfficer, Some(department)).await;
        let address = format!("{page}/ask-correction");
        let form = officer.text(&park, &address).await;
        let (token, version) = (hidden(&form, "token"), hidden(&form, "expectedVersion"));
        let send = async |more: &[(&str, &str)]| {
            let mut fields = vec![("token", token.as_str()), ("expectedVersion", version.as_str())];
            fields.extend(more);
            officer.post(&park, &address, &fields).await
        };
        let before = park.dump().await.without(TRACES);
        for (more, field) in [
            (&[("text-2", "请补盖公章。")][..], Some("reason-2")),
            (&[("reason-2", "SIGNATURE")][..], Some("text-2")),
            (&[("againFor", "示例")][..], None),
        ] {
            let answer = send(more).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{more:?}");
            let text = answer.text().await.expect("a page");
            assert!(field.is_none_or(|field| text.contains(&format!("id=\"{field}-wrong\""))), "{more:?}: {text}");
            assert!(more.iter().all(|(name, typed)| *name == "againFor" || text.contains(typed)), "nothing is lost");
        }
        before.assert_same(&park.dump().await.without(TRACES));
        let told = send(&[("reason-2", "SIGNATURE"), ("text-2", "请补盖公章。"), ("reason-1", "OTHER"), ("text-1", "请说明用途。")]).await;
        assert_eq!((told.status(), location(&told)), (StatusCode::SEE_OTHER, page.as_str()));

        // Its applicant finds it on the start page, on the page of the case, and beside each line a place for its files.
        assert!(park.page(Who::Enterprise, "/").await.contains(&page));
        let own = park.page(Who::Enterprise, &page).await;
        assert!(own.contains("请补盖公章。") && own.contains(&format!("{page}/complete")), "{own}");
        assert!(!own.contains("id=\"checklist\""), "what the office checks is not told");
        let answer = park.page(Who::Enterprise, &format!("{page}/complete")).await;
        assert_eq!(answer.matches("type=\"file\"").count(), 1, "one of the two lines is about a material: {answer}");
        // A second notice asks why.
        assert!(!form.contains("name=\"againFor\""));
    }
}
