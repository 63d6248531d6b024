//! The matters of the first enterprise: one thing of each kind, made at the outer door by those who may.

use std::collections::BTreeMap;

use api_door::scalar::Kind;
use entity::{
    audit,
    evaluation::{self, commands::cycle::compile, objection, rules::Quarter},
    liaison, notice, obligation,
    outbox::{
        self as letter,
        commands::{NewLetter, enqueue},
        facts::CalendarMissing,
    },
    session,
    viewer::Viewer,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    prelude::Uuid,
};
use serde_json::{Value, json};

use crate::{Park, Who};

/// The global ids of the things, by what their ids begin with.
#[derive(Clone, Debug)]
pub struct Matters(BTreeMap<&'static str, String>);

impl Matters {
    /// Makes them: a contract in force with a promise of the first department that an event has opened, its time limit, and a
    /// promise of the service centre that nothing has opened; a project with its milestones, a file, and what the people have
    /// brought.
    pub async fn settle(park: &Park) -> Self {
        let people = park.people().await;
        let enterprise = Kind::Enterprise.id(people.enterprise_id()).0;
        let department = Kind::Department.id(people.departments[0].id).0;
        let contract = done(
            park,
            Who::Centre,
            "contractDraft",
            "contract { id clauses { id } }",
            json!({"enterpriseId": enterprise, "parkParty": "示例服务中心", "startsOn": "2026-09-30",
                "endsOn": "2027-09-29"}),
        )
        .await;
        let clause = text(&contract["contract"]["clauses"][0]["id"]);
        let contract = text(&contract["contract"]["id"]);
        let commitment = done(
            park,
            Who::Centre,
            "commitmentAdd",
            "commitment { id }",
            json!({"contractId": contract, "expectedVersion": version(park, &contract).await, "clauseNumber": 1,
                "kind": "ON_EVENT", "textZh": "示例承诺", "textEn": "An example", "startEvent": "示例事件",
                "limitDays": 5, "unit": "WORKING_DAY", "owner": "DEPARTMENT", "departmentId": department,
                "evidenceKind": "示例"}),
        )
        .await;
        let commitment = text(&commitment["commitment"]["id"]);
        done(
            park,
            Who::Centre,
            "commitmentAdd",
            "commitment { id }",
            json!({"contractId": contract, "expectedVersion": version(park, &contract).await, "clauseNumber": 2,
                "kind": "ON_EVENT", "textZh": "示例中心承诺", "textEn": "An example of the centre",
                "startEvent": "示例事件", "limitDays": 5, "unit": "WORKING_DAY", "owner": "CENTRE",
                "evidenceKind": "示例"}),
        )
        .await;
        for (who, name, more) in [
            (
                Who::Centre,
                "contractSubmitForReview",
                json!({"legalityOpinion": "合法", "fairCompetitionOpinion": "无排除、限制竞争内容"}),
            ),
            (Who::Leader, "contractApprove", json!({})),
            (
                Who::Centre,
                "contractSign",
                json!({"signedOn": "2026-09-30", "parkSignatory": "示例主任", "enterpriseSignatory": "示例总经理"}),
            ),
            (Who::Centre, "contractActivate", json!({})),
        ] {
            let mut input = more;
            input["id"] = json!(contract);
            input["expectedVersion"] = version(park, &contract).await;
            done(park, who, name, "contract { id }", input).await;
        }
        let obligation = done(
            park,
            Who::Centre,
            "obligationOpen",
            "obligation { id }",
            json!({"commitmentId": commitment, "idempotencyKey": "matter"}),
        )
        .await;
        let obligation = text(&obligation["obligation"]["id"]);
        let key = key_of(&obligation);
        let deadline = obligation::Entity::find_by_id(key)
            .one(park.db())
            .await
            .expect("a read")
            .expect("the obligation")
            .deadline_id;
        let project = done(
            park,
            Who::Liaison,
            "projectCreate",
            "project { id milestones { id } }",
            json!({"contractId": contract, "name": "示例项目"}),
        )
        .await;
        let milestone = text(&project["project"]["milestones"][0]["id"]);
        let project = text(&project["project"]["id"]);
        let stored: Value = park
            .post(
                Who::Centre,
                &format!("/documents?name=x.pdf&enterprise={enterprise}"),
            )
            .await
            .header("content-type", "application/octet-stream")
            .body(&b"%PDF-1.7\n%%EOF\n"[..])
            .send()
            .await
            .expect("an answer")
            .json()
            .await
            .expect("JSON");
        let liaison = liaison::Entity::find()
            .filter(liaison::Column::EnterpriseId.eq(people.enterprise_id()))
            .one(park.db())
            .await
            .expect("a read")
            .expect("a liaison");
        let session = session::Entity::find()
            .filter(session::Column::AccountId.eq(people.account(Who::Liaison).id))
            .one(park.db())
            .await
            .expect("a read")
            .expect("a session");
        let entry = audit::Entity::find()
            .filter(audit::Column::SubjectKind.eq("Contract"))
            .order_by_asc(audit::Column::Id)
            .one(park.db())
            .await
            .expect("a read")
            .expect("an entry");
        let jobs = park
            .data(Who::Admin, "{ jobs(first: 1) { nodes { id } } }", json!({}))
            .await;
        let job = text(&jobs["jobs"]["nodes"][0]["id"]);
        let run = done(
            park,
            Who::Admin,
            "jobRunNow",
            "run { id }",
            json!({"id": job, "reason": "示例", "idempotencyKey": "matter"}),
        )
        .await;
        let login = &people.account(Who::Liaison).login;
        done(
            park,
            Who::Nobody,
            "accountRequestPasswordLink",
            "accepted",
            json!({"login": login}),
        )
        .await;
        let account = people.account(Who::Liaison).id;
        let notice = notice_of(park, account).await;
        let deputy = people.account(Who::Window).id;
        let absence = done(
            park,
            Who::Head,
            "absenceRecord",
            "absence { id }",
            json!({"deputyId": Kind::Account.id(deputy).0, "fromOn": "2026-12-01", "untilOn": "2026-12-04"}),
        )
        .await;
        let letter = letter::Entity::find()
            .filter(letter::Column::RecipientId.eq(account))
            .one(park.db())
            .await
            .expect("a read")
            .expect("a letter");
        let feed = done(
            park,
            Who::Liaison,
            "feedCreate",
            "feed { feed { id } }",
            json!({"name": "示例"}),
        )
        .await;
        let visit = done(
            park,
            Who::Liaison,
            "visitAgree",
            "visit { id }",
            json!({"enterpriseId": enterprise, "startsAt": "2026-10-14T06:00:00Z", "place": "示例地点",
                "purpose": "示例事由"}),
        )
        .await;
        let (evaluation, objection) = evaluated(park).await;
        let (rating, rectification) = rated(park, &commitment).await;
        let permit = done(
            park,
            Who::Liaison,
            "permitRecord",
            "permit { id }",
            json!({"enterpriseId": enterprise, "kind": "POLLUTANT", "number": "示例〔2026〕1号",
                "issuer": "示例机关", "validUntil": "2027-12-31"}),
        )
        .await;
        Self(BTreeMap::from([
            ("visit", text(&visit["visit"]["id"])),
            ("evaluation", Kind::Evaluation.id(evaluation.id).0),
            (
                "evaluationdesign",
                Kind::EvaluationDesign.id(evaluation.design_id).0,
            ),
            (
                "evaluationobjection",
                Kind::EvaluationObjection.id(objection).0,
            ),
            ("permit", text(&permit["permit"]["id"])),
            ("rating", rating),
            ("rectification", rectification),
            ("feed", text(&feed["feed"]["feed"]["id"])),
            ("absence", text(&absence["absence"]["id"])),
            ("account", Kind::Account.id(account).0),
            ("audit", Kind::AuditEntry.id(entry.id).0),
            ("clause", clause),
            ("commitment", commitment),
            ("contract", contract),
            ("deadline", Kind::Deadline.id(deadline).0),
            ("department", department),
            ("document", text(&stored["id"])),
            ("enterprise", enterprise),
            ("job", job),
            ("jobrun", text(&run["run"]["id"])),
            ("letter", Kind::Letter.id(letter.id).0),
            ("liaison", Kind::Liaison.id(liaison.id).0),
            ("milestone", milestone),
            ("notice", Kind::Notice.id(notice).0),
            ("obligation", obligation),
            ("project", project),
            ("session", Kind::Session.id(session.id).0),
        ]))
    }

    /// The global id of the thing whose ids begin with `kind`.
    ///
    /// # Panics
    /// There is none yet: make one in `tests/src/matters.rs`.
    pub fn id(&self, kind: &str) -> &str {
        self.0
            .get(kind)
            .unwrap_or_else(|| panic!("make a thing of the kind `{kind}` in tests/src/matters.rs"))
    }
}

impl Matters {
    /// The global ids of all the things.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// The global id of the thing whose kind is named at the beginning of `stem`: `contractSign`, `projectId`. A name that ends
    /// with the kind will do too: `evidenceDocumentId`.
    ///
    /// # Panics
    /// There is none yet.
    pub fn of_stem(&self, stem: &str) -> &str {
        let lower = stem.to_lowercase();
        let bare = lower.trim_end_matches("id");
        let kinds = self.0.keys().copied();
        let fitting = kinds.filter(|kind| lower.starts_with(kind) || bare.ends_with(kind));
        let longest = fitting.max_by_key(|kind| kind.len());
        self.id(longest.unwrap_or(stem))
    }
}

/// The evaluation of the third quarter as it is compiled, and an objection of the first department.
async fn evaluated(park: &Park) -> (evaluation::Model, Uuid) {
    let quarter = Quarter::of(park.store.today());
    compile(&park.store, &Viewer::system("matters"), quarter)
        .await
        .expect("an evaluation");
    let evaluation = evaluation::Entity::find()
        .one(park.db())
        .await
        .expect("a read")
        .expect("the evaluation");
    let people = park.people().await;
    let raised = objection::Model {
        id: Uuid::from_u128(7),
        evaluation_id: evaluation.id,
        department_id: people.departments[0].id,
        state: objection::State::Raised,
        reason: "示例".to_owned(),
        raised_by: people.account(Who::Head).id,
        raised_at: park.store.now(),
        uphold: None,
        excluded: objection::Responses::default(),
        opinion: None,
        proposed_by: None,
        proposed_at: None,
        decided_by: None,
        decided_at: None,
        version: 1,
    };
    objection::Entity::insert(raised.clone().into_active_model().reset_all())
        .exec_without_returning(park.db())
        .await
        .expect("an objection");
    (evaluation, raised.id)
}

/// A bad rating of what was kept of a promise, and the rectification that it has opened.
async fn rated(park: &Park, commitment: &str) -> (String, String) {
    let event = json!({"commitmentId": commitment, "idempotencyKey": "rated"});
    let opened = done(
        park,
        Who::Centre,
        "obligationOpen",
        "obligation { id version }",
        event,
    )
    .await["obligation"]
        .take();
    let kept =
        json!({"id": opened["id"], "expectedVersion": opened["version"], "evidenceNote": "示例"});
    done(
        park,
        Who::Head,
        "obligationFulfil",
        "obligation { id }",
        kept,
    )
    .await;
    let bad = json!({"id": opened["id"], "opinion": {"level": "DISSATISFIED"}});
    let want = "rating { id rectification { id } }";
    let rated = done(park, Who::Enterprise, "obligationRate", want, bad).await["rating"].take();
    (text(&rated["id"]), text(&rated["rectification"]["id"]))
}

/// A notice, as jobs write them.
async fn notice_of(park: &Park, account: Uuid) -> Uuid {
    let unit = park
        .store
        .begin(&Viewer::system("matters"))
        .await
        .expect("a transaction");
    let facts = CalendarMissing {
        name: "示例".to_owned(),
        year: 2027,
    };
    let class = letter::Class::MustNotMiss;
    let kind = letter::Kind::CalendarMissing;
    let new = NewLetter::new("matter".to_owned(), kind, class, account, &facts).expect("facts");
    enqueue(&unit, new).await.expect("a letter");
    unit.commit().await.expect("a commit");
    notice::Entity::find()
        .filter(notice::Column::RecipientId.eq(account))
        .one(park.db())
        .await
        .expect("a read")
        .expect("a notice")
        .id
}

/// The version of the thing with this global id now.
pub async fn version(park: &Park, id: &str) -> Value {
    let kind = id.split('_').next().unwrap_or_default();
    let name = Kind::of_prefix(kind).map(|kind| format!("{kind:?}"));
    let query = format!(
        "query($id: ID!) {{ node(id: $id) {{ ... on {} {{ version }} }} }}",
        name.expect("a kind")
    );
    let who = if kind == "account" {
        Who::Admin
    } else {
        Who::Centre
    };
    park.data(who, &query, json!({"id": id})).await["node"]["version"].take()
}

/// The payload of a mutation that must succeed.
pub async fn done(park: &Park, who: Who, name: &str, want: &str, input: Value) -> Value {
    let capital = name[..1].to_uppercase() + &name[1..];
    let query = format!(
        "mutation($input: {capital}Input!) {{ {name}(input: $input) {{ {want} userErrors {{ path message }} }} }}"
    );
    let payload = park.data(who, &query, json!({"input": input})).await[name].take();
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

fn key_of(id: &str) -> Uuid {
    let (_, digits) = id.split_once('_').expect("a global id");
    Uuid::try_parse(digits).expect("a key")
}
