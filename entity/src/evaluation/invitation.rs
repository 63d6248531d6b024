//! Invitation (评议邀请): a personal link to a form, for whoever has no account at hand. It works until the form is answered or the evaluation
//! closes. Opening it changes nothing, so that mail programs which follow links do no harm.

use sea_orm::entity::prelude::*;

/// One link. Its secret is in the letter and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation_link")]
pub struct Model {
    /// SHA-256 of the secret.
    #[sea_orm(primary_key, auto_increment = false)]
    pub secret_hash: String,
    /// The form it opens.
    pub form_id: Uuid,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
