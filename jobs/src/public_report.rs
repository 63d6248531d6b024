//! The public part of the quarterly report: on the morning of the quarterly report the special inspectors are told of its figures
//! without enterprises, and of the newest evaluation that is published.

use entity::{
    account, calendar,
    error::Fault,
    evaluation::{self, figures},
    language::Text,
    link,
    outbox::{
        self, Class,
        commands::NewLetter,
        facts::{PublicReport, PublishedEvaluation, ResultLine},
    },
    report::{
        self, Kind,
        facts::Kept,
        issue::{Issue, newest},
        rules::{Slice, concerns},
        source::Source,
    },
    store::Store,
    viewer::{Role, Viewer},
};

use crate::job::Run;

/// Writes to the inspectors who have not had the newest quarterly report yet.
pub(crate) async fn tell(run: &Run) -> Result<(), Fault> {
    let store = run.store();
    let (db, zone) = (store.db(), store.zone());
    let inspectors = account::repository::enabled_in_role(db, Role::Inspector).await?;
    let calendar = calendar::repository::in_force(store).await?;
    let issue = newest(Kind::QuarterlyReport, store.now(), zone, &calendar);
    let key = |id| format!("public_report:{}:{id}", issue.period);
    let mut untold = Vec::new();
    for person in inspectors {
        if outbox::repository::is_used(db, &key(person.id)).await? {
            run.skip();
        } else {
            untold.push(person);
        }
    }
    if untold.is_empty() {
        return Ok(());
    }
    let Some(kept) = kept(store, &issue).await? else {
        return Ok(());
    };
    let evaluation = published(store).await?;
    for person in untold {
        if run.is_stopping() {
            break;
        }
        let letter = NewLetter::new(
            key(person.id),
            outbox::Kind::PublicReport,
            Class::MustNotDouble,
            person.id,
            &PublicReport {
                name: person.name.clone(),
                period: issue.period.clone(),
                from: issue.from,
                to: issue.to,
                due: kept.due,
                on_time: kept.on_time,
                late: kept.late,
                missed: kept.missed,
                overdue: kept.overdue,
                rate: kept.rate(),
                evaluation: evaluation.clone(),
            },
        );
        let why = vec![issue.period.clone()];
        run.write(&person, why, letter, Vec::new()).await;
    }
    Ok(())
}

/// What became of the promises of the quarter: as in the report on the whole park, whether or not somebody gets one. None when there is
/// nothing to report on.
async fn kept(store: &Store, issue: &Issue) -> Result<Option<Kept>, Fault> {
    let (db, zone) = (store.db(), store.zone());
    let key = Slice::Park.key(issue.kind, &issue.period);
    if let Some(made) = report::repository::summary_of(db, &key).await? {
        return Ok(Some(made.facts.kept));
    }
    let concerned = report::repository::concerned(db, issue, &[Slice::Park], zone).await?;
    if concerned.is_empty() {
        return Ok(None);
    }
    let calendar = calendar::repository::known_at(db, issue.moment).await?;
    let source = Source::then(db, issue, zone).await?;
    let material = source.material(None).await?;
    let concerns = concerns(issue, Slice::Park, &material, &calendar, zone);
    let facts = || report::rules::facts(issue, Slice::Park, &material, &calendar, zone);
    Ok(concerns.then(|| facts().kept))
}

/// The newest published evaluation.
async fn published(store: &Store) -> Result<Option<PublishedEvaluation>, Fault> {
    let db = store.db();
    let Some(evaluation) = evaluation::repository::newest_published(db).await? else {
        return Ok(None);
    };
    let all = [evaluation];
    let viewer = Viewer::system("public report");
    let mut figures = evaluation::repository::figures(db, &viewer, &all).await?;
    let [evaluation] = all;
    let Some(told) = figures.remove(&evaluation.id).and_then(|mut all| all.pop()) else {
        return Ok(None);
    };
    let design = evaluation::repository::design_of(db, &evaluation).await?;
    let confidence = design.parameters.confidence;
    let line = |row: &figures::Row| ResultLine {
        department: Text::new(
            row.department.name_zh.clone(),
            row.department.name_en.clone(),
        ),
        figure: figures::in_words(row, confidence),
    };
    Ok(Some(PublishedEvaluation {
        quarter: evaluation.quarter,
        invited: told.invited,
        answered: told.answered,
        lines: told.departments.iter().map(line).collect(),
        path: link::evaluation(evaluation.id),
    }))
}
