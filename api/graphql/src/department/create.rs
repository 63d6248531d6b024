//! `departmentCreate`.

use api_door::command::{command, payload};
use async_graphql::{Context, InputObject, Object, Result};
use entity::department::{commands, rules::Details};

use super::{Department, DepartmentErrorCode};

/// A new department.
#[derive(InputObject)]
pub struct DepartmentCreateInput {
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
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `departmentCreate`.
    DepartmentCreatePayload, DepartmentCreateUserError, DepartmentErrorCode, entity::department::rules::DepartmentError,
    /// The new department; null when it was refused.
    department: Department
}

/// The mutation `departmentCreate`.
#[derive(Default)]
pub struct DepartmentCreateMutation;

#[Object]
impl DepartmentCreateMutation {
    /// Creates a department (ADMIN).
    async fn department_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The department.")] input: DepartmentCreateInput,
    ) -> Result<DepartmentCreatePayload> {
        let input = Details {
            number: input.number,
            name_zh: input.name_zh,
            name_en: input.name_en,
            counterpart_zh: input.counterpart_zh,
            windows: input.windows,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::create(&store, &viewer, input).await
        })
        .await
    }
}
