//! Enterprises: the list, and the page of one.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use entity::language::Language;

use super::{
    bridge::operation,
    command,
    export::{Ending, Sheet},
    frame::Frame,
    global_id,
    guest::Guest,
    list::{Address, Paging},
    refusal::Refusal,
    term::*,
};

operation!(EnterpriseList in "src/operations/enterprise.graphql" deriving "Clone, Debug, Default");
operation!(EnterpriseFile in "src/operations/enterprise.graphql" deriving "Clone, Debug, Deserialize");
operation!(EnterprisePage in "src/operations/enterprise.graphql");

/// The worst of some lights; nothing when nothing is open.
pub fn worst(lights: impl Iterator<Item = Light>) -> Option<Light> {
    lights.max()
}

/// The order of the list when the address names none.
const USUAL: &str = "name";

fn variables(address: &Address, paging: Paging) -> enterprise_list::Variables {
    use enterprise_list::*;
    let (field, direction) = address.sort(USUAL);
    Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        sort_by: Some(EnterpriseSort {
            field: match field.as_str() {
                "industry" => EnterpriseSortField::Industry,
                "code" => EnterpriseSortField::CreditCode,
                _ => EnterpriseSortField::Name,
            },
            direction,
        }),
        where_: Some(EnterpriseFilter {
            search: address.some("text"),
            in_the_park: match address.get("state") {
                "" => Some(true),
                "GONE" => Some(false),
                _ => None,
            },
            ..EnterpriseFilter::default()
        }),
    }
}

/// A row of the list, with the worst of its lights.
struct Row {
    light: Option<Light>,
    open: i64,
    it: enterprise_list::EnterpriseListEnterprisesNodes,
}

impl From<enterprise_list::EnterpriseListEnterprisesNodes> for Row {
    fn from(it: enterprise_list::EnterpriseListEnterprisesNodes) -> Self {
        let (light, open) = owed(it.lights.iter().map(|one| (one.light, one.count)));
        Self { light, open, it }
    }
}

/// The worst of the lights that something shows, and how much is open.
fn owed(lights: impl Iterator<Item = (Light, i64)> + Clone) -> (Option<Light>, i64) {
    let shown = lights.clone().filter(|(_, count)| *count > 0);
    let open = lights.map(|(_, count)| count).sum();
    (worst(shown.map(|(light, _)| light)), open)
}

#[derive(Template)]
#[template(path = "enterprise/list.html")]
struct ListShown {
    f: Frame,
    saved: Vec<enterprise_list::EnterpriseListSavedFilters>,
    may: bool,
    invites: bool,
    rows: Vec<Row>,
    shown: i64,
    total: i64,
    info: enterprise_list::EnterpriseListEnterprisesPageInfo,
    usual: &'static str,
}

fn title(language: Language) -> &'static str {
    match language {
        Language::Chinese => "企业",
        Language::English => "Enterprises",
    }
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<EnterpriseList>(asked).await?;
    let found = data.enterprises;
    let permissions = data.viewer.map(|viewer| viewer.permissions);
    let may = |action| permissions.iter().flatten().any(|known| *known == action);
    Ok(guest.show(&ListShown {
        saved: data.saved_filters,
        may: may(PermittedAction::ManageEnterprises),
        invites: may(PermittedAction::KeepContacts),
        f: guest.frame(title(guest.language)),
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        rows: found.nodes.into_iter().map(Row::from).collect(),
        total: found.total_count,
        info: found.page_info,
        usual: USUAL,
    }))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = guest.frame(title(guest.language));
    let sheet = Sheet {
        name: title(guest.language).to_owned(),
        columns: vec![
            f.t("预警", "Light"),
            f.t("企业", "Enterprise"),
            f.t("统一社会信用代码", "Credit code"),
            f.t("行业", "Industry"),
            f.t("服务专员", "Liaison"),
            f.t("契约编号", "Contract"),
            f.t("契约到期", "Contract ends"),
            f.t("待履行事项", "Open obligations"),
        ],
    };
    let read = |data: enterprise_file::ResponseData| {
        let (nodes, info) = (data.enterprises.nodes, data.enterprises.page_info);
        let row = |it: enterprise_file::EnterpriseFileEnterprisesNodes| {
            let (light, open) = owed(it.lights.iter().map(|one| (one.light, one.count)));
            let liaison = it.liaison.and_then(|liaison| liaison.official);
            vec![
                light.map(|light| light.say(&f)).into(),
                f.of(&it.name_zh, it.name_en.as_deref().unwrap_or_default())
                    .into(),
                it.credit_code.into(),
                it.industry.into(),
                liaison.map(|official| official.name).into(),
                it.contract
                    .as_ref()
                    .map(|contract| contract.number.as_str())
                    .into(),
                it.contract.as_ref().map(|contract| contract.ends_on).into(),
                open.into(),
            ]
        };
        let rows = nodes.into_iter().map(row).collect();
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<EnterpriseFile, _>(
            &guest,
            ending,
            |paging| variables(&guest.address, paging),
            read,
        )
        .await
}

#[derive(Template)]
#[template(path = "enterprise/page.html")]
struct PageShown {
    f: Frame,
    it: enterprise_page::EnterprisePageEnterprise,
    light: Option<Light>,
    contracts: Vec<enterprise_page::EnterprisePageContractsNodes>,
    projects: Vec<enterprise_page::EnterprisePageProjectsNodes>,
}

impl PageShown {
    /// The ways to what the viewer can do with a permit now, and what each is called.
    fn ways<'a>(
        &self,
        permit: &'a enterprise_page::EnterprisePageEnterprisePermits,
    ) -> Vec<(String, &'a str)> {
        let page = command::page_of(&permit.id);
        let can = permit.commands.iter().filter(|command| command.may);
        can.map(|one| (command::address(&page, &one.code), one.title.as_str()))
            .collect()
    }

    /// The way to a new project under the contract in force, and what it is called.
    fn project(&self) -> Option<(String, &str)> {
        let contract = self.it.contract.as_ref()?;
        let mut can = contract.commands.iter().filter(|one| one.may);
        let one = can.find(|one| one.code == "project.create")?;
        let to = command::address(&self.f.link(&contract.id), &one.code);
        Some((to, &one.title))
    }

    /// Whether the viewer may do this to the enterprise now.
    fn may_give(&self, code: &str) -> bool {
        let mut commands = self.it.commands.iter();
        commands.any(|command| command.code == code && command.may)
    }
}

/// The page of one.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Enterprise, &key)?;
    let data = guest
        .run::<EnterprisePage>(enterprise_page::Variables { id })
        .await?;
    let mut it = data.enterprise.ok_or(Refusal::NotFound)?;
    it.open_obligations.sort_by_key(|open| open.deadline.due_on);
    let mut f = guest.frame(title(guest.language));
    f.title = f
        .of(&it.name_zh, it.name_en.as_deref().unwrap_or_default())
        .to_owned();
    Ok(guest.show(&PageShown {
        light: worst(it.open_obligations.iter().map(|open| open.deadline.light)),
        f,
        it,
        contracts: data.contracts.nodes,
        projects: data.projects.nodes,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_severe_light_is_the_worst() {
        let shown = [Light::Grey, Light::Black, Light::Green];
        assert_eq!(worst(shown.into_iter()), Some(Light::Black));
        assert_eq!(worst([Light::Grey].into_iter()), Some(Light::Grey));
        assert_eq!(worst(std::iter::empty()), None);
    }
}
