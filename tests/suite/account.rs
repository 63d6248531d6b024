//! Telephone numbers of people, and inviting everybody at once.

use api_door::scalar::Kind as Thing;
use chrono::TimeDelta;
use entity::{
    account, audit,
    outbox::{self, suppression},
    viewer::Role,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, sea_query::Expr,
};
use serde_json::{Value, json};
use tests::{
    Park, Who,
    matters::{done, version},
    promise::mutation,
    stories,
    window::{Window, hidden, plain},
};

use crate::warnings::runner;

/// The global id of somebody's account.
async fn account_of(park: &Park, who: Who) -> String {
    Thing::Account.id(park.people().await.account(who).id).0
}

/// The change of a number as the API takes it.
async fn number(park: &Park, of: Who, telephone: &str) -> Value {
    let id = account_of(park, of).await;
    let version = version(park, &id).await;
    json!({"id": id, "expectedVersion": version, "telephone": telephone})
}

/// Gives somebody a number; what is kept.
async fn ring(park: &Park, who: Who, of: Who, telephone: &str) -> Value {
    let input = number(park, of, telephone).await;
    let want = "account { telephone }";
    done(park, who, "accountChangeTelephone", want, input).await["account"]["telephone"].take()
}

const INVITE: &str = "receipt { more invited { login } leftOut { account { login } code reason } }";

/// Invites everybody in these roles: the logins of who was invited, and of who was not with the reason.
async fn invite(park: &Park, who: Who, roles: &[&str]) -> (Vec<Value>, Vec<(Value, Value)>) {
    let input = json!({"roles": roles});
    let receipt = done(park, who, "accountInviteAll", INVITE, input).await["receipt"].take();
    assert_eq!(receipt["more"], false);
    let rows = |name: &str| receipt[name].as_array().expect("rows").clone();
    let (invited, left_out) = (rows("invited"), rows("leftOut"));
    let left_out = left_out.iter();
    let left_out = left_out.map(|row| (row["account"]["login"].clone(), row["code"].clone()));
    (
        invited.iter().map(|row| row["login"].clone()).collect(),
        left_out.collect(),
    )
}

async fn letters(park: &Park) -> Vec<outbox::Model> {
    outbox::Entity::find()
        .filter(outbox::Column::Kind.eq(outbox::Kind::Invitation))
        .order_by_asc(outbox::Column::Id)
        .all(park.db())
        .await
        .expect("a read")
}

const ROLES: [&str; 9] = [
    "ADMIN",
    "LEADER",
    "CENTRE",
    "LIAISON",
    "DEPARTMENT_HEAD",
    "WINDOW_OFFICER",
    "ENTERPRISE",
    "SUPERVISOR",
    "INSPECTOR",
];

stories! {
    async fn a_number_is_kept_in_one_form_and_seen_by_those_who_ring(park: Park) {
        assert_eq!(ring(&park, Who::Liaison, Who::Liaison, "（0000）0000 0003转801").await, "0000-00000003-801");
        assert_eq!(ring(&park, Who::Centre, Who::Enterprise, "0000 00010001").await, "0000-00010001");
        let people = park.people().await;
        let firm = json!({"id": Thing::Enterprise.id(people.enterprises[0].id).0});
        let query = "query($id: ID!) { enterprise(id: $id) { liaison { telephone } contacts { login telephone joined invitation { expired } } } }";
        let contact = people.account(Who::Enterprise).login.clone();
        let told = json!([{"login": contact, "telephone": "0000-00010001", "joined": false, "invitation": null}]);
        for (who, contacts) in [
            (Who::Centre, &told),
            (Who::Liaison, &told),
            (Who::Enterprise, &told),
            (Who::Leader, &json!([])),
            (Who::Supervisor, &json!([])),
        ] {
            let seen = park.data(who, query, firm.clone()).await["enterprise"].take();
            assert_eq!(seen["liaison"]["telephone"], "0000-00000003-801", "{who:?}");
            assert_eq!(&seen["contacts"], contacts, "{who:?}");
        }
        for who in [Who::Admin, Who::OtherLiaison, Who::OtherEnterprise] {
            assert_eq!(park.data(who, query, firm.clone()).await["enterprise"], json!(null), "{who:?}");
        }
        // As its address, the number of an account is for those who may read it.
        let query = "query($id: ID!) { account(id: $id) { login telephone } }";
        let id = json!({"id": account_of(&park, Who::Enterprise).await});
        for who in Who::ALL {
            let seen = park.data(who, query, id.clone()).await["account"].take();
            let may = [Who::Admin, Who::Centre, Who::Enterprise].contains(&who);
            let told = json!({"login": contact, "telephone": "0000-00010001"});
            assert_eq!(seen, if may { told } else { json!(null) }, "{who:?}");
        }
        // On the pages a click rings.
        let key = people.enterprises[0].id.simple();
        let page = park.page(Who::Centre, &format!("/enterprises/{key}")).await;
        for address in ["tel:+8600000000003;ext=801", "tel:+8600000010001"] {
            assert!(page.contains(&format!("href=\"{address}\"")), "{address}: {page}");
        }
        let page = park.page(Who::Leader, &format!("/enterprises/{key}")).await;
        assert!(page.contains("0000-00000003-801") && !page.contains("0000-00010001"), "{page}");

        // Empty takes it away; the audit trail names the field.
        assert_eq!(ring(&park, Who::Admin, Who::Enterprise, " ").await, json!(null));
        let entries = audit::Entity::find()
            .filter(audit::Column::Action.eq("account.changeTelephone"))
            .all(park.db())
            .await
            .expect("a read");
        assert_eq!(entries.len(), 3);
        for entry in entries {
            let changes = audit::rules::changes(&entry);
            let fields: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
            assert_eq!(fields, ["telephone"]);
        }
    }

    async fn a_number_is_changed_by_its_owner_and_by_who_keeps_contacts(park: Park) {
        let change = mutation("accountChangeTelephone", "__typename");
        for typed in ["801", "0000", "电话 0000-00000003"] {
            let input = json!({"input": number(&park, Who::Liaison, typed).await});
            assert_eq!(park.user_error(Who::Liaison, &change, input).await, "TELEPHONE", "{typed}");
        }
        let good = "0000-00000003";
        for (who, of, code) in [
            (Who::Centre, Who::Leader, "FORBIDDEN"),
            (Who::Liaison, Who::Enterprise, "NOT_FOUND"),
            (Who::Enterprise, Who::Liaison, "NOT_FOUND"),
            (Who::OtherLiaison, Who::Liaison, "NOT_FOUND"),
            (Who::Leader, Who::Head, "NOT_FOUND"),
        ] {
            let input = json!({"input": number(&park, of, good).await});
            assert_eq!(park.refused(who, &change, input).await, code, "{who:?} {of:?}");
        }
        for (who, of) in [
            (Who::Centre, Who::Liaison),
            (Who::Centre, Who::OtherEnterprise),
            (Who::Admin, Who::Leader),
            (Who::Inspector, Who::Inspector),
        ] {
            assert_eq!(ring(&park, who, of, good).await, good);
        }
        // The form of an account has it, too, and tells what is wrong with it beside the rest.
        let create = mutation("accountCreate", "account { telephone }");
        let person = json!({"input": {"login": "ten@park.example", "name": "专员 10", "telephone": "12", "role": "LIAISON", "language": "EN"}});
        assert_eq!(park.user_error(Who::Admin, &create, person.clone()).await, "TELEPHONE");
        let mut person = person;
        person["input"]["telephone"] = json!("12345");
        let made = park.data(Who::Admin, &create, person).await;
        assert_eq!(made["accountCreate"]["account"]["telephone"], "12345");
    }

    async fn everybody_is_invited_once_and_the_receipt_tells_who_was_not(park: Park) {
        let people = park.people().await;
        let login = |who: Who| json!(people.account(who).login);
        let (invited, left_out) = invite(&park, Who::Centre, &["ENTERPRISE"]).await;
        assert_eq!(invited, [login(Who::Enterprise), login(Who::OtherEnterprise)]);
        assert_eq!(left_out, []);
        // The same again invites nobody twice.
        assert_eq!(invite(&park, Who::Centre, &["ENTERPRISE"]).await, (vec![], vec![]));
        let written = letters(&park).await;
        assert_eq!(written.len(), 2);
        for letter in &written {
            let letter = outbox::commands::secret::opened(park.store.seal(), letter).expect("its key");
            let inviter = json!({"name": people.account(Who::Centre).name, "role": "CENTRE"});
            assert_eq!(letter.facts["inviter"], inviter);
        }
        let all = mutation("accountInviteAll", INVITE);
        for (who, roles) in [(Who::Centre, "LIAISON"), (Who::Liaison, "ENTERPRISE"), (Who::Leader, "ENTERPRISE")] {
            let input = json!({"input": {"roles": [roles]}});
            assert_eq!(park.refused(who, &all, input).await, "FORBIDDEN", "{who:?}");
        }

        // Of two people nothing is sent, each for another reason.
        for _ in 0..3 {
            let input = json!({"login": people.account(Who::Head).login});
            done(&park, Who::Nobody, "accountRequestPasswordLink", "accepted", input).await;
        }
        let given_up = suppression::Model {
            address: people.account(Who::Window).login.clone(),
            since: park.store.now(),
            refused_at: park.store.now(),
            refusals: 1,
            letter_id: written[0].id,
            reason: "550 5.1.1".to_owned(),
        };
        suppression::Entity::insert(given_up.into_active_model())
            .exec_without_returning(park.db())
            .await
            .expect("an address that was given up");
        let (invited, left_out) = invite(&park, Who::Admin, &ROLES).await;
        assert_eq!(invited.len(), 8, "{invited:?}");
        assert_eq!(
            left_out.iter().map(|(_, code)| code.clone()).collect::<Vec<_>>(),
            [json!("TOO_MANY_LINKS"), json!("ADDRESS_GIVEN_UP")]
        );
        assert_eq!(left_out[1].0, login(Who::Window));
        let recorded = audit::Entity::find().filter(audit::Column::Action.eq("account.invite"));
        assert_eq!(recorded.count(park.db()).await.expect("a count"), 10);

        // An invitation that has ended is sent again, and nobody who has come is asked.
        park.clock.advance(TimeDelta::hours(73));
        account::Entity::update_many()
            .col_expr(account::Column::PasswordHash, Expr::value(Some("a hash".to_owned())))
            .filter(account::Column::Id.eq(people.account(Who::Enterprise).id))
            .exec(park.db())
            .await
            .expect("somebody has come");
        let asked = "{ accounts(first: 50, where: {awaitsInvitation: true}) { totalCount } }";
        assert_eq!(park.data(Who::Admin, asked, json!({})).await["accounts"]["totalCount"], 11);
        let (invited, _) = invite(&park, Who::Centre, &["ENTERPRISE"]).await;
        assert_eq!(invited, [login(Who::OtherEnterprise)]);
        assert_eq!(park.data(Who::Admin, asked, json!({})).await["accounts"]["totalCount"], 10);
    }

    async fn many_are_invited_by_one_command(park: Park) {
        let first = park.people().await.account(Who::OtherEnterprise).clone();
        let made: Vec<_> = (0..120).map(|number| account::ActiveModel {
            id: Set(entity::id::new_id(park.store.now())),
            login: Set(format!("contact{number:03}@firm.example")),
            ..first.clone().into_active_model().reset_all()
        }).collect();
        account::Entity::insert_many(made).exec_without_returning(park.db()).await.expect("people");
        let (invited, left_out) = invite(&park, Who::Centre, &["ENTERPRISE"]).await;
        assert_eq!((invited.len(), left_out.len()), (122, 0));
        assert_eq!(letters(&park).await.len(), 122);
        assert_eq!(invite(&park, Who::Centre, &["ENTERPRISE"]).await.0.len(), 0);
    }

    async fn the_same_request_tells_its_receipt_again_and_does_what_is_left(park: Park) {
        let people = park.people().await;
        let logins = async |key: &str| {
            let input = json!({"roles": ["ENTERPRISE"], "idempotencyKey": key});
            let mut receipt = done(&park, Who::Centre, "accountInviteAll", INVITE, input).await["receipt"].take();
            receipt["invited"].take()
        };
        let login = |who: Who| json!({"login": people.account(who).login});
        let both = json!([login(Who::Enterprise), login(Who::OtherEnterprise)]);
        assert_eq!(logins("first").await, both);
        let before = park.dump().await;
        assert_eq!(logins("first").await, both);
        assert_eq!(logins("second").await, json!([]), "another request has invited nobody");
        before.assert_same(&park.dump().await);
        // A key is that of its person.
        let input = json!({"roles": ["ENTERPRISE"], "idempotencyKey": "first"});
        let other = done(&park, Who::Admin, "accountInviteAll", INVITE, input).await["receipt"].take();
        assert_eq!(other["invited"], json!([]));

        // With other people it is another request and needs another key; a key has a length.
        let all = mutation("accountInviteAll", INVITE);
        let input = json!({"input": {"roles": [], "idempotencyKey": "first"}});
        let told = park.graphql(Who::Centre, &all, input).await["errors"][0]["extensions"].take();
        assert_eq!((&told["code"], &told["reason"]), (&json!("BAD_REQUEST"), &json!("IDEMPOTENCY_KEY_USED")));
        for key in [String::new(), "k".repeat(121)] {
            let input = json!({"input": {"roles": ["ENTERPRISE"], "idempotencyKey": key}});
            assert_eq!(park.refused(Who::Centre, &all, input).await, "BAD_REQUEST", "{key}");
        }
        before.assert_same(&park.dump().await);

        // Whoever has come to be invited since is invited; nobody is a second time, also when the first invitation has ended.
        park.clock.advance(TimeDelta::hours(73));
        let first = people.account(Who::OtherEnterprise).clone();
        let made = account::ActiveModel {
            id: Set(entity::id::new_id(park.store.now())),
            login: Set("zz@firm.example".to_owned()),
            ..first.into_active_model().reset_all()
        };
        account::Entity::insert(made).exec_without_returning(park.db()).await.expect("a person");
        let all = logins("first").await;
        assert_eq!(all.as_array().map(Vec::len), Some(3), "{all}");
        assert_eq!(letters(&park).await.len(), 3);
    }

    async fn the_page_says_how_many_letters_go_to_whom(park: Park) {
        let (centre, _) = Window::of(&park, Role::Centre).await;
        let path = "/accounts/invite?who=contacts";
        let page = centre.text(&park, path).await;
        let read = plain(&page);
        assert!(read.contains("To be invited 2 people") && read.contains("Send invitations: 2 e-mails"), "{read}");
        assert!(read.contains("No mail server is set"), "{read}");
        let (token, key) = (hidden(&page, "token"), hidden(&page, "idempotencyKey"));
        let fields = [("token", token.as_str()), ("idempotencyKey", key.as_str())];
        let told = centre.post(&park, path, &fields).await;
        assert_eq!(told.status(), 200);
        let read = plain(&told.text().await.expect("a page"));
        assert!(read.contains("Invitations waiting to be sent 2 e-mails"), "{read}");
        assert!(read.contains("Could not be invited 0 people") && read.contains("No mail server is set"), "{read}");
        // Sent twice, it is done once, and told again.
        let again = plain(&centre.post(&park, path, &fields).await.text().await.expect("a page"));
        assert!(again.contains("Invitations waiting to be sent 2 e-mails"), "{again}");
        assert_eq!(letters(&park).await.len(), 2);
        let read = plain(&centre.text(&park, path).await);
        assert!(read.contains("Nobody is to be invited") && read.contains("Invited, link still valid 2 people"), "{read}");
        let (liaison, _) = Window::of(&park, Role::Liaison).await;
        assert_eq!(liaison.get(&park, path).await.status(), 403);
    }

    async fn a_letter_to_an_enterprise_names_its_liaison_and_the_number(park: Park) {
        ring(&park, Who::Liaison, Who::Liaison, "0000-00000003").await;
        invite(&park, Who::Centre, &["ENTERPRISE"]).await;
        runner(&park).deliver_now(None).await.expect("a delivery");
        let people = park.people().await;
        let letters = park.mailbox.to(&people.account(Who::Enterprise).login);
        assert_eq!(letters.len(), 1);
        let text = letters[0].text.split_whitespace().collect::<Vec<_>>().join(" ");
        let liaison = &people.account(Who::Liaison).name;
        assert!(text.contains(&format!("Your liaison: {liaison}, telephone 0000-00000003.")), "{text}");
        assert!(text.contains(&format!("{} (Enterprise service centre) invites you", people.account(Who::Centre).name)), "{text}");
        // Without a number the name stands alone.
        let letters = park.mailbox.to(&people.account(Who::OtherEnterprise).login);
        assert!(letters[0].text.contains("Your liaison:") && !letters[0].text.contains("telephone"), "{}", letters[0].text);
    }
}
