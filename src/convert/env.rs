//! `env`: the variables that libpq, or the clients of MySQL, read; a line each, quoted as `env -S` has it.

use std::borrow::Cow;

use crate::convert::lost::{Losses, Lost};
use crate::convert::parts::ConvertParts;
use crate::convert::{Notation, Texts, escape, wrong_engine};
use crate::database::Database;
use crate::engine::Engine;
use crate::error::Error;
use crate::postgres::Keyword;
use crate::secret::Secret;

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    check(database)?;
    Texts::of_parts(
        database,
        lost,
        |parts, lost| {
            fit(parts, lost)?;
            quoting(parts, lost);
            Ok(())
        },
        |out, parts| {
            for (index, (name, value)) in pairs(parts).iter().enumerate() {
                let separator = if index > 0 { "\n" } else { "" };
                write!(out, "{separator}{name}=")?;
                escape::env(out, value)?;
            }
            Ok(())
        },
    )
}

/// The variables that the programs of an engine read, each with its value, and what none of them can hold.
#[derive(Clone, Debug)]
pub struct Variables {
    values: Vec<(&'static str, Secret)>,
    lost: Vec<Lost>,
}

impl Variables {
    /// The variables of a database: libpq's `PG*`, or `MYSQL_*`; what [`Notation::Env`] writes, one by one.
    ///
    /// # Errors
    ///
    /// As [`Database::convert`].
    pub fn of(database: &Database) -> Result<Self, Error> {
        check(database)?;
        let mut lost = Losses::default();
        let mut parts = ConvertParts::of(database);
        fit(&mut parts, &mut lost)?;
        let values = pairs(&parts).into_iter();
        let values = values.map(|(name, value)| (name, Secret::from(&*value)));
        Ok(Self {
            values: values.collect(),
            lost: lost.into_list(),
        })
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Secret)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }

    /// What no variable can hold.
    #[must_use]
    pub fn lost(&self) -> &[Lost] {
        &self.lost
    }
}

fn check(database: &Database) -> Result<(), Error> {
    match database {
        Database::Postgres(_) | Database::MySql(_) => Ok(()),
        _ => {
            let help = "Postgres and MySQL have variables for their parts; use `shell` or `dotenv`";
            Err(wrong_engine(database, Notation::Env, help))
        }
    }
}

fn fit(parts: &mut ConvertParts<'_>, lost: &mut Losses) -> Result<(), Error> {
    if parts.engine == Engine::Postgres {
        parts.retain_extras("libpq", lost, |_| false)?;
        return parts.rename("libpq's environment", lost, |name| {
            name.parse::<Keyword>().ok()?.env()
        });
    }
    let reader = "the environment of MySQL's clients";
    parts.one_server(reader)?;
    parts.retain_extras(reader, lost, |_| false)?;
    parts.rename(reader, lost, |_| None)
}

/// Files of CI systems take the rest of a line as it is.
fn quoting(parts: &ConvertParts<'_>, lost: &mut Losses) {
    let is_quoted = |(_, value): &(&str, Cow<'_, str>)| !escape::is_plain_for_env(value);
    if pairs(parts).iter().any(is_quoted) {
        lost.note(
            "quoting",
            "a value is quoted for `env -S`; readers of plain lines take the quotes literally",
            "use `dotenv` or `shell` for files that are not read by `env -S`",
        );
    }
}

fn pairs<'p>(parts: &'p ConvertParts<'_>) -> Vec<(&'static str, Cow<'p, str>)> {
    let [user, password, database, socket] =
        [&parts.user, &parts.password, &parts.database, &parts.socket]
            .map(|field| field.as_deref().map(Cow::Borrowed));
    let [hosts, numbers] = parts.lists().map(|list| list.map(Cow::Owned));
    let fields = if parts.engine == Engine::Postgres {
        let port_of_scheme = (parts.default_port != 5432 && numbers.is_none())
            .then(|| Cow::Owned(parts.default_port.to_string()));
        vec![
            ("PGHOST", hosts),
            ("PGHOSTADDR", parts.addresses().map(Cow::Owned)),
            ("PGPORT", numbers.or(port_of_scheme)),
            ("PGUSER", user),
            ("PGPASSWORD", password),
            ("PGDATABASE", database),
        ]
    } else {
        // The first name is the clients', the second that of images and frameworks.
        vec![
            ("MYSQL_HOST", hosts),
            ("MYSQL_TCP_PORT", numbers.clone()),
            ("MYSQL_PORT", numbers),
            ("MYSQL_UNIX_PORT", socket),
            ("MYSQL_USER", user),
            ("MYSQL_PWD", password.clone()),
            ("MYSQL_PASSWORD", password),
            ("MYSQL_DATABASE", database),
        ]
    };
    let settings = parts
        .settings
        .iter()
        .map(|setting| (setting.name, Some(Cow::Borrowed(&*setting.value))));
    fields
        .into_iter()
        .chain(settings)
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}
