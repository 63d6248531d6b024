//! When an order may be given, by when an answer is asked for, and what is written to it then.

use chrono::{Days, NaiveDate};
use sea_orm::prelude::Uuid;

use super::{Model, State};
use crate::{
    document,
    error::refusals,
    language::text,
    obligation,
    permission::Standing,
    viewer::{Role, Viewer},
};

/// Working days to the due date from which on an order may be given: three after the first day on which the promise is red.
const FROM: i32 = -4;

/// How far off the day of the answer may be, in days.
const LATEST: Days = Days::new(30);

/// How many characters the reason may have.
const LONGEST: usize = 1000;

/// How many characters an answer may have, and what is said to it.
const LONGEST_TEXT: usize = 2000;

/// How many entries an order has at most.
const MOST_ENTRIES: u64 = 100;

refusals! {
    /// Why no order is given.
    pub enum SupervisionError as "SupervisionErrorCode" {
        /// It was fulfilled, declared missed, or is no longer owed.
        NotOpen = "NOT_OPEN", "该事项已办结或已取消，无需下达督办单。", "This matter is closed: a supervision order is not needed.";
        /// It has not been overdue for three working days.
        TooEarly = "TOO_EARLY",
            "超期满三个工作日后方可下达督办单；此前由系统催办。",
            "A supervision order can be issued when a matter has been overdue for three working days; until then the system sends reminders.";
        /// The answer is due after today and within 30 days.
        ReplyBy = "REPLY_BY", "答复期限须在今天之后、30 天之内。", "The answer must be due after today and within 30 days.";
        /// A reason has 1 to 1000 characters.
        Reason = "REASON", "请填写督办事由，最多 1000 字。", "Enter a reason (up to 1000 characters).";
        /// An order was given for this due date.
        AlreadyOrdered = "ALREADY_ORDERED", "该事项本次到期已下达督办单。", "A supervision order has already been issued for this due date.";
        /// It is settled: nothing more is written to it.
        Settled = "SETTLED", "该督办单已了结，不能再答复或办理。", "This supervision order is settled: nothing more can be written to it.";
        /// The department has not answered yet.
        NotAnswered = "NOT_ANSWERED", "责任部门尚未答复，请先等待答复。", "The department has not answered yet: wait for its answer.";
        /// What is written has 1 to 2000 characters.
        TextInvalid = "TEXT_INVALID", "请填写内容，最多 2000 字。", "Enter a text (up to 2000 characters).";
        /// It is seen to by whoever gave it, and by the supervisor.
        NotIssuer = "NOT_ISSUER",
            "督办单由下达的一方或监督机构审核和了结。",
            "A supervision order is reviewed and settled by whoever issued it or by the supervisor.";
        /// A file of the answer does not exist, or the enterprise can see it.
        FileUnknown = "FILE_UNKNOWN",
            "找不到该文件，或企业可以看到该文件。请重新上传，并标为内部文件。",
            "The file was not found, or the enterprise can see it: upload it again as an internal file.";
        /// So much has been written to it that somebody has to settle it.
        TooMany = "TOO_MANY", "该督办单的往来已达 100 条，请下达督办单的一方予以了结。", "This supervision order has 100 entries: whoever issued it has to settle it.";
    }
}

/// How a viewer stands to an order: the head of the department that answers, and the service centre, which answers where there is none.
pub fn standing(viewer: &Viewer, order: &Model) -> Standing {
    let Some(person) = viewer.person() else {
        return Standing::None;
    };
    let own = match person.role {
        Role::Centre => true,
        _ => person.department_id.is_some() && person.department_id == order.department_id,
    };
    if own {
        Standing::OwnDepartment
    } else {
        Standing::None
    }
}

/// Whether a file goes with an answer: what the enterprise can see is none of what it never learns of.
pub fn can_attach(file: &document::Model) -> bool {
    file.enterprise_id.is_none() || file.internal
}

/// Whether an answer is accepted, to an order with so many entries: until it is settled, a late one and another one, too.
pub fn can_reply(order: &Model, entries: u64) -> Result<(), SupervisionError> {
    match order.state {
        State::Settled => Err(SupervisionError::Settled),
        _ if entries >= MOST_ENTRIES => Err(SupervisionError::TooMany),
        State::Ordered | State::Answered => Ok(()),
    }
}

/// Whether the department can be asked to answer again: what it has been asked for comes first.
pub fn can_ask_again(order: &Model, entries: u64) -> Result<(), SupervisionError> {
    can_reply(order, entries)?;
    if order.state == State::Ordered {
        return Err(SupervisionError::NotAnswered);
    }
    Ok(())
}

/// Whether an order can be settled; it need not have been answered.
pub fn can_settle(order: &Model) -> Result<(), SupervisionError> {
    if order.state == State::Settled {
        return Err(SupervisionError::Settled);
    }
    Ok(())
}

/// Whether this viewer sees to an order: whoever gave it, and the supervisor.
pub fn sees_to(viewer: &Viewer, order: &Model) -> Result<(), SupervisionError> {
    let given_by = |person: Uuid| viewer.account_id() == Some(person);
    if viewer.role() == Some(Role::Supervisor) || order.ordered_by.is_none_or(given_by) {
        Ok(())
    } else {
        Err(SupervisionError::NotIssuer)
    }
}

/// Whether an answer of `today` comes after its day. What is added to an answer that came in time is not late.
pub fn is_late(order: &Model, today: NaiveDate) -> bool {
    order.state == State::Ordered && order.reply_by < today
}

/// What is written to an order.
pub fn words(given: &str) -> Result<String, SupervisionError> {
    text(given, LONGEST_TEXT).ok_or(SupervisionError::TextInvalid)
}

/// Whether an order may be given for a promise with so many working days to its due date.
pub fn may_order(state: obligation::State, remaining: i32) -> Result<(), SupervisionError> {
    if state != obligation::State::Open {
        return Err(SupervisionError::NotOpen);
    }
    if remaining > FROM {
        return Err(SupervisionError::TooEarly);
    }
    Ok(())
}

/// Whether an order may be given for a promise with so many working days to its due date; `ordered` are the due dates for which one was
/// given.
pub fn can_order(
    state: obligation::State,
    remaining: i32,
    due_on: NaiveDate,
    ordered: &[NaiveDate],
) -> Result<(), SupervisionError> {
    may_order(state, remaining)?;
    if ordered.contains(&due_on) {
        return Err(SupervisionError::AlreadyOrdered);
    }
    Ok(())
}

/// As what it is recorded that somebody was told of an order.
pub fn threshold(due_on: NaiveDate) -> String {
    format!("SUPERVISE:{due_on}")
}

/// Whether the answer can be asked for by then.
pub fn reply_by(day: NaiveDate, today: NaiveDate) -> Result<(), SupervisionError> {
    if day <= today || today.checked_add_days(LATEST) < Some(day) {
        return Err(SupervisionError::ReplyBy);
    }
    Ok(())
}

/// The reason of an order.
pub fn reason(given: &str) -> Result<String, SupervisionError> {
    text(given, LONGEST).ok_or(SupervisionError::Reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_comes_after_three_red_working_days() {
        for (state, remaining, outcome) in [
            (obligation::State::Open, 0, Err(SupervisionError::TooEarly)),
            (obligation::State::Open, -3, Err(SupervisionError::TooEarly)),
            (obligation::State::Open, -4, Ok(())),
            (
                obligation::State::Fulfilled,
                -4,
                Err(SupervisionError::NotOpen),
            ),
        ] {
            assert_eq!(
                may_order(state, remaining),
                outcome,
                "{state:?} {remaining}"
            );
        }
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-10-19");
        assert!(reply_by(today, today).is_err());
        assert!(reply_by(day("2026-10-20"), today).is_ok());
        assert!(reply_by(day("2026-11-18"), today).is_ok());
        assert!(reply_by(day("2026-11-19"), today).is_err());
        assert_eq!(reason(" "), Err(SupervisionError::Reason));
    }

    fn order(state: State) -> Model {
        let id = uuid::Uuid::from_u128;
        Model {
            id: id(1),
            obligation_id: id(2),
            enterprise_id: id(3),
            department_id: Some(id(4)),
            about_zh: "示例".to_owned(),
            about_en: "an example".to_owned(),
            due_on: "2026-10-08".parse().expect("a day"),
            reason: "示例".to_owned(),
            ordered_at: chrono::DateTime::UNIX_EPOCH,
            ordered_by: None,
            reply_by: "2026-10-20".parse().expect("a day"),
            state,
            settled_at: None,
            version: 1,
        }
    }

    #[test]
    fn each_step_has_its_states() {
        use SupervisionError as E;
        for (state, reply, again, settle) in [
            (State::Ordered, Ok(()), Err(E::NotAnswered), Ok(())),
            (State::Answered, Ok(()), Ok(()), Ok(())),
            (
                State::Settled,
                Err(E::Settled),
                Err(E::Settled),
                Err(E::Settled),
            ),
        ] {
            let order = order(state);
            assert_eq!(can_reply(&order, 0), reply, "{state:?}");
            assert_eq!(can_ask_again(&order, 0), again, "{state:?}");
            assert_eq!(can_settle(&order), settle, "{state:?}");
        }
        let order = order(State::Answered);
        assert_eq!(can_reply(&order, MOST_ENTRIES - 1), Ok(()));
        assert_eq!(can_reply(&order, MOST_ENTRIES), Err(E::TooMany));
        assert_eq!(can_ask_again(&order, MOST_ENTRIES), Err(E::TooMany));
        assert_eq!(can_settle(&order), Ok(()), "there is always a way out");
    }

    #[test]
    fn an_answer_is_late_after_its_day_and_what_is_added_is_not() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        for (state, on, late) in [
            (State::Ordered, "2026-10-20", false),
            (State::Ordered, "2026-10-21", true),
            (State::Answered, "2026-10-21", false),
        ] {
            assert_eq!(is_late(&order(state), day(on)), late, "{state:?} {on}");
        }
        assert_eq!(words(" "), Err(SupervisionError::TextInvalid));
        assert_eq!(
            words(&"字".repeat(2001)),
            Err(SupervisionError::TextInvalid)
        );
        assert!(words(&"字".repeat(2000)).is_ok());
    }

    #[test]
    fn the_department_and_the_centre_answer_and_nobody_else() {
        let person = |role, department: Option<u128>| {
            Viewer::Person(crate::viewer::Person {
                account_id: uuid::Uuid::from_u128(9),
                name: "人员 01".to_owned(),
                role,
                department_id: department.map(uuid::Uuid::from_u128),
                enterprise_id: None,
                language: crate::language::Language::Chinese,
            })
        };
        use crate::permission::{Action, allows};
        for (role, department, may) in [
            (Role::DepartmentHead, Some(4), true),
            (Role::DepartmentHead, Some(5), false),
            (Role::WindowOfficer, Some(4), false),
            (Role::Liaison, Some(4), false),
            (Role::Centre, None, true),
            (Role::Leader, None, false),
            (Role::Supervisor, None, false),
            (Role::Enterprise, None, false),
        ] {
            let stands = standing(&person(role, department), &order(State::Ordered));
            assert_eq!(
                allows(Action::AnswerSupervision, role, stands),
                may,
                "{role:?}"
            );
        }
    }
}
