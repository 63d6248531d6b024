//! Catalogue (审批事项目录): the items of the approval hall with their materials, form, limits, guides and windows, the questions that
//! tell which of them a project needs, and how the catalogue became what it is. Sixteen files of values with commas say it all.

use std::fmt;

use chrono::NaiveDate;
use sea_orm::entity::prelude::StringLen;
use serde::{Deserialize, Serialize};

use crate::{
    condition::{Answers, Condition, Kind, Literal, Number, Truth},
    language::Text,
    term::term,
};

pub mod file;
pub mod rules;

pub use file::Fault;

term! {
    /// Where an item of the catalogue stands (事项状态).
    pub enum ItemStatus as "CatalogueItemStatus" in "String(StringLen::N(24))" {
        /// It is applied for.
        Active = "ACTIVE", "保留", "Active";
        /// It was given up.
        Cancelled = "CANCELLED", "取消", "Cancelled";
        /// It became part of another item.
        Merged = "MERGED", "并入其他事项", "Merged into another item";
        /// The enterprise does it itself.
        ToSelf = "TO_SELF", "改由企业自行办理", "Left to the enterprise";
        /// Its approval became a filing.
        ToFiling = "TO_FILING", "审批改为备案", "Approval became a filing";
        /// It is done once for the whole area.
        Regional = "REGIONAL", "改为区域统一办理", "Done once for the area";
    }
}

term! {
    /// What silence of the office means after its time limit (默许类别).
    pub enum SilenceClass as "SilenceClass" in "String(StringLen::N(24))" {
        /// Overdue, and nothing more.
        T0 = "T0", "不适用默许", "No silent consent";
        /// The application counts as accepted.
        T1 = "T1", "视为受理", "Deemed acceptance";
        /// A law grants it.
        T2 = "T2", "法定视为同意", "Consent deemed by law";
        /// The licence counts as renewed.
        T3 = "T3", "视为准予延续", "Deemed renewal";
        /// It is filed when all information is there.
        T4 = "T4", "备案即生效", "Effective on filing";
        /// By the park's own rule, until the office confirms.
        T5 = "T5", "园区默许试点", "Park pilot of silent consent";
        /// Never, and not to be changed by one person.
        X = "X", "禁止默许", "Silent consent forbidden";
    }
}

term! {
    /// What silence brings about (默许效果).
    pub enum SilenceEffect as "SilenceEffect" in "String(StringLen::N(24))" {
        /// No effect.
        None = "NONE", "无", "None";
        /// Acceptance as of receipt.
        DeemedAccepted = "DEEMED_ACCEPTED", "视为受理", "Deemed accepted";
        /// A grant.
        DeemedGranted = "DEEMED_GRANTED", "视为同意", "Deemed granted";
        /// A renewal.
        DeemedRenewed = "DEEMED_RENEWED", "视为准予延续", "Deemed renewed";
        /// There is nothing to decide.
        EffectiveOnFiling = "EFFECTIVE_ON_FILING", "备案即生效", "Effective on filing";
        /// Internal steps go on until the office confirms.
        PendingConfirmation = "PENDING_CONFIRMATION", "待确认", "Pending confirmation";
        /// Silence may have no effect.
        Forbidden = "FORBIDDEN", "禁止", "Forbidden";
    }
}

term! {
    /// In which form a material is handed in (材料形式).
    pub enum MaterialForm as "MaterialForm" in "String(StringLen::N(24))" {
        /// The original.
        Original = "ORIGINAL", "原件", "Original";
        /// A copy.
        Copy = "COPY", "复印件", "Copy";
        /// A file.
        Electronic = "ELECTRONIC", "电子件", "Electronic file";
        /// A declaration of the applicant.
        Declaration = "DECLARATION", "承诺书或者声明", "Declaration";
    }
}

term! {
    /// Where a material comes from (材料来源).
    pub enum MaterialSource as "MaterialSource" in "String(StringLen::N(24))" {
        /// The applicant makes or has it.
        Applicant = "APPLICANT", "申请人自备", "Applicant";
        /// The hall fetches it from another body.
        SharedData = "SHARED_DATA", "数据共享获取", "Shared data";
        /// An intermediary issues it.
        Intermediary = "INTERMEDIARY", "中介机构出具", "Intermediary";
        /// It is the result of another item.
        OtherItem = "OTHER_ITEM", "其他事项的结果", "Result of another item";
    }
}

term! {
    /// How far a material can be relied on (材料可信等级).
    pub enum Grade as "MaterialGrade" in "String(StringLen::N(24))" {
        /// Issued by a public body, used as it is.
        A = "A", "公共机构出具", "Issued by a public body";
        /// Checked by a window before, used again.
        B = "B", "窗口核验过", "Checked by a window before";
        /// Uploaded; the window compares it with the original.
        C = "C", "上传后核对原件", "Compared with the original";
        /// Made by the applicant, on his word.
        D = "D", "申请人承诺", "On the applicant's word";
    }
}

term! {
    /// Whether a material may be missing at first (容缺方式).
    pub enum Tolerance as "MaterialTolerance" in "String(StringLen::N(24))" {
        /// It must be there.
        None = "NONE", "不可容缺", "Must be handed in";
        /// It may follow until the decision.
        Supplement = "SUPPLEMENT", "可以容缺后补", "May follow";
        /// A written promise may replace it.
        Promise = "PROMISE", "可以承诺代替", "May be replaced by a promise";
    }
}

term! {
    /// What is filled into a field or answers a question (填写类型).
    pub enum FieldKind as "FieldKind" in "String(StringLen::N(24))" {
        /// A text.
        Text = "TEXT", "文本", "Text";
        /// A number.
        Number = "NUMBER", "数字", "Number";
        /// Money in 10,000 yuan.
        Money = "MONEY", "金额", "Money";
        /// A day.
        Date = "DATE", "日期", "Date";
        /// Yes or no.
        YesNo = "YES_NO", "是或否", "Yes or no";
        /// One of its options.
        OneOf = "ONE_OF", "单选", "One of several";
        /// Some of its options.
        ManyOf = "MANY_OF", "多选", "Several";
        /// A postal address.
        Address = "ADDRESS", "地址", "Address";
        /// A unified social credit code.
        CreditCode = "CREDIT_CODE", "统一社会信用代码", "Credit code";
        /// Name and post of a person.
        Person = "PERSON", "人员", "Person";
        /// A telephone number.
        Phone = "PHONE", "电话", "Telephone";
        /// An area in square metres.
        AreaM2 = "AREA_M2", "面积", "Area";
        /// Lines of several columns, which are its options.
        Table = "TABLE", "表格", "Table";
        /// A declaration that is agreed to.
        Declaration = "DECLARATION", "承诺", "Declaration";
        /// A text that is shown, not asked.
        Note = "NOTE", "说明", "Note";
    }
}

term! {
    /// Where the content of a field comes from (字段来源).
    pub enum FieldSource as "FieldSource" in "String(StringLen::N(24))" {
        /// The applicant is asked.
        Ask = "ASK", "申请人填写", "Asked";
        /// The enterprise's record.
        EnterpriseFile = "ENTERPRISE_FILE", "企业档案", "Enterprise record";
        /// The project's record.
        ProjectFile = "PROJECT_FILE", "项目档案", "Project record";
        /// The system.
        Computed = "COMPUTED", "系统生成", "Computed";
    }
}

term! {
    /// Why one item comes before another (先后关系).
    pub enum EdgeKind as "ItemOrderKind" in "String(StringLen::N(24))" {
        /// The later item uses the result of the earlier one.
        Material = "MATERIAL", "后项使用前项结果", "Uses its result";
        /// An article says so.
        Law = "LAW", "法定先后", "By law";
        /// To be done before building starts; it does not hold up the permit.
        Start = "START", "开工前完成", "Before building starts";
    }
}

term! {
    /// A clock of an item (时限种类).
    pub enum Clock as "ItemClock" in "String(StringLen::N(24))" {
        /// To tell what is missing.
        Notice = "NOTICE", "一次告知", "One-time notice";
        /// To decide, by law.
        Statutory = "STATUTORY", "法定期限", "Limit of law";
        /// To decide, as promised.
        Promised = "PROMISED", "承诺期限", "Promise";
        /// What may be added to the limit of law.
        Extension = "EXTENSION", "延长", "Extension";
        /// To hand over the result.
        Delivery = "DELIVERY", "送达", "Delivery";
        /// How long an expert review may take.
        ExpertCap = "EXPERT_CAP", "专家评审上限", "Cap of an expert review";
    }
}

term! {
    /// In what a limit is counted (期限单位).
    pub enum LimitUnit as "LimitUnit" in "String(StringLen::N(24))" {
        /// Working days.
        WorkingDay = "WORKING_DAY", "工作日", "Working days";
        /// Calendar days.
        CalendarDay = "CALENDAR_DAY", "自然日", "Calendar days";
        /// At once.
        OnTheSpot = "ON_THE_SPOT", "当场", "On the spot";
    }
}

term! {
    /// From what a limit is counted (起算点).
    pub enum StartEvent as "LimitStart" in "String(StringLen::N(24))" {
        /// Receipt of the application.
        Received = "RECEIVED", "收到申请", "Received";
        /// Acceptance of the application.
        Accepted = "ACCEPTED", "受理", "Accepted";
        /// The decision.
        Decided = "DECIDED", "作出决定", "Decided";
        /// Receipt of all information.
        AllInformation = "ALL_INFORMATION", "收到全部信息", "All information received";
    }
}

term! {
    /// Who may extend a limit (延长批准人).
    pub enum Authority as "ExtensionAuthority" in "String(StringLen::N(24))" {
        /// The head of the body.
        HeadOfBody = "HEAD_OF_BODY", "本机关负责人", "Head of the body";
        /// The head of the government of that level.
        HeadOfGovernment = "HEAD_OF_GOVERNMENT", "本级人民政府负责人", "Head of the government";
    }
}

term! {
    /// How sure a limit and its article are (依据可靠程度).
    pub enum Mark as "SourceMark" in "String(StringLen::N(24))" {
        /// Read in the text of the law.
        Read = "S", "已查阅原文", "Read in the law";
        /// Read in a copy or excerpt.
        Excerpt = "S2", "已查阅摘录", "Read in an excerpt";
        /// General knowledge, to be confirmed.
        Known = "K", "一般知识，待核实", "General knowledge, to be confirmed";
        /// Our own reading.
        Own = "I", "自行理解", "Own reading";
    }
}

term! {
    /// How a case of an item can end (办理结果).
    pub enum Outcome as "ItemOutcome" in "String(StringLen::N(24))" {
        /// Granted.
        Granted = "GRANTED", "准予", "Granted";
        /// Refused.
        Refused = "REFUSED", "不予", "Refused";
        /// Filed: of filings only.
        Filed = "FILED", "已备案", "Filed";
        /// Granted by silence, where a law says so.
        DeemedGranted = "DEEMED_GRANTED", "视为同意", "Deemed granted";
        /// The matter needs no permission.
        NotRequired = "NOT_REQUIRED", "不需要办理", "Not required";
        /// Another body is competent.
        NotCompetent = "NOT_COMPETENT", "不属于本机关职权", "Not competent";
        /// The applicant took it back.
        Withdrawn = "WITHDRAWN", "申请人撤回", "Withdrawn";
        /// It was not completed in time.
        Lapsed = "LAPSED", "逾期未补正", "Lapsed";
        /// The papers were not complete and were handed back: of items without a stage of correction.
        HandedBack = "HANDED_BACK", "退回补齐", "Handed back";
    }
}

impl Outcome {
    /// Whether the applicant has what was applied for.
    pub fn gives(self) -> bool {
        matches!(self, Self::Granted | Self::Filed | Self::DeemedGranted)
    }

    /// Whether an office turns the application away before it is accepted (行政许可法第三十二条).
    pub fn turns_away(self) -> bool {
        matches!(self, Self::NotRequired | Self::NotCompetent)
    }
}

term! {
    /// How the result of an item ends (有效期种类).
    pub enum ValidityKind as "ValidityKind" in "String(StringLen::N(24))" {
        /// It expires and is renewed.
        FixedTerm = "FIXED_TERM", "固定有效期", "Fixed term";
        /// It lapses, or is checked again, when nothing was begun.
        StartWithin = "START_WITHIN", "限期开工", "To be begun in time";
    }
}

term! {
    /// What the history of an item tells (沿革内容).
    pub enum Attribute as "ItemHistoryAttribute" in "String(StringLen::N(24))" {
        /// Where it stands.
        Status = "STATUS", "事项状态", "Status";
        /// Its promise in working days.
        Promise = "PROMISE_WD", "承诺工作日", "Promised working days";
        /// How many materials it asks for.
        Materials = "MATERIALS", "申报材料数", "Materials";
    }
}

/// An item of the catalogue, active or not (approval-items.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// "R01".
    pub code: String,
    /// Its name.
    pub name: Text,
    /// The number of its department.
    pub department: u16,
    /// The articles it rests on.
    pub legal_basis: String,
    /// The limit of law in words.
    pub statutory_limit: String,
    /// Working days promised before the reform.
    pub promise_before: Option<u16>,
    /// Working days promised since; an active item has them.
    pub promise_after: Option<u16>,
    /// Materials asked for before the reform.
    pub materials_before: Option<u16>,
    /// Materials asked for since; an active item has them.
    pub materials_after: Option<u16>,
    /// The fee in words; begins with "0" when there is none.
    pub fee: String,
    /// What silence means; an active item has it.
    pub silence: Option<SilenceClass>,
    /// Where it stands.
    pub status: ItemStatus,
    /// Why it stands there.
    pub status_note: String,
}

/// A department of the hall (departments.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Its number.
    pub number: u16,
    /// Its name.
    pub name: Text,
    /// Which department of today that is.
    pub counterpart_zh: String,
    /// How many windows it has.
    pub windows: u16,
    /// What it mainly does, in words.
    pub main_items: String,
}

/// A material of an item (item-materials.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// The item.
    pub item: String,
    /// Its number within the item, from 1.
    pub number: u16,
    /// Its name.
    pub name: Text,
    /// In which form it is handed in.
    pub form: MaterialForm,
    /// Where it comes from.
    pub source: Source,
    /// Whether it was on the list before the reform.
    pub before: bool,
    /// Whether it is on the list since.
    pub after: bool,
    /// How far it can be relied on; only of what is still on the list.
    pub grade: Option<Grade>,
    /// When it is asked for; always without condition.
    pub condition: Option<Condition>,
    /// Whether it may be missing at first.
    pub tolerance: Tolerance,
    /// The same in several items: counted and handed in once.
    pub shared_key: Option<String>,
    /// What to know about it.
    pub note: Text,
}

impl Material {
    /// Its key in an application: the one that several items share, otherwise its item with its number, such as "R04/3".
    pub fn key(&self) -> String {
        let own = || format!("{}/{}", self.item, self.number);
        self.shared_key.clone().unwrap_or_else(own)
    }

    /// Whether it is on the list for these answers; what is still open is.
    pub fn is_asked(&self, answers: &Answers) -> bool {
        let condition = self.condition.as_ref();
        self.after && condition.is_none_or(|condition| condition.truth(answers) != Truth::False)
    }
}

/// Where a material comes from, with the item whose result it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The applicant.
    Applicant,
    /// Shared data.
    SharedData,
    /// An intermediary.
    Intermediary,
    /// The result of this item.
    OtherItem(String),
}

impl Source {
    /// Where it comes from, without the item.
    pub fn kind(&self) -> MaterialSource {
        match self {
            Self::Applicant => MaterialSource::Applicant,
            Self::SharedData => MaterialSource::SharedData,
            Self::Intermediary => MaterialSource::Intermediary,
            Self::OtherItem(_) => MaterialSource::OtherItem,
        }
    }
}

/// An option of a field or question, a column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Text,
}

/// A field of the one form (form-fields.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// Its key; a key that is also a question is the same fact.
    pub key: String,
    /// Its label.
    pub label: Text,
    /// What is filled in.
    pub kind: FieldKind,
    /// Its options; of a table its columns.
    pub options: Vec<Choice>,
    /// In which unit.
    pub unit: Option<String>,
    /// Whether it must be filled in.
    pub required: Required,
    /// Where its content comes from.
    pub source: FieldSource,
    /// The section of the form.
    pub group: Text,
    /// What is accepted.
    pub bounds: Option<Bounds>,
    /// How to fill it in.
    pub help: Text,
    /// Of which items' forms it is part.
    pub items: Scope,
}

/// Whether a field must be filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Required {
    /// Always.
    Always,
    /// Never.
    Never,
    /// When this holds.
    When(Condition),
}

/// The lowest and the highest that is accepted: the length of texts, the value of numbers and days, the number of choices or lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bounds {
    /// Of lengths, values, counts.
    Numbers(Number, Number),
    /// Of days.
    Days(NaiveDate, NaiveDate),
}

/// Of which items' forms a field is part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// Of all.
    All,
    /// Of these.
    Items(Vec<String>),
}

impl Scope {
    /// Whether the form of `item` has the field.
    pub fn has(&self, item: &str) -> bool {
        match self {
            Self::All => true,
            Self::Items(items) => items.iter().any(|one| one == item),
        }
    }
}

/// A question about the project, in the order in which they are asked (project-questions.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its key.
    pub key: String,
    /// As it is asked.
    pub question: Text,
    /// What answers it: yes or no, one of several, a number, money, an area.
    pub kind: FieldKind,
    /// Its options.
    pub options: Vec<Choice>,
    /// In which unit.
    pub unit: Option<String>,
    /// When it is asked; always without condition. Speaks of questions above it only.
    pub ask_when: Option<Condition>,
    /// What helps to answer it.
    pub help: Text,
}

/// A reason to need an item; several reasons of one item are alternatives (item-conditions.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// The item.
    pub item: String,
    /// When a project needs it.
    pub condition: Condition,
    /// Why, in words.
    pub reason: Text,
    /// The articles it rests on.
    pub basis: String,
}

/// A project whose items are known (project-examples.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// "E1".
    pub code: String,
    /// What is planned.
    pub name: Text,
    /// What was answered, in the order of the questions.
    pub given: Vec<(String, Literal)>,
    /// The items that the project needs.
    pub expected_items: Vec<String>,
    /// The items that its answers leave open; none when all questions are answered.
    pub expected_open: Vec<String>,
}

impl Example {
    /// What was answered.
    pub fn answers(&self) -> Answers {
        self.given.iter().cloned().collect()
    }
}

/// "First this, then that" (item-order.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The earlier item.
    pub before: String,
    /// The later item.
    pub after: String,
    /// Why.
    pub kind: EdgeKind,
    /// When it holds; always without condition.
    pub condition: Option<Condition>,
    /// The result used, or the article.
    pub note: Text,
}

/// Items that are applied for together as one matter (bundles.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// "B01".
    pub code: String,
    /// Its name.
    pub name: Text,
    /// Its items.
    pub items: Vec<String>,
    /// Working days promised for all of them.
    pub promised: u16,
    /// What to know about it.
    pub note: Text,
    /// When it is offered; always without condition.
    pub condition: Option<Condition>,
    /// The joint limit in working days.
    pub joint_limit: u16,
    /// Working days that may be added.
    pub joint_extension: u16,
    /// Who adds them.
    pub extension_by: Authority,
}

/// A clock of an item (item-limits.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The item.
    pub item: String,
    /// Which clock.
    pub clock: Clock,
    /// How long, in its unit; 0 on the spot.
    pub limit: u16,
    /// In what it is counted.
    pub unit: LimitUnit,
    /// From what it is counted.
    pub start: StartEvent,
    /// Who extends; of an extension only. An extension without anybody needs no approval.
    pub extension_by: Option<Authority>,
    /// The article.
    pub article: String,
    /// How sure that is.
    pub mark: Mark,
    /// When this row takes the place of the row of the same clock without condition.
    pub condition: Option<Condition>,
    /// What to know about it.
    pub note: Option<Text>,
}

/// The public facts of an item (item-guides.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// The item.
    pub item: String,
    /// Under which conditions it is granted.
    pub conditions: Text,
    /// The limits of law in words.
    pub time_limit: Text,
    /// What the applicant receives.
    pub result_name: Text,
    /// What it costs.
    pub fee: Text,
    /// The articles the fee, or its absence, rests on.
    pub fee_basis: String,
    /// The promise in words.
    pub promise: Text,
    /// Where to complain.
    pub supervise: Text,
    /// What can be done against a decision.
    pub remedies: Text,
    /// How a case can end, in the words of this item.
    pub outcomes: Vec<(Outcome, Text)>,
    /// How the result ends, if it does.
    pub validity: Option<Validity>,
}

/// How the result of an item ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// Whether it expires or must be begun.
    pub kind: ValidityKind,
    /// After how many years.
    pub years: Number,
    /// How many working days before its end the renewal is applied for; of a fixed term only.
    pub renewal_before: Option<u16>,
    /// What silence means on the renewal.
    pub renewal_class: SilenceClass,
}

/// The number of a window, as it stands above it: "01".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WindowNumber(pub u16);

impl fmt::Display for WindowNumber {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:02}", self.0)
    }
}

/// A window of the hall (windows.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Its number, from 1.
    pub number: WindowNumber,
    /// The number of its department.
    pub department: u16,
    /// Its name.
    pub name: Text,
    /// The items it takes.
    pub items: Vec<String>,
    /// The post that decides.
    pub a_post_zh: String,
    /// The post that takes over.
    pub b_post_zh: String,
}

/// What held of an item from a day to a day (item-history.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The item.
    pub item: String,
    /// What held.
    pub fact: Fact,
    /// From this day.
    pub from: NaiveDate,
    /// To this day, the last one included; until further notice without one.
    pub to: Option<NaiveDate>,
    /// Why.
    pub reason: Text,
    /// The items that took its place.
    pub successors: Vec<String>,
}

/// What the history of an item tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// Where it stands.
    Status(ItemStatus),
    /// Its promise in working days.
    Promise(u16),
    /// How many materials it asks for.
    Materials(u16),
}

impl Fact {
    /// What it tells.
    pub fn attribute(self) -> Attribute {
        match self {
            Self::Status(_) => Attribute::Status,
            Self::Promise(_) => Attribute::Promise,
            Self::Materials(_) => Attribute::Materials,
        }
    }
}

/// Why something must be corrected (correction-reasons.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionReason {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// How it is found.
    pub explain: Text,
    /// Whether it can be seen the first time: a second notice for it is a fault.
    pub visible_first_time: bool,
    /// An example.
    pub example: Text,
}

/// Why a clock may stand (pause-kinds.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseKind {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// The article.
    pub article: String,
    /// How many working days at most.
    pub cap: Option<u16>,
    /// The items for which alone it exists; for all when there are none.
    pub only_items: Vec<String>,
    /// Whether the clock stands only with a written notice, which the law asks for every pause.
    pub written_notice: bool,
    /// What to know about it.
    pub note: Text,
}

/// What a class of silence means (silence-classes.csv).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// The class.
    pub class: SilenceClass,
    /// Its name.
    pub name: Text,
    /// What it means.
    pub meaning: Text,
    /// What silence brings about.
    pub effect: SilenceEffect,
    /// Whether a change to or from this class needs two persons.
    pub two_persons: bool,
    /// The articles it rests on.
    pub basis: String,
}

/// The whole catalogue, as its sixteen files say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// approval-items.csv
    pub items: Vec<Item>,
    /// departments.csv
    pub departments: Vec<Department>,
    /// item-materials.csv
    pub materials: Vec<Material>,
    /// form-fields.csv
    pub fields: Vec<FormField>,
    /// project-questions.csv
    pub questions: Vec<Question>,
    /// item-conditions.csv
    pub needs: Vec<Need>,
    /// project-examples.csv
    pub examples: Vec<Example>,
    /// item-order.csv
    pub edges: Vec<Edge>,
    /// bundles.csv
    pub bundles: Vec<Bundle>,
    /// item-limits.csv
    pub limits: Vec<Limit>,
    /// item-guides.csv
    pub guides: Vec<Guide>,
    /// windows.csv
    pub windows: Vec<Window>,
    /// item-history.csv
    pub history: Vec<History>,
    /// correction-reasons.csv
    pub correction_reasons: Vec<CorrectionReason>,
    /// pause-kinds.csv
    pub pause_kinds: Vec<PauseKind>,
    /// silence-classes.csv
    pub silences: Vec<Silence>,
}

impl FieldKind {
    /// What conditions can compare it with; `options` are those of the field or question.
    pub fn of_condition(self, options: &[Choice]) -> Kind {
        match self {
            Self::YesNo => Kind::Codes(vec!["YES".to_owned(), "NO".to_owned()]),
            Self::OneOf => Kind::Codes(options.iter().map(|one| one.code.clone()).collect()),
            Self::Number | Self::Money | Self::AreaM2 => Kind::Number,
            Self::Date => Kind::Date,
            _ => Kind::Other,
        }
    }
}

impl Files {
    /// The active items.
    pub fn active(&self) -> impl Iterator<Item = &Item> {
        self.items
            .iter()
            .filter(|item| item.status == ItemStatus::Active)
    }
}
