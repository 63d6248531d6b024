//! Departments (部门) as the API shows them.

use api_door::{
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, by_id},
    operation::{store, viewer},
    row::Row,
    scalar::{Date, Kind},
};
use async_graphql::{Context, Enum, ID, Object, Result};
use entity::department::{self, commands, repository, rules::DepartmentError};
use entity::table::Visible;

use super::rectification::{OpenRectificationsOfDepartment, Rectification};

/// Why a department is not created or changed.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum DepartmentErrorCode {
    /// A field must not be empty.
    Missing,
    /// A field is too long.
    TooLong,
    /// A number is below its least value.
    TooSmall,
    /// Another department has this number or name.
    Taken,
    /// A standard promise is made by the department to be dissolved.
    StillPromises,
    /// The department to be dissolved has cases that are not over, or items.
    StillDecides,
}

impl From<DepartmentError> for DepartmentErrorCode {
    fn from(error: DepartmentError) -> Self {
        match error {
            DepartmentError::Missing => Self::Missing,
            DepartmentError::TooLong { .. } => Self::TooLong,
            DepartmentError::TooSmall => Self::TooSmall,
            DepartmentError::Taken => Self::Taken,
            DepartmentError::StillPromises { .. } => Self::StillPromises,
            DepartmentError::StillDecides { .. } => Self::StillDecides,
        }
    }
}

/// One of the offices of the park (部门).
pub struct Department(pub(crate) department::Model);

impl From<department::Model> for Department {
    fn from(row: department::Model) -> Self {
        Self(row)
    }
}

/// One of the offices of the park (部门).
#[Object]
impl Department {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Department.id(self.0.id)
    }

    /// The number in the park's list.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Name, Chinese.
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// Name, English.
    async fn name_en(&self) -> &str {
        &self.0.name_en
    }

    /// The office that has these duties today (对应现行部门).
    async fn counterpart_zh(&self) -> &str {
        &self.0.counterpart_zh
    }

    /// How many windows it has in the hall (窗口).
    async fn windows(&self) -> i32 {
        self.0.windows
    }

    /// The last day, once dissolved.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Date)
    }

    /// What it still has to resolve after low marks (整改), the oldest first.
    #[graphql(complexity = "20 * child_complexity")]
    async fn open_rectifications(&self, ctx: &Context<'_>) -> Result<Vec<Rectification>> {
        let rows = loaders::one::<OpenRectificationsOfDepartment>(ctx, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(Rectification)
            .collect())
    }

    /// Grows by one with every change; send it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "5 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        let offers = commands::offered(viewer(ctx));
        offered(ctx, offers, Some(&commands::summary(&self.0)))
    }
}

by_id! {
    /// Departments by key.
    DepartmentById: department::Model = department::Entity::of_ids
}

/// Reads of departments.
#[derive(Default)]
pub struct DepartmentQuery;

#[Object]
impl DepartmentQuery {
    /// One department; null when there is none for this viewer.
    async fn department(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Row<Department>>> {
        let Some(key) = Kind::Department.key(&id) else {
            return Ok(None);
        };
        Ok(loaders::one::<DepartmentById>(ctx, key)
            .await?
            .map(Department)
            .map(Row))
    }

    /// All departments, by number; for everybody who has signed in.
    #[graphql(complexity = "20 * child_complexity")]
    async fn departments(&self, ctx: &Context<'_>) -> Result<Vec<Row<Department>>> {
        let rows = repository::all(store(ctx).db(), viewer(ctx)).await?;
        Ok(rows.into_iter().map(Department).map(Row).collect())
    }
}

/// What a change of a department answers.
type Answer<C> = Payload<C, Department, DepartmentErrorCode>;

/// Changes of departments.
#[derive(Default)]
pub struct DepartmentMutation;

#[Object]
impl DepartmentMutation {
    /// Creates a department (ADMIN).
    async fn department_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The department.")] input: Input<commands::Create>,
    ) -> Result<Answer<commands::Create>> {
        run(ctx, input, commands::create).await
    }

    /// Changes or dissolves a department (ADMIN).
    async fn department_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: Input<commands::ChangeDepartment>,
    ) -> Result<Answer<commands::ChangeDepartment>> {
        run(ctx, input, commands::change).await
    }
}
