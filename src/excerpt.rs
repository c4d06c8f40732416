//! The input under an error, with carets under the location, for a message that people read.
//!
//! An [`Error`] holds no input, and what surrounds a location may be part of a password, whatever the parser took it for. So an
//! excerpt is made only of a scheme's name, of the name of a known setting, of the delimiters next to the location, and of
//! masks. Of a file it is the line at fault, with the key that the error names:
//!
//! ```text
//! postgres://****:****/****
//!                 ^^^^
//! port: ****
//!       ^^^^
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
        Some(with_carets(&line, start, fault.shown.len()))
    }

    /// The same for an error whose [`origin`](Self::origin) is a line of a file: that line, masked, but for the key that
    /// the error names. `text` is what the file holds.
    ///
    /// ```
    /// use database_url::{Vars, settings::Settings};
    ///
    /// let text = "production:\n  adapter: postgresql\n  port: hunter2\n";
    /// let settings = Settings::from_str("config/database.yml", text)?.with_environment("production");
    /// let error = settings.resolve(&Vars::new()).unwrap_err();
    /// assert_eq!(error.excerpt_of_file(text).as_deref(), Some("\
    /// port: ****
    ///       ^^^^"));
    /// # Ok::<(), database_url::Error>(())
    /// ```
    #[must_use]
    pub fn excerpt_of_file(&self, text: &str) -> Option<String> {
        let location = self.origin()?.file()?;
        // The document as a whole is at its first line, whatever that holds.
        let position = location.position().filter(|_| !location.key().is_empty())?;
        let line = text.lines().nth(position.line() as usize - 1)?;
        let (at, _) = line
            .char_indices()
            .chain([(line.len(), ' ')])
            .nth(position.column() as usize - 1)?;
        let (before, after) = line.split_at(at);
        let is_shown =
            |name: &str| is_known(name) || location.key().split(['.', '[']).any(|key| key == name);
        let Some(name) = trailing_key(before).filter(|name| is_shown(name)) else {
            let (name, mark) = leading_key(after)?;
            let name = if is_shown(name) { name } else { MASK };
            return Some(with_carets(&format!("{name}{mark} {MASK}"), 0, name.len()));
        };
        let value = after.trim_start_matches(['"', '\'']);
        // A string without escapes or references is as it was parsed.
        let is_plain = !value.contains(['\\', '$', '<']);
        if let Some(excerpt) = self.excerpt(value).filter(|_| is_plain) {
            let (input, carets) = excerpt.split_once('\n')?;
            let start = name.len() + 2;
            return Some(format!("{name}: {input}\n{:start$}{carets}", ""));
        }
        let line = format!("{name}: {MASK}");
        Some(with_carets(&line, name.len() + 2, MASK.len()))
    }
}

/// A line, and carets under a part of it, or where it would be.
fn with_carets(line: &str, start: usize, len: usize) -> String {
    let len = len.max(1);
    format!("{line}\n{:start$}{:^<len$}", "", "")
}

/// The longest key that is shown; a line fits a terminal.
const LONGEST_KEY: usize = 40;

/// A key at the start, with or without quotation marks, and the `:` or `=` after it.
fn leading_key(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(['"', '\'']);
    let end = text.find(|c| !is_of_key(c))?;
    let (name, rest) = text.split_at(end);
    let rest = rest.trim_start_matches(['"', '\'', ' ']);
    let mark = rest.get(..1).filter(|mark| matches!(*mark, ":" | "="))?;
    (1..=LONGEST_KEY).contains(&end).then_some((name, mark))
}

/// The key whose value begins after the string.
fn trailing_key(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['"', '\'', ' ']);
    let text = text.strip_suffix([':', '='])?;
    let text = text.trim_end_matches(['"', '\'', ' ']);
    let start = text.rfind(|c| !is_of_key(c)).map_or(0, |at| at + 1);
    let name = text.get(start..)?;
    (!name.is_empty() && name.len() <= LONGEST_KEY).then_some(name)
}

fn is_of_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
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
