//! What a version must say before it is published, who decides on it, and which one holds on a day.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    Model, edition,
    version::{self, Content, State},
};
use crate::{
    catalogue::{
        Clock, Fact, Guide, History, ItemStatus, Limit, LimitUnit, Mark, Material, SilenceClass,
        Source, file,
    },
    condition::Condition,
    decision::by_another,
    error::{Explain, refusals},
    language::{Text, text},
    permission::Standing,
    term::Term,
    text::clean_line,
    viewer::Viewer,
};

/// How many characters a reason may have.
const LONGEST: usize = 1000;

refusals! {
    /// Why an item, or a version of it, is left as it is.
    pub enum ItemError as "ItemErrorCode" {
        /// The department works on no version.
        NotDraft = "NOT_DRAFT", "没有可以提请公布的新版本。", "There is no draft of a new version to propose.";
        /// No version was proposed.
        NotProposed = "NOT_PROPOSED", "没有提请公布的新版本。", "No new version has been proposed.";
        /// A version is being worked on.
        InProgress = "IN_PROGRESS", "该事项有正在办理的新版本，请先公布或者退回。", "A new version is being worked on: publish or return it first.";
        /// Whoever proposed it does not publish it.
        SamePerson = "SAME_PERSON", "提请公布和公布须由两人分别办理。", "Whoever proposed it cannot publish it: another person must.";
        /// The item is not in the catalogue any more.
        Gone = "GONE", "该事项已移出目录。", "The item has been taken off the catalogue.";
        /// Its first day has not passed.
        DayStands = "DAY_STANDS", "拟生效日期未过，不能另定日期；如需更改，请退回部门重新提请。",
            "The proposed first day has not passed and stands: return the version if it is to begin on another day.";
        /// It begins on a working day.
        NotWorkingDay = "NOT_WORKING_DAY", "生效日期须为工作日。", "The first day must be a working day.";
        /// Its first day has passed.
        DayPast = "DAY_PAST", "日期不能早于今天。", "The day must not be before today.";
        /// It begins after the last day.
        BeginsLater = "BEGINS_LATER", "该事项已公布的版本在这一天之后才生效，请选择更晚的日期。", "The published version begins after that day: choose a later one.";
        /// What is merged names the item that it became part of.
        Successor = "SUCCESSOR", "请填写目录中保留的另一事项的编号；并入其他事项的必须填写。", "Enter the code of another item that remains in the catalogue; an item that is merged needs one.";
        /// A version of the item begins on that day or later.
        DayTaken = "DAY_TAKEN", "生效日期须晚于已公布版本的生效日期。", "It must begin after the version that was published before.";
        /// It needs the decision of a leader.
        NotConfirmed = "NOT_CONFIRMED",
            "默许类别须经管委会领导书面决定批准后方可公布。",
            "What it says of silence must first be confirmed by a leader with a written decision.";
        /// It needs no decision of a leader, or has one.
        NothingToConfirm = "NOTHING_TO_CONFIRM", "该版本不需要批准默许类别，或者已经批准。", "This version needs no confirmation, or has one.";
        /// The file does not exist, or is about an enterprise.
        FileUnknown = "FILE_UNKNOWN", "找不到该文件，或该文件属于某家企业，请重新上传。", "The file was not found or is about an enterprise: upload it again.";
        /// No version is published.
        NotPublished = "NOT_PUBLISHED", "该事项没有已公布的版本。", "No version of this item is published.";
        /// What remains in the catalogue is not taken off it.
        StatusActive = "STATUS_ACTIVE", "请选择移出目录后的去向。", "Choose what becomes of the item.";
        /// A reason has 1 to 1000 characters.
        Reason = "REASON", "请填写理由，最多 1000 字。", "Enter a reason (up to 1000 characters).";
        /// A public reason is a text in Chinese and in English.
        PublicReason = "PUBLIC_REASON",
            "请用中文和英文填写公开理由：汉字旁边使用全角标点，英文只用半角字符。",
            "Enter the public reason in Chinese with full-width punctuation, and in English with ASCII characters.";
        /// A limit names no article.
        LimitWithoutBasis = "LIMIT_WITHOUT_BASIS", "期限没有法律依据。", "A time limit names no article.";
        /// The fee, or that there is none, names no article.
        FeeWithoutBasis = "FEE_WITHOUT_BASIS", "收费没有依据。", "The fee names no article.";
        /// A public fact is missing in a language.
        FactMissing = "FACT_MISSING", "公示内容不完整，须有中英文。", "A public fact is missing; each is needed in Chinese and English.";
        /// The promise is longer than the law.
        BeyondLaw = "BEYOND_LAW", "承诺期限长于法定期限。", "The promise is longer than the law allows.";
        /// Silence grants, and no article says so.
        SilenceWithoutArticle = "SILENCE_WITHOUT_ARTICLE",
            "逾期视为同意或者延续的，须有经查阅原文的条款。",
            "Silence grants only where the article that says so was read in the law.";
        /// A material names no basis.
        MaterialWithoutBasis = "MATERIAL_WITHOUT_BASIS", "材料没有说明依据。", "A material names no basis.";
        /// A condition asks for what no question and no field tells.
        UnknownKey = "UNKNOWN_KEY", "条件中有不存在的问题或者表单项。", "A condition names a question or field that does not exist.";
        /// Something in it breaks a rule of the catalogue.
        BreaksRule = "BREAKS_RULE", "内容不符合目录规则，请按事项页面列出的各项修改。", "It breaks rules of the catalogue, which are listed on the page of the item.";
        /// It has no such material, limit or reason.
        RowUnknown = "ROW_UNKNOWN", "没有这一项，可能已被他人删去，请返回事项页面。", "There is no such entry; it may have been removed: go back to the page of the item.";
        /// It has as many as it may have.
        TooMany = "TOO_MANY", "数量已达上限，请先删去不再需要的。", "There are as many as can be kept: remove one first.";
        /// It says the same as before.
        Unchanged = "UNCHANGED", "内容没有变化。", "Nothing was changed.";
        /// A fact was not read in the law.
        Unconfirmed = "UNCONFIRMED", "依据未经查阅原文，请办理部门核实。", "An article was not read in the law: the office must confirm it.";
    }
}

/// One reason not to publish a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortcoming {
    /// What is wrong.
    pub why: ItemError,
    /// Of what.
    pub about: Text,
    /// What is wrong in particular; the sentence of the reason when nothing is said.
    pub told: Option<Text>,
}

impl Explain for Shortcoming {
    fn explain(&self) -> Text {
        let why = self.told.clone().unwrap_or_else(|| self.why.explain());
        Text::new(
            format!("{}：{}", self.about.zh, why.zh),
            format!("{}: {}", self.about.en, why.en),
        )
    }
}

/// Everything because of which a version is not published: that of hall and law. `edition` has the questions and the fields.
pub fn shortcomings(content: &Content, edition: &edition::Model) -> Vec<Shortcoming> {
    let mut found = Vec::new();
    let mut tell = |why, about: Text| {
        found.push(Shortcoming {
            why,
            about,
            told: None,
        });
    };
    let clock = |limit: &Limit| limit.clock.text();
    for limit in &content.limits {
        if limit.article.trim().is_empty() {
            tell(ItemError::LimitWithoutBasis, clock(limit));
        }
        // What was only heard of waits for the office; an example says that it is one.
        if !edition.example && matches!(limit.mark, Mark::Known | Mark::Excerpt) {
            tell(ItemError::Unconfirmed, clock(limit));
        }
    }
    for about in missing_facts(content) {
        tell(ItemError::FactMissing, about);
    }
    let fee = || Text::new("收费", "Fee");
    let basis = content.guide.as_ref().map(|guide| &guide.fee_basis);
    if basis.is_none_or(|basis| basis.trim().is_empty()) {
        tell(ItemError::FeeWithoutBasis, fee());
    }
    for promise in beyond_law(content) {
        tell(ItemError::BeyondLaw, clock(promise));
    }
    let law = usual(content, Clock::Statutory).filter(|law| !law.article.trim().is_empty());
    let is_read = law.is_some_and(|law| law.mark == Mark::Read);
    if let Some(class) = content
        .item
        .silence
        .filter(|class| grants(*class) && !is_read)
    {
        tell(ItemError::SilenceWithoutArticle, class.text());
    }
    // What silence means on a renewal, an example may rest on what was only heard of, as its limits may.
    let is_named = is_read || (edition.example && law.is_some());
    if let Some(class) = renewal(content).filter(|class| grants(*class) && !is_named) {
        tell(ItemError::SilenceWithoutArticle, on_renewal(class));
    }
    for material in content.materials.iter().filter(|material| material.after) {
        if material.grade.is_none() || !is_said(&material.note) {
            tell(ItemError::MaterialWithoutBasis, material.name.clone());
        }
    }
    for about in unknown_keys(content, edition) {
        tell(ItemError::UnknownKey, Text::new(about.clone(), about));
    }
    found
}

fn is_said(text: &Text) -> bool {
    !text.zh.trim().is_empty() && !text.en.trim().is_empty()
}

/// Whether silence grants, or renews.
fn grants(class: SilenceClass) -> bool {
    matches!(class, SilenceClass::T2 | SilenceClass::T3)
}

/// What silence means on the renewal of the result.
fn renewal(content: &Content) -> Option<SilenceClass> {
    let validity = content.guide.as_ref()?.validity?;
    Some(validity.renewal_class)
}

fn on_renewal(class: SilenceClass) -> Text {
    let class = class.text();
    Text::new(
        format!("延续：{}", class.zh),
        format!("Renewal: {}", class.en),
    )
}

/// The promises that are longer than the limit of law in whose case they hold. A decision on the spot is promised within a day or more: its
/// limit of law is compared with no promise.
pub fn beyond_law(content: &Content) -> Vec<&Limit> {
    let of_case = |clock, condition: Option<&Condition>| {
        let mut limits = content.limits.iter();
        let own = limits.find(|row| row.clock == clock && row.condition.as_ref() == condition);
        own.or_else(|| usual(content, clock))
    };
    let clocks = [Clock::Promised, Clock::Statutory];
    let cases = content
        .limits
        .iter()
        .filter(|row| clocks.contains(&row.clock));
    let mut found: Vec<&Limit> = Vec::new();
    for case in cases {
        let condition = case.condition.as_ref();
        let (Some(promise), Some(law)) = (
            of_case(Clock::Promised, condition),
            of_case(Clock::Statutory, condition),
        ) else {
            continue;
        };
        if is_longer(promise, law) && !found.contains(&promise) {
            found.push(promise);
        }
    }
    found
}

/// Whether a promise is longer than a limit of law. Days of different kinds are compared as working days, of which a number of calendar days
/// has at most five in seven, rounded up. In a week of holidays it has fewer: the earlier of the two days counts then, which no publication
/// can know.
fn is_longer(promise: &Limit, law: &Limit) -> bool {
    let working = |limit: &Limit| match limit.unit {
        LimitUnit::CalendarDay => (u32::from(limit.limit) * 5).div_ceil(7),
        LimitUnit::WorkingDay | LimitUnit::OnTheSpot => limit.limit.into(),
    };
    match (promise.unit, law.unit) {
        (_, LimitUnit::OnTheSpot) => false,
        (one, other) if one == other => promise.limit > law.limit,
        _ => working(promise) > working(law),
    }
}

/// The limit of a clock when no other one takes its place.
pub fn usual(content: &Content, clock: Clock) -> Option<&Limit> {
    let mut limits = content.limits.iter();
    limits.find(|limit| limit.clock == clock && limit.condition.is_none())
}

/// The public facts that are not said in both languages.
fn missing_facts(content: &Content) -> Vec<Text> {
    let Some(guide) = &content.guide else {
        return vec![Text::new("办事指南", "Guide")];
    };
    let missing = guide_facts(guide)
        .into_iter()
        .filter(|(_, _, fact)| !is_said(fact));
    missing.map(|(zh, en, _)| Text::new(zh, en)).collect()
}

/// The public facts, each with what it is called.
fn guide_facts(guide: &Guide) -> [(&'static str, &'static str, &Text); 7] {
    [
        ("办理条件", "Conditions", &guide.conditions),
        ("法定期限", "Time limit", &guide.time_limit),
        ("办理结果", "Result", &guide.result_name),
        ("收费", "Fee", &guide.fee),
        ("服务承诺", "Promise", &guide.promise),
        ("监督投诉", "Complaints", &guide.supervise),
        ("救济途径", "Remedies", &guide.remedies),
    ]
}

/// The keys of conditions that no question and no field of the form has.
fn unknown_keys(content: &Content, edition: &edition::Model) -> BTreeSet<String> {
    let shared = &edition.content;
    let questions = shared.questions.iter().map(|question| &question.key);
    let fields = shared.fields.iter().map(|field| &field.key);
    let known: BTreeSet<&String> = questions.chain(fields).collect();
    let conditions = (content.needs.iter().map(|need| &need.condition))
        .chain(content.materials.iter().flat_map(|row| &row.condition))
        .chain(content.limits.iter().flat_map(|row| &row.condition));
    conditions
        .flat_map(|condition| condition.keys())
        .map(str::to_owned)
        .filter(|key| !known.contains(key))
        .collect()
}

/// Whether a leader must confirm a version: it changes what silence means, on the application or on a renewal, forbids silence, or is the first
/// by which silence decides.
pub fn needs_leader(before: Option<&version::Model>, after: &version::Model) -> bool {
    let said = |version: &version::Model| [version.silence, renewal(&version.content)];
    let classes = said(after);
    match before {
        _ if classes.contains(&Some(SilenceClass::X)) => true,
        Some(before) => said(before) != classes,
        None => {
            let decides = |class: SilenceClass| grants(class) || class == SilenceClass::T5;
            classes.into_iter().flatten().any(decides)
        }
    }
}

/// The version that holds on a day. It holds until the next one begins, or its item leaves the catalogue.
pub fn in_force(versions: &[version::Model], day: NaiveDate) -> Option<&version::Model> {
    let begun = versions.iter().filter(|version| {
        version.published_at.is_some() && version.valid_from.is_some_and(|from| from <= day)
    });
    let last = begun.max_by_key(|version| version.valid_from)?;
    last.valid_to.is_none_or(|last| day <= last).then_some(last)
}

/// The version that holds on a day; when none does yet, the first that will; when none will any more, the last that did.
pub fn current(versions: &[version::Model], day: NaiveDate) -> Option<&version::Model> {
    let begins_later = |version: &&version::Model| {
        version.published_at.is_some() && version.valid_from.is_some_and(|from| from > day)
    };
    let next = || {
        let later = versions.iter().filter(begins_later);
        later.min_by_key(|version| version.valid_from)
    };
    in_force(versions, day)
        .or_else(next)
        .or_else(|| published(versions))
}

/// Where an item stands on a day: what is taken off the catalogue remains in it until its last day has passed.
pub fn status_on(item: &Model, versions: &[version::Model], day: NaiveDate) -> ItemStatus {
    let remains = |version: &version::Model| version.valid_to.is_some_and(|last| day <= last);
    match versions.iter().any(remains) {
        true => ItemStatus::Active,
        false => item.status,
    }
}

/// The version that was published last, whether it has begun or not.
pub fn published(versions: &[version::Model]) -> Option<&version::Model> {
    let published = versions
        .iter()
        .filter(|version| version.published_at.is_some());
    published.max_by_key(|version| version.valid_from)
}

/// The last day on which a version holds, when that is known.
pub fn last_day(versions: &[version::Model], of: &version::Model) -> Option<NaiveDate> {
    let from = of.valid_from?;
    let next = versions
        .iter()
        .filter(|other| other.published_at.is_some())
        .filter_map(|other| other.valid_from)
        .filter(|begins| *begins > from)
        .min();
    let before_next = next.and_then(|begins| begins.pred_opt());
    [of.valid_to, before_next].into_iter().flatten().min()
}

/// The version that is being worked on.
pub fn at_work(versions: &[version::Model]) -> Option<&version::Model> {
    let mut versions = versions.iter();
    versions.find(|version| matches!(version.state, State::Draft | State::Proposed))
}

/// The version on which the department works.
pub fn draft(versions: &[version::Model]) -> Result<version::Model, ItemError> {
    let draft = at_work(versions).filter(|version| version.state == State::Draft);
    draft.cloned().ok_or(ItemError::NotDraft)
}

/// The content with which the next version of an item is begun: that of the version that was published last.
pub fn may_draft(item: &Model, versions: &[version::Model]) -> Result<Content, ItemError> {
    if at_work(versions).is_some() {
        return Err(ItemError::InProgress);
    }
    let last = published(versions).ok_or(ItemError::NotPublished)?;
    match item.status == ItemStatus::Active && last.state == State::Published {
        true => Ok(last.content.clone()),
        false => Err(ItemError::Gone),
    }
}

/// A proposed version that goes back to its department, with the reason if there is one.
pub fn drafted_again(proposed: &version::Model, returned_for: Option<String>) -> version::Model {
    version::Model {
        state: State::Draft,
        valid_from: None,
        proposed_by: None,
        proposed_at: None,
        returned_for,
        awaits_leader: false,
        confirmed_by: None,
        confirmed_at: None,
        document_id: None,
        ..proposed.clone()
    }
}

/// The version that the department has proposed.
pub fn proposed(versions: &[version::Model]) -> Result<version::Model, ItemError> {
    let proposed = at_work(versions).filter(|version| version.state == State::Proposed);
    proposed.cloned().ok_or(ItemError::NotProposed)
}

/// The first day of a version as it is proposed.
#[derive(Clone, Copy, Debug)]
pub struct Beginning {
    /// The day.
    pub day: NaiveDate,
    /// Today.
    pub today: NaiveDate,
    /// Whether it is a working day.
    pub is_working_day: bool,
}

/// Whether a further version may begin on a day: a working day, not before today, after the one before.
pub fn may_begin(begins: Beginning, versions: &[version::Model]) -> Result<(), ItemError> {
    if begins.day < begins.today {
        return Err(ItemError::DayPast);
    }
    if !begins.is_working_day {
        return Err(ItemError::NotWorkingDay);
    }
    let before = published(versions).and_then(|version| version.valid_from);
    if before.is_some_and(|before| begins.day <= before) {
        return Err(ItemError::DayTaken);
    }
    Ok(())
}

/// The proposed version, if it waits for a leader.
pub fn may_confirm(
    viewer: &Viewer,
    versions: &[version::Model],
) -> Result<version::Model, ItemError> {
    let proposed = proposed(versions)?;
    if proposed.confirmed_at.is_some() || !needs_leader(published(versions), &proposed) {
        return Err(ItemError::NothingToConfirm);
    }
    by_another(viewer, &[proposed.proposed_by]).map_err(|_| ItemError::SamePerson)?;
    Ok(proposed)
}

/// The proposed version with everything that is in the way of its publication, but for its first day.
pub fn to_publish(
    viewer: &Viewer,
    versions: &[version::Model],
    edition: Option<&edition::Model>,
) -> Result<(version::Model, BTreeSet<ItemError>), ItemError> {
    let proposed = proposed(versions)?;
    let mut reasons = BTreeSet::new();
    if by_another(viewer, &[proposed.proposed_by, proposed.confirmed_by]).is_err() {
        reasons.insert(ItemError::SamePerson);
    }
    if proposed.confirmed_at.is_none() && needs_leader(published(versions), &proposed) {
        reasons.insert(ItemError::NotConfirmed);
    }
    match edition {
        Some(edition) => {
            let lacks = shortcomings(&proposed.content, edition);
            reasons.extend(lacks.into_iter().map(|lack| lack.why));
        }
        None => {
            reasons.insert(ItemError::UnknownKey);
        }
    }
    Ok((proposed, reasons))
}

/// The first day of a version that is published: the proposed one, or once that has passed the one that is given instead. What a leader has
/// confirmed is what the version says, not its first day.
pub fn first_day(
    proposed: &version::Model,
    instead: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<NaiveDate, ItemError> {
    let stands = proposed.valid_from.filter(|day| *day >= today);
    match (stands, instead) {
        (Some(day), Some(other)) if day != other => Err(ItemError::DayStands),
        (Some(day), _) => Ok(day),
        (None, instead) => instead.ok_or(ItemError::DayPast),
    }
}

/// The version after which an item leaves the catalogue.
pub fn may_retire(versions: &[version::Model]) -> Result<version::Model, ItemError> {
    if at_work(versions).is_some() {
        return Err(ItemError::InProgress);
    }
    let held = published(versions).filter(|version| version.state == State::Published);
    held.cloned().ok_or(ItemError::NotPublished)
}

/// Whether a version may hold for the last time on a day: today or later, and not before it begins.
pub fn may_end(
    held: &version::Model,
    last_day: NaiveDate,
    today: NaiveDate,
) -> Result<(), ItemError> {
    if last_day < today {
        return Err(ItemError::DayPast);
    }
    match held.valid_from.is_some_and(|from| from <= last_day) {
        true => Ok(()),
        false => Err(ItemError::BeginsLater),
    }
}

/// A reason as it is kept.
pub fn reason(given: &str) -> Result<String, ItemError> {
    text(given, LONGEST).ok_or(ItemError::Reason)
}

/// A reason that everybody reads, as it is kept; otherwise the field that is wrong. It goes out with the files of the catalogue, whose texts
/// have a typography.
pub fn public_reason(zh: &str, en: &str) -> Result<Text, (&'static str, ItemError)> {
    let reason = Text::new(clean_line(zh), clean_line(en));
    file::chinese(&reason.zh).map_err(|_| ("reasonZh", ItemError::PublicReason))?;
    file::english(&reason.en).map_err(|_| ("reasonEn", ItemError::PublicReason))?;
    Ok(reason)
}

/// How a viewer stands to an item: its department decides on it.
pub fn standing(viewer: &Viewer, item: &Model) -> Standing {
    match viewer.person() {
        Some(person) if person.department_id == Some(item.department_id) => Standing::OwnDepartment,
        _ => Standing::None,
    }
}

/// Tells in the history what a published version has changed of its item, from its first day on; and that the item left the catalogue.
pub fn tell(history: &mut Vec<History>, item: &Model, version: &version::Milestone) {
    let Some(from) = version.valid_from else {
        return;
    };
    let new = || Text::new("公布新版本", "new version published");
    let mut facts = vec![Fact::Status(ItemStatus::Active)];
    let days = version.promised_days.map(u16::try_from);
    facts.extend(days.and_then(Result::ok).map(Fact::Promise));
    facts.extend(u16::try_from(version.material_count).map(Fact::Materials));
    for fact in facts {
        follow(history, item, fact, from, new(), &[]);
    }
    if let Some(next) = version.valid_to.and_then(|last| last.succ_opt()) {
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        let gone = Text::new(said(&version.retired_for_zh), said(&version.retired_for_en));
        let successors: Vec<String> = version.successor.iter().cloned().collect();
        let fact = Fact::Status(item.status);
        follow(history, item, fact, next, gone, &successors);
    }
}

/// Tells in the history of files what a version that is being worked on says otherwise, from its first day on, or from the day after what holds
/// began: files must end with what their items say.
pub fn tell_draft(history: &mut Vec<History>, item: &Model, version: &version::Model) {
    let days = version.promised_days.map(u16::try_from);
    let count = u16::try_from(version.material_count).map(Fact::Materials);
    let facts = (days.and_then(Result::ok).map(Fact::Promise))
        .into_iter()
        .chain(count.ok());
    for fact in facts {
        let is_before =
            |row: &&History| row.item == item.code && row.fact.attribute() == fact.attribute();
        let last = history.iter().rfind(is_before);
        let next = last.and_then(|last| last.from.succ_opt());
        let Some(from) = version.valid_from.max(next) else {
            continue;
        };
        let reason = Text::new("拟稿中的新版本", "version being drafted");
        follow(history, item, fact, from, reason, &[]);
    }
}

/// Adds a fact that holds from a day on, unless it holds already or something else was told of a later day.
fn follow(
    history: &mut Vec<History>,
    item: &Model,
    fact: Fact,
    from: NaiveDate,
    reason: Text,
    successors: &[String],
) {
    let is_before =
        |row: &History| row.item == item.code && row.fact.attribute() == fact.attribute();
    let last = history.iter().rposition(is_before);
    if let Some(last) = last {
        if history[last].fact == fact || history[last].from >= from {
            return;
        }
        history[last].to = from.pred_opt();
    }
    let row = History {
        item: item.code.clone(),
        fact,
        from,
        to: None,
        reason,
        successors: successors.to_vec(),
    };
    history.insert(last.map_or(history.len(), |last| last + 1), row);
}

/// A fact in which a version differs from the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which fact.
    pub about: Text,
    /// What was said before; nothing where nothing was.
    pub before: Option<Text>,
    /// What is said now; nothing where nothing is.
    pub after: Option<Text>,
}

/// What a version says otherwise than the one before, in the order of its facts; last what is no longer said.
pub fn differences(before: &Content, after: &Content) -> Vec<Difference> {
    let (said, says) = (facts(before), facts(after));
    let value = |facts: &[Said], key: &str| {
        let mut facts = facts.iter();
        let fact = facts.find(|fact| fact.key == key)?;
        Some(fact.value.clone())
    };
    let gone = said.iter().filter(|fact| value(&says, &fact.key).is_none());
    let all = says.iter().chain(gone);
    // What is new or gone as a whole is told once, and not in each of its parts.
    let is_in_both = |fact: &&Said| {
        let whole = fact.of.as_deref();
        whole.is_none_or(|whole| {
            [&said, &says]
                .iter()
                .all(|facts| value(facts, whole).is_some())
        })
    };
    all.filter(is_in_both)
        .map(|fact| Difference {
            about: fact.about.clone(),
            before: value(&said, &fact.key).filter(is_anything),
            after: value(&says, &fact.key).filter(is_anything),
        })
        .filter(|difference| difference.before != difference.after)
        .collect()
}

fn is_anything(text: &Text) -> bool {
    !text.zh.is_empty() || !text.en.is_empty()
}

/// One fact of a version.
struct Said {
    key: String,
    /// The key of the fact of which it is a part.
    of: Option<String>,
    about: Text,
    value: Text,
}

/// Facts of a version, each under a key of its own.
#[derive(Default)]
struct Facts(Vec<Said>);

impl Facts {
    fn say(&mut self, key: impl Into<String>, (zh, en): (&str, &str), value: Text) {
        self.0.push(Said {
            key: key.into(),
            of: None,
            about: Text::new(zh, en),
            value,
        });
    }

    /// A fact with its parts, of which each is called so.
    fn say_with(&mut self, key: &str, about: Text, value: Text, parts: &[(&str, &str, Text)]) {
        self.0.push(Said {
            key: key.to_owned(),
            of: None,
            about: about.clone(),
            value,
        });
        for (zh, en, value) in parts {
            self.0.push(Said {
                key: format!("{key} {en}"),
                of: Some(key.to_owned()),
                about: Text::new(format!("{}：{zh}", about.zh), format!("{}: {en}", about.en)),
                value: value.clone(),
            });
        }
    }
}

fn plain(text: &str) -> Text {
    Text::new(text, text)
}

fn when(condition: Option<&Condition>) -> Text {
    condition.map_or_else(|| plain(""), |condition| plain(&condition.to_string()))
}

/// All facts of a version.
fn facts(content: &Content) -> Vec<Said> {
    let mut facts = Facts::default();
    let item = &content.item;
    facts.say("name", ("事项名称", "Name"), item.name.clone());
    let basis = plain(&item.legal_basis);
    facts.say("basis", ("法律依据", "Legal basis"), basis);
    let law = plain(&item.statutory_limit);
    facts.say("law", ("法定期限（文字）", "Limit of law, in words"), law);
    let fee = plain(&item.fee);
    facts.say(
        "catalogue fee",
        ("收费（目录）", "Fee, in the catalogue"),
        fee,
    );
    if let Some(class) = item.silence {
        facts.say("silence", ("默许类别", "Silence class"), class.text());
    }
    if let Some(class) = renewal(content) {
        let about = ("延续的默许类别", "Silence class of the renewal");
        facts.say("renewal", about, class.text());
    }
    if let Some(guide) = &content.guide {
        facts_of_guide(&mut facts, guide);
    }
    for limit in &content.limits {
        facts_of_limit(&mut facts, limit);
    }
    for material in content.materials.iter().filter(|row| row.after) {
        facts_of_material(&mut facts, material);
    }
    for need in &content.needs {
        let key = format!("need {}", need.condition);
        let about = Text::new(
            format!("需要办理的情形（{}）", need.condition),
            format!("When it is needed ({})", need.condition),
        );
        let basis = ("依据", "basis", plain(&need.basis));
        facts.say_with(&key, about, need.reason.clone(), &[basis]);
    }
    facts.0
}

fn facts_of_guide(facts: &mut Facts, guide: &Guide) {
    for (zh, en, fact) in guide_facts(guide) {
        facts.say(en, (zh, en), fact.clone());
    }
    let basis = plain(&guide.fee_basis);
    facts.say("fee basis", ("收费依据", "Fee basis"), basis);
    for (outcome, words) in &guide.outcomes {
        let said = outcome.text();
        let (zh, en) = (
            format!("办理结果（{}）", said.zh),
            format!("Outcome ({})", said.en),
        );
        let key = format!("outcome {}", outcome.code());
        facts.say(key, (&zh, &en), words.clone());
    }
    if let Some(validity) = &guide.validity {
        let kind = validity.kind.text();
        let years = validity.years;
        let value = Text::new(
            format!("{}：{years} 年", kind.zh),
            format!("{}: {years} years", kind.en),
        );
        facts.say("validity", ("有效期", "Validity"), value);
        if let Some(days) = validity.renewal_before {
            let value = Text::new(
                format!("届满前 {days} 个工作日"),
                format!("{days} working days before the end"),
            );
            facts.say("renewal before", ("申请延续", "Renewal"), value);
        }
    }
}

fn facts_of_limit(facts: &mut Facts, limit: &Limit) {
    let condition = when(limit.condition.as_ref()).zh;
    let key = format!("limit {} {condition}", limit.clock.code());
    let (days, article) = (limit.limit, &limit.article);
    let (unit, start) = (limit.unit.text(), limit.start.text());
    let value = Text::new(
        format!("{days} {}，{}（{article}）", unit.zh, start.zh),
        format!("{days} {}, {} ({article})", unit.en, start.en),
    );
    let clock = limit.clock.text();
    let about = match condition.is_empty() {
        true => clock,
        false => Text::new(
            format!("{}（{condition}）", clock.zh),
            format!("{} ({condition})", clock.en),
        ),
    };
    let by = limit.extension_by.map_or_else(|| plain(""), Term::text);
    let note = limit.note.clone().unwrap_or_else(|| plain(""));
    let parts = [
        ("延长批准人", "extended by", by),
        ("依据可靠程度", "how sure the article is", limit.mark.text()),
        ("说明", "note", note),
    ];
    facts.say_with(&key, about, value, &parts);
}

fn facts_of_material(facts: &mut Facts, material: &Material) {
    let number = material.number;
    let about = Text::new(format!("材料 {number}"), format!("Material {number}"));
    let from = match &material.source {
        Source::OtherItem(code) => {
            let kind = material.source.kind().text();
            Text::new(format!("{} {code}", kind.zh), format!("{} {code}", kind.en))
        }
        other => other.kind().text(),
    };
    let grade = material.grade.map_or_else(|| plain(""), Term::text);
    let shared = material.shared_key.as_deref().unwrap_or_default();
    let parts = [
        ("形式", "form", material.form.text()),
        ("来源", "source", from),
        ("可信等级", "grade", grade),
        ("容缺方式", "if missing", material.tolerance.text()),
        (
            "需要的情形",
            "when it is asked for",
            when(material.condition.as_ref()),
        ),
        ("共用材料代码", "key of a shared material", plain(shared)),
        ("说明", "note", material.note.clone()),
    ];
    let key = format!("material {number}");
    facts.say_with(&key, about, material.name.clone(), &parts);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::StartEvent;

    fn limit(days: u16, unit: LimitUnit) -> Limit {
        Limit {
            item: "R01".to_owned(),
            clock: Clock::Promised,
            limit: days,
            unit,
            start: StartEvent::Received,
            extension_by: None,
            article: "示例".to_owned(),
            mark: Mark::Read,
            condition: None,
            note: None,
        }
    }

    #[test]
    fn a_first_day_that_has_passed_is_given_anew_and_another_stands() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 10, day).expect("a day");
        let files = crate::catalogue::Files::embedded();
        let content = Content {
            item: files.items[0].clone(),
            guide: None,
            materials: Vec::new(),
            limits: Vec::new(),
            needs: Vec::new(),
        };
        let proposed = version::Model {
            valid_from: Some(day(12)),
            ..version::Model::drafted(content).expect("a draft")
        };
        for (today, instead, expected) in [
            (12, None, Ok(day(12))),
            (12, Some(12), Ok(day(12))),
            (12, Some(13), Err(ItemError::DayStands)),
            (13, None, Err(ItemError::DayPast)),
            (13, Some(14), Ok(day(14))),
        ] {
            let found = first_day(&proposed, instead.map(day), day(today));
            assert_eq!(found, expected, "{today} {instead:?}");
        }
    }

    #[test]
    fn a_difference_names_the_part_that_differs_and_what_is_new_once() {
        let files = crate::catalogue::Files::embedded();
        let code = &files.items[0].code;
        let of_item = |code: &str| Content {
            item: files.items[0].clone(),
            guide: files.guides.iter().find(|row| row.item == code).cloned(),
            materials: files
                .materials
                .iter()
                .filter(|row| row.item == code)
                .cloned()
                .collect(),
            limits: files
                .limits
                .iter()
                .filter(|row| row.item == code)
                .cloned()
                .collect(),
            needs: files
                .needs
                .iter()
                .filter(|row| row.item == code)
                .cloned()
                .collect(),
        };
        let before = of_item(code);
        assert_eq!(differences(&before, &before), []);
        let mut after = before.clone();
        let kept = after
            .materials
            .iter()
            .position(|row| row.after)
            .expect("a material");
        after.materials[kept].note = Text::new("示例说明", "An example note");
        let mut more = after.materials[kept].clone();
        more.number = 99;
        more.name = Text::new("示例材料", "An example material");
        after.materials.push(more);
        after.limits[0].mark = match after.limits[0].mark {
            Mark::Known => Mark::Read,
            _ => Mark::Known,
        };
        let number = after.materials[kept].number;
        let about: Vec<String> = differences(&before, &after)
            .into_iter()
            .map(|difference| difference.about.en)
            .collect();
        let clock = after.limits[0].clock.text().en;
        assert_eq!(about.len(), 3, "{about:?}");
        assert!(about[0].starts_with(&clock) && about[0].ends_with(": how sure the article is"));
        assert_eq!(
            about[1..],
            [format!("Material {number}: note"), "Material 99".to_owned()]
        );
    }

    #[test]
    fn a_promise_is_compared_with_the_law_in_days_of_one_kind() {
        use LimitUnit::{CalendarDay, OnTheSpot, WorkingDay};
        for (promise, law, expected) in [
            ((7, WorkingDay), (7, WorkingDay), false),
            ((8, WorkingDay), (7, WorkingDay), true),
            // The two of the shipped catalogue that count calendar days by law and are short.
            ((5, WorkingDay), (10, CalendarDay), false),
            ((7, WorkingDay), (15, CalendarDay), false),
            ((11, WorkingDay), (15, CalendarDay), false),
            ((12, WorkingDay), (15, CalendarDay), true),
            ((21, CalendarDay), (15, WorkingDay), false),
            ((22, CalendarDay), (15, WorkingDay), true),
            ((16, CalendarDay), (15, CalendarDay), true),
            ((1, WorkingDay), (0, OnTheSpot), false),
        ] {
            let (one, other) = (limit(promise.0, promise.1), limit(law.0, law.1));
            assert_eq!(is_longer(&one, &other), expected, "{promise:?} {law:?}");
        }
    }
}
