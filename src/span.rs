//! Where something is: the part of a connection text it belongs to, and its bytes.

use std::fmt;
use std::ops::Range;

/// A range of bytes in the text that was parsed, as it was written.
///
/// Errors carry one instead of the text itself: the caller has the input and can show the location, and no one else sees a secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// From two byte offsets; texts are at most [`MAX_LEN`](crate::MAX_LEN) bytes, so they fit.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "texts are at most MAX_LEN bytes"
    )]
    pub(crate) const fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    /// The first byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Both ends, for slicing the text.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether it is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A location in a file: line and column, both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    line: u32,
    column: u32,
}

impl Position {
    pub(crate) const fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }

    /// The line, from 1.
    #[must_use]
    pub const fn line(self) -> u32 {
        self.line
    }

    /// The column, from 1, in characters.
    #[must_use]
    pub const fn column(self) -> u32 {
        self.column
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The part of a connection text that an error, a warning or a provenance speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Component {
    /// `text`: the connection string as a whole.
    Text,
    /// `scheme`: what comes before `://`.
    Scheme,
    /// `user`.
    User,
    /// `password`.
    Password,
    /// `host`: a name, an address, or a socket directory.
    Host,
    /// `hostaddr`: a numeric address next to the host.
    HostAddr,
    /// `port`.
    Port,
    /// `database`.
    Database,
    /// `query`: the parameters after `?`, where no single one can be named.
    Query,
    /// A setting, by its keyword, such as `sslmode`.
    Setting(&'static str),
}

impl Component {
    /// The name used in messages and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Scheme => "scheme",
            Self::User => "user",
            Self::Password => "password",
            Self::Host => "host",
            Self::HostAddr => "hostaddr",
            Self::Port => "port",
            Self::Database => "database",
            Self::Query => "query",
            Self::Setting(keyword) => keyword,
        }
    }
}

impl fmt::Display for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
