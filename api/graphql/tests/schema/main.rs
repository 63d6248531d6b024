//! What the schema as a whole must keep to, seen from outside.

mod conventions;
mod inputs;
mod text;
