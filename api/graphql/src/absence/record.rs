//! `absenceRecord`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::absence::commands::{self, RecordAbsence};

use super::Absence;

/// A leave to be recorded.
#[derive(InputObject)]
pub struct AbsenceRecordInput {
    /// Who is on leave; the person who asks when null.
    account_id: Option<ID>,
    /// Who stands in.
    deputy_id: ID,
    /// The first day, today or later.
    from_on: Date,
    /// The last day.
    until_on: Date,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `absenceRecord`.
    AbsenceRecordPayload, AbsenceRecordUserError, Coded<entity::absence::rules::AbsenceError>, entity::absence::rules::AbsenceError,
    /// The leave; null when it was refused.
    absence: Absence
}

/// The mutation `absenceRecord`.
#[derive(Default)]
pub struct AbsenceRecordMutation;

#[Object]
impl AbsenceRecordMutation {
    /// Records a leave: the own one, or as CENTRE or ADMIN that of anybody. During it letters follow to the deputy, who can do
    /// what a liaison on leave can do.
    async fn absence_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The leave.")] input: AbsenceRecordInput,
    ) -> Result<AbsenceRecordPayload> {
        let input = RecordAbsence {
            account_id: input
                .account_id
                .map(|id| Kind::Account.require(&id))
                .transpose()?,
            deputy_id: Kind::Account.require(&input.deputy_id)?,
            from_on: input.from_on.into(),
            until_on: input.until_on.into(),
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::record_absence(&store, &viewer, input).await
        })
        .await
    }
}
