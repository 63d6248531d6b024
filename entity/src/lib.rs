//! The domain of Qiyue, lowest module first: a module may use only what stands above it in this list.

// Servants.
pub mod clock;
pub mod text;
pub mod day;
pub mod language;
pub mod term;
pub mod address;
pub mod share;
pub mod id;
pub mod error;
pub mod telephone;
pub mod private;
pub mod seal;
pub mod link;
pub mod page;
pub mod values;
pub mod condition;
pub mod policy;
pub mod park;
pub mod viewer;
pub mod permission;
pub mod decision;
pub mod command;
pub mod idempotency;
pub mod subject;
pub mod kept;
pub mod store;
pub mod table;

// Infrastructure of the domain.
pub mod audit;
pub mod notice;
pub mod outbox;
pub mod calendar;
pub mod schedule;
pub mod deadline;

// People and sides.
pub mod account;
pub mod session;
pub mod preference;
pub mod absence;
pub mod saved_filter;

pub mod department;
pub mod enterprise;
pub mod liaison;

// What can be applied for in the approval hall.
pub mod catalogue;

// What belongs to an enterprise.
pub mod document;
pub mod attachment;

// The contract.
pub mod contract;
pub mod commitment;
pub mod obligation;
pub mod warning;
pub mod supervision;
pub mod acknowledgement;

// What ends by itself, and which promises that calls on.
pub mod permit;

// Projects, visits and the ledger.
pub mod project;
pub mod milestone;
pub mod visit;
pub mod comment;
pub mod ledger;

// What the hall decides on, what a project needs of it, and what is applied for.
pub mod item;
pub mod needs;
pub mod application;
pub mod case;
pub mod receipt;

// What the enterprises say of it all, and what a low mark sets going.
pub mod rectification;
pub mod kinds;
pub mod recount;
pub mod rating;
pub mod evaluation;

// What leads to a running park.
pub mod setup;
// What waits for a decision.
pub mod pending;

// Dates for calendar programs.
pub mod feed;

// Figures: nothing depends on them.
pub mod board;
pub mod report;

// What has been done, read back.
pub mod trail;
pub mod news;
