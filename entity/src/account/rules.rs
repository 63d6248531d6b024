//! What makes an account and a password acceptable.

use chrono::{DateTime, TimeDelta, Utc};

use super::link;
use crate::{
    error::{Explain, Refusal},
    language::Text,
    viewer::Role,
};

/// How long a link in a letter works.
pub const LINK_LIFETIME: TimeDelta = TimeDelta::hours(72);

/// How soon after a link another one is sent for the same account.
pub const LINK_PAUSE: TimeDelta = TimeDelta::minutes(5);

/// Shortest password.
const SHORTEST: usize = 10;
/// Longest password.
const LONGEST: usize = 200;
/// Longest login name, as long as a mail address may be.
const LONGEST_LOGIN: usize = 254;

/// Why an account is not created or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountError {
    /// A field must not be empty.
    Missing,
    /// A field is longer than it may be.
    TooLong {
        /// How many characters are allowed.
        limit: usize,
    },
    /// The login name has blanks or invisible characters.
    LoginInvalid,
    /// Letters cannot reach this login name: it is no mail address.
    LoginNotMail,
    /// Another account has this login name.
    LoginTaken,
    /// This role needs a department.
    DepartmentRequired,
    /// There is no such department.
    DepartmentUnknown,
    /// An enterprise contact needs an enterprise.
    EnterpriseRequired,
    /// Only enterprise contacts have an enterprise.
    EnterpriseNotAllowed,
    /// There is no such enterprise.
    EnterpriseUnknown,
    /// The first password is not good enough.
    Password(PasswordError),
    /// Nobody disables himself.
    OwnAccount,
    /// It is in that state already.
    Unchanged,
}

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordError {
    /// Fewer than 10 characters.
    TooShort,
    /// More than 200 characters.
    TooLong,
    /// Fewer than three of: small letters, capitals, digits, others.
    TooSimple,
    /// It contains the login name.
    ContainsLogin,
}

/// Why a link sets no password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Used, replaced, expired, or never sent.
    Void,
    /// The link is good, the password is not.
    Password(PasswordError),
}

/// A login name as it is stored and looked up: without blanks around, lower case.
pub fn normalise_login(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Checks a password.
pub fn check_password(password: &str, login: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(PasswordError::TooShort);
    }
    if length > LONGEST {
        return Err(PasswordError::TooLong);
    }
    let kinds = [
        password.chars().any(|c| c.is_ascii_lowercase()),
        password.chars().any(|c| c.is_ascii_uppercase()),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| !c.is_ascii_alphanumeric()),
    ];
    if kinds.into_iter().filter(|present| *present).count() < 3 {
        return Err(PasswordError::TooSimple);
    }
    let name = login.split('@').next().unwrap_or_default();
    if name.chars().count() >= 4 && password.to_lowercase().contains(name) {
        return Err(PasswordError::ContainsLogin);
    }
    Ok(())
}

/// What is said about an account.
#[derive(Clone, Copy, Debug)]
pub struct Details<'a> {
    /// Login name, normalised.
    pub login: &'a str,
    /// Name.
    pub name: &'a str,
    /// Role.
    pub role: Role,
    /// Whether a department is given.
    pub has_department: bool,
    /// Whether an enterprise is given.
    pub has_enterprise: bool,
    /// Whether letters must reach it.
    pub by_letter: bool,
}

/// Checks an account; all problems at once.
pub fn check(details: Details<'_>) -> Vec<Refusal<AccountError>> {
    let mut refusals = Vec::new();
    let mut refuse = |field: &'static str, code: AccountError| {
        refusals.push(Refusal {
            code,
            path: vec![field],
        });
    };
    let login = details.login;
    if login.is_empty() {
        refuse("login", AccountError::Missing);
    } else if login.chars().count() > LONGEST_LOGIN {
        refuse(
            "login",
            AccountError::TooLong {
                limit: LONGEST_LOGIN,
            },
        );
    } else if login.chars().any(|c| c.is_whitespace() || c.is_control()) {
        refuse("login", AccountError::LoginInvalid);
    } else if details.by_letter && !is_mail_address(login) {
        refuse("login", AccountError::LoginNotMail);
    }
    if details.name.is_empty() {
        refuse("name", AccountError::Missing);
    } else if details.name.chars().count() > 100 {
        refuse("name", AccountError::TooLong { limit: 100 });
    }
    if matches!(details.role, Role::DepartmentHead | Role::WindowOfficer) && !details.has_department
    {
        refuse("departmentId", AccountError::DepartmentRequired);
    }
    match (details.role == Role::Enterprise, details.has_enterprise) {
        (true, false) => refuse("enterpriseId", AccountError::EnterpriseRequired),
        (false, true) => refuse("enterpriseId", AccountError::EnterpriseNotAllowed),
        _ => {}
    }
    refusals
}

fn is_mail_address(login: &str) -> bool {
    match login.split_once('@') {
        Some((name, domain)) => {
            !name.is_empty()
                && domain.contains('.')
                && !domain.contains('@')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
        }
        None => false,
    }
}

/// Whether a link still sets a password.
pub fn check_link(link: &link::Model, now: DateTime<Utc>) -> Result<(), LinkError> {
    if link.used_at.is_some() || link.expires_at <= now {
        return Err(LinkError::Void);
    }
    Ok(())
}

impl Explain for AccountError {
    fn explain(&self) -> Text {
        match self {
            Self::Missing => Text::new("此项必填。", "This must not be empty."),
            Self::TooLong { limit } => Text::new(
                format!("内容过长，最多{limit}个字符。"),
                format!("Too long: at most {limit} characters."),
            ),
            Self::LoginInvalid => Text::new(
                "登录名不能含空格或不可见字符。",
                "A login name has no blanks or invisible characters.",
            ),
            Self::LoginNotMail => Text::new(
                "登录名须为邮箱地址，邀请函将发送到该邮箱。",
                "The login name must be a mail address: the invitation goes there.",
            ),
            Self::LoginTaken => Text::new(
                "该登录名已被使用，请换一个，或修改已有账户。",
                "Another account has this login name: choose another one, or change that account.",
            ),
            Self::DepartmentRequired => Text::new(
                "部门负责人和窗口人员必须指定所属部门。",
                "Heads of department and window officers need a department.",
            ),
            Self::DepartmentUnknown => Text::new(
                "所选部门不存在，请重新选择。",
                "There is no such department: choose another one.",
            ),
            Self::EnterpriseRequired => Text::new(
                "企业联系人必须指定所属企业。",
                "An enterprise contact needs an enterprise.",
            ),
            Self::EnterpriseNotAllowed => Text::new(
                "只有企业联系人可以指定所属企业。",
                "Only enterprise contacts belong to an enterprise: leave it out.",
            ),
            Self::EnterpriseUnknown => Text::new(
                "所选企业不存在，请重新选择。",
                "There is no such enterprise: choose another one.",
            ),
            Self::Password(error) => error.explain(),
            Self::OwnAccount => Text::new(
                "不能停用自己的账户，请由其他管理员操作。",
                "Nobody disables the own account: ask another administrator.",
            ),
            Self::Unchanged => Text::new(
                "账户已处于该状态。",
                "The account is in that state already.",
            ),
        }
    }
}

impl Explain for PasswordError {
    fn explain(&self) -> Text {
        match self {
            Self::TooShort => Text::new(
                format!("密码至少{SHORTEST}个字符。"),
                format!("A password has at least {SHORTEST} characters."),
            ),
            Self::TooLong => Text::new(
                format!("密码最多{LONGEST}个字符。"),
                format!("A password has at most {LONGEST} characters."),
            ),
            Self::TooSimple => Text::new(
                "密码须包含小写字母、大写字母、数字、其他字符中的至少三类。",
                "A password has at least three of: small letters, capitals, digits, other characters.",
            ),
            Self::ContainsLogin => Text::new(
                "密码不能包含登录名。",
                "A password must not contain the login name.",
            ),
        }
    }
}

impl Explain for LinkError {
    fn explain(&self) -> Text {
        match self {
            Self::Void => Text::new(
                "链接无效、已使用或已过期（72小时内有效），请重新申请。",
                "This link is not valid, was used already, or is older than 72 hours: ask for a new one.",
            ),
            Self::Password(error) => error.explain(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_and_mixed() {
        for (password, expected) in [
            ("Ab1-short", Err(PasswordError::TooShort)),
            ("alllowercase1", Err(PasswordError::TooSimple)),
            ("Zhuanyuan-01-x", Err(PasswordError::ContainsLogin)),
            ("Long-enough-1", Ok(())),
            ("契约服务契约服务Ab", Ok(())),
        ] {
            assert_eq!(
                check_password(password, "zhuanyuan-01@park.example"),
                expected,
                "{password}"
            );
        }
        assert_eq!(
            check_password(&"aA1".repeat(70), "x"),
            Err(PasswordError::TooLong)
        );
    }

    #[test]
    fn all_problems_of_an_account_are_told_at_once() {
        let problems = check(Details {
            login: "no mail",
            name: "",
            role: Role::DepartmentHead,
            has_department: false,
            has_enterprise: true,
            by_letter: true,
        });
        let codes: Vec<_> = problems.into_iter().map(|problem| problem.code).collect();
        assert_eq!(
            codes,
            [
                AccountError::LoginInvalid,
                AccountError::Missing,
                AccountError::DepartmentRequired,
                AccountError::EnterpriseNotAllowed
            ]
        );
    }
}
