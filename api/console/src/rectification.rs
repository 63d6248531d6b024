//! Rectifications: the list, one with what was said and done, and the acts of those who rate, work it off and decide.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use super::{
    act::{self, Act, Field, Takes, send},
    bridge::operation,
    export::{Ending, Sheet},
    flash::Flash,
    form::Filled,
    frame::Frame,
    global_id,
    guest::Guest,
    list::{Address, Paging},
    next::{self, Listed, Next},
    refusal::Refusal,
    term::*,
    word,
};

operation!(RectificationList in "src/operations/rectification.graphql");
operation!(RectificationFile in "src/operations/rectification.graphql" deriving "Clone, Debug, Deserialize");
operation!(RectificationPage in "src/operations/rectification.graphql");
operation!(ObligationToRate in "src/operations/rectification.graphql");
operation!(RateObligation in "src/operations/rectification.graphql");
operation!(RateAgain in "src/operations/rectification.graphql");

type Shown = rectification_page::RectificationPageRectification;

/// The order of the list when the address names none: the newest first.
const USUAL: &str = "-opened";

fn variables(address: &Address, paging: Paging) -> rectification_list::Variables {
    use rectification_list::*;
    let states: Vec<RectificationState> = address
        .all("state")
        .filter_map(RectificationState::of_code)
        .collect();
    Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        direction: address.sort(USUAL).1,
        where_: Some(RectificationFilter {
            state: (!states.is_empty()).then_some(RectificationStateFilter { one_of: states }),
            department_id: address.some("department"),
            enterprise_id: address.some("enterprise"),
            evaluation_id: address.some("evaluation"),
            text: address.some("text"),
        }),
    }
}

#[derive(Template)]
#[template(path = "rectification/list.html")]
struct ListShown {
    f: Frame,
    saved: Vec<rectification_list::RectificationListSavedFilters>,
    states: &'static [RectificationState],
    /// Each with the page from which one goes on to the next.
    rows: Vec<(
        rectification_list::RectificationListRectificationsNodes,
        String,
    )>,
    shown: i64,
    total: i64,
    info: rectification_list::RectificationListRectificationsPageInfo,
    usual: &'static str,
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<RectificationList>(asked).await?;
    let found = data.rectifications;
    let mut f = guest.frame("");
    f.title = f.t("整改", "Rectifications").to_owned();
    let ids = found.nodes.iter().map(|row| row.id.as_str());
    let cursors = found.edges.iter().map(|edge| edge.cursor.as_str());
    let ways = guest.address.ways(ids, cursors);
    Ok(guest.show(&ListShown {
        saved: data.saved_filters,
        f,
        states: &RectificationState::ALL,
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        rows: found.nodes.into_iter().zip(ways).collect(),
        total: found.total_count,
        info: found.page_info,
        usual: USUAL,
    }))
}

/// The rows of the list after the one above, and whether there are more.
pub async fn listed(guest: &Guest, list: &Address) -> Result<(Vec<Listed>, bool), Refusal> {
    let asked = variables(list, next::paging(list));
    let data = guest
        .run_partly::<RectificationList>(asked, &next::uncounted("rectifications"))
        .await?;
    let (found, f) = (data.rectifications, guest.frame(""));
    let rows = found.nodes.into_iter().zip(found.edges);
    let rows = rows.map(|(row, edge)| Listed {
        name: f.of(&row.about_zh, &row.about_en).to_owned(),
        cursor: edge.cursor,
        id: row.id,
    });
    Ok((rows.collect(), found.page_info.has_next_page))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = guest.frame("");
    let sheet = Sheet {
        name: f.t("整改", "Rectifications").to_owned(),
        columns: vec![
            f.t("事项", "Subject"),
            f.t("状态", "State"),
            f.t("是否超期", "Overdue"),
            f.t("部门", "Department"),
            f.t("企业", "Enterprise"),
            f.t("回访期限", "Call back by"),
            f.t("答复期限", "Reply by"),
            f.t("开始", "Opened"),
            f.t("结束", "Ended"),
        ],
    };
    let read = |data: rectification_file::ResponseData| {
        let (nodes, info) = (data.rectifications.nodes, data.rectifications.page_info);
        let row = |row: &rectification_file::RectificationFileRectificationsNodes| {
            let department = row.department.as_ref();
            let enterprise = row.enterprise.as_ref();
            vec![
                f.of(&row.about_zh, &row.about_en).into(),
                row.state.say(&f).into(),
                row.overdue.then(|| f.t("超期", "Overdue")).into(),
                department
                    .map_or(f.t("企业服务中心", "Service centre"), |known| {
                        f.of(&known.name_zh, &known.name_en)
                    })
                    .into(),
                enterprise
                    .map(|known| f.of(&known.name_zh, known.name_en.as_deref().unwrap_or_default()))
                    .into(),
                row.contact_by.into(),
                row.reply_by.into(),
                f.time(&row.opened_at).into(),
                row.ended_at.as_ref().map(|at| f.time(at)).into(),
            ]
        };
        let rows = nodes.iter().map(row).collect();
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<RectificationFile, _>(
            &guest,
            ending,
            |paging| variables(&guest.address, paging),
            read,
        )
        .await
}

#[derive(Template)]
#[template(path = "rectification/page.html")]
struct PageShown {
    f: Frame,
    it: Shown,
    next: Option<Next>,
}

impl PageShown {
    /// The acts that this viewer can do now: where, and what they are called.
    fn ways(&self) -> Vec<(String, &'static str)> {
        let way = |act: &RectificationAct| {
            let to = self.f.act(&self.it.id, &spelt(*act));
            (to, act.say(&self.f))
        };
        self.it.acts.iter().map(way).collect()
    }

    /// Which opinion a rating is.
    fn round(&self, round: &i64) -> &'static str {
        match round {
            0 => self.f.t("评价", "The rating"),
            1 => self.f.t("整改后评价", "Rating of the reply"),
            _ => self.f.t("再次整改后评价", "Rating of the second reply"),
        }
    }

    fn causes(&self, causes: &[EvaluationCause]) -> String {
        let words: Vec<&str> = causes.iter().map(|cause| cause.say(&self.f)).collect();
        words.join(self.f.t("、", ", "))
    }
}

async fn found(guest: &Guest, key: &str) -> Result<(Frame, Shown), Refusal> {
    let id = global_id(Kind::Rectification, key)?;
    let data = guest
        .run::<RectificationPage>(rectification_page::Variables { id })
        .await?;
    let it = data.rectification.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = f.of(&it.about_zh, &it.about_en).to_owned();
    Ok((f, it))
}

/// The page of one.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let (f, it) = found(&guest, &key).await?;
    let next = next::after(&guest, &it.id).await?;
    Ok(guest.show(&PageShown { f, it, next }))
}

/// How an address spells an act.
fn spelt(act: RectificationAct) -> String {
    act.code().to_ascii_lowercase().replace('_', "-")
}

/// The inputs of a rating.
const FIELDS: [&str; 3] = ["level", "causes", "comment"];

/// The fields of a rating.
fn opinion_fields(f: &Frame) -> Vec<Field> {
    vec![
        Field::of(
            "level",
            f.t("满意程度", "How satisfied"),
            "",
            Takes::Scale(RatingLevel::choices(f)),
        ),
        Field::of(
            "causes",
            f.t(
                "不满意的主要原因（可多选）",
                "Reasons (choose all that apply)",
            ),
            f.t("不满意时填写", "Only if dissatisfied"),
            Takes::Several(EvaluationCause::choices(f)),
        ),
        Field::lines(
            "comment",
            f.t("意见（可选）", "Comment (optional)"),
            f.t(
                "不超过 500 字；办理单位可以看到",
                "Up to 500 characters; visible to the rated side",
            ),
        ),
    ]
}

/// The causes that were ticked.
fn causes(filled: &Filled) -> Vec<EvaluationCause> {
    let ticked = |cause: &EvaluationCause| filled.get(cause.code()) == "true";
    EvaluationCause::ALL
        .iter()
        .copied()
        .filter(ticked)
        .collect()
}

/// Rating a service again, when its department has replied.
#[derive(Clone, Copy, Debug, Default)]
pub struct Again;

impl act::Verb for Again {
    type It = String;

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        let (mut f, it) = found(guest, key).await?;
        // Somebody who sends it again is told why it was refused.
        if filled.is_none() && !it.acts.contains(&RectificationAct::RateAgain) {
            return Err(Refusal::Forbidden);
        }
        let title = RectificationAct::RateAgain.say(&f);
        let back = (
            f.link(&it.id),
            std::mem::replace(&mut f.title, title.to_owned()),
        );
        let lead = f.t(
            "整改结果是否满意，请再评一次。评价自愿。",
            "Please rate the reply. Rating is voluntary.",
        );
        let act = Act {
            form: act::form(&FIELDS, filled, &[]),
            back,
            lead: lead.to_owned(),
            fields: opinion_fields(&f),
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
        let input = rate_again::RectificationRateAgainInput {
            id,
            expected_version: filled.version(),
            opinion: rate_again::OpinionInput {
                level: filled.term("level")?,
                causes: causes(filled),
                comment: filled.some("comment"),
            },
            idempotency_key: filled.key(),
        };
        send!(
            guest,
            filled,
            act.form,
            RateAgain(rate_again::Variables { input }).rectification_rate_again
        );
        Ok(Flash::Rated)
    }
}

/// Rating a service.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rate;

impl act::Verb for Rate {
    type It = String;

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        let id = global_id(Kind::Obligation, key)?;
        let data = guest
            .run::<ObligationToRate>(obligation_to_rate::Variables { id })
            .await?;
        let it = data.obligation.ok_or(Refusal::NotFound)?;
        if filled.is_none() && !it.permissions.can_rate {
            return Err(Refusal::Forbidden);
        }
        let mut f = guest.frame("");
        f.title = f.t("评价这项服务", "Rate this service").to_owned();
        let promise = it
            .commitment
            .as_ref()
            .map_or("", |promise| f.of(&promise.text_zh, &promise.text_en));
        let lead = f.t(
            "评价自愿，一事一评，提交后不能修改。不满意的将由办理单位回访、整改，并请您再评一次；任何人不得追究评价人。",
            "Rating is voluntary; each service is rated once, and the rating cannot be changed. If you are not satisfied, the responsible unit calls you back, rectifies the problem and asks you again. Nobody may retaliate against you.",
        );
        let act = Act {
            form: act::form(&FIELDS, filled, &[]),
            back: (word::of_id(&it.id), promise.to_owned()),
            lead: lead.to_owned(),
            fields: opinion_fields(&f),
            verb: f.t("提交评价", "Submit the rating"),
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
        let input = rate_obligation::ObligationRateInput {
            id,
            opinion: rate_obligation::OpinionInput {
                level: filled.term("level")?,
                causes: causes(filled),
                comment: filled.some("comment"),
            },
            idempotency_key: filled.key(),
        };
        send!(
            guest,
            filled,
            act.form,
            RateObligation(rate_obligation::Variables { input }).obligation_rate
        );
        Ok(Flash::Rated)
    }
}
