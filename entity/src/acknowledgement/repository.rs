//! Until when repeats rest.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, prelude::Uuid};

use super::rules;
use crate::{error::Fault, viewer::Viewer, warning};

/// Until when repeats about these things rest for the viewer, of those that rest.
pub async fn resting_for(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    obligations: &[Uuid],
    today: NaiveDate,
) -> Result<HashMap<Uuid, NaiveDate>, Fault> {
    let Some(own) = viewer.account_id() else {
        return Ok(HashMap::new());
    };
    let told = warning::repository::told(db, obligations).await?;
    Ok(rules::resting(&told, today)
        .filter(|(_, person, _)| *person == own)
        .map(|(subject, _, until)| (subject, until))
        .collect())
}
