//! Park (园区): who runs this service, by its settings: the name, whom to ring, and the number under which the site is recorded.

use crate::{
    language::{Language, Text},
    telephone::Telephone,
};

/// The park, as far as its settings say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Park {
    /// What it is called.
    pub name: Option<Text>,
    /// The telephone number of its service centre (服务热线).
    pub hotline: Option<Telephone>,
    /// The number under which the site is recorded (备案号).
    pub record_number: Option<String>,
}

impl Park {
    /// What it is called in the reader's language.
    pub fn name(&self, language: Language) -> Option<&str> {
        self.name.as_ref().map(|name| name.in_language(language))
    }
}
