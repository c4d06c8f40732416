//! Methods that change keywords of a config, which is given by value.

use crate::error::{Error, ErrorKind};
use crate::span::Component;

/// Servers as a list of hosts and one of ports, in which an empty one is not given.
pub(crate) fn host_lists(
    servers: &mut dyn Iterator<Item = (&str, Option<u16>)>,
) -> Result<[String; 2], Error> {
    let (mut hosts, mut ports) = (Vec::new(), Vec::new());
    for (host, port) in servers {
        if host.contains(',') {
            return Err(not_a_host("a host cannot hold a comma"));
        }
        hosts.push(host);
        ports.push(port.map_or_else(String::new, |port| port.to_string()));
    }
    Ok([hosts.join(","), ports.join(",")])
}

pub(crate) fn not_a_host(detail: &'static str) -> Error {
    Error::new(ErrorKind::InvalidValue, detail)
        .of(Component::Host)
        .with_help("give several hosts as several elements")
}

/// The documentation of `with`, `put` of the assembly, and `method(value: type) => Keyword, its text, "what is set", "when that
/// fails";`.
macro_rules! changes {
    ($(#[$with:meta])* $put:ident; $($method:ident($value:ident: $type:ty) => $keyword:ident, $text:expr, $doc:literal, $errors:literal;)*) => {
        impl Config {
            $(#[$with])*
            #[inline(never)]
            pub fn with(self, keyword: Keyword, text: &str) -> Result<Self, Error> {
                self.with_all([(keyword, text)])
            }

            /// Sets several keywords at once, for values that are only valid together (`sslnegotiation=direct` of Postgres needs
            /// an `sslmode`).
            ///
            /// # Errors
            ///
            /// As [`with`](Self::with).
            pub fn with_all<'v>(
                self,
                settings: impl IntoIterator<Item = (Keyword, &'v str)>,
            ) -> Result<Self, Error> {
                let mut changed = Assembly::of(&self);
                for (keyword, text) in settings {
                    changed.$put(keyword, text, Location::Caller)?;
                }
                self.finish(&mut changed)
            }

            /// Unsets a keyword. A config is checked as a whole, so others may have to be unset first.
            ///
            /// # Errors
            ///
            /// If the rest of the config is not valid without it.
            pub fn without(self, keyword: Keyword) -> Result<Self, Error> {
                let mut changed = Assembly::of(&self);
                changed.unset(keyword);
                self.finish(&mut changed)
            }

            $(
                #[doc = concat!("Sets ", $doc, ".\n\n# Errors\n\n", $errors, ".")]
                pub fn $method(self, $value: $type) -> Result<Self, Error> {
                    self.with(Keyword::$keyword, $text)
                }
            )*
        }
    };
}

pub(crate) use changes;
