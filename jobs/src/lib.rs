//! Qiyue.
