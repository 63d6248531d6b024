//! The appeal against a rating: made by those rated, proposed on and decided by two people who were not.

use sea_orm::entity::prelude::*;

use super::{
    super::{
        Act, Model, State,
        rules::{self, RectificationError},
    },
    APPEAL, DECIDE, Outcome, PROPOSE, Said,
    letters::{notify, write_letters},
    limit_error, load, new_reply_limit, refused, save,
};
use crate::{
    account,
    audit::commands::{Summary, summary},
    calendar,
    command::form,
    deadline, language,
    outbox::facts::RectificationStep,
    store::Store,
    viewer::{Role, Viewer},
};

/// What is said of a rating when an appeal is decided.
const EXCLUDE: language::Said = language::Said {
    zh: "剔除评价",
    en: "Exclude the rating",
};
const STAND: language::Said = language::Said {
    zh: "维持评价",
    en: "Uphold the rating",
};

form! {
    /// An appeal.
    pub struct Appeal of APPEAL by rules::action(Act::Appeal), refused RectificationError {
        title: "申诉", "Appeal";
        lead: "由企业服务中心和监督机构的两人拟办、裁定，被评价单位不参与。",
            "Two people of the service centre and the supervisor propose and decide; the rated side is not involved.";
        done: "整改已更新。", "The rectification has been updated.";
        /// The rectification.
        id: Uuid = Target(Thing::Rectification);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why the rating should not count, up to 2000 characters.
        reason: String = Lines(2000), "申诉理由", "Reason for the appeal";
    }
}

/// Says that a rating is mistaken or malicious: the limit of the reply ends, and two people who were not rated decide.
pub async fn appeal(store: &Store, viewer: &Viewer, input: Appeal) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.id, input.expected_version, Act::Appeal).await?;
    let why = rules::words(&input.reason).map_err(refused("reason"))?;
    let calendar = calendar::repository::in_force(&unit).await?;
    let limit = before.reply_deadline_id;
    deadline::commands::cancel_in(&unit, &calendar, limit, "申诉")
        .await
        .map_err(limit_error)?;
    let after = Model {
        state: State::Appealed,
        appeal: Some(why),
        ..before.clone()
    };
    let appealed = save(&unit, &APPEAL, &before, after, None).await?;
    let mut people = account::repository::enabled_in_role(unit.db(), Role::Centre).await?;
    people.extend(account::repository::enabled_in_role(unit.db(), Role::Supervisor).await?);
    let title = ("评价申诉待裁定", "Appeal to be decided");
    notify(&unit, &appealed, people, title).await?;
    unit.commit().await?;
    Ok(appealed)
}

form! {
    /// A proposal on an appeal.
    pub struct Propose of PROPOSE by rules::action(Act::Propose), refused RectificationError {
        title: "拟办申诉", "Propose on the appeal";
        lead: "由另一人裁定；裁定前可以重新拟办。",
            "Another person decides; until then the proposal can be changed.";
        done: "整改已更新。", "The rectification has been updated.";
        /// The rectification.
        id: Uuid = Target(Thing::Rectification);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Whether the rating does not count.
        exclude: bool = Either(EXCLUDE, STAND), "拟办意见", "Proposal";
        /// Why, up to 2000 characters.
        opinion: String = Lines(2000), "理由", "Reason";
    }
}

/// Proposes what to decide on an appeal; it may be proposed anew until it is decided.
pub async fn propose(store: &Store, viewer: &Viewer, input: Propose) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.id, input.expected_version, Act::Propose).await?;
    let opinion = rules::words(&input.opinion).map_err(refused("opinion"))?;
    let after = Model {
        exclude: Some(input.exclude),
        opinion: Some(opinion),
        proposed_by: viewer.account_id(),
        ..before.clone()
    };
    let proposed = save(&unit, &PROPOSE, &before, after, None).await?;
    unit.commit().await?;
    Ok(proposed)
}

form! {
    /// A decision on an appeal.
    pub struct Decide of DECIDE by rules::action(Act::Decide), refused RectificationError {
        title: "裁定申诉", "Decide on the appeal";
        lead: "评价剔除的不再计入；评价维持的，重新计算答复期限。",
            "An excluded rating does not count; a rating that is upheld must be rectified within a new time limit.";
        done: "整改已更新。", "The rectification has been updated.";
        /// The rectification.
        id: Uuid = Target(Thing::Rectification);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Whether the rating does not count.
        exclude: bool = Either(EXCLUDE, STAND), "裁定", "Decision";
    }
}

/// Decides on an appeal: the rating does not count, or it stands and has to be resolved within a new limit.
pub async fn decide(store: &Store, viewer: &Viewer, input: Decide) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.id, input.expected_version, Act::Decide).await?;
    let decided = Model {
        excluded: Some(input.exclude),
        decided_by: viewer.account_id(),
        ..before.clone()
    };
    let after = if input.exclude {
        Model {
            state: State::Excluded,
            ended_at: Some(unit.now()),
            ..decided
        }
    } else {
        Model {
            state: State::Upheld,
            reply_deadline_id: new_reply_limit(&unit, &before).await?,
            ..decided
        }
    };
    let decided = save(&unit, &DECIDE, &before, after, None).await?;
    if !input.exclude {
        let step = RectificationStep::Upheld;
        let limit = decided.reply_deadline_id;
        write_letters(&unit, &decided, step, limit, Said::default()).await?;
    }
    unit.commit().await?;
    Ok(decided)
}

/// What was proposed on an appeal, for who proposes anew.
pub fn proposal(one: &Model) -> Summary {
    summary!({ "exclude": one.exclude, "opinion": one.opinion })
}
