//! How a low mark is resolved. After 国办发〔2019〕51号 (every bad rating with a name is called back, whoever handled it verifies it) and
//! GB/T 39734-2020; the limits are those of local practice.

use super::{Act, Complexity, Model, State, Verification};
use crate::{
    deadline::{
        LegalEffect, OnExpiry,
        rules::{Limit, Terms},
    },
    decision::by_another,
    error::refusals,
    language::text,
    permission::{Action, Standing, require},
    viewer::{Role, Viewer},
};

/// How long each text may be, in characters.
pub const LONGEST_TEXT: usize = 2000;

/// Working days in which somebody calls back.
const CONTACT: u32 = 1;

/// Working days in which the department replies when it is simple.
const SIMPLE: u32 = 5;

/// Working days in which it replies when it is complex, and to a low score.
const COMPLEX: u32 = 15;

/// By how many working days the limit of a reply is extended when it is complex.
pub const MORE_WHEN_COMPLEX: u32 = COMPLEX - SIMPLE;

fn terms(days: u32) -> Terms {
    Terms {
        legal_effect: LegalEffect::Promised,
        on_expiry: OnExpiry::Warn,
        limit: Limit::working_days(days),
        extension: 0,
    }
}

/// The limit of the call-back.
pub fn contact_terms() -> Terms {
    terms(CONTACT)
}

/// The limit of the reply to a low score, or to a rating as long as nobody has said that it is complex.
pub fn reply_terms(to_evaluation: bool) -> Terms {
    terms(if to_evaluation { COMPLEX } else { SIMPLE })
}

refusals! {
    /// Why a command on a rectification was refused.
    pub enum RectificationError as "RectificationErrorCode" {
        /// It does not stand where this can be done.
        WrongState = "WRONG_STATE",
            "整改当前状态不能进行此操作，请刷新页面。",
            "The current state of the rectification does not allow this: reload the page.";
        /// A text has 1 to 2000 characters.
        TextInvalid = "TEXT_INVALID", "请填写 1 至 2000 字。", "Enter 1 to 2000 characters.";
        /// What was found mistaken or malicious is appealed, not resolved.
        Unfounded = "UNFOUNDED",
            "核实为误评或恶意评价的，请提出申诉，由企业服务中心和监督机构裁定。",
            "If a rating was found mistaken or malicious, submit an appeal: the service centre and the supervisor decide.";
        /// What was found true is resolved, not appealed.
        Founded = "FOUNDED",
            "核实为属实或部分属实的应当整改，不能申诉。",
            "A rating found true or partly true must be rectified and cannot be appealed.";
        /// An approved score is not called mistaken any more.
        ScoreStands = "SCORE_STANDS",
            "评议得分已经批准，异议期已过，请核实为属实或部分属实。",
            "The score has been approved and the period for objections has ended: the finding must be true or partly true.";
        /// What is complex is said before the limit has passed.
        TooLate = "TOO_LATE",
            "答复时限已过，不能再按复杂问题延长。",
            "The time limit for the reply has passed: it can no longer be extended as complex.";
        /// Who was rated does not decide.
        OwnMatter = "OWN_MATTER", "被评价单位不得裁定对自己的评价。", "The rated side cannot decide on its own rating.";
        /// Whoever proposed it does not decide.
        SamePerson = "SAME_PERSON", "拟办人不能裁定，请由另一人裁定。", "The person who made the proposal cannot decide: another person must do it.";
        /// Nothing has been proposed.
        NotProposed = "NOT_PROPOSED", "尚未提出拟办意见。", "No decision has been proposed yet.";
    }
}

/// A text as it is kept.
pub fn words(given: &str) -> Result<String, RectificationError> {
    text(given, LONGEST_TEXT).ok_or(RectificationError::TextInvalid)
}

/// Whether an act can be done as things stand, whoever does it.
pub fn can(act: Act, one: &Model) -> Result<(), RectificationError> {
    let stands = match act {
        Act::Contact => one.state == State::Open,
        Act::Verify => one.state == State::Contacted,
        Act::Plan => matches!(one.state, State::Verified | State::Upheld | State::Reopened),
        Act::FeedBack => one.state == State::Rectifying,
        Act::Appeal => one.state == State::Verified,
        Act::Propose | Act::Decide => one.state == State::Appealed,
        Act::Conclude => one.state == State::FedBack && one.evaluation_id.is_some(),
        Act::RateAgain => one.state == State::FedBack && one.obligation_id.is_some(),
        Act::Settle => one.state == State::Supervised,
    };
    let founded = one.verification.is_none_or(Verification::is_founded);
    match act {
        _ if !stands => Err(RectificationError::WrongState),
        Act::Plan if one.state == State::Verified && !founded => Err(RectificationError::Unfounded),
        Act::Appeal if founded => Err(RectificationError::Founded),
        Act::Decide if one.proposed_by.is_none() => Err(RectificationError::NotProposed),
        _ => Ok(()),
    }
}

/// What may be found: an approved score is not mistaken.
pub fn may_find(one: &Model, verification: Verification) -> Result<(), RectificationError> {
    if one.evaluation_id.is_some() && !verification.is_founded() {
        return Err(RectificationError::ScoreStands);
    }
    Ok(())
}

/// Whether saying that it is complex gives more time.
pub fn is_extended(one: &Model, complexity: Complexity) -> bool {
    complexity == Complexity::Complex && one.obligation_id.is_some()
}

/// What a rectification becomes when those concerned have said what they think of the reply.
pub fn after_reply(reopened: bool, satisfied: bool) -> State {
    match (satisfied, reopened) {
        (true, _) => State::Closed,
        (false, false) => State::Reopened,
        (false, true) => State::Supervised,
    }
}

/// How a viewer stands to a rectification: the service centre to what concerns itself like a department to its own.
pub fn standing(viewer: &Viewer, one: &Model) -> Standing {
    let Some(person) = viewer.person() else {
        return Standing::None;
    };
    let own = match person.role {
        Role::Enterprise => {
            return match one.enterprise_id {
                Some(own) if person.enterprise_id == Some(own) => Standing::Own,
                _ => Standing::None,
            };
        }
        Role::Centre if one.department_id.is_none() => true,
        _ => person.department_id.is_some() && person.department_id == one.department_id,
    };
    if own {
        Standing::OwnDepartment
    } else {
        Standing::None
    }
}

/// What a person needs to be allowed for an act.
pub const fn action(act: Act) -> Action {
    match act {
        Act::Contact | Act::Verify | Act::Plan | Act::FeedBack | Act::Appeal => {
            Action::WorkRectification
        }
        Act::Propose | Act::Decide => Action::DecideOnAppeal,
        Act::Conclude => Action::ConcludeRectification,
        Act::RateAgain => Action::RateService,
        Act::Settle => Action::SettleRectification,
    }
}

/// Two people who were not rated decide on an appeal.
pub fn may_decide(viewer: &Viewer, one: &Model, act: Act) -> Result<(), RectificationError> {
    if standing(viewer, one) == Standing::OwnDepartment {
        return Err(RectificationError::OwnMatter);
    }
    if act == Act::Decide {
        by_another(viewer, &[one.proposed_by]).map_err(|_| RectificationError::SamePerson)?;
    }
    Ok(())
}

/// Whether this viewer, who is allowed to, can do an act now.
pub fn can_now(viewer: &Viewer, one: &Model, act: Act) -> Result<(), RectificationError> {
    can(act, one)?;
    match act {
        Act::Propose | Act::Decide => may_decide(viewer, one, act),
        _ => Ok(()),
    }
}

/// What this viewer can do now, in order.
pub fn open_to(viewer: &Viewer, one: &Model) -> Vec<Act> {
    let standing = standing(viewer, one);
    let may = |act: &Act| {
        require(viewer, action(*act), standing).is_ok() && can_now(viewer, one, *act).is_ok()
    };
    Act::ALL.into_iter().filter(may).collect()
}

#[cfg(test)]
mod tests {
    use sea_orm::prelude::Uuid;

    use super::*;
    use crate::{language::Language, viewer::Person};

    fn one(state: State) -> Model {
        let key = Uuid::from_u128;
        Model {
            id: key(1),
            evaluation_id: None,
            obligation_id: Some(key(2)),
            enterprise_id: Some(key(3)),
            department_id: Some(key(4)),
            about_zh: String::new(),
            about_en: String::new(),
            state,
            reopened: false,
            contact_deadline_id: key(5),
            reply_deadline_id: key(6),
            contact: None,
            verification: Some(Verification::True),
            finding: None,
            complexity: None,
            plan: None,
            reply: None,
            appeal: None,
            exclude: None,
            opinion: None,
            proposed_by: Some(key(9)),
            excluded: None,
            decided_by: None,
            settlement: None,
            opened_at: chrono::DateTime::UNIX_EPOCH,
            ended_at: None,
            version: 1,
        }
    }

    fn person(role: Role, account: u128, department: Option<u128>) -> Viewer {
        Viewer::Person(Person {
            account_id: Uuid::from_u128(account),
            name: "人员 01".to_owned(),
            role,
            department_id: department.map(Uuid::from_u128),
            enterprise_id: (role == Role::Enterprise).then(|| Uuid::from_u128(3)),
            language: Language::Chinese,
        })
    }

    #[test]
    fn each_state_lets_through_its_acts_and_no_other() {
        let by_state = |state: State| -> Vec<Act> {
            let doable = |act: &Act| can(*act, &one(state)).is_ok();
            Act::ALL.into_iter().filter(doable).collect()
        };
        let expected: [(State, &[Act]); 12] = [
            (State::Open, &[Act::Contact]),
            (State::Contacted, &[Act::Verify]),
            (State::Verified, &[Act::Plan]),
            (State::Appealed, &[Act::Propose, Act::Decide]),
            (State::Upheld, &[Act::Plan]),
            (State::Excluded, &[]),
            (State::Rectifying, &[Act::FeedBack]),
            (State::FedBack, &[Act::RateAgain]),
            (State::Reopened, &[Act::Plan]),
            (State::Closed, &[]),
            (State::Supervised, &[Act::Settle]),
            (State::Settled, &[]),
        ];
        for (state, acts) in expected {
            assert_eq!(by_state(state), acts, "{state:?}");
            assert_eq!(state.is_over(), acts.is_empty(), "{state:?}");
        }
        let score = Model {
            evaluation_id: Some(Uuid::nil()),
            obligation_id: None,
            ..one(State::FedBack)
        };
        assert!(can(Act::Conclude, &score).is_ok() && can(Act::RateAgain, &score).is_err());
    }

    #[test]
    fn what_is_unfounded_is_appealed_and_what_is_founded_is_not() {
        for verification in [Verification::Mistaken, Verification::Malicious] {
            let mut found = one(State::Verified);
            found.verification = Some(verification);
            assert_eq!(can(Act::Plan, &found), Err(RectificationError::Unfounded));
            assert_eq!(can(Act::Appeal, &found), Ok(()));
            // A mark that stands has to be resolved, whatever the department had found.
            found.state = State::Upheld;
            assert_eq!(can(Act::Plan, &found), Ok(()));
            found.evaluation_id = Some(Uuid::nil());
            let told = may_find(&found, verification);
            assert_eq!(told, Err(RectificationError::ScoreStands));
        }
        let found = one(State::Verified);
        assert_eq!(can(Act::Appeal, &found), Err(RectificationError::Founded));
    }

    #[test]
    fn a_second_reply_that_does_not_satisfy_goes_to_the_supervisor() {
        assert_eq!(after_reply(false, true), State::Closed);
        assert_eq!(after_reply(true, true), State::Closed);
        assert_eq!(after_reply(false, false), State::Reopened);
        assert_eq!(after_reply(true, false), State::Supervised);
    }

    #[test]
    fn nobody_decides_on_his_own_matter_or_his_own_proposal() {
        let appealed = one(State::Appealed);
        let decide = |viewer: &Viewer, one: &Model| may_decide(viewer, one, Act::Decide);
        let centre = person(Role::Centre, 8, None);
        assert_eq!(decide(&centre, &appealed), Ok(()));
        let proposer = person(Role::Supervisor, 9, None);
        let same = Err(RectificationError::SamePerson);
        assert_eq!(decide(&proposer, &appealed), same);
        assert_eq!(may_decide(&proposer, &appealed, Act::Propose), Ok(()));
        let own = Err(RectificationError::OwnMatter);
        assert_eq!(decide(&person(Role::Centre, 8, Some(4)), &appealed), own);
        let of_centre = Model {
            department_id: None,
            ..appealed
        };
        assert_eq!(decide(&centre, &of_centre), own);
        assert_eq!(open_to(&centre, &of_centre), []);
        let supervisor = person(Role::Supervisor, 7, None);
        assert_eq!(
            open_to(&supervisor, &of_centre),
            [Act::Propose, Act::Decide]
        );
    }
}
