//! When somebody may become, stay or cease to be the liaison of an enterprise.

use chrono::NaiveDate;

use super::{Model, State};
use crate::{account, error::refusals, text::clean_lines, viewer::Role};

refusals! {
    /// Why a liaison is not appointed or changed.
    pub enum LiaisonError as "LiaisonErrorCode" {
        /// The account is not one of a liaison, or is disabled.
        NotALiaison = "NOT_A_LIAISON",
            "所选人员不是可用的专员账户，请选择角色为“专员”且未停用的账户。",
            "This is not an available liaison: choose an enabled account with the role of liaison.";
        /// A person cannot be their own deputy.
        OwnDeputy = "OWN_DEPUTY", "专员不能担任自己的代理专员，请另选他人。", "A liaison cannot be their own deputy: choose somebody else.";
        /// The enterprise has left the park.
        EnterpriseEnded = "ENTERPRISE_ENDED",
            "该企业已退出园区，不能再指派专员。",
            "This enterprise has left the park: no liaison can be assigned.";
        /// Only somebody proposed takes up the work.
        NotProposed = "NOT_PROPOSED", "该任命不是拟任状态，不能启用。", "This assignment is not in the proposed state and cannot be activated.";
        /// Only the one in charge gets a deputy or hands over.
        NotInCharge = "NOT_IN_CHARGE", "该任命不在任，请对当前在任专员操作。", "This assignment is not active: use the active one.";
        /// The successor is the liaison already.
        SamePerson = "SAME_PERSON", "继任者就是现任专员，请另选他人。", "The successor is already the liaison: choose somebody else.";
        /// A hand-over needs a note.
        NoteMissing = "NOTE_MISSING", "请填写交接说明：在办事项、承诺和联系人。", "Enter a hand-over note: open matters, promises, contacts.";
        /// The note is too long.
        NoteTooLong = "NOTE_TOO_LONG", "交接说明最多2000个字。", "The hand-over note may have at most 2000 characters.";
    }
}

/// Whether an account may look after enterprises.
pub fn may_serve(account: Option<&account::Model>) -> bool {
    account.is_some_and(|account| account.role == Role::Liaison && account.is_enabled())
}

/// Who of the liaisons of one enterprise looked after it on `day`: on the day of a hand-over the successor.
pub fn on_day<'a>(
    assignments: impl Iterator<Item = &'a Model>,
    day: NaiveDate,
) -> Option<&'a Model> {
    assignments
        .filter(|row| {
            row.started_on.is_some_and(|from| from <= day)
                && row.ended_on.is_none_or(|until| until >= day)
        })
        .max_by_key(|row| (row.started_on, row.ended_on.is_none(), row.id))
}

/// Whether the assignment is one in charge.
pub fn in_charge(state: State) -> Result<(), LiaisonError> {
    if State::IN_CHARGE.contains(&state) {
        Ok(())
    } else {
        Err(LiaisonError::NotInCharge)
    }
}

/// Whether the liaison may begin to hand over: a hand-over begins once.
pub fn may_begin_hand_over(state: State) -> Result<(), LiaisonError> {
    if state == State::Active {
        Ok(())
    } else {
        Err(LiaisonError::NotInCharge)
    }
}

/// Whether the assignment may take up the work.
pub fn may_start(state: State) -> Result<(), LiaisonError> {
    if state == State::Proposed {
        Ok(())
    } else {
        Err(LiaisonError::NotProposed)
    }
}

/// Puts a hand-over note right.
pub fn note(text: &str) -> Result<String, LiaisonError> {
    let note = clean_lines(text);
    match note.chars().count() {
        0 => Err(LiaisonError::NoteMissing),
        1..=2000 => Ok(note),
        _ => Err(LiaisonError::NoteTooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_states_move() {
        for (state, starts, serves, begins) in [
            (State::Proposed, true, false, false),
            (State::Active, false, true, true),
            (State::HandingOver, false, true, false),
            (State::Ended, false, false, false),
        ] {
            assert_eq!(may_start(state).is_ok(), starts);
            assert_eq!(in_charge(state).is_ok(), serves);
            assert_eq!(may_begin_hand_over(state).is_ok(), begins);
        }
        assert_eq!(note(" \n"), Err(LiaisonError::NoteMissing));
        assert_eq!(note(&"字".repeat(2001)), Err(LiaisonError::NoteTooLong));
        assert_eq!(note(" 在办两项 ").as_deref(), Ok("在办两项"));
        assert!(!may_serve(None));
    }
}
