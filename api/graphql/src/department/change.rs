//! `departmentChange`.

use api_door::{
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::department::{commands, rules::Details};

use super::{Department, DepartmentErrorCode};

/// What a department is from now on.
#[derive(InputObject)]
pub struct DepartmentChangeInput {
    /// The department.
    id: ID,
    /// The version last seen.
    expected_version: i32,
    /// The number in the park's list.
    number: i32,
    /// Name, Chinese.
    name_zh: String,
    /// Name, English.
    name_en: String,
    /// The office that has these duties today.
    counterpart_zh: String,
    /// How many windows it has in the hall.
    windows: i32,
    /// The last day, once dissolved.
    ended_on: Option<Date>,
}

payload! {
    /// The answer of `departmentChange`.
    DepartmentChangePayload, DepartmentChangeUserError, DepartmentErrorCode, entity::department::rules::DepartmentError,
    /// The changed department; null when it was refused.
    department: Department
}

/// The mutation `departmentChange`.
#[derive(Default)]
pub struct DepartmentChangeMutation;

#[Object]
impl DepartmentChangeMutation {
    /// Changes or dissolves a department (ADMIN).
    async fn department_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: DepartmentChangeInput,
    ) -> Result<DepartmentChangePayload> {
        let input = commands::ChangeDepartment {
            department_id: Kind::Department.require(&input.id)?,
            expected_version: input.expected_version,
            details: Details {
                number: input.number,
                name_zh: input.name_zh,
                name_en: input.name_en,
                counterpart_zh: input.counterpart_zh,
                windows: input.windows,
            },
            ended_on: input.ended_on.map(Into::into),
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::change(&store, &viewer, input).await
        })
        .await
    }
}
