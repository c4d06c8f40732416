//! Closed sets of values, each an enum with its spellings, its parser and its `Display`.

/// An enum of the values that a setting, an option or a field of JSON takes. After a `;` comes the variant for other names, with
/// the function that knows them.
macro_rules! words {
    (
        $(#[$meta:meta])* $name:ident {
            $($(#[$doc:meta])* $variant:ident = $word:literal,)*
            $(; $(#[$other_doc:meta])* $other:ident = $find:path)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant,)*
            $($(#[$other_doc])* $other(&'static str),)?
        }

        impl $name {
            /// Every value, in the documentation's order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The spelling in backticks above, which is the one that is kept.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                    $(Self::$other(name) => name,)?
                }
            }

            pub(crate) const WORDS: &[&str] = &[$($word),*];

            /// The value of exactly this spelling.
            #[must_use]
            pub(crate) fn from_word(word: &str) -> Option<Self> {
                let known = match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                };
                $(let known = known.or_else(|| $find(word).map(Self::$other));)?
                known
            }
        }

        $crate::error::from_words!($name, $name::WORDS.iter().copied(), $name::from_word);
    };
}
pub(crate) use words;

/// `FromStr` and `Display` of an enum that has `as_str`, by the names that an error lists and a function that finds a value.
macro_rules! from_words {
    ($name:ident, $words:expr, $find:expr) => {
        impl std::str::FromStr for $name {
            type Err = $crate::error::Error;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                $find(word).ok_or_else(|| $crate::error::no_such_word(word, $words))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
    // By its `ALL`.
    ($name:ident) => {
        $crate::error::from_words!($name, $name::ALL.iter().map(|one| one.as_str()), |word| {
            $name::ALL.iter().copied().find(|one| one.as_str() == word)
        });
    };
}
pub(crate) use from_words;
