//! The enums of the API with their words for people. A page names them by `use super::term::*;`.

use entity::language;
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

    /// All values to choose from: as they are spelt, and what is said.
    fn choices(f: &Frame) -> Vec<(String, String)> {
        let choice = |term: &Self| (term.code().to_owned(), term.say(f).to_owned());
        Self::ALL.iter().map(choice).collect()
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
    )*

        /// Every term with the values it has here, for the test that holds them against the schema.
        #[cfg(test)]
        const SPELT: &[(&str, &[&str])] = &[$((stringify!($term), &[$($code,)*]),)*];
    };
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
        SameDay = "SAME_DAY", "当日", "The same day";
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
    /// In which way park and enterprise meet.
    VisitKind {
        OnSite = "ON_SITE", "上门走访", "Visit";
        Meeting = "MEETING", "到园会谈", "Meeting in the park";
        Telephone = "TELEPHONE", "电话", "Telephone";
        Message = "MESSAGE", "线上联系", "Message or on line";
    }
    /// Where a visit stands.
    VisitState {
        Agreed = "AGREED", "已约定", "Agreed";
        Held = "HELD", "已进行", "Held";
        Cancelled = "CANCELLED", "已取消", "Cancelled";
    }
    /// What others have changed.
    NewsKind {
        MilestoneMoved = "MILESTONE_MOVED", "里程碑调整", "Milestone moved";
        LimitPaused = "LIMIT_PAUSED", "暂停计时", "Time limit paused";
        LimitResumed = "LIMIT_RESUMED", "恢复计时", "Time limit goes on";
        LimitExtended = "LIMIT_EXTENDED", "延期", "Time limit extended";
        ContractChanged = "CONTRACT_CHANGED", "契约变更", "Contract changed";
        VisitAgreed = "VISIT_AGREED", "约定走访", "Visit agreed";
        VisitMoved = "VISIT_MOVED", "走访改期", "Visit moved";
        VisitCancelled = "VISIT_CANCELLED", "走访取消", "Visit cancelled";
        SupervisionOrdered = "SUPERVISION_ORDERED", "督办", "Supervision order";
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
    /// What a permit permits.
    PermitKind {
        Licence = "LICENCE", "行政许可证件", "Administrative licence";
        Pollutant = "POLLUTANT", "排污许可证", "Pollutant discharge permit";
        WaterAbstraction = "WATER_ABSTRACTION", "取水许可证", "Water abstraction permit";
        Radio = "RADIO", "无线电频率或台站许可", "Radio frequency or station licence";
        HazardousWaste = "HAZARDOUS_WASTE", "危险废物经营许可证", "Hazardous waste permit";
        Radiation = "RADIATION", "辐射安全许可证", "Radiation safety permit";
        SafetyProduction = "SAFETY_PRODUCTION", "安全生产许可证", "Safe production licence";
        ProjectApproval = "PROJECT_APPROVAL", "项目核准文件", "Approval of a project";
        Other = "OTHER", "其他证照", "Other certificate";
    }
    /// How a permit stands today.
    PermitStanding {
        Held = "HELD", "有效", "Valid";
        ToRenew = "TO_RENEW", "应申请延续", "To be renewed";
        TooLate = "TOO_LATE", "已过申请期限", "Too late to renew";
        Ended = "ENDED", "已失效", "Ended";
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
    /// Where a run of a job stands.
    JobRunState {
        Claimed = "CLAIMED", "待运行", "Asked for";
        Running = "RUNNING", "运行中", "Running";
        Succeeded = "SUCCEEDED", "成功", "Succeeded";
        Failed = "FAILED", "失败", "Failed";
        Skipped = "SKIPPED", "跳过", "Skipped";
        Abandoned = "ABANDONED", "中断", "Broken off";
    }
    /// Why a job ran.
    JobRunCause {
        Clock = "CLOCK", "按时", "On time";
        CatchUp = "CATCH_UP", "补跑", "Made good";
        Manual = "MANUAL", "手动", "By hand";
    }
    /// Why a time was not run.
    JobRunSkippedBecause {
        Overlap = "OVERLAP", "上一次仍在运行", "The one before was at work";
        Superseded = "SUPERSEDED", "已有更新的一期", "A newer one was made";
    }
    /// In whose favour a due date moves.
    ContractSide {
        Park = "PARK", "推迟，有利于园区", "The park: later";
        Enterprise = "ENTERPRISE", "提前，有利于企业", "The enterprise: sooner";
    }
    /// Where a letter stands.
    LetterState {
        Pending = "PENDING", "待发", "Waiting";
        Sending = "SENDING", "发送中", "Being sent";
        Sent = "SENT", "已发", "Sent";
        Ambiguous = "AMBIGUOUS", "不明", "Unclear";
        Held = "HELD", "暂扣", "Held";
        Dead = "DEAD", "失败", "Failed";
        Expired = "EXPIRED", "过期", "Out of date";
        Suppressed = "SUPPRESSED", "停投", "Not wanted";
        Cancelled = "CANCELLED", "已撤销", "Dropped";
        Superseded = "SUPERSEDED", "已被取代", "Replaced by a later one";
    }
    /// What becomes of a letter when nobody knows whether it arrived.
    LetterClass {
        MustNotMiss = "MUST_NOT_MISS", "以相同内容再发一次", "It goes once more with the same bytes";
        MustNotDouble = "MUST_NOT_DOUBLE", "暂扣，等人决定", "It is held until somebody decides";
    }
    /// How far an attempt to send came.
    LetterPhase {
        Connect = "CONNECT", "连接服务器", "Reaching the server";
        Tls = "TLS", "商定加密", "Agreeing on encryption";
        Auth = "AUTH", "登录服务器", "Signing in";
        Mail = "MAIL", "报发件人", "Naming the sender";
        Rcpt = "RCPT", "报收件人", "Naming the recipient";
        Data = "DATA", "请求发送", "Asking to send";
        Body = "BODY", "发送正文", "Sending the body";
    }
    /// Why all mail is held back.
    MailHoldCause {
        Setting = "SETTING", "由配置暂扣", "by the settings";
        Person = "PERSON", "由管理员暂扣", "by an administrator";
        Restore = "RESTORE", "数据库刚从备份恢复", "the database came from a backup";
    }
    /// What became of a row of a ledger that says something else than when it was taken.
    LedgerFate {
        Told = "TOLD", "未更改", "Only told";
        Applied = "APPLIED", "已更新", "Taken over";
        Kept = "KEPT", "保持不变", "Kept as it was";
    }
    /// By what letters are sorted.
    LetterSortField {
        CreatedAt = "CREATED_AT", "写信时间", "Written";
    }
    /// By what accounts are sorted.
    AccountSortField {
        Login = "LOGIN", "邮箱", "Mail";
        Name = "NAME", "姓名", "Name";
        CreatedAt = "CREATED_AT", "创建时间", "Created";
    }
    /// By what assignments are sorted.
    LiaisonSortField {
        CreatedAt = "CREATED_AT", "任命时间", "Made";
    }
    /// Where an evaluation stands.
    EvaluationState {
        Compiled = "COMPILED", "已编制", "Compiled";
        Open = "OPEN", "评议中", "Open";
        Closed = "CLOSED", "已截止", "Closed";
        Scored = "SCORED", "已计分", "Scored";
        Approved = "APPROVED", "已批准", "Approved";
        Published = "PUBLISHED", "已公布", "Published";
    }
    /// How open an answer is.
    EvaluationConfidentiality {
        Named = "NAMED", "实名", "With our name";
        Supervisor = "SUPERVISOR", "仅向监督机构实名", "With our name, for the supervisor alone";
        Unnamed = "UNNAMED", "不记名", "Without a name";
    }
    /// What is rated of a department.
    EvaluationAspect {
        Attitude = "ATTITUDE", "服务态度", "Attitude";
        Efficiency = "EFFICIENCY", "办事效率", "Efficiency";
        Lawfulness = "LAWFULNESS", "依法行政", "Lawfulness";
        Openness = "OPENNESS", "政务公开", "Openness";
        Integrity = "INTEGRITY", "廉洁自律", "Integrity";
        Solution = "SOLUTION", "解决问题", "Solution";
        Overall = "OVERALL", "总体评价", "Overall";
    }
    /// What is rated of the contract.
    EvaluationService {
        Reachable = "REACHABLE", "及时联系", "Reachable";
        Informing = "INFORMING", "主动告知", "Informing";
        Answering = "ANSWERING", "按时答复", "Answering";
        Keeping = "KEEPING", "契约落实", "Keeping the contract";
    }
    /// A level of satisfaction.
    EvaluationLevel {
        VerySatisfied = "VERY_SATISFIED", "非常满意", "Very satisfied";
        Satisfied = "SATISFIED", "满意", "Satisfied";
        BasicallySatisfied = "BASICALLY_SATISFIED", "基本满意", "Basically satisfied";
        Dissatisfied = "DISSATISFIED", "不满意", "Dissatisfied";
        VeryDissatisfied = "VERY_DISSATISFIED", "非常不满意", "Very dissatisfied";
        Unknown = "UNKNOWN", "不了解", "Don’t know";
    }
    /// Why somebody is dissatisfied.
    EvaluationCause {
        NotToldAtOnce = "NOT_TOLD_AT_ONCE", "一次没有告知清楚", "Not told clearly at once";
        RepeatedMaterials = "REPEATED_MATERIALS", "多次补件", "Asked for materials repeatedly";
        OverLimit = "OVER_LIMIT", "超过承诺时限", "Over the promised limit";
        PassedAround = "PASSED_AROUND", "互相推诿", "Passed around";
        Rude = "RUDE", "态度生硬", "Rude";
        UnclearFees = "UNCLEAR_FEES", "收费不清", "Fees unclear";
        IntermediaryImposed = "INTERMEDIARY_IMPOSED", "指定中介", "Intermediary imposed";
        SystemHard = "SYSTEM_HARD", "系统不好用", "System hard to use";
        Other = "OTHER", "其他", "Other";
    }
    /// How often the liaison came.
    EvaluationVisits {
        TooFew = "TOO_FEW", "偏少", "Too few";
        Right = "RIGHT", "合适", "Right";
        TooMany = "TOO_MANY", "偏多", "Too many";
    }
    /// What is asked about facts.
    EvaluationCheck {
        UnlistedMaterials = "UNLISTED_MATERIALS", "要求补交未列明材料", "Materials not on the list";
        SecondCorrection = "SECOND_CORRECTION", "同一事项补正两次以上", "Sent back more than once";
        OverLimit = "OVER_LIMIT", "超过承诺时限未办结", "Over the promised limit";
        IntermediaryImposed = "INTERMEDIARY_IMPOSED", "指定或变相指定中介", "Intermediary imposed";
        LevyWithoutBasis = "LEVY_WITHOUT_BASIS", "无依据收费或摊派", "Fee or levy without basis";
    }
    /// An answer about a fact.
    EvaluationCheckAnswer {
        Yes = "YES", "是", "Yes";
        No = "NO", "否", "No";
        Unclear = "UNCLEAR", "不清楚", "Not sure";
    }
    /// The band of a score.
    EvaluationBand {
        Excellent = "EXCELLENT", "优秀", "Excellent";
        Good = "GOOD", "良好", "Good";
        Passed = "PASSED", "合格", "Passed";
        Failed = "FAILED", "不合格", "Failed";
    }
    /// A part of the performance of a department.
    PerformancePart {
        Satisfaction = "SATISFACTION", "满意度", "what the enterprises say";
        OnTime = "ON_TIME", "按时率", "kept in time";
        Compression = "COMPRESSION", "时限压缩率", "shorter than the law's limits";
        Requests = "REQUESTS", "诉求办结率", "requests closed";
        Openness = "OPENNESS", "政务公开", "openness";
        Duties = "DUTIES", "职责履行", "duties done";
    }
    /// What is known of a department.
    EvaluationStanding {
        Insufficient = "INSUFFICIENT", "样本不足", "Too few answers";
        Unranked = "UNRANKED", "不参与排名", "Not ranked";
        Ranked = "RANKED", "参与排名", "Ranked";
    }
    /// Where an objection stands.
    EvaluationObjectionState {
        Raised = "RAISED", "已提出", "Raised";
        Proposed = "PROPOSED", "已拟办", "Proposed";
        Upheld = "UPHELD", "成立", "Upheld";
        Dismissed = "DISMISSED", "不成立", "Dismissed";
    }
    /// How satisfied an enterprise is with a service.
    RatingLevel {
        VerySatisfied = "VERY_SATISFIED", "非常满意", "Very satisfied";
        Satisfied = "SATISFIED", "满意", "Satisfied";
        BasicallySatisfied = "BASICALLY_SATISFIED", "基本满意", "Basically satisfied";
        Dissatisfied = "DISSATISFIED", "不满意", "Dissatisfied";
        VeryDissatisfied = "VERY_DISSATISFIED", "非常不满意", "Very dissatisfied";
    }
    /// Where a rectification stands.
    RectificationState {
        Open = "OPEN", "待联系", "To be called back";
        Contacted = "CONTACTED", "已联系", "Called back";
        Verified = "VERIFIED", "已核实", "Verified";
        Appealed = "APPEALED", "申诉中", "Appealed";
        Upheld = "UPHELD", "评价维持", "The rating stands";
        Excluded = "EXCLUDED", "评价剔除", "Excluded";
        Rectifying = "RECTIFYING", "整改中", "Being put right";
        FedBack = "FED_BACK", "已反馈", "Replied";
        Reopened = "REOPENED", "重新整改", "Reopened";
        Closed = "CLOSED", "已办结", "Closed";
        Supervised = "SUPERVISED", "已督办", "With the supervisor";
        Settled = "SETTLED", "督办结案", "Settled by the supervisor";
    }
    /// What was found of a rating.
    RectificationVerification {
        True = "TRUE", "属实", "True";
        Partly = "PARTLY", "部分属实", "Partly true";
        Mistaken = "MISTAKEN", "误评", "Mistaken";
        Malicious = "MALICIOUS", "恶意评价", "Malicious";
    }
    /// How much there is to do.
    RectificationComplexity {
        Simple = "SIMPLE", "简单问题", "Simple";
        Complex = "COMPLEX", "复杂问题", "Complex";
    }
    /// What is done to a rectification.
    RectificationAct {
        Contact = "CONTACT", "登记回访", "Record the call-back";
        Verify = "VERIFY", "登记核实结果", "Record what was found";
        Plan = "PLAN", "制定整改措施", "Plan what to do";
        FeedBack = "FEED_BACK", "反馈整改结果", "Reply what was done";
        Appeal = "APPEAL", "申诉", "Appeal";
        Propose = "PROPOSE", "拟办申诉", "Propose on the appeal";
        Decide = "DECIDE", "裁定申诉", "Decide on the appeal";
        Conclude = "CONCLUDE", "审核反馈", "Judge the reply";
        RateAgain = "RATE_AGAIN", "再次评价", "Rate again";
        Settle = "SETTLE", "督办结案", "Settle it";
    }
    /// What a person may do.
    PermittedAction {
        ManageAccounts = "MANAGE_ACCOUNTS", "管理账户", "Manage accounts";
        ManageDepartments = "MANAGE_DEPARTMENTS", "管理部门", "Manage departments";
        ReadAccounts = "READ_ACCOUNTS", "查看账户", "Read accounts";
        ManageEnterprises = "MANAGE_ENTERPRISES", "管理企业", "Manage enterprises";
        ManagePermits = "MANAGE_PERMITS", "管理证照", "Manage permits";
        ManageLiaisons = "MANAGE_LIAISONS", "任命专员", "Appoint liaisons";
        RecordAbsences = "RECORD_ABSENCES", "登记休假", "Record leaves";
        ManageContracts = "MANAGE_CONTRACTS", "管理契约", "Manage contracts";
        ApproveContract = "APPROVE_CONTRACT", "批准契约", "Approve contracts";
        OpenObligation = "OPEN_OBLIGATION", "登记事项", "Open obligations";
        FulfilObligation = "FULFIL_OBLIGATION", "办结承诺", "Fulfil obligations";
        MissObligation = "MISS_OBLIGATION", "宣告未履行", "Declare obligations missed";
        AcknowledgeOverdue = "ACKNOWLEDGE_OVERDUE", "知悉超期事项", "Acknowledge what is overdue";
        OrderSupervision = "ORDER_SUPERVISION", "发出督办单", "Order supervision";
        ChangeDeadline = "CHANGE_DEADLINE", "暂停或延长时限", "Pause or extend time limits";
        ExtendStatutoryLimit = "EXTEND_STATUTORY_LIMIT", "批准法定时限延长", "Extend limits that the law sets";
        ManageProjects = "MANAGE_PROJECTS", "管理项目", "Manage projects";
        OverrideGate = "OVERRIDE_GATE", "越过关口", "Override gates";
        ChangeMilestones = "CHANGE_MILESTONES", "调整节点", "Change milestones";
        ReportProgress = "REPORT_PROGRESS", "上报进展", "Report progress";
        RecordVisits = "RECORD_VISITS", "记录走访联系", "Record visits";
        UploadDocuments = "UPLOAD_DOCUMENTS", "上传文件", "Upload files";
        ImportCalendar = "IMPORT_CALENDAR", "导入日历", "Import the calendar";
        ImportLedger = "IMPORT_LEDGER", "导入台账", "Import the ledger";
        ReadAudit = "READ_AUDIT", "查看审计记录", "Read the record of changes";
        RateService = "RATE_SERVICE", "评价服务", "Rate services";
        WorkRectification = "WORK_RECTIFICATION", "办理整改", "Work off rectifications";
        DecideOnAppeal = "DECIDE_ON_APPEAL", "裁定评价申诉", "Decide on appeals";
        ConcludeRectification = "CONCLUDE_RECTIFICATION", "审核整改反馈", "Judge replies";
        SettleRectification = "SETTLE_RECTIFICATION", "整改督办结案", "Settle rectifications";
        DesignEvaluation = "DESIGN_EVALUATION", "修订评议方案", "Design evaluations";
        AnswerEvaluation = "ANSWER_EVALUATION", "填写评议表", "Answer evaluations";
        HandleSheets = "HANDLE_SHEETS", "办理纸质评议表", "Handle sheets of paper";
        ObjectToScore = "OBJECT_TO_SCORE", "提出评议异议", "Object to scores";
        ProposeOnObjection = "PROPOSE_ON_OBJECTION", "拟办异议", "Propose on objections";
        DecideOnObjection = "DECIDE_ON_OBJECTION", "决定异议", "Decide on objections";
        ApproveEvaluation = "APPROVE_EVALUATION", "批准评议结果", "Approve evaluations";
        PublishEvaluation = "PUBLISH_EVALUATION", "公布评议结果", "Publish evaluations";
        ReadOperations = "READ_OPERATIONS", "查看运行状况", "Read operations";
        ManageOperations = "MANAGE_OPERATIONS", "管理运行", "Manage operations";
    }
}

impl EvaluationState {
    /// The tone in which it is shown.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Compiled | Self::Closed | Self::Scored | Self::Approved => "held",
            Self::Open => "live",
            Self::Published => "done",
        }
    }
}

impl RectificationState {
    /// The tone in which it is shown.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Open | Self::Contacted | Self::Verified | Self::Upheld | Self::Rectifying => {
                "live"
            }
            Self::Appealed | Self::FedBack => "held",
            Self::Reopened | Self::Supervised => "wrong",
            Self::Closed | Self::Settled => "done",
            Self::Excluded => "over",
        }
    }
}

impl JobRunState {
    /// The tone in which a state without a light is shown: `done`, `live` (at work), `held` (waits for somebody), `wrong`, `over`.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Claimed | Self::Running => "live",
            Self::Succeeded => "done",
            Self::Failed | Self::Abandoned => "wrong",
            Self::Skipped => "over",
        }
    }
}

impl LiaisonState {
    /// Whether it is on its way to another one.
    pub fn is_passing(self) -> bool {
        matches!(self, Self::Proposed | Self::HandingOver)
    }
}

impl ContractState {
    /// The tone in which it is shown.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft | Self::LegalReview | Self::LeaderApproved | Self::Signed => "live",
            Self::Active | Self::Renewed => "done",
            Self::Amending | Self::Suspended => "held",
            Self::Expired | Self::Terminated => "over",
        }
    }
}

impl PermitStanding {
    /// The tone in which it is shown.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Held => "done",
            Self::ToRenew => "held",
            Self::TooLate | Self::Ended => "wrong",
        }
    }
}

impl VisitState {
    /// The tone in which it is shown.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Agreed => "live",
            Self::Held => "done",
            Self::Cancelled => "over",
        }
    }
}

impl LetterState {
    /// The tone in which it is shown.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Pending | Self::Sending => "live",
            Self::Sent => "done",
            Self::Ambiguous | Self::Held => "held",
            Self::Dead => "wrong",
            Self::Expired | Self::Suppressed | Self::Cancelled | Self::Superseded => "over",
        }
    }

    /// Whether a person may still decide about it.
    pub fn is_undecided(self) -> bool {
        !matches!(
            self,
            Self::Sent | Self::Sending | Self::Cancelled | Self::Superseded
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use async_graphql::parser::{
        parse_schema,
        types::{TypeKind, TypeSystemDefinition},
    };

    use super::SPELT;

    #[test]
    fn a_term_has_all_values_that_the_api_has() {
        let schema = parse_schema(include_str!("../../schema.graphql")).expect("our own schema");
        for (term, spelt) in SPELT {
            let values = schema
                .definitions
                .iter()
                .find_map(|definition| match definition {
                    TypeSystemDefinition::Type(known) if known.node.name.node == *term => {
                        match &known.node.kind {
                            TypeKind::Enum(values) => Some(&values.values),
                            _ => None,
                        }
                    }
                    _ => None,
                });
            let values = values.unwrap_or_else(|| panic!("the API has no enum {term}"));
            let values: BTreeSet<&str> = values
                .iter()
                .map(|value| value.node.value.node.as_str())
                .collect();
            assert_eq!(values, spelt.iter().copied().collect(), "{term}");
        }
    }
}
