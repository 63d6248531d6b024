//! A person's notices: the list, reading one or all of them, and how many are unread.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};

use super::{
    bridge::operation, command, flash::Flash, form::Filled, frame::Frame, global_id, guest::Guest,
    refusal::Refusal,
};

operation!(NoticeList in "src/operations/notice.graphql" deriving "Clone, Debug, Default");
operation!(UnreadNotices in "src/operations/notice.graphql");
operation!(ReadNotice in "src/operations/notice.graphql");
operation!(ReadAllNotices in "src/operations/notice.graphql");

const HERE: &str = "/notices";

/// The filter that leaves the unread ones.
const UNREAD: &str = "UNREAD";

#[derive(Template)]
#[template(path = "notice/list.html")]
struct ListShown {
    f: Frame,
    unread: i64,
    rows: Vec<notice_list::NoticeListNoticesNodes>,
    shown: i64,
    total: i64,
    info: notice_list::NoticeListNoticesPageInfo,
    /// When the list was seen: what is written later stays unread.
    seen_at: DateTime<Utc>,
}

impl ListShown {
    /// The address of a notice.
    fn page(&self, row: &notice_list::NoticeListNoticesNodes) -> String {
        command::page_of(&row.id)
    }
}

/// The list, the newest first.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let seen_at = guest.state.store().now();
    let paging = guest.address.paging();
    let asked = notice_list::Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        where_: notice_list::NoticeFilter {
            unread: guest.address.has("state", UNREAD).then_some(true),
            ..notice_list::NoticeFilter::default()
        },
    };
    let data = guest.run::<NoticeList>(asked).await?;
    let mut f = guest.frame("");
    f.title = f.t("通知", "Notices").to_owned();
    Ok(guest.show(&ListShown {
        f,
        unread: data.viewer.ok_or(Refusal::SignIn)?.unread_notices,
        shown: i64::try_from(data.notices.nodes.len()).unwrap_or(i64::MAX),
        rows: data.notices.nodes,
        total: data.notices.total_count,
        info: data.notices.page_info,
        seen_at,
    }))
}

#[derive(Template)]
#[template(path = "notice/unread.html")]
struct UnreadShown {
    f: Frame,
    unread: i64,
}

/// How many are unread, for the bell of a page: it asks when it is there, so that no page waits for it.
pub async fn unread(guest: Guest) -> Result<Response, Refusal> {
    let data = guest
        .run::<UnreadNotices>(unread_notices::Variables)
        .await?;
    Ok(guest.show(&UnreadShown {
        f: guest.frame(""),
        unread: data.viewer.ok_or(Refusal::SignIn)?.unread_notices,
    }))
}

/// Marks one as read. Who wants to go on to what it is about is led there.
pub async fn read(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let id = global_id(Kind::Notice, &key)?;
    let input = read_notice::NoticeReadInput { id };
    let answer = guest
        .run::<ReadNotice>(read_notice::Variables { input })
        .await?;
    let path = answer.notice_read.notice.and_then(|notice| notice.path);
    let to = path.filter(|_| filled.some("open").is_some());
    Ok(guest.lead(to.as_deref().unwrap_or(HERE)))
}

/// Marks all as read that were there when the list was seen.
pub async fn read_all(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let seen_at = DateTime::parse_from_rfc3339(filled.get("seenAt")).map_err(|_| Refusal::Form)?;
    let input = read_all_notices::NoticeReadAllInput {
        seen_at: seen_at.with_timezone(&Utc),
    };
    let answer = guest
        .run::<ReadAllNotices>(read_all_notices::Variables { input })
        .await?;
    // Only a moment that no page gives is refused.
    if !answer.notice_read_all.user_errors.is_empty() {
        return Err(Refusal::Form);
    }
    Ok(guest.done(Flash::NoticesRead, HERE))
}
