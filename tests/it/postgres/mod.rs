mod default_dialect;
#[cfg(feature = "serde")]
mod deserialize;
mod leaks;
mod libpq_dialect;
mod misplaced;
mod properties;
mod render;
mod tls;
#[cfg(feature = "url")]
mod url;
