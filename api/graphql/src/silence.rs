//! Silence that decides (默许) in the API: what it will bring about, and what it has.

use api_door::{
    coded::{Coded, plain},
    form::{Input, Payload, run},
    loaders::{self, by_owner},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    case::{
        commands::silence::{Confirm, confirm},
        silence::{
            self, WARNED, decision,
            repository::{self, Near, Warned},
        },
    },
    catalogue::SilenceClass,
    obligation::repository::working_days_ahead,
    viewer::Role,
};

use super::{
    case::{Case, CaseById},
    liaison::{Official, official},
};

/// A case in which silence will bring something about unless the office acts (将默许决定).
pub struct CaseNearSilence(Near);

impl From<Near> for CaseNearSilence {
    fn from(near: Near) -> Self {
        Self(near)
    }
}

/// A case in which silence will bring something about unless the office acts (将默许决定).
#[Object]
impl CaseNearSilence {
    /// The case.
    async fn case(&self) -> Row<Case> {
        Row(Case(self.0.case.clone()))
    }

    /// What silence will bring about.
    async fn act(&self) -> Coded<silence::Act> {
        self.0.coming.act.into()
    }

    /// By when the office is to act: the last day by the earlier reading of the law.
    async fn act_by(&self) -> Date {
        self.0.coming.shown_on.into()
    }

    /// The first day on which silence acts as things stand, by the later reading of the law; null while it waits for a warning to arrive.
    async fn acts_on(&self) -> Option<Date> {
        self.0.acts_on.map(Into::into)
    }

    /// When a warning first reached the department; null when none has.
    async fn warned_on(&self) -> Option<Date> {
        self.0.warned_on.map(Into::into)
    }

    /// Who was warned of it, the first warning first.
    #[graphql(complexity = "6 * child_complexity")]
    async fn warnings(&self) -> Vec<SilenceWarning> {
        self.0.warned.iter().cloned().map(SilenceWarning).collect()
    }
}

/// A warning to one person of what silence will bring about.
pub struct SilenceWarning(Warned);

/// A warning to one person of what silence will bring about.
#[Object]
impl SilenceWarning {
    /// So many working days before the last day: 3, 1 or 0.
    async fn working_days_before(&self) -> i32 {
        i32::try_from(self.0.left).unwrap_or(i32::MAX)
    }

    /// Who was warned.
    async fn recipient(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.recipient_id).await
    }

    /// Whether that is an officer or the head of the deciding department.
    async fn is_department(&self) -> bool {
        self.0.is_office
    }

    /// When it was delivered; null as long as it was not.
    async fn delivered_at(&self) -> Option<DateTime> {
        self.0.reached_at.map(Into::into)
    }
}

/// What silence has brought about in a case (默许决定): never a decision of a person.
pub struct SilentDecision(decision::Model);

impl From<decision::Model> for SilentDecision {
    fn from(row: decision::Model) -> Self {
        Self(row)
    }
}

/// What silence has brought about in a case (默许决定): never a decision of a person.
#[Object]
impl SilentDecision {
    /// The case.
    async fn case(&self, ctx: &Context<'_>) -> Result<Option<Row<Case>>> {
        let row = loaders::one::<CaseById>(ctx, self.0.case_id).await?;
        Ok(row.map(Case).map(Row))
    }

    /// What it has brought about.
    async fn act(&self) -> Coded<silence::Act> {
        self.0.act.into()
    }

    /// What silence means in the case.
    async fn silence(&self) -> Coded<SilenceClass> {
        self.0.silence.into()
    }

    /// The last day on which the office could have acted.
    async fn last_day(&self) -> Date {
        self.0.last_day.into()
    }

    /// From when on it counts; an acceptance from the receipt of the application.
    async fn effective_on(&self) -> Date {
        self.0.effective_on.into()
    }

    /// By which article.
    async fn article(&self) -> &str {
        &self.0.article
    }

    /// When a warning first reached the department; null when none did, and for enterprises.
    async fn warned_on(&self, ctx: &Context<'_>) -> Option<Date> {
        let day = self.0.warned_on.filter(|_| is_inside(ctx));
        day.map(Into::into)
    }

    /// Whether silence has granted it although no warning had reached the department (未预警默许); null for enterprises.
    async fn is_incident(&self, ctx: &Context<'_>) -> Option<bool> {
        is_inside(ctx).then(|| self.0.is_incident())
    }

    /// When it was recorded.
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// The run of the job that recorded it: no person did.
    async fn run(&self) -> &str {
        &self.0.run
    }
}

/// Whether anybody was warned is the park's own affair.
fn is_inside(ctx: &Context<'_>) -> bool {
    viewer(ctx).role() != Some(Role::Enterprise)
}

by_owner! {
    /// What silence has brought about in cases.
    SilentDecisionsOfCase: decision::Model = repository::of_cases, by |row| row.case_id;
}

/// What silence has brought about in one case, the acceptance first.
pub(super) async fn silent_decisions(
    ctx: &Context<'_>,
    case: uuid::Uuid,
) -> Result<Vec<SilentDecision>> {
    let rows = loaders::one::<SilentDecisionsOfCase>(ctx, case).await?;
    let rows = rows.unwrap_or_default().into_iter();
    Ok(rows.map(SilentDecision).collect())
}

/// Which things that silence has brought about are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct SilentActFilter {
    /// One of these.
    one_of: Vec<Coded<silence::Act>>,
}

/// Which silent decisions are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SilentDecisionFilter {
    /// In cases of which department.
    department_id: Option<ID>,
    /// What was brought about.
    act: Option<SilentActFilter>,
    /// Grants of which nobody in the department had been warned (true), or all others; only for those who act in cases, look after them or lead.
    incident: Option<bool>,
}

/// By what silent decisions are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SilentDecisionSortField {
    /// When they were recorded.
    At,
}

/// The order of silent decisions.
#[derive(Clone, InputObject)]
pub struct SilentDecisionSort {
    /// By what.
    #[graphql(default_with = "SilentDecisionSortField::At")]
    pub field: SilentDecisionSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    pub direction: SortDirection,
}

/// Reading what silence does.
#[derive(Default)]
pub struct SilenceQuery;

#[Object]
impl SilenceQuery {
    /// The cases that will be decided without the office if it does not act within three working days (将默许决定), by the day by which it is to act.
    /// WINDOW_OFFICER and DEPARTMENT_HEAD see those of their department, CENTRE, LEADER and SUPERVISOR all; other roles see none.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn cases_near_silence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Of this department only.")] department_id: Option<ID>,
    ) -> Result<Connection<CaseNearSilence>> {
        let request = page::request(ctx, first, last, after, before)?;
        let department = department_id.map(|id| Kind::Department.require(&id));
        let department = department.transpose()?;
        let store = store(ctx);
        let until = working_days_ahead(store, WARNED[0]).await?;
        let rows = repository::page(store, viewer(ctx), department, until, &request).await?;
        Ok(page::connection(rows, |near| near.limit.id))
    }

    /// What silence has brought about in the cases that the viewer may see, by when it was recorded.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn silent_decisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which silent decisions.")] filter: Option<
            SilentDecisionFilter,
        >,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<
            SilentDecisionSort,
        >,
    ) -> Result<Connection<SilentDecision>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let department = filter.department_id.map(|id| Kind::Department.require(&id));
        let viewer = viewer(ctx);
        let wanted = repository::Filter {
            department: department.transpose()?,
            acts: filter.act.map(|act| plain(act.one_of)),
            incident: filter
                .incident
                .filter(|_| repository::reads_of_silence(viewer)),
        };
        let descending = sort_by.is_some_and(|sort| sort.direction == SortDirection::Desc);
        let db = store(ctx).db();
        let rows = repository::decisions(db, viewer, &wanted, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// What the department does after silence has granted.
#[derive(Default)]
pub struct SilenceMutation;

#[Object]
impl SilenceMutation {
    /// Records the paper of what silence has granted (补发默许文书; WINDOW_OFFICER, DEPARTMENT_HEAD of the department): its delivery is owed then.
    async fn case_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The paper.")] input: Input<Confirm>,
    ) -> Result<Payload<Confirm, Case>> {
        run(ctx, input, confirm).await
    }
}
