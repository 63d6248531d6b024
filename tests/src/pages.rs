//! The pages of the console: for each path of the router an address of the demonstration and the roles that may open it.

use std::{path::Path, sync::Arc};

use entity::{
    account,
    clock::{SetClock, instant_of},
    contract, deadline, department,
    evaluation::{
        self,
        commands::cycle::{compile, take},
        form, invitation, objection,
        rules::{Quarter, Step},
    },
    id::secret_hash,
    liaison, milestone, obligation, outbox, permit, project, rating, rectification, report,
    store::Store,
    viewer::{
        Role::{self, *},
        Viewer,
    },
    visit,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    prelude::Uuid,
};

/// A page of the demonstration.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path in the router.
    pub route: &'static str,
    /// An address of it.
    pub path: String,
    /// Who may open it; everybody else is refused.
    pub who: &'static [Role],
    /// What comes: a page, or something to be saved.
    pub gives: Gives,
}

/// What an address gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// A page that shows what one operation of the API told.
    Page,
    /// A page that shows nothing of the API: a form for something new, the letters of the local mailbox.
    Bare,
    /// A file, or a piece of another page.
    File,
}

/// Everybody with an account.
const ALL: &[Role] = &Role::ALL;
/// Who reads what is about the whole park.
const PARK: &[Role] = &[Leader, Centre, Supervisor];
/// The same, and the liaison and the contact of the first enterprise.
const MATTERS: &[Role] = &[Leader, Centre, Liaison, Enterprise, Supervisor];
/// Who writes projects and time limits of the first enterprise.
const WRITERS: &[Role] = &[Centre, Liaison];
const CENTRE: &[Role] = &[Centre];
const OPERATIONS: &[Role] = &[Admin, Centre];
const ADMIN: &[Role] = &[Admin];

/// The number of the contract to which the demonstration's liaison and contact belong.
const FIRST: &str = "QY-2026-001";

/// Every page of the demonstration in `store`, whose letters lie in `mailbox`.
pub async fn all(store: &Store, mailbox: &Path) -> Vec<Page> {
    let db = store.db();
    macro_rules! first {
        ($term:ident $(, $column:ident = $value:expr)*) => {
            $term::Entity::find()
                $(.filter($term::Column::$column.eq($value)))*
                .order_by_asc($term::Column::Id)
                .one(db)
                .await
                .expect("a read")
                .expect("the demonstration has one")
        };
    }
    let contract = first!(contract, Number = FIRST);
    let (key, enterprise) = (contract.id, contract.enterprise_id);
    let obligation = first!(
        obligation,
        ContractId = key,
        State = obligation::State::Open
    )
    .id;
    let deadline = first!(deadline, State = deadline::State::Paused).id;
    let paused = first!(obligation, DeadlineId = deadline).id;
    let project = first!(project, ContractId = key).id;
    let milestone = first!(milestone, ProjectId = project).id;
    let weekly = first!(report, Kind = report::Kind::WeeklyBrief).id;
    let liaison = first!(liaison, EnterpriseId = enterprise).id;
    // Another liaison than the one who has signed in, who may see the own account.
    let account = account::Entity::find()
        .filter(account::Column::Role.eq(Liaison))
        .filter(account::Column::Login.ne("liaison01@park.example"))
        .one(db)
        .await
        .expect("a read")
        .expect("another liaison")
        .id;
    let department = first!(department).id;
    let letter = digest(store).await;
    let permit = first!(permit, EnterpriseId = enterprise).id;
    let visit = first!(visit, State = visit::State::Agreed).id;
    let (evaluation, objection) = evaluated(store).await;
    let rectification = first!(rectification, EnterpriseId = enterprise).id;
    let unrated = unrated(store, key).await;
    let mail = letter_with_file(mailbox);
    let page = |route, path: String, who| Page {
        route,
        path,
        who,
        gives: Gives::Page,
    };
    let plain = |route: &'static str, who| page(route, route.to_owned(), who);
    let bare = |route: &'static str, path: String, who| Page {
        gives: Gives::Bare,
        ..page(route, path, who)
    };
    let file = |route: &'static str, path: String, who| Page {
        gives: Gives::File,
        ..page(route, path, who)
    };
    let mut pages = vec![
        plain("/", ALL),
        plain("/obligations", ALL),
        page(
            "/obligations/{key}",
            format!("/obligations/{obligation}"),
            MATTERS,
        ),
        page(
            "/obligations/{key}/why",
            format!("/obligations/{obligation}/why"),
            MATTERS,
        ),
        page(
            "/obligations/{key}/pause",
            format!("/obligations/{obligation}/pause"),
            WRITERS,
        ),
        page(
            "/obligations/{key}/resume",
            format!("/obligations/{paused}/resume"),
            CENTRE,
        ),
        page(
            "/obligations/{key}/extend",
            format!("/obligations/{obligation}/extend"),
            WRITERS,
        ),
        plain("/enterprises", ALL),
        page(
            "/enterprises/{key}",
            format!("/enterprises/{enterprise}"),
            MATTERS,
        ),
        plain("/contracts", ALL),
        page("/contracts/{key}", format!("/contracts/{key}"), MATTERS),
        page(
            "/contracts/{key}/acts",
            format!("/contracts/{key}/acts"),
            MATTERS,
        ),
        plain("/contracts/new", CENTRE),
        bare("/enterprises/new", "/enterprises/new".to_owned(), CENTRE),
        page(
            "/enterprises/{key}/change",
            format!("/enterprises/{enterprise}/change"),
            CENTRE,
        ),
        page(
            "/enterprises/{key}/end",
            format!("/enterprises/{enterprise}/end"),
            CENTRE,
        ),
        page(
            "/enterprises/{key}/permits",
            format!("/enterprises/{enterprise}/permits"),
            WRITERS,
        ),
        plain("/profile", ALL),
        plain("/projects", ALL),
        page("/projects/{key}", format!("/projects/{project}"), MATTERS),
        page(
            "/projects/{key}/progress",
            format!("/projects/{project}/progress"),
            &[Centre, Liaison, Enterprise],
        ),
        page(
            "/projects/{key}/plan",
            format!("/projects/{project}/plan"),
            WRITERS,
        ),
        page(
            "/projects/{key}/rest",
            format!("/projects/{project}/rest"),
            WRITERS,
        ),
        page(
            "/projects/{key}/stages/{number}",
            format!("/projects/{project}/stages/1"),
            WRITERS,
        ),
        page(
            "/projects/{key}/gates/{code}",
            format!("/projects/{project}/gates/LAND_RIGHT"),
            MATTERS,
        ),
        page(
            "/projects/{key}/milestones/{milestone}",
            format!("/projects/{project}/milestones/{milestone}"),
            MATTERS,
        ),
        plain("/visits", ALL),
        page("/visits/{key}", format!("/visits/{visit}"), MATTERS),
        page(
            "/visits/record",
            format!(
                "/visits/record?enterpriseId=enterprise_{}",
                enterprise.simple()
            ),
            WRITERS,
        ),
        page(
            "/visits/agree",
            format!(
                "/visits/agree?enterpriseId=enterprise_{}",
                enterprise.simple()
            ),
            WRITERS,
        ),
        page(
            "/obligations/{key}/rate",
            format!("/obligations/{unrated}/rate"),
            &[Enterprise],
        ),
        plain("/rectifications", ALL),
        page(
            "/rectifications/{key}",
            format!("/rectifications/{rectification}"),
            &[Leader, Centre, Enterprise, Supervisor],
        ),
        // Nothing has been replied yet.
        page(
            "/rectifications/{key}/rate-again",
            format!("/rectifications/{rectification}/rate-again"),
            &[],
        ),
        page(
            "/rectifications/{key}/{verb}",
            format!("/rectifications/{rectification}/contact"),
            CENTRE,
        ),
        plain("/evaluations", ALL),
        page(
            "/evaluations/{key}",
            format!("/evaluations/{evaluation}"),
            &[
                Leader,
                Centre,
                Liaison,
                DepartmentHead,
                Enterprise,
                Supervisor,
            ],
        ),
        file(
            "/evaluations/{key}/form.xlsx",
            format!("/evaluations/{evaluation}/form.xlsx"),
            &[
                Leader,
                Centre,
                Liaison,
                DepartmentHead,
                Enterprise,
                Supervisor,
            ],
        ),
        page(
            "/evaluations/{key}/form",
            format!("/evaluations/{evaluation}/form"),
            &[Enterprise],
        ),
        page(
            "/evaluations/{key}/sheets",
            format!("/evaluations/{evaluation}/sheets"),
            CENTRE,
        ),
        bare("/sheets", "/sheets".to_owned(), CENTRE),
        page(
            "/evaluations/{key}/objections/{id}",
            format!("/evaluations/{evaluation}/objections/{objection}"),
            &[Leader, Centre, DepartmentHead, Supervisor],
        ),
        plain("/reports", ALL),
        page("/reports/{key}", format!("/reports/{weekly}"), PARK),
        plain("/audit", &[Admin, Supervisor]),
        plain("/jobs", OPERATIONS),
        page(
            "/jobs/{name}",
            "/jobs/deadline_warnings".to_owned(),
            OPERATIONS,
        ),
        plain("/runs", OPERATIONS),
        plain("/letters", OPERATIONS),
        page("/letters/{key}", format!("/letters/{letter}"), OPERATIONS),
        plain("/mail/hold", ADMIN),
        plain("/mail/release", ADMIN),
        bare("/mailbox", "/mailbox".to_owned(), ALL),
        bare("/mailbox/{name}", format!("/mailbox/{mail}"), ALL),
        file("/mailbox/{name}/html", format!("/mailbox/{mail}/html"), ALL),
        file(
            "/mailbox/{name}/files/{number}",
            format!("/mailbox/{mail}/files/0"),
            ALL,
        ),
        plain("/accounts", OPERATIONS),
        plain("/accounts/new", ADMIN),
        page(
            "/accounts/{key}",
            format!("/accounts/{account}"),
            OPERATIONS,
        ),
        plain("/departments", ALL),
        bare("/departments/new", "/departments/new".to_owned(), ADMIN),
        page(
            "/departments/{key}/change",
            format!("/departments/{department}/change"),
            ADMIN,
        ),
        plain("/calendar", ALL),
        bare("/calendar/import", "/calendar/import".to_owned(), ADMIN),
        plain("/liaisons", ALL),
        plain("/liaisons/new", CENTRE),
        page("/liaisons/{key}", format!("/liaisons/{liaison}"), MATTERS),
        bare("/ledger", "/ledger".to_owned(), CENTRE),
        bare("/graphiql", "/graphiql".to_owned(), ALL),
        bare("/console/design", "/console/design".to_owned(), ALL),
    ];
    // An agreed visit is held when its day has come.
    for verb in ["move", "cancel"] {
        pages.push(page(
            "/visits/{key}/{verb}",
            format!("/visits/{visit}/{verb}"),
            WRITERS,
        ));
    }
    for (verb, who) in [
        ("object", &[DepartmentHead][..]),
        ("approve", &[Leader]),
        ("publish", CENTRE),
    ] {
        pages.push(page(
            "/evaluations/{key}/{verb}",
            format!("/evaluations/{evaluation}/{verb}"),
            who,
        ));
    }
    for verb in ["change", "renew", "withdraw"] {
        pages.push(page(
            "/permits/{key}/{verb}",
            format!("/permits/{permit}/{verb}"),
            WRITERS,
        ));
    }
    for verb in ["amend", "suspend", "terminate", "renew"] {
        pages.push(page(
            "/contracts/{key}/acts/{verb}",
            format!("/contracts/{key}/acts/{verb}"),
            CENTRE,
        ));
    }
    for verb in ["pause", "run"] {
        pages.push(page(
            "/jobs/{name}/{verb}",
            format!("/jobs/deadline_warnings/{verb}"),
            ADMIN,
        ));
    }
    for verb in ["retry", "abandon"] {
        pages.push(page(
            "/letters/{key}/{verb}",
            format!("/letters/{letter}/{verb}"),
            ADMIN,
        ));
    }
    for verb in ["change", "confirm", "invite", "disable", "enable"] {
        pages.push(page(
            "/accounts/{key}/{verb}",
            format!("/accounts/{account}/{verb}"),
            ADMIN,
        ));
    }
    for verb in ["appoint-deputy", "begin-hand-over"] {
        pages.push(page(
            "/liaisons/{key}/{verb}",
            format!("/liaisons/{liaison}/{verb}"),
            CENTRE,
        ));
    }
    for (list, xlsx, csv, who) in [
        ("/obligations", "/obligations.xlsx", "/obligations.csv", ALL),
        ("/enterprises", "/enterprises.xlsx", "/enterprises.csv", ALL),
        ("/projects", "/projects.xlsx", "/projects.csv", ALL),
        ("/visits", "/visits.xlsx", "/visits.csv", ALL),
        ("/contracts", "/contracts.xlsx", "/contracts.csv", ALL),
        (
            "/rectifications",
            "/rectifications.xlsx",
            "/rectifications.csv",
            ALL,
        ),
        ("/audit", "/audit.xlsx", "/audit.csv", &[Admin, Supervisor]),
        ("/reports", "/reports.xlsx", "/reports.csv", ALL),
        ("/runs", "/runs.xlsx", "/runs.csv", OPERATIONS),
        ("/letters", "/letters.xlsx", "/letters.csv", OPERATIONS),
        ("/accounts", "/accounts.xlsx", "/accounts.csv", OPERATIONS),
    ] {
        for route in [xlsx, csv] {
            assert!(route.starts_with(list));
            pages.push(file(route, route.to_owned(), who));
        }
    }
    pages
}

/// A service under this contract that was given and not rated.
async fn unrated(store: &Store, contract: Uuid) -> Uuid {
    let rated = rating::Entity::find().all(store.db()).await;
    let rated: Vec<Uuid> = rated
        .expect("a read")
        .into_iter()
        .map(|rating| rating.obligation_id)
        .collect();
    obligation::Entity::find()
        .filter(obligation::Column::ContractId.eq(contract))
        .filter(obligation::Column::State.eq(obligation::State::Fulfilled))
        .filter(obligation::Column::Id.is_not_in(rated))
        .one(store.db())
        .await
        .expect("a read")
        .expect("a service that was given")
        .id
}

/// An evaluation that the enterprises answer, with an objection of the demonstration's head, and a link to a form by the secret
/// [`SECRET`]: made when it is not there yet.
async fn evaluated(store: &Store) -> (Uuid, Uuid) {
    let db = store.db();
    let raised = Uuid::from_u128(7);
    let there = objection::Entity::find_by_id(raised).one(db).await;
    if let Some(there) = there.expect("a read") {
        return (there.evaluation_id, raised);
    }
    let system = Viewer::system("story");
    let quarter = Quarter::of(store.today());
    compile(store, &system, quarter)
        .await
        .expect("it is compiled");
    let compiled = evaluation::Entity::find()
        .filter(evaluation::Column::Quarter.eq(quarter.name()))
        .one(db)
        .await
        .expect("a read")
        .expect("the evaluation");
    let morning = instant_of(compiled.opens_on, 9, 30, store.zone());
    let later = store.with_clock(Arc::new(SetClock::at(morning)));
    let opened = take(&later, &system, compiled.id, Step::Open).await;
    opened.expect("it opens");
    let form = form::Entity::find()
        .filter(form::Column::EvaluationId.eq(compiled.id))
        .one(db)
        .await
        .expect("a read");
    let link = invitation::Model {
        secret_hash: secret_hash(SECRET),
        form_id: form.expect("a form").id,
    };
    invitation::Entity::insert(link.into_active_model().reset_all())
        .exec_without_returning(db)
        .await
        .expect("a link");
    let head = account::Entity::find()
        .filter(account::Column::Role.eq(DepartmentHead))
        .one(db)
        .await
        .expect("a read")
        .expect("a head");
    let objection = objection::Model {
        id: raised,
        evaluation_id: compiled.id,
        department_id: head.department_id.expect("a department"),
        state: objection::State::Raised,
        reason: "示例".to_owned(),
        raised_by: head.id,
        raised_at: store.now(),
        uphold: None,
        excluded: objection::Responses::default(),
        opinion: None,
        proposed_by: None,
        proposed_at: None,
        decided_by: None,
        decided_at: None,
        version: 1,
    };
    objection::Entity::insert(objection.into_active_model().reset_all())
        .exec_without_returning(db)
        .await
        .expect("an objection");
    (compiled.id, raised)
}

/// A digest to somebody who does not sign in here: its recipient would see it, too.
async fn digest(store: &Store) -> Uuid {
    let known: Vec<&str> = api::demo::sign_ins().map(|(login, _)| login).collect();
    let known = account::Entity::find()
        .filter(account::Column::Login.is_in(known))
        .all(store.db())
        .await
        .expect("the people");
    let found = outbox::Entity::find()
        .filter(outbox::Column::Kind.eq(outbox::Kind::Digest))
        .filter(outbox::Column::RecipientId.is_not_in(known.iter().map(|one| one.id)))
        .order_by_asc(outbox::Column::Id)
        .one(store.db())
        .await
        .expect("a read");
    found.expect("a digest").id
}

/// A letter with a file, as its page is called.
fn letter_with_file(mailbox: &Path) -> String {
    let mut letters: Vec<_> = std::fs::read_dir(mailbox)
        .expect("a mailbox")
        .map(|letter| letter.expect("a letter").path())
        .filter(|letter| {
            let text = std::fs::read(letter).expect("a letter");
            String::from_utf8_lossy(&text).contains("Content-Disposition: attachment")
        })
        .collect();
    letters.sort();
    let letter = letters.pop().expect("a letter with a file");
    letter
        .file_stem()
        .and_then(|name| name.to_str())
        .expect("a name")
        .to_owned()
}

/// The paths of people who have not signed in.
pub const OPEN: [&str; 4] = [
    "/sign-in",
    "/forgotten",
    "/join/{secret}",
    "/answer/{secret}",
];

/// A secret that stands in a letter.
pub const SECRET: &str = "what-stands-in-a-letter";
