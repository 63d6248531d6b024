//! The files of reports, given out to who may see the report.

use axum::{
    Extension,
    extract::{Path, State as FromState},
    response::Response,
};
use entity::{error::Fault, report::repository};
use uuid::Uuid;

use super::{RequestId, State, document::saved, session::Reader};

/// Gives a workbook out, always to be saved: `GET /reports/files/ID`.
pub async fn download(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Reader(viewer): Reader,
    Path(id): Path<String>,
) -> Response {
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
