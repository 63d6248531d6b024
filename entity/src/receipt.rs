//! Receipt (收件回执): what an applicant is told in the moment in which an application is received: its number, its cases, by when each answer
//! comes, and what silence means. With it the application becomes cases.

pub mod answer;
pub mod commands;
pub mod repository;
pub mod rules;
