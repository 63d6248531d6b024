//! The page of one act: what will happen, what it needs, one button. Lists and pages link to it at `THING/VERB`; the form is sent
//! to the same address.

use askama::Template;
use axum::{extract::Path, response::Response};

use super::{
    flash::Flash,
    form::{self, Filled, Form},
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
};

/// What a field takes.
#[derive(Clone, Debug)]
pub enum Takes {
    /// One line; the type of the `input`.
    Line(&'static str),
    /// Several lines.
    Lines(u8),
    /// One of these: what is sent, and what is said.
    Choice(Vec<(String, String)>),
    /// The same, of so many that one filters them by a text first: the parameter `text` of the address. What the text is about.
    Found(Vec<(String, String)>, &'static str),
    /// One of a few, all of them in sight.
    Scale(Vec<(String, String)>),
    /// Any of these; each is sent under its own name.
    Several(Vec<(String, String)>),
    /// A file; under which name the stored one is sent.
    File(&'static str),
    /// Several files; under which name the stored ones are sent.
    Files(&'static str),
}

/// A field of an act.
#[derive(Clone, Debug)]
pub struct Field {
    /// As the API names its input.
    pub name: &'static str,
    /// Its words.
    pub label: &'static str,
    /// What helps to fill it; may be empty.
    pub hint: &'static str,
    /// What it takes.
    pub takes: Takes,
}

impl Field {
    /// One line of text.
    pub fn line(name: &'static str, label: &'static str, hint: &'static str) -> Self {
        Self::of(name, label, hint, Takes::Line("text"))
    }

    /// A day.
    pub fn day(name: &'static str, label: &'static str, hint: &'static str) -> Self {
        Self::of(name, label, hint, Takes::Line("date"))
    }

    /// Several lines of text.
    pub fn lines(name: &'static str, label: &'static str, hint: &'static str) -> Self {
        Self::of(name, label, hint, Takes::Lines(4))
    }

    /// One of several.
    pub fn choice(
        name: &'static str,
        label: &'static str,
        hint: &'static str,
        choices: Vec<(String, String)>,
    ) -> Self {
        Self::of(name, label, hint, Takes::Choice(choices))
    }

    /// A field that takes something else.
    pub fn of(name: &'static str, label: &'static str, hint: &'static str, takes: Takes) -> Self {
        Self {
            name,
            label,
            hint,
            takes,
        }
    }
}

/// An act as it is shown.
#[derive(Template)]
#[template(path = "act.html")]
pub struct Act {
    /// The frame; its title is the head of the page.
    pub f: Frame,
    /// Where it is cancelled to, and what that is called.
    pub back: (String, String),
    /// What will happen, and who will be told.
    pub lead: String,
    /// What it needs.
    pub fields: Vec<Field>,
    /// What stands on the button: a verb and its object.
    pub verb: &'static str,
    /// The version it was made of.
    pub version: i64,
    /// What was typed, and what is wrong with it.
    pub form: Form,
}

impl Act {
    /// Refuses what is none of the choices that the page offers, each beside its field. Whether anything was refused.
    pub fn is_unchosen(&mut self, guest: &Guest, filled: &Filled) -> bool {
        for field in &self.fields {
            if let Takes::Choice(choices) | Takes::Found(choices, _) | Takes::Scale(choices) =
                &field.takes
            {
                let offered = |given: &str| choices.iter().find(|(value, _)| value == given);
                form::chosen(guest, filled, &mut self.form, field.name, offered);
            }
        }
        self.form.is_refused()
    }

    /// The page, before or after a refusal.
    pub fn answer(&self, guest: &Guest) -> Response {
        if self.form.is_refused() {
            guest.refused(self)
        } else {
            guest.show(self)
        }
    }

    /// Where the form is sent: to its own address, with the text by which its choice was filtered.
    fn here(&self) -> String {
        match self.found_by() {
            Some(_) => self.f.here.to_string(),
            None => self.f.here.along(self.f.here.path()),
        }
    }

    /// By what its choice is filtered, if it is.
    fn found_by(&self) -> Option<&'static str> {
        self.fields.iter().find_map(|field| match field.takes {
            Takes::Found(_, label) => Some(label),
            _ => None,
        })
    }

    /// Whether what is said at this path of the input is about one of its fields.
    pub fn takes(&self, path: &[String]) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| path.iter().any(|part| part == field.name))
    }

    fn has_file(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| matches!(field.takes, Takes::File(_) | Takes::Files(_)))
    }
}

/// The form of an act: as it was filled, or new with these values.
pub fn form(fields: &[&'static str], filled: Option<&Filled>, values: &[(&str, &str)]) -> Form {
    if let Some(filled) = filled {
        return Form::filled(fields, filled);
    }
    let mut form = Form::new(fields);
    for (name, value) in values {
        form.set(name, value);
    }
    form
}

/// What is done with the things of one kind, each act at `THING/VERB` or at an address of its own.
pub trait Verb: Copy + Send + 'static {
    /// What the page of an act knows of its thing.
    type It: Send;

    /// The act that the address spells so; none for one that has an address of its own.
    fn of(_word: &str) -> Option<Self> {
        None
    }

    /// The page of the act, and its thing.
    fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> impl Future<Output = Result<(Act, Self::It), Refusal>> + Send;

    /// Does it. What a rule refused goes into the form of the page; afterwards one is led to where the page would go back to.
    fn send(
        self,
        guest: &Guest,
        filled: &Filled,
        act: &mut Act,
        it: Self::It,
    ) -> impl Future<Output = Result<Flash, Refusal>> + Send;
}

/// The page of an act.
pub async fn ask<V: Verb>(
    guest: Guest,
    Path((key, word)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let verb = V::of(&word).ok_or(Refusal::NotFound)?;
    asked(verb, &guest, &key).await
}

/// The page of an act that has an address of its own.
pub async fn ask_only<V: Verb + Default>(
    guest: Guest,
    Path(key): Path<String>,
) -> Result<Response, Refusal> {
    asked(V::default(), &guest, &key).await
}

async fn asked(verb: impl Verb, guest: &Guest, key: &str) -> Result<Response, Refusal> {
    let (act, _) = verb.shown(guest, key, None).await?;
    Ok(act.answer(guest))
}

/// Does it.
pub async fn perform<V: Verb>(
    guest: Guest,
    Path((key, word)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let verb = V::of(&word).ok_or(Refusal::NotFound)?;
    performed(verb, &guest, &key, &filled).await
}

/// Does the one that has an address of its own.
pub async fn perform_only<V: Verb + Default>(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    performed(V::default(), &guest, &key, &filled).await
}

async fn performed(
    verb: impl Verb,
    guest: &Guest,
    key: &str,
    filled: &Filled,
) -> Result<Response, Refusal> {
    let (mut act, it) = verb.shown(guest, key, Some(filled)).await?;
    if act.is_unchosen(guest, filled) {
        return Ok(act.answer(guest));
    }
    let flash = verb.send(guest, filled, &mut act, it).await?;
    if act.form.is_refused() {
        return Ok(act.answer(guest));
    }
    Ok(guest.done(flash, &guest.address.along(&act.back.0)))
}

/// Sends a mutation and takes what its rule refused into the form: `send!(guest, filled, form, RunJobNow(run_job_now::Variables {
/// input }).job_run_now)`.
macro_rules! send {
    ($guest:expr, $filled:expr, $form:expr, $operation:ident($variables:expr).$root:ident) => {{
        let answer = $guest
            .run::<$operation>($variables)
            .await
            .map_err(|refusal| refusal.with_typed($filled))?
            .$root;
        let errors = answer.user_errors.into_iter();
        $form.refuse(errors.map(|error| (error.path, error.message)));
    }};
}
pub(super) use send;
