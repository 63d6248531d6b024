//! Creating and changing enterprises, and their leaving the park. The service centre's work.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{
    ActiveModel, Column, Entity, Model, repository,
    rules::{self, CreditCode, EnterpriseError},
};
use crate::{
    account::rules::AccountError,
    audit::commands::{Change, Summary, record, summary},
    command::{Command, commands},
    error::{CommandError, Fault, Refusal, expect_saved, is_unique_violation},
    id::new_id,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    text::clean_lines,
    viewer::Viewer,
};

commands! {
    /// An enterprise is entered.
    CREATE = "enterprise.create" on Enterprise: "新建", "created";
    /// An enterprise is changed.
    CHANGE = "enterprise.change" on Enterprise: "修改", "changed";
    /// An enterprise leaves the park.
    END = "enterprise.end" on Enterprise: "结束", "ended";
}

/// A new enterprise.
#[derive(Clone, Debug)]
pub struct Create {
    /// Unified social credit code, as people write it.
    pub credit_code: String,
    /// Registered name.
    pub name_zh: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Line of business.
    pub industry: String,
    /// Internal remark.
    pub remark: Option<String>,
}

/// Creates an enterprise.
pub async fn create(
    store: &Store,
    viewer: &Viewer,
    input: Create,
) -> Result<Model, CommandError<EnterpriseError>> {
    let unit = store.begin(viewer).await?;
    require(viewer, Action::ManageEnterprises, Standing::None)?;
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

/// A change of an enterprise. The credit code stays what it is: another code is another enterprise.
#[derive(Clone, Debug)]
pub struct ChangeEnterprise {
    /// Which.
    pub enterprise_id: Uuid,
    /// The version the person saw.
    pub expected_version: i32,
    /// Registered name.
    pub name_zh: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Line of business.
    pub industry: String,
    /// Internal remark.
    pub remark: Option<String>,
}

/// Changes an enterprise.
pub async fn change(
    store: &Store,
    viewer: &Viewer,
    input: ChangeEnterprise,
) -> Result<Model, CommandError<EnterpriseError>> {
    let unit = store.begin(viewer).await?;
    let enterprise = load(&unit, viewer, input.enterprise_id).await?;
    let details = rules::details(
        &input.name_zh,
        input.name_en.as_deref(),
        &input.industry,
        input.remark.as_deref(),
    )?;
    let changed = Model {
        name_zh: details.name_zh,
        name_en: details.name_en,
        industry: details.industry,
        remark: details.remark,
        version: input.expected_version + 1,
        ..enterprise.clone()
    };
    save(&unit, &enterprise, &changed, &CHANGE, None).await?;
    unit.commit().await?;
    Ok(changed)
}

/// An enterprise leaves the park.
#[derive(Clone, Debug)]
pub struct End {
    /// Which.
    pub enterprise_id: Uuid,
    /// The version the person saw.
    pub expected_version: i32,
    /// The last day.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// Records that an enterprise leaves the park. Not while a contract is in force. The assignment of its liaison is ended by
/// [`crate::liaison::commands::end_enterprise`].
pub(crate) async fn end_in(
    unit: &Unit,
    input: &End,
) -> Result<Model, CommandError<EnterpriseError>> {
    let enterprise = load(unit, unit.viewer(), input.enterprise_id).await?;
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
    let changed = Model {
        ended_on: Some(input.on),
        version: input.expected_version + 1,
        ..enterprise.clone()
    };
    save(unit, &enterprise, &changed, &END, Some(&reason)).await?;
    Ok(changed)
}

/// Loads what is to change; an enterprise that has left changes no more.
async fn load(
    unit: &Unit,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Model, CommandError<EnterpriseError>> {
    let enterprise = repository::find(unit.db(), viewer, id)
        .await?
        .ok_or(Fault::NotFound)?;
    require(viewer, Action::ManageEnterprises, Standing::None)?;
    if enterprise.ended_on.is_some() {
        return Err(CommandError::refused(&["id"], EnterpriseError::Ended));
    }
    Ok(enterprise)
}

async fn save(
    unit: &Unit,
    before: &Model,
    after: &Model,
    command: &'static Command,
    reason: Option<&str>,
) -> Result<(), Fault> {
    let saved = Entity::update_many()
        .col_expr(Column::NameZh, Expr::value(after.name_zh.clone()))
        .col_expr(Column::NameEn, Expr::value(after.name_en.clone()))
        .col_expr(Column::Industry, Expr::value(after.industry.clone()))
        .col_expr(Column::Remark, Expr::value(after.remark.clone()))
        .col_expr(Column::EndedOn, Expr::value(after.ended_on))
        .col_expr(Column::Version, Expr::value(after.version))
        .filter(Column::Id.eq(before.id))
        .filter(Column::Version.eq(after.version - 1))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, before.id, Some(before.version))?;
    record(
        unit,
        Change {
            command,
            subject_id: before.id,
            before: Some(summary(before)),
            after: Some(summary(after)),
            reason,
        },
    )
    .await
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

fn summary(enterprise: &Model) -> Summary {
    summary!({
        "nameZh": enterprise.name_zh,
        "nameEn": enterprise.name_en,
        "industry": enterprise.industry,
        "remark": enterprise.remark,
        "endedOn": enterprise.ended_on,
    })
}

/// The enterprise with this credit code, for a contact's account: who manages accounts knows of no enterprises and names one by what
/// its application says.
pub async fn of_code(
    store: &Store,
    viewer: &Viewer,
    credit_code: &str,
) -> Result<Uuid, CommandError<AccountError>> {
    require(viewer, Action::ManageAccounts, Standing::None)?;
    repository::find_by_code(store.db(), &Viewer::system("account"), credit_code)
        .await?
        .map(|enterprise| enterprise.id)
        .ok_or_else(|| CommandError::refused(&["enterpriseCode"], AccountError::EnterpriseUnknown))
}
