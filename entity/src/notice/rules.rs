//! What may be called read.

use chrono::{DateTime, Utc};

use crate::error::refusals;

refusals! {
    /// Why notices are not marked as read.
    pub enum NoticeError as "NoticeErrorCode" {
        /// The moment is in the future.
        InTheFuture = "IN_THE_FUTURE",
            "该时间尚未到来，请给出查看列表的时间。",
            "This time is in the future: give the time at which the list was viewed.";
    }
}

/// Whether everything up to `seen` may be called read.
pub fn may_have_seen(seen: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), NoticeError> {
    if seen > now {
        return Err(NoticeError::InTheFuture);
    }
    Ok(())
}
