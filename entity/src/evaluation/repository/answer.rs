//! What the enterprises have answered: as much of it as a reader may read one by one.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    super::{
        Model,
        answers::{Answers, Check, CheckAnswer},
        disclosure, part, response,
        rules::{self, Reader},
    },
    designs, reader, scored,
    topic::{Topic, topics, topics_of},
};
use crate::{error::Fault, page::of_keys, viewer::Viewer};

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

/// The words of evaluations, each kind in an order that reveals nothing. Wishes, comments and call-backs go to the service centre, the leaders
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
