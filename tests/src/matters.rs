//! The matters of the first enterprise: one thing of each kind, made at the outer door by those who may.

use std::collections::BTreeMap;

use api_door::scalar::Kind;
use entity::{
    application, audit,
    case::commands::{Handed, receive},
    catalogue::Files,
    condition::Answers,
    evaluation::{self, commands::cycle::compile, objection, rules::Quarter},
    id::new_id,
    item, liaison, notice, obligation,
    outbox::{
        self as letter,
        commands::{NewLetter, enqueue},
        facts::CalendarMissing,
    },
    session, supervision,
    viewer::Viewer,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, prelude::Uuid,
};
use serde_json::{Value, json};

use crate::{Park, Who, promise};

/// The global ids of the things, by what their ids begin with.
#[derive(Clone, Debug)]
pub struct Matters(BTreeMap<&'static str, String>);

impl Matters {
    /// Makes them, term by term; a later term may need what an earlier one has made.
    pub async fn settle(park: &Park) -> Self {
        let mut made = Self(BTreeMap::new());
        enterprise(park, &mut made).await;
        contract(park, &mut made).await;
        commitment(park, &mut made).await;
        signed(park, &made).await;
        obligation(park, &mut made).await;
        project(park, &mut made).await;
        document(park, &mut made).await;
        liaison(park, &mut made).await;
        session(park, &mut made).await;
        audit(park, &mut made).await;
        job(park, &mut made).await;
        notice(park, &mut made).await;
        absence(park, &mut made).await;
        letter(park, &mut made).await;
        feed(park, &mut made).await;
        saved_filter(park, &mut made).await;
        visit(park, &mut made).await;
        evaluation(park, &mut made).await;
        rating(park, &mut made).await;
        permit(park, &mut made).await;
        supervision(park, &mut made).await;
        comment(park, &mut made).await;
        item(park, &mut made).await;
        made.make("case", case(park, "R10").await);
        let application = application::Entity::find().one(park.db()).await;
        let application = application.expect("a read").expect("that of the case");
        made.make("application", Kind::Application.id(application.id).0);
        made
    }

    fn make(&mut self, kind: &'static str, id: impl Into<String>) {
        self.0.insert(kind, id.into());
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
    /// with the kind will do too: `evidenceDocumentIds`.
    ///
    /// # Panics
    /// There is none yet.
    pub fn of_stem(&self, stem: &str) -> &str {
        let lower = stem.to_lowercase();
        let bare = lower.trim_end_matches("ids").trim_end_matches("id");
        let kinds = self.0.keys().copied();
        let fitting = kinds.filter(|kind| lower.starts_with(kind) || bare.ends_with(kind));
        let longest = fitting.max_by_key(|kind| kind.len());
        self.id(longest.unwrap_or(stem))
    }
}

/// The first enterprise and the first department.
async fn enterprise(park: &Park, made: &mut Matters) {
    let people = park.people().await;
    made.make("enterprise", Kind::Enterprise.id(people.enterprise_id()).0);
    made.make(
        "department",
        Kind::Department.id(people.departments[0].id).0,
    );
    made.make(
        "account",
        Kind::Account.id(people.account(Who::Liaison).id).0,
    );
}

/// The draft of a contract.
async fn contract(park: &Park, made: &mut Matters) {
    let enterprise = made.id("enterprise").to_owned();
    let contract = done(
        park,
        Who::Centre,
        "contractDraft",
        "contract { id clauses { id } }",
        json!({"enterpriseId": enterprise, "parkParty": "示例服务中心", "startsOn": "2026-09-30",
            "endsOn": "2027-09-29"}),
    )
    .await;
    made.make("clause", text(&contract["contract"]["clauses"][0]["id"]));
    made.make("contract", text(&contract["contract"]["id"]));
}

/// A promise of the first department, and one of the service centre, both on an event.
async fn commitment(park: &Park, made: &mut Matters) {
    let contract = made.id("contract").to_owned();
    let department = made.id("department").to_owned();
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
    made.make("commitment", text(&commitment["commitment"]["id"]));
    let standard = park
        .data(Who::Centre, "{ standardPromises { id } }", json!({}))
        .await;
    made.make(
        "standardpromises",
        text(&standard["standardPromises"]["id"]),
    );
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
}

/// The contract is signed and in force.
async fn signed(park: &Park, made: &Matters) {
    let contract = made.id("contract");
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
        input["expectedVersion"] = version(park, contract).await;
        done(park, who, name, "contract { id }", input).await;
    }
}

/// What an event has opened under the promise of the department, and its time limit.
async fn obligation(park: &Park, made: &mut Matters) {
    let commitment = made.id("commitment").to_owned();
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
    made.make("deadline", Kind::Deadline.id(deadline).0);
    made.make("obligation", obligation);
}

/// A project with its milestones.
async fn project(park: &Park, made: &mut Matters) {
    let contract = made.id("contract").to_owned();
    let project = done(
        park,
        Who::Liaison,
        "projectCreate",
        "project { id milestones { id } }",
        json!({"contractId": contract, "name": "示例项目"}),
    )
    .await;
    made.make(
        "milestone",
        text(&project["project"]["milestones"][0]["id"]),
    );
    made.make("project", text(&project["project"]["id"]));
}

/// A stored file.
async fn document(park: &Park, made: &mut Matters) {
    made.make("document", promise::file(park, 0).await);
}

/// Who looks after the enterprise.
async fn liaison(park: &Park, made: &mut Matters) {
    let people = park.people().await;
    let liaison = liaison::Entity::find()
        .filter(liaison::Column::EnterpriseId.eq(people.enterprise_id()))
        .one(park.db())
        .await
        .expect("a read")
        .expect("a liaison");
    made.make("liaison", Kind::Liaison.id(liaison.id).0);
}

/// The session of the liaison.
async fn session(park: &Park, made: &mut Matters) {
    let people = park.people().await;
    let session = session::Entity::find()
        .filter(session::Column::AccountId.eq(people.account(Who::Liaison).id))
        .one(park.db())
        .await
        .expect("a read")
        .expect("a session");
    made.make("session", Kind::Session.id(session.id).0);
}

/// The first entry about a contract.
async fn audit(park: &Park, made: &mut Matters) {
    let entry = audit::Entity::find()
        .filter(audit::Column::SubjectKind.eq("Contract"))
        .order_by_asc(audit::Column::Id)
        .one(park.db())
        .await
        .expect("a read")
        .expect("an entry");
    made.make("audit", Kind::AuditEntry.id(entry.id).0);
}

/// A job, and a run of it.
async fn job(park: &Park, made: &mut Matters) {
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
    made.make("job", job);
    made.make("jobrun", text(&run["run"]["id"]));
}

/// A letter with a link to the liaison, and a notice.
async fn notice(park: &Park, made: &mut Matters) {
    let people = park.people().await;
    let login = &people.account(Who::Liaison).login;
    done(
        park,
        Who::Nobody,
        "accountRequestPasswordLink",
        "accepted",
        json!({"login": login}),
    )
    .await;
    let notice = notice_of(park, people.account(Who::Liaison).id).await;
    made.make("notice", Kind::Notice.id(notice).0);
}

/// A leave of the head.
async fn absence(park: &Park, made: &mut Matters) {
    let people = park.people().await;
    let deputy = people.account(Who::Window).id;
    let absence = done(
        park,
        Who::Head,
        "absenceRecord",
        "absence { id }",
        json!({"deputyId": Kind::Account.id(deputy).0, "fromOn": "2026-12-01", "untilOn": "2026-12-04"}),
    )
    .await;
    made.make("absence", text(&absence["absence"]["id"]));
}

/// A letter to the liaison.
async fn letter(park: &Park, made: &mut Matters) {
    let people = park.people().await;
    let letter = letter::Entity::find()
        .filter(letter::Column::RecipientId.eq(people.account(Who::Liaison).id))
        .one(park.db())
        .await
        .expect("a read")
        .expect("a letter");
    made.make("letter", Kind::Letter.id(letter.id).0);
}

/// An approval item of the first department, of which there is a draft.
async fn item(park: &Park, made: &mut Matters) {
    let department = park.people().await.departments[0].number;
    let mut files = Files {
        items: Files::embedded().items,
        ..Files::default()
    };
    files.items.truncate(1);
    files.items[0].department = department.try_into().expect("a small number");
    let input = item::commands::Import {
        files,
        example: true,
        dry_run: false,
    };
    item::commands::import(&park.store, &Viewer::system("story"), input)
        .await
        .expect("it fits");
    let items = item::repository::all(park.db()).await.expect("a read");
    made.make("item", Kind::Item.id(items[0].id).0);
}

/// These items of the shipped catalogue in force from today on, decided by the first department; `change` is what is done to the files before.
pub async fn published(park: &Park, codes: &[&str], change: impl FnOnce(&mut Files)) {
    let system = Viewer::system("story");
    let department = park.people().await.departments[0].number;
    let mut files = Files::embedded();
    for item in &mut files.items {
        item.department = department.try_into().expect("a small number");
    }
    change(&mut files);
    let input = item::commands::Import {
        files,
        example: true,
        dry_run: false,
    };
    item::commands::import(&park.store, &system, input)
        .await
        .expect("it fits");
    let decision = promise::upload(park, Who::Leader, "name=x.pdf").await;
    let today = park.store.today();
    for item in item::repository::all(park.db()).await.expect("a read") {
        if !codes.contains(&item.code.as_str()) {
            continue;
        }
        let input = item::commands::Propose {
            id: item.id,
            expected_version: item.version,
            valid_from: today,
        };
        let mut item = item::commands::propose(&park.store, &system, input)
            .await
            .expect("proposed");
        let versions = item::repository::versions_of(park.db(), &system, &[item.id])
            .await
            .expect("a read");
        if item::rules::may_confirm(&system, &versions).is_ok() {
            let input = item::commands::Confirm {
                id: item.id,
                expected_version: item.version,
                document_id: key_of(&decision),
            };
            item = item::commands::confirm(&park.store, &system, input)
                .await
                .expect("confirmed");
        }
        let input = item::commands::Publish {
            id: item.id,
            expected_version: item.version,
            valid_from: None,
        };
        item::commands::publish(&park.store, &system, input)
            .await
            .expect("published");
    }
}

/// What is particular about a case that is received.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// The keys of the materials that follow.
    pub following: Vec<&'static str>,
    /// Whether a written promise replaces a material.
    pub promises: bool,
}

/// A case of the first enterprise for an item, which the first department decides, received now: its global id.
pub async fn case(park: &Park, code: &str) -> String {
    case_as(park, code, Applied::default()).await
}

/// The same, applied for in a particular way.
pub async fn case_as(park: &Park, code: &str, applied: Applied) -> String {
    let system = Viewer::system("story");
    let find = || item::repository::by_code(park.db(), &system, code);
    if find().await.expect("a read").is_none() {
        published(park, &[code], |_| {}).await;
    }
    let item = find().await.expect("a read").expect("the item");
    let versions = item::repository::versions_of(park.db(), &system, &[item.id])
        .await
        .expect("a read");
    let version = item::rules::in_force(&versions, park.store.today()).expect("a version");
    let edition = item::repository::edition(&park.store)
        .await
        .expect("a read");
    let people = park.people().await;
    let applicant = people.viewer(Who::Enterprise);
    let before = application::Entity::find().count(park.db()).await;
    let unit = park.store.begin(&applicant).await.expect("a transaction");
    let application = application::Model {
        id: new_id(unit.now()),
        number: Some(format!("2026{:06}", 900_001 + before.expect("a count"))),
        enterprise_id: people.enterprise_id(),
        project_id: None,
        edition_id: edition.expect("a catalogue").id,
        state: application::State::Received,
        channel: application::Channel::Online,
        created_by: people.account(Who::Enterprise).id,
        created_at: unit.now(),
        changed_at: unit.now(),
        kept_until: None,
        reminded_on: None,
        received_by: Some(people.account(Who::Enterprise).id),
        received_at: Some(unit.now()),
        version: 1,
    };
    application::Entity::insert(application.clone().into_active_model().reset_all())
        .exec_without_returning(unit.db())
        .await
        .expect("an application");
    let row = application::item::Model {
        application_id: application.id,
        item_id: item.id,
        version_id: version.id,
    };
    application::item::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(unit.db())
        .await
        .expect("its item");
    for material in &applied.following {
        let row = application::material::Model {
            application_id: application.id,
            material: (*material).to_owned(),
            way: application::material::Way::Follows,
        };
        application::material::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(unit.db())
            .await
            .expect("a material");
    }
    let handed = Handed {
        application: &application,
        item: &item,
        version,
        answers: &Answers::new(),
        follows: !applied.following.is_empty(),
        promises: applied.promises,
    };
    let case = receive(&unit, handed).await.expect("a case");
    unit.commit().await.expect("a commit");
    Kind::Case.id(case.id).0
}

/// A calendar feed of the liaison.
async fn feed(park: &Park, made: &mut Matters) {
    let feed = done(
        park,
        Who::Liaison,
        "feedCreate",
        "feed { feed { id } }",
        json!({"name": "示例"}),
    )
    .await;
    made.make("feed", text(&feed["feed"]["feed"]["id"]));
}

/// A filter that the liaison has saved.
async fn saved_filter(park: &Park, made: &mut Matters) {
    let saved = done(
        park,
        Who::Liaison,
        "savedFilterKeep",
        "savedFilter { id }",
        json!({"list": "OBLIGATIONS", "name": "示例", "query": "light=RED"}),
    )
    .await;
    made.make("savedfilter", text(&saved["savedFilter"]["id"]));
}

/// An agreed visit.
async fn visit(park: &Park, made: &mut Matters) {
    let enterprise = made.id("enterprise").to_owned();
    let visit = done(
        park,
        Who::Liaison,
        "visitAgree",
        "visit { id }",
        json!({"enterpriseId": enterprise, "startsAt": "2026-10-14T06:00:00Z", "place": "示例地点",
            "purpose": "示例事由"}),
    )
    .await;
    made.make("visit", text(&visit["visit"]["id"]));
}

/// The evaluation of the third quarter as it is compiled, and an objection of the first department.
async fn evaluation(park: &Park, made: &mut Matters) {
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
    made.make("evaluation", Kind::Evaluation.id(evaluation.id).0);
    made.make(
        "evaluationdesign",
        Kind::EvaluationDesign.id(evaluation.design_id).0,
    );
    made.make(
        "evaluationobjection",
        Kind::EvaluationObjection.id(raised.id).0,
    );
}

/// A bad rating of what was kept of a promise, and the rectification that it has opened.
async fn rating(park: &Park, made: &mut Matters) {
    let event = json!({"commitmentId": made.id("commitment"), "idempotencyKey": "rated"});
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
    made.make("rating", text(&rated["id"]));
    made.make("rectification", text(&rated["rectification"]["id"]));
}

/// A permit of the enterprise.
async fn permit(park: &Park, made: &mut Matters) {
    let enterprise = made.id("enterprise").to_owned();
    let permit = done(
        park,
        Who::Liaison,
        "permitRecord",
        "permit { id }",
        json!({"enterpriseId": enterprise, "kind": "POLLUTANT", "number": "示例〔2026〕1号",
            "issuer": "示例机关", "validUntil": "2027-12-31"}),
    )
    .await;
    made.make("permit", text(&permit["permit"]["id"]));
}

/// An order to answer for the obligation, as a leader gives one when it is overdue.
async fn supervision(park: &Park, made: &mut Matters) {
    let people = park.people().await;
    let given = supervision::Model {
        id: Uuid::from_u128(8),
        obligation_id: key_of(made.id("obligation")),
        enterprise_id: people.enterprise_id(),
        department_id: Some(people.departments[0].id),
        about_zh: "示例承诺".to_owned(),
        about_en: "An example".to_owned(),
        due_on: park.store.today(),
        reason: "示例".to_owned(),
        ordered_at: park.store.now(),
        ordered_by: Some(people.account(Who::Leader).id),
        reply_by: park.store.today(),
        state: supervision::State::Ordered,
        settled_at: None,
        version: 1,
    };
    supervision::Entity::insert(given.clone().into_active_model().reset_all())
        .exec_without_returning(park.db())
        .await
        .expect("an order");
    made.make("supervision", Kind::SupervisionOrder.id(given.id).0);
}

/// A comment on the obligation that is shared with the enterprise.
async fn comment(park: &Park, made: &mut Matters) {
    let obligation = made.id("obligation").to_owned();
    let comment = done(
        park,
        Who::Liaison,
        "commentWrite",
        "comment { id }",
        json!({"aboutId": obligation, "audience": "SHARED", "text": "示例"}),
    )
    .await;
    made.make("comment", text(&comment["comment"]["id"]));
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
    let who = match kind {
        "account" => &[Who::Admin][..],
        // A draft is seen by who fills it in alone.
        "application" => &[Who::Enterprise, Who::Window, Who::Centre],
        _ => &[Who::Centre],
    };
    for reader in &who[1..] {
        let seen = park.graphql(who[0], &query, json!({"id": id})).await;
        if seen["data"]["node"].is_null() {
            let mut seen = park.graphql(*reader, &query, json!({"id": id})).await;
            if !seen["data"]["node"].is_null() {
                return seen["data"]["node"]["version"].take();
            }
        }
    }
    let who = who[0];
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

/// Keeps a promise, as the service centre.
pub async fn keep(park: &Park, obligation: &str) {
    let version = version(park, obligation).await;
    let input = json!({"id": obligation, "expectedVersion": version, "evidenceNote": "已办"});
    let want = "obligation { id }";
    done(park, Who::Centre, "obligationFulfil", want, input).await;
}

/// The input of a step on a thing as it is now.
pub async fn on(park: &Park, id: &str, mut more: Value) -> Value {
    more["id"] = json!(id);
    more["expectedVersion"] = version(park, id).await;
    more
}

/// What a value says.
///
/// # Panics
/// It is no text.
pub fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

fn key_of(id: &str) -> Uuid {
    let (_, digits) = id.split_once('_').expect("a global id");
    Uuid::try_parse(digits).expect("a key")
}
