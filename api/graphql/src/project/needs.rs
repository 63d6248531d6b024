//! What a project needs of the approval hall (需办事项): the questions with their answers, the items with their reasons, and
//! `projectAnswerQuestions`.

use std::{collections::BTreeSet, sync::Arc};

use api_door::{
    coded::Coded,
    command::{Answer, payload},
    loaders::{self, by_owner},
    operation::viewer,
    row::Row,
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::{
    catalogue::{
        Bundle, Choice, FieldKind, Material, MaterialForm, MaterialSource, Question, Tolerance,
        rules::{asked, needs as needed, next_question},
    },
    condition::{Answers, Comparison, Literal, Truth},
    error::{Explain, Fault},
    item::{self, repository::InForce},
    needs::{
        self,
        commands::Answered,
        repository,
        rules::{self, Changes, Given, NeedsError},
    },
    permission::{Action, Standing, require},
    project,
};
use uuid::Uuid;

use crate::{
    item::Item,
    liaison::{Official, official},
    obligation::StandingTo,
};

by_owner! {
    /// The answers of projects, one row each.
    NeedsOfProject: needs::Model = repository::of_projects, by |row| row.project_id;
}

/// What a project needs of the approval hall (需办事项), as far as its questions are answered.
pub struct ProjectNeeds {
    project: project::Model,
    row: Option<needs::Model>,
    catalogue: Arc<InForce>,
    answers: Answers,
}

impl ProjectNeeds {
    pub(super) fn of(
        project: project::Model,
        row: Option<needs::Model>,
        catalogue: Arc<InForce>,
    ) -> Self {
        let questions = &catalogue.edition.content.questions;
        let answers = row.as_ref().map(|row| &row.answers);
        let answers = answers.map_or_else(Answers::new, |known| rules::counting(questions, known));
        Self {
            project,
            row,
            answers,
            catalogue,
        }
    }

    fn all(&self) -> &[Question] {
        &self.catalogue.edition.content.questions
    }

    fn next(&self) -> Option<&Question> {
        next_question(self.all(), &self.answers)
    }

    async fn may(&self, ctx: &Context<'_>) -> Result<Result<(), String>> {
        let standing = loaders::one::<StandingTo>(ctx, self.project.enterprise_id).await?;
        let standing = standing.unwrap_or(Standing::None);
        let language = viewer(ctx).language();
        if let Err(fault) = require(viewer(ctx), Action::AnswerQuestions, standing) {
            return Ok(Err(fault.explain(language)));
        }
        let active = project::rules::active(self.project.state);
        Ok(active.map_err(|_| {
            let why = NeedsError::NotActive.explain();
            why.in_language(language).to_owned()
        }))
    }
}

/// What a project needs of the approval hall (需办事项), as far as its questions are answered.
#[Object]
impl ProjectNeeds {
    /// The version of the answers, for `expectedVersion`; 0 before the first.
    async fn version(&self) -> i32 {
        self.row.as_ref().map_or(0, |row| row.version)
    }

    /// Whether every question that is asked has an answer.
    async fn complete(&self) -> bool {
        self.next().is_none()
    }

    /// The question to be asked next, by its key; null when all are answered.
    async fn next_question(&self) -> Option<&str> {
        self.next().map(|question| question.key.as_str())
    }

    /// When a question was answered last.
    async fn answered_at(&self) -> Option<DateTime> {
        self.row.as_ref().map(|row| row.answered_at.into())
    }

    /// Who answered last.
    async fn answered_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.row.as_ref().and_then(|row| row.answered_by)).await
    }

    /// Whether the catalogue has changed its questions or fields since the last answer: what no longer fits is asked again.
    async fn outdated(&self) -> bool {
        let edition = self.row.as_ref().map(|row| row.edition_id);
        edition.is_some_and(|edition| edition != self.catalogue.edition.id)
    }

    /// Whether the catalogue is an example that no office has confirmed (示例目录).
    async fn example(&self) -> bool {
        self.catalogue.edition.example
    }

    /// Whether the viewer may answer now.
    async fn can_answer(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.may(ctx).await?.is_ok())
    }

    /// Why not; null when the viewer may.
    async fn reason_if_not(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.may(ctx).await?.err())
    }

    /// All questions of the catalogue, in the order in which they are asked.
    #[graphql(complexity = "30 * child_complexity")]
    async fn questions(&self) -> Vec<ProjectQuestion> {
        let asked = asked(self.all(), &self.answers).into_iter();
        let question = |one: entity::catalogue::rules::Asked<'_>| ProjectQuestion {
            asked: one.decided.truth.into(),
            answer: self.answers.get(&one.question.key).cloned(),
            because: self.because(&one.decided.because),
            question: one.question.clone(),
        };
        asked.map(question).collect()
    }

    /// The items of the catalogue: needed, not needed, or open, each with its reasons; in the order of the catalogue.
    #[graphql(complexity = "45 * child_complexity")]
    async fn items(&self) -> Vec<ProjectNeed> {
        let found = needed(&self.catalogue.needs, &self.answers);
        let wanted = self.wanted().into_iter();
        let wanted: BTreeSet<&str> = wanted.map(|(item, _)| item).collect();
        let placed = rules::placed(
            &self.catalogue.edition.content.edges,
            &wanted,
            &self.answers,
        );
        let need = |one: &entity::catalogue::rules::Needed<'_>| {
            let mut items = self.catalogue.items.iter();
            let (item, version) = items.find(|(item, _)| item.code == one.item)?;
            let place = placed.get(one.item);
            let reasons = one.reasons.iter().map(|reason| ProjectNeedReason {
                reason: reason.need.reason.clone(),
                basis: reason.need.basis.clone(),
                because: self.because(&reason.decided.because),
            });
            Some(ProjectNeed {
                item: item.clone(),
                promised_days: version.promised_days,
                needed: one.truth.into(),
                step: place.and_then(|(step, _)| i32::try_from(*step).ok()),
                after: place.map_or_else(Vec::new, |(_, after)| {
                    after.iter().map(|code| (*code).to_owned()).collect()
                }),
                reasons: reasons.collect(),
            })
        };
        found.iter().filter_map(need).collect()
    }

    /// What is handed in for the needed items, the same document once (申报材料); without what one of them brings.
    #[graphql(complexity = "80 * child_complexity")]
    async fn materials(&self) -> Vec<ProjectMaterial> {
        let found = rules::to_hand_in(&self.wanted(), &self.answers).into_iter();
        let material = |one: rules::ToHandIn<'_>| ProjectMaterial {
            material: one.material.clone(),
            asked: one.asked.into(),
            items: one.items.into_iter().map(str::to_owned).collect(),
        };
        found.map(material).collect()
    }

    /// The bundles (一件事) that can be applied for together, because every item of them is needed.
    #[graphql(complexity = "5 * child_complexity")]
    async fn bundles(&self) -> Vec<ProjectBundle> {
        let wanted = self.wanted().into_iter();
        let wanted: BTreeSet<&str> = wanted.map(|(item, _)| item).collect();
        let bundles = &self.catalogue.edition.content.bundles;
        let offered = rules::offered(bundles, &wanted, &self.answers).into_iter();
        offered.cloned().map(ProjectBundle).collect()
    }
}

impl ProjectNeeds {
    /// The items that are needed, with their materials.
    fn wanted(&self) -> Vec<(&str, &[Material])> {
        let found = needed(&self.catalogue.needs, &self.answers);
        let wanted = found.into_iter().filter(|one| one.truth == Truth::True);
        let with_materials = wanted.filter_map(|one| {
            let mut items = self.catalogue.items.iter();
            let (item, version) = items.find(|(item, _)| item.code == one.item)?;
            Some((item.code.as_str(), version.content.materials.as_slice()))
        });
        with_materials.collect()
    }

    /// What decided a condition, each question once.
    fn because(&self, comparisons: &[&Comparison]) -> Vec<ProjectBecause> {
        let mut seen = BTreeSet::new();
        let told = comparisons.iter().filter_map(|comparison| {
            let key = comparison.key.as_str();
            let mut questions = self.all().iter();
            let question = questions.find(|question| question.key == key)?;
            seen.insert(key).then(|| ProjectBecause {
                key: question.key.clone(),
                question_zh: question.question.zh.clone(),
                question_en: question.question.en.clone(),
                answer: self.answers.get(key).map(Literal::to_string),
            })
        });
        told.collect()
    }
}

/// A question about a project (项目问题) and its answer.
pub struct ProjectQuestion {
    question: Question,
    asked: Coded<Truth>,
    answer: Option<Literal>,
    because: Vec<ProjectBecause>,
}

/// A question about a project (项目问题) and its answer.
#[Object]
impl ProjectQuestion {
    /// Its key, for `projectAnswerQuestions`.
    async fn key(&self) -> &str {
        &self.question.key
    }

    /// As it is asked; Chinese.
    async fn question_zh(&self) -> &str {
        &self.question.question.zh
    }

    /// English.
    async fn question_en(&self) -> &str {
        &self.question.question.en
    }

    /// What answers it: yes or no, one of its options, a number.
    async fn kind(&self) -> Coded<FieldKind> {
        self.question.kind.into()
    }

    /// Its options; of yes or no these two.
    #[graphql(complexity = "5 * child_complexity")]
    async fn options(&self) -> Vec<ProjectQuestionOption> {
        let option = |choice: &Choice| ProjectQuestionOption {
            code: choice.code.clone(),
            name_zh: choice.name.zh.clone(),
            name_en: choice.name.en.clone(),
        };
        if self.question.kind != FieldKind::YesNo {
            return self.question.options.iter().map(option).collect();
        }
        let either = [("YES", "是", "Yes"), ("NO", "否", "No")];
        let either = either.map(|(code, zh, en)| ProjectQuestionOption {
            code: code.to_owned(),
            name_zh: zh.to_owned(),
            name_en: en.to_owned(),
        });
        either.into()
    }

    /// In which unit a number is given.
    async fn unit(&self) -> Option<&str> {
        self.question.unit.as_deref()
    }

    /// What helps to answer it; Chinese.
    async fn help_zh(&self) -> &str {
        &self.question.help.zh
    }

    /// English.
    async fn help_en(&self) -> &str {
        &self.question.help.en
    }

    /// Whether it is asked; open as long as an answer that decides it is missing.
    async fn asked(&self) -> Coded<Truth> {
        self.asked
    }

    /// The answer: the code of an option, or a number. Null without one.
    async fn answer(&self) -> Option<String> {
        self.answer.as_ref().map(Literal::to_string)
    }

    /// Because of which answers it is asked or not; empty when it is always asked.
    #[graphql(complexity = "4 * child_complexity")]
    async fn because(&self) -> &[ProjectBecause] {
        &self.because
    }
}

/// An option of a question about a project.
#[derive(SimpleObject)]
pub struct ProjectQuestionOption {
    /// Its code.
    code: String,
    /// Its name; Chinese.
    name_zh: String,
    /// English.
    name_en: String,
}

/// A question whose answer decided something, or whose answer is missing to decide it.
#[derive(SimpleObject)]
pub struct ProjectBecause {
    /// Its key.
    key: String,
    /// As it is asked; Chinese.
    question_zh: String,
    /// English.
    question_en: String,
    /// The answer; null while it is missing.
    answer: Option<String>,
}

/// An item of the catalogue, and whether a project needs it.
pub struct ProjectNeed {
    item: item::Model,
    promised_days: Option<i32>,
    needed: Coded<Truth>,
    step: Option<i32>,
    after: Vec<String>,
    reasons: Vec<ProjectNeedReason>,
}

/// An item of the catalogue, and whether a project needs it.
#[Object]
impl ProjectNeed {
    /// The item.
    async fn item(&self) -> Row<Item> {
        Row(Item(self.item.clone()))
    }

    /// In how many working days its decision is promised.
    async fn promised_days(&self) -> Option<i32> {
        self.promised_days
    }

    /// True: needed. False: not needed. Open: to be found out.
    async fn needed(&self) -> Coded<Truth> {
        self.needed
    }

    /// In which step it can be applied for, from 1; null when it is not needed.
    async fn step(&self) -> Option<i32> {
        self.step
    }

    /// The codes of the needed items that come before it.
    #[graphql(complexity = "4")]
    async fn after(&self) -> &[String] {
        &self.after
    }

    /// Of a needed item the reasons that hold; of one not needed all, of an open one those that are open.
    #[graphql(complexity = "2 * child_complexity")]
    async fn reasons(&self) -> &[ProjectNeedReason] {
        &self.reasons
    }
}

/// A reason why a project needs an item, and what decided it.
pub struct ProjectNeedReason {
    reason: entity::language::Text,
    basis: String,
    because: Vec<ProjectBecause>,
}

/// A reason why a project needs an item, and what decided it.
#[Object]
impl ProjectNeedReason {
    /// Why; Chinese.
    async fn reason_zh(&self) -> &str {
        &self.reason.zh
    }

    /// English.
    async fn reason_en(&self) -> &str {
        &self.reason.en
    }

    /// The articles on which it rests.
    async fn basis(&self) -> &str {
        &self.basis
    }

    /// The answers that decided it, or that are missing to decide it.
    #[graphql(complexity = "4 * child_complexity")]
    async fn because(&self) -> &[ProjectBecause] {
        &self.because
    }
}

/// A material that a project hands in (申报材料), once for all of its items that ask for it.
pub struct ProjectMaterial {
    material: Material,
    asked: Coded<Truth>,
    items: Vec<String>,
}

/// A material that a project hands in (申报材料), once for all of its items that ask for it.
#[Object]
impl ProjectMaterial {
    /// Its name; Chinese.
    async fn name_zh(&self) -> &str {
        &self.material.name.zh
    }

    /// English.
    async fn name_en(&self) -> &str {
        &self.material.name.en
    }

    /// In which form it is handed in.
    async fn form(&self) -> Coded<MaterialForm> {
        self.material.form.into()
    }

    /// Where it comes from.
    async fn source(&self) -> Coded<MaterialSource> {
        self.material.source.kind().into()
    }

    /// Whether it may be missing at first (容缺).
    async fn tolerance(&self) -> Coded<Tolerance> {
        self.material.tolerance.into()
    }

    /// Whether it is asked for; open as long as something is missing that decides it.
    async fn asked(&self) -> Coded<Truth> {
        self.asked
    }

    /// The codes of the items for which it is handed in.
    #[graphql(complexity = "5")]
    async fn items(&self) -> &[String] {
        &self.items
    }
}

/// Items that can be applied for together as one matter (一件事).
pub struct ProjectBundle(Bundle);

/// Items that can be applied for together as one matter (一件事).
#[Object]
impl ProjectBundle {
    /// Its code: "B01".
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name; Chinese.
    async fn name_zh(&self) -> &str {
        &self.0.name.zh
    }

    /// English.
    async fn name_en(&self) -> &str {
        &self.0.name.en
    }

    /// The codes of its items.
    #[graphql(complexity = "5")]
    async fn items(&self) -> &[String] {
        &self.0.items
    }

    /// In how many working days all of them are promised together.
    async fn promised_days(&self) -> i32 {
        self.0.promised.into()
    }
}

/// What answering questions has changed.
pub struct ProjectAnswered {
    needs: ProjectNeeds,
    changes: Changes,
}

impl Answer for ProjectAnswered {}

impl From<Answered> for ProjectAnswered {
    fn from(done: Answered) -> Self {
        Self {
            needs: ProjectNeeds::of(done.project, Some(done.answers), done.catalogue),
            changes: done.changes,
        }
    }
}

/// What answering questions has changed.
#[Object]
impl ProjectAnswered {
    /// What the project needs now.
    async fn needs(&self) -> &ProjectNeeds {
        &self.needs
    }

    /// The codes of the items that are needed now and were not known to be.
    #[graphql(complexity = "10")]
    async fn added(&self) -> &[String] {
        &self.changes.added
    }

    /// The codes of the items that were needed and no longer are.
    #[graphql(complexity = "10")]
    async fn fallen_away(&self) -> &[String] {
        &self.changes.fallen
    }

    /// The keys of the questions whose answers are forgotten, because they are not asked any more.
    #[graphql(complexity = "10")]
    async fn forgotten(&self) -> &[String] {
        &self.changes.dropped
    }
}

/// The answer to one question.
#[derive(Clone, Debug, InputObject)]
pub struct ProjectAnswerInput {
    /// The question, by its key in `ProjectNeeds.questions`.
    pub key: String,
    /// The code of an option, or a number without its unit; null takes the answer back.
    pub value: Option<String>,
}

/// Answers to questions about a project.
#[derive(Clone, Debug, InputObject)]
pub struct ProjectAnswerQuestionsInput {
    /// The project.
    pub id: ID,
    /// The version of its answers as seen, `ProjectNeeds.version`; 0 before the first.
    pub expected_version: i32,
    /// The answers; each question once.
    pub answers: Vec<ProjectAnswerInput>,
}

/// Why questions about a project cannot be answered so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ProjectAnswerErrorCode {
    /// There is no catalogue yet.
    NoCatalogue,
    /// The project is on hold, terminated or completed.
    NotActive,
    /// Nothing was answered.
    Empty,
    /// The catalogue has no such question.
    Unknown,
    /// A question was answered twice.
    Twice,
    /// The answer is none of those that the question takes.
    Unfit,
    /// By the other answers the question is not asked.
    NotAsked,
}

impl From<NeedsError> for ProjectAnswerErrorCode {
    fn from(error: NeedsError) -> Self {
        match error {
            NeedsError::NoCatalogue => Self::NoCatalogue,
            NeedsError::NotActive => Self::NotActive,
            NeedsError::Empty => Self::Empty,
            NeedsError::Unknown { .. } => Self::Unknown,
            NeedsError::Twice { .. } => Self::Twice,
            NeedsError::Unfit { .. } => Self::Unfit,
            NeedsError::NotAsked { .. } => Self::NotAsked,
        }
    }
}

payload! {
    /// The answer of `projectAnswerQuestions`.
    ProjectAnswerQuestionsPayload, ProjectAnswerQuestionsUserError, ProjectAnswerErrorCode, NeedsError,
    /// What has changed; null when it was refused.
    answered: ProjectAnswered
}

impl TryFrom<ProjectAnswerQuestionsInput> for needs::commands::Answer {
    type Error = Fault;

    fn try_from(input: ProjectAnswerQuestionsInput) -> Result<Self, Fault> {
        let id: Uuid = Kind::Project.require(&input.id)?;
        let answers = input.answers.into_iter().map(|answer| Given {
            key: answer.key,
            value: answer.value,
        });
        Ok(Self {
            id,
            expected_version: input.expected_version,
            answers: answers.collect(),
        })
    }
}
