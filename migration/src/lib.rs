//! The tables of Qiyue, one file per change. A released file is never edited; SQLite and PostgreSQL get the same tables.
//!
//! A change beside which the program of before would do wrong (a column that it reads goes, a value comes that it does not know) ends with
//! [`end_older_programs`]. All others are such that it goes on without noticing, so that replicas can be replaced one after the other.

use std::collections::HashSet;

pub use sea_orm_migration::{MigratorTrait, SchemaManager};
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

pub mod check;
mod m20261201_000001_people;
mod m20261201_000002_calendar;
mod m20261201_000003_contracts;
mod m20261201_000004_projects;
mod m20261201_000005_operations;
mod m20261201_000006_preferences;
mod m20261201_000007_absences;
mod m20261201_000009_reports;
mod m20261201_000010_feeds;
mod m20261201_000011_permits;
mod m20261201_000013_visits;
mod m20261201_000014_evaluations;
mod m20261201_000015_rectifications;
mod m20261201_000016_papers;
mod m20261201_000017_actors;
mod m20261201_000018_settlements;
mod m20261201_000021_letters;
mod m20261201_000026_bad_days;
mod m20261201_000028_seals;
mod m20261201_000025_promotions;
mod m20261201_000027_known_browsers;
mod m20261201_000024_files;
mod m20261201_000019_limits;
mod m20261201_000029_beyond_the_law;
mod m20261201_000030_generations;
mod m20261201_000031_light_days;
mod m20261201_000032_subjects;
mod m20261201_000033_endings;
mod m20261201_000034_lists;
mod m20261201_000035_large_reports;
mod m20261201_000036_project_lights;
mod m20261202_000037_found;
mod m20261202_000038_telephones;
mod m20261202_000039_supervision_and_comments;
mod m20261202_000041_keeping;
mod m20261203_000043_start_pages;
mod m20261203_000044_standard_promises;
mod m20261203_000045_catalogue;
mod m20261203_000047_needs;
mod m20261203_000048_applications;
mod m20261203_000049_cases;
mod m20261203_000050_silence;

/// All changes, in order.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261201_000001_people::Migration),
            Box::new(m20261201_000002_calendar::Migration),
            Box::new(m20261201_000003_contracts::Migration),
            Box::new(m20261201_000004_projects::Migration),
            Box::new(m20261201_000005_operations::Migration),
            Box::new(m20261201_000006_preferences::Migration),
            Box::new(m20261201_000007_absences::Migration),
            Box::new(m20261201_000009_reports::Migration),
            Box::new(m20261201_000010_feeds::Migration),
            Box::new(m20261201_000011_permits::Migration),
            Box::new(m20261201_000013_visits::Migration),
            Box::new(m20261201_000014_evaluations::Migration),
            Box::new(m20261201_000015_rectifications::Migration),
            Box::new(m20261201_000016_papers::Migration),
            Box::new(m20261201_000017_actors::Migration),
            Box::new(m20261201_000018_settlements::Migration),
            Box::new(m20261201_000021_letters::Migration),
            Box::new(m20261201_000026_bad_days::Migration),
            Box::new(m20261201_000028_seals::Migration),
            Box::new(m20261201_000025_promotions::Migration),
            Box::new(m20261201_000027_known_browsers::Migration),
            Box::new(m20261201_000024_files::Migration),
            Box::new(m20261201_000019_limits::Migration),
            Box::new(m20261201_000029_beyond_the_law::Migration),
            Box::new(m20261201_000030_generations::Migration),
            Box::new(m20261201_000031_light_days::Migration),
            Box::new(m20261201_000032_subjects::Migration),
            Box::new(m20261201_000033_endings::Migration),
            Box::new(m20261201_000034_lists::Migration),
            Box::new(m20261201_000035_large_reports::Migration),
            Box::new(m20261201_000036_project_lights::Migration),
            Box::new(m20261202_000037_found::Migration),
            Box::new(m20261202_000038_telephones::Migration),
            Box::new(m20261202_000039_supervision_and_comments::Migration),
            Box::new(m20261202_000041_keeping::Migration),
            Box::new(m20261203_000043_start_pages::Migration),
            Box::new(m20261203_000044_standard_promises::Migration),
            Box::new(m20261203_000045_catalogue::Migration),
            Box::new(m20261203_000047_needs::Migration),
            Box::new(m20261203_000048_applications::Migration),
            Box::new(m20261203_000049_cases::Migration),
            Box::new(m20261203_000050_silence::Migration),
        ]
    }
}

/// Whether a newer program has changed these tables: they bear a change that this one does not know.
pub async fn is_newer<C: ConnectionTrait>(db: &C) -> Result<bool, DbErr> {
    let known: HashSet<_> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    let applied = Migrator::get_migration_models(db).await?;
    Ok(applied.iter().any(|one| !known.contains(&one.version)))
}

/// From this change on, programs of a generation below `generation` write nothing more; `entity::store::GENERATION` is raised with it.
/// The last step of a migration, so that what is being committed there ends before, and nobody waits for long.
pub async fn end_older_programs(manager: &SchemaManager<'_>, generation: i32) -> Result<(), DbErr> {
    let db = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        // Whoever is about to commit has read the row and is waited for; whoever comes later reads the new one.
        db.execute_unprepared("LOCK TABLE oldest_program").await?;
    }
    let raise = format!("UPDATE oldest_program SET generation = {generation}");
    db.execute_unprepared(&raise).await?;
    Ok(())
}

/// Runs a script in the common dialect: `{uuid}`, `{instant}`, `{date}`, `{bytes}`, `{json}` become the backend's types.
async fn run(manager: &SchemaManager<'_>, script: &str) -> Result<(), DbErr> {
    let postgres = manager.get_database_backend() == DbBackend::Postgres;
    let types = if postgres {
        ["uuid", "timestamptz", "date", "bytea", "jsonb"]
    } else {
        [
            "uuid_text",
            "timestamp_with_timezone_text",
            "date_text",
            "blob",
            "json_text",
        ]
    };
    let mut script = script.to_owned();
    for (name, of_backend) in ["{uuid}", "{instant}", "{date}", "{bytes}", "{json}"]
        .iter()
        .zip(types)
    {
        script = script.replace(name, of_backend);
    }
    manager.get_connection().execute_unprepared(&script).await?;
    Ok(())
}
