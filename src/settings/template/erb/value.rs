//! What expressions give: Ruby's values, and what their methods make of them.

use std::cmp::Ordering;

use crate::secret::Secret;
use crate::settings::template::erb::expression::Method;

/// A value; texts are borrowed where they stand in a variable or in the template.
pub(super) enum Value<'a> {
    Nil,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(Text<'a>),
}

/// A text, and the variable that it is the unchanged value of.
pub(super) struct Text<'a> {
    held: Held<'a>,
    pub(super) variable: Option<&'a str>,
}

enum Held<'a> {
    Borrowed(&'a str),
    Made(Secret),
}

impl<'a> Text<'a> {
    pub(super) const fn literal(text: &'a str) -> Self {
        Self {
            held: Held::Borrowed(text),
            variable: None,
        }
    }

    pub(super) const fn of(variable: &'a str, text: &'a str) -> Self {
        Self {
            held: Held::Borrowed(text),
            variable: Some(variable),
        }
    }

    const fn made(text: Secret) -> Self {
        Self {
            held: Held::Made(text),
            variable: None,
        }
    }

    pub(super) fn as_str(&self) -> &str {
        match &self.held {
            Held::Borrowed(text) => text,
            Held::Made(text) => text.expose(),
        }
    }

    /// Nothing, or blanks alone: what Rails calls blank.
    fn is_blank(&self) -> bool {
        self.as_str().chars().all(char::is_whitespace)
    }
}

impl<'a> Value<'a> {
    pub(super) const fn is_true(&self) -> bool {
        !matches!(self, Self::Nil | Self::Bool(false))
    }

    /// As a tag prints it: nil is nothing.
    pub(super) fn into_text(self) -> Text<'a> {
        match self {
            Self::Nil => Text::literal(""),
            Self::Bool(true) => Text::literal("true"),
            Self::Bool(false) => Text::literal("false"),
            Self::Integer(number) => Text::made(number.to_string().into()),
            Self::Float(number) => Text::made(float(number)),
            Self::Text(text) => text,
        }
    }

    /// Ruby's `==`.
    pub(super) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nil, Self::Nil) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a.as_str() == b.as_str(),
            _ => self.number().is_some_and(|a| {
                other
                    .number()
                    .is_some_and(|b| a.partial_cmp(&b) == Some(Ordering::Equal))
            }),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers of settings are small")]
    const fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.is_blank(),
            _ => !self.is_true(),
        }
    }

    /// What a method gives; `None` if the value has no such method, or the answer is no number of 64 bits.
    pub(super) fn call(self, method: Method) -> Option<Self> {
        Some(match method {
            Method::IsNil => Self::Bool(matches!(self, Self::Nil)),
            Method::IsBlank => Self::Bool(self.is_blank()),
            Method::IsPresent => Self::Bool(!self.is_blank()),
            Method::Presence if self.is_blank() => Self::Nil,
            Method::Presence => self,
            Method::IsEmpty => match self {
                Self::Text(text) => Self::Bool(text.as_str().is_empty()),
                _ => return None,
            },
            Method::ToInteger => Self::Integer(self.integer()?),
            Method::ToText => Self::Text(self.into_text()),
            Method::ToJson => match self {
                Self::Nil => Self::Text(Text::literal("null")),
                Self::Text(text) => Self::Text(Text::made(json(text.as_str()))),
                other => Self::Text(other.into_text()),
            },
        })
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range is checked before"
    )]
    fn integer(&self) -> Option<i64> {
        const BEYOND: f64 = 9_223_372_036_854_775_808.0;
        match self {
            Self::Nil => Some(0),
            Self::Bool(_) => None,
            Self::Integer(number) => Some(*number),
            Self::Float(number) => Some(*number)
                .filter(|number| number.abs() < BEYOND)
                .map(|number| number as i64),
            Self::Text(text) => leading_integer(text.as_str()),
        }
    }
}

/// `String#to_i`: the number that the text begins with, else 0; single underscores between digits are passed over.
fn leading_integer(text: &str) -> Option<i64> {
    let text = text.trim_start_matches(|c: char| matches!(c, ' ' | '\t'..='\r'));
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => (-1, &text[1..]),
        Some(b'+') => (1, &text[1..]),
        _ => (1, text),
    };
    let mut number = 0_i64;
    let mut is_behind_digit = false;
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => {
                number = number
                    .checked_mul(10)?
                    .checked_add(sign * i64::from(byte - b'0'))?;
            }
            b'_' if is_behind_digit => {}
            _ => break,
        }
        is_behind_digit = byte != b'_';
    }
    Some(number)
}

/// `Float#to_s`: the shortest digits that read back as the same number, with a power of ten where it is far from one.
fn float(number: f64) -> Secret {
    let shortest = Secret::from(format!("{number:e}"));
    let (mantissa, power) = shortest
        .expose()
        .split_once('e')
        .unwrap_or((shortest.expose(), "0"));
    let power: i32 = power.parse().unwrap_or_default();
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    // A point between the digits, or few zeros before or behind them.
    let is_near =
        (-4..15).contains(&power) || usize::try_from(power).is_ok_and(|power| power + 1 < digits);
    if number == 0.0 || is_near {
        return format!("{number:?}").into();
    }
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if power < 0 { '-' } else { '+' };
    format!("{mantissa}{point}e{sign}{:02}", power.abs()).into()
}

/// `String#to_json`, as the gem json writes it.
fn json(text: &str) -> Secret {
    let escaped = |c: char| -> usize {
        match c {
            '"' | '\\' | '\x08' | '\x0c' | '\n' | '\r' | '\t' => 2,
            '\0'..='\x1f' => 6,
            _ => c.len_utf8(),
        }
    };
    let mut json = String::with_capacity(text.chars().map(escaped).sum::<usize>() + 2);
    json.push('"');
    for c in text.chars() {
        let letter = match c {
            '"' | '\\' => c,
            '\x08' => 'b',
            '\x0c' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\0'..='\x1f' => 'u',
            _ => {
                json.push(c);
                continue;
            }
        };
        json.push('\\');
        json.push(letter);
        if letter == 'u' {
            json.push_str("00");
            let digits = [u32::from(c) >> 4, u32::from(c) & 15];
            json.extend(
                digits
                    .iter()
                    .filter_map(|&digit| char::from_digit(digit, 16)),
            );
        }
    }
    json.push('"');
    Secret::new(json)
}
