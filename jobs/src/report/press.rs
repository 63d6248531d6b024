//! The press: what makes the files of a report.

use chrono_tz::Tz;
use entity::{
    error::Fault,
    language::Language,
    report::{commands::NewFile, facts::Facts, file::Format},
};

use super::workbook::workbook;

/// Makes the files of reports: a workbook, and a printed document where the program is built for it and has a font.
#[derive(Clone, Debug, Default)]
pub struct Press {
    #[cfg(feature = "pdf")]
    printer: Option<std::sync::Arc<crate::mail::print::Printer>>,
}

impl Press {
    /// A press that prints, too, with the font in `file`: see [`Printer::with_font`](crate::mail::print::Printer::with_font).
    #[cfg(feature = "pdf")]
    pub fn with_font(file: &std::path::Path) -> Result<Self, crate::mail::print::PrintError> {
        let printer = crate::mail::print::Printer::with_font(file)?;
        Ok(Self {
            printer: Some(std::sync::Arc::new(printer)),
        })
    }

    /// The files of a report in both languages: made once, kept for ever.
    pub(super) fn files(&self, facts: &Facts, zone: Tz) -> Result<Vec<NewFile>, Fault> {
        let mut files = Vec::new();
        for language in Language::ALL {
            for (format, bytes) in self.made(facts, language, zone)? {
                let slice = facts.slice.in_language(language);
                let title = facts.title();
                let title = title.in_language(language);
                files.push(NewFile {
                    format,
                    language,
                    name: format!("{title} {slice}.{}", format.extension()),
                    bytes,
                });
            }
        }
        Ok(files)
    }

    fn made(
        &self,
        facts: &Facts,
        language: Language,
        zone: Tz,
    ) -> Result<Vec<(Format, Vec<u8>)>, Fault> {
        let book = workbook(facts, language, zone)
            .map_err(|error| Fault::Internal(format!("workbook: {error}")))?;
        #[cfg_attr(
            not(feature = "pdf"),
            expect(unused_mut, reason = "the second file is printed")
        )]
        let mut made = vec![(Format::Xlsx, book)];
        #[cfg(feature = "pdf")]
        if let Some(printer) = &self.printer {
            let printed = printer
                .print(facts, language, zone)
                .map_err(|error| Fault::Internal(format!("print: {error}")))?;
            made.push((Format::Pdf, printed));
        }
        Ok(made)
    }
}
