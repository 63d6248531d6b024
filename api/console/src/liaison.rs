//! Who looks after whom: the load of each liaison, and one assignment.

use std::collections::BTreeMap;

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use super::{
    bridge::operation, frame::Frame, global_id, guest::Guest, refusal::Refusal, term::*, word,
};

operation!(LiaisonLoad in "src/operations/liaison.graphql");
operation!(LiaisonPage in "src/operations/liaison.graphql");

/// An enterprise that somebody looks after.
struct Matter {
    /// The page of the assignment, or of the act that appoints somebody.
    to: String,
    name: String,
    state: Option<LiaisonState>,
}

/// One liaison, and for whom.
struct Load {
    name: String,
    telephone: Option<String>,
    /// The account, for those who read accounts.
    account: Option<liaison_load::LiaisonLoadAccountsNodes>,
    own: Vec<Matter>,
    deputy: Vec<Matter>,
}

#[derive(Template)]
#[template(path = "liaison/load.html")]
struct LoadShown {
    f: Frame,
    rows: Vec<Load>,
    alone: Vec<Matter>,
    may: bool,
}

/// The load of all liaisons, the heaviest first.
pub async fn load(guest: Guest) -> Result<Response, Refusal> {
    let data = guest.run::<LiaisonLoad>(liaison_load::Variables).await?;
    let mut f = guest.frame("");
    f.title = f.t("专员安排", "Liaisons").to_owned();
    let matter = |row: &liaison_load::LiaisonLoadLiaisonsNodes| Matter {
        to: word::of_id(&row.id),
        name: row.enterprise.as_ref().map_or_else(String::new, |known| {
            let english = known.name_en.as_deref().unwrap_or_default();
            f.of(&known.name_zh, english).to_owned()
        }),
        state: Some(row.state),
    };
    let assignments = &data.liaisons.nodes;
    // Those who read no accounts know the liaisons by what they are in charge of.
    let accounts = data.accounts.nodes.into_iter();
    let mut accounts: BTreeMap<String, _> = accounts.map(|it| (it.id.clone(), it)).collect();
    let idle = accounts.values().map(|it| (it.id.clone(), it.name.clone()));
    let busy = assignments.iter().flat_map(|row| {
        let official = row
            .official
            .iter()
            .map(|it| (it.id.clone(), it.name.clone()));
        official.chain(row.deputy.iter().map(|it| (it.id.clone(), it.name.clone())))
    });
    let people: BTreeMap<String, String> = idle.chain(busy).collect();
    let numbers = assignments.iter().flat_map(|row| {
        let official = row
            .official
            .iter()
            .map(|it| (it.id.as_str(), &row.telephone));
        let deputy = row
            .deputy
            .iter()
            .map(|it| (it.id.as_str(), &row.deputy_telephone));
        official.chain(deputy)
    });
    let numbers: BTreeMap<&str, &Option<String>> = numbers.collect();
    let mut rows: Vec<Load> = people
        .into_iter()
        .map(|(id, name)| {
            let own = assignments.iter().filter(|row| {
                row.official
                    .as_ref()
                    .is_some_and(|official| official.id == id)
            });
            let deputy = assignments.iter().filter(|row| {
                row.deputy
                    .as_ref()
                    .is_some_and(|official| official.id == id)
            });
            let account = accounts.remove(&id);
            let known = account.as_ref().and_then(|it| it.telephone.clone());
            let rung = || numbers.get(id.as_str()).copied().cloned().flatten();
            Load {
                own: own.map(matter).collect(),
                deputy: deputy.map(matter).collect(),
                name,
                telephone: known.or_else(rung),
                account,
            }
        })
        .collect();
    rows.sort_by(|one, other| {
        let load = |row: &Load| std::cmp::Reverse((row.own.len(), row.deputy.len()));
        (load(one), &one.name).cmp(&(load(other), &other.name))
    });
    let alone = data
        .enterprises
        .nodes
        .iter()
        .filter(|row| row.liaison.is_none())
        .map(|row| Matter {
            to: format!("/liaisons/new?enterpriseId={}", row.id),
            name: f
                .of(&row.name_zh, row.name_en.as_deref().unwrap_or_default())
                .to_owned(),
            state: None,
        })
        .collect();
    Ok(guest.show(&LoadShown {
        rows,
        alone,
        may: data.viewer.is_some_and(|viewer| {
            let may = PermittedAction::ManageLiaisons;
            viewer.permissions.contains(&may)
        }),
        f,
    }))
}

#[derive(Template)]
#[template(path = "liaison/page.html")]
struct PageShown {
    f: Frame,
    it: liaison_page::LiaisonPageLiaison,
}

impl PageShown {
    /// Whether the viewer may give this command now.
    fn may(&self, code: &str) -> bool {
        let mut commands = self.it.commands.iter();
        commands.any(|command| command.code == code && command.may)
    }
}

/// One assignment.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Liaison, &key)?;
    let data = guest
        .run::<LiaisonPage>(liaison_page::Variables { id })
        .await?;
    let it = data.liaison.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    if let Some(known) = &it.enterprise {
        f.title = f
            .of(&known.name_zh, known.name_en.as_deref().unwrap_or_default())
            .to_owned();
    }
    Ok(guest.show(&PageShown { f, it }))
}
