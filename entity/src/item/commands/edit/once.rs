//! The parts that a draft has once: its main facts, the guide, the outcomes, the validity.

use sea_orm::prelude::Uuid;
use serde_json::json;

use super::{
    super::{EDIT_FACTS, EDIT_GUIDE, EDIT_OUTCOMES, EDIT_VALIDITY},
    Edited, Editing, LONGEST, Refused, WHOLE, usual_promise,
};
use crate::{
    audit::commands::Summary,
    catalogue::{
        self, Guide, SilenceClass, Validity, ValidityKind,
        file::{GUIDES, ITEMS, LIMITS},
    },
    command::{Choices, Command, Input, form},
    condition::Number,
    item::version::{self, Content},
    language::Text,
    permission::Action,
    store::Store,
    term::Term,
    text::clean_line,
    viewer::Viewer,
};

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
