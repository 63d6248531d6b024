//! All stories of Qiyue, one file per term and one per job.

mod arrows;
mod constraints;
mod enterprise;
mod http;
mod kill;
mod ledger;
mod liaison;
mod park;
mod session;
mod statements;
