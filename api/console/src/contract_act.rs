//! Contracts as the service centre works with them: the list, drafting, and every move of a contract as an act of its own.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use chrono::TimeDelta;
use entity::permission::Action;

use super::{
    act::{self, Act, Field, Takes, send},
    bridge::operation,
    export::{Ending, Sheet},
    flash::Flash,
    form::{Filled, required_day},
    frame::Frame,
    global_id,
    guest::Guest,
    list::{Address, Paging},
    refusal::Refusal,
    scalar::Date,
    term::*,
    word,
};

operation!(ContractList in "src/operations/contract_act.graphql" deriving "Clone, Debug, Default");
operation!(ContractActs in "src/operations/contract_act.graphql");
operation!(ContractNew in "src/operations/contract_act.graphql");
operation!(DraftContract in "src/operations/contract_act.graphql");
operation!(SubmitContract in "src/operations/contract_act.graphql");
operation!(ApproveContract in "src/operations/contract_act.graphql");
operation!(SignContract in "src/operations/contract_act.graphql");
operation!(ActivateContract in "src/operations/contract_act.graphql");
operation!(BeginAmendment in "src/operations/contract_act.graphql");
operation!(AmendClause in "src/operations/contract_act.graphql");
operation!(FinishAmendment in "src/operations/contract_act.graphql");
operation!(SuspendContract in "src/operations/contract_act.graphql");
operation!(ResumeContract in "src/operations/contract_act.graphql");
operation!(TerminateContract in "src/operations/contract_act.graphql");
operation!(RenewContract in "src/operations/contract_act.graphql");

type Row = contract_list::ContractListContractsNodes;

/// The order of the list when the address names none.
const USUAL: &str = "number";

fn variables(address: &Address, today: Date, paging: Paging) -> contract_list::Variables {
    let (field, direction) = address.sort(USUAL);
    let states: Vec<ContractState> = address
        .all("state")
        .filter_map(ContractState::of_code)
        .collect();
    let within: Option<i64> = address.get("within").parse().ok();
    let ends_on = within.and_then(|days| {
        Some(contract_list::DayRange {
            from: Some(today),
            to: Some(today.checked_add_signed(TimeDelta::try_days(days)?)?),
            ..contract_list::DayRange::default()
        })
    });
    contract_list::Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        where_: Some(contract_list::ContractFilter {
            state: (!states.is_empty())
                .then_some(contract_list::ContractStateFilter { one_of: states }),
            enterprise_id: address.some("enterprise"),
            text: address.some("text"),
            ends_on,
        }),
        sort_by: vec![contract_list::ContractSort {
            field: match field.as_str() {
                "starts" => ContractSortField::StartsOn,
                "ends" => ContractSortField::EndsOn,
                _ => ContractSortField::Number,
            },
            direction,
        }],
    }
}

#[derive(Template)]
#[template(path = "contract/list.html")]
struct ListShown {
    f: Frame,
    states: &'static [ContractState],
    rows: Vec<Row>,
    shown: i64,
    total: i64,
    info: contract_list::ContractListContractsPageInfo,
    usual: &'static str,
    may: bool,
}

fn frame(guest: &Guest) -> Frame {
    let mut f = guest.frame("");
    f.title = f.t("契约", "Contracts").to_owned();
    f
}

/// The list.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let f = frame(&guest);
    let asked = variables(&guest.address, f.today, guest.address.paging());
    let data = guest.run::<ContractList>(asked).await?;
    Ok(guest.show(&ListShown {
        f,
        states: &ContractState::ALL,
        shown: i64::try_from(data.contracts.nodes.len()).unwrap_or(i64::MAX),
        rows: data.contracts.nodes,
        total: data.contracts.total_count,
        info: data.contracts.page_info,
        usual: USUAL,
        may: data.viewer.is_some_and(|viewer| {
            let may = PermittedAction::ManageContracts;
            viewer.permissions.contains(&may)
        }),
    }))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    let f = frame(&guest);
    let sheet = Sheet {
        name: f.title.clone(),
        columns: vec![
            f.t("契约编号", "Number"),
            f.t("企业", "Enterprise"),
            f.t("专员", "Liaison"),
            f.t("状态", "State"),
            f.t("开始", "From"),
            f.t("结束", "To"),
            f.t("来源", "Origin"),
        ],
        size: 100,
    };
    let read = |data: contract_list::ResponseData| {
        let (nodes, info) = (data.contracts.nodes, data.contracts.page_info);
        let row = |row: &Row| {
            let enterprise = row.enterprise.as_ref();
            let official = row.liaison.as_ref().and_then(|it| it.official.as_ref());
            vec![
                row.number.as_str().into(),
                enterprise
                    .map(|known| f.of(&known.name_zh, known.name_en.as_deref().unwrap_or_default()))
                    .into(),
                official.map(|official| official.name.as_str()).into(),
                row.state.say(&f).into(),
                row.starts_on.into(),
                row.ends_on.into(),
                row.origin.say(&f).into(),
            ]
        };
        let rows = nodes.iter().map(row).collect();
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<ContractList>(
            &guest,
            ending,
            |paging| variables(&guest.address, f.today, paging),
            read,
        )
        .await
}

/// What moves a contract on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Submit,
    Approve,
    Sign,
    Activate,
    Amend,
    Clause,
    Finish,
    Suspend,
    Resume,
    Terminate,
    Renew,
}

impl Verb {
    const ALL: [Self; 11] = [
        Self::Submit,
        Self::Approve,
        Self::Sign,
        Self::Activate,
        Self::Amend,
        Self::Clause,
        Self::Finish,
        Self::Suspend,
        Self::Resume,
        Self::Renew,
        Self::Terminate,
    ];

    /// As the address spells it.
    fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::Sign => "sign",
            Self::Activate => "activate",
            Self::Amend => "amend",
            Self::Clause => "clause",
            Self::Finish => "finish",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Terminate => "terminate",
            Self::Renew => "renew",
        }
    }

    /// Whether the API lets this person do it now.
    fn is_open(self, may: &contract_acts::ContractActsContractPermissions) -> bool {
        match self {
            Self::Submit => may.can_submit_for_review,
            Self::Approve => may.can_approve,
            Self::Sign => may.can_sign,
            Self::Activate => may.can_activate,
            Self::Amend => may.can_begin_amendment,
            Self::Clause | Self::Finish => may.can_amend,
            Self::Suspend => may.can_suspend,
            Self::Resume => may.can_resume,
            Self::Terminate => may.can_terminate,
            Self::Renew => may.can_renew,
        }
    }

    fn title(self, f: &Frame) -> &'static str {
        match self {
            Self::Submit => f.t("提交合法性审查", "Submit for legal review"),
            Self::Approve => f.t("批准契约", "Approve the contract"),
            Self::Sign => f.t("登记签订", "Record the signing"),
            Self::Activate => f.t("使契约生效", "Put it into force"),
            Self::Amend => f.t("开始变更", "Begin an amendment"),
            Self::Clause => f.t("变更条款", "Amend a clause"),
            Self::Finish => f.t("完成变更", "Finish the amendment"),
            Self::Suspend => f.t("中止契约", "Suspend the contract"),
            Self::Resume => f.t("恢复履行", "Go on with it"),
            Self::Terminate => f.t("终止契约", "End the contract"),
            Self::Renew => f.t("续签契约", "Renew the contract"),
        }
    }

    /// What will happen.
    fn lead(self, f: &Frame) -> &'static str {
        match self {
            Self::Submit => f.t(
                "填写合法性审查和公平竞争审查的意见，之后由管委会领导批准。",
                "Give the opinions on legality and on fair competition; a leader approves next.",
            ),
            Self::Approve => f.t(
                "批准后，企业服务中心可以登记签订。",
                "The service centre may then record the signing.",
            ),
            Self::Sign => f.t(
                "登记后条款锁定，只能通过变更修改。到开始日自动生效。",
                "The clauses are locked from then on and change by amendment only. It comes into force by itself on its first day.",
            ),
            Self::Activate => f.t(
                "契约立即生效，各项承诺开始计算期限。",
                "It is in force at once, and its promises begin to count.",
            ),
            Self::Amend => f.t(
                "契约进入变更状态，条款可以修改；承诺照常履行。",
                "Its clauses may change; what is promised goes on meanwhile.",
            ),
            Self::Clause => f.t(
                "修改后的条款自今天起生效，原条款保留在历史中。",
                "The clause reads so from today; how it read before stays in its history.",
            ),
            Self::Finish => f.t("契约恢复生效状态。", "The contract is simply in force again."),
            Self::Suspend => f.t(
                "未办结的时限自今天起暂停，恢复履行后继续计算。",
                "Every open time limit pauses from today and goes on when the contract does.",
            ),
            Self::Resume => f.t(
                "因中止而暂停的时限自明天起继续计算。",
                "What the suspension paused counts again from tomorrow.",
            ),
            Self::Terminate => f.t(
                "契约提前结束（草稿则作废），未办结的事项一并取消，不能恢复。",
                "It ends before its time (a draft is given up), what is still owed under it is cancelled, and there is no way back.",
            ),
            Self::Renew => f.t(
                "为下一期限起草新契约，条款和承诺沿用；原契约到期自动结束。",
                "A successor is drafted for the term that follows, with the same clauses and promises.",
            ),
        }
    }

    fn known(self) -> &'static [&'static str] {
        match self {
            Self::Submit => &["legalityOpinion", "fairCompetitionOpinion"],
            Self::Sign => &["signedOn", "parkSignatory", "enterpriseSignatory"],
            Self::Clause => &["number", "title", "body", "reason"],
            Self::Suspend => &["reason", "document", "documentId"],
            Self::Amend | Self::Terminate => &["reason"],
            Self::Approve | Self::Activate | Self::Finish | Self::Resume | Self::Renew => &[],
        }
    }

    fn fields(self, f: &Frame) -> Vec<Field> {
        let reason = || {
            let hint = f.t("企业也能看到", "The enterprise sees it too");
            Field::lines("reason", f.t("理由", "Reason"), hint)
        };
        match self {
            Self::Submit => vec![
                Field::lines(
                    "legalityOpinion",
                    f.t("合法性审查意见", "Opinion on legality"),
                    "",
                ),
                Field::lines(
                    "fairCompetitionOpinion",
                    f.t("公平竞争审查意见", "Opinion on fair competition"),
                    "",
                ),
            ],
            Self::Sign => vec![
                Field::day("signedOn", f.t("签订日期", "Signed on"), ""),
                Field::line(
                    "parkSignatory",
                    f.t("园区签署人职务", "Who signed for the park"),
                    f.t("写职务", "The post"),
                ),
                Field::line(
                    "enterpriseSignatory",
                    f.t("企业签署人职务", "Who signed for the enterprise"),
                    f.t("写职务", "The post"),
                ),
            ],
            Self::Clause => vec![
                Field::of(
                    "number",
                    f.t("条款序号", "Number of the clause"),
                    f.t("下一个空号即新增一条", "The next free number adds one"),
                    Takes::Line("number"),
                ),
                Field::line("title", f.t("标题", "Title"), ""),
                Field::of("body", f.t("内容", "Text"), "", Takes::Lines(8)),
                reason(),
            ],
            Self::Suspend => vec![
                reason(),
                Field::of(
                    "document",
                    f.t("中止依据文件", "The document it rests on"),
                    "",
                    Takes::File("documentId"),
                ),
            ],
            Self::Amend | Self::Terminate => vec![reason()],
            Self::Approve | Self::Activate | Self::Finish | Self::Resume | Self::Renew => {
                Vec::new()
            }
        }
    }
}

async fn found(guest: &Guest, key: &str) -> Result<contract_acts::ContractActsContract, Refusal> {
    let id = global_id(Kind::Contract, key)?;
    let data = guest
        .run::<ContractActs>(contract_acts::Variables { id })
        .await?;
    data.contract.ok_or(Refusal::NotFound)
}

#[derive(Template)]
#[template(path = "contract/acts.html")]
struct ActsShown {
    f: Frame,
    it: contract_acts::ContractActsContract,
    /// Address, title, what happens.
    open: Vec<(String, &'static str, &'static str)>,
    page: String,
}

/// What may be done with a contract now.
pub async fn acts(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let it = found(&guest, &key).await?;
    let mut f = guest.frame("");
    f.title = f.t("办理契约", "Work on the contract").to_owned();
    let open = Verb::ALL.into_iter();
    let open = open.filter(|verb| *verb != Verb::Clause && verb.is_open(&it.permissions));
    Ok(guest.show(&ActsShown {
        open: open
            .map(|verb| {
                let to = format!("/contracts/{key}/acts/{}", verb.word());
                (to, verb.title(&f), verb.lead(&f))
            })
            .collect(),
        page: word::of_id(&it.id),
        f,
        it,
    }))
}

impl act::Verb for Verb {
    type It = contract_acts::ContractActsContract;

    fn of(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|verb| verb.word() == word)
    }

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        let it = found(guest, key).await?;
        if filled.is_none() && !self.is_open(&it.permissions) {
            return Err(Refusal::Forbidden);
        }
        let mut f = guest.frame("");
        f.title = self.title(&f).to_owned();
        let today = f.today.to_string();
        let number = guest.address.get("clause").to_owned();
        let clause = it
            .clauses
            .iter()
            .find(|clause| clause.number.to_string() == number);
        let next = it.clauses.iter().map(|clause| clause.number).max();
        let next = (next.unwrap_or(0) + 1).to_string();
        let values = [
            ("signedOn", today.as_str()),
            (
                "parkSignatory",
                it.park_signatory.as_deref().unwrap_or_default(),
            ),
            (
                "enterpriseSignatory",
                it.enterprise_signatory.as_deref().unwrap_or_default(),
            ),
            ("number", clause.map_or(next.as_str(), |_| number.as_str())),
            ("title", clause.map_or("", |clause| clause.title.as_str())),
            ("body", clause.map_or("", |clause| clause.body.as_str())),
        ];
        let back = f.t("契约", "Contract");
        let act = Act {
            form: act::form(self.known(), filled, &values),
            back: (
                format!("/contracts/{key}/acts"),
                format!("{back} {}", it.number),
            ),
            lead: self.lead(&f).to_owned(),
            fields: self.fields(&f),
            verb: self.title(&f),
            version: it.version,
            f,
        };
        Ok((act, it))
    }

    async fn send(
        self,
        guest: &Guest,
        filled: &Filled,
        act: &mut Act,
        it: Self::It,
    ) -> Result<Flash, Refusal> {
        let (id, expected_version) = (it.id, filled.version());
        let (reason, idempotency_key) = (filled.get("reason").to_owned(), filled.key());
        // Every move names the contract, its version and the request; what else it needs is said.
        macro_rules! advance {
            ($operation:ident, $module:ident::$input:ident { $($field:ident $(: $value:expr)?),* }, $root:ident) => {{
                let input = $module::$input {
                    id,
                    expected_version,
                    idempotency_key,
                    $($field $(: $value)?,)*
                };
                send!(guest, filled, act.form, $operation($module::Variables { input }).$root);
            }};
        }
        match self {
            Self::Submit => advance!(
                SubmitContract,
                submit_contract::ContractSubmitForReviewInput {
                    legality_opinion: filled.get("legalityOpinion").to_owned(),
                    fair_competition_opinion: filled.get("fairCompetitionOpinion").to_owned()
                },
                contract_submit_for_review
            ),
            Self::Approve => advance!(
                ApproveContract,
                approve_contract::ContractApproveInput {},
                contract_approve
            ),
            Self::Sign => {
                if let Some(signed_on) = required_day(guest, filled, &mut act.form, "signedOn") {
                    advance!(
                        SignContract,
                        sign_contract::ContractSignInput {
                            signed_on,
                            park_signatory: filled.some("parkSignatory"),
                            enterprise_signatory: filled.some("enterpriseSignatory")
                        },
                        contract_sign
                    );
                }
            }
            Self::Activate => advance!(
                ActivateContract,
                activate_contract::ContractActivateInput {},
                contract_activate
            ),
            Self::Amend => advance!(
                BeginAmendment,
                begin_amendment::ContractAmendBeginInput { reason },
                contract_amend_begin
            ),
            Self::Clause => advance!(
                AmendClause,
                amend_clause::ContractAmendClauseInput {
                    clause: amend_clause::ClauseInput {
                        number: filled.get("number").parse::<i32>().unwrap_or(0).into(),
                        title: filled.get("title").to_owned(),
                        body: filled.get("body").to_owned(),
                    },
                    reason
                },
                contract_amend_clause
            ),
            Self::Finish => advance!(
                FinishAmendment,
                finish_amendment::ContractAmendFinishInput {},
                contract_amend_finish
            ),
            Self::Suspend => {
                let enterprise = it.enterprise.map(|enterprise| enterprise.id);
                let document = filled
                    .store(guest, "document", enterprise.as_deref(), &mut act.form)
                    .await?;
                match document {
                    Some(document_id) => advance!(
                        SuspendContract,
                        suspend_contract::ContractSuspendInput {
                            reason,
                            document_id
                        },
                        contract_suspend
                    ),
                    None if !act.form.is_refused() => {
                        let text = act
                            .f
                            .t("请上传中止依据文件。", "Add the document it rests on.");
                        act.form.refuse_one("document", text);
                    }
                    None => {}
                }
            }
            Self::Resume => advance!(
                ResumeContract,
                resume_contract::ContractResumeInput {},
                contract_resume
            ),
            Self::Terminate => advance!(
                TerminateContract,
                terminate_contract::ContractTerminateInput { reason },
                contract_terminate
            ),
            Self::Renew => {
                let input = renew_contract::ContractRenewInput {
                    id,
                    expected_version,
                    idempotency_key,
                };
                let answer = guest
                    .run::<RenewContract>(renew_contract::Variables { input })
                    .await?
                    .contract_renew;
                let errors = answer.user_errors.into_iter();
                act.form
                    .refuse(errors.map(|error| (error.path, error.message)));
                if let Some(made) = answer.contract {
                    act.back.0 = format!("{}/acts", word::of_id(&made.id));
                }
                return Ok(Flash::ContractDrafted);
            }
        }
        Ok(Flash::ContractMoved)
    }
}

const DRAFT: &[&str] = &[
    "enterpriseId",
    "number",
    "parkParty",
    "parkSignatory",
    "enterpriseSignatory",
    "startsOn",
    "endsOn",
];

async fn new_contract(guest: &Guest, filled: Option<&Filled>) -> Result<Act, Refusal> {
    guest.require(Action::ManageContracts)?;
    let data = guest.run::<ContractNew>(contract_new::Variables).await?;
    let mut f = guest.frame("");
    f.title = f.t("起草契约", "Draft a contract").to_owned();
    let enterprises = data
        .enterprises
        .nodes
        .iter()
        .map(|row| {
            let name = f.of(&row.name_zh, row.name_en.as_deref().unwrap_or_default());
            (row.id.clone(), name.to_owned())
        })
        .collect();
    let post = f.t("写职务", "The post");
    let fields = vec![
        Field::choice("enterpriseId", f.t("企业", "Enterprise"), "", enterprises),
        Field::line(
            "number",
            f.t("契约编号", "Number"),
            f.t(
                "不填则用本年度的下一个编号",
                "Empty: the next one of the year",
            ),
        ),
        Field::line(
            "parkParty",
            f.t("甲方执行单位", "Party A's executing unit"),
            "",
        ),
        Field::line(
            "parkSignatory",
            f.t("园区签署人职务", "Who signs for the park"),
            post,
        ),
        Field::line(
            "enterpriseSignatory",
            f.t("企业签署人职务", "Who signs for the enterprise"),
            post,
        ),
        Field::day("startsOn", f.t("期限开始", "First day"), ""),
        Field::day("endsOn", f.t("期限结束", "Last day"), ""),
    ];
    let before = data.contracts.nodes.first();
    let today = f.today.to_string();
    let enterprise = guest.address.get("enterprise").to_owned();
    let values = [
        ("enterpriseId", enterprise.as_str()),
        (
            "parkParty",
            before.map_or("", |row| row.park_party.as_str()),
        ),
        (
            "parkSignatory",
            before
                .and_then(|row| row.park_signatory.as_deref())
                .unwrap_or_default(),
        ),
        ("startsOn", today.as_str()),
    ];
    Ok(Act {
        form: act::form(DRAFT, filled, &values),
        back: ("/contracts".to_owned(), f.t("契约", "Contracts").to_owned()),
        lead: f
            .t(
                "按示范文本和标准承诺起草，之后提交合法性审查、由领导批准、签订、生效。",
                "It begins with the standard text and the standard promises; then come review, approval, signing and its first day.",
            )
            .to_owned(),
        fields,
        verb: f.t("起草契约", "Draft the contract"),
        version: 0,
        f,
    })
}

/// The page of a new contract.
pub async fn ask_new(guest: Guest) -> Result<Response, Refusal> {
    Ok(new_contract(&guest, None).await?.answer(&guest))
}

/// Drafts a contract.
pub async fn draft(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut act = new_contract(&guest, Some(&filled)).await?;
    if act.is_unchosen(&guest, &filled) {
        return Ok(act.answer(&guest));
    }
    let mut day = |field| required_day(&guest, &filled, &mut act.form, field);
    let (Some(starts_on), Some(ends_on)) = (day("startsOn"), day("endsOn")) else {
        return Ok(act.answer(&guest));
    };
    let input = draft_contract::ContractDraftInput {
        enterprise_id: filled.get("enterpriseId").to_owned(),
        number: filled.some("number"),
        park_party: filled.get("parkParty").to_owned(),
        park_signatory: filled.some("parkSignatory"),
        enterprise_signatory: filled.some("enterpriseSignatory"),
        starts_on,
        ends_on,
        clauses: None,
        standard_commitments: true,
        idempotency_key: filled.key(),
    };
    let answer = guest
        .run::<DraftContract>(draft_contract::Variables { input })
        .await
        .map_err(|refusal| refusal.with_typed(&filled))?
        .contract_draft;
    let errors = answer.user_errors.into_iter();
    act.form
        .refuse(errors.map(|error| (error.path, error.message)));
    let Some(made) = answer.contract.filter(|_| !act.form.is_refused()) else {
        return Ok(act.answer(&guest));
    };
    let to = format!("{}/acts", word::of_id(&made.id));
    Ok(guest.done(Flash::ContractDrafted, &to))
}
