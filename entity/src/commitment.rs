//! Commitment (承诺): a measurable promise made in a clause of a contract: who does what within how many days of which event.

use sea_orm::entity::prelude::*;

use crate::{
    deadline::{LegalEffect, Unit},
    language::Text,
    term::term,
};

pub mod commands;
pub mod repository;
pub mod rules;
pub mod standard;

term! {
    /// How often a promise falls due.
    pub enum Kind as "CommitmentKind" in "String(StringLen::N(10))" {
        /// Once in the life of the contract.
        Once = "ONCE", "一次性", "Once";
        /// In every week or month of the term.
        Recurring = "RECURRING", "周期性", "Recurring";
        /// A standing promise; every event opens an obligation.
        OnEvent = "ON_EVENT", "事件触发", "On event";
    }
}

term! {
    /// The period of a recurring promise.
    pub enum Recurrence as "CommitmentRecurrence" in "String(StringLen::N(8))" {
        /// Monday to Sunday.
        Week = "WEEK", "每周", "Every week";
        /// The calendar month.
        Month = "MONTH", "每月", "Every month";
    }
}

term! {
    /// Who must keep a promise.
    pub enum Owner as "CommitmentOwner" in "String(StringLen::N(10))" {
        /// The liaison of the enterprise.
        Liaison = "LIAISON", "专员", "Liaison";
        /// The enterprise service centre.
        Centre = "CENTRE", "企业服务中心", "Service centre";
        /// A named department.
        Department = "DEPARTMENT", "部门", "Department";
    }
}

impl Owner {
    /// Why somebody is told of what is owed.
    pub fn why(self) -> Text {
        match self {
            Self::Liaison => Text::new(
                "您是该企业的服务专员",
                "you are the liaison of the enterprise",
            ),
            Self::Centre => Text::new("由企业服务中心办理", "the service centre is responsible"),
            Self::Department => Text::new("由您的部门办理", "your department is responsible"),
        }
    }
}

/// One promise.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "commitment")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contract.
    pub contract_id: Uuid,
    /// The clause that makes the promise, in the revision that made it.
    pub clause_id: Uuid,
    /// Its number in the contract, from 1.
    pub number: i32,
    /// How often it falls due.
    pub kind: Kind,
    /// The period, for recurring promises only.
    pub recurrence: Option<Recurrence>,
    /// What is promised, 简体中文.
    pub text_zh: String,
    /// What is promised, in English.
    pub text_en: String,
    /// What starts the time limit ("request.received").
    pub start_event: String,
    /// The time limit.
    pub limit_days: i32,
    /// In which days.
    pub unit: Unit,
    /// PROMISED, or STATUTORY with its legal basis.
    pub legal_effect: LegalEffect,
    /// The article of law, for statutory ones.
    pub legal_basis: Option<String>,
    /// By how many days at most that article lets the limit be extended, once; 0 when it knows no extension.
    pub extension_days: i32,
    /// Who must keep it.
    pub owner: Owner,
    /// The department, when the owner is one.
    pub department_id: Option<Uuid>,
    /// What proves that it was kept ("VISIT_NOTE").
    pub evidence_kind: String,
    /// From which day it binds; none while it is only drafted.
    pub effective_on: Option<Date>,
    /// Since which day it binds no more.
    pub ended_on: Option<Date>,
    /// Grows by one with every change.
    pub version: i32,
}

/// Relations point from child to parent and are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Model {
    /// What is promised, in both languages.
    pub fn words(&self) -> Text {
        Text::new(self.text_zh.clone(), self.text_en.clone())
    }
}

impl ActiveModelBehavior for ActiveModel {}
