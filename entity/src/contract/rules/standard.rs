//! The standard text of a contract (契约示范文本).

use chrono::NaiveDate;

use super::ClauseText;

/// The clause that holds the commitments (服务承诺) in the standard text.
pub const COMMITMENT_CLAUSE: i32 = 6;

/// The parties as the standard text names them.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'a> {
    /// Party A's executing unit.
    pub park: &'a str,
    /// Party B.
    pub enterprise: &'a str,
    /// Its unified social credit code.
    pub credit_code: &'a str,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

/// The standard text (契约示范文本): sixteen clauses. The language of the contract is Chinese.
pub fn standard_clauses(parties: Parties<'_>) -> Vec<ClauseText> {
    let day = |date: NaiveDate| date.format("%Y年%-m月%-d日").to_string();
    STANDARD
        .into_iter()
        .zip(1..)
        .map(|((title, body), number)| ClauseText {
            number,
            title: title.to_owned(),
            body: body
                .replace("{甲方}", parties.park)
                .replace("{乙方}", parties.enterprise)
                .replace("{代码}", parties.credit_code)
                .replace("{起始日}", &day(parties.starts_on))
                .replace("{终止日}", &day(parties.ends_on)),
        })
        .collect()
}

const STANDARD: [(&str, &str); 16] = [
    (
        "当事人",
        "甲方：{甲方}。乙方：{乙方}，统一社会信用代码 {代码}。双方签署人以其职务签署本契约。",
    ),
    (
        "目的与原则",
        "甲方在法律、法规范围内为乙方提供服务。服务遵循平等对待、自愿、无偿的原则，不以本契约给予税费、补贴或者要素方面的特殊优惠，不影响其他经营主体公平竞争。",
    ),
    (
        "期限",
        "本契约自{起始日}起至{终止日}止。期满前三十日双方共同评估，可以续签。",
    ),
    (
        "服务专员",
        "甲方为乙方确定一名服务专员和一名代理专员，并告知姓名、电话和邮箱。专员变更的，甲方在三个工作日内告知乙方，并办理书面交接；专员离岗的，由代理专员当日接替。",
    ),
    (
        "服务清单",
        "甲方按照公布的事项目录为乙方提供咨询、预审、协调和代办服务。代办不收取费用，不代替审批机关作出决定。",
    ),
    (
        "服务承诺",
        "甲方作出本契约所列的服务承诺。每项承诺载明起算事件、时限、责任人和履约凭证，自契约生效之日起履行。",
    ),
    (
        "项目清单",
        "乙方在园区实施的项目列入本契约，按照阶段和里程碑计划推进。计划调整应当说明理由。",
    ),
    (
        "甲方义务",
        "甲方及时告知与乙方有关的政策变化，协调有关部门处理乙方诉求，对知悉的乙方信息保密。",
    ),
    (
        "乙方义务",
        "乙方提供真实、完整的材料，按期报告项目进展，指定一名联系人，依法经营。",
    ),
    (
        "沟通机制",
        "双方每月联系一次，每季度会商一次，每年共同评估一次。乙方可以谢绝走访。",
    ),
    (
        "评价",
        "甲方每季度邀请乙方对服务进行评价。评价自愿，不参加评价不影响乙方的任何权益。",
    ),
    (
        "违诺处理",
        "甲方未按期履行承诺的，在三个工作日内向乙方说明原因并采取补救措施，计入履约记录并公开原因。除另有约定外，不适用金钱违约责任。",
    ),
    (
        "保密",
        "甲方及其工作人员对乙方的商业秘密、未披露信息和保密商务信息负有保密义务，未经乙方同意不得披露，法律另有规定的除外。",
    ),
    (
        "变更与终止",
        "经双方协商一致可以变更或者终止本契约。乙方迁出、注销或者严重违法的，甲方可以终止本契约。甲方不得以行政区划调整、机构或者负责人更替为由违约。",
    ),
    (
        "争议解决",
        "双方先行协商；协商不成的，提请领导小组办公室协调；仍不能解决的，依法通过法律途径解决。",
    ),
    (
        "附件",
        "服务事项清单、里程碑计划和双方联系人名单为本契约附件，与正文具有同等效力。",
    ),
];

#[cfg(test)]
mod tests {
    use super::{
        super::{clause, tests::day},
        *,
    };

    #[test]
    fn the_standard_text_is_complete_and_fits() {
        let clauses = standard_clauses(Parties {
            park: "高新区管委会",
            enterprise: "示例科技有限公司",
            credit_code: "91210231MA0000000X",
            starts_on: day("2026-01-01"),
            ends_on: day("2026-12-31"),
        });
        assert_eq!(clauses.len(), 16);
        assert_eq!(clauses[COMMITMENT_CLAUSE as usize - 1].title, "服务承诺");
        assert!(clauses[2].body.contains("2026年1月1日起至2026年12月31日"));
        for given in &clauses {
            assert_eq!(clause(given).as_ref(), Some(given));
            assert!(!given.body.contains('{'), "{}", given.body);
        }
    }
}
