//! The doors of Qiyue: GraphQL over HTTP, the command line, and the one place where everything is put together.

// The fields of the schema are one future within the other, term by term.
#![recursion_limit = "256"]

pub mod app;
pub mod cli;
pub mod config;
pub mod console;
pub mod demo;
pub mod graphql;
pub mod http;
pub mod import;
pub mod telemetry;
mod wait;
