//! What time limits are on: a kind that the product does not know is one implementation and one row, and every walk tells of it. And the
//! clocks of a rectification are told like any promise.

use std::sync::Mutex;

use api_door::scalar::Kind as GlobalKind;
use entity::{
    calendar::rules::Calendar,
    deadline::{
        self, LegalEffect, OnExpiry,
        rules::{Limit, Terms},
    },
    language::Text,
    subject::{Answers, Found, Kind, Subject, Subjects},
    viewer::Viewer,
};
use jobs::Planned;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseExecutor, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, QueryTrait, prelude::Uuid, sea_query::SelectStatement,
};
use serde_json::json;
use tests::{Park, Who, clock::day, matters::done, stories};

use crate::warnings::runner;

/// Fire drills (消防演练): each firm's liaison sees to them. They live in this story alone.
#[derive(Debug, Default)]
struct Drills(Mutex<Vec<(Uuid, Subject)>>);

impl Drills {
    fn known(&self) -> Vec<(Uuid, Subject)> {
        self.0.lock().expect("the drills").clone()
    }

    /// Opens a drill of a firm, due on 8 October.
    async fn open(&self, park: &Park, enterprise_id: Uuid, title: &str) {
        let terms = Terms {
            legal_effect: LegalEffect::Promised,
            on_expiry: OnExpiry::Warn,
            limit: Limit::working_days(5),
            extension: 0,
        };
        let unit = park.store.begin(&Viewer::system("story")).await;
        let unit = unit.expect("a unit");
        let row =
            deadline::commands::new_row(&unit, &Calendar::shipped(), terms, day("2026-09-23"));
        let limit = row.id;
        deadline::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(unit.db())
            .await
            .expect("a limit");
        unit.commit().await.expect("a commit");
        let subject = Subject {
            kind: self.name(),
            id: limit,
            key: limit,
            title: Text::new(title, title),
            occasion: String::new(),
            enterprise_id: Some(enterprise_id),
            enterprise: "示例企业".to_owned(),
            is_promise: false,
            contract_id: None,
            legal_basis: None,
            answers: Answers::Liaison,
            why: Text::new("您组织演练", "you see to the drill"),
            department_id: None,
            is_announced: false,
            ending: None,
            path: format!("/drills/{limit}"),
            version: 1,
        };
        self.0.lock().expect("the drills").push((limit, subject));
    }
}

impl Kind for Drills {
    fn name(&self) -> &'static str {
        "DRILL"
    }

    fn limits(&self, viewer: &Viewer) -> SelectStatement {
        let own = viewer.person().and_then(|person| person.enterprise_id);
        let seen = self
            .known()
            .into_iter()
            .filter(|(_, subject)| own.is_none_or(|own| subject.enterprise_id == Some(own)));
        deadline::Entity::find()
            .select_only()
            .column(deadline::Column::Id)
            .filter(deadline::Column::Id.is_in(seen.map(|(limit, _)| limit)))
            .into_query()
    }

    fn within<'a>(
        &'a self,
        _: &'a DatabaseExecutor<'a>,
        _: &'a Viewer,
        limits: &'a [Uuid],
    ) -> Found<'a> {
        Box::pin(async move {
            let known = self.known().into_iter();
            Ok(known.filter(|(limit, _)| limits.contains(limit)).collect())
        })
    }
}

fn said(planned: &[Planned], title: &str) -> usize {
    let lines = planned.iter().flat_map(|one| &one.why);
    lines.filter(|line| line.contains(title)).count()
}

stories! {
    async fn another_kind_of_thing_is_told_by_every_walk(park: Park) {
        let drills: &'static Drills = Box::leak(Box::default());
        let mut park = park;
        park.store = park.store.with_subjects(Subjects::default().with(drills));
        let firm = park.people().await.enterprises[0].id;
        let (title, forgotten) = ("Fire drill 1", "Fire drill 2");
        drills.open(&park, firm, title).await;
        let runner = runner(&park);
        let run = async |job: &str| runner.run_now(job, None, false).await.expect("a run").expect("a job");

        park.set_clock("2026-10-08", 8, 30);
        assert_eq!(said(&run("deadline_warnings").await.planned, title), 1, "the digest");
        park.set_clock("2026-10-08", 14, 0);
        assert_eq!(said(&run("last_day").await.planned, title), 1, "the last day");
        park.set_clock("2026-10-09", 8, 15);
        assert_eq!(said(&run("red_list").await.planned, title), 1, "the red list");
        park.set_clock("2026-10-09", 8, 30);
        run("deadline_warnings").await;

        // What nobody was told, the witness finds.
        drills.open(&park, firm, forgotten).await;
        park.set_clock("2026-10-09", 10, 0);
        let found = run("completeness").await;
        assert!(found.counts.failed == 1 && said(&found.planned, forgotten) > 0, "{found:?}");
        park.set_clock("2026-10-10", 9, 0);
        assert!(said(&run("escalation").await.planned, title) > 0, "the chase");

        // In the calendar of the liaison, and as a node.
        let made = done(&park, Who::Liaison, "feedCreate", "feed { path }", json!({"name": "手机"})).await;
        let path = made["feed"]["path"].as_str().expect("a path").to_owned();
        let answer = park.get(Who::Nobody, &path).await.send().await.expect("an answer");
        let text = answer.text().await.expect("a calendar").replace("\r\n ", "");
        assert!(text.contains("UID:drill-") && text.contains(title), "{text}");
        let limit = GlobalKind::Deadline.id(drills.known()[0].0).0;
        let node = "query($id: ID!) { node(id: $id) { ... on Deadline { dueOn light } } }";
        let seen = park.data(Who::Liaison, node, json!({"id": limit})).await;
        assert_eq!(seen["node"], json!({"dueOn": "2026-10-08", "light": "RED"}));
        assert_eq!(park.refused(Who::OtherEnterprise, node, json!({"id": limit})).await, "NOT_FOUND");
    }
}
