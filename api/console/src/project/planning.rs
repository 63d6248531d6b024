//! Planning the milestones of a project: what is unlikely is asked back once before it becomes the baseline.

use std::collections::{BTreeSet, HashSet};

use askama::Template;
use axum::{extract::Path, response::Response};
use chrono::Datelike;
use entity::language::Language;

use super::{
    super::{
        act::send, bridge::operation, flash::Flash, form::Filled, form::Form, frame::Frame,
        guest::Guest, refusal::Refusal, scalar::Date,
    },
    Milestone, Project, day, find, home, is_over, named,
};

operation!(PlanMilestones in "src/operations/project.graphql");
operation!(WorkingDays in "src/operations/project.graphql");

#[derive(Template)]
#[template(path = "project/plan.html")]
struct PlanShown {
    f: Frame,
    it: Project,
    form: Form,
    doubts: Vec<String>,
}

impl PlanShown {
    fn unplanned(&self) -> Vec<&Milestone> {
        let milestones = self.it.milestones.iter();
        milestones.filter(|one| one.baseline_on.is_none()).collect()
    }

    fn named(&self, one: &Milestone) -> String {
        named(&self.f, &self.it, one)
    }

    /// What stands in the field of a milestone.
    fn value(&self, field: &str, id: &str) -> &str {
        self.form.value(&format!("{field}-{id}"))
    }
}

/// A whole number in a field; one that cannot be read is told beside it.
fn number(guest: &Guest, filled: &Filled, field: &str, form: &mut Form) -> i64 {
    filled.get(field).parse().unwrap_or_else(|_| {
        let what = match guest.language {
            Language::Chinese => "请填写整数。",
            Language::English => "Enter a whole number.",
        };
        form.refuse_one(field, what);
        0
    })
}

async fn plan_shown(
    guest: &Guest,
    key: &str,
    form: Form,
    doubts: Vec<String>,
) -> Result<Response, Refusal> {
    let it = find(guest, key).await?;
    if !form.is_refused() && !it.permissions.can_change_milestones {
        return Err(Refusal::Forbidden);
    }
    let f = guest.frame(match guest.language {
        Language::Chinese => "排期",
        Language::English => "Plan the milestones",
    });
    let shown = PlanShown {
        f,
        it,
        form,
        doubts,
    };
    Ok(match shown.form.is_refused() || !shown.doubts.is_empty() {
        true => guest.refused(&shown),
        false => guest.show(&shown),
    })
}

/// Planning milestones for the first time.
pub async fn plan(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    plan_shown(&guest, &key, Form::new(&[]), Vec::new()).await
}

/// The days of these years on which the offices work.
async fn working_days(guest: &Guest, years: BTreeSet<i32>) -> Result<HashSet<Date>, Refusal> {
    let mut found = HashSet::new();
    for year in years {
        let year = i64::from(year);
        let data = guest
            .run::<WorkingDays>(working_days::Variables { year })
            .await?;
        let days = data.calendar_days.into_iter();
        found.extend(days.filter(|day| day.working).map(|day| day.date));
    }
    Ok(found)
}

/// What is unlikely of a plan: a day before that of the milestone that precedes it, a day on which nobody works, a day to come of a stage
/// that is finished.
async fn doubts(
    guest: &Guest,
    project: &Project,
    planned: &[(&Milestone, Date)],
) -> Result<Vec<String>, Refusal> {
    let f = guest.frame("");
    let years = planned.iter().map(|(_, on)| on.year());
    let working = working_days(guest, years.filter(|year| *year >= 2000).collect()).await?;
    let mut found = Vec::new();
    let mut before: Option<(Date, String)> = None;
    for one in &project.milestones {
        let name = named(&f, project, one);
        let new = planned.iter().find(|(known, _)| known.id == one.id);
        let new = new.map(|(_, on)| *on);
        let Some(on) = new.or(one.actual_on).or(one.forecast_on) else {
            continue;
        };
        if let Some((earlier, of)) = before.as_ref().filter(|(earlier, _)| on < *earlier) {
            found.push(match f.language {
                Language::Chinese => format!("“{name}”（{on}）早于前面的“{of}”（{earlier}）。"),
                Language::English => {
                    format!("\"{name}\" ({on}) is before \"{of}\" ({earlier}), which precedes it.")
                }
            });
        }
        if new.is_some() && !working.contains(&on) {
            found.push(match f.language {
                Language::Chinese => format!("“{name}”（{}）不是工作日。", f.date(&on)),
                Language::English => {
                    format!("\"{name}\" ({}) is not a working day.", f.date(&on))
                }
            });
        }
        if new.is_some_and(|on| on > f.today) && is_over(project, one) {
            found.push(match f.language {
                Language::Chinese => format!("“{name}”阶段已完成，计划日期却在今后（{on}）。"),
                Language::English => {
                    format!(
                        "The stage \"{name}\" is finished, and its planned date {on} is to come."
                    )
                }
            });
        }
        if before.as_ref().is_none_or(|(earlier, _)| *earlier <= on) {
            before = Some((on, name));
        }
    }
    Ok(found)
}

/// Plans the milestones that were given a day.
pub async fn plan_milestones(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    use plan_milestones::{MilestonePlanInput, PlannedMilestoneInput};
    let mut form = Form::filled(&[], &filled);
    let project = find(&guest, &key).await?;
    let mut planned = Vec::new();
    let mut days = Vec::new();
    for one in &project.milestones {
        if filled.some(&format!("on-{}", one.id)).is_some() {
            let on = day(&guest, &filled, &format!("on-{}", one.id), &mut form);
            days.push((one, on));
            planned.push(PlannedMilestoneInput {
                id: one.id.clone(),
                expected_version: one.version,
                on,
                weight: number(&guest, &filled, &format!("weight-{}", one.id), &mut form),
            });
        }
    }
    if planned.is_empty() {
        form.refuse_one(
            "",
            match guest.language {
                Language::Chinese => "请至少填写一个里程碑的日期。",
                Language::English => "Enter a date for at least one milestone.",
            },
        );
    }
    if !form.is_refused() && project.permissions.can_change_milestones {
        let doubts = doubts(&guest, &project, &days).await?;
        // Whoever has read them may mean it so; other days bring other doubts.
        if !doubts.is_empty() && filled.get("meant") != doubts.join(" ") {
            return plan_shown(&guest, &key, form, doubts).await;
        }
    }
    if !form.is_refused() {
        send!(
            guest,
            &filled,
            form,
            PlanMilestones(plan_milestones::Variables {
                input: MilestonePlanInput {
                    project_id: project.id,
                    milestones: planned,
                }
            })
            .answer
        );
    }
    if form.is_refused() {
        return plan_shown(&guest, &key, form, Vec::new()).await;
    }
    Ok(guest.done(Flash::Planned, &home(&key)?))
}
