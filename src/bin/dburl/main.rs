//! `dburl`: which database would be used, how it is reached, and who says so.
//!
//! Exit status: 0 fine; 1 refused or failed; 2 usage; 3 nothing to use was found.

mod args;
mod verb;
mod view;

use std::io;
use std::process::ExitCode;

use database_url::Vars;

use crate::args::{Command, Parsed};
use crate::view::Out;

/// How a run ended, as exit status.
#[derive(Clone, Copy)]
enum Status {
    Fine = 0,
    Refused = 1,
    Usage = 2,
    NothingFound = 3,
}

fn main() -> ExitCode {
    let (out, status) = match args::parse(std::env::args_os()) {
        Parsed::Run(cli) => {
            let vars = Vars::from_process();
            let mut out = Out::new(cli.json, cli.show_secrets, &vars);
            let status = run(&cli.command, &vars, &mut out);
            (out, status)
        }
        Parsed::Help(text) => {
            let mut out = Out::new(false, false, &Vars::new());
            let status = out.line(text.trim_end()).map(|()| Status::Fine);
            (out, status)
        }
        Parsed::Usage {
            message,
            help,
            json,
        } => {
            let mut out = Out::new(json, false, &Vars::new());
            let status = out.usage(&message, &help).map(|()| Status::Usage);
            (out, status)
        }
    };
    ExitCode::from(finish(out, status) as u8)
}

fn run(command: &Command, vars: &Vars, out: &mut Out) -> io::Result<Status> {
    match command {
        Command::Explain(selection) => verb::explain::run(selection, vars, out),
        Command::Resolve(selection) => verb::resolve::run(selection, vars, out),
        Command::List => verb::list::run(vars, out),
        Command::Parse(input) => verb::parse::run(input, out),
        Command::Encode => verb::encode::run(out),
    }
}

/// A reader that went away (`dburl list | head -1`) is no failure, and hides none.
fn finish(mut out: Out, status: io::Result<Status>) -> Status {
    match status.and_then(|status| out.flush().map(|()| status)) {
        Ok(status) => status,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => out.status,
        Err(error) => {
            // Standard error is the last resort; if it is gone, too, the status still tells.
            let _ = out.failure(&format!("cannot read or write: {}", error.kind()), None);
            Status::Refused
        }
    }
}
