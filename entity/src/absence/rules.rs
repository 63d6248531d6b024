//! Who may stand in for whom, when a leave begins and ends, and who is there in the end.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use sea_orm::prelude::Uuid;

use super::{Model, State};
use crate::{account, error::refusals, viewer::Role};

/// How long a leave may last, in days.
pub const LONGEST: u64 = 366;

refusals! {
    /// Why a leave is not recorded or ended.
    pub enum AbsenceError as "AbsenceErrorCode" {
        /// There is no such person, or the account is disabled.
        PersonUnknown = "PERSON_UNKNOWN", "请假人不存在或账户已停用。", "This person does not exist, or the account is disabled.";
        /// The deputy could not do what the person does, or is disabled.
        DeputyUnfit = "DEPUTY_UNFIT",
            "代理人须为在用账户，且角色相同；部门负责人也可由本部门人员代理，企业联系人由本企业其他联系人代理。",
            "The deputy must have an enabled account in the same role. For a head of department it may also be a member of the department; \
             for an enterprise contact it must be another contact of the same enterprise.";
        /// A person cannot be their own deputy.
        OwnDeputy = "OWN_DEPUTY", "不能由本人代理，请另选他人。", "A person cannot be their own deputy: choose somebody else.";
        /// It begins before today, ends before it begins, or lasts longer than 366 days.
        Days = "DAYS",
            "请假须从今天或以后开始，结束日不早于开始日，最长 366 天。",
            "A leave must begin today or later, end on or after the first day, and last at most 366 days.";
        /// The person is on another leave then.
        Overlaps = "OVERLAPS", "该时段已登记请假。", "A leave is already recorded for this period: end it first.";
        /// The deputy is on leave then.
        DeputyAbsent = "DEPUTY_ABSENT", "代理人在该时段也在请假，请另选他人。", "The deputy is also on leave during this period: choose somebody else.";
        /// It has ended.
        Over = "OVER", "请假已结束。", "This leave has already ended.";
    }
}

/// Whether the days of a leave can be recorded today.
pub fn days(from: NaiveDate, until: NaiveDate, today: NaiveDate) -> Result<(), AbsenceError> {
    let longest = from.checked_add_days(Days::new(LONGEST - 1));
    if from < today || until < from || longest < Some(until) {
        return Err(AbsenceError::Days);
    }
    Ok(())
}

/// Whether `deputy` may stand in for `absent`: whoever reads another's letters must be able to do what they ask for.
pub fn may_stand_in(absent: &account::Model, deputy: &account::Model) -> bool {
    let same_department =
        absent.department_id.is_some() && absent.department_id == deputy.department_id;
    deputy.is_enabled()
        && match absent.role {
            Role::Enterprise => {
                deputy.role == Role::Enterprise && deputy.enterprise_id == absent.enterprise_id
            }
            Role::DepartmentHead => {
                deputy.role == Role::DepartmentHead
                    || (same_department && deputy.role == Role::WindowOfficer)
            }
            role => deputy.role == role,
        }
}

/// Whether a leave can still be ended.
pub fn is_open(leave: &Model) -> Result<(), AbsenceError> {
    (leave.state != State::Ended)
        .then_some(())
        .ok_or(AbsenceError::Over)
}

/// Whether a leave covers one of these days.
pub fn overlaps(leave: &Model, from: NaiveDate, until: NaiveDate) -> bool {
    leave.state != State::Ended && leave.from_on <= until && from <= leave.until_on
}

/// What a leave is on `today`, if nobody has ended it.
pub fn state_on(leave: &Model, today: NaiveDate) -> State {
    match leave.state {
        State::Ended => State::Ended,
        _ if leave.until_on < today => State::Ended,
        _ if leave.from_on <= today => State::Current,
        _ => State::Planned,
    }
}

/// Who is there for whom.
#[derive(Clone, Debug, Default)]
pub struct Leaves(HashMap<Uuid, Model>);

impl Leaves {
    /// From the leaves that last now.
    pub fn new(current: Vec<Model>) -> Self {
        let current = current.into_iter();
        Self(current.map(|leave| (leave.account_id, leave)).collect())
    }

    /// Who is on leave.
    pub fn people(&self) -> Vec<Uuid> {
        self.0.keys().copied().collect()
    }

    /// The leave of this person, and who stands in: the deputy, or the deputy's own. Nobody when the person is there, or when the
    /// deputies only name each other.
    pub fn stand_in(&self, person: Uuid) -> Option<(&Model, Uuid)> {
        let leave = self.0.get(&person)?;
        let mut deputy = leave.deputy_id;
        // Nobody is asked twice, so that the way ends.
        for _ in 0..self.0.len() {
            match self.0.get(&deputy) {
                Some(next) => deputy = next.deputy_id,
                None => return Some((leave, deputy)),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::language::Language;

    fn leave(who: u128, deputy: u128, from: &str, until: &str) -> Model {
        Model {
            id: Uuid::from_u128(who),
            account_id: Uuid::from_u128(who),
            deputy_id: Uuid::from_u128(deputy),
            from_on: from.parse().unwrap(),
            until_on: until.parse().unwrap(),
            state: State::Current,
            ended_at: None,
            recorded_by: None,
            recorded_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    fn person(role: Role, department: Option<u128>, enterprise: Option<u128>) -> account::Model {
        account::Model {
            id: Uuid::nil(),
            login: String::new(),
            name: String::new(),
            role,
            department_id: department.map(Uuid::from_u128),
            enterprise_id: enterprise.map(Uuid::from_u128),
            language: Language::Chinese,
            telephone: None,
            password_hash: None,
            demonstration: false,
            created_at: DateTime::UNIX_EPOCH,
            disabled_at: None,
            version: 1,
        }
    }

    #[test]
    fn a_deputy_can_do_what_the_letters_ask_for() {
        use Role::*;
        let table = [
            ((Liaison, Some(1), None), (Liaison, Some(2), None), true),
            ((Liaison, Some(1), None), (Centre, None, None), false),
            (
                (DepartmentHead, Some(1), None),
                (WindowOfficer, Some(1), None),
                true,
            ),
            (
                (DepartmentHead, Some(1), None),
                (WindowOfficer, Some(2), None),
                false,
            ),
            (
                (DepartmentHead, Some(1), None),
                (DepartmentHead, Some(2), None),
                true,
            ),
            (
                (Enterprise, None, Some(1)),
                (Enterprise, None, Some(1)),
                true,
            ),
            (
                (Enterprise, None, Some(1)),
                (Enterprise, None, Some(2)),
                false,
            ),
            ((Leader, None, None), (Leader, Some(1), None), true),
            ((Leader, None, None), (Admin, None, None), false),
        ];
        for (absent, deputy, may) in table {
            let (a, d) = (
                person(absent.0, absent.1, absent.2),
                person(deputy.0, deputy.1, deputy.2),
            );
            assert_eq!(may_stand_in(&a, &d), may, "{absent:?} {deputy:?}");
            let disabled = account::Model {
                disabled_at: Some(DateTime::UNIX_EPOCH),
                ..d
            };
            assert!(!may_stand_in(&a, &disabled));
        }
    }

    #[test]
    fn a_leave_has_its_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-09-30");
        for (from, until, right) in [
            ("2026-09-30", "2026-09-30", true),
            ("2026-09-29", "2026-10-10", false),
            ("2026-10-10", "2026-10-09", false),
            ("2026-10-01", "2027-10-01", true),
            ("2026-10-01", "2027-10-02", false),
        ] {
            assert_eq!(
                days(day(from), day(until), today).is_ok(),
                right,
                "{from} {until}"
            );
        }
        let one = leave(1, 2, "2026-10-08", "2026-10-12");
        for (today, state) in [
            ("2026-10-07", State::Planned),
            ("2026-10-08", State::Current),
            ("2026-10-12", State::Current),
            ("2026-10-13", State::Ended),
        ] {
            assert_eq!(state_on(&one, day(today)), state, "{today}");
        }
        assert!(overlaps(&one, day("2026-10-12"), day("2026-10-20")));
        assert!(!overlaps(&one, day("2026-10-13"), day("2026-10-20")));
    }

    #[test]
    fn letters_follow_to_whoever_is_there() {
        let day = "2026-10-08";
        let leaves = |pairs: &[(u128, u128)]| {
            Leaves::new(
                pairs
                    .iter()
                    .map(|(who, deputy)| leave(*who, *deputy, day, day))
                    .collect(),
            )
        };
        let there = |leaves: &Leaves, who| {
            leaves
                .stand_in(Uuid::from_u128(who))
                .map(|(_, deputy)| deputy.as_u128())
        };
        let chain = leaves(&[(1, 2), (2, 3)]);
        assert_eq!(
            (there(&chain, 1), there(&chain, 2), there(&chain, 3)),
            (Some(3), Some(3), None)
        );
        let circle = leaves(&[(1, 2), (2, 1)]);
        assert_eq!((there(&circle, 1), there(&circle, 2)), (None, None));
    }

    proptest! {
        /// However leaves are entangled: who stands in is there.
        #[test]
        fn who_stands_in_is_not_away(pairs in proptest::collection::btree_map(0..9_u128, 0..9_u128, 0..9)) {
            let current = pairs.iter().map(|(who, deputy)| leave(*who, *deputy, "2026-10-08", "2026-10-08"));
            let leaves = Leaves::new(current.collect());
            for who in 0..9 {
                if let Some((leave, deputy)) = leaves.stand_in(Uuid::from_u128(who)) {
                    prop_assert_eq!(leave.account_id.as_u128(), who);
                    prop_assert!(!pairs.contains_key(&deputy.as_u128()));
                }
            }
        }
    }
}
