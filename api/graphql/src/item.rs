//! Approval items (审批事项) of the catalogue in the API. What is published is open to strangers, too.

use std::{collections::HashMap, sync::Arc};

use api_door::{
    coded::{Coded, plain},
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id, by_owner},
    operation::{store, viewer},
    page::{self, Connection},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use entity::{
    catalogue::{
        self, Authority, Clock, Grade, ItemStatus, LimitUnit, Mark, MaterialForm, MaterialSource,
        Outcome, SilenceClass, SilenceEffect, StartEvent, Tolerance, ValidityKind,
    },
    department,
    error::{Explain, Fault},
    item::{
        self, commands, edition, repository,
        rules::{self, ItemError},
        version,
    },
    language::Text,
    store::Store,
    table::Visible,
    text::Search,
    viewer::Viewer,
};
use uuid::Uuid;

use super::{
    document::{Document, DocumentById},
    liaison::{Official, official},
};

pub mod history;

/// An item of the catalogue of approval items (审批事项).
pub struct Item(pub(crate) item::Model);

impl From<item::Model> for Item {
    fn from(row: item::Model) -> Self {
        Self(row)
    }
}

/// An item of the catalogue of approval items (审批事项).
#[Object]
impl Item {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Item.id(self.0.id)
    }

    /// Its code: "R01".
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name as its current version has it; Chinese.
    async fn name_zh(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(name_of(ctx, &self.0).await?.zh)
    }

    /// English.
    async fn name_en(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(name_of(ctx, &self.0).await?.en)
    }

    /// Whether it is in the catalogue today, and what became of it otherwise.
    async fn status(&self, ctx: &Context<'_>) -> Result<Coded<ItemStatus>> {
        let versions = versions_now(ctx, self.0.id).await?;
        Ok(rules::status_on(&self.0, &versions, store(ctx).today()).into())
    }

    /// The department that decides as its current version has it, by its number.
    async fn department_number(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(department_of(ctx, &self.0).await?.number)
    }

    /// Its name; Chinese.
    async fn department_zh(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(department_of(ctx, &self.0).await?.name_zh)
    }

    /// English.
    async fn department_en(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(department_of(ctx, &self.0).await?.name_en)
    }

    /// The window that takes it; null when none does.
    async fn window(&self, ctx: &Context<'_>) -> Result<Option<ItemWindow>> {
        let edition = edition(ctx).await?;
        let window = edition
            .as_ref()
            .and_then(|edition| edition.content.window(&self.0.code));
        Ok(window.map(|window| ItemWindow {
            number: window.number.0.into(),
            name_zh: window.name.zh.clone(),
            name_en: window.name.en.clone(),
        }))
    }

    /// The version that holds today; if none does yet, the next that will; of an item that was taken off the catalogue the last that did. Null
    /// when none is published.
    async fn current(&self, ctx: &Context<'_>) -> Result<Option<Row<ItemVersion>>> {
        let versions = versions_now(ctx, self.0.id).await?;
        let today = store(ctx).today();
        let current = rules::current(&versions, today);
        Ok(current.map(|row| Row(ItemVersion::of(row, &versions))))
    }

    /// The version that is being worked on: a draft, or what was proposed. Null for whoever does not see it.
    async fn at_work(&self, ctx: &Context<'_>) -> Result<Option<Row<ItemVersion>>> {
        let versions = versions_now(ctx, self.0.id).await?;
        let at_work = rules::at_work(&versions);
        Ok(at_work.map(|row| Row(ItemVersion::of(row, &versions))))
    }

    /// Its versions, the newest first.
    #[graphql(complexity = "5 * child_complexity")]
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<ItemVersion>> {
        let versions = versions(ctx, self.0.id).await?;
        let newest_first = versions.iter().rev();
        Ok(newest_first
            .map(|row| ItemVersion::of(row, &versions))
            .collect())
    }

    /// One of its versions, by its number within the item; null when there is none that the viewer sees.
    async fn numbered(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its number.")] number: i32,
    ) -> Result<Option<ItemVersion>> {
        let versions = versions(ctx, self.0.id).await?;
        let found = versions.iter().find(|version| version.number == number);
        Ok(found.map(|row| ItemVersion::of(row, &versions)))
    }

    /// Grows by one with every change of the item or of its versions; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "5 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let versions = versions_now(ctx, self.0.id).await?;
        let edition = edition(ctx).await?;
        let offers = commands::offered(viewer(ctx), &self.0, &versions, edition.as_deref());
        let draft = rules::draft(&versions).ok();
        let present = draft.as_ref().map(commands::present);
        let offered = offers.into_iter().flat_map(|offer| {
            let present = present.as_ref();
            let present = present.filter(|_| commands::edits_once(offer.command));
            offered(ctx, vec![offer], present)
        });
        Ok(offered.collect())
    }
}

async fn name_of(ctx: &Context<'_>, item: &item::Model) -> Result<Text> {
    let versions = versions_now(ctx, item.id).await?;
    let current = rules::current(&versions, store(ctx).today());
    let name = current.map(|version| version.content.item.name.clone());
    Ok(name.unwrap_or_else(|| Text::new(item.name_zh.clone(), item.name_en.clone())))
}

async fn department_of(ctx: &Context<'_>, item: &item::Model) -> Result<department::Model> {
    let versions = versions_now(ctx, item.id).await?;
    if let Some(current) = rules::current(&versions, store(ctx).today()) {
        let number = i32::from(current.content.item.department);
        if let Some(found) = loaders::one::<DepartmentNumbered>(ctx, number).await? {
            return Ok(found);
        }
    }
    let found = loaders::one::<DepartmentOfItem>(ctx, item.department_id).await?;
    Ok(found.ok_or(Fault::NotFound)?)
}

/// The versions that matter today.
async fn versions_now(ctx: &Context<'_>, item: Uuid) -> Result<Arc<Vec<version::Model>>> {
    let found = loaders::one::<VersionsOfItemNow>(ctx, item).await?;
    Ok(found.unwrap_or_default())
}

async fn versions(ctx: &Context<'_>, item: Uuid) -> Result<Vec<version::Model>> {
    let found = loaders::one::<VersionsOfItem>(ctx, item).await?;
    Ok(found.unwrap_or_default())
}

/// One version of an item, whether it still holds or not.
pub(super) async fn pinned(
    ctx: &Context<'_>,
    item: Uuid,
    version: Uuid,
) -> Result<Option<ItemVersion>> {
    let versions = versions(ctx, item).await?;
    let row = versions.iter().find(|row| row.id == version);
    Ok(row.map(|row| ItemVersion::of(row, &versions)))
}

/// The edition in force.
pub(super) async fn edition(ctx: &Context<'_>) -> Result<Option<Arc<edition::Model>>> {
    Ok(loaders::one::<EditionInForce>(ctx, ()).await?)
}

/// The catalogue as it is today.
pub struct CatalogueToday;

impl Batch for CatalogueToday {
    type Key = ();
    type Value = Arc<repository::InForce>;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        _keys: &[()],
    ) -> Result<HashMap<(), Arc<repository::InForce>>, Fault> {
        let today = repository::in_force(store, store.today()).await?;
        Ok(today
            .map(|today| ((), Arc::new(today)))
            .into_iter()
            .collect())
    }
}

by_id! {
    /// Items by key.
    ItemById: item::Model = item::Entity::of_ids
}

by_owner! {
    /// The versions of items, the oldest first.
    VersionsOfItem: version::Model = repository::versions_of, by |row| row.item_id;
}

/// The versions of items that matter today, the oldest first: not those that a later one has replaced.
pub struct VersionsOfItemNow;

impl Batch for VersionsOfItemNow {
    type Key = Uuid;
    // They are large, and most fields of an item look at them.
    type Value = Arc<Vec<version::Model>>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Arc<Vec<version::Model>>>, Fault> {
        let rows = repository::versions_on(store, viewer, keys, store.today()).await?;
        let versions = entity::page::grouped(rows, |row| row.item_id).into_iter();
        Ok(versions.map(|(item, of)| (item, Arc::new(of))).collect())
    }
}

/// The departments of today by their numbers. Everybody may know what they are called.
pub struct DepartmentNumbered;

impl Batch for DepartmentNumbered {
    type Key = i32;
    type Value = department::Model;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[i32],
    ) -> Result<HashMap<i32, department::Model>, Fault> {
        let rows = repository::departments_numbered(store.db(), keys).await?;
        Ok(rows.into_iter().map(|row| (row.number, row)).collect())
    }
}

/// The departments that decide on items. Everybody may know what they are called.
pub struct DepartmentOfItem;

impl Batch for DepartmentOfItem {
    type Key = Uuid;
    type Value = department::Model;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, department::Model>, Fault> {
        let rows = repository::departments(store.db(), keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

/// What the items share.
pub struct EditionInForce;

impl Batch for EditionInForce {
    type Key = ();
    type Value = Arc<edition::Model>;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        _keys: &[()],
    ) -> Result<HashMap<(), Arc<edition::Model>>, Fault> {
        let edition = repository::edition(store).await?;
        Ok(edition.map(|edition| ((), edition)).into_iter().collect())
    }
}

/// The catalogue as its newest versions have it, published or not.
pub struct NewestCatalogue;

impl Batch for NewestCatalogue {
    type Key = ();
    type Value = Arc<catalogue::Files>;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        _keys: &[()],
    ) -> Result<HashMap<(), Arc<catalogue::Files>>, Fault> {
        let files = commands::files(store).await?;
        Ok(HashMap::from([((), Arc::new(files))]))
    }
}

/// A window of the hall that takes an item (窗口).
#[derive(SimpleObject)]
pub struct ItemWindow {
    /// Its number.
    number: i32,
    /// Its name; Chinese.
    name_zh: String,
    /// English.
    name_en: String,
}

/// What an item asks, promises and rests on from a day on (事项版本). Once published it never changes.
pub struct ItemVersion {
    row: version::Model,
    valid_to: Option<chrono::NaiveDate>,
    before: Option<version::Model>,
}

impl ItemVersion {
    fn of(row: &version::Model, versions: &[version::Model]) -> Self {
        let before = rules::published(versions);
        Self {
            row: row.clone(),
            valid_to: rules::last_day(versions, row),
            before: before.filter(|before| before.id != row.id).cloned(),
        }
    }

    async fn class(&self, ctx: &Context<'_>) -> Result<Option<catalogue::Silence>> {
        let Some(class) = self.row.silence else {
            return Ok(None);
        };
        let edition = edition(ctx).await?;
        Ok(edition.and_then(|edition| edition.content.silence(class).cloned()))
    }
}

/// What an item asks, promises and rests on from a day on (事项版本). Once published it never changes.
#[Object]
impl ItemVersion {
    /// Its number within the item, from 1.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// How far it has come.
    async fn state(&self) -> Coded<version::State> {
        self.row.state.into()
    }

    /// The first day on which it holds; null for a draft.
    async fn valid_from(&self) -> Option<Date> {
        self.row.valid_from.map(Into::into)
    }

    /// The last day; null until a later version is published or the item leaves the catalogue.
    async fn valid_to(&self) -> Option<Date> {
        self.valid_to.map(Into::into)
    }

    /// Whether it has begun: it is published, and its first day has come.
    async fn begun(&self, ctx: &Context<'_>) -> bool {
        let today = store(ctx).today();
        self.row.published_at.is_some() && self.row.valid_from.is_some_and(|from| from <= today)
    }

    /// Whether its last day has passed.
    async fn ended(&self, ctx: &Context<'_>) -> bool {
        let today = store(ctx).today();
        self.valid_to.is_some_and(|last| last < today)
    }

    /// Why its item was taken off the catalogue after it; null otherwise. Chinese.
    async fn retired_for_zh(&self) -> Option<&str> {
        self.row.retired_for_zh.as_deref()
    }

    /// English.
    async fn retired_for_en(&self) -> Option<&str> {
        self.row.retired_for_en.as_deref()
    }

    /// The code of the item that took its place; null when none did.
    async fn successor(&self) -> Option<&str> {
        self.row.successor.as_deref()
    }

    /// What silence of the office means (默许类别); null for an item that left the catalogue before.
    async fn silence(&self) -> Option<Coded<SilenceClass>> {
        self.row.silence.map(Into::into)
    }

    /// The same with its words.
    async fn silence_class(&self, ctx: &Context<'_>) -> Result<Option<ItemSilence>> {
        Ok(self.class(ctx).await?.map(|class| ItemSilence {
            effect: class.effect.into(),
            name_zh: class.name.zh,
            name_en: class.name.en,
            meaning_zh: class.meaning.zh,
            meaning_en: class.meaning.en,
            basis: class.basis,
        }))
    }

    /// In how many working days the decision is promised (承诺期限).
    async fn promised_days(&self) -> Option<i32> {
        self.row.promised_days
    }

    /// Its name; Chinese.
    async fn name_zh(&self) -> &str {
        &self.row.content.item.name.zh
    }

    /// English.
    async fn name_en(&self) -> &str {
        &self.row.content.item.name.en
    }

    /// The articles on which it rests.
    async fn legal_basis(&self) -> &str {
        &self.row.content.item.legal_basis
    }

    /// The public facts (办事指南); null for an item that left the catalogue before.
    async fn guide(&self) -> Option<ItemGuide> {
        self.row.content.guide.clone().map(Into::into)
    }

    /// What is handed in.
    #[graphql(complexity = "6 * child_complexity")]
    async fn materials(&self) -> Vec<ItemMaterial> {
        let materials = self.row.content.materials.iter();
        let kept = materials.filter(|material| material.after);
        kept.cloned().map(Into::into).collect()
    }

    /// What is no longer handed in since the reform.
    #[graphql(complexity = "6 * child_complexity")]
    async fn struck_materials(&self) -> Vec<ItemMaterial> {
        let materials = self.row.content.materials.iter();
        let struck = materials.filter(|material| !material.after);
        struck.cloned().map(Into::into).collect()
    }

    /// The time limits with their articles.
    #[graphql(complexity = "6 * child_complexity")]
    async fn limits(&self) -> Vec<ItemLimit> {
        let limits = self.row.content.limits.iter();
        numbered(limits.cloned()).map(Into::into).collect()
    }

    /// When a project needs it: one reason is enough.
    #[graphql(complexity = "2 * child_complexity")]
    async fn needs(&self) -> Vec<ItemNeed> {
        let needs = self.row.content.needs.iter();
        numbered(needs.cloned()).map(Into::into).collect()
    }

    /// Whether what is shared by the items is an example that no office has confirmed (示例目录).
    async fn example(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(edition(ctx).await?.is_some_and(|edition| edition.example))
    }

    /// What is in the way of its publication; empty for one that is published.
    #[graphql(complexity = "5 * child_complexity")]
    async fn shortcomings(&self, ctx: &Context<'_>) -> Result<Vec<ItemShortcoming>> {
        let edition = edition(ctx).await?;
        let is_open = matches!(
            self.row.state,
            version::State::Draft | version::State::Proposed
        );
        let Some(edition) = edition.filter(|_| is_open) else {
            return Ok(Vec::new());
        };
        let mut found = rules::shortcomings(&self.row.content, &edition);
        if let Some(files) = loaders::one::<NewestCatalogue>(ctx, ()).await? {
            found.extend(commands::broken(&files, &self.row.content));
        }
        let told = found.into_iter().map(|lack| ItemShortcoming {
            code: lack.why.into(),
            message: lack
                .explain()
                .in_language(viewer(ctx).language())
                .to_owned(),
        });
        Ok(told.collect())
    }

    /// In what it differs from the version that was published last; empty for one that is published, and for the first.
    #[graphql(complexity = "5 * child_complexity")]
    async fn changes(&self) -> Vec<ItemChange> {
        let before = self.before.as_ref();
        let before = before.filter(|_| self.row.published_at.is_none());
        let Some(before) = before else {
            return Vec::new();
        };
        let found = rules::differences(&before.content, &self.row.content);
        found.into_iter().map(Into::into).collect()
    }

    /// In what it differs from another version of its item; empty when there is none that the viewer sees.
    #[graphql(complexity = "20 * child_complexity")]
    async fn changes_since(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number of the other version.")] number: i32,
    ) -> Result<Vec<ItemChange>> {
        let versions = versions(ctx, self.row.item_id).await?;
        let before = versions.iter().find(|version| version.number == number);
        let found = before.map(|before| rules::differences(&before.content, &self.row.content));
        Ok(found.into_iter().flatten().map(Into::into).collect())
    }

    /// Whether a leader must confirm what it says of silence before it is published.
    async fn needs_confirmation(&self) -> bool {
        self.row.published_at.is_none() && rules::needs_leader(self.before.as_ref(), &self.row)
    }

    /// When it was proposed.
    async fn proposed_at(&self) -> Option<DateTime> {
        self.row.proposed_at.map(Into::into)
    }

    /// Who proposed it; null for strangers.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        person(ctx, self.row.proposed_by).await
    }

    /// Why it was returned the last time.
    async fn returned_for(&self) -> Option<&str> {
        self.row.returned_for.as_deref()
    }

    /// When a leader confirmed what it says of silence.
    async fn confirmed_at(&self) -> Option<DateTime> {
        self.row.confirmed_at.map(Into::into)
    }

    /// The leader; null for strangers.
    async fn confirmed_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        person(ctx, self.row.confirmed_by).await
    }

    /// The written decision; null for whoever may not see it.
    async fn document(&self, ctx: &Context<'_>) -> Result<Option<Document>> {
        match self.row.document_id {
            Some(id) => Ok(loaders::one::<DocumentById>(ctx, id).await?.map(Document)),
            None => Ok(None),
        }
    }

    /// When it was published.
    async fn published_at(&self) -> Option<DateTime> {
        self.row.published_at.map(Into::into)
    }

    /// Who published it; null for strangers.
    async fn published_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        person(ctx, self.row.published_by).await
    }
}

/// Rows with their places, from 1.
fn numbered<T>(rows: impl Iterator<Item = T>) -> impl Iterator<Item = (i32, T)> {
    (1..).zip(rows)
}

/// Whoever works in the park, for those who have signed in.
async fn person(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Row<Official>>> {
    match viewer(ctx) {
        Viewer::Anonymous { .. } => Ok(None),
        Viewer::Person(_) | Viewer::System { .. } => official(ctx, id).await,
    }
}

/// What silence of the office means for an item (默许类别).
#[derive(SimpleObject)]
pub struct ItemSilence {
    /// What silence brings about.
    effect: Coded<SilenceEffect>,
    /// Its name; Chinese.
    name_zh: String,
    /// English.
    name_en: String,
    /// What it means; Chinese.
    meaning_zh: String,
    /// English.
    meaning_en: String,
    /// The articles on which it rests.
    basis: String,
}

/// The public facts of an item (办事指南).
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct ItemGuide {
    /// Under which conditions it is granted; Chinese.
    conditions_zh: String,
    /// English.
    conditions_en: String,
    /// The limits of law in words; Chinese.
    time_limit_zh: String,
    /// English.
    time_limit_en: String,
    /// What the applicant receives; Chinese.
    result_zh: String,
    /// English.
    result_en: String,
    /// What it costs; Chinese.
    fee_zh: String,
    /// English.
    fee_en: String,
    /// The articles on which the fee, or its absence, rests.
    fee_basis: String,
    /// The promise in words; Chinese.
    promise_zh: String,
    /// English.
    promise_en: String,
    /// Where to complain; Chinese.
    supervise_zh: String,
    /// English.
    supervise_en: String,
    /// What can be done against a decision; Chinese.
    remedies_zh: String,
    /// English.
    remedies_en: String,
    #[graphql(skip)]
    outcomes: Vec<ItemEnding>,
    /// How the result ends; null when it does not.
    validity: Option<ItemValidity>,
}

/// The public facts of an item (办事指南).
#[ComplexObject]
impl ItemGuide {
    /// How a case can end.
    #[graphql(complexity = "6 * child_complexity")]
    async fn outcomes(&self) -> &[ItemEnding] {
        &self.outcomes
    }
}

impl From<catalogue::Guide> for ItemGuide {
    fn from(guide: catalogue::Guide) -> Self {
        let outcomes = guide.outcomes.into_iter().map(|(code, text)| ItemEnding {
            code: code.into(),
            text_zh: text.zh,
            text_en: text.en,
        });
        Self {
            conditions_zh: guide.conditions.zh,
            conditions_en: guide.conditions.en,
            time_limit_zh: guide.time_limit.zh,
            time_limit_en: guide.time_limit.en,
            result_zh: guide.result_name.zh,
            result_en: guide.result_name.en,
            fee_zh: guide.fee.zh,
            fee_en: guide.fee.en,
            fee_basis: guide.fee_basis,
            promise_zh: guide.promise.zh,
            promise_en: guide.promise.en,
            supervise_zh: guide.supervise.zh,
            supervise_en: guide.supervise.en,
            remedies_zh: guide.remedies.zh,
            remedies_en: guide.remedies.en,
            outcomes: outcomes.collect(),
            validity: guide.validity.map(|validity| ItemValidity {
                kind: validity.kind.into(),
                years: validity.years.to_string(),
                renewal_before_days: validity.renewal_before.map(Into::into),
                renewal_silence: validity.renewal_class.into(),
            }),
        }
    }
}

/// How a case of an item can end, in the words of this item.
#[derive(SimpleObject)]
pub struct ItemEnding {
    /// How it ends.
    code: Coded<Outcome>,
    /// In the words of the item; Chinese.
    text_zh: String,
    /// English.
    text_en: String,
}

/// How the result of an item ends.
#[derive(SimpleObject)]
pub struct ItemValidity {
    /// Whether it expires, or must be begun.
    kind: Coded<ValidityKind>,
    /// After how many years, as a decimal number.
    years: String,
    /// How many working days before its end the renewal is applied for; of a fixed term only.
    renewal_before_days: Option<i32>,
    /// What silence means on the renewal.
    renewal_silence: Coded<SilenceClass>,
}

/// A material of an item (申报材料).
#[derive(SimpleObject)]
pub struct ItemMaterial {
    /// Its number within the item.
    number: i32,
    /// Its name; Chinese.
    name_zh: String,
    /// English.
    name_en: String,
    /// In which form it is handed in.
    form: Coded<MaterialForm>,
    /// Where it comes from.
    source: Coded<MaterialSource>,
    /// The code of the item whose result it is.
    source_item: Option<String>,
    /// How far it can be relied on.
    grade: Option<Coded<Grade>>,
    /// Whether it may be missing at first (容缺).
    tolerance: Coded<Tolerance>,
    /// When it is asked for, in the language of conditions; null when always.
    condition: Option<String>,
    /// The same in several items, whose applicants hand it in once; null for one of this item alone.
    shared_key: Option<String>,
    /// What to know about it; Chinese.
    note_zh: String,
    /// English.
    note_en: String,
}

impl From<catalogue::Material> for ItemMaterial {
    fn from(material: catalogue::Material) -> Self {
        let source_item = match &material.source {
            catalogue::Source::OtherItem(code) => Some(code.clone()),
            _ => None,
        };
        Self {
            number: material.number.into(),
            form: material.form.into(),
            source: material.source.kind().into(),
            source_item,
            grade: material.grade.map(Into::into),
            tolerance: material.tolerance.into(),
            condition: material.condition.map(|condition| condition.to_string()),
            shared_key: material.shared_key,
            name_zh: material.name.zh,
            name_en: material.name.en,
            note_zh: material.note.zh,
            note_en: material.note.en,
        }
    }
}

/// A time limit of an item (期限), with its article.
#[derive(SimpleObject)]
pub struct ItemLimit {
    /// Its place among the limits of the item, from 1.
    number: i32,
    /// Which clock.
    clock: Coded<Clock>,
    /// How long, in its unit; 0 on the spot.
    limit: i32,
    /// In what it is counted.
    unit: Coded<LimitUnit>,
    /// From what it is counted.
    start: Coded<StartEvent>,
    /// Who extends; of an extension only.
    extension_by: Option<Coded<Authority>>,
    /// The article.
    article: String,
    /// How sure that is.
    mark: Coded<Mark>,
    /// When it takes the place of the limit of the same clock without condition; in the language of conditions.
    condition: Option<String>,
    /// What to know about it; Chinese.
    note_zh: Option<String>,
    /// English.
    note_en: Option<String>,
}

impl From<(i32, catalogue::Limit)> for ItemLimit {
    fn from((number, limit): (i32, catalogue::Limit)) -> Self {
        let (note_zh, note_en) = limit.note.map(|note| (note.zh, note.en)).unzip();
        Self {
            number,
            clock: limit.clock.into(),
            limit: limit.limit.into(),
            unit: limit.unit.into(),
            start: limit.start.into(),
            extension_by: limit.extension_by.map(Into::into),
            article: limit.article,
            mark: limit.mark.into(),
            condition: limit.condition.map(|condition| condition.to_string()),
            note_zh,
            note_en,
        }
    }
}

/// A reason why a project needs an item.
#[derive(SimpleObject)]
pub struct ItemNeed {
    /// Its place among the reasons of the item, from 1.
    number: i32,
    /// When, in the language of conditions.
    condition: String,
    /// Why; Chinese.
    reason_zh: String,
    /// English.
    reason_en: String,
    /// The articles on which it rests.
    basis: String,
}

impl From<(i32, catalogue::Need)> for ItemNeed {
    fn from((number, need): (i32, catalogue::Need)) -> Self {
        Self {
            number,
            condition: need.condition.to_string(),
            reason_zh: need.reason.zh,
            reason_en: need.reason.en,
            basis: need.basis,
        }
    }
}

/// What is in the way of a publication.
#[derive(SimpleObject)]
pub struct ItemShortcoming {
    /// What is wrong.
    code: Coded<ItemError>,
    /// Of what, as a sentence in the language of the request.
    message: String,
}

/// A fact in which a version differs from the one before.
#[derive(SimpleObject)]
pub struct ItemChange {
    /// Which fact; Chinese.
    about_zh: String,
    /// English.
    about_en: String,
    /// What was said before; Chinese. Null where nothing was.
    before_zh: Option<String>,
    /// English.
    before_en: Option<String>,
    /// What is said now; Chinese. Null where nothing is.
    after_zh: Option<String>,
    /// English.
    after_en: Option<String>,
}

impl From<rules::Difference> for ItemChange {
    fn from(difference: rules::Difference) -> Self {
        let (before_zh, before_en) = difference.before.map(|text| (text.zh, text.en)).unzip();
        let (after_zh, after_en) = difference.after.map(|text| (text.zh, text.en)).unzip();
        Self {
            about_zh: difference.about.zh,
            about_en: difference.about.en,
            before_zh,
            before_en,
            after_zh,
            after_en,
        }
    }
}

/// Which standings in the catalogue are wanted.
#[derive(InputObject)]
pub struct ItemStatusFilter {
    /// One of these.
    one_of: Vec<Coded<ItemStatus>>,
}

/// In which states a version is wanted.
#[derive(InputObject)]
pub struct ItemVersionStateFilter {
    /// One of these.
    one_of: Vec<Coded<version::State>>,
}

/// What a list of items is narrowed to; all conditions hold.
#[derive(InputObject, Default)]
pub struct ItemFilter {
    /// Of this department.
    department_id: Option<ID>,
    /// With such a standing.
    status: Option<ItemStatusFilter>,
    /// With a version in such a state.
    state: Option<ItemVersionStateFilter>,
    /// The code or a name contains this text.
    text: Option<String>,
}

/// Reads of the catalogue.
#[derive(Default)]
pub struct ItemQuery;

#[Object]
impl ItemQuery {
    /// One item by its code, "R01"; null when there is none. What is published is open to strangers.
    async fn item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code.")] code: String,
    ) -> Result<Option<Item>> {
        let found = repository::by_code(store(ctx).db(), viewer(ctx), &code).await?;
        Ok(found.map(Item))
    }

    /// The items of the catalogue, in its order. What is published is open to strangers; a department sees the drafts of its own.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<ItemFilter>,
    ) -> Result<Connection<Item>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let filter = repository::Filter {
            department: match filter.department_id {
                Some(id) => Some(Kind::Department.require(&id)?),
                None => None,
            },
            status: filter.status.map(|status| plain(status.one_of)),
            state: filter.state.map(|state| plain(state.one_of)),
            text: filter.text.as_deref().and_then(Search::of),
        };
        let store = store(ctx);
        let rows =
            repository::page(store.db(), viewer(ctx), filter, store.today(), &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// What a mutation answers.
type Answer<C> = Payload<C, Item, Coded<ItemError>>;

/// What happens to items.
#[derive(Default)]
pub struct ItemMutation;

#[Object]
impl ItemMutation {
    /// Begins the next version of an item as the one that was published last (起草新版本; DEPARTMENT_HEAD of the department).
    async fn item_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item.")] input: Input<commands::Draft>,
    ) -> Result<Answer<commands::Draft>> {
        run(ctx, input, commands::draft).await
    }

    /// Edits name, basis, promise and silence class of a draft (DEPARTMENT_HEAD of the department).
    async fn item_edit_facts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: Input<commands::EditFacts>,
    ) -> Result<Answer<commands::EditFacts>> {
        run(ctx, input, commands::edit_facts).await
    }

    /// Edits the public facts of a draft (DEPARTMENT_HEAD of the department).
    async fn item_edit_guide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: Input<commands::EditGuide>,
    ) -> Result<Answer<commands::EditGuide>> {
        run(ctx, input, commands::edit_guide).await
    }

    /// Edits how a case can end, in a draft (DEPARTMENT_HEAD of the department).
    async fn item_edit_outcomes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: Input<commands::EditOutcomes>,
    ) -> Result<Answer<commands::EditOutcomes>> {
        run(ctx, input, commands::edit_outcomes).await
    }

    /// Edits how the result ends, in a draft (DEPARTMENT_HEAD of the department).
    async fn item_edit_validity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: Input<commands::EditValidity>,
    ) -> Result<Answer<commands::EditValidity>> {
        run(ctx, input, commands::edit_validity).await
    }

    /// Adds a material to a draft (DEPARTMENT_HEAD of the department).
    async fn item_add_material(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The material.")] input: Input<commands::AddMaterial>,
    ) -> Result<Answer<commands::AddMaterial>> {
        run(ctx, input, commands::add_material).await
    }

    /// Edits a material of a draft; one that was struck is asked for again (DEPARTMENT_HEAD of the department).
    async fn item_edit_material(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The material.")] input: Input<commands::EditMaterial>,
    ) -> Result<Answer<commands::EditMaterial>> {
        run(ctx, input, commands::edit_material).await
    }

    /// No longer asks for a material in a draft (DEPARTMENT_HEAD of the department).
    async fn item_strike_material(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The material.")] input: Input<commands::StrikeMaterial>,
    ) -> Result<Answer<commands::StrikeMaterial>> {
        run(ctx, input, commands::strike_material).await
    }

    /// Adds a time limit to a draft (DEPARTMENT_HEAD of the department).
    async fn item_add_limit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The limit.")] input: Input<commands::AddLimit>,
    ) -> Result<Answer<commands::AddLimit>> {
        run(ctx, input, commands::add_limit).await
    }

    /// Edits a time limit of a draft (DEPARTMENT_HEAD of the department).
    async fn item_edit_limit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The limit.")] input: Input<commands::EditLimit>,
    ) -> Result<Answer<commands::EditLimit>> {
        run(ctx, input, commands::edit_limit).await
    }

    /// Removes a time limit of a draft (DEPARTMENT_HEAD of the department).
    async fn item_remove_limit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The limit.")] input: Input<commands::RemoveLimit>,
    ) -> Result<Answer<commands::RemoveLimit>> {
        run(ctx, input, commands::remove_limit).await
    }

    /// Adds a reason to need the item to a draft (DEPARTMENT_HEAD of the department).
    async fn item_add_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reason.")] input: Input<commands::AddNeed>,
    ) -> Result<Answer<commands::AddNeed>> {
        run(ctx, input, commands::add_need).await
    }

    /// Edits a reason to need the item, in a draft (DEPARTMENT_HEAD of the department).
    async fn item_edit_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reason.")] input: Input<commands::EditNeed>,
    ) -> Result<Answer<commands::EditNeed>> {
        run(ctx, input, commands::edit_need).await
    }

    /// Removes a reason to need the item from a draft (DEPARTMENT_HEAD of the department).
    async fn item_remove_need(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reason.")] input: Input<commands::RemoveNeed>,
    ) -> Result<Answer<commands::RemoveNeed>> {
        run(ctx, input, commands::remove_need).await
    }

    /// Proposes the draft of an item from a working day on (提请公布; DEPARTMENT_HEAD of the department).
    async fn item_propose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day.")] input: Input<commands::Propose>,
    ) -> Result<Answer<commands::Propose>> {
        run(ctx, input, commands::propose).await
    }

    /// Withdraws the proposal of a version, which is a draft again (撤回提请; DEPARTMENT_HEAD of the department).
    async fn item_withdraw_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item.")] input: Input<commands::WithdrawProposal>,
    ) -> Result<Answer<commands::WithdrawProposal>> {
        run(ctx, input, commands::withdraw_proposal).await
    }

    /// Confirms what the proposed version of an item says of silence (批准默许类别; LEADER), by a written decision.
    async fn item_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision.")] input: Input<commands::Confirm>,
    ) -> Result<Answer<commands::Confirm>> {
        run(ctx, input, commands::confirm).await
    }

    /// Returns the proposed version of an item to its department (退回; CENTRE).
    async fn item_return(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Why.")] input: Input<commands::Return>,
    ) -> Result<Answer<commands::Return>> {
        run(ctx, input, commands::send_back).await
    }

    /// Publishes the proposed version of an item (公布; CENTRE); refused with everything that is in the way. It never changes then.
    async fn item_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The item, and another first day where the proposed one has passed.")]
        input: Input<commands::Publish>,
    ) -> Result<Answer<commands::Publish>> {
        run(ctx, input, commands::publish).await
    }

    /// Takes an item off the catalogue after a day (移出目录; CENTRE).
    async fn item_retire(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What becomes of it.")] input: Input<commands::Retire>,
    ) -> Result<Answer<commands::Retire>> {
        run(ctx, input, commands::retire).await
    }
}
