//! The menu: one line per entry, with the roles that see it.

use entity::{
    language::{Language, Text},
    viewer::Role::{self, *},
};

use super::frame::{Entry, Frame};

/// Path, icon (of `assets/icons.svg`), Chinese, English, and who sees it. The first entry of a role is its start page.
const ENTRIES: &[(&str, &str, &str, &str, &[Role])] = &[
    ("/", "home", "首页", "Start", &Role::ALL),
    (
        "/obligations",
        "list-checks",
        "履约事项",
        "Obligations",
        &[
            Leader,
            Centre,
            Liaison,
            DepartmentHead,
            WindowOfficer,
            Enterprise,
            Supervisor,
        ],
    ),
    (
        ENTERPRISES,
        "building-2",
        "企业",
        "Enterprises",
        &[Leader, Centre, Liaison, DepartmentHead, Supervisor],
    ),
    (
        "/projects",
        "folder-kanban",
        "项目",
        "Projects",
        &[
            Leader,
            Centre,
            Liaison,
            DepartmentHead,
            Enterprise,
            Supervisor,
        ],
    ),
    (
        "/visits",
        "phone",
        "走访联系",
        "Visits",
        &[
            Leader,
            Centre,
            Liaison,
            DepartmentHead,
            Enterprise,
            Supervisor,
        ],
    ),
    (
        "/evaluations",
        "scale",
        "企业评议",
        "Evaluations",
        &[
            Leader,
            Centre,
            Liaison,
            DepartmentHead,
            Enterprise,
            Supervisor,
            Inspector,
        ],
    ),
    (
        "/rectifications",
        "refresh-cw",
        "整改",
        "Rectifications",
        &[
            Leader,
            Centre,
            Liaison,
            DepartmentHead,
            WindowOfficer,
            Enterprise,
            Supervisor,
        ],
    ),
    (
        "/reports",
        "chart-no-axes-column",
        "报告",
        "Reports",
        &[
            Leader,
            Centre,
            Liaison,
            DepartmentHead,
            Enterprise,
            Supervisor,
        ],
    ),
    (
        "/audit",
        "scroll-text",
        "审计记录",
        "Audit trail",
        &[Supervisor, Admin],
    ),
    (
        CONTRACTS,
        "file-text",
        "契约",
        "Contracts",
        &[Centre, Leader, Supervisor, Liaison],
    ),
    (
        "/liaisons",
        "handshake",
        "专员安排",
        "Liaisons",
        &[Centre, Leader],
    ),
    (
        "/ledger",
        "upload",
        "台账导入",
        "Import a ledger",
        &[Centre],
    ),
    (
        "/accounts",
        "users",
        "人员与角色",
        "People and roles",
        &[Admin, Centre],
    ),
    (
        "/absences",
        "calendar-clock",
        "请假与代理",
        "Leaves",
        &[
            Admin,
            Leader,
            Centre,
            Liaison,
            DepartmentHead,
            WindowOfficer,
            Supervisor,
        ],
    ),
    ("/jobs", "clock-3", "定时任务", "Jobs", &[Admin, Centre]),
    ("/letters", "mail", "邮件", "E-mails", &[Admin, Centre]),
    (
        "/calendar",
        "calendar-days",
        "工作日历",
        "Calendar",
        &[Admin, Centre, Leader, Liaison, DepartmentHead, Supervisor],
    ),
    (MAILBOX, "inbox", "本地邮箱", "Local mailbox", &Role::ALL),
    (
        EXPLORER,
        "book-open-text",
        "API 试验台",
        "API explorer",
        &[Admin],
    ),
];

const ENTERPRISES: &str = "/enterprises";
const CONTRACTS: &str = "/contracts";
/// The local mailbox, shown only where it may be read.
pub const MAILBOX: &str = "/mailbox";
/// The explorer of the API, shown only where the settings say so.
pub const EXPLORER: &str = "/graphiql";

/// The entries that `role` sees, without those `hidden` here, with that of the page at `path` marked.
pub fn of(role: Role, path: &str, language: Language, hidden: &[&str]) -> Vec<Entry> {
    let seen = |entry: &str| {
        let mut entries = ENTRIES.iter();
        entries.any(|(known, _, _, _, roles)| *known == entry && roles.contains(&role))
    };
    // Who has no list of contracts comes to one from its enterprise.
    let home = match ENTRIES.iter().find(|(entry, ..)| covers(entry, path)) {
        Some((CONTRACTS, ..)) if !seen(CONTRACTS) => ENTERPRISES,
        found => found.map_or("", |(entry, ..)| *entry),
    };
    ENTRIES
        .iter()
        .filter(|(entry, _, _, _, roles)| roles.contains(&role) && !hidden.contains(entry))
        .map(|(entry, icon, zh, en, _)| Entry {
            path: entry,
            icon,
            word: Text::new(*zh, *en).in_language(language).to_owned(),
            current: *entry == home,
        })
        .collect()
}

/// What the entry at `path` is called.
pub fn called(f: &Frame, path: &str) -> Option<&'static str> {
    let mut entries = ENTRIES.iter();
    let entry = entries.find(|(entry, ..)| *entry == path);
    entry.map(|(_, _, zh, en, _)| f.t(zh, en))
}

/// Whether the page at `path` belongs to `entry`.
fn covers(entry: &str, path: &str) -> bool {
    let below = path.strip_prefix(entry);
    path == entry || (entry != "/" && below.is_some_and(|rest| rest.starts_with('/')))
}
