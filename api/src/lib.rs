//! Qiyue as a program: its command line, its settings, its demonstration, and the one place where everything is put together.

pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod telemetry;
