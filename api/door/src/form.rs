//! Commands with a form: their inputs, their payloads and their offers, as the API has them by the declaration in the domain. A
//! resolver says which command it runs and what it answers with:
//!
//! ```ignore
//! /// Records that a permit was renewed (CENTRE, LIAISON of the enterprise).
//! async fn permit_renew(
//!     &self,
//!     ctx: &Context<'_>,
//!     #[graphql(desc = "The permit.")] input: Input<commands::Renew>,
//! ) -> Result<Payload<commands::Renew, Permit>> {
//!     run(ctx, input, commands::renew).await
//! }
//! ```

use std::{any::type_name, borrow::Cow, marker::PhantomData};

use async_graphql::{
    Context, ContextSelectionSet, Enum, ID, InputType, InputValueError, InputValueResult, Object,
    ObjectType, OutputType, Positioned, Result, ServerResult, SimpleObject, TypeName, Value,
    indexmap::IndexMap,
    parser::types::Field as Asked,
    registry::{Deprecation, MetaField, MetaInputValue, MetaType, MetaTypeId, Registry},
    resolver_utils::{ContainerType, resolve_container},
};
use entity::{
    audit::commands::Summary,
    command::{self, Among, Command, Field, Form, Given, Offer, Takes, Thing},
    error::{CommandError, Explain, Fault, Refusal},
    language::Language,
    store::Store,
    viewer::Viewer,
};

use crate::{
    coded::{Coded, code},
    command::{Answer, command},
    operation::viewer,
    scalar::{Date, DateTime, Kind},
};

/// The input of the command `C`.
pub struct Input<C> {
    sent: Vec<Option<Sent>>,
    of: PhantomData<fn() -> C>,
}

/// What was sent for a field. An id is looked at when the command is run: one that names nothing is not found, like any other.
enum Sent {
    Id(Thing, ID),
    Ids(Thing, Vec<ID>),
    Given(Given),
}

impl<C: command::Input> Input<C> {
    /// What the command takes.
    fn read(self) -> Result<C, Fault> {
        let given = given(self.sent)?;
        C::read(given).ok_or_else(|| Fault::Internal(format!("input of {}", C::command().code)))
    }
}

fn given(sent: Vec<Option<Sent>>) -> Result<Vec<Option<Given>>, Fault> {
    let kind = |thing: Thing| Kind::of_type(thing.name()).ok_or(Fault::NotFound);
    let given = |one| match one {
        Some(Sent::Id(thing, id)) => kind(thing)?.require(&id).map(|key| Some(Given::Key(key))),
        Some(Sent::Ids(thing, ids)) => {
            let kind = kind(thing)?;
            let keys = ids.iter().map(|id| kind.require(id));
            Ok(Some(Given::Keys(keys.collect::<Result<_, _>>()?)))
        }
        Some(Sent::Given(given)) => Ok(Some(given)),
        None => Ok(None),
    };
    sent.into_iter().map(given).collect()
}

impl<C: command::Input> InputType for Input<C> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Input", C::command().type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::InputObject, |registry| {
            input_type(registry, C::command(), C::FORM, type_name::<Self>())
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let object = match value {
            Some(Value::Object(object)) => object,
            other => return Err(InputValueError::expected_type(other.unwrap_or_default())),
        };
        let fields = C::FORM.fields.iter();
        let sent = fields.map(|field| sent::<Self>(field, object.get(field.name).cloned()));
        Ok(Self {
            sent: sent.collect::<Result<_, _>>()?,
            of: PhantomData,
        })
    }

    /// Asked for usual values alone, and an input has none.
    fn to_value(&self) -> Value {
        Value::Null
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

fn sent<I: InputType>(
    field: &Field,
    value: Option<Value>,
) -> Result<Option<Sent>, InputValueError<I>> {
    if !field.required && value.as_ref().is_none_or(|value| *value == Value::Null) {
        return Ok(None);
    }
    let given = match field.takes {
        Takes::Target(thing) => return Ok(Some(Sent::Id(thing, read::<I, _>(value)?))),
        Takes::One(among) => return Ok(Some(Sent::Id(among.thing(), read::<I, _>(value)?))),
        Takes::File => return Ok(Some(Sent::Id(Thing::Document, read::<I, _>(value)?))),
        Takes::Files => return Ok(Some(Sent::Ids(Thing::Document, read::<I, _>(value)?))),
        Takes::Version | Takes::VersionOf(_) | Takes::Whole(..) => {
            Given::Number(read::<I, _>(value)?)
        }
        Takes::Line(_) | Takes::Lines(_) => Given::Text(read::<I, _>(value)?),
        Takes::Day | Takes::Today => Given::Day(read::<I, Date>(value)?.into()),
        Takes::Moment => Given::Moment(read::<I, DateTime>(value)?.into()),
        Takes::Either(..) => Given::Either(read::<I, _>(value)?),
        Takes::Choice(choices) => {
            let choices = choices();
            match value.as_ref().map_or(choices.usual, code) {
                Some(code) if choices.has(code) => Given::Text(code.to_owned()),
                _ => return Err(InputValueError::expected_type(value.unwrap_or_default())),
            }
        }
    };
    Ok(Some(Sent::Given(given)))
}

fn read<I: InputType, T: InputType>(value: Option<Value>) -> Result<T, InputValueError<I>> {
    T::parse(value).map_err(InputValueError::propagate)
}

fn input_type(
    registry: &mut Registry,
    command: &Command,
    form: &Form,
    rust: &'static str,
) -> MetaType {
    let mut input_fields: IndexMap<String, MetaInputValue> = form
        .fields
        .iter()
        .map(|field| {
            let ty = match field.takes {
                Takes::Target(_) | Takes::One(_) | Takes::File => {
                    <ID as InputType>::create_type_info(registry)
                }
                Takes::Files => <Vec<ID> as InputType>::create_type_info(registry),
                Takes::Version | Takes::VersionOf(_) | Takes::Whole(..) => {
                    <i32 as InputType>::create_type_info(registry)
                }
                Takes::Line(_) | Takes::Lines(_) => {
                    <String as InputType>::create_type_info(registry)
                }
                Takes::Day | Takes::Today => <Date as InputType>::create_type_info(registry),
                Takes::Moment => <DateTime as InputType>::create_type_info(registry),
                Takes::Either(..) => <bool as InputType>::create_type_info(registry),
                // The object that holds the value brings its type.
                Takes::Choice(choices) => format!("{}!", choices().name),
            };
            let ty = if field.required {
                ty
            } else {
                ty.trim_end_matches('!').to_owned()
            };
            let input = MetaInputValue {
                default_value: usual(field).map(str::to_owned),
                ..input_field(field.name, field.about, ty)
            };
            (field.name.to_owned(), input)
        })
        .collect();
    if form.keyed {
        let about = "Idempotency key, up to 120 characters: a repeated request gets the first answer, and nothing is done twice.";
        let ty = <String as InputType>::type_name().into_owned();
        let key = input_field("idempotencyKey", about, ty);
        input_fields.insert(key.name.clone(), key);
    }
    MetaType::InputObject {
        name: format!("{}Input", command.type_name()),
        description: Some(form.about.to_owned()),
        input_fields,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(rust),
        oneof: false,
        directive_invocations: Vec::new(),
    }
}

/// Which choice a field is when nothing is said.
fn usual(field: &Field) -> Option<&'static str> {
    match field.takes {
        Takes::Choice(choices) => choices().usual,
        _ => None,
    }
}

fn input_field(name: &str, about: &str, ty: String) -> MetaInputValue {
    MetaInputValue {
        name: name.to_owned(),
        description: Some(about.to_owned()),
        ty,
        deprecation: Deprecation::NoDeprecated,
        default_value: None,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        is_secret: false,
        directive_invocations: Vec::new(),
    }
}

/// What the command `C` answers: the changed object `O`, or why nothing changed, in the codes `E` (those of its rule where these are
/// all that is said).
pub struct Payload<C: command::Input, O, E = Coded<<C as command::Input>::Refused>> {
    object: Option<O>,
    user_errors: Vec<UserError<C, E>>,
}

/// One reason why nothing changed.
pub struct UserError<C, E> {
    code: E,
    path: Vec<&'static str>,
    message: String,
    of: PhantomData<fn() -> C>,
}

impl<C: command::Input, E: OutputType> TypeName for UserError<C, E> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}UserError", C::command().type_name()))
    }
}

/// One reason why nothing changed.
#[Object(name_type)]
impl<C: command::Input, E: OutputType> UserError<C, E> {
    /// The reason, for programs.
    async fn code(&self) -> &E {
        &self.code
    }

    /// The input field it is about, outermost name first; empty when it is about the whole.
    #[graphql(complexity = "3")]
    async fn path(&self) -> &[&'static str] {
        &self.path
    }

    /// What is wrong and what to do, in the viewer's language.
    async fn message(&self) -> &str {
        &self.message
    }
}

impl<C, O, E> crate::command::Payload for Payload<C, O, E>
where
    C: command::Input,
    O: Answer,
    E: From<C::Refused>,
{
    type Refused = C::Refused;
    type Object = O;

    fn done(object: O) -> Self {
        Self {
            object: Some(object),
            user_errors: Vec::new(),
        }
    }

    fn refused(refusals: Vec<Refusal<C::Refused>>, language: Language) -> Self {
        let user_error = |refusal: Refusal<C::Refused>| UserError {
            message: refusal.code.explain().in_language(language).to_owned(),
            path: refusal.path,
            code: refusal.code.into(),
            of: PhantomData,
        };
        Self {
            object: None,
            user_errors: refusals.into_iter().map(user_error).collect(),
        }
    }
}

const USER_ERRORS: &str = "userErrors";

impl<C, O, E> OutputType for Payload<C, O, E>
where
    C: command::Input,
    O: OutputType,
    E: OutputType,
{
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Payload", C::command().type_name()))
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            let object = <Option<O> as OutputType>::create_type_info(registry);
            let user_errors = <Vec<UserError<C, E>> as OutputType>::create_type_info(registry);
            payload_type(C::command(), object, user_errors, type_name::<Self>())
        })
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Asked>,
    ) -> ServerResult<Value> {
        resolve_container(ctx, self).await
    }
}

impl<C, O, E> ContainerType for Payload<C, O, E>
where
    C: command::Input,
    O: OutputType,
    E: OutputType,
{
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let asked = ctx.item;
        let within = ctx.with_selection_set(&asked.node.selection_set);
        let name = asked.node.name.node.as_str();
        Ok(Some(if name == USER_ERRORS {
            OutputType::resolve(&self.user_errors, &within, asked).await?
        } else if name == C::command().object() {
            OutputType::resolve(&self.object, &within, asked).await?
        } else {
            return Ok(None);
        }))
    }
}

impl<C, O, E> ObjectType for Payload<C, O, E>
where
    C: command::Input,
    O: OutputType,
    E: OutputType,
{
}

fn payload_type(
    command: &Command,
    object: String,
    user_errors: String,
    rust: &'static str,
) -> MetaType {
    let of = command.object();
    let mut errors = payload_field(
        USER_ERRORS,
        "What the person can correct; empty on success.".to_owned(),
        user_errors,
    );
    errors.compute_complexity = Some(|_, _, _, child| Ok(5 * child));
    let fields = [
        payload_field(&of, format!("The {of}; null when it was refused."), object),
        errors,
    ];
    MetaType::Object {
        name: format!("{}Payload", command.type_name()),
        description: Some(format!("The answer of `{}`.", command.operation())),
        fields: fields
            .into_iter()
            .map(|field| (field.name.clone(), field))
            .collect(),
        cache_control: Default::default(),
        extends: false,
        shareable: false,
        resolvable: true,
        keys: None,
        visible: None,
        inaccessible: false,
        interface_object: false,
        tags: Vec::new(),
        is_subscription: false,
        rust_typename: Some(rust),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

fn payload_field(name: &str, about: String, ty: String) -> MetaField {
    MetaField {
        name: name.to_owned(),
        description: Some(about),
        args: IndexMap::new(),
        ty,
        deprecation: Deprecation::NoDeprecated,
        cache_control: Default::default(),
        external: false,
        requires: None,
        provides: None,
        visible: None,
        shareable: false,
        inaccessible: false,
        tags: Vec::new(),
        override_from: None,
        compute_complexity: None,
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

/// A function of the domain that does a command with the input `I`: gives `M`, or refuses with `R`.
pub trait Does<'a, I, M, R>: Copy + Send + Sync + 'static {
    /// Its work.
    type Work: Future<Output = Result<M, CommandError<R>>> + Send;

    /// Does it.
    fn work(self, store: &'a Store, viewer: &'a Viewer, input: I) -> Self::Work;
}

impl<'a, F, W, I, M, R> Does<'a, I, M, R> for F
where
    F: Fn(&'a Store, &'a Viewer, I) -> W + Copy + Send + Sync + 'static,
    W: Future<Output = Result<M, CommandError<R>>> + Send,
{
    type Work = W;

    fn work(self, store: &'a Store, viewer: &'a Viewer, input: I) -> W {
        self(store, viewer, input)
    }
}

/// Runs the command `C` by its function, for the viewer: one that takes a store, a viewer and what `C` takes.
pub async fn run<C, O, E, M, F>(
    ctx: &Context<'_>,
    input: Input<C>,
    function: F,
) -> Result<Payload<C, O, E>>
where
    C: command::Input,
    O: Answer + From<M>,
    E: From<C::Refused>,
    M: Send + 'static,
    F: for<'a> Does<'a, C, M, C::Refused>,
{
    let input = input.read()?;
    command(ctx, input, move |store, viewer, input| async move {
        function.work(&store, &viewer, input).await
    })
    .await
}

/// What a field of a command takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CommandFieldKind {
    /// The global id of the thing that the command is given for.
    Target,
    /// The version of that thing as it was seen.
    Version,
    /// One line of text.
    Line,
    /// Text on several lines.
    Lines,
    /// A day.
    Day,
    /// A moment.
    Moment,
    /// A whole number.
    Whole,
    /// Yes or no.
    Either,
    /// One of its choices.
    Choice,
    /// The global id of a department of the park.
    Department,
    /// The global id of an enterprise in the park.
    Enterprise,
    /// The global id of the account of a liaison.
    Liaison,
    /// The global id of an account.
    Account,
    /// The global id of a file that was stored before.
    File,
    /// The global ids of files that were stored before.
    Files,
}

/// One of the values among which a field chooses.
#[derive(SimpleObject)]
pub struct CommandChoice {
    /// As the input spells it.
    code: String,
    /// As people say it, in the viewer's language.
    word: String,
}

/// A field of the input of a command.
#[derive(SimpleObject)]
pub struct CommandField {
    /// Its name in the input.
    name: &'static str,
    /// What people call it, in the viewer's language; null where they do not see it.
    label: Option<&'static str>,
    /// What helps to fill it in, in the viewer's language.
    hint: Option<&'static str>,
    /// What it takes.
    kind: CommandFieldKind,
    /// Whether it has to be there.
    required: bool,
    /// How many characters it takes at most, where it is a text.
    longest: Option<u32>,
    /// The values among which it chooses.
    #[graphql(complexity = "10 * child_complexity")]
    choices: Vec<CommandChoice>,
    /// What stands there now, as the input spells it; null where nothing does.
    value: Option<String>,
}

/// What may be done with a thing: the command, whether the viewer may give it now, and what it takes.
#[derive(SimpleObject)]
#[graphql(name = "Command")]
pub struct Offered {
    /// Names it for programs and in the audit trail: `permit.renew`.
    code: &'static str,
    /// The mutation that gives it: `permitRenew`.
    mutation: String,
    /// What is going to be done, in the viewer's language.
    title: &'static str,
    /// What will come of it, and who will be told, in the viewer's language.
    lead: &'static str,
    /// Whether the viewer may give it now.
    may: bool,
    /// Why not, in the viewer's language; null when he may.
    why_not: Option<String>,
    /// What its input takes.
    #[graphql(complexity = "8 * child_complexity")]
    fields: Vec<CommandField>,
}

/// The commands that are offered with a thing, which now stands as in `summary`.
pub fn offered(ctx: &Context<'_>, offers: Vec<Offer>, summary: Option<&Summary>) -> Vec<Offered> {
    let language = viewer(ctx).language();
    // A list asks what may be done, seldom by which form.
    let wanted = ctx.look_ahead().field("fields").exists();
    let field = |field: &Field| wanted.then(|| of_field(field, summary, language));
    let offered = |offer: Offer| Offered {
        code: offer.command.code,
        mutation: offer.command.operation(),
        title: offer.form.title.in_language(language),
        lead: offer.form.lead.in_language(language),
        may: offer.why_not.is_none(),
        why_not: offer.why_not,
        fields: offer.form.fields.iter().filter_map(field).collect(),
    };
    offers.into_iter().map(offered).collect()
}

fn of_field(field: &Field, summary: Option<&Summary>, language: Language) -> CommandField {
    let (kind, longest) = match field.takes {
        Takes::Target(_) => (CommandFieldKind::Target, None),
        Takes::Version | Takes::VersionOf(_) => (CommandFieldKind::Version, None),
        Takes::Line(longest) => (CommandFieldKind::Line, Some(longest)),
        Takes::Lines(longest) => (CommandFieldKind::Lines, Some(longest)),
        Takes::Day | Takes::Today => (CommandFieldKind::Day, None),
        Takes::Moment => (CommandFieldKind::Moment, None),
        Takes::Whole(..) => (CommandFieldKind::Whole, None),
        Takes::Either(..) => (CommandFieldKind::Either, None),
        Takes::Choice(_) => (CommandFieldKind::Choice, None),
        Takes::One(Among::Departments) => (CommandFieldKind::Department, None),
        Takes::One(Among::Enterprises) => (CommandFieldKind::Enterprise, None),
        Takes::One(Among::Liaisons) => (CommandFieldKind::Liaison, None),
        Takes::One(Among::Accounts) => (CommandFieldKind::Account, None),
        Takes::File => (CommandFieldKind::File, None),
        Takes::Files => (CommandFieldKind::Files, None),
    };
    let choice = |(code, word): (&str, &str)| CommandChoice {
        code: code.to_owned(),
        word: word.to_owned(),
    };
    let choices = match field.takes {
        Takes::Either(yes, no) => [("true", yes), ("false", no)]
            .map(|(code, said)| choice((code, said.in_language(language))))
            .into(),
        Takes::Choice(choices) => {
            let all = choices().all.into_iter();
            all.map(|(code, said)| choice((code, said.in_language(language))))
                .collect()
        }
        _ => Vec::new(),
    };
    CommandField {
        name: field.name,
        label: field.label.map(|said| said.in_language(language)),
        hint: field.hint.map(|said| said.in_language(language)),
        kind,
        required: field.required && usual(field).is_none(),
        longest,
        choices,
        value: summary
            .and_then(|summary| summary.text(field.name))
            .and_then(|value| spelt(field, value)),
    }
}

/// What stands in a field, as its input spells it: a thing by its global id.
fn spelt(field: &Field, value: String) -> Option<String> {
    let thing = match field.takes {
        Takes::One(among) => among.thing(),
        Takes::File => Thing::Document,
        _ => return Some(value),
    };
    let ID(id) = Kind::of_type(thing.name())?.id(value.parse().ok()?);
    Some(id)
}
