//! What of a setting's text may be shown: secrets never, and not what looks like a password in the wrong place.

use std::borrow::Cow;
use std::ops::Range;

use crate::mysql::keyword::Keyword;
use crate::mysql::names;
use crate::render::{masked, misplaced_secret};

/// How a key or a certificate begins that is written out.
const PEM: &str = "-----BEGIN";
/// What stands in the first line of every key, whatever its kind.
const PRIVATE_KEY: &str = "PRIVATE KEY-----";

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
        masked(text, self.hidden(text))
    }

    /// The bytes that are not to be shown, if there are any.
    pub(super) fn hidden(self, text: &str) -> Option<Range<usize>> {
        // Where a certificate is named, people write it out together with its key.
        if self.is_secret() || text.contains(PRIVATE_KEY) {
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
