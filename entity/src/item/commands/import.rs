//! The catalogue is read from files and written to files. Nothing is published by that: what is new or has changed becomes a draft.

use std::collections::HashMap;

use sea_orm::{EntityTrait, entity::prelude::*};

use super::{DRAFT, IMPORT, told};
use crate::{
    audit::commands::{Change, record, record_all, summary},
    catalogue::{self, Files, ItemStatus, Scope},
    department,
    error::Fault,
    id::new_id,
    item::{
        ActiveModel, Entity, Model,
        edition::{self, Shared},
        repository, rules,
        version::{self, Content, State},
    },
    kept::Reader,
    language::Text,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{save, save_below},
    term::Term,
    viewer::Viewer,
};

/// A catalogue to be read.
#[derive(Clone, Debug)]
pub struct Import {
    /// Its files, held against all rules.
    pub files: Files,
    /// Whether it is an example that no office has confirmed.
    pub example: bool,
    /// Whether nothing is written.
    pub dry_run: bool,
}

/// What became of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The codes of the items that were not known.
    pub new: Vec<String>,
    /// The codes of those that have a new or another draft.
    pub changed: Vec<String>,
    /// How many are as they were.
    pub unchanged: usize,
    /// The codes of the items that the files do not have; they stay as they are.
    pub left: Vec<String>,
    /// The number of the edition that was made of what the items share; none when that is as it was.
    pub edition: Option<i32>,
}

/// Why nothing was taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The files do not fit what is there: everything that does not.
    #[error("the files do not fit")]
    Refused(Vec<catalogue::Fault>),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbErr> for ImportError {
    fn from(error: DbErr) -> Self {
        Self::Fault(error.into())
    }
}

/// Reads a catalogue, in one transaction: all of it or nothing. The same files again change nothing.
pub async fn import(
    store: &Store,
    viewer: &Viewer,
    input: Import,
) -> Result<Imported, ImportError> {
    let unit = store.begin(viewer).await?;
    require(viewer, Action::PublishItem, Standing::None)?;
    let departments = department::Entity::find().all(unit.db()).await?;
    let departments: HashMap<i32, Uuid> = departments
        .into_iter()
        .filter(|department| department.ended_on.is_none())
        .map(|department| (department.number, department.id))
        .collect();
    let known = repository::all(unit.db()).await?;
    let newest = repository::newest(unit.db()).await?.into_iter();
    let mut newest: HashMap<Uuid, version::Model> =
        newest.map(|version| (version.item_id, version)).collect();
    let mut place = known.last().map_or(0, |item| item.place);
    let mut done = Imported::default();
    let mut faults = Vec::new();
    let mut changes = Vec::new();
    for (row, content) in contents(&input.files).into_iter().enumerate() {
        let code = content.item.code.clone();
        let mut refuse = |column, value: &str, zh: &str, en: &str| {
            let reason = Text::new(zh, en);
            faults.push(catalogue::Fault::of_row(
                ITEMS,
                row,
                Some(column),
                value,
                reason,
            ));
        };
        let number = content.item.department;
        let Some(department_id) = departments.get(&i32::from(number)).copied() else {
            let (zh, en) = (
                "园区没有这个编号的部门。",
                "The park has no department with this number.",
            );
            refuse("department_no", &number.to_string(), zh, en);
            continue;
        };
        let sha256 = content.sha256()?;
        let Some(item) = known.iter().find(|item| item.code == code) else {
            place += 1;
            let item = Model {
                id: new_id(unit.now()),
                code: code.clone(),
                place,
                department_id,
                name_zh: content.item.name.zh.clone(),
                name_en: content.item.name.en.clone(),
                status: content.item.status,
                version: 1,
            };
            let first = drafted(&unit, item.id, 1, content)?;
            changes.push((None, item, first));
            done.new.push(code);
            continue;
        };
        let Some(last) = newest.remove(&item.id) else {
            return Err(Fault::Internal(format!("{code} has no version")).into());
        };
        let is_gone = item.status != ItemStatus::Active && item.status == content.item.status;
        let gone = is_gone.then(|| last.content.of_retired(item.status));
        if last.sha256 == sha256 || gone.as_ref() == Some(&content) {
            done.unchanged += 1;
            continue;
        }
        if item.status != content.item.status {
            let status = content.item.status.code();
            let (zh, en) = (
                "事项的去留不由文件变更，请在系统中办理“移出目录”。",
                "Whether an item is in the catalogue is not changed by a file: take it off in the console.",
            );
            refuse("status", status, zh, en);
            continue;
        }
        match last.state {
            State::Proposed => {
                let (zh, en) = (
                    "该事项的新版本已提请公布，请先公布或者退回。",
                    "A new version of this item has been proposed: publish or return it first.",
                );
                refuse("code", &code, zh, en);
                continue;
            }
            State::Draft => {
                let again = drafted(&unit, item.id, last.number, content)?;
                let again = version::Model {
                    id: last.id,
                    returned_for: last.returned_for.clone(),
                    ..again
                };
                changes.push((Some((item.clone(), Some(last))), item.clone(), again));
            }
            State::Published | State::Retired => {
                let next = drafted(&unit, item.id, last.number + 1, content)?;
                changes.push((Some((item.clone(), None)), item.clone(), next));
            }
        }
        done.changed.push(code);
    }
    if !faults.is_empty() {
        return Err(ImportError::Refused(faults));
    }
    let in_files = |item: &&Model| input.files.items.iter().any(|row| row.code == item.code);
    let left = known.iter().filter(|item| !in_files(item));
    done.left = left.map(|item| item.code.clone()).collect();
    let edition = next_edition(&unit, &input).await?;
    done.edition = edition.as_ref().map(|edition| edition.number);
    if input.dry_run {
        return Ok(done);
    }
    let mut entries = Vec::new();
    for (before, item, after) in changes {
        let overwritten = before
            .as_ref()
            .and_then(|(item, draft)| Some(told(item, draft.as_ref()?)));
        let item = match before {
            None => {
                Entity::insert(ActiveModel::from(item.clone()).reset_all())
                    .exec_without_returning(unit.db())
                    .await?;
                insert(&unit, &after).await?;
                item
            }
            Some((known, draft)) => {
                let saved = save(&unit, &known, item).await?;
                match draft {
                    Some(draft) => save_below(&unit, &draft, &after).await?,
                    None => insert(&unit, &after).await?,
                }
                saved
            }
        };
        entries.push(Change {
            command: &DRAFT,
            subject_id: item.id,
            before: overwritten,
            after: Some(told(&item, &after)),
            reason: None,
        });
    }
    record_all(&unit, entries).await?;
    if let Some(edition) = edition {
        let row = edition::ActiveModel::from(edition.clone()).reset_all();
        edition::Entity::insert(row)
            .exec_without_returning(unit.db())
            .await?;
        let change = Change {
            command: &IMPORT,
            subject_id: edition.id,
            before: None,
            after: Some(summary!({ "revision": edition.number, "sha256": edition.sha256 })),
            reason: None,
        };
        record(&unit, change).await?;
    }
    unit.commit().await?;
    Ok(done)
}

/// The file of the items.
const ITEMS: &str = "approval-items.csv";

/// A version as the files have it: a draft, unless its item has left the catalogue.
fn drafted(
    unit: &Unit,
    item_id: Uuid,
    number: i32,
    content: Content,
) -> Result<version::Model, Fault> {
    let state = match content.item.status {
        ItemStatus::Active => State::Draft,
        _ => State::Retired,
    };
    Ok(version::Model {
        id: new_id(unit.now()),
        item_id,
        number,
        state,
        ..version::Model::drafted(content)?
    })
}

pub(super) async fn insert(unit: &Unit, version: &version::Model) -> Result<(), Fault> {
    let row = version::ActiveModel::from(version.clone()).reset_all();
    version::Entity::insert(row)
        .exec_without_returning(unit.db())
        .await?;
    Ok(())
}

/// The edition that these files make; none when they share what is in force.
async fn next_edition(unit: &Unit, input: &Import) -> Result<Option<edition::Model>, Fault> {
    let content = shared(&input.files);
    let sha256 = content.sha256()?;
    let last = repository::edition(unit).await?;
    if let Some(last) = last.as_deref().filter(|last| last.example == input.example) {
        // What was written from here is the same, too, although it tells what was published and leaves out what left the catalogue.
        if last.sha256 == sha256 || shared(&files(unit).await?) == content {
            return Ok(None);
        }
    }
    Ok(Some(edition::Model {
        id: new_id(unit.now()),
        number: last.map_or(0, |last| last.number) + 1,
        content,
        sha256,
        example: input.example,
        imported_by: unit.viewer().account_id(),
        imported_at: unit.now(),
    }))
}

/// What the files say of each item, in their order.
fn contents(files: &Files) -> Vec<Content> {
    let content = |item: &catalogue::Item| {
        let code = &item.code;
        Content {
            item: item.clone(),
            guide: files.guides.iter().find(|row| row.item == *code).cloned(),
            materials: of(&files.materials, |row| row.item == *code),
            limits: of(&files.limits, |row| row.item == *code),
            needs: of(&files.needs, |row| row.item == *code),
        }
    };
    files.items.iter().map(content).collect()
}

fn of<T: Clone>(rows: &[T], such: impl Fn(&T) -> bool) -> Vec<T> {
    rows.iter().filter(|row| such(row)).cloned().collect()
}

fn shared(files: &Files) -> Shared {
    Shared {
        departments: files.departments.clone(),
        fields: files.fields.clone(),
        questions: files.questions.clone(),
        examples: files.examples.clone(),
        edges: files.edges.clone(),
        bundles: files.bundles.clone(),
        windows: files.windows.clone(),
        history: files.history.clone(),
        correction_reasons: files.correction_reasons.clone(),
        pause_kinds: files.pause_kinds.clone(),
        silences: files.silences.clone(),
    }
}

/// The catalogue as files: of each item the newest version, whether it is published or not, so that reading them again changes nothing. The
/// history has what was published here, too, and what is being worked on. What has left the catalogue is one row and its history: nothing else names it.
pub async fn files(reader: &impl Reader) -> Result<Files, Fault> {
    let items = repository::all(reader.db()).await?;
    let newest = repository::newest(reader.db()).await?;
    let mut newest: HashMap<Uuid, version::Model> = newest
        .into_iter()
        .map(|version| (version.item_id, version))
        .collect();
    let Some(edition) = repository::edition(reader).await? else {
        return Ok(Files::default());
    };
    let history = repository::with_published(reader, edition.content.history.clone()).await?;
    let shared = edition.content.clone();
    let mut files = Files {
        departments: shared.departments,
        fields: shared.fields,
        questions: shared.questions,
        examples: shared.examples,
        edges: shared.edges,
        bundles: shared.bundles,
        windows: shared.windows,
        history,
        correction_reasons: shared.correction_reasons,
        pause_kinds: shared.pause_kinds,
        silences: shared.silences,
        ..Files::default()
    };
    for item in items {
        let Some(version) = newest.remove(&item.id) else {
            continue;
        };
        if matches!(version.state, State::Draft | State::Proposed) {
            rules::tell_draft(&mut files.history, &item, &version);
        }
        let Content {
            item: row,
            guide,
            materials,
            limits,
            needs,
        } = match item.status {
            ItemStatus::Active => version.content,
            gone => version.content.of_retired(gone),
        };
        files.items.push(row);
        files.guides.extend(guide);
        files.materials.extend(materials);
        files.limits.extend(limits);
        files.needs.extend(needs);
    }
    leave_out_retired(&mut files);
    Ok(files)
}

/// Leaves out of what the items share those that are not in the catalogue. A bundle promises no more than the items that remain in it.
fn leave_out_retired(files: &mut Files) {
    let promises: HashMap<String, u16> = files
        .active()
        .map(|item| (item.code.clone(), item.promise_after.unwrap_or_default()))
        .collect();
    let remains = |code: &String| promises.contains_key(code);
    files
        .edges
        .retain(|edge| remains(&edge.before) && remains(&edge.after));
    for window in &mut files.windows {
        window.items.retain(remains);
    }
    for bundle in &mut files.bundles {
        let before = bundle.items.len();
        bundle.items.retain(remains);
        if bundle.items.len() < before {
            let each = bundle.items.iter().filter_map(|code| promises.get(code));
            let sum = each.fold(0, |sum: u16, days| sum.saturating_add(*days));
            bundle.promised = bundle.promised.min(sum);
        }
    }
    files.bundles.retain(|bundle| !bundle.items.is_empty());
    for example in &mut files.examples {
        example.expected_items.retain(remains);
        example.expected_open.retain(remains);
    }
    files.fields.retain_mut(|field| match &mut field.items {
        Scope::All => true,
        Scope::Items(items) => {
            items.retain(remains);
            !items.is_empty()
        }
    });
    files.pause_kinds.retain_mut(|pause| {
        let is_for_all = pause.only_items.is_empty();
        pause.only_items.retain(remains);
        is_for_all || !pause.only_items.is_empty()
    });
}
