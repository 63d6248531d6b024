//! What people begin by hand: the evaluation of a quarter that is due, when the job has not compiled it. The rule is that of the job, and
//! so is what is compiled, so that together they never make two.

use super::super::{
    Model, repository,
    rules::{CompileError, Quarter},
};
use super::{COMPILE, cycle::compile_in};
use crate::{
    calendar,
    command::{Input, form},
    error::CommandError,
    permission::{Action, Standing, require},
    store::Store,
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
