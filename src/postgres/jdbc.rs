//! `jdbc:postgresql:` URLs, as pgjdbc reads them.
//!
//! ```text
//! url    = "jdbc:postgresql:" ["//" [host [":" port] *("," host [":" port])] "/"] [database] ["?" params]
//! params = [param *("&" param)]      param = name ["=" value]
//! ```
//!
//! Database and values are form-decoded: `+` is a space. User and password are parameters. pgjdbc's own names are
//! translated to libpq's where they mean the same; `ssl=true` is pgjdbc's `verify-full`, which is stricter than libpq's.

use crate::config::Location;
use crate::config::tls_name::reject_swallowed_in;
use crate::config::url::{decode_error, decoded_secret, reject_controls};
use crate::engine::scheme_chars;
use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::raw_at::{self, Tail};
use crate::grammar::url::raw_param;
use crate::grammar::{guard, percent};
use crate::postgres::assembly::Assembly;
use crate::postgres::config::Config;
use crate::postgres::keyword::Keyword;
use crate::postgres::location;
use crate::postgres::options::{self, ParseOptions};
use crate::postgres::tls::{self, SslMode};
use crate::postgres::url;
use crate::secret::Secret;
use crate::span::{Component, Span};
use crate::warning::WarningCode;

/// pgjdbc's names for what libpq names otherwise.
const NAMES: &[(&str, Keyword)] = &[
    ("ApplicationName", Keyword::ApplicationName),
    ("PGDBNAME", Keyword::Dbname),
    ("PGHOST", Keyword::Host),
    ("PGPORT", Keyword::Port),
    ("channelBinding", Keyword::ChannelBinding),
    ("connectTimeout", Keyword::ConnectTimeout),
    ("gssEncMode", Keyword::GssEncMode),
    ("kerberosServerName", Keyword::KrbSrvName),
    ("requireAuth", Keyword::RequireAuth),
    ("service", Keyword::Service),
    ("sslNegotiation", Keyword::SslNegotiation),
];

impl Keyword {
    /// pgjdbc's name for it, if it has one.
    #[cfg(feature = "convert")]
    pub(crate) fn pgjdbc_name(self) -> Option<&'static str> {
        /// What both call the same.
        const SAME: &[Keyword] = &[
            Keyword::Options,
            Keyword::Replication,
            Keyword::GssLib,
            Keyword::SslMode,
            Keyword::SslCert,
            Keyword::SslKey,
            Keyword::SslPassword,
            Keyword::SslRootCert,
        ];
        let renamed = NAMES
            .iter()
            .find(|(_, keyword)| *keyword == self)
            .map(|(name, _)| *name);
        renamed.or_else(|| SAME.contains(&self).then(|| self.as_str()))
    }
}

/// What was found so far.
struct JdbcReader<'t> {
    text: &'t str,
    config: Assembly<'t>,
    /// What `ssl` means, and its location.
    ssl: Option<(SslMode, Span)>,
}

pub(super) fn parse(options: ParseOptions, text: &str) -> Result<Config, Error> {
    reject_controls(text.as_bytes())?;
    guard::references(text.as_bytes(), false)?;
    let rest = &text["jdbc:".len()..];
    let driver = &rest[..scheme_chars(rest)];
    let scheme_len = "jdbc:".len() + driver.len();
    let default_port = options::default_port(driver, Span::new(0, scheme_len))?;
    let is_ours = !["postgres", "psql", "pg"]
        .iter()
        .any(|other| driver.eq_ignore_ascii_case(other));
    if !is_ours || !text[scheme_len..].starts_with(':') {
        let span = Span::new(scheme_len, scheme_len);
        let detail = "expected `jdbc:postgresql:`";
        return Err(parse_error(
            ErrorKind::UnknownFormat,
            Component::Scheme,
            span,
            detail,
        )
        .with_help("write jdbc:postgresql://host:5432/database, which is what the driver is registered for"));
    }
    let scheme = text[..scheme_len].to_ascii_lowercase();
    let mut reader = JdbcReader {
        text,
        config: Assembly::new(options, &scheme, default_port),
        ssl: None,
    };
    if text.contains('#') {
        reader.config.warnings.insert(WarningCode::RawHash);
    }
    let query = text.find('?').unwrap_or(text.len());
    let hosts = text[scheme_len + 1..query].strip_prefix("//");
    if let (Some(hosts), true) = (hosts, query < text.len()) {
        let start = scheme_len + 3;
        let slash = hosts.find('/').map(|slash| start + slash);
        let tail = Tail {
            credentials: None,
            hosts: Span::new(start, slash.unwrap_or(query)),
            path: slash.map(|slash| Span::new(slash + 1, query)),
            query: Some(Span::new(query + 1, text.len())),
        };
        raw_at::reject(text.as_bytes(), &tail, location::holds)?;
    }
    reader.location(Span::new(scheme_len + 1, query))?;
    if query < text.len() {
        guard::separators(text.as_bytes(), Span::new(query + 1, text.len()), false)?;
        reader.query(query + 1)?;
        reader.settle_ssl()?;
    }
    reader.config.finish()
}

impl<'t> JdbcReader<'t> {
    const fn at(&self, span: Span) -> Location<'t> {
        Location::Text {
            whole: self.text,
            span,
        }
    }

    /// Hosts and database.
    fn location(&mut self, span: Span) -> Result<(), Error> {
        let location = &self.text[span.range()];
        if let Some(found) = location.find('@') {
            let at = span.start() + found;
            let detail = "a JDBC URL has no user and password before the host";
            return Err(parse_error(
                ErrorKind::UnescapedDelimiter,
                Component::User,
                Span::new(at, at + 1),
                detail,
            )
            .with_help(
                "write them as parameters: ?user=…&password=…, with special characters escaped",
            ));
        }
        let Some(rest) = location.strip_prefix("//") else {
            let skipped = usize::from(location.starts_with('/'));
            let database = Span::new(span.start() + skipped, span.end());
            if self.text[database.range()].contains(['/', ':']) {
                let detail =
                    "expected `//` before the host: without it all of this is the database";
                return Err(parse_error(
                    ErrorKind::UnknownFormat,
                    Component::Database,
                    Span::new(span.start(), span.start()),
                    detail,
                ));
            }
            return self.database(database);
        };
        let start = span.start() + 2;
        let end = start + rest.find('/').unwrap_or(rest.len());
        self.hosts(Span::new(start, end))?;
        self.database(Span::new((end + 1).min(span.end()), span.end()))
    }

    fn hosts(&mut self, span: Span) -> Result<(), Error> {
        if span.is_empty() {
            return Ok(());
        }
        let (mut hosts, mut ports) = (Vec::new(), Vec::new());
        for element in self.text[span.range()].split(',') {
            let (host, port) = match element.rsplit_once(':') {
                Some((host, port)) if !port.contains(']') => (host, port),
                _ => (element, ""),
            };
            let host = host
                .strip_prefix('[')
                .and_then(|host| host.strip_suffix(']'))
                .unwrap_or(host);
            if host.contains(char::is_whitespace) {
                return Err(decode_error(
                    ErrorKind::UnescapedSpace,
                    Component::Host,
                    span,
                ));
            }
            hosts.push(host);
            ports.push(port);
        }
        let at = self.at(span);
        let hosts = Secret::from(hosts.join(","));
        self.config.set(Keyword::Host, hosts, at)?;
        if ports.iter().any(|port| !port.is_empty()) {
            let ports = Secret::from(ports.join(","));
            self.config.set(Keyword::Port, ports, at)?;
        }
        Ok(())
    }

    fn database(&mut self, span: Span) -> Result<(), Error> {
        if span.is_empty() {
            return Ok(());
        }
        let has_host = self.config.get(Keyword::Host).is_some();
        location::check_database(self.text[span.range()].as_bytes(), span, has_host)?;
        let database = self.decoded(span, Component::Database)?;
        self.config.set(Keyword::Dbname, database, self.at(span))
    }

    fn query(&mut self, start: usize) -> Result<(), Error> {
        let (text, mut at) = (self.text.as_bytes(), start);
        while let Some((name, value, next)) = raw_param(text, at, text.len()) {
            self.param(name, value)?;
            at = next;
        }
        Ok(())
    }

    fn param(&mut self, raw_name: Span, raw: Span) -> Result<(), Error> {
        reject_swallowed_in(self.text.as_bytes(), raw_name, raw)?;
        let name = self.decoded(raw_name, Component::Query)?;
        let name = name.expose();
        let known = NAMES.iter().find(|(jdbc, _)| *jdbc == name);
        let name = known.map_or(name, |(_, keyword)| keyword.as_str());
        let keyword = Keyword::find(name.as_bytes());
        let value = self.decoded(raw, keyword.map_or(Component::Query, Keyword::component))?;
        let at = self.at(raw);
        let word = match (name, value.expose()) {
            ("ssl", text) => return self.ssl(text, raw),
            ("targetServerType", kind) => {
                let attrs = session_attrs(kind).ok_or_else(|| {
                    let detail = "expected `any`, `primary`, `secondary` or `preferSecondary`";
                    parse_error(
                        ErrorKind::InvalidValue,
                        Component::Setting("target_session_attrs"),
                        raw,
                        detail,
                    )
                })?;
                Some((Keyword::TargetSessionAttrs, attrs))
            }
            ("loadBalanceHosts", "true" | "") => Some((Keyword::LoadBalanceHosts, "random")),
            ("loadBalanceHosts", "false") => Some((Keyword::LoadBalanceHosts, "disable")),
            _ => None,
        };
        if let Some((keyword, word)) = word {
            self.config.from_query |= keyword.bit();
            return self.config.set(keyword, word, at);
        }
        let name = Secret::from(name);
        match self.config.param(name, value, self.at(raw_name), at)? {
            Some(Keyword::Host) => {
                location::check_hosts(self.text[raw.range()].as_bytes(), raw, false)
            }
            None if raw.start() == raw_name.end() => {
                let warnings = &mut self.config.warnings;
                warnings.insert(WarningCode::ParameterWithoutValue);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// `ssl` is what counts where there is no `sslmode`; next to one it must not request more or less.
    fn ssl(&mut self, text: &str, span: Span) -> Result<(), Error> {
        let mode = SslMode::from_ssl_of_jdbc(text).ok_or_else(|| tls::wrong_ssl(text, span))?;
        if self.ssl.as_ref().is_some_and(|(known, _)| *known != mode) {
            return url::repeated(Keyword::SslMode, span, &mut self.config.warnings);
        }
        self.ssl = Some((mode, span));
        self.config.from_query |= Keyword::SslMode.bit();
        Ok(())
    }

    /// Settles `ssl` once all parameters are read.
    fn settle_ssl(&mut self) -> Result<(), Error> {
        let Some((ssl, span)) = self.ssl.take() else {
            return Ok(());
        };
        let mode = self.config.get(Keyword::SslMode);
        let (Some(mode), Some(at)) = (mode, self.config.location(Keyword::SslMode)) else {
            let at = self.at(span);
            return self.config.set(Keyword::SslMode, ssl.as_str(), at);
        };
        let mode = SslMode::from_word(mode);
        if mode.is_none_or(|mode| mode.requires_tls() == ssl.requires_tls()) {
            return Ok(());
        }
        let later = at.raw().map_or(span, |(_, given)| {
            std::cmp::max_by_key(given, span, |span| span.start())
        });
        url::repeated(Keyword::SslMode, later, &mut self.config.warnings)
    }

    /// Form-decodes a part.
    fn decoded(&self, span: Span, component: Component) -> Result<Secret, Error> {
        let mut part = Vec::with_capacity(span.range().len() * 3);
        for byte in self.text[span.range()].bytes() {
            if byte == b'+' {
                part.extend_from_slice(b"%20");
            } else {
                part.push(byte);
            }
        }
        let decoded = percent::decode_in_place(&mut part);
        decoded_secret(part, decoded).map_err(|(kind, _)| decode_error(kind, component, span))
    }
}

/// pgjdbc's `targetServerType` in libpq's words.
fn session_attrs(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "any" => "any",
        "primary" | "master" => "primary",
        "secondary" | "slave" => "standby",
        "preferSecondary" | "preferSlave" => "prefer-standby",
        _ => return None,
    })
}
