//! `dburl completions`: a script for a shell, from the definitions of the arguments.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::{Cli, Completions};
use crate::verb::Ended;
use crate::view::Out;

pub(crate) fn run(completions: &Completions, out: &mut Out) -> Ended {
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut Cli::command(), "dburl", &mut script);
    let script = String::from_utf8_lossy(&script);
    if completions.shell == Shell::Fish {
        out.text(&with_literal_values(&script))?;
    } else {
        out.text(&script)?;
    }
    Ok(())
}

/// What opens the values of a flag in fish; the next quotation mark ends them.
const VALUES: &str = " -a \"";

/// The script with values that stand for themselves: fish would take `$DATABASE_URL` in the description of one for a variable.
fn with_literal_values(script: &str) -> String {
    let mut pieces = script.split(VALUES);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |written, piece| {
        let end = piece.find('"').unwrap_or(piece.len());
        let (values, rest) = piece.split_at(end);
        written + VALUES + &values.replace('$', "\\$") + rest
    })
}
