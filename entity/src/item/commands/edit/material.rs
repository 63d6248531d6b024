//! The materials of a draft.

use sea_orm::prelude::Uuid;

use super::{
    super::{ADD_MATERIAL, EDIT_MATERIAL, STRIKE_MATERIAL},
    Edited, Editing, LARGEST, Own, Refused, Told, number_at, place, room,
};
use crate::{
    catalogue::{
        Grade, Material, MaterialForm, MaterialSource, Source, Tolerance, file::MATERIALS,
    },
    command::{Choices, Input, form},
    permission::Action,
    store::Store,
    text::clean_line,
    viewer::Viewer,
};

/// Declares a form about a material, which begins with the fields of `before`.
macro_rules! material_form {
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
                /// Its name; Chinese.
                name_zh: String = Line(200), "材料名称（中文）", "Name (Chinese)";
                /// English.
                name_en: String = Line(200), "材料名称（英文）", "Name (English)";
                /// In which form it is handed in.
                form: MaterialForm = Choice(Choices::of::<MaterialForm>), "形式", "Form";
                /// Where it comes from.
                source: MaterialSource = Choice(Choices::of::<MaterialSource>), "来源", "Source";
                /// The code of the item whose result it is.
                source_item: Option<String> = Line(10), "来源事项编号", "Code of the item whose result it is", "来源为其他事项结果的填写", "Only for the result of another item";
                /// How far it can be relied on.
                grade: Grade = Choice(Choices::of::<Grade>), "可信等级", "Grade";
                /// Whether it may be missing at first.
                tolerance: Tolerance = Choice(Choices::of::<Tolerance>), "容缺方式", "If missing";
                /// When it is asked for, in the language of conditions; always without one.
                condition: Option<String> = Lines(500), "需要的情形", "When it is asked for", "条件表达式，总是需要的留空", "A condition; empty if it is always asked for";
                /// The same key for a material that several items share, which is handed in once.
                shared_key: Option<String> = Line(40), "共用材料代码", "Key of a shared material", "几个事项共用同一材料的填写，大写字母和下划线", "Capitals and underscores, the same in each item that asks for it";
                /// What to know about it, with its basis; Chinese.
                note_zh: String = Lines(1000), "说明和依据（中文）", "Note and basis (Chinese)";
                /// English.
                note_en: String = Lines(1000), "说明和依据（英文）", "Note and basis (English)";
            }
        }

        impl $input {
            /// The material as it is kept, if what is said of it can be read.
            fn material(&self, told: &mut Told, kept: Kept) -> Material {
                let given = |text: &Option<String>| {
                    let text = text.as_deref().map(clean_line);
                    text.filter(|text| !text.is_empty())
                };
                let shared_key = given(&self.shared_key);
                told.fits("sharedKey", shared_key.as_deref().unwrap_or_default(), 40);
                let other = given(&self.source_item);
                let source = match (self.source, other) {
                    (MaterialSource::OtherItem, other) => Source::OtherItem(other.unwrap_or_default()),
                    (MaterialSource::Applicant, _) => Source::Applicant,
                    (MaterialSource::SharedData, _) => Source::SharedData,
                    (MaterialSource::Intermediary, _) => Source::Intermediary,
                };
                Material {
                    item: kept.item,
                    number: kept.number,
                    name: told.words(("nameZh", &self.name_zh), ("nameEn", &self.name_en), 200),
                    form: self.form,
                    source,
                    before: kept.before,
                    after: true,
                    grade: Some(self.grade),
                    condition: told.condition("condition", self.condition.as_deref()),
                    tolerance: self.tolerance,
                    shared_key,
                    note: told.words(("noteZh", &self.note_zh), ("noteEn", &self.note_en), 1000),
                }
            }
        }
    };
}

/// What stays of a material when it is edited.
struct Kept {
    item: String,
    number: u16,
    before: bool,
}

material_form! {
    /// A further material of a draft.
    pub struct AddMaterial of ADD_MATERIAL {
        title: "新增申报材料", "Add a material";
        lead: "每份材料须说明依据；法律、法规没有要求的，不得索要。", "Each material names its basis: what no law asks for must not be asked for.";
        done: "申报材料已新增。", "The material has been added.";
        before {}
    }
}

material_form! {
    /// A material of a draft. One that was struck is asked for again.
    pub struct EditMaterial of EDIT_MATERIAL {
        title: "修改申报材料", "Edit the material";
        lead: "每份材料须说明依据；法律、法规没有要求的，不得索要。", "Each material names its basis: what no law asks for must not be asked for.";
        done: "申报材料已保存。", "The material has been saved.";
        before {
            /// Its number within the item.
            number: i32 = Whole(1, LARGEST);
        }
    }
}

form! {
    /// A material that a draft no longer asks for.
    pub struct StrikeMaterial of STRIKE_MATERIAL by Action::ProposeItem, refused Refused {
        title: "取消申报材料", "Strike the material";
        lead: "取消后不再向申请人索要；说明由什么代替或者为什么不再需要。", "Applicants are not asked for it any more. Say what takes its place, or why it is not needed.";
        done: "申报材料已取消。", "The material has been struck.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Its number within the item.
        number: i32 = Whole(1, LARGEST);
        /// Why it is not asked for any more; Chinese.
        note_zh: String = Lines(1000), "取消的说明（中文）", "Why it is struck (Chinese)";
        /// English.
        note_en: String = Lines(1000), "取消的说明（英文）", "Why it is struck (English)";
    }
}

/// Adds a material at the end.
pub async fn add_material(store: &Store, viewer: &Viewer, input: AddMaterial) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        AddMaterial::FORM,
    )
    .await?;
    let place = room(&editing.content.materials)?;
    let kept = Kept {
        item: editing.item.code.clone(),
        number: number_at(place),
        before: false,
    };
    let material = input.material(&mut editing.told, kept);
    let own = of_material(place, &material.source);
    editing.content.materials.push(material);
    editing.save(&ADD_MATERIAL, &own).await
}

/// Writes a material anew.
pub async fn edit_material(store: &Store, viewer: &Viewer, input: EditMaterial) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        EditMaterial::FORM,
    )
    .await?;
    let place = place(&editing.content.materials, input.number)?;
    let before = &editing.content.materials[place];
    let kept = Kept {
        item: before.item.clone(),
        number: before.number,
        before: before.before,
    };
    let material = input.material(&mut editing.told, kept);
    let own = of_material(place, &material.source);
    editing.content.materials[place] = material;
    editing.save(&EDIT_MATERIAL, &own).await
}

/// No longer asks for a material: one that was on the list before the reform stays there as struck, another one goes.
pub async fn strike_material(store: &Store, viewer: &Viewer, input: StrikeMaterial) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        StrikeMaterial::FORM,
    )
    .await?;
    let place = place(&editing.content.materials, input.number)?;
    let note = editing
        .told
        .words(("noteZh", &input.note_zh), ("noteEn", &input.note_en), 1000);
    let materials = &mut editing.content.materials;
    if !materials[place].before {
        materials.remove(place);
        for (place, material) in materials.iter_mut().enumerate() {
            material.number = number_at(place);
        }
        return editing.save(&STRIKE_MATERIAL, &[]).await;
    }
    let struck = &mut materials[place];
    struck.after = false;
    struck.grade = None;
    struck.tolerance = Tolerance::None;
    struck.note = note;
    let own = [
        (MATERIALS, Some(place), "note", "noteZh"),
        // What may not be promised is told of the note of what is struck.
        (MATERIALS, Some(place), "tolerance", "noteZh"),
    ];
    editing.save(&STRIKE_MATERIAL, &own).await
}

/// The fields in which faults of the material at this place are told.
fn of_material(place: usize, source: &Source) -> Vec<Own> {
    let source = match source {
        Source::OtherItem(_) => "sourceItem",
        _ => "source",
    };
    let row = |column, field| (MATERIALS, Some(place), column, field);
    vec![
        row("name_zh", "nameZh"),
        row("form", "form"),
        row("source", source),
        row("grade", "grade"),
        row("condition", "condition"),
        row("tolerance", "tolerance"),
        row("shared_key", "sharedKey"),
        row("note", "noteZh"),
    ]
}
