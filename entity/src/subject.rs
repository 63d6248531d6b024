//! Subject (时限对象): what a time limit is on. Whoever walks over time limits (digests, reminders, witness, feeds) knows subjects and no
//! kind of thing; each kind is one implementation of [`Kind`] and one row of the table in `kinds`.

use std::{collections::HashMap, fmt::Debug, pin::Pin};

use sea_orm::{
    Condition, DatabaseExecutor,
    prelude::Uuid,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use crate::{error::Fault, language::Text, viewer::Viewer};

/// Who answers for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answers {
    /// 专员: the liaison of its enterprise at that time.
    Liaison,
    /// 企业服务中心: the service centre.
    Centre,
    /// 部门: the heads of a department.
    Department(Uuid),
    /// 窗口: the officer who has taken it, else every window officer of the department, else its heads.
    Window {
        /// The officer.
        officer: Option<Uuid>,
        /// The department.
        department: Uuid,
    },
    /// 企业: the contacts of its enterprise, who owe it themselves.
    Enterprise,
}

/// What a time limit is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The [name](Kind::name) of its kind.
    pub kind: &'static str,
    /// The thing.
    pub id: Uuid,
    /// Under what it is remembered who was told, and by what calendars know it: the thing itself where it has one time limit, the time
    /// limit where it has several clocks.
    pub key: Uuid,
    /// What is to be done; of a thing with several clocks it says which.
    pub title: Text,
    /// For which period or event; empty where the title says it all.
    pub occasion: String,
    /// The enterprise that it is about, where anybody may know.
    pub enterprise_id: Option<Uuid>,
    /// What that enterprise is called; empty where nobody may know.
    pub enterprise: String,
    /// Whether it was promised to that enterprise.
    pub is_promise: bool,
    /// The contract that it stands in.
    pub contract_id: Option<Uuid>,
    /// The law that sets its time limit.
    pub legal_basis: Option<String>,
    /// Who answers for it.
    pub answers: Answers,
    /// Why whoever answers for it is told.
    pub why: Text,
    /// The department in charge; without one it is that of the liaison, or the service centre.
    pub department_id: Option<Uuid>,
    /// Whether its beginning is no news to those who answer: a letter of its own has told of it, or nobody need act yet.
    pub is_announced: bool,
    /// Of what ends by itself: how that is told.
    pub ending: Option<Ending>,
    /// The page below the public address.
    pub path: String,
    /// Counts the changes of the thing.
    pub version: i32,
}

impl Subject {
    /// Whether the park owes it, so that it is a failure of the park when its day passes: only that comes before heads, supervisor and
    /// leaders. What ends by itself is applied for, or agreed anew, by the other side, and what an applicant completes is its own.
    pub fn is_owed(&self) -> bool {
        self.ending.is_none() && self.answers != Answers::Enterprise
    }
}

/// How the end of something is told: a permit, a term. Those concerned are told once at each of its thresholds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// What its day is called: 申请延续.
    pub day: Text,
    /// What is to be done by then.
    pub call: Text,
    /// What is to be done when that day has passed.
    pub call_when_late: Text,
    /// Why the service centre is told, too; it is not without that.
    pub centre: Option<Text>,
    /// So many days before the end its enterprise is told for the first time; without a number at every threshold.
    pub enterprise_from_days: Option<u64>,
    /// Why its enterprise is told.
    pub theirs: Text,
    /// Whether everybody who may know of it has it in the calendar; else its enterprise and the liaison alone.
    pub is_for_all: bool,
}

/// What a kind finds.
pub type Found<'a> =
    Pin<Box<dyn Future<Output = Result<HashMap<Uuid, Subject>, Fault>> + Send + 'a>>;

/// A kind of thing that time limits are on. A thing points to its time limits, and a time limit belongs to one thing.
pub trait Kind: Debug + Send + Sync {
    /// Its name for ever: capitals, at most 20.
    fn name(&self) -> &'static str;

    /// The keys of the time limits of this kind that the viewer may know of, in one column.
    fn limits(&self, viewer: &Viewer) -> SelectStatement;

    /// Whether a time limit of a statement over the table `deadline` is on a thing of this kind that the viewer may know of.
    fn sees(&self, viewer: &Viewer) -> Condition {
        let key = Expr::col(("deadline", "id"));
        Condition::all().add(key.in_subquery(self.limits(viewer)))
    }

    /// What those of `limits` are on that are of this kind and that the viewer may know of, by the time limit.
    fn within<'a>(
        &'a self,
        db: &'a DatabaseExecutor<'a>,
        viewer: &'a Viewer,
        limits: &'a [Uuid],
    ) -> Found<'a>;
}

/// The kinds that a program knows; by default those of the table in `kinds`.
#[derive(Clone, Debug)]
pub struct Subjects(Vec<&'static dyn Kind>);

impl Subjects {
    /// These kinds.
    pub fn new(kinds: &[&'static dyn Kind]) -> Self {
        Self(kinds.to_vec())
    }

    /// The same and one more.
    pub fn with(mut self, kind: &'static dyn Kind) -> Self {
        self.0.push(kind);
        self
    }

    /// The kinds.
    pub fn kinds(&self) -> impl Iterator<Item = &'static dyn Kind> + '_ {
        self.0.iter().copied()
    }

    /// What these time limits are on, as far as the viewer may know of it, by the time limit.
    pub async fn within(
        &self,
        db: impl Into<DatabaseExecutor<'_>> + Send,
        viewer: &Viewer,
        limits: &[Uuid],
    ) -> Result<HashMap<Uuid, Subject>, Fault> {
        let db = db.into();
        let mut found = HashMap::with_capacity(limits.len());
        if !limits.is_empty() {
            for kind in self.kinds() {
                found.extend(kind.within(&db, viewer, limits).await?);
            }
        }
        Ok(found)
    }
}
