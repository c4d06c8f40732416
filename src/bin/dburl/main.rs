//! `dburl`: which database would be used, how it is reached, and who says so.
//!
//! Exit status: 0 fine; 1 refused or failed; 2 usage; 3 nothing to use was found.

mod args;
mod verb;
mod view;

use std::io;
use std::process::ExitCode;

use database_url::Vars;
use serde_json::json;

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
    let (mut out, printed) = match args::parse(std::env::args_os()) {
        Parsed::Run(cli) => {
            let vars = Vars::from_process();
            let mut out = Out::new(cli.json, cli.show_secrets, &vars);
            let printed = run(&cli.command, vars, &mut out);
            (out, printed)
        }
        Parsed::Help(text) => {
            let mut out = Out::new(false, false, &Vars::new());
            let printed = out.line(text.trim_end());
            (out, printed)
        }
        Parsed::Usage {
            message,
            help,
            json,
        } => {
            let mut out = Out::new(json, false, &Vars::new());
            let error = json!({ "kind": "usage", "message": message, "help": help });
            let printed = out.refuse(Status::Usage, &error, &message, Some(&help));
            (out, printed)
        }
    };
    let printed = printed.and_then(|()| out.flush());
    ExitCode::from(finish(out, printed) as u8)
}

fn run(command: &Command, process: Vars, out: &mut Out) -> io::Result<()> {
    let vars = match command.variables() {
        Some(variables) => match verb::variables::load(variables, process) {
            Ok(vars) => vars,
            Err(error) => return verb::refuse(&error, out),
        },
        None => process,
    };
    let vars = &vars;
    match command {
        Command::Explain(selection) => verb::explain::run(selection, vars, out),
        Command::Resolve(selection) => verb::resolve::run(selection, vars, out),
        Command::List(variables) => verb::list::run(variables, vars, out),
        Command::Parse(input) => verb::parse::run(input, out),
        Command::Render(rendering) => verb::render::run(rendering, vars, out),
        Command::Expand(template) => verb::expand::run(template, vars, out),
        Command::Encode => verb::encode::run(out),
    }
}

/// A reader that went away (`dburl list | head -1`) is no failure, and hides none.
fn finish(mut out: Out, printed: io::Result<()>) -> Status {
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            // Standard error is the last resort; if it is gone, too, the status still tells.
            let _ = out.failure(&format!("cannot read or write: {}", error.kind()), None);
            Status::Refused
        }
        _ => out.status,
    }
}
