//! News (动态): what others have changed for the enterprises that a person looks after, as the audit trail has it. It has no table
//! of its own.

pub mod repository;
pub mod rules;
