//! The explorer: one operation of the API, typed by hand, under the same gate and limits as on the network. For developers, where
//! the setting `graphiql` says so.

use askama::Template;
use axum::response::Response;

use super::{
    form::{Filled, Form},
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
};

const FIELDS: &[&str] = &["query", "variables"];

/// Something to begin with.
const FIRST: &str = "query {\n  viewer {\n    name\n    role\n  }\n  obligations(first: 5, where: { state: { oneOf: [OPEN] } }) {\n    \
                     totalCount\n    nodes {\n      occasion\n      deadline {\n        dueOn\n        light\n      }\n    }\n  }\n}";

#[derive(Template)]
#[template(path = "explorer.html")]
struct Shown {
    f: Frame,
    form: Form,
    answer: Option<String>,
    schema: bool,
}

fn shown(guest: &Guest, form: Form, answer: Option<String>) -> Shown {
    let mut f = guest.frame("");
    f.title = f.t("API 试验台", "API explorer").to_owned();
    Shown {
        f,
        form,
        answer,
        schema: guest.state.describes_itself(),
    }
}

fn is_open(guest: &Guest) -> Result<(), Refusal> {
    if !guest.state.explores() {
        return Err(Refusal::NotFound);
    }
    guest.viewer.person().map(|_| ()).ok_or(Refusal::SignIn)
}

/// The page.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    is_open(&guest)?;
    let mut form = Form::new(FIELDS);
    form.set("query", FIRST);
    form.set("variables", "{}");
    Ok(guest.show(&shown(&guest, form, None)))
}

/// Runs the operation, as the person of the session.
pub async fn run(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    is_open(&guest)?;
    let mut form = Form::filled(FIELDS, &filled);
    let variables = match filled.get("variables") {
        "" => Ok(serde_json::Value::Null),
        text => serde_json::from_str(text),
    };
    let answer = match variables {
        Ok(variables) => Some(guest.explore(filled.get("query"), variables).await?),
        Err(error) => {
            form.refuse_one("variables", &error.to_string());
            None
        }
    };
    Ok(guest.show(&shown(&guest, form, answer)))
}
