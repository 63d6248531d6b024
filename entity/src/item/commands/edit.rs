//! Editing a draft, one part of it at a time: its main facts, the guide, the outcomes and the validity (`once`), one material, one time limit, one
//! reason to need it. A part is saved when what it says itself breaks no rule of the catalogue; what does not fit another part any more is told on
//! the page of the item and is in the way of the publication.

use sea_orm::prelude::Uuid;

use super::{DRAFT, Outcome, files, import, load, write};
use crate::{
    audit::commands::{Change, record},
    catalogue::{
        Clock, Files, Guide, Limit,
        file::{self, GUIDES, LIMITS, MATERIALS, NEEDS},
        rules::FaultOfItem,
    },
    command::{Command, Form, Input, form},
    condition::Condition,
    error::{CommandError, Detailed, Explain, Refusal},
    id::new_id,
    item::{
        Model,
        rules::{self, ItemError, Shortcoming},
        version::{self, Content},
    },
    language::Text,
    permission::Action,
    store::{Store, Unit},
    table::save,
    text::clean_line,
    viewer::Viewer,
};
mod limit;
mod material;
mod need;
mod once;

pub use limit::{AddLimit, EditLimit, RemoveLimit, add_limit, edit_limit, remove_limit};
pub use material::{
    AddMaterial, EditMaterial, StrikeMaterial, add_material, edit_material, strike_material,
};
pub use need::{AddNeed, EditNeed, RemoveNeed, add_need, edit_need, remove_need};
pub use once::{
    EditFacts, EditGuide, EditOutcomes, EditValidity, edit_facts, edit_guide, edit_outcomes,
    edit_validity, edits_once, present,
};

/// How many materials, time limits and reasons an item has at most, of each.
const MOST_ROWS: usize = 100;

/// The largest number of a row.
const LARGEST: i32 = MOST_ROWS as i32;

/// The largest number of days or years.
const LONGEST: i32 = 1000;

/// How an edited part is refused: by a code, with what is wrong with the value.
type Refused = Detailed<ItemError>;

/// What an edit answers.
type Edited = Result<Model, CommandError<Refused>>;

form! {
    /// The next version of an item, to be worked on.
    pub struct Draft of DRAFT by Action::ProposeItem, refused ItemError {
        title: "起草新版本", "Draft the next version";
        lead: "以最近公布的版本为基础，提请公布前可以随时修改。", "The draft begins as the version that was published last; it can be edited until it is proposed.";
        done: "新版本已起草，请在下方修改。", "The draft has been made: edit it below.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
    }
}

/// Begins the next version of an item.
pub async fn draft(store: &Store, viewer: &Viewer, input: Draft) -> Outcome {
    let unit = store.begin(viewer).await?;
    let found = load(&unit, input.id, input.expected_version, Draft::FORM).await?;
    let content = rules::may_draft(&found.item, &found.versions)
        .map_err(|error| CommandError::refused(&[], error))?;
    let numbers = found.versions.iter().map(|version| version.number);
    let next = version::Model {
        id: new_id(unit.now()),
        item_id: found.item.id,
        number: numbers.max().unwrap_or_default() + 1,
        ..version::Model::drafted(content)?
    };
    let saved = save(&unit, &found.item, found.item.clone()).await?;
    import::insert(&unit, &next).await?;
    let change = Change {
        command: &DRAFT,
        subject_id: saved.id,
        before: None,
        after: Some(super::told(&saved, &next)),
        reason: None,
    };
    record(&unit, change).await?;
    unit.commit().await?;
    Ok(saved)
}

/// The promise that holds unless another one takes its place, with its place among the limits.
fn usual_promise(content: &mut Content) -> Option<(usize, &mut Limit)> {
    let mut limits = content.limits.iter_mut().enumerate();
    limits.find(|(_, limit)| limit.clock == Clock::Promised && limit.condition.is_none())
}

/// Everything in which a version breaks a rule of the catalogue, among the newest versions of the other items.
pub fn broken(files: &Files, content: &Content) -> Vec<Shortcoming> {
    let faults = with(files.clone(), content).faults_of(&content.item.code);
    let told = faults.into_iter().map(|fault| Shortcoming {
        why: ItemError::BreaksRule,
        about: about(&fault),
        told: Some(fault.reason),
    });
    told.collect()
}

/// Where a fault is, in the words of the page of an item.
fn about(fault: &FaultOfItem) -> Text {
    let (zh, en) = match fault.file {
        MATERIALS => ("材料", "Material"),
        LIMITS => ("期限", "Time limit"),
        NEEDS => ("需要办理的情形", "When it is needed"),
        GUIDES => ("办事指南", "Guide"),
        _ => ("基本内容", "Main facts"),
    };
    match fault.place {
        Some(place) if [MATERIALS, LIMITS, NEEDS].contains(&fault.file) => {
            let number = place + 1;
            Text::new(format!("{zh} {number}"), format!("{en} {number}"))
        }
        _ => Text::new(zh, en),
    }
}

/// The files of a catalogue in which an item says this.
fn with(mut files: Files, content: &Content) -> Files {
    let code = &content.item.code;
    match files.items.iter_mut().find(|row| row.code == *code) {
        Some(row) => row.clone_from(&content.item),
        None => files.items.push(content.item.clone()),
    }
    files.materials.retain(|row| row.item != *code);
    files.limits.retain(|row| row.item != *code);
    files.needs.retain(|row| row.item != *code);
    files.guides.retain(|row| row.item != *code);
    files.materials.extend(content.materials.iter().cloned());
    files.limits.extend(content.limits.iter().cloned());
    files.needs.extend(content.needs.iter().cloned());
    files.guides.extend(content.guide.iter().cloned());
    files
}

/// Where a fault is told: the file, the place among the rows of the item, the column, and the field of the form.
type Own = (&'static str, Option<usize>, &'static str, &'static str);

/// In no field of the form: about the whole.
const WHOLE: &str = "";

/// A draft that is being edited.
struct Editing {
    unit: Unit,
    item: Model,
    draft: version::Model,
    /// What it is to say.
    content: Content,
    told: Told,
}

impl Editing {
    async fn begin(
        store: &Store,
        viewer: &Viewer,
        id: Uuid,
        expected_version: i32,
        form: &Form,
    ) -> Result<Self, CommandError<Refused>> {
        let unit = store.begin(viewer).await?;
        let found = load(&unit, id, expected_version, form).await?;
        let draft = rules::draft(&found.versions).map_err(refused)?;
        Ok(Self {
            unit,
            item: found.item,
            content: draft.content.clone(),
            draft,
            told: Told::default(),
        })
    }

    /// The guide, or an empty one.
    fn guide(&self) -> Guide {
        let empty = || Text::new("", "");
        self.content.guide.clone().unwrap_or_else(|| Guide {
            item: self.item.code.clone(),
            conditions: empty(),
            time_limit: empty(),
            result_name: empty(),
            fee: empty(),
            fee_basis: String::new(),
            promise: empty(),
            supervise: empty(),
            remedies: empty(),
            outcomes: Vec::new(),
            validity: None,
        })
    }

    /// The promise of the item is that of its limits.
    fn promise_follows(&mut self, place: usize) {
        if let Some((own, promise)) = usual_promise(&mut self.content)
            && own == place
        {
            let days = promise.limit;
            self.content.item.promise_after = Some(days);
        }
    }

    /// Saves the draft, unless something in the fields of the form breaks a rule: then everything that does is told.
    async fn save(mut self, command: &'static Command, own: &[Own]) -> Edited {
        let materials = self.content.material_count();
        self.content.item.materials_after = u16::try_from(materials).ok();
        let files = with(files(&self.unit).await?, &self.content);
        for fault in files.faults_of(&self.item.code) {
            let here = own.iter().find(|(file, place, column, _)| {
                fault.file == *file && fault.place == *place && fault.column == Some(*column)
            });
            if let Some(&(_, _, _, field)) = here {
                self.told.refuse_unless_told(field, fault.reason);
            }
        }
        let beyond = rules::beyond_law(&self.content);
        let limits = self.content.limits.iter().enumerate();
        for (place, _) in limits.filter(|(_, limit)| beyond.contains(limit)) {
            let mut own = own.iter();
            let here = own.find(|(file, own, column, _)| {
                *file == LIMITS && *own == Some(place) && *column == "limit"
            });
            if let Some(&(_, _, _, field)) = here {
                self.told
                    .refuse_unless_told(field, ItemError::BeyondLaw.explain());
            }
        }
        if !self.told.refusals.is_empty() {
            return Err(self.told.refusals.into());
        }
        if self.content == self.draft.content {
            return Err(refused(ItemError::Unchanged));
        }
        let after = version::Model {
            id: self.draft.id,
            item_id: self.draft.item_id,
            number: self.draft.number,
            returned_for: self.draft.returned_for.clone(),
            ..version::Model::drafted(self.content)?
        };
        write(self.unit, self.item, self.draft, after, command, None).await
    }
}

/// What is wrong with the values of a form so far.
#[derive(Default)]
struct Told {
    refusals: Vec<Refusal<Refused>>,
}

impl Told {
    fn refuse(&mut self, field: &'static str, told: Text) {
        let path = Vec::from_iter(Some(field).filter(|field| *field != WHOLE));
        let code = Detailed {
            code: ItemError::BreaksRule,
            told: Some(told),
        };
        self.refusals.push(Refusal { code, path });
    }

    /// Refuses a field, of which nothing else is wrong yet.
    fn refuse_unless_told(&mut self, field: &'static str, told: Text) {
        let is_told = |refusal: &Refusal<Refused>| field != WHOLE && refusal.path == [field];
        if !self.refusals.iter().any(is_told) {
            self.refuse(field, told);
        }
    }

    /// A text is not longer than it may be.
    fn fits(&mut self, field: &'static str, text: &str, most: usize) {
        if text.chars().count() > most {
            self.refuse(
                field,
                Text::new(
                    format!("最多 {most} 字。"),
                    format!("At most {most} characters."),
                ),
            );
        }
    }

    /// A text in both languages, each in its typography.
    fn words(
        &mut self,
        (zh_field, zh): (&'static str, &str),
        (en_field, en): (&'static str, &str),
        most: usize,
    ) -> Text {
        let zh = self.chinese(zh_field, zh, most);
        let en = clean_line(en);
        if let Err(wrong) = file::english(&en) {
            self.refuse(en_field, wrong);
        }
        self.fits(en_field, &en, most);
        Text::new(zh, en)
    }

    /// The same, where both may be left empty.
    fn words_or_none(
        &mut self,
        (zh_field, zh): (&'static str, &Option<String>),
        (en_field, en): (&'static str, &Option<String>),
        most: usize,
    ) -> Option<Text> {
        let given = |text: &Option<String>| text.as_deref().map(clean_line).unwrap_or_default();
        let (zh, en) = (given(zh), given(en));
        let is_given = !zh.is_empty() || !en.is_empty();
        is_given.then(|| self.words((zh_field, &zh), (en_field, &en), most))
    }

    /// A text in Chinese.
    fn chinese(&mut self, field: &'static str, text: &str, most: usize) -> String {
        let text = clean_line(text);
        if let Err(wrong) = file::chinese(&text) {
            self.refuse(field, wrong);
        }
        self.fits(field, &text, most);
        text
    }

    /// A condition; none where nothing is written.
    fn condition(&mut self, field: &'static str, text: Option<&str>) -> Option<Condition> {
        let text = text.map(clean_line).filter(|text| !text.is_empty())?;
        match Condition::parse(&text) {
            Ok(condition) => Some(condition),
            Err(wrong) => {
                self.refuse(field, wrong.explain());
                None
            }
        }
    }

    /// A whole number that is kept.
    fn whole(&mut self, field: &'static str, number: i32) -> u16 {
        let known = u16::try_from(number).ok();
        let known = known.filter(|number| i32::from(*number) <= LONGEST);
        known.unwrap_or_else(|| {
            self.refuse(
                field,
                Text::new(
                    format!("请填写 0 至 {LONGEST} 的整数。"),
                    format!("Enter a whole number from 0 to {LONGEST}."),
                ),
            );
            0
        })
    }
}

/// The whole is refused.
fn refused(code: ItemError) -> CommandError<Refused> {
    CommandError::refused(&[], code.into())
}

/// The place of one more row, if there is room for it.
fn room<T>(rows: &[T]) -> Result<usize, CommandError<Refused>> {
    match rows.len() < MOST_ROWS {
        true => Ok(rows.len()),
        false => Err(refused(ItemError::TooMany)),
    }
}

/// The place of the row with this number, from 1.
fn place<T>(rows: &[T], number: i32) -> Result<usize, CommandError<Refused>> {
    let place = usize::try_from(number).ok();
    let place = place.and_then(|number| number.checked_sub(1));
    place
        .filter(|place| *place < rows.len())
        .ok_or_else(|| refused(ItemError::RowUnknown))
}

/// The number of the material at a place.
fn number_at(place: usize) -> u16 {
    u16::try_from(place + 1).unwrap_or(u16::MAX)
}
