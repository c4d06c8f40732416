//! `dburl`: which database would be used, how it is reached, and who says so.
//!
//! Exit status: 0 fine; 1 rejected or failed; 2 usage; 3 nothing to use was found.

mod args;
mod verb;
mod view;

use std::io;
use std::process::ExitCode;

use database_url::Vars;

use crate::args::{Cli, Command, Parsed, Style};
use crate::view::Out;

/// How a run ended, as exit status.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "connect"),
    expect(dead_code, reason = "nothing logs in")
)]
enum Status {
    Fine = 0,
    Rejected = 1,
    Usage = 2,
    NothingFound = 3,
    /// A login failed: the host's name, the way to it, TLS, user and password, or the database.
    Name = 4,
    Unreachable = 5,
    Tls = 6,
    Authentication = 7,
    NoDatabase = 8,
    /// The command that `exec` was given cannot be run, or is not there; as `env` and shells have it.
    CannotRun = 126,
    NoCommand = 127,
}

fn main() -> ExitCode {
    let (mut out, printed) = match args::parse(std::env::args_os()) {
        Parsed::Run(cli, note) => start(&cli, note),
        Parsed::Help(text) => {
            let mut out = Out::new(Style::default(), &Vars::new());
            let printed = out.line(text.trim_end());
            (out, printed)
        }
        Parsed::Usage {
            message,
            help,
            json,
        } => {
            let style = Style {
                json,
                ..Style::default()
            };
            let mut out = Out::new(style, &Vars::new());
            let printed = out.fail(Status::Usage, "usage", &message, &help);
            (out, printed)
        }
    };
    let printed = printed.and_then(|()| out.flush());
    ExitCode::from(finish(out, printed) as u8)
}

fn start(cli: &Cli, note: Option<&str>) -> (Out, io::Result<()>) {
    let vars = Vars::from_process();
    let mut out = Out::new(cli.style, &vars);
    let printed = run(&cli.command, vars, &mut out);
    let printed = printed.and_then(|()| note.map_or(Ok(()), |note| out.note(note, None)));
    (out, printed)
}

fn run(command: &Command, process: Vars, out: &mut Out) -> io::Result<()> {
    let vars = match command.variables() {
        Some(variables) => match verb::variables::load(variables, process) {
            Ok(vars) => vars,
            Err(error) => return verb::reject(&error, None, out),
        },
        None => process,
    };
    // Not dropped: nothing of them outlives the process, which ends or becomes another program.
    let vars = &*Box::leak(Box::new(vars));
    let ended = match command {
        Command::Explain(explanation) => verb::explain::run(explanation, vars, out),
        Command::Convert(conversion) => verb::convert::run(conversion, vars, out),
        Command::Exec(execution) => verb::exec::run(execution, vars, out),
        Command::Psql(client) => verb::exec::psql(client, vars, out),
        Command::Mysql(client) => verb::mysql::run(client, vars, out),
        Command::Completions(completions) => verb::completions::run(completions, out),
        Command::Resolve(selection) => verb::resolve::run(selection, vars, out),
        Command::List(variables) => verb::list::run(variables, vars, out),
        Command::Parse(input) => verb::parse::run(input, out),
        Command::Render(rendering) => verb::render::run(rendering, vars, out),
        Command::Expand(template) => verb::expand::run(template, vars, out),
        Command::Encode => verb::encode::run(out),
        Command::Check(checking) => verb::check::run(checking, vars, out),
        Command::Wait(waiting) => verb::wait::run(waiting, vars, out),
        Command::Guard(expectations) => verb::guard::run(expectations, vars, out),
        Command::Diff(comparison) => verb::diff::run(comparison, vars, out),
        Command::Redact(_) => verb::redact::run(vars, out),
    };
    ended.or_else(|stop| stop.report(command.selection(), vars, out))
}

/// A reader that went away (`dburl list | head -1`) is no failure, and hides none.
fn finish(mut out: Out, printed: io::Result<()>) -> Status {
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            // Standard error is the last resort; if it is gone, too, the status still tells.
            let _ = out.failure(&format!("cannot read or write: {}", error.kind()), None);
            Status::Rejected
        }
        _ => out.status,
    }
}
