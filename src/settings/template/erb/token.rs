//! The words of the little Ruby that stands in tags.
//!
//! What Ruby reads differently after a name and after a value (`x ?a`, `x [1]`) is told apart by the blanks before and after
//! a token, as Ruby does; where that would make a call of it, the parser refuses.

use crate::error::{Error, ErrorKind};
use crate::place::{Component, Span};
use crate::secret::Secret;

/// What the whole of a supported expression may be made of.
pub(super) const HELP: &str = "tags may hold ENV[\"X\"], ENV.fetch(\"X\"), ENV.key?(\"X\"), literals, `||`, `&&`, `!`, `==`, `!=`, \
    `? :`, .presence, .present?, .blank?, .nil?, .empty?, .to_i, .to_s and .to_json; put the finished value in a variable instead";

/// A token with what stands around it.
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// Blanks stand before it.
    pub(super) spaced: bool,
    /// A line end stands before it.
    pub(super) newline: bool,
}

pub(super) enum Kind {
    /// A literal, its escapes undone.
    Text(Secret),
    Integer(i64),
    Float(f64),
    /// A name or keyword; a method's `?` or `!` belongs to it.
    Word,
    Sign(Sign),
    End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Comma,
    Dot,
    SafeDot,
    Or,
    And,
    Not,
    Equal,
    Differs,
    Question,
    Colon,
}

/// Longer signs first: what begins with one of them and goes on (`===`, `||=`) is refused by the next token.
const SIGNS: &[(&[u8], Sign)] = &[
    (b"||", Sign::Or),
    (b"&&", Sign::And),
    (b"&.", Sign::SafeDot),
    (b"==", Sign::Equal),
    (b"!=", Sign::Differs),
    (b"!", Sign::Not),
    (b"(", Sign::Open),
    (b")", Sign::Close),
    (b"[", Sign::OpenBracket),
    (b"]", Sign::CloseBracket),
    (b"{", Sign::OpenBrace),
    (b"}", Sign::CloseBrace),
    (b",", Sign::Comma),
    (b".", Sign::Dot),
    (b"?", Sign::Question),
    (b":", Sign::Colon),
];

/// A refusal of something that is Ruby, but none that is evaluated here.
#[cold]
pub(super) fn unsupported(span: Span, detail: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::UnsupportedExpression, detail)
        .at(Component::Text, span)
        .with_help(HELP)
}

/// A refusal of something that Ruby does not read either.
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

    pub(super) fn word(&self, token: &Token) -> &'t str {
        &self.code[token.span.start() - self.start..token.span.end() - self.start]
    }

    /// Whether a blank or the end follows what was read last.
    pub(super) fn is_blank_ahead(&self) -> bool {
        self.rest().first().is_none_or(u8::is_ascii_whitespace)
    }

    /// Whether a byte follows what was read last, without a blank.
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
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t'..=b'\r');
        self.at += self.rest().iter().take_while(is_blank).count();
        let blanks = &self.code.as_bytes()[from..self.at];
        let (spaced, newline) = (!blanks.is_empty(), blanks.contains(&b'\n'));
        let from = self.at;
        let kind = self.kind()?;
        Ok(Token {
            kind,
            span: self.span(from),
            spaced,
            newline,
        })
    }

    fn kind(&mut self) -> Result<Kind, Error> {
        let rest = self.rest();
        let Some(&first) = rest.first() else {
            return Ok(Kind::End);
        };
        match first {
            b'\'' | b'"' => return self.text(first).map(Kind::Text),
            b'0'..=b'9' => return self.number(),
            b'-' if rest.get(1).is_some_and(u8::is_ascii_digit) => return self.number(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                self.at += word_len(rest);
                return Ok(Kind::Word);
            }
            _ => {}
        }
        let sign = SIGNS.iter().find(|(text, _)| rest.starts_with(text));
        if let Some((text, sign)) = sign {
            self.at += text.len();
            return Ok(Kind::Sign(*sign));
        }
        Err(match first {
            b'#' => unsupported(self.here(), "a comment beside code is not read")
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

    /// A number in Ruby's decimal spelling: `5_000`, `-1.5e3`.
    fn number(&mut self) -> Result<Kind, Error> {
        let from = self.at;
        let rest = self.rest();
        let sign = usize::from(rest[0] == b'-');
        let digits = |at: usize| {
            let tail = rest.get(at..).unwrap_or_default();
            let of = |byte: &&u8| byte.is_ascii_digit() || **byte == b'_';
            at + tail.iter().take_while(of).count()
        };
        let whole = digits(sign);
        let mut end = whole;
        if rest.get(end) == Some(&b'.') && rest.get(end + 1).is_some_and(u8::is_ascii_digit) {
            end = digits(end + 1);
        }
        if matches!(rest.get(end), Some(b'e' | b'E')) {
            let signed = end + 1 + usize::from(matches!(rest.get(end + 1), Some(b'+' | b'-')));
            if rest.get(signed).is_some_and(u8::is_ascii_digit) {
                end = digits(signed);
            }
        }
        self.at += end;
        let is_glued = self.rest().first().is_some_and(|&byte| is_word(byte));
        let text = Secret::from(&self.code[from..self.at]);
        let text = text.expose();
        // A leading zero makes it octal; underscores stand between digits only.
        let is_plain = rest[sign] != b'0' || whole == sign + 1;
        let bare: Secret = text.replace('_', "").into();
        let underscores = text.split('_').skip(1).zip(text.split('_'));
        let mut pieces = underscores.map(|(after, before)| {
            let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
            digit(after.as_bytes().first()) && digit(before.as_bytes().last())
        });
        if is_glued || !is_plain || !pieces.all(|piece| piece) {
            return Err(unsupported(self.span(from), "expected a decimal number"));
        }
        let number = if end == whole {
            bare.expose().parse().ok().map(Kind::Integer)
        } else {
            let float = bare.expose().parse().ok();
            float
                .filter(|float: &f64| float.is_finite())
                .map(Kind::Float)
        };
        number.ok_or_else(|| unsupported(self.span(from), "expected a number of at most 64 bits"))
    }

    /// A literal in quotation marks. `%%>` is what ERB makes `%>` before Ruby sees it.
    fn text(&mut self, quote: u8) -> Result<Secret, Error> {
        let from = self.at;
        self.at += 1;
        let bytes = self.code.as_bytes();
        let mut end = self.at;
        while bytes.get(end).is_some_and(|&byte| byte != quote) {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        if end >= bytes.len() {
            self.at = bytes.len();
            return Err(malformed(
                self.span(from),
                "expected a closing quotation mark",
                "a `%>` ends the tag even inside quotation marks: write it as `%%>` there",
            ));
        }
        // Unescaping never lengthens a text, so the buffer never moves.
        let mut text = String::with_capacity(end - self.at);
        let read = self.unescape(quote, end, &mut text);
        // Made before a failure is passed on: a piece of a literal is wiped, too.
        let text = Secret::new(text);
        read?;
        self.at = end + 1;
        Ok(text)
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
        if next == '#' && matches!(self.rest().first(), Some(b'{' | b'$' | b'@')) {
            return Err(unsupported(
                self.span(from),
                "interpolation in a string is not evaluated",
            )
            .with_help("put the tags side by side, or escape a `#` that is data as `\\#`"));
        }
        if next != '\\' {
            return Ok(next);
        }
        let escaped = self.raw();
        Ok(match escaped {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            's' => ' ',
            'a' => '\x07',
            'b' => '\x08',
            'e' => '\x1b',
            'f' => '\x0c',
            'v' => '\x0b',
            'u' | 'x' | 'c' | 'C' | 'M' | '0'..='7' => {
                return Err(
                    unsupported(self.span(from), "escapes by number are not read")
                        .with_help("write the character itself"),
                );
            }
            other if other.is_control() => {
                return Err(unsupported(
                    self.span(from),
                    "a line end in a literal is not read",
                ));
            }
            other => other,
        })
    }
}

/// The length of a name with its `?` or `!`, which belongs to it unless `=` follows.
fn word_len(rest: &[u8]) -> usize {
    let len = rest.iter().take_while(|&&byte| is_word(byte)).count();
    let is_marked = matches!(rest.get(len), Some(b'?' | b'!')) && rest.get(len + 1) != Some(&b'=');
    len + usize::from(is_marked)
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}
