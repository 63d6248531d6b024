//! What each kind of letter is made from: names and dates, never a rule. Of the words only the one sentence is here that is both
//! the subject of the mail and the notice in the app. The facts stand by topic, as the words of the letters do.

use serde::Serialize;

use crate::language::Text;

mod account;
mod calendar;
mod case;
mod digest;
mod evaluation;
mod late;
mod liaison;
mod limit;
mod overdue;
mod owed;
mod public;
mod rectification;
mod silence;
mod system;
mod visit;

pub use self::{
    account::{Invitation, Inviter, Password},
    calendar::CalendarMissing,
    case::{Case, CaseLine, CaseStep},
    digest::{Chase, Digest, DigestLine, DigestNotice, LastDay, Urgency},
    evaluation::{EvaluationInvitation, EvaluationResult, ResultLine},
    late::{CriticismDraft, LateLine, RedList},
    liaison::{DeputyNamed, LiaisonChanged},
    limit::{LimitChanged, LimitLine, LimitStep},
    overdue::{StatutoryOverdue, SupervisionOrder},
    owed::{DueDatesMoved, MovedLine, ObligationOpened},
    public::{PublicReport, PublishedEvaluation},
    rectification::{RateAgain, Rectification, RectificationStep},
    silence::{
        SilenceIncident, SilenceLine, SilenceWarning, SilentDecision, SilentReader, SilentStep,
    },
    system::{ClockJumped, JobFailed, MailBouncing, SealForgotten, Undelivered, UndeliveredLetter},
    visit::{Visit, VisitStep},
};

/// What a letter is made from.
pub trait Facts: Serialize {
    /// What has happened, in one sentence: the subject of the mail and the notice in the app.
    fn headline(&self) -> Text;

    /// The page below the public address on which it is seen.
    fn path(&self) -> Option<&str> {
        None
    }
}

/// Whether a line of a letter that does not say was promised.
fn promised() -> bool {
    true
}

/// What stands before the headline of something that comes later than it should.
pub(crate) fn late(late: bool) -> (&'static str, &'static str) {
    if late {
        ("【补发】", "[Late] ")
    } else {
        ("", "")
    }
}
