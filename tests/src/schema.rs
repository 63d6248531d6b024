//! The schema as a client reads it: its objects, and inputs made from it.

use std::collections::BTreeMap;

use api_graphql::sdl;
use async_graphql::parser::{
    parse_schema,
    types::{BaseType, InputValueDefinition, Type, TypeKind, TypeSystemDefinition},
};
use serde_json::{Value, json};

/// A field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The name of its type, without what says that it is a list or never null.
    pub kind: String,
    /// Whether it can be asked without arguments.
    pub bare: bool,
}

/// The schema.
#[derive(Debug)]
pub struct Schema(BTreeMap<String, TypeKind>);

impl Schema {
    /// The schema of the API.
    pub fn read() -> Self {
        let document = parse_schema(sdl()).expect("our own schema");
        let types = document.definitions.into_iter().filter_map(|definition| {
            let TypeSystemDefinition::Type(definition) = definition else {
                return None;
            };
            let definition = definition.node;
            Some((definition.name.node.to_string(), definition.kind))
        });
        Self(types.collect())
    }

    /// Whether an object has this name.
    pub fn is_object(&self, name: &str) -> bool {
        matches!(
            self.0.get(name),
            Some(TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_))
        )
    }

    /// The fields of the object of this name; none when there is no such object.
    pub fn fields(&self, name: &str) -> Vec<Field> {
        let Some(TypeKind::Object(object)) = self.0.get(name) else {
            return Vec::new();
        };
        let fields = object.fields.iter().map(|field| {
            let required = |argument: &InputValueDefinition| {
                !argument.ty.node.nullable && argument.default_value.is_none()
            };
            Field {
                name: field.node.name.node.to_string(),
                kind: base(&field.node.ty.node),
                bare: !field
                    .node
                    .arguments
                    .iter()
                    .any(|argument| required(&argument.node)),
            }
        });
        fields.collect()
    }

    /// The least input that the type of this name takes: its required fields with a value each. `id` says which thing a field of
    /// this name names.
    pub fn sample(&self, input: &str, id: &dyn Fn(&str) -> String) -> Value {
        let Some(TypeKind::InputObject(object)) = self.0.get(input) else {
            panic!("{input} is no input");
        };
        let required = object
            .fields
            .iter()
            .map(|field| &field.node)
            .filter(|field| !field.ty.node.nullable && field.default_value.is_none());
        let fields: serde_json::Map<String, Value> = required
            .map(|field| {
                let name = field.name.node.to_string();
                let value = self.value(&name, &field.ty.node, id);
                (name, value)
            })
            .collect();
        if fields.is_empty()
            && let Some(first) = object.fields.first()
        {
            // One of several: the first.
            let name = first.node.name.node.to_string();
            let value = self.value(&name, &first.node.ty.node, id);
            return json!({ name: value });
        }
        Value::Object(fields)
    }

    /// The fields of the input of this name that are one text each.
    pub fn texts(&self, input: &str) -> Vec<String> {
        let Some(TypeKind::InputObject(object)) = self.0.get(input) else {
            panic!("{input} is no input");
        };
        let fields = object.fields.iter().map(|field| &field.node);
        let is_text = |ty: &Type| matches!(&ty.base, BaseType::Named(name) if name == "String");
        fields
            .filter(|field| is_text(&field.ty.node))
            .map(|field| field.name.node.to_string())
            .collect()
    }

    fn value(&self, field: &str, ty: &Type, id: &dyn Fn(&str) -> String) -> Value {
        let name = match &ty.base {
            BaseType::List(item) => return json!([self.value(field, item, id)]),
            BaseType::Named(name) => name.as_str(),
        };
        match name {
            "ID" => json!(id(field)),
            "Int" => json!(1),
            "Boolean" => json!(true),
            "Date" => json!("2026-09-30"),
            "DateTime" => json!("2026-09-30T00:00:00Z"),
            "String" => json!("示例"),
            _ => match self.0.get(name) {
                Some(TypeKind::Enum(values)) => json!(values.values[0].node.value.node.as_str()),
                Some(TypeKind::InputObject(_)) => self.sample(name, id),
                _ => panic!("no value for {name}"),
            },
        }
    }
}

fn base(ty: &Type) -> String {
    match &ty.base {
        BaseType::List(item) => base(item),
        BaseType::Named(name) => name.to_string(),
    }
}
