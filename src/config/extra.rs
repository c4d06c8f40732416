//! A parameter that a config keeps for another reader of the URL.

use std::fmt;

use crate::secret::SecretStr;
use crate::shown;

/// A parameter of a connection string that its engine does not know, and keeps: a framework's `pool`, Prisma's `schema`,
/// a token of a proxy.
///
/// `Display` and `Debug` show it as `name=value`, masked; [`value`](Self::value) is the value itself.
///
/// ```
/// use database_url::Database;
///
/// let database: Database = "postgres://db.example/shop?pool=5&proxy_token=hunter2".parse()?;
/// let extras: Vec<_> = database.extras().collect();
/// assert_eq!((extras[0].name(), extras[0].value().expose(), extras[0].is_secret()), ("pool", "5", false));
/// assert_eq!((extras[1].name(), extras[1].value().expose(), extras[1].is_secret()), ("proxy_token", "hunter2", true));
/// assert_eq!(extras[1].to_string(), "proxy_token=****");
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Extra<'a> {
    name: &'a str,
    value: &'a str,
    /// Both as they may be shown.
    shown: (&'a str, &'a str),
}

impl<'a> Extra<'a> {
    pub(crate) fn new((name, value): (&'a str, SecretStr<'a>)) -> Self {
        let value = value.expose();
        let shown = shown::param(name, value);
        Self { name, value, shown }
    }

    /// A parameter that is shown by rules of its engine.
    pub(crate) const fn with_shown(
        name: &'a str,
        value: &'a str,
        shown: (&'a str, &'a str),
    ) -> Self {
        Self { name, value, shown }
    }

    /// The name as it was given, decoded. It is not masked: a misplaced password can be where a name belongs.
    #[must_use]
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// The value as it was given, decoded.
    #[must_use]
    pub const fn value(&self) -> SecretStr<'a> {
        SecretStr::new(self.value)
    }

    /// Whether the name or the value is masked. Every value is, unless its name is known to be harmless and it has that name's
    /// form: `pool=5` is not secret, `pool=postgres://…` is.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.shown != (self.name, self.value)
    }

    /// The name as it may be shown to anyone: `****` if it is no identifier.
    #[doc(alias = "redact")]
    #[must_use]
    pub const fn masked_name(&self) -> &'a str {
        self.shown.0
    }

    /// The value as it may be shown to anyone: `****` if it is secret.
    #[doc(alias = "redact")]
    #[must_use]
    pub const fn masked_value(&self) -> &'a str {
        self.shown.1
    }
}

/// `name=value`, masked.
impl fmt::Display for Extra<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.masked_name(), self.masked_value())
    }
}

/// `Extra(name=value)`, masked.
impl fmt::Debug for Extra<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extra({self})")
    }
}
