//! The shape of each file: its columns in their order, and how each stands in the row.

use super::{
    BUNDLES, CORRECTION_REASONS, Cells, DEPARTMENTS, EDGES, EXAMPLES, FIELDS, GUIDES, HISTORY,
    ITEMS, LIMITS, MATERIALS, NEEDS, PAUSE_KINDS, QUESTIONS, SILENCES, WINDOWS,
    value::{Articles, Codec, Ends, Facts, Names, Typed, Words},
};
use crate::catalogue::{
    Bundle, CorrectionReason, Department, Edge, Example, FormField, Guide, History, Item, Limit,
    Material, Need, PauseKind, Question, Silence, Window,
};

/// One row of a file.
pub trait Row: Sized {
    /// The file.
    const FILE: &'static str;
    /// Its columns.
    const COLUMNS: &'static [&'static str];

    /// Reads a row; every value is looked at, also behind one that is wrong.
    fn read(cells: &mut Cells<'_>) -> Option<Self>;

    /// The values of its columns.
    fn write(&self) -> Vec<String>;
}

/// `field: Codec "column" "column";`
macro_rules! rows {
    ($($row:ident in $file:ident { $($field:ident: $codec:ident $($column:literal)+;)+ })+) => {$(
        impl Row for $row {
            const FILE: &'static str = $file;
            const COLUMNS: &'static [&'static str] = &[$($($column),+),+];

            fn read(cells: &mut Cells<'_>) -> Option<Self> {
                $(let $field = cells.take([$($column),+].len(), |cells| $codec::read(cells));)+
                Some(Self { $($field: $field?,)+ })
            }

            fn write(&self) -> Vec<String> {
                let mut line = Vec::with_capacity(Self::COLUMNS.len());
                $(line.extend($codec::write(&self.$field, [$($column),+].len()));)+
                line
            }
        }
    )+};
}

rows! {
    Item in ITEMS {
        code: Typed "code";
        name: Names "name_zh" "name_en";
        department: Typed "department_no";
        legal_basis: Typed "legal_basis";
        statutory_limit: Typed "statutory_limit";
        promise_before: Typed "promise_before_wd";
        promise_after: Typed "promise_after_wd";
        materials_before: Typed "materials_before";
        materials_after: Typed "materials_after";
        fee: Typed "fee";
        silence: Typed "tacit_class";
        status: Typed "status";
        status_note: Typed "status_note";
    }
    Department in DEPARTMENTS {
        number: Typed "no";
        name: Names "name_zh" "name_en";
        counterpart_zh: Typed "counterpart_today_zh";
        windows: Typed "windows";
        main_items: Typed "main_items";
    }
    Material in MATERIALS {
        item: Typed "item_code";
        number: Typed "material_no";
        name: Words "name_zh" "name_en";
        form: Typed "form";
        source: Typed "source";
        before: Typed "in_before";
        after: Typed "in_after";
        grade: Typed "grade";
        condition: Typed "condition";
        tolerance: Typed "tolerance";
        shared_key: Typed "shared_key";
        note: Words "note";
    }
    FormField in FIELDS {
        key: Typed "key";
        label: Words "label_zh" "label_en";
        kind: Typed "kind";
        options: Typed "options";
        unit: Typed "unit";
        required: Typed "required";
        source: Typed "source";
        group: Words "group_zh" "group_en";
        bounds: Typed "bounds";
        help: Words "help_zh" "help_en";
        items: Typed "items";
    }
    Question in QUESTIONS {
        key: Typed "key";
        question: Words "question_zh" "question_en";
        kind: Typed "kind";
        options: Typed "options";
        unit: Typed "unit";
        ask_when: Typed "ask_when";
        help: Words "help_zh" "help_en";
    }
    Need in NEEDS {
        item: Typed "item_code";
        condition: Typed "condition";
        reason: Words "reason_zh" "reason_en";
        basis: Articles "basis";
    }
    Example in EXAMPLES {
        code: Typed "code";
        name: Words "name_zh" "name_en";
        given: Typed "answers";
        expected_items: Typed "expected_items";
        expected_open: Typed "expected_open";
    }
    Edge in EDGES {
        before: Typed "before_code";
        after: Typed "after_code";
        kind: Typed "kind";
        condition: Typed "condition";
        note: Words "note";
    }
    Bundle in BUNDLES {
        code: Typed "code";
        name: Words "name_zh" "name_en";
        items: Typed "item_codes";
        promised: Typed "promised_wd";
        note: Words "note";
        condition: Typed "condition";
        joint_limit: Typed "joint_limit_wd";
        joint_extension: Typed "joint_extension_wd";
        extension_by: Typed "extension_by";
    }
    Limit in LIMITS {
        item: Typed "item_code";
        clock: Typed "clock";
        limit: Typed "limit";
        unit: Typed "unit";
        start: Typed "start_event";
        extension_by: Typed "extension_by";
        article: Articles "article";
        mark: Typed "mark";
        condition: Typed "condition";
        note: Words "note";
    }
    Guide in GUIDES {
        item: Typed "item_code";
        conditions: Words "conditions_zh" "conditions_en";
        time_limit: Words "time_limit_zh" "time_limit_en";
        result_name: Words "result_name_zh" "result_name_en";
        fee: Words "fee_zh" "fee_en";
        fee_basis: Articles "fee_basis";
        promise: Words "promise_zh" "promise_en";
        supervise: Words "supervise_zh" "supervise_en";
        remedies: Words "remedies_zh" "remedies_en";
        outcomes: Typed "outcomes";
        validity: Ends "validity_kind" "result_validity_years" "renewal_before_wd" "renewal_class";
    }
    Window in WINDOWS {
        number: Typed "window_no";
        department: Typed "department_no";
        name: Words "name_zh" "name_en";
        items: Typed "item_codes";
        a_post_zh: Typed "a_post_zh";
        b_post_zh: Typed "b_post_zh";
    }
    History in HISTORY {
        item: Typed "item_code";
        fact: Facts "attribute" "value";
        from: Typed "effective_from";
        to: Typed "effective_to";
        reason: Words "reason_zh" "reason_en";
        successors: Typed "successor";
    }
    CorrectionReason in CORRECTION_REASONS {
        code: Typed "code";
        name: Words "name_zh" "name_en";
        explain: Words "explain_zh" "explain_en";
        visible_first_time: Typed "visible_first_time";
        example: Words "example_zh" "example_en";
    }
    PauseKind in PAUSE_KINDS {
        code: Typed "code";
        name: Words "name_zh" "name_en";
        article: Articles "article";
        cap: Typed "cap_wd";
        only_items: Typed "only_items";
        written_notice: Typed "written_notice";
        note: Words "note_zh" "note_en";
    }
    Silence in SILENCES {
        class: Typed "code";
        name: Words "name_zh" "name_en";
        meaning: Words "meaning_zh" "meaning_en";
        effect: Typed "effect";
        two_persons: Typed "two_persons";
        basis: Articles "basis";
    }
}
