//! Applications: the list, the one form section by section, its materials, the check before it is handed in, and the receipt. Everything is saved
//! on the server section by section, and works without a script.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use entity::{application::rules::value::MOST_LINES, trail};
use serde_json::json;

use super::{
    bridge::operation,
    flash::Flash,
    form::{Filled, Form},
    frame::Frame,
    global_id,
    guest::Guest,
    list::{Address, Paging},
    refusal::{Overtaken, Refusal},
    term::*,
};

operation!(ApplicationList in "src/operations/application.graphql");
operation!(ApplicationItems in "src/operations/application.graphql");
operation!(ApplicationPage in "src/operations/application.graphql");
operation!(StartApplication in "src/operations/application.graphql");
operation!(ChooseItems in "src/operations/application.graphql");
operation!(FillApplication in "src/operations/application.graphql");
operation!(SetMaterial in "src/operations/application.graphql");

type Row = application_list::ApplicationListApplicationsNodes;
type Offered = application_items::ApplicationItemsItemsNodes;
type Shown = application_page::ApplicationPageApplication;
type Section = application_page::ApplicationPageApplicationFormSections;
type Field = application_page::ApplicationPageApplicationFormSectionsFields;
type Column = application_page::ApplicationPageApplicationFormSectionsFieldsOptions;
type Material = application_page::ApplicationPageApplicationFormMaterials;

fn variables(address: &Address, paging: Paging) -> application_list::Variables {
    use application_list::*;
    let states = address.all("state").filter_map(ApplicationState::of_code);
    let states: Vec<ApplicationState> = states.collect();
    Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        where_: Some(ApplicationFilter {
            state: (!states.is_empty()).then_some(ApplicationStateFilter { one_of: states }),
            enterprise_id: address.some("enterprise"),
            project_id: address.some("project"),
        }),
    }
}

#[derive(Template)]
#[template(path = "application/list.html")]
struct ListShown {
    f: Frame,
    states: &'static [ApplicationState],
    rows: Vec<Row>,
    shown: i64,
    total: i64,
    info: application_list::ApplicationListApplicationsPageInfo,
    may: bool,
}

/// What the list is called: an enterprise sees its own.
fn called(guest: &Guest, f: &Frame) -> &'static str {
    match guest.viewer.role() {
        Some(Role::Enterprise) => f.t("我的申请", "My applications"),
        _ => f.t("申请", "Applications"),
    }
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<ApplicationList>(asked).await?;
    let mut f = guest.frame("");
    f.title = called(&guest, &f).to_owned();
    Ok(guest.show(&ListShown {
        f,
        states: &ApplicationState::ALL,
        shown: i64::try_from(data.applications.nodes.len()).unwrap_or(i64::MAX),
        rows: data.applications.nodes,
        total: data.applications.total_count,
        info: data.applications.page_info,
        may: data.viewer.is_some_and(|viewer| {
            let may = PermittedAction::FillApplications;
            viewer.permissions.contains(&may)
        }),
    }))
}

/// The fields of the page on which items are chosen, named as the input of the API.
const ITEM_FIELDS: [&str; 3] = ["itemIds", "projectId", "creditCode"];

#[derive(Template)]
#[template(path = "application/items.html")]
struct ItemsShown {
    f: Frame,
    form: Form,
    items: Vec<Offered>,
    /// Where it is sent.
    action: String,
    /// The page before.
    back: String,
    version: i64,
    /// Whether it must be said for which enterprise.
    asks_enterprise: bool,
    project: Option<application_items::ApplicationItemsProject>,
    /// The projects among which one is chosen for a draft.
    projects: Vec<application_items::ApplicationItemsApplicationProjects>,
}

/// What a page of items knows: those of the catalogue, and the draft whose items are chosen, if it is one's.
async fn items_shown(
    guest: &Guest,
    project: &str,
    draft: Option<&str>,
    form: Form,
) -> Result<ItemsShown, Refusal> {
    let data = guest
        .run::<ApplicationItems>(application_items::Variables {
            project: project.to_owned(),
            application: draft.unwrap_or_default().to_owned(),
        })
        .await?;
    let viewer = data.viewer.ok_or(Refusal::SignIn)?;
    let may = PermittedAction::FillApplications;
    if !viewer.permissions.contains(&may) {
        return Err(Refusal::Forbidden);
    }
    let mut f = guest.frame("");
    f.title = f.t("选择事项", "Choose the items").to_owned();
    let items = data.items.nodes.into_iter();
    let items = items.filter(|item| item.current.is_some()).collect();
    let mut shown = ItemsShown {
        action: "/applications/new".to_owned(),
        back: "/applications".to_owned(),
        asks_enterprise: viewer.role != Role::Enterprise && data.project.is_none(),
        project: data.project,
        projects: Vec::new(),
        version: 0,
        items,
        form,
        f,
    };
    if draft.is_some() {
        let it = data.application.ok_or(Refusal::NotFound)?;
        if !it.can_fill {
            return Err(Refusal::Forbidden);
        }
        shown.back = shown.f.link(&it.id);
        shown.action = format!("{}/items", shown.back);
        shown.asks_enterprise = false;
        shown.version = it.version;
        for item in it.items {
            shown.form.add("itemIds", &item.id);
        }
        for project in it.projects.iter().filter(|project| project.chosen) {
            shown.form.set("projectId", &project.project_id);
        }
        shown.projects = it.projects;
    }
    Ok(shown)
}

/// Which items are applied for, and for whom. The address may name items by their codes, and a project.
pub async fn ask_new(guest: Guest) -> Result<Response, Refusal> {
    let project = guest.address.get("project").to_owned();
    let form = Form::new(&ITEM_FIELDS);
    let mut shown = items_shown(&guest, &project, None, form).await?;
    let wanted: Vec<&str> = guest.address.get("items").split('.').collect();
    for item in &shown.items {
        if wanted.contains(&item.code.as_str()) {
            shown.form.add("itemIds", &item.id);
        }
    }
    shown.form.set("projectId", &project);
    Ok(guest.show(&shown))
}

/// Begins the application.
pub async fn start(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    use start_application::*;
    let input = ApplicationStartInput {
        item_ids: filled.all("itemIds"),
        project_id: filled.some("projectId"),
        credit_code: filled.some("creditCode"),
        idempotency_key: filled.key(),
    };
    let done = guest.run::<StartApplication>(Variables { input }).await;
    let done = done.map_err(|refusal| refusal.with_typed(&filled))?.start;
    if let Some(started) = done.application {
        let to = guest.frame("").link(&started.id);
        return Ok(guest.done(Flash::ApplicationStarted, &to));
    }
    let form = Form::filled(&ITEM_FIELDS, &filled);
    let mut shown = items_shown(&guest, filled.get("projectId"), None, form).await?;
    let errors = done.user_errors.into_iter();
    shown
        .form
        .refuse(errors.map(|error| (error.path, error.message)));
    Ok(guest.refused(&shown))
}

/// Other items for a draft.
pub async fn items(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Application, &key)?;
    let form = Form::new(&ITEM_FIELDS);
    Ok(guest.show(&items_shown(&guest, "", Some(&id), form).await?))
}

/// Chooses them.
pub async fn choose(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    use choose_items::*;
    let id = global_id(Kind::Application, &key)?;
    let input = ApplicationChooseItemsInput {
        id: id.clone(),
        expected_version: filled.version(),
        item_ids: filled.all("itemIds"),
        project_id: filled.some("projectId"),
    };
    let done = guest.run::<ChooseItems>(Variables { input }).await;
    let done = done.map_err(|refusal| refusal.with_typed(&filled))?.choose;
    if done.application.is_some() {
        let to = guest.frame("").link(&id);
        return Ok(guest.done(Flash::ApplicationSaved, &to));
    }
    let mut shown = items_shown(&guest, "", Some(&id), Form::new(&ITEM_FIELDS)).await?;
    let errors = done.user_errors.into_iter();
    shown
        .form
        .refuse(errors.map(|error| (error.path, error.message)));
    Ok(guest.refused(&shown))
}

async fn find(guest: &Guest, key: &str) -> Result<Shown, Refusal> {
    let id = global_id(Kind::Application, key)?;
    let variables = application_page::Variables { id };
    let data = guest.run::<ApplicationPage>(variables).await?;
    data.application.ok_or(Refusal::NotFound)
}

/// The same where it is filled in.
async fn draft(guest: &Guest, key: &str) -> Result<Shown, Refusal> {
    let it = find(guest, key).await?;
    match it.can_fill {
        true => Ok(it),
        false => Err(Refusal::Forbidden),
    }
}

/// How far a part of the form is.
struct Progress {
    /// How many of its fields or materials are asked.
    asked: usize,
    /// How many of them are done.
    done: usize,
}

impl Progress {
    fn of<'a, T: 'a>(
        all: impl Iterator<Item = &'a T>,
        is_asked: impl Fn(&T) -> bool,
        is_right: impl Fn(&T) -> bool,
    ) -> Self {
        let asked: Vec<&T> = all.filter(|one| is_asked(one)).collect();
        Self {
            done: asked.iter().filter(|one| is_right(one)).count(),
            asked: asked.len(),
        }
    }

    fn section(section: &Section) -> Self {
        let asked = |field: &Field| {
            matches!(
                field.asked,
                ApplicationFieldAsked::Required | ApplicationFieldAsked::OnRecord
            ) || field.fault.is_some()
        };
        Self::of(section.fields.iter(), asked, |field| field.fault.is_none())
    }

    fn materials(materials: &[Material]) -> Self {
        let asked =
            |one: &Material| one.supply == ApplicationSupply::Own && one.asked == Truth::True;
        Self::of(materials.iter(), asked, |one| one.fault.is_none())
    }

    fn is_done(&self) -> bool {
        self.asked == self.done
    }
}

#[derive(Template)]
#[template(path = "application/page.html")]
struct PageShown {
    f: Frame,
    it: Shown,
    here: String,
    list: &'static str,
}

impl PageShown {
    /// The sections, each with its place in the address and how far it is.
    fn sections(&self) -> Vec<(usize, &Section, Progress)> {
        let sections = self.it.form.sections.iter().zip(1..);
        sections
            .map(|(section, place)| (place, section, Progress::section(section)))
            .collect()
    }

    fn materials(&self) -> Progress {
        Progress::materials(&self.it.form.materials)
    }

    /// The number of the case of an item; empty before there is one.
    fn case(&self, code: &str) -> &str {
        let mut cases = self.it.cases.iter();
        let found = cases.find(|case| case.item.as_ref().is_some_and(|item| item.code == code));
        found.map_or("", |case| case.number.as_str())
    }
}

fn page_shown(guest: &Guest, it: Shown) -> PageShown {
    let mut f = guest.frame("");
    f.title = match &it.number {
        Some(number) => format!("{} {number}", f.t("收件回执", "Receipt")),
        None => f.t("申请草稿", "Draft application").to_owned(),
    };
    PageShown {
        here: f.link(&it.id),
        list: called(guest, &f),
        f,
        it,
    }
}

/// A draft with its sections and how far each is; a received application with its receipt.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let it = find(&guest, &key).await?;
    Ok(guest.show(&page_shown(&guest, it)))
}

#[derive(Template)]
#[template(path = "application/section.html")]
struct SectionShown {
    f: Frame,
    it: Shown,
    here: String,
    place: usize,
    section: Section,
    form: Form,
    /// Whether it was sent and refused: then the form has what was typed, otherwise what is saved.
    refused: bool,
    /// Whether what is missing is told, too: after the section was saved once, and from the check.
    strict: bool,
}

/// A cell of a table.
struct Cell {
    /// What its column is called.
    column: String,
    /// The same with the number of the line.
    label: String,
    name: String,
    value: String,
}

/// How many empty lines a table has for more.
const MORE_LINES: usize = 3;

impl SectionShown {
    /// The lines of a table, with some empty ones behind them: what was typed last, otherwise what is saved.
    fn lines(&self, field: &Field) -> Vec<Vec<Cell>> {
        let line = |row: usize| -> Vec<Cell> {
            let columns = field.options.iter().enumerate();
            let cell = |(column, option): (usize, &Column)| {
                let name = cell(&field.key, row, column);
                let saved = field.rows.get(row).and_then(|line| line.get(column));
                let saved = saved.map_or("", String::as_str);
                let value = match self.refused {
                    true => self.form.value(&name),
                    false => saved,
                };
                let called = self.f.of(&option.name_zh, &option.name_en);
                Cell {
                    value: value.to_owned(),
                    label: format!("{called} {}", row + 1),
                    column: called.to_owned(),
                    name,
                }
            };
            columns.map(cell).collect()
        };
        let is_typed = |row: &usize| {
            let mut columns = 0..field.options.len();
            columns.any(|column| !self.form.value(&cell(&field.key, *row, column)).is_empty())
        };
        let typed = (0..MOST_LINES)
            .rev()
            .find(is_typed)
            .map_or(0, |row| row + 1);
        let saved = field.rows.len() + MORE_LINES;
        (0..saved.max(typed)).map(line).collect()
    }

    fn choices(&self, field: &Field) -> Vec<(String, String)> {
        choices(&self.f, field)
    }

    /// The section behind this one.
    fn next(&self) -> String {
        next(&self.it, &self.here, self.place)
    }

    fn label<'a>(&self, field: &'a Field) -> &'a str {
        self.f.of(&field.label_zh, &field.label_en)
    }

    /// What helps, with the unit.
    fn hint(&self, field: &Field) -> String {
        let help = self.f.of(&field.help_zh, &field.help_en);
        match &field.unit {
            Some(unit) => format!("{help} {}{unit}", self.f.t("单位：", "Unit: ")),
            None => help.to_owned(),
        }
    }

    /// What stands before a field that may be left out.
    fn called(&self, field: &Field) -> String {
        let label = self.label(field);
        match field.asked {
            ApplicationFieldAsked::Optional => {
                format!("{label}{}", self.f.t("（选填）", " (optional)"))
            }
            _ => label.to_owned(),
        }
    }
}

fn cell(key: &str, row: usize, column: usize) -> String {
    format!("{key}:{row}:{column}")
}

fn choices(f: &Frame, field: &Field) -> Vec<(String, String)> {
    if field.kind == FieldKind::YesNo {
        let either = [("YES", f.t("是", "Yes")), ("NO", f.t("否", "No"))];
        return either
            .map(|(code, word)| (code.to_owned(), word.to_owned()))
            .into();
    }
    let options = field.options.iter();
    options
        .map(|one| {
            let word = f.of(&one.name_zh, &one.name_en);
            (one.code.clone(), word.to_owned())
        })
        .collect()
}

/// The page behind a section: the next one, then the materials.
fn next(it: &Shown, here: &str, place: usize) -> String {
    match place < it.form.sections.len() {
        true => format!("{here}/sections/{}", place + 1),
        false => format!("{here}/materials"),
    }
}

fn section_shown(
    guest: &Guest,
    it: Shown,
    place: usize,
    form: Form,
) -> Result<SectionShown, Refusal> {
    let section = place.checked_sub(1).and_then(|at| it.form.sections.get(at));
    let section = section.ok_or(Refusal::NotFound)?.clone();
    let mut f = guest.frame("");
    f.title = f.of(&section.name_zh, &section.name_en).to_owned();
    Ok(SectionShown {
        here: f.link(&it.id),
        strict: guest.address.get("check") == "yes",
        refused: false,
        f,
        it,
        place,
        section,
        form,
    })
}

/// One section of the form.
pub async fn section(
    guest: Guest,
    Path((key, place)): Path<(String, usize)>,
) -> Result<Response, Refusal> {
    let it = draft(&guest, &key).await?;
    let mut shown = section_shown(&guest, it, place, Form::new(&[]))?;
    for field in &shown.section.fields {
        let disputed = field.disputed_for.as_deref();
        let is_own = field.asked != ApplicationFieldAsked::OnRecord || disputed.is_some();
        if let Some(value) = field.value.as_deref().filter(|_| is_own) {
            shown.form.set(&field.key, value);
        }
        for code in &field.several {
            shown.form.add(&field.key, code);
        }
        shown
            .form
            .set(&format!("why:{}", field.key), disputed.unwrap_or_default());
    }
    let faults: Vec<(String, String)> = shown
        .section
        .fields
        .iter()
        .filter(|field| shown.strict || field.version > 0)
        .filter_map(|field| Some((field.key.clone(), field.fault.clone()?)))
        .collect();
    for (field, fault) in faults {
        shown.form.refuse_one(&field, &fault);
    }
    Ok(guest.show(&shown))
}

/// What was typed into a field.
fn typed(filled: &Filled, field: &Field) -> fill_application::ApplicationFieldInput {
    let disputed_for = filled.some(&format!("why:{}", field.key));
    let mut input = fill_application::ApplicationFieldInput {
        key: field.key.clone(),
        expected_version: filled
            .get(&format!("version:{}", field.key))
            .parse()
            .unwrap_or(0),
        value: None,
        several: None,
        rows: None,
        disputed_for,
    };
    match field.kind {
        FieldKind::ManyOf => input.several = Some(filled.all(&field.key)),
        FieldKind::Table => {
            let columns = field.options.len();
            let line = |row: usize| -> Vec<String> {
                let cells = (0..columns).map(|column| filled.get(&cell(&field.key, row, column)));
                cells.map(str::to_owned).collect()
            };
            // As many as the page had, however many are saved now.
            let was_there = |row: &usize| !filled.all(&cell(&field.key, *row, 0)).is_empty();
            let rows = (0..MOST_LINES).take_while(was_there).map(line);
            input.rows = Some(rows.collect());
        }
        _ => input.value = filled.some(&field.key),
    }
    let is_record = field.asked == ApplicationFieldAsked::OnRecord;
    if is_record && input.disputed_for.is_none() && field.disputed_for.is_some() {
        // Without its reason a dispute is taken back, whatever still stands beside it.
        input.value = None;
        input.several = None;
        input.rows = None;
    }
    input
}

/// The place of the section that has one of these fields, otherwise the place of the page.
fn place_of(it: &Shown, keys: &[String], place: usize) -> usize {
    let has = |section: &Section| section.fields.iter().any(|field| keys.contains(&field.key));
    it.form
        .sections
        .iter()
        .position(has)
        .map_or(place, |at| at + 1)
}

/// Saves a section as it was typed, wherever it stands now, and goes on; to the same one again as long as something in it is wrong. Where the form has
/// one of its fields no more, nothing is saved, and what was typed is shown.
pub async fn save(
    guest: Guest,
    Path((key, place)): Path<(String, usize)>,
    filled: Filled,
) -> Result<Response, Refusal> {
    use fill_application::*;
    let it = draft(&guest, &key).await?;
    // What the page had; what it did not have is not taken back.
    let keys = filled
        .again()
        .filter_map(|(name, _)| name.strip_prefix("version:"));
    let keys: Vec<String> = keys.map(str::to_owned).collect();
    let fields = it.form.sections.iter().flat_map(|section| &section.fields);
    let fields = fields
        .filter(|field| keys.contains(&field.key) && field.asked != ApplicationFieldAsked::Shown);
    let fields: Vec<&Field> = fields.collect();
    if fields.is_empty() || fields.len() < keys.len() {
        return Err(Refusal::Conflict(Box::<Overtaken>::default()).with_typed(&filled));
    }
    let input = ApplicationFillInput {
        id: it.id.clone(),
        fields: fields.iter().map(|field| typed(&filled, field)).collect(),
    };
    let done = guest.run::<FillApplication>(Variables { input }).await;
    let done = done.map_err(|refusal| refusal.with_typed(&filled))?.fill;
    if done.application.is_none() {
        let again = draft(&guest, &key).await?;
        let place = place_of(&again, &keys, place);
        let mut shown = section_shown(&guest, again, place, Form::filled(&[], &filled))?;
        for error in done.user_errors {
            shown.form.refuse_one("", &error.message);
        }
        shown.refused = true;
        return Ok(guest.refused(&shown));
    }
    let saved = draft(&guest, &key).await?;
    let here = guest.frame("").link(&saved.id);
    let place = place_of(&saved, &keys, place);
    let is_right = saved
        .form
        .sections
        .get(place - 1)
        .is_none_or(|section| section.fields.iter().all(|field| field.fault.is_none()));
    let to = match is_right {
        true => next(&saved, &here, place),
        false => format!("{here}/sections/{place}?check=yes"),
    };
    Ok(guest.done(Flash::ApplicationSaved, &to))
}

#[derive(Template)]
#[template(path = "application/materials.html")]
struct MaterialsShown {
    f: Frame,
    it: Shown,
    here: String,
    form: Form,
    /// The material that was sent and refused.
    at: String,
}

async fn materials_shown(guest: &Guest, key: &str, form: Form) -> Result<MaterialsShown, Refusal> {
    let it = draft(guest, key).await?;
    let mut f = guest.frame("");
    f.title = f.t("申报材料", "Materials").to_owned();
    Ok(MaterialsShown {
        here: f.link(&it.id),
        at: String::new(),
        f,
        it,
        form,
    })
}

/// The field of files on the page of materials.
const FILES: &str = "files";

impl MaterialsShown {
    /// What names a material in the page: its key without a stroke.
    fn anchor(&self, key: &str) -> String {
        anchor(key)
    }

    /// Whether it is what was sent and refused.
    fn is_here(&self, key: &str) -> bool {
        self.at == key
    }
}

fn anchor(key: &str) -> String {
    format!("material-{}", key.replace('/', "-"))
}

/// The materials, each with what was attached and the ways in which it may be handed in.
pub async fn materials(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    Ok(guest.show(&materials_shown(&guest, &key, Form::new(&[FILES])).await?))
}

/// Attaches files of a material, takes them away, or chooses another way.
pub async fn hand_over(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    use set_material::*;
    let it = draft(&guest, &key).await?;
    let material = filled.get("material").to_owned();
    let mut form = Form::filled(&[FILES], &filled);
    let way = MaterialWay::of_code(filled.get("way")).unwrap_or(MaterialWay::File);
    let mut refusals = Vec::new();
    let added = match way {
        MaterialWay::File => {
            let enterprise = Some(it.enterprise_id.as_str());
            filled
                .store_all(&guest, FILES, enterprise, &mut form)
                .await?
        }
        _ => Vec::new(),
    };
    if !form.is_refused() {
        let input = ApplicationSetMaterialInput {
            id: it.id.clone(),
            material: material.clone(),
            way,
            add_document_ids: Some(added),
            remove_document_ids: Some(filled.all("remove")),
        };
        let done = guest.run::<SetMaterial>(Variables { input }).await;
        let done = done
            .map_err(|refusal| refusal.with_typed(&filled))?
            .material;
        if done.application.is_some() {
            let here = guest.frame("").link(&it.id);
            let to = format!("{here}/materials#{}", anchor(&material));
            return Ok(guest.done(Flash::ApplicationSaved, &to));
        }
        refusals.extend(done.user_errors);
    }
    for error in refusals {
        form.refuse_one("", &error.message);
    }
    let mut shown = materials_shown(&guest, &key, form).await?;
    shown.at = material;
    Ok(guest.refused(&shown))
}

#[derive(Template)]
#[template(path = "application/check.html")]
struct CheckShown {
    f: Frame,
    it: Shown,
    here: String,
    form: Form,
}

impl CheckShown {
    /// What is missing or wrong, each with the page on which it is put right.
    fn faults(&self) -> Vec<(String, String)> {
        let named = |zh: &str, en: &str, fault: &str| {
            format!("{}{}{fault}", self.f.of(zh, en), self.f.t("：", ": "))
        };
        let mut faults = Vec::new();
        for (section, place) in self.it.form.sections.iter().zip(1..) {
            for field in &section.fields {
                if let Some(fault) = &field.fault {
                    let to = format!("{}/sections/{place}?check=yes#{}", self.here, field.key);
                    faults.push((to, named(&field.label_zh, &field.label_en, fault)));
                }
            }
        }
        for material in &self.it.form.materials {
            if let Some(fault) = &material.fault {
                let to = format!("{}/materials#{}", self.here, anchor(&material.key));
                faults.push((to, fault.clone()));
            }
        }
        faults
    }

    fn sections(&self) -> Vec<(usize, &Section)> {
        (1..).zip(&self.it.form.sections).collect()
    }
}

/// Everything that was filled in, what is missing, and what the receipt would say today.
pub async fn check(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let it = draft(&guest, &key).await?;
    let mut f = guest.frame("");
    f.title = f.t("核对并提交", "Check and hand in").to_owned();
    Ok(guest.show(&CheckShown {
        here: f.link(&it.id),
        f,
        it,
        form: Form::new(&[]),
    }))
}

/// Deletes a draft: its page is gone then.
pub async fn discard(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let id = global_id(Kind::Application, &key)?;
    let command = trail::command("application.discard").ok_or(Refusal::NotFound)?;
    let input = json!({ "id": id, "expectedVersion": filled.version() });
    let given = guest.give(command, input).await;
    let given = given.map_err(|refusal| refusal.with_typed(&filled))?;
    match given.refused.is_empty() {
        true => Ok(guest.done(Flash::Given(command.code), "/applications")),
        // It was handed in meanwhile, which its page says.
        false => Ok(guest.lead(&guest.frame("").link(&id))),
    }
}
