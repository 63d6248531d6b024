//! The one form of an application: which fields it has and which of them are asked, what is known without asking, which materials are handed
//! in and in which way, and everything that is missing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::{
    Model, State,
    field::{self, Value},
    file,
    material::{self, Way},
};
use crate::{
    catalogue::{
        FieldKind, FieldSource, FormField, Material, Question, Required, SilenceClass, Source,
        Tolerance, rules::form as fields_of,
    },
    condition::{Answers, Literal, Number, Truth},
    document::rules::MOST_TOGETHER,
    error::Explain,
    item::version::Content,
    language::Text,
    needs::rules::{ToHandIn, counting, to_hand_in},
    term::term,
    viewer::{Role, Viewer},
};

pub mod changes;
pub mod value;

use value::{Wrong, literal, wrong};

/// How many days a draft is kept after its last change.
pub const KEPT: Days = Days::new(30);

/// How many days before its deletion the people of the enterprise are told.
pub const REMINDED: Days = Days::new(7);

/// How many drafts an enterprise has online at most, and an officer at the window.
pub const MOST_DRAFTS: u64 = 30;

/// How many characters the reason of a dispute has at most.
pub const LONGEST_REASON: usize = 500;

/// What several items share as their application form: the form of the application is that, and no file is handed in for it.
const ONE_FORM: &str = "ONE_FORM";

/// Why something is not done with an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApplicationError {
    /// There is no catalogue yet.
    NoCatalogue,
    /// At the window it must be said for which enterprise.
    EnterpriseMissing,
    /// No enterprise has this credit code.
    EnterpriseUnknown,
    /// The enterprise has left the park.
    EnterpriseLeft,
    /// The project is one of another enterprise.
    ProjectOfAnother,
    /// The project is on hold, terminated or completed.
    ProjectNotActive,
    /// The enterprise has as many drafts as it may have.
    TooManyDrafts,
    /// No item was chosen.
    NoItem,
    /// An item is not, or not yet, in the catalogue.
    ItemUnknown,
    /// It was received: it never changes.
    Received,
    /// The catalogue has changed since the items were chosen.
    Outdated,
    /// The catalogue has not changed since the items were chosen.
    UpToDate,
    /// The form has no such field.
    FieldUnknown {
        /// The key.
        key: String,
    },
    /// A field comes twice at once.
    Twice {
        /// The key.
        key: String,
    },
    /// The content of a field is wrong.
    Field {
        /// What the field is called.
        label: Text,
        /// What is wrong.
        wrong: Wrong,
    },
    /// It is on record, and is disputed with a reason rather than filled in.
    OnRecord {
        /// What the field is called.
        label: Text,
    },
    /// It is not on record: there is nothing to dispute.
    NotOnRecord {
        /// What the field is called.
        label: Text,
    },
    /// The reason of a dispute is too long.
    ReasonTooLong,
    /// Somebody else has filled in the field meanwhile.
    Overtaken {
        /// What the field is called.
        label: Text,
        /// What stands there now.
        theirs: Text,
    },
    /// The form asks for no such material.
    MaterialUnknown,
    /// A file does not exist, or is about somebody else.
    FileUnknown,
    /// More files than one material takes.
    TooManyFiles,
    /// The material must be handed in with the application.
    CannotFollow {
        /// What the material is called.
        name: Text,
    },
    /// No promise replaces the material.
    CannotPromise {
        /// What the material is called.
        name: Text,
    },
    /// A material is missing.
    MaterialMissing {
        /// What the material is called.
        name: Text,
    },
}

impl Explain for ApplicationError {
    fn explain(&self) -> Text {
        let about = |name: &Text, zh: &str, en: &str| {
            Text::new(format!("{}：{zh}", name.zh), format!("{}: {en}", name.en))
        };
        match self {
            Self::NoCatalogue => Text::new(
                "审批事项目录尚未导入，暂时不能申请。",
                "There is no catalogue of approval items yet: nothing can be applied for.",
            ),
            Self::EnterpriseMissing => Text::new(
                "请填写申请企业的统一社会信用代码。",
                "Enter the credit code of the enterprise that applies.",
            ),
            Self::EnterpriseUnknown => Text::new(
                "园区内没有使用该统一社会信用代码的企业，请核对。",
                "No enterprise in the park has this credit code: check it.",
            ),
            Self::EnterpriseLeft => Text::new(
                "该企业已退出园区，不能再申请。",
                "This enterprise has left the park: it cannot apply any more.",
            ),
            Self::ProjectOfAnother => Text::new(
                "该项目属于其他企业，请重新选择。",
                "The project is one of another enterprise: choose again.",
            ),
            Self::ProjectNotActive => Text::new(
                "项目不在推进中（暂缓、终止或已建成），请先恢复项目。",
                "The project is on hold, terminated or completed: resume it first.",
            ),
            Self::TooManyDrafts => Text::new(
                format!("草稿已有 {MOST_DRAFTS} 份，请先提交或者删除不需要的草稿。"),
                format!("There are {MOST_DRAFTS} drafts already: hand in or delete some first."),
            ),
            Self::NoItem => Text::new("请至少选择一个事项。", "Choose at least one item."),
            Self::ItemUnknown => Text::new(
                "所选事项目前不在目录中或者尚未生效，请重新选择。",
                "An item is not in the catalogue, or not yet in force: choose again.",
            ),
            Self::Received => Text::new(
                "申请已经收件，不能再修改；需要补正时，窗口会一次性告知。",
                "The application has been received and cannot be changed. If something is missing, the window tells it all at once.",
            ),
            Self::Outdated => Text::new(
                "目录在填写期间有变化，请先查看变化并确认，再继续。",
                "The catalogue has changed since you began: read the changes and confirm them first.",
            ),
            Self::UpToDate => Text::new(
                "目录没有变化，无需确认。",
                "The catalogue has not changed: there is nothing to confirm.",
            ),
            Self::FieldUnknown { key } => Text::new(
                format!("表单中没有“{key}”，请刷新后重新填写。"),
                format!("The form has no field {key}: reload it."),
            ),
            Self::Twice { key } => Text::new(
                format!("“{key}”同时提交了两次，请只提交一次。"),
                format!("The field {key} was sent twice at once: send it once."),
            ),
            Self::Field { label, wrong } => {
                let wrong = wrong.explain();
                about(label, &wrong.zh, &wrong.en)
            }
            Self::OnRecord { label } => about(
                label,
                "已有登记信息，不用填写；如不正确，请说明理由提出异议。",
                "It is on record. If it is wrong, dispute it and say why.",
            ),
            Self::NotOnRecord { label } => about(
                label,
                "没有登记信息，请直接填写。",
                "Nothing is on record: fill it in.",
            ),
            Self::ReasonTooLong => Text::new(
                format!("理由最多 {LONGEST_REASON} 字。"),
                format!("A reason has up to {LONGEST_REASON} characters."),
            ),
            Self::Overtaken { label, theirs } => about(
                label,
                &format!("同时已另行保存为“{}”，请核对后再保存。", theirs.zh),
                &format!(
                    "It was saved meanwhile as “{}”. Compare, then save again.",
                    theirs.en
                ),
            ),
            Self::MaterialUnknown => Text::new(
                "本次申请不需要该材料，请刷新后再操作。",
                "This application asks for no such material: reload the page.",
            ),
            Self::FileUnknown => Text::new(
                "找不到该文件，或者文件不属于该企业，请重新上传。",
                "The file was not found or is not about this enterprise: upload it again.",
            ),
            Self::TooManyFiles => Text::new(
                format!("每项材料最多 {MOST_TOGETHER} 个文件，请合并后再上传。"),
                format!("A material takes up to {MOST_TOGETHER} files: combine some of them."),
            ),
            Self::CannotFollow { name } => about(
                name,
                "不适用容缺后补，请随申请提交。",
                "It cannot follow later: attach it.",
            ),
            Self::CannotPromise { name } => about(
                name,
                "不适用告知承诺，请随申请提交。",
                "No promise replaces it: attach it.",
            ),
            Self::MaterialMissing { name } => about(
                name,
                "请上传文件，或者在允许时选择容缺后补、告知承诺。",
                "Attach it, or choose one of the other ways that are offered.",
            ),
        }
    }
}

/// Lets pass a draft.
pub fn is_draft(application: &Model) -> Result<(), ApplicationError> {
    match application.state {
        State::Draft => Ok(()),
        State::Received => Err(ApplicationError::Received),
    }
}

/// Whether a viewer reads an application as a whole. A department reads what the items ask for that it decides, except what its officer has taken in.
pub fn is_whole_for(viewer: &Viewer, application: &Model) -> bool {
    let is_department = matches!(
        viewer.role(),
        Some(Role::DepartmentHead | Role::WindowOfficer)
    );
    !is_department || viewer.account_id() == Some(application.created_by)
}

/// What is known without asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The content.
    pub value: Value,
    /// Where it comes from: never asked.
    pub source: FieldSource,
    /// Since when it is on record; what is computed, today.
    pub since: NaiveDate,
}

/// What is on record, by the keys of the fields.
pub type Record = BTreeMap<String, Known>;

/// What the record of an enterprise tells.
#[derive(Clone, Copy, Debug)]
pub struct Firm<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its credit code.
    pub credit_code: &'a str,
    /// Since when it is on record.
    pub since: NaiveDate,
}

/// What the record of a project tells.
#[derive(Clone, Copy, Debug)]
pub struct Works<'a> {
    /// Its name.
    pub name: &'a str,
    /// Since when it is on record.
    pub since: NaiveDate,
    /// What was answered to the questions about it, and when.
    pub answered: Option<(&'a Answers, NaiveDate)>,
}

/// What is on record for the fields of a form. What a field does not accept does not count, and is asked.
pub fn on_record(
    fields: &[FormField],
    questions: &[Question],
    firm: Firm<'_>,
    works: Option<Works<'_>>,
) -> Record {
    let known = |source, value: &str, since| Known {
        value: Value::One(value.to_owned()),
        source,
        since,
    };
    let mut record = Record::new();
    let (enterprise, project) = (FieldSource::EnterpriseFile, FieldSource::ProjectFile);
    for (key, value) in [
        ("enterprise_name", firm.name),
        ("credit_code", firm.credit_code),
    ] {
        record.insert(key.to_owned(), known(enterprise, value, firm.since));
    }
    if let Some(works) = works {
        let name = known(project, works.name, works.since);
        record.insert("project_name".to_owned(), name);
        if let Some((answers, on)) = works.answered {
            for (key, answer) in counting(questions, answers).iter() {
                record.insert(key.to_owned(), known(project, &answer.to_string(), on));
            }
        }
    }
    let fits = |key: &String, known: &Known| {
        let mut fields = fields.iter();
        let field = fields.find(|field| field.key == *key);
        field.is_some_and(|field| wrong(field, &known.value).is_none())
    };
    record.retain(|key, known| fits(key, known));
    record
}

/// From how much land, in square metres, and from how much earth, in cubic metres, a soil conservation plan is a report (生产建设项目水土保持方案管理办法 5).
const REPORT_FROM: (i32, i32) = (50_000, 50_000);

/// What the system computes of the other answers; nothing while they are missing, and for what only the office can tell.
fn computed(key: &str, answers: &Answers) -> Option<&'static str> {
    let number = |key: &str| match answers.get(key) {
        Some(Literal::Number(number)) => Some(*number),
        _ => None,
    };
    match key {
        "soil_plan_kind" => {
            let (land, earth) = (number("land_area_m2"), number("earthwork_m3"));
            let (from_land, from_earth) = REPORT_FROM;
            let reaches =
                |amount: Option<Number>, from| amount.map(|amount| amount >= Number::whole(from));
            match (reaches(land, from_land), reaches(earth, from_earth)) {
                (Some(true), _) | (_, Some(true)) => Some("REPORT"),
                (Some(false), Some(false)) => Some("FORM"),
                _ => None,
            }
        }
        "fire_acceptance_kind" => match answers.get("special_fire_works") {
            Some(Literal::Code(code)) if code == "YES" => Some("ACCEPTANCE"),
            Some(_) => Some("FILING"),
            None => None,
        },
        _ => None,
    }
}

/// Of what a form is made.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The fields of the edition, in its order.
    pub fields: &'a [FormField],
    /// The items, each with its code and what it says, in the order of the catalogue.
    pub items: &'a [(&'a str, &'a Content)],
    /// What the project has answered, beyond what is a field.
    pub answered: &'a Answers,
    /// What is on record.
    pub record: &'a Record,
    /// What was filled in.
    pub filled: &'a [field::Model],
    /// Today, or the day of the receipt.
    pub today: NaiveDate,
}

term! {
    /// How a field stands in a form.
    pub enum Asked as "ApplicationFieldAsked" {
        /// It is shown, and nobody fills it in: a note, or what the office computes.
        Shown = "SHOWN", "仅显示", "Shown";
        /// It is on record and shown filled in; it can be disputed.
        OnRecord = "ON_RECORD", "已登记", "On record";
        /// It must be filled in.
        Required = "REQUIRED", "必填", "Required";
        /// It may be filled in.
        Optional = "OPTIONAL", "选填", "Optional";
    }
}

/// A field of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The field.
    pub field: &'a FormField,
    /// For which items it is asked.
    pub items: Vec<&'a str>,
    /// How it stands.
    pub asked: Asked,
    /// What is on record or computed.
    pub known: Option<Known>,
    /// What was filled in, or what it should be where the record is disputed.
    pub filled: Option<&'a field::Model>,
}

impl Entry<'_> {
    /// What the field holds.
    pub fn value(&self) -> Option<&Value> {
        match (&self.known, self.filled) {
            (Some(known), Some(filled)) if filled.disputed_for.is_none() => Some(&known.value),
            (_, Some(filled)) => Some(&filled.value),
            (Some(known), None) => Some(&known.value),
            (None, None) => None,
        }
    }

    /// What is wrong with it.
    pub fn wrong(&self) -> Option<Wrong> {
        match (self.asked, self.value()) {
            (Asked::Shown, _) | (Asked::Optional, None) => None,
            (Asked::Required | Asked::OnRecord, None) => Some(Wrong::Missing),
            (_, Some(value)) => wrong(self.field, value),
        }
    }
}

/// The form: each field once, in the order of the edition; without those that the other answers make needless, and those that an answer to come
/// decides. With it, what all answers say.
pub fn form<'a>(basis: Basis<'a>) -> (Vec<Entry<'a>>, Answers) {
    let codes: Vec<&str> = basis.items.iter().map(|(code, _)| *code).collect();
    let filled: BTreeMap<&str, &field::Model> = basis
        .filled
        .iter()
        .map(|row| (row.key.as_str(), row))
        .collect();
    let keys: BTreeSet<&str> = fields_of(basis.fields, &codes, basis.answered)
        .iter()
        .map(|entry| entry.field.key.as_str())
        .collect();
    let mut answers = basis.answered.clone();
    // Each round can only decide more: what holds with some answers holds with more of them.
    for _ in 0..=basis.fields.len() {
        let entries = entries(basis, &codes, &keys, &filled, &answers);
        let mut next = basis.answered.clone();
        for entry in &entries {
            if let Some(answer) = entry.value().and_then(|value| literal(entry.field, value)) {
                next.set(entry.field.key.clone(), answer);
            }
        }
        if next == answers {
            return (entries, answers);
        }
        answers = next;
    }
    (entries(basis, &codes, &keys, &filled, &answers), answers)
}

fn entries<'a>(
    basis: Basis<'a>,
    codes: &[&'a str],
    keys: &BTreeSet<&str>,
    filled: &BTreeMap<&str, &'a field::Model>,
    answers: &Answers,
) -> Vec<Entry<'a>> {
    let entries = fields_of(basis.fields, codes, answers).into_iter();
    let entry = |entry: crate::catalogue::rules::FormEntry<'a>| {
        let field = entry.field;
        let known = match field.source {
            FieldSource::Computed if !basis.record.contains_key(&field.key) => {
                computed(&field.key, answers).map(|code| Known {
                    value: Value::One(code.to_owned()),
                    source: FieldSource::Computed,
                    since: basis.today,
                })
            }
            _ => basis.record.get(&field.key).cloned(),
        };
        let is_shown = field.kind == FieldKind::Note || field.source == FieldSource::Computed;
        let asked = match (&field.required, entry.required) {
            _ if is_shown => Asked::Shown,
            _ if known.is_some() => Asked::OnRecord,
            (Required::When(_), Truth::False) => return None,
            (Required::When(condition), Truth::Open)
                if condition.keys().iter().any(|key| keys.contains(key)) =>
            {
                return None;
            }
            (_, Truth::True) => Asked::Required,
            _ => Asked::Optional,
        };
        Some(Entry {
            field,
            items: entry.items,
            asked,
            known,
            filled: filled
                .get(field.key.as_str())
                .copied()
                .filter(|_| !is_shown),
        })
    };
    entries.filter_map(entry).collect()
}

term! {
    /// How a material comes to the office.
    pub enum Supply as "ApplicationSupply" {
        /// The form of the application is the material.
        Form = "FORM", "即本表单", "This form";
        /// The hall fetches it from another body.
        Fetched = "FETCHED", "由大厅调取", "Fetched by the hall";
        /// The applicant hands it in.
        Own = "OWN", "申请人提交", "Handed in by the applicant";
    }
}

/// A material of an application, handed in once for all of its items that ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed<'a> {
    /// The key that its items share, otherwise its item and number.
    pub key: String,
    /// The material, as the first of the items has it.
    pub material: &'a Material,
    /// The items.
    pub items: Vec<&'a str>,
    /// Whether it is asked for; open as long as something is missing that decides it.
    pub asked: Truth,
    /// How it comes to the office.
    pub supply: Supply,
    /// Whether it may follow: each of its items lets it.
    pub may_follow: bool,
    /// Whether a promise may replace it: each of its items lets it, and none is of class X.
    pub may_promise: bool,
    /// In which way it is handed in; nothing as long as nothing was chosen.
    pub way: Option<Way>,
    /// Its files, in their order.
    pub files: Vec<Uuid>,
}

/// The materials of an application for these items with these answers, and how each is handed in.
pub fn materials<'a>(
    items: &'a [(&'a str, &'a Content)],
    answers: &Answers,
    ways: &[material::Model],
    files: &[file::Model],
) -> Vec<Handed<'a>> {
    let needed: Vec<(&str, &[Material])> = items
        .iter()
        .map(|(code, content)| (*code, content.materials.as_slice()))
        .collect();
    let found = to_hand_in(&needed, answers).into_iter();
    let handed = |one: ToHandIn<'a>| {
        let key = one.material.key();
        let asking = items.iter().filter(|(code, _)| one.items.contains(code));
        let asking = asking.flat_map(|(_, content)| {
            let silence = content.item.silence;
            content.materials.iter().map(move |own| (own, silence))
        });
        let asking: Vec<(Tolerance, Option<SilenceClass>)> = asking
            .filter(|(own, _)| own.after && own.key() == key)
            .map(|(own, silence)| (own.tolerance, silence))
            .collect();
        let way = ways.iter().find(|row| row.material == key);
        let own = files.iter().filter(|row| row.material == key);
        let supply = match (&one.material.shared_key, &one.material.source) {
            (Some(shared), _) if shared == ONE_FORM => Supply::Form,
            (_, Source::SharedData) => Supply::Fetched,
            _ => Supply::Own,
        };
        Handed {
            may_follow: asking
                .iter()
                .all(|(tolerance, _)| *tolerance == Tolerance::Supplement),
            may_promise: asking.iter().all(|(tolerance, silence)| {
                *tolerance == Tolerance::Promise && *silence != Some(SilenceClass::X)
            }),
            way: way.map(|row| row.way),
            files: own.map(|row| row.document_id).collect(),
            material: one.material,
            items: one.items,
            asked: one.asked,
            supply,
            key,
        }
    };
    found.map(handed).collect()
}

impl Handed<'_> {
    /// What is wrong with the way in which it is handed in.
    pub fn wrong(&self) -> Option<ApplicationError> {
        let name = || self.material.name.clone();
        match (self.supply, self.way) {
            (Supply::Form | Supply::Fetched, _) => None,
            (_, Some(Way::Follows)) if !self.may_follow => {
                Some(ApplicationError::CannotFollow { name: name() })
            }
            (_, Some(Way::Promise)) if !self.may_promise => {
                Some(ApplicationError::CannotPromise { name: name() })
            }
            (_, Some(Way::Follows | Way::Promise)) => None,
            _ if self.asked == Truth::True && self.files.is_empty() => {
                Some(ApplicationError::MaterialMissing { name: name() })
            }
            _ => None,
        }
    }

    /// Whether it is handed in this way for the item.
    pub fn is(&self, way: Way, item: &str) -> bool {
        self.supply == Supply::Own && self.way == Some(way) && self.items.contains(&item)
    }
}

/// Everything that keeps an application from being handed in: each field and each material.
pub fn missing(entries: &[Entry<'_>], materials: &[Handed<'_>]) -> Vec<ApplicationError> {
    let fields = entries.iter().filter_map(|entry| {
        Some(ApplicationError::Field {
            label: entry.field.label.clone(),
            wrong: entry.wrong()?,
        })
    });
    let materials = materials.iter().filter_map(Handed::wrong);
    fields.chain(materials).collect()
}

/// The number of an application: the year and its place among those of the year.
pub fn number(year: i32, place: i32) -> String {
    format!("{year}{place:06}")
}

#[cfg(test)]
mod tests;
