//! Connection strings to configs: which grammar a string is of.

use std::str::FromStr;

use crate::config::value;
use crate::engine::{Engine, Format, Scheme, after_jdbc, scheme_len, wrong_engine};
use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::{conninfo, guard};
use crate::limits::MAX_LEN;
use crate::mistake::{ANY_FORMAT, explained};
use crate::postgres::config::Config;
use crate::postgres::keyword::Keyword;
use crate::postgres::options::{Dialect, ParseOptions, default_port};
use crate::postgres::url::fill;
use crate::span::{Component, Span};
use crate::warning::WarningSet;

impl ParseOptions {
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
            TextGrammar::Own(len) => {
                config.scheme = Span::new(0, len);
                Span::default()
            }
            TextGrammar::Uri(scheme, default_port) => {
                (config.scheme, config.default_port) = (scheme, default_port);
                scheme
            }
            TextGrammar::Conninfo => Span::default(),
            TextGrammar::Jdbc => {
                *config = super::jdbc::parse(self, text)?;
                return Ok(());
            }
        };
        fill(self, text, other_scheme, config, None)
    }

    /// Which grammar applies, by the format requested and the start of the text.
    fn grammar(self, text: &str) -> Result<TextGrammar, Error> {
        let exact = |prefix: &str| {
            text.starts_with(prefix)
                .then_some(TextGrammar::Own(prefix.len() - 3))
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
            (Format::Conninfo, _) => Ok(TextGrammar::Conninfo),
            (Format::Auto, None) if self.dialect == Dialect::Libpq || starts_with_keyword(text) => {
                Ok(TextGrammar::Conninfo)
            }
            (format, _) => by_start(text, format),
        }
    }
}

enum TextGrammar {
    /// A URL with a scheme of libpq's own, of this length.
    Own(usize),
    /// A URL with another scheme, and the port that it means.
    Uri(Span, u16),
    Conninfo,
    Jdbc,
}

/// The grammar of a string that does not simply begin with `postgres://` or `postgresql://`.
#[cold]
fn by_start(text: &str, format: Format) -> Result<TextGrammar, Error> {
    let jdbc = after_jdbc(text).is_some();
    let scheme = scheme_len(text);
    match (format, scheme) {
        (Format::Auto | Format::Jdbc, _) if jdbc => Ok(TextGrammar::Jdbc),
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

fn by_scheme(scheme: &str) -> Result<TextGrammar, Error> {
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
    Ok(TextGrammar::Uri(span, port))
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
    let after = rest.iter().find(|&&byte| !conninfo::is_space(byte));
    after == Some(&b'=') && (key == b"requiressl" || Keyword::find(key).is_some())
}

impl Config {
    /// Reads a connection string in a dialect.
    ///
    /// # Errors
    ///
    /// If the text is not of the dialect's grammar, or a value cannot be used; [`Error::stage`] tells which.
    pub fn parse_in(dialect: Dialect, text: &str) -> Result<Self, Error> {
        ParseOptions::new().dialect(dialect).parse(text)
    }
}

impl FromStr for Config {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        ParseOptions::new().parse(text)
    }
}
