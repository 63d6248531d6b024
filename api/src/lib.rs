//! The doors of Qiyue: GraphQL over HTTP, the command line, and the one place where everything is put together.

pub mod app;
pub mod cli;
pub mod config;
pub mod console;
pub mod demo;
pub mod graphql;
pub mod http;
pub mod import;
pub mod telemetry;
