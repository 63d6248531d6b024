//! Contracts as the service centre works with them: the list, drafting, what can be done with one now, and amending its clauses.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use chrono::TimeDelta;
use entity::{
    language::{Language, Text},
    permission::Action,
};

use super::{
    act::{self, Act, Field, Takes, send},
    bridge::operation,
    command,
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
operation!(ContractFile in "src/operations/contract_act.graphql" deriving "Clone, Debug, Deserialize");
operation!(ContractActs in "src/operations/contract_act.graphql");
operation!(ContractClauses in "src/operations/contract_act.graphql");
operation!(ContractNew in "src/operations/contract_act.graphql");
operation!(DraftContract in "src/operations/contract_act.graphql");
operation!(AmendClause in "src/operations/contract_act.graphql");
operation!(ChangeDraft in "src/operations/contract_act.graphql");

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
        whole: paging.whole,
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
    saved: Vec<contract_list::ContractListSavedFilters>,
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
        saved: data.saved_filters,
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
    };
    let read = |data: contract_file::ResponseData| {
        let (nodes, info) = (data.contracts.nodes, data.contracts.page_info);
        let row = |row: &contract_file::ContractFileContractsNodes| {
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
        .answer::<ContractFile, _>(
            &guest,
            ending,
            |paging| variables(&guest.address, f.today, paging),
            read,
        )
        .await
}

#[derive(Template)]
#[template(path = "contract/acts.html")]
struct ActsShown {
    f: Frame,
    it: contract_acts::ContractActsContract,
    /// Address, title, what happens.
    open: Vec<(String, String, String)>,
    /// Why there is nothing.
    why: String,
    /// Where clauses can be changed now, if they can.
    changes: Option<&'static str>,
    page: String,
}

impl ActsShown {
    /// What the viewer may do and cannot do now: its title, and the reason.
    fn not_now(&self) -> Vec<(&str, &str)> {
        not_now(&self.it, self.f.language)
    }
}

fn not_now(it: &contract_acts::ContractActsContract, language: Language) -> Vec<(&str, &str)> {
    let commands = it.commands.iter();
    let commands = commands.map(|one| (&one.title, &one.why_not));
    command::those_not_now(commands, language)
}

/// What may be done with a contract now.
pub async fn acts(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Contract, &key)?;
    let data = guest
        .run::<ContractActs>(contract_acts::Variables { id })
        .await?;
    let it = data.contract.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = f.t("办理契约", "Actions on the contract").to_owned();
    let page = word::of_id(&it.id);
    let open = it.commands.iter().filter(|one| one.may);
    let open = open.map(|one| {
        let to = command::address(&page, &one.code);
        (to, one.title.clone(), one.lead.clone())
    });
    // What stands in the way of what the role may do says more than that it may not do the rest.
    let first = it.commands.first().and_then(|one| one.why_not.as_deref());
    let why = not_now(&it, guest.language)
        .first()
        .map(|(_, why)| *why)
        .or(first);
    Ok(guest.show(&ActsShown {
        open: open.collect(),
        why: why.unwrap_or_default().to_owned(),
        changes: [(AMENDS, "amend-clause"), (CHANGES, "change-draft")]
            .into_iter()
            .find(|(code, _)| it.commands.iter().any(|one| one.may && one.code == *code))
            .map(|(_, act)| act),
        page,
        f,
        it,
    }))
}

/// The command that may be given as long as clauses can be amended.
const AMENDS: &str = "contract.amend_finish";

/// The command that may be given as long as a draft can be changed.
const CHANGES: &str = "contract.submit_for_review";

/// The contract whose clauses or terms are changed, if the viewer may give this command now. Who sends a form is told by the API why not.
async fn changed(
    guest: &Guest,
    key: &str,
    code: &str,
    filled: Option<&Filled>,
) -> Result<contract_clauses::ContractClausesContract, Refusal> {
    let id = global_id(Kind::Contract, key)?;
    let data = guest
        .run::<ContractClauses>(contract_clauses::Variables { id })
        .await?;
    let it = data.contract.ok_or(Refusal::NotFound)?;
    let may = it.commands.iter().any(|one| one.may && one.code == code);
    if filled.is_none() && !may {
        return Err(Refusal::Forbidden);
    }
    Ok(it)
}

/// Where one goes back to from a change of a contract.
fn acts_of(f: &Frame, key: &str, number: &str) -> (String, String) {
    (
        format!("/contracts/{key}/acts"),
        format!("{} {number}", f.t("契约", "Contract")),
    )
}

/// The clause that the address names.
fn named<'a>(
    guest: &Guest,
    it: &'a contract_clauses::ContractClausesContract,
) -> Option<&'a contract_clauses::ContractClausesContractClauses> {
    let number = guest.address.get("clause");
    let mut clauses = it.clauses.iter();
    clauses.find(|clause| clause.number.to_string() == number)
}

/// The fields of a clause.
fn clause_fields(f: &Frame) -> [Field; 3] {
    [
        Field::of(
            "number",
            f.t("条款序号", "Number of the clause"),
            f.t("下一个空号即新增一条", "The next free number adds a clause"),
            Takes::Line("number"),
        ),
        Field::line("title", f.t("标题", "Title"), ""),
        Field::of("body", f.t("内容", "Text"), "", Takes::Lines(8)),
    ]
}

/// Amending one clause, or adding one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clause;

impl act::Verb for Clause {
    type It = String;

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        let it = changed(guest, key, AMENDS, filled).await?;
        let mut f = guest.frame("");
        let title = f.t("变更条款", "Amend a clause");
        title.clone_into(&mut f.title);
        let number = guest.address.get("clause");
        let clause = named(guest, &it);
        let next = it.clauses.iter().map(|clause| clause.number).max();
        let next = (next.unwrap_or(0) + 1).to_string();
        let values = [
            ("number", clause.map_or(next.as_str(), |_| number)),
            ("title", clause.map_or("", |clause| clause.title.as_str())),
            ("body", clause.map_or("", |clause| clause.body.as_str())),
        ];
        let mut fields = Vec::from(clause_fields(&f));
        fields.push(Field::lines(
            "reason",
            f.t("理由", "Reason"),
            f.t("企业也能看到", "Also visible to the enterprise"),
        ));
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let act = Act {
            form: act::form(&names, filled, &values),
            back: acts_of(&f, key, &it.number),
            lead: f
                .t(
                    "修改后的条款自今天起生效，原条款保留在历史中。",
                    "The new text applies from today; earlier texts stay in the history of the clause.",
                )
                .to_owned(),
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
        let input = amend_clause::ContractAmendClauseInput {
            id,
            expected_version: filled.version(),
            clause: amend_clause::ClauseInput {
                number: filled.get("number").parse::<i32>().unwrap_or(0).into(),
                title: filled.get("title").to_owned(),
                body: filled.get("body").to_owned(),
            },
            reason: filled.get("reason").to_owned(),
            idempotency_key: filled.key(),
        };
        send!(
            guest,
            filled,
            act.form,
            AmendClause(amend_clause::Variables { input }).contract_amend_clause
        );
        Ok(Flash::ContractMoved)
    }
}

/// Changing the parties and the term of a draft, and one of its clauses.
#[derive(Clone, Copy, Debug, Default)]
pub struct Draft;

impl act::Verb for Draft {
    type It = String;

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        guest.require(Action::ManageContracts)?;
        let it = changed(guest, key, CHANGES, filled).await?;
        let mut f = guest.frame("");
        let title = f.t("修改草稿", "Change the draft");
        title.clone_into(&mut f.title);
        let number = guest.address.get("clause");
        let clause = named(guest, &it);
        let (starts_on, ends_on) = (it.starts_on.to_string(), it.ends_on.to_string());
        let values = [
            ("parkParty", it.park_party.as_str()),
            (
                "parkSignatory",
                it.park_signatory.as_deref().unwrap_or_default(),
            ),
            (
                "enterpriseSignatory",
                it.enterprise_signatory.as_deref().unwrap_or_default(),
            ),
            ("startsOn", starts_on.as_str()),
            ("endsOn", ends_on.as_str()),
            ("number", clause.map_or("", |_| number)),
            ("title", clause.map_or("", |clause| clause.title.as_str())),
            ("body", clause.map_or("", |clause| clause.body.as_str())),
        ];
        let mut fields = Vec::from(terms(&f));
        fields.extend(clause_fields(&f));
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let act = Act {
            form: act::form(&names, filled, &values),
            back: acts_of(&f, key, &it.number),
            lead: f
                .t(
                    "修改当事人、期限，并可修改或新增一条条款；条款序号不填则条款不变。",
                    "Change the parties, the term and, if you like, one clause; without a number of a clause all of them stay as they are.",
                )
                .to_owned(),
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
        let mut day = |field| required_day(guest, filled, &mut act.form, field);
        let (Some(starts_on), Some(ends_on)) = (day("startsOn"), day("endsOn")) else {
            return Ok(Flash::ContractMoved);
        };
        let (title, body) = (filled.some("title"), filled.some("body"));
        if filled.some("number").is_none() && (title.is_some() || body.is_some()) {
            let missing = Text::new("请填写条款序号。", "Enter the number of the clause.");
            act.form
                .refuse_one("number", missing.in_language(guest.language));
            return Ok(Flash::ContractMoved);
        }
        let clause = filled
            .some("number")
            .map(|number| change_draft::ClauseInput {
                number: number.parse::<i32>().unwrap_or(0).into(),
                title: filled.get("title").to_owned(),
                body: filled.get("body").to_owned(),
            });
        let input = change_draft::ContractChangeDraftInput {
            id,
            expected_version: filled.version(),
            park_party: filled.get("parkParty").to_owned(),
            park_signatory: filled.some("parkSignatory"),
            enterprise_signatory: filled.some("enterpriseSignatory"),
            starts_on,
            ends_on,
            clauses: clause.into_iter().collect(),
            idempotency_key: filled.key(),
        };
        send!(
            guest,
            filled,
            act.form,
            ChangeDraft(change_draft::Variables { input }).contract_change_draft
        );
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

/// The fields of the parties and the term.
fn terms(f: &Frame) -> [Field; 5] {
    let post = f.t("写职务", "Position");
    [
        Field::line(
            "parkParty",
            f.t("甲方执行单位", "Party A's executing unit"),
            "",
        ),
        Field::line(
            "parkSignatory",
            f.t("园区签署人职务", "Signatory of the park"),
            post,
        ),
        Field::line(
            "enterpriseSignatory",
            f.t("企业签署人职务", "Signatory of the enterprise"),
            post,
        ),
        Field::day("startsOn", f.t("期限开始", "First day"), ""),
        Field::day("endsOn", f.t("期限结束", "Last day"), ""),
    ]
}

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
    let mut fields = vec![
        Field::choice("enterpriseId", f.t("企业", "Enterprise"), "", enterprises),
        Field::line(
            "number",
            f.t("契约编号", "Number"),
            f.t(
                "不填则用本年度的下一个编号",
                "Leave empty for the next number of the year",
            ),
        ),
    ];
    fields.extend(terms(&f));
    let before = data.contracts.nodes.first();
    let today = f.today.to_string();
    let enterprise = guest.address.get("enterpriseId").to_owned();
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
                "The draft starts with the standard text and the standard promises; then follow review, approval, signing and activation.",
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
