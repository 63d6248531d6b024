//! The contract as the document it is: clause by clause, each with its promises and how they are kept.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use entity::{language::Language, permission::Action};

use super::{
    bridge::operation,
    command, comment,
    form::Form,
    frame::Frame,
    global_id,
    guest::Guest,
    promise::{Article, Promise, articles, reads},
    refusal::Refusal,
    term::*,
};

operation!(ContractPage in "src/operations/contract.graphql");

type Clause = contract_page::ContractPageContractClauses;
pub(super) type Commitment = contract_page::ContractPageContractCommitments;
pub(super) type Obligation = contract_page::ContractPageObligationsNodes;

reads!(Clause, Commitment, Obligation, ways);

/// What the viewer can do with a promise now. Of one that has ended nothing new begins.
fn ways(promise: &Commitment) -> Vec<(String, String)> {
    let page = command::page_of(&promise.id);
    let can = promise.commands.iter().filter(|one| one.may);
    can.filter(|_| promise.ended_on.is_none())
        .map(|one| (command::address(&page, &one.code), one.title.clone()))
        .collect()
}

#[derive(Template)]
#[template(path = "contract/page.html")]
struct PageShown {
    f: Frame,
    it: contract_page::ContractPageContract,
    articles: Vec<Article<Clause, Commitment, Obligation>>,
    loose: Vec<Promise<Commitment, Obligation>>,
    total: i64,
    seen: i64,
    comment: Form,
    own: bool,
    /// Whether the viewer can appoint a liaison.
    appoints: bool,
}

impl PageShown {
    /// Whether it cannot come into force because nobody looks after the enterprise.
    fn lacks_liaison(&self) -> bool {
        self.it.state == ContractState::Signed && self.it.liaison.is_none()
    }

    /// Whether the viewer can do something with it now.
    fn acts(&self) -> bool {
        self.it.commands.iter().any(|one| one.may)
    }
}

/// The page of one.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Contract, &key)?;
    let data = guest
        .run::<ContractPage>(contract_page::Variables {
            id,
            comments: comment::SHOWN,
            comments_before: comment::before(&guest),
        })
        .await?;
    let mut it = data.contract.ok_or(Refusal::NotFound)?;
    let obligations = data.obligations.nodes;
    let clauses = std::mem::take(&mut it.clauses);
    let commitments = std::mem::take(&mut it.commitments);
    let (articles, loose) = articles(clauses, commitments, &obligations);
    let f = guest.frame(&match guest.language {
        Language::Chinese => format!("服务契约 {}", it.number),
        Language::English => format!("Contract {}", it.number),
    });
    Ok(guest.show(&PageShown {
        f,
        articles,
        loose,
        total: data.obligations.total_count,
        seen: i64::try_from(obligations.len()).unwrap_or(i64::MAX),
        comment: comment::form(),
        own: comment::is_own(&guest),
        appoints: guest.require(Action::ManageLiaisons).is_ok(),
        it,
    }))
}
