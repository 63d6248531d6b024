//! Saving and deleting filters.

use sea_orm::{EntityTrait, entity::prelude::*};

use super::{
    ActiveModel, Entity, List, Model, repository,
    rules::{self, FilterError},
};
use crate::{
    audit::commands::{Change, record, summary},
    command::{Choices, Input, commands, form},
    error::{CommandError, Fault, is_unique_violation},
    id::new_id,
    permission::{Standing, require},
    store::Store,
    table::Visible,
    viewer::Viewer,
};

commands! {
    /// A filter is saved.
    KEEP = "saved_filter.keep" on SavedFilter: "保存", "saved", form Keep;
    /// A filter is deleted.
    DROP = "saved_filter.drop" on SavedFilter: "删除", "deleted", form Drop;
}

form! {
    /// A filter of a list to be saved.
    pub struct Keep of KEEP, refused FilterError {
        title: "保存筛选", "Save the filter";
        lead: "保存后，在该清单上方点击名称即可使用；只有您自己看得到。",
            "It is then offered by its name above the list. Only you see it.";
        done: "筛选已保存。", "The filter has been saved.";
        /// The list.
        list: List = Choice(Choices::of::<List>);
        /// By what you will know it, up to 40 characters.
        name: String = Line(40), "名称", "Name";
        /// What the list is filtered by, as the query of its address says it, up to 500 characters. What the list does not understand is left out.
        query: String = Line(500);
    }
}

/// Saves a filter for the person who asks.
pub async fn keep(
    store: &Store,
    viewer: &Viewer,
    input: Keep,
) -> Result<Model, CommandError<FilterError>> {
    let person = viewer.person().ok_or(Fault::Unauthenticated)?;
    let unit = store.begin(viewer).await?;
    let name = rules::name(&input.name).map_err(|code| CommandError::refused(&["name"], code))?;
    let query = rules::query(input.list, &input.query)
        .map_err(|code| CommandError::refused(&["query"], code))?;
    if repository::count(unit.db(), viewer, input.list).await? >= rules::MOST {
        return Err(CommandError::refused(&[], FilterError::TooMany));
    }
    let filter = Model {
        id: new_id(unit.now()),
        account_id: person.account_id,
        list: input.list,
        name,
        query,
        created_at: unit.now(),
    };
    Entity::insert(ActiveModel::from(filter.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await
        .map_err(|error| {
            if is_unique_violation(&error) {
                CommandError::refused(&["name"], FilterError::NameTaken)
            } else {
                error.into()
            }
        })?;
    record(
        &unit,
        Change {
            command: &KEEP,
            subject_id: filter.id,
            before: None,
            after: Some(
                summary!({ "list": filter.list, "name": filter.name, "query": filter.query }),
            ),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(filter)
}

form! {
    /// A saved filter to be deleted.
    pub struct Drop of DROP, refused FilterError {
        title: "删除常用筛选", "Delete the saved filter";
        lead: "只删除保存的条件，清单本身不变。", "Only the saved conditions are deleted; the list stays as it is.";
        done: "常用筛选已删除。", "The saved filter has been deleted.";
        /// The filter.
        id: Uuid = Target(Thing::SavedFilter);
    }
}

/// Deletes a filter.
pub async fn drop(
    store: &Store,
    viewer: &Viewer,
    input: Drop,
) -> Result<Model, CommandError<FilterError>> {
    require(viewer, Drop::FORM.may, Standing::None)?;
    let unit = store.begin(viewer).await?;
    let filter = Entity::found(unit.db(), viewer, input.id).await?;
    Entity::delete_by_id(filter.id).exec(unit.db()).await?;
    record(
        &unit,
        Change {
            command: &DROP,
            subject_id: filter.id,
            before: Some(
                summary!({ "list": filter.list, "name": filter.name, "query": filter.query }),
            ),
            after: None,
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(filter)
}
