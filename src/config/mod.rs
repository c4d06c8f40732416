//! What every engine's config is made of.

mod assembly;
mod builder;

pub(crate) use assembly::{Assembly, Location, Text, nul};
pub(crate) use builder::{builder, failures, setter};
