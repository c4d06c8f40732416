//! What of a keyword's text may be shown: secrets never, and not what looks like a password in the wrong place.

use std::borrow::Cow;
use std::ops::Range;

use crate::postgres::keyword::Keyword;
use crate::render::{masked, misplaced_secret};

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
        masked(text, self.hidden(text))
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
