//! All stories of Qiyue, one file per term and one per job.

mod arrows;
mod constraints;
mod enterprise;
mod http;
mod jobs;
mod kill;
mod ledger;
mod liaison;
mod outbox;
mod park;
mod runner;
mod session;
mod start;
mod statements;
mod warnings;
