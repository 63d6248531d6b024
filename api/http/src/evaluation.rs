//! The public feed of evaluations: what was published, for whoever reads news in a program (RFC 4287).

use atom_syndication::{Content, Entry, Feed, Link, Person, Text};
use axum::{Extension, extract::State as FromState, http::HeaderMap, response::Response};
use chrono::{DateTime, Utc};
use entity::{
    error::Fault,
    evaluation::{
        Model, State as Standing,
        figures::{self, Figures},
        repository,
    },
    language::Language,
    link,
    page::PageRequest,
    viewer::Viewer,
};

use uuid::Uuid;

use super::{Peer, RequestId, State, fault, fresh, too_many};

/// How many evaluations the feed has: five years.
const NEWEST: u64 = 20;

/// `GET /feeds/evaluations.atom`: the published evaluations, the newest first. For everybody, without a session.
pub async fn read(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> Response {
    let viewer = Viewer::Anonymous {
        language: Language::Chinese,
    };
    if !state.may_pass(&viewer, peer, false) {
        return too_many();
    }
    let store = state.store();
    let filter = repository::Filter {
        states: Some(vec![Standing::Published]),
        quarter: None,
    };
    let found = async {
        let newest = PageRequest::first(NEWEST);
        let page = repository::page(store.db(), &viewer, &filter, true, &newest).await?;
        let figures = repository::figures(store.db(), &viewer, &page.rows).await?;
        let designs: Vec<Uuid> = page.rows.iter().map(|row| row.design_id).collect();
        let designs = repository::designs(store.db(), &designs).await?;
        Ok::<_, Fault>((page.rows, figures, designs))
    };
    let (rows, mut figures, designs) = match found.await {
        Ok(found) => found,
        Err(error) => return fault(&error, &viewer, &request_id),
    };
    let base = state.0.public_url.as_str().trim_end_matches('/');
    let entries: Vec<Entry> = rows
        .iter()
        .filter_map(|row| {
            let figures = figures.remove(&row.id)?.pop()?;
            let design = designs.iter().find(|design| design.id == row.design_id)?;
            Some(entry(
                base,
                row,
                said(&figures, design.parameters.confidence),
            ))
        })
        .collect();
    let feed = Feed {
        title: Text::plain("企业评议结果 / Evaluations by enterprises"),
        id: format!("{base}/feeds/evaluations.atom"),
        updated: entries
            .first()
            .map_or(DateTime::UNIX_EPOCH.fixed_offset(), |newest| newest.updated),
        authors: vec![Person {
            name: "企业服务契约平台 Qiyue".to_owned(),
            ..Person::default()
        }],
        links: vec![Link {
            href: format!("{base}/feeds/evaluations.atom"),
            rel: "self".to_owned(),
            ..Link::default()
        }],
        entries,
        ..Feed::default()
    };
    let content_type = "application/atom+xml; charset=utf-8";
    fresh(&headers, content_type, "public, no-cache", feed.to_string())
}

fn entry(base: &str, row: &Model, said: String) -> Entry {
    let updated: DateTime<Utc> = row.published_at.unwrap_or_default();
    Entry {
        title: Text::plain(format!("{0} 企业评议结果 / {0} evaluation", row.quarter)),
        id: format!("urn:uuid:{}", row.id),
        updated: updated.fixed_offset(),
        published: Some(updated.fixed_offset()),
        links: vec![Link {
            href: format!("{base}{}", link::evaluation(row.id)),
            rel: "alternate".to_owned(),
            ..Link::default()
        }],
        content: Some(Content {
            content_type: Some("text".to_owned()),
            value: Some(said),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// The figures in words, in both languages, with how sure they are.
fn said(figures: &Figures, confidence: u32) -> String {
    let mut said = format!(
        "邀请 {0} 家，答卷 {1} 份。 {0} enterprises were asked, {1} answered.",
        figures.invited, figures.answered
    );
    for row in &figures.departments {
        let figure = figures::in_words(row, confidence);
        let department = &row.department;
        for (name, figure) in [
            (&department.name_zh, figure.zh),
            (&department.name_en, figure.en),
        ] {
            said.push_str(&format!("\n{name}: {figure}"));
        }
    }
    said
}
