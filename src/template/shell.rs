//! The shell's templates: what a POSIX shell makes of an unquoted here-document, without its commands.
//!
//! ```text
//! \$ \\ \`                  the character behind the backslash; a backslash before others is text
//! backslash, line end       nothing, even inside a name
//! $NAME ${NAME}             the value; empty if there is none
//! ${NAME-word} ${NAME:-word} ${NAME=word} ${NAME:=word} ${NAME?text} ${NAME:?text} ${NAME+word} ${NAME:+word}
//! $ before anything else    itself
//! ```
//!
//! Quotation marks are text. In a word, which ends at the first `}` of its own, they are not: `"…"` protects a `}` and is
//! dropped, as bash and dash agree; `\}` and `\"` are `}` and `"`. Single quotes stay, and are in pairs.
//!
//! What a shell would run or compute (`` `…` ``, `$(…)`, `$((…))`, `$[…]`), its own parameters (`$1`, `$$`, `$?`…) and what it
//! does to values (`${#X}`, `${X%…}`, `${X:1}`…) is rejected; so is what bash and dash read differently. Nothing of it is
//! passed through as if it were text.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem};

use super::walk::{
    MAX_DEPTH, Operator, Reference, TemplateGrammar, Visitor, Word, invalid, name_len, too_deep,
};
use crate::error::Error;
use crate::secret::wipe;
use crate::span::Span;

/// A template whose continued lines are joined, as a shell joins them before it reads anything else.
pub(super) struct Shell<'t> {
    text: Cow<'t, str>,
    /// Where a backslash and a line end were taken out, as locations of the joined text.
    joints: Vec<usize>,
    /// Whether there is a backslash or a backquote; most templates have neither.
    has_escapes: bool,
}

impl<'t> Shell<'t> {
    pub(super) fn new(template: &'t str) -> Self {
        let has_escapes = memchr2(b'\\', b'`', template.as_bytes()).is_some();
        if !has_escapes || memmem::find(template.as_bytes(), b"\\\n").is_none() {
            return Self {
                text: Cow::Borrowed(template),
                joints: Vec::new(),
                has_escapes,
            };
        }
        let mut joined = String::with_capacity(template.len());
        let mut joints = Vec::new();
        let mut rest = template;
        while let Some(at) = memchr(b'\\', rest.as_bytes()) {
            joined.push_str(&rest[..at]);
            // A backslash protects the next one, so that `\\` and a line end are no continued line.
            let after = rest[at + 1..].chars().next();
            let len = 1 + after.map_or(0, char::len_utf8);
            if after == Some('\n') {
                joints.push(joined.len());
            } else {
                joined.push_str(&rest[at..at + len]);
            }
            rest = &rest[at + len..];
        }
        joined.push_str(rest);
        Self {
            text: Cow::Owned(joined),
            joints,
            has_escapes,
        }
    }

    /// The next character that is not simply text, outside words.
    #[inline]
    fn find_special(&self, text: &[u8]) -> Option<usize> {
        if self.has_escapes {
            memchr3(b'$', b'\\', b'`', text)
        } else {
            memchr(b'$', text)
        }
    }

    /// The location in the template as it was written.
    fn written(&self, at: usize) -> usize {
        at + 2 * self.joints.partition_point(|&joint| joint <= at)
    }

    #[inline]
    fn span(&self, start: usize, end: usize) -> Span {
        if self.joints.is_empty() {
            return Span::new(start, end);
        }
        let last = end.saturating_sub(1).max(start);
        Span::new(self.written(start), self.written(last) + (end - last))
    }
}

impl Drop for Shell<'_> {
    fn drop(&mut self) {
        if let Cow::Owned(text) = std::mem::take(&mut self.text) {
            wipe(text.into_bytes());
        }
    }
}

impl<'t> TemplateGrammar<'t> for Shell<'_> {
    fn text(&self) -> &str {
        &self.text
    }

    fn walk<V: Visitor<'t>>(&'t self, visitor: &mut V) {
        let mut walker = Walker {
            shell: self,
            text: &self.text,
            at: 0,
            visitor,
            muted: false,
            ended: false,
        };
        walker.all();
    }
}

struct Walker<'t, 'v, 's, V> {
    shell: &'t Shell<'s>,
    text: &'t str,
    at: usize,
    visitor: &'v mut V,
    /// Set inside a reference that is rejected as a whole.
    muted: bool,
    /// Set where nothing more can be known.
    ended: bool,
}

/// Where a piece is.
#[derive(Clone, Copy)]
struct Level {
    /// Whether the piece is handed over.
    live: bool,
    depth: u32,
    /// Whether a reference around it is in single quotes, where another one would end them for bash.
    in_single: bool,
}

const ESCAPE: &str = "write `\\$` for a dollar that is text";
const QUOTES: &str =
    "in a word, write `\\\"` for a quotation mark and `\\}` for a brace that is text";

impl<'t, V: Visitor<'t>> Walker<'t, '_, '_, V> {
    fn bytes(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn all(&mut self) {
        let top = Level {
            live: true,
            depth: 0,
            in_single: false,
        };
        while let Some(before) = self.shell.find_special(self.bytes()) {
            self.literal(before, top);
            match self.bytes()[0] {
                b'$' => self.dollar(top),
                b'`' => self.backquote(),
                _ => match self.bytes().get(1) {
                    Some(b'$' | b'\\' | b'`') => self.escaped(top),
                    _ => self.literal(1, top),
                },
            }
        }
        self.literal(self.bytes().len(), top);
    }

    /// Hands the next bytes over as they are.
    #[inline]
    fn literal(&mut self, len: usize, level: Level) {
        let start = self.at;
        self.at += len;
        if level.live && len > 0 {
            self.visitor.literal(&self.text[start..self.at]);
        }
    }

    /// A backslash and what it protects.
    fn escaped(&mut self, level: Level) {
        self.at += 1;
        self.literal(1, level);
    }

    /// A command, which is not run.
    #[cold]
    fn backquote(&mut self) {
        let start = self.at;
        let inside = memchr(b'`', &self.bytes()[1..]);
        self.reject(
            start,
            start + 1,
            "commands are not run: a raw backquote",
            "write `\\`` for a backquote that is text",
        );
        self.at += inside.map_or(self.bytes().len(), |len| len + 2);
    }

    #[inline]
    fn dollar(&mut self, level: Level) {
        let after = &self.bytes()[1..];
        let Some((b'{', inside)) = after.split_first() else {
            return self.bare(level);
        };
        let len = name_len(inside);
        if len == 0 || inside.get(len) != Some(&b'}') {
            return self.braced(len, level);
        }
        let start = self.at + 2;
        self.at = start + len + 1;
        self.reference(start, len, Operator::NONE, level);
    }

    /// A `$` without a brace.
    fn bare(&mut self, level: Level) {
        let after = &self.bytes()[1..];
        let len = name_len(after);
        if len > 0 {
            self.at += 1 + len;
            self.reference(self.at - len, len, Operator::NONE, level);
            return;
        }
        let (len, detail) = match after {
            [b'(', b'(', ..] => (3, "nothing is computed: `$((`"),
            [b'(', ..] => (2, "commands are not run: `$(`"),
            [b'[', ..] => (2, "nothing is computed: `$[`"),
            _ => match after.first().and_then(|first| own_parameter(*first)) {
                Some(detail) => (2, detail),
                None => return self.literal(1, level),
            },
        };
        self.reject(self.at, self.at + len, detail, ESCAPE);
        self.at += len;
    }

    #[expect(
        clippy::inline_always,
        reason = "a tenth of what a large template costs"
    )]
    #[inline(always)]
    fn reference(&mut self, start: usize, len: usize, operator: Operator, level: Level) -> Word {
        if !level.live {
            return Word::Skipped;
        }
        self.visitor.reference(&Reference {
            name: &self.text[start..start + len],
            span: self.shell.span(start, start + len),
            operator,
        })
    }

    /// `${…}` that holds more than a name of that length.
    fn braced(&mut self, len: usize, level: Level) {
        let dollar = self.at;
        let start = dollar + 2;
        self.at = start + len;
        let inner = Level {
            depth: level.depth + 1,
            ..level
        };
        if level.depth == MAX_DEPTH {
            self.fail(too_deep(self.shell.span(dollar, self.at)));
            self.give_up();
            return;
        }
        let operator = if len > 0 {
            Operator::at_start(self.bytes())
        } else {
            None
        };
        let Some((operator, operator_len)) = operator else {
            self.unknown_form(dollar, start, inner);
            return;
        };
        self.at += operator_len;
        let word = self.reference(start, len, operator, level);
        let live = word != Word::Skipped;
        self.word(dollar, Level { live, ..inner });
        if word == Word::Assigned {
            self.visitor.assign(&self.text[start..start + len]);
        }
    }

    /// Rejects what is no reference, or none of those that are read, as a whole.
    #[cold]
    fn unknown_form(&mut self, dollar: usize, start: usize, inner: Level) {
        let len = self.at - start;
        let rest = self.bytes();
        let detail = if len == 0 {
            match rest.first() {
                None => "expected a name and a closing `}`",
                Some(b'#') if name_len(&rest[1..]) > 0 => "lengths are not computed: `${#`",
                Some(b'!') if name_len(&rest[1..]) > 0 => {
                    "a variable cannot name another one: `${!`"
                }
                Some(first) => own_parameter(*first).unwrap_or("expected a name after `${`"),
            }
        } else {
            match rest.first() {
                None => "expected a closing `}`",
                Some(b'#' | b'%') => "values are not cut: `#` or `%` after the name",
                Some(b':') => "values are not cut: `:` after the name",
                Some(b'/') => "nothing is replaced in values: `/` after the name",
                Some(b'^' | b',') => "letters keep their case: `^` or `,` after the name",
                Some(b'@') => "values are not changed: `@` after the name",
                Some(b'[') => "variables are no lists: `[` after the name",
                Some(_) => {
                    "expected `}` or one of `-` `:-` `=` `:=` `?` `:?` `+` `:+` after the name"
                }
            }
        };
        self.reject(dollar, self.at, detail, ESCAPE);
        let muted = std::mem::replace(&mut self.muted, true);
        self.word(
            dollar,
            Level {
                live: false,
                ..inner
            },
        );
        self.muted = muted;
    }

    /// The word of a reference, and the `}` that ends it.
    fn word(&mut self, dollar: usize, level: Level) {
        let (mut double, mut single) = (None, None);
        let is_special = |byte: &u8| matches!(byte, b'$' | b'\\' | b'`' | b'}' | b'"' | b'\'');
        while let Some(before) = self.bytes().iter().position(is_special) {
            self.literal(before, level);
            let here = self.at;
            match self.bytes()[0] {
                b'}' if double.is_some() => self.literal(1, level),
                b'}' if single.is_some() => {
                    self.differ("shells disagree on a `}` in single quotes");
                    self.at += 1;
                }
                b'}' => {
                    self.at += 1;
                    return;
                }
                b'"' if single.is_some() => {
                    self.differ("shells disagree on a double quotation mark in single quotes");
                    self.at += 1;
                }
                b'"' => {
                    double = if double.is_some() { None } else { Some(here) };
                    self.at += 1;
                }
                b'\'' => {
                    if level.in_single {
                        self.differ("shells disagree on single quotes in single quotes");
                    } else if double.is_none() {
                        single = if single.is_some() { None } else { Some(here) };
                    }
                    self.literal(1, level);
                }
                b'`' => self.backquote(),
                b'$' if double.is_none() && self.bytes().get(1) == Some(&b'"') => {
                    self.differ("shells disagree on `$` before a double quotation mark");
                    self.at += 1;
                }
                b'$' => self.dollar(Level {
                    in_single: level.in_single || single.is_some(),
                    ..level
                }),
                _ => {
                    let in_single = level.in_single || single.is_some();
                    self.backslash(double.is_some(), in_single, level);
                }
            }
        }
        self.literal(self.bytes().len(), level);
        let (at, detail) = match (double, single) {
            (Some(mark), _) => (
                mark,
                "expected a second double quotation mark, and a closing `}`",
            ),
            (_, Some(mark)) => (
                mark,
                "expected a second single quotation mark, and a closing `}`",
            ),
            _ => (dollar, "expected a closing `}`"),
        };
        let len = if at == dollar { 2 } else { 1 };
        self.reject(at, at + len, detail, if len == 1 { QUOTES } else { ESCAPE });
        self.give_up();
    }

    /// A backslash in a word.
    fn backslash(&mut self, in_double: bool, in_single: bool, level: Level) {
        match self.bytes().get(1) {
            Some(b'$' | b'\\' | b'`' | b'"' | b'}') => self.escaped(level),
            // In single quotes, a backslash protects nothing.
            Some(b'\'') if !in_single && !in_double => self.literal(2, level),
            Some(_) if in_double => {
                self.differ(
                    "shells disagree on a backslash before this character in double quotes",
                );
                self.at += 1;
            }
            _ => self.literal(1, level),
        }
    }

    /// Rejects what bash and dash read differently.
    #[cold]
    fn differ(&mut self, detail: &'static str) {
        self.reject(self.at, self.at + 1, detail, QUOTES);
    }

    #[cold]
    fn reject(&mut self, start: usize, end: usize, detail: &'static str, help: &'static str) {
        let error = invalid(self.shell.span(start, end), detail, help);
        self.fail(error);
    }

    fn fail(&mut self, error: Error) {
        if !self.muted && !self.ended {
            self.visitor.reject(error);
        }
    }

    /// Goes to the end in silence, where the levels above would only say the same again.
    fn give_up(&mut self) {
        self.ended = true;
        self.at = self.text.len();
    }
}

/// Parameters that are the shell's own.
fn own_parameter(byte: u8) -> Option<&'static str> {
    match byte {
        b'0'..=b'9' => Some("there are no arguments: `$` before a digit"),
        b'@' | b'*' | b'#' => Some("there are no arguments: `$@`, `$*` or `$#`"),
        b'$' => Some("there is no process number: `$$`"),
        b'!' => Some("there is no process number: `$!`"),
        b'?' => Some("there is no exit status: `$?`"),
        b'-' => Some("there are no options of a shell: `$-`"),
        _ => None,
    }
}
