//! Sheet (纸质评议表): the form of one enterprise on paper, known by its code alone. It is typed in twice, by two people; what was read on it
//! lies sealed beside it. As soon as it has become an answer, and when the evaluation closes, it is gone, and its code with it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{Confidentiality, answers::Answers, rules::AnswerError, sealed};
use crate::{
    error::{CommandError, Fault},
    seal::Seal,
    term::term,
};

term! {
    /// How far a sheet has come.
    pub enum State as "EvaluationSheetState" in "String(StringLen::N(10))" {
        /// It lies with the enterprise.
        Issued = "ISSUED", "已发放", "With the enterprise";
        /// Typed in once; somebody else types it in, too.
        Entered = "ENTERED", "已录入一次", "Entered once";
        /// Two people have read it differently: a third look decides.
        Different = "DIFFERENT", "两次录入不一致", "Entries differ";
    }
}

/// One sheet. It has no time, so that nothing tells when it was printed or typed in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation_sheet")]
pub struct Model {
    /// A random key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The evaluation.
    pub evaluation_id: Uuid,
    /// The form that is printed on it.
    #[sea_orm(unique)]
    pub form_id: Uuid,
    /// SHA-256 of the code. The code itself is printed, and kept nowhere.
    #[sea_orm(unique)]
    pub code_hash: String,
    /// How far it has come.
    pub state: State,
    /// What the first person has read.
    #[sea_orm(column_type = "Json", nullable)]
    pub first: Option<Sealed>,
    /// Who.
    pub first_by: Option<Uuid>,
    /// What the second person has read, where it differs.
    #[sea_orm(column_type = "Json", nullable)]
    pub second: Option<Sealed>,
    /// Who.
    pub second_by: Option<Uuid>,
    /// Counts the changes.
    pub version: i32,
}

/// An [`Entry`] that is sealed, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Sealed(String);

impl Sealed {
    /// Seals what was read on a sheet of an evaluation.
    pub fn of(seal: &Seal, evaluation_id: Uuid, entry: &Entry) -> Result<Self, Fault> {
        let sealed = sealed::seal(seal, evaluation_id, entry)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(sealed)))
    }

    /// What was read.
    ///
    /// # Errors
    /// It was sealed by a key that is not here.
    pub fn open(
        &self,
        seal: &Seal,
        evaluation_id: Uuid,
    ) -> Result<Entry, CommandError<AnswerError>> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).unwrap_or_default();
        sealed::open(seal, evaluation_id, &bytes)
    }
}

/// What somebody has read on a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Entry {
    /// How open the answer is to be.
    pub confidentiality: Confidentiality,
    /// What is answered.
    pub answers: Answers,
    /// F1: how to call back.
    pub call_back: Option<String>,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
