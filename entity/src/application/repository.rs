//! Every query on applications, and all that the form of one is made of.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{
    Channel, Column, Entity, Model, State,
    field::{self, Value},
    file, item as chosen, material,
    rules::{
        Basis, Entry, Firm, Handed, Known, REMINDED, Record, Works,
        changes::{self, Change, Side},
        form, materials, on_record,
    },
};
use crate::{
    catalogue::FieldSource,
    clock::civil_date,
    condition::{Answers, Literal},
    enterprise::{self, repository::visible_enterprise_ids},
    error::Fault,
    item::{
        self, edition,
        repository::{edition as newest_edition, in_force_of},
        version::{self, Content},
    },
    kept::Reader,
    needs,
    page::{Page, PageRequest, keyset, of_keys},
    project,
    table::Visible,
    viewer::{Role, Viewer},
};

impl Visible for Entity {
    /// The applications this viewer may see: an enterprise its own, a liaison those of the enterprises looked after, the park all. A department
    /// sees those of which it decides an item; an officer also those that he has taken in. What is not yet handed in is of nobody but who fills it
    /// in: the enterprise, and at the window the officer and the service centre.
    fn visible_to(viewer: &Viewer) -> Condition {
        let Viewer::Person(person) = viewer else {
            return visible_enterprise_ids(viewer, Column::EnterpriseId);
        };
        let decided = person.department_id.map(is_decided_by);
        let none = || Condition::any().add(Expr::val(1).eq(0));
        match person.role {
            Role::Enterprise => visible_enterprise_ids(viewer, Column::EnterpriseId),
            Role::Centre => visible_enterprise_ids(viewer, Column::EnterpriseId).add(
                Condition::any()
                    .add(Column::State.eq(State::Received))
                    .add(Column::Channel.eq(Channel::Window)),
            ),
            Role::Leader | Role::Supervisor | Role::Liaison => {
                visible_enterprise_ids(viewer, Column::EnterpriseId)
                    .add(Column::State.eq(State::Received))
            }
            Role::WindowOfficer => Condition::any()
                .add(Column::CreatedBy.eq(person.account_id))
                .add_option(decided),
            Role::DepartmentHead => none().add_option(decided),
            Role::Admin | Role::Inspector => none(),
        }
    }
}

/// Whether a department decides an item of an application: asked of each, for a department has decided much. The table of the module above is
/// named by text.
fn is_decided_by(department: Uuid) -> Expr {
    let case = |column: &'static str| Expr::col(("approval_case", column));
    let own = Query::select()
        .expr(Expr::value(1))
        .from("approval_case")
        .and_where(case("application_id").equals(("application", "id")))
        .and_where(case("department_id").eq(department))
        .to_owned();
    Expr::exists(own)
}

/// Which applications are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// For this project.
    pub project_id: Option<Uuid>,
}

/// One page of applications, the newest first.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: Filter,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let such = Condition::all()
        .add_option(filter.states.map(|states| Column::State.is_in(states)))
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(filter.project_id.map(|id| Column::ProjectId.eq(id)));
    let visible = Entity::visible(viewer);
    keyset(
        db,
        visible,
        such,
        Column::CreatedAt,
        true,
        Column::Id,
        request,
    )
    .await
}

/// How many drafts there are on the side of this one: of its enterprise online, of its officer at the window. Not scoped.
pub(super) async fn count_drafts(db: &impl ConnectionTrait, like: &Model) -> Result<u64, Fault> {
    let of_side = match like.channel {
        Channel::Window => Column::CreatedBy.eq(like.created_by),
        _ => Column::EnterpriseId.eq(like.enterprise_id),
    };
    let drafts = Entity::find()
        .filter(of_side)
        .filter(Column::Channel.eq(like.channel))
        .filter(Column::State.eq(State::Draft));
    Ok(drafts.count(db).await?)
}

/// How many drafts a run of the job looks at, at most.
const MOST_AT_ONCE: u64 = 500;

/// Drafts that were kept until before today and of which their people were told, the first to go first. For the job; not scoped.
pub async fn expired(db: &impl ConnectionTrait, today: NaiveDate) -> Result<Vec<Model>, Fault> {
    let over = Column::KeptUntil.lt(today);
    kept(db, over.and(Column::RemindedOn.is_not_null())).await
}

/// Drafts that are kept for a week at most, or should have gone, and of which nobody was told since they were changed. For the job; not scoped.
pub async fn to_remind(db: &impl ConnectionTrait, today: NaiveDate) -> Result<Vec<Model>, Fault> {
    let soon = Column::KeptUntil.lte(today + REMINDED);
    kept(db, soon.and(Column::RemindedOn.is_null())).await
}

async fn kept(db: &impl ConnectionTrait, such: Expr) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::State.eq(State::Draft))
        .filter(such)
        .order_by_asc(Column::KeptUntil)
        .order_by_asc(Column::Id)
        .limit(MOST_AT_ONCE)
        .all(db)
        .await?)
}

/// The enterprise with this credit code, which whoever takes in an application at the window is shown. Not scoped.
pub(super) async fn by_credit_code(
    db: &impl ConnectionTrait,
    code: &str,
) -> Result<Option<enterprise::Model>, Fault> {
    let found = enterprise::Entity::find().filter(enterprise::Column::CreditCode.eq(code));
    Ok(found.one(db).await?)
}

/// The project with this key, if it is one of the enterprise: whoever fills in an application of the enterprise chooses among its projects. Not scoped.
pub(super) async fn project_of(
    db: &impl ConnectionTrait,
    enterprise: Uuid,
    id: Uuid,
) -> Result<Option<project::Model>, Fault> {
    let found =
        project::Entity::find_by_id(id).filter(project::Column::EnterpriseId.eq(enterprise));
    Ok(found.one(db).await?)
}

/// How many projects there are to choose from, at most.
const MOST_PROJECTS: u64 = 100;

/// The projects of an enterprise for which it can apply, by their names. Not scoped: asked for who fills in an application of it.
pub async fn projects_of(
    db: &impl ConnectionTrait,
    enterprise: Uuid,
) -> Result<Vec<project::Model>, Fault> {
    let active = project::Entity::find()
        .filter(project::Column::EnterpriseId.eq(enterprise))
        .filter(project::Column::State.eq(project::State::Active))
        .order_by_asc(project::Column::Name)
        .order_by_asc(project::Column::Id)
        .limit(MOST_PROJECTS);
    Ok(active.all(db).await?)
}

/// The items of applications, those of each in no particular order. The caller may see the applications.
pub async fn items_of(
    db: &impl ConnectionTrait,
    applications: &[Uuid],
) -> Result<Vec<chosen::Model>, Fault> {
    let all = chosen::Entity::find();
    of_keys(db, all, chosen::Column::ApplicationId, applications).await
}

/// The enterprises of applications, by key: whoever may see an application knows who applies. Not scoped.
pub async fn enterprises(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<enterprise::Model>, Fault> {
    of_keys(db, enterprise::Entity::find(), enterprise::Column::Id, ids).await
}

/// The files of a material, or of all of an application.
pub(super) async fn files_of(
    db: &impl ConnectionTrait,
    application: Uuid,
) -> Result<Vec<file::Model>, Fault> {
    let own = file::Entity::find().filter(file::Column::ApplicationId.eq(application));
    Ok(own.order_by_asc(file::Column::Place).all(db).await?)
}

/// An application with all of which its form is made: a draft by the catalogue that is in force, a received one by that of its receipt.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The application.
    pub application: Model,
    /// Who applies.
    pub enterprise: enterprise::Model,
    /// For which project.
    pub project: Option<project::Model>,
    /// The edition of the catalogue.
    pub edition: Arc<edition::Model>,
    /// The items with the versions that apply, in the order of the catalogue.
    pub items: Vec<(item::Model, version::Model)>,
    /// What the catalogue has changed since the items were chosen; nothing once it is received.
    pub changes: Vec<Change>,
    /// The materials that have to be handed in again when those changes are confirmed, by their keys.
    pub unlike: Vec<String>,
    /// The fields that were answered to another question than the form has now, by their keys: they are answered again.
    pub asked_anew: Vec<String>,
    /// What was filled in.
    pub fields: Vec<field::Model>,
    /// The ways in which materials are handed in.
    pub ways: Vec<material::Model>,
    /// The files of materials.
    pub files: Vec<file::Model>,
    /// What the project has answered to the questions of the catalogue.
    pub answered: Answers,
    record: Record,
    day: NaiveDate,
}

/// What a form says as a whole.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// Its fields.
    pub entries: Vec<Entry<'a>>,
    /// All answers, of form and project.
    pub answers: Answers,
    /// Its materials.
    pub materials: Vec<Handed<'a>>,
}

/// The items with what they say, by their codes.
pub fn contents(items: &[(item::Model, version::Model)]) -> Vec<(&str, &Content)> {
    items
        .iter()
        .map(|(item, version)| (item.code.as_str(), &version.content))
        .collect()
}

impl Opened {
    /// What is on record for a field.
    pub fn known(&self, key: &str) -> Option<Known> {
        self.record.get(key).cloned()
    }

    /// All that is on record, as it is kept with what was filled in.
    pub fn on_record(&self) -> &Record {
        &self.record
    }

    /// Runs `look` over the form.
    pub fn sheet<T>(&self, look: impl FnOnce(Sheet<'_>) -> T) -> T {
        let items = contents(&self.items);
        let (entries, answers) = form(Basis {
            fields: &self.edition.content.fields,
            items: &items,
            answered: &self.answered,
            record: &self.record,
            filled: &self.fields,
            today: self.day,
        });
        let materials = materials(&items, &answers, &self.ways, &self.files);
        look(Sheet {
            entries,
            answers,
            materials,
        })
    }
}

/// Opens an application that its viewer may see.
pub async fn open(
    reader: &impl Reader,
    application: Model,
    zone: chrono_tz::Tz,
    today: NaiveDate,
) -> Result<Opened, Fault> {
    let db = reader.db();
    let chosen = items_of(db, &[application.id]).await?;
    let enterprise = enterprise::Entity::find_by_id(application.enterprise_id);
    let enterprise = enterprise.one(db).await?.ok_or(Fault::NotFound)?;
    let project = match application.project_id {
        Some(id) => project::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let of_it = field::Entity::find().filter(field::Column::ApplicationId.eq(application.id));
    let fields = of_it.all(db).await?;
    let of_it = material::Entity::find().filter(material::Column::ApplicationId.eq(application.id));
    let ways = of_it.all(db).await?;
    let files = files_of(db, application.id).await?;
    let pinned = pinned(db, &chosen).await?;
    let mut opened = Opened {
        answered: Answers::new(),
        record: Record::new(),
        day: today,
        changes: Vec::new(),
        unlike: Vec::new(),
        asked_anew: Vec::new(),
        edition: edition_of(reader, application.edition_id).await?,
        items: pinned,
        application,
        enterprise,
        project,
        fields,
        ways,
        files,
    };
    match opened.application.state {
        State::Received => frozen(&mut opened, zone),
        State::Draft => current(reader, &mut opened, &chosen, zone, today).await?,
    }
    Ok(opened)
}

/// The edition with this key: mostly the newest one, which is kept.
pub(crate) async fn edition_of(
    reader: &impl Reader,
    id: Uuid,
) -> Result<Arc<edition::Model>, Fault> {
    match newest_edition(reader).await? {
        Some(newest) if newest.id == id => Ok(newest),
        _ => {
            let found = edition::Entity::find_by_id(id).one(reader.db()).await?;
            Ok(Arc::new(found.ok_or(Fault::NotFound)?))
        }
    }
}

/// The items of an application with the versions by which they were chosen, in the order of the catalogue.
async fn pinned(
    db: &impl ConnectionTrait,
    chosen: &[chosen::Model],
) -> Result<Vec<(item::Model, version::Model)>, Fault> {
    let keys: Vec<Uuid> = chosen.iter().map(|row| row.item_id).collect();
    let items = item::Entity::find().order_by_asc(item::Column::Place);
    let items = of_keys(db, items, item::Column::Id, &keys).await?;
    let keys: Vec<Uuid> = chosen.iter().map(|row| row.version_id).collect();
    let versions = of_keys(db, version::Entity::find(), version::Column::Id, &keys).await?;
    let versions = versions
        .into_iter()
        .map(|row| Ok((row.item_id, row.verified()?)));
    let mut versions: HashMap<Uuid, version::Model> = versions.collect::<Result<_, Fault>>()?;
    let with_version = |item: item::Model| {
        let version = versions.remove(&item.id)?;
        Some((item, version))
    };
    Ok(items.into_iter().filter_map(with_version).collect())
}

/// What was on record when it was received is kept with what was filled in.
fn frozen(opened: &mut Opened, zone: chrono_tz::Tz) {
    let received = opened.application.received_at;
    opened.day = received.map_or(opened.day, |at| civil_date(at, zone));
    let fields = &opened.edition.content.fields;
    for row in &opened.fields {
        let (since, value) = match (row.on_record_since, &row.on_record) {
            (Some(since), _) => (since, &row.value),
            (None, Some(on_record)) => (opened.day, on_record),
            (None, None) => continue,
        };
        let field = fields.iter().find(|field| field.key == row.key);
        let source = field.map_or(row.source, |field| field.source);
        let literal = match value {
            Value::One(text) if source == FieldSource::ProjectFile => Literal::parse(text).ok(),
            _ => None,
        };
        if let Some(answer) = literal {
            opened.answered.set(row.key.clone(), answer);
        }
        let known = Known {
            value: value.clone(),
            source,
            since,
        };
        opened.record.insert(row.key.clone(), known);
    }
}

/// What applies to a draft today, and what has changed since its items were chosen.
async fn current(
    reader: &impl Reader,
    opened: &mut Opened,
    chosen: &[chosen::Model],
    zone: chrono_tz::Tz,
    today: NaiveDate,
) -> Result<(), Fault> {
    let db = reader.db();
    let keys: Vec<Uuid> = chosen.iter().map(|row| row.item_id).collect();
    let in_force = in_force_of(reader, today, &keys).await?;
    let in_force = in_force.ok_or(Fault::NotFound)?;
    let held = in_force.items;
    let is_pinned = |(item, version): &(item::Model, version::Model)| {
        let mut rows = chosen.iter();
        rows.any(|row| row.item_id == item.id && row.version_id == version.id)
    };
    let is_same = in_force.edition.id == opened.edition.id
        && held.len() == chosen.len()
        && held.iter().all(is_pinned);
    if !is_same {
        let (before, now) = (contents(&opened.items), contents(&held));
        let before = Side {
            fields: &opened.edition.content.fields,
            items: &before,
        };
        let now = Side {
            fields: &in_force.edition.content.fields,
            items: &now,
        };
        let keys = opened.fields.iter().map(|row| &row.key);
        opened.asked_anew = changes::asked_anew(before.fields, now.fields, keys);
        let keys = opened.ways.iter().map(|row| &row.material);
        opened.unlike = changes::unlike(before, now, keys);
        opened.changes = changes::changes(before, now);
    }
    opened.items = held;
    opened.edition = in_force.edition;
    let questions = &opened.edition.content.questions;
    let answers = match &opened.project {
        Some(project) => needs::Entity::find_by_id(project.id).one(db).await?,
        None => None,
    };
    if let Some(known) = &answers {
        opened.answered = needs::rules::counting(questions, &known.answers);
    }
    let works = opened.project.as_ref().map(|project| Works {
        name: &project.name,
        since: civil_date(project.created_at, zone),
        answered: answers
            .as_ref()
            .map(|known| (&known.answers, civil_date(known.answered_at, zone))),
    });
    let firm = Firm {
        name: &opened.enterprise.name_zh,
        credit_code: &opened.enterprise.credit_code,
        since: civil_date(opened.enterprise.created_at, zone),
    };
    opened.record = on_record(&opened.edition.content.fields, questions, firm, works);
    Ok(())
}
