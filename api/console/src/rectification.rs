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
    refusal::Refusal,
    term::*,
    word,
};

operation!(RectificationList in "src/operations/rectification.graphql");
operation!(RectificationPage in "src/operations/rectification.graphql");
operation!(ObligationToRate in "src/operations/rectification.graphql");
operation!(RateObligation in "src/operations/rectification.graphql");
operation!(ContactRectification in "src/operations/rectification.graphql");
operation!(VerifyRectification in "src/operations/rectification.graphql");
operation!(PlanRectification in "src/operations/rectification.graphql");
operation!(FeedBackRectification in "src/operations/rectification.graphql");
operation!(AppealRectification in "src/operations/rectification.graphql");
operation!(ProposeOnAppeal in "src/operations/rectification.graphql");
operation!(DecideOnAppeal in "src/operations/rectification.graphql");
operation!(ConcludeRectification in "src/operations/rectification.graphql");
operation!(RateAgain in "src/operations/rectification.graphql");
operation!(SettleRectification in "src/operations/rectification.graphql");

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
        direction: address.sort(USUAL).1,
        where_: Some(RectificationFilter {
            state: (!states.is_empty()).then_some(RectificationStateFilter { one_of: states }),
            department_id: address.some("department"),
            enterprise_id: address.some("enterprise"),
            evaluation_id: address.some("evaluation"),
        }),
    }
}

#[derive(Template)]
#[template(path = "rectification/list.html")]
struct ListShown {
    f: Frame,
    states: &'static [RectificationState],
    rows: Vec<rectification_list::RectificationListRectificationsNodes>,
    shown: i64,
    total: i64,
    info: rectification_list::RectificationListRectificationsPageInfo,
    usual: &'static str,
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let asked = variables(&guest.address, guest.address.paging());
    let found = guest.run::<RectificationList>(asked).await?.rectifications;
    let mut f = guest.frame("");
    f.title = f.t("整改", "Rectifications").to_owned();
    Ok(guest.show(&ListShown {
        f,
        states: &RectificationState::ALL,
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        rows: found.nodes,
        total: found.total_count,
        info: found.page_info,
        usual: USUAL,
    }))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = guest.frame("");
    let sheet = Sheet {
        name: f.t("整改", "Rectifications").to_owned(),
        columns: vec![
            f.t("事项", "About"),
            f.t("状态", "State"),
            f.t("是否超期", "Overdue"),
            f.t("部门", "Department"),
            f.t("企业", "Enterprise"),
            f.t("回访期限", "Call back by"),
            f.t("答复期限", "Reply by"),
            f.t("开始", "Opened"),
            f.t("结束", "Ended"),
        ],
        size: 100,
    };
    let read = |data: rectification_list::ResponseData| {
        let (nodes, info) = (data.rectifications.nodes, data.rectifications.page_info);
        let row = |row: &rectification_list::RectificationListRectificationsNodes| {
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
        .answer::<RectificationList>(
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
}

impl PageShown {
    /// The acts that this viewer can do now: where, and what they are called.
    fn ways(&self) -> Vec<(String, &'static str)> {
        let way = |act: &RectificationAct| {
            let path = format!("{}/{}", self.f.link(&self.it.id), spelt(*act));
            (path, act.say(&self.f))
        };
        self.it.acts.iter().map(way).collect()
    }

    /// Which opinion a rating is.
    fn round(&self, round: &i64) -> &'static str {
        match round {
            0 => self.f.t("评价", "The rating"),
            1 => self.f.t("整改后评价", "Of the reply"),
            _ => self.f.t("再次整改后评价", "Of the second reply"),
        }
    }

    fn causes(&self, causes: &[EvaluationCause]) -> String {
        let words: Vec<&str> = causes.iter().map(|cause| cause.say(&self.f)).collect();
        words.join(self.f.t("、", ", "))
    }
}

async fn found(guest: &Guest, key: &str) -> Result<PageShown, Refusal> {
    let id = global_id(Kind::Rectification, key)?;
    let data = guest
        .run::<RectificationPage>(rectification_page::Variables { id })
        .await?;
    let it = data.rectification.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = f.of(&it.about_zh, &it.about_en).to_owned();
    Ok(PageShown { f, it })
}

/// The page of one.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let shown = found(&guest, &key).await?;
    Ok(guest.show(&shown))
}

/// How an address spells an act.
fn spelt(act: RectificationAct) -> &'static str {
    match act {
        RectificationAct::Contact => "contact",
        RectificationAct::Verify => "verify",
        RectificationAct::Plan => "plan",
        RectificationAct::FeedBack => "feed-back",
        RectificationAct::Appeal => "appeal",
        RectificationAct::Propose => "propose",
        RectificationAct::Decide => "decide",
        RectificationAct::Conclude => "conclude",
        RectificationAct::RateAgain => "rate-again",
        RectificationAct::Settle => "settle",
    }
}

fn lead(act: RectificationAct, f: &Frame) -> &'static str {
    match act {
        RectificationAct::Contact => f.t(
            "差评一个工作日内全部回访：了解情况，不得追究或为难评价人。评议低分的，向企业服务中心说明情况。",
            "Every bad rating is called back within one working day: to understand it, and never to hold it against anybody. Of a low \
             score the department gets in touch with the service centre.",
        ),
        RectificationAct::Verify => f.t(
            "误评或恶意评价的，登记后可以申诉。",
            "What is mistaken or malicious can be appealed afterwards.",
        ),
        RectificationAct::Plan => f.t(
            "简单问题 5 个工作日、复杂问题 15 个工作日内反馈，自收到评价起算。",
            "What is simple is replied to within 5 working days of the rating, what is complex within 15.",
        ),
        RectificationAct::FeedBack => f.t(
            "企业可以看到，并被邀请再次评价；评议低分的，由企业服务中心审核。",
            "The enterprise reads it and is asked to rate again; of a low score the service centre looks at it.",
        ),
        RectificationAct::Appeal => f.t(
            "由企业服务中心和监督机构的两人拟办、裁定，被评价单位不参与。",
            "Two people of the service centre and the supervisor propose and decide; who was rated has no part in it.",
        ),
        RectificationAct::Propose => f.t(
            "由另一人裁定；裁定前可以重新拟办。",
            "Somebody else decides; until then it may be proposed anew.",
        ),
        RectificationAct::Decide => f.t(
            "评价剔除的不再计入；评价维持的，重新计算答复期限。",
            "A rating that is excluded does not count; one that stands is put right within a new limit.",
        ),
        RectificationAct::Conclude => f.t(
            "评议不记名，由企业服务中心代为审核。退回一次后仍不合格的，转监督机构督办。",
            "The evaluation bears no names, so the service centre judges. Returned a second time it goes to the supervisor.",
        ),
        RectificationAct::RateAgain => f.t(
            "整改结果是否满意，请再评一次。评价自愿。",
            "Please say whether the reply satisfies. It is voluntary.",
        ),
        RectificationAct::Settle => f.t(
            "两次反馈仍不满意的，由监督机构以书面结论结案；结论告知被评价单位和评价企业，不能撤回。",
            "What two replies did not solve ends with the supervisor's written word. Who was rated and who rated are told; it cannot be \
             taken back.",
        ),
    }
}

/// The fields of all acts.
const FIELDS: [&str; 14] = [
    "note",
    "verification",
    "finding",
    "complexity",
    "plan",
    "reply",
    "reason",
    "exclude",
    "opinion",
    "satisfied",
    "level",
    "causes",
    "comment",
    "settlement",
];

fn either(yes: &str, no: &str) -> Vec<(String, String)> {
    vec![
        ("true".to_owned(), yes.to_owned()),
        ("false".to_owned(), no.to_owned()),
    ]
}

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
            f.t("不满意的主要原因（可多选）", "Why not (any that apply)"),
            f.t("不满意时填写", "Only when dissatisfied"),
            Takes::Several(EvaluationCause::choices(f)),
        ),
        Field::lines(
            "comment",
            f.t("意见（可选）", "Comment (optional)"),
            f.t(
                "不超过 500 字；办理单位可以看到",
                "Up to 500 characters; those in charge read it",
            ),
        ),
    ]
}

fn fields(act: RectificationAct, f: &Frame) -> Vec<Field> {
    let lines = |name, zh, en| Field::lines(name, f.t(zh, en), "");
    let exclude = |zh, en| {
        let choices = either(
            f.t("剔除评价", "Exclude the rating"),
            f.t("维持评价", "Let it stand"),
        );
        Field::choice("exclude", f.t(zh, en), "", choices)
    };
    match act {
        RectificationAct::Contact => vec![lines("note", "沟通情况", "What was said")],
        RectificationAct::Verify => vec![
            Field::choice(
                "verification",
                f.t("核实结论", "What was found"),
                "",
                RectificationVerification::choices(f),
            ),
            lines("finding", "核实情况", "In words"),
        ],
        RectificationAct::Plan => vec![
            Field::choice(
                "complexity",
                f.t("问题类别", "How much there is to do"),
                "",
                RectificationComplexity::choices(f),
            ),
            lines("plan", "整改措施", "What is going to be done"),
        ],
        RectificationAct::FeedBack => vec![lines("reply", "整改结果", "What was done")],
        RectificationAct::Appeal => vec![lines("reason", "申诉理由", "Why it should not count")],
        RectificationAct::Propose => vec![
            exclude("拟办意见", "Proposal"),
            lines("opinion", "理由", "Why"),
        ],
        RectificationAct::Decide => vec![exclude("裁定", "Decision")],
        RectificationAct::Conclude => {
            let choices = either(f.t("通过", "Accept it"), f.t("退回", "Return it"));
            vec![
                Field::choice("satisfied", f.t("审核结论", "Judgement"), "", choices),
                lines("reason", "理由", "Why"),
            ]
        }
        RectificationAct::RateAgain => opinion_fields(f),
        RectificationAct::Settle => vec![lines("settlement", "督办结论", "The settlement")],
    }
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

impl act::Verb for RectificationAct {
    type It = String;

    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| spelt(*act) == word)
    }

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        let PageShown { mut f, it } = found(guest, key).await?;
        // Somebody who sends it again is told why it was refused.
        if filled.is_none() && !it.acts.contains(&self) {
            return Err(Refusal::Forbidden);
        }
        let title = self.say(&f);
        let back = (
            f.link(&it.id),
            std::mem::replace(&mut f.title, title.to_owned()),
        );
        let values: &[(&str, &str)] = match (self, &it.opinion, it.exclude) {
            (Self::Propose, Some(opinion), Some(exclude)) => &[
                ("opinion", opinion.as_str()),
                ("exclude", if exclude { "true" } else { "false" }),
            ],
            _ => &[],
        };
        let act = Act {
            form: act::form(&FIELDS, filled, values),
            back,
            lead: lead(self, &f).to_owned(),
            fields: fields(self, &f),
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
        let expected_version = filled.version();
        let text = |name: &str| filled.get(name).to_owned();
        let yes = |name: &str| filled.get(name) == "true";
        match self {
            Self::Contact => {
                let input = contact_rectification::RectificationContactInput {
                    id,
                    expected_version,
                    note: text("note"),
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    ContactRectification(contact_rectification::Variables { input })
                        .rectification_contact
                );
            }
            Self::Verify => {
                let input = verify_rectification::RectificationVerifyInput {
                    id,
                    expected_version,
                    verification: filled.term("verification")?,
                    finding: text("finding"),
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    VerifyRectification(verify_rectification::Variables { input })
                        .rectification_verify
                );
            }
            Self::Plan => {
                let input = plan_rectification::RectificationPlanInput {
                    id,
                    expected_version,
                    complexity: filled.term("complexity")?,
                    plan: text("plan"),
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    PlanRectification(plan_rectification::Variables { input }).rectification_plan
                );
            }
            Self::FeedBack => {
                let input = feed_back_rectification::RectificationFeedBackInput {
                    id,
                    expected_version,
                    reply: text("reply"),
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    FeedBackRectification(feed_back_rectification::Variables { input })
                        .rectification_feed_back
                );
            }
            Self::Appeal => {
                let input = appeal_rectification::RectificationAppealInput {
                    id,
                    expected_version,
                    reason: text("reason"),
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    AppealRectification(appeal_rectification::Variables { input })
                        .rectification_appeal
                );
            }
            Self::Propose => {
                let input = propose_on_appeal::RectificationProposeInput {
                    id,
                    expected_version,
                    exclude: yes("exclude"),
                    opinion: text("opinion"),
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    ProposeOnAppeal(propose_on_appeal::Variables { input }).rectification_propose
                );
            }
            Self::Decide => {
                let input = decide_on_appeal::RectificationDecideInput {
                    id,
                    expected_version,
                    exclude: yes("exclude"),
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    DecideOnAppeal(decide_on_appeal::Variables { input }).rectification_decide
                );
            }
            Self::Conclude => {
                let input = conclude_rectification::RectificationConcludeInput {
                    id,
                    expected_version,
                    satisfied: yes("satisfied"),
                    reason: text("reason"),
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    ConcludeRectification(conclude_rectification::Variables { input })
                        .rectification_conclude
                );
            }
            Self::Settle => {
                let input = settle_rectification::RectificationSettleInput {
                    id,
                    expected_version,
                    settlement: text("settlement"),
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    SettleRectification(settle_rectification::Variables { input })
                        .rectification_settle
                );
            }
            Self::RateAgain => {
                let input = rate_again::RectificationRateAgainInput {
                    id,
                    expected_version,
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
                return Ok(Flash::Rated);
            }
        }
        Ok(Flash::RectificationMoved)
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
            "It is voluntary; each service is rated once and the rating cannot be changed. When you are not satisfied, those in charge call you \
             back, put it right and ask you again. Nobody may hold it against you.",
        );
        let act = Act {
            form: act::form(&FIELDS, filled, &[]),
            back: (word::of_id(&it.id), promise.to_owned()),
            lead: lead.to_owned(),
            fields: opinion_fields(&f),
            verb: f.t("提交评价", "Rate it"),
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
