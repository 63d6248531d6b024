//! The viewer: the person (or the system itself) on whose behalf something is read or done.

use sea_orm::entity::prelude::*;

use crate::{language::Language, term::term};

term! {
    /// What a person may be in the park (角色).
    pub enum Role as "Role" in "String(StringLen::N(20))" {
        /// Looks after accounts, departments, the calendar and the jobs.
        Admin = "ADMIN", "管理员", "Administrator";
        /// A leader of the park: sees everything, approves contracts, overrides gates.
        Leader = "LEADER", "管委会领导", "Leader";
        /// The enterprise service centre: enterprises, contracts, liaisons.
        Centre = "CENTRE", "企业服务中心", "Enterprise service centre";
        /// Looks after one or more enterprises.
        Liaison = "LIAISON", "专员", "Liaison";
        /// The head of a department.
        DepartmentHead = "DEPARTMENT_HEAD", "部门负责人", "Head of department";
        /// An officer at a window of the one-stop hall.
        WindowOfficer = "WINDOW_OFFICER", "窗口人员", "Window officer";
        /// The contact of an enterprise.
        Enterprise = "ENTERPRISE", "企业联系人", "Enterprise contact";
        /// The supervising body: sees everything, changes nothing.
        Supervisor = "SUPERVISOR", "监督机构", "Supervisor";
        /// A special inspector.
        Inspector = "INSPECTOR", "特邀监察员", "Special inspector";
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
