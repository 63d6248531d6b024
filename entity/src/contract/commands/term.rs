//! The beginning, the interruptions and the end of a contract's term, as far as the contract goes. What is owed under it follows in
//! the public functions of the modules below.

use sea_orm::entity::prelude::*;

use super::{
    ACTIVATE, Draft, EXPIRE, RENEW, RESUME, SUSPEND, TERMINATE, approval::decided, draft_in, load,
    reason, save, step, taken,
};
use crate::{
    calendar,
    command::{Input, form},
    contract::{
        Entity, Model, State, clause, repository,
        rules::{self, ClauseText, DraftError, Move, MoveError},
    },
    deadline::{self, commands::Ended},
    document, enterprise,
    error::{CommandError, Fault},
    liaison,
    permission::{Action, Standing, require},
    store::Unit,
    table::Visible,
};

form! {
    /// The contract, and what the step needs.
    pub struct Activate of ACTIVATE by Move::Activate.action(), refused MoveError, keyed {
        title: "使契约生效", "Activate the contract";
        lead: "契约立即生效，各项承诺开始计算期限。", "The contract comes into force at once, and its promises start.";
        done: "契约已更新。", "The contract has been updated.";
        /// The contract.
        id: Uuid = Target(Thing::Contract);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
    }
}

/// Brings a signed contract into force. Its obligations are opened by [`crate::obligation::commands::activate_contract`].
pub(crate) async fn activate_in(
    unit: &Unit,
    input: &Activate,
) -> Result<Model, CommandError<MoveError>> {
    let contract = load(unit, input.id, input.expected_version, Activate::FORM.may).await?;
    let liaisons = liaison::repository::in_charge_of(unit.db(), &[contract.enterprise_id]).await?;
    let state = rules::activate(&contract, unit.today(), !liaisons.is_empty())
        .map_err(|code| CommandError::refused(&[], code))?;
    if repository::another_in_force(unit, &contract).await? {
        return Err(CommandError::refused(&[], MoveError::AnotherInForce));
    }
    let changed = Model {
        state,
        ..contract.clone()
    };
    save(unit, &contract, changed, &ACTIVATE, None)
        .await
        .map_err(taken(MoveError::AnotherInForce))
}

form! {
    /// The contract, and what the step needs.
    pub struct Suspend of SUSPEND by Move::Suspend.action(), refused MoveError, keyed {
        title: "中止契约", "Suspend the contract";
        lead: "未办结的时限自今天起暂停，恢复履行后继续计算；法定、已超期和当日到期的时限照常。",
            "Open time limits are paused from today and resume with the contract; statutory, overdue and same-day limits continue.";
        done: "契约已更新。", "The contract has been updated.";
        /// The contract.
        id: Uuid = Target(Thing::Contract);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason", "企业也能看到", "Also visible to the enterprise";
        /// The paper in which both sides agreed, uploaded before.
        document_id: Uuid = File, "中止依据文件", "Supporting document";
    }
}

/// Holds a contract. It stays the enterprise's one contract. Its open time limits are paused by
/// [`crate::obligation::commands::suspend_contract`].
pub(crate) async fn suspend_in(
    unit: &Unit,
    input: &Suspend,
) -> Result<Model, CommandError<MoveError>> {
    let (id, version) = (input.id, input.expected_version);
    let (contract, state) = step::<Suspend>(unit, id, version, Move::Suspend).await?;
    let reason = reason(&input.reason)?;
    document::repository::find_about(
        unit.db(),
        unit.viewer(),
        input.document_id,
        contract.enterprise_id,
    )
    .await?
    .ok_or_else(|| CommandError::refused(&["documentId"], MoveError::DocumentUnknown))?;
    let changed = Model {
        state,
        state_reason: Some(reason.clone()),
        suspension_document_id: Some(input.document_id),
        ..contract.clone()
    };
    Ok(save(unit, &contract, changed, &SUSPEND, Some(&reason)).await?)
}

form! {
    /// The contract, and what the step needs.
    pub struct Resume of RESUME by Move::Resume.action(), refused MoveError, keyed {
        title: "恢复履行", "Resume the contract";
        lead: "因中止而暂停的时限自明天起继续计算。", "Time limits paused by the suspension count again from tomorrow.";
        done: "契约已更新。", "The contract has been updated.";
        /// The contract.
        id: Uuid = Target(Thing::Contract);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
    }
}

/// Resumes a suspended contract, as it was before. Its time limits are resumed by
/// [`crate::obligation::commands::resume_contract`].
pub(crate) async fn resume_in(
    unit: &Unit,
    input: &Resume,
) -> Result<(Model, Model), CommandError<MoveError>> {
    let (id, version) = (input.id, input.expected_version);
    let (contract, state) = step::<Resume>(unit, id, version, Move::Resume).await?;
    let changed = Model {
        state,
        state_reason: None,
        suspension_document_id: None,
        ..contract.clone()
    };
    let resumed = save(unit, &contract, changed, &RESUME, None).await?;
    Ok((contract, resumed))
}

form! {
    /// The contract, and what the step needs.
    pub struct Terminate of TERMINATE by Move::Terminate.action(), refused MoveError, keyed {
        title: "终止契约", "Terminate the contract";
        lead: "契约提前结束（草稿则作废），未办结的事项一并取消，不能恢复。",
            "The contract ends early (a draft is discarded), and its open obligations are cancelled. This cannot be undone.";
        done: "契约已更新。", "The contract has been updated.";
        /// The contract.
        id: Uuid = Target(Thing::Contract);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason", "企业也能看到", "Also visible to the enterprise";
    }
}

/// Ends a contract before its time. Its open obligations are cancelled by
/// [`crate::obligation::commands::terminate_contract`].
pub(crate) async fn terminate_in(
    unit: &Unit,
    input: &Terminate,
) -> Result<Model, CommandError<MoveError>> {
    let (id, version) = (input.id, input.expected_version);
    let (contract, state) = step::<Terminate>(unit, id, version, Move::Terminate).await?;
    let reason = reason(&input.reason)?;
    let changed = Model {
        state,
        state_reason: Some(reason.clone()),
        suspension_document_id: None,
        ended_on: Some(unit.today()),
        ..contract.clone()
    };
    end_limit_in(unit, &contract, Ended::For(&reason)).await?;
    decided(unit, &contract).await?;
    Ok(save(unit, &contract, changed, &TERMINATE, Some(&reason)).await?)
}

/// Ends a contract whose term is over: RENEWED when a signed successor follows, EXPIRED otherwise. Gives it as it was, too.
pub(crate) async fn expire_in(
    unit: &Unit,
    id: Uuid,
) -> Result<(Model, Model), CommandError<MoveError>> {
    let contract = Entity::found(unit.db(), unit.viewer(), id).await?;
    require(unit.viewer(), Action::ManageContracts, Standing::None)?;
    let successor = repository::successor(unit, id).await?;
    let signed = successor.is_some_and(|contract| State::SIGNED_TERM.contains(&contract.state));
    let state = rules::expire(&contract, unit.today(), signed)
        .map_err(|code| CommandError::refused(&[], code))?;
    let changed = Model {
        state,
        suspension_document_id: None,
        ..contract.clone()
    };
    end_limit_in(unit, &contract, Ended::OnItsDay).await?;
    let ended = save(unit, &contract, changed, &EXPIRE, None).await?;
    Ok((contract, ended))
}

/// Its term ends, and so does the time limit of that.
async fn end_limit_in(unit: &Unit, contract: &Model, ended: Ended<'_>) -> Result<(), Fault> {
    let Some(limit) = contract.end_deadline_id else {
        return Ok(());
    };
    let calendar = calendar::repository::in_force(unit).await?;
    deadline::commands::end_in(unit, &calendar, limit, ended).await
}

form! {
    /// The contract, and what the step needs.
    pub struct Renew of RENEW by Action::ManageContracts, refused DraftError, keyed {
        title: "续签契约", "Renew the contract";
        lead: "为下一期限起草新契约，条款和承诺沿用；原契约到期自动结束。",
            "A draft for the following term is created, with the same clauses and promises.";
        done: "契约草稿已建立。", "The draft has been created.";
        /// The contract.
        id: Uuid = Target(Thing::Contract);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
    }
}

/// Drafts the successor of a contract in force: the same parties and clauses, the term that follows. The commitments are
/// copied by [`crate::commitment::commands::renew_contract`].
pub(crate) async fn renew_in(
    unit: &Unit,
    input: &Renew,
) -> Result<(Model, Vec<clause::Model>), CommandError<DraftError>> {
    let contract = load(unit, input.id, input.expected_version, Renew::FORM.may).await?;
    rules::require_in_force(&contract).map_err(|code| CommandError::refused(&[], code))?;
    if repository::successor(unit, contract.id).await?.is_some() {
        return Err(CommandError::refused(&[], DraftError::SuccessorExists));
    }
    let (starts_on, ends_on) = rules::next_term(contract.starts_on, contract.ends_on)
        .ok_or_else(|| CommandError::refused(&[], DraftError::TermTooLong))?;
    let enterprise =
        enterprise::Entity::found(unit.db(), unit.viewer(), contract.enterprise_id).await?;
    let old_term = rules::standard_clauses(rules::Parties {
        park: &contract.park_party,
        enterprise: &enterprise.name_zh,
        credit_code: &enterprise.credit_code,
        starts_on: contract.starts_on,
        ends_on: contract.ends_on,
    });
    let new_term = rules::standard_clauses(rules::Parties {
        park: &contract.park_party,
        enterprise: &enterprise.name_zh,
        credit_code: &enterprise.credit_code,
        starts_on,
        ends_on,
    });
    // A clause that is still the standard text is written for the new term; all others are taken over word by word.
    let clauses = repository::clauses_in_force(unit, contract.id)
        .await?
        .iter()
        .map(|row| {
            let text = ClauseText::from(row);
            match old_term.iter().position(|standard| *standard == text) {
                Some(index) => new_term[index].clone(),
                None => text,
            }
        })
        .collect();
    draft_in(
        unit,
        Some(contract.id),
        Draft {
            enterprise_id: contract.enterprise_id,
            number: None,
            park_party: contract.park_party,
            park_signatory: contract.park_signatory,
            enterprise_signatory: contract.enterprise_signatory,
            starts_on,
            ends_on,
            clauses: Some(clauses),
        },
    )
    .await
}
