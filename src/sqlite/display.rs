//! Configs to URLs of their own family, masked and exposed.

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::bytes::contains;
use crate::config::display::{Params, View, bounded};
use crate::error::Error;
use crate::grammar::percent;
use crate::secret::{MASK, Secret};
use crate::shown;
use crate::span::Component;
use crate::sqlite::config::{Config, Family, MEMORY};

impl Config {
    /// The config as a URL of its family, secrets included, which that family reads as an equal config.
    ///
    /// # Errors
    ///
    /// If the URL is longer than [`MAX_LEN`](crate::MAX_LEN).
    pub fn to_url(&self) -> Result<Secret, Error> {
        bounded(&|out| self.write(out, View::Exposed))
    }

    /// A string of a part as it may be shown to everyone: `****` for the passphrase, and for what looks like credentials in
    /// the path.
    #[must_use]
    pub fn mask<'t>(&self, component: Component, text: &'t str) -> Cow<'t, str> {
        let hidden = match component {
            Component::Password => Some(0..text.len()),
            _ => shown::misplaced_in_path(text),
        };
        shown::masked(text, hidden)
    }

    fn write(&self, out: &mut dyn Write, view: View) -> fmt::Result {
        write!(out, "{}:", self.scheme().unwrap_or_default())?;
        let name = self.name().unwrap_or_default();
        if self.family() == Family::Python {
            out.write_str("//")?;
            if let Some(password) = self.password() {
                out.write_char(':')?;
                view.write_secret(out, password.expose())?;
                out.write_char('@')?;
            }
            out.write_char('/')?;
        }
        match name {
            _ if view == View::Masked && shown::misplaced_in_path(name).is_some() => {
                out.write_str(MASK)?;
            }
            MEMORY => out.write_str(MEMORY)?,
            name => {
                let rest = self.write_slashes(out, name)?;
                // After slashes the colons of a URI filename would look like those of a URL.
                let is_plain = rest.len() < name.len() && contains(rest, "://");
                write_path(out, rest, is_plain)?;
            }
        }
        let mut params = Params::new(out, "?");
        let mut extras = self.extra_pairs();
        extras.try_for_each(|(name, value)| params.shown(view.param(name, value.expose()), view))
    }

    /// Keeps two slashes at the start of a path from being taken for those before a host; gives the rest of the path.
    fn write_slashes<'n>(&self, out: &mut dyn Write, name: &'n str) -> Result<&'n str, fmt::Error> {
        let Some(rest) = name.strip_prefix("//") else {
            return Ok(name);
        };
        match self.family() {
            Family::Python => return Ok(name),
            // No host follows the first two.
            Family::Rails | Family::Uri => out.write_str("////")?,
            // There the slashes themselves are the path's.
            Family::Sqlx => out.write_str("%2F/")?,
        }
        Ok(rest)
    }
}

/// A path with its slashes as they are, and unless it is plain with the colons of a drive or of a URI filename.
fn write_path(out: &mut dyn Write, path: &str, is_plain: bool) -> fmt::Result {
    let bytes = path.as_bytes();
    let is_drive = bytes.get(1) == Some(&b':') && !contains(path, "://");
    let with_colons = !is_plain && (is_drive || path.starts_with("file:"));
    for (index, segment) in path.split('/').enumerate() {
        if index > 0 {
            out.write_char('/')?;
        }
        if with_colons {
            write!(out, "{}", percent::encode_address(segment))?;
        } else {
            percent::write(out, segment)?;
        }
    }
    Ok(())
}

/// The URL with the passphrase and every parameter that is not known to be harmless as `****`.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, View::Masked)
    }
}
