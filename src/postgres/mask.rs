//! What of a keyword's text may be shown: secrets never, and not what looks like a misplaced password.

use std::borrow::Cow;
use std::ops::Range;

use crate::postgres::keyword::Keyword;
use crate::shown;

impl Keyword {
    /// A value of this keyword as it may be shown to anyone: `****` for a secret, for what does not have the keyword's form,
    /// and for the part of a user name, a host or a database that looks like a swallowed password. An empty value is no secret.
    ///
    /// ```
    /// use database_url::postgres::Keyword;
    ///
    /// assert_eq!(Keyword::Password.mask("hunter2"), "****");
    /// assert_eq!(Keyword::User.mask("app:hunter2"), "app:****");
    /// assert_eq!(Keyword::Dbname.mask("app:hunter2@db/shop"), "****");
    /// assert_eq!(Keyword::Dbname.mask("shop"), "shop");
    /// assert_eq!(Keyword::ApplicationName.mask("web.1"), "web.1");
    /// assert_eq!(Keyword::ApplicationName.mask("postgres://app:hunter2@db/shop"), "****");
    /// ```
    #[must_use]
    pub fn mask(self, text: &str) -> Cow<'_, str> {
        shown::masked(text, self.hidden(text))
    }

    /// The bytes that are not to be shown, if there are any.
    pub(super) fn hidden(self, text: &str) -> Option<Range<usize>> {
        shown::hidden(self.component(), self.is_secret(), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Component;

    #[test]
    fn every_keyword_is_secret_or_has_a_form() {
        for &keyword in Keyword::ALL {
            let name = keyword.as_str();
            let is_setting = matches!(keyword.component(), Component::Setting(_));
            assert!(
                !is_setting || keyword.is_secret() || shown::is_known(name),
                "{name}"
            );
            for text in [
                "postgres://a:hunter2@b/c",
                "b/c?password=hunter2",
                "@:/?#[]&=;hunter2",
            ] {
                assert!(!keyword.mask(text).contains("hunter2"), "{name} {text}");
            }
        }
    }
}
