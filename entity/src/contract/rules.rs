//! What may happen to a contract.

use chrono::{Days, Months, NaiveDate};

use super::{Model, State};
use crate::{
    deadline::{Reckoning, rules::Threshold},
    error::{Explain, Refusal},
    language::{Text, TooLong, line, optional_line, text},
    permission::Action,
};

/// The clause that holds the commitments (服务承诺) in the standard text.
pub const COMMITMENT_CLAUSE: i32 = 6;

/// What can happen to a contract as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The opinions on legality and fair competition are given.
    Review,
    /// A leader approves.
    Approve,
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
    pub const ALL: [Self; 11] = [
        Self::Review,
        Self::Approve,
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
    pub fn action(self) -> Action {
        match self {
            Self::Approve => Action::ApproveContract,
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

/// Why a draft is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftError {
    /// The number is empty or longer than 40 characters.
    NumberInvalid,
    /// The park's executing unit or a signatory's post is empty or too long.
    PartyInvalid,
    /// The last day lies before the first one.
    TermReversed,
    /// The term is longer than five years.
    TermTooLong,
    /// A clause has no heading or text, or too much of it, or its number occurs twice.
    ClauseInvalid,
    /// There is no clause at all.
    ClausesMissing,
    /// It is no draft any more: what has gone to review is changed only by amendment.
    NotADraft,
    /// The contract to renew is not in force.
    NotInForce,
    /// A successor has been drafted already.
    SuccessorExists,
    /// The enterprise has left the park.
    EnterpriseEnded,
}

impl Explain for DraftError {
    fn explain(&self) -> Text {
        match self {
            Self::NumberInvalid => Text::new(
                "契约编号须为 1 至 40 个字符。",
                "The contract number must have 1 to 40 characters.",
            ),
            Self::PartyInvalid => Text::new(
                "请填写甲方执行单位（不超过 200 字）；签署人职务不超过 100 字。",
                "Enter the park's executing unit (up to 200 characters); a signatory's position may have up to 100.",
            ),
            Self::TermReversed => Text::new(
                "终止日早于起始日，请更正期限。",
                "The end of the term is before its start: correct the term.",
            ),
            Self::TermTooLong => Text::new(
                "契约期限不得超过五年，请缩短后到期续签。",
                "The term may be at most five years: shorten it, and renew the contract at its end.",
            ),
            Self::ClauseInvalid => Text::new(
                "每条须有不重复的编号（1 至 99）、标题（不超过 100 字）和正文（不超过 8000 字）。",
                "Every clause needs a unique number (1 to 99), a heading (up to 100 characters) and a text (up to 8000).",
            ),
            Self::ClausesMissing => Text::new(
                "契约至少须有一条条款。",
                "A contract must have at least one clause.",
            ),
            Self::NotADraft => Text::new(
                "契约已提交审查，不能再按草稿修改；签署后的内容只能通过变更程序修改。",
                "The contract is no longer a draft and cannot be edited as one; a signed contract can be changed only by an amendment.",
            ),
            Self::NotInForce => Text::new(
                "只有履行中的契约可以续签。",
                "Only a contract in force can be renewed.",
            ),
            Self::SuccessorExists => Text::new(
                "续签草稿已经存在，请在该草稿上继续。",
                "A draft for the renewal already exists: continue with that draft.",
            ),
            Self::EnterpriseEnded => Text::new(
                "企业已离开园区，不能签订新的契约。",
                "The enterprise has left the park: no new contract can be created.",
            ),
        }
    }
}

/// Why a contract does not move on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveError {
    /// It is not in a state for this.
    WrongState,
    /// The opinion on legality is missing or too long.
    LegalityOpinionInvalid,
    /// The opinion on fair competition is missing or too long.
    FairCompetitionOpinionInvalid,
    /// A reason is missing or too long.
    ReasonInvalid,
    /// The day of the signatures lies in the future.
    SignedInFuture,
    /// The post of a signatory is missing or too long.
    SignatoryInvalid,
    /// The term overlaps another signed contract of the enterprise.
    TermOverlaps,
    /// The term has not begun.
    TermNotBegun,
    /// The term is over.
    TermOver,
    /// The term is not over yet.
    TermNotOver,
    /// The enterprise has no active liaison.
    NoLiaison,
    /// Another contract of the enterprise is in force.
    AnotherInForce,
    /// There is no such file, or it is about another enterprise.
    DocumentUnknown,
    /// The clause's heading or text is missing or too long.
    ClauseInvalid,
    /// The clause is the same as before.
    ClauseUnchanged,
}

impl Explain for MoveError {
    fn explain(&self) -> Text {
        match self {
            Self::WrongState => Text::new(
                "契约当前状态不允许此操作，请查看契约状态。",
                "The current state of the contract does not allow this: check its state.",
            ),
            Self::LegalityOpinionInvalid => Text::new(
                "请填写合法性审查意见（不超过 2000 字）。",
                "Enter the opinion of the legality review (up to 2000 characters).",
            ),
            Self::FairCompetitionOpinionInvalid => Text::new(
                "请填写公平竞争审查意见（不超过 2000 字）。",
                "Enter the opinion of the fair competition review (up to 2000 characters).",
            ),
            Self::ReasonInvalid => Text::new(
                "请填写原因（不超过 1000 字）。",
                "Enter a reason (up to 1000 characters).",
            ),
            Self::SignedInFuture => Text::new(
                "签署日不能晚于今天。",
                "The signing date cannot be after today.",
            ),
            Self::SignatoryInvalid => Text::new(
                "请填写双方签署人职务（不超过 100 字）。",
                "Enter the positions of both signatories (up to 100 characters).",
            ),
            Self::TermOverlaps => Text::new(
                "期限与该企业另一份已签署的契约重叠，请调整期限。",
                "The term overlaps another signed contract of this enterprise: change the term.",
            ),
            Self::TermNotBegun => Text::new(
                "契约期限尚未开始，起始日当天将自动生效。",
                "The term has not started yet: the contract comes into force automatically on its first day.",
            ),
            Self::TermOver => Text::new(
                "契约期限已过，不能再生效。",
                "The term has ended: the contract can no longer come into force.",
            ),
            Self::TermNotOver => Text::new("契约期限尚未届满。", "The term has not ended yet."),
            Self::NoLiaison => Text::new(
                "企业没有在任专员，请先任命专员。",
                "The enterprise has no active liaison: appoint one first.",
            ),
            Self::DocumentUnknown => Text::new(
                "找不到中止契约的书面依据，请先上传双方约定的文件。",
                "The document was not found: upload the agreement of both sides first.",
            ),
            Self::AnotherInForce => Text::new(
                "该企业已有一份履行中的契约。",
                "The enterprise already has a contract in force.",
            ),
            Self::ClauseInvalid => Text::new(
                "条款须有标题（不超过 100 字）和正文（不超过 8000 字）；新条款的编号须接在最后一条之后。",
                "A clause needs a heading (up to 100 characters) and a text (up to 8000); a new clause takes the next number.",
            ),
            Self::ClauseUnchanged => Text::new("条款内容没有变化。", "The clause has not changed."),
        }
    }
}

/// The parties, the term and the clauses of a draft, as they were entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Party A's executing unit.
    pub park_party: String,
    /// The post of who signs for the park.
    pub park_signatory: Option<String>,
    /// The post of who signs for the enterprise.
    pub enterprise_signatory: Option<String>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// The clauses.
    pub clauses: Vec<ClauseText>,
}

/// One clause as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseText {
    /// Its number.
    pub number: i32,
    /// Heading.
    pub title: String,
    /// Text.
    pub body: String,
}

/// Checks a draft and trims its texts; tells everything that is wrong at once.
pub fn draft(terms: Terms) -> Result<Terms, Vec<Refusal<DraftError>>> {
    let mut wrong = Vec::new();
    let mut refuse = |path: &'static str, code| {
        wrong.push(Refusal {
            code,
            path: vec![path],
        })
    };
    let park_party = line(&terms.park_party, 200).unwrap_or_else(|| {
        refuse("parkParty", DraftError::PartyInvalid);
        String::new()
    });
    let mut post = |path: &'static str, value: Option<String>| {
        optional_line(value, 100).unwrap_or_else(|TooLong| {
            refuse(path, DraftError::PartyInvalid);
            None
        })
    };
    let park_signatory = post("parkSignatory", terms.park_signatory);
    let enterprise_signatory = post("enterpriseSignatory", terms.enterprise_signatory);
    if terms.ends_on < terms.starts_on {
        refuse("endsOn", DraftError::TermReversed);
    } else if terms
        .starts_on
        .checked_add_months(Months::new(60))
        .is_none_or(|limit| terms.ends_on >= limit)
    {
        refuse("endsOn", DraftError::TermTooLong);
    }
    if terms.clauses.is_empty() {
        refuse("clauses", DraftError::ClausesMissing);
    }
    let mut clauses: Vec<ClauseText> = Vec::with_capacity(terms.clauses.len());
    for given in terms.clauses {
        let repeated = clauses.iter().any(|clause| clause.number == given.number);
        match clause(&given) {
            Some(clause) if !repeated && (1..=99).contains(&clause.number) => clauses.push(clause),
            _ => {
                refuse("clauses", DraftError::ClauseInvalid);
                break;
            }
        }
    }
    clauses.sort_by_key(|clause| clause.number);
    if wrong.is_empty() {
        Ok(Terms {
            park_party,
            park_signatory,
            enterprise_signatory,
            clauses,
            ..terms
        })
    } else {
        Err(wrong)
    }
}

/// A clause with its texts trimmed, or none when one is missing or too long.
pub fn clause(given: &ClauseText) -> Option<ClauseText> {
    Some(ClauseText {
        number: given.number,
        title: line(&given.title, 100)?,
        body: text(&given.body, 8000)?,
    })
}

/// Whether the contract can come into force on `today`.
pub fn activate(contract: &Model, today: NaiveDate, has_liaison: bool) -> Result<State, MoveError> {
    let state = after(contract.state, Move::Activate).ok_or(MoveError::WrongState)?;
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
    let state = after(contract.state, step).ok_or(MoveError::WrongState)?;
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

/// The parties as the standard text names them.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'a> {
    /// Party A's executing unit.
    pub park: &'a str,
    /// Party B.
    pub enterprise: &'a str,
    /// Its unified social credit code.
    pub credit_code: &'a str,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

/// The standard text (契约示范文本): sixteen clauses. The language of the contract is Chinese.
pub fn standard_clauses(parties: Parties<'_>) -> Vec<ClauseText> {
    let day = |date: NaiveDate| date.format("%Y年%-m月%-d日").to_string();
    STANDARD
        .into_iter()
        .zip(1..)
        .map(|((title, body), number)| ClauseText {
            number,
            title: title.to_owned(),
            body: body
                .replace("{甲方}", parties.park)
                .replace("{乙方}", parties.enterprise)
                .replace("{代码}", parties.credit_code)
                .replace("{起始日}", &day(parties.starts_on))
                .replace("{终止日}", &day(parties.ends_on)),
        })
        .collect()
}

const STANDARD: [(&str, &str); 16] = [
    (
        "当事人",
        "甲方：{甲方}。乙方：{乙方}，统一社会信用代码 {代码}。双方签署人以其职务签署本契约。",
    ),
    (
        "目的与原则",
        "甲方在法律、法规范围内为乙方提供服务。服务遵循平等对待、自愿、无偿的原则，不以本契约给予税费、补贴或者要素方面的特殊优惠，不影响其他经营主体公平竞争。",
    ),
    (
        "期限",
        "本契约自{起始日}起至{终止日}止。期满前三十日双方共同评估，可以续签。",
    ),
    (
        "服务专员",
        "甲方为乙方确定一名服务专员和一名副专员，并告知姓名、电话和邮箱。专员变更的，甲方在三个工作日内告知乙方，并办理书面交接；专员离岗的，由副专员当日接替。",
    ),
    (
        "服务清单",
        "甲方按照公布的事项目录为乙方提供咨询、预审、协调和代办服务。代办不收取费用，不代替审批机关作出决定。",
    ),
    (
        "服务承诺",
        "甲方作出本契约所列的服务承诺。每项承诺载明起算事件、时限、责任人和履约凭证，自契约生效之日起履行。",
    ),
    (
        "项目清单",
        "乙方在园区实施的项目列入本契约，按照阶段和里程碑计划推进。计划调整应当说明理由。",
    ),
    (
        "甲方义务",
        "甲方及时告知与乙方有关的政策变化，协调有关部门处理乙方诉求，对知悉的乙方信息保密。",
    ),
    (
        "乙方义务",
        "乙方提供真实、完整的材料，按期报告项目进展，指定一名联系人，依法经营。",
    ),
    (
        "沟通机制",
        "双方每月联系一次，每季度会商一次，每年共同评估一次。乙方可以谢绝走访。",
    ),
    (
        "评价",
        "甲方每季度邀请乙方对服务进行评价。评价自愿，不参加评价不影响乙方的任何权益。",
    ),
    (
        "违诺处理",
        "甲方未按期履行承诺的，在三个工作日内向乙方说明原因并采取补救措施，计入履约记录并公开原因。除另有约定外，不适用金钱违约责任。",
    ),
    (
        "保密",
        "甲方及其工作人员对乙方的商业秘密、未披露信息和保密商务信息负有保密义务，未经乙方同意不得披露，法律另有规定的除外。",
    ),
    (
        "变更与终止",
        "经双方协商一致可以变更或者终止本契约。乙方迁出、注销或者严重违法的，甲方可以终止本契约。甲方不得以行政区划调整、机构或者负责人更替为由违约。",
    ),
    (
        "争议解决",
        "双方先行协商；协商不成的，提请领导小组办公室协调；仍不能解决的，依法通过法律途径解决。",
    ),
    (
        "附件",
        "服务事项清单、里程碑计划和双方联系人名单为本契约附件，与正文具有同等效力。",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Origin;
    use sea_orm::Iterable;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
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
             LegalReview: Approve→LeaderApproved Terminate→Terminated\n\
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

    #[test]
    fn a_draft_is_told_everything_at_once() {
        let wrong = draft(Terms {
            park_party: " ".into(),
            park_signatory: Some("长".repeat(101)),
            enterprise_signatory: None,
            starts_on: day("2026-02-01"),
            ends_on: day("2026-01-31"),
            clauses: Vec::new(),
        })
        .expect_err("refused");
        let codes: Vec<_> = wrong
            .iter()
            .map(|refusal| (refusal.path[0], refusal.code))
            .collect();
        assert_eq!(
            codes,
            [
                ("parkParty", DraftError::PartyInvalid),
                ("parkSignatory", DraftError::PartyInvalid),
                ("endsOn", DraftError::TermReversed),
                ("clauses", DraftError::ClausesMissing),
            ]
        );
    }

    #[test]
    fn the_standard_text_is_complete_and_fits() {
        let clauses = standard_clauses(Parties {
            park: "高新区管委会",
            enterprise: "示例科技有限公司",
            credit_code: "91210231MA0000000X",
            starts_on: day("2026-01-01"),
            ends_on: day("2026-12-31"),
        });
        assert_eq!(clauses.len(), 16);
        assert_eq!(clauses[COMMITMENT_CLAUSE as usize - 1].title, "服务承诺");
        assert!(clauses[2].body.contains("2026年1月1日起至2026年12月31日"));
        for given in &clauses {
            assert_eq!(clause(given).as_ref(), Some(given));
            assert!(!given.body.contains('{'), "{}", given.body);
        }
    }
}
