//! Liaisons: one in charge of each enterprise, at every moment.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use api_door::scalar::Kind;
use entity::{
    error::{CommandError, Fault},
    liaison::{
        self, State,
        commands::{Activate, AppointDeputy, HandOver, Propose},
        rules::LiaisonError,
    },
    outbox,
    permission::Standing,
    table::Visible,
    viewer::Viewer,
    visit,
};
use futures::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, prelude::Uuid};
use serde_json::{Value, json};
use tests::{Park, Who, stories};

async fn in_charge(park: &Park) -> liaison::Model {
    let id = park.people().await.enterprise_id();
    let mut found = liaison::repository::in_charge_of(park.db(), &[id])
        .await
        .expect("a read");
    assert_eq!(found.len(), 1);
    found.remove(0)
}

async fn letters(park: &Park) -> u64 {
    outbox::Entity::find()
        .filter(outbox::Column::Kind.eq(outbox::Kind::LiaisonChanged))
        .count(park.db())
        .await
        .expect("a count")
}

/// What is offered with an assignment, and what may be done with it now.
async fn offered(park: &Park, who: Who, id: Uuid) -> Vec<(String, bool)> {
    let ask = "query($id: ID!) { liaison(id: $id) { commands { code may whyNot } } }";
    let id = Kind::Liaison.id(id).0;
    let read = park.data(who, ask, json!({ "id": id })).await;
    let offers = read["liaison"]["commands"].as_array().expect("offers");
    let one = |offer: &Value| {
        let may = offer["may"] == true;
        assert_eq!(offer["whyNot"].is_string(), !may, "{offer}");
        (offer["code"].as_str().expect("a code").to_owned(), may)
    };
    offers.iter().map(one).collect()
}

/// The commands for an assignment with those that may be given.
fn offers(may: &[&str]) -> Vec<(String, bool)> {
    ["activate", "appointDeputy", "beginHandOver", "handOver"]
        .map(|act| (format!("liaison.{act}"), may.contains(&act)))
        .into()
}

fn hand_over_to(before: &liaison::Model, successor: &entity::account::Model) -> HandOver {
    HandOver {
        id: before.id,
        expected_version: before.version,
        successor_id: successor.id,
        deputy_id: None,
        note: "在办两项，联系人不变。".to_owned(),
    }
}

stories! {
    async fn a_hand_over_tells_both_sides_and_leaves_no_gap(park: Park) {
        let people = park.people().await;
        let before = in_charge(&park).await;
        let centre = people.viewer(Who::Centre);
        let of_one_in_charge = offers(&["appointDeputy", "beginHandOver", "handOver"]);
        assert_eq!(offered(&park, Who::Centre, before.id).await, of_one_in_charge);
        assert_eq!(offered(&park, Who::Liaison, before.id).await, offers(&[]));
        let handed = visit::commands::hand_over(
            &park.store,
            &centre,
            hand_over_to(&before, people.account(Who::OtherLiaison)),
        )
        .await
        .expect("handed over");
        assert_eq!(handed.ended.state, State::Ended);
        assert_eq!(handed.ended.ended_on, handed.started.started_on);
        assert_eq!(in_charge(&park).await, handed.started);
        assert_eq!(offered(&park, Who::Centre, handed.ended.id).await, offers(&[]));
        assert_eq!(offered(&park, Who::Centre, handed.started.id).await, of_one_in_charge);
        // The contact of the enterprise, the liaison who comes and the one who goes.
        assert_eq!(letters(&park).await, 3);
        let id = people.enterprise_id();
        for (who, expected) in [
            (Who::Liaison, Standing::None),
            (Who::OtherLiaison, Standing::Responsible),
            (Who::Enterprise, Standing::Own),
            (Who::OtherEnterprise, Standing::None),
        ] {
            let standing = liaison::repository::standing(park.db(), &people.viewer(who), id).await;
            assert_eq!(standing.expect("a standing"), expected, "{who:?}");
        }
        let history = liaison::repository::history_of(park.db(), &centre, &[id]).await.expect("a history");
        assert_eq!(history.len(), 2);
    }

    async fn what_is_not_right_is_refused_and_changes_nothing(park: Park) {
        let people = park.people().await;
        let before = in_charge(&park).await;
        let centre = people.viewer(Who::Centre);
        let dump = park.dump().await;
        let refusal = |input: HandOver| async {
            match visit::commands::hand_over(&park.store, &centre, input).await {
                Err(CommandError::Refused(refusals)) => refusals[0].code,
                other => panic!("not refused: {other:?}"),
            }
        };
        let right = hand_over_to(&before, people.account(Who::OtherLiaison));
        let mut silent = right.clone();
        silent.note = " ".to_owned();
        assert_eq!(refusal(silent).await, LiaisonError::NoteMissing);
        let same = hand_over_to(&before, people.account(Who::Liaison));
        assert_eq!(refusal(same).await, LiaisonError::SamePerson);
        let head = hand_over_to(&before, people.account(Who::Head));
        assert_eq!(refusal(head).await, LiaisonError::NotALiaison);
        let mut own_deputy = right.clone();
        own_deputy.deputy_id = Some(right.successor_id);
        assert_eq!(refusal(own_deputy).await, LiaisonError::OwnDeputy);
        for who in Who::ALL.into_iter().filter(|who| *who != Who::Centre) {
            let outcome = visit::commands::hand_over(&park.store, &people.viewer(who), right.clone()).await;
            assert!(
                matches!(outcome, Err(CommandError::Fault(Fault::Forbidden | Fault::NotFound))),
                "{who:?}: {outcome:?}"
            );
        }
        let mut stale = right;
        stale.expected_version = 7;
        let outcome = visit::commands::hand_over(&park.store, &centre, stale).await;
        assert!(matches!(
            outcome,
            Err(CommandError::Fault(Fault::Conflict(conflict))) if conflict.current_version == Some(1)
        ));
        dump.assert_same(&park.dump().await);
    }

    async fn a_deputy_may_do_what_the_liaison_may(park: Park) {
        let people = park.people().await;
        let before = in_charge(&park).await;
        let input = AppointDeputy {
            id: before.id,
            expected_version: before.version,
            deputy_id: Some(people.account(Who::OtherLiaison).id),
        };
        liaison::commands::appoint_deputy(&park.store, &people.viewer(Who::Centre), input)
            .await
            .expect("appointed");
        let deputy = people.viewer(Who::OtherLiaison);
        let id = people.enterprise_id();
        let standing = liaison::repository::standing(park.db(), &deputy, id).await.expect("a standing");
        assert_eq!(standing, Standing::Responsible);
        let seen = entity::enterprise::Entity::one(park.db(), &deputy, id).await.expect("a read");
        assert!(seen.is_some());
    }

    async fn of_fifty_proposals_and_hand_overs_one_is_done(park: Park) {
        let people = park.people().await;
        let centre = people.viewer(Who::Centre);
        let before = in_charge(&park).await;
        let successor = people.account(Who::OtherLiaison);
        let proposals = join_all((0..50).map(|_| {
            let (store, viewer) = (park.store.clone(), centre.clone());
            let input = Propose {
                enterprise_id: before.enterprise_id,
                account_id: successor.id,
                deputy_id: None,
            };
            tokio::spawn(async move { liaison::commands::propose(&store, &viewer, input).await })
        }))
        .await;
        let mut proposed = Vec::new();
        for outcome in proposals {
            match outcome.expect("no panic") {
                Ok(liaison) => proposed.push(liaison),
                Err(CommandError::Fault(Fault::Conflict(_))) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(proposed.len(), 1);
        assert_eq!(offered(&park, Who::Centre, proposed[0].id).await, offers(&["activate"]));
        // While somebody is in charge, nobody else takes up the work.
        let input = Activate {
            id: proposed[0].id,
            expected_version: 1,
        };
        let outcome = liaison::commands::activate(&park.store, &centre, input).await;
        assert!(matches!(outcome, Err(CommandError::Fault(Fault::Conflict(_)))), "{outcome:?}");
        let outcomes = join_all((0..50).map(|_| {
            let (store, viewer) = (park.store.clone(), centre.clone());
            let input = hand_over_to(&before, successor);
            tokio::spawn(async move { visit::commands::hand_over(&store, &viewer, input).await })
        }))
        .await;
        let mut done = 0;
        for outcome in outcomes {
            match outcome.expect("no panic") {
                Ok(handed) => {
                    assert_eq!(handed.started.id, proposed[0].id);
                    done += 1;
                }
                // Who comes later finds that the assignment has ended.
                Err(CommandError::Fault(Fault::Conflict(_)) | CommandError::Refused(_)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(done, 1);
    }

    async fn a_reader_never_sees_none_or_two(park: Park) {
        let people = park.people().await;
        let id = people.enterprise_id();
        let over = Arc::new(AtomicBool::new(false));
        let reader = {
            let (store, over) = (park.store.clone(), over.clone());
            tokio::spawn(async move {
                let mut reads = 0_u32;
                while !over.load(Ordering::Relaxed) {
                    let found = liaison::repository::in_charge_of(store.db(), &[id]).await.expect("a read");
                    assert_eq!(found.len(), 1);
                    reads += 1;
                    tokio::task::yield_now().await;
                }
                reads
            })
        };
        let centre: Viewer = people.viewer(Who::Centre);
        for turn in 0..100 {
            let before = in_charge(&park).await;
            let next = if turn % 2 == 0 { Who::OtherLiaison } else { Who::Liaison };
            let input = hand_over_to(&before, people.account(next));
            visit::commands::hand_over(&park.store, &centre, input).await.expect("handed over");
        }
        over.store(true, Ordering::Relaxed);
        assert!(reader.await.expect("the reader") > 0);
    }
}
