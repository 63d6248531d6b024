//! The operations that are sent most often, asked inside this process as the doors ask them: for measuring.

use api::app;
use api_door::{operation::Asker, scalar::Kind};
use api_http::{
    State,
    graphql::{let_in, perform},
};
use async_graphql::{Request, Variables};
use entity::{
    account, contract,
    viewer::{Role, Viewer},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::app::Park;

/// One of them, and whose it is.
#[derive(Debug)]
pub struct Operation {
    /// What it is called.
    pub name: &'static str,
    /// Who sends it.
    pub by: Role,
    /// Its document. It may ask for `$id`, a contract, `$today`, the day `$since` before it, and `$until`, the last of seven days.
    pub query: &'static str,
}

/// Twenty contracts with everything under them.
pub const DASHBOARD: Operation = Operation {
    name: "dashboard",
    by: Role::Centre,
    query: "query($id: ID!) { contract(id: $id) { id } contracts(first: 20) { nodes { id number state startsOn endsOn enterprise { id nameZh liaison { id official { name } } }
        commitments { id number textZh kind limitDays unit owner }
        openObligations { id occasion state deadline { id dueOn state light } }
        projects { id name state milestones { id name position baselineOn forecastOn actualOn } } } } }",
};

/// Fifty obligations with what they belong to.
pub const DUE_LIST: Operation = Operation {
    name: "due list",
    by: Role::Centre,
    query: "query($id: ID!) { contract(id: $id) { id } obligations(first: 50, where: {state: {oneOf: [OPEN]}}, sortBy: [{field: DUE_ON}]) { nodes { id occasion state
        commitment { id number textZh } contract { id number } enterprise { id nameZh } deadline { id dueOn state light remaining } } } }",
};

/// One contract with everything under it.
pub const ONE_CONTRACT: Operation = Operation {
    name: "one contract",
    by: Role::Centre,
    query: "query($id: ID!) { contract(id: $id) { id number state startsOn endsOn parkParty enterprise { id nameZh creditCode } liaison { id official { name } } clauses { id number }
        commitments { id number textZh textEn kind limitDays unit owner } openObligations { id occasion state deadline { id dueOn state light remaining } }
        projects { id name state milestones { id name position baselineOn forecastOn actualOn } } } }",
};

/// The start page of a leader.
pub const LEADER: Operation = Operation {
    name: "start of the leader",
    by: Role::Leader,
    query: include_str!("../../api/console/src/operations/leader.graphql"),
};

/// The start page of a liaison.
pub const DESK: Operation = Operation {
    name: "desk of the liaison",
    by: Role::Liaison,
    query: include_str!("../../api/console/src/operations/desk.graphql"),
};

/// Who asks them, of a park in which somebody has each role.
pub struct Asking {
    state: State,
    people: Vec<account::Model>,
    /// The contract they ask about: the first that is in force.
    pub contract: contract::Model,
}

impl Asking {
    /// In this park.
    pub async fn of(park: &Park) -> Self {
        let people = account::Entity::find().order_by_asc(account::Column::Login);
        let contract = contract::Entity::find()
            .filter(contract::Column::State.eq(contract::State::Active))
            .order_by_asc(contract::Column::Number);
        Self {
            state: app::state(park.store.clone(), &park.config()),
            people: people.all(park.db()).await.expect("a read"),
            contract: contract
                .one(park.db())
                .await
                .expect("a read")
                .expect("a contract"),
        }
    }

    /// What they ask with.
    pub fn variables(&self) -> Value {
        json!({
            "id": Kind::Contract.id(self.contract.id),
            "since": "2026-09-29",
            "today": "2026-09-30",
            "until": "2026-10-06",
        })
    }

    /// The answer, which has no errors.
    pub async fn answer(&self, operation: &Operation) -> Vec<u8> {
        let variables = Variables::from_json(self.variables());
        let request = Request::new(operation.query).variables(variables);
        let Ok(admitted) = let_in(&self.state, request, false) else {
            panic!("{} is not let in", operation.name);
        };
        let mut people = self.people.iter();
        let person = people
            .find(|person| person.role == operation.by)
            .expect("somebody");
        let asker = Asker {
            viewer: Viewer::Person(person.person()),
            request_id: operation.name.into(),
        };
        let answer = perform(&self.state, admitted, asker)
            .await
            .expect("an answer");
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        serde_json::to_vec(&answer).expect("JSON")
    }
}
