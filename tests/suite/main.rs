//! All stories of Qiyue, one file per term and one per job.

mod arrows;
mod commitment;
mod constraints;
mod contract;
mod deadline;
mod enterprise;
mod http;
mod job;
mod jobs;
mod kill;
mod ledger;
mod liaison;
mod mail;
mod mail_process;
mod obligation;
mod outbox;
mod park;
mod replica;
mod report;
mod retries;
mod runner;
mod session;
mod start;
mod statements;
mod warnings;
