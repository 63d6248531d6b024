//! Hold (停发): whether letters may leave at all, and the key with which this database signs the links and return paths of its
//! letters. One row.

use sea_orm::entity::prelude::*;

use crate::term::term;

/// Why letters are held back by what this row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(8))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum Hold {
    /// 人工停发: somebody asked for it.
    Person,
    /// 恢复后停发: the database is older than what this installation has already sent.
    Restore,
}

term! {
    /// Why letters are held back.
    pub enum Cause as "MailHoldCause" {
        /// The setting `mail_hold` of this process; only a restart without it lets mail go.
        Setting = "SETTING", "由配置停发", "Held by a setting";
        /// Somebody asked for it.
        Person = "PERSON", "由管理员停发", "Held by an administrator";
        /// The database was restored from a backup that is older than what was sent.
        Restore = "RESTORE", "数据库刚从备份恢复", "Database restored from a backup";
    }
}

impl From<Hold> for Cause {
    fn from(hold: Hold) -> Self {
        match hold {
            Hold::Person => Self::Person,
            Hold::Restore => Self::Restore,
        }
    }
}

/// The one row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_state")]
pub struct Model {
    /// Always [`ONLY`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Names this database for ever: a copy or a restored backup has the same name, a new database another.
    pub database_id: Uuid,
    /// What return paths and unsubscribe links are signed with.
    pub signing_key: Vec<u8>,
    /// Why letters are held back; nothing while they may leave.
    pub hold: Option<Hold>,
    /// Since when.
    pub held_at: Option<DateTimeUtc>,
    /// By whom, if it was a person.
    pub held_by: Option<Uuid>,
    /// The reason given.
    pub reason: Option<String>,
    /// When a person last let mail go. Whatever was sent before is that person's decision: no older mark holds mail again.
    pub released_at: Option<DateTimeUtc>,
    /// Optimistic version.
    pub version: i32,
    /// How often this database has let something out that no copy of it can take back: letters whose body was about to go to a relay,
    /// and holds after a restore. What a mark remembers.
    pub let_out: i64,
    /// When a machine whose mark fits last looked, by the clock of the database: beside it, one without a mark is only new.
    pub vouched_at: Option<DateTimeUtc>,
}

/// The key of the one row.
pub const ONLY: i32 = 1;

/// Nothing hangs below it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
