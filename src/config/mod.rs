//! What every engine's config is made of.

mod accessors;
mod assembly;
mod builder;
mod changes;
pub(crate) mod display;
pub(crate) mod extra;
pub(crate) mod store;
pub(crate) mod tls_name;
mod traits;
pub(crate) mod url;
pub(crate) mod value;

pub(crate) use accessors::{accessors, getter, setter};
pub(crate) use assembly::{Assembly, Location, Text, nul};
pub(crate) use builder::{builder, failures};
pub(crate) use changes::{changes, host_lists, not_a_host};
pub(crate) use traits::traits;
