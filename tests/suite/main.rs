//! All stories of Qiyue, one file per term and one per job.

mod arrows;
mod constraints;
mod http;
mod ledger;
mod kill;
mod park;
mod statements;
