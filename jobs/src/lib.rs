//! What happens by itself: the schedule, the jobs, the letters and the only mail transport.

pub mod absence_turn;
pub mod application_drafts;
pub mod calendar_check;
pub mod case_lapse;
pub mod completeness;
pub mod contract_expiry;
mod criticism;
pub mod deadline_warnings;
pub mod enterprise_progress;
pub mod escalation;
pub mod evaluation_cycle;
pub mod job;
pub mod job_watch;
pub mod last_day;
pub mod leader_report;
pub mod mail;
pub mod meters;
pub mod obligation_opening;
pub mod outbox_delivery;
mod pause_end;
pub mod permit_expiry;
mod public_report;
pub mod red_list;
pub mod report;
mod responsible;
pub mod runner;
pub mod schedule;
pub mod silence;
pub mod statutory_overdue;
mod unanswered;
pub mod undelivered;

pub use job::{Planned, RunReport};
pub use meters::Meters;
pub use outbox_delivery::{Relay, Settings};
pub use report::Press;
pub use runner::{Health, Runner, Running, SetupError, Timing};
