//! Silence that decides: the cases that will be decided without the office if it does not act, and what silence has brought about.

use askama::Template;
use axum::response::Response;

use super::{bridge::operation, frame::Frame, guest::Guest, refusal::Refusal, term::*};

operation!(SilencePage in "src/operations/silence.graphql");

type Near = silence_page::SilencePageCasesNearSilenceNodes;
type Decided = silence_page::SilencePageSilentDecisionsNodes;

#[derive(Template)]
#[template(path = "silence/page.html")]
struct PageShown {
    f: Frame,
    near: Vec<Near>,
    shown: i64,
    total: i64,
    info: silence_page::SilencePageCasesNearSilencePageInfo,
    decided: Vec<Decided>,
}

impl PageShown {
    /// How many of the people who were warned in the department have got the warning, and how many were.
    fn warned(&self, near: &Near) -> (usize, usize) {
        let own = near.warnings.iter().filter(|one| one.is_department);
        let arrived = own.clone().filter(|one| one.delivered_at.is_some());
        (arrived.count(), own.count())
    }
}

/// The page.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    let paging = guest.address.paging();
    let asked = silence_page::Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        department: guest.address.some("department"),
    };
    let data = guest.run::<SilencePage>(asked).await?;
    let mut f = guest.frame("");
    f.title = f.t("默许决定", "Decided by silence").to_owned();
    let near = data.cases_near_silence;
    Ok(guest.show(&PageShown {
        f,
        shown: i64::try_from(near.nodes.len()).unwrap_or(i64::MAX),
        total: near.total_count,
        info: near.page_info,
        near: near.nodes,
        decided: data.silent_decisions.nodes,
    }))
}
