//! What of a setting's text may be shown: secrets never, and not what looks like a password in the wrong place.

use std::borrow::Cow;
use std::ops::Range;

use crate::mysql::keyword::Keyword;
use crate::mysql::names;
use crate::render::misplaced_secret;
use crate::secret::MASK;

/// How a key or a certificate begins that is written out.
const PEM: &str = "-----BEGIN";

impl Keyword {
    /// A text of this setting as it may be shown to everybody: `****` for a secret, and for the part of a user name, a host or
    /// a database that looks like a swallowed password. That a secret is empty is none.
    ///
    /// ```
    /// use database_url::mysql::Keyword;
    ///
    /// assert_eq!(Keyword::Password.mask("hunter2"), "****");
    /// assert_eq!(Keyword::User.mask("app:hunter2"), "app:****");
    /// assert_eq!(Keyword::Database.mask("shop"), "shop");
    /// ```
    #[must_use]
    pub fn mask(self, text: &str) -> Cow<'_, str> {
        match self.hidden(text).filter(|hidden| !hidden.is_empty()) {
            None => Cow::Borrowed(text),
            Some(hidden) => Cow::Owned([&text[..hidden.start], MASK, &text[hidden.end..]].concat()),
        }
    }

    /// The bytes that are not to be shown, if there are any.
    pub(super) fn hidden(self, text: &str) -> Option<Range<usize>> {
        if self.is_secret() {
            Some(0..text.len())
        } else {
            misplaced_secret(self.component(), text)
        }
    }
}

/// Whether a parameter as it was written may be shown: nothing is known of most, and mysql2's object may hold a key.
pub(super) fn may_show(name: &str, value: &str) -> bool {
    if names::find(name).is_none() {
        return names::is_harmless(name);
    }
    let secret = names::keyword_meant(name)
        .and_then(|name| name.parse::<Keyword>().ok())
        .is_some_and(Keyword::is_secret);
    !secret && !value.contains(['{', '"']) && !value.contains(PEM) && value.len() < 512
}
