//! Accounts and sessions: invited by letter, signed in with care, out when idle.

use chrono::TimeDelta;
use entity::{
    account::{
        self,
        commands::{Create, SetEnabled},
        rules::{AccountError, LinkError, PasswordError},
    },
    error::{CommandError, Fault},
    language::Language,
    outbox,
    session::{
        Kind,
        commands::{self, CreateToken, SignIn, SignedIn},
        rules::SignInError,
    },
    viewer::Role,
};
use futures::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tests::{Park, Who, stories};

const PASSWORD: &str = "Right-password-1";

fn somebody(login: &str) -> Create {
    Create {
        login: login.to_owned(),
        name: "专员 09".to_owned(),
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
                if refusals[0].code == LinkError::Password(PasswordError::TooShort)
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

    async fn a_link_ends_after_three_days_and_when_a_newer_one_comes(park: Park) {
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
        park.clock.advance(TimeDelta::hours(72));
        for secret in [first, second] {
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
        let viewer = commands::authenticate(&park.store, &signed_in.secret, Kind::Cookie).await.expect("an answer").expect("in");
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
        let viewer = commands::authenticate(&park.store, &third.secret, Kind::Cookie).await.expect("an answer").expect("in");
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
            account_id: account.id,
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
            account_id: people.account(Who::Admin).id,
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
    }
}
