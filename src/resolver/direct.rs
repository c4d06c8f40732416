//! Past the pooler: of a pooled and a direct URL of one database the direct one, which migrations need.

use crate::attachment::{Attachment, Attachments};
use crate::database::Database;
use crate::platform::Role;
use crate::source::Source;
use crate::warning::{Warning, WarningCode};

/// The variable that reaches the same database without the pooler: one that the platform calls direct, else, for a pooled
/// one, what the pooler is in front of. `None` if the source is that already, or if there is none.
pub(super) fn direct_of<'a>(
    attachments: &'a Attachments,
    source: &Source,
) -> Option<&'a Attachment> {
    let chosen = attachments.of_source(source)?;
    let is_direct = |role: Role| match chosen.role() {
        Role::Direct => false,
        Role::Pooled => !matches!(role, Role::Pooled | Role::Private),
        _ => role == Role::Direct,
    };
    let others = attachments.iter().filter(|other| {
        is_direct(other.role()) && chosen.is_alias_of(other.source()) && !other.is_stale()
    });
    others.min_by_key(|other| (other.role() != Role::Direct, other.preference()))
}

/// That a direct URL was requested, and what is used goes through a pooler.
pub(super) fn still_pooled(
    attachments: &Attachments,
    source: &Source,
    database: &Database,
) -> Option<Warning> {
    let role = attachments.of_source(source).map(Attachment::role);
    let is_pooled = match role {
        Some(Role::Direct) => false,
        Some(Role::Pooled) => true,
        _ => names_a_pooler(database),
    };
    is_pooled.then(|| Warning::named(WarningCode::Pooled, &[]))
}

/// Whether the database itself names a pooler: `PgBouncer` by Prisma's parameter, Neon and Supabase by the name of the host.
pub(crate) fn names_a_pooler(database: &Database) -> bool {
    let Database::Postgres(config) = database else {
        return false;
    };
    let mut extras = config.extra_pairs();
    extras.any(|(name, value)| name == "pgbouncer" && value.expose() == "true")
        || config.hosts().any(|host| {
            let name = host.host().unwrap_or_default();
            let (first, domain) = name.split_once('.').unwrap_or((name, ""));
            first.ends_with("-pooler") || domain == "pooler.supabase.com"
        })
}
