//! The frame: what stands around every page, and what its template says things with. In templates it is `f`.

use askama::filters::{Html, HtmlSafeOutput, escape};
use entity::{
    language::{Language, Said},
    telephone::Telephone,
    term::Term,
};

use super::{asset, guest::Guest, list::Address, mailbox, menu, scalar::Date};

/// The colours of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// As the device has it.
    #[default]
    Auto,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

impl Scheme {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// How the cookie and the page spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The scheme that is spelt so.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.code() == code)
    }
}

/// What stands around a page.
#[derive(Clone)]
pub struct Frame {
    /// The language of the page.
    pub language: Language,
    /// Its colours.
    pub scheme: Scheme,
    /// Whether everything is written larger.
    pub large: bool,
    /// In how many seconds the session ends if it is not used again.
    pub stays: Option<i64>,
    /// Its title.
    pub title: String,
    /// Who looks at it, when somebody has signed in.
    pub person: Option<Person>,
    /// The menu.
    pub menu: Vec<Group>,
    /// Today in the park.
    pub today: Date,
    /// Whether this is the demonstration.
    pub demonstration: bool,
    /// What was just done.
    pub flash: Option<String>,
    /// Where the page lies.
    pub here: Address,
    /// The address of the icons.
    pub icons: String,
    /// What the park is called, where the settings say.
    pub park: Option<String>,
    /// The number of the service centre.
    pub hotline: Option<Telephone>,
    /// The number under which the site is recorded.
    pub record_number: Option<String>,
    /// Whether a browser that came without TLS would lose its session.
    pub secure: bool,
    pub(super) zone: chrono_tz::Tz,
    guest: Guest,
}

/// Who looks at a page.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The role, as people say it.
    pub role: &'static str,
}

/// Entries of the menu that belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// What they have in common; nothing for the start page.
    pub word: String,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// An entry of the menu.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it leads.
    pub path: &'static str,
    /// Its picture.
    pub icon: &'static str,
    /// Its words.
    pub word: String,
    /// Whether the page belongs to it.
    pub current: bool,
}

fn is_chinese(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}')
}

/// A text as stretches that are Chinese or not. Digits and signs between Chinese words belong to them.
fn stretches(text: &str) -> Vec<(bool, &str)> {
    let mut stretches = Vec::new();
    let mut rest = text;
    while let Some(begin) = rest.find(is_chinese) {
        let (before, chinese) = rest.split_at(begin);
        let word = chinese.find(|sign: char| sign.is_ascii_alphabetic());
        let tail = |sign: char| sign.is_ascii_punctuation() || sign.is_whitespace();
        let end = chinese[..word.unwrap_or(chinese.len())]
            .trim_end_matches(tail)
            .len();
        stretches.push((false, before));
        stretches.push((true, &chinese[..end]));
        rest = &chinese[end..];
    }
    stretches.push((false, rest));
    stretches.retain(|(_, stretch)| !stretch.is_empty());
    stretches
}

/// What is told beside an e-mail where no mail server is set.
const WITHOUT_RELAY: Said = Said {
    zh: "本系统未配置邮件服务器：邮件只存入本地邮箱文件夹，不会送达。请管理员配置邮件服务器，或另行告知对方。",
    en: " No mail server is set: the e-mail lies in the folder of the local mailbox and reaches nobody. Ask the administrator to set one, or tell the person in another way.",
};

impl Frame {
    pub(super) fn new(guest: &Guest, title: &str) -> Self {
        let language = guest.language;
        let person = guest.viewer.person();
        let store = guest.state.store();
        Self {
            language,
            scheme: guest.scheme,
            large: guest.large,
            stays: guest.stays,
            title: title.to_owned(),
            person: person.map(|person| Person {
                name: person.name.clone(),
                role: person.role.word(language),
            }),
            menu: person.map_or_else(Vec::new, |person| {
                let mut hidden = Vec::new();
                if !mailbox::may_look(guest, person.role) {
                    hidden.push(menu::MAILBOX);
                }
                if !guest.state.explores() {
                    hidden.push(menu::EXPLORER);
                }
                menu::of(person.role, guest.address.path(), language, &hidden)
            }),
            today: store.today(),
            demonstration: guest.state.demonstration().is_some(),
            flash: guest.flash.map(|flash| {
                let mut text = flash.text(language);
                if flash.is_mailed() && !guest.state.delivers() {
                    text.push_str(WITHOUT_RELAY.in_language(language));
                }
                text
            }),
            here: guest.address.clone(),
            icons: asset::address("icons.svg"),
            park: store.park().name(language).map(str::to_owned),
            hotline: store.park().hotline.clone(),
            record_number: store.park().record_number.clone(),
            secure: guest.state.is_secure(),
            zone: store.zone(),
            guest: guest.clone(),
        }
    }

    /// A text of the page: both languages side by side, so that none is ever missing.
    pub fn t(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    /// What is asked of a password in this park.
    pub fn password_rule(&self) -> String {
        let words = self.guest.state.store().policy().password.words();
        words.in_language(self.language).to_owned()
    }

    /// The address that a telephone dials for a number of the API.
    pub fn dial(&self, number: &str) -> String {
        let number: Option<Telephone> = number.parse().ok();
        number.map_or_else(String::new, |number| number.uri())
    }

    /// What is told where an e-mail that was just written reaches nobody.
    pub fn without_relay(&self) -> Option<&'static str> {
        let said = WITHOUT_RELAY.in_language(self.language).trim_start();
        (!self.guest.state.delivers()).then_some(said)
    }

    /// The tag of the page's language.
    pub fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// The text that the park wrote in both languages, as the reader wants it; Chinese where there is no English.
    pub fn of<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::English if !en.is_empty() => en,
            _ => zh,
        }
    }

    fn is_foreign(&self, text: &str) -> bool {
        self.language == Language::English && text.chars().any(is_chinese)
    }

    /// The attribute of an element that holds a text in the words of whoever wrote it and nothing else, such as an `option`.
    pub fn lang(&self, text: impl AsRef<str>) -> HtmlSafeOutput<&'static str> {
        HtmlSafeOutput(if self.is_foreign(text.as_ref()) {
            " lang=\"zh-CN\""
        } else {
            ""
        })
    }

    /// A text in the words of whoever wrote it: what is Chinese inside an English page is marked, so that it is read aloud as such.
    pub fn own(&self, text: impl AsRef<str>) -> HtmlSafeOutput<String> {
        let text = text.as_ref();
        let written = |text: &str| {
            let Ok(written) = escape(text, Html).map(|safe| safe.0.to_string());
            written
        };
        if !self.is_foreign(text) {
            return HtmlSafeOutput(written(text));
        }
        let marked = |(chinese, stretch): (bool, &str)| match chinese {
            true => format!("<span lang=\"zh-CN\">{}</span>", written(stretch)),
            false => written(stretch),
        };
        HtmlSafeOutput(stretches(text).into_iter().map(marked).collect())
    }

    /// The address of one of our own files.
    pub fn asset(&self, name: &str) -> String {
        asset::address(name)
    }

    /// The token that every form carries.
    pub fn token(&self) -> String {
        self.guest.token()
    }

    /// The page to come back to after a switch or a conflict: this one, or the one whose form was sent.
    pub fn back(&self) -> String {
        self.guest.back()
    }

    /// The person's language switch leads to the other language.
    pub fn other(&self) -> (&'static str, &'static str) {
        match self.language {
            Language::Chinese => ("en", "English"),
            Language::English => ("zh-CN", "中文"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stretches;

    #[test]
    fn chinese_is_told_from_the_words_around_it() {
        for (text, told) in [
            ("示例：7 月 1 日", vec![(true, "示例：7 月 1 日")]),
            (
                "With 专员06, for 31 days",
                vec![(false, "With "), (true, "专员06"), (false, ", for 31 days")],
            ),
            (
                "\"二期厂房\" at \"用地\"",
                vec![
                    (false, "\""),
                    (true, "二期厂房"),
                    (false, "\" at \""),
                    (true, "用地"),
                    (false, "\""),
                ],
            ),
            ("plain", vec![(false, "plain")]),
            ("", vec![]),
        ] {
            assert_eq!(stretches(text), told);
        }
    }
}
