//! Which parts of two databases differ: names only, no values.

use std::collections::{BTreeMap, BTreeSet};

use crate::database::Database;
use crate::mysql;
use crate::postgres;
use crate::secret::SecretStr;
use crate::shown;

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
        compare(
            "host",
            ones.iter()
                .map(|(host, _)| host)
                .eq(twos.iter().map(|(host, _)| host)),
        );
        // How many there are is a matter of the hosts.
        compare(
            "port",
            ones.iter()
                .zip(&twos)
                .all(|((_, one), (_, two))| one == two),
        );
        compare("database", one.database() == two.database());
        match (self, other) {
            (Self::Postgres(one), Self::Postgres(two)) => of_postgres(one, two, &mut compare),
            (Self::MySql(one), Self::MySql(two)) => of_mysql(one, two, &mut compare),
            _ => {}
        }
        let (one, two) = (by_name(self), by_name(other));
        for name in one.keys().chain(two.keys()) {
            compare(shown::name(name), one.get(name) == two.get(name));
        }
        names.into_iter().collect()
    }
}

/// The values of each parameter that the engine does not know, in order.
fn by_name(database: &Database) -> BTreeMap<&str, Vec<SecretStr<'_>>> {
    let mut values = BTreeMap::<_, Vec<_>>::new();
    for (name, value) in database.extra_pairs() {
        values.entry(name).or_default().push(value);
    }
    values
}

fn of_postgres(
    one: &postgres::Config,
    two: &postgres::Config,
    compare: &mut impl FnMut(&str, bool),
) {
    use postgres::Keyword as K;
    // A host and its address are compared together.
    let is_compared = |keyword: K| {
        matches!(
            keyword,
            K::User | K::Password | K::Dbname | K::Host | K::Port
        )
    };
    for &keyword in K::ALL.iter().filter(|keyword| !is_compared(**keyword)) {
        compare(keyword.as_str(), one.get(keyword) == two.get(keyword));
    }
}

fn of_mysql(one: &mysql::Config, two: &mysql::Config, compare: &mut impl FnMut(&str, bool)) {
    use mysql::Keyword as K;
    let is_compared = |keyword: K| {
        matches!(
            keyword,
            K::User | K::Password | K::Database | K::Host | K::Port
        )
    };
    for &keyword in K::ALL.iter().filter(|keyword| !is_compared(**keyword)) {
        compare(keyword.as_str(), one.get(keyword) == two.get(keyword));
    }
}
