//! What is printed: objects and lines on standard output, failures and warnings on standard error.

pub(crate) mod completed;
pub(crate) mod config;
pub(crate) mod hosts;
pub(crate) mod json;
pub(crate) mod origin;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod wrap;

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use database_url::{SecretStr, Vars, Warning};
use serde::Serialize;
use serde_json::{Value, json};

use crate::Status;
use crate::args::{Color, Style};

const BOLD: &str = "1";
const RED: &str = "31";
const YELLOW: &str = "33";

/// Where everything is printed.
pub(crate) struct Out {
    pub(crate) json: bool,
    pub(crate) secrets: bool,
    /// How the run ends, whether or not all of it can be printed.
    pub(crate) status: Status,
    stdout: BufWriter<StdoutLock<'static>>,
    /// Whether standard output and standard error are coloured.
    colour: [bool; 2],
    quiet: bool,
}

impl Out {
    /// Colour is for terminals only, and not where `NO_COLOR` is set (no-color.org) or the terminal is a dumb one.
    pub(crate) fn new(style: Style, vars: &Vars) -> Self {
        let value = |name| vars.get(name).ok().flatten().map(SecretStr::expose);
        let unwanted = value("NO_COLOR").is_some_and(|value| !value.is_empty())
            || value("TERM") == Some("dumb");
        let colour = |is_terminal: bool| match style.color {
            Color::Auto => is_terminal && !unwanted,
            Color::Always => true,
            Color::Never => false,
        };
        Self {
            json: style.json,
            secrets: style.secrets,
            status: Status::Fine,
            stdout: BufWriter::new(io::stdout().lock()),
            colour: [
                colour(io::stdout().is_terminal()),
                colour(io::stderr().is_terminal()),
            ],
            quiet: style.quiet,
        }
    }

    /// Whether standard output is read by another program.
    pub(crate) fn is_piped() -> bool {
        !io::stdout().is_terminal()
    }

    pub(crate) fn line(&mut self, line: &(impl Display + ?Sized)) -> io::Result<()> {
        writeln!(self.stdout, "{line}")
    }

    /// A string as it is, which has its own line end or is meant to have none.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        self.stdout.write_all(text.as_bytes())
    }

    /// Standard output, for what is copied to it.
    pub(crate) fn raw(&mut self) -> &mut impl Write {
        &mut self.stdout
    }

    pub(crate) fn heading(&mut self, line: &str) -> io::Result<()> {
        let line = wrap::sentence(line, 0);
        let line = painted(&line, BOLD, self.colour[0]);
        self.line(&line)
    }

    /// A sentence for a person, in lines that fit a terminal.
    pub(crate) fn sentence(&mut self, indent: usize, text: &str) -> io::Result<()> {
        let text = wrap::sentence(text, indent);
        writeln!(self.stdout, "{:indent$}{text}", "")
    }

    pub(crate) fn object(&mut self, object: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.stdout, object)?;
        writeln!(self.stdout)
    }

    /// An error with its remedy, on standard error, also where standard output cannot be written.
    pub(crate) fn failure(&mut self, message: &str, help: Option<&str>) -> io::Result<()> {
        let flushed = self.flush();
        self.remark("dburl:", RED, message, help)?;
        flushed
    }

    /// A line on standard error that is neither an error nor a warning, with what to do.
    pub(crate) fn note(&mut self, message: &str, help: Option<&str>) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.flush()?;
        self.remark("note:", BOLD, message, help)
    }

    /// Warnings with their fixes, on standard error; `about` names the input where there are several.
    pub(crate) fn warnings(&mut self, about: &str, warnings: &[Warning]) -> io::Result<()> {
        if self.quiet || warnings.is_empty() {
            return Ok(());
        }
        self.flush()?;
        warnings.iter().try_for_each(|warning| {
            let message = format!("{about}{} [{}]", warning.message(), warning.code());
            self.remark("warning:", YELLOW, &message, Some(warning.help()))
        })
    }

    /// A message after its label on standard error, and what to do about it, a line or more.
    fn remark(
        &self,
        label: &str,
        colour: &str,
        message: &str,
        help: Option<&str>,
    ) -> io::Result<()> {
        let mut stderr = io::stderr().lock();
        let message = wrap::sentence(message, label.len() + 1);
        writeln!(
            stderr,
            "{} {message}",
            painted(label, colour, self.colour[1])
        )?;
        let mut lines = help.unwrap_or_default().lines();
        lines.try_for_each(|line| writeln!(stderr, "  {}", wrap::sentence(line, 2)))
    }

    /// An error: an object on standard output, or a message with its remedy on standard error. The status is noted first,
    /// since the reader may be gone.
    pub(crate) fn reject(
        &mut self,
        status: Status,
        error: &Value,
        message: &str,
        help: Option<&str>,
    ) -> io::Result<()> {
        self.status = status;
        if self.json {
            return self.object(&json!({ "ok": false, "error": error }));
        }
        self.failure(message, help)
    }

    /// An error of the command itself.
    pub(crate) fn fail(
        &mut self,
        status: Status,
        kind: &str,
        message: &str,
        help: &str,
    ) -> io::Result<()> {
        let error = json!({ "kind": kind, "message": message, "help": help });
        self.reject(status, &error, message, Some(help))
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }
}

fn painted(text: &str, colour: &str, wanted: bool) -> String {
    if wanted {
        format!("\x1b[{colour}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}
