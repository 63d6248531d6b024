//! What the three commonest operations cost on PostgreSQL, against two floors over the same connections: one statement of SQL that answers the
//! same JSON, and a program by hand that fetches the same columns with a statement for each kind of thing and prints them; against the library that
//! resolves, with all values in memory; and against a generic GraphQL server over the same tables when `npm ci --prefix tests/benches/peer` has installed
//! it. All do the same work in turns.
//!
//! In a park of 20 contracts and in one of 10,000. `cargo bench -p tests --bench peer`, for a quick look with `--profile dev`.

#![allow(clippy::print_stdout, reason = "a benchmark tells what it measured")]

mod bare;
mod postgraphile;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bare::Bare;
use postgraphile::Postgraphile;

use chrono::{DateTime, NaiveDate, Utc};
use mimalloc::MiMalloc;
use sea_orm::{
    ConnectionTrait, DbBackend, Statement,
    sqlx::{self, Column, Row, TypeInfo, postgres::PgRow},
};
use serde_json::{Value, to_writer};
use tests::{
    Backend, Park,
    hottest::{self, Asking, DASHBOARD, DUE_LIST, ONE_CONTRACT},
    memory, size, story,
};
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};
use uuid::Uuid;

// As in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// How many work at once.
const AT_ONCE: usize = 8;

/// How long one of them works before the next does.
const TURN: Duration = Duration::from_secs(2);

/// How many turns each has.
const TURNS: u32 = 3;

/// An operation and its floors.
struct Operation {
    own: hottest::Operation,
    /// One statement of the same JSON; `$1` is the key of a contract.
    json: &'static str,
    /// The rows of each kind of thing. In the first `$1` is the key of a contract, in the others the keys that its named column has found.
    rows: &'static [(&'static str, &'static str)],
    /// What the generic server is asked.
    generic: &'static str,
}

const LIGHT: &str = "CASE WHEN d.state <> 'RUNNING' THEN 'GREY' WHEN d.black_from <= now() THEN 'BLACK' WHEN d.red_from <= now() THEN 'RED'
    WHEN d.orange_from <= now() THEN 'ORANGE' WHEN d.yellow_from <= now() THEN 'YELLOW' ELSE 'GREEN' END";

const OPERATIONS: [Operation; 3] = [
    Operation {
        own: DASHBOARD,
        json: "SELECT json_agg(t)::text AS answer FROM (SELECT c.id, c.number, c.state, c.starts_on, c.ends_on,
            (SELECT json_build_object('id', e.id, 'nameZh', e.name_zh, 'liaison', (SELECT json_build_object('id', l.id, 'official', json_build_object('name', a.name))
                FROM liaison l JOIN account a ON a.id = l.account_id WHERE l.enterprise_id = e.id AND l.state IN ('ACTIVE', 'HANDING_OVER') LIMIT 1)) FROM enterprise e WHERE e.id = c.enterprise_id) AS enterprise,
            (SELECT json_agg(json_build_object('id', m.id, 'number', m.number, 'textZh', m.text_zh, 'kind', m.kind, 'limitDays', m.limit_days, 'unit', m.unit, 'owner', m.owner) ORDER BY m.number)
                FROM commitment m WHERE m.contract_id = c.id) AS commitments,
            (SELECT json_agg(json_build_object('id', o.id, 'occasion', o.occasion, 'state', o.state, 'deadline', json_build_object('id', d.id, 'dueOn', d.due_on, 'state', d.state, 'light', {light})) ORDER BY d.due_on)
                FROM obligation o JOIN deadline d ON d.id = o.deadline_id WHERE o.contract_id = c.id AND o.state = 'OPEN') AS obligations,
            (SELECT json_agg(json_build_object('id', p.id, 'name', p.name, 'state', p.state, 'milestones',
                (SELECT json_agg(json_build_object('id', s.id, 'name', s.name, 'position', s.position, 'baselineOn', s.baseline_on, 'forecastOn', s.forecast_on, 'actualOn', s.actual_on) ORDER BY s.position)
                    FROM milestone s WHERE s.project_id = p.id))) FROM project p WHERE p.contract_id = c.id) AS projects
            FROM contract c WHERE $1::uuid IS NOT NULL ORDER BY c.number LIMIT 20) t",
        rows: &[
            ("", "SELECT id, enterprise_id, number, state, starts_on, ends_on FROM contract WHERE $1::uuid IS NOT NULL ORDER BY number LIMIT 20"),
            ("enterprise_id", "SELECT id, name_zh FROM enterprise WHERE id = ANY($1)"),
            ("enterprise_id", "SELECT l.enterprise_id, l.id, a.name FROM liaison l JOIN account a ON a.id = l.account_id
                WHERE l.enterprise_id = ANY($1) AND l.state IN ('ACTIVE', 'HANDING_OVER')"),
            ("id", "SELECT contract_id, id, number, text_zh, kind, limit_days, unit, owner FROM commitment WHERE contract_id = ANY($1)"),
            ("id", "SELECT o.id, o.contract_id, o.occasion, o.state, d.id, d.due_on, d.state, d.yellow_from, d.orange_from, d.red_from, d.black_from FROM obligation o JOIN deadline d ON d.id = o.deadline_id
                WHERE o.state = 'OPEN' AND o.contract_id = ANY($1)"),
            ("id", "SELECT contract_id, id, name, state FROM project WHERE contract_id = ANY($1)"),
            ("id", "SELECT m.project_id, m.id, m.name, m.position, m.baseline_on, m.forecast_on, m.actual_on FROM milestone m JOIN project p ON p.id = m.project_id
                WHERE p.contract_id = ANY($1)"),
        ],
        generic: postgraphile::DASHBOARD,
    },
    Operation {
        own: DUE_LIST,
        json: "SELECT json_agg(t)::text AS answer FROM (SELECT o.id, o.occasion, o.state, json_build_object('id', m.id, 'number', m.number, 'textZh', m.text_zh) AS commitment,
            json_build_object('id', c.id, 'number', c.number) AS contract, json_build_object('id', e.id, 'nameZh', e.name_zh) AS enterprise,
            json_build_object('id', d.id, 'dueOn', d.due_on, 'state', d.state, 'light', {light}) AS deadline
            FROM (SELECT o.* FROM deadline d JOIN obligation o ON o.deadline_id = d.id WHERE $1::uuid IS NOT NULL AND d.closed_on IS NULL AND o.state = 'OPEN'
                ORDER BY d.due_on, d.id LIMIT 50) o JOIN deadline d ON d.id = o.deadline_id JOIN commitment m ON m.id = o.commitment_id JOIN contract c ON c.id = o.contract_id
            JOIN enterprise e ON e.id = o.enterprise_id ORDER BY d.due_on, d.id) t",
        rows: &[
            ("", "SELECT o.id, o.commitment_id, o.contract_id, o.enterprise_id, o.occasion, o.state, d.id, d.due_on, d.state, d.yellow_from, d.orange_from, d.red_from, d.black_from
                FROM deadline d JOIN obligation o ON o.deadline_id = d.id WHERE $1::uuid IS NOT NULL AND d.closed_on IS NULL AND o.state = 'OPEN' ORDER BY d.due_on, d.id LIMIT 50"),
            ("commitment_id", "SELECT id, number, text_zh FROM commitment WHERE id = ANY($1)"),
            ("contract_id", "SELECT id, number FROM contract WHERE id = ANY($1)"),
            ("enterprise_id", "SELECT id, name_zh FROM enterprise WHERE id = ANY($1)"),
        ],
        generic: postgraphile::DUE_LIST,
    },
    Operation {
        own: ONE_CONTRACT,
        json: "SELECT row_to_json(t)::text AS answer FROM (SELECT c.id, c.number, c.state, c.starts_on, c.ends_on, c.park_party,
            (SELECT json_build_object('id', e.id, 'nameZh', e.name_zh, 'creditCode', e.credit_code) FROM enterprise e WHERE e.id = c.enterprise_id) AS enterprise,
            (SELECT json_build_object('id', l.id, 'official', json_build_object('name', a.name)) FROM liaison l JOIN account a ON a.id = l.account_id
                WHERE l.enterprise_id = c.enterprise_id AND l.state IN ('ACTIVE', 'HANDING_OVER') LIMIT 1) AS liaison,
            (SELECT json_agg(json_build_object('id', k.id, 'number', k.number) ORDER BY k.number) FROM contract_clause k WHERE k.contract_id = c.id AND k.ended_on IS NULL) AS clauses,
            (SELECT json_agg(json_build_object('id', m.id, 'number', m.number, 'textZh', m.text_zh, 'textEn', m.text_en, 'kind', m.kind, 'limitDays', m.limit_days, 'unit', m.unit, 'owner', m.owner) ORDER BY m.number)
                FROM commitment m WHERE m.contract_id = c.id) AS commitments,
            (SELECT json_agg(json_build_object('id', o.id, 'occasion', o.occasion, 'state', o.state, 'deadline', json_build_object('id', d.id, 'dueOn', d.due_on, 'state', d.state, 'light', {light})) ORDER BY d.due_on)
                FROM obligation o JOIN deadline d ON d.id = o.deadline_id WHERE o.contract_id = c.id AND o.state = 'OPEN') AS obligations,
            (SELECT json_agg(json_build_object('id', p.id, 'name', p.name, 'state', p.state, 'milestones',
                (SELECT json_agg(json_build_object('id', s.id, 'name', s.name, 'position', s.position, 'baselineOn', s.baseline_on, 'forecastOn', s.forecast_on, 'actualOn', s.actual_on) ORDER BY s.position)
                    FROM milestone s WHERE s.project_id = p.id))) FROM project p WHERE p.contract_id = c.id) AS projects
            FROM contract c WHERE c.id = $1) t",
        rows: &[
            ("", "SELECT id, enterprise_id, number, state, starts_on, ends_on, park_party FROM contract WHERE id = $1"),
            ("enterprise_id", "SELECT id, name_zh, credit_code FROM enterprise WHERE id = ANY($1)"),
            ("enterprise_id", "SELECT l.id, a.name FROM liaison l JOIN account a ON a.id = l.account_id
                WHERE l.enterprise_id = ANY($1) AND l.state IN ('ACTIVE', 'HANDING_OVER')"),
            ("id", "SELECT id, number FROM contract_clause WHERE contract_id = ANY($1) AND ended_on IS NULL"),
            ("id", "SELECT id, number, text_zh, text_en, kind, limit_days, unit, owner FROM commitment WHERE contract_id = ANY($1)"),
            ("id", "SELECT o.id, o.contract_id, o.occasion, o.state, d.id, d.due_on, d.state, d.yellow_from, d.orange_from, d.red_from, d.black_from FROM obligation o JOIN deadline d ON d.id = o.deadline_id
                WHERE o.contract_id = ANY($1) AND o.state = 'OPEN'"),
            ("id", "SELECT id, name, state FROM project WHERE contract_id = ANY($1)"),
            ("id", "SELECT m.project_id, m.id, m.name, m.position, m.baseline_on, m.forecast_on, m.actual_on FROM milestone m JOIN project p ON p.id = m.project_id
                WHERE p.contract_id = ANY($1)"),
        ],
        generic: postgraphile::ONE_CONTRACT,
    },
];

/// Who works in this process.
#[derive(Clone, Copy)]
enum Who {
    Qiyue,
    Json,
    Rows,
    Library,
}

const WHO: [Who; 4] = [Who::Qiyue, Who::Json, Who::Rows, Who::Library];

struct World {
    park: Park,
    asking: Asking,
    /// The library with the answer to each operation.
    bare: Vec<Bare>,
}

impl World {
    /// Does it once; says how long the answer is.
    async fn answer(&self, who: Who, place: usize) -> usize {
        let operation = &OPERATIONS[place];
        let statement = |sql: &str| {
            let sql = sql.replace("{light}", LIGHT);
            Statement::from_sql_and_values(
                DbBackend::Postgres,
                sql,
                [self.asking.contract.id.into()],
            )
        };
        let db = self.park.db();
        match who {
            Who::Qiyue => self.asking.answer(&operation.own).await.len(),
            Who::Json => {
                let row = db.query_one_raw(statement(operation.json)).await;
                let row = row.expect("a read").expect("a row");
                row.try_get::<String>("", "answer").expect("a text").len()
            }
            Who::Rows => self.rows(operation.rows).await.len(),
            Who::Library => {
                let variables = self.asking.variables();
                let answer = self.bare[place].answer(operation.own.query, variables);
                answer.await.len()
            }
        }
    }

    /// Fetches the rows as one would by hand, and prints them.
    async fn rows(&self, statements: &[(&'static str, &'static str)]) -> Vec<u8> {
        let pool = self.park.db().get_postgres_connection_pool();
        let (mut printed, mut first) = (Vec::new(), Vec::new());
        for (keys, sql) in statements {
            let asked = sqlx::query(*sql);
            let asked = match *keys {
                "" => asked.bind(self.asking.contract.id),
                column => {
                    let key = |row: &PgRow| row.get::<Uuid, _>(column);
                    asked.bind(first.iter().map(key).collect::<Vec<_>>())
                }
            };
            let rows = asked.fetch_all(pool).await.expect("rows");
            for row in &rows {
                print(row, &mut printed);
            }
            if keys.is_empty() {
                first = rows;
            }
        }
        printed
    }

    /// How many answers a second, and how many milliseconds of CPU each costs this process.
    async fn measured(self: &Arc<Self>, who: Who, place: usize, long: Duration) -> (f64, f64) {
        let (begun, before) = (Instant::now(), cpu());
        let mut working = JoinSet::new();
        for _ in 0..AT_ONCE {
            let world = self.clone();
            working.spawn(async move {
                let mut done = 0_u32;
                while begun.elapsed() < long {
                    world.answer(who, place).await;
                    done += 1;
                }
                done
            });
        }
        let done: u32 = working.join_all().await.into_iter().sum();
        let (took, used) = (begun.elapsed().as_secs_f64(), cpu() - before);
        (f64::from(done) / took, 1000.0 * used / f64::from(done))
    }

    /// The median and the 99th of a hundred of how many milliseconds an answer takes when so many are asked a second, at even distances.
    async fn waits(self: &Arc<Self>, place: usize, rate: f64) -> (f64, f64) {
        let mut tick = interval(Duration::from_secs_f64(1.0 / rate));
        tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let (begun, mut working) = (Instant::now(), JoinSet::new());
        while begun.elapsed() < 2 * TURN {
            tick.tick().await;
            let world = self.clone();
            working.spawn(async move {
                let asked = Instant::now();
                world.answer(Who::Qiyue, place).await;
                asked.elapsed().as_secs_f64() * 1000.0
            });
        }
        let mut took = working.join_all().await;
        took.sort_by(f64::total_cmp);
        (took[took.len() / 2], took[took.len() * 99 / 100])
    }
}

/// Prints a row as a list in JSON.
fn print(row: &PgRow, to: &mut Vec<u8>) {
    for (place, column) in row.columns().iter().enumerate() {
        to.push(if place == 0 { b'[' } else { b',' });
        let printed = match column.type_info().name() {
            "UUID" => to_writer(&mut *to, &row.get::<Option<Uuid>, _>(place)),
            "DATE" => to_writer(&mut *to, &row.get::<Option<NaiveDate>, _>(place)),
            "TIMESTAMPTZ" => to_writer(&mut *to, &row.get::<Option<DateTime<Utc>>, _>(place)),
            "INT4" => to_writer(&mut *to, &row.get::<Option<i32>, _>(place)),
            "INT8" => to_writer(&mut *to, &row.get::<Option<i64>, _>(place)),
            _ => to_writer(&mut *to, &row.get::<Option<&str>, _>(place)),
        };
        printed.expect("JSON");
    }
    to.extend_from_slice(b"]\n");
}

/// The seconds of CPU that this process has used.
fn cpu() -> f64 {
    let told = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, after) = told.rsplit_once(')').expect("a name");
    let ticks = after.split_whitespace().skip(11).take(2);
    let ticks: f64 = ticks.filter_map(|one| one.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// How many copies of the demonstration there are beside it: 20 contracts, and 10,000.
const SIZES: [u32; 2] = [0, 500];

fn main() {
    for copies in SIZES {
        measure(copies);
    }
}

fn measure(copies: u32) {
    story::alone(Backend::Postgres, async |backend| {
        let park = Park::demonstration(backend).await;
        if copies > 0 {
            size::multiply(&park, copies).await;
        }
        let asking = Asking::of(&park).await;
        let mut bare = Vec::new();
        for operation in &OPERATIONS {
            let answer = asking.answer(&operation.own).await;
            let one = Bare::of(&answer);
            let same = one.answer(operation.own.query, asking.variables()).await;
            let read = |answer: &[u8]| serde_json::from_slice::<Value>(answer).expect("JSON");
            assert_eq!(read(&same)["data"], read(&answer)["data"]);
            bare.push(one);
        }
        let mut generic = Postgraphile::start(park.database().address(), AT_ONCE);
        let world = Arc::new(World { park, asking, bare });
        println!("\n{} contracts", 20 * (copies + 1));
        for (place, operation) in OPERATIONS.iter().enumerate() {
            let mut ask_generic = |long| {
                let generic = generic.as_mut()?;
                Some(generic.measured(operation.generic, world.asking.contract.id, long))
            };
            for one in WHO {
                // The first times prepare what later ones find.
                world.measured(one, place, TURN / 4).await;
            }
            ask_generic(TURN);
            let asked = world.park.statements(world.answer(Who::Qiyue, place));
            let (bytes, statements) = asked.await;
            let (mut found, mut generic_found) = ([[0.0_f64; 2]; WHO.len()], [0.0_f64; 2]);
            let add = |to: &mut [f64; 2], (rate, cost): (f64, f64)| {
                to[0] += rate / f64::from(TURNS);
                to[1] += cost / f64::from(TURNS);
            };
            for _ in 0..TURNS {
                for (one, found) in WHO.into_iter().zip(&mut found) {
                    add(found, world.measured(one, place, TURN).await);
                }
                if let Some(figures) = ask_generic(TURN) {
                    add(&mut generic_found, figures);
                }
            }
            let [own, ..] = found;
            let (median, late) = world.waits(place, 0.8 * own[0]).await;
            println!(
                "\n{}: {bytes} bytes, {statements} statements, at four fifths of its rate {median:.1} ms, 99 of 100 under {late:.1} ms\n\n| who | a second | Qiyue ÷ | CPU ms | Qiyue ÷ |\n| --- | --- | --- | --- | --- |",
                operation.own.name
            );
            let names = [
                "Qiyue",
                "one statement of JSON",
                "rows by hand",
                "the library alone",
            ];
            let generic_found = generic.is_some().then_some(("PostGraphile", generic_found));
            for (name, [rate, cost]) in names.into_iter().zip(found).chain(generic_found) {
                println!(
                    "| {name} | {rate:.0} | {:.2} | {cost:.2} | {:.2} |",
                    own[0] / rate,
                    own[1] / cost
                );
            }
        }
        println!("\n{} kB are held", memory::held());
    });
}
