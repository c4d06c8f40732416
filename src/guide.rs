//! The pages of `docs/`, one module each. They exist in the documentation only.

/// A module for each page. The links come first, so that they win over those of the page, which lead to files.
macro_rules! pages {
    ($($(#[$attribute:meta])* $name:ident $file:literal)*) => {$(
        /// [guide]: crate::guide
        /// [guards]: crate::guide::guards
        /// [settings]: crate::guide::settings
        /// [platforms]: crate::guide::platforms
        /// [provenance]: crate::guide::provenance
        /// [convert]: crate::guide::convert
        /// [drivers]: crate::guide::drivers
        /// [check]: crate::guide::check
        /// [compose]: crate::guide::compose
        /// [recipes]: crate::guide::recipes
        /// [compare]: crate::guide::compare
        /// [decisions]: crate::guide::decisions
        ///
        #[doc = include_str!(concat!("../docs/", $file))]
        pub mod $name {}
    )*};
}

pages! {
    start "guide.md"
    guards "guards.md"
    settings "settings.md"
    platforms "platforms.md"
    provenance "provenance.md"
    convert "convert.md"
    drivers "drivers.md"
    compose "compose.md"
    check "check.md"
    recipes "recipes.md"
    compare "COMPARE.md"
    decisions "DECISIONS.md"
}

/// The examples of README.md.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
