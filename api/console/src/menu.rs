//! The menu: one line per entry, in groups, with the roles that see it.

use entity::{
    language::{Language, Text},
    viewer::Role::{self, *},
};

use super::frame::{Entry, Frame, Group};

/// What belongs together, in Chinese and English, and its entries: path, icon (of `assets/icons.svg`), Chinese, English, and who
/// sees it. The first entry of a role is its start page.
const GROUPS: &[(&str, &str, &[Known])] = &[
    ("", "", &[("/", "home", "首页", "Start", &Role::ALL)]),
    (
        "服务",
        "Service",
        &[
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
                CONTRACTS,
                "file-text",
                "契约",
                "Contracts",
                &[Centre, Leader, Supervisor, Liaison],
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
                "/applications",
                "pencil",
                "申请",
                "Applications",
                &[
                    Leader,
                    Centre,
                    Liaison,
                    DepartmentHead,
                    WindowOfficer,
                    Supervisor,
                ],
            ),
            (
                "/applications",
                "pencil",
                "我的申请",
                "My applications",
                &[Enterprise],
            ),
            (
                "/items",
                "landmark",
                "审批事项",
                "Approval items",
                &[Leader, Centre, DepartmentHead, WindowOfficer, Supervisor],
            ),
            (
                "/guides",
                "book-open-text",
                "办事指南",
                "Guides",
                &Role::ALL,
            ),
            (
                "/silence",
                "bell",
                "默许决定",
                "Decided by silence",
                &[Leader, Centre, DepartmentHead, WindowOfficer, Supervisor],
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
        ],
    ),
    (
        "监督",
        "Review",
        &[
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
                "/supervisions",
                "send",
                "督办单",
                "Supervision orders",
                &[Leader, Centre, Liaison, DepartmentHead, Supervisor],
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
        ],
    ),
    (
        "组织",
        "Organisation",
        &[
            (
                "/liaisons",
                "handshake",
                "专员安排",
                "Liaisons",
                &[Centre, Leader],
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
            (
                "/calendar",
                "calendar-days",
                "工作日历",
                "Calendar",
                &[Admin, Centre, Leader, Liaison, DepartmentHead, Supervisor],
            ),
            (
                "/ledger",
                "upload",
                "台账导入",
                "Import a ledger",
                &[Centre],
            ),
        ],
    ),
    (
        "运行",
        "Operation",
        &[
            ("/jobs", "clock-3", "定时任务", "Jobs", &[Admin, Centre]),
            ("/letters", "mail", "邮件", "E-mails", &[Admin, Centre]),
            (MAILBOX, "inbox", "本地邮箱", "Local mailbox", &Role::ALL),
            (
                EXPLORER,
                "book-open-text",
                "API 试验台",
                "API explorer",
                &[Admin],
            ),
        ],
    ),
];

type Known = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [Role],
);

const ENTERPRISES: &str = "/enterprises";
const CONTRACTS: &str = "/contracts";
/// The local mailbox, shown only where it may be read.
pub const MAILBOX: &str = "/mailbox";
/// The explorer of the API, shown only where the settings say so.
pub const EXPLORER: &str = "/graphiql";

/// Every entry.
fn entries() -> impl Iterator<Item = &'static Known> {
    GROUPS.iter().flat_map(|(_, _, entries)| *entries)
}

/// What `role` sees, without the entries `hidden` here, with that of the page at `path` marked.
pub fn of(role: Role, path: &str, language: Language, hidden: &[&str]) -> Vec<Group> {
    // Who has no list of contracts comes to one from its enterprise.
    let home = match entries().find(|(entry, ..)| covers(entry, path)) {
        Some((CONTRACTS, ..)) if !has(role, CONTRACTS) => ENTERPRISES,
        found => found.map_or("", |(entry, ..)| *entry),
    };
    let word = |zh, en| Text::new(zh, en).in_language(language).to_owned();
    GROUPS
        .iter()
        .map(|(zh, en, entries)| Group {
            word: word(*zh, *en),
            entries: entries
                .iter()
                .filter(|(entry, _, _, _, roles)| roles.contains(&role) && !hidden.contains(entry))
                .map(|(entry, icon, zh, en, _)| Entry {
                    path: entry,
                    icon,
                    word: word(*zh, *en),
                    current: *entry == home,
                })
                .collect(),
        })
        .filter(|group| !group.entries.is_empty())
        .collect()
}

/// Whether `role` sees the entry at `path`.
pub fn has(role: Role, path: &str) -> bool {
    entries().any(|entry| entry.0 == path && entry.4.contains(&role))
}

/// What the entry at `path` is called.
pub fn called(f: &Frame, path: &str) -> Option<&'static str> {
    let entry = entries().find(|(entry, ..)| *entry == path);
    entry.map(|(_, _, zh, en, _)| f.t(zh, en))
}

/// Whether the page at `path` belongs to `entry`.
fn covers(entry: &str, path: &str) -> bool {
    let below = path.strip_prefix(entry);
    path == entry || (entry != "/" && below.is_some_and(|rest| rest.starts_with('/')))
}
