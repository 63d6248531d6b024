//! What jobs under test leave behind: a table without any constraint, so that what is done twice is seen twice.

use entity::error::Fault;
use sea_orm::{ConnectionTrait, DatabaseConnection, FromQueryResult, Statement};

/// Makes the table, if it is not there yet.
pub async fn table(db: &DatabaseConnection) {
    db.execute_unprepared("CREATE TABLE IF NOT EXISTS effect (what varchar(200) NOT NULL)")
        .await
        .expect("the table of effects");
}

/// Leaves one effect in the transaction `db`.
pub async fn leave(db: &impl ConnectionTrait, what: &str) -> Result<(), Fault> {
    db.execute_raw(Statement::from_sql_and_values(
        db.get_database_backend(),
        "INSERT INTO effect (what) VALUES ($1)",
        [what.into()],
    ))
    .await?;
    Ok(())
}

/// All effects, in order of their text.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<String>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        what: String,
    }
    let asked = Statement::from_string(
        db.get_database_backend(),
        "SELECT what FROM effect ORDER BY what",
    );
    let rows = Row::find_by_statement(asked).all(db).await?;
    Ok(rows.into_iter().map(|row| row.what).collect())
}
