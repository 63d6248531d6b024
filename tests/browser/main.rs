//! Stories told before a real browser: every page as every role sees it, in both languages and both colour schemes.

mod contract;
mod desk;
mod audit;
mod administration;
mod centre;
mod entrance;
mod evaluation;
mod find;
mod item;
mod keyboard;
mod leader;
mod many;
mod obligation;
mod pages;
mod paper;
mod plain;
mod profile;
mod own;
mod project;
mod rectification;
mod report;
mod session;
mod setup;
mod supervision;
mod telephone;
mod visit;
