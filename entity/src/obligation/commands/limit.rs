//! Pausing, resuming and extending the time limit of an obligation. The enterprise is told.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::{
    EXTEND, PAUSE, RESUME, deadline_of,
    limit_changed::{Changed, Happened, limits_changed},
    seen,
};
use crate::{
    account,
    calendar::{repository::in_force, rules::Calendar},
    command::{Form, Input, form},
    commitment,
    deadline::{
        self,
        commands::Extension,
        pause,
        rules::{DeadlineError, LONGEST_LIMIT, NewPause},
    },
    document,
    error::{CommandError, Fault, expect_version},
    obligation::{Model, rules},
    outbox::facts::LimitStep,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::save,
    term::Term,
    viewer::Viewer,
};

/// What a change answers.
pub type Outcome = Result<Model, CommandError<DeadlineError>>;

form! {
    /// A pause of the time limit of an obligation.
    pub struct Pause of PAUSE by Action::ChangeDeadline, refused DeadlineError {
        title: "暂停计时", "Pause the time limit";
        lead: "须有书面告知书；暂停期间不计时，到期日顺延。企业会收到通知。",
            "A written notice is required. The days of the pause are not counted, and the due date moves accordingly. The enterprise is notified.";
        done: "已暂停计时，到期日将顺延。", "The time limit has been paused; its due date will move.";
        /// The obligation.
        id: Uuid = Target(Thing::Obligation);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// On what ground (暂停事由).
        kind: pause::Kind = Choice(pause::Kind::of_promises), "暂停事由", "Reason for the pause";
        /// Why, in words, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason", "企业可以看到", "Visible to the enterprise";
        /// The written notice, uploaded before.
        document_id: Uuid = File, "书面告知书", "Written notice";
        /// The first day that is not counted; today when not given.
        started_on: Option<NaiveDate> = Today, "暂停的第一天", "First day of the pause";
        /// The end that the notice names.
        expected_end_on: Option<NaiveDate> = Day, "预计结束（可选）", "Expected end (optional)";
    }
}

/// Pauses the time limit of an obligation, with a written notice.
pub async fn pause(store: &Store, viewer: &Viewer, input: Pause) -> Outcome {
    let unit = store.begin(viewer).await?;
    let owed = load(&unit, input.id, input.expected_version, Pause::FORM).await?;
    let firm = owed.obligation.enterprise_id;
    document::repository::find_about(unit.db(), viewer, input.document_id, firm)
        .await?
        .ok_or_else(|| CommandError::refused(&["documentId"], DeadlineError::DocumentUnknown))?;
    let pause = NewPause {
        kind: input.kind,
        reason: input.reason,
        document_id: input.document_id,
        started_on: input.started_on.unwrap_or(unit.today()),
        expected_end_on: input.expected_end_on,
    };
    let happened = Happened {
        on: pause.started_on,
        until: pause.expected_end_on,
        ground: Some(pause.kind.inside()),
        reason: Some(pause.reason.trim().to_owned()),
        ..owed.happened(LimitStep::Paused, unit.today())
    };
    let (id, version) = (owed.limit.id, owed.limit.version);
    let after = deadline::commands::pause_in(&unit, &owed.calendar, id, version, pause).await?;
    keep(unit, owed, after, happened).await
}

form! {
    /// The end of a pause.
    pub struct Resume of RESUME by Action::ChangeDeadline, refused DeadlineError {
        title: "恢复计时", "Resume the time limit";
        lead: "到期日按暂停的日数顺延。企业会收到通知。",
            "The due date moves by the days of the pause. The enterprise is notified.";
        done: "已恢复计时，到期日已重新计算。", "The time limit has resumed; its due date has been recalculated.";
        /// The obligation.
        id: Uuid = Target(Thing::Obligation);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The last day that is not counted.
        ended_on: NaiveDate = Today, "暂停的最后一天", "Last day of the pause",
            "次日起重新计时", "Days count again from the following day";
    }
}

/// Lets the paused time limit of an obligation run again.
pub async fn resume(store: &Store, viewer: &Viewer, input: Resume) -> Outcome {
    let unit = store.begin(viewer).await?;
    let owed = load(&unit, input.id, input.expected_version, Resume::FORM).await?;
    let (id, version) = (owed.limit.id, owed.limit.version);
    let pauses = deadline::repository::pauses_of(unit.db(), &[id]).await?;
    let mut pauses = pauses.get(&id).into_iter().flatten();
    let ending = pauses.find(|pause| pause.ended_on.is_none());
    let happened = Happened {
        on: input.ended_on,
        ground: ending.map(|pause| pause.kind.inside()),
        reason: ending.map(|pause| pause.reason.clone()),
        ..owed.happened(LimitStep::Resumed, unit.today())
    };
    let ended_on = input.ended_on;
    let after = deadline::commands::resume_in(&unit, &owed.calendar, id, version, ended_on).await?;
    keep(unit, owed, after, happened).await
}

form! {
    /// The one extension of a time limit.
    pub struct Extend of EXTEND by Action::ChangeDeadline, refused DeadlineError {
        title: "延期", "Extend the time limit";
        lead: "只能延期一次，且须在到期前。法定时限由决定机关负责人批准延长，并告知企业理由。",
            "A time limit can be extended only once, and only before it is due. A statutory limit is extended by the head of the deciding body, and the enterprise is told the reason.";
        done: "已延期，到期日已重新计算。", "The time limit has been extended; its due date has been recalculated.";
        /// The obligation.
        id: Uuid = Target(Thing::Obligation);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// By how many days, in the unit of the limit, counted from the old due date.
        days: i32 = Whole(1, LONGEST_LIMIT.cast_signed()), "延长的日数", "Days to add";
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason", "企业可以看到", "Visible to the enterprise";
    }
}

/// Extends the time limit of an obligation, once and before it expires. Who may, the law says of some: see [`rules::approver`].
pub async fn extend(store: &Store, viewer: &Viewer, input: Extend) -> Outcome {
    let unit = store.begin(viewer).await?;
    let (owed, promise, standing) = found(&unit, input.id).await?;
    let headed = account::repository::headed_departments(unit.db()).await?;
    let department = commitment::rules::deciding_department(&promise);
    let department = department.filter(|id| headed.contains(id));
    let effect = owed.limit.legal_effect;
    let margins = unit.policy().margins;
    let by = rules::approver(viewer, standing, effect, department, margins)?;
    owed.expect(input.expected_version)?;
    let extension = Extension {
        // What is less than one day is refused by the rule.
        days: u32::try_from(input.days).unwrap_or(0),
        reason: &input.reason,
        by,
    };
    let (id, version) = (owed.limit.id, owed.limit.version);
    let calendar = &owed.calendar;
    let after = deadline::commands::extend_in(&unit, calendar, id, version, extension).await?;
    let happened = Happened {
        reason: after.extension_reason.clone(),
        ..owed.happened(LimitStep::Extended, unit.today())
    };
    keep(unit, owed, after, happened).await
}

/// An obligation whose time limit changes.
struct Owed {
    obligation: Model,
    limit: deadline::Model,
    calendar: Calendar,
}

impl Owed {
    fn expect(&self, version: i32) -> Result<(), Fault> {
        expect_version(self.obligation.id, self.obligation.version, version)
    }

    fn happened(&self, step: LimitStep, on: NaiveDate) -> Happened {
        Happened {
            step,
            act: (self.obligation.id, self.obligation.version + 1),
            on,
            until: None,
            ground: None,
            reason: None,
        }
    }
}

/// An obligation that the viewer may see, with its promise, and how he stands to it.
async fn found(unit: &Unit, id: Uuid) -> Result<(Owed, commitment::Model, Standing), Fault> {
    let (obligation, promise, standing) = seen(unit, id).await?;
    let owed = Owed {
        limit: deadline_of(unit, &obligation).await?,
        calendar: in_force(unit).await?,
        obligation,
    };
    Ok((owed, promise, standing))
}

/// The same in the version that was seen, for a person who may do what the form asks.
async fn load(unit: &Unit, id: Uuid, expected_version: i32, form: &Form) -> Result<Owed, Fault> {
    let (owed, _, standing) = found(unit, id).await?;
    require(unit.viewer(), form.may, standing)?;
    owed.expect(expected_version)?;
    Ok(owed)
}

async fn keep(unit: Unit, owed: Owed, after: deadline::Model, happened: Happened) -> Outcome {
    let obligation = owed.obligation;
    let changed = Changed {
        obligation: obligation.clone(),
        before: owed.limit,
        after,
    };
    limits_changed(&unit, happened, &[changed]).await?;
    // The obligation's own version guards its time limit, too.
    let saved = save(&unit, &obligation, obligation.clone()).await?;
    unit.commit().await?;
    Ok(saved)
}
