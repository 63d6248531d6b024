//! What every operation of the API goes through, whichever door it comes by: the gate that measures it, what may stand in its inputs,
//! how its lists are paged, its keys read together, its command run and its errors worded. It knows no term of the domain.

pub mod coded;
pub mod command;
pub mod error;
pub mod form;
pub mod gate;
pub mod input;
pub mod ledger;
pub mod loaders;
pub mod operation;
pub mod order;
pub mod page;
pub mod row;
pub mod scalar;
pub mod wait;
