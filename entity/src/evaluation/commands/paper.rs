//! The road of paper: sheets are issued, typed in twice by two people, and become answers like any other. Whoever types acts as "evaluation
//! form", so that the trail tells of an answer on paper what it tells of every other one: that it came.

use std::collections::BTreeSet;

use sea_orm::{EntityTrait, IntoActiveModel, QueryFilter, entity::prelude::*};

use super::{
    super::{
        Entity, Model, form, repository, response,
        rules::{self, AnswerError, Difference},
        sheet::{self, Entry, Sealed, State},
    },
    ISSUE_SHEETS,
    answer::{Outcome, Submit, give},
};
use crate::{
    audit::commands::{Change, record, summary},
    decision::by_another,
    error::{CommandError, Fault, expect_saved, expect_version},
    id::{random_id, secret_hash},
    language::optional_text,
    permission::{Action, Standing, require},
    seal::Seal,
    store::{Store, Unit},
    table::{Visible, save},
    viewer::Viewer,
};

/// How many sheets are issued at once, at most.
pub const MOST: usize = 50;

/// A sheet that was issued. Its code is told here and never again.
#[derive(Clone, Debug)]
pub struct Issued {
    /// What is printed at its head and typed in to find it again.
    pub code: String,
    /// The form that is printed.
    pub form: form::Model,
    /// Its evaluation.
    pub evaluation: Model,
}

/// A sheet as whoever holds it in his hands finds it by its code.
#[derive(Clone, Debug)]
pub struct Found {
    /// The sheet.
    pub sheet: sheet::Model,
    /// The form that is printed on it.
    pub form: form::Model,
    /// The evaluation.
    pub evaluation: Model,
    /// What two people have read differently, in the order of the form.
    pub differences: Vec<Difference>,
}

/// What has become of a sheet: the answer it was to be, or what is kept of it until then.
#[derive(Clone, Debug)]
pub struct Entered {
    /// The evaluation.
    pub evaluation: Model,
    /// Nothing when it is an answer now.
    pub left: Option<Found>,
}

/// Issues sheets for enterprises. One that was issued before and is not typed in yet is void from now on.
pub async fn issue(
    store: &Store,
    viewer: &Viewer,
    evaluation_id: Uuid,
    enterprises: &[Uuid],
) -> Outcome<Vec<Issued>> {
    let unit = store.begin(viewer).await?;
    let evaluation = Entity::found(unit.db(), viewer, evaluation_id).await?;
    require(viewer, Action::HandleSheets, Standing::None)?;
    if !rules::takes_sheets(&evaluation, unit.now(), unit.zone()) {
        return Err(CommandError::refused(&[], AnswerError::NotOpen));
    }
    let wanted: BTreeSet<Uuid> = enterprises.iter().copied().collect();
    if wanted.is_empty() || wanted.len() > MOST {
        return Err(CommandError::refused(
            &["enterpriseIds"],
            AnswerError::SheetsUncounted,
        ));
    }
    let forms = repository::forms_of(unit.db(), evaluation.id, &wanted).await?;
    if forms.len() != wanted.len() {
        return Err(Fault::NotFound.into());
    }
    let mut issued = Vec::with_capacity(forms.len());
    for form in forms {
        if form.submitted {
            return Err(CommandError::refused(
                &["enterpriseIds"],
                AnswerError::Answered,
            ));
        }
        sheet::Entity::delete_many()
            .filter(sheet::Column::FormId.eq(form.id))
            .filter(sheet::Column::State.eq(State::Issued))
            .exec(unit.db())
            .await?;
        if repository::is_on_paper(unit.db(), form.id).await? {
            return Err(CommandError::refused(
                &["enterpriseIds"],
                AnswerError::OnPaper,
            ));
        }
        let code = rules::code(random_id().as_u128());
        let sheet = sheet::Model {
            id: random_id(),
            evaluation_id: evaluation.id,
            form_id: form.id,
            code_hash: secret_hash(&code),
            state: State::Issued,
            first: None,
            first_by: None,
            second: None,
            second_by: None,
            version: 1,
        };
        sheet::Entity::insert(sheet.into_active_model().reset_all())
            .exec_without_returning(unit.db())
            .await?;
        issued.push(Issued {
            code,
            form,
            evaluation: evaluation.clone(),
        });
    }
    record(
        &unit,
        Change {
            command: &ISSUE_SHEETS,
            subject_id: evaluation.id,
            before: None,
            after: Some(summary!({ "sheets": issued.len() })),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(issued)
}

/// The sheet with this code, for whoever types it in.
pub async fn open(store: &Store, viewer: &Viewer, code: &str) -> Result<Found, Fault> {
    require(viewer, Action::HandleSheets, Standing::None)?;
    let (sheet, form, evaluation) = found(store.db(), code).await?;
    // A sheet whose key is not here says so as soon as it is typed in.
    let differences = differences(store.seal(), &sheet).unwrap_or_default();
    Ok(Found {
        sheet,
        form,
        evaluation,
        differences,
    })
}

async fn found(
    db: &impl ConnectionTrait,
    code: &str,
) -> Result<(sheet::Model, form::Model, Model), Fault> {
    let code = rules::digits(code);
    repository::sheet_of(db, &secret_hash(&code))
        .await?
        .ok_or(Fault::NotFound)
}

fn differences(seal: &Seal, sheet: &sheet::Model) -> Outcome<Vec<Difference>> {
    let (Some(first), Some(second)) = (&sheet.first, &sheet.second) else {
        return Ok(Vec::new());
    };
    let first = first.open(seal, sheet.evaluation_id)?;
    let second = second.open(seal, sheet.evaluation_id)?;
    Ok(rules::differences(&first, &second))
}

/// Begins a change of a sheet, by somebody.
async fn begin(
    store: &Store,
    viewer: &Viewer,
    code: &str,
) -> Outcome<(Unit, (sheet::Model, form::Model, Model), Uuid)> {
    require(viewer, Action::HandleSheets, Standing::None)?;
    let person = viewer.account_id().ok_or(Fault::Unauthenticated)?;
    if !rules::is_code(&rules::digits(code)) {
        return Err(CommandError::refused(&["code"], AnswerError::CodeWrong));
    }
    let unit = store.begin(&Viewer::system("evaluation form")).await?;
    let (sheet, form, evaluation) = found(unit.db(), code).await?;
    if !rules::takes_answers(&evaluation, unit.now(), unit.zone()) {
        return Err(CommandError::refused(&[], AnswerError::NotOpen));
    }
    if form.submitted {
        return Err(CommandError::refused(&[], AnswerError::Answered));
    }
    Ok((unit, (sheet, form, evaluation), person))
}

/// What was read, as it is kept.
fn cleaned(entry: Entry, form: &form::Model, evaluation: &Model) -> Outcome<Entry> {
    let answers = rules::cleaned(entry.answers, form.contracted, &evaluation.departments)?;
    let call_back = optional_text(entry.call_back, rules::LONGEST_CONTACT)
        .map_err(|_| CommandError::refused(&["callBack"], AnswerError::ContactTooLong))?;
    if rules::is_empty(&answers) && call_back.is_none() {
        return Err(CommandError::refused(&["answers"], AnswerError::Empty));
    }
    Ok(Entry {
        answers,
        call_back,
        ..entry
    })
}

/// Types a sheet in: for the first time, or for the second by somebody else. Where both have read the same, it is the answer.
pub async fn enter(
    store: &Store,
    viewer: &Viewer,
    code: &str,
    expected_version: i32,
    entry: Entry,
) -> Outcome<Entered> {
    let (unit, (sheet, form, evaluation), person) = begin(store, viewer, code).await?;
    expect_version(sheet.id, sheet.version, expected_version)?;
    let entry = cleaned(entry, &form, &evaluation)?;
    let sealed = Sealed::of(unit.seal(), evaluation.id, &entry)?;
    let first = match &sheet.first {
        Some(first) => Some(first.open(unit.seal(), evaluation.id)?),
        None => None,
    };
    let changed = match (sheet.state, &first) {
        (State::Issued, _) => sheet::Model {
            state: State::Entered,
            first: Some(sealed),
            first_by: Some(person),
            ..sheet.clone()
        },
        (State::Entered, _) if by_another(viewer, &[sheet.first_by]).is_err() => {
            return Err(CommandError::refused(&[], AnswerError::SamePerson));
        }
        (State::Entered, Some(first)) if *first == entry => {
            return taken(unit, sheet, form, evaluation, entry).await;
        }
        (State::Entered, _) => sheet::Model {
            state: State::Different,
            second: Some(sealed),
            second_by: Some(person),
            ..sheet.clone()
        },
        (State::Different, _) => {
            return Err(CommandError::refused(&[], AnswerError::SheetDiffers));
        }
    };
    let after = save(&unit, &sheet, changed).await?;
    unit.commit().await?;
    let differences = differences(store.seal(), &after)?;
    Ok(Entered {
        evaluation: evaluation.clone(),
        left: Some(Found {
            sheet: after,
            form,
            evaluation,
            differences,
        }),
    })
}

/// The third look: what stands on a sheet that two people have read differently. Not by who has read it last.
pub async fn decide(
    store: &Store,
    viewer: &Viewer,
    code: &str,
    expected_version: i32,
    entry: Entry,
) -> Outcome<Entered> {
    let (unit, (sheet, form, evaluation), _) = begin(store, viewer, code).await?;
    expect_version(sheet.id, sheet.version, expected_version)?;
    if sheet.state != State::Different {
        return Err(CommandError::refused(&[], AnswerError::SheetAgrees));
    }
    if by_another(viewer, &[sheet.second_by]).is_err() {
        return Err(CommandError::refused(&[], AnswerError::SamePerson));
    }
    let entry = cleaned(entry, &form, &evaluation)?;
    taken(unit, sheet, form, evaluation, entry).await
}

/// Makes a sheet the answer: it is gone, and so is a draft that was begun by a link.
async fn taken(
    unit: Unit,
    sheet: sheet::Model,
    form: form::Model,
    evaluation: Model,
    entry: Entry,
) -> Outcome<Entered> {
    let gone = sheet::Entity::delete_many()
        .filter(sheet::Column::Id.eq(sheet.id))
        .filter(sheet::Column::Version.eq(sheet.version))
        .exec(unit.db())
        .await?;
    expect_saved(gone.rows_affected, sheet.id)?;
    response::Entity::delete_many()
        .filter(response::Column::FormId.eq(form.id))
        .filter(response::Column::Submitted.eq(false))
        .exec(unit.db())
        .await?;
    let input = Submit {
        answers: entry.answers,
        call_back: entry.call_back,
        expected_version: 0,
    };
    give(&unit, &form, &evaluation, entry.confidentiality, input).await?;
    unit.commit().await?;
    Ok(Entered {
        evaluation,
        left: None,
    })
}
