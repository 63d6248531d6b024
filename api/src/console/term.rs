//! The enums of the API with their words for people. A page names them by `use super::term::*;`.

use entity::language::{self, Text};
use serde::{Deserialize, Serialize};

use super::frame::Frame;

/// A value of the API that has a word for people.
pub trait Term: Copy + 'static {
    /// All values, in the order in which pages list them.
    const ALL: &[Self];

    /// As the API and addresses spell it.
    fn code(self) -> &'static str;

    /// As people say it.
    fn word(self, language: language::Language) -> &'static str;

    /// Its word on a page.
    fn say(&self, f: &Frame) -> &'static str {
        self.word(f.language)
    }

    /// The value that is spelt so.
    fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|term| term.code() == code)
    }
}

macro_rules! terms {
    ($($(#[$meta:meta])* $term:ident { $($value:ident = $code:literal, $zh:literal, $en:literal;)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[allow(dead_code, reason = "a page lists them before another shows them")]
        pub enum $term {
            $(#[serde(rename = $code)] $value,)*
        }

        /// Inputs of the API are written field by field; a required one is always said.
        impl Default for $term {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl Term for $term {
            const ALL: &[Self] = &[$(Self::$value,)*];

            fn code(self) -> &'static str {
                match self {
                    $(Self::$value => $code,)*
                }
            }

            fn word(self, language: language::Language) -> &'static str {
                let (zh, en) = match self {
                    $(Self::$value => ($zh, $en),)*
                };
                match language {
                    language::Language::Chinese => zh,
                    language::Language::English => en,
                }
            }
        }
    )*};
}

terms! {
    /// The six lights.
    Light {
        Black = "BLACK", "超法定", "Beyond the law";
        Red = "RED", "超承诺", "Overdue";
        Orange = "ORANGE", "一日内", "Within a day";
        Yellow = "YELLOW", "临近", "Near";
        Green = "GREEN", "正常", "On course";
        Grey = "GREY", "暂停", "Paused";
    }
    /// Where an obligation stands.
    ObligationState {
        Open = "OPEN", "待履行", "Open";
        Fulfilled = "FULFILLED", "已履行", "Kept";
        Missed = "MISSED", "未履行", "Missed";
        Cancelled = "CANCELLED", "已取消", "Cancelled";
    }
    /// Where a time limit stands.
    DeadlineState {
        Running = "RUNNING", "计时中", "Running";
        Paused = "PAUSED", "已暂停", "Paused";
        Met = "MET", "已完成", "Met";
        Missed = "MISSED", "未完成", "Missed";
        Cancelled = "CANCELLED", "已取消", "Cancelled";
    }
    /// In which days a limit counts.
    DeadlineUnit {
        WorkingDay = "WORKING_DAY", "个工作日", "working days";
        CalendarDay = "CALENDAR_DAY", "日（自然日）", "calendar days";
    }
    /// What a day does for a limit.
    DeadlineStepRole {
        Start = "START", "起算", "Start";
        Counted = "COUNTED", "计入", "Counted";
        Skipped = "SKIPPED", "不计", "Not counted";
        Paused = "PAUSED", "暂停", "Paused";
    }
    /// What a day is.
    DayKind {
        Working = "WORKING", "工作日", "Working day";
        WorkedWeekend = "WORKED_WEEKEND", "调休上班", "Worked weekend";
        Weekend = "WEEKEND", "周末", "Weekend";
        Holiday = "HOLIDAY", "节假日", "Holiday";
    }
    /// What breaking a limit means.
    LegalEffect {
        Planned = "PLANNED", "计划", "Plan";
        Promised = "PROMISED", "承诺", "Promise";
        Statutory = "STATUTORY", "法定", "Set by law";
    }
    /// Why a limit is paused.
    PauseKind {
        Hearing = "HEARING", "听证", "Hearing";
        Bid = "BID", "招标", "Tender";
        Auction = "AUCTION", "拍卖", "Auction";
        Inspect = "INSPECT", "检验", "Inspection";
        Test = "TEST", "检测", "Test";
        Quarantine = "QUARANTINE", "检疫", "Quarantine";
        Appraise = "APPRAISE", "鉴定", "Appraisal";
        Expert = "EXPERT", "专家评审", "Expert review";
        Agreed = "AGREED", "双方约定", "Agreed by both sides";
    }
    /// How often a promise falls due.
    CommitmentKind {
        Once = "ONCE", "一次性", "Once";
        Recurring = "RECURRING", "周期性", "Recurring";
        OnEvent = "ON_EVENT", "事件触发", "On event";
    }
    /// Who must keep a promise.
    CommitmentOwner {
        Liaison = "LIAISON", "专员", "Liaison";
        Centre = "CENTRE", "企业服务中心", "Service centre";
        Department = "DEPARTMENT", "部门", "Department";
    }
    /// The period of a recurring promise.
    CommitmentRecurrence {
        Week = "WEEK", "每周", "Every week";
        Month = "MONTH", "每月", "Every month";
    }
    /// How far a contract has come.
    ContractState {
        Draft = "DRAFT", "起草", "Draft";
        LegalReview = "LEGAL_REVIEW", "合法性审查", "Legal review";
        LeaderApproved = "LEADER_APPROVED", "领导已批准", "Approved";
        Signed = "SIGNED", "已签订", "Signed";
        Active = "ACTIVE", "生效", "In force";
        Amending = "AMENDING", "变更中", "Under amendment";
        Suspended = "SUSPENDED", "中止", "Suspended";
        Renewed = "RENEWED", "已续签", "Renewed";
        Expired = "EXPIRED", "已到期", "Expired";
        Terminated = "TERMINATED", "已终止", "Terminated";
    }
    /// How a contract came into the system.
    ContractOrigin {
        Drafted = "DRAFTED", "系统内起草", "Drafted here";
        Paper = "PAPER", "纸质导入", "Imported from paper";
    }
    /// Where an assignment stands.
    LiaisonState {
        Proposed = "PROPOSED", "拟任", "Proposed";
        Active = "ACTIVE", "在任", "Active";
        HandingOver = "HANDING_OVER", "交接中", "Handing over";
        Ended = "ENDED", "已结束", "Ended";
    }
    /// How much of a kind of letters one may do without.
    LetterDuty {
        Required = "REQUIRED", "必收", "Always";
        Partly = "PARTLY", "部分必收", "In part";
        Optional = "OPTIONAL", "可退订", "At will";
    }
    /// A day of the week.
    Weekday {
        Monday = "MONDAY", "周一", "Monday";
        Tuesday = "TUESDAY", "周二", "Tuesday";
        Wednesday = "WEDNESDAY", "周三", "Wednesday";
        Thursday = "THURSDAY", "周四", "Thursday";
        Friday = "FRIDAY", "周五", "Friday";
        Saturday = "SATURDAY", "周六", "Saturday";
        Sunday = "SUNDAY", "周日", "Sunday";
    }
    /// What a person is in the park.
    Role {
        Admin = "ADMIN", "管理员", "Administrator";
        Leader = "LEADER", "管委会领导", "Leader";
        Centre = "CENTRE", "企业服务中心", "Service centre";
        Liaison = "LIAISON", "专员", "Liaison";
        DepartmentHead = "DEPARTMENT_HEAD", "部门负责人", "Head of department";
        WindowOfficer = "WINDOW_OFFICER", "窗口人员", "Window officer";
        Enterprise = "ENTERPRISE", "企业联系人", "Enterprise contact";
        Supervisor = "SUPERVISOR", "监督机构", "Supervisor";
        Inspector = "INSPECTOR", "特邀监察员", "Special inspector";
    }
    /// A language of the people.
    Language {
        ZhCn = "ZH_CN", "中文", "Chinese";
        En = "EN", "英文", "English";
    }
    /// How a session is carried.
    SessionKind {
        Cookie = "COOKIE", "浏览器", "Browser";
        Token = "TOKEN", "令牌", "Token";
    }
    /// A direction of sorting.
    SortDirection {
        Asc = "ASC", "升序", "Ascending";
        Desc = "DESC", "降序", "Descending";
    }
    /// By what obligations are sorted.
    ObligationSortField {
        OpenedAt = "OPENED_AT", "起算", "Opened";
        DueOn = "DUE_ON", "到期", "Due";
    }
    /// By what contracts are sorted.
    ContractSortField {
        Number = "NUMBER", "编号", "Number";
        StartsOn = "STARTS_ON", "开始", "Start";
        EndsOn = "ENDS_ON", "结束", "End";
    }
    /// By what enterprises are sorted.
    EnterpriseSortField {
        CreatedAt = "CREATED_AT", "录入", "Entered";
        Name = "NAME", "名称", "Name";
        CreditCode = "CREDIT_CODE", "信用代码", "Credit code";
        Industry = "INDUSTRY", "行业", "Industry";
    }
    /// Whether a project goes on.
    ProjectState {
        Active = "ACTIVE", "推进中", "Under way";
        OnHold = "ON_HOLD", "暂缓", "On hold";
        Dropped = "DROPPED", "终止", "Dropped";
        Done = "DONE", "建成", "Done";
    }
    /// The light of a project or a milestone.
    ProjectLight {
        Red = "RED", "严重滞后", "Far behind";
        Yellow = "YELLOW", "滞后", "Behind";
        Green = "GREEN", "正常", "On course";
    }
    /// By what projects are sorted.
    ProjectSortField {
        Name = "NAME", "名称", "Name";
    }
    /// How a gate was answered.
    GateOutcome {
        Met = "MET", "已满足", "Met";
        NotApplicable = "NOT_APPLICABLE", "不适用", "Not applicable";
        Overridden = "OVERRIDDEN", "领导特批", "Passed by a leader";
    }
    /// Which step of a stage a gate guards.
    GateStep {
        Enter = "ENTER", "进入前", "Before it begins";
        Leave = "LEAVE", "完成前", "Before it ends";
    }
    /// Which report it is.
    ReportKind {
        WeeklyBrief = "WEEKLY_BRIEF", "周报", "Weekly brief";
        MonthlyBulletin = "MONTHLY_BULLETIN", "月报", "Monthly bulletin";
        QuarterlyReport = "QUARTERLY_REPORT", "季报", "Quarterly report";
        EnterpriseProgress = "ENTERPRISE_PROGRESS", "项目进展月报", "Progress letter";
    }
    /// What a file of a report is.
    ReportFormat {
        Xlsx = "XLSX", "工作簿", "Workbook";
        Pdf = "PDF", "打印稿", "To print";
    }
    /// By what the audit trail is sorted.
    AuditSortField {
        At = "AT", "时间", "Time";
    }
}

/// The name of a field of the API, as the record of changes has it.
pub fn field(name: &str) -> Text {
    let (zh, en) = match name {
        "state" => ("状态", "state"),
        "closed_at" => ("办结时间", "closing time"),
        "evidence_document_id" | "evidence_note" => ("履约凭证", "evidence"),
        "public_reason" => ("公开理由", "public reason"),
        "days_late" => ("逾期天数", "days late"),
        "due_on" => ("到期日", "due date"),
        "limit_days" | "extension_days" | "budget" => ("时限", "time limit"),
        "pauses" | "paused_on" => ("暂停", "pause"),
        "name" | "name_zh" | "name_en" => ("名称", "name"),
        "starts_on" | "ends_on" => ("期限", "term"),
        "percent" => ("进度", "progress"),
        "reportedOn" => ("截至", "as of"),
        "note" => ("说明", "note"),
        "stage" => ("阶段", "stage"),
        "gate" | "code" => ("前置条件", "gate"),
        "forecastOn" => ("预计日期", "forecast"),
        "actualOn" => ("完成日期", "day reached"),
        "baselineOn" => ("基准日期", "first plan"),
        "dueOn" => ("到期日", "due date"),
        "closedAt" | "closedOn" => ("办结时间", "closing time"),
        "daysLate" => ("逾期天数", "days late"),
        "evidenceNote" | "evidenceDocumentId" => ("履约凭证", "evidence"),
        "publicReason" => ("公开理由", "public reason"),
        "occasion" => ("期次", "occasion"),
        "version" => ("版本", "version"),
        other => return Text::new(other, other),
    };
    Text::new(zh, en)
}
