//! What may be rated, and how. After GB/T 39734-2020: voluntary, five levels, each service once.

use super::{Cause, Causes, Level};
use crate::{error::refusals, language::optional_text, obligation::State};

/// How long a comment may be, in characters.
pub const LONGEST_COMMENT: usize = 500;

refusals! {
    /// Why a rating was refused.
    pub enum RatingError as "RatingErrorCode" {
        /// Only what was fulfilled is rated.
        NotFulfilled = "NOT_FULFILLED", "事项履行后方可评价。", "A service can be rated only after it has been provided.";
        /// It has been rated.
        Rated = "RATED", "该事项已评价，每项服务评价一次。", "This service has already been rated; each service is rated once.";
        /// Nobody has replied to a bad rating, or the reply has been rated.
        NotAsked = "NOT_ASKED",
            "部门反馈整改结果后方可再次评价，每次反馈评价一次。",
            "You can rate again after the department has replied, once for each reply.";
        /// A comment is longer than 500 characters.
        CommentTooLong = "COMMENT_TOO_LONG", "评价意见不超过 500 字。", "Enter at most 500 characters.";
    }
}

/// Whether a service can be rated.
pub fn may_rate(state: State, rated: bool) -> Result<(), RatingError> {
    if state != State::Fulfilled {
        return Err(RatingError::NotFulfilled);
    }
    if rated {
        return Err(RatingError::Rated);
    }
    Ok(())
}

/// Causes as they are kept: those of a bad rating.
pub fn causes(level: Level, given: Vec<Cause>) -> Causes {
    Causes(if level.is_bad() {
        given.into_iter().collect()
    } else {
        Default::default()
    })
}

/// A comment as it is kept.
pub fn comment(given: Option<String>) -> Result<Option<String>, RatingError> {
    optional_text(given, LONGEST_COMMENT).map_err(|_| RatingError::CommentTooLong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_fulfilled_is_rated_once() {
        assert_eq!(may_rate(State::Fulfilled, false), Ok(()));
        assert_eq!(may_rate(State::Fulfilled, true), Err(RatingError::Rated));
        for state in [State::Open, State::Missed, State::Cancelled] {
            assert_eq!(may_rate(state, false), Err(RatingError::NotFulfilled));
        }
    }

    #[test]
    fn only_a_bad_rating_has_causes() {
        let given = || vec![Cause::Rude, Cause::OverLimit, Cause::Rude];
        assert_eq!(causes(Level::Dissatisfied, given()).0.len(), 2);
        assert_eq!(
            causes(Level::BasicallySatisfied, given()),
            Causes::default()
        );
        assert_eq!(
            comment(Some("字".repeat(501))),
            Err(RatingError::CommentTooLong)
        );
        assert_eq!(comment(Some(" ".to_owned())), Ok(None));
    }
}
