//! A park of some hundred enterprises: its reports and the leader's page are true and bounded, and what has nothing to do costs nothing.

use api::demo;
use api_door::scalar::Kind as Thing;
use entity::{
    deadline::rules::Light,
    enterprise,
    obligation::{self, repository::lights_of},
    report::{self, Kind},
    viewer::{Role, Viewer},
};
use jobs::{RunReport, Runner};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde_json::json;
use tests::{Backend, Park, Who, dump::number, size, stories, window::Window};
use uuid::Uuid;

use crate::{
    report::{day_of, fulfil},
    warnings::runner,
};

/// How often the twenty enterprises of the demonstration are there beside themselves.
const COPIES: u32 = 25;

async fn large(backend: Backend) -> Park {
    let park = Park::demonstration(backend).await;
    size::multiply(&park, COPIES).await;
    park.people().await;
    park
}

async fn leader(park: &Park) -> Window {
    let mut people = demo::sign_ins();
    let (login, _) = people
        .find(|(_, role)| *role == Role::Leader)
        .expect("a leader");
    Window::enter(park, login, demo::PASSWORD).await
}

async fn enterprises(park: &Park) -> usize {
    let here = "SELECT count(*) FROM enterprise WHERE ended_on IS NULL";
    usize::try_from(number(park.db(), here).await).expect("a count")
}

async fn run(runner: &Runner, job: &str, rehearsal: bool) -> RunReport {
    let report = runner.run_now(job, None, rehearsal).await.expect("a run");
    let report = report.expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    report
}

/// The newest report of a kind on the whole park.
async fn newest(park: &Park, kind: Kind) -> report::Model {
    report::Entity::find()
        .filter(report::Column::Kind.eq(kind))
        .filter(report::Column::DepartmentId.is_null())
        .order_by_desc(report::Column::Moment)
        .limit(1)
        .one(park.db())
        .await
        .expect("the reports")
        .expect("a report")
}

stories! {
    in large;

    async fn the_leaders_page_is_true_above_a_hundred_enterprises(park: Park) {
        let all = enterprises(&park).await;
        assert!(all > 500, "{all}");
        let shown = "{ lights { light count }
            enterprisesToWatch(first: 100) { id nameZh lights { light count } projects { state light } } }";
        let data = park.data(Who::Leader, shown, json!({})).await;

        // The totals are of all enterprises.
        let ids: Vec<Uuid> = enterprise::Entity::find()
            .select_only()
            .column(enterprise::Column::Id)
            .into_tuple()
            .all(park.db())
            .await
            .expect("the enterprises");
        let lights = lights_of(&park.store, &Viewer::system("story"), &ids).await;
        let lights = lights.expect("the lights");
        for told in data["lights"].as_array().expect("lights") {
            let count = |light: &Light| {
                let counts = lights.values().filter_map(|counts| counts.get(light));
                counts.sum::<u32>()
            };
            let light = Light::ALL
                .into_iter()
                .find(|light| told["light"] == serde_json::to_value(light).expect("a light"))
                .expect("a light");
            assert_eq!(told["count"], count(&light), "{light:?}");
        }

        // The worst come first, and no enterprise that is left out is worse than the last.
        let severe =
            |counts: &dyn Fn(Light) -> u64| [Light::Black, Light::Red, Light::Orange].map(counts);
        let rows = data["enterprisesToWatch"].as_array().expect("rows");
        assert_eq!(rows.len(), 100);
        let of_rows: Vec<[u64; 3]> = rows
            .iter()
            .map(|row| {
                severe(&|light| {
                    let code = serde_json::to_value(light).expect("a light");
                    let counts = row["lights"].as_array().expect("lights");
                    let told = counts.iter().find(|told| told["light"] == code);
                    told.expect("each light")["count"]
                        .as_u64()
                        .expect("a count")
                })
            })
            .collect();
        assert!(of_rows.is_sorted_by(|a, b| a >= b), "{of_rows:?}");
        let mut expected: Vec<[u64; 3]> = ids
            .iter()
            .map(|id| {
                severe(&|light| {
                    let counts = lights.get(id).and_then(|counts| counts.get(&light));
                    counts.copied().unwrap_or_default().into()
                })
            })
            .collect();
        expected.sort_by(|a, b| b.cmp(a));
        assert_eq!(of_rows, expected[..100]);
        assert!(
            rows.iter()
                .any(|row| row["projects"][0]["state"] == "ACTIVE")
        );

        let page = leader(&park).await.text(&park, "/").await;
        assert_eq!(
            page.matches("<tr><th scope=\"row\"><a class=\"plain\"")
                .count(),
            100
        );
        assert!(
            page.contains(&format!("另有 {} 家企业", all - 100)),
            "{page}"
        );
        assert!(page.contains(&format!("{all} 家企业尚有")), "{page}");
    }

    async fn the_report_on_a_large_park_fits_its_letter_and_opens_at_once(park: Park) {
        let runner = runner(&park);
        park.set_clock("2026-10-12", 8, 0);
        let rehearsal = run(&runner, "leader_report", true).await;
        run(&runner, "leader_report", false).await;
        let brief = newest(&park, Kind::WeeklyBrief).await;
        assert_eq!(brief.period, "2026-W42");
        let viewer = Viewer::system("story");
        let facts = report::repository::facts(park.db(), &viewer, &[brief.id]).await;
        let facts = facts.expect("they match the fingerprint").remove(&brief.id);
        let facts = facts.expect("its facts");
        let all = facts.enterprises.len();
        assert!(all > 500, "{all}");

        // The letter has a hundred of them and says how many more there are.
        let more = format!("另有 {} 家企业，见附件", all - 100);
        let words = rehearsal
            .planned
            .iter()
            .filter_map(|one| one.letter.as_ref()?.words.as_ref());
        let texts: Vec<&String> = words.map(|words| &words.text).collect();
        assert!(
            texts.iter().any(|text| text.contains(&more)),
            "{more}: {texts:#?}"
        );
        assert!(texts.iter().all(|text| text.len() < 100_000));

        // What was made already, or concerns nobody, is made from nothing.
        let (_, again) = park.statements(run(&runner, "leader_report", false)).await;
        assert!(again < 40, "{again} statements for nothing");

        // Lists, the start page and the page of the report read no list of promises.
        report::frozen::Entity::update_many()
            .col_expr(report::frozen::Column::Facts, Expr::value("unread"))
            .exec(park.db())
            .await
            .expect("they are gone");
        let window = leader(&park).await;
        for path in ["/", "/reports", &format!("/reports/{}", brief.id)] {
            assert_eq!(window.get(&park, path).await.status(), 200, "{path}");
        }
        let id = Thing::Report.id(brief.id).0;
        let whole = "query($id: ID!) { report(id: $id) { facts { items { what } } } }";
        let answer = park.graphql(Who::Leader, whole, json!({"id": id})).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "INTERNAL",
            "{answer:#}"
        );
    }

    async fn then_and_now_of_a_large_park_is_told_by_enterprise(park: Park) {
        let runner = runner(&park);
        park.set_clock("2026-10-12", 8, 0);
        run(&runner, "leader_report", false).await;
        let brief = newest(&park, Kind::WeeklyBrief).await;
        let id = Thing::Report.id(brief.id).0;
        park.set_clock("2026-10-12", 15, 0);
        let open =
            obligation::repository::open_with_deadlines(park.db(), day_of("2026-10-09"), None, 1);
        let late = open.await.expect("what is open").remove(0).obligation;
        fulfil(&park, &late).await;

        let asked = "query($id: ID!, $one: ID) { report(id: $id) { comparedWhole }
            thenAndNow(reportId: $id, enterpriseId: $one) { enterprise { id }
                figures { figure then now } entries { subjectId reachesBack enteredBy } } }";
        let data = park.data(Who::Leader, asked, json!({"id": id})).await;
        assert_eq!(
            data,
            json!({"report": {"comparedWhole": false}, "thenAndNow": null})
        );
        let one = Thing::Enterprise.id(late.enterprise_id).0;
        let variables = json!({"id": id, "one": one});
        let answer = park.graphql(Who::Leader, asked, variables.clone());
        let (answer, statements) = park.statements(answer).await;
        assert!(
            statements < 45,
            "{statements} statements for one enterprise"
        );
        let told = &answer["data"]["thenAndNow"];
        assert_eq!(told["enterprise"]["id"], one);
        assert_eq!(told["figures"], json!([]), "the report would say the same");
        assert_eq!(
            told["entries"],
            json!([{
                "subjectId": Thing::Obligation.id(late.id).0,
                "reachesBack": false,
                "enteredBy": "obligation.fulfil",
            }])
        );
        // Nobody is told of an enterprise, or of a report, that he may not see.
        let hidden = park.data(Who::OtherEnterprise, asked, variables).await;
        assert_eq!(hidden["thenAndNow"], json!(null));

        let window = leader(&park).await;
        let page = window.text(&park, &format!("/reports/{}", brief.id)).await;
        let since = format!("/reports/{}/since", brief.id);
        assert!(page.contains(&since), "{page}");
        let choice = window.text(&park, &since).await;
        assert!(
            choice.contains("?enterprise=enterprise_") && choice.contains("请输入名称"),
            "{choice}"
        );
        let page = window
            .text(&park, &format!("{since}?enterprise={one}"))
            .await;
        assert!(
            page.contains("此后录入") && page.contains(&late.id.to_string()),
            "{page}"
        );
    }

    async fn letters_of_progress_cost_what_each_enterprise_needs(park: Park) {
        let runner = runner(&park);
        park.set_clock("2026-10-12", 9, 0);
        let (report, statements) = park
            .statements(run(&runner, "enterprise_progress", false))
            .await;
        let made = usize::try_from(report.counts.done).expect("a count");
        assert!(made > 20, "{made} letters");
        assert!(
            statements < 60 + 18 * made,
            "{statements} statements for {made} reports"
        );
        let (_, again) = park
            .statements(run(&runner, "enterprise_progress", false))
            .await;
        assert!(again < 20, "{again} statements for nothing");
    }
}
