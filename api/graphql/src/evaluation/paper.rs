//! `evaluationSheetsIssue`, `evaluationSheetEnter`, `evaluationSheetDecide`: answers on paper (纸质评议表).

use api_door::{
    coded::Coded,
    command::{Answer, command, payload},
    operation::{store, viewer},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::evaluation::{
    commands::paper::{self, Entered, Found, Issued},
    rules::{AnswerError, Difference},
    sheet::{self, Entry},
};
use uuid::Uuid;

use super::{Evaluation, answers::AnswersInput, form::EvaluationForm};

/// How many sheets of an evaluation are under way: for CENTRE.
#[derive(SimpleObject)]
#[graphql(name = "EvaluationSheetCounts")]
pub struct SheetCounts {
    /// Lie with enterprises.
    issued: i32,
    /// Wait for the second person.
    entered: i32,
    /// Wait for a third look.
    different: i32,
}

impl From<Vec<sheet::State>> for SheetCounts {
    fn from(states: Vec<sheet::State>) -> Self {
        let count = |wanted| {
            let same = states.iter().filter(|state| **state == wanted).count();
            i32::try_from(same).unwrap_or(i32::MAX)
        };
        Self {
            issued: count(sheet::State::Issued),
            entered: count(sheet::State::Entered),
            different: count(sheet::State::Different),
        }
    }
}

/// The form of an enterprise on paper, as whoever types it in finds it by its code. It does not say whose it is.
pub struct EvaluationSheet(Found);

impl EvaluationSheet {
    /// The sheet with this code.
    pub async fn find(ctx: &Context<'_>, code: &str) -> Result<Self> {
        Ok(Self(paper::open(store(ctx), viewer(ctx), code).await?))
    }
}

/// The form of an enterprise on paper, as whoever types it in finds it by its code. It does not say whose it is.
#[Object]
impl EvaluationSheet {
    /// The evaluation, with its wording and its days.
    async fn evaluation(&self) -> Evaluation {
        Evaluation(self.0.evaluation.clone())
    }

    /// Whether it asks about a contract, too (part C).
    async fn contracted(&self) -> bool {
        self.0.form.contracted
    }

    /// How far it has come.
    async fn state(&self) -> Coded<sheet::State> {
        self.0.sheet.state.into()
    }

    /// What two people have read differently, in the order of the form.
    #[graphql(complexity = "20 * child_complexity")]
    async fn differences(&self) -> Vec<EvaluationSheetDifference> {
        let differences = self.0.differences.iter().cloned();
        differences.map(Into::into).collect()
    }

    /// Grows by one with every change; send it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.sheet.version
    }
}

/// What two people have read differently on a sheet.
#[derive(SimpleObject)]
pub struct EvaluationSheetDifference {
    /// The number of the question on the form: `B1`; `0` is how open the answer is to be.
    question: String,
    /// The department where the question is about one.
    department_id: Option<ID>,
    /// What the first person has read: the code of a level, words; null for nothing.
    first: Option<String>,
    /// What the second person has read.
    second: Option<String>,
}

impl From<Difference> for EvaluationSheetDifference {
    fn from((question, department, first, second): Difference) -> Self {
        Self {
            question,
            department_id: department.map(|id| Kind::Department.id(id)),
            first,
            second,
        }
    }
}

/// The enterprises that get a sheet.
#[derive(InputObject)]
pub struct EvaluationSheetsIssueInput {
    /// The evaluation.
    evaluation_id: ID,
    /// From 1 to 50 enterprises. The sheet that one of them got before is void from now on.
    enterprise_ids: Vec<ID>,
}

/// A sheet to be printed.
pub struct EvaluationSheetPrinted {
    code: String,
    form: entity::evaluation::commands::answer::Opened,
}

/// A sheet to be printed.
#[Object]
impl EvaluationSheetPrinted {
    /// Its code: ten digits and one that checks them. It is shown here only and not stored.
    async fn code(&self) -> &str {
        &self.code
    }

    /// What is printed on it.
    async fn form(&self) -> EvaluationForm {
        EvaluationForm::from(self.form.clone())
    }
}

/// Sheets to be printed.
pub struct EvaluationSheets(Vec<Issued>);

impl From<Vec<Issued>> for EvaluationSheets {
    fn from(issued: Vec<Issued>) -> Self {
        Self(issued)
    }
}

impl Answer for EvaluationSheets {}

/// Sheets to be printed.
#[Object]
impl EvaluationSheets {
    /// One for each enterprise.
    #[graphql(complexity = "50 * child_complexity")]
    async fn sheets(&self) -> Vec<EvaluationSheetPrinted> {
        let issued = self.0.iter().cloned();
        issued
            .map(|one| EvaluationSheetPrinted {
                code: one.code,
                form: (one.form, one.evaluation),
            })
            .collect()
    }
}

payload! {
    /// The answer of `evaluationSheetsIssue`.
    EvaluationSheetsIssuePayload, EvaluationSheetsIssueUserError, Coded<entity::evaluation::rules::AnswerError>, AnswerError,
    /// What is printed; null when it was refused.
    issued: EvaluationSheets
}

/// What somebody has read on a sheet.
#[derive(InputObject)]
pub struct SheetReading {
    /// The code on the sheet.
    code: String,
    /// The version of the sheet as seen.
    expected_version: i32,
    /// How open the answer is to be.
    confidentiality: Coded<entity::evaluation::Confidentiality>,
    /// What is answered.
    answers: AnswersInput,
    /// How to call back, if that is wished (F1), up to 200 characters.
    call_back: Option<String>,
}

impl SheetReading {
    /// Code, version and entry, as the domain knows them.
    fn read(self) -> Result<(String, i32, Entry)> {
        let entry = Entry {
            confidentiality: self.confidentiality.0,
            answers: self.answers.read()?,
            call_back: self.call_back,
        };
        Ok((self.code, self.expected_version, entry))
    }
}

/// What somebody has read on a sheet.
#[derive(InputObject)]
pub struct EvaluationSheetEnterInput {
    #[graphql(flatten)]
    reading: SheetReading,
}

/// What stands on a sheet that two people have read differently.
#[derive(InputObject)]
pub struct EvaluationSheetDecideInput {
    #[graphql(flatten)]
    reading: SheetReading,
}

/// What has become of a sheet.
pub struct EvaluationSheetEntered(Entered);

impl From<Entered> for EvaluationSheetEntered {
    fn from(entered: Entered) -> Self {
        Self(entered)
    }
}

impl Answer for EvaluationSheetEntered {}

/// What has become of a sheet.
#[Object]
impl EvaluationSheetEntered {
    /// Whether it has become an answer; then the sheet and its code are gone.
    async fn taken(&self) -> bool {
        self.0.left.is_none()
    }

    /// The sheet, as long as it has not.
    async fn sheet(&self) -> Option<EvaluationSheet> {
        self.0.left.clone().map(EvaluationSheet)
    }
}

payload! {
    /// The answer of `evaluationSheetEnter`.
    EvaluationSheetEnterPayload, EvaluationSheetEnterUserError, Coded<entity::evaluation::rules::AnswerError>, AnswerError,
    /// What has become of it; null when it was refused.
    entered: EvaluationSheetEntered
}

payload! {
    /// The answer of `evaluationSheetDecide`.
    EvaluationSheetDecidePayload, EvaluationSheetDecideUserError, Coded<entity::evaluation::rules::AnswerError>, AnswerError,
    /// What has become of it; null when it was refused.
    entered: EvaluationSheetEntered
}

/// The mutations of answers on paper.
#[derive(Default)]
pub struct EvaluationPaperMutation;

#[Object]
impl EvaluationPaperMutation {
    /// CENTRE: issues sheets for enterprises that answer on paper. A sheet bears a code, and neither a name nor a link.
    async fn evaluation_sheets_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which enterprises.")] input: EvaluationSheetsIssueInput,
    ) -> Result<EvaluationSheetsIssuePayload> {
        let evaluation_id = Kind::Evaluation.require(&input.evaluation_id)?;
        let mut enterprises: Vec<Uuid> = Vec::with_capacity(input.enterprise_ids.len());
        for id in &input.enterprise_ids {
            enterprises.push(Kind::Enterprise.require(id)?);
        }
        let input = (evaluation_id, enterprises);
        command(
            ctx,
            input,
            |store, viewer, (evaluation_id, enterprises)| async move {
                paper::issue(&store, &viewer, evaluation_id, &enterprises).await
            },
        )
        .await
    }

    /// CENTRE: types a sheet in, for the first time or, by somebody else, for the second. Where both have read the same it is an answer
    /// like any other; otherwise the differences are shown.
    async fn evaluation_sheet_enter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What stands on the sheet.")] input: EvaluationSheetEnterInput,
    ) -> Result<EvaluationSheetEnterPayload> {
        command(
            ctx,
            input.reading.read()?,
            |store, viewer, (code, version, entry)| async move {
                paper::enter(&store, &viewer, &code, version, entry).await
            },
        )
        .await
    }

    /// CENTRE: decides what stands on a sheet that two people have read differently. Not whoever has read it last.
    async fn evaluation_sheet_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What stands on the sheet.")] input: EvaluationSheetDecideInput,
    ) -> Result<EvaluationSheetDecidePayload> {
        command(
            ctx,
            input.reading.read()?,
            |store, viewer, (code, version, entry)| async move {
                paper::decide(&store, &viewer, &code, version, entry).await
            },
        )
        .await
    }
}
