//! Deadlines: one type everywhere.

use std::collections::HashMap;

use api_door::{
    coded::Coded,
    loaders::{self, Batch},
    operation::{store, viewer},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, Object, Result};
use chrono::Datelike;
use entity::{
    calendar::{self, rules::Calendar},
    deadline::{self, pause, rules},
    error::Fault,
    store::Store,
    viewer::Viewer,
};
use futures::future::join_all;
use uuid::Uuid;

use super::{
    calendar::{CalendarNotice, NoticesInForce},
    document::{Document, DocumentById},
};

/// The calendar in force, once for all that a page asks of it.
pub struct CalendarInForce;

impl Batch for CalendarInForce {
    type Key = ();
    type Value = Calendar;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        _keys: &[()],
    ) -> Result<HashMap<(), Calendar>, Fault> {
        let calendar = calendar::repository::in_force(store).await?;
        Ok(HashMap::from([((), calendar)]))
    }
}

/// The calendar in force.
pub async fn calendar_in_force(ctx: &Context<'_>) -> Result<Calendar> {
    let found = loaders::one::<CalendarInForce>(ctx, ()).await?;
    Ok(found.ok_or_else(|| Fault::Internal("no calendar was loaded".to_owned()))?)
}

/// Deadlines by key. Only for the edges of things that the viewer may see.
pub struct DeadlineById;

impl Batch for DeadlineById {
    type Key = Uuid;
    type Value = deadline::Model;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, deadline::Model>, Fault> {
        let rows = deadline::repository::of_ids(store.db(), keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

/// Deadlines by key, as far as the viewer may see what they are on.
pub struct VisibleDeadlineById;

impl Batch for VisibleDeadlineById {
    type Key = Uuid;
    type Value = deadline::Model;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, deadline::Model>, Fault> {
        let rows = deadline::repository::visible_of_ids(store, viewer, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

/// The pauses of deadlines.
pub struct PausesOfDeadline;

impl Batch for PausesOfDeadline {
    type Key = Uuid;
    type Value = Vec<pause::Model>;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<pause::Model>>, Fault> {
        deadline::repository::pauses_of(store.db(), keys).await
    }
}

/// How long a deadline is, and in which days.
pub struct Limit(pub(crate) rules::Limit);

/// How long a deadline is, and in which days.
#[Object]
impl Limit {
    /// How many days; 0 is "the same day".
    async fn days(&self) -> u32 {
        self.0.days
    }

    /// Which days count.
    async fn unit(&self) -> Coded<deadline::Unit> {
        self.0.unit.into()
    }
}

/// The one extension of a deadline (延期).
pub struct Extension {
    days: i32,
    reason: Option<String>,
}

/// The one extension of a deadline (延期).
#[Object]
impl Extension {
    /// By how many days, in the unit of the limit, counted from the old due date.
    async fn days(&self) -> i32 {
        self.days
    }

    /// Why.
    async fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

/// A stretch of days that is taken out of a deadline (暂停计时).
pub struct Pause(pause::Model);

/// A stretch of days that is taken out of a deadline (暂停计时).
#[Object(name = "DeadlinePause")]
impl Pause {
    /// The global id.
    async fn id(&self) -> ID {
        Kind::Pause.id(self.0.id)
    }

    /// On what ground.
    async fn kind(&self) -> Coded<pause::Kind> {
        self.0.kind.into()
    }

    /// Why, in words.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Whether the law lets this ground stop a limit that it sets; what both sides agree stops promises only.
    async fn stops_statutory(&self) -> bool {
        self.0.kind.stops(deadline::LegalEffect::Statutory)
    }

    /// The written notice, a document.
    async fn document_id(&self) -> ID {
        Kind::Document.id(self.0.document_id)
    }

    /// The written notice; null when it is not for this viewer.
    async fn document(&self, ctx: &Context<'_>) -> Result<Option<Document>> {
        let row = loaders::one::<DocumentById>(ctx, self.0.document_id).await?;
        Ok(row.map(Document))
    }

    /// The first day that is not counted.
    async fn started_on(&self) -> Date {
        self.0.started_on.into()
    }

    /// The end that the notice names.
    async fn expected_end_on(&self) -> Option<Date> {
        self.0.expected_end_on.map(Into::into)
    }

    /// The last day that is not counted; null while the pause lasts.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Into::into)
    }
}

/// One day of the explanation of a due date.
pub struct DeadlineStep {
    step: rules::Step,
    paper: Option<String>,
}

impl DeadlineStep {
    /// A day without a paper.
    pub(crate) fn of(step: rules::Step) -> Self {
        Self { step, paper: None }
    }
}

/// One day of the explanation of a due date.
#[Object]
impl DeadlineStep {
    /// The day.
    async fn day(&self) -> Date {
        self.step.day.into()
    }

    /// What the calendar says of it.
    async fn kind(&self) -> Coded<entity::calendar::rules::DayNature> {
        self.step.kind.nature().into()
    }

    /// What it does in the count.
    async fn role(&self) -> Coded<rules::StepRole> {
        self.step.role.plain().into()
    }

    /// How many days are counted up to and with it.
    async fn count(&self) -> u32 {
        self.step.count
    }

    /// Whether no notice of its year is published yet.
    async fn provisional(&self) -> bool {
        self.step.provisional
    }

    /// Whether it is the due date.
    async fn due(&self) -> bool {
        self.step.due
    }

    /// All of this as a sentence, with the names of holidays, the reason of a pause and the name of its paper, in the viewer's language.
    async fn text(&self, ctx: &Context<'_>) -> String {
        let language = viewer(ctx).language();
        let text = self.step.explain(self.paper.as_deref());
        text.in_language(language).to_owned()
    }
}

/// A time limit on one thing (时限), with its budget of days, its pauses and its due date.
pub struct Deadline(pub(crate) deadline::Model);

impl From<deadline::Model> for Deadline {
    fn from(model: deadline::Model) -> Self {
        Self(model)
    }
}

/// A time limit on one thing (时限), with its budget of days, its pauses and its due date.
#[Object]
impl Deadline {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Deadline.id(self.0.id)
    }

    /// Grows by one with every change; an update must name it.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Where it stands.
    async fn state(&self) -> Coded<deadline::State> {
        self.0.state.into()
    }

    /// The limit as first set.
    async fn limit(&self) -> Limit {
        Limit(self.0.value().terms.limit)
    }

    /// The one extension, if there was one.
    async fn extension(&self) -> Option<Extension> {
        (self.0.extension_days > 0).then(|| Extension {
            days: self.0.extension_days,
            reason: self.0.extension_reason.clone(),
        })
    }

    /// The day of the start event, never counted itself; of the time limit of a permit or a term the end from which it is counted back.
    async fn started_on(&self) -> Date {
        self.0.started_on.into()
    }

    /// The days it has, extension included.
    async fn budget(&self) -> u32 {
        self.0.value().budget()
    }

    /// The days used up before it last began to run.
    async fn consumed(&self) -> i32 {
        self.0.consumed_days
    }

    /// The day after which it counts now; null unless it is running.
    async fn running_since(&self) -> Option<Date> {
        self.0.running_since.map(Into::into)
    }

    /// The last day on which it can be met. While paused: if the pause ends as the notice expects.
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// The due date as things stand today: while paused, it moves with every day that the pause outlasts its expected end.
    async fn forecast_due_on(&self, ctx: &Context<'_>) -> Result<Date> {
        let calendar = calendar_in_force(ctx).await?;
        Ok(self
            .0
            .value()
            .forecast(store(ctx).today(), &calendar)
            .into())
    }

    /// Of a limit that the law sets and that was stopped by agreement, or extended beyond its rule: when it is due without that. Null
    /// when nothing of the kind has happened to it.
    async fn due_by_law(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        let calendar = calendar_in_force(ctx).await?;
        let pauses = loaders::one::<PausesOfDeadline>(ctx, self.0.id).await?;
        let due = self
            .0
            .value()
            .due_by_law(&pauses.unwrap_or_default(), &calendar);
        Ok(due.map(Into::into))
    }

    /// On which grounds it can be paused; those of cases alone are left out.
    #[graphql(complexity = "9")]
    async fn pause_grounds(&self) -> Vec<Coded<pause::Kind>> {
        pause::Kind::ALL
            .into_iter()
            .filter(|kind| kind.is_of_promises() && kind.stops(self.0.legal_effect))
            .map(Into::into)
            .collect()
    }

    /// Whether the due date rests on a year whose calendar is not published yet (Monday to Friday is assumed).
    async fn provisional(&self) -> bool {
        self.0.provisional
    }

    /// Working days left to the due date: 0 on the day itself, negative when overdue. While paused: what was left when the
    /// pause began.
    async fn remaining(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day to count from; today when it is left out.")] at: Option<Date>,
    ) -> Result<i32> {
        let calendar = calendar_in_force(ctx).await?;
        let on = day(ctx, at);
        let limit = self.0.clone().as_told(on, &calendar);
        Ok(limit.value().remaining(on, &calendar))
    }

    /// By how many working days it is overdue; 0 when it is not.
    async fn overdue_by(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day to count to; today when it is left out.")] at: Option<Date>,
    ) -> Result<u32> {
        let calendar = calendar_in_force(ctx).await?;
        let on = day(ctx, at);
        let limit = self.0.clone().as_told(on, &calendar);
        Ok(limit.value().overdue_by(on, &calendar))
    }

    /// Its light today. What is closed keeps the light of that day.
    async fn light(&self, ctx: &Context<'_>) -> Result<Coded<rules::Light>> {
        Ok(self.0.light(store(ctx).today()).into())
    }

    /// While it is paused and therefore grey: the light it had when the pause began.
    async fn light_before_pause(&self, ctx: &Context<'_>) -> Result<Option<Coded<rules::Light>>> {
        if self.0.state != deadline::State::Paused {
            return Ok(None);
        }
        let calendar = calendar_in_force(ctx).await?;
        let light = self.0.value().light_beneath(store(ctx).today(), &calendar);
        Ok(Some(light.into()))
    }

    /// What it means to break it.
    async fn legal_effect(&self) -> Coded<deadline::LegalEffect> {
        self.0.legal_effect.into()
    }

    /// What happens when it runs out.
    async fn on_expiry(&self) -> Coded<deadline::OnExpiry> {
        self.0.on_expiry.into()
    }

    /// The day on which it was met, missed or cancelled.
    async fn closed_on(&self) -> Option<Date> {
        self.0.closed_on.map(Into::into)
    }

    /// Its pauses, the earliest first.
    #[graphql(complexity = "3 * child_complexity")]
    async fn pauses(&self, ctx: &Context<'_>) -> Result<Vec<Pause>> {
        let pauses = loaders::one::<PausesOfDeadline>(ctx, self.0.id).await?;
        Ok(pauses.unwrap_or_default().into_iter().map(Pause).collect())
    }

    /// How the due date comes about, day by day.
    #[graphql(complexity = "40 * child_complexity")]
    async fn explain(&self, ctx: &Context<'_>) -> Result<Vec<DeadlineStep>> {
        let calendar = calendar_in_force(ctx).await?;
        let pauses = loaders::one::<PausesOfDeadline>(ctx, self.0.id).await?;
        let pauses = pauses.unwrap_or_default();
        let papers = pauses.iter().map(|pause| pause.document_id);
        let papers = join_all(papers.map(|id| loaders::one::<DocumentById>(ctx, id))).await;
        let papers = papers.into_iter().collect::<Result<Vec<_>, _>>()?;
        let name_of = |id: Uuid| {
            let paper = papers.iter().flatten().find(|paper| paper.id == id)?;
            Some(paper.name.clone())
        };
        let steps = self.0.value().explain(&pauses, &calendar).into_iter();
        Ok(steps
            .map(|step| DeadlineStep {
                paper: match &step.role {
                    rules::Role::Paused { document_id, .. } => name_of(*document_id),
                    _ => None,
                },
                step,
            })
            .collect())
    }

    /// The yearly notices by which it is counted, from the year of its start to that of its due date; a year without one is provisional.
    #[graphql(complexity = "3 * child_complexity")]
    async fn notices(&self, ctx: &Context<'_>) -> Result<Vec<CalendarNotice>> {
        let years = self.0.started_on.year()..=self.0.due_on.year();
        let found = join_all(years.map(|year| loaders::one::<NoticesInForce>(ctx, year))).await;
        let found = found.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok(found.into_iter().flatten().map(Into::into).collect())
    }
}

fn day(ctx: &Context<'_>, at: Option<Date>) -> chrono::NaiveDate {
    at.map_or_else(|| store(ctx).today(), Into::into)
}
