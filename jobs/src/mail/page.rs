//! The one layout of all letters: what a letter says, block by block, and its two parts made from the same blocks, so that
//! text and HTML cannot differ. Made for Outlook, QQ Mail and telephones: tables, inline styles, nothing remote.

use askama::Template;
use entity::{deadline::rules::Light, language::Language, term::Term};
use serde::Serialize;

use super::Rendered;

/// A letter in the words of its reader.
#[derive(Clone, Debug)]
pub struct Page {
    /// The language of all its words.
    pub language: Language,
    /// What kind of letter it is, in a word or two: it stands above the subject.
    pub topic: String,
    /// The subject, and the heading.
    pub subject: String,
    /// The light of what it is about.
    pub light: Option<Light>,
    /// The reader's name.
    pub name: String,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
    /// Why this reader gets it.
    pub why: Option<String>,
    /// What the park is called, where the settings say.
    pub park: Option<String>,
    /// Whom to ask.
    pub ask: String,
}

/// A part of a letter.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", content = "of")]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A remark in smaller print.
    Note(String),
    /// The heading of what follows.
    Heading(String),
    /// What is known of one thing.
    Facts(Vec<Fact>),
    /// Equally urgent matters.
    Items(Items),
    /// Figures. At most five columns: more does not fit a telephone.
    Table(Table),
    /// A chart of horizontal bars that needs no image.
    Bars(Vec<Bar>),
    /// The one thing to do.
    Action(Action),
}

/// One line of [`Block::Facts`].
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What.
    pub label: String,
    /// Its value.
    pub value: String,
}

/// Matters under one light.
#[derive(Clone, Debug, Serialize)]
pub struct Items {
    /// How urgent they are.
    pub light: Light,
    /// The heading.
    pub title: String,
    /// The matters.
    pub items: Vec<Item>,
}

/// One matter.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// A mark before it ("new").
    pub mark: Option<String>,
    /// What it is.
    pub title: String,
    /// Where it is.
    pub link: Option<String>,
    /// What is to be known, the most important line first.
    pub lines: Vec<String>,
}

/// A table with a heading for each column.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with one cell per column.
    pub rows: Vec<Vec<Cell>>,
}

/// One column.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Whether it holds figures, which stand to the right.
    pub numeric: bool,
}

/// One cell.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// The light before the text; without a text its word is written.
    pub light: Option<Light>,
    /// The text.
    pub text: String,
}

/// One bar of a chart.
#[derive(Clone, Debug, Serialize)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its colour.
    pub light: Light,
    /// Its length in percent, 0 to 100.
    pub share: u8,
    /// The value in words.
    pub value: String,
}

/// A link to follow.
#[derive(Clone, Debug, Serialize)]
pub struct Action {
    /// What happens there, as a verb.
    pub label: String,
    /// The address.
    pub link: String,
}

/// How a light looks and what it is called: a colour for each scheme, a sign and a word, because colour alone says nothing to
/// some readers. Contrast at least 4.5:1 on the card of its scheme.
#[derive(Clone, Copy, Debug)]
pub struct Lamp {
    name: &'static str,
    sign: &'static str,
    light: &'static str,
    dark: &'static str,
    of: Option<Light>,
}

impl Lamp {
    /// Its sign, for readers and printers without colour.
    pub fn sign(&self) -> &'static str {
        self.sign
    }

    /// Its colour on white.
    pub fn on_paper(&self) -> &'static str {
        self.light
    }

    /// The word of the light.
    pub fn word(&self, language: &Language) -> &'static str {
        self.of.map_or("", |light| light.word(*language))
    }
}

/// The lamp of a light.
pub fn lamp(light: Light) -> Lamp {
    // U+FE0E keeps mail programs from drawing the sign as a coloured picture.
    let (name, sign, on_white, dark) = match light {
        Light::Green => ("green", "●", "#15793c", "#5fd38a"),
        Light::Yellow => ("yellow", "▲", "#8a6100", "#f2cc4d"),
        Light::Orange => ("orange", "◆", "#b84a00", "#ff9c59"),
        Light::Red => ("red", "■", "#b3261e", "#ff8b82"),
        Light::Black => ("black", "✖\u{fe0e}", "#16181d", "#ffffff"),
        Light::Grey => ("grey", "⏸\u{fe0e}", "#5b616b", "#a9b0bd"),
    };
    Lamp {
        name,
        sign,
        light: on_white,
        dark,
        of: Some(light),
    }
}

/// The strip at the top of a letter that is about no light.
const INK: Lamp = Lamp {
    name: "act",
    sign: "",
    light: "#1d4f91",
    dark: "#9cc3f5",
    of: None,
};

impl Page {
    /// "Dear …," in the reader's language.
    fn greeting(&self) -> String {
        match self.language {
            Language::Chinese => format!("{}：", self.name),
            Language::English => format!("Dear {},", self.name),
        }
    }

    /// What a list of mails shows beside the subject.
    fn summary(&self) -> &str {
        self.blocks
            .iter()
            .find_map(|block| match block {
                Block::Paragraph(text) => Some(text.as_str()),
                _ => None,
            })
            .unwrap_or_default()
    }

    fn foot(&self) -> Vec<String> {
        let (why, automatic) = match self.language {
            Language::Chinese => (
                "您收到本邮件，因为",
                "本邮件由企业服务契约平台自动发送，请勿直接回复。",
            ),
            Language::English => (
                "You receive this e-mail because ",
                "Qiyue sent it automatically; please do not reply.",
            ),
        };
        let stop = match self.language {
            Language::Chinese => "。",
            Language::English => ".",
        };
        self.why
            .iter()
            .map(|reason| format!("{why}{reason}{stop}"))
            .chain([automatic.to_owned(), self.ask.clone()])
            .collect()
    }

    /// Both parts of the letter.
    pub fn render(&self) -> askama::Result<Rendered> {
        let foot = self.foot();
        let text = TextPart {
            page: self,
            foot: &foot,
            colon: match self.language {
                Language::Chinese => "：",
                Language::English => ": ",
            },
        };
        let html = HtmlPart {
            page: self,
            foot: &foot,
            lang: self.language.tag(),
            brand: joined(
                self.park.as_deref().unwrap_or_default(),
                match self.language {
                    Language::Chinese => "企业服务契约平台",
                    Language::English => "Qiyue",
                },
            ),
            accent: self.light.map_or(INK, lamp),
            lamps: Light::ALL.map(lamp),
        };
        Ok(Rendered {
            subject: self.subject.clone(),
            text: text.render()?,
            html: html.render()?,
        })
    }
}

/// Two parts of a line, or the second alone.
pub(super) fn joined(first: &str, second: &str) -> String {
    match first {
        "" => second.to_owned(),
        first => format!("{first} · {second}"),
    }
}

impl Column {
    fn align(&self) -> &'static str {
        if self.numeric { "right" } else { "left" }
    }
}

impl Table {
    fn align(&self, column: &usize) -> &'static str {
        self.columns.get(*column).map_or("left", Column::align)
    }
}

#[derive(Template)]
#[template(path = "letter.txt", escape = "none")]
struct TextPart<'a> {
    page: &'a Page,
    foot: &'a [String],
    colon: &'static str,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct HtmlPart<'a> {
    page: &'a Page,
    foot: &'a [String],
    lang: &'static str,
    brand: String,
    accent: Lamp,
    lamps: [Lamp; 6],
}

impl TextPart<'_> {
    fn lamp(&self, light: &Light) -> Lamp {
        lamp(*light)
    }
}

impl HtmlPart<'_> {
    fn lamp(&self, light: &Light) -> Lamp {
        lamp(*light)
    }
}
