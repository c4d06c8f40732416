//! What of a keyword's text may be shown: secrets never, and not what looks like a password in the wrong place.

use std::borrow::Cow;
use std::ops::Range;

use crate::postgres::keyword::Keyword;
use crate::secret::MASK;

impl Keyword {
    /// A text of this keyword as it may be shown to everybody: `****` for a secret, and for the part of a user name, a
    /// host or a database that looks like a swallowed password. That a secret is empty is none.
    ///
    /// ```
    /// use database_url::postgres::Keyword;
    ///
    /// assert_eq!(Keyword::Password.mask("hunter2"), "****");
    /// assert_eq!(Keyword::User.mask("app:hunter2"), "app:****");
    /// assert_eq!(Keyword::Dbname.mask("app:hunter2@db/shop"), "****@db/shop");
    /// assert_eq!(Keyword::Dbname.mask("shop"), "shop");
    /// ```
    #[must_use]
    pub fn mask(self, text: &str) -> Cow<'_, str> {
        let hidden = self.hidden(text);
        if hidden.is_empty() {
            return Cow::Borrowed(text);
        }
        Cow::Owned([&text[..hidden.start], MASK, &text[hidden.end..]].concat())
    }

    /// The bytes that are not to be shown.
    pub(super) fn hidden(self, text: &str) -> Range<usize> {
        let none = || text.len()..text.len();
        match self {
            _ if self.is_secret() => 0..text.len(),
            _ if !text.bytes().any(|byte| matches!(byte, b':' | b'@' | b'=')) => none(),
            // A user name that was escaped together with its password.
            Self::User => behind(text, ":")
                .or_else(|| behind(text, "password="))
                .unwrap_or_else(none),
            Self::Host | Self::HostAddr | Self::Port | Self::Dbname => {
                let credentials = || text.rfind('@').filter(|&at| at > 0).map(|at| 0..at);
                behind(text, "password=")
                    .or_else(credentials)
                    .unwrap_or_else(none)
            }
            _ => none(),
        }
    }
}

/// What stands behind a mark, if it is there.
fn behind(text: &str, mark: &str) -> Option<Range<usize>> {
    text.find(mark).map(|found| found + mark.len()..text.len())
}
