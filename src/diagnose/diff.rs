//! Which parts of two databases differ: names only, no values.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::extra::Extra;
use crate::database::Database;
use crate::secret::SecretStr;

impl Database {
    /// The parts in which two databases differ, in alphabetical order: `engine`, `user`, `password`, `host`, `port`,
    /// `database`, and settings by their names. Default ports are filled in, and how a scheme is spelled does not matter.
    ///
    /// ```
    /// use database_url::Database;
    ///
    /// let old: Database = "postgres://app:hunter2@db1.example/shop".parse()?;
    /// let new: Database = "postgresql://app:hunter3@db2.example:5432/shop".parse()?;
    /// assert_eq!(old.differences(&new), ["host", "password"]);
    /// # Ok::<(), database_url::Error>(())
    /// ```
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let mut names = BTreeSet::new();
        let mut compare = |name: &str, is_same: bool| {
            if !is_same {
                names.insert(name.to_owned());
            }
        };
        let (one, two) = (self.target(), other.target());
        let (ones, twos): (Vec<_>, Vec<_>) = (one.hosts().collect(), two.hosts().collect());
        compare("engine", self.engine() == other.engine());
        compare("user", self.user() == other.user());
        compare("password", self.password() == other.password());
        let of_two = twos.iter().map(|(host, _)| host);
        compare("host", ones.iter().map(|(host, _)| host).eq(of_two));
        // How many there are is a matter of the hosts.
        let mut pairs = ones.iter().zip(&twos);
        compare("port", pairs.all(|((_, one), (_, two))| one == two));
        compare("database", one.database() == two.database());
        if self.engine() == other.engine() {
            let (one, two) = (settings(self), settings(other));
            for name in one.keys().chain(two.keys()) {
                compare(name, one.get(name) == two.get(name));
            }
        }
        let (one, two) = (by_name(self), by_name(other));
        for (name, extras) in one.iter().chain(&two) {
            let [one, two] = [&one, &two].map(|extras| extras.get(name).into_iter().flatten());
            let is_same = one.map(Extra::value).eq(two.map(Extra::value));
            for extra in extras {
                compare(extra.masked_name(), is_same);
            }
        }
        names.into_iter().collect()
    }
}

/// The parameters of each name that the engine does not know, in order.
fn by_name(database: &Database) -> BTreeMap<&str, Vec<Extra<'_>>> {
    let mut extras = BTreeMap::<_, Vec<_>>::new();
    for extra in database.extras() {
        extras.entry(extra.name()).or_default().push(extra);
    }
    extras
}

/// The settings that the engine knows, but for those that are compared as parts. A host and its address are compared together.
fn settings(database: &Database) -> BTreeMap<&'static str, SecretStr<'_>> {
    let mut settings: BTreeMap<_, _> = match database {
        Database::Postgres(config) => {
            let keywords = config.keywords();
            keywords
                .map(|(keyword, value)| (keyword.as_str(), value))
                .collect()
        }
        Database::MySql(config) => {
            let keywords = config.keywords();
            keywords
                .map(|(keyword, value)| (keyword.as_str(), value))
                .collect()
        }
        _ => BTreeMap::new(),
    };
    let parts = ["user", "password", "dbname", "database", "host", "port"];
    settings.retain(|name, _| !parts.contains(name));
    settings
}
