//! The traits that every engine's config implements alike.

/// Two configs are equal by their values, wherever in the string each was. `$config => $more` is what counts in addition to values
/// and extras.
macro_rules! traits {
    ($(#[$doc:meta])* $config:ident => $more:expr) => {
        impl TryFrom<&str> for Config {
            type Error = crate::error::Error;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        $(#[$doc])*
        impl PartialEq for Config {
            fn eq(&self, other: &Self) -> bool {
                let more = [self, other].map(|$config| $more);
                more[0] == more[1]
                    && self.store.has_values_of(&other.store)
                    && self.extra_pairs().eq(other.extra_pairs())
            }
        }

        impl Eq for Config {}

        impl std::hash::Hash for Config {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                let $config = self;
                $more.hash(state);
                self.store.hash_values(state);
                self.extra_pairs().for_each(|extra| extra.hash(state));
            }
        }

        impl std::fmt::Debug for Config {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "Config({self})")
            }
        }
    };
}

pub(crate) use traits;
