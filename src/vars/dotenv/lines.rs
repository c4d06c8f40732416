//! The lines of a `.env` file: names, and values as they are written.

use super::super::file::LineCounter;
use crate::bytes::contains;
use crate::error::{Error, ErrorKind};
use crate::grammar::raw_at;
use crate::span::Position;
use crate::template::is_name;

/// A name, and what is written after it.
pub(super) struct Line<'t> {
    pub(super) name: &'t str,
    pub(super) position: Position,
    /// How the value is written; `None` for a name alone.
    pub(super) value: Option<Written<'t>>,
    /// Things about the line that some reader minds.
    pub(super) habits: Habits,
}

/// A value as it is in the file, without quotation marks.
pub(super) struct Written<'t> {
    pub(super) text: &'t str,
    pub(super) quote: Quote,
    pub(super) position: Position,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    None,
    Single,
    Double,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
#[derive(Clone, Copy, Default)]
pub(super) struct Habits {
    pub(super) has_mark: bool,
    pub(super) has_spaces: bool,
    pub(super) has_colon: bool,
    pub(super) has_comment: bool,
    pub(super) ends_in_spaces: bool,
    pub(super) ends_in_return: bool,
    /// The comment holds the end of a URL.
    pub(super) cuts: bool,
}

pub(super) struct LineFailure<'t> {
    pub(super) error: Error,
    pub(super) position: Position,
    pub(super) name: &'t str,
}

/// The lines of a file.
pub(super) struct LineReader<'t> {
    text: &'t str,
    at: usize,
    location: LineCounter,
}

pub(super) type Read<'t> = Result<Line<'t>, LineFailure<'t>>;

impl<'t> LineReader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            location: LineCounter::default(),
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn position(&mut self) -> Position {
        self.location.of(self.text, self.at)
    }

    /// Passes over spaces of this line, and says how many there were.
    #[inline(never)]
    fn spaces(&mut self) -> usize {
        let rest = self.rest();
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        self.at += spaces;
        spaces
    }

    /// The rest of this line, without its line end; the next is to be read after it.
    fn line(&mut self) -> &'t str {
        let rest = self.rest();
        let (line, passed) = match rest.find('\n') {
            Some(end) => (&rest[..end], end + 1),
            None => (rest, rest.len()),
        };
        self.at += passed;
        line
    }

    fn reject(
        &mut self,
        kind: ErrorKind,
        detail: &'static str,
        help: &'static str,
        name: &'t str,
    ) -> LineFailure<'t> {
        let position = self.position();
        let _ = self.line();
        LineFailure {
            error: Error::new(kind, detail).with_help(help),
            position,
            name,
        }
    }

    fn name(&mut self) -> &'t str {
        let is_other = |c: char| !(c.is_ascii_alphanumeric() || "_.-".contains(c));
        let rest = self.rest();
        let name = &rest[..rest.find(is_other).unwrap_or(rest.len())];
        self.at += name.len();
        name
    }

    fn entry(&mut self, has_mark: bool) -> Read<'t> {
        let mut habits = Habits {
            has_mark,
            ..Habits::default()
        };
        let mut position = self.position();
        let mut name = self.name();
        let mut spaces = self.spaces();
        if name == "export" && spaces > 0 && !self.rest().starts_with(['=', ':']) {
            position = self.position();
            name = self.name();
            spaces = self.spaces();
        }
        if name.is_empty() {
            let help =
                "a comment begins with `#`, and a value of several lines is in quotation marks";
            return Err(self.reject(ErrorKind::InvalidName, "expected NAME=value", help, name));
        }
        let rest = self.rest();
        let mut next = rest.chars();
        let first = next.next();
        habits.has_spaces = spaces > 0;
        habits.has_colon = first == Some(':');
        match (first, next.next()) {
            (None | Some('\n' | '\r'), _) => {
                self.at = rest
                    .find('\n')
                    .map_or(self.text.len(), |end| self.at + end + 1);
            }
            (Some('#'), _) if spaces > 0 => _ = self.line(),
            (Some('='), _) | (Some(':'), None | Some(' ' | '\t' | '\r' | '\n')) => {
                self.at += 1;
                let spaces = self.spaces();
                let value = self.value(name, spaces > 0, &mut habits)?;
                habits.has_spaces |= spaces > 0 && !habits.has_colon && !value.text.is_empty();
                return Ok(Line {
                    name,
                    position,
                    value: Some(value),
                    habits,
                });
            }
            _ => {
                let help = "write NAME=value, or NAME='value' if the value holds spaces or other special characters";
                // Without its `=` it may be no name at all.
                let detail = "expected `=` after the name";
                return Err(self.reject(ErrorKind::MissingEquals, detail, help, ""));
            }
        }
        Ok(Line {
            name,
            position,
            value: None,
            habits,
        })
    }

    fn value(
        &mut self,
        name: &'t str,
        after_spaces: bool,
        habits: &mut Habits,
    ) -> Result<Written<'t>, LineFailure<'t>> {
        let position = self.position();
        let (quote, mark) = match self.rest().bytes().next() {
            Some(b'\'') => (Quote::Single, '\''),
            Some(b'"') => (Quote::Double, '"'),
            _ => {
                let text = self.unquoted(after_spaces, habits);
                return Ok(Written {
                    text,
                    quote: Quote::None,
                    position,
                });
            }
        };
        let Some(len) = closing(&self.rest()[1..], mark) else {
            let help = "close the quotation mark, or write one that is data inside the other kind";
            let detail = "expected a closing quotation mark";
            return Err(self.reject(ErrorKind::UnterminatedQuote, detail, help, name));
        };
        let text = &self.rest()[1..=len];
        let after = &self.rest()[len + 2..];
        if swallows_lines(text, after) {
            let help = "close the quotation mark on the line where it begins; the next one was taken for its end";
            let detail = "expected a closing quotation mark on this line";
            return Err(self.reject(ErrorKind::UnterminatedQuote, detail, help, name));
        }
        self.at += len + 2;
        let spaces = self.spaces();
        let rest = self.rest();
        habits.has_comment = spaces > 0 && rest.starts_with('#');
        let is_end =
            rest.is_empty() || rest.starts_with(['\n']) || rest.starts_with("\r\n") || rest == "\r";
        if !is_end && !habits.has_comment {
            let help = "write a quotation mark that is data inside the other kind, or with a backslash before it";
            let detail = "expected nothing but a comment after the closing quotation mark";
            return Err(self.reject(ErrorKind::InvalidDocument, detail, help, name));
        }
        habits.ends_in_return = self.line().ends_with('\r');
        Ok(Written {
            text,
            quote,
            position,
        })
    }

    fn unquoted(&mut self, after_spaces: bool, habits: &mut Habits) -> &'t str {
        let line = self.line();
        habits.ends_in_return = line.ends_with('\r');
        let line = line.strip_suffix('\r').unwrap_or(line);
        let is_comment = |(at, _): &(usize, &str)| match line[..*at].chars().next_back() {
            Some(before) => before == ' ' || before == '\t',
            None => after_spaces,
        };
        let comment = line.match_indices('#').find(is_comment);
        let text = comment.map_or(line, |(at, _)| &line[..at]);
        habits.has_comment = comment.is_some();
        habits.cuts = raw_at::is_cut(text.trim_end(), &line[text.len()..]);
        let trimmed = text.trim_end_matches([' ', '\t', '\r']);
        habits.ends_in_spaces = comment.is_none() && trimmed.len() < text.len();
        trimmed
    }
}

/// Whether a quoted value over several lines began with a quotation mark that was never closed: its end is one of another
/// value, or it holds a URL and then other variables.
fn swallows_lines(text: &str, after: &str) -> bool {
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default();
    let is_variable = |line: &str| {
        let (name, _) = line.split_once('=').unwrap_or_default();
        let name = name.strip_prefix("export ").unwrap_or(name);
        name.starts_with(|c: char| c.is_ascii_uppercase()) && is_name(name)
    };
    let mut others = lines.map(|line| line.trim_end_matches('\r'));
    let glued = !after.is_empty() && !after.starts_with([' ', '\t', '\r', '\n']);
    let is_url = contains(first, "://");
    (glued || is_url) && others.any(is_variable)
}

/// Where a quoted text ends: a backslash before the mark makes it data.
fn closing(text: &str, mark: char) -> Option<usize> {
    let mut is_escaped = false;
    text.char_indices()
        .find(|&(_, c)| {
            let ends = c == mark && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        })
        .map(|(at, _)| at)
}

impl<'t> Iterator for LineReader<'t> {
    type Item = Read<'t>;

    fn next(&mut self) -> Option<Read<'t>> {
        let mut has_mark = false;
        if self.at == 0 && self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
            has_mark = true;
        }
        loop {
            self.spaces();
            let rest = self.rest();
            match rest.bytes().next()? {
                b'\n' | b'\r' => self.at += 1,
                b'#' => _ = self.line(),
                _ => return Some(self.entry(has_mark)),
            }
        }
    }
}
