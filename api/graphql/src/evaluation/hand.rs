//! `evaluationsDue`, `evaluationCompile`, `evaluationInvite`.

use api_door::{
    form::{Input, Payload, run},
    operation::{store, viewer},
    scalar::{Date, int},
};
use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{
    evaluation::{
        commands::hand::{self, Compile, Invite},
        repository::{asked, due_quarters},
        rules::{Quarter, Timeline},
    },
    permission::{Action, Standing, require},
};

use super::Evaluation;
use crate::deadline::calendar_in_force;

/// A quarter whose evaluation is due.
#[derive(SimpleObject)]
pub struct EvaluationQuarter {
    /// Its name: `2026-Q3`.
    quarter: String,
    /// Its first day.
    from_on: Date,
    /// Its last day.
    to_on: Date,
}

impl From<Quarter> for EvaluationQuarter {
    fn from(quarter: Quarter) -> Self {
        Self {
            quarter: quarter.name(),
            from_on: quarter.from.into(),
            to_on: quarter.to.into(),
        }
    }
}

/// The evaluations that are due and not compiled, and what would come of compiling one now.
#[derive(SimpleObject)]
pub struct EvaluationsDue {
    /// Their quarters, oldest first.
    #[graphql(complexity = "4 * child_complexity")]
    quarters: Vec<EvaluationQuarter>,
    /// How many forms would be compiled: one for each enterprise.
    forms: i32,
    /// How many contacts would be invited by e-mail.
    letters: i32,
    /// How many enterprises have no contact, and need the form on paper.
    unreached: i32,
    /// From when on the enterprises would answer; the invitations go on that day.
    opens_on: Date,
    /// The last day for answers.
    closes_on: Date,
}

/// Reads of evaluations that are due.
#[derive(Default)]
pub struct EvaluationsDueQuery;

#[Object]
impl EvaluationsDueQuery {
    /// The evaluations that are due and that the job has not compiled; null when there is none, and for who may not compile one (CENTRE).
    async fn evaluations_due(&self, ctx: &Context<'_>) -> Result<Option<EvaluationsDue>> {
        let (store, viewer) = (store(ctx), viewer(ctx));
        if require(viewer, Action::CompileEvaluation, Standing::None).is_err() {
            return Ok(None);
        }
        let calendar = calendar_in_force(ctx).await?;
        let quarters = due_quarters(store.db(), store.now(), store.zone(), &calendar).await?;
        if quarters.is_empty() {
            return Ok(None);
        }
        let asked = asked(store.db()).await?;
        let line = Timeline::compiled_on(store.today(), &calendar);
        Ok(Some(EvaluationsDue {
            quarters: quarters.into_iter().map(Into::into).collect(),
            forms: int(asked.enterprises),
            letters: int(asked.contacts),
            unreached: int(asked.unreached),
            opens_on: line.opens_on.into(),
            closes_on: line.closes_on.into(),
        }))
    }
}

/// The mutations `evaluationCompile` and `evaluationInvite`.
#[derive(Default)]
pub struct EvaluationHandMutation;

#[Object]
impl EvaluationHandMutation {
    /// As CENTRE: compiles the evaluation of a quarter that is due, as the job does. There is one for each quarter, whoever compiles it.
    async fn evaluation_compile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The quarter.")] input: Input<Compile>,
    ) -> Result<Payload<Compile, Evaluation>> {
        run(ctx, input, hand::compile).await
    }

    /// As CENTRE: gives a form to an enterprise in the park that has none, as long as answers are taken; its contacts are invited at once if the
    /// evaluation is open (补发评议表).
    async fn evaluation_invite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The evaluation and the enterprise.")] input: Input<Invite>,
    ) -> Result<Payload<Invite, Evaluation>> {
        run(ctx, input, hand::invite).await
    }
}
