//! Rating a service, and rating it again when the department has replied to a bad rating.

use sea_orm::{EntityTrait, entity::prelude::*};

use super::{
    ActiveModel, Cause, Entity, Level, Model, repository,
    rules::{self, RatingError},
};
use crate::{
    audit::commands::{Change, record, summary},
    command::{Command, commands},
    commitment::{self, Owner},
    error::{CommandError, Fault},
    id::new_id,
    language::Text,
    liaison, obligation,
    permission::{Action, require},
    rectification::{
        self,
        commands::{LowMark, Origin, Said, Target},
    },
    store::{Store, Unit},
    table::Visible,
    term::Term,
    viewer::Viewer,
};

commands! {
    /// An enterprise rates a service.
    RATE = "obligation.rate" on Rating: "评价", "rated";
    /// An enterprise rates again after a reply.
    RATE_AGAIN = "rectification.rateAgain" on Rating: "再次评价", "rated again";
    /// The enterprise has said what it thinks of the reply.
    ANSWER = "rectification.answer" on Rectification: "企业答复", "answered by the enterprise";
}

/// What a command answers.
pub type Outcome = Result<Model, CommandError<RatingError>>;

/// What an enterprise says.
#[derive(Clone, Debug)]
pub struct Opinion {
    /// How satisfied it is.
    pub level: Level,
    /// Why not, when it is bad.
    pub causes: Vec<Cause>,
    /// In words.
    pub comment: Option<String>,
}

/// Rates a service that was given. A bad rating opens a rectification.
pub async fn rate(
    store: &Store,
    viewer: &Viewer,
    obligation_id: Uuid,
    opinion: Opinion,
) -> Outcome {
    let unit = store.begin(viewer).await?;
    let db = unit.db();
    let owed = obligation::Entity::found(db, viewer, obligation_id).await?;
    let standing = liaison::repository::standing(db, viewer, owed.enterprise_id).await?;
    require(viewer, Action::RateService, standing)?;
    let before = repository::of_obligations(db, viewer, &[owed.id]).await?;
    rules::may_rate(owed.state, !before.is_empty())
        .map_err(|error| CommandError::refused(&["id"], error))?;
    let promise = commitment::Entity::found(db, viewer, owed.commitment_id).await?;
    let department_id = match promise.owner {
        Owner::Centre => None,
        _ => obligation::repository::department_in_charge(db, &owed, &promise).await?,
    };
    let first = (owed.id, owed.enterprise_id, department_id, 0);
    let rating = keep(&unit, &RATE, first, opinion).await?;
    if rating.level.is_bad() {
        let mark = LowMark {
            origin: Origin::Obligation {
                id: owed.id,
                enterprise_id: owed.enterprise_id,
            },
            department_id,
            about: Text::new(promise.text_zh, promise.text_en),
            said: said(&rating),
        };
        rectification::commands::open_in(&unit, mark).await?;
    }
    unit.commit().await?;
    Ok(rating)
}

/// Rates again, once for each reply: it ends the rectification, or reopens it, or hands it to the supervisor.
pub async fn rate_again(
    store: &Store,
    viewer: &Viewer,
    target: Target,
    opinion: Opinion,
) -> Outcome {
    let unit = store.begin(viewer).await?;
    let before = rectification::commands::load_to_rate(&unit, target)
        .await
        .map_err(|error| match error {
            CommandError::Refused(_) => CommandError::refused(&["id"], RatingError::NotAsked),
            CommandError::Fault(fault) => fault.into(),
        })?;
    let (obligation, enterprise) = before
        .obligation_id
        .zip(before.enterprise_id)
        .ok_or(Fault::NotFound)?;
    let round = if before.reopened { 2 } else { 1 };
    let next = (obligation, enterprise, before.department_id, round);
    let rating = keep(&unit, &RATE_AGAIN, next, opinion).await?;
    let satisfied = !rating.level.is_bad();
    rectification::commands::answer_in(&unit, &ANSWER, &before, satisfied, said(&rating), None)
        .await?;
    unit.commit().await?;
    Ok(rating)
}

fn said(rating: &Model) -> Said {
    Said {
        level: Some(rating.level.text()),
        comment: rating.comment.clone(),
    }
}

async fn keep(
    unit: &Unit,
    command: &'static Command,
    (obligation_id, enterprise_id, department_id, round): (Uuid, Uuid, Option<Uuid>, i32),
    opinion: Opinion,
) -> Outcome {
    let rating = Model {
        id: new_id(unit.now()),
        obligation_id,
        enterprise_id,
        department_id,
        round,
        level: opinion.level,
        causes: rules::causes(opinion.level, opinion.causes),
        comment: rules::comment(opinion.comment)
            .map_err(|error| CommandError::refused(&["comment"], error))?,
        rated_by: unit.viewer().account_id(),
        rated_at: unit.now(),
    };
    Entity::insert(ActiveModel::from(rating.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    record(
        unit,
        Change {
            command,
            subject_id: rating.id,
            before: None,
            after: Some(summary!({
                "obligationId": rating.obligation_id,
                "round": rating.round,
                "level": rating.level,
                "causes": rating.causes,
                "comment": rating.comment,
            })),
            reason: None,
        },
    )
    .await?;
    Ok(rating)
}
