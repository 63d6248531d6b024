//! What makes an account and a password acceptable.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Model, common::is_common, link};
use crate::{
    address::mailable,
    error::{Explain, Refusal},
    language::Text,
    permission::Action,
    policy::PasswordRule,
    telephone::{NotATelephone, Telephone},
    text::plain,
    viewer::Role,
};

/// How long a link in a letter works.
pub const LINK_LIFETIME: TimeDelta = TimeDelta::hours(72);

/// Within which time links are counted.
pub const AN_HOUR: TimeDelta = TimeDelta::hours(1);

/// How many links go to one account within an hour.
pub const LINKS_AN_HOUR: u64 = 3;

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
    /// The sign-in name has blanks, or letters that look like others.
    LoginInvalid,
    /// Letters cannot reach this login name: it is no mail address.
    LoginNotMail,
    /// Another account has this sign-in name.
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
    /// It is no telephone number.
    Telephone(NotATelephone),
    /// The first password is not good enough.
    Password(PasswordError),
    /// Nobody disables himself.
    OwnAccount,
    /// Nobody would be left to manage accounts.
    LastAdministrator,
    /// Three links have gone to it within the hour.
    TooManyLinks,
    /// The mail server said that nobody has the address.
    AddressGivenUp,
    /// A second administrator has to confirm: neither who asked nor whose account it is.
    SecondPerson,
    /// No role waits to be confirmed.
    NothingWaits,
    /// It is in that state already.
    Unchanged,
}

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordError {
    /// Fewer characters than the park's rule asks for.
    TooShort {
        /// How many it asks for.
        least: usize,
    },
    /// More than 200 characters.
    TooLong,
    /// Fewer than three of: small letters, capitals, digits, others.
    TooSimple,
    /// It contains the sign-in name.
    ContainsLogin,
    /// It is one of the commonest, is made of one, or follows from its beginning.
    TooCommon,
}

/// Why a link sets no password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Used, expired, or never sent; or a newer one was used.
    Void,
    /// The link is good, the password is not.
    Password(PasswordError),
}

/// A login name as it is stored and looked up: a mail address in its one form, any other name in small letters, without what
/// is invisible and every character in its plain form, so that two names that look alike are one.
pub fn normalise_login(text: &str) -> String {
    mailable(text).unwrap_or_else(|| plain(text))
}

/// Whether a character may stand in a login name: none of an alphabet in which letters look like others (Cyrillic, Greek), after
/// the "highly restrictive" level of Unicode Technical Standard 39, 5.2, for Chinese.
fn may_stand_in_login(character: char) -> bool {
    character.is_ascii_lowercase()
        || character.is_ascii_digit()
        || "._-+@".contains(character)
        || matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Checks a password.
pub fn check_password(
    password: &str,
    login: &str,
    rule: PasswordRule,
) -> Result<(), PasswordError> {
    let length = password.chars().count();
    let least = rule.shortest();
    if length < least {
        return Err(PasswordError::TooShort { least });
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
    let mixed = kinds.into_iter().filter(|present| *present).count() >= 3;
    if rule == PasswordRule::Composition && !mixed {
        return Err(PasswordError::TooSimple);
    }
    let name = login.split('@').next().unwrap_or_default();
    if name.chars().count() >= 4 && password.to_lowercase().contains(name) {
        return Err(PasswordError::ContainsLogin);
    }
    if is_common(password) {
        return Err(PasswordError::TooCommon);
    }
    Ok(())
}

/// Whether somebody finds people by the enterprise they speak for: of who reads accounts, the service centre alone knows enterprises.
pub fn finds_by_enterprise(role: Option<Role>) -> bool {
    role == Some(Role::Centre)
}

/// What is asked of who invites the people in a role, and keeps how they are reached.
pub fn keeps(role: Role) -> Action {
    match role {
        Role::Enterprise => Action::KeepContacts,
        _ => Action::ManageAccounts,
    }
}

/// What is said about an account.
#[derive(Clone, Copy, Debug)]
pub struct Details<'a> {
    /// Login name, normalised; nothing when it stays.
    pub login: Option<&'a str>,
    /// Name.
    pub name: &'a str,
    /// Telephone number, if one is given.
    pub telephone: Option<&'a str>,
    /// Role.
    pub role: Role,
    /// Whether a department is given.
    pub has_department: bool,
    /// Whether an enterprise is given.
    pub has_enterprise: bool,
    /// Whether letters must reach it. A name with an `@` is an address in any case.
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
    if let Some(wrong) = details
        .login
        .and_then(|login| check_login(login, details.by_letter).err())
    {
        refuse("login", wrong);
    }
    if details.name.is_empty() {
        refuse("name", AccountError::Missing);
    } else if details.name.chars().count() > 100 {
        refuse("name", AccountError::TooLong { limit: 100 });
    }
    if let Err(wrong) = Telephone::given(details.telephone) {
        refuse("telephone", AccountError::Telephone(wrong));
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

fn check_login(login: &str, by_letter: bool) -> Result<(), AccountError> {
    if login.is_empty() {
        Err(AccountError::Missing)
    } else if login.chars().count() > LONGEST_LOGIN {
        Err(AccountError::TooLong {
            limit: LONGEST_LOGIN,
        })
    } else if mailable(login).as_deref() == Some(login) {
        Ok(())
    } else if !login.chars().all(may_stand_in_login) {
        Err(AccountError::LoginInvalid)
    } else if by_letter || login.contains('@') {
        Err(AccountError::LoginNotMail)
    } else {
        Ok(())
    }
}

/// Whether a person with these links can come, has not come yet, and has no invitation that still works.
pub fn awaits_invitation(account: &Model, links: &[link::Model], now: DateTime<Utc>) -> bool {
    let works = |link: &link::Model| {
        link.purpose == link::Purpose::Invitation && check_link(link, now).is_ok()
    };
    account.is_enabled() && account.password_hash.is_none() && !links.iter().any(works)
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
            Self::Missing => Text::new("此项必填。", "This field is required."),
            Self::TooLong { limit } => Text::new(
                format!("内容过长，最多{limit}个字符。"),
                format!("Too long: at most {limit} characters."),
            ),
            Self::LoginInvalid => Text::new(
                "登录名只能用字母、数字、汉字和 . _ - + @，不能含空格或形似字母的其他文字。",
                "A sign-in name may contain only letters (a to z), digits, Chinese characters and . _ - + @; no blanks, and no similar-looking \
                 letters of other alphabets.",
            ),
            Self::LoginNotMail => Text::new(
                "登录名须为有效的邮箱地址（如 zhao@park.example），邀请邮件将发送到该邮箱。",
                "The sign-in name must be a valid e-mail address (for example zhao@park.example): the invitation is sent there.",
            ),
            Self::LoginTaken => Text::new(
                "该登录名已被使用，请换一个，或修改已有账户。",
                "This sign-in name is already in use: choose another one, or edit the existing account.",
            ),
            Self::DepartmentRequired => Text::new(
                "部门负责人和窗口人员必须指定所属部门。",
                "Heads of department and window officers need a department.",
            ),
            Self::DepartmentUnknown => Text::new(
                "所选部门不存在，请重新选择。",
                "This department does not exist: choose another one.",
            ),
            Self::EnterpriseRequired => Text::new(
                "企业联系人必须指定所属企业。",
                "An enterprise contact needs an enterprise.",
            ),
            Self::EnterpriseNotAllowed => Text::new(
                "只有企业联系人可以指定所属企业。",
                "Only enterprise contacts belong to an enterprise: leave this empty.",
            ),
            Self::EnterpriseUnknown => Text::new(
                "所选企业不存在，请重新选择。",
                "This enterprise does not exist: choose another one.",
            ),
            Self::Telephone(error) => error.explain(),
            Self::Password(error) => error.explain(),
            Self::OwnAccount => Text::new(
                "不能停用自己的账户，请由其他管理员操作。",
                "You cannot disable your own account: ask another administrator.",
            ),
            Self::LastAdministrator => Text::new(
                "这是最后一个管理员账户，请先指定另一名管理员。",
                "This is the last administrator: appoint another one first.",
            ),
            Self::TooManyLinks => Text::new(
                "一小时内已向该账户发送三封链接邮件，请稍后再发；已发送的链接仍可使用。",
                "Three links have been sent to this account within an hour. Use one of them, or try again later.",
            ),
            Self::AddressGivenUp => Text::new(
                "该邮箱无人使用，邮件被对方服务器退回。请核对邮箱，用正确的邮箱新建账户，并停用此账户。",
                "Nobody has this address: the mail server returned an e-mail. Check the address, create an account with the right one, and \
                 disable this account.",
            ),
            Self::SecondPerson => Text::new(
                "须由另一名管理员确认：申请人和账户本人都不能确认。",
                "Another administrator must confirm this: neither the person who requested it nor the owner of the account can.",
            ),
            Self::NothingWaits => Text::new(
                "该账户没有待确认的角色。",
                "This account has no role waiting for confirmation.",
            ),
            Self::Unchanged => Text::new(
                "账户已处于该状态。",
                "The account is already in this state.",
            ),
        }
    }
}

impl Explain for PasswordError {
    fn explain(&self) -> Text {
        match self {
            Self::TooShort { least } => Text::new(
                format!("密码至少{least}个字符，可用几个词连成一句。"),
                format!(
                    "The password must have at least {least} characters; a few words are enough."
                ),
            ),
            Self::TooLong => Text::new(
                format!("密码最多{LONGEST}个字符。"),
                format!("The password may have at most {LONGEST} characters."),
            ),
            Self::TooSimple => Text::new(
                "密码须包含小写字母、大写字母、数字、其他字符中的至少三类。",
                "The password must contain at least three of: lower-case letters, upper-case letters, digits, other characters.",
            ),
            Self::ContainsLogin => Text::new(
                "密码不能包含登录名。",
                "The password must not contain the sign-in name.",
            ),
            Self::TooCommon => Text::new(
                "密码过于常见或有规律，容易被猜中，请换一个。",
                "This password is too common or follows a pattern, so it is easy to guess: choose another one.",
            ),
        }
    }
}

impl Explain for LinkError {
    fn explain(&self) -> Text {
        match self {
            Self::Void => Text::new(
                "链接无效、已使用或已过期（72小时内有效），请重新申请。",
                "This link is invalid, has already been used, or is older than 72 hours: request a new one.",
            ),
            Self::Password(error) => error.explain(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_or_mixed_and_not_the_first_that_are_tried() {
        use PasswordRule::{Composition, Length};
        let short = |least| Err(PasswordError::TooShort { least });
        for (password, rule, expected) in [
            ("Ab1-short", Composition, short(10)),
            ("alllowercase1", Composition, Err(PasswordError::TooSimple)),
            (
                "Zhuanyuan-01-x",
                Composition,
                Err(PasswordError::ContainsLogin),
            ),
            ("Long-enough-1", Composition, Ok(())),
            ("契约服务走访企业Ab", Composition, Ok(())),
            ("Passw0rd!2026", Composition, Err(PasswordError::TooCommon)),
            ("Long-enough-1", Length, short(15)),
            ("a few words will do", Length, Ok(())),
            ("九月三十日到企业走访谈用电和用地", Length, Ok(())),
            (
                "my zhuanyuan-01 password",
                Length,
                Err(PasswordError::ContainsLogin),
            ),
            ("passwordpassword", Length, Err(PasswordError::TooCommon)),
        ] {
            assert_eq!(
                check_password(password, "zhuanyuan-01@park.example", rule),
                expected,
                "{password}"
            );
        }
        assert_eq!(
            check_password(&"aA1x-".repeat(41), "x", Length),
            Err(PasswordError::TooLong)
        );
    }

    #[test]
    fn logins_that_look_alike_are_one_or_none() {
        let checked = |typed: &str| {
            let login = normalise_login(typed);
            check_login(&login, false).map(|()| login)
        };
        for (typed, expected) in [
            ("Admin", Ok("admin")),
            ("ａｄｍｉｎ", Ok("admin")),
            ("ad\u{200b}min\u{ad}", Ok("admin")),
            ("张三.01", Ok("张三.01")),
            ("Zhao@Park.example", Ok("zhao@park.example")),
            ("o'neill@park.example", Ok("o'neill@park.example")),
            // Cyrillic a, Greek o, a small capital, a letter with a dot below.
            ("\u{430}dmin", Err(AccountError::LoginInvalid)),
            ("r\u{3bf}ot", Err(AccountError::LoginInvalid)),
            ("\u{1d00}dmin", Err(AccountError::LoginInvalid)),
            ("adm\u{1ecb}n", Err(AccountError::LoginInvalid)),
            ("ad min", Err(AccountError::LoginInvalid)),
            ("\u{200b}", Err(AccountError::Missing)),
            ("root@localhost", Err(AccountError::LoginNotMail)),
        ] {
            assert_eq!(checked(typed), expected.map(str::to_owned), "{typed:?}");
        }
        assert_eq!(check_login("admin", true), Err(AccountError::LoginNotMail));
    }

    #[test]
    fn all_problems_of_an_account_are_told_at_once() {
        let problems = check(Details {
            login: Some("no mail"),
            name: "",
            telephone: Some("801"),
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
                AccountError::Telephone(NotATelephone),
                AccountError::DepartmentRequired,
                AccountError::EnterpriseNotAllowed
            ]
        );
    }
}
