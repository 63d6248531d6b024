//! Application (申请): one form of an enterprise for several items of the catalogue, filled in once. It is a draft until it is received; from then
//! on it never changes, and each of its items is a case of its own.

use sea_orm::entity::prelude::*;

use crate::term::term;

pub mod commands;
pub mod field;
pub mod file;
pub mod item;
pub mod material;
pub mod repository;
pub mod rules;
pub mod serial;

term! {
    /// Whether an application was handed in.
    pub enum State as "ApplicationState" in "String(StringLen::N(8))" {
        /// It is being filled in, and nobody decides on it.
        Draft = "DRAFT", "草稿", "Draft";
        /// It was handed in and received.
        Received = "RECEIVED", "已收件", "Received";
    }
}

term! {
    /// On which way an application came.
    pub enum Channel as "ApplicationChannel" in "String(StringLen::N(8))" {
        /// The enterprise filled it in itself.
        Online = "ONLINE", "网上申请", "Online";
        /// An officer typed it in at the window.
        Window = "WINDOW", "窗口申请", "At the window";
        /// An agent filled it in on a mandate.
        Agent = "AGENT", "代办", "By an agent";
        /// It came by post and was typed in.
        Mail = "MAIL", "邮寄", "By post";
    }
}

/// One application.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its number once it was received: the year and six digits.
    pub number: Option<String>,
    /// Who applies.
    pub enterprise_id: Uuid,
    /// For which project, if for one.
    pub project_id: Option<Uuid>,
    /// The edition of the catalogue whose fields its form has.
    pub edition_id: Uuid,
    /// Whether it was handed in.
    pub state: State,
    /// On which way it came.
    pub channel: Channel,
    /// Who began it.
    pub created_by: Uuid,
    /// When.
    pub created_at: DateTimeUtc,
    /// When anything of it was changed last.
    pub changed_at: DateTimeUtc,
    /// The last day on which a draft is kept unless it is changed before.
    pub kept_until: Option<Date>,
    /// When it was last said that the draft will be deleted.
    pub reminded_on: Option<Date>,
    /// Who handed it in, or took it in at the window.
    pub received_by: Option<Uuid>,
    /// When.
    pub received_at: Option<DateTimeUtc>,
    /// Grows by one with every change, so that what is handed in is what was checked. Fields are saved each by itself, with a version of its own.
    pub version: i32,
}

/// What belongs to it are tables of their own.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
