//! The reasons to need an item, in a draft.

use sea_orm::prelude::Uuid;

use super::{
    super::{ADD_NEED, EDIT_NEED, REMOVE_NEED},
    Edited, Editing, LARGEST, Own, Refused, Told, place, room,
};
use crate::{
    catalogue::{Need, file::NEEDS},
    command::{Input, form},
    language::Text,
    permission::Action,
    store::Store,
    text::clean_line,
    viewer::Viewer,
};

/// Declares a form about a reason to need the item, which begins with the fields of `before`.
macro_rules! need_form {
    (
        #[doc = $about:literal]
        pub struct $input:ident of $command:ident {
            title: $title_zh:literal, $title_en:literal;
            lead: $lead_zh:literal, $lead_en:literal;
            done: $done_zh:literal, $done_en:literal;
            before { $($before:tt)* }
        }
    ) => {
        form! {
            #[doc = $about]
            pub struct $input of $command by Action::ProposeItem, refused Refused {
                title: $title_zh, $title_en;
                lead: $lead_zh, $lead_en;
                done: $done_zh, $done_en;
                /// The item.
                id: Uuid = Target(Thing::Item);
                /// Its version as seen.
                expected_version: i32 = Version;
                $($before)*
                /// When a project needs it, in the language of conditions.
                condition: String = Lines(500), "需要办理的情形", "When it is needed", "条件表达式，例如 has_boiler = YES", "A condition such as has_boiler = YES";
                /// Why; Chinese.
                reason_zh: String = Lines(500), "理由（中文）", "Reason (Chinese)";
                /// English.
                reason_en: String = Lines(500), "理由（英文）", "Reason (English)";
                /// The articles on which it rests.
                basis: String = Lines(500), "依据条款", "Articles";
            }
        }

        impl $input {
            /// The reason as it is kept; nothing if its condition cannot be read.
            fn need(&self, told: &mut Told, item: String) -> Option<Need> {
                let reason = told.words(("reasonZh", &self.reason_zh), ("reasonEn", &self.reason_en), 500);
                let basis = told.chinese("basis", &self.basis, 500);
                let condition = clean_line(&self.condition);
                if condition.is_empty() {
                    told.refuse("condition", Text::new("请填写条件。", "Enter a condition."));
                }
                let condition = told.condition("condition", Some(&condition))?;
                Some(Need {
                    item,
                    condition,
                    reason,
                    basis,
                })
            }
        }
    };
}

need_form! {
    /// A further reason to need the item, in a draft.
    pub struct AddNeed of ADD_NEED {
        title: "新增办理情形", "Add a reason to need it";
        lead: "项目满足任一情形即需要办理该事项。", "A project needs the item as soon as one of the conditions holds.";
        done: "办理情形已新增。", "The reason has been added.";
        before {}
    }
}

need_form! {
    /// A reason to need the item, in a draft.
    pub struct EditNeed of EDIT_NEED {
        title: "修改办理情形", "Edit a reason to need it";
        lead: "项目满足任一情形即需要办理该事项。", "A project needs the item as soon as one of the conditions holds.";
        done: "办理情形已保存。", "The reason has been saved.";
        before {
            /// Its place among the reasons of the item, from 1.
            number: i32 = Whole(1, LARGEST);
        }
    }
}

form! {
    /// A reason to need the item that a draft has no longer.
    pub struct RemoveNeed of REMOVE_NEED by Action::ProposeItem, refused Refused {
        title: "删去办理情形", "Remove a reason to need it";
        lead: "没有任何情形的事项不能公布。", "Without any reason the item cannot be published.";
        done: "办理情形已删去。", "The reason has been removed.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Its place among the reasons of the item, from 1.
        number: i32 = Whole(1, LARGEST);
    }
}

/// Adds a reason at the end.
pub async fn add_need(store: &Store, viewer: &Viewer, input: AddNeed) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        AddNeed::FORM,
    )
    .await?;
    let place = room(&editing.content.needs)?;
    let need = input.need(&mut editing.told, editing.item.code.clone());
    editing.content.needs.extend(need);
    editing.save(&ADD_NEED, &of_need(place)).await
}

/// Writes a reason anew.
pub async fn edit_need(store: &Store, viewer: &Viewer, input: EditNeed) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        EditNeed::FORM,
    )
    .await?;
    let place = place(&editing.content.needs, input.number)?;
    let need = input.need(&mut editing.told, editing.item.code.clone());
    if let Some(need) = need {
        editing.content.needs[place] = need;
    }
    editing.save(&EDIT_NEED, &of_need(place)).await
}

/// Takes a reason away.
pub async fn remove_need(store: &Store, viewer: &Viewer, input: RemoveNeed) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        RemoveNeed::FORM,
    )
    .await?;
    let place = place(&editing.content.needs, input.number)?;
    editing.content.needs.remove(place);
    editing.save(&REMOVE_NEED, &[]).await
}

/// The fields in which faults of the reason at this place are told.
fn of_need(place: usize) -> [Own; 3] {
    let row = |column, field| (NEEDS, Some(place), column, field);
    [
        row("condition", "condition"),
        row("reason_zh", "reasonZh"),
        row("reason_en", "reasonEn"),
    ]
}
