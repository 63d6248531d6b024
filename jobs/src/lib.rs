//! What happens by itself: the schedule, the jobs, the letters and the only mail transport.

pub mod mail;
