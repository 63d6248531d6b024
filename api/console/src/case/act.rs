//! What is done with a case and is more than a form: everything that is missing is told at once, on one page that has each material and each
//! field; and the applicant hands in files line by line, beside what was asked for.

use std::collections::BTreeMap;

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use super::super::{
    act::send,
    bridge::operation,
    flash::Flash,
    form::{Filled, Form},
    frame::Frame,
    global_id,
    guest::Guest,
    next,
    refusal::Refusal,
    scalar::Date,
    term::*,
    word,
};

operation!(CaseToCorrect in "src/operations/case.graphql");
operation!(AskCaseCorrection in "src/operations/case.graphql");
operation!(CaseToHandIn in "src/operations/case.graphql");
operation!(CompleteCase in "src/operations/case.graphql");
operation!(HandInForCase in "src/operations/case.graphql");

/// What it is called to tell what is missing.
pub(super) fn asks(f: &Frame) -> &'static str {
    f.t("一次性告知补正", "Tell what is missing")
}

/// What it is called to answer a notice.
pub(super) fn completes(f: &Frame) -> &'static str {
    f.t("提交补正材料", "Hand in what is missing")
}

/// What it is called to hand in what was allowed to follow.
pub(super) fn follows(f: &Frame) -> &'static str {
    f.t("补交容缺材料", "Hand in what follows")
}

/// Something that can be asked for, with the names of its two fields.
struct Line {
    /// What it is: `material R04/3`, `field parcel_no`; empty for the application as a whole.
    about: String,
    name: String,
    reason: String,
    text: String,
}

#[derive(Template)]
#[template(path = "case/ask.html")]
struct AskShown {
    f: Frame,
    number: String,
    name: String,
    back: String,
    version: i64,
    reasons: Vec<(String, String)>,
    /// The application as a whole, and its materials: each with its place on the page.
    materials: Vec<(usize, Line)>,
    /// What was filled into the form.
    fields: Vec<(usize, Line)>,
    /// Whether it is a further notice, which says why.
    again: bool,
    /// Whether the viewer may do it now.
    may: bool,
    form: Form,
}

/// What is asked for about a material, and about a field.
const MATERIAL: &str = "material ";
const FIELD: &str = "field ";

impl AskShown {
    /// Every line of the page.
    fn lines(&self) -> impl Iterator<Item = &Line> {
        let all = self.materials.iter().chain(&self.fields);
        all.map(|(_, line)| line)
    }

    /// Whether something is asked for, or is wrong, about a field: then the fields are in sight.
    fn opens_fields(&self) -> bool {
        let typed = |name: &String| !self.form.value(name).is_empty();
        let mut fields = self.fields.iter();
        fields.any(|(_, line)| typed(&line.reason) || typed(&line.text))
    }
}

async fn asked(guest: &Guest, key: &str, form: Form) -> Result<AskShown, Refusal> {
    let id = global_id(Kind::Case, key)?;
    let variables = case_to_correct::Variables { id };
    let data = guest.run::<CaseToCorrect>(variables).await?;
    let it = data.case.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = asks(&f).to_owned();
    let mut place = 0;
    let mut line = |about: String, name: &str| {
        place += 1;
        let line = Line {
            about,
            name: name.to_owned(),
            reason: format!("reason-{place}"),
            text: format!("text-{place}"),
        };
        (place, line)
    };
    let mut materials = vec![line(
        String::new(),
        f.t("整件申请", "The application as a whole"),
    )];
    for one in &it.materials {
        let about = format!("{MATERIAL}{}", one.key);
        materials.push(line(about, f.of(&one.name_zh, &one.name_en)));
    }
    let fields = it.fields.iter();
    let fields = fields.map(|one| {
        let about = format!("{FIELD}{}", one.key);
        line(about, f.of(&one.label_zh, &one.label_en))
    });
    let fields = fields.collect();
    let reasons = it.correction_reasons.iter();
    let reasons = reasons.map(|one| {
        let word = f.of(&one.name_zh, &one.name_en).to_owned();
        (one.code.clone(), word)
    });
    Ok(AskShown {
        reasons: reasons.collect(),
        name: f.of(&it.item_zh, &it.item_en).to_owned(),
        back: word::of_id(&it.id),
        number: it.number,
        version: it.version,
        again: !it.notices.is_empty(),
        may: it.can_ask_correction,
        materials,
        fields,
        form,
        f,
    })
}

/// The page on which everything that is missing is told at once.
pub async fn ask_correction(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let shown = asked(&guest, &key, Form::new(&AGAIN)).await?;
    if !shown.may {
        return Err(Refusal::Forbidden);
    }
    Ok(guest.show(&shown))
}

const AGAIN: [&str; 1] = ["againFor"];

/// Tells it.
pub async fn correct(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    use ask_case_correction::{CaseAskCorrectionInput, CaseNoticeLineInput};
    let id = global_id(Kind::Case, &key)?;
    let form = Form::filled(&AGAIN, &filled);
    let mut shown = asked(&guest, &key, form).await?;
    let mut lines = Vec::new();
    let mut wrong = Vec::new();
    for line in shown.lines() {
        let (reason, text) = (filled.get(&line.reason), filled.get(&line.text));
        let f = &shown.f;
        match (reason.is_empty(), text.is_empty()) {
            (true, true) => continue,
            (true, false) => {
                wrong.push((line.reason.clone(), f.t("请选择原因。", "Choose a reason.")))
            }
            (false, true) => wrong.push((
                line.text.clone(),
                f.t("请写明如何补正。", "Say what is to be done."),
            )),
            (false, false) => {}
        }
        let of = |kind: &str| line.about.strip_prefix(kind).map(str::to_owned);
        lines.push(CaseNoticeLineInput {
            reason: reason.to_owned(),
            material: of(MATERIAL),
            field: of(FIELD),
            text: text.to_owned(),
        });
    }
    if lines.is_empty() {
        let nothing = shown.f.t(
            "请至少选择一项需要补正的内容。",
            "Choose a reason for at least one thing that is missing.",
        );
        wrong.push((String::new(), nothing));
    }
    if !wrong.is_empty() && !shown.may {
        return Err(Refusal::Forbidden);
    }
    for (field, message) in wrong {
        shown.form.refuse_one(&field, message);
    }
    if !shown.form.is_refused() {
        let input = CaseAskCorrectionInput {
            id: id.clone(),
            expected_version: filled.version(),
            lines,
            again_for: filled.some("againFor"),
        };
        send!(
            guest,
            &filled,
            shown.form,
            AskCaseCorrection(ask_case_correction::Variables { input }).case_ask_correction
        );
    }
    if shown.form.is_refused() {
        return Ok(guest.refused(&shown));
    }
    let to = next::way(&guest, &filled, &id, shown.back).await?;
    Ok(guest.done(Flash::CorrectionAsked, &to))
}

/// Something for which files are handed in, or that is told without any.
struct Wanted {
    about: String,
    /// What was asked for about it: the reason, and what is to be done.
    asked: Vec<(String, String)>,
    /// Its material; nothing where no file is asked for.
    material: Option<String>,
    /// The field of its files, and that of those that are stored already.
    file: String,
    ids: String,
}

#[derive(Template)]
#[template(path = "case/hand_in.html")]
struct HandInShown {
    f: Frame,
    number: String,
    name: String,
    back: String,
    lead: &'static str,
    version: i64,
    answer_by: Option<Date>,
    wanted: Vec<Wanted>,
    /// Whether there is room for a word to what is about no material.
    noted: bool,
    enterprise: Option<String>,
    /// Whether the viewer may do it now.
    may: bool,
    form: Form,
}

/// What an applicant does: answers a notice, or hands in what was allowed to follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Complete,
    Follow,
}

type ToHandIn = case_to_hand_in::CaseToHandInCase;

/// What a notice asks for: of each material everything that was said about it.
fn noticed(f: &Frame, it: &ToHandIn) -> (Option<Date>, Vec<Wanted>) {
    let mut notices = it.notices.iter();
    let Some(notice) = notices.find(|notice| notice.answered_at.is_none()) else {
        return (None, Vec::new());
    };
    let mut wanted: Vec<Wanted> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &notice.lines {
        let said = |zh: &Option<String>, en: &Option<String>| {
            let (zh, en) = (zh.as_deref(), en.as_deref());
            f.of(zh.unwrap_or_default(), en.unwrap_or_default())
                .to_owned()
        };
        let asked = (said(&line.reason_zh, &line.reason_en), line.text.clone());
        let known = line.material.as_deref();
        let known = known.and_then(|material| places.get(material).copied());
        if let Some(place) = known {
            wanted[place].asked.push(asked);
            continue;
        }
        if let Some(material) = &line.material {
            places.insert(material, wanted.len());
        }
        let about = match line.about_zh {
            Some(_) => said(&line.about_zh, &line.about_en),
            None => f.t("整件申请", "The application as a whole").to_owned(),
        };
        wanted.push(Wanted::of(
            wanted.len(),
            about,
            line.material.clone(),
            vec![asked],
        ));
    }
    (Some(notice.answer_by), wanted)
}

impl Wanted {
    fn of(
        place: usize,
        about: String,
        material: Option<String>,
        asked: Vec<(String, String)>,
    ) -> Self {
        Self {
            about,
            asked,
            material,
            file: format!("paper{place}"),
            ids: format!("paper{place}Ids"),
        }
    }
}

async fn to_hand_in(
    guest: &Guest,
    key: &str,
    deed: Deed,
    form: Form,
) -> Result<HandInShown, Refusal> {
    let id = global_id(Kind::Case, key)?;
    let variables = case_to_hand_in::Variables { id };
    let data = guest.run::<CaseToHandIn>(variables).await?;
    let it = data.case.ok_or(Refusal::NotFound)?;
    let may = match deed {
        Deed::Complete => it.can_complete,
        Deed::Follow => it.can_hand_in,
    };
    let mut f = guest.frame("");
    let (answer_by, wanted) = match deed {
        Deed::Complete => noticed(&f, &it),
        Deed::Follow => {
            let following = it.materials.iter();
            let following = following.filter(|one| one.way == Some(MaterialWay::Follows));
            let wanted = following.enumerate().map(|(place, one)| {
                let about = f.of(&one.name_zh, &one.name_en).to_owned();
                Wanted::of(place, about, Some(one.key.clone()), Vec::new())
            });
            (None, wanted.collect())
        }
    };
    let title = match deed {
        Deed::Complete => completes(&f),
        Deed::Follow => follows(&f),
    };
    title.clone_into(&mut f.title);
    Ok(HandInShown {
        lead: match deed {
            Deed::Complete => f.t(
                "请逐项上传。每项材料都齐全后才能提交；提交之日视为重新收件，办理期限重新起算。",
                "Upload the files line by line. It can be sent when every material is there; from that day the application counts as received again, and the limits begin anew.",
            ),
            Deed::Follow => f.t(
                "可以分次补交；全部补齐前请留意补交期限。",
                "The materials may follow one after the other; mind their limit until all are there.",
            ),
        },
        noted: deed == Deed::Complete,
        name: f
            .of(&it.item_zh, &it.item_en)
            .to_owned(),
        back: word::of_id(&it.id),
        enterprise: it.enterprise.map(|firm| firm.id),
        number: it.number,
        version: it.version,
        may,
        answer_by,
        wanted,
        form,
        f,
    })
}

const FIELDS: [&str; 2] = ["materials", "note"];

async fn ask(guest: &Guest, key: &str, deed: Deed) -> Result<Response, Refusal> {
    let shown = to_hand_in(guest, key, deed, Form::new(&FIELDS)).await?;
    if !shown.may {
        return Err(Refusal::Forbidden);
    }
    Ok(guest.show(&shown))
}

/// The page on which a notice is answered.
pub async fn ask_complete(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    ask(&guest, &key, Deed::Complete).await
}

/// The page on which what was allowed to follow is handed in.
pub async fn ask_hand_in(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    ask(&guest, &key, Deed::Follow).await
}

/// The page as it was filled in, and the files of each material, stored.
async fn handed(
    guest: &Guest,
    key: &str,
    deed: Deed,
    filled: &Filled,
) -> Result<(HandInShown, Vec<(String, Vec<String>)>), Refusal> {
    let form = Form::filled(&FIELDS, filled);
    let mut shown = to_hand_in(guest, key, deed, form).await?;
    let mut handed = Vec::new();
    for wanted in &shown.wanted {
        let Some(material) = &wanted.material else {
            continue;
        };
        let firm = shown.enterprise.as_deref();
        let files = filled
            .store_all(guest, &wanted.file, firm, &mut shown.form)
            .await?;
        if !files.is_empty() {
            handed.push((material.clone(), files));
        }
    }
    Ok((shown, handed))
}

/// Answers a notice.
pub async fn complete(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    use complete_case::{CaseCompleteInput, CaseMaterialInput};
    let id = global_id(Kind::Case, &key)?;
    let (mut shown, handed) = handed(&guest, &key, Deed::Complete, &filled).await?;
    if !shown.form.is_refused() {
        let materials = handed.into_iter();
        let materials = materials.map(|(material, document_ids)| CaseMaterialInput {
            material,
            document_ids,
        });
        let input = CaseCompleteInput {
            id,
            expected_version: filled.version(),
            materials: materials.collect(),
            note: filled.some("note"),
        };
        send!(
            guest,
            &filled,
            shown.form,
            CompleteCase(complete_case::Variables { input }).case_complete
        );
    }
    answered(&guest, shown, Flash::Completed)
}

/// Hands in what was allowed to follow.
pub async fn hand_in(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    use hand_in_for_case::{CaseHandInInput, CaseMaterialInput};
    let id = global_id(Kind::Case, &key)?;
    let (mut shown, handed) = handed(&guest, &key, Deed::Follow, &filled).await?;
    if !shown.form.is_refused() {
        let materials = handed.into_iter();
        let materials = materials.map(|(material, document_ids)| CaseMaterialInput {
            material,
            document_ids,
        });
        let input = CaseHandInInput {
            id,
            expected_version: filled.version(),
            materials: materials.collect(),
        };
        send!(
            guest,
            &filled,
            shown.form,
            HandInForCase(hand_in_for_case::Variables { input }).case_hand_in
        );
    }
    answered(&guest, shown, Flash::Followed)
}

fn answered(guest: &Guest, shown: HandInShown, flash: Flash) -> Result<Response, Refusal> {
    if !shown.form.is_refused() {
        return Ok(guest.done(flash, &guest.address.along(&shown.back)));
    }
    // Who may not at all is told so, whatever was wrong with the form.
    match shown.may {
        true => Ok(guest.refused(&shown)),
        false => Err(Refusal::Forbidden),
    }
}
