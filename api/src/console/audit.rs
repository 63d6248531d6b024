//! The supervisor's pages: what is beyond the law, what a leader let pass, and the trail of who changed what, when and why.

use askama::Template;
use axum::response::Response;
use entity::{
    clock::instant_of,
    language::{Language, Text},
};

use super::{
    bridge::operation,
    export::{self, Kind as Ending, Sheet},
    frame::Frame,
    list::{Address, Paging},
    refusal::Refusal,
    scalar::{Date, DateTime},
    term::{self, *},
    visit::Visit,
};

operation!(AuditList in "src/console/operations/audit.graphql");
operation!(SupervisorStart in "src/console/operations/audit.graphql");

type Row = audit_list::AuditListAuditEntriesNodes;
type Latest = supervisor_start::SupervisorStartAuditEntriesNodes;
type Item = supervisor_start::Item;

/// The order of the trail when the address names none: the newest first.
const USUAL: &str = "-at";

/// What may be changed, as the trail spells it and as people say it.
const SUBJECTS: [(&str, &str, &str); 27] = [
    ("Contract", "契约", "Contract"),
    ("Commitment", "承诺", "Promise"),
    ("Obligation", "履约事项", "Obligation"),
    ("Deadline", "时限", "Time limit"),
    ("Project", "项目", "Project"),
    ("Milestone", "里程碑", "Milestone"),
    ("Visit", "走访联系", "Visit"),
    ("Enterprise", "企业", "Enterprise"),
    ("Liaison", "专员", "Liaison"),
    ("Department", "部门", "Department"),
    ("Document", "文件", "File"),
    ("Report", "报告", "Report"),
    ("Account", "账户", "Account"),
    ("Absence", "请假", "Leave"),
    ("Evaluation", "企业评议", "Evaluation"),
    ("EvaluationDesign", "评议方案", "Evaluation design"),
    (
        "EvaluationObjection",
        "评议异议",
        "Objection to an evaluation",
    ),
    ("Permit", "证照", "Permit"),
    ("Rating", "单项评价", "Rating"),
    ("Rectification", "整改", "Rectification"),
    ("Letter", "信件", "Letter"),
    ("Mail", "邮件", "Mail"),
    ("Job", "任务", "Job"),
    ("Calendar", "工作日历", "Calendar"),
    ("Session", "会话", "Session"),
    ("Preference", "偏好", "Preference"),
    ("Feed", "日历订阅", "Calendar feed"),
];

fn subject(kind: &str, language: Language) -> String {
    let found = SUBJECTS.iter().find(|(code, _, _)| *code == kind);
    found.map_or_else(
        || kind.to_owned(),
        |(_, zh, en)| Text::new(*zh, *en).in_language(language).to_owned(),
    )
}

/// What a command is called; its code where it has no name for people.
fn act(action: &str, language: Language) -> String {
    let verb = action.split_once('.').map_or(action, |(_, verb)| verb);
    let (zh, en) = match verb {
        "fulfil" => ("办结", "kept"),
        "miss" => ("登记未履行", "declared missed"),
        "open" => ("发起", "opened"),
        "cancel" => ("取消", "cancelled"),
        "meet" => ("计时完成", "met"),
        "pause" => ("暂停", "paused"),
        "resume" => ("恢复", "resumed"),
        "extend" => ("延期", "extended"),
        "recount" => ("按新日历重算", "counted anew"),
        "acknowledge" => ("知悉", "acknowledged"),
        "supervise" => ("督办", "supervision order"),
        "create" => ("新建", "created"),
        "add" => ("新增", "added"),
        "change" | "change_draft" => ("修改", "changed"),
        "end" => ("结束", "ended"),
        "draft" => ("起草", "drafted"),
        "submit_for_review" => ("送审", "submitted for review"),
        "approve" => ("批准", "approved"),
        "sign" => ("签订", "signed"),
        "activate" => ("生效", "activated"),
        "expire" => ("到期", "expired"),
        "terminate" => ("终止", "terminated"),
        "suspend" => ("中止", "suspended"),
        "amend" | "amend_begin" => ("开始变更", "amendment begun"),
        "amend_clause" => ("变更条款", "clause amended"),
        "amend_finish" => ("完成变更", "amendment finished"),
        "enter_stage" => ("进入阶段", "stage begun"),
        "leave_stage" => ("完成阶段", "stage finished"),
        "record_requirement" => ("登记前置条件", "gate answered"),
        "override_gate" => ("领导特批", "gate passed by a leader"),
        "agree" => ("约定", "agreed"),
        "move" => ("改期", "moved"),
        "hold" if action == "visit.hold" => ("登记进行", "held"),
        "hold" => ("暂缓", "put on hold"),
        "drop" => ("终止", "dropped"),
        "report_progress" => ("填报进展", "progress reported"),
        "plan" if action == "rectification.plan" => ("制定措施", "planned"),
        "plan" => ("排期", "planned"),
        "change_forecast" => ("变更预计日期", "forecast changed"),
        "reach" => ("登记完成", "reached"),
        "settle" => ("督办结案", "settled"),
        "propose" if action == "rectification.propose" => ("拟办", "proposed"),
        "propose" => ("提名", "proposed"),
        "store" => ("存档", "stored"),
        "keep" => ("归档", "kept"),
        "import" => ("导入", "imported"),
        "update" => ("更新", "updated"),
        "record" => ("登记", "recorded"),
        "invite" => ("邀请", "invited"),
        "enable" => ("启用", "enabled"),
        "disable" => ("停用", "disabled"),
        "revoke" => ("撤销", "revoked"),
        "retry" => ("重试", "tried again"),
        "abandon" => ("放弃", "given up"),
        "release" => ("恢复发送", "released"),
        "run_now" => ("立即运行", "run now"),
        "install" => ("装入", "installed"),
        "signIn" => ("登录", "signed in"),
        "signOut" => ("退出", "signed out"),
        "changePassword" => ("修改密码", "password changed"),
        "acceptLink" => ("凭链接设置密码", "password set by a link"),
        "requestPasswordLink" => ("申请重设密码", "asked for a new password"),
        "createToken" => ("新建令牌", "token made"),
        "appointDeputy" => ("指定代理", "deputy appointed"),
        "beginHandOver" => ("开始交接", "hand-over begun"),
        "handOver" => ("完成交接", "handed over"),
        "compile" => ("编制", "compiled"),
        "remind" => ("催评", "reminded"),
        "close" => ("截止", "closed"),
        "score" => ("计分", "scored"),
        "submit" => ("提交答卷", "answered"),
        "object" => ("提出异议", "objected"),
        "rate" => ("评价", "rated"),
        "rateAgain" => ("再次评价", "rated again"),
        "contact" => ("回访", "called back"),
        "verify" => ("核实", "verified"),
        "feedBack" => ("反馈", "replied"),
        "appeal" => ("申诉", "appealed"),
        "conclude" => ("审核反馈", "reply judged"),
        "answer" => ("企业答复", "answered by the enterprise"),
        "decide" => ("决定", "decided"),
        "publish" => ("公布", "published"),
        "adoptDesign" => ("采用方案", "design adopted"),
        "prepare" => ("准备演示", "demonstration prepared"),
        _ => return action.to_owned(),
    };
    Text::new(zh, en).in_language(language).to_owned()
}

/// As what somebody acted: a role, or a part of the system.
fn acted_as(who: &str, language: Language) -> String {
    if let Some(role) = Role::of_code(who) {
        return role.word(language).to_owned();
    }
    match (who.strip_prefix("system"), language) {
        (Some(part), Language::Chinese) => format!("系统{}", part.replacen(": ", "：", 1)),
        _ => who.to_owned(),
    }
}

fn variables(f: &Frame, address: &Address, paging: Paging) -> audit_list::Variables {
    use audit_list::*;
    let (_, direction) = address.sort(USUAL);
    let midnight = |day: Date| -> DateTime { instant_of(day, 0, 0, f.zone) };
    let from: Option<Date> = address.get("from").parse().ok();
    let to: Option<Date> = address.get("to").parse().ok();
    let word = |name: &str| {
        address
            .some(name)
            .map(|word| AuditWordIn { one_of: vec![word] })
    };
    Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        sort_by: Some(vec![AuditSort {
            field: AuditSortField::At,
            direction,
        }]),
        where_: Some(AuditFilter {
            actor_id: address
                .some("actor")
                .map(|id| AuditActorIn { one_of: vec![id] }),
            action: word("action"),
            subject_kind: word("kind"),
            subject_id: address.some("subject"),
            at: (from.is_some() || to.is_some()).then(|| DateTimeRange {
                from: from.map(midnight),
                before: to.and_then(|day| day.succ_opt()).map(midnight),
            }),
        }),
    }
}

fn title(language: Language) -> &'static str {
    match language {
        Language::Chinese => "审计记录",
        Language::English => "Audit trail",
    }
}

#[derive(Template)]
#[template(path = "audit/list.html")]
struct ListShown {
    f: Frame,
    people: Vec<audit_list::AuditListAuditActors>,
    shown: i64,
    rows: Vec<Row>,
    total: i64,
    info: audit_list::AuditListAuditEntriesPageInfo,
    usual: &'static str,
}

impl ListShown {
    fn kinds(&self) -> Vec<(&'static str, String)> {
        let named = |(code, _, _): &(&'static str, &str, &str)| (*code, self.subject(code));
        SUBJECTS.iter().map(named).collect()
    }

    fn subject(&self, kind: &str) -> String {
        subject(kind, self.f.language)
    }

    fn act(&self, action: &str) -> String {
        act(action, self.f.language)
    }

    fn acted_as(&self, who: &str) -> String {
        acted_as(who, self.f.language)
    }

    fn field(&self, name: &str) -> String {
        term::field(name).in_language(self.f.language).to_owned()
    }
}

/// The trail.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    let f = visit.frame(title(visit.language));
    let asked = variables(&f, &visit.address, visit.address.paging());
    let data = visit.run::<AuditList>(asked).await?;
    let found = data.audit_entries;
    Ok(visit.show(&ListShown {
        f,
        people: data.audit_actors,
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        rows: found.nodes,
        total: found.total_count,
        info: found.page_info,
        usual: USUAL,
    }))
}

/// The trail as a workbook.
pub async fn xlsx(visit: Visit) -> Result<Response, Refusal> {
    export(&visit, Ending::Xlsx).await
}

/// The trail as values with commas.
pub async fn csv(visit: Visit) -> Result<Response, Refusal> {
    export(&visit, Ending::Csv).await
}

async fn export(visit: &Visit, ending: Ending) -> Result<Response, Refusal> {
    let f = visit.frame(title(visit.language));
    let rows = export::rows::<AuditList>(
        visit,
        100,
        |paging| variables(&f, &visit.address, paging),
        |data| {
            let (nodes, info) = (data.audit_entries.nodes, data.audit_entries.page_info);
            let row = |row: Row| {
                let changes = row.changes.iter().map(|change| {
                    format!(
                        "{}: {} → {}",
                        term::field(&change.field).in_language(f.language),
                        change.before.as_deref().unwrap_or("—"),
                        change.after.as_deref().unwrap_or("—")
                    )
                });
                vec![
                    f.time(&row.at).into(),
                    row.actor.map(|actor| actor.name).into(),
                    acted_as(&row.acted_as, f.language).into(),
                    row.action.into(),
                    subject(&row.subject_kind, f.language).into(),
                    row.subject_id.into(),
                    changes.collect::<Vec<_>>().join("; ").into(),
                    row.reason.into(),
                ]
            };
            let rows = nodes.into_iter().map(row).collect();
            (rows, info.end_cursor.filter(|_| info.has_next_page))
        },
    )
    .await?;
    let sheet = Sheet {
        name: title(visit.language).to_owned(),
        columns: [
            f.t("时间", "Time"),
            f.t("人员", "Person"),
            f.t("身份", "As"),
            f.t("操作", "Act"),
            f.t("对象", "Subject"),
            f.t("对象编号", "Id of the subject"),
            f.t("变更", "Changes"),
            f.t("理由", "Reason"),
        ]
        .map(str::to_owned)
        .to_vec(),
        rows,
    };
    sheet.answer(visit, ending)
}

/// A gate that a leader passed.
struct Passed {
    project: String,
    name: String,
    firm: String,
    gate: String,
    law: String,
    reason: String,
    at: Option<DateTime>,
}

#[derive(Template)]
#[template(path = "audit/start.html")]
struct StartShown {
    f: Frame,
    black: Vec<Item>,
    black_total: i64,
    red: Vec<Item>,
    red_total: i64,
    passed: Vec<Passed>,
    latest: Vec<Latest>,
}

impl StartShown {
    fn subject(&self, kind: &str) -> String {
        subject(kind, self.f.language)
    }

    fn act(&self, action: &str) -> String {
        act(action, self.f.language)
    }

    fn acted_as(&self, who: &str) -> String {
        acted_as(who, self.f.language)
    }
}

/// The supervisor's start page.
pub async fn start(visit: Visit) -> Result<Response, Refusal> {
    let data = visit
        .run::<SupervisorStart>(supervisor_start::Variables)
        .await?;
    let f = visit.frame(match visit.language {
        Language::Chinese => "监督",
        Language::English => "Supervision",
    });
    let flagged = data.projects.nodes.into_iter().filter(|one| one.flagged);
    let mut passed = Vec::new();
    for project in flagged {
        let firm = project.enterprise.as_ref().map_or("", |firm| {
            f.of(&firm.name_zh, firm.name_en.as_deref().unwrap_or_default())
        });
        let gates = project.gates.iter();
        for gate in gates.filter(|gate| gate.outcome == Some(GateOutcome::Overridden)) {
            passed.push(Passed {
                project: project.id.clone(),
                name: project.name.clone(),
                firm: firm.to_owned(),
                gate: f.of(&gate.name_zh, &gate.name_en).to_owned(),
                law: gate.legal_basis.clone(),
                reason: gate.reason.clone().unwrap_or_default(),
                at: gate.recorded_at,
            });
        }
    }
    Ok(visit.show(&StartShown {
        f,
        black: data.black.nodes,
        black_total: data.black.total_count,
        red: data.red.nodes,
        red_total: data.red.total_count,
        passed,
        latest: data.audit_entries.nodes,
    }))
}
