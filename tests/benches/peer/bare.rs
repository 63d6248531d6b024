//! What the library that resolves costs by itself: a schema of the same objects and fields, whose values lie ready in memory. It is asked the same
//! documents and gives the same answers.

use async_graphql::{
    EmptyMutation, EmptySubscription, Json, Object, Request, Schema, SimpleObject,
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Default, Deserialize, SimpleObject)]
#[serde(default, rename_all = "camelCase")]
struct Official {
    name: String,
}

#[derive(Debug, Default, Deserialize, SimpleObject)]
#[serde(default, rename_all = "camelCase")]
struct Liaison {
    id: String,
    official: Official,
}

#[derive(Debug, Default, Deserialize, SimpleObject)]
#[serde(default, rename_all = "camelCase")]
struct Enterprise {
    id: String,
    name_zh: String,
    credit_code: String,
    liaison: Option<Liaison>,
}

#[derive(Debug, Default, Deserialize, SimpleObject)]
#[serde(default, rename_all = "camelCase")]
struct Clause {
    id: String,
    number: i32,
}

#[derive(Debug, Default, Deserialize, SimpleObject)]
#[serde(default, rename_all = "camelCase")]
struct Commitment {
    id: String,
    number: i32,
    text_zh: String,
    text_en: Option<String>,
    kind: String,
    limit_days: Option<i32>,
    unit: Option<String>,
    owner: String,
}

#[derive(Debug, Default, Deserialize, SimpleObject)]
#[serde(default, rename_all = "camelCase")]
struct Deadline {
    id: String,
    due_on: Option<String>,
    state: String,
    light: String,
    remaining: Option<i32>,
}

#[derive(Debug, Default, Deserialize, SimpleObject)]
#[serde(default, rename_all = "camelCase")]
struct Obligation {
    id: String,
    occasion: Option<String>,
    state: String,
    deadline: Option<Deadline>,
    commitment: Option<Commitment>,
    contract: Option<Box<Contract>>,
    enterprise: Option<Enterprise>,
}

#[derive(Debug, Default, Deserialize, SimpleObject)]
#[serde(default, rename_all = "camelCase")]
struct Milestone {
    id: String,
    name: String,
    position: i32,
    baseline_on: Option<String>,
    forecast_on: Option<String>,
    actual_on: Option<String>,
}

#[derive(Debug, Default, Deserialize, SimpleObject)]
#[serde(default, rename_all = "camelCase")]
struct Project {
    id: String,
    name: String,
    state: String,
    milestones: Vec<Milestone>,
}

#[derive(Debug, Default, Deserialize, SimpleObject)]
#[serde(default, rename_all = "camelCase")]
struct Contract {
    id: String,
    number: String,
    state: String,
    starts_on: Option<String>,
    ends_on: Option<String>,
    park_party: Option<String>,
    enterprise: Option<Enterprise>,
    liaison: Option<Liaison>,
    clauses: Vec<Clause>,
    commitments: Vec<Commitment>,
    open_obligations: Vec<Obligation>,
    projects: Vec<Project>,
}

#[derive(Debug, Default, Deserialize, SimpleObject)]
struct Contracts {
    nodes: Vec<Contract>,
}

#[derive(Debug, Default, Deserialize, SimpleObject)]
struct Obligations {
    nodes: Vec<Obligation>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Query {
    contract: Contract,
    contracts: Contracts,
    obligations: Obligations,
}

#[Object]
impl Query {
    async fn contract(&self, id: async_graphql::ID) -> &Contract {
        let _ = id;
        &self.contract
    }

    async fn contracts(&self, first: i32) -> &Contracts {
        let _ = first;
        &self.contracts
    }

    async fn obligations(
        &self,
        first: i32,
        r#where: Json<Value>,
        sort_by: Json<Value>,
    ) -> &Obligations {
        let _ = (first, r#where, sort_by);
        &self.obligations
    }
}

/// A server of one answer.
pub struct Bare(Schema<Query, EmptyMutation, EmptySubscription>);

impl Bare {
    /// It gives this answer of Qiyue.
    pub fn of(answer: &[u8]) -> Self {
        let mut answer: Value = serde_json::from_slice(answer).expect("an answer");
        let query: Query = serde_json::from_value(answer["data"].take()).expect("its objects");
        Self(Schema::new(query, EmptyMutation, EmptySubscription))
    }

    /// The answer to a document whose variables are these.
    pub async fn answer(&self, document: &str, variables: Value) -> Vec<u8> {
        let variables = async_graphql::Variables::from_json(variables);
        let request = Request::new(document).variables(variables);
        let answer = self.0.execute(request).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        serde_json::to_vec(&answer).expect("JSON")
    }
}
