//! Acknowledgement (知悉): a person knows of an overdue promise, and its repeats rest for him; the clock, the lights and other people's
//! letters go on. Kept as a warning of which he has told himself.

pub mod commands;
pub mod repository;
pub mod rules;
