//! Getters, each of a keyword by its name, for what a config holds as text.

/// `getter: Keyword -> type, method that reads it, "meaning";`
macro_rules! getters {
    ($($getter:ident: $keyword:ident -> $type:ty, $read:ident, $doc:literal;)*) => {
        impl Config {
            $(
                #[doc = concat!("`", stringify!($getter), "`: ", $doc, " ([`Keyword::", stringify!($keyword), "`]).")]
                #[must_use]
                pub fn $getter(&self) -> Option<$type> {
                    self.$read(Keyword::$keyword)
                }
            )*
        }
    };
}

pub(crate) use getters;
