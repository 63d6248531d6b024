//! Command (命令): one function that changes data, in one transaction. Each is declared once, beside its function: its code, the kind
//! of thing it changes, and the words in which it is told.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    error::{Explain, Fault},
    language::{Language, Said},
    permission::{Action, Standing, require},
    term::{Term, term},
    viewer::Viewer,
};

/// A kind of thing that commands change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is named as its term")]
pub enum Thing {
    Contract,
    Commitment,
    StandardPromises,
    Obligation,
    Deadline,
    Project,
    Milestone,
    Visit,
    Enterprise,
    Liaison,
    Department,
    Document,
    Report,
    Account,
    Absence,
    Evaluation,
    EvaluationDesign,
    EvaluationObjection,
    Permit,
    Rating,
    Rectification,
    SupervisionOrder,
    Comment,
    Letter,
    Mail,
    Job,
    Calendar,
    Item,
    Case,
    Catalogue,
    Application,
    Session,
    Preference,
    SavedFilter,
    Feed,
    Demonstration,
}

impl Thing {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 36] = [
        Self::Contract,
        Self::Commitment,
        Self::StandardPromises,
        Self::Obligation,
        Self::Deadline,
        Self::Project,
        Self::Milestone,
        Self::Visit,
        Self::Enterprise,
        Self::Liaison,
        Self::Department,
        Self::Document,
        Self::Report,
        Self::Account,
        Self::Absence,
        Self::Evaluation,
        Self::EvaluationDesign,
        Self::EvaluationObjection,
        Self::Permit,
        Self::Rating,
        Self::Rectification,
        Self::SupervisionOrder,
        Self::Comment,
        Self::Letter,
        Self::Mail,
        Self::Job,
        Self::Calendar,
        Self::Item,
        Self::Case,
        Self::Catalogue,
        Self::Application,
        Self::Session,
        Self::Preference,
        Self::SavedFilter,
        Self::Feed,
        Self::Demonstration,
    ];

    /// As the API names its type, and the audit trail spells it.
    pub const fn name(self) -> &'static str {
        self.told().0
    }

    /// As people say it.
    pub fn word(self, language: Language) -> &'static str {
        self.told().1.in_language(language)
    }

    const fn told(self) -> (&'static str, Said) {
        let (name, zh, en) = match self {
            Self::Contract => ("Contract", "契约", "Contract"),
            Self::Commitment => ("Commitment", "承诺", "Promise"),
            Self::StandardPromises => ("StandardPromises", "标准承诺", "Standard promises"),
            Self::Obligation => ("Obligation", "履约事项", "Obligation"),
            Self::Deadline => ("Deadline", "时限", "Time limit"),
            Self::Project => ("Project", "项目", "Project"),
            Self::Milestone => ("Milestone", "里程碑", "Milestone"),
            Self::Visit => ("Visit", "走访联系", "Visit"),
            Self::Enterprise => ("Enterprise", "企业", "Enterprise"),
            Self::Liaison => ("Liaison", "专员", "Liaison"),
            Self::Department => ("Department", "部门", "Department"),
            Self::Document => ("Document", "文件", "File"),
            Self::Report => ("Report", "报告", "Report"),
            Self::Account => ("Account", "账户", "Account"),
            Self::Absence => ("Absence", "请假", "Leave"),
            Self::Evaluation => ("Evaluation", "企业评议", "Evaluation"),
            Self::EvaluationDesign => ("EvaluationDesign", "评议方案", "Evaluation design"),
            Self::EvaluationObjection => (
                "EvaluationObjection",
                "评议异议",
                "Objection to an evaluation",
            ),
            Self::Permit => ("Permit", "证照", "Permit"),
            Self::Rating => ("Rating", "单项评价", "Rating"),
            Self::Rectification => ("Rectification", "整改", "Rectification"),
            Self::SupervisionOrder => ("SupervisionOrder", "督办单", "Supervision order"),
            Self::Comment => ("Comment", "留言", "Comment"),
            Self::Letter => ("Letter", "邮件", "E-mail"),
            Self::Mail => ("Mail", "邮件发送", "Mail delivery"),
            Self::Job => ("Job", "任务", "Job"),
            Self::Calendar => ("Calendar", "工作日历", "Calendar"),
            Self::Item => ("Item", "审批事项", "Approval item"),
            Self::Case => ("Case", "办件", "Case"),
            Self::Catalogue => ("Catalogue", "审批事项目录", "Catalogue"),
            Self::Application => ("Application", "申请", "Application"),
            Self::Session => ("Session", "会话", "Session"),
            Self::Preference => ("Preference", "个人设置", "Settings"),
            Self::SavedFilter => ("SavedFilter", "常用筛选", "Saved filter"),
            Self::Feed => ("Feed", "日历订阅", "Calendar feed"),
            Self::Demonstration => ("Demonstration", "演示", "Demonstration"),
        };
        (name, Said { zh, en })
    }
}

term! {
    /// What has changed.
    pub enum News as "NewsKind" {
        /// A milestone is expected on another day.
        MilestoneMoved = "MILESTONE_MOVED", "里程碑调整", "Milestone rescheduled";
        /// A time limit was paused.
        LimitPaused = "LIMIT_PAUSED", "暂停计时", "Time limit paused";
        /// A time limit runs again.
        LimitResumed = "LIMIT_RESUMED", "恢复计时", "Time limit resumed";
        /// A time limit was extended.
        LimitExtended = "LIMIT_EXTENDED", "延期", "Time limit extended";
        /// A contract has moved on or was amended.
        ContractChanged = "CONTRACT_CHANGED", "契约变更", "Contract changed";
        /// A visit was agreed.
        VisitAgreed = "VISIT_AGREED", "约定走访", "Visit agreed";
        /// A visit was moved.
        VisitMoved = "VISIT_MOVED", "走访改期", "Visit rescheduled";
        /// A visit was cancelled.
        VisitCancelled = "VISIT_CANCELLED", "走访取消", "Visit cancelled";
        /// A department was ordered to answer.
        SupervisionOrdered = "SUPERVISION_ORDERED", "下达督办单", "Supervision order";
        /// A version of an approval item was proposed.
        ItemProposed = "ITEM_PROPOSED", "审批事项提请公布", "Approval item proposed";
        /// A version of an approval item was published.
        ItemPublished = "ITEM_PUBLISHED", "审批事项公布", "Approval item published";
        /// An approval item leaves the catalogue.
        ItemRetired = "ITEM_RETIRED", "审批事项移出目录", "Approval item taken off the catalogue";
    }
}

/// A command as it is declared.
#[derive(Debug)]
pub struct Command {
    /// As the audit trail spells it: "permit.renew". What changes the time limit of a thing is told there of the time limit.
    pub code: &'static str,
    /// What it changes.
    pub subject: Thing,
    /// What the audit trail says was done.
    pub told: Said,
    /// What it is as news, if it is any.
    pub news: Option<News>,
    /// What a person fills in to give it, where that is a few fields.
    pub form: Option<&'static Form>,
}

impl Command {
    /// As the API names its mutation: "permitRenew".
    pub fn operation(&self) -> String {
        let mut parts = self.code.split(['.', '_']);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |name, part| name + &capital(part))
    }

    /// As the API begins the names of its types: "PermitRenew".
    pub fn type_name(&self) -> String {
        capital(&self.operation())
    }

    /// As the API names the changed thing in its answer: "permit".
    pub fn object(&self) -> String {
        let mut name = self.subject.name().to_owned();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        name
    }
}

fn capital(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

/// What a person fills in to give a command. Made by [`form!`].
#[derive(Debug)]
pub struct Form {
    /// What the input is, for those who read the API.
    pub about: &'static str,
    /// What has to be allowed; nothing for what is everybody's own affair. Who extends a time limit, the rule of limits says.
    pub may: Option<Action>,
    /// What is going to be done: the head of its page and what stands on its button.
    pub title: Said,
    /// What will come of it, and who will be told.
    pub lead: Said,
    /// What is told when it was done.
    pub done: Said,
    /// Whether the same request comes twice with a key that names it, because nothing else would show it.
    pub keyed: bool,
    /// Whether one filled form may be given for many things at once: nothing in it differs from one to the other.
    pub many: bool,
    /// What is filled in.
    pub fields: &'static [Field],
}

impl Form {
    /// The thing that the command is given for: the first that its input names. Nothing where the command begins something.
    pub fn target(&self) -> Option<Thing> {
        self.fields.iter().find_map(|field| match field.takes {
            Takes::Target(thing) | Takes::VersionOf(thing) => Some(thing),
            _ => None,
        })
    }
}

/// One field of a form.
#[derive(Debug)]
pub struct Field {
    /// As the API names it.
    pub name: &'static str,
    /// What it is, for those who read the API.
    pub about: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether it has to be there.
    pub required: bool,
    /// What people call it; nothing where they do not see it.
    pub label: Option<Said>,
    /// What helps to fill it in.
    pub hint: Option<Said>,
}

/// What a field takes.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// The thing that the command is given for.
    Target(Thing),
    /// The version of that thing as the person saw it.
    Version,
    /// The version of the only thing of its kind, which needs no id.
    VersionOf(Thing),
    /// One line of up to so many characters.
    Line(u32),
    /// Several lines of up to so many characters.
    Lines(u32),
    /// A day.
    Day,
    /// A day; that of today unless another is given.
    Today,
    /// A moment.
    Moment,
    /// A whole number from the first to the second.
    Whole(i32, i32),
    /// Yes or no, in these words.
    Either(Said, Said),
    /// One of these.
    Choice(fn() -> Choices),
    /// Another thing.
    One(Among),
    /// A stored file. Its field is called `…Id`.
    File,
    /// Stored files, as many as one act takes. Its field is called `…Ids`.
    Files,
}

/// Among which things another one is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// The departments of the park.
    Departments,
    /// The enterprises in the park.
    Enterprises,
    /// The people who can be liaisons.
    Liaisons,
    /// The people with an account.
    Accounts,
}

impl Among {
    /// Of which kind they are.
    pub fn thing(self) -> Thing {
        match self {
            Self::Departments => Thing::Department,
            Self::Enterprises => Thing::Enterprise,
            Self::Liaisons | Self::Accounts => Thing::Account,
        }
    }
}

/// The values among which one is chosen.
#[derive(Clone, Debug)]
pub struct Choices {
    /// As the API names their type.
    pub name: &'static str,
    /// Each value as it is spelt, with its word.
    pub all: Vec<(&'static str, Said)>,
    /// Which one it is when a program says nothing; people always choose.
    pub usual: Option<&'static str>,
}

impl Choices {
    /// The values of a term.
    pub fn of<T: Term>() -> Self {
        let said = |term: &T| {
            let (zh, en) = (term.word(Language::Chinese), term.word(Language::English));
            (term.code(), Said { zh, en })
        };
        Self {
            name: T::NAME,
            all: T::ALL.iter().map(said).collect(),
            usual: None,
        }
    }

    /// The same, with the one that it is when a program says nothing.
    pub fn usually<T: Term>(usual: T) -> Self {
        Self {
            usual: Some(usual.code()),
            ..Self::of::<T>()
        }
    }

    /// Whether a value is spelt so.
    pub fn has(&self, code: &str) -> bool {
        self.all.iter().any(|(known, _)| *known == code)
    }
}

/// A value that came for a field, read by what the field takes.
#[derive(Clone, Debug)]
pub enum Given {
    /// The key of a thing.
    Key(Uuid),
    /// The keys of several things.
    Keys(Vec<Uuid>),
    /// A text, or the code of a choice.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// A moment.
    Moment(DateTime<Utc>),
    /// A number.
    Number(i32),
    /// Yes or no.
    Either(bool),
}

/// What a field becomes for a command.
pub trait Taken: Sized {
    /// Whether it has to be there.
    const REQUIRED: bool = true;

    /// The value, if it is of this kind.
    fn taken(given: Option<Given>) -> Option<Self>;
}

macro_rules! taken {
    ($($given:ident = $type:ty,)+) => {
        $(impl Taken for $type {
            fn taken(given: Option<Given>) -> Option<Self> {
                match given {
                    Some(Given::$given(value)) => Some(value),
                    _ => None,
                }
            }
        })+
    };
}

taken! {
    Key = Uuid,
    Text = String,
    Day = NaiveDate,
    Moment = DateTime<Utc>,
    Number = i32,
    Either = bool,
}

impl<T: Term> Taken for T {
    fn taken(given: Option<Given>) -> Option<Self> {
        T::of_code(&String::taken(given)?)
    }
}

impl Taken for Vec<Uuid> {
    const REQUIRED: bool = false;

    fn taken(given: Option<Given>) -> Option<Self> {
        match given {
            None => Some(Self::new()),
            Some(Given::Keys(keys)) => Some(keys),
            Some(_) => None,
        }
    }
}

impl<T: Taken> Taken for Option<T> {
    const REQUIRED: bool = false;

    fn taken(given: Option<Given>) -> Option<Self> {
        match given {
            None => Some(None),
            given => T::taken(given).map(Some),
        }
    }
}

/// What a command with a form takes. Made by [`form!`].
pub trait Input: Clone + Send + Sync + Sized + 'static {
    /// What its rule refuses with.
    type Refused: Explain + Send + 'static;

    /// Its form.
    const FORM: &'static Form;

    /// The command.
    fn command() -> &'static Command;

    /// Reads it from what came for each field, in their order; nothing when a field is of another kind than it takes.
    fn read(given: Vec<Option<Given>>) -> Option<Self>;
}

/// Declares the commands of a term beside their functions. It carries data only, so that a command without words in both languages
/// does not compile:
///
/// ```ignore
/// commands! {
///     /// A visit is agreed.
///     AGREE = "visit.agree" on Visit: "约定", "agreed", news VisitAgreed;
/// }
/// ```
macro_rules! commands {
    ($(
        $(#[$meta:meta])*
        $name:ident = $code:literal on $thing:ident: $zh:literal, $en:literal $(, news $news:ident)? $(, form $form:ident)?;
    )+) => {
        $(
            $(#[$meta])*
            pub static $name: $crate::command::Command = $crate::command::Command {
                code: $code,
                subject: $crate::command::Thing::$thing,
                told: $crate::language::Said { zh: $zh, en: $en },
                news: [$(Some($crate::command::News::$news),)? None][0],
                form: [$(Some(<$form as $crate::command::Input>::FORM),)? None][0],
            };
        )+

        /// All of these commands, for whoever reads a code.
        pub static COMMANDS: &[&$crate::command::Command] = &[$(&$name),+];
    };
}
pub(crate) use commands;

/// Defines what a command takes, with all that its pages and the API say of it. It carries data only:
///
/// ```ignore
/// form! {
///     /// A permit that was renewed.
///     pub struct Renew of RENEW by Action::ManagePermits, refused PermitError {
///         title: "登记证照延续", "Record its renewal";
///         lead: "提醒按新的有效期重新计算。", "From then on everybody is told by the new last day.";
///         done: "证照已保存。", "The permit is saved.";
///         /// The permit.
///         id: Uuid = Target(Thing::Permit);
///         /// The new last day, later than before.
///         valid_until: NaiveDate = Day, "有效期至", "Valid until";
///     }
/// }
/// ```
///
/// After the label of a field a hint may follow. Without `by …` no permission is asked for. After `refused …`, `keyed` lets the
/// same request come twice and be done once, and `many` lets one filled form be given for many things of a list.
macro_rules! form {
    (
        #[doc = $about:literal]
        pub struct $input:ident of $command:ident $(by $may:expr)?, refused $refused:ty $(, $mark:ident)* {
            title: $title_zh:literal, $title_en:literal;
            lead: $lead_zh:literal, $lead_en:literal;
            done: $done_zh:literal, $done_en:literal;
            $(
                #[doc = $means:literal]
                $field:ident: $type:ty = $takes:expr
                    $(, $label_zh:literal, $label_en:literal $(, $hint_zh:literal, $hint_en:literal)?)?;
            )+
        }
    ) => {
        #[doc = $about]
        #[derive(Clone, Debug)]
        pub struct $input {
            $(#[doc = $means] pub $field: $type,)+
        }

        impl $crate::command::Input for $input {
            type Refused = $refused;

            const FORM: &'static $crate::command::Form = &$crate::command::Form {
                about: $about.trim_ascii(),
                may: [$(Some($may),)? None][0],
                title: $crate::language::Said { zh: $title_zh, en: $title_en },
                lead: $crate::language::Said { zh: $lead_zh, en: $lead_en },
                done: $crate::language::Said { zh: $done_zh, en: $done_en },
                keyed: (0_u8 $(| $crate::command::mark::$mark)*) & $crate::command::mark::keyed != 0,
                many: (0_u8 $(| $crate::command::mark::$mark)*) & $crate::command::mark::many != 0,
                fields: &[$($crate::command::Field {
                    name: {
                        const WRITTEN: &str = stringify!($field);
                        const SPELT: ([u8; WRITTEN.len()], usize) = $crate::command::camel(WRITTEN);
                        $crate::command::spelt(&SPELT)
                    },
                    about: $means.trim_ascii(),
                    takes: {
                        #[allow(unused_imports, reason = "each field takes another kind")]
                        use $crate::command::{Among, Takes::*, Thing};
                        $takes
                    },
                    required: <$type as $crate::command::Taken>::REQUIRED,
                    label: [$(Some($crate::language::Said { zh: $label_zh, en: $label_en }),)? None][0],
                    hint: [$($(Some($crate::language::Said { zh: $hint_zh, en: $hint_en }),)?)? None][0],
                },)+],
            };

            fn command() -> &'static $crate::command::Command {
                &$command
            }

            fn read(given: Vec<Option<$crate::command::Given>>) -> Option<Self> {
                let mut given = given.into_iter();
                Some(Self {
                    $($field: $crate::command::Taken::taken(given.next()?)?,)+
                })
            }
        }
    };
}
pub(crate) use form;

/// What a form may be marked with, each by its own bit.
#[allow(non_upper_case_globals, reason = "spelt as in a form")]
pub(crate) mod mark {
    /// Sent again with its key, it does nothing twice.
    pub(crate) const keyed: u8 = 1;
    /// It may be given for many things with the same words.
    pub(crate) const many: u8 = 2;
}

/// A name as the API spells it, and how long it is.
pub(crate) const fn camel<const LONGEST: usize>(written: &str) -> ([u8; LONGEST], usize) {
    let written = written.as_bytes();
    let (mut spelt, mut long, mut at) = ([0; LONGEST], 0, 0);
    while at < written.len() {
        if written[at] == b'_' {
            at += 1;
            spelt[long] = written[at].to_ascii_uppercase();
        } else {
            spelt[long] = written[at];
        }
        long += 1;
        at += 1;
    }
    (spelt, long)
}

/// The name itself.
pub(crate) const fn spelt<const LONGEST: usize>(
    (spelt, long): &'static ([u8; LONGEST], usize),
) -> &'static str {
    match str::from_utf8(spelt.split_at(*long).0) {
        Ok(name) => name,
        Err(_) => panic!("names are ASCII"),
    }
}

/// A command that is offered with a thing, and what stands in its way now.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The command.
    pub command: &'static Command,
    /// Its form.
    pub form: &'static Form,
    /// Why this viewer may not give it now, in his language; nothing when he may.
    pub why_not: Option<String>,
}

/// Those of `commands` that are given for a `target`, each as this viewer may give it: by his permission, then as the rule says.
pub(crate) fn offers<E: Explain>(
    commands: &[&'static Command],
    target: Thing,
    viewer: &Viewer,
    standing: Standing,
    rule: impl Fn(&Command) -> Result<(), E>,
) -> Vec<Offer> {
    let may = |_: &Command, form: &Form| require(viewer, form.may, standing);
    offers_by(commands, target, viewer, may, rule)
}

/// As [`offers`], where it depends on the command what is asked of the viewer.
pub(crate) fn offers_by<E: Explain>(
    commands: &[&'static Command],
    target: Thing,
    viewer: &Viewer,
    may: impl Fn(&Command, &Form) -> Result<(), Fault>,
    rule: impl Fn(&Command) -> Result<(), E>,
) -> Vec<Offer> {
    let of_target = |command: &'static Command| {
        let form = command.form.filter(|form| form.target() == Some(target))?;
        offer(command, viewer, may(command, form), |()| rule(command))
    };
    commands.iter().copied().filter_map(of_target).collect()
}

/// A command with a form as this viewer may give it: by his permission, then as the rule says of what was permitted.
pub(crate) fn offer<T, E: Explain>(
    command: &'static Command,
    viewer: &Viewer,
    may: Result<T, Fault>,
    rule: impl FnOnce(T) -> Result<(), E>,
) -> Option<Offer> {
    let language = viewer.language();
    let why_not = match may {
        Err(fault) => Some(fault.explain(language)),
        Ok(permitted) => rule(permitted)
            .err()
            .map(|error| error.explain().in_language(language).to_owned()),
    };
    Some(Offer {
        command,
        form: command.form?,
        why_not,
    })
}
