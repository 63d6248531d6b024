//! The local mailbox: the folder into which letters go as `.eml` files when no SMTP server is set.

use std::path::{Path, PathBuf};

use mail_parser::{MessageParser, MimeHeaders};

/// The folder of letters.
#[derive(Clone, Debug)]
pub struct Mailbox {
    folder: PathBuf,
}

/// One letter as its recipient sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The address of the one recipient.
    pub to: String,
    /// The subject, decoded.
    pub subject: String,
    /// The text part, decoded.
    pub text: String,
    /// The HTML part, decoded.
    pub html: String,
    /// The `Message-ID`, without its angle brackets.
    pub message_id: String,
    /// The calendar part of an invitation, decoded, with its lines unfolded.
    pub invitation: Option<String>,
}

impl Mailbox {
    /// The mailbox in `folder`, which need not exist yet.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All letters, ordered by recipient and subject.
    pub fn letters(&self) -> Vec<Letter> {
        let mut letters = Vec::new();
        collect(&self.folder, &mut letters);
        letters.sort_by(|a, b| (&a.to, &a.subject).cmp(&(&b.to, &b.subject)));
        letters
    }

    /// The letters to one address.
    pub fn to(&self, address: &str) -> Vec<Letter> {
        let mut letters = self.letters();
        letters.retain(|letter| letter.to == address);
        letters
    }
}

fn collect(folder: &Path, letters: &mut Vec<Letter>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, letters);
        } else if path.extension().is_some_and(|ending| ending == "eml") {
            letters.push(read(&path));
        }
    }
}

fn read(path: &Path) -> Letter {
    let bytes = std::fs::read(path).expect("a letter");
    let message = MessageParser::default()
        .parse(&bytes)
        .unwrap_or_else(|| panic!("{} is no letter", path.display()));
    let recipients = message
        .to()
        .map(|to| {
            to.iter()
                .filter_map(|one| one.address())
                .collect::<Vec<_>>()
        })
        .unwrap_or_default();
    assert_eq!(
        recipients.len(),
        1,
        "one letter, one recipient: {}",
        path.display()
    );
    Letter {
        to: recipients[0].to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
        message_id: message.message_id().unwrap_or_default().to_owned(),
        invitation: message
            .parts
            .iter()
            .find(|part| part.is_content_type("text", "calendar"))
            .and_then(|part| part.text_contents())
            .map(|calendar| calendar.replace("\r\n ", "")),
    }
}
