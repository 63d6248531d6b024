//! Letters and where they stand; holding all mail back and letting it go.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use entity::{
    account::rules::finds_by_enterprise, clock::instant_of, command::Thing, language::Language,
    outbox, permission::Action, trail,
};

use super::{
    act::{self, Act, Field, send},
    bridge::operation,
    command,
    export::{Ending, Sheet},
    flash::Flash,
    form::{Filled, day},
    frame::Frame,
    global_id,
    guest::Guest,
    list::{Address, Paging},
    many,
    refusal::Refusal,
    term::*,
};

operation!(LetterList in "src/operations/letter.graphql" deriving "Clone, Debug, Default");
operation!(LetterFile in "src/operations/letter.graphql" deriving "Clone, Debug, Deserialize");
operation!(LetterPage in "src/operations/letter.graphql");
operation!(MailState in "src/operations/letter.graphql");
operation!(HoldMail in "src/operations/letter.graphql");
operation!(ReleaseMail in "src/operations/letter.graphql");

fn variables(address: &Address, paging: Paging) -> letter_list::Variables {
    let states: Vec<LetterState> = address
        .all("state")
        .filter_map(LetterState::of_code)
        .collect();
    letter_list::Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        whole: paging.whole,
        where_: Some(letter_list::LetterFilter {
            state: (!states.is_empty()).then_some(letter_list::LetterStateIn { one_of: states }),
            kind: address
                .some("kind")
                .map(|kind| letter_list::LetterKindIn { one_of: vec![kind] }),
            text: address.some("text"),
            ..letter_list::LetterFilter::default()
        }),
        sort_by: Some(vec![letter_list::LetterSort {
            field: LetterSortField::CreatedAt,
            direction: SortDirection::Desc,
        }]),
    }
}

#[derive(Template)]
#[template(path = "letter/list.html")]
struct ListShown {
    f: Frame,
    saved: Vec<letter_list::LetterListSavedFilters>,
    mail: letter_list::LetterListMail,
    kinds: Vec<(String, String)>,
    rows: Vec<letter_list::LetterListLettersNodes>,
    shown: i64,
    total: i64,
    info: letter_list::LetterListLettersPageInfo,
    may: bool,
    offers: Vec<many::Offer>,
    /// Whether the text filter finds by enterprise, too.
    by_enterprise: bool,
}

/// What a kind of letter is called; a kind of a newer version by its code.
fn kind(f: &Frame, spelt: &str) -> String {
    let mut kinds = outbox::Kind::ALL.into_iter();
    kinds.find(|kind| kind.name() == spelt).map_or_else(
        || spelt.to_owned(),
        |kind| kind.label().in_language(f.language).to_owned(),
    )
}

impl ListShown {
    fn kind(&self, code: &str) -> String {
        kind(&self.f, code)
    }
}

/// All letters, and whether mail is held back.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<LetterList>(asked).await?;
    let mut f = guest.frame("");
    f.title = f.t("邮件", "E-mails").to_owned();
    let kinds = outbox::Kind::ALL.iter();
    let kinds = kinds
        .map(|kind| (kind.name(), kind.label().in_language(f.language).to_owned()))
        .collect();
    Ok(guest.show(&ListShown {
        saved: data.saved_filters,
        offers: many::offers(&guest, Thing::Letter),
        by_enterprise: finds_by_enterprise(guest.viewer.role()),
        f,
        mail: data.mail,
        kinds,
        shown: i64::try_from(data.letters.nodes.len()).unwrap_or(i64::MAX),
        rows: data.letters.nodes,
        total: data.letters.total_count,
        info: data.letters.page_info,
        may: may(data.viewer.map(|viewer| viewer.permissions)),
    }))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    // To everybody else the API gives the own ones, of which there is no list.
    guest.require(Action::ReadOperations)?;
    let f = guest.frame("");
    let sheet = Sheet {
        name: f.t("邮件", "E-mails").to_owned(),
        columns: vec![
            f.t("邮件", "E-mail"),
            f.t("收件人", "To"),
            f.t("地址", "Address"),
            f.t("状态", "State"),
            f.t("生成时间", "Created"),
            f.t("送出时间", "Sent"),
            f.t("尝试次数", "Attempts"),
            f.t("最近答复代码", "Last code"),
            f.t("最近答复", "Last answer"),
        ],
    };
    let read = |data: letter_file::ResponseData| {
        let found = data.letters;
        let row = |row: &letter_file::LetterFileLettersNodes| {
            vec![
                kind(&f, &row.kind).into(),
                row.recipient.as_ref().map(|to| to.name.clone()).into(),
                row.address.clone().into(),
                row.state.say(&f).into(),
                f.time(&row.created_at).into(),
                row.sent_at.as_ref().map(|at| f.time(at)).into(),
                row.attempt_count.into(),
                row.last_code.into(),
                row.last_text.clone().into(),
            ]
        };
        let rows = found.nodes.iter().map(row).collect();
        let info = found.page_info;
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<LetterFile, _>(
            &guest,
            ending,
            |paging| variables(&guest.address, paging),
            read,
        )
        .await
}

fn may(permissions: Option<Vec<PermittedAction>>) -> bool {
    permissions.is_some_and(|all| all.contains(&PermittedAction::ManageOperations))
}

#[derive(Template)]
#[template(path = "letter/page.html")]
struct PageShown {
    f: Frame,
    it: letter_page::LetterPageLetter,
}

impl PageShown {
    fn may(&self, code: &str) -> bool {
        let mut commands = self.it.commands.iter();
        commands.any(|command| command.code == code && command.may)
    }
}

/// What a letter is called: its kind, and to whom it goes.
pub fn called(f: &Frame, spelt: &str, recipient: Option<&str>) -> String {
    let kind = kind(f, spelt);
    match recipient {
        Some(name) => format!("{kind} {} {name}", f.t("致", "to")),
        None => kind,
    }
}

/// One letter with its attempts.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Letter, &key)?;
    let data = guest
        .run::<LetterPage>(letter_page::Variables { id })
        .await?;
    let it = data.letter.ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = called(&f, &it.kind, it.recipient.as_ref().map(|to| &*to.name));
    Ok(guest.show(&PageShown { f, it }))
}

const RELEASE: &[&str] = &["kind", "writtenSince", "reason"];

/// Every kind is a choice of its own: nothing is released because something was left out or misspelt.
const ALL: &str = "ALL";

/// Which letters are released, and why.
fn choice(f: &Frame) -> Vec<Field> {
    let all = (ALL.to_owned(), f.t("全部种类", "Every kind").to_owned());
    let kinds = outbox::Kind::ALL.iter().map(|kind| {
        let label = kind.label().in_language(f.language).to_owned();
        (kind.name().to_owned(), label)
    });
    let mut fields = vec![
        Field::choice(
            "kind",
            f.t("种类", "Kind"),
            "",
            std::iter::once(all).chain(kinds).collect(),
        ),
        Field::day(
            "writtenSince",
            f.t("生成日期不早于", "Created on or after"),
            f.t(
                "从备份恢复后，填写最后一封邮件发出之后的日期；不填则不限",
                "After restoring a backup: the day after the last e-mail was sent; leave empty for all",
            ),
        ),
    ];
    fields.push(Field::lines(
        "reason",
        f.t("理由", "Reason"),
        f.t("记入审计记录", "Stored in the audit trail"),
    ));
    fields
}

/// The command that holds all mail back.
const HOLD: &str = "mail.hold";

/// What is done with all mail.
async fn mail(guest: &Guest, hold: bool, filled: Option<&Filled>) -> Result<Act, Refusal> {
    guest.require(Action::ManageOperations)?;
    let data = guest.run::<MailState>(mail_state::Variables).await?.mail;
    let mut f = guest.frame("");
    let waiting: i64 = data
        .letters
        .iter()
        .filter(|row| row.state == LetterState::Pending)
        .map(|row| row.count)
        .sum();
    let waiting = f.count(&waiting, "封邮件", "e-mail", "e-mails");
    let (title, lead, fields) = if hold {
        let form = trail::command(HOLD).and_then(|command| command.form);
        let form = form.ok_or(Refusal::Internal)?;
        let lead = form.lead.in_language(f.language);
        let lead = match f.language {
            Language::Chinese => format!("{lead}目前待发 {waiting}。"),
            Language::English => format!("{lead} Waiting now: {waiting}."),
        };
        let fields = command::fields(form, &f);
        (form.title.in_language(f.language), lead, fields)
    } else {
        let lead = match f.language {
            Language::Chinese => {
                format!("目前待发 {waiting}；所选邮件立即开始发送，其余的继续停发。")
            }
            Language::English => format!(
                "{waiting} waiting now. The e-mails you choose are sent at once; the others stay on hold."
            ),
        };
        (f.t("放行邮件", "Release mail"), lead, choice(&f))
    };
    f.title = title.to_owned();
    Ok(Act {
        form: act::form(RELEASE, filled, &[]),
        back: ("/letters".to_owned(), f.t("邮件", "E-mails").to_owned()),
        lead,
        fields,
        verb: title,
        version: data.version,
        f,
    })
}

/// The page "hold all mail".
pub async fn ask_hold(guest: Guest) -> Result<Response, Refusal> {
    Ok(mail(&guest, true, None).await?.answer(&guest))
}

/// The page "release mail".
pub async fn ask_release(guest: Guest) -> Result<Response, Refusal> {
    Ok(mail(&guest, false, None).await?.answer(&guest))
}

/// Holds all mail back.
pub async fn hold(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut act = mail(&guest, true, Some(&filled)).await?;
    let input = hold_mail::MailHoldInput {
        expected_version: filled.version(),
        reason: filled.get("reason").to_owned(),
    };
    send!(
        guest,
        &filled,
        act.form,
        HoldMail(hold_mail::Variables { input }).mail_hold
    );
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    Ok(guest.done(Flash::Given(HOLD), "/letters"))
}

/// Lets mail go.
pub async fn release(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut act = mail(&guest, false, Some(&filled)).await?;
    let since = day(&guest, &filled, &mut act.form, "writtenSince");
    if act.is_unchosen(&guest, &filled) {
        return Ok(act.answer(&guest));
    }
    let kind = filled.some("kind").filter(|kind| kind != ALL);
    let input = release_mail::MailReleaseInput {
        expected_version: filled.version(),
        reason: filled.get("reason").to_owned(),
        kind: kind.map(|kind| release_mail::LetterKindIn { one_of: vec![kind] }),
        written_since: since.map(|day| instant_of(day, 0, 0, act.f.zone)),
    };
    send!(
        guest,
        &filled,
        act.form,
        ReleaseMail(release_mail::Variables { input }).mail_release
    );
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    Ok(guest.done(Flash::MailReleased, "/letters"))
}
