//! Files in and out. They travel beside GraphQL, as plain bodies.

use api_door::{error, scalar::Kind};
use async_graphql::ID;
use axum::{
    Extension, Json,
    extract::{Path, Query, Request, State as FromState, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::{
    document::{
        self, commands, repository,
        rules::{LARGEST, Shown, StoreError, recognise, shown},
    },
    error::{CommandError, Explain, Fault},
    language::Text,
    ledger::FileError,
    permission::{Action, Standing, require},
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
    #[serde(default)]
    ledger: bool,
}

/// Stores the body as a file: `POST /documents?name=…&enterprise=…&internal=true`, content type
/// `application/octet-stream`. What the file is, its content says. With `ledger=true` it is meant as a ledger: where it cannot be
/// kept, the answer says why it is none.
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
        let message = "Say `name`, and where it applies `enterprise`, `internal` and `ledger`.";
        return refusal(StatusCode::BAD_REQUEST, error::BAD_REQUEST, message);
    };
    let language = viewer.language();
    let outcome = match body::file(&state, &viewer, peer, request, LARGEST).await {
        Err(body::Unread::TooLarge) => Err(CommandError::refused(
            &["file"],
            Unkept::Refused(StoreError::TooLarge),
        )),
        Err(unread) => return super::unread(unread),
        Ok((bytes, _memory)) => {
            let file = File {
                enterprise: about.enterprise.map(ID),
                name: about.name,
                internal: about.internal,
                ledger: about.ledger,
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
                        "code": refusal.code.code(),
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
    /// Whether it is meant as a ledger.
    pub ledger: bool,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a file that arrived is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unkept {
    /// The store does not take it.
    Refused(StoreError),
    /// It is meant as a ledger, and is none.
    NoLedger(FileError),
}

impl Explain for Unkept {
    fn explain(&self) -> Text {
        match self {
            Self::Refused(error) => error.explain(),
            Self::NoLedger(error) => error.explain(),
        }
    }
}

impl Unkept {
    /// What programs know it by; of a ledger the same as in `ledgerImport`.
    fn code(&self) -> &'static str {
        match self {
            Self::Refused(StoreError::Empty) => "EMPTY",
            Self::Refused(StoreError::TooLarge) => "TOO_LARGE",
            Self::Refused(StoreError::UnknownFormat) => "UNKNOWN_FORMAT",
            Self::Refused(StoreError::NameMissing) => "NAME_MISSING",
            Self::Refused(StoreError::InternalByEnterprise) => "INTERNAL_BY_ENTERPRISE",
            Self::Refused(StoreError::TooManyOfAccount) => "TOO_MANY_OF_ACCOUNT",
            Self::Refused(StoreError::TooManyOfEnterprise) => "TOO_MANY_OF_ENTERPRISE",
            Self::NoLedger(_) => "UNREADABLE",
        }
    }
}

/// Stores a file: what the route above and the console's forms share.
pub async fn keep(
    state: &State,
    viewer: &Viewer,
    file: File,
) -> Result<document::Model, CommandError<Unkept>> {
    if file.ledger {
        require(viewer, Action::ImportLedger, Standing::None)?;
        if !file.bytes.is_empty() && recognise(&file.bytes).is_none() {
            return Err(CommandError::refused(
                &["file"],
                no_ledger(state, file).await?,
            ));
        }
    }
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
    let kept = tokio::spawn(running.in_current_span())
        .await
        .map_err(|error| Fault::Internal(error.to_string()))?;
    kept.map_err(|error| error.refused_as(Unkept::Refused))
}

/// Why a file that cannot be kept is no ledger: its reader knows more than the store.
async fn no_ledger(state: &State, file: File) -> Result<Unkept, Fault> {
    let read = state.0.ledgers.read(file.name, file.bytes, None).await?;
    Ok(match read {
        Err(error) => Unkept::NoLedger(error),
        Ok(reading) if reading.rows.is_empty() && reading.refused.is_empty() => {
            Unkept::NoLedger(FileError::Blank)
        }
        Ok(_) => Unkept::Refused(StoreError::UnknownFormat),
    })
}

/// Gives a file out to be saved: `GET /documents/ID`.
pub async fn download(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Reader(viewer): Reader,
    Path(id): Path<String>,
) -> Response {
    match content(&state, &viewer, id).await {
        Ok((document, bytes)) => saved(
            &document.name,
            &document.content_type,
            &document.sha256,
            bytes,
        ),
        Err(fault) => super::fault(&fault, &viewer, &request_id),
    }
}

/// What a picture may do beside being seen: nothing.
const PICTURE: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// Chromium shows no PDF under a policy with `sandbox`, nor its own buttons under one without styles. The reader that shows it has no part
/// in our pages.
const PAGES: &str = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// Gives a picture or a PDF out to be shown in its place on a page: `GET /documents/ID/shown`. What it is, its content says, once more; what is
/// neither is not there.
pub async fn show(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Reader(viewer): Reader,
    Path(id): Path<String>,
) -> Response {
    let seen = content(&state, &viewer, id).await;
    let seen = seen.and_then(|(document, bytes)| {
        let content_type = recognise(&bytes).map(|format| format.content_type());
        let seen = content_type.and_then(|known| Some((known, shown(known)?)));
        let (content_type, shown) = seen.ok_or(Fault::NotFound)?;
        Ok((document, bytes, content_type, shown))
    });
    let (document, bytes, content_type, shown) = match seen {
        Ok(seen) => seen,
        Err(fault) => return super::fault(&fault, &viewer, &request_id),
    };
    let (policy, frame) = match shown {
        Shown::Picture => (PICTURE, "DENY"),
        Shown::Pages => (PAGES, "SAMEORIGIN"),
    };
    let guards = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_FRAME_OPTIONS, frame),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ];
    let file = given(
        "inline",
        &document.name,
        content_type,
        &document.sha256,
        bytes,
    );
    (guards, file).into_response()
}

/// A stored file with its content, as far as the viewer may see it.
async fn content(
    state: &State,
    viewer: &Viewer,
    id: String,
) -> Result<(document::Model, Vec<u8>), Fault> {
    let key = Kind::Document.require(&ID(id))?;
    let found = repository::content(state.store().db(), viewer, key).await?;
    found.ok_or(Fault::NotFound)
}

/// A file that the browser saves and never shows.
pub(super) fn saved(name: &str, content_type: &str, sha256: &str, bytes: Vec<u8>) -> Response {
    given("attachment", name, content_type, sha256, bytes)
}

/// A file that the browser disposes of in this way.
fn given(how: &str, name: &str, content_type: &str, sha256: &str, bytes: Vec<u8>) -> Response {
    let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    // The form encoding writes a blank as a plus sign, which is no escape in a header.
    let name = name.replace('+', "%20");
    let mut answer = bytes.into_response();
    let given = answer.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("{how}; filename*=UTF-8''{name}"),
        ),
        (header::ETAG, format!("\"{sha256}\"")),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            given.insert(name, value);
        }
    }
    answer
}
