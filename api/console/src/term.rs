//! The terms of the domain on pages, named as the API names them. A page has `use super::term::*;`; code and words of a value stand
//! with the term in the domain.

pub use api_door::{coded::Coded, page::SortDirection};
pub use entity::{
    absence::State as AbsenceState,
    application::material::Way as MaterialWay,
    application::rules::{Asked as ApplicationFieldAsked, Supply as ApplicationSupply},
    application::{Channel as ApplicationChannel, State as ApplicationState},
    calendar::rules::DayNature as DayKind,
    case::{
        Acceptance as CaseAcceptance, Delivery as CaseDelivery, State as CaseState,
        Turn as CaseTurn, clock::Clock as CaseClockKind, event::Kind as CaseEventKind,
        silence::Act as SilentAct,
    },
    catalogue::{
        Authority as ExtensionAuthority, Clock as ItemClock, FieldKind, FieldSource,
        Grade as MaterialGrade, ItemStatus as CatalogueItemStatus, LimitUnit, Mark as SourceMark,
        MaterialForm, MaterialSource, Outcome as ItemOutcome, SilenceClass,
        StartEvent as LimitStart, Tolerance as MaterialTolerance, ValidityKind,
    },
    command::News as NewsKind,
    comment::Audience as CommentAudience,
    commitment::{
        Kind as CommitmentKind, Owner as CommitmentOwner, Recurrence as CommitmentRecurrence,
    },
    condition::Truth,
    contract::{Origin as ContractOrigin, State as ContractState},
    deadline::pause::Kind as PauseKind,
    deadline::rules::{Light, Side as ContractSide, StepRole as DeadlineStepRole},
    deadline::{LegalEffect, State as DeadlineState, Unit as DeadlineUnit},
    evaluation::answers::{
        Aspect as EvaluationAspect, Check as EvaluationCheck, CheckAnswer as EvaluationCheckAnswer,
        Level as EvaluationLevel, Service as EvaluationService, Visits as EvaluationVisits,
    },
    evaluation::objection::State as EvaluationObjectionState,
    evaluation::performance::Part as PerformancePart,
    evaluation::scoring::{Band as EvaluationBand, ScoreStanding as EvaluationStanding},
    evaluation::{Confidentiality as EvaluationConfidentiality, State as EvaluationState},
    item::version::State as ItemVersionState,
    language::Language as Tongue,
    ledger::{Fate as LedgerFate, Outcome as LedgerOutcome},
    liaison::State as LiaisonState,
    milestone::rules::Light as ProjectLight,
    obligation::State as ObligationState,
    outbox::hold::Cause as MailHoldCause,
    outbox::{
        Class as LetterClass, Duty as LetterDuty, Phase as LetterPhase, State as LetterState,
    },
    pending::Kind as PendingDecisionKind,
    permission::Action as PermittedAction,
    permit::Kind as PermitKind,
    permit::rules::PermitStanding,
    project::State as ProjectState,
    project::requirement::Outcome as GateOutcome,
    project::rules::GateStep,
    rating::{Cause as EvaluationCause, Level as RatingLevel},
    rectification::{
        Act as RectificationAct, Complexity as RectificationComplexity,
        State as RectificationState, Verification as RectificationVerification,
    },
    report::Kind as ReportKind,
    report::file::Format as ReportFormat,
    saved_filter::List as SavedFilterList,
    schedule::run::{
        Cause as JobRunCause, SkippedBecause as JobRunSkippedBecause, State as JobRunState,
    },
    session::Kind as SessionKind,
    setup::Step as SetupStep,
    supervision::{State as SupervisionOrderState, entry::Kind as SupervisionEntryKind},
    term::Term,
    viewer::Role,
    visit::{Kind as VisitKind, State as VisitState},
};
use serde::{Deserialize, Serialize};

use super::frame::Frame;

/// A language of the people, as the API spells it; pages know it as [`Tongue`].
pub type Language = Coded<Tongue>;

/// A day of the week, as the API spells it.
pub type Weekday = Coded<chrono::Weekday>;

/// How a term is said on a page.
pub trait Say: Term {
    /// Its word on a page.
    fn say(self, f: &Frame) -> &'static str {
        self.word(f.language)
    }

    /// All values to choose from: as they are spelt, and what is said.
    fn choices(f: &Frame) -> Vec<(String, String)> {
        let choice = |term: &Self| (term.code().to_owned(), term.say(f).to_owned());
        <Self as Term>::ALL.iter().map(choice).collect()
    }
}

impl<T: Term> Say for T {}

/// A state that is shown without a light.
pub trait Tone {
    /// The tone in which it is shown: `done`, `live` (at work), `held` (waits for somebody), `wrong`, `over`.
    fn tone(self) -> &'static str;
}

impl Tone for EvaluationState {
    fn tone(self) -> &'static str {
        match self {
            Self::Compiled | Self::Closed | Self::Scored | Self::Approved => "held",
            Self::Open => "live",
            Self::Published => "done",
        }
    }
}

impl Tone for RectificationState {
    fn tone(self) -> &'static str {
        match self {
            Self::Open | Self::Contacted | Self::Verified | Self::Upheld | Self::Rectifying => {
                "live"
            }
            Self::Appealed | Self::FedBack => "held",
            Self::Reopened | Self::Supervised => "wrong",
            Self::Closed | Self::Settled => "done",
            Self::Excluded => "over",
        }
    }
}

impl Tone for CaseState {
    fn tone(self) -> &'static str {
        match self {
            Self::Received | Self::Accepted => "live",
            Self::CorrectionAsked | Self::PendingConfirmation => "held",
            Self::Decided | Self::Delivered => "done",
            Self::Ended => "over",
            Self::Revoked => "wrong",
        }
    }
}

impl Tone for SupervisionOrderState {
    fn tone(self) -> &'static str {
        match self {
            Self::Ordered => "live",
            Self::Answered => "held",
            Self::Settled => "done",
        }
    }
}

impl Tone for ItemVersionState {
    fn tone(self) -> &'static str {
        match self {
            Self::Draft => "live",
            Self::Proposed => "held",
            Self::Published => "done",
            Self::Retired => "over",
        }
    }
}

impl Tone for ApplicationState {
    fn tone(self) -> &'static str {
        match self {
            Self::Draft => "live",
            Self::Received => "done",
        }
    }
}

impl Tone for CommentAudience {
    fn tone(self) -> &'static str {
        match self {
            Self::Internal => "held",
            Self::Shared => "live",
        }
    }
}

impl Tone for JobRunState {
    fn tone(self) -> &'static str {
        match self {
            Self::Claimed | Self::Running => "live",
            Self::Succeeded => "done",
            Self::Failed | Self::Abandoned => "wrong",
            Self::Skipped => "over",
        }
    }
}

impl Tone for ContractState {
    fn tone(self) -> &'static str {
        match self {
            Self::Draft | Self::LegalReview | Self::LeaderApproved | Self::Signed => "live",
            Self::Active | Self::Renewed => "done",
            Self::Amending | Self::Suspended => "held",
            Self::Expired | Self::Terminated => "over",
        }
    }
}

impl Tone for PermitStanding {
    fn tone(self) -> &'static str {
        match self {
            Self::Held => "done",
            Self::ToRenew => "held",
            Self::TooLate | Self::Ended => "wrong",
        }
    }
}

impl Tone for AbsenceState {
    fn tone(self) -> &'static str {
        match self {
            Self::Planned => "held",
            Self::Current => "live",
            Self::Ended => "over",
        }
    }
}

impl Tone for VisitState {
    fn tone(self) -> &'static str {
        match self {
            Self::Agreed => "live",
            Self::Held => "done",
            Self::Cancelled => "over",
        }
    }
}

impl Tone for LedgerOutcome {
    fn tone(self) -> &'static str {
        match self {
            Self::Refused => "wrong",
            Self::Changed => "held",
            Self::New => "live",
            Self::Unchanged => "over",
        }
    }
}

impl Tone for LetterState {
    fn tone(self) -> &'static str {
        match self {
            Self::Pending | Self::Sending => "live",
            Self::Sent => "done",
            Self::Ambiguous | Self::Held => "held",
            Self::Dead => "wrong",
            Self::Expired | Self::Suppressed | Self::Cancelled | Self::Superseded => "over",
        }
    }
}

/// By what the API sorts its lists. It stands in no page: an address names the order in words of its own.
macro_rules! sort_fields {
    ($($name:ident { $($field:ident = $code:literal),+ })+) => {
        $(
            /// By what the API sorts such a list.
            #[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
            pub enum $name {
                #[default]
                $(#[serde(rename = $code)] $field,)+
            }
        )+

        /// Every one with its spelling, for the test that holds them against the schema.
        #[cfg(test)]
        const SORT_FIELDS: &[(&str, &[&str])] = &[$((stringify!($name), &[$($code),+]),)+];
    };
}

sort_fields! {
    ObligationSortField { OpenedAt = "OPENED_AT", DueOn = "DUE_ON" }
    ContractSortField { Number = "NUMBER", StartsOn = "STARTS_ON", EndsOn = "ENDS_ON" }
    EnterpriseSortField { CreatedAt = "CREATED_AT", Name = "NAME", CreditCode = "CREDIT_CODE", Industry = "INDUSTRY" }
    ProjectSortField { Name = "NAME" }
    AuditSortField { At = "AT" }
    LetterSortField { CreatedAt = "CREATED_AT" }
    AccountSortField { Login = "LOGIN", Name = "NAME", CreatedAt = "CREATED_AT" }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::{
        parse_schema,
        types::{TypeKind, TypeSystemDefinition},
    };

    use super::SORT_FIELDS;

    #[test]
    fn a_list_is_sorted_by_what_the_api_knows() {
        let schema = parse_schema(include_str!("../../schema.graphql")).expect("our own schema");
        for (name, spelt) in SORT_FIELDS {
            let known = schema
                .definitions
                .iter()
                .find_map(|definition| match definition {
                    TypeSystemDefinition::Type(known) if known.node.name.node == *name => {
                        match &known.node.kind {
                            TypeKind::Enum(values) => Some(&values.values),
                            _ => None,
                        }
                    }
                    _ => None,
                });
            let known = known.unwrap_or_else(|| panic!("the API has no enum {name}"));
            let known: Vec<&str> = known
                .iter()
                .map(|value| value.node.value.node.as_str())
                .collect();
            assert!(
                spelt.iter().all(|field| known.contains(field)),
                "{name}: {known:?}"
            );
        }
    }
}
