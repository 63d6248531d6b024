//! Enterprises: known by a right credit code, once, and only to those concerned.

use api_door::scalar::Kind as Thing;
use entity::{
    enterprise::{
        self,
        commands::{ChangeEnterprise, Create, End},
        rules::{CreditCode, CreditCodeError, EnterpriseError},
    },
    error::{CommandError, Fault},
    policy::{AdmittedKinds, Policy},
    table::Visible,
};
use futures::future::join_all;
use serde_json::json;
use tests::{Who, clock, matters::done, promise::mutation, stories};

fn new(code: &str) -> Create {
    Create {
        credit_code: code.to_owned(),
        name_zh: "海图软件示例有限公司".to_owned(),
        name_en: None,
        industry: "软件和信息服务".to_owned(),
        remark: Some("内部备注".to_owned()),
    }
}

stories! {
    async fn other_kinds_than_companies_are_taken_when_the_settings_admit_them(park: Park) {
        let centre = park.people().await.viewer(Who::Centre);
        let codes = ["92", "93"].map(|kind| {
            let mut last = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().map(|check| format!("{kind}210231XQ0000013{check}"));
            last.find(|code| CreditCode::verify(code).is_ok()).expect("a right code")
        });
        let of_kind = Err(vec![EnterpriseError::CreditCode(CreditCodeError::Kind)]);
        let taken = async |admitted: AdmittedKinds, code: &str| {
            let store = park.store.clone().with_policy(Policy { admitted, ..Policy::default() });
            match enterprise::commands::create(&store, &centre, new(code)).await {
                Ok(_) => Ok(()),
                Err(CommandError::Refused(refusals)) => Err(refusals.into_iter().map(|refusal| refusal.code).collect::<Vec<_>>()),
                Err(CommandError::Fault(fault)) => panic!("{fault}"),
            }
        };
        let only = |individual_businesses, cooperatives| AdmittedKinds { individual_businesses, cooperatives };
        let [individual, cooperative] = &codes;
        assert_eq!(taken(only(false, false), individual).await, of_kind);
        assert_eq!(taken(only(false, true), individual).await, of_kind);
        assert_eq!(taken(only(true, false), cooperative).await, of_kind);
        assert_eq!(taken(only(true, false), individual).await, Ok(()));
        assert_eq!(taken(only(false, true), cooperative).await, Ok(()));
        // The ledger asks the same setting.
        let known = api_import::read("ledger.csv", tests::ledger::csv(1).as_bytes()).expect("a ledger");
        let row = |code: &str| entity::ledger::Row { credit_code: code.to_owned(), ..known.rows[0].clone() };
        for (admitted, refused) in [(only(false, false), 1), (only(true, true), 0)] {
            let import = entity::ledger::commands::Import {
                rows: vec![row(individual)],
                refused: Vec::new(),
                park_party: entity::ledger::commands::PARK_PARTY.to_owned(),
                dry_run: true,
            };
            let store = park.store.clone().with_policy(Policy { admitted, ..Policy::default() });
            let report = entity::ledger::commands::import(&store, &centre, import, |_| {}).await.expect("a rehearsal");
            assert_eq!(report.refused.len(), refused, "{report:?}");
        }
    }

    async fn a_code_is_put_right_and_taken_once(park: Park) {
        let people = park.people().await;
        let centre = people.viewer(Who::Centre);
        let outcomes = join_all((0..50).map(|number| {
            let (store, viewer) = (park.store.clone(), centre.clone());
            let spelling = if number % 2 == 0 { "91210231XQ0000013H" } else { " ９１２１０２３１xq0000013h" };
            tokio::spawn(async move { enterprise::commands::create(&store, &viewer, new(spelling)).await })
        }))
        .await;
        let mut created = Vec::new();
        for outcome in outcomes {
            match outcome.expect("no panic") {
                Ok(enterprise) => created.push(enterprise),
                Err(CommandError::Refused(refusals)) => {
                    assert_eq!(refusals[0].code, EnterpriseError::CreditCodeTaken);
                }
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(created.len(), 1);
        assert_eq!(created[0].credit_code, "91210231XQ0000013H");
    }

    async fn a_contact_gets_an_account_by_the_code_of_the_enterprise(park: Park) {
        let code = park.people().await.enterprises[0].credit_code.clone();
        let create = mutation("accountCreate", "account { id }");
        let input = |role: &str, code: Option<&str>| {
            json!({"login": "contact9@enterprise.example", "name": "联系人 09", "role": role, "language": "ZH_CN", "enterpriseCode": code})
        };
        for (role, given, refused) in [
            ("ENTERPRISE", None, "ENTERPRISE_REQUIRED"),
            ("ENTERPRISE", Some("91210231XQ0000999X"), "ENTERPRISE_UNKNOWN"),
            ("LIAISON", Some(code.as_str()), "ENTERPRISE_NOT_ALLOWED"),
        ] {
            let input = json!({"input": input(role, given)});
            assert_eq!(park.user_error(Who::Admin, &create, input).await, refused, "{role} {given:?}");
        }
        let contact = input("ENTERPRISE", Some(&format!(" {} ", code.to_lowercase())));
        assert_eq!(park.refused(Who::Centre, &create, json!({"input": contact.clone()})).await, "FORBIDDEN");

        let made = done(&park, Who::Admin, "accountCreate", "account { id version }", contact).await;
        let account = &made["account"];
        // The administrator knows nothing of the enterprise, and the contact stays with it whatever else changes.
        let input = json!({"id": account["id"], "expectedVersion": account["version"], "name": "联系人 10", "role": "ENTERPRISE", "language": "EN"});
        done(&park, Who::Admin, "accountChange", "account { id }", input).await;
        let query = "query($id: ID!) { account(id: $id) { name enterprise { creditCode } } }";
        let id = json!({"id": account["id"]});
        let seen = park.data(Who::Centre, query, id.clone()).await;
        assert_eq!(seen["account"], json!({"name": "联系人 10", "enterprise": {"creditCode": code}}));
        assert_eq!(park.data(Who::Admin, query, id).await["account"]["enterprise"], json!(null));

        // Both stand in the trail, under the name of who did it.
        let actors = "{ auditActors { name } }";
        let told = park.data(Who::Admin, actors, json!({})).await;
        assert!(!told["auditActors"].as_array().expect("people").is_empty());
        assert_eq!(park.refused(Who::Liaison, actors, json!({})).await, "FORBIDDEN");
    }

    async fn a_wrong_code_and_a_wrong_role_are_refused(park: Park) {
        let people = park.people().await;
        let before = park.dump().await;
        let mut input = new("91210231XQ0000013J");
        input.name_zh = " ".to_owned();
        let outcome = enterprise::commands::create(&park.store, &people.viewer(Who::Centre), input).await;
        let Err(CommandError::Refused(refusals)) = outcome else {
            panic!("not refused");
        };
        assert_eq!(refusals.len(), 2);
        assert!(matches!(
            refusals[0].code,
            EnterpriseError::CreditCode(CreditCodeError::CheckCharacter { found: 'J', expected: 'H' })
        ));
        assert_eq!(refusals[1].path, ["nameZh"]);
        for who in Who::ALL.into_iter().filter(|who| *who != Who::Centre) {
            let outcome =
                enterprise::commands::create(&park.store, &people.viewer(who), new("91210231XQ0000013H")).await;
            assert!(matches!(outcome, Err(CommandError::Fault(Fault::Forbidden))), "{who:?}");
        }
        let nobody = people.viewer(Who::Nobody);
        let outcome = enterprise::commands::create(&park.store, &nobody, new("91210231XQ0000013H")).await;
        assert!(matches!(outcome, Err(CommandError::Fault(Fault::Unauthenticated))));
        before.assert_same(&park.dump().await);
    }

    async fn everybody_sees_the_enterprises_concerned_and_no_other(park: Park) {
        let people = park.people().await;
        for (who, sees) in [
            (Who::Nobody, [false, false]),
            (Who::Admin, [false, false]),
            (Who::Leader, [true, true]),
            (Who::Centre, [true, true]),
            (Who::Liaison, [true, false]),
            (Who::OtherLiaison, [false, true]),
            (Who::Head, [false, false]),
            (Who::Window, [false, false]),
            (Who::Enterprise, [true, false]),
            (Who::OtherEnterprise, [false, true]),
            (Who::Supervisor, [true, true]),
            (Who::Inspector, [false, false]),
        ] {
            let viewer = people.viewer(who);
            for (enterprise, expected) in people.enterprises.iter().zip(sees) {
                let found = enterprise::Entity::one(park.db(), &viewer, enterprise.id).await.expect("a read");
                assert_eq!(found.is_some(), expected, "{who:?}");
            }
        }
    }

    async fn it_changes_and_leaves_with_its_version(park: Park) {
        let people = park.people().await;
        let centre = people.viewer(Who::Centre);
        let offered = async |who| {
            let ask = "query($id: ID!) { enterprise(id: $id) { remark commands { code may whyNot fields { name value } } } }";
            let id = Thing::Enterprise.id(people.enterprise_id()).0;
            let told = park.data(who, ask, json!({"id": id})).await["enterprise"].take();
            let own = ["enterprise.change", "enterprise.end"].map(|code| {
                let offers = told["commands"].as_array().expect("offers");
                let offer = offers.iter().find(|offer| offer["code"] == code).expect("it is offered");
                assert_eq!(offer["may"], offer["whyNot"].is_null());
                offer["may"] == true
            });
            (own, told)
        };
        let remark = |of: &serde_json::Value| {
            let fields = of["commands"][0]["fields"].as_array().expect("fields").clone();
            fields.into_iter().find(|field| field["name"] == "remark").expect("the remark")["value"].take()
        };
        let change = |expected_version| ChangeEnterprise {
            id: people.enterprise_id(),
            expected_version,
            name_zh: "示例科技新名有限公司".to_owned(),
            name_en: None,
            industry: "示例".to_owned(),
            remark: Some("内部".to_owned()),
        };
        let changed = enterprise::commands::change(&park.store, &centre, change(1)).await.expect("changed");
        assert_eq!(changed.version, 2);
        let (may, told) = offered(Who::Centre).await;
        assert_eq!((may, remark(&told)), ([true, true], json!("内部")));
        // The enterprise is not told what the park notes for itself.
        let (may, told) = offered(Who::Enterprise).await;
        assert_eq!((may, remark(&told), &told["remark"]), ([false, false], json!(null), &json!(null)));
        let stale = enterprise::commands::change(&park.store, &centre, change(1)).await;
        assert!(matches!(
            stale,
            Err(CommandError::Fault(Fault::Conflict(conflict))) if conflict.current_version == Some(2)
        ));
        let end = End {
            id: changed.id,
            expected_version: 2,
            ended_on: clock::first_day(),
            reason: "迁出园区".to_owned(),
        };
        let ended = entity::liaison::commands::end_enterprise(&park.store, &centre, end).await.expect("ended");
        assert_eq!(ended.ended_on, Some(clock::first_day()));
        // Nobody looks after who has left.
        let in_charge = entity::liaison::repository::in_charge_of(park.db(), &[changed.id]).await;
        assert_eq!(in_charge.expect("a read"), []);
        let late = enterprise::commands::change(&park.store, &centre, change(3)).await;
        assert!(matches!(late, Err(CommandError::Refused(_))));
        assert_eq!(offered(Who::Centre).await.0, [false, false]);
    }
}
