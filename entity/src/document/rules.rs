//! What may become a document.

use chrono::TimeDelta;

use crate::{
    error::{CommandError, Explain},
    language::Text,
    text::clean_line,
};

/// The largest file, 20 MiB.
pub const LARGEST: usize = 20 * 1024 * 1024;

/// How many files one act takes at most.
pub const MOST_TOGETHER: usize = 10;

/// Over how long the uploads of one account are counted.
pub const COUNTED_OVER: TimeDelta = TimeDelta::hours(24);

/// How many files one account may upload in that time.
pub const MOST_FILES: u64 = 500;

/// How many bytes one account may upload in that time, 1 GiB.
pub const MOST_BYTES: u64 = 1 << 30;

/// How many bytes the people of one enterprise may have uploaded in all, 4 GiB. What the park keeps about it is not counted: nobody
/// can use up the room of the park's own evidence.
pub const MOST_OF_ENTERPRISE: u64 = 4 << 30;

/// Files that were uploaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uploaded {
    /// How many.
    pub files: u64,
    /// How many bytes they have together.
    pub bytes: u64,
}

/// Whether one more file of so many bytes may be kept, beside what its account has uploaded of late and what the people of its
/// enterprise have uploaded in all, where it is theirs.
pub fn has_room(
    size: u64,
    of_account: Uploaded,
    of_enterprise: Option<Uploaded>,
) -> Result<(), StoreError> {
    if of_account.files >= MOST_FILES || of_account.bytes.saturating_add(size) > MOST_BYTES {
        return Err(StoreError::TooManyOfAccount);
    }
    if of_enterprise.is_some_and(|all| all.bytes.saturating_add(size) > MOST_OF_ENTERPRISE) {
        return Err(StoreError::TooManyOfEnterprise);
    }
    Ok(())
}

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
    /// Excel workbook of before 2007, as a ledger is often still kept.
    Xls,
    /// OpenDocument workbook.
    Ods,
    /// Values with commas, tabs or semicolons, as a ledger comes from other programs.
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
            Self::Xls => "application/vnd.ms-excel",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Csv => "text/csv",
        }
    }

    /// How the name of such a file may end; the first is the usual way. Programs open a file as its name ends, so no file ends in
    /// another way than its content is.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Ofd => &["ofd"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Xls => &["xls"],
            Self::Ods => &["ods"],
            Self::Csv => &["csv", "tsv", "txt"],
        }
    }
}

/// How a browser shows a stored file in its place on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As a picture.
    Picture,
    /// Page by page, in a frame.
    Pages,
}

/// How what has this media type is shown; nothing for what is saved only. What could carry a script of its own into the page, such as
/// HTML or SVG, is not among what is kept at all.
pub fn shown(content_type: &str) -> Option<Shown> {
    let is = |format: Format| format.content_type() == content_type;
    if is(Format::Jpeg) || is(Format::Png) {
        Some(Shown::Picture)
    } else {
        is(Format::Pdf).then_some(Shown::Pages)
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
    /// The account has uploaded too much within a day.
    TooManyOfAccount,
    /// The people of the enterprise have uploaded too much.
    TooManyOfEnterprise,
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
                "The file is larger than 20 MiB: compress or split it first.",
            ),
            Self::UnknownFormat => Text::new(
                "只接受 PDF、JPEG、PNG、OFD、DOCX、XLSX、XLS、ODS、CSV 文件（按内容识别，不含宏），请转换后再上传。",
                "Only PDF, JPEG, PNG, OFD, DOCX, XLSX, XLS, ODS and CSV files are accepted (identified by content, without macros): convert \
                 the file first.",
            ),
            Self::TooManyOfAccount => Text::new(
                "您在 24 小时内上传的文件已达上限（500 个或 1 GiB），请明天再传，或联系管理员。",
                "You have reached the upload limit for 24 hours (500 files or 1 GiB): continue tomorrow, or contact the administrator.",
            ),
            Self::TooManyOfEnterprise => Text::new(
                "贵企业上传的文件已达上限（共 4 GiB），请联系企业服务中心。",
                "Your enterprise has reached its upload limit (4 GiB in total): contact the enterprise service centre.",
            ),
            Self::NameMissing => Text::new("请提供文件名。", "Enter a file name."),
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

/// How many characters the name of a file has at most.
const LONGEST_NAME: usize = 255;

/// The file's own name: the part after the last folder, without control characters and quotation marks, with the ending of its
/// content. A name that is too long loses its middle and keeps its ending.
pub fn clean_name(name: &str, format: Format) -> Option<String> {
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let cleaned: String = clean_line(own).chars().filter(|c| *c != '"').collect();
    // Windows leaves out blanks and dots at the end of a name, and with them what they keep from being the ending.
    let cleaned = cleaned
        .trim()
        .trim_start_matches('.')
        .trim_matches(|c: char| c == '.' || c.is_whitespace());
    if cleaned.is_empty() {
        return None;
    }
    let endings = format.endings();
    let (stem, ending) = cleaned
        .rsplit_once('.')
        .filter(|(_, ending)| endings.contains(&ending.to_ascii_lowercase().as_str()))
        .unwrap_or((cleaned, endings[0]));
    let room = LONGEST_NAME - ending.len() - 1;
    let stem: String = stem.chars().take(room).collect();
    Some(format!("{}.{ending}", stem.trim_end()))
}

/// What the content is, whatever the name says.
pub fn recognise(bytes: &[u8]) -> Option<Format> {
    if is_pdf(bytes) {
        Some(Format::Pdf)
    } else if infer::image::is_jpeg(bytes) {
        Some(Format::Jpeg)
    } else if infer::image::is_png(bytes) {
        Some(Format::Png)
    } else if infer::archive::is_zip(bytes) {
        let names: Vec<Vec<u8>> = member_names(bytes)?.into_iter().map(straight).collect();
        let names: Vec<&[u8]> = names.iter().map(Vec::as_slice).collect();
        packaged(bytes, &names)
    } else if bytes.starts_with(COMPOUND) {
        compound(bytes)
    } else if is_table(bytes) {
        Some(Format::Csv)
    } else {
        None
    }
}

/// A PDF file begins with its version; some programs write a byte-order mark or blank lines before it, and readers do not mind.
fn is_pdf(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"%PDF-")
}

/// One byte in so many of a text may be a control character, which slips into a cell now and then and is left out later; of what is
/// no text there are more.
const CONTROLS: usize = 32;

/// Text, in whatever encoding, of which two lines or more have commas, tabs or semicolons.
fn is_table(bytes: &[u8]) -> bool {
    let narrow = utf16(bytes);
    let bytes = narrow.as_deref().unwrap_or(bytes);
    let controls = bytes
        .iter()
        .filter(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n'));
    let is_text = controls.count() <= bytes.len() / CONTROLS;
    let starts = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let lines = || bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    let divided = |mark: u8| lines().filter(|line| line.contains(&mark)).nth(1).is_some();
    is_text
        && !starts.trim_ascii_start().starts_with(b"<")
        && [b',', b'\t', b';'].into_iter().any(divided)
}

/// The characters of a text in UTF-16 with its mark, those beyond ASCII as question marks.
fn utf16(bytes: &[u8]) -> Option<Vec<u8>> {
    let (rest, unit): (_, fn([u8; 2]) -> u16) = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe")
    {
        (rest, u16::from_le_bytes)
    } else {
        (bytes.strip_prefix(b"\xfe\xff")?, u16::from_be_bytes)
    };
    let (pairs, _) = rest.as_chunks();
    let narrow = |pair: &[u8; 2]| u8::try_from(unit(*pair)).ok().filter(u8::is_ascii);
    Some(
        pairs
            .iter()
            .map(|pair| narrow(pair).unwrap_or(b'?'))
            .collect(),
    )
}

/// With these bytes a compound file begins, as which workbooks were kept before 2007.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The names of its streams stand in UTF-16 in its directory.
fn compound(bytes: &[u8]) -> Option<Format> {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|part| part == name)
    };
    (has("Workbook") && !has("_VBA_PROJECT")).then_some(Format::Xls)
}

/// DOCX, XLSX, ODS and OFD are ZIP packages; the name of their main part tells them apart. The names are [`straight`].
fn packaged(bytes: &[u8], names: &[&[u8]]) -> Option<Format> {
    let has = |name: &[u8]| names.contains(&name);
    // Names of a package are read without case.
    let macros = names.iter().any(|name| {
        let name = name.to_ascii_lowercase();
        name.ends_with(b"vbaproject.bin")
            || name.starts_with(b"basic/")
            || name.starts_with(b"scripts/")
    });
    // An OpenDocument package begins with its type (OpenDocument 1.3, part 2, 3.3).
    const SPREADSHEET: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    if macros {
        None
    } else if has(b"OFD.xml") {
        Some(Format::Ofd)
    } else if has(b"[Content_Types].xml") && has(b"word/document.xml") {
        Some(Format::Docx)
    } else if has(b"[Content_Types].xml") && has(b"xl/workbook.xml") {
        Some(Format::Xlsx)
    } else if has(b"content.xml")
        && bytes
            .get(30..)
            .is_some_and(|rest| rest.starts_with(SPREADSHEET))
    {
        Some(Format::Ods)
    } else {
        None
    }
}

/// Some programs write the strokes in the name of a part the other way round, or one before it.
fn straight(name: &[u8]) -> Vec<u8> {
    let straight = name.iter().map(|byte| match byte {
        b'\\' => b'/',
        byte => *byte,
    });
    straight.skip_while(|byte| *byte == b'/').collect()
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
    fn pictures_and_pages_are_shown_and_the_rest_is_saved() {
        use Format::{Csv, Docx, Jpeg, Ods, Ofd, Pdf, Png, Xls, Xlsx};
        for format in [Jpeg, Png] {
            assert_eq!(shown(format.content_type()), Some(Shown::Picture));
        }
        assert_eq!(shown(Pdf.content_type()), Some(Shown::Pages));
        for format in [Ofd, Docx, Xlsx, Xls, Ods, Csv] {
            assert_eq!(shown(format.content_type()), None, "{format:?}");
        }
        for other in ["image/svg+xml", "text/html", "image/", ""] {
            assert_eq!(shown(other), None, "{other}");
        }
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
        for before in ["\u{feff}", "\r\n\n  ", "\u{feff}\n"] {
            let file = format!("{before}%PDF-1.4\n");
            assert_eq!(
                accept(file.as_bytes()).ok(),
                Some(Format::Pdf),
                "{before:?}"
            );
        }
        assert_eq!(
            accept(&zip(&["[Content_Types].xml", "xl\\workbook.xml"])).ok(),
            Some(Format::Xlsx)
        );
        let bell = b"name,number\nan enterprise\x07 of the park,QY-2026-001\n";
        assert_eq!(accept(bell).ok(), Some(Format::Csv));
        let mut book = COMPOUND.to_vec();
        book.extend("Workbook".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(accept(&book).ok(), Some(Format::Xls));
        let wide: Vec<u8> = "\u{feff}编号\t名称\r\n1\t示例\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(accept(&wide).ok(), Some(Format::Csv));
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
            zip(&[
                "[Content_Types].xml",
                "xl/workbook.xml",
                "xl/VBAPROJECT.BIN",
            ]),
            zip(&["[Content_Types].xml", "xl/workbook.xml", "BASIC/a.xml"]),
            zip(&["[Content_Types].xml", "xl/workbook.xml", "scripts\\a"]),
            b"PK\x03\x04 cut off".to_vec(),
            b"before it %PDF-1.4\n".to_vec(),
            b"\xef\xbb\xbf<table>a,b\nc,d\n".to_vec(),
            [COMPOUND, b"W\0o\0r\0d\0"].concat(),
            zip(&["content.xml"]),
            b"a,b\nc\x01\x02\x03\x04,d\n".to_vec(),
            "编号,名称\n1,a text of some length\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
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
    fn a_name_is_only_a_name_and_ends_as_its_content_is() {
        for (given, format, kept) in [
            ("../../etc/passwd.pdf", Format::Pdf, "passwd.pdf"),
            ("C:\\桌面\\走访记录.PDF", Format::Pdf, "走访记录.PDF"),
            (
                "a\r\nSet-Cookie: x\".pdf",
                Format::Pdf,
                "a Set-Cookie: x.pdf",
            ),
            ("exe.\u{202e}fdp", Format::Pdf, "exe.fdp.pdf"),
            ("台账.vbs", Format::Csv, "台账.vbs.csv"),
            ("台账.TXT", Format::Csv, "台账.TXT"),
            ("报告 v1.2", Format::Docx, "报告 v1.2.docx"),
            ("证明.pdf.", Format::Pdf, "证明.pdf"),
            ("证明.html . ", Format::Pdf, "证明.html.pdf"),
            ("照片.jpeg", Format::Jpeg, "照片.jpeg"),
            ("pdf", Format::Pdf, "pdf.pdf"),
        ] {
            assert_eq!(clean_name(given, format).as_deref(), Some(kept), "{given}");
        }
        for format in [Format::Pdf, Format::Xlsx] {
            assert_eq!(clean_name(" .. /", format), None);
            assert_eq!(clean_name("...", format), None);
            let long = clean_name(&format!("{}.xlsx", "长".repeat(300)), format).expect("a name");
            assert_eq!(long.chars().count(), 255);
            assert!(
                long.ends_with(&format!(".{}", format.endings()[0])),
                "{long}"
            );
        }
    }

    #[test]
    fn there_is_room_up_to_the_last_byte() {
        let of = |files, bytes| Uploaded { files, bytes };
        for (size, account, enterprise, expected) in [
            (1, of(0, 0), None, Ok(())),
            (
                1,
                of(MOST_FILES - 1, MOST_BYTES - 1),
                Some(of(9_999, MOST_OF_ENTERPRISE - 1)),
                Ok(()),
            ),
            (
                1,
                of(MOST_FILES, 0),
                None,
                Err(StoreError::TooManyOfAccount),
            ),
            (
                2,
                of(1, MOST_BYTES - 1),
                None,
                Err(StoreError::TooManyOfAccount),
            ),
            (
                2,
                of(0, 0),
                Some(of(1, MOST_OF_ENTERPRISE - 1)),
                Err(StoreError::TooManyOfEnterprise),
            ),
            (u64::MAX, of(0, 1), None, Err(StoreError::TooManyOfAccount)),
        ] {
            assert_eq!(has_room(size, account, enterprise), expected);
        }
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
