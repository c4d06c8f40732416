//! A settings file as a tree: every key and every scalar with its place in the file.
//!
//! JSON and YAML give the same tree. A scalar keeps the text that was written (a password `0123` is these four
//! characters, whatever YAML makes of it); what kind of value it is, is asked when it is used.

use crate::place::Position;
use crate::secret::Secret;

/// A value, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) position: Position,
}

/// A scalar, a list, or a map in the order that it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_position: Position,
    pub(crate) node: Node,
}

/// A text, and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    pub(crate) text: Secret,
    pub(crate) style: Style,
    /// The variable whose value the whole text is.
    pub(crate) variable: Option<String>,
}

/// How a scalar was written, which decides whether it may be a number or a word such as `true`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// JSON's `null`, numbers, `true` and `false`; YAML without quotation marks. Nothing at all is null.
    Plain,
    /// A text, whatever it looks like.
    Quoted,
}

/// What a plain scalar is, by YAML's core schema, which agrees with JSON.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text,
}

impl Node {
    /// The value of a key; `None` for what is no map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        Some(&self.entry(key)?.node)
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries()?.iter().find(|entry| entry.key == key)
    }

    pub(crate) fn entries(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.scalar()
            .is_some_and(|scalar| scalar.kind() == Kind::Null)
    }

    /// The text of a scalar that is not null, as it was written.
    pub(crate) fn text(&self) -> Option<&str> {
        let scalar = self.scalar().filter(|scalar| scalar.kind() != Kind::Null)?;
        Some(scalar.text.expose())
    }
}

impl Scalar {
    pub(crate) fn new(text: impl Into<Secret>, style: Style) -> Self {
        Self {
            text: text.into(),
            style,
            variable: None,
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        let text = self.text.expose();
        if self.style == Style::Quoted {
            return Kind::Text;
        }
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
            "true" | "True" | "TRUE" => return Kind::Bool(true),
            "false" | "False" | "FALSE" => return Kind::Bool(false),
            _ => {}
        }
        // A leading zero is a number in other bases for some readers, and text here.
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let is_padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
        if is_padded || !digits.starts_with(|first: char| first.is_ascii_digit()) {
            return Kind::Text;
        }
        if let Ok(number) = text.parse() {
            return Kind::Integer(number);
        }
        let is_number = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() && text.bytes().all(is_number) => Kind::Float(number),
            _ => Kind::Text,
        }
    }
}
