//! Accounts and sessions: invited by letter, signed in with care, out when idle.

use api_door::scalar::Kind as Thing;
use api_graphql::account::request_password_link::BEAT;
use async_graphql::ID;
use chrono::TimeDelta;
use entity::{
    account::{
        self,
        commands::{Create, SetEnabled, promote::Confirm},
        rules::{AccountError, LinkError, PasswordError},
    },
    error::{CommandError, Fault},
    language::Language,
    outbox,
    policy::Policy,
    session::{
        Kind,
        commands::{self, CreateToken, SignIn, SignedIn},
        rules::SignInError,
    },
    viewer::{Role, Viewer},
};
use futures::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tests::{Park, Who, dump::number, matters::done, promise::mutation, stories, window::Window};

const PASSWORD: &str = "Right-password-1";

fn somebody(login: &str) -> Create {
    Create {
        login: login.to_owned(),
        name: "专员 09".to_owned(),
        telephone: None,
        role: Role::Liaison,
        department_id: None,
        enterprise_id: None,
        language: Language::Chinese,
        password: None,
        demonstration: false,
    }
}

/// The secret in the newest letter of a kind.
async fn secret_of(park: &Park, kind: outbox::Kind) -> String {
    let letter = outbox::Entity::find()
        .filter(outbox::Column::Kind.eq(kind))
        .order_by_desc(outbox::Column::CreatedAt)
        .one(park.db())
        .await
        .expect("a read")
        .expect("a letter");
    let letter = outbox::commands::secret::opened(park.store.seal(), &letter).expect("its key");
    let path = letter.facts["path"].as_str().expect("a path").to_owned();
    path.rsplit('/').next().expect("a secret").to_owned()
}

async fn joined(park: &Park, login: &str) -> account::Model {
    let mut input = somebody(login);
    input.password = Some(PASSWORD.to_owned());
    account::commands::create(&park.store, &park.people().await.viewer(Who::Admin), input)
        .await
        .expect("created")
}

async fn sign_in(park: &Park, login: &str, password: &str) -> Result<SignedIn, SignInError> {
    sign_in_by(park, login, password, &entity::id::new_secret()).await
}

/// Signs in by the browser that carries `browser`.
async fn sign_in_by(
    park: &Park,
    login: &str,
    password: &str,
    browser: &str,
) -> Result<SignedIn, SignInError> {
    let input = SignIn {
        login: login.to_owned(),
        password: password.to_owned(),
        browser: browser.to_owned(),
        address: Some("192.0.2.1".to_owned()),
        user_agent: None,
    };
    let nobody = park.people().await.viewer(Who::Nobody);
    match commands::sign_in(&park.store, &nobody, input).await {
        Ok(signed_in) => Ok(signed_in),
        Err(CommandError::Refused(refusals)) => Err(refusals[0].code),
        Err(CommandError::Fault(fault)) => panic!("{fault}"),
    }
}

/// Tries wrong passwords by unknown browsers until the account is locked for them.
async fn lock(park: &Park, login: &str) {
    while !matches!(
        sign_in(park, login, "Wrong-password-1").await,
        Err(SignInError::TooManyAttempts { .. })
    ) {}
}

async fn is_in(park: &Park, secret: &str) -> bool {
    commands::authenticate(&park.store, secret, Kind::Cookie)
        .await
        .expect("an answer")
        .is_some()
}

stories! {
    async fn an_invited_person_comes_once(park: Park) {
        let admin = park.people().await.viewer(Who::Admin);
        let account = account::commands::create(&park.store, &admin, somebody(" Nine@Park.example"))
            .await
            .expect("created");
        assert_eq!(account.login, "nine@park.example");
        assert_eq!(sign_in(&park, "nine@park.example", PASSWORD).await.err(), Some(SignInError::WrongCredentials));
        let secret = secret_of(&park, outbox::Kind::Invitation).await;
        let weak = account::commands::accept_link(&park.store, &secret, "short".to_owned()).await;
        assert!(matches!(
            weak,
            Err(CommandError::Refused(refusals))
                if refusals[0].code == LinkError::Password(PasswordError::TooShort { least: 15 })
        ));
        let outcomes = join_all((0..50).map(|_| {
            let (store, secret) = (park.store.clone(), secret.clone());
            tokio::spawn(async move {
                account::commands::accept_link(&store, &secret, PASSWORD.to_owned()).await
            })
        }))
        .await;
        let done = outcomes
            .into_iter()
            .filter(|outcome| match outcome.as_ref().expect("no panic") {
                Ok(_) => true,
                Err(CommandError::Refused(refusals)) => {
                    assert_eq!(refusals[0].code, LinkError::Void);
                    false
                }
                Err(CommandError::Fault(Fault::Conflict(_))) => false,
                Err(other) => panic!("{other:?}"),
            })
            .count();
        assert_eq!(done, 1);
        let signed_in = sign_in(&park, "NINE@park.example ", PASSWORD).await.expect("signed in");
        assert!(is_in(&park, &signed_in.secret).await);
        let stored = park.dump().await;
        assert!(!format!("{stored:?}").contains(&signed_in.secret));
    }

    async fn a_link_ends_after_three_days_and_when_another_is_used(park: Park) {
        let people = park.people().await;
        joined(&park, "ten@park.example").await;
        let nobody = people.viewer(Who::Nobody);
        let before = park.dump().await;
        account::commands::request_password_link(&park.store, &nobody, "unknown@park.example").await.expect("the same answer");
        before.assert_same(&park.dump().await);
        account::commands::request_password_link(&park.store, &nobody, "Ten@park.example").await.expect("the same answer");
        let first = secret_of(&park, outbox::Kind::Password).await;
        park.clock.advance(TimeDelta::minutes(6));
        account::commands::request_password_link(&park.store, &nobody, "ten@park.example").await.expect("the same answer");
        let second = secret_of(&park, outbox::Kind::Password).await;
        assert_ne!(first, second);
        park.clock.advance(TimeDelta::minutes(61));
        account::commands::request_password_link(&park.store, &nobody, "ten@park.example").await.expect("the same answer");
        let third = secret_of(&park, outbox::Kind::Password).await;
        // Letters overtake each other: the older link works until one is used.
        account::commands::accept_link(&park.store, &first, "Another-password-2".to_owned()).await.expect("accepted");
        park.clock.advance(TimeDelta::minutes(1));
        account::commands::request_password_link(&park.store, &nobody, "ten@park.example").await.expect("the same answer");
        let late = secret_of(&park, outbox::Kind::Password).await;
        assert_ne!(late, third);
        let void = async |secret: &str, password: &str| {
            let outcome = account::commands::accept_link(&park.store, secret, password.to_owned()).await;
            matches!(outcome, Err(CommandError::Refused(refusals)) if refusals[0].code == LinkError::Void)
        };
        assert!(void(&second, "Another-password-3").await && void(&third, "Another-password-3").await);
        park.clock.advance(TimeDelta::hours(72));
        for secret in [first, late] {
            let outcome = account::commands::accept_link(&park.store, &secret, "Another-password-2".to_owned()).await;
            assert!(matches!(
                outcome,
                Err(CommandError::Refused(refusals)) if refusals[0].code == LinkError::Void
            ));
        }
    }

    async fn guessing_locks_for_a_while_and_never_for_ever(park: Park) {
        joined(&park, "eleven@park.example").await;
        for login in ["eleven@park.example", "unknown@park.example"] {
            for _ in 0..5 {
                assert_eq!(sign_in(&park, login, "Wrong-password-1").await.err(), Some(SignInError::WrongCredentials));
            }
            assert!(matches!(
                sign_in(&park, login, PASSWORD).await,
                Err(SignInError::TooManyAttempts { retry_after: 1..=60 })
            ));
            park.clock.advance(TimeDelta::minutes(61));
        }
        assert!(sign_in(&park, "eleven@park.example", PASSWORD).await.is_ok());
        // A right password clears the count.
        for _ in 0..4 {
            assert!(sign_in(&park, "eleven@park.example", "Wrong-password-1").await.is_err());
        }
    }

    async fn guesses_from_elsewhere_do_not_keep_the_owner_out(park: Park) {
        const LOGIN: &str = "thirteen@park.example";
        joined(&park, LOGIN).await;
        let (own, foreign) = ("the browser at the desk", "another browser");
        sign_in_by(&park, LOGIN, PASSWORD, own).await.expect("signed in");
        lock(&park, LOGIN).await;
        let signed_in = sign_in_by(&park, LOGIN, PASSWORD, own).await.expect("the own browser is known");
        assert!(!format!("{:?}", park.dump().await).contains(own));
        // That the owner comes in gives nobody else another try.
        assert!(matches!(sign_in(&park, LOGIN, PASSWORD).await, Err(SignInError::TooManyAttempts { .. })));
        // Who is in changes the password whatever happens outside.
        let (viewer, _) = commands::authenticate(&park.store, &signed_in.secret, Kind::Cookie).await.expect("an answer").expect("in");
        let next = "Another-password-2";
        commands::change_password(&park.store, &viewer, PASSWORD.to_owned(), next.to_owned()).await.expect("changed");

        // A known browser has its own count, and is known for its own account alone.
        for _ in 0..5 {
            assert_eq!(sign_in_by(&park, LOGIN, "Wrong-password-1", own).await.err(), Some(SignInError::WrongCredentials));
        }
        assert!(matches!(sign_in_by(&park, LOGIN, next, own).await, Err(SignInError::TooManyAttempts { .. })));
        joined(&park, "fourteen@park.example").await;
        for _ in 0..5 {
            assert!(sign_in_by(&park, "fourteen@park.example", "Wrong-password-1", own).await.is_err());
        }
        assert!(matches!(
            sign_in_by(&park, "fourteen@park.example", PASSWORD, foreign).await,
            Err(SignInError::TooManyAttempts { .. })
        ));

        // On another machine the link of a letter leads in.
        let nobody = park.people().await.viewer(Who::Nobody);
        account::commands::request_password_link(&park.store, &nobody, LOGIN).await.expect("a letter");
        let link = secret_of(&park, outbox::Kind::Password).await;
        lock(&park, LOGIN).await;
        assert!(matches!(sign_in_by(&park, LOGIN, next, &link).await, Err(SignInError::TooManyAttempts { .. })));
        let last = "A-third-password-3";
        account::commands::accept_link(&park.store, &link, last.to_owned()).await.expect("accepted");
        assert!(matches!(sign_in_by(&park, LOGIN, last, foreign).await, Err(SignInError::TooManyAttempts { .. })));
        sign_in_by(&park, LOGIN, last, &link).await.expect("the browser of the link is known");
        // Not for ever.
        park.clock.advance(TimeDelta::days(181));
        lock(&park, LOGIN).await;
        assert!(matches!(sign_in_by(&park, LOGIN, last, &link).await, Err(SignInError::TooManyAttempts { .. })));
    }

    async fn sessions_end_when_idle_when_disabled_and_when_signed_out(park: Park) {
        let people = park.people().await;
        let account = joined(&park, "twelve@park.example").await;
        let first = sign_in(&park, "twelve@park.example", PASSWORD).await.expect("signed in");
        for _ in 0..3 {
            park.clock.advance(TimeDelta::minutes(14));
            assert!(is_in(&park, &first.secret).await);
        }
        park.clock.advance(TimeDelta::minutes(15));
        assert!(!is_in(&park, &first.secret).await);
        let second = sign_in(&park, "twelve@park.example", PASSWORD).await.expect("signed in");
        let nobody = people.viewer(Who::Nobody);
        commands::sign_out(&park.store, &nobody, &second.secret).await.expect("out");
        commands::sign_out(&park.store, &nobody, &second.secret).await.expect("out already");
        assert!(!is_in(&park, &second.secret).await);
        let third = sign_in(&park, "twelve@park.example", PASSWORD).await.expect("signed in");
        let (viewer, _) = commands::authenticate(&park.store, &third.secret, Kind::Cookie).await.expect("an answer").expect("in");
        let token = commands::create_token(&park.store, &viewer, CreateToken {
            name: "小程序".to_owned(),
            expires_at: park.store.now() + TimeDelta::days(30),
        })
        .await
        .expect("a token");
        // A token is none as a cookie, and the other way round.
        assert!(!is_in(&park, &token.secret).await);
        assert!(commands::authenticate(&park.store, &third.secret, Kind::Token).await.expect("an answer").is_none());
        assert!(commands::authenticate(&park.store, &token.secret, Kind::Token).await.expect("an answer").is_some());
        let admin = people.viewer(Who::Admin);
        account::commands::set_enabled(&park.store, &admin, SetEnabled {
            id: account.id,
            expected_version: 1,
            enabled: false,
        })
        .await
        .expect("disabled");
        assert!(!is_in(&park, &third.secret).await);
        assert!(commands::authenticate(&park.store, &token.secret, Kind::Token).await.expect("an answer").is_none());
        assert_eq!(sign_in(&park, "twelve@park.example", PASSWORD).await.err(), Some(SignInError::WrongCredentials));
    }

    async fn accounts_are_the_administrators(park: Park) {
        let people = park.people().await;
        let before = park.dump().await;
        for who in Who::ALL.into_iter().filter(|who| *who != Who::Admin) {
            let outcome = account::commands::create(&park.store, &people.viewer(who), somebody("x@park.example")).await;
            assert!(matches!(outcome, Err(CommandError::Fault(Fault::Forbidden))), "{who:?}");
        }
        let admin = people.viewer(Who::Admin);
        let own = SetEnabled {
            id: people.account(Who::Admin).id,
            expected_version: 1,
            enabled: false,
        };
        let outcome = account::commands::set_enabled(&park.store, &admin, own).await;
        assert!(matches!(
            outcome,
            Err(CommandError::Refused(refusals)) if refusals[0].code == AccountError::OwnAccount
        ));
        before.assert_same(&park.dump().await);
        let outcomes = join_all((0..50).map(|_| {
            let (store, viewer) = (park.store.clone(), admin.clone());
            tokio::spawn(async move { account::commands::create(&store, &viewer, somebody("x@park.example")).await })
        }))
        .await;
        let created = outcomes
            .into_iter()
            .filter(|outcome| match outcome.as_ref().expect("no panic") {
                Ok(_) => true,
                Err(CommandError::Refused(refusals)) => {
                    assert_eq!(refusals[0].code, AccountError::LoginTaken);
                    false
                }
                Err(other) => panic!("{other:?}"),
            })
            .count();
        assert_eq!(created, 1);
    }

    async fn the_shipped_departments_are_installed_once(park: Park) {
        entity::department::commands::install_shipped(&park.store).await.expect("installed");
        let first = park.dump().await;
        entity::department::commands::install_shipped(&park.store).await.expect("nothing to do");
        first.assert_same(&park.dump().await);
        let admin = park.people().await.viewer(Who::Admin);
        let departments = entity::department::repository::all(park.db(), &admin).await.expect("a read");
        assert_eq!(departments.len(), 14);
        assert_eq!(departments.iter().map(|department| department.windows).sum::<i32>(), 21);
        // Only who manages them is offered to change one, with what stands there now.
        let ask = "{ departments { windows commands { code may whyNot fields { name value } } } }";
        for (who, may) in [(Who::Admin, true), (Who::Centre, false)] {
            let told = park.data(who, ask, json!({})).await["departments"][0].take();
            let offer = &told["commands"][0];
            assert_eq!((&offer["code"], &offer["may"]), (&json!("department.change"), &json!(may)), "{who:?}");
            assert_eq!(offer["whyNot"].is_null(), may, "{who:?}");
            let windows = json!({"name": "windows", "value": told["windows"].to_string()});
            assert!(offer["fields"].as_array().expect("fields").contains(&windows), "{told}");
        }
    }

    async fn the_last_administrator_stays(park: Park) {
        let people = park.people().await;
        let admin = people.account(Who::Admin).clone();
        let change = |role: &str| json!({"input": {"id": Thing::Account.id(admin.id).0, "expectedVersion": admin.version,
            "name": "示例", "role": role, "language": "ZH_CN"}});
        let query = mutation("accountChange", "account { role }");
        assert_eq!(park.user_error(Who::Admin, &query, change("CENTRE")).await, "LAST_ADMINISTRATOR");
        let operator = Viewer::system("command line");
        let disable = account::commands::SetEnabled { id: admin.id, expected_version: admin.version, enabled: false };
        assert!(account::commands::set_enabled(&park.store, &operator, disable.clone()).await.is_err());
        let (_, other) = Window::of(&park, Role::Admin).await;
        let changed = park.data(Who::Admin, &query, change("CENTRE")).await;
        assert_eq!(changed["accountChange"]["account"]["role"], "CENTRE");
        let other = account::repository::by_login(park.db(), &other).await.expect("a read").expect("the other");
        let disable = account::commands::SetEnabled { id: other.id, expected_version: other.version, enabled: false };
        assert!(account::commands::set_enabled(&park.store, &operator, disable).await.is_err(), "now that one is the last");
    }

    async fn at_most_three_links_an_hour(park: Park) {
        let people = park.people().await;
        let liaison = people.account(Who::Liaison).clone();
        let links = async || {
            account::link::Entity::find()
                .filter(account::link::Column::AccountId.eq(liaison.id))
                .all(park.db())
                .await
                .expect("a read")
                .len()
        };
        for _ in 0..6 {
            let input = json!({"login": liaison.login});
            done(&park, Who::Nobody, "accountRequestPasswordLink", "accepted", input).await;
        }
        assert_eq!(links().await, 3);
        let invite = mutation("accountInvite", "__typename");
        let input = json!({"input": {"id": Thing::Account.id(liaison.id).0}});
        assert_eq!(park.user_error(Who::Admin, &invite, input.clone()).await, "TOO_MANY_LINKS");
        park.clock.advance(chrono::TimeDelta::minutes(61));
        park.data(Who::Admin, &invite, input).await;
        assert_eq!(links().await, 4);
    }

    async fn the_time_of_an_answer_does_not_tell_a_name(park: Park) {
        let known = park.people().await.account(Who::Liaison).login.clone();
        let links = "SELECT COUNT(*) FROM account_link";
        let before = number(park.db(), links).await;
        for (login, expected) in [("unknown@park.example", 0), (known.as_str(), 1)] {
            let begun = std::time::Instant::now();
            done(&park, Who::Nobody, "accountRequestPasswordLink", "accepted", json!({"login": login})).await;
            assert!(begun.elapsed() >= BEAT, "{login}");
            // Whoever has the answer finds the letter written.
            assert_eq!(number(park.db(), links).await - before, expected, "{login}");
        }
    }

    async fn an_account_has_so_many_tokens(park: Park) {
        park.people().await;
        let query = mutation("sessionCreateToken", "token { session { id } }");
        let input = json!({"input": {"name": "示例", "expiresAt": "2026-12-31T00:00:00Z"}});
        let mut last = Value::Null;
        // One is that of the story itself.
        for _ in 0..19 {
            last = park.data(Who::Liaison, &query, input.clone()).await;
        }
        assert_eq!(park.user_error(Who::Liaison, &query, input.clone()).await, "TOO_MANY");
        let id = &last["sessionCreateToken"]["token"]["session"]["id"];
        let offered = async || {
            let ask = "query($id: ID!) { node(id: $id) { ... on Session { commands { code may whyNot } } } }";
            park.data(Who::Liaison, ask, json!({"id": id})).await["node"]["commands"].take()
        };
        assert_eq!(offered().await, json!([{"code": "session.revoke", "may": true, "whyNot": null}]));
        done(&park, Who::Liaison, "sessionRevoke", "__typename", json!({"id": id})).await;
        let offers = offered().await;
        assert!(offers[0]["may"] == false && offers[0]["whyNot"].is_string(), "it is over: {offers}");
        park.data(Who::Liaison, &query, input).await;
    }

    async fn no_administrator_alone_makes_a_leader(park: Park) {
        let mut park = park;
        let policy = Policy { second_administrator: true, ..Policy::default() };
        park.store = park.store.clone().with_policy(policy);
        let people = park.people().await;
        let liaison = people.account(Who::Liaison).clone();
        let (create, change) = (mutation("accountCreate", "account { id version enabled awaitedRole }"), mutation("accountChange", "account { role awaitedRole version }"));
        let confirm = mutation("accountConfirm", "account { role enabled awaitedRole }");
        let input = |login: &str, role: &str| json!({"input": {"login": login, "name": "示例", "role": role, "language": "ZH_CN"}});
        // A role without power over all is given at once.
        let made = park.data(Who::Admin, &create, input("window@example.example", "LIAISON")).await;
        assert_eq!(made["accountCreate"]["account"]["enabled"], true);
        // A leader waits, without an invitation, and cannot be enabled around it.
        let made = park.data(Who::Admin, &create, input("second@example.example", "LEADER")).await["accountCreate"]["account"].clone();
        assert_eq!((&made["enabled"], &made["awaitedRole"]), (&json!(false), &json!("LEADER")));
        let letters = async || outbox::Entity::find().filter(outbox::Column::Kind.eq(outbox::Kind::Invitation)).all(park.db()).await.expect("a read").len();
        let invited = letters().await;
        let enable = json!({"input": {"id": made["id"], "expectedVersion": 1, "enabled": true}});
        assert_eq!(park.user_error(Who::Admin, &mutation("accountSetEnabled", "__typename"), enable).await, "SECOND_PERSON");
        let which = |id: &Value, version: i32| json!({"input": {"id": id, "expectedVersion": version}});
        assert_eq!(park.user_error(Who::Admin, &confirm, which(&made["id"], 1)).await, "SECOND_PERSON");
        let offered = async || {
            let ask = "query($id: ID!) { account(id: $id) { commands { code may whyNot } } }";
            let told = park.data(Who::Admin, ask, json!({"id": made["id"]})).await["account"]["commands"].take();
            let told = told.as_array().expect("offers").clone();
            assert!(told.iter().all(|offer| offer["may"] == json!(offer["whyNot"].is_null())), "{told:?}");
            told.into_iter().map(|offer| json!([offer["code"], offer["may"]])).collect::<Vec<_>>()
        };
        let offers = |confirm: bool, enable: bool| {
            [("account.change", true), ("account.confirm", confirm), ("account.changeTelephone", true), ("account.setEnabled", enable), ("account.invite", true)].map(|offer| json!(offer))
        };
        assert_eq!(offered().await, offers(false, false));
        // One of those in office rises no other way.
        let raise = json!({"input": {"id": Thing::Account.id(liaison.id).0, "expectedVersion": liaison.version, "name": "示例", "role": "ADMIN", "language": "ZH_CN"}});
        let raised = park.data(Who::Admin, &change, raise).await["accountChange"]["account"].clone();
        assert_eq!((&raised["role"], &raised["awaitedRole"]), (&json!("LIAISON"), &json!("ADMIN")));
        assert_eq!(park.refused(Who::Centre, &confirm, which(&made["id"], 1)).await, "FORBIDDEN");
        // The second administrator comes from the command line, where one stands who has the machine.
        let (_, login) = Window::of(&park, Role::Admin).await;
        let other = account::repository::by_login(park.db(), &login).await.expect("a read").expect("an administrator");
        let confirmed = account::commands::promote::confirm(&park.store, &Viewer::Person(other.person()), Confirm {
            id: Thing::Account.key(&ID(made["id"].as_str().expect("an id").to_owned())).expect("an id"),
            expected_version: 1,
        })
        .await
        .expect("confirmed");
        assert!(confirmed.is_enabled() && confirmed.role == Role::Leader);
        assert_eq!(letters().await, invited + 1);
        assert_eq!(park.user_error(Who::Admin, &confirm, which(&made["id"], 2)).await, "NOTHING_WAITS");
        assert_eq!(offered().await, offers(false, true));
        // Saved again, what waits waits on; by whoever is the second.
        let again = json!({"input": {"id": Thing::Account.id(liaison.id).0, "expectedVersion": raised["version"], "name": "示例", "role": "ADMIN", "language": "ZH_CN"}});
        let raised = park.data(Who::Admin, &change, again).await["accountChange"]["account"].clone();
        assert_eq!((&raised["role"], &raised["awaitedRole"]), (&json!("LIAISON"), &json!("ADMIN")));
        // Another role takes back what waits.
        let back = json!({"input": {"id": Thing::Account.id(liaison.id).0, "expectedVersion": raised["version"], "name": "示例", "role": "LIAISON", "language": "ZH_CN"}});
        let back = park.data(Who::Admin, &change, back).await;
        assert_eq!(back["accountChange"]["account"]["awaitedRole"], Value::Null);
    }

    async fn a_role_that_waits_is_not_given_by_saving_and_enabling(park: Park) {
        let mut park = park;
        let policy = Policy { second_administrator: true, ..Policy::default() };
        park.store = park.store.clone().with_policy(policy);
        let create = mutation("accountCreate", "account { id version }");
        let change = mutation("accountChange", "account { role enabled awaitedRole version }");
        let enable = mutation("accountSetEnabled", "__typename");
        for (role, other) in [("ADMIN", "LEADER"), ("LEADER", "ADMIN"), ("SUPERVISOR", "ADMIN")] {
            let login = format!("{}@example.example", role.to_lowercase());
            let input = json!({"input": {"login": login, "name": "示例", "role": role, "language": "ZH_CN"}});
            let id = park.data(Who::Admin, &create, input).await["accountCreate"]["account"]["id"].clone();
            let mut version = json!(1);
            // The same role again, then another one, and back.
            for (next, awaited) in [(role, role), (other, other), (role, role)] {
                let input = json!({"input": {"id": id, "expectedVersion": version, "name": "示例", "role": next, "language": "ZH_CN"}});
                let changed = park.data(Who::Admin, &change, input).await["accountChange"]["account"].clone();
                assert_eq!((&changed["role"], &changed["awaitedRole"], &changed["enabled"]), (&json!(role), &json!(awaited), &json!(false)));
                version = changed["version"].clone();
                let input = json!({"input": {"id": id, "expectedVersion": version, "enabled": true}});
                assert_eq!(park.user_error(Who::Admin, &enable, input).await, "SECOND_PERSON", "{role}, {next}");
            }
            // The second administrator gives it, and the account is open.
            let (_, login) = Window::of(&park, Role::Admin).await;
            let second = account::repository::by_login(park.db(), &login).await.expect("a read").expect("an administrator");
            let confirmed = account::commands::promote::confirm(&park.store, &Viewer::Person(second.person()), Confirm {
                id: Thing::Account.key(&ID(id.as_str().expect("an id").to_owned())).expect("an id"),
                expected_version: i32::try_from(version.as_i64().expect("a version")).expect("a version"),
            })
            .await
            .expect("confirmed");
            assert!(confirmed.is_enabled());
            // It was given for good: whoever is disabled before the first sign-in is enabled by one administrator.
            park.clock.advance(TimeDelta::minutes(1));
            let set = "account { version enabled awaitedRole }";
            let mut version = json!(confirmed.version);
            for enabled in [false, true] {
                let input = json!({"id": id, "expectedVersion": version, "enabled": enabled});
                let now = done(&park, Who::Admin, "accountSetEnabled", set, input).await["account"].take();
                assert_eq!((&now["enabled"], &now["awaitedRole"]), (&json!(enabled), &Value::Null), "{role}");
                version = now["version"].clone();
                if !enabled {
                    let input = json!({"id": id, "expectedVersion": version, "name": "示例", "role": role, "language": "ZH_CN"});
                    let saved = done(&park, Who::Admin, "accountChange", "account { version awaitedRole }", input).await["account"].take();
                    assert_eq!(saved["awaitedRole"], Value::Null, "{role}");
                    version = saved["version"].clone();
                }
            }
        }
    }

    async fn a_new_account_is_opened_by_the_second_whatever_it_was_to_be_before(park: Park) {
        let mut park = park;
        let policy = Policy { second_administrator: true, ..Policy::default() };
        park.store = park.store.clone().with_policy(policy);
        let input = json!({"login": "third@example.example", "name": "示例", "role": "ADMIN", "language": "ZH_CN"});
        let made = done(&park, Who::Admin, "accountCreate", "account { id version }", input).await["account"].take();
        let mut version = made["version"].clone();
        for (role, now, awaited) in [("CENTRE", "CENTRE", Value::Null), ("SUPERVISOR", "CENTRE", json!("SUPERVISOR"))] {
            let input = json!({"id": made["id"], "expectedVersion": version, "name": "示例", "role": role, "language": "ZH_CN"});
            let fields = "account { role enabled awaitedRole version }";
            let changed = done(&park, Who::Admin, "accountChange", fields, input).await["account"].take();
            assert_eq!((&changed["role"], &changed["awaitedRole"], &changed["enabled"]), (&json!(now), &awaited, &json!(false)));
            version = changed["version"].clone();
        }
        let letters = "SELECT COUNT(*) FROM letter WHERE kind = 'INVITATION'";
        let (_, login) = Window::of(&park, Role::Admin).await;
        let second = account::repository::by_login(park.db(), &login).await.expect("a read").expect("an administrator");
        let before = number(park.db(), letters).await;
        let confirmed = account::commands::promote::confirm(&park.store, &Viewer::Person(second.person()), Confirm {
            id: Thing::Account.key(&ID(made["id"].as_str().expect("an id").to_owned())).expect("an id"),
            expected_version: i32::try_from(version.as_i64().expect("a version")).expect("a version"),
        })
        .await
        .expect("confirmed");
        assert!(confirmed.is_enabled() && confirmed.role == Role::Supervisor);
        assert_eq!(number(park.db(), letters).await, before + 1);
    }
}
