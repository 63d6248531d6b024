//! The time limits of a draft.

use sea_orm::prelude::Uuid;

use super::{
    super::{ADD_LIMIT, EDIT_LIMIT, REMOVE_LIMIT},
    Edited, Editing, LARGEST, LONGEST, Own, Refused, Told, place, room,
};
use crate::{
    catalogue::{Authority, Clock, Limit, LimitUnit, Mark, StartEvent, file::LIMITS},
    command::{Choices, Input, form},
    permission::Action,
    store::Store,
    viewer::Viewer,
};

/// Declares a form about a time limit, which begins with the fields of `before`.
macro_rules! limit_form {
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
                /// Which clock.
                clock: Clock = Choice(Choices::of::<Clock>), "期限种类", "Which limit";
                /// How long, in its unit; 0 on the spot.
                limit: i32 = Whole(0, LONGEST), "时长", "How long", "当场办理的填 0", "0 on the spot";
                /// In what it is counted.
                unit: LimitUnit = Choice(Choices::of::<LimitUnit>), "计算单位", "Counted in";
                /// From what it is counted.
                start: StartEvent = Choice(Choices::of::<StartEvent>), "起算点", "Counted from";
                /// Who extends; of an extension only.
                extension_by: Option<Authority> = Choice(Choices::of::<Authority>), "延长批准人", "Extended by", "仅用于延长", "For an extension only";
                /// The article.
                article: String = Lines(500), "依据条款", "Article";
                /// How sure that is.
                mark: Mark = Choice(Choices::of::<Mark>), "依据可靠程度", "How sure the article is", "只查阅摘录或者属一般知识的，待办理部门核实，核实前不能公布（示例目录除外）",
                    "What was read in an excerpt or is general knowledge is to be confirmed by the office and cannot be published before, except in an example";
                /// When it takes the place of the limit of the same clock without condition, in the language of conditions.
                condition: Option<String> = Lines(500), "适用情形", "When it applies", "条件表达式，通常适用的留空", "A condition; empty for the usual limit";
                /// What to know about it; Chinese.
                note_zh: Option<String> = Lines(1000), "说明（中文）", "Note (Chinese)";
                /// English.
                note_en: Option<String> = Lines(1000), "说明（英文）", "Note (English)";
            }
        }

        impl $input {
            /// The limit as it is kept, if what is said of it can be read.
            fn limit(&self, told: &mut Told, item: String) -> Limit {
                Limit {
                    item,
                    clock: self.clock,
                    limit: told.whole("limit", self.limit),
                    unit: self.unit,
                    start: self.start,
                    extension_by: self.extension_by,
                    article: told.chinese("article", &self.article, 500),
                    mark: self.mark,
                    condition: told.condition("condition", self.condition.as_deref()),
                    note: told.words_or_none(("noteZh", &self.note_zh), ("noteEn", &self.note_en), 1000),
                }
            }
        }
    };
}

limit_form! {
    /// A further time limit of a draft.
    pub struct AddLimit of ADD_LIMIT {
        title: "新增期限", "Add a time limit";
        lead: "每个期限须写明依据条款。", "Each time limit names its article.";
        done: "期限已新增。", "The time limit has been added.";
        before {}
    }
}

limit_form! {
    /// A time limit of a draft.
    pub struct EditLimit of EDIT_LIMIT {
        title: "修改期限", "Edit the time limit";
        lead: "每个期限须写明依据条款。", "Each time limit names its article.";
        done: "期限已保存。", "The time limit has been saved.";
        before {
            /// Its place among the limits of the item, from 1.
            number: i32 = Whole(1, LARGEST);
        }
    }
}

form! {
    /// A time limit that a draft has no longer.
    pub struct RemoveLimit of REMOVE_LIMIT by Action::ProposeItem, refused Refused {
        title: "删去期限", "Remove the time limit";
        lead: "告知、法定、承诺和送达的通常期限不能缺少，否则不能公布。", "Without the usual limits of notice, law, promise and delivery it cannot be published.";
        done: "期限已删去。", "The time limit has been removed.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Its place among the limits of the item, from 1.
        number: i32 = Whole(1, LARGEST);
    }
}

/// Adds a time limit at the end.
pub async fn add_limit(store: &Store, viewer: &Viewer, input: AddLimit) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        AddLimit::FORM,
    )
    .await?;
    let place = room(&editing.content.limits)?;
    let limit = input.limit(&mut editing.told, editing.item.code.clone());
    editing.content.limits.push(limit);
    editing.promise_follows(place);
    editing.save(&ADD_LIMIT, &of_limit(place)).await
}

/// Writes a time limit anew.
pub async fn edit_limit(store: &Store, viewer: &Viewer, input: EditLimit) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        EditLimit::FORM,
    )
    .await?;
    let place = place(&editing.content.limits, input.number)?;
    let limit = input.limit(&mut editing.told, editing.item.code.clone());
    editing.content.limits[place] = limit;
    editing.promise_follows(place);
    editing.save(&EDIT_LIMIT, &of_limit(place)).await
}

/// Takes a time limit away.
pub async fn remove_limit(store: &Store, viewer: &Viewer, input: RemoveLimit) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        RemoveLimit::FORM,
    )
    .await?;
    let place = place(&editing.content.limits, input.number)?;
    editing.content.limits.remove(place);
    editing.save(&REMOVE_LIMIT, &[]).await
}

/// The fields in which faults of the limit at this place are told.
fn of_limit(place: usize) -> [Own; 6] {
    let row = |column, field| (LIMITS, Some(place), column, field);
    [
        row("clock", "clock"),
        row("limit", "limit"),
        row("unit", "unit"),
        row("start_event", "start"),
        row("extension_by", "extensionBy"),
        row("condition", "condition"),
    ]
}
