//! Material of an application (申请材料): in which way one material is handed in, once for all items that ask for it.

use sea_orm::entity::prelude::*;

use crate::term::term;

term! {
    /// In which way a material is handed in.
    pub enum Way as "MaterialWay" in "String(StringLen::N(8))" {
        /// Its files are attached.
        File = "FILE", "随申请提交", "Attached";
        /// It follows until its day.
        Follows = "FOLLOWS", "容缺后补", "Follows";
        /// A written promise replaces it.
        Promise = "PROMISE", "告知承诺", "Replaced by a promise";
    }
}

/// One material of one application.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application_material")]
pub struct Model {
    /// The application.
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: Uuid,
    /// The material: the key that several items share, otherwise its item and its number, such as "R04/3".
    #[sea_orm(primary_key, auto_increment = false)]
    pub material: String,
    /// In which way it is handed in.
    pub way: Way,
}

/// Its files are a table of their own.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
