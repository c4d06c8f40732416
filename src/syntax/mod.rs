//! Text to spanned parts. Nothing here knows what a keyword means.

pub(crate) mod authority;
pub(crate) mod conninfo;
pub(crate) mod guard;
pub(crate) mod percent;
pub(crate) mod uri;
