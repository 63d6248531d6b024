//! How a version of an item comes into force: the head of the department proposes it from a day on, the service centre publishes it or returns
//! it; where silence decides, or must not, a leader confirms it before. And how an item leaves the catalogue.

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, EntityTrait, entity::prelude::*};

use super::{
    Entity, Model, edition, publication, repository,
    rules::{self, ItemError},
    version::{self, State},
};
use crate::{
    audit::commands::{Change, Summary, record, summary},
    calendar,
    catalogue::ItemStatus,
    command::{Choices, Command, Form, Input, Offer, Thing, commands, form, offers},
    document,
    error::{CommandError, Fault, Refusal, expect_version, is_unique_violation},
    permission::{Action, require},
    store::{Store, Unit},
    table::{Visible, save, save_below},
    viewer::Viewer,
};

mod edit;
mod import;
mod telling;

pub use edit::{
    AddLimit, AddMaterial, AddNeed, Draft, EditFacts, EditGuide, EditLimit, EditMaterial, EditNeed,
    EditOutcomes, EditValidity, RemoveLimit, RemoveNeed, StrikeMaterial, add_limit, add_material,
    add_need, broken, draft, edit_facts, edit_guide, edit_limit, edit_material, edit_need,
    edit_outcomes, edit_validity, edits_once, present, remove_limit, remove_need, strike_material,
};
pub use import::{Import, ImportError, Imported, files, import};

commands! {
    /// The catalogue is read from files.
    IMPORT = "catalogue.import" on Catalogue: "导入目录", "catalogue imported";
    /// The next version of an item is drafted, by its department or from files.
    DRAFT = "item.draft" on Item: "拟稿", "drafted", form Draft;
    /// Name, basis, promise and silence class of a draft.
    EDIT_FACTS = "item.edit_facts" on Item: "修改基本内容", "main facts edited", form EditFacts;
    /// The public facts of a draft.
    EDIT_GUIDE = "item.edit_guide" on Item: "修改办事指南", "guide edited", form EditGuide;
    /// How a case can end, in a draft.
    EDIT_OUTCOMES = "item.edit_outcomes" on Item: "修改办理结果", "outcomes edited", form EditOutcomes;
    /// How the result ends, in a draft.
    EDIT_VALIDITY = "item.edit_validity" on Item: "修改有效期", "validity edited", form EditValidity;
    /// A draft asks for one more material.
    ADD_MATERIAL = "item.add_material" on Item: "新增申报材料", "material added", form AddMaterial;
    /// A material of a draft.
    EDIT_MATERIAL = "item.edit_material" on Item: "修改申报材料", "material edited", form EditMaterial;
    /// A draft no longer asks for a material.
    STRIKE_MATERIAL = "item.strike_material" on Item: "取消申报材料", "material struck", form StrikeMaterial;
    /// A draft has one more time limit.
    ADD_LIMIT = "item.add_limit" on Item: "新增期限", "time limit added", form AddLimit;
    /// A time limit of a draft.
    EDIT_LIMIT = "item.edit_limit" on Item: "修改期限", "time limit edited", form EditLimit;
    /// A draft has a time limit no longer.
    REMOVE_LIMIT = "item.remove_limit" on Item: "删去期限", "time limit removed", form RemoveLimit;
    /// One more reason to need the item, in a draft.
    ADD_NEED = "item.add_need" on Item: "新增办理情形", "reason to need it added", form AddNeed;
    /// A reason to need the item, in a draft.
    EDIT_NEED = "item.edit_need" on Item: "修改办理情形", "reason to need it edited", form EditNeed;
    /// A draft has a reason to need the item no longer.
    REMOVE_NEED = "item.remove_need" on Item: "删去办理情形", "reason to need it removed", form RemoveNeed;
    /// A version is proposed from a day on.
    PROPOSE = "item.propose" on Item: "提请公布", "proposed", news ItemProposed, form Propose;
    /// The department takes its proposal back.
    WITHDRAW_PROPOSAL = "item.withdraw_proposal" on Item: "撤回提请", "proposal withdrawn", form WithdrawProposal;
    /// A leader confirms what a version says of silence.
    CONFIRM = "item.confirm" on Item: "批准默许类别", "silence class confirmed", form Confirm;
    /// A proposed version goes back to its department.
    RETURN = "item.return" on Item: "退回", "returned", form Return;
    /// A version is published.
    PUBLISH = "item.publish" on Item: "公布", "published", news ItemPublished, form Publish;
    /// An item leaves the catalogue.
    RETIRE = "item.retire" on Item: "移出目录", "taken off the catalogue", news ItemRetired, form Retire;
}

/// What a command answers.
pub type Outcome = Result<Model, CommandError<ItemError>>;

form! {
    /// From which day on a version is to hold.
    pub struct Propose of PROPOSE by Action::ProposeItem, refused ItemError {
        title: "提请公布新版本", "Propose the new version";
        lead: "由企业服务中心审核后公布；自生效日起受理的申请适用新版本，此前受理的不变。",
            "The service centre reviews and publishes it. It applies to applications received from that day on; earlier ones keep their version.";
        done: "新版本已提请公布。", "The new version has been proposed.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The first day on which it holds: a working day, not before today.
        valid_from: NaiveDate = Day, "生效日期", "Valid from", "工作日，不早于今天", "A working day, today or later";
    }
}

/// Proposes the draft of an item from a working day on.
pub async fn propose(store: &Store, viewer: &Viewer, input: Propose) -> Outcome {
    let unit = store.begin(viewer).await?;
    let found = load(&unit, input.id, input.expected_version, Propose::FORM).await?;
    let draft = rules::draft(&found.versions).map_err(|error| CommandError::refused(&[], error))?;
    let calendar = calendar::repository::in_force(&unit).await?;
    let begins = rules::Beginning {
        day: input.valid_from,
        today: unit.today(),
        is_working_day: calendar.is_working_day(input.valid_from),
    };
    rules::may_begin(begins, &found.versions)
        .map_err(|error| CommandError::refused(&["validFrom"], error))?;
    let proposed = version::Model {
        state: State::Proposed,
        valid_from: Some(input.valid_from),
        proposed_by: viewer.account_id(),
        proposed_at: Some(unit.now()),
        returned_for: None,
        awaits_leader: rules::needs_leader(rules::published(&found.versions), &draft),
        ..draft.clone()
    };
    write(unit, found.item, draft, proposed, &PROPOSE, None).await
}

form! {
    /// A proposal to be taken back.
    pub struct WithdrawProposal of WITHDRAW_PROPOSAL by Action::ProposeItem, refused ItemError {
        title: "撤回提请", "Withdraw the proposal";
        lead: "撤回后版本恢复为拟稿，可以修改后再次提请公布；已有的批准随之失效。",
            "The version is a draft again: it can be edited and proposed again. A confirmation it had no longer counts.";
        done: "提请已撤回，版本恢复为拟稿。", "The proposal has been withdrawn: the version is a draft again.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
    }
}

/// Takes the proposed version of an item back: it is a draft again.
pub async fn withdraw_proposal(store: &Store, viewer: &Viewer, input: WithdrawProposal) -> Outcome {
    let unit = store.begin(viewer).await?;
    let form = WithdrawProposal::FORM;
    let found = load(&unit, input.id, input.expected_version, form).await?;
    let proposed =
        rules::proposed(&found.versions).map_err(|error| CommandError::refused(&[], error))?;
    let again = rules::drafted_again(&proposed, None);
    write(unit, found.item, proposed, again, &WITHDRAW_PROPOSAL, None).await
}

form! {
    /// The decision of the leaders on what silence means for an item.
    pub struct Confirm of CONFIRM by Action::ConfirmItem, refused ItemError {
        title: "批准默许类别", "Confirm the silence class";
        lead: "变更默许类别、禁止默许或者逾期视为同意的版本，须附管委会领导的书面决定，批准后方可公布。",
            "A version that changes the silence class, forbids silence or grants by it can be published only after a leader has confirmed it with a written decision.";
        done: "默许类别已批准。", "The silence class has been confirmed.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The written decision: a file about no enterprise.
        document_id: Uuid = File, "书面决定", "Written decision";
    }
}

/// Confirms what the proposed version of an item says of silence.
pub async fn confirm(store: &Store, viewer: &Viewer, input: Confirm) -> Outcome {
    let unit = store.begin(viewer).await?;
    let found = load(&unit, input.id, input.expected_version, Confirm::FORM).await?;
    let proposed = rules::may_confirm(viewer, &found.versions)
        .map_err(|error| CommandError::refused(&[], error))?;
    let file = document::Entity::one(unit.db(), viewer, input.document_id).await?;
    let file = file
        .filter(|file| file.enterprise_id.is_none())
        .ok_or_else(|| CommandError::refused(&["documentId"], ItemError::FileUnknown))?;
    let confirmed = version::Model {
        confirmed_by: viewer.account_id(),
        confirmed_at: Some(unit.now()),
        document_id: Some(file.id),
        awaits_leader: false,
        ..proposed.clone()
    };
    write(unit, found.item, proposed, confirmed, &CONFIRM, None).await
}

form! {
    /// What a proposed version lacks.
    pub struct Return of RETURN by Action::PublishItem, refused ItemError {
        title: "退回部门", "Return it to the department";
        lead: "说明需要修改的内容；部门修改后可以再次提请公布。",
            "Say what must be changed; the department can then propose it again.";
        done: "已退回部门。", "It has been returned to the department.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "退回理由", "Reason";
    }
}

/// Returns the proposed version of an item: it is a draft again.
pub async fn send_back(store: &Store, viewer: &Viewer, input: Return) -> Outcome {
    let unit = store.begin(viewer).await?;
    let found = load(&unit, input.id, input.expected_version, Return::FORM).await?;
    let proposed =
        rules::proposed(&found.versions).map_err(|error| CommandError::refused(&[], error))?;
    let reason =
        rules::reason(&input.reason).map_err(|error| CommandError::refused(&["reason"], error))?;
    let returned = rules::drafted_again(&proposed, Some(reason.clone()));
    write(unit, found.item, proposed, returned, &RETURN, Some(&reason)).await
}

form! {
    /// The version that the department has proposed.
    pub struct Publish of PUBLISH by Action::PublishItem, refused ItemError {
        title: "公布新版本", "Publish the new version";
        lead: "公布后内容不再变更，办事指南自生效日起按新版本显示。",
            "A published version never changes. The public guide shows it from its first day on.";
        done: "新版本已公布。", "The new version has been published.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Another first day, where the proposed one has passed: a working day, not before today.
        valid_from: Option<NaiveDate> = Day, "另定生效日期", "Another first day",
            "仅在拟生效日期已过时填写；须为工作日，不早于今天", "Only if the proposed day has passed: a working day, today or later";
    }
}

/// Publishes the proposed version of an item, or tells everything at once that is in the way.
pub async fn publish(store: &Store, viewer: &Viewer, input: Publish) -> Outcome {
    let unit = store.begin(viewer).await?;
    let found = load(&unit, input.id, input.expected_version, Publish::FORM).await?;
    let edition = repository::edition(&unit).await?;
    let (proposed, reasons) = rules::to_publish(viewer, &found.versions, edition.as_deref())
        .map_err(|error| CommandError::refused(&[], error))?;
    let mut refusals = refusals(reasons);
    if !edit::broken(&files(&unit).await?, &proposed.content).is_empty() {
        refusals.extend(self::refusals([ItemError::BreaksRule]));
    }
    // The calendar may have changed since it was proposed.
    let calendar = calendar::repository::in_force(&unit).await?;
    let from = rules::first_day(&proposed, input.valid_from, unit.today());
    let begins = |day| rules::Beginning {
        day,
        today: unit.today(),
        is_working_day: calendar.is_working_day(day),
    };
    let from = from.and_then(|day| {
        rules::may_begin(begins(day), &found.versions)?;
        Ok(day)
    });
    let from = from.map_err(|code| {
        refusals.push(Refusal {
            code,
            path: vec!["validFrom"],
        });
    });
    let (Ok(from), Some(silence), Some(days), true) = (
        from,
        proposed.silence,
        proposed.promised_days,
        refusals.is_empty(),
    ) else {
        if refusals.is_empty() {
            refusals.extend(self::refusals([ItemError::FactMissing]));
        }
        return Err(refusals.into());
    };
    let published = version::Model {
        state: State::Published,
        valid_from: Some(from),
        published_by: viewer.account_id(),
        published_at: Some(unit.now()),
        ..proposed.clone()
    };
    let row = publication::ActiveModel {
        version_id: Set(proposed.id),
        item_id: Set(proposed.item_id),
        sha256: Set(proposed.sha256.clone()),
        valid_from: Set(from),
        silence: Set(silence),
        promised_days: Set(days),
    };
    let number = i32::from(proposed.content.item.department);
    let departments = repository::departments_numbered(unit.db(), &[number]).await?;
    let department = departments.first().map(|department| department.id);
    let item = Model {
        department_id: department.unwrap_or(found.item.department_id),
        name_zh: proposed.content.item.name.zh.clone(),
        name_en: proposed.content.item.name.en.clone(),
        ..found.item.clone()
    };
    // The item first: whoever was late learns that it has changed, not that the day is taken.
    let saved = save(&unit, &found.item, item).await?;
    save_below(&unit, &proposed, &published).await?;
    publication::Entity::insert(row)
        .exec_without_returning(unit.db())
        .await
        .map_err(|error| match is_unique_violation(&error) {
            true => CommandError::refused(&[], ItemError::DayTaken),
            false => error.into(),
        })?;
    let items = (found.item, saved);
    tell_below(unit, items, &proposed, &published, &PUBLISH, None).await
}

form! {
    /// What becomes of an item that leaves the catalogue.
    pub struct Retire of RETIRE by Action::PublishItem, refused ItemError {
        title: "移出目录", "Take it off the catalogue";
        lead: "自最后一天的次日起不再受理；历史版本仍可查阅，去向和理由对外公示。",
            "From the day after the last day no applications are accepted. Its versions stay available; what becomes of it and the reason are public.";
        done: "该事项已移出目录。", "The item has been taken off the catalogue.";
        /// The item.
        id: Uuid = Target(Thing::Item);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// What becomes of it.
        status: ItemStatus = Choice(Choices::of::<ItemStatus>), "去向", "What becomes of it";
        /// The code of the item that takes its place; one that is merged needs it.
        successor: Option<String> = Line(10), "承接事项编号", "Code of the item that takes its place", "并入其他事项的必填", "Required for an item that is merged";
        /// The last day on which it is decided: today or later.
        last_day: NaiveDate = Day, "最后一天", "Last day", "今天或以后", "Today or later";
        /// Why, up to 200 characters, Chinese; public.
        reason_zh: String = Line(200), "理由（中文）", "Reason (Chinese)", "对外公示", "It is public";
        /// The same in English.
        reason_en: String = Line(200), "理由（英文）", "Reason (English)", "对外公示", "It is public";
    }
}

/// Takes an item off the catalogue after a day. A version that is being worked on is in the way.
pub async fn retire(store: &Store, viewer: &Viewer, input: Retire) -> Outcome {
    let unit = store.begin(viewer).await?;
    let found = load(&unit, input.id, input.expected_version, Retire::FORM).await?;
    let held =
        rules::may_retire(&found.versions).map_err(|error| CommandError::refused(&[], error))?;
    rules::may_end(&held, input.last_day, unit.today())
        .map_err(|error| CommandError::refused(&["lastDay"], error))?;
    if input.status == ItemStatus::Active {
        return Err(CommandError::refused(&["status"], ItemError::StatusActive));
    }
    let successor = match &input.successor {
        Some(code) => repository::by_code(unit.db(), viewer, code).await?,
        None => None,
    };
    let successor =
        successor.filter(|other| other.id != found.item.id && other.status == ItemStatus::Active);
    let is_needed = input.successor.is_some() || input.status == ItemStatus::Merged;
    if is_needed && successor.is_none() {
        return Err(CommandError::refused(&["successor"], ItemError::Successor));
    }
    let reason = rules::public_reason(&input.reason_zh, &input.reason_en)
        .map_err(|(field, error)| CommandError::refused(&[field], error))?;
    let retired = version::Model {
        state: State::Retired,
        retired_for_zh: Some(reason.zh.clone()),
        retired_for_en: Some(reason.en),
        successor: successor.map(|other| other.code),
        valid_to: Some(input.last_day),
        ..held.clone()
    };
    let item = Model {
        status: input.status,
        ..found.item.clone()
    };
    let reason = Some(reason.zh.as_str());
    write_over(unit, found.item, item, held, retired, &RETIRE, reason).await
}

/// What can be done with an item that has these versions, and why not now.
pub fn offered(
    viewer: &Viewer,
    item: &Model,
    versions: &[version::Model],
    edition: Option<&edition::Model>,
) -> Vec<Offer> {
    let rule = |command: &Command| match command.code {
        code if code == DRAFT.code => rules::may_draft(item, versions).map(|_| ()),
        code if code == CONFIRM.code => rules::may_confirm(viewer, versions).map(|_| ()),
        code if code == RETURN.code || code == WITHDRAW_PROPOSAL.code => {
            rules::proposed(versions).map(|_| ())
        }
        // What breaks a rule of the whole catalogue, the command itself finds out, and the first day can be changed.
        code if code == PUBLISH.code => rules::to_publish(viewer, versions, edition)
            .and_then(|(_, reasons)| reasons.first().copied().map_or(Ok(()), Err)),
        code if code == RETIRE.code => rules::may_retire(versions).map(|_| ()),
        // What is edited is a draft, and so is what is proposed.
        _ => rules::draft(versions).map(|_| ()),
    };
    let standing = rules::standing(viewer, item);
    offers(COMMANDS, Thing::Item, viewer, standing, rule)
}

fn refusals(reasons: impl IntoIterator<Item = ItemError>) -> Vec<Refusal<ItemError>> {
    let refusals = reasons.into_iter().map(|code| Refusal {
        code,
        path: Vec::new(),
    });
    refusals.collect()
}

/// An item with its versions.
struct Found {
    item: Model,
    versions: Vec<version::Model>,
}

async fn load(unit: &Unit, id: Uuid, expected_version: i32, form: &Form) -> Result<Found, Fault> {
    let viewer = unit.viewer();
    let item = Entity::found(unit.db(), viewer, id).await?;
    require(viewer, form.may, rules::standing(viewer, &item))?;
    expect_version(item.id, item.version, expected_version)?;
    let versions = repository::versions_of(unit.db(), viewer, &[item.id]).await?;
    Ok(Found { item, versions })
}

async fn write<E>(
    unit: Unit,
    item: Model,
    before: version::Model,
    after: version::Model,
    command: &'static Command,
    reason: Option<&str>,
) -> Result<Model, CommandError<E>> {
    write_over(unit, item.clone(), item, before, after, command, reason).await
}

/// Saves an item and one of its versions, if nobody else changed the item since it was read.
async fn write_over<E>(
    unit: Unit,
    item_before: Model,
    item: Model,
    before: version::Model,
    after: version::Model,
    command: &'static Command,
    reason: Option<&str>,
) -> Result<Model, CommandError<E>> {
    let saved = save(&unit, &item_before, item).await?;
    save_below(&unit, &before, &after).await?;
    let items = (item_before, saved);
    tell_below(unit, items, &before, &after, command, reason).await
}

/// Tells of an item and a version that were saved in this unit, and commits.
async fn tell_below<E>(
    unit: Unit,
    (item_before, saved): (Model, Model),
    before: &version::Model,
    after: &version::Model,
    command: &'static Command,
    reason: Option<&str>,
) -> Result<Model, CommandError<E>> {
    let change = Change {
        command,
        subject_id: saved.id,
        before: Some(told(&item_before, before)),
        after: Some(told(&saved, after)),
        reason,
    };
    record(&unit, change).await?;
    telling::tell(&unit, &saved, after, command, reason).await?;
    unit.commit().await?;
    Ok(saved)
}

fn told(item: &Model, version: &version::Model) -> Summary {
    summary!({
        "nameZh": version.content.item.name.zh,
        "departmentId": item.department_id,
        "sha256": version.sha256,
        "revision": version.number,
        "state": version.state,
        "status": item.status,
        "validFrom": version.valid_from,
        "validUntil": version.valid_to,
        "silence": version.silence,
        "promisedDays": version.promised_days,
        "documentId": version.document_id,
    })
}
