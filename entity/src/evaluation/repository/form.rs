//! The forms of an evaluation, who opens them, the sheets on paper, and the answer with a name that belongs to a form.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select, entity::prelude::*,
};

use super::super::{Entity, Model, State, form, invitation, reading, response, sheet};
use crate::{
    enterprise,
    error::Fault,
    id::secret_hash,
    page::of_keys,
    permission::{Action, Standing, require},
    table::Visible,
    text::Search,
    viewer::Viewer,
};

/// The name of an enterprise that is asked; for whoever has its form.
pub async fn name_of(db: &impl ConnectionTrait, enterprise_id: Uuid) -> Result<String, Fault> {
    let found = enterprise::Entity::find_by_id(enterprise_id)
        .one(db)
        .await?;
    Ok(found.ok_or(Fault::NotFound)?.name_zh)
}

/// The form that a link opens, with its evaluation; nothing when the link is unknown, used or over.
pub async fn by_secret(
    db: &impl ConnectionTrait,
    secret: &str,
) -> Result<Option<(form::Model, Model)>, Fault> {
    let Some(link) = invitation::Entity::find_by_id(secret_hash(secret))
        .one(db)
        .await?
    else {
        return Ok(None);
    };
    with_evaluation(db, form::Entity::find_by_id(link.form_id)).await
}

/// The form of an enterprise in an evaluation, for its own contacts.
pub async fn own_form(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    evaluation_id: Uuid,
) -> Result<Option<(form::Model, Model)>, Fault> {
    let Some(own) = viewer.person().and_then(|person| person.enterprise_id) else {
        return Ok(None);
    };
    let form = form::Entity::find()
        .filter(form::Column::EvaluationId.eq(evaluation_id))
        .filter(form::Column::EnterpriseId.eq(own));
    with_evaluation(db, form).await
}

/// Whether the enterprise of the viewer is asked in each of these evaluations, if it is open, and has not answered: its form is neither
/// given nor being typed in from paper.
pub async fn awaited(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    evaluations: &[Model],
) -> Result<HashMap<Uuid, bool>, Fault> {
    let mut found = HashMap::new();
    // At most one is open at a time.
    for evaluation in evaluations.iter().filter(|one| one.state == State::Open) {
        if let Some((form, _)) = own_form(db, viewer, evaluation.id).await? {
            let answered = form.submitted || is_on_paper(db, form.id).await?;
            found.insert(evaluation.id, !answered);
        }
    }
    Ok(found)
}

/// The forms of these enterprises in an evaluation. Not scoped.
pub(crate) async fn forms_of(
    db: &impl ConnectionTrait,
    evaluation_id: Uuid,
    enterprises: &BTreeSet<Uuid>,
) -> Result<Vec<form::Model>, Fault> {
    Ok(form::Entity::find()
        .filter(form::Column::EvaluationId.eq(evaluation_id))
        .filter(form::Column::EnterpriseId.is_in(enterprises.iter().copied()))
        .order_by_asc(form::Column::Id)
        .all(db)
        .await?)
}

/// How many enterprises without a form are listed.
const MOST_UNASKED: u64 = 100;

/// The enterprises in the park that have no form in an evaluation, by name, as long as they may get one, and whose names or credit code have
/// the text, if there is one: for who may give it to them.
pub async fn unasked(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    evaluation: &Model,
    text: Option<&Search>,
) -> Result<Vec<enterprise::Model>, Fault> {
    // One is under way at a time, at most two: of all others there is nothing to read.
    if !matches!(evaluation.state, State::Compiled | State::Open)
        || require(viewer, Action::CompileEvaluation, Standing::None).is_err()
    {
        return Ok(Vec::new());
    }
    let asked = form::Entity::find()
        .select_only()
        .column(form::Column::EnterpriseId)
        .filter(form::Column::EvaluationId.eq(evaluation.id))
        .into_query();
    let called = text.map(|text| enterprise::repository::called(db.get_database_backend(), text));
    Ok(enterprise::Entity::visible(viewer)
        .filter(enterprise::Column::EndedOn.is_null())
        .filter(enterprise::Column::Id.not_in_subquery(asked))
        .filter(Condition::all().add_option(called))
        .order_by_asc(enterprise::Column::NameZh)
        .order_by_asc(enterprise::Column::Id)
        .limit(MOST_UNASKED)
        .all(db)
        .await?)
}

/// The sheet with a code of this hash, its form and its evaluation. Not scoped.
pub(crate) async fn sheet_of(
    db: &impl ConnectionTrait,
    code_hash: &str,
) -> Result<Option<(sheet::Model, form::Model, Model)>, Fault> {
    let found = sheet::Entity::find().filter(sheet::Column::CodeHash.eq(code_hash));
    let Some(sheet) = found.one(db).await? else {
        return Ok(None);
    };
    let printed = with_evaluation(db, form::Entity::find_by_id(sheet.form_id)).await?;
    Ok(printed.map(|(form, evaluation)| (sheet, form, evaluation)))
}

/// Whether a sheet of this form is being typed in. Not scoped.
pub(crate) async fn is_on_paper(db: &impl ConnectionTrait, form_id: Uuid) -> Result<bool, Fault> {
    let entered = sheet::Entity::find()
        .filter(sheet::Column::FormId.eq(form_id))
        .filter(sheet::Column::State.ne(sheet::State::Issued))
        .one(db)
        .await?;
    Ok(entered.is_some())
}

/// How many sheets of an evaluation are in which state, for who handles them; nothing is told of whose they are.
pub async fn sheets(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    evaluations: &[Model],
) -> Result<HashMap<Uuid, Vec<sheet::State>>, Fault> {
    let mut found: HashMap<Uuid, Vec<sheet::State>> = HashMap::new();
    if require(viewer, Action::HandleSheets, Standing::None).is_err() {
        return Ok(found);
    }
    let keys: Vec<Uuid> = evaluations.iter().map(|one| one.id).collect();
    found.extend(keys.iter().map(|key| (*key, Vec::new())));
    for sheet in of_keys(
        db,
        sheet::Entity::find(),
        sheet::Column::EvaluationId,
        &keys,
    )
    .await?
    {
        found
            .entry(sheet.evaluation_id)
            .or_default()
            .push(sheet.state);
    }
    Ok(found)
}

async fn with_evaluation(
    db: &impl ConnectionTrait,
    form: Select<form::Entity>,
) -> Result<Option<(form::Model, Model)>, Fault> {
    let Some(form) = form.one(db).await? else {
        return Ok(None);
    };
    let evaluation = Entity::find_by_id(form.evaluation_id).one(db).await?;
    Ok(evaluation.map(|evaluation| (form, evaluation)))
}

/// The answer with a name that belongs to a form, draft or not. For its own enterprise.
pub async fn response_of(
    db: &impl ConnectionTrait,
    form_id: Uuid,
) -> Result<Option<response::Model>, Fault> {
    Ok(response::Entity::find()
        .filter(response::Column::FormId.eq(form_id))
        .one(db)
        .await?)
}

/// Who has read an answer, the last one first: for the enterprise that gave it.
pub async fn readings_of(
    db: &impl ConnectionTrait,
    response_id: Uuid,
) -> Result<Vec<reading::Model>, Fault> {
    Ok(reading::Entity::find()
        .filter(reading::Column::ResponseId.eq(response_id))
        .order_by_desc(reading::Column::At)
        .order_by_desc(reading::Column::Id)
        .limit(200)
        .all(db)
        .await?)
}
