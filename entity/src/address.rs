//! Mail address (邮箱地址): what a letter can be sent to, in the one form in which it is kept and compared.

use url::Host;

use crate::text::plain;

/// The longest address, and the longest name before its `@` (RFC 5321, 4.5.3.1).
const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;
/// The longest part between two dots of a domain (RFC 1035, 2.3.4).
const LONGEST_LABEL: usize = 63;

/// The address in small letters, its domain as the network knows it (`xn--…`); nothing when no letter can be sent there: the name
/// before the `@` is of ASCII letters, digits and marks, as every mail server takes it, and the domain is a name with a dot, not
/// a number.
pub fn mailable(text: &str) -> Option<String> {
    let typed = plain(text);
    let (local, domain) = typed.rsplit_once('@')?;
    let domain = match Host::parse(domain).ok()? {
        Host::Domain(domain) if !typed.contains('%') => domain,
        _ => return None,
    };
    let address = format!("{local}@{domain}");
    let fits = address.len() <= LONGEST
        && (1..=LONGEST_LOCAL).contains(&local.len())
        && local
            .split('.')
            .all(|atom| !atom.is_empty() && atom.chars().all(is_atom))
        && domain.contains('.')
        && domain.split('.').all(is_label);
    fits.then_some(address)
}

/// What may stand in a name without quotation marks (RFC 5322, 3.2.3).
fn is_atom(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$&'*+-/=?^_`{|}~".contains(character)
}

fn is_label(label: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_mailed_has_one_form() {
        for (typed, kept) in [
            ("zhuanyuan-01@park.example", "zhuanyuan-01@park.example"),
            (" Zhuanyuan-01@Park.Example\n", "zhuanyuan-01@park.example"),
            ("ｚｈａｏ＠ｐａｒｋ．ｅｘａｍｐｌｅ", "zhao@park.example"),
            ("z\u{200b}hao@park.example", "zhao@park.example"),
            ("zhao+desk@mail.park.example", "zhao+desk@mail.park.example"),
            ("zhao@园区.example", "zhao@xn--dkrx9f.example"),
            ("zhao@xn--dkrx9f.example", "zhao@xn--dkrx9f.example"),
            ("zhao@park。example", "zhao@park.example"),
        ] {
            assert_eq!(mailable(typed).as_deref(), Some(kept), "{typed:?}");
        }
        let (long_local, long_label) = ("a".repeat(65), "a".repeat(64));
        for typed in [
            "",
            "@",
            "zhao",
            "zhao@",
            "@park.example",
            "zhao@park",
            "zhao@@park.example",
            "zhao@park@example.example",
            "zhao @park.example",
            "zhao,qian@park.example",
            "\"zhao\"@park.example",
            "zhao<qian@park.example>",
            ".zhao@park.example",
            "zhao.@park.example",
            "zh..ao@park.example",
            "赵@park.example",
            "zhao@.park.example",
            "zhao@park..example",
            "zhao@park.example.",
            "zhao@-park.example",
            "zhao@park_.example",
            "zhao@127.0.0.1",
            "zhao@[::1]",
            "zhao@pa%72k.example",
            "zhao@park.example:25",
            "zhao@park.example\nbcc",
            &format!("{long_local}@park.example"),
            &format!("zhao@{long_label}.example"),
            &format!("zhao@{}example", "a.".repeat(130)),
        ] {
            assert_eq!(mailable(typed), None, "{typed:?}");
        }
    }
}
