//! Nothing that reaches nobody stays silent; what is late is told in steps; a failed job is told to who looks after it.

use chrono::TimeDelta;
use entity::{
    notice,
    outbox::{self, Class, Kind, State, rules::PATIENCE},
    schedule::{
        self,
        run::{self, Cause},
    },
};
use jobs::Runner;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::json;
use tests::{
    Park, Who, clock,
    matters::Matters,
    promise::owed,
    smtp::{Deed, Smtp, Step},
    stories,
};

use crate::{
    mail::{deliver, letter, runner, short_patience, write, write_as},
    preference::{changed, overdue, tell},
    warnings,
};

async fn run(runner: &Runner, job: &str) -> Vec<jobs::Planned> {
    let report = runner.run_now(job, None, false).await;
    let report = report.expect("a run").expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    report.planned
}

async fn titles(park: &Park, who: Who) -> String {
    park.data(
        who,
        "{ notices(first: 50) { nodes { kind title } } }",
        json!({}),
    )
    .await
    .to_string()
}

async fn letters_to(park: &Park, who: Who, kind: Kind) -> usize {
    let id = park.people().await.account(who).id;
    let letters = outbox::Entity::find()
        .all(park.db())
        .await
        .expect("letters");
    let own = |letter: &&outbox::Model| letter.recipient_id == id && letter.kind == kind;
    letters.iter().filter(own).count()
}

stories! {
    async fn what_reaches_nobody_is_told_to_somebody_else_once(park: Park) {
        let people = park.people().await;
        let (liaison, contact) = (people.account(Who::Liaison).id, people.account(Who::Enterprise).id);
        let relay = Smtp::open().await;
        relay.at(Step::Rcpt, Deed::Say("550 5.7.1 not for him"));
        let runner = runner(&park, relay.relay(), short_patience());
        tell(&park, "dead", Kind::LiaisonChanged, liaison, &changed()).await;
        tell(&park, "contact", Kind::LiaisonChanged, contact, &changed()).await;
        deliver(&runner).await;
        let expired = write_as(&park, "expired", Class::MustNotMiss, liaison, |letter| {
            letter.not_after = Some(park.store.now() - TimeDelta::minutes(1));
        }).await;
        let secret = write_as(&park, "secret", Class::MustNotMiss, liaison, |letter| letter.kind = Kind::Password).await;
        deliver(&runner).await;
        assert_eq!(letter(&park, expired).await.state, State::Expired);
        assert_eq!(letter(&park, secret).await.state, State::Dead);

        assert!(!run(&runner, "undelivered").await.is_empty());
        assert!(run(&runner, "undelivered").await.is_empty(), "once");
        for (who, told) in [(Who::Head, 1), (Who::Liaison, 1), (Who::Supervisor, 1), (Who::Admin, 1), (Who::OtherHead, 0), (Who::Centre, 0)] {
            assert_eq!(letters_to(&park, who, Kind::Undelivered).await, told, "{who:?}");
        }
        let own = titles(&park, Who::Liaison).await;
        assert!(own.contains("An e-mail to 专员 01 could not be delivered: New liaison"), "{own}");
        // These letters reach nobody either: the administrator reads it in the app, and no letter follows.
        deliver(&runner).await;
        run(&runner, "undelivered").await;
        let written = outbox::Entity::find().all(park.db()).await.expect("letters").len();
        assert!(titles(&park, Who::Admin).await.matches("could not be delivered").count() >= 3);
        deliver(&runner).await;
        run(&runner, "undelivered").await;
        assert_eq!(outbox::Entity::find().all(park.db()).await.expect("letters").len(), written, "it comes to an end");
        let all = notice::Entity::find().all(park.db()).await.expect("notices");
        assert!(all.iter().all(|notice| notice.kind != Kind::Password.name()), "no secret in the app");
    }

    async fn a_warning_of_the_law_is_told_to_others_while_it_is_still_tried(park: Park) {
        let head = park.people().await.account(Who::Head).id;
        let relay = Smtp::open().await;
        relay.at(Step::Rcpt, Deed::Say("450 later"));
        let runner = runner(&park, relay.relay(), short_patience());
        tell(&park, "law", Kind::StatutoryOverdue, head, &overdue()).await;
        deliver(&runner).await;
        assert!(run(&runner, "undelivered").await.is_empty());
        assert!(park.set_clock("2026-10-08", 9, 0) - PATIENCE > clock::morning());
        deliver(&runner).await;
        assert!(!run(&runner, "undelivered").await.is_empty());
        assert_eq!(letters_to(&park, Who::Centre, Kind::Undelivered).await, 1);
    }

    async fn what_is_due_today_is_told_in_the_afternoon_and_what_is_late_is_chased_once(park: Park) {
        Matters::settle(&park).await;
        let runner = warnings::runner(&park);
        // Five working days from the last day of September: the 13th of October.
        for (day, hour, job, told) in [
            ("2026-10-12", 14, "last_day", 0),
            ("2026-10-13", 14, "last_day", 1),
            ("2026-10-13", 15, "last_day", 1),
            ("2026-10-14", 9, "escalation", 0),
            ("2026-10-15", 9, "escalation", 1),
            ("2026-10-16", 9, "escalation", 0),
        ] {
            park.set_clock(day, hour, 0);
            let planned = run(&runner, job).await;
            let said = |one: &&jobs::Planned| one.why.iter().any(|line| line.ends_with("| An example"));
            assert_eq!(planned.iter().filter(said).count(), told, "{day} {job}: {planned:?}");
        }
        assert_eq!(letters_to(&park, Who::Head, Kind::LastDay).await, 1, "one a day");
        assert_eq!(letters_to(&park, Who::Head, Kind::Chase).await, 2, "one a day, and none for what was chased");
        runner.deliver_now(None).await.expect("a delivery");
        let head = park.mailbox.to("head@park.example");
        let chases: Vec<_> = head.iter().filter(|letter| letter.subject.starts_with("Overdue reminder")).collect();
        let ours = chases.iter().find(|letter| letter.text.contains("· An example")).expect("the chase");
        assert!(ours.text.contains("2 working days overdue") && ours.subject == "Overdue reminder: 3 items", "{}", ours.text);
        assert!(ours.text.contains("Reply of a rectification: An example"), "{}", ours.text);
    }

    async fn the_supervisor_has_all_that_is_overdue_every_morning_and_the_draft_of_a_criticism_once(park: Park) {
        Matters::settle(&park).await;
        let runner = warnings::runner(&park);
        // Due on the 13th of October: red on the 14th, chased on the 15th, drafted five working days after that.
        for (day, job, told) in [
            ("2026-10-13", "red_list", 0),
            ("2026-10-14", "red_list", 1),
            ("2026-10-15", "escalation", 1),
            ("2026-10-21", "escalation", 0),
            ("2026-10-22", "red_list", 1),
            ("2026-10-22", "escalation", 1),
            ("2026-10-23", "escalation", 0),
        ] {
            park.set_clock(day, 9, 0);
            let planned = run(&runner, job).await;
            let said = |one: &&jobs::Planned| one.why.iter().any(|line| line.ends_with("| An example"));
            assert_eq!(planned.iter().filter(said).count(), told, "{day} {job}: {planned:?}");
            runner.deliver_now(None).await.expect("a delivery");
        }
        let letters = park.mailbox.to("supervisor@park.example");
        let ours = letters.iter().filter(|letter| letter.text.contains("· An example"));
        let lists: Vec<_> = ours.clone().filter(|letter| letter.subject.starts_with("Overdue list")).collect();
        assert_eq!(lists.len(), 2);
        assert!(lists[1].text.contains("reminder sent on 2026-10-15") && lists[1].text.contains("7 working days overdue"), "{}", lists[1].text);
        let drafts: Vec<_> = ours.filter(|letter| letter.subject.starts_with("Draft of a criticism")).collect();
        assert_eq!(drafts.len(), 1, "once");
        assert!(drafts[0].text.contains("[Draft]") && drafts[0].text.contains("nothing is published automatically"), "{}", drafts[0].text);
    }

    async fn nothing_is_drafted_as_chased_that_was_not_chased_five_working_days_ago(park: Park) {
        Matters::settle(&park).await;
        let runner = warnings::runner(&park);
        // The service stood still: due on the 13th of October, chased on the 26th only, so drafted on the 2nd of November.
        for (day, told) in [("2026-10-26", 1), ("2026-10-30", 0), ("2026-11-02", 1), ("2026-11-03", 0)] {
            park.set_clock(day, 9, 0);
            let planned = run(&runner, "escalation").await;
            let said = |one: &&jobs::Planned| one.why.iter().any(|line| line.ends_with("| An example"));
            assert_eq!(planned.iter().filter(said).count(), told, "{day}: {planned:?}");
        }
    }

    async fn the_leader_is_told_at_once_of_a_statutory_limit_while_the_contract_is_in_force(park: Park) {
        let ids = owed(&park, &[(2, Some("《示例条例》第一条"))]).await;
        assert_eq!(ids.len(), 1);
        let runner = warnings::runner(&park);
        park.set_clock("2026-10-10", 8, 0);
        let told = |planned: Vec<jobs::Planned>| planned.iter().any(|one| one.recipient.contains("leader@"));
        assert!(told(run(&runner, "statutory_overdue").await));
        assert!(!told(run(&runner, "statutory_overdue").await), "once");
        assert_eq!(letters_to(&park, Who::Leader, Kind::StatutoryOverdue).await, 1);
        assert_eq!(letters_to(&park, Who::Supervisor, Kind::StatutoryOverdue).await, 1);
    }

    async fn the_inspectors_have_the_public_part_of_the_quarterly_report_once(park: Park) {
        park.set_clock("2026-09-28", 7, 0);
        warnings::ledger(&park).await;
        let runner = warnings::runner(&park);
        run(&runner, "obligation_opening").await;
        // The fifth working day of the quarter.
        for (day, told) in [("2026-10-12", 0), ("2026-10-13", 1), ("2026-10-14", 1)] {
            park.set_clock(day, 8, 0);
            run(&runner, "leader_report").await;
            runner.deliver_now(None).await.expect("a delivery");
            assert_eq!(letters_to(&park, Who::Inspector, Kind::PublicReport).await, told, "{day}");
        }
        let letters = park.mailbox.to(&park.people().await.account(Who::Inspector).login);
        let letter = letters.iter().find(|letter| letter.subject.contains("2026-Q3")).expect("the report");
        assert!(letter.text.contains("On-time rate") && !letter.text.contains("有限公司"), "{}", letter.text);
    }

    async fn of_what_is_paused_only_the_end_is_told_once_in_the_digest(park: Park) {
        let matters = Matters::settle(&park).await;
        let input = json!({"id": matters.id("obligation"), "expectedVersion": 1, "kind": "AGREED", "reason": "示例",
            "documentId": matters.id("document"), "startedOn": "2026-09-30", "expectedEndOn": "2026-10-14"});
        tests::matters::done(&park, Who::Centre, "obligationPause", "obligation { id }", input).await;
        let runner = warnings::runner(&park);
        for (day, told) in [("2026-10-10", 0), ("2026-10-12", 1), ("2026-10-13", 1), ("2026-10-15", 1)] {
            park.set_clock(day, 8, 30);
            run(&runner, "deadline_warnings").await;
            runner.deliver_now(None).await.expect("a delivery");
            let digests = park.mailbox.to("head@park.example");
            let saying = digests.iter().filter(|letter| letter.text.contains("A pause ends on 2026-10-14") && letter.text.contains("An example"));
            assert_eq!(saying.count(), told, "{day}");
        }
    }

    async fn a_department_is_ordered_to_answer_for_what_stays_overdue(park: Park) {
        let matters = Matters::settle(&park).await;
        let order = "mutation($input: ObligationSuperviseInput!) { obligationSupervise(input: $input) { obligation { id } userErrors { code } } }";
        let input = |reply_by: &str, reason: &str| json!({"input": {"id": matters.id("obligation"), "expectedVersion": 1,
            "replyBy": reply_by, "reason": reason}});
        // Due on the 13th of October: red on the 14th, so three working days later is the 19th.
        park.set_clock("2026-10-16", 9, 0);
        assert_eq!(park.user_error(Who::Supervisor, order, input("2026-10-23", "示例")).await, "TOO_EARLY");
        park.set_clock("2026-10-19", 9, 0);
        for (reply_by, reason, code) in [("2026-10-19", "示例", "REPLY_BY"), ("2026-11-30", "示例", "REPLY_BY"), ("2026-10-23", " ", "REASON")] {
            assert_eq!(park.user_error(Who::Supervisor, order, input(reply_by, reason)).await, code);
        }
        park.data(Who::Leader, order, input("2026-10-23", "多次催办未果")).await;
        assert_eq!(park.user_error(Who::Supervisor, order, input("2026-10-23", "示例")).await, "ALREADY_ORDERED");
        let runner = warnings::runner(&park);
        runner.deliver_now(None).await.expect("a delivery");
        for who in ["head@park.example", "supervisor@park.example"] {
            let letters = park.mailbox.to(who);
            let letter = letters.iter().find(|letter| letter.subject.starts_with("Supervision order")).expect("the order");
            assert!(letter.text.contains("多次催办未果") && letter.text.contains("2026-10-23"), "{}", letter.text);
        }
        assert!(park.mailbox.to("otherhead@park.example").is_empty());
        let audit = park.data(Who::Supervisor, r#"{ auditEntries(first: 99, where: { subjectKind: { oneOf: ["Obligation"] } }) { nodes { action reason } } }"#, json!({})).await;
        assert!(audit["auditEntries"]["nodes"].as_array().expect("entries").contains(&json!({"action": "obligation.supervise", "reason": "多次催办未果"})));
    }

    async fn a_failed_job_is_told_at_once_and_every_four_hours(park: Park) {
        park.people().await;
        let runner = warnings::runner(&park);
        assert!(run(&runner, "job_watch").await.is_empty());
        let now = park.store.now();
        let failed = run::Model {
            id: entity::id::new_id(now),
            job: "leader_report".to_owned(),
            nominal_at: now,
            cause: Cause::Clock,
            request_key: None,
            requested_by: None,
            reason: None,
            state: run::State::Failed,
            skipped_because: None,
            attempt: 1,
            failures: 1,
            retry_at: None,
            holder: None,
            lease_until: None,
            as_of: None,
            started_at: now,
            finished_at: Some(now),
            due: 1,
            done: 0,
            skipped: 0,
            failed: 1,
            letters: 0,
            error: Some("示例错误".to_owned()),
            note: None,
        };
        // One that this program does not know any more has failed as well.
        let removed = schedule::ActiveModel {
            id: Set(entity::id::new_id(now)),
            name: Set("of_another_version".to_owned()),
            what_zh: Set("旧".to_owned()),
            what_en: Set("old".to_owned()),
            plan: Set(json!({"when": {"kind": "FULL_MOON"}, "catch_up": "PRAY"})),
            version: Set(1),
            ..Default::default()
        };
        schedule::Entity::insert(removed).exec_without_returning(park.db()).await.expect("a job");
        let other = run::Model {
            id: entity::id::new_id(now),
            job: "of_another_version".to_owned(),
            ..failed.clone()
        };
        for run in [failed, other] {
            run::Entity::insert(run.into_active_model().reset_all())
                .exec_without_returning(park.db())
                .await
                .expect("a run");
        }
        for (minutes, letters) in [(0, 1), (10, 1), (240, 2), (250, 2)] {
            park.clock.set(now + TimeDelta::minutes(minutes));
            run(&runner, "job_watch").await;
            assert_eq!(letters_to(&park, Who::Admin, Kind::JobFailed).await, letters, "after {minutes} minutes");
        }
        runner.deliver_now(None).await.expect("a delivery");
        assert!(park.mailbox.to("admin@park.example").iter().any(|letter| letter.text.contains("示例错误")));
    }
    async fn when_more_than_one_letter_in_twenty_comes_back_the_administrator_is_told_once_a_day(park: Park) {
        let to = park.people().await.account(Who::Leader).id;
        let runner = warnings::runner(&park);
        let mut letters = Vec::new();
        for number in 0..20 {
            letters.push(write(&park, &format!("story:{number}"), Class::MustNotMiss, to).await);
        }
        runner.deliver_now(None).await.expect("a delivery");
        let told = async || {
            run(&runner, "job_watch").await;
            letters_to(&park, Who::Admin, Kind::MailBouncing).await
        };
        assert_eq!(told().await, 0);
        let come_back = async |letter| {
            outbox::commands::sending::bounced(&park.store, letter, "5.7.1 refused").await.expect("a bounce");
        };
        come_back(letters[0]).await;
        assert_eq!(told().await, 0, "one in twenty is not more than five in a hundred");
        come_back(letters[1]).await;
        assert_eq!(told().await, 1);
        assert_eq!(told().await, 1, "once on one day");
        park.set_clock("2026-10-08", 9, 0);
        assert_eq!(told().await, 1, "these letters are older than seven days by now");
        park.set_clock("2026-10-01", 9, 0);
        assert_eq!(told().await, 2, "and again on the next, while it lasts");
        runner.deliver_now(None).await.expect("a delivery");
        let letters = park.mailbox.to("admin@park.example");
        let letter = letters.iter().find(|letter| letter.subject.contains("were returned")).expect("the alarm");
        assert!(letter.subject.contains("2 of 20") && letter.text.contains("10.0%"), "{}", letter.text);
        assert_eq!(letters_to(&park, Who::Centre, Kind::MailBouncing).await, 0);
    }
}
