//! Filling in an application: it is begun with its items, each field and each material is saved by itself, and what the catalogue has changed
//! meanwhile is confirmed. Handing it in makes cases of it, and is a matter of [`crate::receipt`].

use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDate;
use sea_orm::{Condition, EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{
    ActiveModel, Channel, Column, Entity, Model, State, field, file, item as chosen,
    material::{self, Way},
    repository::{self, Opened, open},
    rules::{
        ApplicationError, Handed, KEPT, LONGEST_REASON, MOST_DRAFTS, REMINDED, Supply, is_draft,
        value::{Given, Wrong, kept, said, short},
    },
};
use crate::{
    account::repository::contacts_of,
    audit::commands::{Change, record, summary},
    calendar,
    catalogue::FieldSource,
    command::{Command, Offer, Thing, commands, form, offers},
    document::{self, rules::MOST_TOGETHER},
    enterprise,
    error::{CommandError, Fault, Refusal, expect_version},
    id::new_id,
    item::{self, edition, repository::in_force_of, version},
    language::{self, Text},
    liaison, link,
    notice::commands::{NewNotice, tell_all},
    permission::{Action, Standing, require},
    project,
    store::{Store, Unit},
    table::{Visible, save},
    text::folded,
    viewer::{Role, Viewer},
};

commands! {
    /// An application is begun.
    START = "application.start" on Application: "新建申请", "begun";
    /// Other items are applied for.
    CHOOSE_ITEMS = "application.choose_items" on Application: "选择事项", "items chosen";
    /// Fields are filled in.
    FILL = "application.fill" on Application: "填写", "filled in";
    /// A material is handed in, or in which way it is.
    SET_MATERIAL = "application.set_material" on Application: "提交材料", "material set";
    /// What the catalogue has changed is confirmed.
    RENEW = "application.renew" on Application: "确认目录变化", "changes confirmed", form Renew;
    /// A draft is deleted.
    DISCARD = "application.discard" on Application: "删除草稿", "draft deleted", form Discard;
}

/// What a command answers.
pub type Outcome = Result<Model, CommandError<ApplicationError>>;

/// An application to be begun.
#[derive(Clone, Debug)]
pub struct Start {
    /// The items, at least one.
    pub items: Vec<Uuid>,
    /// For which project.
    pub project: Option<Uuid>,
    /// At the window, the credit code of the enterprise that applies, where the project does not tell it.
    pub credit_code: Option<String>,
}

/// Begins an application: of an enterprise for itself, or at the window for one that comes.
pub async fn start(store: &Store, viewer: &Viewer, input: Start) -> Outcome {
    let unit = store.begin(viewer).await?;
    let person = viewer.person().ok_or(Fault::Unauthenticated)?;
    let project = match input.project {
        Some(id) => Some(project::Entity::found(unit.db(), viewer, id).await?),
        None => None,
    };
    let own = person
        .enterprise_id
        .filter(|_| person.role == Role::Enterprise);
    let enterprise_id = match (own, &project) {
        (Some(own), _) => own,
        (None, Some(project)) => project.enterprise_id,
        (None, None) => at_the_window(&unit, viewer, input.credit_code.as_deref()).await?,
    };
    let standing = liaison::repository::standing(unit.db(), viewer, enterprise_id).await?;
    require(viewer, Action::FillApplications, standing)?;
    let enterprise = may_apply(&unit, enterprise_id, project.as_ref()).await?;
    let (edition, items) = held(&unit, &input.items).await?;
    let now = unit.now();
    let application = Model {
        id: new_id(now),
        number: None,
        enterprise_id,
        project_id: project.as_ref().map(|project| project.id),
        edition_id: edition.id,
        state: State::Draft,
        channel: match own {
            Some(_) => Channel::Online,
            None => Channel::Window,
        },
        created_by: person.account_id,
        created_at: now,
        changed_at: now,
        kept_until: Some(unit.today() + KEPT),
        reminded_on: None,
        received_by: None,
        received_at: None,
        version: 1,
    };
    if repository::count_drafts(unit.db(), &application).await? >= MOST_DRAFTS {
        return Err(CommandError::refused(&[], ApplicationError::TooManyDrafts));
    }
    Entity::insert(ActiveModel::from(application.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    put_items(&unit, application.id, &items).await?;
    let change = Change {
        command: &START,
        subject_id: application.id,
        before: None,
        after: Some(summary!({
            "enterpriseName": enterprise.name_zh,
            "projectName": project.map(|project| project.name),
            "items": codes(&items),
        })),
        reason: None,
    };
    record(&unit, change).await?;
    unit.commit().await?;
    Ok(application)
}

/// The enterprise for which an application is taken in at the window.
async fn at_the_window(
    unit: &Unit,
    viewer: &Viewer,
    code: Option<&str>,
) -> Result<Uuid, CommandError<ApplicationError>> {
    require(viewer, Action::FillApplications, Standing::None)?;
    let refused = |error| CommandError::refused(&["creditCode"], error);
    let code = code.ok_or_else(|| refused(ApplicationError::EnterpriseMissing))?;
    let code = folded(code).to_uppercase();
    let found = repository::by_credit_code(unit.db(), &code).await?;
    let found = found.ok_or_else(|| refused(ApplicationError::EnterpriseUnknown))?;
    Ok(found.id)
}

/// The enterprise, if it can apply now, for the project where there is one.
pub(crate) async fn may_apply(
    unit: &Unit,
    enterprise: Uuid,
    project: Option<&project::Model>,
) -> Result<enterprise::Model, CommandError<ApplicationError>> {
    let found = enterprise::Entity::find_by_id(enterprise).one(unit.db());
    let found = found.await?.ok_or(Fault::NotFound)?;
    enterprise::rules::require_here(&found)
        .map_err(|_| CommandError::refused(&[], ApplicationError::EnterpriseLeft))?;
    if let Some(project) = project {
        if project.enterprise_id != enterprise {
            let error = ApplicationError::ProjectOfAnother;
            return Err(CommandError::refused(&["projectId"], error));
        }
        project::rules::active(project.state)
            .map_err(|_| CommandError::refused(&[], ApplicationError::ProjectNotActive))?;
    }
    Ok(found)
}

/// An item with the version that holds.
type Held = (item::Model, version::Model);

/// The catalogue today, and these items in it; all of them must be in force.
async fn held(
    unit: &Unit,
    wanted: &[Uuid],
) -> Result<(Arc<edition::Model>, Vec<Held>), CommandError<ApplicationError>> {
    let wanted: BTreeSet<Uuid> = wanted.iter().copied().collect();
    let keys: Vec<Uuid> = wanted.iter().copied().collect();
    let catalogue = in_force_of(unit, unit.today(), &keys).await?;
    let catalogue =
        catalogue.ok_or_else(|| CommandError::refused(&[], ApplicationError::NoCatalogue))?;
    if wanted.is_empty() {
        return Err(CommandError::refused(
            &["itemIds"],
            ApplicationError::NoItem,
        ));
    }
    let items = catalogue.items;
    if items.len() != wanted.len() {
        let error = ApplicationError::ItemUnknown;
        return Err(CommandError::refused(&["itemIds"], error));
    }
    Ok((catalogue.edition, items))
}

fn codes(items: &[Held]) -> String {
    let codes: Vec<&str> = items.iter().map(|(item, _)| item.code.as_str()).collect();
    codes.join(", ")
}

/// Writes the items of an application, each with its version, in the place of those before.
pub(crate) async fn put_items(unit: &Unit, application: Uuid, items: &[Held]) -> Result<(), Fault> {
    chosen::Entity::delete_many()
        .filter(chosen::Column::ApplicationId.eq(application))
        .exec(unit.db())
        .await?;
    let row = |(item, version): &Held| {
        let row = chosen::Model {
            application_id: application,
            item_id: item.id,
            version_id: version.id,
        };
        chosen::ActiveModel::from(row).reset_all()
    };
    unit.insert_all(items.iter().map(row).collect()).await
}

/// The draft with this key, which the viewer fills in, kept from now on for another thirty days. Whoever else changes it waits until this
/// command has ended.
pub(crate) async fn draft(unit: &Unit, id: Uuid) -> Outcome {
    let viewer = unit.viewer();
    let found = Entity::found(unit.db(), viewer, id).await?;
    let standing = liaison::repository::standing(unit.db(), viewer, found.enterprise_id).await?;
    require(viewer, Action::FillApplications, standing)?;
    let refused = |error| CommandError::refused(&[], error);
    is_draft(&found).map_err(refused)?;
    let kept_until = Some(unit.today() + KEPT);
    let touched = Entity::update_many()
        .col_expr(Column::ChangedAt, Expr::value(unit.now()))
        .col_expr(Column::KeptUntil, Expr::value(kept_until))
        .col_expr(Column::RemindedOn, Expr::value(None::<NaiveDate>))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Draft))
        .exec(unit.db())
        .await?;
    if touched.rows_affected != 1 {
        return Err(refused(ApplicationError::Received));
    }
    // As it is now that nobody else changes it.
    let found = Entity::find_by_id(id).one(unit.db()).await?;
    Ok(found.ok_or(Fault::NotFound)?)
}

/// A draft of which something was changed: whoever hands it in has seen that, or is told so.
async fn changed(unit: &Unit, draft: Model) -> Result<Model, Fault> {
    let version = draft.version + 1;
    Entity::update_many()
        .col_expr(Column::Version, Expr::value(version))
        .filter(Column::Id.eq(draft.id))
        .exec(unit.db())
        .await?;
    Ok(Model { version, ..draft })
}

/// The items of a draft, as they are to be.
#[derive(Clone, Debug)]
pub struct ChooseItems {
    /// The application.
    pub id: Uuid,
    /// Its version as seen.
    pub expected_version: i32,
    /// The items, at least one.
    pub items: Vec<Uuid>,
    /// For which project of the enterprise, if for one.
    pub project: Option<Uuid>,
}

/// Chooses the items of a draft, and for which project it is. What was filled in for others stays, and counts again when they are chosen again; what
/// was attached to them alone is taken away, for the next version of an item may ask for another document in that place.
pub async fn choose_items(store: &Store, viewer: &Viewer, input: ChooseItems) -> Outcome {
    let unit = store.begin(viewer).await?;
    let before = draft(&unit, input.id).await?;
    expect_version(before.id, before.version, input.expected_version)?;
    let opened = open(&unit, before.clone(), unit.zone(), unit.today()).await?;
    // Where nothing is left, there is nothing to confirm, and other items are chosen.
    if !opened.changes.is_empty() && !opened.items.is_empty() {
        return Err(CommandError::refused(&[], ApplicationError::Outdated));
    }
    let (edition, items) = held(&unit, &input.items).await?;
    let project = match input.project {
        Some(id) => Some(repository::project_of(unit.db(), before.enterprise_id, id).await?),
        None => None,
    };
    let project = project.map(|found| {
        found.ok_or_else(|| {
            CommandError::refused(&["projectId"], ApplicationError::ProjectOfAnother)
        })
    });
    let project = project.transpose()?;
    may_apply(&unit, before.enterprise_id, project.as_ref()).await?;
    let after = Model {
        edition_id: edition.id,
        project_id: project.map(|project| project.id),
        ..before.clone()
    };
    let saved = save(&unit, &before, after).await?;
    put_items(&unit, saved.id, &items).await?;
    let is_left = |material: &&String| {
        let of = material.split_once('/').map(|(item, _)| item);
        of.is_some_and(|of| items.iter().all(|(item, _)| item.code != of))
    };
    let left = opened.ways.iter().map(|row| &row.material).filter(is_left);
    let left: Vec<String> = left.cloned().collect();
    clear_materials(&unit, saved.id, &left).await?;
    drop_fields(&unit, saved.id, &opened.asked_anew).await?;
    let change = Change {
        command: &CHOOSE_ITEMS,
        subject_id: saved.id,
        before: None,
        after: Some(summary!({ "items": codes(&items) })),
        reason: None,
    };
    record(&unit, change).await?;
    unit.commit().await?;
    Ok(saved)
}

/// One field as it is filled in.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The key of the field.
    pub key: String,
    /// The version of what stands there as seen; 0 where nothing does.
    pub expected_version: i32,
    /// What is filled in; nothing takes it back.
    pub given: Given,
    /// Why what is on record is disputed.
    pub disputed_for: Option<String>,
}

/// Fields of a draft to be filled in.
#[derive(Clone, Debug)]
pub struct Fill {
    /// The application.
    pub id: Uuid,
    /// The fields.
    pub fields: Vec<Filled>,
}

/// What becomes of a field.
enum Write {
    Put(field::Model),
    Replace(field::Model),
    Drop(String),
}

/// Fills in fields of a draft, all or none. It is kept as it is typed: what is wrong with it, the form says. A field that somebody else has
/// saved meanwhile is left as it is, and what stands there is told.
pub async fn fill(store: &Store, viewer: &Viewer, input: Fill) -> Outcome {
    let unit = store.begin(viewer).await?;
    let application = draft(&unit, input.id).await?;
    let by = viewer.account_id().ok_or(Fault::Unauthenticated)?;
    let opened = open(&unit, application, unit.zone(), unit.today()).await?;
    let (mut writes, mut refusals) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for one in &input.fields {
        if !seen.insert(one.key.as_str()) {
            let key = one.key.chars().take(60).collect();
            refusals.push(Refusal {
                code: ApplicationError::Twice { key },
                path: vec!["fields"],
            });
            continue;
        }
        match written(&opened, one, by, unit.now()) {
            Ok(write) => writes.extend(write),
            Err(code) => refusals.push(Refusal {
                code,
                path: vec!["fields"],
            }),
        }
    }
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    if writes.is_empty() {
        unit.commit().await?;
        return Ok(opened.application);
    }
    let mut keys = BTreeSet::new();
    for write in writes {
        keys.insert(put(&unit, opened.application.id, write).await?);
    }
    let change = Change {
        command: &FILL,
        subject_id: opened.application.id,
        before: None,
        // Which fields; what they hold is nobody's affair who reads the audit trail.
        after: Some(summary!({ "formFields": Vec::from_iter(keys).join(", ") })),
        reason: None,
    };
    record(&unit, change).await?;
    let application = changed(&unit, opened.application).await?;
    unit.commit().await?;
    Ok(application)
}

/// What becomes of a field by what is filled in; nothing when it stays as it is.
fn written(
    opened: &Opened,
    one: &Filled,
    by: Uuid,
    now: DateTimeUtc,
) -> Result<Option<Write>, ApplicationError> {
    let unknown = || ApplicationError::FieldUnknown {
        key: one.key.chars().take(60).collect(),
    };
    let fields = &opened.edition.content.fields;
    let asks = |field: &&crate::catalogue::FormField| {
        let mut items = opened.items.iter();
        field.key == one.key
            && field.source != FieldSource::Computed
            && items.any(|(item, _)| field.items.has(&item.code))
    };
    let field = fields.iter().find(asks).ok_or_else(unknown)?;
    let label = || field.label.clone();
    let known = opened.known(&one.key);
    let value = kept(field, &one.given).map_err(|wrong| ApplicationError::Field {
        label: label(),
        wrong,
    })?;
    let reason = match &one.disputed_for {
        Some(reason) => language::optional_text(Some(reason.clone()), LONGEST_REASON)
            .map_err(|_| ApplicationError::ReasonTooLong)?,
        None => None,
    };
    let value = match (&known, &reason, value) {
        (None, Some(_), _) => return Err(ApplicationError::NotOnRecord { label: label() }),
        (Some(_), Some(_), None) => {
            return Err(ApplicationError::Field {
                label: label(),
                wrong: Wrong::Missing,
            });
        }
        // The record as it is: a dispute is taken back.
        (Some(known), None, value) if value.as_ref().is_none_or(|value| *value == known.value) => {
            None
        }
        (Some(_), None, _) => return Err(ApplicationError::OnRecord { label: label() }),
        (_, _, value) => value,
    };
    let before = opened.fields.iter().find(|row| row.key == one.key);
    let is_same = match (before, &value) {
        (None, None) => true,
        (Some(row), Some(value)) => row.value == *value && row.disputed_for == reason,
        _ => false,
    };
    if is_same {
        return Ok(None);
    }
    if before.map_or(0, |row| row.version) != one.expected_version {
        let theirs = match before {
            Some(row) => short(&said(field, &row.value)),
            None => Text::new("（空）", "(empty)"),
        };
        return Err(ApplicationError::Overtaken {
            label: label(),
            theirs,
        });
    }
    let Some(value) = value else {
        return Ok(Some(Write::Drop(one.key.clone())));
    };
    let row = field::Model {
        application_id: opened.application.id,
        key: one.key.clone(),
        value,
        source: FieldSource::Ask,
        on_record_since: None,
        on_record: known.filter(|_| reason.is_some()).map(|known| known.value),
        disputed_for: reason,
        filled_by: by,
        filled_at: now,
        version: before.map_or(1, |row| row.version + 1),
    };
    Ok(Some(match before {
        Some(_) => Write::Replace(row),
        None => Write::Put(row),
    }))
}

/// Writes one field, and says which.
async fn put(unit: &Unit, application: Uuid, write: Write) -> Result<String, Fault> {
    let (key, row) = match write {
        Write::Put(row) => (row.key.clone(), Some(row)),
        Write::Replace(row) => {
            drop_fields(unit, application, std::slice::from_ref(&row.key)).await?;
            (row.key.clone(), Some(row))
        }
        Write::Drop(key) => {
            drop_fields(unit, application, std::slice::from_ref(&key)).await?;
            (key, None)
        }
    };
    if let Some(row) = row {
        field::Entity::insert(field::ActiveModel::from(row).reset_all())
            .exec_without_returning(unit.db())
            .await?;
    }
    Ok(key)
}

async fn drop_fields(unit: &Unit, application: Uuid, keys: &[String]) -> Result<(), Fault> {
    field::Entity::delete_many()
        .filter(field::Column::ApplicationId.eq(application))
        .filter(field::Column::Key.is_in(keys.iter().map(String::as_str)))
        .exec(unit.db())
        .await?;
    Ok(())
}

/// In which way a material is handed in.
#[derive(Clone, Debug)]
pub struct SetMaterial {
    /// The application.
    pub id: Uuid,
    /// The key of the material.
    pub material: String,
    /// In which way.
    pub way: Way,
    /// Files to be attached, behind those that are; only when files are handed in.
    pub add: Vec<Uuid>,
    /// Files to be taken away again.
    pub remove: Vec<Uuid>,
}

/// Hands in files of a material, or chooses that it follows or that a promise replaces it; what was attached before is then taken away.
pub async fn set_material(store: &Store, viewer: &Viewer, input: SetMaterial) -> Outcome {
    let unit = store.begin(viewer).await?;
    let application = draft(&unit, input.id).await?;
    let opened = open(&unit, application, unit.zone(), unit.today()).await?;
    let files = opened
        .sheet(|sheet| {
            let mut materials = sheet.materials.into_iter();
            let found = materials
                .find(|one| one.key == input.material && one.supply == Supply::Own)
                .ok_or(ApplicationError::MaterialUnknown)?;
            files_after(&found, &input)
        })
        .map_err(|error| CommandError::refused(&["material"], error))?;
    let enterprise = opened.application.enterprise_id;
    let added = document::repository::all_about(unit.db(), viewer, &input.add, enterprise).await?;
    // A file about no enterprise is one of the park, and its applicant would not see it.
    let is_own = |file: &document::Model| !file.internal && file.enterprise_id == Some(enterprise);
    if added.is_none_or(|files| !files.iter().all(is_own)) {
        let error = ApplicationError::FileUnknown;
        return Err(CommandError::refused(&["addDocumentIds"], error));
    }
    let application = opened.application;
    clear_materials(&unit, application.id, std::slice::from_ref(&input.material)).await?;
    if input.way != Way::File || !files.is_empty() {
        let row = material::Model {
            application_id: application.id,
            material: input.material.clone(),
            way: input.way,
        };
        material::Entity::insert(material::ActiveModel::from(row).reset_all())
            .exec_without_returning(unit.db())
            .await?;
    }
    let row = |(place, document_id): (i32, &Uuid)| {
        let row = file::Model {
            application_id: application.id,
            material: input.material.clone(),
            place,
            document_id: *document_id,
        };
        file::ActiveModel::from(row).reset_all()
    };
    unit.insert_all((1..).zip(&files).map(row).collect())
        .await?;
    let change = Change {
        command: &SET_MATERIAL,
        subject_id: application.id,
        before: None,
        after: Some(summary!({
            "material": input.material,
            "way": input.way,
            "documentIds": files,
        })),
        reason: None,
    };
    record(&unit, change).await?;
    let application = changed(&unit, application).await?;
    unit.commit().await?;
    Ok(application)
}

/// The files of a material after this.
fn files_after(found: &Handed<'_>, input: &SetMaterial) -> Result<Vec<Uuid>, ApplicationError> {
    let name = || found.material.name.clone();
    match input.way {
        Way::Follows if !found.may_follow => {
            return Err(ApplicationError::CannotFollow { name: name() });
        }
        Way::Promise if !found.may_promise => {
            return Err(ApplicationError::CannotPromise { name: name() });
        }
        Way::Follows | Way::Promise => return Ok(Vec::new()),
        Way::File => {}
    }
    let mut files: Vec<Uuid> = Vec::new();
    for file in found.files.iter().chain(&input.add) {
        if !input.remove.contains(file) && !files.contains(file) {
            files.push(*file);
        }
    }
    match files.len() {
        0..=MOST_TOGETHER => Ok(files),
        _ => Err(ApplicationError::TooManyFiles),
    }
}

/// Takes away how some materials of an application are handed in. The files themselves stay with the enterprise.
async fn clear_materials(unit: &Unit, application: Uuid, keys: &[String]) -> Result<(), Fault> {
    let keys = || keys.iter().map(String::as_str);
    file::Entity::delete_many()
        .filter(file::Column::ApplicationId.eq(application))
        .filter(file::Column::Material.is_in(keys()))
        .exec(unit.db())
        .await?;
    material::Entity::delete_many()
        .filter(material::Column::ApplicationId.eq(application))
        .filter(material::Column::Material.is_in(keys()))
        .exec(unit.db())
        .await?;
    Ok(())
}

form! {
    /// What the catalogue has changed while a draft was open.
    pub struct Renew of RENEW by Action::FillApplications, refused ApplicationError {
        title: "确认目录变化", "Confirm the changes";
        lead: "确认后按现行目录继续填写；已填写的内容保留，新增和有变化的内容需要填写。",
            "You go on with the catalogue as it is now. What you filled in is kept; what is new or has changed must be filled in.";
        done: "已按现行目录更新。", "The application now follows the current catalogue.";
        /// The application.
        id: Uuid = Target(Thing::Application);
        /// Its version as seen.
        expected_version: i32 = Version;
    }
}

/// Confirms what the catalogue has changed: the items that are left are applied for as they are now.
pub async fn renew(store: &Store, viewer: &Viewer, input: Renew) -> Outcome {
    let unit = store.begin(viewer).await?;
    let before = draft(&unit, input.id).await?;
    expect_version(before.id, before.version, input.expected_version)?;
    let opened = open(&unit, before.clone(), unit.zone(), unit.today()).await?;
    let refused = |error| Err(CommandError::refused(&[], error));
    if opened.changes.is_empty() {
        return refused(ApplicationError::UpToDate);
    }
    if opened.items.is_empty() {
        return refused(ApplicationError::NoItem);
    }
    let after = Model {
        edition_id: opened.edition.id,
        ..before.clone()
    };
    let saved = save(&unit, &before, after).await?;
    put_items(&unit, saved.id, &opened.items).await?;
    clear_materials(&unit, saved.id, &opened.unlike).await?;
    drop_fields(&unit, saved.id, &opened.asked_anew).await?;
    let change = Change {
        command: &RENEW,
        subject_id: saved.id,
        before: None,
        after: Some(summary!({ "items": codes(&opened.items) })),
        reason: None,
    };
    record(&unit, change).await?;
    unit.commit().await?;
    Ok(saved)
}

form! {
    /// A draft that is not needed any more.
    pub struct Discard of DISCARD by Action::FillApplications, refused ApplicationError {
        title: "删除草稿", "Delete the draft";
        lead: "填写的内容一并删除，不能恢复；已上传的文件仍保留在企业的文件中。",
            "What was filled in is deleted for good. The uploaded files stay among the files of the enterprise.";
        done: "草稿已删除。", "The draft has been deleted.";
        /// The application.
        id: Uuid = Target(Thing::Application);
        /// Its version as seen.
        expected_version: i32 = Version;
    }
}

/// Deletes a draft.
pub async fn discard(store: &Store, viewer: &Viewer, input: Discard) -> Outcome {
    let unit = store.begin(viewer).await?;
    let application = draft(&unit, input.id).await?;
    expect_version(application.id, application.version, input.expected_version)?;
    forget(&unit, &application).await?;
    unit.commit().await?;
    Ok(application)
}

/// Deletes a draft that nobody else changes now, with all that belongs to it.
async fn forget(unit: &Unit, application: &Model) -> Result<(), Fault> {
    let id = application.id;
    let enterprise = repository::enterprises(unit.db(), &[application.enterprise_id]).await?;
    let name = enterprise.into_iter().next().map(|firm| firm.name_zh);
    file::Entity::delete_many()
        .filter(file::Column::ApplicationId.eq(id))
        .exec(unit.db())
        .await?;
    material::Entity::delete_many()
        .filter(material::Column::ApplicationId.eq(id))
        .exec(unit.db())
        .await?;
    field::Entity::delete_many()
        .filter(field::Column::ApplicationId.eq(id))
        .exec(unit.db())
        .await?;
    chosen::Entity::delete_many()
        .filter(chosen::Column::ApplicationId.eq(id))
        .exec(unit.db())
        .await?;
    Entity::delete_by_id(id).exec(unit.db()).await?;
    let change = Change {
        command: &DISCARD,
        subject_id: id,
        before: Some(summary!({ "enterpriseName": name })),
        after: None,
        reason: None,
    };
    record(unit, change).await
}

/// A draft whose time has not changed since it was looked at.
fn still(draft: &Model) -> Condition {
    Condition::all()
        .add(Column::Id.eq(draft.id))
        .add(Column::State.eq(State::Draft))
        .add(Column::KeptUntil.eq(draft.kept_until))
}

/// Deletes a draft that nobody has changed for thirty days. Says whether it was still so. For the job, in its unit.
pub async fn expire(unit: &Unit, draft: &Model) -> Result<bool, Fault> {
    let claimed = Entity::update_many()
        .col_expr(Column::RemindedOn, Expr::value(Some(unit.today())))
        .filter(still(draft))
        .exec(unit.db())
        .await?;
    if claimed.rows_affected == 0 {
        return Ok(false);
    }
    forget(unit, draft).await?;
    Ok(true)
}

/// Tells the people of the enterprise, and whoever began a draft for it, that the draft will be deleted: a week after the working day on which their
/// digest says it, at the earliest, however late the job gets to it. For the job, in its unit.
pub async fn remind(unit: &Unit, draft: &Model) -> Result<(), Fault> {
    let calendar = calendar::repository::in_force(unit).await?;
    let earliest = calendar.roll_forward(unit.today()) + REMINDED;
    let until = draft.kept_until.map(|day| day.max(earliest));
    let told = Entity::update_many()
        .col_expr(Column::RemindedOn, Expr::value(Some(unit.today())))
        .col_expr(Column::KeptUntil, Expr::value(until))
        .filter(still(draft))
        .filter(Column::RemindedOn.is_null())
        .exec(unit.db())
        .await?;
    let Some(until) = until.filter(|_| told.rows_affected == 1) else {
        return Ok(());
    };
    let contacts = contacts_of(unit.db(), draft.enterprise_id).await?;
    let people: BTreeSet<Uuid> = contacts.iter().map(|person| person.id).collect();
    let people = people.into_iter().chain([draft.created_by]);
    let people: BTreeSet<Uuid> = people.collect();
    let title = Text::new(
        format!("申请草稿保留至 {until}，之后删除；继续填写即重新计算保留时间"),
        format!("A draft application is deleted after {until} unless you go on with it"),
    );
    let notice = |person: Uuid| NewNotice {
        key: format!("application_draft:{}:{until}:{person}", draft.id),
        recipient_id: person,
        kind: "application_draft".to_owned(),
        title: title.clone(),
        path: Some(link::application(draft.id)),
        letter_id: None,
        waits_for_digest: true,
    };
    tell_all(unit, people.into_iter().map(notice).collect()).await?;
    Ok(())
}

/// What can be done with an application, and why not now.
pub fn offered(viewer: &Viewer, application: &Model, standing: Standing) -> Vec<Offer> {
    let rule = |_: &Command| is_draft(application);
    offers(COMMANDS, Thing::Application, viewer, standing, rule)
}
