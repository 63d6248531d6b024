//! Permits of enterprises, listed on the page of their holder: recording one, correcting, renewing and withdrawing it.

use api_door::scalar::Kind;

use super::{
    act::{self, Act, Field, send},
    bridge::operation,
    flash::Flash,
    form::{Filled, Form},
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    scalar::Date,
    term::*,
    word,
};

operation!(PermitHolder in "src/operations/permit.graphql");
operation!(PermitPage in "src/operations/permit.graphql");
operation!(RecordPermit in "src/operations/permit.graphql");
operation!(ChangePermit in "src/operations/permit.graphql");
operation!(RenewPermit in "src/operations/permit.graphql");
operation!(WithdrawPermit in "src/operations/permit.graphql");

type It = permit_page::PermitPageNodeOnPermit;

const WRITTEN: &[&str] = &["kind", "number", "issuer", "validUntil"];

fn number(f: &Frame) -> Field {
    Field::line("number", f.t("证照编号", "Number"), "")
}

fn valid_until(f: &Frame) -> Field {
    Field::day("validUntil", f.t("有效期至", "Valid until"), "")
}

/// What is written down of a permit.
fn fields(f: &Frame) -> Vec<Field> {
    vec![
        Field::choice(
            "kind",
            f.t("证照种类", "Kind"),
            f.t(
                "决定提前多久申请延续",
                "Decides how long before the end its renewal is applied for",
            ),
            PermitKind::choices(f),
        ),
        number(f),
        Field::line("issuer", f.t("发证机关", "Issued by"), ""),
        valid_until(f),
    ]
}

/// The page of an enterprise, where its permits are listed.
fn holder(f: &Frame, id: &str, name_zh: &str, name_en: Option<&str>) -> (String, String) {
    let name = f.of(name_zh, name_en.unwrap_or_default());
    (word::of_id(id), name.to_owned())
}

/// The last day that was filled in.
fn last_day(f: &Frame, filled: &Filled, form: &mut Form) -> Option<Date> {
    let day = filled.day("validUntil");
    if day.is_none() {
        form.refuse_one(
            "validUntil",
            f.t(
                "请填写日期（1949 至 2099 年之间）。",
                "Give a day, from 1949 to 2099.",
            ),
        );
    }
    day
}

/// Recording a permit of an enterprise.
#[derive(Clone, Copy, Debug, Default)]
pub struct Record;

impl act::Verb for Record {
    type It = String;

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        let id = global_id(Kind::Enterprise, key)?;
        let data = guest
            .run::<PermitHolder>(permit_holder::Variables { id })
            .await?;
        let it = data.enterprise.ok_or(Refusal::NotFound)?;
        if !it.permissions.can_record_permits {
            return Err(Refusal::Forbidden);
        }
        let mut f = guest.frame("");
        f.title = f.t("登记证照", "Record a permit").to_owned();
        let act = Act {
            form: act::form(WRITTEN, filled, &[]),
            back: holder(&f, &it.id, &it.name_zh, it.name_en.as_deref()),
            lead: f
                .t(
                    "到期前 90、60、30 天和申请期限前，系统会提醒企业和专员申请延续。",
                    "The enterprise and its liaison are told 90, 60 and 30 days before it ends, and before the last day of applying.",
                )
                .to_owned(),
            fields: fields(&f),
            verb: f.t("登记证照", "Record the permit"),
            version: 0,
            f,
        };
        Ok((act, it.id))
    }

    async fn send(
        self,
        guest: &Guest,
        filled: &Filled,
        act: &mut Act,
        enterprise_id: Self::It,
    ) -> Result<Flash, Refusal> {
        if let Some(valid_until) = last_day(&act.f, filled, &mut act.form) {
            let input = record_permit::PermitRecordInput {
                enterprise_id,
                kind: filled.term("kind")?,
                number: filled.get("number").to_owned(),
                issuer: filled.get("issuer").to_owned(),
                valid_until,
                idempotency_key: filled.key(),
            };
            send!(
                guest,
                filled,
                act.form,
                RecordPermit(record_permit::Variables { input }).permit_record
            );
        }
        Ok(Flash::PermitSaved)
    }
}

/// What is done with a permit.
#[derive(Clone, Copy, Debug)]
pub enum Verb {
    Change,
    Renew,
    Withdraw,
}

impl act::Verb for Verb {
    type It = It;

    fn of(word: &str) -> Option<Self> {
        match word {
            "change" => Some(Self::Change),
            "renew" => Some(Self::Renew),
            "withdraw" => Some(Self::Withdraw),
            _ => None,
        }
    }

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        let id = global_id(Kind::Permit, key)?;
        let data = guest
            .run::<PermitPage>(permit_page::Variables { id })
            .await?;
        let Some(permit_page::PermitPageNode::Permit(it)) = data.node else {
            return Err(Refusal::NotFound);
        };
        if !it.can_manage {
            return Err(Refusal::Forbidden);
        }
        let mut f = guest.frame("");
        let (title, lead, all) = match self {
            Self::Change => (
                f.t("更正证照信息", "Correct the permit"),
                f.t(
                    "仅用于更正登记错误；延续请用“延续”。",
                    "For what was written down wrongly; a renewal is recorded as one.",
                ),
                fields(&f),
            ),
            Self::Renew => (
                f.t("登记证照延续", "Record its renewal"),
                f.t(
                    "提醒按新的有效期重新计算。",
                    "From then on everybody is told by the new last day.",
                ),
                vec![number(&f), valid_until(&f)],
            ),
            Self::Withdraw => (
                f.t("登记证照注销", "Record that it holds no more"),
                f.t(
                    "注销后不再提醒；历史仍可查阅。",
                    "Nobody is told of it any more; its history can still be read.",
                ),
                vec![Field::lines("reason", f.t("理由", "Reason"), "")],
            ),
        };
        f.title = title.to_owned();
        let until = it.valid_until.to_string();
        let values = [
            ("kind", it.kind.code()),
            ("number", it.number.as_str()),
            ("issuer", it.issuer.as_str()),
            ("validUntil", until.as_str()),
        ];
        let known: &[&str] = match self {
            Self::Change => WRITTEN,
            Self::Renew => &["number", "validUntil"],
            Self::Withdraw => &["reason"],
        };
        let firm = it.enterprise.as_ref().ok_or(Refusal::NotFound)?;
        let act = Act {
            form: act::form(known, filled, &values),
            back: holder(&f, &firm.id, &firm.name_zh, firm.name_en.as_deref()),
            lead: format!("{} {} — {lead}", it.kind.say(&f), it.number),
            fields: all,
            verb: title,
            version: it.version,
            f,
        };
        Ok((act, it))
    }

    async fn send(
        self,
        guest: &Guest,
        filled: &Filled,
        act: &mut Act,
        it: Self::It,
    ) -> Result<Flash, Refusal> {
        let (id, expected_version) = (it.id, filled.version());
        let valid_until = match self {
            Self::Withdraw => None,
            Self::Change | Self::Renew => last_day(&act.f, filled, &mut act.form),
        };
        match (self, valid_until) {
            (Self::Change, Some(valid_until)) => {
                let input = change_permit::PermitChangeInput {
                    id,
                    expected_version,
                    kind: filled.term("kind")?,
                    number: filled.get("number").to_owned(),
                    issuer: filled.get("issuer").to_owned(),
                    valid_until,
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    ChangePermit(change_permit::Variables { input }).permit_change
                );
            }
            (Self::Renew, Some(valid_until)) => {
                let input = renew_permit::PermitRenewInput {
                    id,
                    expected_version,
                    number: filled.some("number"),
                    valid_until,
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    RenewPermit(renew_permit::Variables { input }).permit_renew
                );
            }
            (Self::Withdraw, _) => {
                let input = withdraw_permit::PermitWithdrawInput {
                    id,
                    expected_version,
                    reason: filled.get("reason").to_owned(),
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    WithdrawPermit(withdraw_permit::Variables { input }).permit_withdraw
                );
            }
            (Self::Change | Self::Renew, None) => {}
        }
        Ok(Flash::PermitSaved)
    }
}
