//! What happens to it.
