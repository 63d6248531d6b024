//! The form of an application (一表申请): its sections with their fields, its materials, and by when each answer comes.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use api_door::{
    coded::Coded,
    loaders,
    operation::{store, viewer},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::{
    application::{
        State, field,
        field::Value,
        material::Way,
        repository::Opened,
        rules::{
            self, Asked, Handed, Known, Supply,
            value::{Wrong, said},
        },
    },
    catalogue::{
        FieldKind, FieldSource, FormField, Material, MaterialForm, MaterialSource, SilenceClass,
    },
    condition::Truth,
    error::Explain,
    item,
    language::Text,
    receipt::{
        repository::answers_of,
        rules::{Expected, expected, follow_by},
    },
};
use uuid::Uuid;

use crate::{
    deadline::calendar_in_force,
    document::{Document, DocumentById},
    item::Item,
    liaison::{Official, official},
};

/// The form of an application (一表申请).
pub struct ApplicationForm {
    opened: Arc<Opened>,
    sections: Vec<ApplicationSection>,
    materials: Vec<ApplicationMaterial>,
    answers: Vec<ApplicationAnswer>,
    complete: bool,
}

impl ApplicationForm {
    /// The form, as far as it is about the items that are `read`; about all where nothing is said.
    pub(super) async fn of(
        ctx: &Context<'_>,
        opened: Arc<Opened>,
        read: Option<&HashSet<Uuid>>,
    ) -> Result<Self> {
        let is_read = |item: &item::Model| read.is_none_or(|read| read.contains(&item.id));
        let own: Vec<&str> = opened
            .items
            .iter()
            .filter(|(item, _)| is_read(item))
            .map(|(item, _)| item.code.as_str())
            .collect();
        // What is for no item alone belongs to all.
        let of_own = |items: &mut Vec<&str>| {
            let is_shared = items.is_empty();
            items.retain(|item| own.contains(item));
            is_shared || !items.is_empty()
        };
        let calendar = calendar_in_force(ctx).await?;
        let is_received = opened.application.state == State::Received;
        let day = store(ctx).today();
        let kept = answers_of(store(ctx).db(), opened.application.id).await?;
        let kept = kept.into_iter().map(|row| (row.item_id, row.told()));
        let kept: HashMap<Uuid, Expected> = kept.collect();
        let shared = &opened.edition.content;
        let (sections, materials, answers, complete) = opened.sheet(|mut sheet| {
            let complete = rules::missing(&sheet.entries, &sheet.materials).is_empty();
            sheet.entries.retain_mut(|entry| of_own(&mut entry.items));
            sheet.materials.retain_mut(|one| of_own(&mut one.items));
            let read = opened.items.iter().filter(|(item, _)| is_read(item));
            let answers = read.filter_map(|(item, version)| {
                let mut materials = sheet.materials.iter();
                let follows = materials.any(|one| one.is(Way::Follows, &item.code));
                let content = &version.content;
                let told = match is_received {
                    true => kept.get(&item.id).copied()?,
                    false => expected(content, &sheet.answers, follows, day, &calendar),
                };
                let silence = told.silence.and_then(|class| shared.silence(class));
                Some(ApplicationAnswer {
                    item: item.clone(),
                    told,
                    name: silence.map(|silence| silence.name.clone()),
                    meaning: silence.map(|silence| silence.meaning.clone()),
                })
            });
            let answers: Vec<ApplicationAnswer> = answers.collect();
            let mut sections: Vec<ApplicationSection> = Vec::new();
            for entry in sheet.entries {
                let shown = ApplicationField {
                    wrong: entry.wrong(),
                    value: entry.value().cloned(),
                    items: entry.items.iter().map(|item| (*item).to_owned()).collect(),
                    field: entry.field.clone(),
                    asked: entry.asked,
                    known: entry.known,
                    filled: entry.filled.cloned(),
                };
                let name = &shown.field.group;
                match sections.iter_mut().find(|section| section.name == *name) {
                    Some(section) => section.fields.push(shown),
                    None => sections.push(ApplicationSection {
                        name: name.clone(),
                        fields: vec![shown],
                    }),
                }
            }
            let follow_by = |one: &Handed<'_>| {
                let items = opened.items.iter();
                let asking = items.filter(|(item, _)| one.items.contains(&item.code.as_str()));
                let days = asking.map(|(_, version)| {
                    follow_by(&version.content, &sheet.answers, day, &calendar)
                });
                days.min().filter(|_| one.may_follow && !is_received)
            };
            let materials = sheet.materials.into_iter().map(|one| {
                let day = follow_by(&one);
                ApplicationMaterial::of(one, day)
            });
            (sections, materials.collect(), answers, complete)
        });
        Ok(Self {
            sections,
            materials,
            answers,
            complete,
            opened,
        })
    }
}

/// The form of an application (一表申请).
#[Object]
impl ApplicationForm {
    /// Who applies, by the name that is on record: of a received application that of the receipt.
    async fn applicant(&self) -> &str {
        match self.opened.on_record().get("enterprise_name") {
            Some(Known {
                value: Value::One(name),
                ..
            }) => name,
            _ => &self.opened.enterprise.name_zh,
        }
    }

    /// Whether the catalogue is an example that no office has confirmed (示例目录).
    async fn example(&self) -> bool {
        self.opened.edition.example
    }

    /// Whether nothing is missing or wrong.
    async fn complete(&self) -> bool {
        self.complete
    }

    /// What the catalogue has changed since the items were chosen, to be looked at and confirmed; empty when nothing has.
    #[graphql(complexity = "5 * child_complexity")]
    async fn changes(&self) -> Vec<ApplicationChange> {
        let told = self.opened.changes.iter().map(|change| {
            let told = change.explain();
            ApplicationChange {
                text_zh: told.zh,
                text_en: told.en,
            }
        });
        told.collect()
    }

    /// Its sections, in their order.
    #[graphql(complexity = "5 * child_complexity")]
    async fn sections(&self) -> &[ApplicationSection] {
        &self.sections
    }

    /// The materials, each handed in once for all items that ask for it.
    #[graphql(complexity = "15 * child_complexity")]
    async fn materials(&self) -> &[ApplicationMaterial] {
        &self.materials
    }

    /// What the receipt says of each item; of a draft, what it would say today.
    #[graphql(complexity = "6 * child_complexity")]
    async fn answers(&self) -> &[ApplicationAnswer] {
        &self.answers
    }

    /// Whether it has become a receipt: what stands here never changes, as it was told then.
    async fn received(&self) -> bool {
        self.opened.application.state == State::Received
    }
}

/// What the catalogue has changed while a draft was open, and what to do.
#[derive(SimpleObject)]
pub struct ApplicationChange {
    /// Chinese.
    text_zh: String,
    /// English.
    text_en: String,
}

/// A section of the form of an application.
pub struct ApplicationSection {
    name: Text,
    fields: Vec<ApplicationField>,
}

/// A section of the form of an application.
#[Object]
impl ApplicationSection {
    /// Its name; Chinese.
    async fn name_zh(&self) -> &str {
        &self.name.zh
    }

    /// English.
    async fn name_en(&self) -> &str {
        &self.name.en
    }

    /// Its fields, each once.
    #[graphql(complexity = "12 * child_complexity")]
    async fn fields(&self) -> &[ApplicationField] {
        &self.fields
    }
}

/// A field of the form of an application.
pub struct ApplicationField {
    field: FormField,
    items: Vec<String>,
    asked: Asked,
    known: Option<Known>,
    filled: Option<field::Model>,
    value: Option<Value>,
    wrong: Option<Wrong>,
}

/// A field of the form of an application.
#[Object]
impl ApplicationField {
    /// Its key, for `applicationFill`.
    async fn key(&self) -> &str {
        &self.field.key
    }

    /// What it is called; Chinese.
    async fn label_zh(&self) -> &str {
        &self.field.label.zh
    }

    /// English.
    async fn label_en(&self) -> &str {
        &self.field.label.en
    }

    /// What is filled in.
    async fn kind(&self) -> Coded<FieldKind> {
        self.field.kind.into()
    }

    /// Its options; of a table its columns.
    #[graphql(complexity = "5 * child_complexity")]
    async fn options(&self) -> Vec<ApplicationOption> {
        let option = |choice: &entity::catalogue::Choice| ApplicationOption {
            code: choice.code.clone(),
            name_zh: choice.name.zh.clone(),
            name_en: choice.name.en.clone(),
        };
        self.field.options.iter().map(option).collect()
    }

    /// In which unit.
    async fn unit(&self) -> Option<&str> {
        self.field.unit.as_deref()
    }

    /// What helps to fill it in; Chinese.
    async fn help_zh(&self) -> &str {
        &self.field.help.zh
    }

    /// English.
    async fn help_en(&self) -> &str {
        &self.field.help.en
    }

    /// The codes of the items for which it is asked.
    #[graphql(complexity = "5")]
    async fn items(&self) -> &[String] {
        &self.items
    }

    /// How it stands in the form.
    async fn asked(&self) -> Coded<Asked> {
        self.asked.into()
    }

    /// What it holds: a text, a number, a day, the code of an option; null where nothing does, and for several options and tables.
    async fn value(&self) -> Option<&str> {
        match &self.value {
            Some(Value::One(text)) => Some(text),
            _ => None,
        }
    }

    /// The codes of several options.
    #[graphql(complexity = "5")]
    async fn several(&self) -> &[String] {
        match &self.value {
            Some(Value::Several(codes)) => codes,
            _ => &[],
        }
    }

    /// The rows of a table, each with a cell for each column.
    #[graphql(complexity = "10")]
    async fn rows(&self) -> &[Vec<String>] {
        match &self.value {
            Some(Value::Lines(lines)) => lines,
            _ => &[],
        }
    }

    /// What it holds, in words; null where nothing does.
    async fn said(&self, ctx: &Context<'_>) -> Option<String> {
        let told = said(&self.field, self.value.as_ref()?);
        Some(told.in_language(viewer(ctx).language()).to_owned())
    }

    /// Where what is on record or computed comes from; null for what is asked.
    async fn source(&self) -> Option<Coded<FieldSource>> {
        self.known.as_ref().map(|known| known.source.into())
    }

    /// Since when it is on record.
    async fn on_record_since(&self) -> Option<Date> {
        self.known.as_ref().map(|known| known.since.into())
    }

    /// What is on record, in words.
    async fn on_record(&self, ctx: &Context<'_>) -> Option<String> {
        let told = said(&self.field, &self.known.as_ref()?.value);
        Some(told.in_language(viewer(ctx).language()).to_owned())
    }

    /// Why what is on record is disputed.
    async fn disputed_for(&self) -> Option<&str> {
        self.filled.as_ref()?.disputed_for.as_deref()
    }

    /// When it was filled in.
    async fn filled_at(&self) -> Option<DateTime> {
        self.filled.as_ref().map(|row| row.filled_at.into())
    }

    /// Who filled it in.
    async fn filled_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.filled.as_ref().map(|row| row.filled_by)).await
    }

    /// The version of what stands there, for `expectedVersion`; 0 where nothing was filled in.
    async fn version(&self) -> i32 {
        self.filled.as_ref().map_or(0, |row| row.version)
    }

    /// What is missing or wrong, in the viewer's language; null when it can be handed in.
    async fn fault(&self, ctx: &Context<'_>) -> Option<String> {
        let told = self.wrong?.explain();
        Some(told.in_language(viewer(ctx).language()).to_owned())
    }
}

/// An option of a field, or a column of a table.
#[derive(SimpleObject)]
pub struct ApplicationOption {
    /// Its code.
    code: String,
    /// Its name; Chinese.
    name_zh: String,
    /// English.
    name_en: String,
}

/// A material of an application (申请材料), handed in once for all of its items that ask for it.
pub struct ApplicationMaterial {
    key: String,
    material: Material,
    items: Vec<String>,
    asked: Coded<Truth>,
    supply: Supply,
    may_follow: bool,
    may_promise: bool,
    follow_by: Option<NaiveDate>,
    way: Option<Way>,
    files: Vec<Uuid>,
    fault: Option<Text>,
}

impl ApplicationMaterial {
    fn of(handed: Handed<'_>, follow_by: Option<NaiveDate>) -> Self {
        Self {
            follow_by,
            fault: handed.wrong().map(|wrong| wrong.explain()),
            key: handed.key,
            material: handed.material.clone(),
            items: handed.items.into_iter().map(str::to_owned).collect(),
            asked: handed.asked.into(),
            supply: handed.supply,
            may_follow: handed.may_follow,
            may_promise: handed.may_promise,
            way: handed.way,
            files: handed.files,
        }
    }
}

/// A material of an application (申请材料), handed in once for all of its items that ask for it.
#[Object]
impl ApplicationMaterial {
    /// Its key, for `applicationSetMaterial`.
    async fn key(&self) -> &str {
        &self.key
    }

    /// Its name; Chinese.
    async fn name_zh(&self) -> &str {
        &self.material.name.zh
    }

    /// English.
    async fn name_en(&self) -> &str {
        &self.material.name.en
    }

    /// What to know about it; Chinese.
    async fn note_zh(&self) -> &str {
        &self.material.note.zh
    }

    /// English.
    async fn note_en(&self) -> &str {
        &self.material.note.en
    }

    /// In which form it is handed in.
    async fn form(&self) -> Coded<MaterialForm> {
        self.material.form.into()
    }

    /// Where it comes from.
    async fn source(&self) -> Coded<MaterialSource> {
        self.material.source.kind().into()
    }

    /// How it comes to the office.
    async fn supply(&self) -> Coded<Supply> {
        self.supply.into()
    }

    /// Whether it is asked for; open as long as something is missing that decides it.
    async fn asked(&self) -> Coded<Truth> {
        self.asked
    }

    /// The codes of the items for which it is handed in.
    #[graphql(complexity = "5")]
    async fn items(&self) -> &[String] {
        &self.items
    }

    /// Whether it may follow (容缺后补).
    async fn may_follow(&self) -> bool {
        self.may_follow
    }

    /// By when it must be there if it follows and the application is handed in today; null where it may not follow, and of a receipt.
    async fn follow_by(&self) -> Option<Date> {
        self.follow_by.map(Into::into)
    }

    /// Whether a written promise may replace it (告知承诺).
    async fn may_promise(&self) -> bool {
        self.may_promise
    }

    /// In which way it is handed in; null as long as nothing was chosen.
    async fn way(&self) -> Option<Coded<Way>> {
        self.way.map(Into::into)
    }

    /// Its files, in their order, at most ten; without those that are not for this viewer.
    #[graphql(complexity = "3 * child_complexity")]
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        let mut files = loaders::many::<DocumentById>(ctx, self.files.iter().copied()).await?;
        let seen = self.files.iter().filter_map(|id| files.remove(id));
        Ok(seen.map(Document).collect())
    }

    /// What is missing or wrong, in the viewer's language; null when it can be handed in.
    async fn fault(&self, ctx: &Context<'_>) -> Option<String> {
        let told = self.fault.as_ref()?;
        Some(told.in_language(viewer(ctx).language()).to_owned())
    }
}

/// By when the answer on an item comes, and what silence means.
pub struct ApplicationAnswer {
    item: item::Model,
    told: Expected,
    name: Option<Text>,
    meaning: Option<Text>,
}

/// By when the answer on an item comes, and what silence means.
#[Object]
impl ApplicationAnswer {
    /// The item.
    async fn item(&self) -> Item {
        Item(self.item.clone())
    }

    /// The global id of the item.
    async fn item_id(&self) -> ID {
        Kind::Item.id(self.item.id)
    }

    /// By when it is told what is missing (一次告知).
    async fn notice_by(&self) -> Option<Date> {
        self.told.notice_by.map(Into::into)
    }

    /// By when it is decided, as promised.
    async fn promised_by(&self) -> Option<Date> {
        self.told.promised_by.map(Into::into)
    }

    /// By when it is decided, by law.
    async fn lawful_by(&self) -> Option<Date> {
        self.told.lawful_by.map(Into::into)
    }

    /// By when the answer comes: the earlier of both.
    async fn answer_by(&self) -> Option<Date> {
        self.told.answer_by().map(Into::into)
    }

    /// By when the materials that follow must be there (容缺后补); null where nothing follows. The case ends without them.
    async fn follow_by(&self) -> Option<Date> {
        self.told.follow_by.map(Into::into)
    }

    /// Whether these days count from the acceptance, here from its last day: accepted earlier, the answer comes earlier.
    async fn from_acceptance(&self) -> bool {
        self.told.from_acceptance
    }

    /// What silence means.
    async fn silence(&self) -> Option<Coded<SilenceClass>> {
        self.told.silence.map(Into::into)
    }

    /// What that is called; Chinese.
    async fn silence_zh(&self) -> Option<&str> {
        self.name.as_ref().map(|name| name.zh.as_str())
    }

    /// English.
    async fn silence_en(&self) -> Option<&str> {
        self.name.as_ref().map(|name| name.en.as_str())
    }

    /// What it means, in the words of the park; Chinese.
    async fn meaning_zh(&self) -> Option<&str> {
        self.meaning.as_ref().map(|meaning| meaning.zh.as_str())
    }

    /// English.
    async fn meaning_en(&self) -> Option<&str> {
        self.meaning.as_ref().map(|meaning| meaning.en.as_str())
    }
}
