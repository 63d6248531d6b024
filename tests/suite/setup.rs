//! From an empty installation to a running park: the first steps, one after the other, each read from what is there.

use entity::{
    account::{self, commands::Create},
    evaluation::{
        self,
        commands::{AdoptDesign, adopt_design},
    },
    language::Language,
    ledger::commands::{Import, PARK_PARTY, import},
    setup::{Step, repository::first_steps},
    viewer::{Role, Viewer},
};
use reqwest::StatusCode;
use sea_orm::{ActiveModelTrait, EntityTrait};
use tests::{
    Park, Who, ledger, stories,
    window::{PASSWORD, Window, plain},
};

/// Makes an account with a password.
async fn account(park: &Park, role: Role) -> (Viewer, String) {
    let login = format!("{role:?}@park.example").to_lowercase();
    let input = Create {
        login: login.clone(),
        name: "示例人员".to_owned(),
        telephone: None,
        role,
        department_id: None,
        enterprise_id: None,
        language: Language::English,
        password: Some(PASSWORD.to_owned()),
        demonstration: false,
    };
    let made = account::commands::create(&park.store, &Viewer::system("story"), input).await;
    (Viewer::Person(made.expect("made").person()), login)
}

/// The steps that somebody still has to take.
async fn open(park: &Park, viewer: &Viewer, delivers: bool) -> Vec<Step> {
    let steps = first_steps(&park.store, viewer, delivers).await;
    let steps = steps.expect("the steps").into_iter();
    steps
        .filter(|(_, done)| !done)
        .map(|(step, _)| step)
        .collect()
}

stories! {
    async fn the_first_steps_are_what_an_empty_installation_lacks(park: Park) {
        let (admin, _) = account(&park, Role::Admin).await;
        // Departments and the calendar of the year come with the product.
        let all = [Step::Mail, Step::Accounts, Step::Ledger, Step::Liaisons, Step::Contracts, Step::Invitations, Step::Design];
        let (left, statements) = park.statements(open(&park, &admin, false)).await;
        assert_eq!((left, statements), (all.to_vec(), 1), "one statement asks for everything");
        assert_eq!(open(&park, &admin, true).await, all[1..]);
        let (centre, _) = account(&park, Role::Centre).await;
        assert!(open(&park, &admin, true).await.contains(&Step::Accounts), "a leader is missing");
        let (leader, _) = account(&park, Role::Leader).await;
        assert_eq!(open(&park, &admin, true).await, all[2..]);
        assert_eq!(open(&park, &centre, true).await, [Step::Ledger, Step::Liaisons, Step::Contracts, Step::Design]);
        let (shown, statements) = park.statements(first_steps(&park.store, &leader, true)).await;
        assert_eq!((shown.expect("steps"), statements), (Vec::new(), 0), "nothing for others");

        // A ledger brings enterprises, liaisons and contracts in force; whom it brings is invited then.
        let rows = api_import::read("ledger.csv", ledger::csv(1).as_bytes()).expect("a ledger").rows;
        let input = Import { rows, refused: Vec::new(), park_party: PARK_PARTY.to_owned(), dry_run: false };
        import(&park.store, &centre, input, |_| {}).await.expect("the import runs");
        assert_eq!(open(&park, &admin, true).await, [Step::Invitations, Step::Design]);
        assert_eq!(open(&park, &centre, true).await, [Step::Design]);
        // A job takes the design that the product ships; adopted is what a person has decided on.
        let design = evaluation::design::Model::shipped(park.store.now());
        let row = evaluation::design::ActiveModel::from(design.clone()).reset_all();
        evaluation::design::Entity::insert(row).exec_without_returning(park.db()).await.expect("a design");
        assert_eq!(open(&park, &centre, true).await, [Step::Design]);
        let adopt = AdoptDesign {
            expected_version: design.version,
            wording: design.wording,
            parameters: design.parameters,
            reason: "采用系统提供的方案".to_owned(),
        };
        adopt_design(&park.store, &centre, adopt).await.expect("adopted");
        assert_eq!(open(&park, &centre, true).await, [], "its own are done");
        assert_eq!(open(&park, &admin, true).await, [Step::Invitations]);
        let accounts = account::Entity::find().all(park.db()).await.expect("accounts");
        let liaison = accounts.into_iter().find(|one| one.role == Role::Liaison).expect("a liaison");
        let invite = account::commands::links::Invite { id: liaison.id };
        account::commands::invite_again(&park.store, &admin, invite).await.expect("invited");

        // Done is done: from now on nothing is asked, until another year needs its calendar.
        assert_eq!(first_steps(&park.store, &admin, true).await.expect("steps"), []);
        let (left, statements) = park.statements(open(&park, &admin, true)).await;
        assert_eq!((left, statements), (Vec::new(), 0));
        park.set_clock("2027-01-04", 9, 0);
        assert_eq!(open(&park, &admin, true).await, [Step::Calendar]);
        assert_eq!(open(&park, &centre, true).await, []);
    }

    async fn each_step_leads_whoever_takes_it_to_its_page(park: Park) {
        let (_, admin) = account(&park, Role::Admin).await;
        let (_, centre) = account(&park, Role::Centre).await;
        let section = async |login: &str| {
            let window = Window::enter(&park, login, PASSWORD).await;
            let page = window.text(&park, "/").await;
            let (_, rest) = page.split_once("id=\"setup\"").unwrap_or_else(|| panic!("no first steps: {page}"));
            let section = rest.split_once("</section>").expect("its end").0.to_owned();
            for href in section.split("href=\"").skip(1) {
                let href = href.split('"').next().expect("an address");
                let status = window.get(&park, href).await.status();
                assert_eq!(status, StatusCode::OK, "{login} {href}");
            }
            section
        };
        let told = section(&admin).await;
        assert!(plain(&told).contains("done 2 / 9"), "{told}");
        assert!(told.contains("href=\"/accounts/new\"") && !told.contains("href=\"/ledger\""), "{told}");
        assert!(plain(&told).contains("Taken by: Enterprise service centre"), "{told}");
        let told = section(&centre).await;
        assert!(told.contains("href=\"/ledger/template.xlsx\"") && !told.contains("href=\"/accounts"), "{told}");
        assert!(plain(&told).contains("done 0 / 4"), "{told}");
        // The person who has nothing to do with it reads nothing of it.
        assert!(!park.page(Who::Leader, "/").await.contains("id=\"setup\""));
    }
}
