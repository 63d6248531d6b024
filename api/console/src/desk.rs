//! The liaison's desk: whom I look after and when we last spoke, what needs me today, what changed since yesterday.

use std::cmp::Reverse;

use askama::Template;
use axum::response::Response;
use chrono::TimeDelta;
use entity::language::Language;

use super::{
    bridge::operation, enterprise::worst, frame::Frame, guest::Guest, list::Address,
    refusal::Refusal, term::*,
};

operation!(Desk in "src/operations/desk.graphql");

/// An enterprise with the worst of its lights.
struct Mine {
    light: Option<Light>,
    open: i64,
    it: desk::DeskEnterprisesNodes,
}

/// What is due and agreed in one stretch of days.
struct Stretch {
    title: &'static str,
    visits: Vec<desk::DeskVisitsNodes>,
    rows: Vec<desk::DeskTodayNodes>,
}

impl Stretch {
    fn count(&self) -> usize {
        self.visits.len() + self.rows.len()
    }
}

/// What somebody else has changed, in words.
struct Changed {
    it: desk::DeskNews,
    what: String,
    whose: String,
    href: String,
}

fn changed(f: &Frame, it: desk::DeskNews) -> Changed {
    macro_rules! firm {
        ($thing:expr) => {
            $thing.enterprise.as_ref().map_or(String::new(), |firm| {
                let en = firm.name_en.as_deref().unwrap_or_default();
                f.of(&firm.name_zh, en).to_owned()
            })
        };
    }
    let (what, whose, href) = if let Some(one) = &it.milestone {
        let day = one.forecast_on.map_or(String::new(), |day| f.date(&day));
        let page = one.project.as_ref().map(|project| f.link(&project.id));
        (
            format!("{} → {day}", one.name),
            firm!(one),
            page.unwrap_or_default(),
        )
    } else if let Some(one) = &it.obligation {
        let promise = one.commitment.as_ref();
        let promise = promise.map_or("", |promise| f.of(&promise.text_zh, &promise.text_en));
        (promise.to_owned(), firm!(one), f.link(&one.id))
    } else if let Some(one) = &it.limit_on {
        let what = f.of(&one.title_zh, &one.title_en).to_owned();
        (what, firm!(one), one.path.clone())
    } else if let Some(one) = &it.contract {
        let what = format!("{} {}", one.number, one.state.say(f));
        (what, firm!(one), f.link(&one.id))
    } else if let Some(one) = &it.visit {
        let what = format!("{} {}", one.kind.say(f), f.time(&one.starts_at));
        (what, firm!(one), f.link(&one.id))
    } else if let Some(one) = &it.item {
        let what = format!("{} {}", one.code, f.of(&one.name_zh, &one.name_en));
        (what, String::new(), f.link(&one.id))
    } else {
        Default::default()
    };
    Changed {
        it,
        what,
        whose,
        href,
    }
}

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskShown {
    f: Frame,
    mine: Vec<Mine>,
    stretches: Vec<Stretch>,
    opened: Vec<desk::DeskOpenedNodes>,
    closed: Vec<desk::DeskClosedNodes>,
    changed: Vec<Changed>,
    since: chrono::NaiveDate,
    /// What stands under today, each with the page from which one goes on to the next.
    ways: Vec<(String, String)>,
}

/// What stands under today, as a list of its own.
const TODAY: &str = "/obligations?within=3";

impl DeskShown {
    /// The page of what is owed, at this part of it.
    fn way(&self, id: &str, part: &str) -> String {
        let way = self.ways.iter().find(|(known, _)| known == id);
        way.map_or_else(String::new, |(_, way)| format!("{way}{part}"))
    }

    /// Whether the viewer may record now that a visit took place.
    fn may_hold(&self, visit: &desk::DeskVisitsNodes) -> bool {
        let mut commands = visit.commands.iter();
        commands.any(|command| command.code == "visit.hold" && command.may)
    }
}

/// The desk.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    let store = guest.state.store();
    let since = store.today() - TimeDelta::days(1);
    let data = guest.run::<Desk>(desk::Variables { since }).await?;
    let f = guest.frame(match guest.language {
        Language::Chinese => "我的工作台",
        Language::English => "My desk",
    });
    let mut mine: Vec<Mine> = data
        .enterprises
        .nodes
        .into_iter()
        .map(|it| Mine {
            light: worst(
                it.lights
                    .iter()
                    .filter(|one| one.count > 0)
                    .map(|one| one.light),
            ),
            open: it.lights.iter().map(|one| one.count).sum(),
            it,
        })
        .collect();
    let ids = data.today.nodes.iter().map(|row| row.id.as_str());
    let cursors = data.today.edges.iter().map(|edge| edge.cursor.as_str());
    let ways = Address::written(TODAY).ways(ids.clone(), cursors);
    let ways = ids.map(str::to_owned).zip(ways).collect();
    // The order of the lights, the worst first; who has nothing open comes last. The order of names stays within.
    mine.sort_by_key(|mine| Reverse(mine.light));
    let (late, rest): (Vec<_>, Vec<_>) = data
        .today
        .nodes
        .into_iter()
        .partition(|row| row.deadline.overdue_by > 0);
    let (today, soon): (Vec<_>, Vec<_>) = rest
        .into_iter()
        .partition(|row| row.deadline.due_on <= f.today);
    // A visit whose day has passed waits to be recorded today.
    let (visits_today, visits_soon): (Vec<_>, Vec<_>) = data
        .visits
        .nodes
        .into_iter()
        .partition(|visit| f.day(&visit.starts_at) <= f.today);
    let stretches = [
        (f.t("已超期", "Overdue"), Vec::new(), late),
        (f.t("今天", "Today"), visits_today, today),
        (
            f.t("三个工作日内", "Within three working days"),
            visits_soon,
            soon,
        ),
    ]
    .into_iter()
    .map(|(title, visits, rows)| Stretch {
        title,
        visits,
        rows,
    })
    .filter(|stretch| stretch.count() > 0)
    .collect();
    let mut closed = data.closed.nodes;
    closed.sort_by_key(|row| std::cmp::Reverse(row.closed_at));
    let news = data.news.into_iter();
    Ok(guest.show(&DeskShown {
        changed: news.map(|news| changed(&f, news)).collect(),
        f,
        mine,
        stretches,
        opened: data.opened.nodes,
        closed,
        since,
        ways,
    }))
}
