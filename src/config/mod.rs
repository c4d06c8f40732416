//! What every engine's config is made of.

mod assembly;

pub(crate) use assembly::{Assembly, Location, Text, nul};
