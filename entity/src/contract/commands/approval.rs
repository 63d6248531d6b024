//! How a draft becomes a contract that binds both sides: review, approval, signatures.

use chrono::NaiveDate;
use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{APPROVE, RETURN, SIGN, SUBMIT_FOR_REVIEW, finish, reason, save, step, taken};
use crate::{
    account, calendar,
    command::form,
    contract::{
        Model, clause, repository,
        rules::{Move, MoveError},
    },
    deadline, enterprise,
    error::{CommandError, Fault, Refusal},
    language::{self, Text},
    link,
    notice::commands::{NewNotice, is_done, tell_all},
    store::{Store, Unit},
    table::Visible,
    viewer::{Role, Viewer},
};

form! {
    /// The contract, and what the step needs.
    pub struct SubmitForReview of SUBMIT_FOR_REVIEW by Move::Review.action(), refused MoveError, keyed {
        title: "提交合法性审查", "Submit for legal review";
        lead: "填写合法性审查和公平竞争审查的意见，之后由管委会领导批准。",
            "Enter the opinions of the legality review and the fair competition review; a leader then approves the contract.";
        done: "契约已更新。", "The contract has been updated.";
        /// The contract.
        id: Uuid = Target(Thing::Contract);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
        /// The opinion on legality (合法性审查意见), up to 2000 characters.
        legality_opinion: String = Lines(2000), "合法性审查意见", "Opinion on legality";
        /// The opinion on fair competition (公平竞争审查意见), up to 2000 characters.
        fair_competition_opinion: String = Lines(2000), "公平竞争审查意见", "Opinion on fair competition";
    }
}

/// Records the opinions on legality and fair competition and lays the contract before the leaders.
pub async fn submit_for_review(
    store: &Store,
    viewer: &Viewer,
    input: SubmitForReview,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.id, input.expected_version);
    let (contract, state) = step::<SubmitForReview>(&unit, id, version, Move::Review).await?;
    let mut wrong = Vec::new();
    let mut opinion = |path, text: &str, code| {
        language::text(text, 2000).or_else(|| {
            wrong.push(Refusal {
                code,
                path: vec![path],
            });
            None
        })
    };
    let legality_opinion = opinion(
        "legalityOpinion",
        &input.legality_opinion,
        MoveError::LegalityOpinionInvalid,
    );
    let fair_competition_opinion = opinion(
        "fairCompetitionOpinion",
        &input.fair_competition_opinion,
        MoveError::FairCompetitionOpinionInvalid,
    );
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let changed = Model {
        state,
        legality_opinion,
        fair_competition_opinion,
        // What was to be changed is changed.
        state_reason: None,
        ..contract.clone()
    };
    let submitted = save(&unit, &contract, changed, &SUBMIT_FOR_REVIEW, None).await?;
    let leaders = account::repository::enabled_in_role(unit.db(), Role::Leader).await?;
    let what = ("契约待批准", "A contract awaits your approval");
    notify(&unit, &submitted, leaders, what).await?;
    unit.commit().await?;
    Ok(submitted)
}

/// As what the notices are known that tell of a decision.
const KIND: &str = "contract_approval";

/// What waited for a decision is decided.
pub(super) async fn decided(unit: &Unit, contract: &Model) -> Result<(), Fault> {
    is_done(unit, KIND, &link::contract_acts(contract.id)).await
}

/// Tells what has become of a draft to who has to do something about it: in the app, and in the next digest.
async fn notify(
    unit: &Unit,
    contract: &Model,
    people: Vec<account::Model>,
    (zh, en): (&str, &str),
) -> Result<(), Fault> {
    let firm = enterprise::Entity::found(unit.db(), unit.viewer(), contract.enterprise_id).await?;
    let named = format!("{} {}", contract.number, firm.name_zh);
    let title = Text::new(format!("{zh}：{named}"), format!("{en}: {named}"));
    decided(unit, contract).await?;
    let notice = |person: account::Model| NewNotice {
        key: format!(
            "contract:{}:{}:{}",
            contract.id, contract.version, person.id
        ),
        recipient_id: person.id,
        kind: KIND.to_owned(),
        title: title.clone(),
        path: Some(link::contract_acts(contract.id)),
        letter_id: None,
        waits_for_digest: true,
    };
    tell_all(unit, people.into_iter().map(notice).collect()).await?;
    Ok(())
}

form! {
    /// The contract, and what the step needs.
    pub struct Approve of APPROVE by Move::Approve.action(), refused MoveError, keyed {
        title: "批准契约", "Approve the contract";
        lead: "批准后，企业服务中心可以登记签订。", "The service centre may then record the signing.";
        done: "契约已更新。", "The contract has been updated.";
        /// The contract.
        id: Uuid = Target(Thing::Contract);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
    }
}

/// A leader approves.
pub async fn approve(
    store: &Store,
    viewer: &Viewer,
    input: Approve,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.id, input.expected_version);
    let (contract, state) = step::<Approve>(&unit, id, version, Move::Approve).await?;
    let changed = Model {
        state,
        approved_by: viewer.account_id(),
        approved_at: Some(unit.now()),
        ..contract.clone()
    };
    decided(&unit, &contract).await?;
    finish(unit, &contract, changed, &APPROVE, None).await
}

form! {
    /// The contract, and what is to be changed.
    pub struct ReturnDraft of RETURN by Move::Return.action(), refused MoveError, keyed {
        title: "退回修改", "Return for changes";
        lead: "契约退回草稿，由企业服务中心修改后重新提交审查。",
            "The contract becomes a draft again; the service centre changes it and submits it anew.";
        done: "契约已退回修改。", "The contract has been returned for changes.";
        /// The contract.
        id: Uuid = Target(Thing::Contract);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
        /// What is to be changed, up to 1000 characters.
        reason: String = Lines(1000), "需要修改的内容", "What is to be changed", "企业也能看到", "Also visible to the enterprise";
    }
}

/// A leader returns a contract for changes: it is a draft again, and says why until it is submitted anew.
pub async fn return_draft(
    store: &Store,
    viewer: &Viewer,
    input: ReturnDraft,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.id, input.expected_version);
    let (contract, state) = step::<ReturnDraft>(&unit, id, version, Move::Return).await?;
    let reason = reason(&input.reason)?;
    let changed = Model {
        state,
        state_reason: Some(reason.clone()),
        ..contract.clone()
    };
    let returned = save(&unit, &contract, changed, &RETURN, Some(&reason)).await?;
    let centre = account::repository::enabled_in_role(unit.db(), Role::Centre).await?;
    let what = ("契约被退回修改", "A contract was returned for changes");
    notify(&unit, &returned, centre, what).await?;
    unit.commit().await?;
    Ok(returned)
}

form! {
    /// The contract, and what the step needs.
    pub struct Sign of SIGN by Move::Sign.action(), refused MoveError, keyed {
        title: "登记签订", "Record the signing";
        lead: "登记后条款锁定，只能通过变更修改。到开始日自动生效。",
            "From then on the clauses are locked and can be changed only by an amendment. The contract comes into force automatically on its first day.";
        done: "契约已更新。", "The contract has been updated.";
        /// The contract.
        id: Uuid = Target(Thing::Contract);
        /// Its version as seen; CONFLICT when it has changed since.
        expected_version: i32 = Version;
        /// The day of the signatures.
        signed_on: NaiveDate = Today, "签订日期", "Signed on";
        /// The post of who signed for the park; as drafted when not given.
        park_signatory: Option<String> = Line(100), "园区签署人职务", "Signatory of the park", "写职务", "Position";
        /// The post of who signed for the enterprise; as drafted when not given.
        enterprise_signatory: Option<String> = Line(100), "企业签署人职务", "Signatory of the enterprise",
            "写职务", "Position";
    }
}

/// Records the signatures. From now on the contract is locked: its clauses bind from the first day of the term and change only
/// by amendment. Terms of one enterprise never overlap.
pub async fn sign(
    store: &Store,
    viewer: &Viewer,
    input: Sign,
) -> Result<Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.id, input.expected_version);
    let (contract, state) = step::<Sign>(&unit, id, version, Move::Sign).await?;
    if input.signed_on > unit.today() {
        return Err(CommandError::refused(
            &["signedOn"],
            MoveError::SignedInFuture,
        ));
    }
    let post = |given: Option<String>, drafted: &Option<String>, path| {
        given
            .or_else(|| drafted.clone())
            .and_then(|post| language::line(&post, 100))
            .ok_or_else(|| CommandError::refused(&[path], MoveError::SignatoryInvalid))
    };
    let park_signatory = Some(post(
        input.park_signatory,
        &contract.park_signatory,
        "parkSignatory",
    )?);
    let enterprise_signatory = Some(post(
        input.enterprise_signatory,
        &contract.enterprise_signatory,
        "enterpriseSignatory",
    )?);
    if repository::overlaps(&unit, &contract).await? {
        return Err(CommandError::refused(
            &["startsOn"],
            MoveError::TermOverlaps,
        ));
    }
    clause::Entity::update_many()
        .col_expr(clause::Column::EffectiveOn, Expr::value(contract.starts_on))
        .filter(clause::Column::ContractId.eq(contract.id))
        .exec(unit.db())
        .await?;
    let calendar = calendar::repository::in_force(&unit).await?;
    let limit = deadline::commands::open_end_in(&unit, &calendar, contract.ends_on).await?;
    let changed = Model {
        state,
        end_deadline_id: Some(limit.id),
        signed_on: Some(input.signed_on),
        park_signatory,
        enterprise_signatory,
        ..contract.clone()
    };
    let signed = save(&unit, &contract, changed, &SIGN, None)
        .await
        .map_err(taken(MoveError::TermOverlaps))?;
    unit.commit().await?;
    Ok(signed)
}
