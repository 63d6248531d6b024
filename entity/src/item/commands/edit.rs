//! Editing a draft, one part of it at a time: its main facts, the guide, the outcomes, the validity, one material, one time limit, one reason to
//! need it. A part is saved when what it says itself breaks no rule of the catalogue; what does not fit another part any more is told on the page
//! of the item and is in the way of the publication.

use sea_orm::entity::prelude::*;
use serde_json::json;

use super::{
    ADD_LIMIT, ADD_MATERIAL, ADD_NEED, DRAFT, EDIT_FACTS, EDIT_GUIDE, EDIT_LIMIT, EDIT_MATERIAL,
    EDIT_NEED, EDIT_OUTCOMES, EDIT_VALIDITY, Outcome, REMOVE_LIMIT, REMOVE_NEED, STRIKE_MATERIAL,
    files, import, load, write,
};
use crate::{
    audit::commands::{Change, Summary, record},
    catalogue::{
        self, Authority, Clock, Files, Grade, Guide, Limit, LimitUnit, Mark, Material,
        MaterialForm, MaterialSource, Need, SilenceClass, Source, StartEvent, Tolerance, Validity,
        ValidityKind,
        file::{self, GUIDES, ITEMS, LIMITS, MATERIALS, NEEDS},
        rules::FaultOfItem,
    },
    command::{Choices, Command, Form, Input, form},
    condition::{Condition, Number},
    error::{CommandError, Detailed, Explain, Refusal},
    id::new_id,
    item::{
        Model,
        rules::{self, ItemError, Shortcoming},
        version::{self, Content},
    },
    language::Text,
    permission::Action,
    store::{Store, Unit},
    table::save,
    term::Term,
    text::clean_line,
    viewer::Viewer,
};

/// How many materials, time limits and reasons an item has at most, of each.
pub const MOST_ROWS: usize = 100;

/// The largest number of a row.
const LARGEST: i32 = MOST_ROWS as i32;

/// The largest number of days or years.
const LONGEST: i32 = 1000;

/// How an edited part is refused: by a code, with what is wrong with the value.
type Refused = Detailed<ItemError>;

/// What an edit answers.
type Edited = Result<Model, CommandError<Refused>>;

form! {
    /// The next version of an item, to be worked on.
    pub struct Draft of DRAFT by Action::ProposeItem, refused ItemError {
        title: "起草新版本", "Draft the next version";
        lead: "以最近公布的版本为基础，提请公布前可以随时修改。", "The draft begins as the version that was published last; it can be edited until it is proposed.";
        done: "新版本已起草，请在下方修改。", "The draft has been made: edit it below.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
    }
}

/// Begins the next version of an item.
pub async fn draft(store: &Store, viewer: &Viewer, input: Draft) -> Outcome {
    let unit = store.begin(viewer).await?;
    let found = load(&unit, input.id, input.expected_version, Draft::FORM).await?;
    let content = rules::may_draft(&found.item, &found.versions)
        .map_err(|error| CommandError::refused(&[], error))?;
    let numbers = found.versions.iter().map(|version| version.number);
    let next = version::Model {
        id: new_id(unit.now()),
        item_id: found.item.id,
        number: numbers.max().unwrap_or_default() + 1,
        ..version::Model::drafted(content)?
    };
    let saved = save(&unit, &found.item, found.item.clone()).await?;
    import::insert(&unit, &next).await?;
    let change = Change {
        command: &DRAFT,
        subject_id: saved.id,
        before: None,
        after: Some(super::told(&saved, &next)),
        reason: None,
    };
    record(&unit, change).await?;
    unit.commit().await?;
    Ok(saved)
}

form! {
    /// Name, basis, promise and silence class of a draft.
    pub struct EditFacts of EDIT_FACTS by Action::ProposeItem, refused Refused {
        title: "修改基本内容", "Edit the main facts";
        lead: "默许类别有变化的，公布前须经管委会领导书面决定批准。承诺期限变化后，办事指南中的服务承诺也须相应修改。",
            "A leader must confirm another silence class with a written decision before it is published. When the promise changes, its words in the guide must follow.";
        done: "基本内容已保存。", "The main facts have been saved.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Its name, up to 200 characters; Chinese.
        name_zh: String = Line(200), "事项名称（中文）", "Name (Chinese)";
        /// English.
        name_en: String = Line(200), "事项名称（英文）", "Name (English)";
        /// The articles on which it rests.
        legal_basis: String = Lines(1000), "法律依据", "Legal basis";
        /// The limit of law in words.
        statutory_limit: String = Lines(500), "法定期限（文字）", "Limit of law, in words";
        /// In how many working days the decision is promised; the promise among the time limits follows.
        promised_days: i32 = Whole(1, LONGEST), "承诺期限（工作日）", "Promise in working days", "不得长于法定期限", "No longer than the law";
        /// The fee in words; begins with 0 where there is none.
        fee: String = Line(200), "收费（目录）", "Fee, in the catalogue", "不收费的填 0", "0 if there is none";
        /// What silence means on an application.
        silence: SilenceClass = Choice(Choices::of::<SilenceClass>), "默许类别", "Silence class";
    }
}

/// Edits name, basis, promise and silence class of a draft.
pub async fn edit_facts(store: &Store, viewer: &Viewer, input: EditFacts) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        EditFacts::FORM,
    )
    .await?;
    let days = editing.told.whole("promisedDays", input.promised_days);
    let content = &mut editing.content;
    let item = &mut content.item;
    item.name = Text::new(clean_line(&input.name_zh), clean_line(&input.name_en));
    item.legal_basis = clean_line(&input.legal_basis);
    item.statutory_limit = clean_line(&input.statutory_limit);
    item.promise_after = Some(days);
    item.fee = clean_line(&input.fee);
    item.silence = Some(input.silence);
    let (legal_basis, statutory_limit, fee) = (
        item.legal_basis.clone(),
        item.statutory_limit.clone(),
        item.fee.clone(),
    );
    for (field, text, most) in [
        ("legalBasis", legal_basis, 1000),
        ("statutoryLimit", statutory_limit, 500),
        ("fee", fee, 200),
    ] {
        editing.told.fits(field, &text, most);
    }
    let promise = usual_promise(&mut editing.content).map(|(place, promise)| {
        promise.limit = days;
        place
    });
    let mut own = vec![
        (ITEMS, Some(0), "name_zh", "nameZh"),
        (ITEMS, Some(0), "name_en", "nameEn"),
        (ITEMS, Some(0), "legal_basis", "legalBasis"),
        (ITEMS, Some(0), "statutory_limit", "statutoryLimit"),
        (ITEMS, Some(0), "promise_after_wd", "promisedDays"),
        (ITEMS, Some(0), "fee", "fee"),
        (ITEMS, Some(0), "tacit_class", "silence"),
    ];
    own.extend(promise.map(|place| (LIMITS, Some(place), "limit", "promisedDays")));
    editing.save(&EDIT_FACTS, &own).await
}

/// The promise that holds unless another one takes its place, with its place among the limits.
fn usual_promise(content: &mut Content) -> Option<(usize, &mut Limit)> {
    let mut limits = content.limits.iter_mut().enumerate();
    limits.find(|(_, limit)| limit.clock == Clock::Promised && limit.condition.is_none())
}

form! {
    /// The public facts of a draft.
    pub struct EditGuide of EDIT_GUIDE by Action::ProposeItem, refused Refused {
        title: "修改办事指南", "Edit the guide";
        lead: "对外公示的内容，须有中英文；中文使用全角标点，英文只用半角字符。",
            "What the public reads, in Chinese with full-width punctuation and in English with ASCII characters.";
        done: "办事指南已保存。", "The guide has been saved.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Under which conditions it is granted; Chinese.
        conditions_zh: String = Lines(2000), "办理条件（中文）", "Conditions (Chinese)";
        /// English.
        conditions_en: String = Lines(2000), "办理条件（英文）", "Conditions (English)";
        /// The limits of law in words; Chinese.
        time_limit_zh: String = Lines(2000), "法定期限（中文）", "Limit of law (Chinese)", "写明各法定期限和延长的天数", "Name the days of each limit of law and extension";
        /// English.
        time_limit_en: String = Lines(2000), "法定期限（英文）", "Limit of law (English)";
        /// What the applicant receives; Chinese.
        result_zh: String = Lines(2000), "办理结果（中文）", "Result (Chinese)";
        /// English.
        result_en: String = Lines(2000), "办理结果（英文）", "Result (English)";
        /// What it costs; Chinese.
        fee_zh: String = Lines(2000), "收费（中文）", "Fee (Chinese)";
        /// English.
        fee_en: String = Lines(2000), "收费（英文）", "Fee (English)";
        /// The articles on which the fee, or its absence, rests.
        fee_basis: String = Lines(2000), "收费依据", "Fee basis";
        /// The promise in words; Chinese.
        promise_zh: String = Lines(2000), "服务承诺（中文）", "What is promised (Chinese)", "写明承诺几个工作日", "Name the promised working days";
        /// English.
        promise_en: String = Lines(2000), "服务承诺（英文）", "What is promised (English)";
        /// Where to complain; Chinese.
        supervise_zh: String = Lines(2000), "监督投诉（中文）", "Complaints (Chinese)", "写明办理的窗口", "Name the window that takes it";
        /// English.
        supervise_en: String = Lines(2000), "监督投诉（英文）", "Complaints (English)";
        /// What can be done against a decision; Chinese.
        remedies_zh: String = Lines(2000), "救济途径（中文）", "Remedies (Chinese)", "写明复议 60日和诉讼六个月，并引用不予决定的名称", "Name review within 60 calendar days, court within six months, and the refusal in quotes";
        /// English.
        remedies_en: String = Lines(2000), "救济途径（英文）", "Remedies (English)";
    }
}

/// Edits the public facts of a draft.
pub async fn edit_guide(store: &Store, viewer: &Viewer, input: EditGuide) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        EditGuide::FORM,
    )
    .await?;
    let told = &mut editing.told;
    let mut words = |zh: (&'static str, &str), en: (&'static str, &str)| told.words(zh, en, 2000);
    let conditions = words(
        ("conditionsZh", &input.conditions_zh),
        ("conditionsEn", &input.conditions_en),
    );
    let time_limit = words(
        ("timeLimitZh", &input.time_limit_zh),
        ("timeLimitEn", &input.time_limit_en),
    );
    let result_name = words(
        ("resultZh", &input.result_zh),
        ("resultEn", &input.result_en),
    );
    let fee = words(("feeZh", &input.fee_zh), ("feeEn", &input.fee_en));
    let promise = words(
        ("promiseZh", &input.promise_zh),
        ("promiseEn", &input.promise_en),
    );
    let supervise = words(
        ("superviseZh", &input.supervise_zh),
        ("superviseEn", &input.supervise_en),
    );
    let remedies = words(
        ("remediesZh", &input.remedies_zh),
        ("remediesEn", &input.remedies_en),
    );
    let fee_basis = told.chinese("feeBasis", &input.fee_basis, 2000);
    editing.content.guide = Some(Guide {
        conditions,
        time_limit,
        result_name,
        fee,
        fee_basis,
        promise,
        supervise,
        remedies,
        ..editing.guide()
    });
    let row = |column, field| (GUIDES, Some(0), column, field);
    let own = [
        row("time_limit_zh", "timeLimitZh"),
        row("time_limit_en", "timeLimitEn"),
        row("result_name_zh", "resultZh"),
        row("result_name_en", "resultEn"),
        row("fee_zh", "feeZh"),
        row("promise_zh", "promiseZh"),
        row("promise_en", "promiseEn"),
        row("supervise_zh", "superviseZh"),
        row("supervise_en", "superviseEn"),
        row("remedies_zh", "remediesZh"),
        row("remedies_en", "remediesEn"),
    ];
    editing.save(&EDIT_GUIDE, &own).await
}

form! {
    /// How a case of the item can end, in a draft. An outcome with no words is not among them.
    pub struct EditOutcomes of EDIT_OUTCOMES by Action::ProposeItem, refused Refused {
        title: "修改办理结果", "Edit the outcomes";
        lead: "该事项可能的办理结果及其名称；没有的结果，中英文都留空。不予决定的名称须在救济途径中引用。",
            "How a case can end, in the words of this item. Leave both languages empty where an outcome does not exist. The remedies must quote a refusal.";
        done: "办理结果已保存。", "The outcomes have been saved.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Granted; Chinese.
        granted_zh: Option<String> = Line(200), "准予（中文）", "Granted (Chinese)";
        /// English.
        granted_en: Option<String> = Line(200), "准予（英文）", "Granted (English)";
        /// Refused; Chinese.
        refused_zh: Option<String> = Line(200), "不予（中文）", "Refused (Chinese)";
        /// English.
        refused_en: Option<String> = Line(200), "不予（英文）", "Refused (English)";
        /// Filed, of filings only; Chinese.
        filed_zh: Option<String> = Line(200), "已备案（中文）", "Filed (Chinese)";
        /// English.
        filed_en: Option<String> = Line(200), "已备案（英文）", "Filed (English)";
        /// Granted by silence, of class T2 only; Chinese.
        deemed_granted_zh: Option<String> = Line(200), "视为同意（中文）", "Deemed granted (Chinese)", "仅用于法定视为同意（T2）", "For class T2 only";
        /// English.
        deemed_granted_en: Option<String> = Line(200), "视为同意（英文）", "Deemed granted (English)";
        /// The matter needs no permission; Chinese.
        not_required_zh: Option<String> = Line(200), "不需要办理（中文）", "Not required (Chinese)";
        /// English.
        not_required_en: Option<String> = Line(200), "不需要办理（英文）", "Not required (English)";
        /// Another body is competent; Chinese.
        not_competent_zh: Option<String> = Line(200), "不属于本机关职权（中文）", "Not competent (Chinese)";
        /// English.
        not_competent_en: Option<String> = Line(200), "不属于本机关职权（英文）", "Not competent (English)";
        /// Taken back by the applicant; Chinese.
        withdrawn_zh: Option<String> = Line(200), "申请人撤回（中文）", "Withdrawn (Chinese)";
        /// English.
        withdrawn_en: Option<String> = Line(200), "申请人撤回（英文）", "Withdrawn (English)";
        /// Not completed in time; Chinese.
        lapsed_zh: Option<String> = Line(200), "逾期未补正（中文）", "Lapsed (Chinese)";
        /// English.
        lapsed_en: Option<String> = Line(200), "逾期未补正（英文）", "Lapsed (English)";
    }
}

/// Edits how a case can end. Those that were there before keep their order.
pub async fn edit_outcomes(store: &Store, viewer: &Viewer, input: EditOutcomes) -> Edited {
    use catalogue::Outcome as O;
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        EditOutcomes::FORM,
    )
    .await?;
    let given = [
        (
            O::Granted,
            ("grantedZh", &input.granted_zh),
            ("grantedEn", &input.granted_en),
        ),
        (
            O::Refused,
            ("refusedZh", &input.refused_zh),
            ("refusedEn", &input.refused_en),
        ),
        (
            O::Filed,
            ("filedZh", &input.filed_zh),
            ("filedEn", &input.filed_en),
        ),
        (
            O::DeemedGranted,
            ("deemedGrantedZh", &input.deemed_granted_zh),
            ("deemedGrantedEn", &input.deemed_granted_en),
        ),
        (
            O::NotRequired,
            ("notRequiredZh", &input.not_required_zh),
            ("notRequiredEn", &input.not_required_en),
        ),
        (
            O::NotCompetent,
            ("notCompetentZh", &input.not_competent_zh),
            ("notCompetentEn", &input.not_competent_en),
        ),
        (
            O::Withdrawn,
            ("withdrawnZh", &input.withdrawn_zh),
            ("withdrawnEn", &input.withdrawn_en),
        ),
        (
            O::Lapsed,
            ("lapsedZh", &input.lapsed_zh),
            ("lapsedEn", &input.lapsed_en),
        ),
    ];
    let mut guide = editing.guide();
    let before: Vec<O> = guide.outcomes.iter().map(|(outcome, _)| *outcome).collect();
    let mut outcomes = Vec::new();
    for (outcome, zh, en) in given {
        let text = editing.told.words_or_none(zh, en, 200);
        outcomes.extend(text.map(|text| (outcome, text)));
    }
    let place = |outcome: &O| before.iter().position(|known| known == outcome);
    outcomes.sort_by_key(|(outcome, _)| place(outcome).unwrap_or(before.len()));
    guide.outcomes = outcomes;
    editing.content.guide = Some(guide);
    editing
        .save(&EDIT_OUTCOMES, &[(GUIDES, Some(0), "outcomes", WHOLE)])
        .await
}

form! {
    /// How the result of a draft ends; all empty where it does not.
    pub struct EditValidity of EDIT_VALIDITY by Action::ProposeItem, refused Refused {
        title: "修改有效期", "Edit the validity";
        lead: "办理结果没有有效期的，全部留空。延续的默许类别有变化的，公布前须经管委会领导书面决定批准。",
            "Leave everything empty where the result does not end. A leader must confirm another silence class of the renewal with a written decision.";
        done: "有效期已保存。", "The validity has been saved.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Whether it expires, or must be begun.
        validity_kind: Option<ValidityKind> = Choice(Choices::of::<ValidityKind>), "有效期种类", "How it ends";
        /// After how many years, as a decimal number.
        validity_years: Option<String> = Line(20), "年数", "Years", "可以有小数，例如 0.5", "A decimal number such as 0.5";
        /// How many working days before its end the renewal is applied for; of a fixed term only.
        renewal_before: Option<i32> = Whole(1, LONGEST), "届满前多少个工作日申请延续", "Renewal: working days before the end", "仅用于固定有效期", "For a fixed term only";
        /// What silence means on the renewal.
        renewal_class: Option<SilenceClass> = Choice(Choices::of::<SilenceClass>), "延续的默许类别", "Silence class of the renewal";
    }
}

/// Edits how the result ends.
pub async fn edit_validity(store: &Store, viewer: &Viewer, input: EditValidity) -> Edited {
    let mut editing = Editing::begin(
        store,
        viewer,
        input.id,
        input.expected_version,
        EditValidity::FORM,
    )
    .await?;
    let told = &mut editing.told;
    let years = input.validity_years.as_deref().map(clean_line);
    let years = years.filter(|years| !years.is_empty());
    let is_empty = input.validity_kind.is_none()
        && years.is_none()
        && input.renewal_before.is_none()
        && input.renewal_class.is_none();
    let validity = if is_empty {
        None
    } else {
        let missing = || {
            Text::new(
                "请填写；没有有效期的全部留空。",
                "Fill it in, or leave everything empty.",
            )
        };
        for (field, is_missing) in [
            ("validityKind", input.validity_kind.is_none()),
            ("validityYears", years.is_none()),
            ("renewalClass", input.renewal_class.is_none()),
        ] {
            if is_missing {
                told.refuse(field, missing());
            }
        }
        let number = years.as_deref().map(Number::parse);
        if let Some(Err(_)) = number {
            told.refuse(
                "validityYears",
                Text::new(
                    "请填写数字，例如 3 或者 0.5。",
                    "Enter a number such as 3 or 0.5.",
                ),
            );
        }
        let renewal_before = input
            .renewal_before
            .map(|days| told.whole("renewalBefore", days));
        match (input.validity_kind, number, input.renewal_class) {
            (Some(kind), Some(Ok(years)), Some(renewal_class)) => Some(Validity {
                kind,
                years,
                renewal_before,
                renewal_class,
            }),
            _ => None,
        }
    };
    let mut guide = editing.guide();
    guide.validity = validity;
    editing.content.guide = Some(guide);
    let own = [
        (GUIDES, Some(0), "result_validity_years", "validityYears"),
        (GUIDES, Some(0), "renewal_before_wd", "renewalBefore"),
        (GUIDES, Some(0), "renewal_class", "renewalClass"),
    ];
    editing.save(&EDIT_VALIDITY, &own).await
}

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

/// Whether a command edits a part that a draft has once, and begins with what stands there.
pub fn edits_once(command: &Command) -> bool {
    let once = [&EDIT_FACTS, &EDIT_GUIDE, &EDIT_OUTCOMES, &EDIT_VALIDITY];
    once.iter().any(|known| known.code == command.code)
}

/// What stands in the fields of the forms about the parts that a draft has once, as the inputs spell it.
pub fn present(draft: &version::Model) -> Summary {
    let Content { item, guide, .. } = &draft.content;
    let said = |text: Option<&Text>| {
        let text = text.cloned().unwrap_or_else(|| Text::new("", ""));
        (text.zh, text.en)
    };
    let mut fields = json!({
        "nameZh": item.name.zh,
        "nameEn": item.name.en,
        "legalBasis": item.legal_basis,
        "statutoryLimit": item.statutory_limit,
        "promisedDays": item.promise_after,
        "fee": item.fee,
        "silence": item.silence.map(Term::code),
    });
    if let Some(guide) = guide {
        for (name, text) in [
            ("conditions", &guide.conditions),
            ("timeLimit", &guide.time_limit),
            ("result", &guide.result_name),
            ("fee", &guide.fee),
            ("promise", &guide.promise),
            ("supervise", &guide.supervise),
            ("remedies", &guide.remedies),
        ] {
            fields[format!("{name}Zh")] = text.zh.clone().into();
            fields[format!("{name}En")] = text.en.clone().into();
        }
        fields["feeBasis"] = guide.fee_basis.clone().into();
        for outcome in catalogue::Outcome::ALL.iter() {
            let found = guide.outcomes.iter().find(|(known, _)| known == outcome);
            let (zh, en) = said(found.map(|(_, text)| text));
            let name = camel(outcome.code());
            fields[format!("{name}Zh")] = zh.into();
            fields[format!("{name}En")] = en.into();
        }
        if let Some(validity) = &guide.validity {
            fields["validityKind"] = validity.kind.code().into();
            fields["validityYears"] = validity.years.to_string().into();
            fields["renewalBefore"] = validity.renewal_before.into();
            fields["renewalClass"] = validity.renewal_class.code().into();
        }
    }
    Summary(fields)
}

/// A code as a field is named: "deemedGranted".
fn camel(code: &str) -> String {
    let mut parts = code.split('_').map(str::to_ascii_lowercase);
    let first = parts.next().unwrap_or_default();
    parts.fold(first, |name, part| {
        let (head, rest) = part.split_at(1.min(part.len()));
        name + &head.to_ascii_uppercase() + rest
    })
}

/// Everything in which a version breaks a rule of the catalogue, among the newest versions of the other items.
pub fn broken(files: &Files, content: &Content) -> Vec<Shortcoming> {
    let faults = with(files.clone(), content).faults_of(&content.item.code);
    let told = faults.into_iter().map(|fault| Shortcoming {
        why: ItemError::BreaksRule,
        about: about(&fault),
        told: Some(fault.reason),
    });
    told.collect()
}

/// Where a fault is, in the words of the page of an item.
fn about(fault: &FaultOfItem) -> Text {
    let (zh, en) = match fault.file {
        MATERIALS => ("材料", "Material"),
        LIMITS => ("期限", "Time limit"),
        NEEDS => ("需要办理的情形", "When it is needed"),
        GUIDES => ("办事指南", "Guide"),
        _ => ("基本内容", "Main facts"),
    };
    match fault.place {
        Some(place) if [MATERIALS, LIMITS, NEEDS].contains(&fault.file) => {
            let number = place + 1;
            Text::new(format!("{zh} {number}"), format!("{en} {number}"))
        }
        _ => Text::new(zh, en),
    }
}

/// The files of a catalogue in which an item says this.
fn with(mut files: Files, content: &Content) -> Files {
    let code = &content.item.code;
    match files.items.iter_mut().find(|row| row.code == *code) {
        Some(row) => row.clone_from(&content.item),
        None => files.items.push(content.item.clone()),
    }
    files.materials.retain(|row| row.item != *code);
    files.limits.retain(|row| row.item != *code);
    files.needs.retain(|row| row.item != *code);
    files.guides.retain(|row| row.item != *code);
    files.materials.extend(content.materials.iter().cloned());
    files.limits.extend(content.limits.iter().cloned());
    files.needs.extend(content.needs.iter().cloned());
    files.guides.extend(content.guide.iter().cloned());
    files
}

/// Where a fault is told: the file, the place among the rows of the item, the column, and the field of the form.
type Own = (&'static str, Option<usize>, &'static str, &'static str);

/// In no field of the form: about the whole.
const WHOLE: &str = "";

/// A draft that is being edited.
struct Editing {
    unit: Unit,
    item: Model,
    draft: version::Model,
    /// What it is to say.
    content: Content,
    told: Told,
}

impl Editing {
    async fn begin(
        store: &Store,
        viewer: &Viewer,
        id: Uuid,
        expected_version: i32,
        form: &Form,
    ) -> Result<Self, CommandError<Refused>> {
        let unit = store.begin(viewer).await?;
        let found = load(&unit, id, expected_version, form).await?;
        let draft = rules::draft(&found.versions).map_err(refused)?;
        Ok(Self {
            unit,
            item: found.item,
            content: draft.content.clone(),
            draft,
            told: Told::default(),
        })
    }

    /// The guide, or an empty one.
    fn guide(&self) -> Guide {
        let empty = || Text::new("", "");
        self.content.guide.clone().unwrap_or_else(|| Guide {
            item: self.item.code.clone(),
            conditions: empty(),
            time_limit: empty(),
            result_name: empty(),
            fee: empty(),
            fee_basis: String::new(),
            promise: empty(),
            supervise: empty(),
            remedies: empty(),
            outcomes: Vec::new(),
            validity: None,
        })
    }

    /// The promise of the item is that of its limits.
    fn promise_follows(&mut self, place: usize) {
        if let Some((own, promise)) = usual_promise(&mut self.content)
            && own == place
        {
            let days = promise.limit;
            self.content.item.promise_after = Some(days);
        }
    }

    /// Saves the draft, unless something in the fields of the form breaks a rule: then everything that does is told.
    async fn save(mut self, command: &'static Command, own: &[Own]) -> Edited {
        let materials = self.content.material_count();
        self.content.item.materials_after = u16::try_from(materials).ok();
        let files = with(files(&self.unit).await?, &self.content);
        for fault in files.faults_of(&self.item.code) {
            let here = own.iter().find(|(file, place, column, _)| {
                fault.file == *file && fault.place == *place && fault.column == Some(*column)
            });
            if let Some(&(_, _, _, field)) = here {
                self.told.refuse_unless_told(field, fault.reason);
            }
        }
        let beyond = rules::beyond_law(&self.content);
        let limits = self.content.limits.iter().enumerate();
        for (place, _) in limits.filter(|(_, limit)| beyond.contains(limit)) {
            let mut own = own.iter();
            let here = own.find(|(file, own, column, _)| {
                *file == LIMITS && *own == Some(place) && *column == "limit"
            });
            if let Some(&(_, _, _, field)) = here {
                self.told
                    .refuse_unless_told(field, ItemError::BeyondLaw.explain());
            }
        }
        if !self.told.refusals.is_empty() {
            return Err(self.told.refusals.into());
        }
        if self.content == self.draft.content {
            return Err(refused(ItemError::Unchanged));
        }
        let after = version::Model {
            id: self.draft.id,
            item_id: self.draft.item_id,
            number: self.draft.number,
            returned_for: self.draft.returned_for.clone(),
            ..version::Model::drafted(self.content)?
        };
        write(self.unit, self.item, self.draft, after, command, None).await
    }
}

/// What is wrong with the values of a form so far.
#[derive(Default)]
struct Told {
    refusals: Vec<Refusal<Refused>>,
}

impl Told {
    fn refuse(&mut self, field: &'static str, told: Text) {
        let path = Vec::from_iter(Some(field).filter(|field| *field != WHOLE));
        let code = Detailed {
            code: ItemError::BreaksRule,
            told: Some(told),
        };
        self.refusals.push(Refusal { code, path });
    }

    /// Refuses a field, of which nothing else is wrong yet.
    fn refuse_unless_told(&mut self, field: &'static str, told: Text) {
        let is_told = |refusal: &Refusal<Refused>| field != WHOLE && refusal.path == [field];
        if !self.refusals.iter().any(is_told) {
            self.refuse(field, told);
        }
    }

    /// A text is not longer than it may be.
    fn fits(&mut self, field: &'static str, text: &str, most: usize) {
        if text.chars().count() > most {
            self.refuse(
                field,
                Text::new(
                    format!("最多 {most} 字。"),
                    format!("At most {most} characters."),
                ),
            );
        }
    }

    /// A text in both languages, each in its typography.
    fn words(
        &mut self,
        (zh_field, zh): (&'static str, &str),
        (en_field, en): (&'static str, &str),
        most: usize,
    ) -> Text {
        let zh = self.chinese(zh_field, zh, most);
        let en = clean_line(en);
        if let Err(wrong) = file::english(&en) {
            self.refuse(en_field, wrong);
        }
        self.fits(en_field, &en, most);
        Text::new(zh, en)
    }

    /// The same, where both may be left empty.
    fn words_or_none(
        &mut self,
        (zh_field, zh): (&'static str, &Option<String>),
        (en_field, en): (&'static str, &Option<String>),
        most: usize,
    ) -> Option<Text> {
        let given = |text: &Option<String>| text.as_deref().map(clean_line).unwrap_or_default();
        let (zh, en) = (given(zh), given(en));
        let is_given = !zh.is_empty() || !en.is_empty();
        is_given.then(|| self.words((zh_field, &zh), (en_field, &en), most))
    }

    /// A text in Chinese.
    fn chinese(&mut self, field: &'static str, text: &str, most: usize) -> String {
        let text = clean_line(text);
        if let Err(wrong) = file::chinese(&text) {
            self.refuse(field, wrong);
        }
        self.fits(field, &text, most);
        text
    }

    /// A condition; none where nothing is written.
    fn condition(&mut self, field: &'static str, text: Option<&str>) -> Option<Condition> {
        let text = text.map(clean_line).filter(|text| !text.is_empty())?;
        match Condition::parse(&text) {
            Ok(condition) => Some(condition),
            Err(wrong) => {
                self.refuse(field, wrong.explain());
                None
            }
        }
    }

    /// A whole number that is kept.
    fn whole(&mut self, field: &'static str, number: i32) -> u16 {
        let known = u16::try_from(number).ok();
        let known = known.filter(|number| i32::from(*number) <= LONGEST);
        known.unwrap_or_else(|| {
            self.refuse(
                field,
                Text::new(
                    format!("请填写 0 至 {LONGEST} 的整数。"),
                    format!("Enter a whole number from 0 to {LONGEST}."),
                ),
            );
            0
        })
    }
}

/// The whole is refused.
fn refused(code: ItemError) -> CommandError<Refused> {
    CommandError::refused(&[], code.into())
}

/// The place of one more row, if there is room for it.
fn room<T>(rows: &[T]) -> Result<usize, CommandError<Refused>> {
    match rows.len() < MOST_ROWS {
        true => Ok(rows.len()),
        false => Err(refused(ItemError::TooMany)),
    }
}

/// The place of the row with this number, from 1.
fn place<T>(rows: &[T], number: i32) -> Result<usize, CommandError<Refused>> {
    let place = usize::try_from(number).ok();
    let place = place.and_then(|number| number.checked_sub(1));
    place
        .filter(|place| *place < rows.len())
        .ok_or_else(|| refused(ItemError::RowUnknown))
}

/// The number of the material at a place.
fn number_at(place: usize) -> u16 {
    u16::try_from(place + 1).unwrap_or(u16::MAX)
}
