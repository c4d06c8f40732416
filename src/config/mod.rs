//! What every engine's config is made of.

mod accessors;
mod assembly;
mod builder;
mod changes;
mod traits;

pub(crate) use accessors::{accessors, getter, setter};
pub(crate) use assembly::{Assembly, Location, Text, nul};
pub(crate) use builder::{builder, failures};
pub(crate) use changes::changes;
pub(crate) use traits::traits;
