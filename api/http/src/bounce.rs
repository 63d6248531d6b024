//! Letters that come back: what the mail server at the other end reports (RFC 3464), and about which of ours.

use entity::outbox::rules::bounced_letter;
use mail_parser::{MessageParser, MimeHeaders};
use uuid::Uuid;

/// A letter that the other side has given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bounce {
    /// The letter.
    pub(super) letter: Uuid,
    /// What the other side said: the status and its diagnosis.
    pub(super) text: String,
}

/// Reads a mail that came to the return path of a letter. Nothing unless it is a report of a failure about a letter that this
/// database has signed: delays, replies of people and machines, and forgeries change nothing. What counts is the part of the report
/// that is meant for machines, however it is encoded. It alone says whether the failure is final (`Action`): a server that has given up
/// says so with a status of the class 4, too, when it has tried for days.
pub(super) fn read(key: &[u8], mail: &[u8]) -> Option<Bounce> {
    let message = MessageParser::default().parse(headed(mail))?;
    if !message.is_content_type("multipart", "report") {
        return None;
    }
    let letter = message
        .headers_raw()
        .flat_map(|(_, value)| tags(value))
        .find_map(|tag| bounced_letter(key, &tag))?;
    let status = message.parts.iter().find(|part| {
        part.is_content_type("message", "delivery-status")
            || part.is_content_type("message", "global-delivery-status")
    })?;
    let status = String::from_utf8_lossy(status.contents()).replace("\r\n", "\n");
    // The first group is about the mail, each other one about a recipient.
    let failed = status
        .split("\n\n")
        .map(fields)
        .find(|fields| value(fields, "Action").is_some_and(|action| word(action) == "failed"))?;
    let code = value(&failed, "Status").unwrap_or_default();
    let diagnosis = value(&failed, "Diagnostic-Code").unwrap_or_default();
    Some(Bounce {
        letter,
        text: format!("{code} {diagnosis}").trim().to_owned(),
    })
}

/// A mail without the line that a mailbox file puts before it.
fn headed(mail: &[u8]) -> &[u8] {
    let end = mail.iter().position(|byte| *byte == b'\n');
    match end {
        Some(end) if mail.starts_with(b"From ") => &mail[end + 1..],
        _ => mail,
    }
}

/// What stands between a plus and an at sign, in small letters: the tag of a return path.
fn tags(header: &str) -> impl Iterator<Item = String> + '_ {
    header.split('+').skip(1).filter_map(|rest| {
        let (tag, _) = rest.split_once('@')?;
        let hex = |c: char| c.is_ascii_hexdigit() || c == '.';
        (tag.len() < 64 && tag.chars().all(hex)).then(|| tag.to_ascii_lowercase())
    })
}

/// The fields of a group, those that go on in further lines in one piece.
fn fields(group: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in group.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    fields
}

fn value<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = fields
        .iter()
        .find(|(found, _)| found.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// The first word of a value, in small letters; a remark may follow it.
fn word(value: &str) -> String {
    let end = value.find([' ', '\t', ';', '(']).unwrap_or(value.len());
    value[..end].to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use entity::outbox::rules::bounce_tag;

    use super::*;

    const KEY: &[u8] = b"key";

    fn letter() -> Uuid {
        Uuid::from_u128(7)
    }

    fn part(status: &str) -> String {
        format!("Content-Type: message/delivery-status\r\n\r\n{status}")
    }

    fn report(to: &str, words: &str, part: &str) -> String {
        format!(
            "To: bounces+{to}@park.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\n{words}\r\n--b\r\n{part}\r\n--b--\r\n"
        )
    }

    fn status(action: &str, code: &str) -> String {
        format!(
            "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: {action}\r\nStatus: {code}\r\n\
             Diagnostic-Code: smtp; 550\r\n 5.1.1 nobody\r\n"
        )
    }

    #[test]
    fn what_the_other_side_has_given_up_is_a_bounce() {
        let tag = bounce_tag(KEY, letter());
        let found = |mail: &str| read(KEY, mail.as_bytes());
        let plain = report(&tag, "Sorry.", &part(&status("failed", "5.1.1")));
        let told = Bounce {
            letter: letter(),
            text: "5.1.1 smtp; 550 5.1.1 nobody".to_owned(),
        };
        assert_eq!(found(&plain), Some(told.clone()));
        // After days of trying, the last status may be one of the class 4.
        let expired = report(&tag, "", &part(&status("failed", "4.4.7")));
        assert!(found(&expired).is_some_and(|bounce| bounce.text.starts_with("4.4.7")));
        for action in ["Failed", "failed (permanent failure)", " FAILED ; given up"] {
            let mail = report(&tag.to_uppercase(), "", &part(&status(action, "5.2.2")));
            assert!(found(&mail).is_some(), "{action}");
        }
        // However the part is encoded, and with the line of a mailbox file before it all.
        let encoded = format!(
            "Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            STANDARD.encode(status("failed", "5.1.1"))
        );
        assert_eq!(found(&report(&tag, "", &encoded)), Some(told.clone()));
        let quoted = status("failed", "5.1.1").replace("failed", "=66ailed");
        let quoted = format!(
            "Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{quoted}"
        );
        assert_eq!(found(&report(&tag, "", &quoted)), Some(told.clone()));
        assert_eq!(
            found(&format!(
                "From MAILER-DAEMON Thu Jan  1 00:00:00 2026\n{plain}"
            )),
            Some(told)
        );
    }

    #[test]
    fn what_people_write_and_what_is_still_tried_is_none() {
        let tag = bounce_tag(KEY, letter());
        let none = |mail: &str| assert_eq!(read(KEY, mail.as_bytes()), None, "{mail}");
        for action in ["delayed", "delivered", "relayed", "expanded"] {
            none(&report(
                &tag,
                "Action: failed\r\nStatus: 5.1.1",
                &part(&status(action, "4.4.7")),
            ));
        }
        none(&report(
            &tag,
            "Action: failed\r\n\r\nAction: failed",
            "Content-Type: text/plain\r\n\r\nAction: failed\r\n",
        ));
        none(&format!(
            "To: bounces+{tag}@park.example\r\n\r\nI am on leave.\r\nAction: failed\r\nStatus: 5.0.0\r\n"
        ));
        // A return path in the words or in the line of a mailbox file is not the one it came to.
        let words = format!("bounces+{tag}@park.example");
        none(&report("other", &words, &part(&status("failed", "5.1.1"))));
        none(&format!(
            "From {words} Thu Jan  1 00:00:00 2026\n{}",
            report("other", "", &part(&status("failed", "5.1.1")))
        ));
        let forged = report(&tag, "", &part(&status("failed", "5.1.1")));
        assert_eq!(read(b"other", forged.as_bytes()), None);
        none("");
        none("+@+.@+é@");
    }
}
