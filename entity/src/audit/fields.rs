//! The fields that the audit trail tells of, in the words of people. What is not among them cannot be told.

use crate::language::Said;

/// A field by its name as the API spells it, and what people call it.
const FIELDS: &[(&str, &str, &str)] = &[
    ("about", "事项", "about"),
    ("acceptedOn", "受理日", "accepted on"),
    ("accountId", "人员", "person"),
    ("actualOn", "完成日期", "date of completion"),
    ("answers", "答卷数", "answers"),
    ("appeal", "申诉", "appeal"),
    ("applyBy", "最迟申请", "apply by"),
    ("approvedBy", "批准人", "approved by"),
    ("audience", "可见范围", "readers"),
    ("baselineOn", "基准日期", "baseline"),
    ("calendarVersion", "工作日历", "calendar"),
    ("causes", "不满意原因", "causes"),
    ("code", "前置条件", "gate"),
    ("comment", "意见", "comment"),
    ("commitmentId", "承诺", "promise"),
    ("complexity", "难易", "complexity"),
    ("consumedDays", "已计天数", "days used"),
    ("contact", "回访", "call-back"),
    ("contactLogin", "企业联系人邮箱", "e-mail of the contact"),
    ("contactTelephone", "联系电话", "telephone of the contact"),
    ("contentType", "文件类型", "type of the file"),
    ("contractId", "契约", "contract"),
    ("contractNumber", "契约编号", "number of the contract"),
    (
        "counterpartZh",
        "现承担职责的机构",
        "office currently responsible",
    ),
    ("creditCode", "信用代码", "credit code"),
    ("daysLate", "逾期天数", "days late"),
    ("deliveredOn", "送达日期", "delivered on"),
    ("departmentId", "部门", "department"),
    ("deputyId", "代理人", "deputy"),
    ("documentId", "文件", "file"),
    ("documentIds", "附件", "attachments"),
    ("doneOn", "办理日期", "done on"),
    ("dueOn", "到期日", "due date"),
    ("endedOn", "结束日期", "ended on"),
    ("endsAt", "结束", "end"),
    ("endsOn", "结束", "end"),
    ("enterpriseId", "企业", "enterprise"),
    ("enterpriseName", "企业名称", "name of the enterprise"),
    (
        "enterpriseSignatory",
        "企业签署人职务",
        "who signs for the enterprise",
    ),
    ("evaluationId", "企业评议", "evaluation"),
    ("evidenceDocumentId", "履约凭证", "evidence"),
    ("evidenceDocumentIds", "履约凭证", "evidence"),
    ("evidenceKind", "履约凭证类型", "kind of evidence"),
    ("evidenceNote", "履约凭证", "evidence"),
    ("exclude", "拟不计入", "to be excluded"),
    ("excluded", "不计入", "excluded"),
    ("expiresAt", "失效时间", "expires"),
    ("extensionDays", "延长天数", "days of extension"),
    ("finding", "核实情况", "finding"),
    ("fingerprint", "指纹", "fingerprint"),
    ("forecastOn", "预计日期", "forecast"),
    ("formFields", "填写的内容", "fields filled in"),
    ("fromOn", "开始日期", "from"),
    ("heldAt", "时间", "when it began"),
    ("hold", "停发原因", "reason for holding mail"),
    ("hours", "接收邮件时段", "hours for e-mail"),
    ("industry", "行业", "industry"),
    ("internal", "仅内部", "internal"),
    ("internalNote", "内部备注", "internal note"),
    ("isMet", "是否符合", "as it should be"),
    ("issuer", "发证机关", "issued by"),
    ("items", "事项", "items"),
    ("keptBack", "留存未发", "kept on hold"),
    ("key", "编号", "key"),
    ("kind", "种类", "kind"),
    ("kinds", "邮件种类", "kinds of e-mail"),
    ("language", "语言", "language"),
    ("legalBasis", "法律依据", "legal basis"),
    ("level", "满意程度", "level"),
    ("liaisonLogin", "专员邮箱", "e-mail of the liaison"),
    ("liaisonName", "服务专员", "liaison"),
    ("liaisonTelephone", "专员电话", "telephone of the liaison"),
    ("limitDays", "时限（日）", "time limit in days"),
    ("line", "核对项", "line of the checklist"),
    ("list", "清单", "list"),
    ("login", "登录名", "login"),
    ("material", "材料", "material"),
    ("name", "名称", "name"),
    ("nameEn", "英文名称", "English name"),
    ("nameZh", "名称", "name"),
    ("nominalAt", "计划时间", "scheduled for"),
    ("note", "说明", "note"),
    ("noticeYear", "年度", "year"),
    ("number", "编号", "number"),
    ("obligationId", "履约事项", "obligation"),
    ("occasion", "期次", "occasion"),
    ("officerId", "承办人", "officer"),
    ("on", "日期", "day"),
    ("opinion", "审核意见", "opinion"),
    ("outcome", "结果", "outcome"),
    ("owner", "责任人", "owner"),
    ("paperNumber", "文书编号", "number of the decision"),
    ("parameters", "参数", "parameters"),
    ("parkParty", "甲方执行单位", "party of the park"),
    ("parkSignatory", "园区签署人职务", "who signs for the park"),
    ("pauseReason", "暂停理由", "reason for the pause"),
    ("pausedOn", "暂停自", "paused from"),
    ("pausedUntil", "暂停至", "paused until"),
    ("percent", "进度", "progress"),
    ("place", "地点", "place"),
    ("plan", "措施", "plan"),
    ("predecessorId", "前任", "predecessor"),
    (
        "projectAnswers",
        "项目问题的回答",
        "answers about the project",
    ),
    ("projectId", "项目", "project"),
    ("projectName", "重点项目", "project"),
    ("promisedDays", "承诺工作日", "promised working days"),
    ("provisional", "暂定", "provisional"),
    ("publicReason", "公开理由", "public reason"),
    ("purpose", "事由", "purpose"),
    ("quarter", "季度", "quarter"),
    ("query", "筛选条件", "filter"),
    ("reason", "理由", "reason"),
    ("reasons", "理由", "reasons"),
    ("recurrence", "周期", "period"),
    ("remark", "内部备注", "internal note"),
    ("reply", "整改结果", "reply"),
    ("replyBy", "答复期限", "reply by"),
    ("reportedOn", "截至", "as of"),
    ("restsUntil", "知悉至", "suspended until"),
    ("revision", "修订", "revision"),
    ("role", "角色", "role"),
    ("round", "第几次", "round"),
    ("row", "台账行", "row of the ledger"),
    ("run", "运行", "run"),
    ("settlement", "督办结论", "settlement"),
    ("sha256", "校验值", "checksum"),
    ("sheets", "评议表数", "sheets"),
    ("signedOn", "签订日期", "signed on"),
    ("silence", "默许类别", "silence class"),
    ("size", "大小（字节）", "size in bytes"),
    ("stage", "阶段", "stage"),
    ("startEvent", "起算事件", "start event"),
    ("startedOn", "起算日", "started on"),
    ("startsAt", "开始", "beginning"),
    ("startsOn", "开始", "beginning"),
    ("state", "状态", "state"),
    ("status", "去留", "standing"),
    ("summary", "谈话要点", "summary"),
    ("switchedOff", "已关闭的邮件", "e-mails switched off"),
    ("telephone", "联系电话", "telephone"),
    ("text", "内容", "text"),
    ("textEn", "英文内容", "text in English"),
    ("textZh", "内容", "text"),
    ("unit", "计算单位", "counted in"),
    ("untilOn", "结束日期", "until"),
    ("uphold", "拟认定成立", "to be upheld"),
    ("validFrom", "生效日期", "valid from"),
    ("validUntil", "有效期至", "valid until"),
    ("verification", "核实结论", "verification"),
    ("version", "版本", "version"),
    ("way", "提交方式", "way of handing in"),
    ("weekdays", "接收邮件日", "days for e-mail"),
    ("weight", "权重", "weight"),
    ("windows", "窗口数", "windows"),
    ("withdrawnOn", "注销日期", "withdrawn on"),
    ("wording", "题目", "wording"),
    ("writtenSince", "生成于此后的邮件", "recorded since"),
];

/// What people call a field. Of the ledger older entries have it as it is stored, `credit_code`.
pub fn word(name: &str) -> Option<Said> {
    let plain = name.replace('_', "");
    let mut fields = FIELDS.iter();
    let &(_, zh, en) = fields.find(|(known, _, _)| {
        *known == name || plain != name && known.eq_ignore_ascii_case(&plain)
    })?;
    Some(Said { zh, en })
}

/// Fails when the field has no words.
pub(crate) const fn require(name: &str) {
    let mut at = 0;
    while at < FIELDS.len() {
        if is_same(FIELDS[at].0.as_bytes(), name.as_bytes()) {
            return;
        }
        at += 1;
    }
    panic!("the audit trail has no words for this field: see entity/src/audit/fields.rs");
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_is_named_once_and_found_as_older_entries_spell_it() {
        assert!(
            FIELDS.windows(2).all(|pair| pair[0].0 < pair[1].0),
            "in the order of their names"
        );
        for &(name, zh, en) in FIELDS {
            assert_eq!(word(name), Some(Said { zh, en }), "{name}");
        }
        assert_eq!(word("credit_code"), word("creditCode"));
        assert_eq!(word("nothing"), None);
    }
}
