//! [`url::Url`]: a config from one, and one from a config where that type can carry it.
//!
//! The type follows the browsers' grammar: it cannot hold a list of hosts, a user without a host, or tell an empty
//! password from none, and it changes what it takes for dot segments. So it is never the parser here, and the way back
//! is checked by reading the result again.

use ::url::Url;

use crate::database::{Database, ParseOptions};
use crate::engine::Format;
use crate::error::{Error, ErrorKind};
use crate::postgres::Config;
use crate::span::Component;

/// Reads the URL's text in the default dialect.
impl TryFrom<&Url> for Config {
    type Error = Error;

    fn try_from(url: &Url) -> Result<Self, Error> {
        url.as_str().parse()
    }
}

/// Reads the URL's text, of whichever engine. That type has dropped the colon of an empty password, and tabs and line ends.
impl TryFrom<&Url> for Database {
    type Error = Error;

    fn try_from(url: &Url) -> Result<Self, Error> {
        ParseOptions::new().format(Format::Url).parse(url.as_str())
    }
}

/// The config as a `Url`, password included: that type's `Display` and `Debug` show it.
///
/// Fails with [`ErrorKind::NotRepresentable`] for several hosts, sockets, a user without a host, and whatever else
/// would be another config when read back.
impl TryFrom<&Config> for Url {
    type Error = Error;

    fn try_from(config: &Config) -> Result<Self, Error> {
        if config.hosts().nth(1).is_some() {
            let detail = "a `url::Url` has one host, and the config several";
            return Err(rejected(Component::Host, detail));
        }
        if config.hosts().any(|host| host.is_socket()) {
            let detail = "a `url::Url` cannot hold a Unix socket";
            return Err(rejected(Component::Host, detail));
        }
        let text = config.to_url()?;
        let detail = "a `url::Url` has no such form; a user needs a host, for one";
        let url = Self::parse(text.expose()).map_err(|_| rejected(Component::Text, detail))?;
        match Config::try_from(&url) {
            Ok(read) if read == *config => Ok(url),
            _ => Err(rejected(Component::Text, "a `url::Url` would change it")),
        }
    }
}

fn rejected(component: Component, detail: &'static str) -> Error {
    Error::new(ErrorKind::NotRepresentable, detail)
        .of(component)
        .with_help("hand the text of `to_url()` on instead, to a reader that follows libpq")
}
