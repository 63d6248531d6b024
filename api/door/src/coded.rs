//! Terms of the domain as enums of the API: one wrapper makes a type of the schema of each, from its codes, descriptions and words.

use std::{any::type_name, borrow::Cow, ops::Deref};

use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, Name, OutputType,
    Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{Deprecation, MetaEnumValue, MetaType, MetaTypeId, Registry},
};
use entity::{error::Detailed, term::Term};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A value of a term, as the API spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coded<T>(pub T);

/// The values themselves, of a list that came with a request.
pub fn plain<T>(coded: Vec<Coded<T>>) -> Vec<T> {
    coded.into_iter().map(|coded| coded.0).collect()
}

impl<T> From<T> for Coded<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> From<Detailed<T>> for Coded<T> {
    fn from(refusal: Detailed<T>) -> Self {
        Self(refusal.code)
    }
}

impl<T> Deref for Coded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Term> Serialize for Coded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de, T: Term> Deserialize<'de> for Coded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<str>::deserialize(deserializer)?;
        T::of_code(&code)
            .map(Self)
            .ok_or_else(|| D::Error::custom(unknown(&code)))
    }
}

impl<T: Term> InputType for Coded<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| {
            let of = |term: &T| (term.code(), term.described());
            let values = T::ALL.iter().map(of).collect();
            enum_of(T::NAME, T::ABOUT, type_name::<Self>(), values)
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let value = value.unwrap_or_default();
        match code(&value) {
            Some(code) => T::of_code(code)
                .map(Self)
                .ok_or_else(|| InputValueError::custom(unknown(code))),
            None => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Enum(Name::new(self.code()))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<T: Term> OutputType for Coded<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Self as InputType>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(self.to_value())
    }
}

/// What is done for each term is small; this is done once for all.
fn enum_of(
    name: &str,
    about: &str,
    rust: &'static str,
    values: Vec<(&'static str, String)>,
) -> MetaType {
    let values = values.into_iter().map(|(code, description)| {
        let value = MetaEnumValue {
            name: code.to_owned(),
            description: Some(description),
            deprecation: Deprecation::NoDeprecated,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            directive_invocations: Vec::new(),
        };
        (code.to_owned(), value)
    });
    MetaType::Enum {
        name: name.to_owned(),
        description: Some(about.to_owned()),
        enum_values: values.collect::<IndexMap<_, _>>(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(rust),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

/// The code of an enum. Variables of JSON spell it as a text.
pub(crate) fn code(value: &Value) -> Option<&str> {
    match value {
        Value::Enum(name) => Some(name),
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn unknown(code: &str) -> String {
    format!("Enumeration type does not contain value \"{code}\".")
}
