//! Configs to text: URLs, keyword/value text, and the masked `Display`.

use std::borrow::Cow;
use std::fmt::{self, Write};

use memchr::memchr;

use crate::config::display::{Params, View, bounded};
use crate::config::value::{count, elements};
use crate::error::{Error, ErrorKind};
use crate::grammar::{conninfo, percent};
use crate::postgres::config::Config;
use crate::postgres::keyword::Keyword;
use crate::postgres::location;
use crate::secret::Secret;
use crate::span::Component;

impl Config {
    /// The config as a URL, secrets included, which parses back to an equal config in the default dialect. The scheme is the
    /// one it was written with, else `postgres`.
    ///
    /// # Errors
    ///
    /// If the URL is longer than [`MAX_LEN`](crate::MAX_LEN).
    pub fn to_url(&self) -> Result<Secret, Error> {
        bounded(&|out| self.write_url(out, self.url_scheme(), View::Exposed))
    }

    /// The config as a URL that libpq and everything built on it reads: the scheme is `postgresql`, and the port of
    /// another scheme (CockroachDB's 26257, say) is written out.
    ///
    /// # Errors
    ///
    /// If the config holds [`extras`](Self::extras), which libpq rejects, or the result is longer than
    /// [`MAX_LEN`](crate::MAX_LEN).
    pub fn to_libpq_url(&self) -> Result<Secret, Error> {
        self.reject_extras()?;
        let config = self.with_explicit_ports();
        bounded(&|out| config.write_url(out, "postgresql", View::Exposed))
    }

    /// The config as libpq's keyword/value text, secrets included, which parses back to an equal config. The port of
    /// another scheme (CockroachDB's 26257, say) is written out. An empty config is the empty text, which only the
    /// libpq dialect takes.
    ///
    /// # Errors
    ///
    /// If the config holds [`extras`](Self::extras), which libpq rejects, or the result is longer than
    /// [`MAX_LEN`](crate::MAX_LEN).
    pub fn to_conninfo(&self) -> Result<Secret, Error> {
        self.reject_extras()?;
        let config = self.with_explicit_ports();
        bounded(&|out| config.write_conninfo(out, View::Exposed))
    }

    fn reject_extras(&self) -> Result<(), Error> {
        let extras = self.extra_pairs().count();
        if extras == 0 {
            return Ok(());
        }
        let detail =
            format!("libpq refuses the {extras} parameter(s) that are none of its keywords");
        Err(Error::new(ErrorKind::NotRepresentable, detail)
            .of(Component::Query)
            .with_help(
                "hand the extras to the program they are for, and render the config without them",
            ))
    }

    /// JDBC's `jdbc:` is no part of a URL.
    fn url_scheme(&self) -> &str {
        let scheme = self.scheme().unwrap_or("postgres");
        scheme.strip_prefix("jdbc:").unwrap_or(scheme)
    }

    pub(crate) fn write_url(&self, out: &mut dyn Write, scheme: &str, view: View) -> fmt::Result {
        out.write_str(scheme)?;
        out.write_str("://")?;
        let mut in_authority = self.write_credentials(out, view)?;
        in_authority |= self.write_netlocs(out, view)?;
        if let Some(dbname) = self
            .text(Keyword::Dbname)
            .filter(|dbname| !dbname.is_empty())
        {
            in_authority |= Keyword::Dbname.bit();
            out.write_char('/')?;
            view.write(out, dbname, || Keyword::Dbname.hidden(dbname))?;
        }
        let has_path = in_authority & Keyword::Dbname.bit() != 0;
        let mut params = Params::new(out, if has_path { "?" } else { "/?" });
        for (keyword, text) in self
            .keywords()
            .filter(|(keyword, _)| in_authority & keyword.bit() == 0)
        {
            params.name(keyword.as_str())?;
            match keyword {
                Keyword::Host if text.expose().contains(location::SOCKET_FILE) => {
                    write_socket(params.out, text.expose())?;
                }
                _ => view.write(params.out, text.expose(), || keyword.hidden(text.expose()))?,
            }
        }
        let mut extras = self.extra_pairs();
        extras.try_for_each(|(name, text)| params.shown(view.param(name, text.expose()), view))
    }

    /// Writes what of user and password can comes before `@`, and tells which of them does: an empty one cannot.
    fn write_credentials(&self, out: &mut dyn Write, view: View) -> Result<u64, fmt::Error> {
        let given = |keyword| self.text(keyword).filter(|text| !text.is_empty());
        let mut written = 0;
        if let Some(user) = given(Keyword::User) {
            written |= Keyword::User.bit();
            view.write(out, user, || Keyword::User.hidden(user))?;
        }
        if let Some(password) = given(Keyword::Password) {
            written |= Keyword::Password.bit();
            out.write_char(':')?;
            view.write(out, password, || Keyword::Password.hidden(password))?;
        }
        if written != 0 {
            out.write_char('@')?;
        }
        Ok(written)
    }

    /// Writes host and port, if the lists can be there as they are: several hosts need as many ports, since libpq
    /// joins what is there to two lists of the same length.
    fn write_netlocs(&self, out: &mut dyn Write, view: View) -> Result<u64, fmt::Error> {
        let (host, port) = (self.text(Keyword::Host), self.text(Keyword::Port));
        let hosts = host.map_or(1, count);
        // SQLAlchemy decodes no host, and takes several in the query only.
        let is_sqlalchemys = self.scheme().is_some_and(|scheme| scheme.contains('+'));
        let is_plain = |host: &str| {
            hosts == 1
                && !host.contains(|c: char| !c.is_ascii_alphanumeric() && !"-._*:".contains(c))
        };
        let fits = match (host, port) {
            (Some(host), _) if is_sqlalchemys && !is_plain(host) => false,
            (Some(""), _) | (_, Some("")) | (None, None) => false,
            (None, Some(port)) => count(port) == 1,
            (Some(_), None) => hosts == 1,
            (Some(_), Some(port)) => count(port) == hosts,
        };
        if !fits {
            return Ok(0);
        }
        let mut ports = port.map(elements);
        for (index, host) in self.hosts().take(hosts).enumerate() {
            if index > 0 {
                out.write_char(',')?;
            }
            write_host(out, view.host(&host), view)?;
            match ports.as_mut().and_then(Iterator::next) {
                Some("") | None => {}
                Some(port) => {
                    out.write_char(':')?;
                    view.write(out, port, || Keyword::Port.hidden(port))?;
                }
            }
        }
        let bit = |keyword: Keyword, text: Option<&str>| text.map_or(0, |_| keyword.bit());
        Ok(bit(Keyword::Host, host) | bit(Keyword::Port, port))
    }

    pub(crate) fn write_conninfo(&self, out: &mut dyn Write, view: View) -> fmt::Result {
        for (index, (keyword, text)) in self.keywords().enumerate() {
            if index > 0 {
                out.write_char(' ')?;
            }
            out.write_str(keyword.as_str())?;
            out.write_char('=')?;
            let text = text.expose();
            let masked = (view == View::Masked).then(|| keyword.mask(text));
            if let Some(Cow::Owned(masked)) = masked {
                out.write_str(&masked)?;
            } else {
                let escaped = location::escaped(keyword, text);
                conninfo::write_value(out, text, keyword.is_guarded(), escaped)?;
            }
        }
        Ok(())
    }
}

/// Writes a host so that it is data, also where it looks like the file of a socket.
fn write_host(out: &mut dyn Write, host: &str, view: View) -> fmt::Result {
    if memchr(b'/', host.as_bytes()).is_some() && host.contains(location::SOCKET_FILE) {
        write_socket(out, host)
    } else {
        view.write_host(out, host)
    }
}

fn write_socket(out: &mut dyn Write, host: &str) -> fmt::Result {
    for (index, piece) in host.split(location::SOCKET_FILE).enumerate() {
        if index > 0 {
            out.write_str("%2F%2Es.PGSQL.")?;
        }
        percent::write(out, piece)?;
    }
    Ok(())
}

/// The URL with every secret, every extra that is not known to be harmless, and what looks like a misplaced password
/// ([`Keyword::mask`]) as `****`.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_url(f, self.url_scheme(), View::Masked)
    }
}
