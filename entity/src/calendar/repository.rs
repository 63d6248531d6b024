//! How it is kept.
