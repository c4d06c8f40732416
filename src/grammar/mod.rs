//! Text to spanned parts. Nothing here knows what a keyword means.

pub(crate) mod conninfo;
pub(crate) mod guard;
pub(crate) mod libpq_uri;
pub(crate) mod percent;
pub(crate) mod placeholder;
pub(crate) mod raw_at;
pub(crate) mod surroundings;
pub(crate) mod sweep;
pub(crate) mod tool_mask;
pub(crate) mod url;
