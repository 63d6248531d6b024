//! A report as a printed document: what its letter says, set by typst. Only the frozen facts and the font go in, no clock and no
//! machine, so that the same facts give the same bytes.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use chrono::{Datelike, Timelike};
use chrono_tz::Tz;
use entity::{deadline::rules::Light, language::Language, report::facts::Facts};
use serde_json::json;
use typst::{
    foundations::{Bytes, Datetime, Smart, Value},
    text::Font,
};
use typst_as_lib::{TypstEngine, TypstTemplateMainFile};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use super::{
    letters::report_page,
    page::{Lamp, lamp},
};

/// How a report stands on paper.
const TEMPLATE: &str = include_str!("../../templates/report.typ");

/// Why a report cannot be printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The file of the font cannot be read.
    #[error("{}: {error}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
    /// The file is no font.
    #[error("{}: no font is in this file", .0.display())]
    NoFont(PathBuf),
    /// The facts cannot be handed over.
    #[error("facts: {0}")]
    Facts(#[from] serde_json::Error),
    /// They cannot be set.
    #[error("setting: {0}")]
    Setting(String),
}

/// What prints reports: the template with one font, which must have Chinese characters.
pub struct Printer {
    engine: TypstEngine<TypstTemplateMainFile>,
    family: String,
}

impl fmt::Debug for Printer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Printer")
            .field("family", &self.family)
            .finish_non_exhaustive()
    }
}

impl Printer {
    /// A printer with the font in `file` (OpenType or TrueType, also a collection: its simplified Chinese member is used).
    pub fn with_font(file: &Path) -> Result<Self, PrintError> {
        let bytes = std::fs::read(file).map_err(|error| PrintError::Unreadable {
            file: file.to_owned(),
            error,
        })?;
        let fonts: Vec<Font> = Font::iter(Bytes::new(bytes)).collect();
        let families = || fonts.iter().map(|font| font.info().family.as_str());
        let family = families()
            .find(|family| family.ends_with(" SC"))
            .or_else(|| families().next())
            .ok_or_else(|| PrintError::NoFont(file.to_owned()))?
            .to_owned();
        Ok(Self {
            engine: TypstEngine::builder()
                .main_file(TEMPLATE)
                .fonts(fonts)
                .build(),
            family,
        })
    }

    /// The bytes of the document in `language`; `zone` is the park's.
    pub fn print(
        &self,
        facts: &Facts,
        language: Language,
        zone: Tz,
    ) -> Result<Vec<u8>, PrintError> {
        let lamps: serde_json::Map<String, serde_json::Value> = Light::ALL
            .into_iter()
            .map(|light| {
                let of = lamp(light);
                let shown = json!({ "sign": sign(light, of), "word": of.word(&language), "colour": of.on_paper() });
                Ok((serde_json::to_value(light)?.as_str().unwrap_or_default().to_owned(), shown))
            })
            .collect::<Result<_, serde_json::Error>>()?;
        let (lang, region) = match language {
            Language::Chinese => ("zh", "cn"),
            Language::English => ("en", "gb"),
        };
        let words = json!({
            "title": facts.title().in_language(language),
            "slice": facts.slice.in_language(language),
            "brand": match language {
                Language::Chinese => "企业服务契约平台",
                Language::English => "Qiyue",
            },
            "font": self.family,
            "lang": lang,
            "region": region,
            "lamps": lamps,
            "blocks": report_page(facts, language, zone).blocks,
        });
        let Value::Dict(words) = serde_json::from_value(words)? else {
            return Err(PrintError::Setting(
                "the facts are no dictionary".to_owned(),
            ));
        };
        let document: PagedDocument = self
            .engine
            .compile_with_input(words)
            .output
            .map_err(|error| PrintError::Setting(error.to_string()))?;
        let at = facts.moment.naive_utc();
        let moment = Datetime::from_ymd_hms(
            at.year(),
            u8::try_from(at.month()).unwrap_or(1),
            u8::try_from(at.day()).unwrap_or(1),
            u8::try_from(at.hour()).unwrap_or(0),
            u8::try_from(at.minute()).unwrap_or(0),
            0,
        );
        let fingerprint = facts
            .fingerprint()
            .map_err(|error| PrintError::Setting(error.to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(fingerprint),
            timestamp: moment.map(Timestamp::new_utc),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options)
            .map_err(|errors| PrintError::Setting(format!("{errors:?}")))
    }
}

/// The sign of a light, of those that fonts for Chinese text have.
fn sign(light: Light, lamp: Lamp) -> &'static str {
    match light {
        Light::Black => "×",
        Light::Grey => "‖",
        Light::Red | Light::Orange | Light::Yellow | Light::Green => lamp.sign(),
    }
}

#[cfg(test)]
mod tests {
    use entity::report::facts::Letter;
    use serde::Deserialize;

    use super::{super::preview, *};

    /// Where Debian's package `fonts-noto-cjk` puts its font.
    const FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

    fn facts(kind: entity::outbox::Kind) -> Facts {
        let example = preview::example(kind).expect("an example");
        Letter::deserialize(example).expect("a report").report
    }

    #[test]
    fn every_report_is_printed_in_both_languages_and_always_the_same() {
        let printer = Printer::with_font(Path::new(FONT)).expect("apt-get install fonts-noto-cjk");
        for kind in [
            entity::outbox::Kind::WeeklyBrief,
            entity::outbox::Kind::MonthlyBulletin,
            entity::outbox::Kind::QuarterlyReport,
            entity::outbox::Kind::EnterpriseProgress,
        ] {
            let facts = facts(kind);
            for language in Language::ALL {
                let print = || {
                    let printed = printer.print(&facts, language, chrono_tz::Asia::Shanghai);
                    printed.expect("a document")
                };
                let document = print();
                assert!(document.starts_with(b"%PDF-1."), "{kind:?}");
                assert_eq!(document, print(), "{kind:?}");
                assert!(
                    document.len() < 300_000,
                    "the whole font is in it: {}",
                    document.len()
                );
                if let Some(folder) = std::env::var_os("QIYUE_PRINTED") {
                    let name = format!("{kind:?}.{}.pdf", language.tag());
                    std::fs::write(Path::new(&folder).join(name), document).expect("a file");
                }
            }
        }
    }

    #[test]
    fn a_file_without_a_font_is_refused() {
        let refused = Printer::with_font(Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/Cargo.toml"
        )));
        assert!(matches!(refused, Err(PrintError::NoFont(_))));
        let absent = Printer::with_font(Path::new("no-such-font.otf"));
        assert!(matches!(absent, Err(PrintError::Unreadable { .. })));
    }
}
