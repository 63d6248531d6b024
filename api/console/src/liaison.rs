//! Who looks after whom: the load of each liaison, one assignment, and appointing, deputies and handing over.

use std::collections::BTreeMap;

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use entity::permission::Action;

use super::{
    act::{self, Act, Field, send},
    bridge::operation,
    flash::Flash,
    form::Filled,
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    term::*,
    word,
};

operation!(LiaisonLoad in "src/operations/liaison.graphql");
operation!(LiaisonPage in "src/operations/liaison.graphql");
operation!(LiaisonNew in "src/operations/liaison.graphql");
operation!(ProposeLiaison in "src/operations/liaison.graphql");
operation!(ActivateLiaison in "src/operations/liaison.graphql");
operation!(AppointDeputy in "src/operations/liaison.graphql");
operation!(BeginHandOver in "src/operations/liaison.graphql");
operation!(HandOver in "src/operations/liaison.graphql");

/// An enterprise that somebody looks after.
struct Matter {
    /// The page of the assignment, or of the act that appoints somebody.
    to: String,
    name: String,
    state: Option<LiaisonState>,
}

/// One liaison, and for whom.
struct Load {
    name: String,
    own: Vec<Matter>,
    deputy: Vec<Matter>,
}

#[derive(Template)]
#[template(path = "liaison/load.html")]
struct LoadShown {
    f: Frame,
    rows: Vec<Load>,
    alone: Vec<Matter>,
    may: bool,
}

fn may(permissions: &[PermittedAction]) -> bool {
    permissions.contains(&PermittedAction::ManageLiaisons)
}

/// The load of all liaisons, the heaviest first.
pub async fn load(guest: Guest) -> Result<Response, Refusal> {
    let data = guest.run::<LiaisonLoad>(liaison_load::Variables).await?;
    let mut f = guest.frame("");
    f.title = f.t("专员安排", "Liaisons").to_owned();
    let matter = |row: &liaison_load::LiaisonLoadLiaisonsNodes| Matter {
        to: word::of_id(&row.id),
        name: row.enterprise.as_ref().map_or_else(String::new, |known| {
            let english = known.name_en.as_deref().unwrap_or_default();
            f.of(&known.name_zh, english).to_owned()
        }),
        state: Some(row.state),
    };
    let assignments = &data.liaisons.nodes;
    // Those who read no accounts know the liaisons by what they are in charge of.
    let idle = data.accounts.nodes.into_iter().map(|it| (it.id, it.name));
    let busy = assignments.iter().flat_map(|row| {
        let official = row
            .official
            .iter()
            .map(|it| (it.id.clone(), it.name.clone()));
        official.chain(row.deputy.iter().map(|it| (it.id.clone(), it.name.clone())))
    });
    let people: BTreeMap<String, String> = idle.chain(busy).collect();
    let mut rows: Vec<Load> = people
        .into_iter()
        .map(|(id, name)| {
            let own = assignments.iter().filter(|row| {
                row.official
                    .as_ref()
                    .is_some_and(|official| official.id == id)
            });
            let deputy = assignments.iter().filter(|row| {
                row.deputy
                    .as_ref()
                    .is_some_and(|official| official.id == id)
            });
            Load {
                own: own.map(matter).collect(),
                deputy: deputy.map(matter).collect(),
                name,
            }
        })
        .collect();
    rows.sort_by(|one, other| {
        let load = |row: &Load| std::cmp::Reverse((row.own.len(), row.deputy.len()));
        (load(one), &one.name).cmp(&(load(other), &other.name))
    });
    let alone = data
        .enterprises
        .nodes
        .iter()
        .filter(|row| row.liaison.is_none())
        .map(|row| Matter {
            to: format!("/liaisons/new?enterprise={}", row.id),
            name: f
                .of(&row.name_zh, row.name_en.as_deref().unwrap_or_default())
                .to_owned(),
            state: None,
        })
        .collect();
    Ok(guest.show(&LoadShown {
        rows,
        alone,
        may: data.viewer.is_some_and(|viewer| may(&viewer.permissions)),
        f,
    }))
}

type Choices = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "liaison/page.html")]
struct PageShown {
    f: Frame,
    it: liaison_page::LiaisonPageLiaison,
    officials: Choices,
    may: bool,
}

async fn found(guest: &Guest, key: &str) -> Result<PageShown, Refusal> {
    let id = global_id(Kind::Liaison, key)?;
    let data = guest
        .run::<LiaisonPage>(liaison_page::Variables { id })
        .await?;
    let it = data.liaison.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    if let Some(known) = &it.enterprise {
        f.title = f
            .of(&known.name_zh, known.name_en.as_deref().unwrap_or_default())
            .to_owned();
    }
    let officials = data.accounts.nodes.into_iter();
    Ok(PageShown {
        f,
        it,
        officials: officials.map(|row| (row.id, row.name)).collect(),
        may: data.viewer.is_some_and(|viewer| may(&viewer.permissions)),
    })
}

/// One assignment.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let shown = found(&guest, &key).await?;
    Ok(guest.show(&shown))
}

/// What is done with an assignment.
#[derive(Clone, Copy, Debug)]
pub enum Verb {
    Activate,
    Deputy,
    Begin,
    HandOver,
}

impl Verb {
    fn known(self) -> &'static [&'static str] {
        match self {
            Self::Activate | Self::Begin => &[],
            Self::Deputy => &["deputyId"],
            Self::HandOver => &["successorId", "deputyId", "note"],
        }
    }
}

/// `present` is always offered, lest the deputy be taken away unseen.
fn deputy(f: &Frame, officials: &Choices, present: Option<(&str, &str)>) -> Field {
    let none = (String::new(), f.t("无", "Nobody").to_owned());
    let gone = present.filter(|(id, _)| officials.iter().all(|(known, _)| known != id));
    let gone = gone.map(|(id, name)| {
        let name = format!("{name}{}", f.t("（已停用）", " (disabled)"));
        (id.to_owned(), name)
    });
    let choices = std::iter::once(none)
        .chain(officials.iter().cloned())
        .chain(gone);
    Field::choice(
        "deputyId",
        f.t("代理专员", "Deputy"),
        f.t("专员不在岗时代为办理", "Stands in when the liaison is away"),
        choices.collect(),
    )
}

impl act::Verb for Verb {
    type It = String;

    fn of(word: &str) -> Option<Self> {
        match word {
            "activate" => Some(Self::Activate),
            "deputy" => Some(Self::Deputy),
            "begin" => Some(Self::Begin),
            "hand-over" => Some(Self::HandOver),
            _ => None,
        }
    }

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        guest.require(Action::ManageLiaisons)?;
        let PageShown {
            mut f,
            it,
            officials,
            ..
        } = found(guest, key).await?;
        let back = (format!("/liaisons/{key}"), f.title.clone());
        let (title, lead) = match self {
            Verb::Activate => (
                f.t("任命生效", "Put the liaison in charge"),
                f.t(
                    "专员从今天起负责该企业，企业会收到通知信。",
                    "The liaison is in charge from today, and the enterprise gets a letter about it.",
                ),
            ),
            Verb::Deputy => (
                f.t("指定代理专员", "Appoint a deputy"),
                f.t(
                    "代理专员能看到并办理该企业的事项。",
                    "The deputy sees the matters of the enterprise and may act on them.",
                ),
            ),
            Verb::Begin => (
                f.t("开始交接", "Begin the hand-over"),
                f.t(
                    "原专员在交接完成前继续负责。",
                    "The liaison stays in charge until the hand-over is done.",
                ),
            ),
            Verb::HandOver => (
                f.t("完成交接", "Hand over"),
                f.t(
                    "接任专员从今天起负责，未办结的事项随之转移，企业会收到通知信。",
                    "The successor is in charge from today, what is open goes along, and the enterprise gets a letter about it.",
                ),
            ),
        };
        let deputy_now = it.deputy.as_ref();
        let stands_in = deputy_now.map(|official| (official.id.as_str(), official.name.as_str()));
        let present = it.official.as_ref().map(|official| official.id.clone());
        let fields = match self {
            Verb::Activate | Verb::Begin => Vec::new(),
            Verb::Deputy => vec![deputy(&f, &officials, stands_in)],
            Verb::HandOver => vec![
                Field::choice(
                    "successorId",
                    f.t("接任专员", "Successor"),
                    "",
                    officials
                        .iter()
                        .filter(|(id, _)| Some(id) != present.as_ref())
                        .cloned()
                        .collect(),
                ),
                deputy(&f, &officials, stands_in),
                Field::lines(
                    "note",
                    f.t("交接说明", "Hand-over note"),
                    f.t(
                        "未办结事项、已作承诺、需知情况；企业看不到",
                        "What is open, what was promised, what to know; the enterprise does not see it",
                    ),
                ),
            ],
        };
        f.title = title.to_owned();
        let act = Act {
            form: act::form(
                self.known(),
                filled,
                &[("deputyId", stands_in.map_or("", |(id, _)| id))],
            ),
            back,
            lead: lead.to_owned(),
            fields,
            verb: title,
            version: it.version,
            f,
        };
        Ok((act, it.id))
    }

    async fn send(
        self,
        guest: &Guest,
        filled: &Filled,
        act: &mut Act,
        id: Self::It,
    ) -> Result<Flash, Refusal> {
        let (expected_version, idempotency_key) = (filled.version(), filled.key());
        match self {
            Verb::Activate => {
                let input = activate_liaison::LiaisonActivateInput {
                    id,
                    expected_version,
                    idempotency_key,
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    ActivateLiaison(activate_liaison::Variables { input }).liaison_activate
                );
            }
            Verb::Deputy => {
                let input = appoint_deputy::LiaisonAppointDeputyInput {
                    id,
                    expected_version,
                    deputy_id: filled.some("deputyId"),
                    idempotency_key,
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    AppointDeputy(appoint_deputy::Variables { input }).liaison_appoint_deputy
                );
            }
            Verb::Begin => {
                let input = begin_hand_over::LiaisonBeginHandOverInput {
                    id,
                    expected_version,
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    BeginHandOver(begin_hand_over::Variables { input }).liaison_begin_hand_over
                );
            }
            Verb::HandOver => {
                let input = hand_over::LiaisonHandOverInput {
                    id,
                    expected_version,
                    successor_id: filled.get("successorId").to_owned(),
                    deputy_id: filled.some("deputyId"),
                    note: filled.get("note").to_owned(),
                    idempotency_key,
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    HandOver(hand_over::Variables { input }).liaison_hand_over
                );
            }
        }
        Ok(Flash::LiaisonSaved)
    }
}

async fn new_liaison(guest: &Guest, filled: Option<&Filled>) -> Result<Act, Refusal> {
    guest.require(Action::ManageLiaisons)?;
    let data = guest.run::<LiaisonNew>(liaison_new::Variables).await?;
    let mut f = guest.frame("");
    f.title = f.t("拟任专员", "Propose a liaison").to_owned();
    let officials: Choices = data
        .accounts
        .nodes
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let enterprises = data
        .enterprises
        .nodes
        .iter()
        .map(|row| {
            let name = f.of(&row.name_zh, row.name_en.as_deref().unwrap_or_default());
            (row.id.clone(), name.to_owned())
        })
        .collect();
    let enterprise = guest.address.get("enterprise").to_owned();
    Ok(Act {
        form: act::form(
            &["enterpriseId", "accountId", "deputyId"],
            filled,
            &[("enterpriseId", enterprise.as_str())],
        ),
        back: (
            "/liaisons".to_owned(),
            f.t("专员安排", "Liaisons").to_owned(),
        ),
        lead: f
            .t(
                "先拟任，再任命生效；生效前原专员继续负责。",
                "First a proposal, then it takes effect; whoever is in charge stays so until then.",
            )
            .to_owned(),
        fields: vec![
            Field::choice("enterpriseId", f.t("企业", "Enterprise"), "", enterprises),
            Field::choice("accountId", f.t("专员", "Liaison"), "", officials.clone()),
            deputy(&f, &officials, None),
        ],
        verb: f.t("拟任专员", "Propose the liaison"),
        version: 0,
        f,
    })
}

/// The page of a new assignment.
pub async fn ask_new(guest: Guest) -> Result<Response, Refusal> {
    Ok(new_liaison(&guest, None).await?.answer(&guest))
}

/// Proposes somebody.
pub async fn propose(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut act = new_liaison(&guest, Some(&filled)).await?;
    if act.is_unchosen(&guest, &filled) {
        return Ok(act.answer(&guest));
    }
    let input = propose_liaison::LiaisonProposeInput {
        enterprise_id: filled.get("enterpriseId").to_owned(),
        account_id: filled.get("accountId").to_owned(),
        deputy_id: filled.some("deputyId"),
        idempotency_key: filled.key(),
    };
    let answer = guest
        .run::<ProposeLiaison>(propose_liaison::Variables { input })
        .await?
        .liaison_propose;
    let errors = answer.user_errors.into_iter();
    act.form
        .refuse(errors.map(|error| (error.path, error.message)));
    match answer.liaison {
        Some(made) if !act.form.is_refused() => {
            Ok(guest.done(Flash::LiaisonSaved, &word::of_id(&made.id)))
        }
        _ => Ok(act.answer(&guest)),
    }
}
