//! The pages of the console: for each path of the router an address of the demonstration and the roles that may open it. Each area has
//! a module of its own, which gives its rows.

use std::path::Path;

use entity::{
    store::Store,
    viewer::Role::{self, *},
};
use sea_orm::prelude::Uuid;

/// The oldest row of a table, with what these columns have.
macro_rules! first {
    ($db:expr, $term:ident $(, $column:ident = $value:expr)*) => {
        $term::Entity::find()
            $(.filter($term::Column::$column.eq($value)))*
            .order_by_asc($term::Column::Id)
            .one($db)
            .await
            .expect("a read")
            .expect("the demonstration has one")
    };
}

mod account;
mod application;
mod audit;
mod calendar;
mod case;
mod contract;
mod enterprise;
mod evaluation;
mod item;
mod job;
mod ledger;
mod letter;
mod liaison;
mod obligation;
mod project;
mod rectification;
mod report;
mod start;
mod supervision;
mod visit;

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

impl Page {
    /// Whether it is the one of this role among those who may open it: the first who is not an administrator only because everybody is.
    pub fn shown_as(&self, role: Role) -> bool {
        let mut others = self.who.iter().filter(|role| **role != Role::Admin);
        others.next().or(self.who.first()) == Some(&role)
    }

    /// Whether it is tried as this role, where all roles together would take too long: a list by everybody, a thing as [shown](Self::shown_as).
    pub fn tried_as(&self, role: Role) -> bool {
        let is_list = !self.route.contains('{');
        self.who.contains(&role) && (is_list || self.shown_as(role))
    }
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
/// The same, and the department of the demonstration, to which the first enterprise has applied.
const APPLICATIONS: &[Role] = &[
    Leader,
    Centre,
    Liaison,
    DepartmentHead,
    WindowOfficer,
    Enterprise,
    Supervisor,
];
/// Who writes projects and time limits of the first enterprise.
const WRITERS: &[Role] = &[Centre, Liaison];
const CENTRE: &[Role] = &[Centre];
const OPERATIONS: &[Role] = &[Admin, Centre];
const ADMIN: &[Role] = &[Admin];

/// What the areas need of the demonstration.
struct Shown<'a> {
    store: &'a Store,
    mailbox: &'a Path,
    /// The contract to which the demonstration's liaison and contact belong, and its enterprise.
    contract: Uuid,
    enterprise: Uuid,
}

/// Every page of the demonstration in `store`, whose letters lie in `mailbox`.
pub async fn all(store: &Store, mailbox: &Path) -> Vec<Page> {
    let contract = contract::first(store).await;
    let it = Shown {
        store,
        mailbox,
        contract: contract.id,
        enterprise: contract.enterprise_id,
    };
    [
        start::rows(),
        obligation::rows(&it).await,
        enterprise::rows(&it).await,
        contract::rows(&it).await,
        project::rows(&it).await,
        visit::rows(&it).await,
        rectification::rows(&it).await,
        supervision::rows(&it).await,
        case::rows(&it).await,
        item::rows(&it).await,
        evaluation::rows(&it).await,
        report::rows(&it).await,
        audit::rows(),
        job::rows(),
        letter::rows(&it).await,
        account::rows(&it).await,
        application::rows(&it).await,
        calendar::rows(),
        liaison::rows(&it).await,
        ledger::rows(),
    ]
    .concat()
}

/// A page at this address.
fn page(route: &'static str, path: String, who: &'static [Role]) -> Page {
    Page {
        route,
        path,
        who,
        gives: Gives::Page,
    }
}

/// A page whose address is its path.
fn plain(route: &'static str, who: &'static [Role]) -> Page {
    page(route, route.to_owned(), who)
}

/// A page that shows nothing of the API.
fn bare(route: &'static str, path: String, who: &'static [Role]) -> Page {
    Page {
        gives: Gives::Bare,
        ..page(route, path, who)
    }
}

/// A file.
fn file(route: &'static str, path: String, who: &'static [Role]) -> Page {
    Page {
        gives: Gives::File,
        ..page(route, path, who)
    }
}

/// A list as files.
fn files(xlsx: &'static str, csv: &'static str, who: &'static [Role]) -> [Page; 2] {
    [xlsx, csv].map(|route| file(route, route.to_owned(), who))
}

/// The pages of an act, one for each verb.
fn verbs(
    route: &'static str,
    of: &str,
    verbs: &[&str],
    who: &'static [Role],
) -> impl Iterator<Item = Page> {
    verbs
        .iter()
        .map(move |verb| page(route, format!("{of}/{verb}"), who))
}

/// The paths of people who have not signed in.
pub const OPEN: [&str; 6] = [
    "/sign-in",
    "/forgotten",
    "/join/{secret}",
    "/answer/{secret}",
    "/sitemap.xml",
    "/robots.txt",
];

/// A secret that stands in a letter.
pub const SECRET: &str = "what-stands-in-a-letter";
