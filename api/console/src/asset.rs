//! Our own files: styles, script, icons. Each has the hash of its content in its address, so that a browser keeps it for good.

use api_http::is_known;
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

/// What lies in `api/console/assets`; in a debug build it is read from there.
#[derive(RustEmbed)]
#[folder = "assets"]
struct Assets;

/// The address of the file `name`.
pub fn address(name: &str) -> String {
    let hash = Assets::get(name).map_or_else(String::new, |file| hash(&file));
    format!("/assets/{hash}/{name}")
}

/// Names the program that shows the pages: another version, or another file of ours, is another name.
pub fn version() -> String {
    let files = Assets::iter().map(|name| address(&name));
    let files: Vec<String> = files.collect();
    format!("{} {}", env!("CARGO_PKG_VERSION"), files.join(" "))
}

fn hash(file: &EmbeddedFile) -> String {
    let bytes = file.metadata.sha256_hash();
    bytes[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Gives a file out. An address with another hash is that of another version and leads nowhere.
pub async fn serve(Path((asked, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(file) = Assets::get(&name).filter(|file| hash(file) == asked) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
    let tag = format!("\"{asked}\"");
    let known = is_known(&headers, &tag);
    let given = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CACHE_CONTROL,
            "public, max-age=31536000, immutable".to_owned(),
        ),
        (header::ETAG, tag),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, given).into_response();
    }
    (given, file.data.into_owned()).into_response()
}
