//! The promise board (承诺公示): of each item what is promised and how it was kept, for everybody, without signing in and without a script; the same
//! for programs.

use api_http::fresh;
use askama::Template;
use axum::response::Response;
use serde_json::Value;

use super::{bridge::operation, frame::Frame, guest::Guest, guide::PUBLIC, refusal::Refusal};

operation!(PromiseBoard in "src/operations/board.graphql");

#[derive(Template)]
#[template(path = "board.html")]
struct BoardShown {
    f: Frame,
    it: promise_board::PromiseBoardPromiseBoard,
}

impl BoardShown {
    /// A share in percent as it is told.
    fn percent(&self, share: &f64) -> String {
        format!("{share:.1} %")
    }
}

/// The board.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    let asked = promise_board::Variables {};
    let (parts, data) = guest.run_and_tell::<PromiseBoard>(asked).await?;
    let mut f = guest.frame("");
    f.title = f.t("承诺公示", "Promise board").to_owned();
    let page = guest.show(&BoardShown {
        f,
        it: data.promise_board,
    });
    Ok(guest.kept(page, &parts))
}

/// The same for programs.
pub async fn for_programs(guest: Guest) -> Result<Response, Refusal> {
    let asked = promise_board::Variables {};
    let (parts, _) = guest.run_and_tell::<PromiseBoard>(asked).await?;
    let told = parts.get("promiseBoard").unwrap_or(&Value::Null);
    let body = serde_json::to_string_pretty(told).map_err(|_| Refusal::Internal)?;
    Ok(fresh(&guest.headers, "application/json", PUBLIC, body))
}
