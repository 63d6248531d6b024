//! Enterprises as the service centre keeps them: entering one, changing it, and that it has left the park.

use api_door::scalar::Kind;
use axum::{extract::Path, response::Response};
use entity::{link, permission::Action};

use super::{
    act::{self, Act, Field, send},
    bridge::operation,
    flash::Flash,
    form::{Filled, required_day},
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    word,
};

operation!(EnterpriseEdit in "src/operations/enterprise_act.graphql");
operation!(CreateEnterprise in "src/operations/enterprise_act.graphql");
operation!(ChangeEnterprise in "src/operations/enterprise_act.graphql");
operation!(EndEnterprise in "src/operations/enterprise_act.graphql");

const CREATE: &[&str] = &["creditCode", "nameZh", "nameEn", "industry", "remark"];
const CHANGE: &[&str] = &["nameZh", "nameEn", "industry", "remark"];
const END: &[&str] = &["endedOn", "reason"];

fn fields(f: &Frame) -> Vec<Field> {
    vec![
        Field::line(
            "nameZh",
            f.t("企业名称", "Registered name"),
            f.t("与营业执照一致", "As on the licence"),
        ),
        Field::line(
            "nameEn",
            f.t("英文名称", "Name in English"),
            f.t("可不填", "May stay empty"),
        ),
        Field::line("industry", f.t("行业", "Line of business"), ""),
        Field::lines(
            "remark",
            f.t("内部备注", "Internal remark"),
            f.t("企业看不到", "The enterprise does not see it"),
        ),
    ]
}

fn new_enterprise(guest: &Guest, filled: Option<&Filled>) -> Result<Act, Refusal> {
    guest.require(Action::ManageEnterprises)?;
    let mut f = guest.frame("");
    f.title = f.t("新增企业", "Enter an enterprise").to_owned();
    let mut all = fields(&f);
    all.insert(
        0,
        Field::line(
            "creditCode",
            f.t("统一社会信用代码", "Unified social credit code"),
            f.t(
                "18 位；空格、全角和小写会自动更正",
                "18 characters; blanks, full-width and small letters are put right",
            ),
        ),
    );
    Ok(Act {
        form: act::form(CREATE, filled, &[]),
        back: (
            "/enterprises".to_owned(),
            f.t("企业", "Enterprises").to_owned(),
        ),
        lead: String::new(),
        fields: all,
        verb: f.t("新增企业", "Enter the enterprise"),
        version: 0,
        f,
    })
}

/// The page of a new enterprise.
pub async fn ask_new(guest: Guest) -> Result<Response, Refusal> {
    Ok(new_enterprise(&guest, None)?.answer(&guest))
}

/// Enters an enterprise.
pub async fn create(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut act = new_enterprise(&guest, Some(&filled))?;
    let input = create_enterprise::EnterpriseCreateInput {
        credit_code: filled.get("creditCode").to_owned(),
        name_zh: filled.get("nameZh").to_owned(),
        name_en: filled.some("nameEn"),
        industry: filled.get("industry").to_owned(),
        remark: filled.some("remark"),
        idempotency_key: filled.key(),
    };
    let answer = guest
        .run::<CreateEnterprise>(create_enterprise::Variables { input })
        .await
        .map_err(|refusal| refusal.with_typed(&filled))?
        .enterprise_create;
    let errors = answer.user_errors.into_iter();
    act.form
        .refuse(errors.map(|error| (error.path, error.message)));
    match answer.enterprise {
        Some(made) if !act.form.is_refused() => {
            Ok(guest.done(Flash::EnterpriseSaved, &word::of_id(&made.id)))
        }
        _ => Ok(act.answer(&guest)),
    }
}

async fn shown(
    guest: &Guest,
    key: &str,
    ends: bool,
    filled: Option<&Filled>,
) -> Result<Act, Refusal> {
    guest.require(Action::ManageEnterprises)?;
    let id = global_id(Kind::Enterprise, key)?;
    let data = guest
        .run::<EnterpriseEdit>(enterprise_edit::Variables { id })
        .await?;
    let it = data.enterprise.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    let title = if ends {
        f.t("登记企业离园", "Record that it has left")
    } else {
        f.t("修改企业信息", "Change the enterprise")
    };
    f.title = title.to_owned();
    let today = f.today.to_string();
    let values = [
        ("nameZh", it.name_zh.as_str()),
        ("nameEn", it.name_en.as_deref().unwrap_or_default()),
        ("industry", it.industry.as_str()),
        ("remark", it.remark.as_deref().unwrap_or_default()),
        ("endedOn", today.as_str()),
    ];
    let name = f.of(&it.name_zh, it.name_en.as_deref().unwrap_or_default());
    let (known, all, lead) = if ends {
        let all = vec![
            Field::day("endedOn", f.t("离园日期", "Last day"), ""),
            Field::lines("reason", f.t("理由", "Reason"), ""),
        ];
        let lead = f.t(
            "有契约履行中的企业不能离园，请先终止契约。离园后历史仍可查阅。",
            "An enterprise with a contract in force stays: end the contract first. Its history can still be read.",
        );
        (END, all, lead)
    } else {
        (CHANGE, fields(&f), "")
    };
    let back = link::enterprise(key.parse().map_err(|_| Refusal::NotFound)?);
    Ok(Act {
        form: act::form(known, filled, &values),
        back: (back, name.to_owned()),
        lead: lead.to_owned(),
        fields: all,
        verb: title,
        version: it.version,
        f,
    })
}

/// The page of changing an enterprise.
pub async fn ask_change(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    Ok(shown(&guest, &key, false, None).await?.answer(&guest))
}

/// The page "it has left the park".
pub async fn ask_end(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    Ok(shown(&guest, &key, true, None).await?.answer(&guest))
}

/// Changes an enterprise.
pub async fn change(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let mut act = shown(&guest, &key, false, Some(&filled)).await?;
    let input = change_enterprise::EnterpriseChangeInput {
        id: global_id(Kind::Enterprise, &key)?,
        expected_version: filled.version(),
        name_zh: filled.get("nameZh").to_owned(),
        name_en: filled.some("nameEn"),
        industry: filled.get("industry").to_owned(),
        remark: filled.some("remark"),
    };
    send!(
        guest,
        &filled,
        act.form,
        ChangeEnterprise(change_enterprise::Variables { input }).enterprise_change
    );
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    Ok(guest.done(Flash::EnterpriseSaved, &act.back.0))
}

/// Records that an enterprise has left the park.
pub async fn end(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let mut act = shown(&guest, &key, true, Some(&filled)).await?;
    if let Some(ended_on) = required_day(&guest, &filled, &mut act.form, "endedOn") {
        let input = end_enterprise::EnterpriseEndInput {
            id: global_id(Kind::Enterprise, &key)?,
            expected_version: filled.version(),
            ended_on,
            reason: filled.get("reason").to_owned(),
            idempotency_key: filled.key(),
        };
        send!(
            guest,
            &filled,
            act.form,
            EndEnterprise(end_enterprise::Variables { input }).enterprise_end
        );
    }
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    Ok(guest.done(Flash::EnterpriseSaved, &act.back.0))
}
