//! The park that every story starts in is itself right.

use entity::enterprise::rules::CreditCode;
use serde_json::json;
use tests::{Who, stories};

stories! {
    async fn the_people_move_in_and_the_door_answers(park: Park) {
        for enterprise in &park.people().await.enterprises {
            CreditCode::verify(&enterprise.credit_code).expect("a right code");
        }
        assert_eq!(park.dump().await.rows("account").len(), Who::ALL.len());
        for who in [Who::Nobody, Who::Centre] {
            let data = park.data(who, "{ __typename }", json!({})).await;
            assert_eq!(data["__typename"], "Query");
        }
        assert_eq!(park.refused(Who::Centre, "{ nothing }", json!({})).await, "BAD_REQUEST");
        assert_eq!(park.refused(Who::Nobody, "{ nothing }", json!({})).await, "UNAUTHENTICATED");
    }

    async fn a_dump_shows_every_change(park: Park) {
        let before = park.dump().await;
        park.people().await;
        let after = park.dump().await;
        before.assert_same(&before.clone());
        let compared = std::panic::catch_unwind(|| before.assert_same(&after));
        assert!(compared.is_err());
        let (_, statements) = park.statements(park.store.begin(&entity::viewer::Viewer::system("count"))).await;
        assert!(statements <= 1);
    }
}
