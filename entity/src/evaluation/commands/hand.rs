//! What people begin by hand: the evaluation of a quarter that is due, when the job has not compiled it, and the form of an enterprise that has
//! none. The rule is that of the job, and so is what is compiled, so that together they never make two.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::prelude::Uuid;

use super::super::{
    Entity, Model, State, repository,
    rules::{self, CompileError, InviteError, Quarter},
};
use super::{
    COMPILE, INVITE,
    cycle::{compile_forms, compile_in, invite_some},
};
use crate::{
    audit::commands::{Change, record, summary},
    calendar,
    command::{Command, Input, Offer, Thing, form, offers},
    enterprise,
    error::{CommandError, expect_version},
    permission::{Action, Standing, require},
    store::Store,
    table::{Visible, save},
    viewer::Viewer,
};

form! {
    /// The evaluation of a quarter that is due, to be compiled by hand.
    pub struct Compile of COMPILE by Action::CompileEvaluation, refused CompileError, keyed {
        title: "编制企业评议", "Compile an evaluation";
        lead: "定时任务未能按时编制时使用；规则与定时任务相同，每季只编制一次。",
            "For when the job has not compiled it in time; the rules are those of the job, and there is one for each quarter.";
        done: "评议已编制，将在开始之日自动发出邀请。", "The evaluation has been compiled; the invitations are sent on the day it opens.";
        /// The quarter: `2026-Q3`.
        quarter: String = Line(7), "季度", "Quarter";
    }
}

/// Compiles the evaluation of a quarter that is due and has none.
pub async fn compile(
    store: &Store,
    viewer: &Viewer,
    input: Compile,
) -> Result<Model, CommandError<CompileError>> {
    let unit = store.begin(viewer).await?;
    require(viewer, Compile::FORM.may, Standing::None)?;
    let refused = |code| CommandError::refused(&["quarter"], code);
    let calendar = calendar::repository::in_force(&unit).await?;
    let (db, zone) = (unit.db(), unit.zone());
    let due = repository::due_quarters(db, unit.now(), zone, &calendar).await?;
    let is_meant = |quarter: &Quarter| quarter.name() == input.quarter;
    let Some(quarter) = due.into_iter().find(is_meant) else {
        let compiled = repository::quarters(db).await?;
        return Err(refused(match compiled.contains(&input.quarter) {
            true => CompileError::Compiled,
            false => CompileError::NotDue,
        }));
    };
    let Some(evaluation) = compile_in(&unit, quarter).await? else {
        return Err(refused(CompileError::Compiled));
    };
    unit.commit().await?;
    Ok(evaluation)
}

form! {
    /// An enterprise that has no form in an evaluation.
    pub struct Invite of INVITE by Action::CompileEvaluation, refused InviteError, keyed {
        title: "补发评议表", "Add an enterprise";
        lead: "为编制后入园或遗漏的企业补编一份评议表，内容与其他企业相同；评议开始后立即向企业联系人发送邀请邮件，截止日期不变。没有联系人账户的企业需送纸质评议表。",
            "For an enterprise that joined the park after the forms were compiled or was left out: it gets a form like the others. Once the evaluation is open, invitations go to its contacts at once; the closing date stays the same. An enterprise without a contact needs the form on paper.";
        done: "评议表已补发。", "The enterprise has been added.";
        /// The evaluation.
        id: Uuid = Target(Thing::Evaluation);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The enterprise, which is in the park and has no form yet.
        enterprise_id: Uuid = One(Among::Enterprises), "企业", "Enterprise",
            "在园且本期尚无评议表的企业，最多列出 100 家", "In the park and without a form in this evaluation; up to 100 are listed";
    }
}

/// Compiles the form of an enterprise that has none, and invites its contacts if the evaluation is open.
pub async fn invite(
    store: &Store,
    viewer: &Viewer,
    input: Invite,
) -> Result<Model, CommandError<InviteError>> {
    let unit = store.begin(viewer).await?;
    let evaluation = Entity::found(unit.db(), viewer, input.id).await?;
    require(viewer, Invite::FORM.may, Standing::None)?;
    expect_version(evaluation.id, evaluation.version, input.expected_version)?;
    rules::may_invite(&evaluation, unit.now(), unit.zone())
        .map_err(|code| CommandError::refused(&[], code))?;
    let refused = |code| CommandError::refused(&["enterpriseId"], code);
    let asked = enterprise::Entity::found(unit.db(), viewer, input.enterprise_id).await?;
    if asked.ended_on.is_some() {
        return Err(refused(InviteError::EnterpriseEnded));
    }
    let own = BTreeSet::from([asked.id]);
    let forms = repository::forms_of(unit.db(), evaluation.id, &own).await?;
    if !forms.is_empty() {
        return Err(refused(InviteError::HasForm));
    }
    // Who else changes the evaluation at this moment, closes it say, comes first or is told of this.
    let invited = Model {
        invited: evaluation.invited + 1,
        ..evaluation.clone()
    };
    let invited = save(&unit, &evaluation, invited).await?;
    let forms = compile_forms(&unit, &invited, &[asked.id]).await?;
    if invited.state == State::Open {
        invite_some(&unit, &invited, 0, &forms).await?;
    }
    record(
        &unit,
        Change {
            command: &INVITE,
            subject_id: invited.id,
            before: None,
            after: Some(summary!({ "quarter": invited.quarter, "enterpriseId": asked.id })),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(invited)
}

/// What can be begun by hand with an evaluation, and why not now.
pub fn offered(viewer: &Viewer, evaluation: &Model, now: DateTime<Utc>, zone: Tz) -> Vec<Offer> {
    let rule = |_: &Command| rules::may_invite(evaluation, now, zone);
    let thing = Thing::Evaluation;
    offers(&[&INVITE], thing, viewer, Standing::None, rule)
}
