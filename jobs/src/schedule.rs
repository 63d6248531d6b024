//! The one table of what happens when. Times are in the park's zone.

use entity::{
    preference::rules::DIGEST_AT,
    schedule::{
        Plan,
        commands::Job as Registered,
        rules::{CatchUp, Span, When},
    },
};

use crate::{
    absence_turn::AbsenceTurn, application_drafts::ApplicationDrafts,
    calendar_check::CalendarCheck, case_lapse::CaseLapse, completeness::Completeness,
    contract_expiry::ContractExpiry, deadline_warnings::DeadlineWarnings,
    enterprise_progress::EnterpriseProgress, escalation::Escalation,
    evaluation_cycle::EvaluationCycle, job::Job, job_watch::JobWatch, last_day::LastDay,
    leader_report::LeaderReport, obligation_opening::ObligationOpening,
    permit_expiry::PermitExpiry, red_list::RedList, silence::Silence,
    statutory_overdue::StatutoryOverdue, undelivered::Undelivered,
};

/// The name of the job that alone sees mail.
pub const OUTBOX_DELIVERY: &str = "outbox_delivery";

/// One line of the table.
pub struct Schedule {
    /// The name, as people type it.
    pub name: &'static str,
    /// When it is due.
    pub when: When,
    /// What becomes of times that were missed.
    pub catch_up: CatchUp,
    /// The work; nothing for the delivery of letters, which the runner does with its transport.
    pub job: Option<&'static dyn Job>,
    /// What it does, in Chinese.
    pub zh: &'static str,
    /// What it does, in English.
    pub en: &'static str,
}

impl std::fmt::Debug for Schedule {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Schedule")
            .field("name", &self.name)
            .field("when", &self.when)
            .finish_non_exhaustive()
    }
}

/// The table.
pub static SCHEDULES: [Schedule; 20] = [
    Schedule {
        name: "obligation_opening",
        when: When::daily(0, 10),
        catch_up: CatchUp::Sweep,
        job: Some(&ObligationOpening),
        zh: "为新的周期生成履约事项",
        en: "opens the obligations of periods that have begun",
    },
    Schedule {
        name: "contract_expiry",
        when: When::daily(0, 5),
        catch_up: CatchUp::Sweep,
        job: Some(&ContractExpiry),
        zh: "契约生效与到期",
        en: "starts and ends contracts",
    },
    Schedule {
        name: "deadline_warnings",
        when: When::working_days(DIGEST_AT.0, DIGEST_AT.1),
        catch_up: CatchUp::Sweep,
        job: Some(&DeadlineWarnings),
        zh: "每人每个工作日一份待办清单：将到期和已超期的事项，即将到期的证照和契约",
        en: "one digest per person and working day: what falls due, what is overdue, and which permits and contracts end",
    },
    Schedule {
        name: "completeness",
        when: When::working_days(10, 0),
        catch_up: CatchUp::Sweep,
        job: Some(&Completeness),
        zh: "核对近七日到期事项是否都已通知，遗漏的立即补发",
        en: "checks that everybody was informed of what fell due in the last seven days, and informs those who were not",
    },
    Schedule {
        name: "statutory_overdue",
        when: When::in_working_hours(10, 8, 18),
        catch_up: CatchUp::Sweep,
        job: Some(&StatutoryOverdue),
        zh: "超过法定时限的事项立即通知监督机构、部门负责人和领导",
        en: "informs the supervisor, the head of department and the leaders at once when a statutory limit has passed",
    },
    Schedule {
        name: "calendar_check",
        when: When::daily(3, 0),
        catch_up: CatchUp::Sweep,
        job: Some(&CalendarCheck),
        zh: "12 月起提醒管理员导入下一年的工作日历",
        en: "from December, reminds the administrator to import next year's calendar",
    },
    Schedule {
        name: "leader_report",
        when: When::working_days(8, 0),
        catch_up: CatchUp::Sweep,
        job: Some(&LeaderReport),
        zh: "向领导呈送报告：每周首个工作日周报，每月第三个工作日月报，每季第五个工作日季报；季报公开部分同时发特邀监察员",
        en: "reports to the leaders: a brief on the first working day of the week, a bulletin on the third of the month, a report on the fifth of the quarter; its public part goes to the special inspectors",
    },
    Schedule {
        name: "enterprise_progress",
        when: When::nth_working_day(3, Span::Month, 9, 0),
        catch_up: CatchUp::Report,
        job: Some(&EnterpriseProgress),
        zh: "每月第三个工作日向企业发送其项目和承诺的进展",
        en: "on the third working day of the month, sends each enterprise the progress of its projects and promises",
    },
    Schedule {
        name: "absence_turn",
        when: When::daily(0, 1),
        catch_up: CatchUp::Sweep,
        job: Some(&AbsenceTurn),
        zh: "办理请假的开始与结束：代理人接替与交回",
        en: "starts and ends leaves: deputies take over and hand back",
    },
    Schedule {
        name: "last_day",
        when: When::working_days(14, 0),
        catch_up: CatchUp::Sweep,
        job: Some(&LastDay),
        zh: "到期当日 14:00 提醒责任人尚未办结的事项",
        en: "at 14:00, reminds owners of what is due today and still open",
    },
    Schedule {
        name: "escalation",
        when: When::working_days(9, 0),
        catch_up: CatchUp::Sweep,
        job: Some(&Escalation),
        zh: "承诺超期一个工作日后向部门负责人催办，催办满五个工作日仍未办结的向监督机构提交通报草稿",
        en: "reminds the head of department of what has been overdue for a working day; five working days later drafts a criticism for the supervisor",
    },
    Schedule {
        name: "permit_expiry",
        when: When::daily(0, 15),
        catch_up: CatchUp::Sweep,
        job: Some(&PermitExpiry),
        zh: "结束已到期证照的申请期限",
        en: "ends the time limits of permits that have ended",
    },
    Schedule {
        name: "case_lapse",
        when: When::daily(0, 20),
        catch_up: CatchUp::Sweep,
        job: Some(&CaseLapse),
        zh: "终止逾期未补正、逾期未补交材料的办件，恢复已到告知结束日的暂停",
        en: "ends cases that their applicants have not completed in time, and pauses with the day that their notice names",
    },
    Schedule {
        name: "application_drafts",
        when: When::daily(0, 20),
        catch_up: CatchUp::Sweep,
        job: Some(&ApplicationDrafts),
        zh: "删除三十天未改动的申请草稿，提前七天提醒",
        en: "deletes draft applications that nobody has changed for thirty days, and reminds of them a week before",
    },
    Schedule {
        name: "undelivered",
        when: When::every_minutes(10),
        catch_up: CatchUp::Sweep,
        job: Some(&Undelivered),
        zh: "邮件无法送达时告知代理人、部门负责人、监督机构或管理员",
        en: "informs deputies, heads, the supervisor or the administrator of e-mails that cannot be delivered",
    },
    Schedule {
        name: "job_watch",
        when: When::every_minutes(10),
        catch_up: CatchUp::Sweep,
        job: Some(&JobWatch),
        zh: "任务失败时立即告知管理员，之后每四小时一次；退信过多时每天告知一次",
        en: "informs the administrators of a failed job at once and every four hours; once a day if too many e-mails are returned",
    },
    Schedule {
        name: "evaluation_cycle",
        when: When::in_working_hours(30, 8, 19),
        catch_up: CatchUp::Sweep,
        job: Some(&EvaluationCycle),
        zh: "季度企业评议：编制、发放、催评、截止、计分，均按工作日",
        en: "the quarterly evaluation: compiles, opens, reminds, closes and scores it, each on its working day",
    },
    Schedule {
        name: "silence",
        when: When::every_minutes(10),
        catch_up: CatchUp::Sweep,
        job: Some(&Silence),
        zh: "办件到期前三个工作日、一个工作日和当日预警将默许决定的办件，到期后记录默许结果",
        en: "warns of cases that silence will decide three working days before, one before and on the last day, and records what it has decided",
    },
    Schedule {
        name: "red_list",
        when: When::working_days(8, 15),
        catch_up: CatchUp::Sweep,
        job: Some(&RedList),
        zh: "每个工作日向监督机构报送全园区超期事项清单",
        en: "sends the supervisor a list of everything overdue in the park every working morning",
    },
    Schedule {
        name: OUTBOX_DELIVERY,
        when: When::every_minutes(1),
        catch_up: CatchUp::Sweep,
        job: None,
        zh: "投递发件箱中的邮件",
        en: "delivers the e-mails in the outbox",
    },
];

/// The whole table as the database is told.
pub fn registered() -> Vec<Registered> {
    SCHEDULES.iter().map(Schedule::registered).collect()
}

impl Schedule {
    /// As the database is told.
    pub fn registered(&self) -> Registered {
        Registered {
            name: self.name,
            what_zh: self.zh,
            what_en: self.en,
            plan: Plan {
                when: self.when,
                catch_up: self.catch_up,
            },
        }
    }
}
