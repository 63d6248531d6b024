//! The key of the answers without a name: where it is missing, no answer is taken; what a lost one has sealed is given up.

use entity::{
    account,
    error::CommandError,
    evaluation::{
        self, Confidentiality,
        commands::{
            answer::{Access, Submit, choose, submit},
            cycle, keys,
        },
        part,
        rules::{AnswerError, Step},
        sealed, sheet,
    },
    language::Language,
    seal::Seal,
    viewer::{Person, Role, Viewer},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, prelude::Uuid};
use tests::stories;

use super::{
    at, forms, only,
    paper::{issued, read, typed},
    quarter,
    secrecy::told,
    year::submitted,
};

stories! {
    async fn without_its_key_no_answer_is_taken_and_none_is_lost(park: Park) {
        let runner = quarter(&park).await;
        at(&park, &runner, "2026-10-08", 9, 30).await;
        let departments: Vec<Uuid> = only(&park).await.departments.0.iter().map(|rated| rated.id).collect();
        let of_firms = forms(&park).await;
        let evaluation = only(&park).await;
        for (number, form) in of_firms.iter().enumerate().take(5) {
            submitted(&park, &evaluation, form, Confidentiality::Unnamed, told(number, &departments)).await;
        }
        // Another machine, whose operator has forgotten to give it the keys.
        let stranger = park.store.clone().with_seal(Seal::passing());
        assert!(keys::is_missing(&stranger).await.expect("a read") && !keys::is_missing(&park.store).await.expect("a read"));
        let before = park.dump().await;
        let contact = Viewer::Person(Person {
            account_id: of_firms[5].id,
            name: "企业联系人".to_owned(),
            role: Role::Enterprise,
            department_id: None,
            enterprise_id: Some(of_firms[5].enterprise_id),
            language: Language::Chinese,
        });
        let access = Access::Own(evaluation.id);
        choose(&park.store, &contact, &access, Confidentiality::Unnamed).await.expect("chosen");
        let chosen = park.dump().await;
        assert_ne!(before, chosen);
        let input = Submit { answers: told(5, &departments), call_back: None, expected_version: 0 };
        let refused = submit(&stranger, &contact, &access, input.clone()).await;
        assert!(matches!(refused, Err(CommandError::Refused(why)) if why[0].code == AnswerError::SealMissing));
        chosen.assert_same(&park.dump().await);
        submit(&park.store, &contact, &access, input.clone()).await.expect("taken where the key is");
        // Sent once more, from a second window: one is taken.
        let sent = park.dump().await;
        let again = submit(&park.store, &contact, &access, input).await;
        assert!(matches!(again, Err(CommandError::Refused(why)) if why[0].code == AnswerError::Answered));
        sent.assert_same(&park.dump().await);

        // It cannot close the evaluation; who has the key can, and nothing is missing.
        park.set_clock("2026-10-20", 18, 0);
        let before = park.dump().await;
        let system = Viewer::system("story");
        let failed = cycle::take(&stranger, &system, evaluation.id, Step::Close).await;
        assert!(failed.is_err());
        before.assert_same(&park.dump().await);
        at(&park, &runner, "2026-10-20", 18, 0).await;
        assert_eq!((only(&park).await.state, only(&park).await.unnamed), (evaluation::State::Closed, 6));
        let wishes = part::Entity::find().filter(part::Column::Kind.eq(part::Kind::Wish)).all(park.db()).await.expect("wishes");
        assert_eq!(wishes.len(), 6);
    }

    async fn what_a_lost_key_has_sealed_is_given_up_and_asked_for_again(park: Park) {
        let runner = quarter(&park).await;
        at(&park, &runner, "2026-10-08", 9, 30).await;
        let departments: Vec<Uuid> = only(&park).await.departments.0.iter().map(|rated| rated.id).collect();
        let (of_firms, evaluation) = (forms(&park).await, only(&park).await);
        for (number, how) in [Confidentiality::Unnamed, Confidentiality::Unnamed, Confidentiality::Named].into_iter().enumerate() {
            submitted(&park, &evaluation, &of_firms[number], how, told(number, &departments)).await;
        }
        let code = issued(&park, of_firms[3].enterprise_id).await;
        typed(&park, None, "evaluationSheetEnter", read(&code, 1, Confidentiality::Unnamed, &told(3, &departments))).await;
        let before = park.dump().await;
        let system = Viewer::system("story");
        assert_eq!(keys::forget(&park.store, &system, "none is lost").await.expect("nothing to do"), Vec::<String>::new());
        before.assert_same(&park.dump().await);
        assert!(!keys::renew(&park.store).await.expect("not while it is open"));
        assert_eq!(sealed::Entity::find().all(park.db()).await.expect("what is sealed").len(), 2);

        let fresh = park.store.clone().with_seal(Seal::passing());
        let again = keys::forget(&fresh, &system, "示例：磁盘损坏").await.expect("given up");
        assert_eq!(again.len(), 2);
        assert!(sealed::Entity::find().one(park.db()).await.expect("a read").is_none());
        assert_eq!((only(&park).await.answered, only(&park).await.unnamed), (1, 0));
        let sheet = sheet::Entity::find().one(park.db()).await.expect("a read").expect("the sheet");
        assert_eq!((sheet.state, sheet.first), (sheet::State::Issued, None));
        let trail = format!("{:?}", park.dump().await.rows("audit_entry"));
        assert!(trail.contains("evaluation.forgetSealed") && trail.contains("示例：磁盘损坏"));
        // Every administrator is told, with the reason and without names.
        let dump = park.dump().await;
        let letters: Vec<_> = dump.rows("letter").iter().filter(|row| row.contains("SEAL_FORGOTTEN")).collect();
        let admins = account::repository::enabled_in_role(park.db(), Role::Admin).await.expect("a read");
        assert!(!letters.is_empty());
        assert_eq!(letters.len(), admins.len());
        for letter in letters {
            assert!(letter.contains("示例：磁盘损坏") && again.iter().all(|firm| !letter.contains(firm)), "{letter}");
        }
        // With the new key they answer again, and the evaluation closes.
        for (number, form) in of_firms.iter().enumerate().take(2) {
            submitted(&park, &evaluation, form, Confidentiality::Unnamed, told(number, &departments)).await;
        }
        at(&park, &runner, "2026-10-20", 18, 0).await;
        assert_eq!((only(&park).await.state, only(&park).await.unnamed), (evaluation::State::Closed, 2));
    }
}
