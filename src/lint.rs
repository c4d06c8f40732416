//! What somebody should know beside the config itself: variables that a driver reads unasked, and those that nobody does.

use crate::attachment::Attachments;
use crate::database::{Database, ambient_names};
use crate::provenance::Source;
use crate::resolve::Resolved;
use crate::vars::Vars;

/// The variables that are set and that a driver of the engine would read by itself: `PGHOST`, `PGSSLMODE` and the like.
///
/// libpq uses one where the connection string does not say otherwise; `PGHOSTADDR` even beside a host that is given.
#[must_use]
pub fn ambient(vars: &Vars) -> Vec<String> {
    ambient_names()
        .filter(|name| vars.is_set(name))
        .map(str::to_owned)
        .collect()
}

/// The variables that hold another database than the one used, so that nothing reads them.
#[must_use]
pub fn unused(vars: &Vars, used: &Resolved<Database>) -> Vec<String> {
    let target = used.value().target();
    let is_used = |var: &str| matches!(used.source(), Source::ConfigVar(name) if name == var);
    let attachments = Attachments::of(vars);
    let others = attachments
        .iter()
        .filter(|other| !is_used(other.var()) && other.target() != Some(&target));
    others.map(|other| other.var().to_owned()).collect()
}
