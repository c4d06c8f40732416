//! The arguments that choose a database, the same wherever one is chosen.

#![expect(clippy::doc_markdown, reason = "these comments are the text of --help")]

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use database_url::settings::System;
use database_url::sqlite::Family;

use crate::args::words;

// Which database is meant.
#[derive(Args)]
#[command(group(ArgGroup::new("settings").args(["file", "system"]).multiple(true)))]
pub(crate) struct Selection {
    /// Use this variable; repeat it for others to try, in order
    #[arg(long, value_name = "NAME")]
    pub(crate) var: Vec<String>,

    /// Use this attachment: BRONZE, HEROKU_POSTGRESQL_BRONZE or HEROKU_POSTGRESQL_BRONZE_URL; JAWSDB; or a service of
    /// VCAP_SERVICES or PLATFORM_RELATIONSHIPS (after any --var)
    #[arg(long, value_name = "NAME")]
    pub(crate) attachment: Option<String>,

    /// Use what this settings file says, or - for standard input (after any --var and --attachment)
    #[arg(long, value_name = "PATH")]
    pub(crate) file: Option<PathBuf>,

    /// Which system the settings are of, where the file does not tell; without --file, the system's own file and variables
    #[arg(long, value_parser = words::system(), value_name = "NAME")]
    pub(crate) system: Option<System>,

    /// Which section of the settings applies, in place of NODE_ENV, RAILS_ENV and the like
    #[arg(
        long,
        short,
        visible_alias = "env",
        value_name = "NAME",
        requires = "settings"
    )]
    pub(crate) environment: Option<String>,

    /// Which of several connections of the settings: a name of database.yml, an alias of DATABASES
    #[arg(long, value_name = "CONNECTION", requires = "settings")]
    pub(crate) name: Option<String>,

    /// Use this in place of the URL of the settings, as --url of sequelize-cli and --connect of Conduit do
    #[arg(long, value_name = "URL", requires = "settings")]
    pub(crate) url: Option<String>,

    /// An argument of dj-database-url, for --system django: ssl_require=true, conn_max_age=600, env=REPORTS_URL
    #[arg(long, value_name = "NAME=VALUE", requires = "settings")]
    pub(crate) argument: Vec<String>,

    /// Use this where nothing is set
    #[arg(long, value_name = "URL")]
    pub(crate) default: Option<String>,

    /// Which reading of SQLite's URLs applies, in place of the scheme's
    #[arg(long, value_parser = words::family(), value_name = "FAMILY")]
    pub(crate) sqlite: Option<Family>,
    /// Of a pooled and a direct URL of one database use the direct one, which migrations need
    #[arg(long)]
    pub(crate) direct: bool,
    /// Add what libpq or the client mysql would add: variables, service file, password file, option files, defaults
    #[arg(long)]
    pub(crate) complete: bool,

    #[command(flatten)]
    pub(crate) variables: Variables,
}

// Which variables are meant.
#[derive(Args)]
pub(crate) struct Variables {
    /// Read this .env file as well, or - for standard input; variables that are set already win, and of several files the last
    #[arg(long, value_name = "PATH")]
    pub(crate) env_file: Vec<PathBuf>,

    /// Use the variables that `heroku config --json` or `heroku config --shell` has printed, in place of the process's; - is
    /// standard input
    #[arg(long, value_name = "PATH")]
    pub(crate) vars: Option<PathBuf>,

    /// For every variable NAME_FILE that is set, read NAME from the file of that path
    #[arg(long)]
    pub(crate) secret_files: bool,
}
