//! The command line. clap's own errors quote what was typed, which may be a password: they are written in other words.

#![expect(clippy::doc_markdown, reason = "these comments are the text of --help")]

pub(crate) mod help;
mod purpose;
mod selection;
mod usage;
mod words;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
pub(crate) use purpose::{Checking, Comparison, Expectations, Waiting};
pub(crate) use selection::{Selection, Variables};

use database_url::convert::Notation;
use database_url::settings::System;
use database_url::settings::template::Syntax;
use database_url::sqlite::Family;
use database_url::{Dialect, Format};

/// Which database would be used, how it is reached, and who says so.
///
/// Passwords are shown as **** unless --show-secrets is given.
#[derive(Parser)]
#[command(name = "dburl", version, max_term_width = 80, after_help = help::PROGRAM)]
#[command(arg_required_else_help = false)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) style: Style,
}

// How everything is printed.
#[derive(Args, Clone, Copy, Default)]
pub(crate) struct Style {
    /// Print JSON on standard output, on failure too (also --format json)
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Show passwords and other secrets
    #[arg(long = "show-secrets", global = true)]
    pub(crate) secrets: bool,

    /// When to use colors
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    pub(crate) color: Color,

    /// Print errors only, no warnings and no notes
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

/// When to use colors: auto, always or never.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set or TERM is dumb
    #[default]
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

/// The verbs. The arguments of one are made when it is given, and after its help, which documentation of their struct would
/// replace.
#[derive(Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Say which database would be used, field by field, where each comes from, and what lost
    #[command(after_help = help::EXPLAIN)]
    Explain(Explanation),
    /// Print the database that would be used
    #[command(after_help = help::RESOLVE)]
    Resolve(Selection),
    /// Write the database in the notation of another program
    #[command(after_help = help::CONVERT)]
    Convert(Conversion),
    /// Run a command with the database in its environment
    #[command(after_help = help::EXEC)]
    Exec(Execution),
    /// Run psql with the database that would be used
    #[command(after_help = help::PSQL)]
    Psql(Client),
    /// Run the client of MySQL or MariaDB with the database that would be used
    #[command(after_help = help::MYSQL)]
    Mysql(Client),
    /// List the databases that are attached
    #[command(after_help = help::LIST)]
    List(Variables),
    /// Read connection strings, given or one per line of standard input
    #[command(after_help = help::PARSE)]
    Parse(Input),
    /// Fill the variables into a settings file, or list those that it uses
    #[command(after_help = help::RENDER)]
    Render(Rendering),
    /// Fill the variables into a template
    #[command(after_help = help::EXPAND)]
    Expand(Template),
    /// Percent-encode standard input, for a part of a URL
    #[command(after_help = help::ENCODE)]
    Encode,
    /// Report what a review would object to: in the database, its settings file and the variables
    #[command(after_help = help::CHECK)]
    Check(Checking),
    /// Try to log in until it succeeds
    #[command(after_help = help::WAIT)]
    Wait(Waiting),
    /// Fail unless the database is what a destructive script expects
    #[command(after_help = help::GUARD)]
    Guard(Expectations),
    /// Say which parts of two databases differ, without their values
    #[command(after_help = help::DIFF)]
    Diff(Comparison),
    /// Copy standard input to standard output with passwords masked
    #[command(after_help = help::REDACT)]
    Redact(Variables),
    /// Print a script that completes the command line in a shell
    #[command(after_help = help::COMPLETIONS)]
    Completions(Completions),
}

impl Command {
    /// Which variables are meant, where the verb reads any.
    pub(crate) const fn variables(&self) -> Option<&Variables> {
        match self {
            Self::List(variables) | Self::Redact(variables) => Some(variables),
            Self::Render(rendering) => Some(&rendering.variables),
            Self::Diff(comparison) => Some(&comparison.variables),
            Self::Expand(template) => Some(&template.variables),
            Self::Parse(_) | Self::Encode | Self::Completions(_) => None,
            _ => match self.selection() {
                Some(selection) => Some(&selection.variables),
                None => None,
            },
        }
    }

    /// How the verb chooses a database, if it does.
    pub(crate) const fn selection(&self) -> Option<&Selection> {
        match self {
            Self::Resolve(selection) => Some(selection),
            Self::Explain(explanation) => Some(&explanation.selection),
            Self::Check(checking) => Some(&checking.selection),
            Self::Wait(waiting) => Some(&waiting.selection),
            Self::Guard(expectations) => Some(&expectations.selection),
            Self::Convert(conversion) => Some(&conversion.selection),
            Self::Exec(execution) => Some(&execution.selection),
            Self::Psql(client) | Self::Mysql(client) => Some(&client.selection),
            _ => None,
        }
    }

    /// How many arguments want to read standard input, which can be read once.
    pub(crate) fn readers_of_stdin(&self) -> usize {
        let dash = |path: &Path| path == Path::new("-");
        let text = match self {
            Self::Explain(Explanation { text, .. }) | Self::Convert(Conversion { text, .. }) => {
                text.as_deref() == Some("-")
            }
            Self::Expand(template) => template.text == "-",
            Self::Render(rendering) => dash(&rendering.file),
            Self::Redact(_) => true,
            Self::Diff(comparison) => comparison.reads_stdin(),
            _ => false,
        };
        let mut count = usize::from(text);
        if let Some(selection) = self.selection() {
            count += usize::from(selection.file.as_deref().is_some_and(dash));
        }
        if let Some(variables) = self.variables() {
            count += usize::from(variables.vars.as_deref().is_some_and(dash));
            count += variables.env_file.iter().filter(|path| dash(path)).count();
        }
        count
    }
}

// What is explained.
#[derive(Args)]
pub(crate) struct Explanation {
    /// A connection string, or - for standard input, in place of the database that would be used
    #[arg(value_name = "TEXT")]
    pub(crate) text: Option<String>,

    #[command(flatten)]
    pub(crate) selection: Selection,
}

// What is converted, and to what.
#[derive(Args)]
pub(crate) struct Conversion {
    /// The notation
    #[arg(long, value_name = "FORMAT", value_parser = words::notation())]
    pub(crate) to: Notation,

    /// A connection string, or - for standard input, in place of the database that would be used
    #[arg(value_name = "TEXT")]
    pub(crate) text: Option<String>,

    #[command(flatten)]
    pub(crate) selection: Selection,
}

// What is run.
#[derive(Args)]
pub(crate) struct Execution {
    /// Keep the parameters in DATABASE_URL that libpq does not know (pool, schema), and its scheme
    #[arg(long)]
    pub(crate) keep_extras: bool,

    #[command(flatten)]
    pub(crate) selection: Selection,

    /// The command and its arguments
    #[arg(value_name = "CMD", required = true, last = true)]
    pub(crate) command: Vec<OsString>,
}

// What a client is started with.
#[derive(Args)]
pub(crate) struct Client {
    #[command(flatten)]
    pub(crate) selection: Selection,

    /// Arguments of the client
    #[arg(value_name = "ARGUMENT", last = true)]
    pub(crate) arguments: Vec<OsString>,
}

// Which shell is meant.
#[derive(Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

// What is to be parsed, and how.
#[derive(Args)]
pub(crate) struct Input {
    /// Connection strings, or - for standard input, which keeps passwords out of the process list
    #[arg(value_name = "TEXT", required = true)]
    pub(crate) texts: Vec<OsString>,

    /// Which reading applies
    #[arg(long, value_parser = words::dialect(), default_value = "default")]
    pub(crate) dialect: Dialect,

    /// Which grammar the text is of
    #[arg(long, value_parser = words::format(), default_value = "auto")]
    pub(crate) format: Format,

    /// Which reading of SQLite's URLs applies, in place of the scheme's
    #[arg(long, value_parser = words::family(), value_name = "FAMILY")]
    pub(crate) sqlite: Option<Family>,

    /// Inputs on standard input end with NUL instead of a line end
    #[arg(long)]
    pub(crate) null: bool,
}

// A settings file, and what is to be seen of it.
#[derive(Args)]
pub(crate) struct Rendering {
    /// A settings file, or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Which system the settings are of, where the file does not tell
    #[arg(long, value_parser = words::system(), value_name = "NAME")]
    pub(crate) system: Option<System>,

    /// List the variables that the file uses, and which of them it needs; none has to be set
    #[arg(long)]
    pub(crate) list: bool,

    #[command(flatten)]
    pub(crate) variables: Variables,
}

// A template, and whose it is.
#[derive(Args)]
pub(crate) struct Template {
    /// A template, or - for standard input, which is taken whole, with its last line end
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,

    /// Which templates are read
    #[arg(long, value_parser = words::syntax(), default_value = "shell")]
    pub(crate) syntax: Syntax,

    #[command(flatten)]
    pub(crate) variables: Variables,
}

/// What the command line requests.
pub(crate) enum Parsed {
    /// Where no verb was given, that is noted.
    Run(Box<Cli>, Option<&'static str>),
    /// `--help` or `--version`, to be printed on standard output.
    Help(String),
    Usage {
        message: String,
        help: String,
        json: bool,
    },
}

const WITHOUT_VERB: &str = "no verb was given, so this is `dburl explain`; see `dburl --help`";

pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Parsed {
    let mut arguments = with_json_flag(arguments.collect());
    let json = of_dburl(&arguments).any(|argument| argument == "--json");
    if let Some(cli) = plain_encode(&arguments, json) {
        return Parsed::Run(Box::new(cli), None);
    }
    let mut parsed = try_parse(&arguments);
    let without_verb =
        matches!(&parsed, Err(error) if error.kind() == ErrorKind::MissingSubcommand);
    if without_verb {
        arguments.insert(arguments.len().min(1), "explain".into());
        parsed = try_parse(&arguments);
    }
    match parsed {
        Ok(cli) if cli.command.readers_of_stdin() > 1 => Parsed::Usage {
            message: "standard input can be read once, but several arguments are `-`".to_owned(),
            help: "name a file for all but one of them".to_owned(),
            json,
        },
        Ok(cli) => Parsed::Run(cli, without_verb.then_some(WITHOUT_VERB)),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Parsed::Help(error.to_string()),
            kind => Parsed::Usage {
                message: usage::message(kind, &error),
                help: usage::help(&error, verb(&arguments).as_deref()),
                json,
            },
        },
    }
}

/// `dburl encode`, which is run for each password: making the commands of all verbs costs ten times as much as it does.
fn plain_encode(arguments: &[OsString], json: bool) -> Option<Cli> {
    let mut others = arguments.iter().skip(1).filter(|one| *one != "--json");
    let is_plain = others.next()? == "encode" && others.next().is_none();
    is_plain.then(|| Cli {
        command: Command::Encode,
        style: Style {
            json,
            ..Style::default()
        },
    })
}

fn try_parse(arguments: &[OsString]) -> Result<Box<Cli>, clap::Error> {
    let found = Cli::command().try_get_matches_from(arguments)?;
    Cli::from_arg_matches(&found).map(Box::new)
}

/// The arguments up to `--`; what follows is the command's that is run.
fn of_dburl(arguments: &[OsString]) -> impl Iterator<Item = &OsString> {
    arguments.iter().take_while(|argument| *argument != "--")
}

/// `--format json` is `--json` for every verb, also for the one that has formats of its own.
fn with_json_flag(arguments: Vec<OsString>) -> Vec<OsString> {
    let end = of_dburl(&arguments).count();
    let mut kept = Vec::with_capacity(arguments.len());
    let mut rest = arguments.into_iter().enumerate().peekable();
    while let Some((at, argument)) = rest.next() {
        let is_pair = argument == "--format"
            && rest
                .peek()
                .is_some_and(|(at, value)| *at < end && value == "json");
        if at < end && (is_pair || argument == "--format=json") {
            kept.push("--json".into());
            if is_pair {
                rest.next();
            }
        } else {
            kept.push(argument);
        }
    }
    kept
}

/// The verb that was given, if it is one.
fn verb(arguments: &[OsString]) -> Option<String> {
    let command = Cli::command();
    let mut verbs = of_dburl(arguments).filter_map(|argument| {
        let found = command.find_subcommand(argument.to_str()?)?;
        Some(found.get_name().to_owned())
    });
    verbs.next()
}
