//! `dburl exec` and `dburl psql`: a command with the database in its environment. On Unix it replaces this process.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::Command;

use database_url::convert::{Notation, Variables};
use database_url::postgres::Keyword;
use database_url::{Database, Error, Vars};

use crate::Status;
use crate::args::{Client, Execution, Selection};
use crate::verb::{Ended, choose, convert};
use crate::view::Out;

/// What libpq reads besides the variables of its keywords, and could contradict them.
const LIBPQ: &[&str] = &["PGSERVICEFILE", "PGREQUIRESSL"];

/// What the clients of MySQL read, and what images and frameworks do.
const MYSQL: &[&str] = &[
    "MYSQL_HOST",
    "MYSQL_TCP_PORT",
    "MYSQL_PORT",
    "MYSQL_UNIX_PORT",
    "MYSQL_USER",
    "MYSQL_PWD",
    "MYSQL_PASSWORD",
    "MYSQL_DATABASE",
];

/// The programs of PostgreSQL that take everything from libpq's variables, and nothing from `DATABASE_URL`.
const CLIENTS: &[&str] = &[
    "psql",
    "pg_dump",
    "pg_dumpall",
    "pg_restore",
    "pg_isready",
    "pg_basebackup",
    "pg_receivewal",
    "pg_recvlogical",
    "pg_amcheck",
    "pgbench",
    "createdb",
    "dropdb",
    "createuser",
    "dropuser",
    "vacuumdb",
    "reindexdb",
    "clusterdb",
];

/// The programs of MySQL and MariaDB, which would connect to this machine as another user.
const MYSQL_CLIENTS: &[&str] = &[
    "mysql",
    "mariadb",
    "mysqldump",
    "mariadb-dump",
    "mysqladmin",
    "mariadb-admin",
    "mysqlimport",
    "mariadb-import",
    "mysqlcheck",
    "mariadb-check",
    "mysqlshow",
    "mariadb-show",
];

pub(crate) fn run(execution: &Execution, vars: &Vars, out: &mut Out) -> Ended {
    let [program, arguments @ ..] = &execution.command[..] else {
        return Ok(());
    };
    let database = chosen(&execution.selection, vars, out)?;
    if matches!(database, Database::MySql(_)) && is_one_of(program, MYSQL_CLIENTS) {
        let message = "the programs of MySQL read no user, database or TLS in variables";
        let help = "use `dburl mysql -- ARGUMENT…`, or write their flags into an option file";
        return Ok(out.fail(Status::Rejected, "not-representable", message, help)?);
    }
    let mut command = Command::new(program);
    command.args(arguments);
    let is_client = is_one_of(program, CLIENTS);
    let keep_extras = execution.keep_extras;
    environment(&mut command, &database, keep_extras, is_client, out)?;
    replace(command, out)
}

pub(crate) fn psql(client: &Client, vars: &Vars, out: &mut Out) -> Ended {
    let database = chosen(&client.selection, vars, out)?;
    let Database::Postgres(_) = &database else {
        let help = "use `dburl mysql` for MySQL, or `dburl exec -- CMD` for another client";
        return wrong_client("psql", &database, help, out);
    };
    let mut command = Command::new("psql");
    command.args(&client.arguments);
    environment(&mut command, &database, false, true, out)?;
    replace(command, out)
}

/// The database that the flags mean, with its warnings printed.
pub(super) fn chosen(selection: &Selection, vars: &Vars, out: &mut Out) -> Ended<Database> {
    let (resolved, warnings) = choose(None, selection, vars)?;
    out.warnings("", &warnings)?;
    Ok(resolved.into_value())
}

pub(super) fn wrong_client(client: &str, database: &Database, help: &str, out: &mut Out) -> Ended {
    let message = format!("{client} does not connect to {}", database.engine());
    Ok(out.fail(Status::Rejected, "wrong-engine", &message, help)?)
}

/// Sets what the command reads, and clears what was inherited.
fn environment(
    command: &mut Command,
    database: &Database,
    keep_extras: bool,
    is_client: bool,
    out: &mut Out,
) -> Result<(), Error> {
    clear(command);
    let url = match database {
        Database::Postgres(_) if !keep_extras => {
            let converted = database.convert(Notation::Libpq)?;
            if !is_client {
                let _ = convert::report(converted.lost(), out);
            }
            converted.text().clone()
        }
        _ => database.to_url()?,
    };
    command.env("DATABASE_URL", url.expose());
    if !matches!(database, Database::Postgres(_) | Database::MySql(_)) {
        return Ok(());
    }
    match Variables::of(&without_extras(database)) {
        Ok(variables) => {
            command.envs(variables.iter().map(|(name, value)| (name, value.expose())));
            let _ = convert::report(variables.lost(), out);
        }
        Err(error) if is_client => return Err(error),
        Err(error) => {
            let message = format!("DATABASE_URL is set, and nothing else: {error}");
            let help =
                "a command that reads PG* or MYSQL_* only would connect otherwise, or nowhere";
            let _ = out.note(&message, Some(help));
        }
    }
    Ok(())
}

/// What is left out of `DATABASE_URL`, or kept there on demand, is no variable's business.
fn without_extras(database: &Database) -> Database {
    match database {
        Database::Postgres(config) => config.without_extras().into(),
        other => other.clone(),
    }
}

/// Clears the variables that would be read alongside those that are set.
pub(super) fn clear(command: &mut Command) {
    let of_keywords = Keyword::ALL.iter().filter_map(|keyword| keyword.env());
    for name in of_keywords.chain(LIBPQ.iter().chain(MYSQL).copied()) {
        command.env_remove(name);
    }
}

fn is_one_of(program: &OsStr, programs: &[&str]) -> bool {
    let name = Path::new(program).file_name().and_then(OsStr::to_str);
    name.is_some_and(|name| programs.contains(&name))
}

/// Becomes the command: signals, the terminal and the exit status are its own.
#[cfg(unix)]
pub(super) fn replace(mut command: Command, out: &mut Out) -> Ended {
    use std::os::unix::process::CommandExt as _;

    out.flush()?;
    let error = command.exec();
    let (status, message) = match error.kind() {
        io::ErrorKind::NotFound => (Status::NoCommand, "the command is not found"),
        io::ErrorKind::PermissionDenied => (
            Status::CannotRun,
            "the command cannot be run: permission denied",
        ),
        _ => (Status::CannotRun, "the command cannot be run"),
    };
    let help = "check its name and the PATH; a shell's own commands need `sh -c '…'`";
    Ok(out.fail(status, "cannot-run", message, help)?)
}

/// Elsewhere there is no replacing of a process, and a child would not get its signals.
#[cfg(not(unix))]
pub(super) fn replace(_command: Command, out: &mut Out) -> Ended {
    let message = "commands are run on Unix only";
    let help = "set the variables with `dburl convert --to env --show-secrets`";
    Ok(out.fail(Status::CannotRun, "unsupported", message, help)?)
}
