//! What may be promised.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Kind, Model, Owner, Recurrence, standard};
use crate::{
    contract,
    deadline::{LegalEffect, Unit},
    error::{Refusal, refusals},
    language::{Text, line},
};

/// A promise as it is written: everything but its place in a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// How often it falls due.
    pub kind: Kind,
    /// The period, for recurring promises only.
    pub recurrence: Option<Recurrence>,
    /// What is promised, 简体中文.
    pub text_zh: String,
    /// What is promised, in English.
    pub text_en: String,
    /// What starts the time limit.
    pub start_event: String,
    /// The time limit.
    pub limit_days: i32,
    /// In which days.
    pub unit: Unit,
    /// PROMISED or STATUTORY.
    pub legal_effect: LegalEffect,
    /// The article of law, for statutory ones.
    pub legal_basis: Option<String>,
    /// By how many days at most that article lets the limit be extended, once (行政许可法第四十二条: 十日).
    pub extension_days: i32,
    /// Who must keep it.
    pub owner: Owner,
    /// The department, when the owner is one.
    pub department_id: Option<Uuid>,
    /// What proves that it was kept.
    pub evidence_kind: String,
}

/// The longest time limit of a promise, and its longest extension, in days: three years.
pub const LONGEST: i32 = 1096;

/// How many standard promises there are at most.
pub const MOST_STANDARD: usize = 50;

refusals! {
    /// Why a promise was refused.
    pub enum PromiseError as "CommitmentErrorCode" {
        /// The contract is neither a draft nor under amendment.
        Locked = "LOCKED",
            "契约既非草稿也不在变更中，承诺不能增减；请先启动变更。",
            "The contract is neither a draft nor under amendment: start an amendment first.";
        /// The clause does not exist in the contract.
        ClauseUnknown = "CLAUSE_UNKNOWN", "契约中没有该条款。", "The contract has no such clause.";
        /// A text is missing or longer than 500 characters.
        TextInvalid = "TEXT_INVALID",
            "请填写中英文承诺内容（各不超过 500 字）。",
            "Enter the promise in Chinese and in English (up to 500 characters each).";
        /// The start event or the kind of evidence is missing or too long.
        CodeInvalid = "CODE_INVALID",
            "请填写起算事件（不超过 60 字）和履约凭证类型（不超过 40 字）。",
            "Enter the start event (up to 60 characters) and the kind of evidence (up to 40).";
        /// A recurring promise needs a period, the others have none.
        RecurrenceInvalid = "RECURRENCE_INVALID",
            "周期性承诺须选择周期，其他承诺不得选择周期。",
            "A recurring promise needs a period; other promises must not have one.";
        /// The limit is negative or longer than three years.
        LimitInvalid = "LIMIT_INVALID", "时限须为 0 至 1096 日。", "The time limit must be from 0 to 1096 days.";
        /// The department is missing or dissolved, or given although the owner is none.
        DepartmentInvalid = "DEPARTMENT_INVALID",
            "责任人为部门时须选择未撤销的部门，否则不得选择。",
            "Choose a department that has not been dissolved if the owner is a department; otherwise leave it empty.";
        /// A statutory limit needs its legal basis.
        LegalBasisInvalid = "LEGAL_BASIS_INVALID",
            "法定时限须注明法律依据（不超过 300 字）；承诺只能是“承诺”或“法定”。",
            "A statutory limit must name its legal basis (up to 300 characters); the legal effect of a promise must be PROMISED or STATUTORY.";
        /// An extension by law belongs to a statutory limit, and has at most three years.
        ExtensionInvalid = "EXTENSION_INVALID",
            "法律允许延长的日数只用于法定时限，须为 0 至 1096 日。",
            "The days by which the law allows an extension apply only to statutory limits and must be from 0 to 1096.";
        /// Article 42 of the Administrative Licence Law allows 20 working days and 10 more, 45 and 15 where bodies act together.
        BeyondLicenceLaw = "BEYOND_LICENCE_LAW",
            "行政许可法第四十二条规定的期限为二十个工作日，经批准最多延长十个工作日；统一办理、联合办理、集中办理的为四十五个工作日，\
                 最多延长十五个工作日。法律、法规另有规定的，请改以该规定为法律依据。",
            "Article 42 of the Administrative Licence Law allows 20 working days and an extension of at most 10; 45 and at most 15 if \
             several bodies handle the matter jointly. If another law provides otherwise, enter that law as the legal basis.";
        /// A promise that happens once starts with the contract or at the end of its year.
        StartEventUnknown = "START_EVENT_UNKNOWN",
            "一次性承诺的起算事件须为 contract.activated 或 contract.year_ends。",
            "A one-time promise must start with contract.activated or contract.year_ends.";
        /// It has ended already.
        Ended = "ENDED", "该承诺已经终止。", "The promise has already ended.";
        /// A reason is missing or too long.
        ReasonInvalid = "REASON_INVALID", "请填写原因（不超过 1000 字）。", "Enter a reason (up to 1000 characters).";
        /// No standard promise has this number.
        NumberUnknown = "NUMBER_UNKNOWN", "标准承诺中没有该序号。", "No standard promise has this number.";
        /// There are as many standard promises as there can be.
        TooMany = "TOO_MANY", "标准承诺最多 50 项，请先删去不再需要的。", "There can be at most 50 standard promises: remove one first.";
        /// One standard promise stays.
        LastOne = "LAST_ONE", "标准承诺至少保留一项。", "At least one standard promise must remain.";
        /// Nothing of the promise was changed.
        Unchanged = "UNCHANGED", "承诺没有改动，未保存新版本。", "Nothing was changed, so no new version was saved.";
    }
}

/// Whether the standard list takes one more promise.
pub fn require_room(standard: &standard::Model) -> Result<(), PromiseError> {
    match standard.promises.0.len() < MOST_STANDARD {
        true => Ok(()),
        false => Err(PromiseError::TooMany),
    }
}

/// Whether a promise can be taken off the standard list.
pub fn require_another(standard: &standard::Model) -> Result<(), PromiseError> {
    match standard.promises.0.len() > 1 {
        true => Ok(()),
        false => Err(PromiseError::LastOne),
    }
}

/// The place of the standard promise with this number, which counts from 1.
pub fn place_of(standard: &standard::Model, number: i32) -> Result<usize, PromiseError> {
    usize::try_from(number)
        .ok()
        .and_then(|number| number.checked_sub(1))
        .filter(|place| *place < standard.promises.0.len())
        .ok_or(PromiseError::NumberUnknown)
}

/// Promises are added and ended in a draft, or by amendment.
pub fn require_open(contract: &contract::Model) -> Result<(), PromiseError> {
    match contract.state {
        contract::State::Draft | contract::State::Amending => Ok(()),
        _ => Err(PromiseError::Locked),
    }
}

/// A promise of a contract ends once.
pub fn require_endable(promise: &Model, contract: &contract::Model) -> Result<(), PromiseError> {
    require_open(contract)?;
    match promise.ended_on {
        None => Ok(()),
        Some(_) => Err(PromiseError::Ended),
    }
}

/// The start event of a promise that begins with the contract.
pub const ACTIVATED: &str = "contract.activated";
/// The start event of a promise that begins on the last day of the term.
pub const YEAR_ENDS: &str = "contract.year_ends";

/// The start event of a promise that a permit which ends in 90 days calls on.
pub const PERMIT_ENDS: &str = "document.expires_in_90_days";

/// What people call the event that starts a time limit; as it was written, where the park has named one of its own.
pub fn start_event_name(event: &str) -> Text {
    let (zh, en) = match event {
        ACTIVATED => ("契约生效", "the contract taking effect"),
        YEAR_ENDS => ("契约年度期满", "the end of the contract year"),
        "week.begins" => ("每周首日", "the first day of the week"),
        "month.begins" => ("每月首日", "the first day of the month"),
        "contact.received" => ("收到来电来函", "a call or letter"),
        "request.received" => ("收到诉求", "a request"),
        "request.classified_simple" => ("认定为一般诉求", "a request classed as simple"),
        "request.classified_cross_department" => {
            ("认定为跨部门诉求", "a request classed as cross-department")
        }
        "request.classified_policy" => ("认定为政策咨询", "a request classed as a policy question"),
        "case.state_changed" => ("办件状态变化", "a change in the state of a case"),
        "materials.received" => ("收到申报材料", "the arrival of application materials"),
        PERMIT_ENDS => ("证照到期前 90 日", "the 90th day before a document expires"),
        "policy.published" => ("新政策发布", "the publication of a new policy"),
        "liaison.absent" => ("专员离岗", "the absence of the liaison"),
        "obligation.overdue" => ("事项超期", "a matter becoming overdue"),
        "licence.accepted" => ("受理许可申请", "the acceptance of a licence application"),
        own => (own, own),
    };
    Text::new(zh, en)
}

/// The evidence of a promise that a visit keeps.
pub const VISIT_NOTE: &str = "VISIT_NOTE";
/// The evidence of a promise that any contact keeps.
pub const VISIT_OR_CALL_NOTE: &str = "VISIT_OR_CALL_NOTE";
/// The evidence of a promise that a report of progress keeps.
pub const PROGRESS_ENTRY: &str = "PROGRESS_ENTRY";

/// Checks a promise and trims its texts; tells everything that is wrong at once.
pub fn check(given: Promise) -> Result<Promise, Vec<Refusal<PromiseError>>> {
    let mut wrong = Vec::new();
    let mut text = |path: &'static str, given: &str, longest: usize, code| {
        line(given, longest).unwrap_or_else(|| {
            wrong.push(Refusal {
                code,
                path: vec![path],
            });
            String::new()
        })
    };
    let text_zh = text("textZh", &given.text_zh, 500, PromiseError::TextInvalid);
    let text_en = text("textEn", &given.text_en, 500, PromiseError::TextInvalid);
    let start_event = text(
        "startEvent",
        &given.start_event,
        60,
        PromiseError::CodeInvalid,
    );
    let evidence_kind = text(
        "evidenceKind",
        &given.evidence_kind,
        40,
        PromiseError::CodeInvalid,
    );
    let legal_basis = match (given.legal_effect, given.legal_basis) {
        (LegalEffect::Statutory, basis) => Some(text(
            "legalBasis",
            &basis.unwrap_or_default(),
            300,
            PromiseError::LegalBasisInvalid,
        )),
        (_, Some(basis)) => Some(text(
            "legalBasis",
            &basis,
            300,
            PromiseError::LegalBasisInvalid,
        )),
        (_, None) => None,
    };
    let mut require = |right: bool, path: &'static str, code| {
        if !right {
            wrong.push(Refusal {
                code,
                path: vec![path],
            });
        }
    };
    require(
        given.legal_effect != LegalEffect::Planned,
        "legalEffect",
        PromiseError::LegalBasisInvalid,
    );
    require(
        (given.kind == Kind::Recurring) == given.recurrence.is_some(),
        "recurrence",
        PromiseError::RecurrenceInvalid,
    );
    require(
        (0..=LONGEST).contains(&given.limit_days),
        "limitDays",
        PromiseError::LimitInvalid,
    );
    let longest_extension = match given.legal_effect {
        LegalEffect::Statutory => LONGEST,
        LegalEffect::Promised | LegalEffect::Planned => 0,
    };
    require(
        (0..=longest_extension).contains(&given.extension_days),
        "extensionDays",
        PromiseError::ExtensionInvalid,
    );
    if let Some(clock) = legal_basis.as_deref().and_then(LicenceClock::of) {
        // The law counts in working days: as many days by the calendar are never more.
        require(
            given.limit_days <= clock.limit(),
            "limitDays",
            PromiseError::BeyondLicenceLaw,
        );
        require(
            given.extension_days <= clock.extension(),
            "extensionDays",
            PromiseError::BeyondLicenceLaw,
        );
    }
    require(
        (given.owner == Owner::Department) == given.department_id.is_some(),
        "departmentId",
        PromiseError::DepartmentInvalid,
    );
    require(
        given.kind != Kind::Once || [ACTIVATED, YEAR_ENDS].contains(&start_event.as_str()),
        "startEvent",
        PromiseError::StartEventUnknown,
    );
    if wrong.is_empty() {
        Ok(Promise {
            text_zh,
            text_en,
            start_event,
            evidence_kind,
            legal_basis,
            ..given
        })
    } else {
        Err(wrong)
    }
}

/// The clocks of a decision in the Administrative Licence Law (行政许可法第二十六条、第四十二条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LicenceClock {
    /// One body decides.
    Alone,
    /// Bodies act as one: 统一办理、联合办理、集中办理.
    Together,
}

/// The law by its short name, with which its full one ends.
const LICENCE_LAW: &str = "行政许可法";

/// The articles of the law that are cited directly behind its name, `、` between them; none when that is a part of another rule's name.
fn cited<'a>(before: &str, behind: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
    let before = before.strip_suffix("中华人民共和国").unwrap_or(before);
    let behind = match before.chars().next_back() {
        Some('《') => behind.strip_prefix('》').unwrap_or_default(),
        _ => behind,
    };
    let own = behind.split(['；', ';', '，', '《']).next();
    let articles = own.unwrap_or_default().split('、');
    articles.take_while(|article| article.starts_with('第'))
}

/// What stands behind one of these beginnings.
fn behind<'a>(text: &'a str, beginnings: [&str; 2]) -> Option<&'a str> {
    let mut beginnings = beginnings.iter();
    beginnings.find_map(|beginning| text.strip_prefix(*beginning))
}

impl LicenceClock {
    /// The clock that a legal basis names, if it names one.
    fn of(basis: &str) -> Option<Self> {
        let plain: String = basis.chars().filter(|one| !one.is_whitespace()).collect();
        let named = plain.match_indices(LICENCE_LAW);
        let clocks = named.flat_map(|(at, law)| {
            let (before, behind) = (&plain[..at], &plain[at + law.len()..]);
            cited(before, behind).filter_map(Self::of_article)
        });
        // Where both are named, bodies act together.
        clocks.max_by_key(|clock| clock.limit())
    }

    /// The clock of one article of the law.
    fn of_article(article: &str) -> Option<Self> {
        let is_joint = |paragraph: &str| {
            let words = ["统一办理", "联合办理", "集中办理"];
            behind(paragraph, ["第二款", "第2款"]).is_some()
                || words.iter().any(|words| paragraph.contains(words))
        };
        if let Some(paragraph) = behind(article, ["第四十二条", "第42条"]) {
            return Some(if is_joint(paragraph) {
                Self::Together
            } else {
                Self::Alone
            });
        }
        behind(article, ["第二十六条", "第26条"])
            .filter(|paragraph| is_joint(paragraph))
            .map(|_| Self::Together)
    }

    /// The longest limit, in working days.
    fn limit(self) -> i32 {
        match self {
            Self::Alone => 20,
            Self::Together => 45,
        }
    }

    /// The longest extension, in working days.
    fn extension(self) -> i32 {
        match self {
            Self::Alone => 10,
            Self::Together => 15,
        }
    }
}

fn clock(promise: &Model) -> Option<LicenceClock> {
    let is_statutory = promise.legal_effect == LegalEffect::Statutory;
    let basis = promise.legal_basis.as_deref().filter(|_| is_statutory)?;
    LicenceClock::of(basis)
}

/// By how many days at most the limit of a promise is extended: what its rule says, and never more than the clock of the licence law
/// that it runs by, however the promise came in.
pub fn extension_at_most(promise: &Model) -> u32 {
    let own = promise.extension_days;
    let days = clock(promise).map_or(own, |clock| own.min(clock.extension()));
    days.max(0).unsigned_abs()
}

/// The department whose head extends the limit of a promise that the law sets; none where no department is in charge, and where bodies
/// act as one, for then it is for who leads them all (行政许可法第四十二条第二款).
pub fn deciding_department(promise: &Model) -> Option<Uuid> {
    promise
        .department_id
        .filter(|_| clock(promise) != Some(LicenceClock::Together))
}

static DEFAULTS: LazyLock<Vec<Promise>> = LazyLock::new(|| {
    parse(include_str!("../../data/contract-commitments.csv")).unwrap_or_default()
});

/// The standard promises (标准承诺) as the product ships them, in the order of their numbers from 1.
pub fn defaults() -> &'static [Promise] {
    &DEFAULTS
}

fn parse(text: &str) -> Option<Vec<Promise>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut promises = Vec::new();
    for row in reader.records() {
        let row = row.ok()?;
        let kind = match row.get(1)? {
            "ONCE" => Kind::Once,
            "RECURRING" => Kind::Recurring,
            "ON_EVENT" => Kind::OnEvent,
            _ => return None,
        };
        let start_event = row.get(4)?.to_owned();
        promises.push(Promise {
            kind,
            recurrence: match start_event.as_str() {
                "week.begins" => Some(Recurrence::Week),
                "month.begins" => Some(Recurrence::Month),
                _ => None,
            },
            text_zh: row.get(2)?.to_owned(),
            text_en: row.get(3)?.to_owned(),
            start_event,
            limit_days: row.get(5)?.parse().ok()?,
            unit: match row.get(6)? {
                "WORKING_DAY" => Unit::WorkingDay,
                "CALENDAR_DAY" => Unit::CalendarDay,
                _ => return None,
            },
            legal_effect: LegalEffect::Promised,
            legal_basis: None,
            extension_days: 0,
            owner: match row.get(7)? {
                "LIAISON" => Owner::Liaison,
                "CENTRE" => Owner::Centre,
                _ => return None,
            },
            department_id: None,
            evidence_kind: row.get(8)?.to_owned(),
        });
    }
    Some(promises)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_promises_are_sixteen_and_right() {
        assert_eq!(defaults().len(), 16);
        for promise in defaults() {
            assert_eq!(check(promise.clone()).as_ref(), Ok(promise));
        }
        assert_eq!(defaults()[9].recurrence, Some(Recurrence::Week));
        assert_eq!(defaults()[10].recurrence, Some(Recurrence::Month));
        assert_eq!(defaults()[15].start_event, YEAR_ENDS);
        for promise in defaults() {
            let named = start_event_name(&promise.start_event);
            assert_ne!(named.zh, promise.start_event, "it has no name");
        }
    }

    #[test]
    fn the_standard_list_is_never_empty_nor_endless_and_its_numbers_count_from_1() {
        let of = |count: usize| standard::Model {
            promises: standard::Promises(vec![defaults()[0].clone(); count]),
            ..standard::Model::shipped()
        };
        assert_eq!(require_another(&of(1)), Err(PromiseError::LastOne));
        assert_eq!(require_another(&of(2)), Ok(()));
        assert_eq!(require_room(&of(MOST_STANDARD - 1)), Ok(()));
        assert_eq!(require_room(&of(MOST_STANDARD)), Err(PromiseError::TooMany));
        for (number, place) in [(1, Some(0)), (3, Some(2)), (0, None), (-1, None), (4, None)] {
            assert_eq!(place_of(&of(3), number).ok(), place, "{number}");
        }
    }

    #[test]
    fn article_42_of_the_licence_law_sets_the_limit_and_its_extension() {
        let article = "《中华人民共和国行政许可法》第四十二条";
        let together = "行政许可法 第42条第二款（联合办理）";
        let beside = "行政许可法第四十二条第一款；《示例条例》第八条第二款";
        for (basis, limit, extension, wrong) in [
            (article, 20, 10, &[][..]),
            (article, 21, 10, &["limitDays"][..]),
            (article, 20, 11, &["extensionDays"][..]),
            (article, 45, 15, &["limitDays", "extensionDays"][..]),
            (together, 45, 15, &[][..]),
            (together, 46, 16, &["limitDays", "extensionDays"][..]),
            ("行政许可法第二十六条第二款", 45, 15, &[][..]),
            ("行政许可法第26条第2款", 45, 16, &["extensionDays"][..]),
            ("行政许可法第26条（集中办理）", 46, 15, &["limitDays"][..]),
            // Who receives an application sets no limit.
            ("行政许可法第二十六条第一款", 60, 30, &[][..]),
            ("行政许可法第四十二条第二款", 45, 15, &[][..]),
            ("行政许可法第42条第2款", 45, 15, &[][..]),
            ("行政许可法第42条第2款", 46, 15, &["limitDays"][..]),
            (
                "行政许可法第二十六条、第四十二条第二款",
                45,
                16,
                &["extensionDays"][..],
            ),
            (beside, 20, 10, &[][..]),
            (beside, 45, 15, &["limitDays", "extensionDays"][..]),
            ("《某省实施〈行政许可法〉办法》第二十六条", 60, 30, &[][..]),
            ("行政许可法第四十三条", 60, 30, &[][..]),
            ("《示例条例》第四十二条", 60, 30, &[][..]),
        ] {
            let checked = check(Promise {
                kind: Kind::OnEvent,
                recurrence: None,
                legal_effect: LegalEffect::Statutory,
                legal_basis: Some(basis.to_owned()),
                limit_days: limit,
                extension_days: extension,
                unit: Unit::WorkingDay,
                ..defaults()[0].clone()
            });
            let refusals = checked.err().unwrap_or_default();
            let paths: Vec<_> = refusals.iter().map(|refusal| refusal.path[0]).collect();
            assert_eq!(paths, wrong, "{basis} {limit} {extension}");
            let right =
                |refusal: &Refusal<PromiseError>| refusal.code == PromiseError::BeyondLicenceLaw;
            assert!(refusals.iter().all(right));
        }
    }

    #[test]
    fn a_rule_carries_its_own_cap_and_who_decides_however_it_came_in() {
        let department = Uuid::from_u128(1);
        let of = |effect, basis: &str, days| Model {
            id: Uuid::nil(),
            contract_id: Uuid::nil(),
            clause_id: Uuid::nil(),
            number: 1,
            kind: Kind::OnEvent,
            recurrence: None,
            text_zh: "示例".to_owned(),
            text_en: "example".to_owned(),
            start_event: "example".to_owned(),
            limit_days: 45,
            unit: Unit::WorkingDay,
            legal_effect: effect,
            legal_basis: Some(basis.to_owned()),
            extension_days: days,
            owner: Owner::Department,
            department_id: Some(department),
            evidence_kind: "NOTE".to_owned(),
            effective_on: None,
            ended_on: None,
            version: 1,
        };
        let (law, promise) = (LegalEffect::Statutory, LegalEffect::Promised);
        for (effect, basis, days, most, head) in [
            (law, "行政许可法第四十二条", 10, 10, true),
            (law, "行政许可法第四十二条", 30, 10, true),
            (law, "行政许可法第四十二条（联合办理）", 15, 15, false),
            (law, "行政许可法第四十二条（联合办理）", 200, 15, false),
            (law, "行政许可法第二十六条第二款", 200, 15, false),
            (law, "《示例条例》第四十二条", 200, 200, true),
            (promise, "行政许可法第二十六条第二款", 0, 0, true),
        ] {
            let promise = of(effect, basis, days);
            assert_eq!(extension_at_most(&promise), most, "{basis} {days}");
            let decides = head.then_some(department);
            assert_eq!(deciding_department(&promise), decides, "{basis}");
        }
    }

    #[test]
    fn a_wrong_promise_is_told_everything_at_once() {
        let wrong = check(Promise {
            kind: Kind::Recurring,
            text_zh: " ".into(),
            limit_days: -1,
            legal_effect: LegalEffect::Statutory,
            owner: Owner::Department,
            ..defaults()[0].clone()
        })
        .expect_err("refused");
        let paths: Vec<_> = wrong.iter().map(|refusal| refusal.path[0]).collect();
        assert_eq!(
            paths,
            [
                "textZh",
                "legalBasis",
                "recurrence",
                "limitDays",
                "departmentId"
            ]
        );
    }
}
