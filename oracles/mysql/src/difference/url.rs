//! On URLs, with the three crates.

use database_url::ErrorKind;
use percent_encoding::percent_decode_str;

use super::{
    Difference, difference, has_invisible_end, holds_control, holds_tls_setting, ours, theirs,
    we_reject,
};
use crate::compare::What;
use crate::peer::Peer;
use crate::split::Split;

/// All of them: what the peers reject and we read, what we reject and they read, and what both read differently.
pub const LIST: &[Difference] = &[
    difference(
        "mysql and mysql_async take the scheme `mysql` only",
        |f, s| f.oracle != Peer::Sqlx && f.it_rejects(&["scheme"]) && s.scheme() != "mysql",
    ),
    difference(
        "mysql and mysql_async refuse the names of other drivers",
        |f, s| {
            f.oracle != Peer::Sqlx
                && f.it_rejects(&["nknown"])
                && s.foreign(f.oracle).next().is_some()
        },
    ),
    difference(
        "the crate `url` wants a host beside credentials or a port",
        |f, s| f.it_rejects(&["empty host"]) && s.host().is_empty(),
    ),
    difference(
        "mysql and mysql_async want a host beside a socket",
        |f, s| {
            f.oracle != Peer::Sqlx && f.it_rejects(&["nvalid or incomplete"]) && s.host().is_empty()
        },
    ),
    difference(
        "mysql refuses a path for a host, and a name that ends like an address",
        |f, s| {
            f.oracle == Peer::Mysql
                && f.it_rejects(&["nvalid or incomplete"])
                && url::Host::parse(s.host()).is_err()
        },
    ),
    difference(
        "the crate `url` knows no lists of hosts with ports",
        |f, s| {
            f.it_rejects(&["invalid port number", "invalid IPv6 address"])
                && s.hosts().contains(',')
        },
    ),
    difference(
        "the crate `url` knows no zones of IPv6 addresses",
        |f, s| f.it_rejects(&["invalid IPv6 address"]) && s.host().contains("%25"),
    ),
    difference(
        "the crate `url` sees a bracket's slash, and an escape in an address",
        |f, s| {
            let bracket = s.text.find(['[', '(']).map(|at| &s.text[at..]);
            f.it_rejects(&["invalid IPv6 address", "invalid port number", "domain"])
                && bracket.is_some_and(|bracket| bracket.contains(['/', '?', '%']))
        },
    ),
    difference(
        "the crate `url` refuses some characters of names that nobody looks up",
        |f, s| {
            f.it_rejects(&["domain", "invalid"])
                && s.host().contains([' ', '|', '^', '[', ']', '<', '>', '\\'])
        },
    ),
    difference(
        "values of other drivers are read under every name, and those of unknown names are kept",
        |f, _| f.it_rejects(&["nvalid value", "unknown value"]),
    ),
    difference(
        "the pool's default limits are not ours to compare with",
        |f, s| f.it_rejects(&["constraints"]) && !(s.has("pool_min") && s.has("pool_max")),
    ),
    difference("a pool may be empty", |f, s| {
        f.it_rejects(&["constraints"]) && s.is("pool_max", is_zero)
    }),
    // Rejected here.
    difference("sqlx never looks at the scheme", |f, _| {
        f.oracle == Peer::Sqlx
            && [
                ErrorKind::UnknownFormat,
                ErrorKind::UnknownScheme,
                ErrorKind::WrongEngine,
            ]
            .iter()
            .any(|&kind| we_reject(f, kind))
    }),
    difference("a raw `#` is refused, not taken for a fragment", |f, s| {
        we_reject(f, ErrorKind::UnescapedDelimiter) && s.text.contains('#')
    }),
    difference("an inner or doubled `/` in the path is refused", |f, s| {
        we_reject(f, ErrorKind::UnescapedDelimiter)
            && s.path.trim_end_matches('/').rfind('/') > Some(0)
            || we_reject(f, ErrorKind::UnescapedDelimiter) && s.path.contains("//")
    }),
    difference(
        "a raw `/` or `?` before an `@` is refused: it may be a password's",
        |f, s| {
            let authority = s.text.split_once("://").map_or("", |(_, rest)| rest);
            let end = authority.find(['/', '?']).unwrap_or(authority.len());
            we_reject(f, ErrorKind::UnescapedDelimiter) && authority[end..].contains('@')
        },
    ),
    difference("a second `?` is refused", |f, s| {
        we_reject(f, ErrorKind::UnescapedDelimiter) && s.query().contains('?')
    }),
    difference("credentials of several hosts are refused", |f, s| {
        let credentials = s.userinfo.unwrap_or_default();
        we_reject(f, ErrorKind::UnescapedDelimiter)
            && credentials
                .split_once('@')
                .is_some_and(|(_, rest)| rest.contains(','))
    }),
    difference("a host and its port are no database", |f, s| {
        we_reject(f, ErrorKind::UnescapedDelimiter) && s.host().is_empty() && s.path.contains(':')
    }),
    difference(
        "a lone quotation mark or bracket at the end is refused",
        |f, s| {
            let kinds = [ErrorKind::SurroundingQuotes, ErrorKind::InvalidBrackets];
            kinds.iter().any(|&kind| we_reject(f, kind))
                && s.text
                    .ends_with(['"', '\'', '`', ')', ']', '}', '>', '”', '’', '»'])
        },
    ),
    difference("a URL in the place of a socket is refused", |f, s| {
        we_reject(f, ErrorKind::UnescapedDelimiter)
            && s.parameters()
                .iter()
                .any(|(_, value)| value.contains("://"))
    }),
    difference(
        "a setting behind a path is refused: its `?` is missing",
        |f, s| {
            we_reject(f, ErrorKind::UnescapedDelimiter)
                && [s.path, s.host()]
                    .iter()
                    .any(|part| part.contains(['&', ';']) && part.contains('='))
        },
    ),
    difference(
        "a setting of TLS inside another value is an error: it has no effect",
        |f, s| we_reject(f, ErrorKind::UnescapedDelimiter) && holds_tls_setting(s.text),
    ),
    difference("`;` does not separate parameters", |f, s| {
        we_reject(f, ErrorKind::UnescapedDelimiter) && s.query().contains(';')
    }),
    difference(
        "a `;` or `,` at the end is refused: it is left of a line of code",
        |f, s| we_reject(f, ErrorKind::UnescapedDelimiter) && s.text.ends_with([';', ',']),
    ),
    difference(
        "control characters and line ends are refused, not deleted or sent",
        |f, s| {
            let control = [ErrorKind::ControlCharacter, ErrorKind::UnknownFormat]
                .iter()
                .any(|&kind| we_reject(f, kind));
            control && holds_control(s.text)
        },
    ),
    difference(
        "whitespace and characters without width are refused at either end, not dropped",
        |f, s| we_reject(f, ErrorKind::SurroundingSpaces) && has_invisible_end(s.text),
    ),
    difference("a bad escape is refused, not kept", |f, s| {
        we_reject(f, ErrorKind::InvalidEscape) && s.has_bad_escape()
    }),
    difference(
        "escapes that are not UTF-8 are refused, not replaced",
        |f, s| {
            let decoded = percent_decode_str(s.text);
            we_reject(f, ErrorKind::InvalidUtf8) && decoded.decode_utf8().is_err()
        },
    ),
    difference("NUL is refused", |f, s| {
        we_reject(f, ErrorKind::NulByte) && s.text.contains("%00")
    }),
    difference("a mask is refused", |f, s| {
        we_reject(f, ErrorKind::MaskedValue) && s.text.contains("****")
    }),
    difference(
        "references that nothing has expanded are refused",
        |f, s| we_reject(f, ErrorKind::UnexpandedReference) && s.text.contains(['$', '{']),
    ),
    difference("port 0 is refused", |f, s| {
        we_reject(f, ErrorKind::InvalidValue)
            && (s.port().is_some_and(is_zero) || s.hosts().contains(',') || s.is("port", is_zero))
    }),
    difference(
        "hosts that nobody has are refused: blanks, brackets, slashes, empty elements",
        |f, s| {
            [ErrorKind::InvalidValue, ErrorKind::InvalidBrackets]
                .iter()
                .any(|&kind| we_reject(f, kind))
                && is_odd(s.host())
        },
    ),
    difference(
        "a bracket of a password is refused where a host may begin",
        |f, s| {
            we_reject(f, ErrorKind::InvalidBrackets)
                && s.userinfo
                    .is_some_and(|userinfo| userinfo.contains(['[', '(']))
        },
    ),
    difference(
        "a parameter that contradicts the authority is refused, not dropped and not preferred",
        |f, s| {
            we_reject(f, ErrorKind::Conflict)
                && s.names()
                    .iter()
                    .any(|name| LOCATIONS.contains(&name.replace('-', "_").as_str()))
        },
    ),
    difference(
        "a setting given twice, or in two spellings, with two values is refused",
        |f, s| we_reject(f, ErrorKind::Conflict) && s.parameters().len() > 1,
    ),
    difference(
        "sqlx drops other drivers' parameters, so it does not look at their values",
        |f, s| {
            f.oracle == Peer::Sqlx
                && we_reject(f, ErrorKind::InvalidValue)
                && s.foreign(Peer::Sqlx).next().is_some()
        },
    ),
    difference("sqlx drops misspelt settings of TLS", |f, s| {
        f.oracle == Peer::Sqlx
            && we_reject(f, ErrorKind::UnknownKeyword)
            && s.foreign(Peer::Sqlx).next().is_some()
    }),
    difference("mysql looks at the last of several values only", |f, s| {
        f.oracle == Peer::Mysql && we_reject(f, ErrorKind::InvalidValue) && s.repeats()
    }),
    difference(
        "a parameter's host is checked as one of the authority is",
        |f, s| we_reject(f, ErrorKind::InvalidValue) && s.is("host", is_odd),
    ),
    difference("the crate `url` ends a port at a backslash", |f, s| {
        we_reject(f, ErrorKind::InvalidValue) && s.port().is_some_and(|port| port.contains('\\'))
    }),
    difference("an empty path of a certificate is refused", |f, s| {
        let path =
            |name: &String| name.contains("ca") || name.contains("cert") || name.contains("key");
        let empty = |(name, value): &(String, String)| value.is_empty() && path(name);
        we_reject(f, ErrorKind::InvalidValue) && s.parameters().iter().any(empty)
    }),
    difference(
        "numbers end at 32 bits, levels of compression at 9, and neither has a sign",
        |f, s| {
            we_reject(f, ErrorKind::InvalidValue)
                && s.parameters().iter().any(|(_, value)| {
                    value.starts_with('+')
                        || value == "10"
                        || value.parse::<u64>().is_ok_and(|n| n > u64::from(u32::MAX))
                })
        },
    ),
    // Read differently.
    difference(
        "sqlx logs in as root where the authority names nobody",
        |f, s| {
            f.oracle == Peer::Sqlx
                && f.is_field("user")
                && theirs(f) == Some("root")
                && s.user().unwrap_or_default().is_empty()
        },
    ),
    difference("an empty user is not the same as none", |f, s| {
        f.is_field("user") && theirs(f).is_none() && ours(f) == Some("") && s.user() == Some("")
    }),
    difference("an empty password is not the same as none", |f, s| {
        f.is_field("password")
            && theirs(f).is_none()
            && ours(f) == Some("")
            && s.password() == Some("")
    }),
    difference("sqlx drops other drivers' parameters", |f, s| {
        f.oracle == Peer::Sqlx
            && matches!(&f.what, What::Field { name, .. } if !s.names().iter().any(|known| sqlx_sets(name, known)))
            && s.foreign(Peer::Sqlx).next().is_some()
    }),
    difference("a CA alone means TLS that is checked", |f, s| {
        f.oracle == Peer::Sqlx
            && f.is_field("ssl_mode")
            && theirs(f) == Some("preferred")
            && (s.has("ssl-ca") || s.has("sslca"))
    }),
    difference(
        "a CA alone does not mean that the name is checked",
        |f, s| {
            f.oracle == Peer::Mysql
                && f.is_field("tls")
                && s.has("root_cert_path")
                && (ours(f), theirs(f)) == (Some("verify_ca"), Some("verify_identity"))
        },
    ),
    difference("verification alone means TLS", |f, s| {
        f.oracle == Peer::MysqlAsync
            && f.is_field("tls")
            && theirs(f) == Some("no TLS")
            && (s.is("verify_ca", is_true) || s.is("verify_identity", is_true))
    }),
    difference("several hosts are several", |f, s| {
        f.is_field("host") && s.hosts().contains(',')
    }),
    difference("a path for a host is a socket", |f, s| {
        ["host", "socket", "database"]
            .iter()
            .any(|name| f.is_field(name))
            && (is_path(s.host()) || s.host().starts_with('('))
    }),
    difference(
        "a parameter's host may be a path, which is a socket, or empty, which is none",
        |f, s| {
            (f.is_field("host") || f.is_field("socket"))
                && s.is("host", |host| host.is_empty() || is_path(host))
        },
    ),
    difference("a host is decoded", |f, s| {
        let encoded = |c: char| c == '%' || c == '\u{7f}' || !c.is_ascii();
        f.is_field("host") && s.host().contains(encoded) && f.oracle != Peer::Mysql
    }),
    difference("mysql writes names and addresses in its own way", |f, s| {
        f.is_field("host")
            && f.oracle == Peer::Mysql
            && url::Host::parse(s.host())
                .is_ok_and(|host| theirs(f) == Some(host.to_string().trim_matches(['[', ']'])))
    }),
    difference("an IPv6 address keeps its spelling", |f, s| {
        f.is_field("host") && s.host().starts_with('[')
    }),
    difference("the X protocol has a port of its own", |f, s| {
        f.is_field("port") && s.scheme().starts_with("mysqlx")
    }),
    difference("a `/` at the end of the path is dropped", |f, s| {
        f.oracle == Peer::Sqlx && f.is_field("database") && s.path.ends_with('/')
    }),
    difference("`.` and `..` are databases, not steps in a path", |f, s| {
        f.is_field("database")
            && percent_decode_str(s.path)
                .decode_utf8_lossy()
                .split('/')
                .any(|part| part == "." || part == "..")
    }),
    difference(
        "an escaped path without a host before it is a socket, to the X protocol any path",
        |f, s| {
            (f.is_field("database") || f.is_field("socket") || we_reject(f, ErrorKind::Conflict))
                && s.host().is_empty()
                && (s.path.to_ascii_lowercase().contains("%2f") || s.scheme().starts_with("mysqlx"))
        },
    ),
    difference("an empty socket is none", |f, s| {
        f.is_field("socket") && theirs(f) == Some("") && s.is("socket", str::is_empty)
    }),
    difference(
        "mysql_async takes packets of 1 KiB to 1 GiB only",
        |f, s| {
            f.oracle == Peer::MysqlAsync
                && f.is_field("max_allowed_packet")
                && s.has("max_allowed_packet")
        },
    ),
];

/// What a parameter can say of where and as whom to connect.
const LOCATIONS: [&str; 12] = [
    "user",
    "password",
    "host",
    "port",
    "database",
    "db",
    "dbname",
    "db_name",
    "socket",
    "unix_socket",
    "socketPath",
    "localSocket",
];

fn is_zero(port: &str) -> bool {
    !port.is_empty() && port.bytes().all(|byte| byte == b'0')
}

fn is_true(text: &str) -> bool {
    text == "true"
}

/// Whether a host is a path once it is decoded.
fn is_path(host: &str) -> bool {
    let decoded = percent_decode_str(host).decode_utf8_lossy();
    ["/", "./", "../"]
        .iter()
        .any(|start| decoded.starts_with(start))
}

fn is_odd(host: &str) -> bool {
    let decoded = percent_decode_str(host).decode_utf8_lossy();
    decoded
        .contains(|c: char| " \\<>/()[]@:,;&=\"".contains(c) || c.is_whitespace() || c.is_control())
        || host.starts_with(',')
}

/// Whether sqlx takes the field from a parameter of this name.
fn sqlx_sets(field: &str, name: &str) -> bool {
    let canonical = match name {
        "sslmode" | "ssl-mode" => "ssl_mode",
        "sslca" | "ssl-ca" => "ssl_ca",
        "sslcert" | "ssl-cert" => "ssl_cert",
        "sslkey" | "ssl-key" => "ssl_key",
        "statement-cache-capacity" => "statement_cache",
        name => name,
    };
    field == canonical && Peer::Sqlx.names().contains(&name)
}

impl Split<'_> {
    /// The names in the query that the peer does not take.
    fn foreign(&self, peer: Peer) -> impl Iterator<Item = String> + use<> {
        self.names()
            .into_iter()
            .filter(move |name| !peer.names().contains(&name.as_str()))
    }

    fn has(&self, name: &str) -> bool {
        self.names().iter().any(|known| known == name)
    }

    /// Whether a parameter of the name has such a value.
    fn is(&self, name: &str, fits: fn(&str) -> bool) -> bool {
        self.parameters()
            .iter()
            .any(|(known, value)| known == name && fits(value))
    }

    fn repeats(&self) -> bool {
        let mut names = self.names();
        names.sort_unstable();
        names.windows(2).any(|pair| pair[0] == pair[1])
    }

    fn has_bad_escape(&self) -> bool {
        let bytes = self.text.as_bytes();
        let good = |at: usize| {
            bytes
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        bytes
            .iter()
            .enumerate()
            .any(|(at, &byte)| byte == b'%' && !good(at))
    }
}
