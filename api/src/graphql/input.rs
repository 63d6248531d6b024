//! What comes in. Every value of a request is walked beside its type in the schema, before the library looks at it, so that no
//! input can be forgotten: a text is kept as `entity::text` says (a secret as it is), and an enum is written as the specification
//! says, without quotation marks (3.9: "GraphQL has a unique literal to represent enum input values"; in JSON it is a string).
//! Dates are bounded by their scalar.

use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

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

/// What the schema says of its types.
static SCHEMA: LazyLock<Registry> = LazyLock::new(super::registry);

/// Puts all texts of a request right, or says what is not written as the specification says. What the schema does not know is for the
/// library to refuse.
pub fn settle(document: &mut ExecutableDocument, variables: &mut Variables) -> Result<(), String> {
    let mut walk = Walk::default();
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

#[derive(Default)]
struct Walk {
    /// Variables that are secrets, because they stand where one is asked for.
    secrets: HashSet<Name>,
    written_as_json: bool,
}

impl Walk {
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
        let owner = SCHEMA.types.get(owner);
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
        let known = SCHEMA.types.get(ty);
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
    use std::collections::BTreeSet;

    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    /// A value of this type in which every text has what none may have; enums and numbers are those of the schema.
    fn odd(ty: &str, depth: usize) -> Value {
        let name = MetaTypeName::concrete_typename(ty);
        let value = match SCHEMA.types.get(name).expect("a type of the schema") {
            MetaType::InputObject { .. } if depth == 0 => Value::Null,
            MetaType::InputObject { input_fields, .. } => Value::Object(
                input_fields
                    .values()
                    .map(|field| {
                        let name = Name::new(&field.name);
                        (name, odd(&field.ty, depth - 1))
                    })
                    .collect(),
            ),
            MetaType::Enum { enum_values, .. } => {
                let first = enum_values.keys().next().expect("a value");
                Value::Enum(Name::new(first))
            }
            _ => Value::String("a\u{0}b\u{202e}c\u{200b}".to_owned()),
        };
        if ty.starts_with('[') {
            Value::List(vec![value])
        } else {
            value
        }
    }

    fn texts(value: &Value, ty: &str, path: &str, found: &mut Vec<(String, String)>) {
        let name = MetaTypeName::concrete_typename(ty);
        match value {
            Value::List(items) => items.iter().for_each(|item| texts(item, ty, path, found)),
            Value::Object(fields) => {
                let Some(MetaType::InputObject { input_fields, .. }) = SCHEMA.types.get(name)
                else {
                    panic!("{name} is no input");
                };
                for (field, value) in fields {
                    let path = format!("{path}.{field}");
                    texts(value, &input_fields[field.as_str()].ty, &path, found);
                }
            }
            Value::String(text) if name == "String" => found.push((path.to_owned(), text.clone())),
            _ => {}
        }
    }

    #[test]
    fn no_input_escapes_the_rule() {
        /// What is kept as it was typed: nothing of it reaches a page or a database.
        const SECRETS: [&str; 8] = [
            "accountAcceptLink.password",
            "accountAcceptLink.secret",
            "evaluationChoose.access.secret",
            "evaluationForm.access.secret",
            "evaluationSaveDraft.access.secret",
            "evaluationSubmit.access.secret",
            "sessionChangePassword.newPassword",
            "sessionChangePassword.presentPassword",
        ];
        let (mut seen, mut kept) = (0, BTreeSet::new());
        let mut walk = Walk::default();
        for kind in SCHEMA.types.values() {
            let MetaType::Object { fields, .. } = kind else {
                continue;
            };
            for field in fields.values() {
                for argument in field.args.values() {
                    let mut value = odd(&argument.ty, 6);
                    walk.value(&mut value, &argument.ty, argument.is_secret)
                        .expect("settled");
                    let path = match argument.name.as_str() {
                        "input" => field.name.clone(),
                        other => format!("{}.{other}", field.name),
                    };
                    let mut found = Vec::new();
                    texts(&value, &argument.ty, &path, &mut found);
                    for (path, text) in found {
                        seen += 1;
                        if text != "abc" {
                            kept.insert(path);
                        }
                    }
                }
            }
        }
        assert!(seen > 200, "only {seen} texts were found");
        let secrets: BTreeSet<String> = SECRETS.map(str::to_owned).into();
        assert_eq!(kept, secrets, "texts that are kept as they came");
    }

    #[test]
    fn every_scalar_of_an_input_has_a_rule() {
        let mut scalars = BTreeSet::new();
        let mut see = |ty: &str| {
            let name = MetaTypeName::concrete_typename(ty);
            if let Some(MetaType::Scalar { .. }) = SCHEMA.types.get(name) {
                scalars.insert(name.to_owned());
            }
        };
        for kind in SCHEMA.types.values() {
            match kind {
                MetaType::InputObject { input_fields, .. } => {
                    input_fields.values().for_each(|field| see(&field.ty));
                }
                MetaType::Object { fields, .. } => {
                    let arguments = fields.values().flat_map(|field| field.args.values());
                    arguments.for_each(|argument| see(&argument.ty));
                }
                _ => {}
            }
        }
        // A text is cleaned here, a day and an instant are bounded in `scalar.rs`, an id is read by its form.
        let known = [
            "Boolean", "Date", "DateTime", "Float", "ID", "Int", "String",
        ];
        let unknown: Vec<&String> = scalars
            .iter()
            .filter(|name| !known.contains(&name.as_str()))
            .collect();
        assert!(
            unknown.is_empty(),
            "{unknown:?}: say in graphql/input.rs what may stand in it"
        );
    }

    #[test]
    fn texts_are_clean_wherever_they_stand() {
        let mut document = parse_query(
            "query A($s: String = \"d\\u0000d\", $f: EnterpriseFilter) { ...b enterprises(first: 1, where: $f) { totalCount } }
             fragment b on Query { accounts(first: 1, where: { search: \"x\\u0000y\" }) { totalCount } }",
        )
        .expect("a document");
        let mut variables =
            Variables::from_json(json!({"f": {"search": "p\u{0}q"}, "s": "r\u{0}s"}));
        settle(&mut document, &mut variables).expect("settled");
        let shown = format!("{document:?} {variables:?}");
        assert!(
            !shown.contains("\\0") && shown.contains("\"xy\""),
            "{shown}"
        );
        assert!(
            shown.contains("\"pq\"") && shown.contains("\"rs\""),
            "{shown}"
        );
    }

    #[test]
    fn a_secret_stays_as_it_was_typed() {
        let query = "mutation($p: String!, $i: SessionChangePasswordInput!) {
            accountAcceptLink(input: { secret: \"s\", password: $p }) { accepted }
            sessionChangePassword(input: $i) { changed } }";
        let mut document = parse_query(query).expect("a document");
        let typed = json!({"p": "a\u{200b}b", "i": {"presentPassword": "c\u{8}d", "newPassword": "e\u{200b}f"}});
        let mut variables = Variables::from_json(typed.clone());
        settle(&mut document, &mut variables).expect("settled");
        assert_eq!(variables, Variables::from_json(typed));
    }

    #[test]
    fn an_enum_has_no_quotation_marks() {
        let settled = |query: &str, variables: serde_json::Value| {
            let mut document = parse_query(query).expect("a document");
            settle(&mut document, &mut Variables::from_json(variables))
        };
        let literal = |value: &str| {
            format!(
                "{{ accounts(first: 1, sortBy: {{ field: {value}, direction: ASC }}) {{ totalCount }} }}"
            )
        };
        assert_eq!(settled(&literal("LOGIN"), json!({})), Ok(()));
        assert!(settled(&literal("\"LOGIN\""), json!({})).is_err());
        let by_variable =
            "query($s: AccountSort) { accounts(first: 1, sortBy: $s) { totalCount } }";
        let sent = json!({"s": {"field": "LOGIN", "direction": "ASC"}});
        assert_eq!(settled(by_variable, sent), Ok(()));
        let by_default = "query($s: AccountSortField = \"LOGIN\") { viewer { id } }";
        assert!(settled(by_default, json!({})).is_err());
    }

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
