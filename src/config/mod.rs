//! What every engine's config is made of.

mod assembly;
mod builder;
mod getters;

pub(crate) use assembly::{Assembly, Location, Text, nul};
pub(crate) use builder::{builder, failures, setter};
pub(crate) use getters::getters;
