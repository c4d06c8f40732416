//! SQLite, for sqlx.

use crate::driver::fit::{Cell, Driver, Fit};
use crate::span::Component;
use crate::sqlite::Config;

/// The parameters that reach sqlx, where they count for the config's family.
const EXPRESSED: &[&str] = &["mode", "cache", "immutable", "vfs", "uri"];

const ENCRYPTED: &str = "opens encrypted databases with SQLCipher only";
const BY_PRAGMA: &str = "link SQLCipher, and set the pragma `key` of the options";

impl Config {
    /// What of the config a driver cannot express: what the conversion rejects, and what it leaves out.
    #[must_use]
    pub fn fit(&self, driver: Driver) -> Fit {
        if driver != Driver::Sqlx {
            return Fit::of_another_engine(driver, "use sqlx, or a crate that takes the path");
        }
        let mut fit = Fit::default();
        if self.password().is_some_and(|password| !password.is_empty()) {
            fit.reject(driver, Component::Password, ENCRYPTED, BY_PRAGMA);
        }
        for (name, _) in self.extra_pairs() {
            let cell = if EXPRESSED.contains(&name) {
                Cell::Expressed
            } else if ["key", "hexkey", "password"].contains(&name) {
                Cell::rejected(&[], ENCRYPTED, BY_PRAGMA)
            } else {
                Cell::lost(
                    &[],
                    "has no such parameter",
                    "set it by a method of the options, or by `pragma`",
                )
            };
            fit.add_extra(driver, name, cell);
        }
        fit
    }
}
