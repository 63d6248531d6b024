//! Files in and out. They travel beside GraphQL, as plain bodies.

use api_door::{error, scalar::Kind};
use async_graphql::ID;
use axum::{
    Extension, Json,
    extract::{Path, Query, Request, State as FromState, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::{
    document::{
        self, commands, repository,
        rules::{LARGEST, StoreError},
    },
    error::{CommandError, Explain, Fault},
    viewer::Viewer,
};
use serde::Deserialize;
use serde_json::json;
use tracing::Instrument;

use super::{
    Peer, RequestId, State, body, only, refusal,
    session::{self, Reader},
};

/// What is said about an uploaded file, in the query of the address.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct About {
    name: String,
    enterprise: Option<String>,
    #[serde(default)]
    internal: bool,
}

/// Stores the body as a file: `POST /documents?name=…&enterprise=…&internal=true`, content type
/// `application/octet-stream`. What the file is, its content says.
pub async fn upload(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Extension(peer): Extension<Peer>,
    about: Result<Query<About>, QueryRejection>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    // A type that no form of a foreign page can send.
    let plain = only(&headers, header::CONTENT_TYPE) == Some("application/octet-stream");
    if let Some(refused) = super::refuse_change(&state, &headers, plain) {
        return refused;
    }
    let viewer = match session::viewer(&state, &headers).await {
        Ok(viewer) => viewer,
        Err(fault) => return super::fault(&fault, &session::nobody(&headers), &request_id),
    };
    if !state.may_pass(&viewer, peer, true) {
        return super::too_many();
    }
    if viewer.person().is_none() {
        return super::fault(&Fault::Unauthenticated, &viewer, &request_id);
    }
    let Ok(Query(about)) = about else {
        let message = "Say `name`, and where it applies `enterprise` and `internal`.";
        return refusal(StatusCode::BAD_REQUEST, error::BAD_REQUEST, message);
    };
    let language = viewer.language();
    let outcome = match body::file(&state, &viewer, peer, request, LARGEST).await {
        Err(body::Unread::TooLarge) => Err(CommandError::refused(&["file"], StoreError::TooLarge)),
        Err(unread) => return super::unread(unread),
        Ok((bytes, _memory)) => {
            let file = File {
                enterprise: about.enterprise.map(ID),
                name: about.name,
                internal: about.internal,
                bytes: bytes.into(),
            };
            keep(&state, &viewer, file).await
        }
    };
    match outcome {
        Ok(document) => {
            let body = json!({
                "id": Kind::Document.id(document.id).as_str(),
                "name": document.name,
                "contentType": document.content_type,
                "size": document.size,
                "sha256": document.sha256,
            });
            (StatusCode::CREATED, Json(body)).into_response()
        }
        Err(CommandError::Refused(refusals)) => {
            let errors: Vec<_> = refusals
                .iter()
                .map(|refusal| {
                    json!({
                        "code": code(refusal.code),
                        "path": refusal.path,
                        "message": refusal.code.explain().in_language(language),
                    })
                })
                .collect();
            let body = json!({ "userErrors": errors });
            (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
        }
        Err(CommandError::Fault(fault)) => super::fault(&fault, &viewer, &request_id),
    }
}

/// A file that arrived.
#[derive(Debug)]
pub struct File {
    /// The global id of the enterprise it is about.
    pub enterprise: Option<ID>,
    /// Its name.
    pub name: String,
    /// Whether the enterprise may not see it.
    pub internal: bool,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Stores a file: what the route above and the console's forms share.
pub async fn keep(
    state: &State,
    viewer: &Viewer,
    file: File,
) -> Result<document::Model, CommandError<StoreError>> {
    let enterprise_id = file
        .enterprise
        .map(|id| Kind::Enterprise.require(&id))
        .transpose()?;
    let input = commands::Store {
        enterprise_id,
        name: file.name,
        internal: file.internal,
        bytes: file.bytes,
    };
    let (store, asker) = (state.store().clone(), viewer.clone());
    let running = async move { commands::store(&store, &asker, input).await };
    tokio::spawn(running.in_current_span())
        .await
        .unwrap_or_else(|error| Err(Fault::Internal(error.to_string()).into()))
}

fn code(refused: StoreError) -> &'static str {
    match refused {
        StoreError::Empty => "EMPTY",
        StoreError::TooLarge => "TOO_LARGE",
        StoreError::UnknownFormat => "UNKNOWN_FORMAT",
        StoreError::NameMissing => "NAME_MISSING",
        StoreError::InternalByEnterprise => "INTERNAL_BY_ENTERPRISE",
        StoreError::TooManyOfAccount => "TOO_MANY_OF_ACCOUNT",
        StoreError::TooManyOfEnterprise => "TOO_MANY_OF_ENTERPRISE",
    }
}

/// Gives a file out, always to be saved and never to be shown by the browser: `GET /documents/ID`.
pub async fn download(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Reader(viewer): Reader,
    Path(id): Path<String>,
) -> Response {
    let found = match Kind::Document.key(&ID(id)) {
        Some(key) => repository::content(state.store().db(), &viewer, key).await,
        None => Ok(None),
    };
    match found.and_then(|found| found.ok_or(Fault::NotFound)) {
        Ok((document, bytes)) => saved(
            &document.name,
            &document.content_type,
            &document.sha256,
            bytes,
        ),
        Err(fault) => super::fault(&fault, &viewer, &request_id),
    }
}

/// A file that the browser saves and never shows.
pub(super) fn saved(name: &str, content_type: &str, sha256: &str, bytes: Vec<u8>) -> Response {
    let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    // The form encoding writes a blank as a plus sign, which is no escape in a header.
    let name = name.replace('+', "%20");
    let mut answer = bytes.into_response();
    let given = answer.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename*=UTF-8''{name}"),
        ),
        (header::ETAG, format!("\"{sha256}\"")),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            given.insert(name, value);
        }
    }
    answer
}
