//! The conventions of the API, checked on the schema itself.

use std::collections::BTreeSet;

use api_door::gate::lists::LISTS;
use api_graphql::registry;
use async_graphql::registry::{MetaField, MetaType, Registry};

/// Every object's fields, without those of the library.
fn fields(registry: &Registry) -> impl Iterator<Item = (&str, &MetaField)> {
    registry
        .types
        .iter()
        .filter(|(name, _)| !name.starts_with("__"))
        .flat_map(|(name, kind)| {
            let fields = match kind {
                MetaType::Object { fields, .. } | MetaType::Interface { fields, .. } => {
                    Some(fields)
                }
                _ => None,
            };
            fields
                .into_iter()
                .flat_map(|fields| fields.values())
                .map(move |field| (name.as_str(), field))
        })
}

fn is_connection(field: &MetaField) -> bool {
    field.ty.trim_end_matches('!').ends_with("Connection")
}

#[test]
fn every_list_says_what_it_costs() {
    let registry = registry();
    let mut silent = Vec::new();
    for (owner, field) in fields(&registry) {
        // The rows of a connection are counted by the field that returns it.
        if owner.ends_with("Connection") {
            continue;
        }
        let many = field.ty.starts_with('[') || is_connection(field);
        if many && field.compute_complexity.is_none() {
            silent.push(format!("{owner}.{}: {}", field.name, field.ty));
        }
    }
    assert!(
        silent.is_empty(),
        "lists without a complexity:\n{}",
        silent.join("\n")
    );
}

#[test]
fn every_list_that_is_sent_has_a_bound() {
    let registry = registry();
    let arguments = fields(&registry).flat_map(|(_, field)| field.args.values());
    let inputs = registry.types.values().filter_map(|kind| match kind {
        MetaType::InputObject { input_fields, .. } => Some(input_fields.values()),
        _ => None,
    });
    let sent: BTreeSet<&str> = arguments
        .chain(inputs.flatten())
        .filter(|value| value.ty.starts_with('['))
        .map(|value| value.name.as_str())
        .collect();
    let bounded: BTreeSet<&str> = LISTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        sent, bounded,
        "left: the lists of the schema's arguments and inputs; right: those in `LISTS` of api/door/src/gate/lists.rs"
    );
}

#[test]
fn every_connection_is_asked_by_pages() {
    let registry = registry();
    let mut wrong = Vec::new();
    for (owner, field) in fields(&registry).filter(|(_, field)| is_connection(field)) {
        for (name, kind) in [
            ("first", "Int"),
            ("last", "Int"),
            ("after", "String"),
            ("before", "String"),
        ] {
            if field.args.get(name).is_none_or(|arg| arg.ty != kind) {
                wrong.push(format!("{owner}.{}({name}: {kind})", field.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everything_is_described() {
    let registry = registry();
    let mut silent = Vec::new();
    let mut see = |name: String, description: &Option<String>| {
        if description.as_deref().is_none_or(str::is_empty) {
            silent.push(name);
        }
    };
    for (name, kind) in &registry.types {
        match kind {
            MetaType::Object { description, .. }
            | MetaType::Interface { description, .. }
            | MetaType::Union { description, .. } => see(name.clone(), description),
            MetaType::Enum {
                description,
                enum_values,
                ..
            } => {
                see(name.clone(), description);
                for value in enum_values.values() {
                    see(format!("{name}.{}", value.name), &value.description);
                }
            }
            MetaType::InputObject {
                description,
                input_fields,
                ..
            } => {
                see(name.clone(), description);
                for field in input_fields.values() {
                    see(format!("{name}.{}", field.name), &field.description);
                }
            }
            MetaType::Scalar { .. } => {}
        }
    }
    for (owner, field) in fields(&registry) {
        see(format!("{owner}.{}", field.name), &field.description);
        for argument in field.args.values() {
            see(
                format!("{owner}.{}({})", field.name, argument.name),
                &argument.description,
            );
        }
    }
    assert!(
        silent.is_empty(),
        "without a description:\n{}",
        silent.join("\n")
    );
}

#[test]
fn every_mutation_has_one_input_and_its_payload() {
    let registry = registry();
    let mut wrong = Vec::new();
    for (_, field) in fields(&registry).filter(|(owner, _)| *owner == "Mutation") {
        let mut capital = field.name.clone();
        capital[..1].make_ascii_uppercase();
        if field.ty != format!("{capital}Payload!") {
            wrong.push(format!("{}: {}", field.name, field.ty));
        }
        let inputs: Vec<&str> = field.args.values().map(|arg| arg.ty.as_str()).collect();
        if inputs != [format!("{capital}Input!")] {
            wrong.push(format!("{}({inputs:?})", field.name));
        }
        let payload = registry.types.get(field.ty.trim_end_matches('!'));
        let errors = payload.and_then(|payload| payload.field_by_name("userErrors"));
        if errors.is_none_or(|errors| errors.ty != format!("[{capital}UserError!]!")) {
            wrong.push(format!("{}: userErrors", field.ty));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whatever_has_an_id_is_found_by_it() {
    // Another thing's id, or the id of a part that is read with its whole.
    const NO_NODES: [&str; 6] = [
        "EnterpriseContact",
        "Official",
        "Viewer",
        "DeadlinePause",
        "RatedDepartment",
        "EvaluationAnswer",
    ];
    let registry = registry();
    let Some(MetaType::Interface { possible_types, .. }) = registry.types.get("Node") else {
        panic!("there is no interface Node");
    };
    let missing: Vec<&str> = fields(&registry)
        .filter(|(owner, field)| {
            field.name == "id" && *owner != "Node" && !NO_NODES.contains(owner)
        })
        .map(|(owner, _)| owner)
        .filter(|owner| !possible_types.contains(*owner))
        .collect();
    assert!(
        missing.is_empty(),
        "add a line to `nodes!` in api/graphql/src/node.rs for: {missing:?}"
    );
}

/// The names of the fields of these inputs, and of the inputs within them.
fn names_within<'a>(
    registry: &'a Registry,
    inputs: impl Iterator<Item = &'a str>,
) -> BTreeSet<&'a str> {
    let (mut names, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut open: Vec<&str> = inputs.collect();
    while let Some(ty) = open.pop() {
        let ty = ty.trim_matches(['[', ']', '!']);
        if let Some(MetaType::InputObject { input_fields, .. }) = registry.types.get(ty)
            && seen.insert(ty)
        {
            names.extend(input_fields.keys().map(String::as_str));
            open.extend(input_fields.values().map(|field| field.ty.as_str()));
        }
    }
    names
}

#[test]
fn every_mutation_can_be_sent_again() {
    /// Harmless when sent twice, or (a token, whose secret is told once) without an answer that could be given again.
    const NEITHER: [&str; 18] = [
        "accountInviteAll",
        "accountAcceptLink",
        "accountRequestPasswordLink",
        "applicationSetMaterial",
        "calendarImport",
        "ledgerImport",
        "evaluationAnswerRead",
        "evaluationChoose",
        "evaluationSheetsIssue",
        "feedCreate",
        "feedRevoke",
        "noticeRead",
        "noticeReadAll",
        "savedFilterDrop",
        "savedFilterKeep",
        "sessionChangePassword",
        "sessionCreateToken",
        "sessionRevoke",
    ];
    /// What sends, grants, signs or files: a version alone would answer the second time with a conflict.
    const WITH_KEY: [&str; 12] = [
        "accountCreate",
        "accountInvite",
        "contractActivate",
        "contractApprove",
        "contractSign",
        "contractSubmitForReview",
        "contractTerminate",
        "liaisonActivate",
        "liaisonAppointDeputy",
        "liaisonHandOver",
        "obligationFulfil",
        "obligationMiss",
    ];
    let registry = registry();
    let mut wrong = Vec::new();
    for (_, field) in fields(&registry).filter(|(owner, _)| *owner == "Mutation") {
        let arguments = field.args.values().map(|arg| arg.ty.as_str());
        let names = names_within(&registry, arguments);
        let name = field.name.as_str();
        let keyed = names.contains("idempotencyKey");
        let safe = keyed || names.contains("expectedVersion") || NEITHER.contains(&name);
        if !safe || (WITH_KEY.contains(&name) && !keyed) {
            wrong.push(name);
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong:?}: a mutation takes `expectedVersion`, and `idempotency_key: Option<String>` when it creates, sends, grants, signs or files; what is harmless when sent twice stands in NEITHER"
    );
}
