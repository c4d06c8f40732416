//! Connection strings to configs: the options of a reader, and which grammar a string is of.

use crate::MAX_LEN;
use crate::engine::{Engine, Format, Scheme, scheme_len, wrong_engine};
use crate::error::{Error, ErrorKind, words};
use crate::grammar::uri::parse_error;
use crate::grammar::{conninfo, guard};
use crate::mistake::{ANY_FORMAT, explained};
use crate::postgres::config::Config;
use crate::postgres::fill::fill;
use crate::postgres::keyword::Keyword;
use crate::postgres::names::{self, Verdict};
use crate::span::{Component, Span};
use crate::value;
use crate::warning::WarningSet;

words! {
    /// Which reading of a connection string applies.
    #[derive(Default)]
    Dialect {
        /// `default`: libpq's grammar, made safe.
        ///
        /// * Every usual scheme is known, in any case, with `+driver`; so is `jdbc:postgresql:`.
        /// * A raw `@`, `/` or `?` in a password, which would change the host, is an error that names its escape; so is any
        ///   raw `@` after the host, but in the path of a file (`sslrootcert=/home/me@corp/ca.pem`).
        /// * Control characters, a second `?`, `&amp;`, and `;` before a name and `=` in the query are errors.
        /// * So are user and password in the database or the host (`///u:p@h/db`), a URL as a part of one (`host=postgres://…`),
        ///   and a setting after the wrong separator (`user=app;password=…`).
        /// * Unknown names of a query are kept as extras, but one that is nearly a TLS or authentication keyword is an
        ///   error, and so are contradictory TLS settings.
        /// * `ssl=true|1|yes|on` is `sslmode=require`, `ssl=false|0|no|off` is `sslmode=disable`, and `ssl` takes the values of
        ///   `sslmode`; `requiressl` is `0` or `1`.
        /// * Spaces or quotes round the text, unexpanded references (`${…}`) and a masked password (`****`) are errors.
        #[default]
        Default = "default",
        /// `libpq`: what libpq 18 accepts, and what it means by it.
        ///
        /// Deliberate differences: text must be UTF-8 and at most [`MAX_LEN`]; integers and port numbers, which libpq checks
        /// when it uses them, are checked with the other options; `hostaddr` is not checked.
        Libpq = "libpq",
    }
}

words! {
    /// What happens to names in a query that no keyword and no alias has.
    #[derive(Default)]
    UnknownKeywords {
        /// They are kept as extras.
        #[default]
        Keep = "keep",
        /// They are errors, as for libpq.
        Deny = "deny",
    }
}

/// How to read a connection string; [`parse`](Self::parse) reads one.
///
/// ```
/// use database_url::postgres::{ParseOptions, UnknownKeywords};
///
/// let strict = ParseOptions::new().unknown_keywords(UnknownKeywords::Deny);
/// assert!(strict.parse("postgres://db.example/shop?pool=5").is_err());
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct ParseOptions {
    pub(super) dialect: Dialect,
    format: Format,
    unknown_keywords: UnknownKeywords,
    /// Another program reads `username`, `database` and the like itself.
    keeps_foreign: bool,
}

impl ParseOptions {
    /// The default dialect, any format, extras kept.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads in this dialect.
    pub const fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// Reads in this format only.
    pub const fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Keeps or rejects unknown names in a query. The libpq dialect always rejects them.
    pub const fn unknown_keywords(mut self, unknown: UnknownKeywords) -> Self {
        self.unknown_keywords = unknown;
        self
    }

    /// Keeps `username`, `database` and the like as extras, for a system that gives them a meaning of its own.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) const fn keep_foreign(mut self) -> Self {
        self.keeps_foreign = true;
        self
    }

    /// Reads a connection string.
    ///
    /// # Errors
    ///
    /// If the text is not of the dialect's grammar ([`Stage::Parse`](crate::Stage::Parse)), or a value cannot be used
    /// ([`Stage::Options`](crate::Stage::Options)).
    pub fn parse(&self, text: &str) -> Result<Config, Error> {
        // A config is large, so it is made where it is returned.
        let mut parsed = Ok(Config::empty(Span::default(), 5432));
        if let Ok(config) = &mut parsed {
            if let Err(error) = self.read(text, config) {
                parsed = Err(match self.dialect {
                    Dialect::Default => explained(error, text),
                    Dialect::Libpq => error,
                });
            }
        }
        parsed
    }

    #[inline]
    fn read(self, text: &str, config: &mut Config) -> Result<(), Error> {
        if text.len() > MAX_LEN {
            return Err(value::too_long(text));
        }
        if self.dialect == Dialect::Libpq {
            config.warnings = WarningSet::silent();
        } else {
            guard::surroundings(text)?;
        }
        let other_scheme = match self.grammar(text)? {
            Grammar::Own(len) => {
                config.scheme = Span::new(0, len);
                Span::default()
            }
            Grammar::Uri(scheme, default_port) => {
                (config.scheme, config.default_port) = (scheme, default_port);
                scheme
            }
            Grammar::Conninfo => Span::default(),
            Grammar::Jdbc => {
                *config = super::jdbc::parse(self, text)?;
                return Ok(());
            }
        };
        fill(self, text, other_scheme, config, None)
    }

    /// Which grammar applies, by the format requested and the start of the text.
    fn grammar(self, text: &str) -> Result<Grammar, Error> {
        let exact = |prefix: &str| {
            text.starts_with(prefix)
                .then_some(Grammar::Own(prefix.len() - 3))
        };
        let exact = exact("postgres://").or_else(|| exact("postgresql://"));
        match (self.format, exact) {
            (Format::Auto | Format::Url, Some(grammar)) => Ok(grammar),
            (Format::Conninfo, _)
                if self.dialect == Dialect::Default && scheme_len(text).is_some() =>
            {
                Err(unknown_format(
                    self.format,
                    "a URL is its own format: `url`",
                ))
            }
            (Format::Conninfo, _) => Ok(Grammar::Conninfo),
            (Format::Auto, None) if self.dialect == Dialect::Libpq || starts_with_keyword(text) => {
                Ok(Grammar::Conninfo)
            }
            (format, _) => by_start(text, format),
        }
    }
}

impl ParseOptions {
    /// The keyword that another program's name in a query is taken for.
    pub(super) fn foreign(self, name: &[u8]) -> Option<Keyword> {
        let takes = self.dialect == Dialect::Default
            && self.unknown_keywords == UnknownKeywords::Keep
            && !self.keeps_foreign;
        names::foreign(name).filter(|_| takes)
    }

    /// Rejects a name in a query that is no keyword, if unknown ones are, or if it nearly is one.
    pub(super) fn check_name(self, name: &str, place: Span) -> Result<(), Error> {
        if self.dialect == Dialect::Libpq
            || self.unknown_keywords == UnknownKeywords::Deny
            || name.is_empty()
        {
            return Err(unknown_keyword(name, Component::Query, place));
        }
        match names::judge(name) {
            Verdict::Keep | Verdict::KeepWithWarning => Ok(()),
            Verdict::Misspelt(meant) => Err(misspelt(meant, place)),
        }
    }
}

enum Grammar {
    /// A URL with a scheme of libpq's own, of this length.
    Own(usize),
    /// A URL with another scheme, and the port that it means.
    Uri(Span, u16),
    Conninfo,
    Jdbc,
}

/// The grammar of a string that does not simply begin with `postgres://` or `postgresql://`.
#[cold]
fn by_start(text: &str, format: Format) -> Result<Grammar, Error> {
    let jdbc = text
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("jdbc:"));
    let scheme = scheme_len(text);
    match (format, scheme) {
        (Format::Auto | Format::Jdbc, _) if jdbc => Ok(Grammar::Jdbc),
        (Format::Auto | Format::Url, Some(len)) => by_scheme(&text[..len]),
        (Format::Url, None) if jdbc => Err(unknown_format(
            format,
            "a JDBC URL is its own format: `jdbc`",
        )),
        (Format::Jdbc, _) => Err(unknown_format(
            format,
            "write jdbc:postgresql://host:5432/database; a URL without `jdbc:` is a format of its own: `url`",
        )),
        (Format::GoDsn, _) => Err(unknown_format(
            format,
            "a Go DSN is a format of MySQL's; Postgres has URLs and keyword/value text",
        )),
        _ if text.starts_with('$') => Err(guard::reference(Span::new(0, text.len()))),
        _ if Scheme::of_file(text) => {
            Err(wrong_engine("Postgres", Engine::Sqlite, Span::default()))
        }
        _ => {
            guard::references(text.as_bytes(), false)?;
            Err(unknown_format(
                format,
                "write a URL such as postgres://user:password@host:5432/database, or keywords such as `host=… dbname=…`; a Go \
                 DSN is read only with the format `go-dsn`",
            ))
        }
    }
}

fn by_scheme(scheme: &str) -> Result<Grammar, Error> {
    let span = Span::new(0, scheme.len());
    let port = default_port(scheme, span)?;
    let driver = scheme.split_once('+').map_or("", |(_, driver)| driver);
    if ["uds", "unix", "socket"]
        .iter()
        .any(|socket| driver.eq_ignore_ascii_case(socket))
    {
        let detail = "libpq has no scheme for sockets";
        let error = parse_error(ErrorKind::UnknownScheme, Component::Scheme, span, detail);
        return Err(error.with_help(
            "give the directory of the socket as a parameter: postgres://user:password@/database?host=/directory",
        ));
    }
    Ok(Grammar::Uri(span, port))
}

/// The port that a scheme means, if it is one of Postgres.
pub(super) fn default_port(scheme: &str, span: Span) -> Result<u16, Error> {
    Scheme::of(scheme, Engine::Postgres, span).map(|row| row.default_port)
}

fn unknown_format(format: Format, help: &'static str) -> Error {
    let expected = match format {
        Format::Url => "expected a URL with its scheme and `://`",
        Format::Conninfo => "expected keyword/value text, but this is a URL",
        Format::Jdbc => "expected `jdbc:`",
        _ => ANY_FORMAT,
    };
    parse_error(
        ErrorKind::UnknownFormat,
        Component::Text,
        Span::default(),
        expected,
    )
    .with_help(help)
}

/// Whether the text begins with a keyword of libpq, or `requiressl`, and `=`.
fn starts_with_keyword(text: &str) -> bool {
    let in_key = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'_';
    let len = text.bytes().take_while(in_key).count();
    let (key, rest) = text.as_bytes().split_at(len);
    let after = rest.iter().find(|&&byte| !conninfo::is_blank(byte));
    after == Some(&b'=') && (key == b"requiressl" || Keyword::find(key).is_some())
}

#[cold]
pub(super) fn unknown_keyword(name: &str, component: Component, span: Span) -> Error {
    let help = names::suggestion(name).map(|meant| format!("did you mean `{meant}`?"));
    parse_error(
        ErrorKind::UnknownKeyword,
        component,
        span,
        "expected a keyword of libpq",
    )
    .with_help(help.unwrap_or_default())
}

#[cold]
fn misspelt(meant: &'static str, span: Span) -> Error {
    let detail = "it looks like a setting of TLS or authentication, but libpq knows no such name";
    parse_error(ErrorKind::UnknownKeyword, Component::Query, span, detail)
        .with_help(format!("did you mean `{meant}`?"))
}
