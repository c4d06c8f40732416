//! Databases in a platform's own document: `VCAP_SERVICES` of Cloud Foundry, `PLATFORM_RELATIONSHIPS` of Platform.sh.
//!
//! Each is a variable that holds all services of an app as JSON, and each is read with a feature of its own. Services of
//! no engine that this crate knows are passed over; those of one that cannot be read are errors.

#[cfg(any(feature = "vcap", feature = "platform-sh"))]
mod json;
#[cfg(feature = "platform-sh")]
mod relationships;
mod service;
#[cfg(feature = "vcap")]
mod vcap;

use crate::vars::Vars;

pub(crate) use service::{Service, is_name};

/// The variable of Cloud Foundry.
pub(crate) const VCAP: &str = "VCAP_SERVICES";
/// The variable of Platform.sh, now Upsun.
pub(crate) const RELATIONSHIPS: &str = "PLATFORM_RELATIONSHIPS";

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
