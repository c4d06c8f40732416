//! The environment variables that a driver of an engine reads by itself, in addition to a config.

use crate::config::url;
use crate::database::Database;
use crate::error::Error;
use crate::mistake::explained;
use crate::mysql;
use crate::postgres::{self, Keyword};
use crate::source::Source;
use crate::span::Span;
use crate::vars::Vars;
use crate::warning::{Warning, WarningCode};

impl Database {
    /// The environment variables that a driver of the engine reads by itself, each with whether it does so next to this
    /// config, which is where the config does not say the same thing.
    pub(crate) fn ambient(&self) -> Vec<(&'static str, bool)> {
        match self {
            Self::Postgres(config) => ambient_of_libpq(config),
            Self::MySql(config) => ambient_of_libmysqlclient(config),
            Self::Sqlite(_) | Self::Service(_) => Vec::new(),
        }
    }

    /// The variables of those that a driver would take, and that hold what it rejects.
    pub(crate) fn invalid_ambient(&self, vars: &Vars) -> Vec<Warning> {
        let read = self.ambient().into_iter().filter(|(_, applies)| *applies);
        read.filter_map(|(name, _)| {
            let value = vars.get(name).ok().flatten()?;
            let help = self.rejected(name, value.expose())?;
            let label = vars.label(&Source::ConfigVar(name.to_owned()));
            let message = format!("{label} holds an invalid value, and drivers read it too");
            Some(Warning::new(WarningCode::InvalidAmbient, message, help))
        })
        .collect()
    }

    /// Why a driver rejects a variable; `None` if it does not.
    fn rejected(&self, name: &str, value: &str) -> Option<String> {
        let reported = |error: Error| format!("{}; correct it, or unset it", error.detail());
        match self {
            Self::Postgres(config) => {
                let of_name = |keyword: &&Keyword| keyword.env() == Some(name);
                let keyword = *Keyword::ALL.iter().find(of_name)?;
                let error = config.clone().with(keyword, value).err()?;
                let error = error.at(keyword.component(), Span::new(0, value.len()));
                Some(reported(explained(error, value)))
            }
            Self::MySql(_) if name == "MYSQL_TCP_PORT" && url::port(value.as_bytes()).is_none() => {
                Some("expected a number from 1 to 65535; correct it, or unset it".to_owned())
            }
            _ => None,
        }
    }
}

fn ambient_of_libpq(config: &postgres::Config) -> Vec<(&'static str, bool)> {
    /// Read by libpq, but no keywords of their own (fe-connect.c, fe-protocol3.c).
    const OTHERS: [&str; 6] = [
        "PGSERVICEFILE",
        "PGSYSCONFDIR",
        "PGREQUIRESSL",
        "PGDATESTYLE",
        "PGTZ",
        "PGGEQO",
    ];
    let keywords = Keyword::ALL
        .iter()
        .filter_map(|&keyword| Some((keyword.env()?, config.get(keyword).is_none())));
    keywords.chain(OTHERS.map(|name| (name, true))).collect()
}

/// What libmysqlclient and libmariadb read; the clients' `MYSQL_HOST` is the program `mysql`'s alone.
fn ambient_of_libmysqlclient(config: &mysql::Config) -> Vec<(&'static str, bool)> {
    let port = config.hosts().all(|host| host.port().is_none());
    vec![
        (
            "MYSQL_HOST",
            config.hosts().next().is_none() && config.socket().is_none(),
        ),
        ("MYSQL_TCP_PORT", port && config.socket().is_none()),
        (
            "MYSQL_UNIX_PORT",
            config.socket().is_none() && config.hosts().next().is_none(),
        ),
        ("MYSQL_PWD", config.password().is_none()),
    ]
}
