//! Project stage (项目阶段): one of the ten steps of an industrial project, and when this project was in it.

use sea_orm::entity::prelude::*;

/// One project in one stage.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_stage")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The project.
    pub project_id: Uuid,
    /// Which of the ten stages, from 1.
    pub number: i32,
    /// The day it was entered.
    pub entered_on: Option<Date>,
    /// The day it was left with its evidence.
    pub left_on: Option<Date>,
    /// Counts the changes.
    pub version: i32,
}

/// Nothing hangs below a stage.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One of the ten stages as they are for every project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// From 1.
    pub number: i32,
    /// 名称.
    pub name_zh: &'static str,
    /// Name.
    pub name_en: &'static str,
}

/// How many stages there are.
pub const LAST: i32 = 10;

/// The ten stages, in order.
pub const STAGES: [Stage; 10] = [
    stage(1, "洽谈", "Talks"),
    stage(2, "签约", "Investment agreement"),
    stage(3, "备案/立项", "Filing"),
    stage(4, "用地", "Land"),
    stage(5, "规划", "Planning"),
    stage(6, "环评等评价", "Environmental and other assessments"),
    stage(7, "施工许可", "Construction permit"),
    stage(8, "开工", "Start of works"),
    stage(9, "竣工", "Completion"),
    stage(10, "投产", "Production"),
];

const fn stage(number: i32, name_zh: &'static str, name_en: &'static str) -> Stage {
    Stage {
        number,
        name_zh,
        name_en,
    }
}

/// The stage of this number.
pub fn numbered(number: i32) -> Option<&'static Stage> {
    STAGES.iter().find(|stage| stage.number == number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stages_are_those_of_the_parks_table() {
        let mut table =
            csv::Reader::from_reader(include_str!("../../data/project-stages.csv").as_bytes());
        let listed: Vec<(i32, String)> = table
            .records()
            .map(|record| record.expect("a row"))
            .map(|record| (record[0].parse().expect("a number"), record[1].to_owned()))
            .collect();
        let ours: Vec<(i32, String)> = STAGES
            .iter()
            .map(|stage| (stage.number, stage.name_zh.to_owned()))
            .collect();
        assert_eq!(listed, ours);
    }
}
