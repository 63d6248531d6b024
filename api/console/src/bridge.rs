//! The bridge: the one way from a page to the data. It executes operations of the public API in this process, under the same
//! gate and the same limits as the network, on behalf of the person of the session.

use std::{collections::HashMap, fmt::Display, time::Instant};

use api_door::{error, gate::Refused, operation::Asker, page::Reader};
use api_http::graphql::{Unperformed, let_in, perform};
use async_graphql::{Request, Response, ServerError, Variables};
use entity::command::Command;
use graphql_client::GraphQLQuery;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{guest::Guest, is_public, refusal::Refusal};

/// Defines an operation: `operation!(ObligationPage in "src/operations/obligation.graphql")`. Its variables and its
/// answer are typed by the committed schema, in the module `obligation_page`. Enums are those of [`super::term`]: the page has
/// `use super::term::*;`.
///
/// Its variables are written field by field, so that nothing is left to a usual value; an operation whose filter has many fields says
/// that most of them are empty: `operation!(ObligationList in "…" deriving "Clone, Debug, Default")`.
#[rustfmt::skip] // It would move the attribute to the right every time.
macro_rules! operation {
    ($name:ident in $file:tt) => {
        $crate::bridge::operation!($name in $file deriving "Clone, Debug");
    };
    ($name:ident in $file:tt deriving $derives:tt) => {
        #[derive(graphql_client::GraphQLQuery)]
        #[graphql(
            schema_path = "../schema.graphql",
            query_path = $file,
            response_derives = "Clone, Debug",
            variables_derives = $derives,
            custom_scalars_module = "crate::scalar",
            skip_serializing_none,
            extern_enums(
                "AbsenceState",
                "AccountSortField",
                "ApplicationChannel",
                "ApplicationFieldAsked",
                "ApplicationState",
                "ApplicationSupply",
                "AuditSortField",
                "CatalogueItemStatus",
                "CommentAudience",
                "CommitmentKind",
                "CommitmentOwner",
                "CommitmentRecurrence",
                "ContractOrigin",
                "ContractSide",
                "ContractSortField",
                "ContractState",
                "DayKind",
                "DeadlineState",
                "DeadlineStepRole",
                "DeadlineUnit",
                "EnterpriseSortField",
                "EvaluationAspect",
                "EvaluationBand",
                "EvaluationCause",
                "EvaluationCheck",
                "EvaluationCheckAnswer",
                "EvaluationConfidentiality",
                "EvaluationLevel",
                "EvaluationObjectionState",
                "EvaluationService",
                "EvaluationStanding",
                "PerformancePart",
                "EvaluationState",
                "EvaluationVisits",
                "ExtensionAuthority",
                "FieldKind",
                "FieldSource",
                "GateOutcome",
                "GateStep",
                "ItemClock",
                "ItemOutcome",
                "ItemVersionState",
                "JobRunCause",
                "JobRunSkippedBecause",
                "JobRunState",
                "Language",
                "LedgerFate",
                "LedgerOutcome",
                "LegalEffect",
                "LetterClass",
                "LetterDuty",
                "LetterPhase",
                "LetterSortField",
                "LetterState",
                "LiaisonState",
                "Light",
                "LimitStart",
                "LimitUnit",
                "MailHoldCause",
                "MaterialForm",
                "MaterialSource",
                "MaterialTolerance",
                "MaterialWay",
                "NewsKind",
                "ObligationSortField",
                "ObligationState",
                "PauseKind",
                "PendingDecisionKind",
                "PermitKind",
                "PermitStanding",
                "PermittedAction",
                "ProjectLight",
                "ProjectSortField",
                "ProjectState",
                "RatingLevel",
                "RectificationAct",
                "RectificationComplexity",
                "RectificationState",
                "RectificationVerification",
                "ReportFormat",
                "ReportKind",
                "Role",
                "SavedFilterList",
                "SessionKind",
                "SetupStep",
                "SilenceClass",
                "SilentAct",
                "SortDirection",
                "SourceMark",
                "SupervisionEntryKind",
                "SupervisionOrderState",
                "Truth",
                "ValidityKind",
                "VisitKind",
                "VisitState",
                "Weekday"
            )
        )]
        pub struct $name;
    };
}
pub(super) use operation;

/// What came of a command.
pub struct Given {
    /// What its rule refused: the path of the input, and the reason.
    pub refused: Vec<(Vec<String>, String)>,
    /// The global id of the thing that it changed or made.
    pub object: Option<String>,
}

/// The answer of any mutation that a declaration names.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    object: Option<Object>,
    user_errors: Vec<UserError>,
}

#[derive(Deserialize)]
struct Object {
    id: String,
}

#[derive(Deserialize)]
struct UserError {
    path: Vec<String>,
    message: String,
}

/// The parts of an answer.
pub type Parts = Map<String, Value>;

/// Puts into `data` what only `other` has, in the parts of parts, too.
fn fill(data: &mut Parts, other: &Parts) {
    for (name, there) in other {
        match (data.get_mut(name), there) {
            (None, _) => {
                data.insert(name.clone(), there.clone());
            }
            (Some(Value::Object(here)), Value::Object(there)) => fill(here, there),
            _ => {}
        }
    }
}

impl Guest {
    /// Executes an operation for the person of the session.
    pub async fn run<Q: GraphQLQuery>(
        &self,
        variables: Q::Variables,
    ) -> Result<Q::ResponseData, Refusal> {
        let answer = self.send::<Q>(variables).await?;
        self.read(answer)
    }

    /// Executes an operation, and gives its answer also as it was told.
    pub async fn run_and_tell<Q: GraphQLQuery>(
        &self,
        variables: Q::Variables,
    ) -> Result<(Parts, Q::ResponseData), Refusal> {
        let answer = self.send::<Q>(variables).await?;
        let told: Parts = self.read(answer)?;
        let data = serde_json::from_value(told.clone().into());
        Ok((told, data.map_err(|error| self.broken("answer", &error))?))
    }

    /// Executes an operation that leaves parts out by `@include`: they are as in `empty`.
    pub async fn run_partly<Q: GraphQLQuery>(
        &self,
        variables: Q::Variables,
        empty: &Parts,
    ) -> Result<Q::ResponseData, Refusal> {
        let answer = self.send::<Q>(variables).await?;
        let mut data: Parts = self.read(answer)?;
        fill(&mut data, empty);
        serde_json::from_value(data.into()).map_err(|error| self.broken("answer", &error))
    }

    /// Executes an operation that asks for things by their ids: those that are not there for this person are null.
    pub async fn run_of_those_there<Q: GraphQLQuery>(
        &self,
        variables: Q::Variables,
    ) -> Result<Q::ResponseData, Refusal> {
        let mut answer = self.send::<Q>(variables).await?;
        let is_gone = |error: &ServerError| matches!(self.refusal(error), Refusal::NotFound);
        answer.errors.retain(|error| !is_gone(error));
        self.read(answer)
    }

    /// Executes the operation of a file for its next rows. Of the variables of the operation of its list it takes those that it has. A file is one
    /// request, and counted as one when it `begins`.
    pub async fn run_for_file<Q>(
        &self,
        of_list: &impl Serialize,
        begins: bool,
    ) -> Result<Q::ResponseData, Refusal>
    where
        Q: GraphQLQuery,
        Q::Variables: DeserializeOwned,
    {
        let variables = serde_json::to_value(of_list).and_then(serde_json::from_value);
        let variables = variables.map_err(|error| self.broken("variables", &error))?;
        let request = self.request::<Q>(variables)?;
        let answer = self.execute(request, false, begins, Reader::File).await?;
        self.read(answer)
    }

    fn request<Q: GraphQLQuery>(&self, variables: Q::Variables) -> Result<Request, Refusal> {
        let body = Q::build_query(variables);
        let variables = serde_json::to_value(&body.variables)
            .map_err(|error| self.broken("variables", &error))?;
        Ok(Request::new(body.query)
            .operation_name(body.operation_name)
            .variables(Variables::from_json(variables)))
    }

    async fn send<Q: GraphQLQuery>(&self, variables: Q::Variables) -> Result<Response, Refusal> {
        let request = self.request::<Q>(variables)?;
        self.execute(request, false, true, Reader::Anybody).await
    }

    /// Executes an operation that a developer typed, and gives its answer as text, with the errors in it.
    pub async fn explore(&self, query: &str, variables: Value) -> Result<String, Refusal> {
        let request = Request::new(query).variables(Variables::from_json(variables));
        let answer = self
            .execute(
                request,
                self.state.describes_itself(),
                true,
                Reader::Anybody,
            )
            .await?;
        serde_json::to_string_pretty(&answer).map_err(|error| self.broken("answer", &error))
    }

    /// Gives a command by the mutation that its declaration names.
    pub async fn give(&self, command: &Command, input: Value) -> Result<Given, Refusal> {
        self.give_as(command, input, true).await
    }

    /// Gives a command for the next of several things that one form names: a form is one request, and counted as one.
    pub async fn give_on(&self, command: &Command, input: Value) -> Result<Given, Refusal> {
        self.give_as(command, input, false).await
    }

    async fn give_as(
        &self,
        command: &Command,
        input: Value,
        counted: bool,
    ) -> Result<Given, Refusal> {
        let (mutation, of_type) = (command.operation(), command.type_name());
        // As other operations are called: the verb first.
        let thing = command.subject.name();
        let name = match of_type.strip_prefix(thing) {
            Some(verb) => format!("{verb}{thing}"),
            None => of_type.clone(),
        };
        let object = command.object();
        let query = format!(
            "mutation {name}($input: {of_type}Input!) {{ {mutation}(input: $input) {{ object: {object} {{ id }} userErrors {{ path message }} }} }}"
        );
        let request = Request::new(query)
            .operation_name(name)
            .variables(Variables::from_json(serde_json::json!({ "input": input })));
        let answer = self
            .execute(request, false, counted, Reader::Anybody)
            .await?;
        let mut answers: HashMap<String, Answer> = self.read(answer)?;
        let answer = answers.remove(&mutation).ok_or(Refusal::Internal)?;
        let errors = answer.user_errors.into_iter();
        Ok(Given {
            refused: errors.map(|error| (error.path, error.message)).collect(),
            object: answer.object.map(|object| object.id),
        })
    }

    /// Executes a request under the gate and the limits of the network. What the gate refuses is an answer with its error.
    async fn execute(
        &self,
        request: Request,
        introspection: bool,
        counted: bool,
        reader: Reader,
    ) -> Result<Response, Refusal> {
        let name = request.operation_name.clone().unwrap_or_default();
        let admitted = match let_in(&self.state, request, introspection) {
            Ok(admitted) => admitted.with(reader),
            Err(Refused::Limit(refused) | Refused::Request(refused)) => {
                return Ok(Response::from_errors(vec![*refused]));
            }
        };
        if counted && !self.may_ask(admitted.is_mutation()) {
            return Err(Refusal::Busy);
        }
        let asker = Asker {
            viewer: self.viewer.clone(),
            request_id: self.request_id.clone(),
        };
        let begun = Instant::now();
        let performed = perform(&self.state, admitted, asker).await;
        if counted {
            self.note(&name, begun.elapsed());
        }
        match performed {
            Ok(answer) => Ok(answer),
            Err(Unperformed::Busy) => Err(Refusal::Busy),
            Err(Unperformed::TooSlow | Unperformed::Unsettled) => Err(Refusal::Away),
            Err(Unperformed::Panicked) => Err(Refusal::Internal),
        }
    }

    /// Whether one more request is within the limit per minute. Strangers read what is public as often as people do.
    fn may_ask(&self, mutation: bool) -> bool {
        let is_stranger = self.viewer.person().is_none();
        if is_stranger && !mutation && is_public(self.address.path()) {
            return self.state.may_read(self.peer);
        }
        self.state.may_pass(&self.viewer, self.peer, mutation)
    }

    fn read<D: for<'de> Deserialize<'de>>(&self, answer: Response) -> Result<D, Refusal> {
        if let Some(refused) = answer.errors.first() {
            return Err(self.refusal(refused));
        }
        async_graphql::from_value(answer.data).map_err(|error| self.broken("answer", &error))
    }

    fn broken(&self, what: &str, error: &dyn Display) -> Refusal {
        tracing::error!(request_id = %self.request_id, %error, "the console cannot read its {what}");
        Refusal::Internal
    }

    fn refusal(&self, refused: &ServerError) -> Refusal {
        let extensions = serde_json::to_value(&refused.extensions).unwrap_or_default();
        match extensions["code"].as_str().unwrap_or_default() {
            error::UNAUTHENTICATED => Refusal::SignIn,
            error::FORBIDDEN => Refusal::Forbidden,
            error::NOT_FOUND => Refusal::NotFound,
            error::RATE_LIMITED => Refusal::Busy,
            error::CONFLICT => Refusal::Conflict(Box::new(
                serde_json::from_value(extensions).unwrap_or_default(),
            )),
            error::UNAVAILABLE => Refusal::Away,
            error::INTERNAL => Refusal::Internal,
            error::BAD_REQUEST if extensions["reason"] == error::KEY_USED => {
                Refusal::Sent(Vec::new())
            }
            // The operations are ours, so what is wrong came with the address: a filter, a cursor.
            code => {
                tracing::warn!(request_id = %self.request_id, code, message = refused.message, "refused");
                Refusal::Address
            }
        }
    }
}
