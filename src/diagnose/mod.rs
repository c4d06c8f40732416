//! Findings about a database, the settings file it is from and the variables of the process: what a review would object to.
//!
//! ```
//! use database_url::diagnose::{Code, Diagnostics};
//! use database_url::{Resolver, Vars};
//!
//! let vars = Vars::from([("DATABASE_URL", "postgres://app:hunter2@db.example/shop")]);
//! let resolved = Resolver::new(&vars).resolve()?;
//! let findings = Diagnostics::new(&vars).findings(&resolved);
//! assert_eq!(findings[0].code(), Code::TlsNotRequired);
//! assert_eq!(findings[0].message(), "TLS is not required for `db.example`");
//! assert_eq!(findings[0].help(), "add sslmode=verify-full and sslrootcert=system, or at least sslmode=require");
//! # Ok::<(), database_url::Error>(())
//! ```
//!
//! Each code has a section in `docs/check.md`. A finding shows no secret.

mod code;
mod connection;
pub(crate) mod diff;
mod finding;
pub(crate) mod guard;
mod setting;
mod surroundings;

use std::borrow::Cow;

use crate::attachment::Attachments;
use crate::database::Database;
use crate::driver::Driver;
use crate::resolution::Resolved;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::settings::Settings;
use crate::vars::Vars;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::warning::Warning;

pub use code::{Code, Severity};
pub use finding::Finding;
pub use surroundings::Ambient;

/// What findings depend on in addition to the database.
///
/// ```
/// use database_url::diagnose::Diagnostics;
/// use database_url::{Resolver, Vars};
///
/// let vars = Vars::from([("DATABASE_URL", "postgres://app:hunter2@db.example/shop"), ("PGSSLMODE", "disable")]);
/// let resolved = Resolver::new(&vars).resolve()?;
/// let diagnostics = Diagnostics::new(&vars);
/// let ambient: Vec<_> = diagnostics.ambient(resolved.value()).iter().map(|one| one.name()).collect();
/// assert_eq!(ambient, ["PGSSLMODE"]);
/// for finding in diagnostics.findings(&resolved) {
///     println!("{finding}");
/// }
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Diagnostics<'a> {
    vars: &'a Vars,
    attachments: Option<&'a Attachments>,
    #[cfg(any(feature = "json", feature = "yaml"))]
    settings: Option<&'a Settings>,
    driver: Option<Driver>,
}

impl<'a> Diagnostics<'a> {
    /// With the variables that the database was chosen from.
    pub const fn new(vars: &'a Vars) -> Self {
        Self {
            vars,
            attachments: None,
            #[cfg(any(feature = "json", feature = "yaml"))]
            settings: None,
            driver: None,
        }
    }

    /// With the attachments of the variables, of a caller that has them: else they are read again.
    pub const fn attachments(mut self, attachments: &'a Attachments) -> Self {
        self.attachments = Some(attachments);
        self
    }

    /// Also looks at the other environments of a settings file.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub const fn settings(mut self, settings: &'a Settings) -> Self {
        self.settings = Some(settings);
        self
    }

    /// Also reports what a driver rejects, ignores or reads differently.
    pub const fn driver(mut self, driver: Driver) -> Self {
        self.driver = Some(driver);
        self
    }

    /// Everything that is found, the most severe first.
    #[must_use]
    pub fn findings(&self, resolved: &Resolved<Database>) -> Vec<Finding> {
        let attachments = self.attached();
        let mut findings = Vec::new();
        findings.extend(connection::tls(resolved, self.vars));
        findings.extend(connection::certificate(resolved));
        if let Some(driver) = self.driver {
            findings.extend(connection::fit(resolved, driver));
        }
        findings.extend(setting::near_misses(resolved));
        findings.extend(setting::dangers(resolved));
        findings.extend(setting::pooled(resolved, &attachments));
        let environment = self.environment();
        findings.extend(surroundings::localhost(resolved, environment.as_deref()));
        findings.extend(surroundings::attachments(resolved, &attachments));
        findings.extend(surroundings::ambient(resolved, self.vars));
        findings.extend(surroundings::secrets_in_files(resolved, self.vars));
        #[cfg(any(feature = "json", feature = "yaml"))]
        if let Some(settings) = self.settings {
            findings.extend(surroundings::others(
                resolved,
                settings,
                self.vars,
                environment.as_deref(),
            ));
        }
        for warning in self.vars.warnings().iter().chain(resolved.warnings()) {
            let finding = Finding::from(warning).caused_by(resolved.source());
            let is_known = |known: &Finding| known.code() == finding.code();
            if matches!(finding.code(), Code::Warning(_)) || !findings.iter().any(is_known) {
                findings.push(finding);
            }
        }
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
        findings
    }

    /// The variables that are set and that drivers read in addition to the config. Mind `PGHOSTADDR`: libpq connects there
    /// whatever host is given.
    #[must_use]
    pub fn ambient(&self, database: &Database) -> Vec<Ambient> {
        surroundings::ambient_variables(self.vars, database)
    }

    /// The variables of databases that nothing reads: they hold another database than the one used, or none at all. Caches,
    /// queues and the like are not among them, unless one of their engine is used: a program has a use for each of them.
    #[must_use]
    pub fn unused(&self, resolved: &Resolved<Database>) -> Vec<String> {
        let attachments = self.attached();
        let unused = surroundings::unused_attachments(&attachments, resolved);
        unused.map(|other| other.source().to_string()).collect()
    }

    /// The other environments of the settings file that use the same database. A file whose sections name one variable is
    /// reported, too: that is fine only where each environment runs with variables of its own.
    #[cfg(any(feature = "json", feature = "yaml"))]
    #[must_use]
    pub fn same_database(&self, resolved: &Resolved<Database>) -> Vec<Warning> {
        let Some(settings) = self.settings else {
            return Vec::new();
        };
        let twins = surroundings::twins(settings, self.vars, resolved).into_iter();
        twins.map(|twin| twin.warning).collect()
    }

    fn attached(&self) -> Cow<'a, Attachments> {
        let read = || Cow::Owned(Attachments::of(self.vars));
        self.attachments.map_or_else(read, Cow::Borrowed)
    }

    /// The environment that the settings are read for, else the one that the process is in.
    fn environment(&self) -> Option<String> {
        #[cfg(any(feature = "json", feature = "yaml"))]
        if let Some(chosen) = self
            .settings
            .and_then(|settings| settings.chosen_environment(self.vars))
        {
            return Some(chosen);
        }
        surroundings::environment(self.vars)
    }
}
