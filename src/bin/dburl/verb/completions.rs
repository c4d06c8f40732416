//! `dburl completions`: a script for a shell, from the definitions of the arguments.

use std::io;

use clap::CommandFactory;

use crate::args::{Cli, Completions};
use crate::view::Out;

pub(crate) fn run(completions: &Completions, out: &mut Out) -> io::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut Cli::command(), "dburl", &mut script);
    out.text(&String::from_utf8_lossy(&script))
}
