//! What of a setting's value may be shown: no secret, and nothing that looks like a misplaced password.

use std::borrow::Cow;
use std::ops::Range;

use crate::mysql::alias;
use crate::mysql::keyword::Keyword;
use crate::secret::MASK;
use crate::shown;

impl Keyword {
    /// A value of this setting as it may be shown to anyone: `****` for a secret, for what does not have the setting's form, and
    /// for the part of a user name, a host or a database that looks like a swallowed password. An empty value is no secret.
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
        shown::masked(text, self.hidden(text))
    }

    /// The bytes that are not to be shown, if there are any.
    pub(super) fn hidden(self, text: &str) -> Option<Range<usize>> {
        shown::hidden(self.component(), self.is_secret(), text)
    }
}

/// A parameter as it was written, as it may be shown: its value has the form of its name, or of the setting that it means.
pub(super) fn param<'p>(name: &'p str, value: &'p str) -> (&'p str, &'p str) {
    let meant = alias::keyword_meant(name).and_then(|name| name.parse::<Keyword>().ok());
    let Some(keyword) = meant else {
        return shown::param(name, value);
    };
    let is_shown =
        keyword.hidden(value).is_none() || !keyword.is_secret() && shown::is_harmless(name, value);
    let value = if is_shown || value.is_empty() {
        value
    } else {
        MASK
    };
    (name, value)
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
            let has_rule = matches!(name, "socket" | "address");
            assert!(
                !is_setting || has_rule || keyword.is_secret() || shown::is_known(name),
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
