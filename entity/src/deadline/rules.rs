//! What may happen to it.
