//! Errors of commands and reads. Rules have their own typed errors; this is what every command shares.

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlErr, sqlx::Error as SqlxError};
use uuid::Uuid;

use crate::language::{Language, Text};

/// Why a command did not happen. `E` are the refusals of its rule: things the person can mend. After any of these nothing
/// has changed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError<E> {
    /// The rule said no, for these reasons (never empty).
    #[error("refused")]
    Refused(Vec<Refusal<E>>),
    /// Everything else.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// One reason of a refusal, and the input it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal<E> {
    /// What is wrong, as the rule knows it.
    pub code: E,
    /// The names of the input field, outermost first, in camel case as the API spells them; empty when it is about the whole.
    pub path: Vec<&'static str>,
}

/// The sentence a refusal shows to people. Every rule's error type implements it.
pub trait Explain {
    /// What is wrong and what to do, in both languages.
    fn explain(&self) -> Text;
}

/// A refusal that says more than its code does: what is wrong with one value among many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detailed<E> {
    /// What is wrong, as the rule knows it.
    pub code: E,
    /// What is wrong and what is expected; the sentence of the code when nothing is said.
    pub told: Option<Text>,
}

impl<E> From<E> for Detailed<E> {
    fn from(code: E) -> Self {
        Self { code, told: None }
    }
}

impl<E: Explain> Explain for Detailed<E> {
    fn explain(&self) -> Text {
        self.told.clone().unwrap_or_else(|| self.code.explain())
    }
}

/// Defines the refusals of a rule: a term whose words are the sentences that people read. It carries data only:
///
/// ```ignore
/// refusals! {
///     /// Why a command on a permit was refused.
///     pub enum PermitError as "PermitErrorCode" {
///         /// It was withdrawn.
///         Withdrawn = "WITHDRAWN", "证照已注销。", "The permit was withdrawn: nothing is done with it any more.";
///     }
/// }
/// ```
macro_rules! refusals {
    (
        #[doc = $about:literal]
        pub enum $term:ident as $name:literal {
            $(#[doc = $means:literal] $value:ident = $code:literal, $zh:literal, $en:literal;)+
        }
    ) => {
        #[doc = $about]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $term {
            $(#[doc = $means] $value,)+
        }

        $crate::term::term! {
            #[doc = $about]
            impl $term as $name { $(#[doc = $means] $value = $code, $zh, $en;)+ }

            /// Its sentence is for the person who is refused.
            fn described(self) -> String {
                self.about().to_owned()
            }
        }

        impl $crate::error::Explain for $term {
            fn explain(&self) -> $crate::language::Text {
                $crate::term::Term::text(*self)
            }
        }
    };
}
pub(crate) use refusals;

/// What is common to all commands and reads.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Nobody has signed in.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// The role may not do this at all.
    #[error("the role may not do this")]
    Forbidden,
    /// It does not exist, or this viewer may not know that it does.
    #[error("not found")]
    NotFound,
    /// Somebody changed it meanwhile, or took the one place there is.
    #[error("changed meanwhile")]
    Conflict(Conflict),
    /// Its idempotency key was used for a request with other content.
    #[error("the idempotency key was used for another request")]
    KeyUsed,
    /// The database failed.
    #[error("database: {0}")]
    Database(DbErr),
    /// A newer program has changed the tables: this one writes nothing more.
    #[error("a newer version of Qiyue has changed the tables: nothing is written")]
    Outdated,
    /// Something of ours is wrong.
    #[error("internal: {0}")]
    Internal(String),
}

/// What a stale change runs into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflict {
    /// The object, when it is one.
    pub id: Option<Uuid>,
    /// Its version now.
    pub current_version: Option<i32>,
}

impl<E> CommandError<E> {
    /// A refusal about one input field.
    pub fn refused(path: &[&'static str], code: E) -> Self {
        Self::Refused(vec![Refusal {
            code,
            path: path.to_vec(),
        }])
    }

    /// The same with what was refused said by another rule.
    pub fn refused_as<R>(self, code: impl Fn(E) -> R) -> CommandError<R> {
        match self {
            Self::Fault(fault) => CommandError::Fault(fault),
            Self::Refused(refusals) => CommandError::Refused(
                refusals
                    .into_iter()
                    .map(|Refusal { code: own, path }| Refusal {
                        code: code(own),
                        path,
                    })
                    .collect(),
            ),
        }
    }
}

impl<E> From<DbErr> for CommandError<E> {
    fn from(error: DbErr) -> Self {
        Self::Fault(error.into())
    }
}

impl<E> From<Vec<Refusal<E>>> for CommandError<E> {
    fn from(refusals: Vec<Refusal<E>>) -> Self {
        Self::Refused(refusals)
    }
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        if is_unique_violation(&error) {
            return Self::Conflict(Conflict::default());
        }
        Self::Database(error)
    }
}

impl Fault {
    /// The database has not answered in time: it is away.
    pub fn unanswered() -> Self {
        Self::Database(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))
    }

    /// Whether the database is away: the same may succeed in a moment.
    pub fn is_away(&self) -> bool {
        matches!(self, Self::Database(error) if is_away(error))
    }

    /// Whether what was asked may succeed in a moment, here or in another process.
    pub fn is_passing(&self) -> bool {
        self.is_away() || matches!(self, Self::Outdated)
    }

    /// The sentence for people.
    pub fn explain(&self, language: Language) -> String {
        let text = match self {
            _ if self.is_away() => Text::new(
                "数据库暂时无法使用，请稍后重试。",
                "The database cannot be used at the moment: please try again shortly.",
            ),
            Self::Unauthenticated => Text::new("请先登录。", "Please sign in first."),
            Self::Forbidden => {
                Text::new("您的角色无权进行此操作。", "Your role does not allow this.")
            }
            Self::NotFound => Text::new("未找到。", "Not found."),
            Self::Conflict(_) => Text::new(
                "内容已被他人修改，请刷新后重试。",
                "Somebody has changed this in the meantime: reload and try again.",
            ),
            Self::KeyUsed => Text::new(
                "该幂等键已用于内容不同的请求，此次未办理：重发同一请求须内容相同，新的请求请换一个键。",
                "This idempotency key was used for a request with other content, and nothing was done: send the same content again, or take a new key.",
            ),
            Self::Outdated => Text::new(
                "系统正在升级，请稍后重试。",
                "The system is being upgraded: please try again shortly.",
            ),
            Self::Database(_) | Self::Internal(_) => Text::new(
                "系统出错，请稍后重试。",
                "Something went wrong on our side: please try again later.",
            ),
        };
        text.in_language(language).to_owned()
    }
}

/// Lets pass who has seen the version that the thing `id` has now; CONFLICT otherwise.
pub fn expect_version(id: Uuid, version: i32, expected: i32) -> Result<(), Fault> {
    if version == expected {
        return Ok(());
    }
    Err(Fault::Conflict(Conflict {
        id: Some(id),
        current_version: Some(version),
    }))
}

/// Lets pass a guarded change of the thing `id` that met its row; CONFLICT when somebody was first.
pub fn expect_saved(rows: u64, id: Uuid) -> Result<(), Fault> {
    if rows == 1 {
        return Ok(());
    }
    Err(Fault::Conflict(Conflict {
        id: Some(id),
        current_version: None,
    }))
}

/// Whether a unique constraint (or an exclusion of overlapping terms) refused the row: somebody else was first.
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
        || sqlstate(error).as_deref() == Some("23P01")
        || error.to_string().contains("QIYUE_OVERLAP")
}

/// Whether another row still refers to the one that was to go, or the one referred to is absent.
pub fn is_reference_violation(error: &DbErr) -> bool {
    // SQLite reports RESTRICT as extended code 1811, which the library leaves unmapped.
    matches!(
        error.sql_err(),
        Some(SqlErr::ForeignKeyConstraintViolation(_))
    ) || sqlstate(error).as_deref() == Some("1811")
}

/// Whether the database refuses what a row says (a constraint, or text that it cannot keep), so that the same row never succeeds.
pub fn is_row_refused(error: &DbErr) -> bool {
    sqlstate(error).is_some_and(|code| {
        // PostgreSQL: data exceptions and integrity constraints; SQLite: constraints of every kind, and values that are too big.
        (code.len() == 5 && (code.starts_with("22") || code.starts_with("23")))
            || (code.len() < 5
                && code
                    .parse()
                    .is_ok_and(|code: u32| matches!(code & 0xff, 18..=20)))
    })
}

/// Whether the same transaction may succeed when it is run again (serialisation failure, deadlock, busy file).
pub fn is_transient(error: &DbErr) -> bool {
    matches!(
        sqlstate(error).as_deref(),
        Some("40001" | "40P01" | "5" | "517")
    )
}

/// Whether somebody else has kept a lock of PostgreSQL for longer than was waited.
pub fn is_locked(error: &DbErr) -> bool {
    sqlstate(error).as_deref() == Some("55P03")
}

/// Whether the database could not be reached or could not write, or not in time: nothing is wrong with what was asked.
pub fn is_away(error: &DbErr) -> bool {
    if let DbErr::ConnectionAcquire(_) = error {
        return true;
    }
    let (DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))
    | DbErr::Conn(RuntimeErr::SqlxError(inner))) = error
    else {
        return matches!(error, DbErr::Conn(_));
    };
    match inner.as_database_error() {
        Some(told) => told.code().is_some_and(|code| is_code_of_absence(&code)),
        // Everything that is no answer of the database: sockets, time-outs, a closed pool.
        None => !matches!(
            inner.as_ref(),
            SqlxError::RowNotFound
                | SqlxError::TypeNotFound { .. }
                | SqlxError::ColumnIndexOutOfBounds { .. }
                | SqlxError::ColumnNotFound(_)
                | SqlxError::ColumnDecode { .. }
                | SqlxError::Encode(_)
                | SqlxError::Decode(_)
        ),
    }
}

/// PostgreSQL: a connection that broke, a server that shuts down or starts up, a full disk or no memory, a server that only reads, a
/// lock that somebody else kept for too long.
/// SQLite, whose codes have the kind in their lowest byte: a file that another process has locked, a disk that fails, is full or
/// cannot be opened.
fn is_code_of_absence(code: &str) -> bool {
    const BUSY: u32 = 5;
    const IO: u32 = 10;
    const FULL: u32 = 13;
    const CANNOT_OPEN: u32 = 14;
    match code.len() {
        5 => ["08", "57P", "53", "25006", "55P03"]
            .iter()
            .any(|class| code.starts_with(class)),
        _ => code
            .parse::<u32>()
            .is_ok_and(|code| matches!(code & 0xFF, BUSY | IO | FULL | CANNOT_OPEN)),
    }
}

fn sqlstate(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))
    | DbErr::Conn(RuntimeErr::SqlxError(inner))) = error
    else {
        return None;
    };
    inner
        .as_database_error()?
        .code()
        .map(|code| code.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_cannot_be_reached_or_written_is_away() {
        // Busy, busy snapshot, full, a failing write, a file that cannot be opened.
        for code in ["5", "517", "13", "778", "14"] {
            assert!(is_code_of_absence(code), "{code}");
        }
        // Broken, shutting down, disk full, only reading, locked for too long.
        for code in ["08006", "57P01", "53100", "25006", "55P03"] {
            assert!(is_code_of_absence(code), "{code}");
        }
        // A constraint, a syntax error, a statement that took too long.
        for code in [
            "19", "2067", "1", "23505", "42601", "57014", "25P02", "55006",
        ] {
            assert!(!is_code_of_absence(code), "{code}");
        }
    }
}
