//! Where a value came from, and what lost to it.

use std::fmt;
use std::sync::Arc;

use crate::bytes::Bytes;
use crate::key::Key;
use crate::shown;
use crate::span::{Component, Position};

/// Who gave a value.
///
/// ```
/// use database_url::{Resolver, Source, Vars};
///
/// let vars = Vars::from([("DATABASE_URL", "postgres://db.example/shop")]);
/// let resolved = Resolver::new(&vars).resolve()?;
/// assert_eq!(resolved.source(), &Source::ConfigVar("DATABASE_URL".to_owned()));
/// assert_eq!(resolved.source().to_string(), "DATABASE_URL");
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// `config-var`: an environment variable, in Heroku's words a config var, by name.
    ConfigVar(String),
    /// `platform`: one of the services in a platform's own document.
    Platform {
        /// The variable that holds the document: `VCAP_SERVICES` or `PLATFORM_RELATIONSHIPS`.
        var: &'static str,
        /// The service's name in it.
        service: String,
    },
    /// `file`: a location in a settings file, or in an option file of MySQL.
    File(FileLocation),
    /// `service-file`: a line of libpq's service file (`pg_service.conf`).
    ServiceFile(FileLocation),
    /// `passfile`: a line of libpq's password file (`.pgpass`).
    Passfile(FileLocation),
    /// `argument`: what the caller gave in place of what a settings file says, by the argument's name, such as `--url`.
    Argument(&'static str),
    /// `default`: the caller's own fallback.
    Default,
}

/// A location in a settings file.
///
/// Shown as `config/database.yml:3:5: production.url`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileLocation {
    path: Arc<str>,
    position: Option<Position>,
    key: KeyPath,
}

impl FileLocation {
    /// `position` is `None` for the file as a whole. `key` is the path of keys, such as `production.url`; it names
    /// nothing that is no plain name, since a misplaced URL can be in the place of a key.
    ///
    /// The path of a file is what the caller gave, too: a connection string in its place is not kept.
    pub(crate) fn new(
        path: impl AsRef<str>,
        position: Option<Position>,
        key: impl AsRef<str>,
    ) -> Self {
        let path = Self::shown_path(path.as_ref());
        Self::in_file(path, position, KeyPath::empty().joined(key.as_ref()))
    }

    /// The path of a file as it may be shown, to be shared by all locations in it.
    pub(crate) fn shown_path(path: &str) -> Arc<str> {
        shown::path(path).into()
    }

    /// The same, for a path as it may be shown.
    pub(crate) const fn in_file(path: Arc<str>, position: Option<Position>, key: KeyPath) -> Self {
        Self {
            path,
            position,
            key,
        }
    }

    /// The file as a whole.
    pub(crate) fn whole(path: &str) -> Self {
        Self::new(path, None, "")
    }

    /// The file's path, as it was given; `****` if that is no path, but a connection string.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Line and column; `None` for the file as a whole.
    #[must_use]
    pub const fn position(&self) -> Option<Position> {
        self.position
    }

    /// The keys that lead there, joined by dots; empty for the whole document.
    #[must_use]
    pub fn key(&self) -> &str {
        self.key.as_str()
    }
}

impl fmt::Display for FileLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(position) = self.position {
            write!(f, ":{position}")?;
        }
        match self.key() {
            "" => Ok(()),
            key => write!(f, ": {key}"),
        }
    }
}

/// A path of keys, joined by dots. Most are short, and each value of a section has one: those take no allocation.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum KeyPath {
    /// So many bytes; zeros follow.
    Short(u8, [u8; 62]),
    Long(Box<str>),
}

impl KeyPath {
    pub(crate) const fn empty() -> Self {
        Self::Short(0, [0; 62])
    }

    /// A path one step longer: `production` and `url`, `replicas` and `[0].url`.
    pub(crate) fn joined(&self, step: &str) -> Self {
        let is_one = matches!(self, Self::Short(0, _)) || step.is_empty() || step.starts_with('[');
        let joint = if is_one { "" } else { "." };
        if let Self::Short(len, bytes) = self {
            let start = usize::from(*len) + joint.len();
            let (end, mut bytes) = (start + step.len(), *bytes);
            if let (Some(room), Ok(len)) = (bytes.get_mut(start..end), u8::try_from(end)) {
                room.copy_from_slice(step.as_bytes());
                if !joint.is_empty() {
                    bytes[start - 1] = b'.';
                }
                return Self::Short(len, bytes);
            }
        }
        Self::Long([self.as_str(), joint, step].concat().into())
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Short(len, bytes) => {
                std::str::from_utf8(&bytes[..usize::from(*len)]).unwrap_or_default()
            }
            Self::Long(path) => path,
        }
    }
}

impl fmt::Debug for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

/// A key as a message may show it: `?` in place of what is no plain name, since a misplaced URL can be a key.
pub(crate) fn shown_key(key: &str) -> &str {
    if is_plain_key(key) { key } else { "?" }
}

impl Key {
    /// As a message may show it.
    pub(crate) fn shown(&self) -> &str {
        if self.is_plain() { self } else { "?" }
    }

    /// Whether it is a plain name.
    #[inline]
    pub(crate) fn is_plain(&self) -> bool {
        self.is_word() || is_plain_key(self)
    }
}

/// Whether a key is a plain name.
pub(crate) fn is_plain_key(key: &str) -> bool {
    static PLAIN: Bytes = Bytes::alphanumeric_and(b"_.-");
    PLAIN.has_all_of(key) && shown::is_shown_plain(key)
}

impl Source {
    /// A file as a whole.
    pub(crate) fn whole_file(path: &str) -> Self {
        Self::File(FileLocation::whole(path))
    }

    /// The kind's name in JSON.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ConfigVar(_) => "config-var",
            Self::Platform { .. } => "platform",
            Self::File(_) => "file",
            Self::ServiceFile(_) => "service-file",
            Self::Passfile(_) => "passfile",
            Self::Argument(_) => "argument",
            Self::Default => "default",
        }
    }

    /// The variable's or the argument's name, where the source is one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::ConfigVar(name) => Some(name),
            Self::Platform { var, .. } => Some(var),
            Self::Argument(name) => Some(name),
            Self::File(_) | Self::ServiceFile(_) | Self::Passfile(_) | Self::Default => None,
        }
    }

    /// The location in a file, where the source is one.
    #[must_use]
    pub const fn file(&self) -> Option<&FileLocation> {
        match self {
            Self::File(location) | Self::ServiceFile(location) | Self::Passfile(location) => {
                Some(location)
            }
            _ => None,
        }
    }

    /// The service's name, where the source is a platform's document of several.
    #[must_use]
    pub fn service(&self) -> Option<&str> {
        match self {
            Self::Platform { service, .. } => Some(service),
            _ => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConfigVar(name) => f.write_str(name),
            Self::Platform { var, service } => write!(f, "{var}/{service}"),
            Self::File(location) | Self::ServiceFile(location) | Self::Passfile(location) => {
                location.fmt(f)
            }
            Self::Argument(name) => f.write_str(name),
            Self::Default => f.write_str("the default"),
        }
    }
}

/// A map, a list, or the whole of a settings file: what the locations of the values in it share.
#[derive(Debug)]
pub(crate) struct Container {
    /// The file's path, as it may be shown.
    pub(crate) path: Arc<str>,
    /// The keys that lead there.
    pub(crate) key: KeyPath,
}

impl Container {
    #[cfg_attr(
        not(any(feature = "json", feature = "yaml")),
        expect(dead_code, reason = "sections of settings files have one")
    )]
    pub(crate) fn new(path: Arc<str>, key: KeyPath) -> Arc<Self> {
        Arc::new(Self { path, key })
    }
}

/// The source of a value, made when it is needed: the most of a section's settings are never shown.
#[derive(Clone)]
pub(crate) enum ValueSource {
    /// A member of a map in a settings file, by its key as written.
    #[cfg_attr(
        not(any(feature = "json", feature = "yaml")),
        expect(dead_code, reason = "sections of settings files have one")
    )]
    Member {
        map: Arc<Container>,
        key: Key,
        position: Position,
    },
    Other(Arc<Source>),
}

impl ValueSource {
    pub(crate) fn to_source(&self) -> Source {
        match self {
            Self::Member { map, key, position } => Source::File(FileLocation::in_file(
                map.path.clone(),
                Some(*position),
                map.key.joined(key.shown()),
            )),
            Self::Other(source) => (**source).clone(),
        }
    }
}

impl From<Source> for ValueSource {
    fn from(source: Source) -> Self {
        Self::Other(source.into())
    }
}

/// Where one value came from: its source, and the part of that source's text where it has parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Provenance {
    source: Source,
    component: Option<Component>,
}

impl Provenance {
    pub(crate) const fn new(source: Source, component: Option<Component>) -> Self {
        Self { source, component }
    }

    /// Who gave the value.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// The part of the connection text that gave it; [`Component::Query`] for a parameter after `?`.
    #[must_use]
    pub const fn component(&self) -> Option<Component> {
        self.component
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.source)?;
        match self.component {
            Some(Component::Text) | None => Ok(()),
            Some(component) => write!(f, ", {component}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_a_key_knows_of_itself_changes_no_answer(name in "[-_.a-z0-9]{0,22}|[-_.+a-zA-Z0-9 @é]{0,22}") {
            prop_assert_eq!(Key::from(&*name).is_plain(), is_plain_key(&name));
        }
    }
}
