//! The command line. clap's own errors quote what was typed, which may be a password: they are told in other words.

#![expect(clippy::doc_markdown, reason = "these comments are the text of --help")]

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgGroup, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use database_url::settings::template;
use database_url::sqlite::Family;

/// Which database would be used, how it is reached, and who says so.
///
/// Passwords are shown as **** unless --show-secrets is given.
#[derive(Parser)]
#[command(name = "dburl", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Print JSON on standard output, on failure too
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Show passwords and other secrets
    #[arg(long, global = true)]
    pub(crate) show_secrets: bool,
}

/// The verbs.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Say which database would be used, field by field, where each comes from, and what lost
    Explain(Selection),
    /// Print the database that would be used
    Resolve(Selection),
    /// List the databases that are attached
    List(Variables),
    /// Read connection strings, given or one per line of standard input
    Parse(Input),
    /// Fill the variables into a settings file, or list those that it uses
    Render(Rendering),
    /// Fill the variables into a template
    Expand(Template),
    /// Percent-encode standard input, for a part of a URL
    Encode,
}

impl Command {
    /// Whose variables are meant, where the verb reads any.
    pub(crate) const fn variables(&self) -> Option<&Variables> {
        match self {
            Self::Explain(selection) | Self::Resolve(selection) => Some(&selection.variables),
            Self::List(variables) => Some(variables),
            Self::Render(rendering) => Some(&rendering.variables),
            Self::Expand(template) => Some(&template.variables),
            Self::Parse(_) | Self::Encode => None,
        }
    }
}

/// Which database is meant.
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

    /// Use what this settings file says (after any --var and --attachment)
    #[arg(long, value_name = "PATH")]
    pub(crate) file: Option<PathBuf>,

    /// Whose settings they are, where the file does not tell; without --file, the system's own file and variables
    #[arg(long, value_enum, value_name = "NAME")]
    pub(crate) system: Option<System>,

    /// Which section of the settings applies, in place of NODE_ENV, RAILS_ENV and the like
    #[arg(long, value_name = "NAME", requires = "settings")]
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

    /// Whose reading of SQLite's URLs applies, where the scheme is not to decide
    #[arg(long, value_enum, value_name = "FAMILY")]
    pub(crate) sqlite: Option<Sqlite>,

    /// Add what libpq or the client mysql would add: variables, service file, password file, option files, defaults
    #[arg(long)]
    pub(crate) complete: bool,

    #[command(flatten)]
    pub(crate) variables: Variables,
}

/// Whose variables are meant.
#[derive(Args)]
pub(crate) struct Variables {
    /// Read this .env file as well; variables that are set already win
    #[arg(long, value_name = "PATH")]
    pub(crate) env_file: Option<PathBuf>,

    /// Use the variables that `heroku config --json` or `heroku config --shell` has printed, in place of the process's
    #[arg(long, value_name = "PATH")]
    pub(crate) vars: Option<PathBuf>,

    /// For every variable NAME_FILE that is set, read NAME from the file of that path
    #[arg(long)]
    pub(crate) secret_files: bool,
}

/// What is to be parsed, and how.
#[derive(Args)]
pub(crate) struct Input {
    /// Connection strings, or - for standard input, which keeps passwords out of the process list
    #[arg(value_name = "TEXT", required = true)]
    pub(crate) texts: Vec<OsString>,

    /// Whose reading applies
    #[arg(long, value_enum, default_value = "default")]
    pub(crate) dialect: Dialect,

    /// Which grammar the text is of
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) format: Format,

    /// Whose reading of SQLite's URLs applies, where the scheme is not to decide
    #[arg(long, value_enum, value_name = "FAMILY")]
    pub(crate) sqlite: Option<Sqlite>,

    /// Inputs on standard input end with NUL instead of a line end
    #[arg(long)]
    pub(crate) null: bool,
}

/// A settings file, and what is to be seen of it.
#[derive(Args)]
pub(crate) struct Rendering {
    /// A settings file
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Whose settings they are, where the file does not tell
    #[arg(long, value_enum, value_name = "NAME")]
    pub(crate) system: Option<System>,

    /// List the variables that the file uses, and what it needs of them; none of them is asked for
    #[arg(long)]
    pub(crate) list: bool,

    #[command(flatten)]
    pub(crate) variables: Variables,
}

/// A template, and whose it is.
#[derive(Args)]
pub(crate) struct Template {
    /// A template, or - for standard input, which is taken whole, with its last line end
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,

    /// Whose templates are read
    #[arg(long, value_enum, default_value = "shell")]
    pub(crate) syntax: Syntax,

    #[command(flatten)]
    pub(crate) variables: Variables,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Syntax {
    /// As in a Procfile or an unquoted here-document: $NAME, ${NAME:-word}, \$ for a dollar
    Shell,
    /// As in compose.yaml: $NAME, ${NAME:-word}, $$ for a dollar
    Compose,
    /// As in Conduit's config.yaml: the whole text is $NAME
    Conduit,
    /// As in the database.yml of Rails: ERB tags that read ENV
    Erb,
}

impl From<Syntax> for template::Syntax {
    fn from(syntax: Syntax) -> Self {
        match syntax {
            Syntax::Shell => Self::Shell,
            Syntax::Compose => Self::Compose,
            Syntax::Conduit => Self::Conduit,
            Syntax::Erb => Self::Erb,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Dialect {
    /// libpq's grammar, made safe; of other engines, their own
    Default,
    /// What libpq 18 accepts
    Libpq,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Sqlite {
    /// SQLAlchemy's and Django's: three slashes are relative, four absolute
    Python,
    /// Rails': three slashes are absolute
    Rails,
    /// sqlx's: what stands behind sqlite: or sqlite:// is the path
    Sqlx,
    /// SQLite's own URI filenames
    Uri,
}

impl From<Sqlite> for Family {
    fn from(family: Sqlite) -> Self {
        match family {
            Sqlite::Python => Self::Python,
            Sqlite::Rails => Self::Rails,
            Sqlite::Sqlx => Self::Sqlx,
            Sqlite::Uri => Self::Uri,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum System {
    /// config/config.json of sequelize-cli
    Sequelize,
    /// config/database.yml of Rails; cable.yml, neo4j.yml, secrets.yml
    Rails,
    /// The configuration of Conduit, database: $DATABASE_URL
    Conduit,
    /// DATABASES of Django as JSON or YAML, and dj-database-url's DATABASE_URL
    Django,
    /// The commands of a Procfile, --connect $DATABASE_URL
    Procfile,
    /// Any YAML or JSON, with ${NAME} and ${NAME:-default}
    Plain,
}

impl From<System> for database_url::settings::System {
    fn from(system: System) -> Self {
        match system {
            System::Sequelize => Self::Sequelize,
            System::Rails => Self::Rails,
            System::Conduit => Self::Conduit,
            System::Django => Self::Django,
            System::Procfile => Self::Procfile,
            System::Plain => Self::Plain,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// By the start of the text
    Auto,
    /// A URL
    Url,
    /// libpq's keyword/value text
    Conninfo,
    /// A DSN of go-sql-driver, for MySQL
    GoDsn,
    /// A JDBC URL
    Jdbc,
}

/// What the command line asks for.
pub(crate) enum Parsed {
    Run(Box<Cli>),
    /// `--help` or `--version`, to be printed on standard output.
    Help(String),
    Usage {
        message: String,
        help: String,
        json: bool,
    },
}

pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Parsed {
    let arguments: Vec<_> = arguments.collect();
    let json = arguments.iter().any(|argument| argument == "--json");
    let parsed = Cli::command()
        .try_get_matches_from(arguments)
        .and_then(|found| Cli::from_arg_matches(&found));
    match parsed {
        Ok(cli) => Parsed::Run(Box::new(cli)),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Parsed::Help(error.to_string()),
            kind => Parsed::Usage {
                message: message(kind, &error),
                help: usage(&error),
                json,
            },
        },
    }
}

/// What is wrong, in words that hold nothing of what was typed.
fn message(kind: ErrorKind, error: &clap::Error) -> String {
    // clap fills these with names of our own definitions, except for unknown arguments.
    let named = || context(error, ContextKind::InvalidArg);
    match kind {
        ErrorKind::UnknownArgument => "unexpected argument".to_owned(),
        ErrorKind::InvalidSubcommand => "unknown verb".to_owned(),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "a verb is missing".to_owned()
        }
        ErrorKind::InvalidValue => format!("invalid value for {}", named()),
        ErrorKind::MissingRequiredArgument => format!("missing {}", named()),
        ErrorKind::ArgumentConflict => format!("{} cannot be used there, or not twice", named()),
        ErrorKind::InvalidUtf8 => "an argument is not UTF-8".to_owned(),
        _ => "the arguments cannot be understood".to_owned(),
    }
}

/// Suggestions and the usage line, all from our own definitions.
fn usage(error: &clap::Error) -> String {
    let mut help = String::new();
    for (kind, words) in [
        (ContextKind::SuggestedArg, "did you mean "),
        (ContextKind::SuggestedSubcommand, "did you mean "),
        (ContextKind::ValidValue, "expected one of: "),
        (ContextKind::ValidSubcommand, "expected one of: "),
    ] {
        let found = context(error, kind);
        if !found.is_empty() {
            let end = if words.starts_with("did") {
                "?\n"
            } else {
                "\n"
            };
            help.extend([words, &found, end]);
        }
    }
    help + "see `dburl --help` and `dburl VERB --help`"
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}
