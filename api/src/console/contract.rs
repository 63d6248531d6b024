//! The contract as the document it is: clause by clause, each with its promises and how they are kept.

use askama::Template;
use axum::{extract::Path, response::Response};
use entity::language::Language;

use super::{bridge::operation, frame::Frame, global_id, refusal::Refusal, term::*, visit::Visit};
use crate::graphql::scalar::Kind;

operation!(ContractPage in "src/console/operations/contract.graphql");

type Obligation = contract_page::ContractPageObligationsNodes;

/// How many of the latest occasions of a promise are shown.
const LATEST: usize = 6;

/// A promise and how it is kept.
struct Promise {
    it: contract_page::ContractPageContractCommitments,
    open: Vec<Obligation>,
    closed: Vec<Obligation>,
    kept: i64,
    late: i64,
}

/// A clause and its promises.
struct Article {
    it: contract_page::ContractPageContractClauses,
    promises: Vec<Promise>,
}

#[derive(Template)]
#[template(path = "contract/page.html")]
struct PageShown {
    f: Frame,
    it: contract_page::ContractPageContract,
    articles: Vec<Article>,
    loose: Vec<Promise>,
    total: i64,
    seen: i64,
}

fn promise(it: contract_page::ContractPageContractCommitments, all: &[Obligation]) -> Promise {
    let own: Vec<&Obligation> = all
        .iter()
        .filter(|one| {
            one.commitment
                .as_ref()
                .is_some_and(|known| known.id == it.id)
        })
        .collect();
    let count = |wanted: &dyn Fn(&Obligation) -> bool| {
        i64::try_from(own.iter().filter(|one| wanted(one)).count()).unwrap_or(i64::MAX)
    };
    let late = |one: &Obligation| one.days_late.is_some_and(|days| days > 0);
    Promise {
        kept: count(&|one| one.state == ObligationState::Fulfilled),
        late: count(&|one| one.state == ObligationState::Missed || late(one)),
        open: own
            .iter()
            .filter(|one| one.state == ObligationState::Open)
            .rev()
            .map(|one| (*one).clone())
            .collect(),
        closed: own
            .iter()
            .filter(|one| one.state != ObligationState::Open)
            .take(LATEST)
            .map(|one| (*one).clone())
            .collect(),
        it,
    }
}

/// The page of one.
pub async fn page(visit: Visit, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Contract, &key)?;
    let data = visit
        .run::<ContractPage>(contract_page::Variables { id })
        .await?;
    let mut it = data.contract.ok_or(Refusal::NotFound)?;
    let obligations = data.obligations.nodes;
    let mut promises: Vec<Promise> = std::mem::take(&mut it.commitments)
        .into_iter()
        .map(|commitment| promise(commitment, &obligations))
        .collect();
    let articles = std::mem::take(&mut it.clauses)
        .into_iter()
        .map(|clause| {
            let of_clause = |promise: &Promise| {
                let made_in = promise.it.clause.as_ref();
                made_in.is_some_and(|made_in| made_in.number == clause.number)
            };
            let (own, rest) = promises.drain(..).partition(of_clause);
            promises = rest;
            Article {
                it: clause,
                promises: own,
            }
        })
        .collect();
    let f = visit.frame(&match visit.language {
        Language::Chinese => format!("服务契约 {}", it.number),
        Language::English => format!("Contract {}", it.number),
    });
    Ok(visit.show(&PageShown {
        f,
        articles,
        loose: promises,
        total: data.obligations.total_count,
        seen: i64::try_from(obligations.len()).unwrap_or(i64::MAX),
        it,
    }))
}
