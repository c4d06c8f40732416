//! JDBC URLs: `jdbc:mysql:` as MySQL Connector/J reads them (`ConnectionUrlParser`), `jdbc:mariadb:` as MariaDB's driver.
//!
//! ```text
//! url     = "jdbc:" ("mysql" ["+srv"] / "mariadb") [":" mode] ":" "//" [hosts] ["/" [database]] ["?" params] ["#" ignored]
//! hosts   = segment *("," segment)
//! segment = [user [":" password] "@"] (host [":" port] / "[" hosts "]" / "(" pairs ")" / "address=" 1*("(" key "=" value ")"))
//! ```
//!
//! Connector/J decodes everything as forms are: `+` is a space, in passwords, too. MariaDB's driver decodes nothing, and takes
//! user and password as parameters only. A config has one user, so credentials or settings of single hosts are errors.

use crate::config::tls_name::{reject_swallowed, reject_swallowed_in};
use crate::config::url::{
    self, HostKind, NO_EMPTY_HOST, conflict, decoded_copy, invalid, kind_of_host, port,
};
use crate::engine::{Engine, Scheme, after_jdbc, scheme_chars};
use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::guard;
use crate::grammar::raw_at::{self, Tail};
use crate::grammar::url::{HostForm, raw_param};
use crate::mistake::explained;
use crate::mysql::alias::{self, Names};
use crate::mysql::config::Config;
use crate::mysql::keyword::Keyword;
use crate::mysql::reader::ParamReader;
use crate::secret::Secret;
use crate::span::{Component, Span};
use crate::warning::WarningCode;

impl Config {
    /// Reads a JDBC URL: `jdbc:mysql:` as MySQL Connector/J does, `jdbc:mariadb:` as MariaDB's driver.
    ///
    /// # Errors
    ///
    /// If the text is not of that grammar, or a value cannot be used.
    pub fn from_jdbc(text: &str) -> Result<Self, Error> {
        parse(text).map_err(|error| explained(error, text))
    }
}

fn parse(text: &str) -> Result<Config, Error> {
    url::surroundings(text)?;
    url::reject_controls(text.as_bytes())?;
    guard::references(text.as_bytes(), false)?;
    let scheme = scheme(text)?;
    let name = text[..scheme.end].to_ascii_lowercase();
    let names = if scheme.mariadb {
        Names::MariaDb
    } else {
        Names::Common
    };
    let mut jdbc = Jdbc {
        reader: ParamReader::new(text, names, &name),
        mariadb: scheme.mariadb,
        end: text.len(),
    };
    jdbc.fragment(scheme.end)?;
    jdbc.url(&scheme)?;
    jdbc.reader.finish()
}

/// What comes before `://`.
struct Prefix {
    end: usize,
    mariadb: bool,
    srv: bool,
}

fn scheme(text: &str) -> Result<Prefix, Error> {
    let wrong = |span, detail: &'static str| {
        parse_error(ErrorKind::UnknownFormat, Component::Scheme, span, detail)
            .with_help("write jdbc:mysql://host:3306/database or jdbc:mariadb://host:3306/database; a URL without `jdbc:` is a format of its own: `url`")
    };
    let Some(rest) = after_jdbc(text) else {
        return Err(wrong(Span::default(), "expected `jdbc:`"));
    };
    let name = &rest[..scheme_chars(rest)];
    let span = Span::new(0, 5 + name.len());
    Scheme::of(name, Engine::MySql, span)?;
    let name = name.to_ascii_lowercase();
    let (mariadb, srv) = match name.as_str() {
        "mysql" => (false, false),
        "mysql+srv" => (false, true),
        "mariadb" => (true, false),
        _ => return Err(wrong(span, "expected `jdbc:mysql:` or `jdbc:mariadb:`")),
    };
    let modes: &[&str] = if mariadb {
        &[
            "sequential",
            "loadbalance",
            "load-balance",
            "load-balance-read",
            "replication",
            "aurora",
            "failover",
        ]
    } else {
        &["loadbalance", "replication"]
    };
    let after = &text[span.end()..];
    let mode = after
        .strip_prefix(':')
        .map(|after| &after[..scheme_chars(after)])
        .filter(|mode| !mode.is_empty());
    if let Some(mode) =
        mode.filter(|mode| !modes.iter().any(|known| known.eq_ignore_ascii_case(mode)))
    {
        let start = span.end() + 1;
        return Err(wrong(
            Span::new(start, start + mode.len()),
            "expected `loadbalance`, `replication`, or nothing before `//`",
        ));
    }
    let end = span.end() + mode.map_or(0, |mode| mode.len() + 1);
    // Connector/J allows spaces between the parts.
    if !text[end..]
        .strip_prefix(':')
        .is_some_and(|rest| rest.trim_ascii_start().starts_with("//"))
    {
        return Err(wrong(Span::new(end, end), "expected `://`"));
    }
    Ok(Prefix { end, mariadb, srv })
}

struct Jdbc<'t> {
    reader: ParamReader<'t>,
    mariadb: bool,
    /// Where the text ends, or a fragment begins.
    end: usize,
}

impl Jdbc<'_> {
    /// Connector/J ignores what follows `#`: a password would be cut there.
    fn fragment(&mut self, start: usize) -> Result<(), Error> {
        let text = self.reader.text;
        let Some(at) = text.find('#') else {
            return Ok(());
        };
        let before = &text[start..at];
        let last = before.rsplit(['?', '&']).next().unwrap_or_default();
        let host_ends = before
            .split_once("//")
            .is_some_and(|(_, hosts)| hosts.contains(['/', '?']));
        let cuts = !host_ends
            || text[at..].contains('@')
            || last.to_ascii_lowercase().starts_with("password=");
        // `&#38;` is `&` in HTML; and a setting of TLS would be lost.
        let of_html = text[at..].starts_with("#38;") || text[at..].starts_with("#x26;");
        reject_swallowed(
            &text.as_bytes()[at..],
            Component::Text,
            Span::new(at, text.len()),
        )?;
        if cuts || self.mariadb || of_html {
            let detail = "a raw `#`, at which Connector/J ends the URL";
            return Err(guard::delimiter(Component::Text, at, detail)
                .with_help("write a `#` of a password or a value as %23"));
        }
        let warnings = &mut self.reader.config.warnings;
        warnings.insert(WarningCode::IgnoredFragment);
        self.end = at;
        Ok(())
    }

    fn url(&mut self, scheme: &Prefix) -> Result<(), Error> {
        let text = self.reader.text;
        let rest = &text[scheme.end + 1..self.end];
        let start = scheme.end + 1 + rest.find("//").unwrap_or(0) + 2;
        let authority = self.authority_end(start);
        let path = text[authority..self.end].starts_with('/');
        let query = authority
            + text[authority..self.end]
                .find('?')
                .unwrap_or(self.end - authority);
        let query_span = (query < self.end).then(|| Span::new(query + 1, self.end));
        let credentials_end = text[start..authority].rfind('@').map(|at| start + at);
        let tail = Tail {
            credentials: credentials_end.map(|at| (at, Component::Password)),
            hosts: Span::new(credentials_end.map_or(start, |at| at + 1), authority),
            path: path.then(|| Span::new(authority + 1, query)),
            query: query_span,
        };
        let mariadb = self.mariadb;
        let holds = |name: &[u8]| alias::holds_in_jdbc(name, mariadb);
        raw_at::reject(&text.as_bytes()[..self.end], &tail, holds)?;
        if let Some(query) = query_span {
            guard::separators(text.as_bytes(), query, false)?;
        }
        self.hosts(trimmed(text, Span::new(start, authority)))?;
        if scheme.srv
            && (self.reader.config.get(Keyword::Port).is_some()
                || text[start..authority].contains(','))
        {
            let detail = "a name for DNS SRV has no port";
            return Err(invalid(Component::Host, Span::new(start, authority), detail)
            .with_help("the answer to the SRV query gives hosts and ports; write `jdbc:mysql://` for a host itself"));
        }
        if path {
            let database = trimmed(text, Span::new(authority + 1, query));
            let raw = &text.as_bytes()[database.range()];
            let is_host = guard::is_host_and_port(raw);
            if is_host && text[start..authority].trim().is_empty() {
                let detail = "a host and its port where the database is expected";
                return Err(
                    guard::at_start(Component::Database, raw, database.start(), detail).with_help(
                        "write two slashes before the host: jdbc:mysql://host:port/database",
                    ),
                );
            }
            if let Some(at) = text[database.range()].find('/') {
                let detail = "a raw `/` in the database's name";
                return Err(
                    guard::delimiter(Component::Database, database.start() + at, detail)
                        .with_help("write a `/` of the name as %2F"),
                );
            }
            if !database.is_empty() {
                let name = self.decoded(database, Component::Database)?;
                self.reader.set(Keyword::Database, name, database)?;
            }
        }
        if query < self.end {
            self.params(query + 1)?;
        }
        Ok(())
    }

    /// The first `/` or `?`. For MariaDB's driver they are data in `address=(…)`, which may hold the path of a socket.
    fn authority_end(&self, start: usize) -> usize {
        let text = &self.reader.text.as_bytes()[..self.end];
        let (mut at, mut inside) = (start, false);
        while at < text.len() {
            match text[at] {
                b'(' if self.mariadb => inside = true,
                b')' => inside = false,
                b'/' | b'?' if !inside => break,
                _ => {}
            }
            at += 1;
        }
        at
    }

    fn decoded(&self, location: Span, component: Component) -> Result<Secret, Error> {
        if self.mariadb {
            return Ok(Secret::from(&self.reader.text[location.range()]));
        }
        decoded_copy(self.reader.raw(location), location, component, true)
    }

    // ---- hosts

    fn hosts(&mut self, list: Span) -> Result<(), Error> {
        if list.is_empty() {
            return Ok(());
        }
        let segments = split(self.reader.text, list);
        let mut hosts = Vec::new();
        let mut credentials = Vec::new();
        for &segment in &segments {
            let (own, rest) = self.credentials(segment)?;
            if own.is_some() && credentials.iter().any(Option::is_some) {
                return Err(raw_at::several(segment.start()));
            }
            credentials.push(own);
            let inside = &self.reader.text[rest.range()];
            let several = inside.starts_with('[')
                && inside.ends_with(']')
                && inside.contains([',', '(', '=']);
            let parts = if several {
                let inside = Span::new(rest.start() + 1, rest.end() - 1);
                split(self.reader.text, inside)
            } else {
                vec![rest]
            };
            for part in parts {
                hosts.push(self.host(part)?);
            }
        }
        if hosts.len() > 1 && hosts.iter().any(|(host, _)| host.expose().is_empty()) {
            return Err(
                invalid(Component::Host, list, "an empty element of the list")
                    .with_help(NO_EMPTY_HOST),
            );
        }
        self.put_credentials(credentials, list)?;
        let at = self.reader.at(list);
        self.reader.config.set_hosts(&hosts, at)
    }

    /// User and password before a host, and the location of the host.
    fn credentials(&mut self, segment: Span) -> Result<(Option<Credentials>, Span), Error> {
        let text = &self.reader.text[segment.range()];
        let Some(at) = text.rfind('@').map(|at| segment.start() + at) else {
            return Ok((None, segment));
        };
        if self.mariadb {
            let detail = "MariaDB's driver takes no user and password before the host";
            return Err(guard::delimiter(Component::User, at, detail)
                .with_help("write them as parameters, ?user=…&password=…, without any escapes"));
        }
        let before = &self.reader.text[segment.start()..at];
        // An `@` in the parentheses of a host, of which a `/` or a `?` ends the list of hosts.
        let is_inside = before.matches(['(', '[']).count() > before.matches([')', ']']).count();
        if is_inside && (before.starts_with(['(', '[']) || begins_address(before)) {
            return Err(raw_at::in_brackets(at));
        }
        if before.contains('@') {
            let warnings = &mut self.reader.config.warnings;
            warnings.insert(WarningCode::AtSignInCredentials);
        }
        let colon = before.find(':').map_or(at, |colon| segment.start() + colon);
        let user = Span::new(segment.start(), colon);
        let password = (colon < at).then(|| Span::new(colon + 1, at));
        let given = Credentials {
            user: self.decoded(user, Component::User)?,
            password: password
                .map(|location| self.decoded(location, Component::Password))
                .transpose()?,
            locations: (user, password.unwrap_or(user)),
        };
        Ok((Some(given), Span::new(at + 1, segment.end())))
    }

    fn put_credentials(
        &mut self,
        mut all: Vec<Option<Credentials>>,
        list: Span,
    ) -> Result<(), Error> {
        let same = all.windows(2).all(|pair| match (&pair[0], &pair[1]) {
            (None, None) => true,
            (Some(one), Some(other)) => one.user == other.user && one.password == other.password,
            _ => false,
        });
        if !same {
            let detail = "user and password of single hosts cannot be kept apart";
            return Err(invalid(Component::User, list, detail).with_help(
                "give them once for all hosts, as the parameters `user` and `password`",
            ));
        }
        let Some(given) = all.pop().flatten() else {
            return Ok(());
        };
        let (user_at, password_at) = given.locations;
        self.reader.set(Keyword::User, given.user, user_at)?;
        given.password.map_or(Ok(()), |password| {
            self.reader.set(Keyword::Password, password, password_at)
        })
    }

    fn host(&mut self, location: Span) -> Result<(Secret, Option<u16>), Error> {
        let text = &self.reader.text[location.range()];
        let of_address = begins_address(text);
        if of_address || text.starts_with('(') {
            let word = if of_address { ADDRESS.len() } else { 0 };
            return self.pairs(Span::new(location.start() + word, location.end()));
        }
        let bracketed = text
            .strip_prefix('[')
            .and_then(|inside| inside.split_once(']'));
        if bracketed.is_none() && text.starts_with('[') {
            let detail = "the bracket does not close";
            return Err(parse_error(
                ErrorKind::InvalidBrackets,
                Component::Host,
                location,
                detail,
            )
            .with_help(BRACKETS));
        }
        let (start, form, (host, after)) = if let Some(split) = bracketed {
            (location.start() + 1, HostForm::Address, split)
        } else {
            let end = text.find(':').unwrap_or(text.len());
            (location.start(), HostForm::Name, text.split_at(end))
        };
        let host = Span::new(start, start + host.len());
        let number = match after.strip_prefix(':') {
            None if after.is_empty() => None,
            None => {
                let detail = "expected `:` and a port after `]`";
                return Err(invalid(Component::Host, location, detail).with_help(BRACKETS));
            }
            Some(port) => Some(port).filter(|port| !port.is_empty()),
        };
        let number = number.map(|text| self.port(text, location)).transpose()?;
        let host = self.decoded(host, Component::Host)?;
        check_host(&host, form, location)?;
        Ok((host, number))
    }

    fn port(&self, text: &str, location: Span) -> Result<u16, Error> {
        let help = if self.mariadb {
            "MariaDB's driver takes user and password as parameters only: ?user=…&password=…"
        } else {
            "a `:` or `/` that belongs to a password is written %3A or %2F"
        };
        port(text.trim().as_bytes()).ok_or_else(|| url::no_port(location).with_help(help))
    }

    /// `(host=h,port=n)`, or `(host=h)(port=n)`.
    fn pairs(&mut self, location: Span) -> Result<(Secret, Option<u16>), Error> {
        let text = &self.reader.text[location.range()];
        let wrong = |detail| {
            parse_error(
                ErrorKind::InvalidBrackets,
                Component::Host,
                location,
                detail,
            )
            .with_help(
                "write a host as (host=name,port=number) or address=(host=name)(port=number)",
            )
        };
        if !is_flat(text) {
            return Err(wrong(
                "expected `(host=name,port=number)` or `address=(host=name)(port=number)`",
            ));
        }
        let (mut host, mut number) = (Secret::from(""), None);
        let mut at = location.start();
        for pair in text.split(['(', ')', ',']) {
            let span = Span::new(at, at + pair.len());
            at = span.end() + 1;
            let Some((key, _)) = pair.split_once('=') else {
                if pair.trim().is_empty() {
                    continue;
                }
                return Err(wrong("a key without `=` and its value"));
            };
            let value = trimmed(
                self.reader.text,
                Span::new(span.start() + key.len() + 1, span.end()),
            );
            let value = self.decoded(value, Component::Host)?;
            match key.trim().to_ascii_lowercase().as_str() {
                "host" => {
                    let bare = value.expose().trim_start_matches('[').trim_end_matches(']');
                    let form = if bare.contains(':') {
                        HostForm::Address
                    } else {
                        HostForm::Name
                    };
                    let bare = Secret::from(bare);
                    check_host(&bare, form, span)?;
                    if !host.expose().is_empty() && host != bare {
                        return Err(conflict(Component::Host, span));
                    }
                    host = bare;
                }
                "port" => {
                    let new = self.port(value.expose(), span)?;
                    if number.replace(new).is_some_and(|old| old != new) {
                        return Err(conflict(Component::Port, span));
                    }
                }
                "localsocket" if value.expose().is_empty() => {}
                "localsocket" => self.reader.set(Keyword::Socket, value, span)?,
                "protocol" | "type" => {}
                "" => return Err(wrong("a value without its key")),
                _ => {
                    return Err(wrong("a setting of a single host cannot be kept apart")
                        .with_help(
                            "give settings, user and password included, as parameters after `?`",
                        ));
                }
            }
        }
        Ok((host, number))
    }

    // ---- parameters

    fn params(&mut self, start: usize) -> Result<(), Error> {
        let text = self.reader.text;
        let mut at = start;
        while let Some((name, value, next)) = raw_param(text.as_bytes(), at, self.end) {
            at = next;
            let raw_name = trimmed(text, name);
            // A key without `=` has no value, which is as if it were not there.
            if name.end() == value.start() {
                self.reader.without_value(raw_name)?;
                continue;
            }
            let location = trimmed(text, value);
            if raw_name.is_empty() {
                let detail = "a value without its name";
                return Err(parse_error(
                    ErrorKind::MissingEquals,
                    Component::Query,
                    Span::new(name.start(), value.end()),
                    detail,
                )
                .with_help("write name=value"));
            }
            reject_swallowed_in(text.as_bytes(), raw_name, location)?;
            let name = self.decoded(raw_name, Component::Query)?;
            let value = self.decoded(location, Component::Query)?;
            self.reader.param(name, value, raw_name, location)?;
        }
        Ok(())
    }
}

fn check_host(host: &Secret, form: HostForm, location: Span) -> Result<(), Error> {
    match kind_of_host(host.expose().as_bytes(), form) {
        Ok(HostKind::Host | HostKind::Absent) => Ok(()),
        Ok(HostKind::Socket) => Err(invalid(Component::Host, location, "it is the path of a socket")
            .with_help("Java has no Unix sockets of its own; MariaDB's driver takes the parameter `localSocket`")),
        Err(detail) => Err(invalid(Component::Host, location, detail).with_help(
            "an IPv6 address is in brackets; a character of a password is written as its percent escape",
        )),
    }
}

/// Whether a string is made of parentheses next to each other, none of them in another.
fn is_flat(text: &str) -> bool {
    let mut inside = false;
    let fits = text.bytes().all(|byte| match byte {
        b'(' => !std::mem::replace(&mut inside, true),
        b')' => std::mem::replace(&mut inside, false),
        byte => inside || byte == b' ',
    });
    fits && !inside && !text.is_empty()
}

const BRACKETS: &str = "write an IPv6 address as [2001:db8::1]:3306";

/// User and password of one segment.
struct Credentials {
    user: Secret,
    password: Option<Secret>,
    locations: (Span, Span),
}

/// Without the spaces that Connector/J allows between parts.
#[inline(never)]
fn trimmed(text: &str, location: Span) -> Span {
    let raw = &text[location.range()];
    let start = location.start() + raw.len() - raw.trim_ascii_start().len();
    Span::new(start, start + raw.trim_ascii().len())
}

/// What comes before the pairs of a host that are each in parentheses.
const ADDRESS: &str = "address=";

fn begins_address(segment: &str) -> bool {
    let start = segment.get(..ADDRESS.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(ADDRESS))
}

/// Splits a list at commas outside brackets and parentheses.
fn split(text: &str, list: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (list.start(), 0_usize);
    for (at, byte) in text.bytes().enumerate().take(list.end()).skip(list.start()) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                parts.push(trimmed(text, Span::new(start, at)));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(trimmed(text, Span::new(start, list.end())));
    parts
}
