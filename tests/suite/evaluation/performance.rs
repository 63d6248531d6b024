//! The performance of a department: its score beside what was kept.

use std::{collections::BTreeSet, io::Cursor};

use calamine::{Reader as _, Xlsx};
use entity::{
    account, commitment, deadline, evaluation::Confidentiality, obligation, viewer::Role,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, prelude::Uuid, sea_query::Expr};
use serde_json::{Value, json};
use tests::{Park, Who, matters::done, stories};

use super::{RESULT, answer, answers_of, at, forms, link, node, only};
use crate::report::{day_of, fulfil, september};

stories! {
    async fn a_performance_is_the_score_beside_what_was_kept(park: Park) {
        let runner = september(&park).await;
        at(&park, &runner, "2026-09-30", 18, 0).await;
        at(&park, &runner, "2026-10-08", 9, 30).await;
        let departments: Vec<Uuid> = only(&park).await.departments.0.iter().map(|rated| rated.id).collect();
        // One promise of every week is that of a department here; all else the liaisons keep, and they belong to another one.
        commitment::Entity::update_many()
            .col_expr(commitment::Column::Owner, Expr::value("DEPARTMENT"))
            .col_expr(commitment::Column::DepartmentId, Expr::value(departments[0]))
            .filter(commitment::Column::Recurrence.eq(commitment::Recurrence::Week))
            .exec(park.db())
            .await
            .expect("the commitments");
        account::Entity::update_many()
            .col_expr(account::Column::DepartmentId, Expr::value(departments[1]))
            .filter(account::Column::Role.eq(Role::Liaison))
            .exec(park.db())
            .await
            .expect("the liaisons");
        for (number, form) in forms(&park).await.iter().enumerate() {
            if let Some(secret) = link(&park, form.enterprise_id).await {
                answer(&park, &secret, Confidentiality::Named, &answers_of(number, &departments)).await;
            }
        }
        at(&park, &runner, "2026-10-20", 18, 0).await;
        at(&park, &runner, "2026-10-23", 9, 30).await;
        let seen = park.data(Who::Leader, RESULT, json!({})).await;
        let rows = node(&seen)["figures"]["departments"].as_array().expect("departments").clone();
        let mut both = 0;
        for (row, department) in rows.iter().zip(&departments) {
            let (due, on_time) = fell_due(&park, *department).await;
            let satisfaction = row["score"].as_f64();
            let rate = (due > 0).then(|| (1000.0 * on_time as f64 / due as f64).round() / 10.0);
            let expected = match (satisfaction, rate) {
                (Some(score), Some(rate)) => Some((35.0 * score + 25.0 * rate) / 60.0),
                (one, other) => one.or(other),
            };
            both += u32::from(satisfaction.is_some() && rate.is_some());
            let found = &row["performance"];
            let Some(expected) = expected else {
                assert_eq!(found, &Value::Null);
                continue;
            };
            assert_eq!((&found["due"], &found["onTime"]), (&json!(due), &json!(on_time)), "{row}");
            let deducted = found["deducted"].as_f64().expect("points");
            assert_eq!(deducted, (5 * found["statutoryOverdue"].as_u64().expect("a count")).min(20) as f64);
            let score = found["score"].as_f64().expect("a score");
            assert!(((expected - deducted).max(0.0) - score).abs() < 0.0501, "{expected} {found}");
            let sum: f64 = found["breakdown"].as_array().expect("steps").iter().filter_map(|step| step["product"].as_f64()).sum();
            assert!(((sum - deducted).max(0.0) - score).abs() < 0.0501, "{found}");
            let measured = found["breakdown"].as_array().map_or(0, Vec::len);
            assert_eq!(measured + found["missing"].as_array().map_or(0, Vec::len), 6, "what is not measured is told: {found}");
        }
        assert!(both > 1, "both departments have both figures, also the one whose promises its liaisons keep: {rows:#?}");

        // What is kept afterwards changes nothing that was scored.
        park.set_clock("2026-10-26", 9, 0);
        let open = obligation::repository::open_with_deadlines(park.db(), day_of("2026-10-26"), None, 1000).await.expect("what is open");
        for owed in open {
            fulfil(&park, &owed.obligation).await;
        }
        let again = park.data(Who::Leader, RESULT, json!({})).await;
        assert_eq!(node(&again)["figures"], node(&seen)["figures"]);

        // Approved and published: in the feed for everybody, and in the next quarterly report for the leaders.
        let feed = async || {
            let answer = park.get(Who::Nobody, "/feeds/evaluations.atom").await.send().await.expect("an answer");
            assert_eq!(answer.headers()["content-type"], "application/atom+xml; charset=utf-8");
            let tag = answer.headers()["etag"].to_str().expect("a tag").to_owned();
            (tag, answer.text().await.expect("a feed"))
        };
        let id = node(&seen)["id"].clone();
        let version = only(&park).await.version;
        park.set_clock("2026-11-03", 10, 0);
        done(&park, Who::Leader, "evaluationApprove", "evaluation { state }", json!({"id": id, "expectedVersion": version})).await;
        let before = feed().await;
        assert!(!before.1.contains("<entry>"), "approved is not published: {}", before.1);
        let form = format!("/evaluations/{}/form.xlsx", only(&park).await.id);
        let blank = async || park.get(Who::Nobody, &form).await.send().await.expect("an answer");
        assert_eq!(blank().await.status(), 404, "not for strangers yet");
        done(&park, Who::Centre, "evaluationPublish", "evaluation { state }",
            json!({"id": id, "expectedVersion": version + 1, "review": "示例审查：可以公布"})).await;
        let (tag, published) = feed().await;
        assert!(tag != before.0 && published.matches("<entry>").count() == 1 && published.contains("2026-Q3"), "{published}");
        // What was asked can be read by everybody then, too.
        let bytes = blank().await.bytes().await.expect("a file").to_vec();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let asked = format!("{:?}", book.worksheet_range("评议表").expect("a sheet"));
        assert!(asked.contains("服务态度：是否热情、耐心、不推诿"), "{asked}");
        let ranked = rows.iter().find(|row| row["standing"] == "RANKED").expect("a ranked department");
        let told = format!("{:.1} (90% interval", ranked["score"].as_f64().expect("a score"));
        assert!(published.contains(&told), "{told} is not in {published}");
        let same = park.get(Who::Nobody, "/feeds/evaluations.atom").await.header("if-none-match", tag).send().await.expect("an answer");
        assert_eq!(same.status(), 304);

        park.set_clock("2027-01-08", 8, 0);
        runner.run_now("leader_report", None, false).await.expect("a run").expect("a job");
        let read = "{ reports(first: 9, where: {kind: {oneOf: [QUARTERLY_REPORT]}, period: \"2026-Q4\"}) { nodes { department { id }
            facts { evaluation { quarter departments { department { id } score performance { score } } } } } } }";
        let reports = park.data(Who::Centre, read, json!({})).await["reports"]["nodes"].as_array().expect("reports").clone();
        let whole = reports.iter().find(|report| report["department"].is_null()).expect("the report of the park");
        let said = &whole["facts"]["evaluation"];
        assert_eq!(said["quarter"], "2026-Q3");
        for (reported, row) in said["departments"].as_array().expect("departments").iter().zip(&rows) {
            assert_eq!((&reported["department"], &reported["score"]), (&row["department"], &row["score"]));
            assert_eq!(reported["performance"]["score"], row["performance"]["score"]);
        }
        for own in reports.iter().filter(|report| !report["department"].is_null()) {
            for row in own["facts"]["evaluation"]["departments"].as_array().expect("departments") {
                assert_eq!(row["department"], own["department"], "a department reads of itself");
            }
        }
    }
}

/// Counts what fell due for a department or its liaisons in the third quarter, by the rows alone: how many, and how many of them were kept
/// in time.
async fn fell_due(park: &Park, department: Uuid) -> (u64, u64) {
    let people = account::Entity::find()
        .filter(account::Column::Role.eq(Role::Liaison))
        .filter(account::Column::DepartmentId.eq(department));
    let have_liaisons = !people.all(park.db()).await.expect("the people").is_empty();
    let owed = obligation::Entity::find()
        .all(park.db())
        .await
        .expect("rows");
    let commitments = commitment::Entity::find().all(park.db()).await;
    let own: BTreeSet<Uuid> = commitments
        .expect("rows")
        .into_iter()
        .filter(|row| {
            row.department_id == Some(department)
                || (have_liaisons && row.owner == commitment::Owner::Liaison)
        })
        .map(|row| row.id)
        .collect();
    let (mut due, mut on_time) = (0, 0);
    for row in owed.iter().filter(|row| own.contains(&row.commitment_id)) {
        let limit = deadline::Entity::find_by_id(row.deadline_id)
            .one(park.db())
            .await;
        let limit = limit.expect("a read").expect("a deadline");
        if limit.due_on > day_of("2026-09-30") {
            continue;
        }
        due += 1;
        on_time += u64::from(limit.closed_on.is_some_and(|closed| closed <= limit.due_on));
    }
    (due, on_time)
}
