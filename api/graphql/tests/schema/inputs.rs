//! No input of the schema escapes the rule of the gate.

use std::collections::BTreeSet;

use api_door::gate::Gate;
use api_graphql::registry;
use async_graphql::{
    Name, Request, Value, Variables,
    registry::{MetaType, MetaTypeName, Registry},
};
use serde_json::json;

/// What the schema has of its objects: owner, field, argument, type of the argument.
fn arguments(registry: &Registry) -> impl Iterator<Item = (&str, &str, &str, &str)> {
    let objects = registry
        .types
        .iter()
        .filter_map(|(owner, kind)| match kind {
            MetaType::Object { fields, .. } => Some((owner.as_str(), fields)),
            _ => None,
        });
    objects.flat_map(|(owner, fields)| {
        fields.values().flat_map(move |field| {
            let arguments = field.args.values();
            arguments.map(move |argument| {
                let (name, ty) = (argument.name.as_str(), argument.ty.as_str());
                (owner, field.name.as_str(), name, ty)
            })
        })
    })
}

/// A value of this type in which every text has what none may have; enums and numbers are those of the schema.
fn odd(registry: &Registry, ty: &str, depth: usize) -> Value {
    let name = MetaTypeName::concrete_typename(ty);
    let value = match registry.types.get(name).expect("a type of the schema") {
        MetaType::InputObject { .. } if depth == 0 => Value::Null,
        MetaType::InputObject { input_fields, .. } => Value::Object(
            input_fields
                .values()
                .map(|field| {
                    let name = Name::new(&field.name);
                    (name, odd(registry, &field.ty, depth - 1))
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

fn texts(
    registry: &Registry,
    value: &Value,
    ty: &str,
    path: &str,
    found: &mut Vec<(String, String)>,
) {
    let name = MetaTypeName::concrete_typename(ty);
    match value {
        Value::List(items) => items
            .iter()
            .for_each(|item| texts(registry, item, ty, path, found)),
        Value::Object(fields) => {
            let Some(MetaType::InputObject { input_fields, .. }) = registry.types.get(name) else {
                panic!("{name} is no input");
            };
            for (field, value) in fields {
                let path = format!("{path}.{field}");
                let ty = &input_fields[field.as_str()].ty;
                texts(registry, value, ty, &path, found);
            }
        }
        Value::String(text) if name == "String" => found.push((path.to_owned(), text.clone())),
        _ => {}
    }
}

/// The variables of a request after the gate.
fn settled(gate: &Gate, query: String, variables: Variables) -> Variables {
    let request = Request::new(&query).variables(variables);
    let admitted = gate.admit(request, false);
    let admitted = admitted.unwrap_or_else(|refused| panic!("{query}: {refused:?}"));
    admitted.into_request().variables
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
    let (registry, gate) = (registry(), Gate::new(registry()));
    let (mut seen, mut kept) = (0, BTreeSet::new());
    for (owner, field, argument, ty) in arguments(&registry) {
        let query = format!(
            "query($v: {ty}) {{ ...f }} fragment f on {owner} {{ {field}({argument}: $v) }}"
        );
        let sent = Name::new("v");
        let mut variables = Variables::default();
        variables.insert(sent.clone(), odd(&registry, ty, 6));
        let variables = settled(&gate, query, variables);
        let path = match argument {
            "input" => field.to_owned(),
            other => format!("{field}.{other}"),
        };
        let mut found = Vec::new();
        texts(&registry, &variables[&sent], ty, &path, &mut found);
        for (path, text) in found {
            seen += 1;
            if text != "abc" {
                kept.insert(path);
            }
        }
    }
    assert!(seen > 200, "only {seen} texts were found");
    let secrets: BTreeSet<String> = SECRETS.map(str::to_owned).into();
    assert_eq!(kept, secrets, "texts that are kept as they came");
}

#[test]
fn every_scalar_of_an_input_has_a_rule() {
    let registry = registry();
    let mut scalars = BTreeSet::new();
    let mut see = |ty: &str| {
        let name = MetaTypeName::concrete_typename(ty);
        if let Some(MetaType::Scalar { .. }) = registry.types.get(name) {
            scalars.insert(name.to_owned());
        }
    };
    for kind in registry.types.values() {
        if let MetaType::InputObject { input_fields, .. } = kind {
            input_fields.values().for_each(|field| see(&field.ty));
        }
    }
    arguments(&registry).for_each(|(_, _, _, ty)| see(ty));
    // A text is cleaned by the gate, a day and an instant are bounded by their scalars, an id is read by its form.
    let known = [
        "Boolean", "Date", "DateTime", "Float", "ID", "Int", "String",
    ];
    let unknown: Vec<&String> = scalars
        .iter()
        .filter(|name| !known.contains(&name.as_str()))
        .collect();
    assert!(
        unknown.is_empty(),
        "{unknown:?}: say in api/door/src/input.rs what may stand in it"
    );
}

/// The document and the variables of a request after the gate, as text.
fn shown(query: &str, variables: serde_json::Value) -> Result<String, String> {
    let gate = Gate::new(registry());
    let request = Request::new(query).variables(Variables::from_json(variables));
    let admitted = gate.admit(request, false);
    let mut request = admitted
        .map_err(|refused| format!("{refused:?}"))?
        .into_request();
    let variables = std::mem::take(&mut request.variables);
    let document = request.parsed_query().map_err(|error| error.to_string())?;
    Ok(format!("{document:?} {variables:?}"))
}

#[test]
fn texts_are_clean_wherever_they_stand() {
    let query = "query A($s: String = \"d\\u0000d\", $f: EnterpriseFilter) { ...b enterprises(first: 1, where: $f) { totalCount } }
         fragment b on Query { accounts(first: 1, where: { search: \"x\\u0000y\" }) { totalCount } }";
    let sent = json!({"f": {"search": "p\u{0}q"}, "s": "r\u{0}s"});
    let shown = shown(query, sent).expect("admitted");
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
    let typed = json!({"p": "a\u{200b}b", "i": {"presentPassword": "c\u{8}d", "newPassword": "e\u{200b}f"}});
    let typed = Variables::from_json(typed);
    let gate = Gate::new(registry());
    assert_eq!(settled(&gate, query.to_owned(), typed.clone()), typed);
}

#[test]
fn an_enum_has_no_quotation_marks() {
    let literal = |value: &str| {
        format!(
            "{{ accounts(first: 1, sortBy: {{ field: {value}, direction: ASC }}) {{ totalCount }} }}"
        )
    };
    assert!(shown(&literal("LOGIN"), json!({})).is_ok());
    assert!(shown(&literal("\"LOGIN\""), json!({})).is_err());
    let by_variable = "query($s: AccountSort) { accounts(first: 1, sortBy: $s) { totalCount } }";
    let sent = json!({"s": {"field": "LOGIN", "direction": "ASC"}});
    assert!(shown(by_variable, sent).is_ok());
    let by_default = "query($s: AccountSortField = \"LOGIN\") { viewer { id } }";
    assert!(shown(by_default, json!({})).is_err());
}
