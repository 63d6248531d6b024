//! What the answers came to: the figures of departments, and the bands of liaisons.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*,
};

use super::{
    super::{
        Column, Entity, Model, State,
        answers::ContractRating,
        figures::{self, Figures},
        rules::Reader,
        scoring::{self, Band},
    },
    design_of, reader, scored, submitted,
};
use crate::{error::Fault, liaison, page::of_keys, viewer::Viewer};

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
