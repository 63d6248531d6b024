//! What may happen to a contract.

use chrono::{Days, Months, NaiveDate};

use super::{Model, State};
use crate::{
    deadline::{Reckoning, rules::Threshold},
    error::refusals,
    permission::Action,
};

mod draft;
mod standard;

pub use self::{
    draft::{ClauseText, Terms, clause, draft},
    standard::{COMMITMENT_CLAUSE, Parties, standard_clauses},
};

/// What can happen to a contract as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The opinions on legality and fair competition are given.
    Review,
    /// A leader approves.
    Approve,
    /// A leader returns it for changes.
    Return,
    /// Both parties have signed.
    Sign,
    /// The term begins.
    Activate,
    /// An amendment begins.
    BeginAmendment,
    /// The amendment is complete.
    FinishAmendment,
    /// It is held.
    Suspend,
    /// It goes on.
    Resume,
    /// It ends before its time, or is given up before it is signed.
    Terminate,
    /// The term ended and a signed successor follows.
    Renew,
    /// The term ended.
    Expire,
}

impl Move {
    /// All moves.
    pub const ALL: [Self; 12] = [
        Self::Review,
        Self::Approve,
        Self::Return,
        Self::Sign,
        Self::Activate,
        Self::BeginAmendment,
        Self::FinishAmendment,
        Self::Suspend,
        Self::Resume,
        Self::Terminate,
        Self::Renew,
        Self::Expire,
    ];
}

impl Move {
    /// What a person must be allowed to do for it.
    pub const fn action(self) -> Action {
        match self {
            Self::Approve | Self::Return => Action::ApproveContract,
            _ => Action::ManageContracts,
        }
    }
}

/// The state a move leads to, or none when the contract is not in a state for it.
///
/// An amendment that is still open and a suspension do not outlive the term: at its end they go back to ACTIVE and on to
/// RENEWED or EXPIRED in the same command.
pub fn after(state: State, step: Move) -> Option<State> {
    use State as S;
    match (state, step) {
        (S::Draft, Move::Review) => Some(S::LegalReview),
        (S::LegalReview, Move::Approve) => Some(S::LeaderApproved),
        (S::LegalReview, Move::Return) => Some(S::Draft),
        (S::LeaderApproved, Move::Sign) => Some(S::Signed),
        (S::Signed, Move::Activate) => Some(S::Active),
        (S::Active, Move::BeginAmendment) => Some(S::Amending),
        (S::Amending, Move::FinishAmendment) => Some(S::Active),
        (S::Active, Move::Suspend) => Some(S::Suspended),
        (S::Suspended, Move::Resume) => Some(S::Active),
        (
            S::Draft
            | S::LegalReview
            | S::LeaderApproved
            | S::Signed
            | S::Active
            | S::Amending
            | S::Suspended,
            Move::Terminate,
        ) => Some(S::Terminated),
        (S::Active | S::Amending | S::Suspended, Move::Renew) => Some(S::Renewed),
        (S::Active | S::Amending | S::Suspended, Move::Expire) => Some(S::Expired),
        _ => None,
    }
}

/// The state of a contract after a move that can be made now.
pub fn next(contract: &Model, step: Move) -> Result<State, MoveError> {
    after(contract.state, step).ok_or(MoveError::WrongState)
}

/// Only what is in force is renewed.
pub fn require_in_force(contract: &Model) -> Result<(), DraftError> {
    if State::IN_FORCE.contains(&contract.state) {
        Ok(())
    } else {
        Err(DraftError::NotInForce)
    }
}

/// Whether the contract will end soon: at most how many days before the end it was announced last.
pub fn expiring(contract: &Model, today: NaiveDate) -> Option<i64> {
    let left = (contract.ends_on - today).num_days();
    (State::IN_FORCE.contains(&contract.state) && left >= 0)
        .then(|| announced().filter(|days| left <= *days).min())
        .flatten()
}

/// So many days before its end a contract is announced as expiring.
fn announced() -> impl Iterator<Item = i64> {
    let thresholds = Reckoning::Term.thresholds().iter();
    thresholds.filter_map(|threshold| match threshold {
        Threshold::End(days) => i64::try_from(*days).ok(),
        Threshold::Apply(_) => None,
    })
}

refusals! {
    /// Why a draft was refused.
    pub enum DraftError as "ContractDraftErrorCode" {
        /// The number is empty or longer than 40 characters.
        NumberInvalid = "NUMBER_INVALID", "契约编号须为 1 至 40 个字符。", "The contract number must have 1 to 40 characters.";
        /// The park's executing unit or a signatory's post is empty or too long.
        PartyInvalid = "PARTY_INVALID",
            "请填写甲方执行单位（不超过 200 字）；签署人职务不超过 100 字。",
            "Enter the park's executing unit (up to 200 characters); a signatory's position may have up to 100.";
        /// The last day lies before the first one.
        TermReversed = "TERM_REVERSED", "终止日早于起始日，请更正期限。", "The end of the term is before its start: correct the term.";
        /// The term is longer than five years.
        TermTooLong = "TERM_TOO_LONG", "契约期限不得超过五年，请缩短后到期续签。", "The term may be at most five years: shorten it, and renew the contract at its end.";
        /// A clause has no heading or text, or too much of it, or its number occurs twice.
        ClauseInvalid = "CLAUSE_INVALID",
            "每条须有不重复的编号（1 至 99）、标题（不超过 100 字）和正文（不超过 8000 字）。",
            "Every clause needs a unique number (1 to 99), a heading (up to 100 characters) and a text (up to 8000).";
        /// There is no clause at all.
        ClausesMissing = "CLAUSES_MISSING", "契约至少须有一条条款。", "A contract must have at least one clause.";
        /// It is no draft any more.
        NotADraft = "NOT_A_DRAFT",
            "契约已提交审查，不能再按草稿修改；签署后的内容只能通过变更程序修改。",
            "The contract is no longer a draft and cannot be edited as one; a signed contract can be changed only by an amendment.";
        /// The contract to renew is not in force.
        NotInForce = "NOT_IN_FORCE", "只有履行中的契约可以续签。", "Only a contract in force can be renewed.";
        /// A successor has been drafted already.
        SuccessorExists = "SUCCESSOR_EXISTS", "续签草稿已经存在，请在该草稿上继续。", "A draft for the renewal already exists: continue with that draft.";
        /// The enterprise has left the park.
        EnterpriseEnded = "ENTERPRISE_ENDED", "企业已离开园区，不能签订新的契约。", "The enterprise has left the park: no new contract can be created.";
    }
}

refusals! {
    /// Why a step of a contract was refused.
    pub enum MoveError as "ContractMoveErrorCode" {
        /// It is not in a state for this.
        WrongState = "WRONG_STATE", "契约当前状态不允许此操作，请查看契约状态。", "The current state of the contract does not allow this: check its state.";
        /// The opinion on legality is missing or too long.
        LegalityOpinionInvalid = "LEGALITY_OPINION_INVALID",
            "请填写合法性审查意见（不超过 2000 字）。",
            "Enter the opinion of the legality review (up to 2000 characters).";
        /// The opinion on fair competition is missing or too long.
        FairCompetitionOpinionInvalid = "FAIR_COMPETITION_OPINION_INVALID",
            "请填写公平竞争审查意见（不超过 2000 字）。",
            "Enter the opinion of the fair competition review (up to 2000 characters).";
        /// A reason is missing or too long.
        ReasonInvalid = "REASON_INVALID", "请填写原因（不超过 1000 字）。", "Enter a reason (up to 1000 characters).";
        /// The day of the signatures lies in the future.
        SignedInFuture = "SIGNED_IN_FUTURE", "签署日不能晚于今天。", "The signing date cannot be after today.";
        /// The post of a signatory is missing or too long.
        SignatoryInvalid = "SIGNATORY_INVALID", "请填写双方签署人职务（不超过 100 字）。", "Enter the positions of both signatories (up to 100 characters).";
        /// The term overlaps another signed contract of the enterprise.
        TermOverlaps = "TERM_OVERLAPS",
            "期限与该企业另一份已签署的契约重叠，请调整期限。",
            "The term overlaps another signed contract of this enterprise: change the term.";
        /// The term has not begun.
        TermNotBegun = "TERM_NOT_BEGUN",
            "契约期限尚未开始，起始日当天将自动生效。",
            "The term has not started yet: the contract comes into force automatically on its first day.";
        /// The term is over.
        TermOver = "TERM_OVER", "契约期限已过，不能再生效。", "The term has ended: the contract can no longer come into force.";
        /// The term is not over yet.
        TermNotOver = "TERM_NOT_OVER", "契约期限尚未届满。", "The term has not ended yet.";
        /// The enterprise has no active liaison.
        NoLiaison = "NO_LIAISON", "企业没有在任专员，请先任命专员。", "The enterprise has no active liaison: appoint one first.";
        /// Another contract of the enterprise is in force.
        AnotherInForce = "ANOTHER_IN_FORCE", "该企业已有一份履行中的契约。", "The enterprise already has a contract in force.";
        /// There is no such file, or it is about another enterprise.
        DocumentUnknown = "DOCUMENT_UNKNOWN",
            "找不到中止契约的书面依据，请先上传双方约定的文件。",
            "The document was not found: upload the agreement of both sides first.";
        /// The clause's heading or text is missing or too long, or its number is not the next one.
        ClauseInvalid = "CLAUSE_INVALID",
            "条款须有标题（不超过 100 字）和正文（不超过 8000 字）；新条款的编号须接在最后一条之后。",
            "A clause needs a heading (up to 100 characters) and a text (up to 8000); a new clause takes the next number.";
        /// The clause is the same as before.
        ClauseUnchanged = "CLAUSE_UNCHANGED", "条款内容没有变化。", "The clause has not changed.";
    }
}

/// Whether the contract can come into force on `today`.
pub fn activate(contract: &Model, today: NaiveDate, has_liaison: bool) -> Result<State, MoveError> {
    let state = next(contract, Move::Activate)?;
    if today < contract.starts_on {
        Err(MoveError::TermNotBegun)
    } else if today > contract.ends_on {
        Err(MoveError::TermOver)
    } else if !has_liaison {
        Err(MoveError::NoLiaison)
    } else {
        Ok(state)
    }
}

/// How a contract ends whose term is over on `today`.
pub fn expire(
    contract: &Model,
    today: NaiveDate,
    has_signed_successor: bool,
) -> Result<State, MoveError> {
    let step = if has_signed_successor {
        Move::Renew
    } else {
        Move::Expire
    };
    let state = next(contract, step)?;
    if today <= contract.ends_on {
        Err(MoveError::TermNotOver)
    } else {
        Ok(state)
    }
}

/// The term of a successor: as long as this one, beginning on the day after its end. Whole years stay whole years.
pub fn next_term(starts_on: NaiveDate, ends_on: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let first = ends_on.checked_add_days(Days::new(1))?;
    for years in 1..=5 {
        if starts_on.checked_add_months(Months::new(12 * years)) == Some(first) {
            return Some((
                first,
                first
                    .checked_add_months(Months::new(12 * years))?
                    .pred_opt()?,
            ));
        }
    }
    Some((first, first.checked_add_signed(ends_on - starts_on)?))
}

/// A number of a contract as it is compared: without blanks, which people set as they like.
pub fn compared(number: &str) -> String {
    number.split_whitespace().collect()
}

/// The number of the next contract of `year` after those that exist: "QY-2026-003".
pub fn next_number(year: i32, existing: &[String]) -> String {
    let prefix = format!("QY-{year}-");
    let last = existing
        .iter()
        .filter_map(|number| number.strip_prefix(&prefix)?.parse::<u32>().ok())
        .max()
        .unwrap_or_default();
    format!("{prefix}{:03}", last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Origin;
    use sea_orm::Iterable;
    use uuid::Uuid;

    pub(super) fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn contract(state: State) -> Model {
        Model {
            id: Uuid::nil(),
            number: "QY-2026-001".into(),
            enterprise_id: Uuid::nil(),
            predecessor_id: None,
            origin: Origin::Drafted,
            state,
            park_party: "高新区管委会".into(),
            park_signatory: None,
            enterprise_signatory: None,
            starts_on: day("2026-01-01"),
            ends_on: day("2026-12-31"),
            signed_on: None,
            legality_opinion: None,
            fair_competition_opinion: None,
            approved_by: None,
            approved_at: None,
            state_reason: None,
            suspension_document_id: None,
            end_deadline_id: None,
            ended_on: None,
            created_at: "2025-12-01T00:00:00Z".parse().expect("an instant"),
            version: 1,
        }
    }

    #[test]
    fn the_table_of_moves() {
        let mut table = String::new();
        for state in State::iter() {
            let moves: Vec<String> = Move::ALL
                .into_iter()
                .filter_map(|step| Some(format!("{step:?}→{:?}", after(state, step)?)))
                .collect();
            table += &format!("{state:?}: {}\n", moves.join(" "));
        }
        assert_eq!(
            table,
            "Draft: Review→LegalReview Terminate→Terminated\n\
             LegalReview: Approve→LeaderApproved Return→Draft Terminate→Terminated\n\
             LeaderApproved: Sign→Signed Terminate→Terminated\n\
             Signed: Activate→Active Terminate→Terminated\n\
             Active: BeginAmendment→Amending Suspend→Suspended Terminate→Terminated Renew→Renewed Expire→Expired\n\
             Amending: FinishAmendment→Active Terminate→Terminated Renew→Renewed Expire→Expired\n\
             Suspended: Resume→Active Terminate→Terminated Renew→Renewed Expire→Expired\n\
             Renewed: \n\
             Expired: \n\
             Terminated: \n"
        );
    }

    #[test]
    fn comes_into_force_inside_its_term_and_with_a_liaison() {
        let signed = contract(State::Signed);
        assert_eq!(
            activate(&signed, day("2025-12-31"), true),
            Err(MoveError::TermNotBegun)
        );
        assert_eq!(
            activate(&signed, day("2026-01-01"), false),
            Err(MoveError::NoLiaison)
        );
        assert_eq!(
            activate(&signed, day("2026-01-01"), true),
            Ok(State::Active)
        );
        assert_eq!(
            activate(&signed, day("2026-12-31"), true),
            Ok(State::Active)
        );
        assert_eq!(
            activate(&signed, day("2027-01-01"), true),
            Err(MoveError::TermOver)
        );
        assert_eq!(
            activate(&contract(State::Active), day("2026-05-01"), true),
            Err(MoveError::WrongState)
        );
    }

    #[test]
    fn ends_after_its_last_day() {
        let active = contract(State::Active);
        assert_eq!(
            expire(&active, day("2026-12-31"), false),
            Err(MoveError::TermNotOver)
        );
        assert_eq!(
            expire(&active, day("2027-01-01"), false),
            Ok(State::Expired)
        );
        assert_eq!(expire(&active, day("2027-01-01"), true), Ok(State::Renewed));
        assert_eq!(
            expire(&contract(State::Terminated), day("2027-01-01"), false),
            Err(MoveError::WrongState)
        );
    }

    #[test]
    fn expiring_is_derived_from_the_days_left() {
        let active = contract(State::Active);
        assert_eq!(expiring(&active, day("2026-11-01")), Some(60));
        assert_eq!(expiring(&active, day("2026-10-31")), None);
        assert_eq!(expiring(&active, day("2026-12-01")), Some(30));
        assert_eq!(expiring(&active, day("2026-12-31")), Some(10));
        assert_eq!(expiring(&active, day("2027-01-01")), None);
        assert_eq!(expiring(&contract(State::Expired), day("2026-12-31")), None);
    }

    #[test]
    fn a_successor_follows_without_a_gap() {
        assert_eq!(
            next_term(day("2026-01-01"), day("2026-12-31")),
            Some((day("2027-01-01"), day("2027-12-31")))
        );
        assert_eq!(
            next_term(day("2027-03-01"), day("2028-02-29")),
            Some((day("2028-03-01"), day("2029-02-28")))
        );
        assert_eq!(
            next_term(day("2026-01-01"), day("2026-01-10")),
            Some((day("2026-01-11"), day("2026-01-20")))
        );
    }

    #[test]
    fn numbers_go_on() {
        assert_eq!(next_number(2026, &[]), "QY-2026-001");
        let existing = ["QY-2026-009", "QY-2026-1000", "QY-2025-999", "旧-7"].map(str::to_owned);
        assert_eq!(next_number(2026, &existing), "QY-2026-1001");
    }
}
