//! What every engine's config is made of.

mod assembly;
mod setters;

pub(crate) use assembly::{Assembly, Location, Text, nul};
pub(crate) use setters::{setter, setters};
