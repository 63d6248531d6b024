//! The clocks of a decision: pausing them with a written notice (行政许可法第四十五条), what the applicant says against that, and putting them off,
//! by law or because the applicant agrees.

use chrono::NaiveDate;
use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{
    AGREE_EXTENSION, CONTEST_PAUSE, Done, EXTEND, Outcome, PAUSE, RESUME, SETTLE_PAUSE, file,
    letters, load, refused, save,
};
use crate::{
    case::{
        Model,
        clock::Clock,
        event, pause, repository,
        rules::{self, Act, CaseError},
    },
    command::form,
    deadline::{
        self,
        commands::Extension,
        pause::Kind,
        rules::{Approver, LONGEST_LIMIT, NewPause},
    },
    error::{CommandError, Fault},
    id::new_id,
    language::Said,
    outbox::facts::CaseStep,
    permission::Action,
    store::{Store, Unit},
    viewer::Viewer,
};

form! {
    /// A pause of the clocks of a case.
    pub struct Pause of PAUSE by Action::WorkCases, refused CaseError {
        title: "暂停计时", "Pause the clocks";
        lead: "只有目录所列事由可以暂停，须有书面告知书；现场踏勘、内部会签不暂停。暂停期间不计时，企业会收到通知，可以提出异议。",
            "Only the grounds of the catalogue pause a case, with a written notice. The days of the pause are not counted. The enterprise is notified and may contest it.";
        done: "已暂停计时。", "The clocks have been paused.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// On what ground (暂停事由).
        kind: Kind = Choice(Kind::of_cases), "暂停事由", "Ground";
        /// Why, in words, up to 1000 characters; the applicant reads it.
        reason: String = Lines(1000), "理由", "Reason", "企业可以看到", "Visible to the enterprise";
        /// The written notice, uploaded before.
        document_id: Uuid = File, "书面告知书", "Written notice";
        /// The first day that is not counted; today when not given.
        started_on: Option<NaiveDate> = Today, "暂停的第一天", "First day of the pause";
        /// The end that the notice names.
        expected_end_on: NaiveDate = Day, "预计结束", "Expected end";
    }
}

/// Pauses the clocks of the decision, as far as they have not passed.
pub async fn pause(store: &Store, viewer: &Viewer, input: Pause) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::Pause).await?;
    let reason = rules::reason(&input.reason).map_err(refused("reason"))?;
    file(&unit, &of.case, input.document_id, "documentId").await?;
    let edition = repository::edition_of(&unit, &of.case).await?;
    let today = unit.today();
    let started_on = input.started_on.unwrap_or(today);
    rules::may_pause(
        &edition.content.pause_kinds,
        of.content(),
        &of.case.answers,
        input.kind,
        (started_on, input.expected_end_on),
        &of.calendar,
    )
    .map_err(|(field, code)| CommandError::refused(&[field], code))?;
    let mut running = of.all_open(Clock::is_of_decision);
    running.retain(|limit| limit.due_on >= today && limit.limit_days > 0);
    if running.is_empty() {
        return Err(CommandError::refused(&["id"], CaseError::Expired));
    }
    for limit in running {
        let asked = NewPause {
            kind: input.kind,
            reason: reason.clone(),
            document_id: input.document_id,
            started_on,
            expected_end_on: Some(input.expected_end_on),
        };
        let calendar = &of.calendar;
        deadline::commands::pause_in(&unit, calendar, limit.id, limit.version, asked)
            .await
            .map_err(|error| error.refused_as(rules::of_limit))?;
    }
    let pauses = repository::pauses_of(unit.db(), &[of.case.id]).await?;
    let row = pause::Model {
        id: new_id(unit.now()),
        case_id: of.case.id,
        number: i32::try_from(pauses.len()).unwrap_or(i32::MAX - 1) + 1,
        kind: input.kind,
        reason: reason.clone(),
        document_id: input.document_id,
        started_on,
        expected_end_on: input.expected_end_on,
        ended_on: None,
        contested_for: None,
        contested_by: None,
        contested_at: None,
        upheld: None,
        settled_for: None,
        settled_by: None,
        settled_at: None,
    };
    pause::Entity::insert(pause::ActiveModel::from(row).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    let after = Model {
        paused_on: Some(started_on),
        ..of.case.clone()
    };
    let done = Done::new(&PAUSE, event::Kind::Paused).because(&reason);
    let paused = save(&unit, &of.case, after, done).await?;
    letters::tell(&unit, &paused, CaseStep::Paused, None).await?;
    unit.commit().await?;
    Ok(paused)
}

form! {
    /// The end of a pause.
    pub struct Resume of RESUME by Action::WorkCases, refused CaseError {
        title: "恢复计时", "Resume the clocks";
        lead: "到期日按暂停的日数顺延。", "The days on which the clocks end move by the days of the pause.";
        done: "已恢复计时。", "The clocks run again.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The last day that is not counted.
        ended_on: NaiveDate = Today, "暂停的最后一天", "Last day of the pause",
            "次日起重新计时", "Days count again from the following day";
    }
}

/// Lets the clocks run again.
pub async fn resume(store: &Store, viewer: &Viewer, input: Resume) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::Resume).await?;
    let mut paused = of.all_open(Clock::is_of_decision);
    paused.retain(|limit| limit.state == deadline::State::Paused);
    for limit in paused {
        let (id, version) = (limit.id, limit.version);
        deadline::commands::resume_in(&unit, &of.calendar, id, version, input.ended_on)
            .await
            .map_err(|error| error.refused_as(rules::of_limit))?;
    }
    end_pause(&unit, &of.case, input.ended_on).await?;
    let after = Model {
        paused_on: None,
        ..of.case.clone()
    };
    let done = Done::new(&RESUME, event::Kind::Resumed);
    let resumed = save(&unit, &of.case, after, done).await?;
    unit.commit().await?;
    Ok(resumed)
}

/// The pause of a case that lasts ends with this day.
pub(super) async fn end_pause(unit: &Unit, case: &Model, on: NaiveDate) -> Result<(), Fault> {
    pause::Entity::update_many()
        .col_expr(pause::Column::EndedOn, Expr::value(Some(on)))
        .filter(pause::Column::CaseId.eq(case.id))
        .filter(pause::Column::EndedOn.is_null())
        .exec(unit.db())
        .await?;
    Ok(())
}

form! {
    /// What an applicant says against a pause.
    pub struct ContestPause of CONTEST_PAUSE by Action::ActAsApplicant, refused CaseError {
        title: "对暂停提出异议", "Contest the pause";
        lead: "由监督机构在 2 个工作日内裁定；裁定前，两种到期日都会显示。",
            "The supervisor settles it within 2 working days; until then both due dates are shown.";
        done: "异议已提交监督机构。", "The supervisor has been told.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason";
    }
}

/// Contests the last pause, as long as the case is not decided.
pub async fn contest_pause(store: &Store, viewer: &Viewer, input: ContestPause) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::ContestPause).await?;
    let reason = rules::reason(&input.reason).map_err(refused("reason"))?;
    let pauses = repository::pauses_of(unit.db(), &[of.case.id]).await?;
    let last = pauses.last().filter(|pause| pause.contested_at.is_none());
    let last = last.ok_or_else(|| CommandError::refused(&["id"], CaseError::NothingToContest))?;
    pause::Entity::update_many()
        .col_expr(
            pause::Column::ContestedFor,
            Expr::value(Some(reason.as_str())),
        )
        .col_expr(pause::Column::ContestedBy, Expr::value(viewer.account_id()))
        .col_expr(pause::Column::ContestedAt, Expr::value(Some(unit.now())))
        .filter(pause::Column::Id.eq(last.id))
        .exec(unit.db())
        .await?;
    let after = of.case.clone();
    let done = Done::new(&CONTEST_PAUSE, event::Kind::PauseContested).because(&reason);
    let contested = save(&unit, &of.case, after, done).await?;
    letters::ask_supervisor(&unit, &contested).await?;
    unit.commit().await?;
    Ok(contested)
}

/// What the supervisor finds.
const UPHELD: Said = Said {
    zh: "暂停成立",
    en: "Upheld",
};
const SET_ASIDE: Said = Said {
    zh: "暂停不成立，日数照计",
    en: "Set aside: its days count",
};

form! {
    /// What the supervisor finds of a contested pause.
    pub struct SettlePause of SETTLE_PAUSE by Action::SettlePauses, refused CaseError {
        title: "裁定暂停异议", "Settle the contested pause";
        lead: "暂停不成立的，暂停的日数照计，到期日重新计算。双方会收到通知。",
            "If the pause is set aside, its days count and the due dates are recalculated. Both sides are notified.";
        done: "已裁定。", "The contested pause has been settled.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Whether the pause is right.
        upheld: bool = Either(UPHELD, SET_ASIDE), "裁定", "Finding";
        /// Why, up to 1000 characters; both sides read it.
        reason: String = Lines(1000), "理由", "Reason";
    }
}

/// Settles a contested pause. If it was wrong, the days that it took out of the clocks count after all.
pub async fn settle_pause(store: &Store, viewer: &Viewer, input: SettlePause) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::SettlePause).await?;
    let reason = rules::reason(&input.reason).map_err(refused("reason"))?;
    let pauses = repository::pauses_of(unit.db(), &[of.case.id]).await?;
    let disputed = pauses.iter().find(|pause| pause.is_in_dispute());
    let disputed =
        disputed.ok_or_else(|| CommandError::refused(&["id"], CaseError::NotContested))?;
    pause::Entity::update_many()
        .col_expr(pause::Column::Upheld, Expr::value(Some(input.upheld)))
        .col_expr(
            pause::Column::SettledFor,
            Expr::value(Some(reason.as_str())),
        )
        .col_expr(pause::Column::SettledBy, Expr::value(viewer.account_id()))
        .col_expr(pause::Column::SettledAt, Expr::value(Some(unit.now())))
        .filter(pause::Column::Id.eq(disputed.id))
        .exec(unit.db())
        .await?;
    let mut after = of.case.clone();
    let mut event = event::Kind::PauseUpheld;
    if !input.upheld {
        event = event::Kind::PauseSetAside;
        for limit in of.all_open(Clock::is_of_decision) {
            let (id, began) = (limit.id, disputed.started_on);
            deadline::commands::set_pause_aside_in(&unit, &of.calendar, id, began).await?;
        }
        if disputed.ended_on.is_none() {
            end_pause(&unit, &of.case, unit.today().max(disputed.started_on)).await?;
            after.paused_on = None;
        }
    }
    let done = Done::new(&SETTLE_PAUSE, event).because(&reason);
    let settled = save(&unit, &of.case, after, done).await?;
    letters::tell(&unit, &settled, CaseStep::PauseSettled, None).await?;
    unit.commit().await?;
    Ok(settled)
}

form! {
    /// The one extension of the limit of law.
    pub struct Extend of EXTEND by Action::ExtendStatutoryLimit, refused CaseError {
        title: "依法延长期限", "Extend the limit of law";
        lead: "须经本机关负责人批准，只能延长一次，且须在到期前；理由告知企业。承诺期限不变。",
            "The head of the deciding body extends it, once and before it ends, and the enterprise is told why. The promised day stays.";
        done: "已延长。", "The limit has been extended.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// By how many days, in the unit of the limit.
        days: i32 = Whole(1, LONGEST_LIMIT.cast_signed()), "延长的日数", "Days to add";
        /// Why, up to 1000 characters; the applicant reads it.
        reason: String = Lines(1000), "理由", "Reason", "企业可以看到", "Visible to the enterprise";
    }
}

/// Extends the limit of law, as far as its article lets it be extended (行政许可法第四十二条).
pub async fn extend(store: &Store, viewer: &Viewer, input: Extend) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::Extend).await?;
    let reason = rules::reason(&input.reason).map_err(refused("reason"))?;
    rules::may_extend(of.content(), &of.case.answers).map_err(refused("id"))?;
    let limit = of.open(Clock::Statutory);
    let limit = limit.ok_or_else(|| CommandError::refused(&["id"], CaseError::NoClock))?;
    let extension = Extension {
        // What is less than one day is refused by the rule.
        days: u32::try_from(input.days).unwrap_or(0),
        reason: &reason,
        by: Approver::Head,
    };
    deadline::commands::extend_in(&unit, &of.calendar, limit.id, limit.version, extension)
        .await
        .map_err(|error| error.refused_as(rules::of_limit))?;
    let after = of.case.clone();
    let done = Done::new(&EXTEND, event::Kind::Extended).because(&reason);
    let extended = save(&unit, &of.case, after, done).await?;
    letters::tell(&unit, &extended, CaseStep::Extended, None).await?;
    unit.commit().await?;
    Ok(extended)
}

form! {
    /// A later day than was promised, to which the applicant agrees.
    pub struct AgreeExtension of AGREE_EXTENSION by Action::ActAsApplicant, refused CaseError {
        title: "同意延期", "Agree to a later day";
        lead: "同意把承诺的办结日推迟到以后的一个工作日；法定期限不变。只能同意一次。",
            "You agree that the promised day moves to a later working day. The limit of law stays. This can be done once.";
        done: "已同意延期。", "You have agreed to the later day.";
        /// The case.
        id: Uuid = Target(Thing::Case);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The new day, a working day later than the promised one.
        until: NaiveDate = Day, "同意的日期", "New day";
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason";
    }
}

/// Puts the promised day off because the applicant agrees, once and before it has passed.
pub async fn agree_extension(store: &Store, viewer: &Viewer, input: AgreeExtension) -> Outcome {
    let unit = store.begin(viewer).await?;
    let of = load(&unit, input.id, input.expected_version, Act::AgreeExtension).await?;
    let reason = rules::reason(&input.reason).map_err(refused("reason"))?;
    let limit = of.open(Clock::Promised);
    let limit = limit.ok_or_else(|| CommandError::refused(&["id"], CaseError::NoClock))?;
    if input.until <= limit.due_on {
        return Err(CommandError::refused(&["until"], CaseError::NotLater));
    }
    if !of.calendar.is_working_day(input.until) {
        return Err(CommandError::refused(&["until"], CaseError::DayInvalid));
    }
    let days = match limit.unit {
        deadline::Unit::WorkingDay => {
            i64::from(of.calendar.working_days_between(limit.due_on, input.until))
        }
        deadline::Unit::CalendarDay => (input.until - limit.due_on).num_days(),
    };
    let extension = Extension {
        days: u32::try_from(days).unwrap_or(0),
        reason: &reason,
        by: Approver::Centre,
    };
    deadline::commands::extend_in(&unit, &of.calendar, limit.id, limit.version, extension)
        .await
        .map_err(|error| error.refused_as(rules::of_limit))?;
    let after = of.case.clone();
    let done = Done::new(&AGREE_EXTENSION, event::Kind::ExtensionAgreed).because(&reason);
    let agreed = save(&unit, &of.case, after, done).await?;
    unit.commit().await?;
    Ok(agreed)
}
