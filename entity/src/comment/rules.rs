//! Who writes which comment, and for how long it may be withdrawn.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Audience, Model};
use crate::{
    error::refusals,
    language::text,
    permission::Standing,
    viewer::{Role, Viewer},
};

/// How many characters a comment may have.
const LONGEST: usize = 2000;

/// For how long its author may withdraw it.
const WITHDRAWN_WITHIN: TimeDelta = TimeDelta::hours(24);

refusals! {
    /// Why a comment is not written or withdrawn.
    pub enum CommentError as "CommentErrorCode" {
        /// It has 1 to 2000 characters.
        TextInvalid = "TEXT_INVALID", "请填写留言，最多 2000 字。", "Enter a comment (up to 2000 characters).";
        /// An enterprise writes to the park, and nothing that it cannot read itself.
        NotInternal = "NOT_INTERNAL", "企业的留言与园区共享，不能设为内部留言。", "A comment of an enterprise is shared with the park and cannot be internal.";
        /// It was written more than 24 hours ago.
        TooLate = "TOO_LATE", "留言超过 24 小时，不能撤回；可以再留言更正。", "It was written more than 24 hours ago and can no longer be withdrawn: write another comment to correct it.";
        /// It is withdrawn already.
        Withdrawn = "WITHDRAWN", "该留言已撤回。", "This comment is already withdrawn.";
    }
}

/// A comment as it is kept.
pub fn words(given: &str) -> Result<String, CommentError> {
    text(given, LONGEST).ok_or(CommentError::TextInvalid)
}

/// Whether this viewer writes for these readers.
pub fn may_address(viewer: &Viewer, audience: Audience) -> Result<(), CommentError> {
    if viewer.role() == Some(Role::Enterprise) && audience == Audience::Internal {
        return Err(CommentError::NotInternal);
    }
    Ok(())
}

/// How a viewer stands to a comment: it is the author's own.
pub fn standing(viewer: &Viewer, comment: &Model) -> Standing {
    match viewer.account_id() {
        Some(person) if comment.written_by == Some(person) => Standing::Own,
        _ => Standing::None,
    }
}

/// Whether a comment can be withdrawn `now`.
pub fn can_withdraw(comment: &Model, now: DateTime<Utc>) -> Result<(), CommentError> {
    if comment.withdrawn_at.is_some() {
        return Err(CommentError::Withdrawn);
    }
    if now - comment.written_at > WITHDRAWN_WITHIN {
        return Err(CommentError::TooLate);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{language::Language, viewer::Person};

    fn person(role: Role) -> Viewer {
        Viewer::Person(Person {
            account_id: Uuid::from_u128(1),
            name: "人员 01".to_owned(),
            role,
            department_id: None,
            enterprise_id: None,
            language: Language::Chinese,
        })
    }

    #[test]
    fn an_enterprise_writes_nothing_internal() {
        for (role, audience, outcome) in [
            (
                Role::Enterprise,
                Audience::Internal,
                Err(CommentError::NotInternal),
            ),
            (Role::Enterprise, Audience::Shared, Ok(())),
            (Role::Liaison, Audience::Internal, Ok(())),
            (Role::Leader, Audience::Shared, Ok(())),
        ] {
            assert_eq!(may_address(&person(role), audience), outcome, "{role:?}");
        }
        assert_eq!(words("\n "), Err(CommentError::TextInvalid));
        assert_eq!(words(&"字".repeat(2001)), Err(CommentError::TextInvalid));
        assert!(words(&"字".repeat(2000)).is_ok());
    }

    #[test]
    fn its_author_withdraws_it_once_and_within_a_day() {
        let at = DateTime::UNIX_EPOCH;
        let author = Some(Uuid::from_u128(1));
        let written = Model {
            id: Uuid::from_u128(2),
            enterprise_id: Uuid::from_u128(3),
            contract_id: Uuid::from_u128(4),
            obligation_id: None,
            project_id: None,
            audience: Audience::Internal,
            text: Some("示例".to_owned()),
            written_at: at,
            written_by: author,
            withdrawn_at: None,
            version: 1,
        };
        let withdrawn = Model {
            text: None,
            withdrawn_at: Some(at),
            ..written.clone()
        };
        for (comment, hours, outcome) in [
            (&written, 0, Ok(())),
            (&written, 24, Ok(())),
            (&written, 25, Err(CommentError::TooLate)),
            (&withdrawn, 0, Err(CommentError::Withdrawn)),
        ] {
            let now = at + TimeDelta::hours(hours);
            assert_eq!(can_withdraw(comment, now), outcome, "{hours}");
        }
        use crate::permission::{Action, allows};
        let may = |role| {
            let stands = standing(&person(role), &written);
            allows(Action::WithdrawComments, role, stands)
        };
        assert!(may(Role::Liaison) && may(Role::Enterprise));
        let others = Model {
            written_by: Some(Uuid::from_u128(9)),
            ..written.clone()
        };
        let stands = standing(&person(Role::Leader), &others);
        assert!(!allows(Action::WithdrawComments, Role::Leader, stands));
    }
}
