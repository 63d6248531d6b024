//! `absenceEnd`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::absence::commands::{self, EndAbsence};

use super::Absence;

/// A leave to be ended.
#[derive(InputObject)]
pub struct AbsenceEndInput {
    /// The leave.
    id: ID,
    /// The version last seen.
    expected_version: i32,
}

payload! {
    /// The answer of `absenceEnd`.
    AbsenceEndPayload, AbsenceEndUserError, Coded<entity::absence::rules::AbsenceError>, entity::absence::rules::AbsenceError,
    /// The leave; null when it was refused.
    absence: Absence
}

/// The mutation `absenceEnd`.
#[derive(Default)]
pub struct AbsenceEndMutation;

#[Object]
impl AbsenceEndMutation {
    /// Ends a leave now, or calls off one that has not begun: the own one, or as CENTRE or ADMIN that of anybody. Letters that
    /// waited for the return go.
    async fn absence_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which leave.")] input: AbsenceEndInput,
    ) -> Result<AbsenceEndPayload> {
        let input = EndAbsence {
            absence_id: Kind::Absence.require(&input.id)?,
            expected_version: input.expected_version,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::end(&store, &viewer, input).await
        })
        .await
    }
}
