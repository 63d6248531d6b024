//! The menu: one line per entry, with the roles that see it.

use entity::{
    language::{Language, Text},
    viewer::Role::{self, *},
};

use super::frame::Entry;

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
        "/enterprises",
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
];

/// The entries that `role` sees, with that of the page at `path` marked.
pub fn of(role: Role, path: &str, language: Language) -> Vec<Entry> {
    ENTRIES
        .iter()
        .filter(|(_, _, _, _, roles)| roles.contains(&role))
        .map(|(entry, icon, zh, en, _)| Entry {
            path: entry,
            icon,
            word: Text::new(*zh, *en).in_language(language).to_owned(),
            current: path == *entry
                || (*entry != "/"
                    && path
                        .strip_prefix(entry)
                        .is_some_and(|rest| rest.starts_with('/'))),
        })
        .collect()
}
