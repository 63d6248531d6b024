//! First steps (启用清单): what leads from an empty installation to a running park, each read from what is there.

use crate::{term::term, viewer::Role};

pub mod repository;

term! {
    /// A step from an empty installation to a running park (启用步骤).
    pub enum Step as "SetupStep" {
        /// The park has a department.
        Departments = "DEPARTMENTS", "设置部门", "Set up the departments";
        /// The holiday notice of this year is imported.
        Calendar = "CALENDAR", "导入今年的放假通知", "Import this year’s holiday notice";
        /// A mail server is set.
        Mail = "MAIL", "配置邮件服务器", "Set a mail server";
        /// Somebody of the service centre and a leader can sign in.
        Accounts = "ACCOUNTS", "建立企业服务中心和领导的账户", "Create accounts for the service centre and a leader";
        /// The park has an enterprise.
        Ledger = "LEDGER", "导入契约企业台账", "Import the ledger of contracted enterprises";
        /// An enterprise has a liaison.
        Liaisons = "LIAISONS", "为企业指派专员", "Assign liaisons to the enterprises";
        /// A contract is in force.
        Contracts = "CONTRACTS", "契约生效", "Bring the contracts into force";
        /// A liaison or a contact of an enterprise is invited.
        Invitations = "INVITATIONS", "邀请专员和企业联系人", "Invite liaisons and enterprise contacts";
        /// Somebody has adopted a design of the evaluation; the one that the product ships is in use until then.
        Design = "DESIGN", "确定评议方案", "Adopt the design of evaluations";
    }
}

impl Step {
    /// Who takes it.
    pub fn by(self) -> Role {
        match self {
            Self::Departments
            | Self::Calendar
            | Self::Mail
            | Self::Accounts
            | Self::Invitations => Role::Admin,
            Self::Ledger | Self::Liaisons | Self::Contracts | Self::Design => Role::Centre,
        }
    }
}

/// Whether somebody is shown first steps.
pub fn is_shown(role: Role) -> bool {
    Step::ALL.into_iter().any(|step| step.by() == role)
}

/// The steps that somebody is shown, each with whether it is done: the administrator all of them, because they end in a running park, and
/// others their own. Nothing once all of those are done.
pub fn shown(role: Role, done: &[Step]) -> Vec<(Step, bool)> {
    let shown = Step::ALL.into_iter();
    let shown = shown.filter(|step| role == Role::Admin || step.by() == role);
    let shown: Vec<_> = shown.map(|step| (step, done.contains(&step))).collect();
    match shown.iter().all(|(_, done)| *done) {
        true => Vec::new(),
        false => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_administrator_sees_all_steps_until_the_last_is_done() {
        let mut done = Vec::new();
        for step in Step::ALL {
            let shown = shown(Role::Admin, &done);
            assert_eq!(shown.len(), Step::ALL.len());
            assert_eq!(shown.iter().filter(|(_, done)| *done).count(), done.len());
            done.push(step);
        }
        assert_eq!(shown(Role::Admin, &done), []);
    }

    #[test]
    fn others_see_their_own_steps_while_one_of_them_is_open() {
        let own = |done: &[Step]| shown(Role::Centre, done);
        assert!(own(&[]).iter().all(|(step, _)| step.by() == Role::Centre));
        let mut done: Vec<Step> = own(&[]).into_iter().map(|(step, _)| step).collect();
        assert_eq!(own(&done), [], "what is left is the administrator's");
        let last = done.pop();
        assert!(own(&done).contains(&(last.expect("a step"), false)));
        for role in Role::ALL {
            let is_one = [Role::Admin, Role::Centre].contains(&role);
            assert_eq!(is_shown(role), is_one, "{role:?}");
            assert_eq!(shown(role, &[]).is_empty(), !is_one, "{role:?}");
        }
    }
}
