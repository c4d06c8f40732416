#[cfg(feature = "clap-4")]
mod clap;
mod errors;
#[cfg(feature = "miette-7")]
mod miette;
