//! Creating and changing enterprises, and their leaving the park. The service centre's work.

use sea_orm::{
    EntityTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{
    ActiveModel, Entity, Model, repository,
    rules::{self, CreditCode, EnterpriseError},
};
use crate::{
    account,
    account::rules::AccountError,
    audit::commands::{Change, Summary, record, summary},
    command::{Command, Form, Input, Offer, Thing, commands, form, offers},
    error::{CommandError, Fault, Refusal, expect_version, is_unique_violation},
    id::new_id,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{self, Visible},
    text::clean_lines,
    viewer::Viewer,
};

commands! {
    /// An enterprise is entered.
    CREATE = "enterprise.create" on Enterprise: "新建", "created", form Create;
    /// An enterprise is changed.
    CHANGE = "enterprise.change" on Enterprise: "修改", "changed", form ChangeEnterprise;
    /// An enterprise leaves the park.
    END = "enterprise.end" on Enterprise: "结束", "ended", form End;
}

form! {
    /// A new enterprise.
    pub struct Create of CREATE by Action::ManageEnterprises, refused EnterpriseError, keyed {
        title: "新增企业", "Add an enterprise";
        lead: "保存后即可为其指派专员、起草契约；有契约的企业也可随台账导入。",
            "You can then assign a liaison and draft a contract. Enterprises with a contract can also be imported with the ledger.";
        done: "企业信息已保存。", "The enterprise has been saved.";
        /// Unified social credit code, as people write it: blanks, full-width and small letters are put right.
        credit_code: String = Line(40), "统一社会信用代码", "Unified social credit code",
            "18 位；空格、全角和小写会自动更正",
            "18 characters; blanks, full-width and lower-case letters are corrected automatically";
        /// Registered name.
        name_zh: String = Line(200), "企业名称", "Registered name",
            "与营业执照一致", "As on the licence";
        /// Name in English.
        name_en: Option<String> = Line(200), "英文名称", "Name in English",
            "可不填", "Optional";
        /// Line of business.
        industry: String = Line(100), "行业", "Industry";
        /// Internal remark.
        remark: Option<String> = Lines(500), "内部备注", "Internal note",
            "企业看不到", "Not visible to the enterprise";
    }
}

/// Creates an enterprise.
pub async fn create(
    store: &Store,
    viewer: &Viewer,
    input: Create,
) -> Result<Model, CommandError<EnterpriseError>> {
    let unit = store.begin(viewer).await?;
    require(viewer, Create::FORM.may, Standing::None)?;
    let code = CreditCode::parse(&input.credit_code, store.policy().admitted);
    let details = rules::details(
        &input.name_zh,
        input.name_en.as_deref(),
        &input.industry,
        input.remark.as_deref(),
    );
    let (code, details) = match (code, details) {
        (Ok(code), Ok(details)) => (code, details),
        (code, details) => {
            let mut refusals: Vec<_> = code
                .err()
                .map(|error| Refusal {
                    code: EnterpriseError::CreditCode(error),
                    path: vec!["creditCode"],
                })
                .into_iter()
                .collect();
            refusals.extend(details.err().unwrap_or_default());
            return Err(refusals.into());
        }
    };
    let enterprise = Model {
        id: new_id(unit.now()),
        credit_code: code.into_string(),
        name_zh: details.name_zh,
        name_en: details.name_en,
        industry: details.industry,
        remark: details.remark,
        created_at: unit.now(),
        ended_on: None,
        version: 1,
    };
    Entity::insert(ActiveModel::from(enterprise.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await
        .map_err(|error| {
            if is_unique_violation(&error) {
                CommandError::refused(&["creditCode"], EnterpriseError::CreditCodeTaken)
            } else {
                error.into()
            }
        })?;
    record(
        &unit,
        Change {
            command: &CREATE,
            subject_id: enterprise.id,
            before: None,
            after: Some(summary!({
                "creditCode": enterprise.credit_code,
                "nameZh": enterprise.name_zh,
            })),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(enterprise)
}

form! {
    /// What an enterprise is called from now on. The credit code stays.
    pub struct ChangeEnterprise of CHANGE by Action::ManageEnterprises, refused EnterpriseError {
        title: "修改企业信息", "Edit the enterprise";
        lead: "统一社会信用代码不变：代码不同即为另一家企业。",
            "The credit code cannot be changed: a different code means a different enterprise.";
        done: "企业信息已保存。", "The enterprise has been saved.";
        /// The enterprise.
        id: Uuid = Target(Thing::Enterprise);
        /// The version last seen.
        expected_version: i32 = Version;
        /// Registered name.
        name_zh: String = Line(200), "企业名称", "Registered name",
            "与营业执照一致", "As on the licence";
        /// Name in English.
        name_en: Option<String> = Line(200), "英文名称", "Name in English",
            "可不填", "Optional";
        /// Line of business.
        industry: String = Line(100), "行业", "Industry";
        /// Internal remark.
        remark: Option<String> = Lines(500), "内部备注", "Internal note",
            "企业看不到", "Not visible to the enterprise";
    }
}

/// Changes an enterprise.
pub async fn change(
    store: &Store,
    viewer: &Viewer,
    input: ChangeEnterprise,
) -> Result<Model, CommandError<EnterpriseError>> {
    let unit = store.begin(viewer).await?;
    let enterprise = load(&unit, input.id, ChangeEnterprise::FORM).await?;
    let details = rules::details(
        &input.name_zh,
        input.name_en.as_deref(),
        &input.industry,
        input.remark.as_deref(),
    )?;
    expect_version(enterprise.id, enterprise.version, input.expected_version)?;
    let changed = Model {
        name_zh: details.name_zh,
        name_en: details.name_en,
        industry: details.industry,
        remark: details.remark,
        ..enterprise.clone()
    };
    let changed = save(&unit, &enterprise, changed, &CHANGE, None).await?;
    unit.commit().await?;
    Ok(changed)
}

form! {
    /// An enterprise leaves the park.
    pub struct End of END by Action::ManageEnterprises, refused EnterpriseError, keyed {
        title: "登记企业离园", "Record departure";
        lead: "有契约履行中的企业不能离园，请先终止契约。离园后历史仍可查阅。",
            "An enterprise with a contract in force cannot leave: terminate the contract first. Its history stays available.";
        done: "企业信息已保存。", "The enterprise has been saved.";
        /// The enterprise.
        id: Uuid = Target(Thing::Enterprise);
        /// The version last seen.
        expected_version: i32 = Version;
        /// Its last day in the park.
        ended_on: Date = Today, "离园日期", "Last day";
        /// Why it leaves.
        reason: String = Lines(2000), "理由", "Reason";
    }
}

/// Records that an enterprise leaves the park. Not while a contract is in force. The assignment of its liaison is ended by
/// [`crate::liaison::commands::end_enterprise`].
pub(crate) async fn end_in(
    unit: &Unit,
    input: &End,
) -> Result<Model, CommandError<EnterpriseError>> {
    let enterprise = load(unit, input.id, End::FORM).await?;
    let reason = clean_lines(&input.reason);
    if reason.is_empty() {
        return Err(CommandError::refused(&["reason"], EnterpriseError::Missing));
    }
    if reason.chars().count() > 2000 {
        return Err(CommandError::refused(
            &["reason"],
            EnterpriseError::TooLong { limit: 2000 },
        ));
    }
    if contract_in_force(unit, enterprise.id).await? {
        return Err(CommandError::refused(
            &["id"],
            EnterpriseError::ContractInForce,
        ));
    }
    expect_version(enterprise.id, enterprise.version, input.expected_version)?;
    let changed = Model {
        ended_on: Some(input.ended_on),
        ..enterprise.clone()
    };
    Ok(save(unit, &enterprise, changed, &END, Some(&reason)).await?)
}

/// What can be done with an enterprise itself, and why not now. Whether a contract still keeps it is looked at when it is to leave.
pub fn offered(viewer: &Viewer, enterprise: &Model) -> Vec<Offer> {
    let rule = |_: &Command| rules::require_here(enterprise);
    offers(COMMANDS, Thing::Enterprise, viewer, Standing::None, rule)
}

/// Loads what is to change.
async fn load(unit: &Unit, id: Uuid, form: &Form) -> Result<Model, CommandError<EnterpriseError>> {
    let viewer = unit.viewer();
    let enterprise = Entity::found(unit.db(), viewer, id).await?;
    require(viewer, form.may, Standing::None)?;
    rules::require_here(&enterprise).map_err(|error| CommandError::refused(&["id"], error))?;
    Ok(enterprise)
}

async fn save(
    unit: &Unit,
    before: &Model,
    after: Model,
    command: &'static Command,
    reason: Option<&str>,
) -> Result<Model, Fault> {
    let after = table::save(unit, before, after).await?;
    record(
        unit,
        Change {
            command,
            subject_id: before.id,
            before: Some(summary(before)),
            after: Some(summary(&after)),
            reason,
        },
    )
    .await?;
    Ok(after)
}

/// Whether a contract of the enterprise is in force. The table of the module below is named by text.
async fn contract_in_force(unit: &Unit, enterprise_id: Uuid) -> Result<bool, Fault> {
    let question = Query::select()
        .column("id")
        .from("contract")
        .and_where(Expr::col("enterprise_id").eq(enterprise_id))
        .and_where(Expr::col("state").is_in(["ACTIVE", "AMENDING", "SUSPENDED"]))
        .limit(1)
        .to_owned();
    Ok(unit.db().query_one(&question).await?.is_some())
}

/// How an enterprise is written down; its remark is for those inside the park alone.
pub fn summary(enterprise: &Model) -> Summary {
    summary!({
        "nameZh": enterprise.name_zh,
        "nameEn": enterprise.name_en,
        "industry": enterprise.industry,
        "remark": enterprise.remark,
        "endedOn": enterprise.ended_on,
    })
}

/// Creates an account and invites the person. Who manages accounts knows of no enterprises, and names that of a contact by what its
/// application says.
pub async fn create_account(
    store: &Store,
    viewer: &Viewer,
    input: account::commands::New,
) -> Result<account::Model, CommandError<AccountError>> {
    require(viewer, account::commands::New::FORM.may, Standing::None)?;
    let enterprise_id = match (input.enterprise_id, &input.enterprise_code) {
        (None, Some(code)) => Some(of_code(store, code).await?),
        (known, _) => known,
    };
    let create = account::commands::Create {
        login: input.login,
        name: input.name,
        telephone: input.telephone,
        role: input.role,
        department_id: input.department_id,
        enterprise_id,
        language: input.language,
        password: None,
        demonstration: false,
    };
    account::commands::create(store, viewer, create).await
}

async fn of_code(store: &Store, written: &str) -> Result<Uuid, CommandError<AccountError>> {
    let code =
        CreditCode::verify(written).map_or_else(|_| written.to_owned(), CreditCode::into_string);
    repository::find_by_code(store.db(), &Viewer::system("account"), &code)
        .await?
        .map(|enterprise| enterprise.id)
        .ok_or_else(|| CommandError::refused(&["enterpriseCode"], AccountError::EnterpriseUnknown))
}
