//! The domain of Qiyue, lowest module first: a module may use only what stands above it in this list.

// Servants.
pub mod clock;
pub mod error;
pub mod id;
pub mod language;
pub mod page;
pub mod permission;
pub mod store;
pub mod viewer;

// Infrastructure of the domain.
pub mod audit;

// The contract.
pub mod contract;
pub mod document;

// Projects and the ledger.
pub mod calendar;
pub mod deadline;
pub mod ledger;
pub mod milestone;
pub mod project;
