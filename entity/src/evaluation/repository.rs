//! Every query on evaluations, their forms and their answers. No figure and no count of answers leaves here before its time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    Select, entity::prelude::*, sea_query::Expr,
};

use serde::Deserialize;

use super::{
    Column, Entity, Model, State,
    answers::{Answers, Aspect, Check, CheckAnswer, ContractRating, Rating, Service},
    design, disclosure,
    figures::{self, Figures},
    form, invitation, objection, part,
    performance::Counted,
    reading, response,
    rules::{self, Quarter, Reader},
    scoring::{self, Band},
    sheet,
};
use crate::{
    account, commitment, contract, deadline,
    deadline::pause,
    enterprise,
    error::Fault,
    id::secret_hash,
    liaison, milestone, obligation,
    page::{Page, PageRequest, keyset, of_keys},
    permission::{Action, Standing, require},
    project,
    store::Store,
    viewer::{Role, Viewer},
};

/// The evaluations this viewer may know of: whoever works for the park or is asked knows that there is one, everybody else the published ones.
pub fn visible_to(viewer: &Viewer) -> Condition {
    let published = Condition::all().add(Column::State.eq(State::Published));
    match viewer {
        Viewer::System { .. } => Condition::all(),
        Viewer::Anonymous { .. } => published,
        Viewer::Person(person) => match person.role {
            Role::Inspector | Role::Admin | Role::WindowOfficer => published,
            _ => Condition::all(),
        },
    }
}

fn visible(viewer: &Viewer) -> Select<Entity> {
    Entity::find().filter(visible_to(viewer))
}

/// What a list of evaluations is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of this quarter ("2026-Q3").
    pub quarter: Option<String>,
}

/// One page of evaluations, by their quarter.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = Condition::all()
        .add_option(
            filter
                .states
                .clone()
                .map(|states| Column::State.is_in(states)),
        )
        .add_option(
            filter
                .quarter
                .as_ref()
                .map(|quarter| Column::Quarter.eq(quarter)),
        );
    keyset(
        db,
        visible(viewer),
        condition,
        Column::Quarter,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// One evaluation, if the viewer may know of it.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<Model>, Fault> {
    Ok(visible(viewer).filter(Column::Id.eq(id)).one(db).await?)
}

/// Those of `ids` that the viewer may know of.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    of_keys(db, visible(viewer), Column::Id, ids).await
}

/// The names of the quarters that have an evaluation. Not scoped.
pub async fn quarters(db: &impl ConnectionTrait) -> Result<Vec<String>, Fault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Quarter)
        .into_tuple()
        .all(db)
        .await?)
}

/// What takes its next steps by itself. For the job; not scoped.
pub async fn under_way(db: &impl ConnectionTrait) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::State.is_in([State::Compiled, State::Open, State::Closed]))
        .order_by_asc(Column::Quarter)
        .all(db)
        .await?)
}

/// The day on which the first enterprise came to be known here. Not scoped.
pub async fn known_since(
    db: &impl ConnectionTrait,
    zone: chrono_tz::Tz,
) -> Result<Option<NaiveDate>, Fault> {
    let first = enterprise::Entity::find()
        .order_by_asc(enterprise::Column::CreatedAt)
        .one(db)
        .await?;
    Ok(first.map(|first| crate::clock::civil_date(first.created_at, zone)))
}

/// The designs with these keys. How the park is evaluated is no secret.
pub async fn designs(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<design::Model>, Fault> {
    of_keys(db, design::Entity::find(), design::Column::Id, ids).await
}

/// The design of an evaluation.
pub async fn design_of(
    db: &impl ConnectionTrait,
    evaluation: &Model,
) -> Result<design::Model, Fault> {
    let found = design::Entity::find_by_id(evaluation.design_id);
    found.one(db).await?.ok_or(Fault::NotFound)
}

/// The design that the next evaluation will have.
pub async fn newest_design(db: &impl ConnectionTrait) -> Result<Option<design::Model>, Fault> {
    Ok(design::Entity::find()
        .order_by_desc(design::Column::Version)
        .one(db)
        .await?)
}

/// The design that the next evaluation will have, whether or not somebody has ever changed the one that the product ships.
pub async fn next_design(store: &Store) -> Result<design::Model, Fault> {
    let newest = newest_design(store.db()).await?;
    Ok(newest.unwrap_or_else(|| design::Model::shipped(store.now())))
}

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

/// As what a viewer reads answers with a name; nothing when he reads none.
pub fn reader(viewer: &Viewer) -> Option<Reader> {
    let person = viewer.person()?;
    match person.role {
        Role::Supervisor => Some(Reader::Supervisor),
        Role::Centre | Role::Leader => Some(Reader::Park),
        Role::DepartmentHead => person.department_id.map(Reader::Department),
        _ => None,
    }
}

/// The answers with a name that a reader may read one by one, by evaluation, from the scores on. What is said to a question is shown
/// only while what stays hidden from this reader is nothing or comes from many enough: otherwise the figure less what is shown would
/// tell the rest. Of what is told as counts (B8, C5, part D) it would tell it of any number: there nothing may stay hidden.
pub async fn readable(
    db: &impl ConnectionTrait,
    reader: Reader,
    evaluations: &[Model],
) -> Result<HashMap<Uuid, Vec<response::Model>>, Fault> {
    let scored = scored(evaluations);
    let thresholds = thresholds(db, evaluations).await?;
    let mut hidden: HashMap<(Uuid, Topic), u64> = HashMap::new();
    for part in parts_of(db, &scored).await? {
        for topic in topics_of(&part)? {
            *hidden.entry((part.evaluation_id, topic)).or_default() += 1;
        }
    }
    let (readable, others): (Vec<response::Model>, Vec<response::Model>) = submitted(db, &scored)
        .await?
        .into_iter()
        .partition(|response| rules::may_read(reader, response.confidentiality));
    for other in &others {
        for topic in topics(&other.answers) {
            *hidden.entry((other.evaluation_id, topic)).or_default() += 1;
        }
    }
    let mut found: HashMap<Uuid, Vec<response::Model>> = HashMap::new();
    for mut response in readable {
        let evaluation = response.evaluation_id;
        let threshold = thresholds.get(&evaluation).copied().unwrap_or(u64::MAX);
        let is_safe = |topic: Topic| {
            let hidden = hidden.get(&(evaluation, topic)).copied();
            let hidden = hidden.unwrap_or_default();
            if topic.is_counted() {
                disclosure::may_read_counted(hidden)
            } else {
                disclosure::may_read_named(hidden, threshold)
            }
        };
        let mut shown = rules::shown(&response.answers, reader);
        for (department, rating) in &mut shown.departments {
            let aspects = &mut rating.levels;
            aspects.retain(|aspect, _| is_safe(Topic::Department(*department, *aspect)));
            if !is_safe(Topic::Causes(*department)) {
                rating.causes.clear();
            }
        }
        shown
            .departments
            .retain(|_, rating| !rating.levels.is_empty());
        let services = &mut shown.contract.levels;
        services.retain(|service, _| is_safe(Topic::Contract(*service)));
        if !is_safe(Topic::Visits) {
            shown.contract.visits = None;
        }
        shown
            .checks
            .retain(|check, _| check.is_lead() || is_safe(Topic::Check(*check)));
        response.answers = shown;
        if response.answers != Answers::default() {
            found.entry(evaluation).or_default().push(response);
        }
    }
    Ok(found)
}

/// The keys of those whose scores are made.
fn scored(evaluations: &[Model]) -> Vec<Uuid> {
    let scored = evaluations.iter().filter(|one| one.state >= State::Scored);
    scored.map(|one| one.id).collect()
}

/// From how many answers on a figure is told, by evaluation.
async fn thresholds(
    db: &impl ConnectionTrait,
    evaluations: &[Model],
) -> Result<HashMap<Uuid, u64>, Fault> {
    let keys: BTreeSet<Uuid> = evaluations.iter().map(|one| one.design_id).collect();
    let keys: Vec<Uuid> = keys.into_iter().collect();
    let designs: HashMap<Uuid, u64> = designs(db, &keys)
        .await?
        .into_iter()
        .map(|design| (design.id, u64::from(design.parameters.publish_from)))
        .collect();
    let of = |one: &Model| Some((one.id, *designs.get(&one.design_id)?));
    Ok(evaluations.iter().filter_map(of).collect())
}

/// A question that is a figure of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Topic {
    Department(Uuid, Aspect),
    /// Why a department dissatisfied (B8). Who names no cause says something, too.
    Causes(Uuid),
    Contract(Service),
    Visits,
    Check(Check),
}

impl Topic {
    /// Whether it is told as counts of its answers, from which those of the named ones can be taken away.
    fn is_counted(self) -> bool {
        match self {
            Self::Causes(_) | Self::Visits | Self::Check(_) => true,
            Self::Department(..) | Self::Contract(_) => false,
        }
    }
}

/// The questions to which an answer says something.
fn topics(answers: &Answers) -> Vec<Topic> {
    let mut topics = Vec::new();
    for (department, rating) in &answers.departments {
        topics.extend(rated(*department, rating));
    }
    topics.extend(served(&answers.contract));
    topics.extend(answers.checks.keys().map(|check| Topic::Check(*check)));
    topics
}

fn rated(department: Uuid, rating: &Rating) -> impl Iterator<Item = Topic> + '_ {
    let told = rating
        .levels
        .iter()
        .filter(|(_, level)| level.is_effective());
    told.map(move |(aspect, _)| Topic::Department(department, *aspect))
        .chain([Topic::Causes(department)])
}

fn served(contract: &ContractRating) -> impl Iterator<Item = Topic> + '_ {
    let told = contract
        .levels
        .iter()
        .filter(|(_, level)| level.is_effective());
    told.map(|(service, _)| Topic::Contract(*service))
        .chain(contract.visits.map(|_| Topic::Visits))
}

/// The questions to which a piece of an answer without a name says something.
fn topics_of(part: &part::Model) -> Result<Vec<Topic>, Fault> {
    let broken = |error: serde_json::Error| Fault::Internal(format!("a part: {error}"));
    Ok(match (part.kind, part.department_id) {
        (part::Kind::Department, Some(department)) => {
            let rating = Rating::deserialize(&part.content).map_err(broken)?;
            rated(department, &rating).collect()
        }
        (part::Kind::Contract, _) => {
            let contract = ContractRating::deserialize(&part.content).map_err(broken)?;
            served(&contract).collect()
        }
        (part::Kind::Checks, _) => {
            let checks =
                BTreeMap::<Check, CheckAnswer>::deserialize(&part.content).map_err(broken)?;
            checks.into_keys().map(Topic::Check).collect()
        }
        _ => Vec::new(),
    })
}

/// The submitted answers with a name, in the order of their enterprises. Not scoped.
pub(crate) async fn submitted(
    db: &impl ConnectionTrait,
    evaluations: &[Uuid],
) -> Result<Vec<response::Model>, Fault> {
    let given = response::Entity::find()
        .filter(response::Column::Submitted.eq(true))
        .order_by_asc(response::Column::EnterpriseId);
    of_keys(db, given, response::Column::EvaluationId, evaluations).await
}

/// The pieces of answers without a name, in the order of their random keys. Not scoped.
pub(crate) async fn parts_of(
    db: &impl ConnectionTrait,
    evaluations: &[Uuid],
) -> Result<Vec<part::Model>, Fault> {
    let parts = part::Entity::find().order_by_asc(part::Column::Id);
    of_keys(db, parts, part::Column::EvaluationId, evaluations).await
}

/// What the enterprises wrote in words and asked for, and the leads: after the close, for who may read them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// E1.
    pub wishes: Vec<String>,
    /// E2.
    pub comments: Vec<String>,
    /// F1: how to call back.
    pub call_backs: Vec<String>,
    /// D4 and D5: the check, and the enterprise where it gave its name.
    pub leads: Vec<(Check, Option<Uuid>)>,
}

/// The words of evaluations, each kind in an order that tells nothing. Wishes, comments and call-backs go to the service centre, the leaders
/// and the supervisor; leads to the supervisor alone.
pub async fn words(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    evaluations: &[Model],
) -> Result<HashMap<Uuid, Words>, Fault> {
    let mut found: HashMap<Uuid, Words> = HashMap::new();
    let reader = match reader(viewer) {
        Some(reader @ (Reader::Park | Reader::Supervisor)) => reader,
        _ => return Ok(found),
    };
    let scored = scored(evaluations);
    for part in parts_of(db, &scored).await? {
        let words = found.entry(part.evaluation_id).or_default();
        let text = || part.content.as_str().unwrap_or_default().to_owned();
        match part.kind {
            part::Kind::Wish => words.wishes.push(text()),
            part::Kind::Comment => words.comments.push(text()),
            part::Kind::CallBack => words.call_backs.push(text()),
            part::Kind::Lead => {
                if let Ok(check) = serde_json::from_value(part.content) {
                    words.leads.push((check, None));
                }
            }
            part::Kind::Department | part::Kind::Contract | part::Kind::Checks => {}
        }
    }
    for response in submitted(db, &scored).await? {
        let words = found.entry(response.evaluation_id).or_default();
        // Words of who gave the name to the supervisor alone are the supervisor's.
        if rules::may_read(reader, response.confidentiality) {
            words.wishes.extend(response.answers.wish);
            words.comments.extend(response.answers.comment);
        }
        for (check, answer) in response.answers.checks {
            if check.is_lead() && answer == CheckAnswer::Yes {
                words.leads.push((check, Some(response.enterprise_id)));
            }
        }
    }
    for words in found.values_mut() {
        words.wishes.sort();
        words.comments.sort();
        words.call_backs.sort();
        words.leads.sort();
        if reader != Reader::Supervisor {
            words.leads.clear();
        }
    }
    Ok(found)
}

/// The newest evaluation that is published. For those who are told of it.
pub async fn newest_published(db: &impl ConnectionTrait) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::State.eq(State::Published))
        .order_by_desc(Column::Quarter)
        .one(db)
        .await?)
}

/// The figures of evaluations, the newest revision last, as far as this viewer may see them: those who work with all departments see
/// all once they are made, a head his department's, everybody the ones in force once they are published.
pub async fn figures(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    evaluations: &[Model],
) -> Result<HashMap<Uuid, Vec<Figures>>, Fault> {
    let reader = reader(viewer);
    let sees_all = matches!(viewer, Viewer::System { .. })
        || matches!(reader, Some(Reader::Park | Reader::Supervisor));
    let is_published = |one: &&Model| one.state == State::Published;
    let seen: Vec<Model> = if sees_all || reader.is_some() {
        evaluations.to_vec()
    } else {
        evaluations.iter().filter(is_published).cloned().collect()
    };
    let kept = figures::Entity::find().order_by_asc(figures::Column::Revision);
    let rows = of_keys(db, kept, figures::Column::EvaluationId, &scored(&seen)).await?;
    let mut found: HashMap<Uuid, Vec<Figures>> = HashMap::new();
    for row in rows {
        let figures = row.figures()?;
        found.entry(row.evaluation_id).or_default().push(figures);
    }
    if sees_all {
        return Ok(found);
    }
    for (id, revisions) in &mut found {
        // What was corrected and what was left out stand side by side only for those who decide: the difference tells the rest.
        let last = revisions.len().saturating_sub(1);
        revisions.drain(..last);
        let public = seen.iter().filter(is_published).any(|one| one.id == *id);
        if let (Some(Reader::Department(own)), false) = (reader, public) {
            for figures in revisions {
                figures.keep_only(own);
            }
        }
    }
    Ok(found)
}

/// Over how many quarters a liaison has a band.
const QUARTERS: u64 = 4;

/// The band of each liaison from the answers with a name of the last four approved evaluations, in the order of their keys; none where too few
/// have said something. For the supervisor alone, and nothing before there have been four: with one liaison to an enterprise, a figure of one
/// quarter would be the opinion of one.
pub async fn liaison_bands(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
) -> Result<BTreeMap<Uuid, Option<Band>>, Fault> {
    if reader(viewer) != Some(Reader::Supervisor) {
        return Ok(BTreeMap::new());
    }
    let newest = Entity::find()
        .filter(Column::ApprovedAt.is_not_null())
        .order_by_desc(Column::Quarter)
        .limit(QUARTERS)
        .all(db)
        .await?;
    let Some(last) = newest.first().filter(|_| newest.len() as u64 == QUARTERS) else {
        return Ok(BTreeMap::new());
    };
    let design = design_of(db, last).await?;
    let assignments = liaison::Entity::find()
        .filter(liaison::Column::StartedOn.is_not_null())
        .all(db)
        .await?;
    let ids: Vec<Uuid> = newest.iter().map(|one| one.id).collect();
    let responses = submitted(db, &ids).await?;
    let mut said: BTreeMap<Uuid, Vec<(Uuid, &ContractRating)>> = BTreeMap::new();
    for response in &responses {
        let of = newest.iter().find(|one| one.id == response.evaluation_id);
        let in_charge = |row: &&liaison::Model| {
            row.enterprise_id == response.enterprise_id
                && of.is_some_and(|of| {
                    row.started_on <= Some(of.to_on)
                        && row.ended_on.is_none_or(|ended| ended > of.to_on)
                })
        };
        if let Some(row) = assignments.iter().find(in_charge) {
            let rating = (response.enterprise_id, &response.answers.contract);
            said.entry(row.account_id).or_default().push(rating);
        }
    }
    let band =
        |ratings: Vec<(Uuid, &ContractRating)>| scoring::liaison_band(&design.parameters, &ratings);
    Ok(said
        .into_iter()
        .map(|(liaison, ratings)| (liaison, band(ratings)))
        .collect())
}

/// What the newest evaluation came to that a leader had approved at `moment`. Not scoped: for the reports to those who see them.
pub async fn approved(
    db: &impl ConnectionTrait,
    moment: DateTimeUtc,
) -> Result<Option<Figures>, Fault> {
    let newest = Entity::find()
        .filter(Column::ApprovedAt.lte(moment))
        .order_by_desc(Column::Quarter)
        .one(db)
        .await?;
    let Some(newest) = newest else {
        return Ok(None);
    };
    let mut figures = figures(db, &Viewer::system("report"), std::slice::from_ref(&newest)).await?;
    let revisions = figures.remove(&newest.id);
    Ok(revisions.and_then(|mut revisions| revisions.pop()))
}

/// The answers with a name that this viewer may read one by one.
pub async fn answers(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    evaluations: &[Model],
) -> Result<HashMap<Uuid, Vec<response::Model>>, Fault> {
    match reader(viewer) {
        Some(reader) => readable(db, reader, evaluations).await,
        None => Ok(HashMap::new()),
    }
}

/// The objections this viewer may see: a head those of his department.
fn visible_objections(viewer: &Viewer) -> Select<objection::Entity> {
    let mine = match (viewer, reader(viewer)) {
        (Viewer::System { .. }, _) | (_, Some(Reader::Park | Reader::Supervisor)) => {
            Condition::all()
        }
        (_, Some(Reader::Department(own))) => {
            Condition::all().add(objection::Column::DepartmentId.eq(own))
        }
        _ => Condition::all().add(Expr::value(false)),
    };
    objection::Entity::find()
        .filter(mine)
        .order_by_asc(objection::Column::RaisedAt)
        .order_by_asc(objection::Column::Id)
}

/// The objections of evaluations that this viewer may see, in the order in which they were raised.
pub async fn objections(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    evaluations: &[Model],
) -> Result<HashMap<Uuid, Vec<objection::Model>>, Fault> {
    let keys: Vec<Uuid> = evaluations.iter().map(|one| one.id).collect();
    let rows = of_keys(
        db,
        visible_objections(viewer),
        objection::Column::EvaluationId,
        &keys,
    )
    .await?;
    let mut found: HashMap<Uuid, Vec<objection::Model>> = HashMap::new();
    for row in rows {
        found.entry(row.evaluation_id).or_default().push(row);
    }
    Ok(found)
}

/// Those objections of `ids` that the viewer may see.
pub async fn objections_by_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<objection::Model>, Fault> {
    of_keys(db, visible_objections(viewer), objection::Column::Id, ids).await
}

/// What fell due in a quarter, each with its limit and the promise; what was before the system, due before its contract was recorded here,
/// is left out.
async fn fell_due(
    db: &impl ConnectionTrait,
    quarter: Quarter,
    zone: chrono_tz::Tz,
) -> Result<Vec<(obligation::Model, deadline::Model, commitment::Model)>, Fault> {
    let contracts: HashMap<Uuid, NaiveDate> = contract::Entity::find()
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, crate::clock::civil_date(row.created_at, zone)))
        .collect();
    let due = obligation::Entity::find()
        .join(JoinType::InnerJoin, obligation::repository::its_deadline())
        .select_also(deadline::Entity)
        .filter(deadline::Column::DueOn.between(quarter.from, quarter.to))
        .filter(obligation::Column::State.ne(obligation::State::Cancelled))
        .all(db)
        .await?;
    let commitments: BTreeSet<Uuid> = due.iter().map(|(owed, _)| owed.commitment_id).collect();
    let commitments: Vec<Uuid> = commitments.into_iter().collect();
    let promises: HashMap<Uuid, commitment::Model> = of_keys(
        db,
        commitment::Entity::find(),
        commitment::Column::Id,
        &commitments,
    )
    .await?
    .into_iter()
    .map(|row| (row.id, row))
    .collect();
    let counts = |(owed, limit): (obligation::Model, Option<deadline::Model>)| {
        let (limit, promise) = (limit?, promises.get(&owed.commitment_id)?);
        let recorded = contracts.get(&owed.contract_id)?;
        (limit.due_on >= *recorded).then(|| (owed, limit, promise.clone()))
    };
    Ok(due.into_iter().filter_map(counts).collect())
}

/// What was counted of the work of each department in a quarter: of its own promises, and of those that its liaisons keep, each by who looked
/// after the enterprise on the day it fell due. What rests is not counted. Not scoped.
pub(crate) async fn work(
    db: &impl ConnectionTrait,
    quarter: Quarter,
    zone: chrono_tz::Tz,
) -> Result<BTreeMap<Uuid, Counted>, Fault> {
    let assignments = liaison::Entity::find()
        .filter(liaison::Column::StartedOn.is_not_null())
        .all(db)
        .await?;
    let people: Vec<Uuid> = assignments.iter().map(|row| row.account_id).collect();
    let departments: HashMap<Uuid, Option<Uuid>> = account::repository::named(db, &people)
        .await?
        .into_iter()
        .map(|person| (person.id, person.department_id))
        .collect();
    let of_liaison = |enterprise: Uuid, day: NaiveDate| {
        let own = assignments
            .iter()
            .filter(|row| row.enterprise_id == enterprise);
        let in_charge = liaison::rules::on_day(own, day)?;
        departments.get(&in_charge.account_id).copied().flatten()
    };
    let mut work: BTreeMap<Uuid, Counted> = BTreeMap::new();
    for (owed, limit, promise) in fell_due(db, quarter, zone).await? {
        let department = match promise.owner {
            commitment::Owner::Department => promise.department_id,
            commitment::Owner::Liaison => of_liaison(owed.enterprise_id, limit.due_on),
            commitment::Owner::Centre => None,
        };
        let Some(department) = department else {
            continue;
        };
        if limit.state == deadline::State::Paused {
            continue;
        }
        let in_time = owed.state == obligation::State::Fulfilled && owed.days_late <= Some(0);
        let statutory = limit.legal_effect == deadline::LegalEffect::Statutory;
        let counted = work.entry(department).or_default();
        counted.due += 1;
        counted.on_time += u32::from(in_time);
        counted.statutory_overdue += u32::from(statutory && !in_time);
    }
    Ok(work)
}

/// The facts of a quarter for every enterprise as they stand `today`, and the departments each had to do with. Not scoped.
pub(crate) async fn facts(
    db: &impl ConnectionTrait,
    quarter: Quarter,
    today: NaiveDate,
    zone: chrono_tz::Tz,
) -> Result<HashMap<Uuid, (form::Facts, BTreeSet<Uuid>)>, Fault> {
    let mut found: HashMap<Uuid, (form::Facts, BTreeSet<Uuid>)> = HashMap::new();
    let due = fell_due(db, quarter, zone).await?;
    let limits: Vec<Uuid> = due.iter().map(|(owed, ..)| owed.deadline_id).collect();
    let mut pauses: HashMap<Uuid, u32> = HashMap::new();
    for pause in of_keys(
        db,
        pause::Entity::find(),
        pause::Column::DeadlineId,
        &limits,
    )
    .await?
    {
        *pauses.entry(pause.deadline_id).or_default() += 1;
    }
    for (owed, limit, promise) in due {
        let (facts, departments) = found.entry(owed.enterprise_id).or_default();
        departments.extend(promise.department_id);
        let days_late = owed.days_late.unwrap_or_default();
        let kept = owed.state == obligation::State::Fulfilled;
        let paused = limit.state == deadline::State::Paused;
        let running = limit.state == deadline::State::Running && limit.due_on >= today;
        let due = !paused && !running;
        facts.promises.push(form::PromiseFact {
            commitment_id: Some(promise.id),
            item: crate::language::Text::new(promise.text_zh, promise.text_en),
            department_id: promise.department_id,
            due: u32::from(due),
            in_time: u32::from(kept && days_late <= 0),
            late: u32::from(kept && days_late > 0),
            days_late: days_late.max(0),
            broken: u32::from(due && !kept),
            paused: u32::from(paused),
            running: u32::from(running),
            proven: u32::from(owed.evidence_document_id.is_some() || owed.evidence_note.is_some()),
            pauses: pauses.get(&limit.id).copied().unwrap_or_default(),
        });
    }
    for (facts, _) in found.values_mut() {
        facts.promises = rules::grouped(std::mem::take(&mut facts.promises));
    }
    let within = |column: milestone::Column| column.between(quarter.from, quarter.to);
    let reached = milestone::Entity::find()
        .filter(
            Condition::any()
                .add(within(milestone::Column::BaselineOn))
                .add(within(milestone::Column::ActualOn)),
        )
        .order_by_asc(milestone::Column::ProjectId)
        .order_by_asc(milestone::Column::Position)
        .all(db)
        .await?;
    let projects: BTreeSet<Uuid> = reached.iter().map(|row| row.project_id).collect();
    let projects: Vec<Uuid> = projects.into_iter().collect();
    let names: HashMap<Uuid, String> =
        of_keys(db, project::Entity::find(), project::Column::Id, &projects)
            .await?
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect();
    for row in reached {
        let (facts, _) = found.entry(row.enterprise_id).or_default();
        facts.milestones.push(form::MilestoneFact {
            project: names.get(&row.project_id).cloned().unwrap_or_default(),
            name: row.name,
            planned_on: row.baseline_on,
            reached_on: row.actual_on,
        });
    }
    Ok(found)
}
