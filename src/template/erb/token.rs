//! The tokens of the little Ruby in tags.
//!
//! What Ruby reads differently after a name and after a value (`x ?a`, `x [1]`) is distinguished by the spaces before and after
//! a token, as Ruby does; where that would make a call of it, the parser rejects.

use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::span::{Component, Span};

/// What the whole of a supported expression may be made of.
pub(super) const HELP: &str = "tags may hold ENV[\"X\"], ENV.fetch(\"X\"), literals, `||`, `&&`, `!`, `==`, `!=`, \
    `? :`, `if`, `unless`, `and`, `or`, `#{}`, Rails.env, .presence, .present?, .blank?, .empty?, .to_i, .to_s and .to_json; put the finished value in a variable instead";

/// A token with what surrounds it.
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
    /// Spaces come before it.
    pub(super) spaced: bool,
    /// A line end comes before it.
    pub(super) newline: bool,
}

pub(super) enum TokenKind {
    /// A literal, its escapes undone.
    Text(Secret),
    /// A literal with `#{…}` in it.
    Woven(Vec<LiteralPiece>),
    Integer(i64),
    /// A name or keyword; a method's `?` or `!` belongs to it.
    Word,
    Sign(&'static str),
    End,
}

/// A piece of a literal.
pub(super) enum LiteralPiece {
    Text(Secret),
    /// What is between `#{` and `}`.
    Code(Span),
}

/// Longer signs first: what begins with one of them and goes on (`===`, `||=`) is rejected by the next token.
const SIGNS: &[&str] = &[
    "||", "&&", "==", "!=", "!", "(", ")", "[", "]", "{", "}", ",", ".", "?", ":",
];

/// The error for Ruby that is not evaluated here.
#[cold]
pub(super) fn unsupported(span: Span, detail: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::UnsupportedExpression, detail)
        .at(Component::Text, span)
        .with_help(HELP)
}

/// The error for what Ruby does not read either.
#[cold]
pub(super) fn malformed(
    span: Span,
    detail: &'static str,
    help: impl Into<std::borrow::Cow<'static, str>>,
) -> Error {
    Error::new(ErrorKind::InvalidTemplate, detail)
        .at(Component::Text, span)
        .with_help(help)
}

/// Reads tokens from a tag's code.
///
/// INVARIANT: `at` is at most the code's length, and on a character's boundary.
pub(super) struct Lexer<'t> {
    code: &'t str,
    /// Where the code begins in the template.
    start: usize,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(super) const fn new(code: &'t str, start: usize) -> Self {
        Self { code, start, at: 0 }
    }

    /// Whether a space or the end follows what was read last.
    pub(super) fn is_space_ahead(&self) -> bool {
        self.rest().first().is_none_or(u8::is_ascii_whitespace)
    }

    /// Whether a byte follows what was read last, without a space.
    pub(super) fn is_before(&self, byte: u8) -> bool {
        self.rest().first() == Some(&byte)
    }

    fn rest(&self) -> &'t [u8] {
        &self.code.as_bytes()[self.at..]
    }

    fn span(&self, from: usize) -> Span {
        Span::new(self.start + from, self.start + self.at)
    }

    /// The next character, of which nothing is known.
    fn here(&self) -> Span {
        let next = self.code[self.at..].chars().next();
        let start = self.start + self.at;
        Span::new(start, start + next.map_or(0, char::len_utf8))
    }

    pub(super) fn next(&mut self) -> Result<Token, Error> {
        let from = self.at;
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t'..=b'\r');
        self.at += self.rest().iter().take_while(is_space).count();
        let skipped = &self.code.as_bytes()[from..self.at];
        let (spaced, newline) = (!skipped.is_empty(), skipped.contains(&b'\n'));
        let from = self.at;
        let kind = self.kind()?;
        Ok(Token {
            kind,
            span: self.span(from),
            spaced,
            newline,
        })
    }

    fn kind(&mut self) -> Result<TokenKind, Error> {
        let rest = self.rest();
        let Some(&first) = rest.first() else {
            return Ok(TokenKind::End);
        };
        match first {
            b'\'' | b'"' => return self.text(first),
            b'0'..=b'9' => return self.number(),
            b'-' if rest.get(1).is_some_and(u8::is_ascii_digit) => return self.number(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                self.at += word_len(rest);
                return Ok(TokenKind::Word);
            }
            _ => {}
        }
        let sign = SIGNS.iter().find(|sign| rest.starts_with(sign.as_bytes()));
        if let Some(sign) = sign {
            self.at += sign.len();
            return Ok(TokenKind::Sign(sign));
        }
        Err(match first {
            b'#' => unsupported(self.here(), "a comment next to code is not read")
                .with_help("write a comment as a tag of its own: `<%# … %>`"),
            b'-' if rest.len() == 1 => malformed(
                self.here(),
                "expected `%>` without the `-`",
                "remove the `-`: Rails reads its settings files without trim mode",
            ),
            b';' => unsupported(
                self.here(),
                "several statements in one tag are not evaluated",
            ),
            b'=' => unsupported(
                self.here(),
                "assignments and other operators are not evaluated",
            ),
            _ => unsupported(self.here(), "this operator is not evaluated"),
        })
    }

    /// A whole number; nothing else is written in settings files.
    fn number(&mut self) -> Result<TokenKind, Error> {
        let from = self.at;
        let sign = usize::from(self.is_before(b'-'));
        let digits = self.rest()[sign..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        self.at += sign + digits;
        let text = &self.code[from..self.at];
        // A leading zero makes it octal.
        let is_plain = digits == 1 || !text[sign..].starts_with('0');
        let goes_on = self.rest().first().is_some_and(|&byte| is_word(byte))
            || (self.is_before(b'.') && self.rest().get(1).is_some_and(u8::is_ascii_digit));
        match text.parse() {
            Ok(number) if is_plain && !goes_on => Ok(TokenKind::Integer(number)),
            _ => {
                let detail = "expected a whole decimal number of at most 64 bits";
                Err(unsupported(self.span(from), detail))
            }
        }
    }

    /// A literal in quotation marks. `%%>` is what ERB makes `%>` before Ruby sees it.
    fn text(&mut self, quote: u8) -> Result<TokenKind, Error> {
        let from = self.at;
        self.at += 1;
        let mut pieces = Vec::new();
        loop {
            let (end, is_code) = self.piece_end(quote);
            if end >= self.code.len() {
                self.at = self.code.len();
                return Err(malformed(
                    self.span(from),
                    "expected a closing quotation mark",
                    "a `%>` ends the tag even inside quotation marks: write it as `%%>` there",
                ));
            }
            // Unescaping never lengthens a string, so the buffer never moves.
            let mut text = String::with_capacity(end - self.at);
            let read = self.unescape(quote, end, &mut text);
            // Made before a failure is passed on: a piece of a literal is wiped, too.
            let text = Secret::new(text);
            read?;
            if !is_code {
                self.at = end + 1;
                if pieces.is_empty() {
                    return Ok(TokenKind::Text(text));
                }
                pieces.push(LiteralPiece::Text(text));
                return Ok(TokenKind::Woven(pieces));
            }
            pieces.push(LiteralPiece::Text(text));
            let start = end + 2;
            let close = closing(self.code.as_bytes(), start, b"}");
            let close = close.unwrap_or(self.code.len());
            pieces.push(LiteralPiece::Code(Span::new(
                self.start + start,
                self.start + close,
            )));
            self.at = (close + 1).min(self.code.len());
        }
    }

    /// Where a piece of a literal ends, and whether `#{` begins there.
    fn piece_end(&self, quote: u8) -> (usize, bool) {
        let bytes = self.code.as_bytes();
        let mut end = self.at;
        while let Some(&byte) = bytes.get(end).filter(|&&byte| byte != quote) {
            if quote == b'"' && bytes[end..].starts_with(b"#{") {
                return (end, true);
            }
            end += if byte == b'\\' { 2 } else { 1 };
        }
        (end, false)
    }

    /// The code at a location of the template.
    pub(super) fn code(&self, span: Span) -> &'t str {
        &self.code[span.start() - self.start..span.end() - self.start]
    }

    /// The word that directly follows what was read last.
    pub(super) fn word_ahead(&self) -> &'t str {
        &self.code[self.at..self.at + word_len(self.rest())]
    }

    /// Passes over code from a location of the template up to one of the closers, or to the end without any.
    pub(super) fn skipped(&mut self, from: usize, closers: &[u8]) -> Option<&'t str> {
        let from = from - self.start;
        let end = match closers {
            b"" => closing(self.code.as_bytes(), from, b")}").unwrap_or(self.code.len()),
            _ => closing(self.code.as_bytes(), from, closers)?,
        };
        self.at = end;
        Some(&self.code[from..end])
    }

    /// Whether nothing in the rest of the code binds weaker than `||`, as far as can be known without reading it.
    pub(super) fn is_simple_tail(&self, from: usize) -> bool {
        let tail = &self.code[from - self.start..];
        let weaker = [
            " ? ", ";", "\n", "..", " if ", " unless ", " and ", " or ", " rescue ", " do ",
        ];
        !weaker.iter().any(|sign| tail.trim_end().contains(sign))
    }

    fn unescape(&mut self, quote: u8, end: usize, text: &mut String) -> Result<(), Error> {
        while self.at < end {
            text.push(self.character(quote)?);
        }
        Ok(())
    }

    /// One character of the code, as Ruby sees it.
    fn raw(&mut self) -> char {
        let rest = &self.code[self.at..];
        let next = rest.chars().next().unwrap_or_default();
        self.at += if rest.starts_with("%%>") {
            2
        } else {
            next.len_utf8()
        };
        next
    }

    /// One character of a literal, its escape undone.
    fn character(&mut self, quote: u8) -> Result<char, Error> {
        let from = self.at;
        let next = self.raw();
        if next.is_control() && next != '\t' {
            let detail = "expected a literal without line ends and control characters";
            return Err(unsupported(self.span(from), detail));
        }
        if quote == b'\'' {
            let is_escape = next == '\\' && matches!(self.rest().first(), Some(b'\'' | b'\\'));
            return Ok(if is_escape { self.raw() } else { next });
        }
        if next == '#' && matches!(self.rest().first(), Some(b'$' | b'@')) {
            let detail = "Ruby's own variables are not evaluated";
            return Err(unsupported(self.span(from), detail));
        }
        if next != '\\' {
            return Ok(next);
        }
        let escaped = self.raw();
        Ok(match escaped {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '\\' | '"' | '#' | '\'' | '/' | '@' | '$' | '%' => escaped,
            _ => {
                let detail = "this escape is not read";
                return Err(
                    unsupported(self.span(from), detail).with_help("write the character itself")
                );
            }
        })
    }
}

/// Where a bracket or brace that is open at `from` closes: past strings, and what is opened and closed within.
fn closing(code: &[u8], from: usize, closers: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, from);
    while let Some(&byte) = code.get(at) {
        match byte {
            b'"' | b'\'' => {
                at += 1;
                while code.get(at).is_some_and(|&here| here != byte) {
                    at += if code[at] == b'\\' { 2 } else { 1 };
                }
            }
            _ if depth == 0 && closers.contains(&byte) => return Some(at),
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length of a name with its `::`, and with its `?` or `!`, which belongs to it unless `=` follows.
fn word_len(rest: &[u8]) -> usize {
    let mut len = 0;
    loop {
        len += rest[len..]
            .iter()
            .take_while(|&&byte| is_word(byte))
            .count();
        if !rest[len..].starts_with(b"::") {
            break;
        }
        len += 2;
    }
    let is_marked = matches!(rest.get(len), Some(b'?' | b'!')) && rest.get(len + 1) != Some(&b'=');
    len + usize::from(is_marked)
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}
