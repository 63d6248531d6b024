//! The files of reports, given out to who may see the report.

use axum::{
    Extension,
    extract::{Path, State as FromState},
    http::HeaderMap,
    response::Response,
};
use entity::{error::Fault, report::repository};
use uuid::Uuid;

use super::{Peer, RequestId, State, document::saved, session};

/// Gives a workbook out, always to be saved: `GET /reports/files/ID`.
pub async fn download(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Extension(peer): Extension<Peer>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let viewer = match session::viewer(&state, &headers).await {
        Ok(viewer) => viewer,
        Err(fault) => return super::fault(&fault, &session::nobody(&headers), &request_id),
    };
    if !state.may_pass(&viewer, peer, false) {
        return super::too_many();
    }
    if viewer.person().is_none() {
        return super::fault(&Fault::Unauthenticated, &viewer, &request_id);
    }
    let found = match id.parse::<Uuid>() {
        Ok(key) => repository::file(state.store().db(), &viewer, key).await,
        Err(_) => Ok(None),
    };
    match found.and_then(|found| found.ok_or(Fault::NotFound)) {
        Ok(file) => saved(
            &file.name,
            file.format.content_type(),
            &file.sha256,
            file.bytes,
        ),
        Err(fault) => super::fault(&fault, &viewer, &request_id),
    }
}
