//! What people of the demonstration write: a supervision order that waits for its answer, and an internal comment.

use chrono::Days;
use entity::{
    account,
    comment::{
        self, About, Audience,
        commands::{Write, write},
    },
    contract,
    error::{CommandError, Fault},
    obligation::{self, repository::open_with_deadlines},
    store::Store,
    supervision::commands::{Order, order},
    viewer::Viewer,
};

use super::DemoError;

/// The leader orders an answer for what has been overdue for longest, and the liaison of the first contract leaves a comment.
pub(super) async fn write_all(
    store: &Store,
    contracts: &[contract::Model],
) -> Result<(), DemoError> {
    let leader = person(store, "leader@park.example").await?;
    let late = open_with_deadlines(store.db(), store.today(), None, 1_000).await?;
    for owed in late {
        if ordered(store, &leader, &owed.obligation).await? {
            break;
        }
    }
    if let Some(first) = contracts.first() {
        let liaison = person(store, "liaison01@park.example").await?;
        let input = Write {
            about: About::Contract(first.id),
            audience: Audience::Internal,
            text: "示例：企业计划扩建厂房，请提前沟通用地指标。".to_owned(),
        };
        let written: Result<comment::Model, _> = write(store, &liaison, input).await;
        written?;
    }
    Ok(())
}

/// Whether an order could be given.
async fn ordered(
    store: &Store,
    leader: &Viewer,
    owed: &obligation::Model,
) -> Result<bool, DemoError> {
    let input = Order {
        id: owed.id,
        expected_version: owed.version,
        reply_by: store.today() + Days::new(5),
        reason: "示例：催办后仍未办结，请说明原因和整改措施。".to_owned(),
    };
    match order(store, leader, input).await {
        Ok(_) => Ok(true),
        Err(CommandError::Refused(_)) => Ok(false),
        Err(CommandError::Fault(fault)) => Err(fault.into()),
    }
}

pub(super) async fn person(store: &Store, login: &str) -> Result<Viewer, Fault> {
    let account = account::repository::by_login(store.db(), login).await?;
    let account = account.ok_or(Fault::NotFound)?;
    Ok(Viewer::Person(account.person()))
}
