//! By when a renewal is applied for, and what may happen to a permit.

use chrono::{Months, NaiveDate};

use super::{Kind, Model};
use crate::{
    calendar::rules::Calendar,
    deadline::{
        Reckoning,
        rules::{Deadline, Limit},
    },
    enterprise,
    error::{Refusal, refusals},
    language::{line, text},
    term::term,
};

/// How long before the end of a permit its renewal is applied for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// So many working days: the Licensing Law counts in them (行政许可法第五十条、第八十二条).
    WorkingDays(u32),
    /// So many calendar days.
    Days(u32),
    /// So many months.
    Months(u32),
}

impl Kind {
    /// How long before its end a renewal is applied for.
    pub fn lead(self) -> Lead {
        match self {
            // 许可法 50; 无线电管理条例; 危险废物经营许可证管理办法; 核准备案条例 12.
            Self::Licence | Self::Radio | Self::HazardousWaste | Self::ProjectApproval => {
                Lead::WorkingDays(30)
            }
            // 排污许可管理条例 14.
            Self::Pollutant => Lead::Days(60),
            // 取水条例 25.
            Self::WaterAbstraction => Lead::Days(45),
            // 放射性同位素条例 13.
            Self::Radiation => Lead::Days(30),
            // 安全生产许可证条例 9.
            Self::SafetyProduction => Lead::Months(3),
            Self::Other => Lead::Days(0),
        }
    }
}

/// How long before `valid_until` the renewal of a permit of this kind is applied for, in days.
pub fn lead(kind: Kind, valid_until: NaiveDate) -> Limit {
    match kind.lead() {
        Lead::WorkingDays(days) => Limit::working_days(days),
        Lead::Days(days) => Limit::calendar_days(days),
        Lead::Months(months) => {
            let from = valid_until.checked_sub_months(Months::new(months));
            let days = valid_until - from.unwrap_or(valid_until);
            Limit::calendar_days(u32::try_from(days.num_days()).unwrap_or_default())
        }
    }
}

/// The time limit of applying for the renewal of a permit that ends on `valid_until`: between its day and the end lies the whole lead,
/// and offices are open on it.
pub fn limit(kind: Kind, valid_until: NaiveDate, calendar: &Calendar) -> Deadline {
    let lead = lead(kind, valid_until);
    Deadline::ending(Reckoning::Application, lead, valid_until, calendar)
}

term! {
    /// How a permit stands today.
    pub enum PermitStanding as "PermitStanding" {
        /// There is time.
        Held = "HELD", "有效", "Valid";
        /// Its renewal is to be applied for.
        ToRenew = "TO_RENEW", "应申请延续", "To be renewed";
        /// The last day of applying has passed.
        TooLate = "TOO_LATE", "已过申请期限", "Too late to renew";
        /// It has ended, or was withdrawn.
        Ended = "ENDED", "已失效", "Ended";
    }
}

/// How a permit stands on `today`.
pub fn standing(permit: &Model, today: NaiveDate, calendar: &Calendar) -> PermitStanding {
    if permit.withdrawn_on.is_some() || permit.valid_until < today {
        PermitStanding::Ended
    } else if permit.apply_by < today {
        PermitStanding::TooLate
    } else if limit(permit.kind, permit.valid_until, calendar)
        .crossed(today, calendar)
        .is_empty()
    {
        PermitStanding::Held
    } else {
        PermitStanding::ToRenew
    }
}

refusals! {
    /// Why a command on a permit was refused.
    pub enum PermitError as "PermitErrorCode" {
        /// The number has 1 to 100 characters.
        Number = "NUMBER", "请填写证照编号，最多 100 字。", "Enter the number of the permit (up to 100 characters).";
        /// The issuer has 1 to 200 characters.
        Issuer = "ISSUER", "请填写发证机关，最多 200 字。", "Enter the issuing authority (up to 200 characters).";
        /// It is renewed for longer than it holds.
        NotLater = "NOT_LATER", "延续后的有效期须晚于原有效期。", "The new expiry date must be later than the previous one.";
        /// The enterprise has a permit of this kind and number.
        Known = "KNOWN", "该企业已登记同类同号证照。", "A permit of this kind and number is already recorded for the enterprise.";
        /// It was withdrawn.
        Withdrawn = "WITHDRAWN", "该证照已注销。", "This permit has been withdrawn.";
        /// A reason has 1 to 1000 characters.
        Reason = "REASON", "请填写理由，最多 1000 字。", "Enter a reason (up to 1000 characters).";
        /// The enterprise has left the park.
        EnterpriseGone = "ENTERPRISE_GONE", "该企业已离园。", "The enterprise has left the park.";
    }
}

/// Number and issuer as they are kept, or all that is wrong with them.
pub fn details(number: &str, issuer: &str) -> Result<(String, String), Vec<Refusal<PermitError>>> {
    let refusal = |code, field| Refusal {
        code,
        path: vec![field],
    };
    match (line(number, 100), line(issuer, 200)) {
        (Some(number), Some(issuer)) => Ok((number, issuer)),
        (number, issuer) => Err([
            number
                .is_none()
                .then(|| refusal(PermitError::Number, "number")),
            issuer
                .is_none()
                .then(|| refusal(PermitError::Issuer, "issuer")),
        ]
        .into_iter()
        .flatten()
        .collect()),
    }
}

/// The reason of a withdrawal.
pub fn reason(given: &str) -> Result<String, PermitError> {
    text(given, 1000).ok_or(PermitError::Reason)
}

/// Only an enterprise that is in the park gets permits recorded.
pub fn require_there(holder: &enterprise::Model) -> Result<(), PermitError> {
    match holder.ended_on {
        Some(_) => Err(PermitError::EnterpriseGone),
        None => Ok(()),
    }
}

/// Whether a permit can still change.
pub fn require_held(permit: &Model) -> Result<(), PermitError> {
    match permit.withdrawn_on {
        Some(_) => Err(PermitError::Withdrawn),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::rules::Threshold;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn each_kind_has_its_last_day_of_applying() {
        let calendar = Calendar::shipped();
        for (kind, valid_until, expected) in [
            // Counted back below, over the holiday.
            (Kind::Licence, "2026-10-30", "2026-09-15"),
            (Kind::Pollutant, "2026-12-01", "2026-09-30"),
            (Kind::WaterAbstraction, "2026-11-14", "2026-09-30"),
            (Kind::Radiation, "2026-10-30", "2026-09-30"),
            // Three months back is a Saturday off, and the Friday before it is Mid-Autumn.
            (Kind::SafetyProduction, "2026-12-26", "2026-09-24"),
            (Kind::Other, "2026-09-30", "2026-09-30"),
        ] {
            let found = limit(kind, day(valid_until), &calendar).due_on;
            assert!(calendar.is_working_day(found), "{kind:?}");
            if let Lead::WorkingDays(days) = kind.lead() {
                let between = calendar.working_days_between(found, day(valid_until));
                assert_eq!(u32::try_from(between), Ok(days), "{kind:?} {found}");
            } else {
                assert_eq!(found, day(expected), "{kind:?}");
            }
        }
    }

    #[test]
    fn the_newest_threshold_is_the_last() {
        let calendar = Calendar::shipped();
        let limit = limit(Kind::Pollutant, day("2026-12-01"), &calendar);
        for (today, newest) in [
            ("2026-09-01", None),
            ("2026-09-02", Some(Threshold::End(90))),
            ("2026-09-27", Some(Threshold::Apply(3))),
            ("2026-11-01", Some(Threshold::End(30))),
            ("2026-12-01", Some(Threshold::End(30))),
            ("2026-12-02", None),
        ] {
            let crossed = limit.crossed(day(today), &calendar);
            assert_eq!(crossed.last().copied(), newest, "{today}");
        }
        let thresholds = limit.reckoning.thresholds().iter();
        assert!(
            thresholds
                .clone()
                .all(|one| limit.threshold(*one).len() <= 20)
        );
        // From the first of them on it is yellow.
        let lights = limit.light_days(&[], &calendar);
        assert_eq!(lights.yellow_from, Some(day("2026-09-02")));
        assert_eq!(lights.red_from, day("2026-09-30").succ_opt());
    }
}
