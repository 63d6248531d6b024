//! What may become a document.

use crate::{
    error::{CommandError, Explain},
    language::Text,
    text::clean_line,
};

/// The largest file, 20 MiB.
pub const LARGEST: usize = 20 * 1024 * 1024;

/// The kinds of files that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
    /// OFD 版式文件 (GB/T 33190).
    Ofd,
    /// Word document.
    Docx,
    /// Excel workbook.
    Xlsx,
    /// Values with commas, as a ledger comes from other programs.
    Csv,
}

impl Format {
    /// The media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Ofd => "application/ofd",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
        }
    }
}

/// Why a file is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// It has no bytes.
    Empty,
    /// It has more than [`LARGEST`] bytes.
    TooLarge,
    /// Its content is none of the kinds that are kept.
    UnknownFormat,
    /// Nothing is left of the name.
    NameMissing,
    /// An enterprise cannot hide a file from itself.
    InternalByEnterprise,
}

impl Explain for StoreError {
    fn explain(&self) -> Text {
        match self {
            Self::Empty => Text::new(
                "文件是空的，请重新选择文件。",
                "The file is empty: choose another one.",
            ),
            Self::TooLarge => Text::new(
                "文件超过 20 MiB，请压缩或拆分后再上传。",
                "The file is larger than 20 MiB: compress or split it.",
            ),
            Self::UnknownFormat => Text::new(
                "只接受 PDF、JPEG、PNG、OFD、DOCX、XLSX、CSV 文件（按内容识别），请转换后再上传。",
                "Only PDF, JPEG, PNG, OFD, DOCX, XLSX and CSV files are taken (by their content): convert it first.",
            ),
            Self::NameMissing => Text::new("请提供文件名。", "Give the file a name."),
            Self::InternalByEnterprise => Text::new(
                "企业上传的文件不能标为内部文件。",
                "A file uploaded by an enterprise cannot be internal.",
            ),
        }
    }
}

/// Checks size and content, and tells the format.
pub fn accept(bytes: &[u8]) -> Result<Format, CommandError<StoreError>> {
    let refuse = |code| Err(CommandError::refused(&["file"], code));
    if bytes.is_empty() {
        return refuse(StoreError::Empty);
    }
    if bytes.len() > LARGEST {
        return refuse(StoreError::TooLarge);
    }
    match recognise(bytes) {
        Some(format) => Ok(format),
        None => refuse(StoreError::UnknownFormat),
    }
}

/// The file's own name: the part after the last folder, without control characters and quotation marks, at most 255
/// characters.
pub fn clean_name(name: &str) -> Option<String> {
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let cleaned: String = clean_line(own)
        .chars()
        .filter(|c| *c != '"')
        .take(255)
        .collect();
    let cleaned = cleaned.trim().trim_start_matches('.').trim();
    (!cleaned.is_empty()).then(|| cleaned.to_owned())
}

/// What the content is, whatever the name says.
fn recognise(bytes: &[u8]) -> Option<Format> {
    if infer::archive::is_pdf(bytes) {
        Some(Format::Pdf)
    } else if infer::image::is_jpeg(bytes) {
        Some(Format::Jpeg)
    } else if infer::image::is_png(bytes) {
        Some(Format::Png)
    } else if infer::archive::is_zip(bytes) {
        packaged(&member_names(bytes)?)
    } else if is_table(bytes) {
        Some(Format::Csv)
    } else {
        None
    }
}

/// Text, in whatever encoding, of which two lines or more have commas.
fn is_table(bytes: &[u8]) -> bool {
    let is_text = bytes
        .iter()
        .all(|byte| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\r' | b'\n'));
    let lines = bytes.split(|byte| *byte == b'\n');
    is_text
        && !bytes.starts_with(b"<")
        && lines.filter(|line| line.contains(&b',')).nth(1).is_some()
}

/// DOCX, XLSX and OFD are ZIP packages; the name of their main part tells them apart.
fn packaged(names: &[&[u8]]) -> Option<Format> {
    let has = |name: &[u8]| names.contains(&name);
    let macros = names.iter().any(|name| name.ends_with(b"vbaProject.bin"));
    if macros {
        None
    } else if has(b"OFD.xml") {
        Some(Format::Ofd)
    } else if has(b"[Content_Types].xml") && has(b"word/document.xml") {
        Some(Format::Docx)
    } else if has(b"[Content_Types].xml") && has(b"xl/workbook.xml") {
        Some(Format::Xlsx)
    } else {
        None
    }
}

/// The names in a ZIP file's central directory; nothing is unpacked, so nothing can explode.
fn member_names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    const END: &[u8] = b"PK\x05\x06";
    const ENTRY: &[u8] = b"PK\x01\x02";
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let end = tail
        + bytes
            .get(tail..)?
            .windows(4)
            .rposition(|window| window == END)?;
    let short = |at: usize| {
        Some(usize::from(u16::from_le_bytes(
            bytes.get(at..at + 2)?.try_into().ok()?,
        )))
    };
    let count = short(end + 10)?;
    let mut at = usize::try_from(u32::from_le_bytes(
        bytes.get(end + 16..end + 20)?.try_into().ok()?,
    ))
    .ok()?;
    let mut names = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at.checked_add(4)?)? != ENTRY {
            return None;
        }
        let (name, extra, comment) = (short(at + 28)?, short(at + 30)?, short(at + 32)?);
        names.push(bytes.get(at + 46..at + 46 + name)?);
        at += 46 + name + extra + comment;
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ZIP file of empty members.
    fn zip(names: &[&str]) -> Vec<u8> {
        let mut file = b"PK\x03\x04".to_vec();
        file.extend([0; 26]);
        let start = file.len() as u32;
        for name in names {
            file.extend(b"PK\x01\x02");
            file.extend([0; 24]);
            file.extend((name.len() as u16).to_le_bytes());
            file.extend([0; 16]);
            file.extend(name.as_bytes());
        }
        let size = file.len() as u32 - start;
        file.extend(b"PK\x05\x06");
        file.extend([0; 4]);
        file.extend((names.len() as u16).to_le_bytes());
        file.extend((names.len() as u16).to_le_bytes());
        file.extend(size.to_le_bytes());
        file.extend(start.to_le_bytes());
        file.extend([0; 2]);
        file
    }

    #[test]
    fn the_content_decides_the_format() {
        assert_eq!(accept(b"%PDF-1.7\n%rest").ok(), Some(Format::Pdf));
        assert_eq!(accept(b"\x89PNG\r\n\x1a\n....").ok(), Some(Format::Png));
        assert_eq!(accept(b"\xff\xd8\xff\xe0....").ok(), Some(Format::Jpeg));
        assert_eq!(
            accept(&zip(&["OFD.xml", "Doc_0/Document.xml"])).ok(),
            Some(Format::Ofd)
        );
        assert_eq!(
            accept(&zip(&["[Content_Types].xml", "word/document.xml"])).ok(),
            Some(Format::Docx)
        );
        assert_eq!(
            accept(&zip(&["xl/workbook.xml", "[Content_Types].xml"])).ok(),
            Some(Format::Xlsx)
        );
        // A title above the header, in GB 18030.
        let ledger = b"\xc6\xf5\xd4\xbc\r\n\xc6\xf3\xd2\xb5,\xb1\xe0\xba\xc5\r\nA,1\r\n";
        assert_eq!(accept(ledger).ok(), Some(Format::Csv));
    }

    #[test]
    fn everything_else_is_refused() {
        for bytes in [
            b"MZ\x90\x00 a program".to_vec(),
            b"<html><script>alert(1)</script>".to_vec(),
            b"<p>one, two\n<p>three, four\n".to_vec(),
            b"A note, and no table.".to_vec(),
            zip(&["anything.txt"]),
            zip(&[
                "[Content_Types].xml",
                "word/document.xml",
                "word/vbaProject.bin",
            ]),
            b"PK\x03\x04 cut off".to_vec(),
        ] {
            assert!(matches!(
                accept(&bytes),
                Err(CommandError::Refused(reasons)) if reasons[0].code == StoreError::UnknownFormat
            ));
        }
        assert!(matches!(
            accept(b""),
            Err(CommandError::Refused(reasons)) if reasons[0].code == StoreError::Empty
        ));
        assert!(matches!(
            accept(&vec![b'%'; LARGEST + 1]),
            Err(CommandError::Refused(reasons)) if reasons[0].code == StoreError::TooLarge
        ));
    }

    #[test]
    fn a_name_is_only_a_name() {
        assert_eq!(
            clean_name("../../etc/passwd.pdf").as_deref(),
            Some("passwd.pdf")
        );
        assert_eq!(
            clean_name("C:\\桌面\\走访记录.pdf").as_deref(),
            Some("走访记录.pdf")
        );
        assert_eq!(
            clean_name("a\r\nSet-Cookie: x\".pdf").as_deref(),
            Some("aSet-Cookie: x.pdf")
        );
        assert_eq!(clean_name("exe.\u{202e}fdp").as_deref(), Some("exe.fdp"));
        assert_eq!(clean_name(" .. /").as_deref(), None);
    }

    proptest::proptest! {
        #[test]
        fn no_content_makes_it_stumble(bytes in proptest::collection::vec(0_u8..=255, 0..400)) {
            let mut package = b"PK\x03\x04".to_vec();
            package.extend(&bytes);
            package.extend(b"PK\x05\x06");
            package.extend(&bytes);
            let _ = recognise(&package);
            let _ = recognise(&bytes);
        }
    }
}
