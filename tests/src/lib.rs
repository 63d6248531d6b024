//! The whole of Qiyue under test: its databases, its clock, its people, its doors and its mailbox.
//!
//! A story is written once and runs on both databases:
//!
//! ```ignore
//! use tests::{Park, stories};
//!
//! stories! {
//!     async fn a_stranger_sees_nothing(park: Park) { /* … */ }
//! }
//! ```
//!
//! gives the tests `a_stranger_sees_nothing::on_sqlite` and `a_stranger_sees_nothing::on_postgres`.

pub mod app;
pub mod browser;
pub mod clock;
pub mod cut;
pub mod database;
pub mod dump;
pub mod effects;
pub mod hottest;
pub mod ical;
pub mod ledger;
pub mod mailbox;
pub mod matters;
pub mod memory;
pub mod notice;
pub mod pages;
pub mod people;
pub mod program;
pub mod promise;
pub mod schema;
pub mod size;
pub mod smtp;
pub mod story;
pub mod trial;
pub mod window;

pub use app::{Park, Sent};
pub use database::Backend;
pub use people::Who;
