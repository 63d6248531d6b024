//! The one form: the union of the fields of several items, each asked once.

use crate::{
    catalogue::{FormField, Required},
    condition::{Answers, Truth},
};

/// A field of the form of some items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormEntry<'a> {
    /// The field.
    pub field: &'a FormField,
    /// Whether it must be filled in; open as long as an answer is missing that decides it.
    pub required: Truth,
    /// For which of the items it is asked, in their order.
    pub items: Vec<&'a str>,
}

/// The form for `items` with what has been answered: each field once, in the order of the catalogue.
pub fn form<'a>(
    fields: &'a [FormField],
    items: &[&'a str],
    answers: &Answers,
) -> Vec<FormEntry<'a>> {
    fields
        .iter()
        .filter_map(|field| {
            let items: Vec<&str> = items
                .iter()
                .copied()
                .filter(|item| field.items.has(item))
                .collect();
            (!items.is_empty()).then(|| FormEntry {
                field,
                required: match &field.required {
                    Required::Always => Truth::True,
                    Required::Never => Truth::False,
                    Required::When(condition) => condition.truth(answers),
                },
                items,
            })
        })
        .collect()
}
