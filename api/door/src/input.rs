//! What comes in. Every value of a request is walked beside its type in the schema, before the library looks at it, so that no
//! input can be forgotten: a text is kept as `entity::text` says (a secret as it is), and an enum is written as the specification
//! says, without quotation marks (3.9: "GraphQL has a unique literal to represent enum input values"; in JSON it is a string).
//! Dates are bounded by their scalar.

use std::{borrow::Cow, collections::HashSet};

use async_graphql::{
    Name, Variables,
    parser::types::{
        DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType,
        Selection, SelectionSet,
    },
    registry::{MetaType, MetaTypeName, Registry},
};
use async_graphql_value::{ConstValue, Value};
use entity::text::clean;

/// The inputs of a schema, by what it says of its types.
#[derive(Default)]
pub struct Inputs(Registry);

impl Inputs {
    /// The inputs of the schema with these types.
    pub fn of(types: Registry) -> Self {
        Self(types)
    }

    /// Puts all texts of a request right, or says what is not written as the specification says. What the schema does not know is
    /// for the library to refuse.
    pub fn settle(
        &self,
        document: &mut ExecutableDocument,
        variables: &mut Variables,
    ) -> Result<(), String> {
        let mut walk = Walk {
            schema: &self.0,
            secrets: HashSet::new(),
            written_as_json: false,
        };
        for fragment in document.fragments.values_mut() {
            let fragment = &mut fragment.node;
            let on = fragment.type_condition.node.on.node.to_string();
            walk.set(&mut fragment.selection_set.node, &on)?;
        }
        let mut operations: Vec<&mut OperationDefinition> = match &mut document.operations {
            DocumentOperations::Single(operation) => vec![&mut operation.node],
            DocumentOperations::Multiple(operations) => {
                let operations = operations.values_mut();
                operations.map(|operation| &mut operation.node).collect()
            }
        };
        for operation in &mut operations {
            let root = match operation.ty {
                OperationType::Query => "Query",
                _ => "Mutation",
            };
            walk.set(&mut operation.selection_set.node, root)?;
        }
        for operation in operations {
            for definition in &mut operation.variable_definitions {
                let definition = &mut definition.node;
                let ty = definition.var_type.node.to_string();
                let is_secret = walk.secrets.contains(&definition.name.node);
                if let Some(default) = &mut definition.default_value {
                    walk.constant(&mut default.node, &ty, is_secret)?;
                }
                if let Some(sent) = variables.get_mut(&definition.name.node) {
                    // JSON has no enums.
                    walk.written_as_json = true;
                    walk.constant(sent, &ty, is_secret)?;
                    walk.written_as_json = false;
                }
            }
        }
        Ok(())
    }
}

struct Walk<'a> {
    schema: &'a Registry,
    /// Variables that are secrets, because they stand where one is asked for.
    secrets: HashSet<Name>,
    written_as_json: bool,
}

impl Walk<'_> {
    fn set(&mut self, items: &mut SelectionSet, owner: &str) -> Result<(), String> {
        for item in &mut items.items {
            match &mut item.node {
                Selection::Field(field) => self.field(&mut field.node, owner)?,
                Selection::InlineFragment(inline) => {
                    let inline = &mut inline.node;
                    let on = inline.type_condition.as_ref();
                    let on = on.map(|condition| condition.node.on.node.to_string());
                    let within = &mut inline.selection_set.node;
                    self.set(within, on.as_deref().unwrap_or(owner))?;
                }
                // Walked by itself.
                Selection::FragmentSpread(_) => {}
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &mut Field, owner: &str) -> Result<(), String> {
        let owner = self.schema.types.get(owner);
        let Some(known) = owner.and_then(|owner| owner.field_by_name(&field.name.node)) else {
            return Ok(());
        };
        for (name, value) in &mut field.arguments {
            if let Some(argument) = known.args.get(name.node.as_str()) {
                self.value(&mut value.node, &argument.ty, argument.is_secret)?;
            }
        }
        let ty = MetaTypeName::concrete_typename(&known.ty);
        self.set(&mut field.selection_set.node, ty)
    }

    fn constant(&mut self, value: &mut ConstValue, ty: &str, secret: bool) -> Result<(), String> {
        let mut open = std::mem::take(value).into_value();
        self.value(&mut open, ty, secret)?;
        *value = open.into_const().unwrap_or_default();
        Ok(())
    }

    fn value(&mut self, value: &mut Value, ty: &str, secret: bool) -> Result<(), String> {
        let ty = MetaTypeName::concrete_typename(ty);
        let known = self.schema.types.get(ty);
        match (value, known) {
            (Value::List(items), _) => {
                for item in items {
                    self.value(item, ty, secret)?;
                }
            }
            (Value::Object(given), Some(MetaType::InputObject { input_fields, .. })) => {
                for (name, value) in given {
                    if let Some(field) = input_fields.get(name.as_str()) {
                        self.value(value, &field.ty, field.is_secret)?;
                    }
                }
            }
            (Value::Variable(name), _) if secret => {
                self.secrets.insert(name.clone());
            }
            (Value::String(text), Some(MetaType::Scalar { .. })) if ty == "String" && !secret => {
                *text = clean(text);
            }
            (Value::String(_), Some(MetaType::Enum { .. })) if !self.written_as_json => {
                return Err(format!(
                    "A value of the enum {ty} is written without quotation marks."
                ));
            }
            _ => {}
        }
        Ok(())
    }
}

/// The document with the characters that are written by number in a way the library does not read: beyond the first plane as two
/// surrogates (`\uD83D\uDE00`) or in braces (`\u{1F600}`), both as the specification says (2.9.4). What names no character stays,
/// for the parser to refuse.
pub fn with_characters(document: &str) -> Cow<'_, str> {
    if !document.contains("\\u") {
        return Cow::Borrowed(document);
    }
    let mut written = String::with_capacity(document.len());
    let mut rest = document;
    let mut within: Option<&str> = None;
    while let Some(next) = rest.chars().next() {
        let step = match within {
            None if rest.starts_with("\"\"\"") => {
                within = Some("\"\"\"");
                3
            }
            None if next == '"' => {
                within = Some("\"");
                1
            }
            // A comment may have quotation marks of its own.
            None if next == '#' => rest.find(['\n', '\r']).unwrap_or(rest.len()),
            Some("\"\"\"") if rest.starts_with("\\\"\"\"") => 4,
            Some(end) if rest.starts_with(end) => {
                within = None;
                end.len()
            }
            // An unfinished string ends with its line.
            Some("\"") if next == '\n' || next == '\r' => {
                within = None;
                1
            }
            Some("\"") if next == '\\' => {
                if let Some((character, length)) = by_number(rest) {
                    written.push(character);
                    rest = &rest[length..];
                    continue;
                }
                let escaped = rest[1..].chars().next().map_or(0, char::len_utf8);
                1 + escaped
            }
            _ => next.len_utf8(),
        };
        written.push_str(&rest[..step]);
        rest = &rest[step..];
    }
    Cow::Owned(written)
}

/// The character beyond the first plane at the beginning of `text`, and how many bytes it takes to write it.
fn by_number(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| -> Option<u32> {
        let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| are_digits)
    };
    if let Some(braced) = text.strip_prefix("\\u{") {
        let (digits, _) = braced.split_once('}')?;
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16)
            .ok()
            .filter(|_| are_digits)?;
        // What means something within a string must not begin to mean it now.
        let character =
            char::from_u32(number).filter(|c| !c.is_control() && !"\"\\".contains(*c))?;
        return Some((character, digits.len() + 4));
    }
    let (high, low) = (unit(0)?, unit(6)?);
    ((0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(&low))
        .then(|| char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)))
        .flatten()
        .map(|character| (character, 12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_read_by_their_numbers() {
        for (written, read) in [
            ("{ a(b: \"\\uD83D\\uDE00\") }", "{ a(b: \"😀\") }"),
            ("{ a(b: \"\\u{1F600}x\") }", "{ a(b: \"😀x\") }"),
            (
                "{ a(b: \"\\\\uD83D\\\\uDE00\") }",
                "{ a(b: \"\\\\uD83D\\\\uDE00\") }",
            ),
            (
                "{ a(b: \"\\u4e2d\\u0022\") }",
                "{ a(b: \"\\u4e2d\\u0022\") }",
            ),
            // Nothing is written twice, and nothing begins to mean something.
            ("{ a(b: \"\\u{22}\") }", "{ a(b: \"\\u{22}\") }"),
            ("{ a(b: \"\\uD83D\") }", "{ a(b: \"\\uD83D\") }"),
            (
                "{ a(b: \"\\uDE00\\uD83D\") }",
                "{ a(b: \"\\uDE00\\uD83D\") }",
            ),
            (
                "{ a(b: \"\\u+123\\uDE00\") }",
                "{ a(b: \"\\u+123\\uDE00\") }",
            ),
            (
                "{ a(b: \"\"\"\\uD83D\\uDE00\"\"\") }",
                "{ a(b: \"\"\"\\uD83D\\uDE00\"\"\") }",
            ),
            (
                "# \" \\uD83D\n{ a(b: \"\\uD83D\\uDE00\") }",
                "# \" \\uD83D\n{ a(b: \"😀\") }",
            ),
        ] {
            assert_eq!(with_characters(written), read);
        }
    }
}
