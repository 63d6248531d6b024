//! The viewer: the person (or the system itself) on whose behalf something is read or done.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::language::Language;

/// What a person may be in the park. One account has one role. Labels are the product's; the park may rename them on its pages.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(20))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// 管理员: accounts, departments, calendar, jobs; never business content.
    Admin,
    /// 管委会领导: sees everything, approves contracts, overrides gates.
    Leader,
    /// 企业服务中心: enterprises, contracts, liaisons, the ledger.
    Centre,
    /// 专员: looks after one or more enterprises.
    Liaison,
    /// 部门负责人: the matters of the own department.
    DepartmentHead,
    /// 窗口人员: the cases of the own window.
    WindowOfficer,
    /// 企业联系人: the matters of the own enterprise.
    Enterprise,
    /// 监督机构: sees everything and the audit trail, changes nothing.
    Supervisor,
    /// 特邀监察员: published figures.
    Inspector,
}

impl Role {
    /// All roles, in the order in which tables print them.
    pub const ALL: [Self; 9] = [
        Self::Admin,
        Self::Leader,
        Self::Centre,
        Self::Liaison,
        Self::DepartmentHead,
        Self::WindowOfficer,
        Self::Enterprise,
        Self::Supervisor,
        Self::Inspector,
    ];

    /// The label in the reader's language.
    pub fn label(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Admin => ("管理员", "Administrator"),
            Self::Leader => ("管委会领导", "Leader"),
            Self::Centre => ("企业服务中心", "Enterprise service centre"),
            Self::Liaison => ("专员", "Liaison"),
            Self::DepartmentHead => ("部门负责人", "Head of department"),
            Self::WindowOfficer => ("窗口人员", "Window officer"),
            Self::Enterprise => ("企业联系人", "Enterprise contact"),
            Self::Supervisor => ("监督机构", "Supervisor"),
            Self::Inspector => ("特邀监察员", "Special inspector"),
        };
        match language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Nobody has signed in.
    Anonymous {
        /// From the `Accept-Language` header.
        language: Language,
    },
    /// A person with an account.
    Person(Person),
    /// A job, the import, the command line: sees all, is named in the audit trail by what it runs as.
    System {
        /// "job deadline_warnings", "import", "command line".
        name: String,
    },
}

/// A signed-in person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account_id: Uuid,
    /// The name others see.
    pub name: String,
    /// What the person is.
    pub role: Role,
    /// The own department, for heads, window officers and most liaisons.
    pub department_id: Option<Uuid>,
    /// The own enterprise, for enterprise contacts only.
    pub enterprise_id: Option<Uuid>,
    /// The language the person reads.
    pub language: Language,
}

impl Viewer {
    /// The system acting under `name`.
    pub fn system(name: impl Into<String>) -> Self {
        Self::System { name: name.into() }
    }

    /// The person, if it is one.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Anonymous { .. } | Self::System { .. } => None,
        }
    }

    /// The account, if a person asks.
    pub fn account_id(&self) -> Option<Uuid> {
        self.person().map(|person| person.account_id)
    }

    /// The role, if a person asks.
    pub fn role(&self) -> Option<Role> {
        self.person().map(|person| person.role)
    }

    /// The department whose head asks. Of contracts he sees what his department promised, and no more.
    pub fn head_of(&self) -> Option<Uuid> {
        self.person()
            .filter(|person| person.role == Role::DepartmentHead)
            .and_then(|person| person.department_id)
    }

    /// The language of the answer.
    pub fn language(&self) -> Language {
        match self {
            Self::Anonymous { language } => *language,
            Self::Person(person) => person.language,
            Self::System { .. } => Language::default(),
        }
    }
}
