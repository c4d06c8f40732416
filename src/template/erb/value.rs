//! What expressions give: Ruby's values, and what their methods make of them.

use crate::secret::Secret;
use crate::template::erb::method::Method;

/// A value; texts are borrowed where they is in a variable or in the template.
pub(super) enum RubyValue<'a> {
    Nil,
    Bool(bool),
    Integer(i64),
    Text(Text<'a>),
}

/// A string, and the variable that it is the unchanged value of.
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

    pub(super) const fn made(text: Secret) -> Self {
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
}

/// Several, one after the other, in a buffer that is of their size from the beginning.
pub(super) fn joined(texts: &[Text<'_>]) -> Secret {
    let len = texts.iter().map(|text| text.as_str().len()).sum();
    let mut joined = String::with_capacity(len);
    for text in texts {
        joined.push_str(text.as_str());
    }
    Secret::new(joined)
}

impl<'a> RubyValue<'a> {
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
            _ => false,
        }
    }

    /// Nothing, or spaces alone: Rails' `blank?`.
    fn is_space(&self) -> bool {
        match self {
            Self::Text(text) => text.as_str().trim().is_empty(),
            _ => !self.is_true(),
        }
    }

    /// What a method gives; `None` if the value has no such method, or the answer is no number of 64 bits.
    pub(super) fn call(self, method: Method) -> Option<Self> {
        Some(match method {
            Method::IsBlank => Self::Bool(self.is_space()),
            Method::IsPresent => Self::Bool(!self.is_space()),
            Method::Presence if self.is_space() => Self::Nil,
            Method::Presence => self,
            Method::IsEmpty => match self {
                Self::Text(text) => Self::Bool(text.as_str().is_empty()),
                _ => return None,
            },
            Method::ToInteger => Self::Integer(self.integer()?),
            Method::ToText => Self::Text(self.into_text()),
            Method::ToJson => match self {
                Self::Nil => Self::Text(Text::literal("null")),
                // What JSON would escape is not written in tags that are a part of a scalar.
                Self::Text(text) if text.as_str().contains(['"', '\\']) => return None,
                Self::Text(text) if text.as_str().chars().any(char::is_control) => return None,
                Self::Text(text) => {
                    let quote = || Text::literal("\"");
                    Self::Text(Text::made(joined(&[quote(), text, quote()])))
                }
                other => Self::Text(other.into_text()),
            },
        })
    }

    fn integer(&self) -> Option<i64> {
        match self {
            Self::Nil => Some(0),
            Self::Bool(_) => None,
            Self::Integer(number) => Some(*number),
            Self::Text(text) => leading_integer(text.as_str()),
        }
    }
}

/// `String#to_i`: the number that the text begins with, else 0; of one that goes on after a `_` nothing is given.
fn leading_integer(text: &str) -> Option<i64> {
    let text = text.trim_start_matches(|c: char| matches!(c, ' ' | '\t'..='\r'));
    let sign = usize::from(text.starts_with(['-', '+']));
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let digits = text.bytes().skip(sign).take_while(is_digit).count();
    let (number, rest) = text.split_at(sign + digits);
    match digits {
        0 => Some(0),
        _ if rest.starts_with('_') => None,
        _ => number.parse().ok(),
    }
}
