//! Link (链接): the pages below the public address that letters and other texts point to. Their one home, so that what was sent
//! years ago still leads somewhere.

use uuid::Uuid;

/// The page of a contract.
pub fn contract(id: Uuid) -> String {
    format!("/contracts/{id}")
}

/// Where a contract is decided on, and what can be done with it.
pub fn contract_acts(id: Uuid) -> String {
    format!("{}/acts", contract(id))
}

/// The comments on a page.
pub fn comments(page: &str) -> String {
    format!("{page}#comments")
}

/// The page of an enterprise.
pub fn enterprise(id: Uuid) -> String {
    format!("/enterprises/{id}")
}

/// The page of an obligation: what is promised, to whom, by when and why.
pub fn obligation(id: Uuid) -> String {
    format!("/obligations/{id}")
}

/// The page of a supervision order: what is asked, what was answered, and where it is answered.
pub fn supervision(id: Uuid) -> String {
    format!("/supervisions/{id}")
}

/// The address of a calendar feed; `secret` is that of the feed.
pub fn feed(secret: &str) -> String {
    format!("/calendar/{secret}.ics")
}

/// The page of a project: stages, gates, milestones.
pub fn project(id: Uuid) -> String {
    format!("/projects/{id}")
}

/// The page of an application: its form while it is a draft, then its receipt.
pub fn application(id: Uuid) -> String {
    format!("/applications/{id}")
}

/// The page of a visit: when, where, what about.
pub fn visit(id: Uuid) -> String {
    format!("/visits/{id}")
}

/// The page of a report with its files.
pub fn report(id: Uuid) -> String {
    format!("/reports/{id}")
}

/// The page of a quarterly evaluation: its days, its figures, the own form.
pub fn evaluation(id: Uuid) -> String {
    format!("/evaluations/{id}")
}

/// The page of a case: its clocks, what happened to it, what is to be done.
pub fn case(id: Uuid) -> String {
    format!("/cases/{id}")
}

/// The page of a rectification: what was said, what is done about it, by when.
pub fn rectification(id: Uuid) -> String {
    format!("/rectifications/{id}")
}

/// The page of an approval item: its versions, and the one that is being worked on.
pub fn item(id: Uuid) -> String {
    format!("/items/{id}")
}

/// The form of an enterprise in an evaluation; `secret` is that of the invitation.
pub fn answer(secret: &str) -> String {
    format!("/answer/{secret}")
}

/// The page on which a person chooses a password; `secret` is that of an invitation or of a link for a new password.
pub fn join(secret: &str) -> String {
    format!("/join/{secret}")
}
