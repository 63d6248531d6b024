//! The evaluation, by link and on paper.

use std::sync::Arc;

use entity::{
    account,
    clock::{SetClock, instant_of},
    evaluation::{
        self,
        commands::cycle::{compile, take},
        form, invitation, objection,
        rules::{Quarter, Step},
    },
    id::secret_hash,
    store::Store,
    viewer::{
        Role::{Centre, DepartmentHead, Enterprise, Leader, Liaison, Supervisor},
        Viewer,
    },
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, prelude::Uuid,
};

use super::{ALL, CENTRE, Page, SECRET, Shown, bare, file, page, plain, verbs};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let (evaluation, objection) = evaluated(it.store).await;
    let mut pages = vec![
        plain("/evaluations", ALL),
        plain("/evaluations/compile", CENTRE),
        plain("/evaluations/design", CENTRE),
        page(
            "/evaluations/{key}",
            format!("/evaluations/{evaluation}"),
            &[
                Leader,
                Centre,
                Liaison,
                DepartmentHead,
                Enterprise,
                Supervisor,
            ],
        ),
        file(
            "/evaluations/{key}/form.xlsx",
            format!("/evaluations/{evaluation}/form.xlsx"),
            &[
                Leader,
                Centre,
                Liaison,
                DepartmentHead,
                Enterprise,
                Supervisor,
            ],
        ),
        page(
            "/evaluations/{key}/form",
            format!("/evaluations/{evaluation}/form"),
            &[Enterprise],
        ),
        page(
            "/evaluations/{key}/sheets",
            format!("/evaluations/{evaluation}/sheets"),
            CENTRE,
        ),
        page(
            "/evaluations/{key}/invite",
            format!("/evaluations/{evaluation}/invite"),
            CENTRE,
        ),
        bare("/sheets", "/sheets".to_owned(), CENTRE),
        page(
            "/evaluations/{key}/objections/{id}",
            format!("/evaluations/{evaluation}/objections/{objection}"),
            &[Leader, Centre, DepartmentHead, Supervisor],
        ),
    ];
    for (verb, who) in [
        ("object", &[DepartmentHead][..]),
        ("approve", &[Leader]),
        ("publish", CENTRE),
    ] {
        pages.extend(verbs(
            "/evaluations/{key}/{verb}",
            &format!("/evaluations/{evaluation}"),
            &[verb],
            who,
        ));
    }
    pages
}

/// An evaluation that the enterprises answer, with an objection of the demonstration's head, and a link to a form by the secret
/// [`SECRET`]: made when it is not there yet.
async fn evaluated(store: &Store) -> (Uuid, Uuid) {
    let db = store.db();
    let raised = Uuid::from_u128(7);
    let there = objection::Entity::find_by_id(raised).one(db).await;
    if let Some(there) = there.expect("a read") {
        return (there.evaluation_id, raised);
    }
    let system = Viewer::system("story");
    let quarter = Quarter::of(store.today());
    compile(store, &system, quarter)
        .await
        .expect("it is compiled");
    let compiled = evaluation::Entity::find()
        .filter(evaluation::Column::Quarter.eq(quarter.name()))
        .one(db)
        .await
        .expect("a read")
        .expect("the evaluation");
    let morning = instant_of(compiled.opens_on, 9, 30, store.zone());
    let later = store.with_clock(Arc::new(SetClock::at(morning)));
    let opened = take(&later, &system, compiled.id, Step::Open).await;
    opened.expect("it opens");
    let form = form::Entity::find()
        .filter(form::Column::EvaluationId.eq(compiled.id))
        .one(db)
        .await
        .expect("a read");
    let link = invitation::Model {
        secret_hash: secret_hash(SECRET),
        form_id: form.expect("a form").id,
    };
    invitation::Entity::insert(link.into_active_model().reset_all())
        .exec_without_returning(db)
        .await
        .expect("a link");
    let head = account::Entity::find()
        .filter(account::Column::Role.eq(DepartmentHead))
        .one(db)
        .await
        .expect("a read")
        .expect("a head");
    let objection = objection::Model {
        id: raised,
        evaluation_id: compiled.id,
        department_id: head.department_id.expect("a department"),
        state: objection::State::Raised,
        reason: "示例".to_owned(),
        raised_by: head.id,
        raised_at: store.now(),
        uphold: None,
        excluded: objection::Responses::default(),
        opinion: None,
        proposed_by: None,
        proposed_at: None,
        decided_by: None,
        decided_at: None,
        version: 1,
    };
    objection::Entity::insert(objection.into_active_model().reset_all())
        .exec_without_returning(db)
        .await
        .expect("an objection");
    (compiled.id, raised)
}
