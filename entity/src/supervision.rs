//! Supervision (督办): the supervisor or a leader orders the department in charge to answer in writing for a promise that stays
//! overdue although it was chased.

pub mod commands;
pub mod repository;
pub mod rules;
