//! Stories told before a real browser: every page as every role sees it, in both languages and both colour schemes.

mod administration;
mod centre;
mod entrance;
mod obligation;
