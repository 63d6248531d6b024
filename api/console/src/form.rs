//! Forms: what arrives, and what is shown again when a rule says no.

use api_door::scalar::Kind;
use api_http::{
    State,
    body::{self, Unread},
    document, is_own_page, only,
};
use axum::{
    body::to_bytes,
    extract::{FromRequest, Multipart, Request},
    http::{Method, header},
};
use chrono::{NaiveDateTime, Timelike};
use entity::{
    calendar::rules::parse_date,
    clock::{instant_of, is_meant},
    document::rules::{LARGEST, MOST_TOGETHER},
    error::{CommandError, Explain, Fault},
    id::new_secret,
    language::{Said, Text},
    term::Term,
};
use url::form_urlencoded;

use super::{
    guest::Guest,
    next::THEN,
    refusal::Refusal,
    scalar::{Date, DateTime},
};

/// The largest form without a file.
const LARGEST_FORM: usize = 256 * 1024;
/// What a form may have around its file.
const AROUND_FILE: usize = 64 * 1024;
/// The most fields of a form; a table of an application has up to 500 lines of up to eight columns.
const MOST_FIELDS: usize = 5_000;

/// A form as it arrived: from our own page, of this session. Handlers of POST take it as their last argument.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// The path it was sent to.
    pub path: String,
    fields: Vec<(String, String)>,
    files: Vec<Upload>,
    /// Kept while the files are worked on.
    _memory: Option<body::Memory>,
}

/// A file of a form.
#[derive(Clone, Debug)]
struct Upload {
    field: String,
    name: String,
    bytes: Vec<u8>,
}

/// Where one signs in.
const SIGN_IN: &str = "/sign-in";

/// Fields that are no words of the person.
const MACHINERY: [&str; 8] = [
    "token",
    "idempotencyKey",
    "expectedVersion",
    "next",
    "kept",
    "of",
    THEN,
    LOST,
];

/// Names a field whose file was lost when a session ended under its form.
pub const LOST: &str = "lostFile";

/// What is told of a file that was lost.
const LOST_TEXT: Said = Said {
    zh: "登录超时，所选文件没有上传。请重新选择文件。",
    en: "The file was not uploaded because your session had expired: choose it again.",
};

impl Filled {
    /// A field without blanks around it; empty when it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value.trim())
    }

    /// A field exactly as it was typed: passwords.
    pub fn exact(&self, name: &str) -> String {
        let mut fields = self.fields.iter();
        let found = fields.find(|(known, _)| known == name);
        found.map_or_else(String::new, |(_, value)| value.clone())
    }

    /// A day that was typed and can be meant.
    pub fn day(&self, name: &str) -> Option<Date> {
        parse_date(self.get(name))
    }

    /// A day and a time as the browser sends them, meant in the park.
    pub fn local_time(&self, name: &str) -> Option<NaiveDateTime> {
        let there = NaiveDateTime::parse_from_str(self.get(name), "%Y-%m-%dT%H:%M").ok()?;
        is_meant(there.date()).then_some(there)
    }

    /// A field that was filled.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name).to_owned()).filter(|value| !value.is_empty())
    }

    /// The value of a field whose choice was checked before, by [`chosen`] or by the page of an act.
    pub fn term<T: Term>(&self, name: &str) -> Result<T, Refusal> {
        T::of_code(self.get(name)).ok_or(Refusal::Form)
    }

    /// All values of a field.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.fields
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.trim().to_owned())
            .collect()
    }

    /// The content of a file that came with the form.
    pub fn file(&self, field: &str) -> Option<&[u8]> {
        let mut files = self.files.iter();
        let found = files.find(|upload| upload.field == field);
        found.map(|upload| upload.bytes.as_slice())
    }

    /// The same with a field that the address says instead of the person.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The version the page was made of.
    pub fn version(&self) -> i64 {
        self.get("expectedVersion").parse().unwrap_or(0)
    }

    /// Names this request, so that sending it twice does it once.
    pub fn key(&self) -> Option<String> {
        self.some("idempotencyKey")
    }

    /// The fields that may be sent again after a new sign-in: everything but files, passwords and tokens.
    pub fn again(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .filter(|(name, _)| name != "token" && !name.to_ascii_lowercase().contains("password"))
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The fields whose files are lost when the rest is sent again.
    pub fn lost(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|upload| upload.field.as_str())
    }

    /// What the person typed, for reading.
    pub fn typed(&self) -> Vec<String> {
        self.again()
            .filter(|(name, value)| !MACHINERY.contains(name) && !value.trim().is_empty())
            .map(|(_, value)| value.trim().to_owned())
            .collect()
    }

    /// Stores the file of `field`, if there is one, and gives its global id; that of `{field}Id` when it was stored before. A
    /// refused file is told beside its field.
    pub async fn store(
        &self,
        guest: &Guest,
        field: &str,
        enterprise: Option<&str>,
        form: &mut Form,
    ) -> Result<Option<String>, Refusal> {
        self.keep(guest, field, enterprise, false, form).await
    }

    /// Stores the file of `field` as a ledger: a refused one is told with what keeps it from being read.
    pub async fn store_ledger(
        &self,
        guest: &Guest,
        field: &str,
        form: &mut Form,
    ) -> Result<Option<String>, Refusal> {
        self.keep(guest, field, None, true, form).await
    }

    /// Stores all files of `field` and gives their global ids, those of `{field}Ids` that were stored before first. What is wrong with a
    /// file is told beside its field, by its name; the others stay stored.
    pub async fn store_all(
        &self,
        guest: &Guest,
        field: &str,
        enterprise: Option<&str>,
        form: &mut Form,
    ) -> Result<Vec<String>, Refusal> {
        let mut ids = self.all(&format!("{field}Ids"));
        ids.retain(|id| !id.is_empty());
        let uploads = self.files.iter().filter(|upload| upload.field == field);
        let uploads: Vec<_> = uploads.collect();
        if uploads.is_empty() && self.has_lost(field) {
            form.refuse_one(field, LOST_TEXT.in_language(guest.language));
        }
        if ids.len() + uploads.len() > MOST_TOGETHER {
            let text = Text::new(
                "最多上传 10 个文件，请减少后再提交。",
                "At most 10 files can be uploaded: choose fewer.",
            );
            form.refuse_one(field, text.in_language(guest.language));
            return Ok(ids);
        }
        for upload in uploads {
            match upload.stored(guest, enterprise, false).await? {
                Ok(kept) => {
                    let id = Kind::Document.id(kept.id).to_string();
                    form.add(&format!("{field}Ids"), &id);
                    form.set(&format!("{field}Name:{id}"), &kept.name);
                    ids.push(id);
                }
                Err(messages) => {
                    let colon = Text::new("：", ": ");
                    let colon = colon.in_language(guest.language);
                    for message in messages {
                        form.refuse_one(field, &format!("{}{colon}{message}", upload.name));
                    }
                }
            }
        }
        Ok(ids)
    }

    /// Whether a file of `field` was lost when a session ended under the form.
    fn has_lost(&self, field: &str) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|(name, value)| name == LOST && value == field)
    }

    async fn keep(
        &self,
        guest: &Guest,
        field: &str,
        enterprise: Option<&str>,
        ledger: bool,
        form: &mut Form,
    ) -> Result<Option<String>, Refusal> {
        let before = format!("{field}Id");
        let Some(upload) = self.files.iter().find(|upload| upload.field == field) else {
            let stored = self.some(&before);
            if stored.is_none() && self.has_lost(field) {
                form.refuse_one(field, LOST_TEXT.in_language(guest.language));
            }
            return Ok(stored);
        };
        Ok(match upload.stored(guest, enterprise, ledger).await? {
            Ok(kept) => {
                let id = Kind::Document.id(kept.id).to_string();
                form.set(&before, &id);
                form.set(&format!("{field}Name"), &kept.name);
                Some(id)
            }
            Err(messages) => {
                for message in messages {
                    form.refuse_one(field, &message);
                }
                None
            }
        })
    }
}

impl Upload {
    /// Stores it, or says what is wrong with it.
    async fn stored(
        &self,
        guest: &Guest,
        enterprise: Option<&str>,
        ledger: bool,
    ) -> Result<Result<entity::document::Model, Vec<String>>, Refusal> {
        let file = document::File {
            enterprise: enterprise.map(|id| async_graphql::ID(id.to_owned())),
            name: self.name.clone(),
            internal: false,
            ledger,
            bytes: self.bytes.clone(),
        };
        if !guest.state.may_pass(&guest.viewer, guest.peer, true) {
            return Err(Refusal::Busy);
        }
        match document::keep(&guest.state, &guest.viewer, file).await {
            Ok(kept) => Ok(Ok(kept)),
            Err(CommandError::Refused(refusals)) => {
                let messages = refusals.into_iter().map(|refusal| {
                    let message = refusal.code.explain();
                    message.in_language(guest.language).to_owned()
                });
                Ok(Err(messages.collect()))
            }
            Err(CommandError::Fault(fault)) => {
                tracing::warn!(error = %fault, "a file was not stored");
                Err(match fault {
                    Fault::Forbidden => Refusal::Forbidden,
                    Fault::NotFound => Refusal::NotFound,
                    Fault::Unauthenticated => Refusal::SignIn,
                    _ => Refusal::Internal,
                })
            }
        }
    }
}

impl FromRequest<State> for Filled {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &State) -> Result<Self, Refusal> {
        let guest = request.extensions().get::<Guest>().cloned();
        let guest = guest.ok_or(Refusal::Internal)?;
        if request.method() != Method::POST || !is_own_page(state, request.headers()) {
            return Err(Refusal::Form);
        }
        let kind = only(request.headers(), header::CONTENT_TYPE);
        if kind.is_none() && request.headers().contains_key(header::CONTENT_TYPE) {
            return Err(Refusal::Form);
        }
        let with_files = kind.is_some_and(|kind| kind.starts_with("multipart/form-data"));
        let most = if with_files {
            LARGEST + AROUND_FILE
        } else {
            LARGEST_FORM
        };
        let arrived = body::arrived(state, &guest.viewer, guest.peer, request, most).await;
        let (request, memory) = arrived.map_err(|unread| match unread {
            // Where a session ended under a form, its words are kept and its file is not.
            Unread::TooLarge if guest.viewer.person().is_none() => Refusal::SignIn,
            Unread::TooLarge => Refusal::TooLarge,
            Unread::Busy => Refusal::Busy,
            Unread::TooSlow | Unread::Broken => Refusal::Form,
            Unread::Disk => Refusal::Internal,
        })?;
        let filled = if with_files {
            Self {
                _memory: memory,
                ..parts(request, state).await?
            }
        } else {
            let path = request.uri().path().to_owned();
            let body = to_bytes(request.into_body(), LARGEST_FORM)
                .await
                .map_err(|_| Refusal::TooLarge)?;
            Self {
                path,
                fields: form_urlencoded::parse(&body)
                    .into_owned()
                    .take(MOST_FIELDS)
                    .collect(),
                ..Self::default()
            }
        };
        if guest.viewer.person().is_none() && !super::is_open(&filled.path) {
            return Err(Refusal::SignInAgain(Box::new(filled)));
        }
        if !guest.is_own(filled.get("token")) {
            // A second tab that still asks for a sign-in has the token of the stranger that the browser was.
            return Err(match guest.viewer.person() {
                Some(person) if filled.path == SIGN_IN => Refusal::SignedIn(person.name.clone()),
                _ => Refusal::Form,
            });
        }
        Ok(filled)
    }
}

/// A form with files.
async fn parts(request: Request, state: &State) -> Result<Filled, Refusal> {
    let mut filled = Filled {
        path: request.uri().path().to_owned(),
        ..Filled::default()
    };
    let mut left = LARGEST + AROUND_FILE;
    let mut multipart = Multipart::from_request(request, state)
        .await
        .map_err(|_| Refusal::Form)?;
    let broken = |error: axum::extract::multipart::MultipartError| {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            Refusal::TooLarge
        } else {
            Refusal::Form
        }
    };
    while let Some(part) = multipart.next_field().await.map_err(broken)? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(broken)?;
        left = left.checked_sub(bytes.len()).ok_or(Refusal::TooLarge)?;
        if filled.fields.len() + filled.files.len() >= MOST_FIELDS {
            return Err(Refusal::TooLarge);
        }
        match name {
            // A browser sends an empty part for a file that nobody chose.
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(name) => filled.files.push(Upload {
                field,
                name,
                bytes: bytes.into(),
            }),
            None => {
                let value = String::from_utf8(bytes.into()).map_err(|_| Refusal::Form)?;
                filled.fields.push((field, value));
            }
        }
    }
    Ok(filled)
}

/// A day that was typed, where there is one; what is no day, or none that can be meant, is told beside its field.
pub fn day(guest: &Guest, filled: &Filled, form: &mut Form, field: &str) -> Option<Date> {
    filled.some(field)?;
    required_day(guest, filled, form, field)
}

/// The same of a field that must be filled.
pub fn required_day(guest: &Guest, filled: &Filled, form: &mut Form, field: &str) -> Option<Date> {
    let day = filled.day(field);
    if day.is_none() {
        let text = Text::new(
            "请填写日期，如 2026-10-09（1949 至 2099 年之间）。",
            "Enter a date such as 2026-10-09, from 1949 to 2099.",
        );
        form.refuse_one(field, text.in_language(guest.language));
    }
    day
}

/// A day and a time that were typed, where they are; what is none is told beside its field.
pub fn moment(guest: &Guest, filled: &Filled, form: &mut Form, field: &str) -> Option<DateTime> {
    filled.some(field)?;
    required_moment(guest, filled, form, field)
}

/// The same of a field that must be filled.
pub fn required_moment(
    guest: &Guest,
    filled: &Filled,
    form: &mut Form,
    field: &str,
) -> Option<DateTime> {
    let zone = guest.state.store().zone();
    let at = filled.local_time(field);
    let at = at.map(|at| instant_of(at.date(), at.hour(), at.minute(), zone));
    if at.is_none() {
        let text = Text::new("请填写日期和时间。", "Enter a date and a time.");
        form.refuse_one(field, text.in_language(guest.language));
    }
    at
}

/// One of the choices of a page, known by its spelling to `of`. What was left out, or is none of them, is told beside its field:
/// nothing is ever chosen for a person.
pub fn chosen<T>(
    guest: &Guest,
    filled: &Filled,
    form: &mut Form,
    field: &str,
    of: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let given = filled.get(field);
    let chosen = of(given);
    if chosen.is_none() {
        let text = if given.is_empty() {
            Text::new("请选择。", "Please choose.")
        } else {
            Text::new(
                "没有这个选项，请重新选择。",
                "This choice does not exist: choose again.",
            )
        };
        form.refuse_one(field, text.in_language(guest.language));
    }
    chosen
}

/// The same of a choice that may be left out.
pub fn ticked<T: Term>(guest: &Guest, filled: &Filled, form: &mut Form, field: &str) -> Option<T> {
    filled.some(field)?;
    chosen(guest, filled, form, field, T::of_code)
}

/// A form as it is shown: what was typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    errors: Vec<(String, String)>,
    known: Vec<&'static str>,
    /// Names the request that this form will be.
    pub key: String,
}

impl Form {
    /// An empty form with these fields, named as the API names its inputs.
    pub fn new(fields: &[&'static str]) -> Self {
        Self {
            known: fields.to_vec(),
            key: new_secret(),
            ..Self::default()
        }
    }

    /// The form as it was filled.
    pub fn filled(fields: &[&'static str], filled: &Filled) -> Self {
        Self {
            values: filled
                .again()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            key: filled.key().unwrap_or_else(new_secret),
            ..Self::new(fields)
        }
    }

    /// Fills a field.
    pub fn set(&mut self, name: &str, value: &str) {
        self.values.retain(|(known, _)| known != name);
        self.values.push((name.to_owned(), value.to_owned()));
    }

    /// Fills a field that takes several values with one more.
    pub fn add(&mut self, name: &str, value: &str) {
        self.values.push((name.to_owned(), value.to_owned()));
    }

    /// Whether this is among the values of a field.
    pub fn has(&self, name: &str, value: &str) -> bool {
        let mut values = self.values.iter();
        values.any(|(known, given)| known == name && given == value)
    }

    /// Takes the `userErrors` of an answer: `payload.user_errors.into_iter().map(|error| (error.path, error.message))`. Each
    /// stands beside its field; what is about no field of this form stands above it.
    pub fn refuse(&mut self, errors: impl IntoIterator<Item = (Vec<String>, String)>) {
        for (path, message) in errors {
            let field = path
                .into_iter()
                .rev()
                .find(|name| self.known.contains(&name.as_str()))
                .unwrap_or_default();
            self.errors.push((field, message));
        }
    }

    /// One more error, beside a field.
    pub fn refuse_one(&mut self, field: &str, message: &str) {
        self.errors.push((field.to_owned(), message.to_owned()));
    }

    /// Whether anything is wrong.
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.values
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// Whether one of these has to be chosen: then a page begins with none of them.
    pub fn asks(&self, choices: &[(String, String)]) -> bool {
        choices.iter().all(|(value, _)| !value.is_empty())
    }

    /// The name of the file that is stored already for a field.
    pub fn name_of(&self, field: &str) -> &str {
        self.value(&format!("{field}Name"))
    }

    /// The files that are stored already for a field that takes several: each global id with the name.
    pub fn stored(&self, field: &str) -> Vec<(&str, &str)> {
        let ids = format!("{field}Ids");
        let stored = self.values.iter().filter(|(known, _)| *known == ids);
        stored
            .map(|(_, id)| (id.as_str(), self.value(&format!("{field}Name:{id}"))))
            .collect()
    }

    /// What is wrong with a field.
    pub fn errors(&self, name: &str) -> Vec<&str> {
        self.errors
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, message)| message.as_str())
            .collect()
    }

    /// What is wrong with fields, each with its name.
    pub fn by_field(&self) -> impl Iterator<Item = &(String, String)> {
        self.errors.iter().filter(|(name, _)| !name.is_empty())
    }

    /// What is wrong with the whole.
    pub fn general(&self) -> Vec<&str> {
        self.errors("")
    }

    /// Whether a field has an error.
    pub fn wrong(&self, name: &str) -> bool {
        self.errors.iter().any(|(known, _)| known == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_stands_beside_the_field_it_names() {
        let mut form = Form::new(&["evidenceNote"]);
        form.refuse([
            (
                vec!["input".to_owned(), "evidenceNote".to_owned()],
                "missing".to_owned(),
            ),
            (vec![], "closed".to_owned()),
            (
                vec!["input".to_owned(), "somethingElse".to_owned()],
                "odd".to_owned(),
            ),
        ]);
        assert_eq!(form.errors("evidenceNote"), ["missing"]);
        assert_eq!(form.general(), ["closed", "odd"]);
    }

    #[test]
    fn what_was_ticked_stays_ticked() {
        let filled = Filled {
            fields: [("excluded", "one"), ("excluded", "two")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
            ..Filled::default()
        };
        let again = Form::filled(&["excluded"], &filled);
        assert!(again.has("excluded", "one") && again.has("excluded", "two"));
        assert!(!again.has("excluded", "three"));
    }

    #[test]
    fn what_is_kept_has_no_secrets() {
        let filled = Filled {
            fields: [
                ("token", "t"),
                ("newPassword", "p"),
                ("note", " kept "),
                ("expectedVersion", "3"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
            ..Filled::default()
        };
        let again: Vec<_> = filled.again().map(|(name, _)| name).collect();
        assert_eq!(again, ["note", "expectedVersion"]);
        assert_eq!(filled.typed(), ["kept"]);
        assert_eq!(filled.version(), 3);
    }
}
