//! The questions that are figures of their own, and what an answer says to them.

use std::collections::BTreeMap;

use sea_orm::prelude::Uuid;
use serde::Deserialize;

use super::super::{
    answers::{Answers, Aspect, Check, CheckAnswer, ContractRating, Rating, Service},
    part,
};
use crate::error::Fault;

/// A question that is a figure of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    Department(Uuid, Aspect),
    /// Why a department dissatisfied (B8). Who names no cause says something, too.
    Causes(Uuid),
    Contract(Service),
    Visits,
    Check(Check),
}

impl Topic {
    /// Whether it is told as counts of its answers, from which those of the named ones can be taken away.
    pub(super) fn is_counted(self) -> bool {
        match self {
            Self::Causes(_) | Self::Visits | Self::Check(_) => true,
            Self::Department(..) | Self::Contract(_) => false,
        }
    }
}

/// The questions to which an answer says something.
pub(super) fn topics(answers: &Answers) -> Vec<Topic> {
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
pub(super) fn topics_of(part: &part::Model) -> Result<Vec<Topic>, Fault> {
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
