//! What may be agreed, and what may be recorded.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Kind, State};
use crate::{
    commitment::rules::{VISIT_NOTE, VISIT_OR_CALL_NOTE},
    error::refusals,
    language::{line, optional_line, optional_text, text},
};

/// How far ahead a visit is agreed at most.
const FURTHEST: TimeDelta = TimeDelta::days(366);

/// How long a visit takes at most.
const LONGEST: TimeDelta = TimeDelta::hours(12);

/// How long it takes when nothing is said.
pub const USUAL: TimeDelta = TimeDelta::hours(1);

refusals! {
    /// Why a visit is not agreed, changed or recorded.
    pub enum VisitError as "VisitErrorCode" {
        /// The enterprise has left the park.
        EnterpriseEnded = "ENTERPRISE_ENDED", "该企业已离园。", "The enterprise has left the park.";
        /// An agreed visit must be in the future, within a year.
        NotAhead = "NOT_AHEAD",
            "约定的时间须在现在之后、一年之内。已经进行的，请记录联系。",
            "The agreed time must be in the future and within one year. If the visit has already taken place, record a contact.";
        /// A visit in the future cannot be recorded as held.
        NotYet = "NOT_YET",
            "时间在将来，尚未进行。请约定走访，或在进行之后再登记。",
            "This time is in the future: arrange a visit, or record it once it has taken place.";
        /// It ends after it begins, within twelve hours.
        EndInvalid = "END_INVALID", "结束时间须晚于开始时间，且不超过 12 小时。", "The end must be after the start, and within twelve hours.";
        /// The place is missing, or longer than 200 characters.
        PlaceInvalid = "PLACE_INVALID",
            "请填写地点，最多 200 字；电话和线上联系可不填。",
            "Enter the place (up to 200 characters); it is optional for telephone and online contacts.";
        /// What it is to be about has 1 to 200 characters.
        PurposeInvalid = "PURPOSE_INVALID", "请填写事由，最多 200 字。", "Enter the subject (up to 200 characters).";
        /// What was talked about has 1 to 500 characters.
        SummaryInvalid = "SUMMARY_INVALID", "请用一句话写明谈了什么，最多 500 字。", "Summarise what was discussed (up to 500 characters).";
        /// A note has at most 2000 characters.
        NoteInvalid = "NOTE_INVALID", "内部备注最多 2000 字。", "The internal note may have at most 2000 characters.";
        /// A reason has 1 to 1000 characters.
        ReasonInvalid = "REASON_INVALID", "请填写取消的理由，最多 1000 字。", "Enter the reason for cancelling (up to 1000 characters).";
        /// It was held or cancelled before.
        NotAgreed = "NOT_AGREED", "该走访已进行或已取消，不能再改。", "The visit has been held or cancelled and can no longer be changed.";
        /// The file belongs to another enterprise or does not exist.
        DocumentUnknown = "DOCUMENT_UNKNOWN", "该文件不存在，或属于其他企业。", "The file does not exist, or it belongs to another enterprise.";
    }
}

/// The evidence that a held visit is: somebody who went to a place has visited, whoever telephoned has been in touch.
pub fn evidence(kind: Kind) -> &'static [&'static str] {
    if kind.has_place() {
        &[VISIT_NOTE, VISIT_OR_CALL_NOTE]
    } else {
        &[VISIT_OR_CALL_NOTE]
    }
}

/// How often calendars were told of a visit with this version: versions begin with 1 and only rise.
pub fn sequence(version: i32) -> u32 {
    version.unsigned_abs().saturating_sub(1)
}

/// Whether something can still happen to a visit.
pub fn is_open(state: State) -> Result<(), VisitError> {
    (state == State::Agreed)
        .then_some(())
        .ok_or(VisitError::NotAgreed)
}

/// Whether a visit can be agreed for then.
pub fn ahead(starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), VisitError> {
    (now < starts_at && starts_at <= now + FURTHEST)
        .then_some(())
        .ok_or(VisitError::NotAhead)
}

/// Whether a contact can have taken place then.
pub fn behind(held_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), VisitError> {
    (held_at <= now).then_some(()).ok_or(VisitError::NotYet)
}

/// When a visit ends.
pub fn end(
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
) -> Result<DateTime<Utc>, VisitError> {
    let ends_at = ends_at.unwrap_or(starts_at + USUAL);
    (starts_at < ends_at && ends_at <= starts_at + LONGEST)
        .then_some(ends_at)
        .ok_or(VisitError::EndInvalid)
}

/// Where a visit of this kind takes place; what was recorded afterwards may leave it open.
pub fn place(
    kind: Kind,
    given: Option<String>,
    agreed: bool,
) -> Result<Option<String>, VisitError> {
    let place = optional_line(given, 200).map_err(|_| VisitError::PlaceInvalid)?;
    if agreed && kind.has_place() && place.is_none() {
        return Err(VisitError::PlaceInvalid);
    }
    Ok(place)
}

/// What a visit is to be about.
pub fn purpose(given: &str) -> Result<String, VisitError> {
    line(given, 200).ok_or(VisitError::PurposeInvalid)
}

/// What was talked about.
pub fn summary(given: &str) -> Result<String, VisitError> {
    text(given, 500).ok_or(VisitError::SummaryInvalid)
}

/// A note that stays in the park.
pub fn note(given: Option<String>) -> Result<Option<String>, VisitError> {
    optional_text(given, 2000).map_err(|_| VisitError::NoteInvalid)
}

/// Why it is cancelled.
pub fn reason(given: &str) -> Result<String, VisitError> {
    text(given, 1000).ok_or(VisitError::ReasonInvalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_ahead_is_agreed_and_what_lies_behind_was_held() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let minute = TimeDelta::minutes(1);
        assert_eq!(ahead(now, now), Err(VisitError::NotAhead));
        assert_eq!(ahead(now + minute, now), Ok(()));
        assert_eq!(
            ahead(now + FURTHEST + minute, now),
            Err(VisitError::NotAhead)
        );
        assert_eq!(behind(now, now), Ok(()));
        assert_eq!(behind(now + minute, now), Err(VisitError::NotYet));
        assert_eq!(end(now, None), Ok(now + USUAL));
        assert_eq!(end(now, Some(now)), Err(VisitError::EndInvalid));
        assert_eq!(
            end(now, Some(now + LONGEST + minute)),
            Err(VisitError::EndInvalid)
        );
        assert_eq!(is_open(State::Held), Err(VisitError::NotAgreed));
    }

    #[test]
    fn who_goes_somewhere_knows_where() {
        let nowhere = Some(" ".to_owned());
        for (kind, agreed, outcome) in [
            (Kind::OnSite, true, Err(VisitError::PlaceInvalid)),
            (Kind::Meeting, true, Err(VisitError::PlaceInvalid)),
            (Kind::Telephone, true, Ok(None)),
            (Kind::Message, true, Ok(None)),
            (Kind::OnSite, false, Ok(None)),
        ] {
            assert_eq!(place(kind, nowhere.clone(), agreed), outcome, "{kind:?}");
        }
        assert_eq!(
            place(Kind::OnSite, Some(" 一号楼 ".to_owned()), true),
            Ok(Some("一号楼".to_owned()))
        );
        assert_eq!(summary(" "), Err(VisitError::SummaryInvalid));
        assert_eq!(reason(""), Err(VisitError::ReasonInvalid));
    }
}
