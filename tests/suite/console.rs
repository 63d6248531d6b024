//! The console at its door: sessions, forms, files. What people see is told in `tests/browser`.

use api_door::scalar::Kind;
use async_graphql::ID;
use entity::{
    account,
    error::Explain,
    id::new_id,
    language::{Language, Text},
    notice::commands::{NewNotice, tell_all},
    supervision::rules::SupervisionError,
    viewer::{Role, Viewer},
};
use reqwest::{StatusCode, header};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use tests::{
    Park, Who,
    app::TRACES,
    matters::{done, version},
    promise, stories,
    window::{PASSWORD, Window, hidden, location},
};

/// The page of something that is owed.
async fn owed(park: &Park) -> String {
    let ids = promise::owed(park, &[(5, None)]).await;
    let key = Kind::Obligation.key(&ID(ids[0].clone())).expect("an id");
    format!("/obligations/{key}")
}

stories! {
    async fn a_stranger_is_led_to_the_entrance(park: Park) {
        park.people().await;
        let window = Window::default();
        for path in ["/", "/obligations", "/obligations.csv", "/obligations.xlsx"] {
            let answer = window.get(&park, path).await;
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
            assert!(location(&answer).starts_with("/sign-in"), "{path}");
        }
        let page = window.get(&park, "/sign-in").await;
        assert_eq!(page.status(), StatusCode::OK);
        let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("a text").to_owned();
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.headers()[header::CACHE_CONTROL], "no-store");
        assert_eq!(window.get(&park, "/no/such/page").await.status(), StatusCode::NOT_FOUND);
        // The internals are shown by setting alone.
        assert_eq!(window.get(&park, "/console/design").await.status(), StatusCode::NOT_FOUND);
    }

    async fn a_page_knows_when_its_session_ends_and_a_part_leads_to_the_entrance(park: Park) {
        let path = "/obligations?light=RED";
        let (window, _) = Window::of(&park, Role::Centre).await;
        let stays = |answer: &reqwest::Response| answer.headers().get("session-stays").cloned();
        let page = window.get(&park, path).await;
        assert_eq!(stays(&page).expect("a header"), "900");
        assert!(page.text().await.expect("a page").contains("data-stays=\"900\""));
        park.clock.advance(chrono::TimeDelta::minutes(14));
        assert_eq!(stays(&window.get(&park, "/notices/unread").await).expect("a header"), "900");
        park.clock.advance(chrono::TimeDelta::minutes(15));
        let part = window.client.get(park.url(path).await).header("hx-request", "true");
        let part = part.send().await.expect("an answer");
        assert_eq!(part.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(part.headers()["hx-redirect"], "/sign-in?next=%2Fobligations%3Flight%3DRED");
        assert_eq!(stays(&part), None);
    }

    async fn a_form_from_elsewhere_changes_nothing(park: Park) {
        let path = owed(&park).await;
        let (window, _) = Window::of(&park, Role::Centre).await;
        let (other, _) = Window::of(&park, Role::Centre).await;
        let token = window.token(&park, &path).await;
        let before = park.dump().await.without(TRACES);
        let fields = |token| [("token", token), ("expectedVersion", "1"), ("evidenceNote", "done")];
        let act = format!("{path}/fulfil");
        let longer = format!("{token}x");
        for token in ["", "what.ever", &longer] {
            assert_eq!(window.post(&park, &act, &fields(token)).await.status(), StatusCode::FORBIDDEN);
        }
        let foreign = window
            .client
            .post(park.url(&act).await)
            .header("sec-fetch-site", "cross-site")
            .form(&fields(&token));
        assert_eq!(foreign.send().await.expect("an answer").status(), StatusCode::FORBIDDEN);
        assert_eq!(other.post(&park, &act, &fields(&token)).await.status(), StatusCode::FORBIDDEN);
        before.assert_same(&park.dump().await.without(TRACES));

        let done = window.post(&park, &act, &fields(&token)).await;
        assert_eq!((done.status(), location(&done)), (StatusCode::SEE_OTHER, path.as_str()));
    }

    async fn a_long_list_is_a_file_to_its_end(park: Park) {
        let (window, _) = Window::of(&park, Role::Admin).await;
        let made: Vec<_> = (0..5_100).map(|number| account::ActiveModel {
            id: Set(new_id(park.store.now())),
            login: Set(format!("person{number:05}@park.example")),
            name: Set(format!("专员 {number}")),
            role: Set(Role::Liaison),
            department_id: Set(None),
            enterprise_id: Set(None),
            language: Set(Language::Chinese),
            telephone: Set(None),
            password_hash: Set(None),
            demonstration: Set(false),
            created_at: Set(park.store.now()),
            disabled_at: Set(None),
            version: Set(1),
        }).collect();
        for part in made.chunks(500) {
            account::Entity::insert_many(part.to_vec()).exec_without_returning(park.db()).await.expect("inserted");
        }
        let all = account::Entity::find().count(park.db()).await.expect("a count");
        let values = window.text(&park, "/accounts.csv").await;
        assert_eq!(values.trim().lines().count() as u64, all + 1, "its head, and everybody");
        assert!(values.contains("person05099@park.example"));
        let answer = window.get(&park, "/accounts.xlsx").await;
        assert!(answer.headers()["content-disposition"].to_str().expect("text").ends_with(".xlsx"));
        let bytes = answer.bytes().await.expect("a workbook").to_vec();
        let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).expect("a sheet").expect("read");
        assert_eq!(sheet.height() as u64, all + 1);
    }

    async fn what_is_not_ones_own_does_not_exist(park: Park) {
        let path = owed(&park).await;
        let (window, _) = Window::of(&park, Role::Enterprise).await;
        let nobodys = new_id(park.store.now());
        for path in [path, format!("/obligations/{nobodys}"), "/obligations/nonsense".to_owned()] {
            assert_eq!(window.get(&park, &path).await.status(), StatusCode::NOT_FOUND, "{path}");
            assert_eq!(window.get(&park, &format!("{path}/why")).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
        let list = window.text(&park, "/obligations.csv?state=ALL").await;
        assert_eq!(list.trim().lines().count(), 1, "{list}");
    }

    async fn a_stale_page_says_who_was_first(park: Park) {
        let path = owed(&park).await;
        let (window, _) = Window::of(&park, Role::Centre).await;
        let page = window.text(&park, &path).await;
        let (token, version) = (hidden(&page, "token"), hidden(&page, "expectedVersion"));
        let fields = [("token", token.as_str()), ("expectedVersion", &version), ("evidenceNote", "the first")];
        let act = format!("{path}/fulfil");
        assert_eq!(window.post(&park, &act, &fields).await.status(), StatusCode::SEE_OTHER);
        let before = park.dump().await.without(TRACES);
        let late = [("token", token.as_str()), ("expectedVersion", &version), ("evidenceNote", "the second")];
        let answer = window.post(&park, &act, &late).await;
        assert_eq!(answer.status(), StatusCode::CONFLICT);
        let told = answer.text().await.expect("a page");
        assert!(told.contains("示例人员") && told.contains("the second"), "{told}");
        before.assert_same(&park.dump().await.without(TRACES));
    }

    async fn a_session_that_ends_under_a_form_keeps_what_was_typed(park: Park) {
        let path = owed(&park).await;
        let (window, login) = Window::of(&park, Role::Centre).await;
        let page = window.text(&park, &path).await;
        let (token, version) = (hidden(&page, "token"), hidden(&page, "expectedVersion"));
        park.clock.advance(chrono::TimeDelta::days(3));
        let fields = [("token", token.as_str()), ("expectedVersion", &version), ("evidenceNote", "typed at length")];
        let answer = window.post(&park, &format!("{path}/fulfil"), &fields).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        let page = answer.text().await.expect("a page");
        assert!(page.contains("typed at length"));
        let (token, next) = (hidden(&page, "token"), hidden(&page, "next"));
        let (note, kept) = (hidden(&page, "kept:evidenceNote"), hidden(&page, "kept:expectedVersion"));
        let answer = window.post(&park, "/sign-in", &[
            ("token", token.as_str()),
            ("next", &next),
            ("kept:evidenceNote", &note),
            ("kept:expectedVersion", &kept),
            ("login", &login),
            ("password", PASSWORD),
        ]).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let page = answer.text().await.expect("a page");
        let token = hidden(&page, "token");
        let again = [
            ("token", token.as_str()),
            ("expectedVersion", &hidden(&page, "expectedVersion")),
            ("evidenceNote", &hidden(&page, "evidenceNote")),
        ];
        let done = window.post(&park, &next, &again).await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER);
        let page = window.text(&park, &path).await;
        assert!(page.contains("typed at length"));
    }

    async fn a_form_whose_file_was_lost_at_the_sign_in_asks_for_it_again(park: Park) {
        let path = owed(&park).await;
        let (window, login) = Window::of(&park, Role::Centre).await;
        let page = window.text(&park, &path).await;
        let (token, version) = (hidden(&page, "token"), hidden(&page, "expectedVersion"));
        park.clock.advance(chrono::TimeDelta::days(3));
        let mut body = String::new();
        for (name, value) in [("token", token.as_str()), ("expectedVersion", &version), ("evidenceNote", "see the file")] {
            body += &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        body += "--b\r\nContent-Disposition: form-data; name=\"evidenceDocument\"; filename=\"proof.pdf\"\r\n\r\n%PDF-1.4\n%%EOF\n\r\n--b--\r\n";
        let request = window.client.post(park.url(&format!("{path}/fulfil")).await).body(body);
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        let page = answer.text().await.expect("a page");
        let kept = ["kept:evidenceNote", "kept:expectedVersion", "kept:lostFile"].map(|name| (name, hidden(&page, name)));
        assert_eq!(kept[2].1, "evidenceDocument");
        let (token, next) = (hidden(&page, "token"), hidden(&page, "next"));
        let mut fields = vec![("token", token.as_str()), ("next", &next), ("login", &login), ("password", PASSWORD)];
        fields.extend(kept.iter().map(|(name, value)| (*name, value.as_str())));
        let page = window.post(&park, "/sign-in", &fields).await.text().await.expect("a page");
        assert!(page.contains("返回表单"), "{page}");
        let names = ["token", "expectedVersion", "evidenceNote", "lostFile"];
        let again = names.map(|name| (name, hidden(&page, name)));
        let again = again.each_ref().map(|(name, value)| (*name, value.as_str()));
        let before = park.dump().await.without(TRACES);
        let answer = window.post(&park, &next, &again).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "nothing is stored without its file");
        let page = answer.text().await.expect("a page");
        assert!(page.contains("choose it again") && page.contains("see the file"), "{page}");
        before.assert_same(&park.dump().await.without(TRACES));
        let whole = &again[..3];
        assert_eq!(window.post(&park, &next, whole).await.status(), StatusCode::SEE_OTHER, "whoever wants it so");
    }

    async fn our_own_files_are_kept_for_good(park: Park) {
        let window = Window::default();
        let page = window.text(&park, "/sign-in").await;
        let style = page.split("href=\"").find(|piece| piece.starts_with("/assets/") && piece.contains("console.css"));
        let style = style.and_then(|piece| piece.split('"').next()).expect("a style").to_owned();
        let answer = window.get(&park, &style).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert!(answer.headers()[header::CACHE_CONTROL].to_str().expect("a text").contains("immutable"));
        let tag = answer.headers()[header::ETAG].clone();
        let again = window.client.get(park.url(&style).await).header(header::IF_NONE_MATCH, tag);
        assert_eq!(again.send().await.expect("an answer").status(), StatusCode::NOT_MODIFIED);
        let small = window.client.get(park.url(&style).await).header(header::ACCEPT_ENCODING, "gzip");
        let small = small.send().await.expect("an answer");
        assert_eq!(small.headers()[header::CONTENT_ENCODING], "gzip");
        assert_eq!(window.get(&park, "/assets/0000000000000000/console.css").await.status(), StatusCode::NOT_FOUND);
    }

    async fn mail_is_not_released_by_a_day_that_cannot_be_read(park: Park) {
        let (window, _) = Window::of(&park, Role::Admin).await;
        let page = window.text(&park, "/mail/hold").await;
        let (token, version) = (hidden(&page, "token"), hidden(&page, "expectedVersion"));
        let fields = [("token", token.as_str()), ("expectedVersion", &version), ("reason", "演练")];
        assert_eq!(window.post(&park, "/mail/hold", &fields).await.status(), StatusCode::SEE_OTHER);
        let version = hidden(&window.text(&park, "/mail/release").await, "expectedVersion");
        let fields = |since| [
            ("token", token.as_str()),
            ("expectedVersion", version.as_str()),
            ("kind", "ALL"),
            ("writtenSince", since),
            ("reason", "演练结束"),
        ];
        let before = park.dump().await.without(TRACES);
        for since in ["2026-13-01", "29.9.2026"] {
            let answer = window.post(&park, "/mail/release", &fields(since)).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{since}");
            let page = answer.text().await.expect("a page");
            assert!(page.contains("id=\"writtenSince-wrong\""), "{page}");
        }
        before.assert_same(&park.dump().await.without(TRACES));
        assert_eq!(window.post(&park, "/mail/release", &fields("")).await.status(), StatusCode::SEE_OTHER);
    }

    async fn wishes_that_are_refused_stay_as_they_were_typed(park: Park) {
        let (window, _) = Window::of(&park, Role::Liaison).await;
        let page = window.text(&park, "/profile").await;
        let (token, version) = (hidden(&page, "token"), hidden(&page, "expectedVersion"));
        let fields = |from, until| [
            ("token", token.as_str()),
            ("expectedVersion", version.as_str()),
            ("language", "ZH_CN"),
            ("weekday", "TUESDAY"),
            ("from", from),
            ("until", until),
        ];
        let before = park.dump().await.without(TRACES);
        for (from, until, wrong) in [("abc", "18", "from"), ("8", "", "until"), ("8", "25", "until"), ("", "18", "from")] {
            let answer = window.post(&park, "/profile/preferences", &fields(from, until)).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{from} {until}");
            let page = answer.text().await.expect("a page");
            assert!(page.contains(&format!("id=\"{wrong}-wrong\"")), "{page}");
            assert!(page.contains("value=\"TUESDAY\" checked") && !page.contains("value=\"MONDAY\" checked"), "{page}");
        }
        let many = [("token", token.as_str()), ("tokenName", "数据大屏"), ("days", "99999999999")];
        let answer = window.post(&park, "/profile/tokens", &many).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        before.assert_same(&park.dump().await.without(TRACES));
        assert_eq!(window.post(&park, "/profile/preferences", &fields("", "")).await.status(), StatusCode::SEE_OTHER);
    }

    async fn a_contact_without_an_enterprise_keeps_what_was_typed(park: Park) {
        let (window, _) = Window::of(&park, Role::Centre).await;
        let token = window.token(&park, "/visits/record").await;
        let before = park.dump().await.without(TRACES);
        let mut body = String::new();
        for (name, value) in [("token", token.as_str()), ("enterpriseId", ""), ("kind", "TELEPHONE"), ("summary", "typed at length")] {
            body += &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        body += "--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"minutes.pdf\"\r\n\r\n%PDF-1.4\n%%EOF\n\r\n--b--\r\n";
        let request = window.client.post(park.url("/visits/record").await).body(body);
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text().await.expect("a page");
        assert!(page.contains("id=\"enterpriseId-wrong\"") && page.contains("typed at length"), "{page}");
        before.assert_same(&park.dump().await.without(TRACES));
    }

    async fn a_call_is_recorded_and_starts_the_promise_that_answers_to_it(park: Park) {
        promise::contract(&park, 0, ("2026-09-30", "2027-09-29"), "contractActivate").await;
        park.set_clock("2026-10-12", 9, 0);
        let firm = park.people().await.enterprise_id();
        let (window, _) = Window::of(&park, Role::Centre).await;
        let choice = window.text(&park, &format!("/enterprises/{firm}/events?occurredOn=2026-10-10")).await;
        let mut ways = choice.split("href=\"");
        let way = ways.find(|way| way.contains("starts with a call or letter · 1 working day"));
        let way = way.and_then(|way| way.split('"').next()).expect("the promise").to_owned();
        assert!(!choice.contains("starts with the first day of the week"), "nothing that comes by itself");

        let page = window.text(&park, &way).await;
        assert!(page.contains("value=\"2026-10-10\""), "{page}");
        let (token, key) = (hidden(&page, "token"), hidden(&page, "idempotencyKey"));
        let fields = |day| [
            ("token", token.as_str()),
            ("idempotencyKey", key.as_str()),
            ("occurredOn", day),
            ("eventNote", "询问用电"),
        ];
        let (act, _) = way.split_once('?').expect("a day");
        let before = park.dump().await.without(TRACES);
        for day in ["2026-10-13", "2026-09-29", "the day before"] {
            let answer = window.post(&park, act, &fields(day)).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{day}");
            let page = answer.text().await.expect("a page");
            assert!(page.contains("id=\"occurredOn-wrong\"") && page.contains("询问用电"), "{page}");
        }
        before.assert_same(&park.dump().await.without(TRACES));

        let done = window.post(&park, act, &fields("2026-10-10")).await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER);
        let receipt = location(&done).to_owned();
        let page = window.text(&park, &receipt).await;
        assert!(page.contains("询问用电") && page.contains(&format!("{receipt}/why")), "{page}");
        assert!(page.contains("datetime=\"2026-10-12\""), "one working day after the worked Saturday: {page}");
        let again = window.post(&park, act, &fields("2026-10-10")).await;
        assert_eq!(location(&again), receipt, "it was one call");
    }

    async fn nothing_starts_while_the_contract_is_suspended(park: Park) {
        let contract = promise::contract(&park, 0, ("2026-09-30", "2027-09-29"), "contractActivate").await;
        let paper = promise::file(&park, 0).await;
        let suspend = json!({
            "id": contract, "expectedVersion": version(&park, &contract).await, "documentId": paper, "reason": "双方协商",
        });
        done(&park, Who::Centre, "contractSuspend", "contract { id }", suspend).await;
        let firm = park.people().await.enterprise_id();
        let (window, _) = Window::of(&park, Role::Centre).await;
        let page = window.text(&park, &format!("/enterprises/{firm}/events")).await;
        assert!(page.contains("No event can be recorded now") && !page.contains("/commitments/"), "{page}");
        let (stranger, _) = Window::of(&park, Role::Leader).await;
        let refused = stranger.get(&park, &format!("/enterprises/{firm}/events")).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    }

    async fn notices_are_read_one_by_one_or_all_at_once(park: Park) {
        let (window, login) = Window::of(&park, Role::Liaison).await;
        let (other, _) = Window::of(&park, Role::Liaison).await;
        let person = account::Entity::find()
            .filter(account::Column::Login.eq(&login))
            .one(park.db())
            .await
            .expect("a read")
            .expect("the person");
        let tell = async |names: &[&str]| {
            let unit = park.store.begin(&Viewer::system("story")).await.expect("begun");
            let all = names.iter().map(|name| NewNotice {
                key: format!("story:{name}"),
                recipient_id: person.id,
                kind: "digest".to_owned(),
                title: Text::new(*name, *name),
                path: (*name == "first").then(|| "/obligations".to_owned()),
                letter_id: None,
                waits_for_digest: false,
            });
            tell_all(&unit, all.collect()).await.expect("told");
            unit.commit().await.expect("committed");
        };
        tell(&["first", "second", "third"]).await;
        let bell = window.text(&park, "/notices/unread").await;
        assert!(bell.starts_with("3<"), "{bell}");
        assert!(other.text(&park, "/notices/unread").await.trim().is_empty());

        let page = window.text(&park, "/notices").await;
        let (token, seen) = (hidden(&page, "token"), hidden(&page, "seenAt"));
        let first = page.split("<li>").find(|row| row.contains("<b>first</b>")).expect("its row");
        let act = first.split("action=\"").nth(1).and_then(|act| act.split('"').next()).expect("its form");
        let before = park.dump().await.without(TRACES);
        let foreign = other.token(&park, "/profile").await;
        let answer = other.post(&park, act, &[("token", &foreign)]).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        let late = [("token", token.as_str()), ("seenAt", "2026-12-01T00:00:00Z")];
        assert_eq!(window.post(&park, "/notices/read-all", &late).await.status(), StatusCode::FORBIDDEN);
        before.assert_same(&park.dump().await.without(TRACES));

        let answer = window.post(&park, act, &[("token", &token), ("open", "true")]).await;
        assert_eq!(location(&answer), "/obligations");
        let left = window.text(&park, "/notices?state=UNREAD").await;
        assert!(left.contains("<b>second</b>") && !left.contains("<b>first</b>"), "{left}");
        park.clock.advance(chrono::TimeDelta::minutes(1));
        tell(&["fourth"]).await;
        let all = [("token", token.as_str()), ("seenAt", seen.as_str())];
        let answer = window.post(&park, "/notices/read-all", &all).await;
        assert_eq!((answer.status(), location(&answer)), (StatusCode::SEE_OTHER, "/notices"));
        let left = window.text(&park, "/notices?state=UNREAD").await;
        assert!(left.contains("fourth") && !left.contains("third"), "what came later stays unread: {left}");
    }

    async fn a_leave_is_recorded_with_who_can_stand_in_and_ended(park: Park) {
        let people = park.people().await;
        let id = |who| Kind::Account.id(people.account(who).id).0;
        let (window, _) = Window::of(&park, Role::Liaison).await;
        let page = window.text(&park, "/absences/new").await;
        assert!(page.contains(&id(Who::OtherLiaison)) && !page.contains(&id(Who::Centre)), "{page}");
        let foreign = format!("/absences/new?accountId={}", id(Who::OtherLiaison));
        assert_eq!(window.get(&park, &foreign).await.status(), StatusCode::NOT_FOUND);
        let (token, key) = (hidden(&page, "token"), hidden(&page, "idempotencyKey"));
        let (_, person) = page.split_once("name=\"accountId\"").expect("who");
        let own = person.split("value=\"").nth(2).and_then(|rest| rest.split('"').next()).expect("oneself").to_owned();
        let (unfit, deputy) = (id(Who::Centre), id(Who::OtherLiaison));
        let fields = |deputy, until| [
            ("token", token.as_str()),
            ("idempotencyKey", key.as_str()),
            ("accountId", own.as_str()),
            ("deputyId", deputy),
            ("fromOn", "2026-10-08"),
            ("untilOn", until),
        ];
        let before = park.dump().await.without(TRACES);
        for (deputy, until, wrong) in [(&unfit, "2026-10-09", "deputyId"), (&deputy, "2026-10-07", "untilOn")] {
            let answer = window.post(&park, "/absences/new", &fields(deputy, until)).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(answer.text().await.expect("a page").contains(&format!("id=\"{wrong}-wrong\"")), "{wrong}");
        }
        before.assert_same(&park.dump().await.without(TRACES));

        let done = window.post(&park, "/absences/new", &fields(&deputy, "2026-10-09")).await;
        assert_eq!((done.status(), location(&done)), (StatusCode::SEE_OTHER, "/absences"));
        let list = window.text(&park, "/absences").await;
        let mut ways = list.split("href=\"").filter_map(|way| way.split('"').next());
        let end = ways.find(|way| way.starts_with("/absences/") && way.ends_with("/end")).expect("it can be ended");
        let page = window.text(&park, end).await;
        assert!(page.contains("2026-10-08 – 2026-10-09"), "{page}");
        let (token, version) = (hidden(&page, "token"), hidden(&page, "expectedVersion"));
        let ended = window.post(&park, end, &[("token", &token), ("expectedVersion", &version)]).await;
        assert_eq!((ended.status(), location(&ended)), (StatusCode::SEE_OTHER, "/absences"));
        assert!(!window.text(&park, "/absences").await.contains("2026-10-09"), "it is called off");
        assert!(window.text(&park, "/absences?state=ALL").await.contains("2026-10-09"));
    }

    async fn a_draft_is_changed_on_its_page_as_long_as_it_is_one(park: Park) {
        let draft = promise::contract(&park, 0, ("2026-09-30", "2027-09-29"), "contractDraft").await;
        let key = Kind::Contract.key(&ID(draft.clone())).expect("an id");
        let (window, _) = Window::of(&park, Role::Centre).await;
        let acts = window.text(&park, &format!("/contracts/{key}/acts")).await;
        let act = format!("/contracts/{key}/change-draft");
        assert!(acts.contains(&format!("{act}?clause=1")), "{acts}");
        let page = window.text(&park, &format!("{act}?clause=1")).await;
        let (token, version) = (hidden(&page, "token"), hidden(&page, "expectedVersion"));
        let fields = |ends_on| [
            ("token", token.as_str()),
            ("expectedVersion", version.as_str()),
            ("parkParty", "示例服务中心"),
            ("startsOn", "2026-09-30"),
            ("endsOn", ends_on),
            ("number", "1"),
            ("title", "示例标题"),
            ("body", "示例内容"),
        ];
        let before = park.dump().await.without(TRACES);
        for day in ["2026-09-29", "soon"] {
            let answer = window.post(&park, &act, &fields(day)).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{day}");
            assert!(answer.text().await.expect("a page").contains("id=\"endsOn-wrong\""), "{day}");
        }
        let without_number = fields("2027-03-31").map(|(name, value)| (name, if name == "number" { "" } else { value }));
        let answer = window.post(&park, &act, &without_number).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().await.expect("a page").contains("id=\"number-wrong\""));
        before.assert_same(&park.dump().await.without(TRACES));
        let done = window.post(&park, &act, &fields("2027-03-31")).await;
        assert_eq!((done.status(), location(&done)), (StatusCode::SEE_OTHER, &*format!("/contracts/{key}/acts")));
        // A form that is refused after others have changed the draft is still about what was seen, so it overwrites nothing.
        let answer = window.post(&park, &act, &fields("soon")).await.text().await.expect("a page");
        assert_eq!(hidden(&answer, "expectedVersion"), version);
        assert_eq!(window.post(&park, &act, &fields("2027-02-28")).await.status(), StatusCode::CONFLICT);
        let page = window.text(&park, &format!("/contracts/{key}")).await;
        assert!(page.contains("示例标题") && page.contains("datetime=\"2027-03-31\""), "{page}");
        promise::walk(&park, &draft, "contractSubmitForReview").await;
        assert_eq!(window.get(&park, &act).await.status(), StatusCode::FORBIDDEN);
    }

    async fn an_order_stands_on_the_page_of_what_it_is_about(park: Park) {
        let [id, later] = promise::owed(&park, &[(1, None), (20, None)]).await.try_into().expect("two");
        park.set_clock("2026-10-15", 9, 0);
        let key = Kind::Obligation.key(&ID(id.clone())).expect("an id");
        let (page, act) = (format!("/obligations/{key}"), format!("/obligations/{key}/supervise"));
        let (centre, _) = Window::of(&park, Role::Centre).await;
        assert!(!centre.text(&park, &page).await.contains(&act));
        let (leader, _) = Window::of(&park, Role::Leader).await;
        assert!(leader.text(&park, &page).await.contains(&act));
        let later = Kind::Obligation.key(&ID(later)).expect("an id");
        let early = leader.text(&park, &format!("/obligations/{later}")).await;
        let reason = SupervisionError::TooEarly.explain();
        assert!(early.contains(reason.in_language(Language::English)) && !early.contains("/supervise"), "{early}");
        let form = leader.text(&park, &act).await;
        let (token, version) = (hidden(&form, "token"), hidden(&form, "expectedVersion"));
        let fields = |reply_by| [
            ("token", token.as_str()),
            ("expectedVersion", version.as_str()),
            ("replyBy", reply_by),
            ("reason", "多次催办未果"),
        ];
        let before = park.dump().await.without(TRACES);
        let late = leader.post(&park, &act, &fields("2026-12-31")).await;
        assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
        before.assert_same(&park.dump().await.without(TRACES));
        let done = leader.post(&park, &act, &fields("2026-10-20")).await;
        assert_eq!((done.status(), location(&done)), (StatusCode::SEE_OTHER, page.as_str()));
        let told = centre.text(&park, &page).await;
        assert!(told.contains("id=\"supervision\"") && told.contains("多次催办未果"), "{told}");
        assert!(told.contains("datetime=\"2026-10-20\""), "{told}");
        assert!(!leader.text(&park, &page).await.contains(&act), "there is one order for each due date");
        let query = "query($id: ID!) { obligation(id: $id) { supervisionOrders { reason dueOn } } }";
        let orders = async |who| park.data(who, query, json!({"id": id})).await["obligation"]["supervisionOrders"].take();
        assert_eq!(orders(Who::Supervisor).await, json!([{"reason": "多次催办未果", "dueOn": "2026-10-08"}]));
        assert_eq!(orders(Who::Enterprise).await, json!([]));
    }

    async fn a_design_is_adopted_as_it_was_filled_in(park: Park) {
        let (window, _) = Window::of(&park, Role::Centre).await;
        let page = window.text(&park, "/evaluations/design").await;
        let (_, main) = page.split_once("<main").expect("a page");
        let between = |piece: &str, open: &str, close: &str| {
            let (_, rest) = piece.split_once(open)?;
            Some(rest.split_once(close)?.0.to_owned())
        };
        let numbers = main.split("<input ").skip(1).map(|piece| (piece, "value=\"", "\""));
        let texts = main.split("<textarea ").skip(1).map(|piece| (piece, ">", "</textarea>"));
        let stands: Vec<(String, String)> = numbers
            .chain(texts)
            .filter_map(|(piece, open, close)| Some((between(piece, "name=\"", "\"")?, between(piece, open, close)?)))
            .collect();
        assert!(stands.len() > 60, "{stands:?}");
        let with = |publish_from: &str| -> Vec<(String, String)> {
            let value = |name: &str, stands: &str| match name {
                "publishFrom" => publish_from.to_owned(),
                "reason" => "示例：调整".to_owned(),
                _ => stands.to_owned(),
            };
            stands.iter().map(|(name, stands)| (name.clone(), value(name, stands))).collect()
        };
        let send = async |publish_from: &str| {
            let fields = with(publish_from);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            window.post(&park, "/evaluations/design", &fields).await
        };
        let before = park.dump().await.without(TRACES);
        for (number, told) in [("x", "id=\"publishFrom-wrong\""), ("4", "role=\"alert\"")] {
            let answer = send(number).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{number}");
            assert!(answer.text().await.expect("a page").contains(told), "{number}");
        }
        before.assert_same(&park.dump().await.without(TRACES));
        let done = send("6").await;
        assert_eq!((done.status(), location(&done)), (StatusCode::SEE_OTHER, "/evaluations"));
        let query = "{ evaluationDesign { version reason parameters { publishFrom } } }";
        let design = park.data(Who::Centre, query, json!({})).await["evaluationDesign"].take();
        assert_eq!(design, json!({"version": 2, "reason": "示例：调整", "parameters": {"publishFrom": 6}}));
    }
}
