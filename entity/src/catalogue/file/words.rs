//! Typography of the texts that people read: what a glance over a printed page would find.

use crate::language::Text;

/// What is wrong with a Chinese text.
pub fn chinese(text: &str) -> Result<(), Text> {
    let bad = |zh: &str, en: &str| Err(Text::new(zh, en));
    if !text.chars().any(is_han) {
        return bad("应当是中文文字", "A text in Chinese is expected");
    }
    let characters: Vec<char> = text.chars().collect();
    for pair in characters.windows(2) {
        let (one, two) = (pair[0], pair[1]);
        if is_han(one) && is_half(two) || is_half(one) && is_han(two) {
            return bad(
                "汉字旁边应当使用全角标点",
                "Punctuation beside Chinese characters must be full width",
            );
        }
        if "，。；：、".contains(one) && "，。；：、".contains(two) {
            return bad("标点重复", "Two punctuation marks follow each other");
        }
        if matches!((one, two), (' ', ' ') | ('的', '的') | ('了', '了')) {
            return bad("字词或者空格重复", "A word or a space is repeated");
        }
    }
    for (left, right) in [('（', '）'), ('“', '”'), ('〔', '〕'), ('《', '》')] {
        if text.matches(left).count() != text.matches(right).count() {
            return Err(Text::new(
                format!("{left}{right} 没有成对"),
                format!("{left}{right} do not pair"),
            ));
        }
    }
    if text.contains(['\u{3000}', '\u{feff}']) {
        return bad("含有全角空格", "Has a blank of full width");
    }
    Ok(())
}

/// What is wrong with an English text.
pub fn english(text: &str) -> Result<(), Text> {
    let bad = |zh: &str, en: &str| Err(Text::new(zh, en));
    let bytes = text.as_bytes();
    if !bytes
        .windows(2)
        .any(|pair| pair.iter().all(u8::is_ascii_lowercase))
    {
        return bad("应当是英文文字", "A text in English is expected");
    }
    if !bytes.iter().all(|byte| (0x20..=0x7e).contains(byte)) {
        return bad(
            "英文文字只能使用ASCII字符",
            "An English text has ASCII characters only",
        );
    }
    if bytes
        .windows(2)
        .any(|pair| pair[0] == b' ' && b" ,.;:".contains(&pair[1]))
    {
        return bad(
            "空格重复，或者标点前有空格",
            "Two spaces, or a space before a punctuation mark",
        );
    }
    Ok(())
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

fn is_half(character: char) -> bool {
    ",;:?!()".contains(character)
}
