//! The steps that an evaluation takes by itself, each in one transaction and true once, however often it is tried.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{
    ActiveModelTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::super::{
    Column, Departments, Entity, Model, Rated, State, disclosure, figures, form, invitation,
    objection, part,
    performance::Counted,
    repository, response,
    rules::{self, Quarter, Step, Timeline},
    sealed, sheet,
};
use super::{CLOSE, COMPILE, OPEN, REMIND, SCORE, design_in_force, keys, told};
use crate::{
    account, calendar, contract, department, enterprise,
    error::Fault,
    id::{new_id, new_secret, random_id, secret_hash},
    language::Text,
    link,
    notice::commands::{NewNotice, tell, tell_all},
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue_all},
        facts::EvaluationInvitation,
    },
    page::KEYS_AT_ONCE,
    store::{Store, Unit},
    table::{Visible, save},
    viewer::{Role, Viewer},
};

/// Compiles the evaluation of a quarter, unless somebody has done so meanwhile.
pub async fn compile(store: &Store, viewer: &Viewer, quarter: Quarter) -> Result<(), Fault> {
    let unit = store.begin(viewer).await?;
    match compile_in(&unit, quarter).await? {
        Some(_) => unit.commit().await,
        None => unit.rollback().await,
    }
}

/// Freezes the design, the departments and the respondents, and fills in each form what happened. Nothing where the quarter has its
/// evaluation.
pub(crate) async fn compile_in(unit: &Unit, quarter: Quarter) -> Result<Option<Model>, Fault> {
    let db = unit.db();
    let design = design_in_force(unit).await?;
    let calendar = calendar::repository::in_force(unit).await?;
    let today = unit.today();
    let line = Timeline::compiled_on(today, &calendar);
    let departments = department::Entity::find()
        .filter(department::Column::EndedOn.is_null())
        .order_by_asc(department::Column::Number)
        .all(db)
        .await?;
    let rated: Vec<Rated> = departments
        .into_iter()
        .map(|row| Rated {
            id: row.id,
            number: row.number,
            name_zh: row.name_zh,
            name_en: row.name_en,
        })
        .collect();
    let respondents: Vec<Uuid> = enterprise::Entity::find()
        .select_only()
        .column(enterprise::Column::Id)
        .filter(enterprise::Column::EndedOn.is_null())
        .order_by_asc(enterprise::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let evaluation = Model {
        id: new_id(unit.now()),
        quarter: quarter.name(),
        from_on: quarter.from,
        to_on: quarter.to,
        state: State::Compiled,
        design_id: design.id,
        departments: Departments(rated),
        compiled_on: today,
        opens_on: line.opens_on,
        first_reminder_on: line.first_reminder_on,
        second_reminder_on: line.second_reminder_on,
        closes_on: line.closes_on,
        score_on: line.score_on,
        objections_until: line.objections_until,
        approve_by: line.approve_by,
        publish_by: None,
        reminders: 0,
        invited: i32::try_from(respondents.len()).unwrap_or(i32::MAX),
        answered: 0,
        unnamed: 0,
        uncounted: 0,
        approved_by: None,
        approved_at: None,
        published_by: None,
        published_at: None,
        version: 1,
    };
    let row = super::ActiveModel::from(evaluation.clone()).reset_all();
    let known = OnConflict::column(Column::Quarter).do_nothing().to_owned();
    if unit.insert_new(vec![row], known).await? == 0 {
        return Ok(None);
    }
    compile_forms(unit, &evaluation, &respondents).await?;
    told(unit, &COMPILE, None, &evaluation, None).await?;
    Ok(Some(evaluation))
}

/// Fills in the forms of these enterprises with what happened in the quarter as it stands today. Gives each form with its enterprise.
pub(super) async fn compile_forms(
    unit: &Unit,
    evaluation: &Model,
    respondents: &[Uuid],
) -> Result<Vec<(Uuid, Uuid)>, Fault> {
    let db = unit.db();
    let quarter = Quarter {
        from: evaluation.from_on,
        to: evaluation.to_on,
    };
    // Of one alone nothing of the others is read.
    let only = match respondents {
        [one] => Some(*one),
        _ => None,
    };
    let contracted: Vec<Uuid> = contract::Entity::find()
        .select_only()
        .column(contract::Column::EnterpriseId)
        .filter(contract::Column::State.is_in([
            contract::State::Active,
            contract::State::Amending,
            contract::State::Suspended,
        ]))
        .filter(Condition::all().add_option(only.map(|one| contract::Column::EnterpriseId.eq(one))))
        .into_tuple()
        .all(db)
        .await?;
    let contracted: BTreeSet<Uuid> = contracted.into_iter().collect();
    let mut facts = repository::facts(db, quarter, only, unit.today(), unit.zone()).await?;
    let known: BTreeSet<Uuid> = evaluation.departments.0.iter().map(|one| one.id).collect();
    let forms: Vec<form::Model> = respondents
        .iter()
        .map(|asked| {
            let (facts, departments) = facts.remove(asked).unwrap_or_default();
            form::Model {
                id: new_id(unit.now()),
                evaluation_id: evaluation.id,
                enterprise_id: *asked,
                contracted: contracted.contains(asked),
                departments: form::Keys(departments.intersection(&known).copied().collect()),
                facts,
                confidentiality: None,
                submitted: false,
            }
        })
        .collect();
    let keys = forms.iter().map(|form| (form.id, form.enterprise_id));
    let keys = keys.collect();
    let rows = forms.into_iter();
    let rows = rows.map(|form| form::ActiveModel::from(form).reset_all());
    unit.insert_all(rows.collect()).await?;
    Ok(keys)
}

/// Takes the next step, if it is still the one that is due.
pub async fn take(
    store: &Store,
    viewer: &Viewer,
    evaluation_id: Uuid,
    step: Step,
) -> Result<(), Fault> {
    let unit = store.begin(viewer).await?;
    let Some(evaluation) = Entity::find_by_id(evaluation_id).one(unit.db()).await? else {
        return Err(Fault::NotFound);
    };
    if rules::due(&evaluation, unit.now(), unit.zone()) != Some(step) {
        return unit.rollback().await;
    }
    match step {
        Step::Open => open(&unit, &evaluation).await?,
        Step::Remind(number) => remind(&unit, &evaluation, number).await?,
        Step::Close => close(&unit, &evaluation).await?,
        Step::Score => score(&unit, &evaluation).await?,
    }
    unit.commit().await?;
    // Once more with the scores: this process may have ended right after the close.
    if matches!(step, Step::Close | Step::Score) {
        keys::ended(store).await?;
    }
    Ok(())
}

/// Opens it: from now on the enterprises have their ten working days.
async fn open(unit: &Unit, evaluation: &Model) -> Result<(), Fault> {
    let calendar = calendar::repository::in_force(unit).await?;
    let line = Timeline::opened_on(unit.today(), &calendar);
    let opened = Model {
        state: State::Open,
        opens_on: line.opens_on,
        first_reminder_on: line.first_reminder_on,
        second_reminder_on: line.second_reminder_on,
        closes_on: line.closes_on,
        score_on: line.score_on,
        objections_until: line.objections_until,
        approve_by: line.approve_by,
        ..evaluation.clone()
    };
    let opened = save(unit, evaluation, opened).await?;
    told(unit, &OPEN, Some(evaluation), &opened, None).await?;
    let silent = invite(unit, &opened, 0).await?;
    if silent > 0 {
        for person in account::repository::enabled_in_role(unit.db(), Role::Centre).await? {
            let notice = NewNotice {
                key: format!("evaluation:{}:paper:{}", opened.quarter, person.id),
                recipient_id: person.id,
                kind: Kind::EvaluationInvitation.name(),
                title: Text::new(
                    format!(
                        "{} 评议：{silent} 家企业没有联系人账户，请送纸质评议表",
                        opened.quarter
                    ),
                    format!(
                        "{} evaluation: {silent} enterprises have no contact and need the form on paper",
                        opened.quarter
                    ),
                ),
                path: Some(link::evaluation(opened.id)),
                letter_id: None,
                waits_for_digest: true,
            };
            tell(unit, notice).await?;
        }
    }
    Ok(())
}

/// Reminds who has not answered: twice at most.
async fn remind(unit: &Unit, evaluation: &Model, number: i32) -> Result<(), Fault> {
    let reminded = Model {
        reminders: number,
        ..evaluation.clone()
    };
    let reminded = save(unit, evaluation, reminded).await?;
    told(unit, &REMIND, Some(evaluation), &reminded, None).await?;
    invite(unit, &reminded, number).await?;
    Ok(())
}

/// Writes to the contacts of each enterprise that has not answered, with a link of their own. Says how many enterprises have no contact.
async fn invite(unit: &Unit, evaluation: &Model, number: i32) -> Result<usize, Fault> {
    let forms: Vec<(Uuid, Uuid)> = form::Entity::find()
        .select_only()
        .columns([form::Column::Id, form::Column::EnterpriseId])
        .filter(form::Column::EvaluationId.eq(evaluation.id))
        .filter(form::Column::Submitted.eq(false))
        .order_by_asc(form::Column::Id)
        .into_tuple()
        .all(unit.db())
        .await?;
    let mut without = 0;
    for some in forms.chunks(KEYS_AT_ONCE) {
        without += invite_some(unit, evaluation, number, some).await?;
    }
    Ok(without)
}

/// As [`invite`], for some of the forms, each with its enterprise.
pub(super) async fn invite_some(
    unit: &Unit,
    evaluation: &Model,
    number: i32,
    forms: &[(Uuid, Uuid)],
) -> Result<usize, Fault> {
    let db = unit.db();
    let asked: Vec<Uuid> = forms.iter().map(|(_, enterprise)| *enterprise).collect();
    let names: HashMap<Uuid, String> = enterprise::Entity::of_ids(db, unit.viewer(), &asked)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name_zh))
        .collect();
    let contacts = account::repository::contacts_of_each(db, &asked).await?;
    let mut without = 0;
    let (mut letters, mut links, mut notices) = (Vec::new(), Vec::new(), Vec::new());
    for (form, enterprise) in forms {
        let people = contacts.get(enterprise).map_or(&[][..], Vec::as_slice);
        without += usize::from(people.is_empty());
        for person in people {
            let secret = new_secret();
            let facts = EvaluationInvitation {
                name: person.name.clone(),
                enterprise: names.get(enterprise).cloned().unwrap_or_default(),
                quarter: evaluation.quarter.clone(),
                closes_on: evaluation.closes_on,
                reminder: number,
                path: link::answer(&secret),
            };
            let key = format!("evaluation:{}:{number}:{}", evaluation.quarter, person.id);
            let mut letter = NewLetter::new(
                key.clone(),
                Kind::EvaluationInvitation,
                Class::MustNotDouble,
                person.id,
                &facts,
            )?;
            letter.not_after = Some(rules::closes_at(evaluation, unit.zone()));
            // The letter holds a secret; the app leads to the form without one.
            notices.push(NewNotice {
                key,
                recipient_id: person.id,
                kind: Kind::EvaluationInvitation.name(),
                title: letter.headline.clone(),
                path: Some(link::evaluation(evaluation.id)),
                letter_id: None,
                waits_for_digest: false,
            });
            letters.push(letter);
            let invitation = invitation::Model {
                secret_hash: secret_hash(&secret),
                form_id: *form,
            };
            links.push(invitation::ActiveModel::from(invitation).reset_all());
        }
    }
    // Who has had this letter already has its link.
    let is_new = enqueue_all(unit, letters).await?;
    let is_new: Vec<bool> = is_new.into_iter().map(|id| id.is_some()).collect();
    unit.insert_all(kept(links, &is_new)).await?;
    tell_all(unit, kept(notices, &is_new)).await?;
    Ok(without)
}

/// Those of `rows` of which it is said that they are kept.
fn kept<T>(rows: Vec<T>, are: &[bool]) -> Vec<T> {
    let rows = rows.into_iter().zip(are);
    rows.filter_map(|(row, is)| is.then_some(row)).collect()
}

/// Closes it. Drafts and sheets are dropped; links end; what was answered without a name is opened and mixed. Where too few answered so, their
/// ratings are not kept: to know whose they are would take no more than to leave out the others.
async fn close(unit: &Unit, evaluation: &Model) -> Result<(), Fault> {
    let db = unit.db();
    // An answer that is being given comes first, or comes too late.
    Entity::find_by_id(evaluation.id)
        .lock_exclusive()
        .one(db)
        .await?;
    let of_evaluation = || form::Column::EvaluationId.eq(evaluation.id);
    response::Entity::delete_many()
        .filter(response::Column::EvaluationId.eq(evaluation.id))
        .filter(response::Column::Submitted.eq(false))
        .exec(db)
        .await?;
    sheet::Entity::delete_many()
        .filter(sheet::Column::EvaluationId.eq(evaluation.id))
        .exec(db)
        .await?;
    let forms: Vec<Uuid> = form::Entity::find()
        .filter(of_evaluation())
        .all(db)
        .await?
        .into_iter()
        .map(|form| form.id)
        .collect();
    for some in forms.chunks(500) {
        invitation::Entity::delete_many()
            .filter(invitation::Column::FormId.is_in(some.iter().copied()))
            .exec(db)
            .await?;
    }
    form::Entity::update_many()
        .col_expr(form::Column::Submitted, Expr::value(false))
        .col_expr(
            form::Column::Confidentiality,
            Expr::value(Option::<String>::None),
        )
        .filter(of_evaluation())
        .exec(db)
        .await?;
    let uncounted = release(unit, evaluation).await?;
    let closed = Model {
        state: State::Closed,
        uncounted: i32::try_from(uncounted).unwrap_or(i32::MAX),
        ..evaluation.clone()
    };
    let closed = save(unit, evaluation, closed).await?;
    told(unit, &CLOSE, Some(evaluation), &closed, None).await
}

/// Opens all sealed answers together, and keeps their pieces in the order of their random keys: those of which there are enough, so that not
/// even for a moment fewer lie open. Says how many ratings were dropped.
async fn release(unit: &Unit, evaluation: &Model) -> Result<u64, Fault> {
    let db = unit.db();
    let threshold = {
        let design = repository::design_of(db, evaluation).await?;
        u64::from(design.parameters.publish_from)
    };
    // Those that came before answers were sealed.
    let mut parts = repository::parts_of(db, &[evaluation.id]).await?;
    let sealed = sealed::Entity::find()
        .filter(sealed::Column::EvaluationId.eq(evaluation.id))
        .all(db)
        .await?;
    for one in sealed {
        let Ok(pieces) = sealed::open::<Vec<part::Piece>>(unit.seal(), evaluation.id, &one.content)
        else {
            return Err(Fault::Internal(
                "the answers without a name are sealed by a key that is not in the seal file of this machine / \
                 不记名答卷由另一密钥封存，本机的密钥文件中没有该密钥"
                    .to_owned(),
            ));
        };
        parts.extend(
            pieces
                .into_iter()
                .map(|(kind, department_id, content)| part::Model {
                    id: random_id(),
                    evaluation_id: evaluation.id,
                    kind,
                    department_id,
                    content,
                }),
        );
    }
    let topic = |part: &part::Model| match part.kind {
        part::Kind::Department | part::Kind::Contract | part::Kind::Checks => {
            Some((part.kind, part.department_id))
        }
        _ => None,
    };
    let mut counts: HashMap<_, u64> = HashMap::new();
    for topic in parts.iter().filter_map(topic) {
        *counts.entry(topic).or_default() += 1;
    }
    let came = parts.len();
    parts.retain(|part| {
        topic(part).is_none_or(|topic| disclosure::is_counted(counts[&topic], threshold))
    });
    let dropped = came - parts.len();
    parts.sort_by_key(|part| part.id);
    part::Entity::delete_many()
        .filter(part::Column::EvaluationId.eq(evaluation.id))
        .exec(db)
        .await?;
    sealed::Entity::delete_many()
        .filter(sealed::Column::EvaluationId.eq(evaluation.id))
        .exec(db)
        .await?;
    let rows = parts.into_iter();
    unit.insert_all(
        rows.map(|part| part::ActiveModel::from(part).reset_all())
            .collect(),
    )
    .await?;
    Ok(dropped as u64)
}

/// Makes the scores; the departments may object from now on.
async fn score(unit: &Unit, evaluation: &Model) -> Result<(), Fault> {
    let calendar = calendar::repository::in_force(unit).await?;
    let (score_on, objections_until, approve_by) = Timeline::scored_on(unit.today(), &calendar);
    let scored = Model {
        state: State::Scored,
        score_on,
        objections_until,
        approve_by,
        ..evaluation.clone()
    };
    let scored = save(unit, evaluation, scored).await?;
    let quarter = Quarter {
        from: scored.from_on,
        to: scored.to_on,
    };
    let counted = repository::work(unit.db(), quarter, unit.zone()).await?;
    keep_figures(unit, &scored, 1, &counted).await?;
    told(unit, &SCORE, Some(evaluation), &scored, None).await
}

/// Makes the figures anew, without the answers that upheld objections leave out, and keeps them as this revision.
pub(crate) async fn keep_figures(
    unit: &Unit,
    evaluation: &Model,
    revision: i32,
    counted: &BTreeMap<Uuid, Counted>,
) -> Result<(), Fault> {
    let db = unit.db();
    let design = repository::design_of(db, evaluation).await?;
    let upheld = objection::Entity::find()
        .filter(objection::Column::EvaluationId.eq(evaluation.id))
        .filter(objection::Column::State.eq(objection::State::Upheld))
        .all(db)
        .await?;
    let responses = repository::submitted(db, &[evaluation.id]).await?;
    let parts = repository::parts_of(db, &[evaluation.id]).await?;
    let figures = figures::compute(
        evaluation,
        &design.parameters,
        revision,
        &responses,
        &parts,
        &upheld,
        counted,
    )?;
    let row = figures::Model::keep(evaluation.id, &figures, unit.now())?;
    figures::Entity::insert(figures::ActiveModel::from(row).reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}
