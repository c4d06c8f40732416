//! On DSNs, with go-sql-driver.

use database_url::ErrorKind;
use percent_encoding::percent_decode_str;

use super::{
    Difference, difference, has_invisible_end, holds_control, holds_tls_setting, ours, theirs,
    we_reject,
};
use crate::split::Split;

/// All of them: what go-sql-driver rejects and we read, what we reject and it reads, and what both read differently.
pub const LIST: &[Difference] = &[
    difference(
        "a server's key is registered in Go's code, where we cannot look",
        |f, s| f.it_rejects(&["server pub key"]) && s.has_any(&["serverPubKey"]),
    ),
    difference(
        "a place in Go's table of time zones is none of ours",
        |f, s| f.it_rejects(&["time zone", "time: ", "directory"]) && s.has_any(&["loc"]),
    ),
    // Rejected here.
    difference(
        "control characters and line ends are refused, though there is no other way to write them",
        |f, s| we_reject(f, ErrorKind::ControlCharacter) && holds_control(s.text),
    ),
    difference(
        "whitespace and characters without width are refused at either end",
        |f, s| we_reject(f, ErrorKind::SurroundingSpaces) && has_invisible_end(s.text),
    ),
    difference("a text that begins like a quoted one is refused", |f, s| {
        we_reject(f, ErrorKind::SurroundingQuotes) && !s.text.starts_with(char::is_alphanumeric)
    }),
    difference(
        "a lone quotation mark or bracket at the end is refused",
        |f, s| {
            let kinds = [ErrorKind::SurroundingQuotes, ErrorKind::InvalidBrackets];
            kinds.iter().any(|&kind| we_reject(f, kind))
                && s.text
                    .ends_with(['"', '\'', '`', ')', ']', '}', '>', '”', '’', '»'])
        },
    ),
    difference(
        "a setting of TLS inside another value is an error: it has no effect",
        |f, s| we_reject(f, ErrorKind::UnescapedDelimiter) && holds_tls_setting(s.text),
    ),
    difference(
        "a second `?`, and a `;` before a name and `=`, are refused",
        |f, s| we_reject(f, ErrorKind::UnescapedDelimiter) && s.query().contains(['?', ';']),
    ),
    difference(
        "a `;` or `,` at the end is refused: it is left of a line of code",
        |f, s| we_reject(f, ErrorKind::UnescapedDelimiter) && s.text.ends_with([';', ',']),
    ),
    difference(
        "escapes that are not UTF-8 are refused, not sent",
        |f, s| {
            we_reject(f, ErrorKind::InvalidUtf8)
                && percent_decode_str(s.text).decode_utf8().is_err()
        },
    ),
    difference("NUL is refused", |f, s| {
        we_reject(f, ErrorKind::NulByte) && s.text.contains("%00")
    }),
    difference("a mask is refused", |f, s| {
        we_reject(f, ErrorKind::MaskedValue) && s.text.contains("***")
    }),
    difference(
        "references that nothing has expanded are refused",
        |f, s| we_reject(f, ErrorKind::UnexpandedReference) && s.text.contains(['$', '{']),
    ),
    difference(
        "a URL is refused, not read as the user `mysql` with a password",
        |f, s| {
            let kinds = [ErrorKind::UnknownFormat, ErrorKind::UnescapedDelimiter];
            kinds.iter().any(|&kind| we_reject(f, kind)) && s.text.contains("://")
        },
    ),
    difference("TLS is said once: the last one does not win", |f, s| {
        we_reject(f, ErrorKind::Conflict)
            && ["tls=", "allowFallbackToPlaintext="]
                .iter()
                .any(|name| s.text.matches(name).count() > 1)
    }),
    difference("`tls` without a value is refused", |f, s| {
        we_reject(f, ErrorKind::InvalidValue)
            && s.parameters()
                .iter()
                .any(|(name, value)| name == "tls" && value.is_empty())
    }),
    difference(
        "a name about TLS without `=` is refused, not dropped",
        |f, s| {
            let is_bare = |param: &str| !param.contains('=') && !param.is_empty();
            we_reject(f, ErrorKind::MissingEquals) && s.query().split('&').any(is_bare)
        },
    ),
    difference(
        "durations are whole milliseconds, and not below nothing",
        |f, s| {
            let durations = ["timeout", "readTimeout", "writeTimeout"];
            we_reject(f, ErrorKind::InvalidValue)
                && s.has_any(&durations)
                && ["us", "ns", "-", "."]
                    .iter()
                    .any(|odd| s.query().contains(odd))
        },
    ),
    difference("numbers have no sign and end at 32 bits", |f, s| {
        we_reject(f, ErrorKind::InvalidValue) && s.has_any(&["maxAllowedPacket"])
    }),
    difference("an address that nobody can dial is refused", |f, s| {
        we_reject(f, ErrorKind::InvalidValue) && s.text.contains('(')
    }),
    difference(
        "a misspelt setting of TLS is refused, not sent as a variable",
        |f, _| we_reject(f, ErrorKind::UnknownKeyword),
    ),
    // Read differently.
    difference(
        "go-sql-driver puts an address in brackets into brackets again",
        |f, _| f.is_field("address") && theirs(f).is_some_and(|theirs| theirs.starts_with("[[")),
    ),
    difference(
        "an address without a port has MySQL's, and one without a host is this machine",
        |f, _| {
            f.is_field("address")
                && theirs(f)
                    .zip(ours(f))
                    .is_some_and(|(theirs, ours)| same_location(theirs, ours))
        },
    ),
    difference("a time zone is a setting, and no piece of SQL", |f, s| {
        f.is_field("parameters") && s.has_any(&["time_zone"])
    }),
];

/// Whether an address of Go's means the same as ours, which always has a port.
fn same_location(theirs: &str, ours: &str) -> bool {
    if theirs == ":" {
        return ["", "127.0.0.1:3306"].contains(&ours);
    }
    let bare = theirs
        .strip_suffix(':')
        .filter(|bare| !bare.ends_with(':'))
        .unwrap_or(theirs);
    let colon = ours.rfind(':').unwrap_or(ours.len());
    let (host, port) = ours.split_at(colon);
    let port = port.trim_start_matches(':');
    let zeros = |text: &str| {
        text.rsplit(':')
            .next()
            .unwrap_or_default()
            .trim_start_matches('0')
            == port
    };
    bare == host
        || format!("[{bare}]") == host
        || theirs == format!(":{port}") && host == "localhost"
        || zeros(theirs)
}

impl Split<'_> {
    fn has_any(&self, names: &[&str]) -> bool {
        self.parameters()
            .iter()
            .any(|(name, _)| names.contains(&name.as_str()))
    }
}
