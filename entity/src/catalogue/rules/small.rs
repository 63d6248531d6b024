//! Reasons of corrections, kinds of pauses, classes of silence.

use super::{CORRECTION_REASONS, PAUSE_KINDS, SILENCES, Told, active};
use crate::{
    catalogue::{Files, SilenceClass, SilenceEffect},
    condition::is_code,
    language::Text,
    term::Term,
};

/// Codes and names stand once; a pause has a written notice; each class has the effect that the law gives it.
pub fn small(files: &Files, told: &mut Told) {
    let active = active(files);
    let reasons: Vec<(&str, &Text)> = files
        .correction_reasons
        .iter()
        .map(|one| (one.code.as_str(), &one.name))
        .collect();
    let pauses: Vec<(&str, &Text)> = files
        .pause_kinds
        .iter()
        .map(|one| (one.code.as_str(), &one.name))
        .collect();
    let silences: Vec<(&str, &Text)> = files
        .silences
        .iter()
        .map(|one| (one.class.code(), &one.name))
        .collect();
    for (file, rows) in [
        (CORRECTION_REASONS, reasons),
        (PAUSE_KINDS, pauses),
        (SILENCES, silences),
    ] {
        told.unique(file, "code", rows.iter().map(|(code, _)| *code));
        told.unique(
            file,
            "name_zh",
            rows.iter().map(|(_, name)| name.zh.as_str()),
        );
        told.unique(
            file,
            "name_en",
            rows.iter().map(|(_, name)| name.en.as_str()),
        );
        for (index, (code, _)) in rows.iter().enumerate() {
            if !is_code(code) || code.len() > 24 {
                told.cell((file, index), "code", code, (
                    "代码应当是以大写字母开头的大写字母、数字和下划线，最多24个字符",
                    "A code is capitals, digits and underscores, a capital first, 24 characters at most",
                ));
            }
        }
    }
    for (index, pause) in files.pause_kinds.iter().enumerate() {
        let at = (PAUSE_KINDS, index);
        if pause.cap == Some(0) {
            told.cell(
                at,
                "cap_wd",
                0,
                (
                    "上限应当大于0；没有上限的留空",
                    "A cap is more than 0; leave it empty where there is none",
                ),
            );
        }
        told.sorted(at, "only_items", &pause.only_items, &active);
        if !pause.written_notice {
            told.cell(
                at,
                "written_notice",
                0,
                (
                    "依法不计入期限的时间都要书面告知",
                    "The law asks for a written notice of every pause",
                ),
            );
        }
    }
    for (index, silence) in files.silences.iter().enumerate() {
        let at = (SILENCES, index);
        let (effect, two_persons) = of_class(silence.class);
        if silence.effect != effect {
            told.cell(
                at,
                "effect",
                silence.effect.code(),
                (
                    format!("{} 的效果是“{}”", silence.class.code(), effect.text().zh),
                    format!(
                        "The effect of {} is {}",
                        silence.class.code(),
                        effect.code()
                    ),
                ),
            );
        }
        if silence.two_persons != two_persons {
            told.cell(
                at,
                "two_persons",
                u8::from(silence.two_persons),
                (
                    "T2、T3、T5和X的调整需要两人，其他类别不需要",
                    "A change of T2, T3, T5 and X needs two persons, of the others one",
                ),
            );
        }
    }
}

/// What silence brings about in a class, and whether a change to or from it needs two persons.
pub fn of_class(class: SilenceClass) -> (SilenceEffect, bool) {
    match class {
        SilenceClass::T0 => (SilenceEffect::None, false),
        SilenceClass::T1 => (SilenceEffect::DeemedAccepted, false),
        SilenceClass::T2 => (SilenceEffect::DeemedGranted, true),
        SilenceClass::T3 => (SilenceEffect::DeemedRenewed, true),
        SilenceClass::T4 => (SilenceEffect::EffectiveOnFiling, false),
        SilenceClass::T5 => (SilenceEffect::PendingConfirmation, true),
        SilenceClass::X => (SilenceEffect::Forbidden, true),
    }
}
