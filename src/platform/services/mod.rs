//! Databases in a platform's own document: `VCAP_SERVICES` of Cloud Foundry, `PLATFORM_RELATIONSHIPS` of Platform.sh.
//!
//! Each is a variable that holds all services of an app as JSON, and each is read with a feature of its own. Services of
//! no engine that this crate knows are passed over; those of one that cannot be read are errors.

#[cfg(any(feature = "vcap", feature = "platform-sh"))]
mod json;
#[cfg(feature = "platform-sh")]
mod relationships;
#[cfg(feature = "vcap")]
mod vcap;

use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;
use crate::source::Source;
use crate::vars::Vars;

/// The variable of Cloud Foundry.
pub(crate) const VCAP: &str = "VCAP_SERVICES";
/// The variable of Platform.sh, now Upsun.
pub(crate) const RELATIONSHIPS: &str = "PLATFORM_RELATIONSHIPS";

/// A service that is a database, or was meant to be.
pub(crate) struct Service {
    pub(crate) source: Source,
    /// The engine it says it is of, whether or not the rest can be read.
    pub(crate) engine: Option<Engine>,
    pub(crate) content: Result<Database, Error>,
    /// Whether it may be used where nothing is named: a replica may not.
    pub(crate) is_unasked: bool,
}

/// Whether a variable holds several services.
pub(crate) fn is_document(var: &str) -> bool {
    [VCAP, RELATIONSHIPS].contains(&var)
}

/// The services of both documents; one that cannot be read at all is one service in error.
pub(crate) fn services(vars: &Vars) -> Vec<Service> {
    #[cfg_attr(
        not(any(feature = "vcap", feature = "platform-sh")),
        expect(unused_mut, reason = "no reader is compiled in")
    )]
    let mut found = Vec::new();
    #[cfg(feature = "vcap")]
    found.extend(json::read(vars, VCAP, vcap::read));
    #[cfg(feature = "platform-sh")]
    found.extend(json::read(vars, RELATIONSHIPS, relationships::read));
    #[cfg(not(any(feature = "vcap", feature = "platform-sh")))]
    let _ = vars;
    found
}

/// Whether a service's name can be shown: no text with a password in it looks so. `/` joins it to its variable.
pub(crate) fn is_name(name: &str) -> bool {
    let valid = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' ');
    !name.is_empty() && name.len() <= 128 && name.chars().all(valid)
}
