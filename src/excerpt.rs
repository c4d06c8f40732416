//! The input under an error, with carets under the location, for a message that people read.
//!
//! An [`Error`] holds no input, and what surrounds a location may be part of a password, whatever the parser took it for. So an
//! excerpt is made only of a scheme's name, of the name of a known setting, of the delimiters next to the location, and of
//! masks:
//!
//! ```text
//! postgres://****:****/****
//!                 ^^^^
//! ```

use crate::engine::Scheme;
use crate::error::Error;
use crate::secret::MASK;
use crate::shown;
use crate::span::Component;

/// What may be next to a location, and is shown there.
const DELIMITERS: &str = "@:/?#&=;,[]()";

/// The keywords of keyword/value strings and queries that are parts of a URL, too.
const PARTS: [Component; 6] = [
    Component::User,
    Component::Password,
    Component::Host,
    Component::HostAddr,
    Component::Port,
    Component::Database,
];

impl Error {
    /// The input, masked, and a line with carets under the location; `None` if the error has no location in this input, or if
    /// nothing of the input is known to be no secret.
    ///
    /// ```
    /// let url = "postgres://app:hunter2@db.example:54x2/shop";
    /// let error = url.parse::<database_url::Database>().unwrap_err();
    /// assert_eq!(error.excerpt(url).as_deref(), Some("\
    /// postgres://****:****/****
    ///                 ^^^^"));
    /// ```
    #[must_use]
    pub fn excerpt(&self, input: &str) -> Option<String> {
        let span = self.span()?;
        let (mut line, start) = scheme(input);
        let before = input.get(start..span.start())?;
        let fault = Fault::of(input.get(span.range())?);
        let lead = lead(before);
        if line.is_empty() && lead.is_empty() {
            return None;
        }
        // Without a delimiter between them, two masks are one.
        if before.len() > lead.len() && !(lead.is_empty() && fault.shown == MASK) {
            line += MASK;
        }
        line += lead;
        let start = line.len();
        line += fault.shown;
        let after = &input[span.end()..];
        let next = after
            .get(..1)
            .filter(|next| fault.shown == MASK && is_delimiter(next));
        let next = next.unwrap_or_default();
        line += next;
        let is_more = after.len() > next.len() || fault.is_longer;
        if is_more && !line.ends_with(MASK) {
            line += MASK;
        }
        let len = fault.shown.len().max(1);
        Some(format!("{line}\n{:start$}{:^<len$}", "", ""))
    }
}

/// What is shown of the bytes at fault.
struct Fault<'i> {
    shown: &'i str,
    is_longer: bool,
}

impl<'i> Fault<'i> {
    /// A delimiter or the `%` of an escape, which the message names as well; else a mask.
    fn of(fault: &'i str) -> Self {
        let is_escape = fault.starts_with('%');
        let shown = if is_escape {
            &fault[..1]
        } else if fault.is_empty() || is_delimiter(fault) {
            fault
        } else {
            MASK
        };
        Self {
            shown,
            is_longer: is_escape && fault.len() > 1,
        }
    }
}

fn is_delimiter(text: &str) -> bool {
    text.len() == 1 && DELIMITERS.contains(text)
}

/// The scheme with what ends it, and the number of bytes that it has in the input. A driver after `+` is masked.
fn scheme(input: &str) -> (String, usize) {
    let is_jdbc = input
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("jdbc:"));
    let start = if is_jdbc { 5 } else { 0 };
    let name = input[start..].split(':').next().unwrap_or_default();
    let Some(row) = Scheme::find_any(name) else {
        return (String::new(), 0);
    };
    let end = start + name.len();
    let mark = if input[end..].starts_with("://") {
        "://"
    } else {
        ":"
    };
    if !input[end..].starts_with(mark) {
        return (String::new(), 0);
    }
    let driver = if name.contains('+') { "+****" } else { "" };
    let jdbc = if is_jdbc { "jdbc:" } else { "" };
    (
        format!("{jdbc}{}{driver}{mark}", row.name),
        end + mark.len(),
    )
}

/// The end of what is before a location, as far as it is shown: a known name and its `=`, or a delimiter.
fn lead(before: &str) -> &str {
    let named = || {
        let names = before.strip_suffix('=')?;
        let start = names.rfind(['?', '&', ';', ' '])?;
        is_known(&names[start + 1..]).then_some(&before[start..])
    };
    let whole = || {
        before
            .strip_suffix('=')
            .filter(|name| is_known(name))
            .map(|_| before)
    };
    let delimiter = || {
        let last = before
            .chars()
            .next_back()
            .filter(|last| DELIMITERS.contains(*last))?;
        before.get(before.len() - last.len_utf8()..)
    };
    named()
        .or_else(whole)
        .or_else(delimiter)
        .unwrap_or_default()
}

/// Whether a name is in the tables of settings.
fn is_known(name: &str) -> bool {
    shown::is_known(name) || name == "dbname" || PARTS.iter().any(|part| part.as_str() == name)
}
