//! A Procfile: the database is what a command is given by `--connect`, `--connection`, `--url` or `--database-url`.
//!
//! The processes are looked through in their order, or one is named; the first such argument counts. It is found in the command as it
//! is written, so that nothing that a variable holds is taken for an argument, and filled in then: variables in single
//! quotation marks, too, since `sh -c '…'` has them there. What the shell's template rejects is rejected in that command; the
//! others are not looked at.

use std::ops::Range;

use crate::document::node_ref::Located;
use crate::document::shown_key;
use crate::error::{Error, ErrorKind};
use crate::grammar::raw_at;
use crate::resolution::candidate::Candidate;
use crate::settings::file::{File, FileGrammar};
use crate::settings::fill::Unset;
use crate::settings::system::choices::choices;
use crate::settings::system::rules::{Facts, Question, Rules, not_a_text, warn_of, whole};
use crate::source::Source;
use crate::template::{Syntax, expand};

const FLAGS: &[&str] = &["--connect", "--connection", "--url", "--database-url"];

/// The rules of this system.
pub(in crate::settings) struct Procfile;

impl Rules for Procfile {
    fn facts(&self) -> Facts {
        Facts {
            about: "The commands of a Procfile, --connect $DATABASE_URL",
            default_files: &["Procfile"],
            syntax: Some(Syntax::Shell),
            grammar: Some(FileGrammar::Procfile),
            fills_itself: true,
            ..Facts::default()
        }
    }

    fn is_named(&self, file: &File) -> bool {
        file.name() == "Procfile" || file.name().starts_with("Procfile.")
    }

    fn candidates<'q>(&'q self, question: &'q Question<'q>) -> Result<Vec<Candidate<'q>>, Error> {
        let root = question.file(
            "there is no Procfile",
            "name the file with `--file`, or the variable with `--var`",
        )?;
        let mut processes: Vec<_> = root.entries().collect();
        if let Some(name) = question.connection {
            processes.retain(|process| process.name == name);
            if processes.is_empty() {
                return Err(no_process(root, name));
            }
        }
        for process in &processes {
            let command = process.text().unwrap_or_default();
            if let Some(value) = argument(command) {
                return Ok(vec![of_argument(process, command, value, question)?]);
            }
        }
        let detail = "no command is given one by --connect, --connection, --url or --database-url";
        let help = "what the commands read themselves is DATABASE_URL, most likely: leave the Procfile out, or name the variable \
            with `--var`";
        Err(root.error(ErrorKind::NotFound, detail, help))
    }
}

fn no_process(root: &Located<'_>, name: &str) -> Error {
    let detail = format!("there is no process `{}`", shown_key(name));
    let help = choices(root.entries().map(|entry| entry.name), name);
    root.error(ErrorKind::UnknownSection, detail, help.unwrap_or_default())
}

fn of_argument<'q>(
    process: &Located<'q>,
    command: &str,
    value: Result<Range<usize>, ()>,
    question: &Question<'q>,
) -> Result<Candidate<'q>, Error> {
    let placed = |error: Error| error.placed_in(&process.source());
    expand(Syntax::Shell, command, question.vars, false).map_err(placed)?;
    let value = value.map_err(|()| {
        let detail = "expected the URL as one word, or between one pair of quotation marks";
        Error::new(ErrorKind::InvalidValue, detail).with_source(&process.source())
    })?;
    let rest =
        command[value.end..].trim_start_matches(|one: char| one.is_ascii() && ends_word(one as u8));
    if raw_at::is_cut(&command[value.clone()], rest) {
        return Err(raw_at::cut().with_source(&process.source()));
    }
    let expansion = expand(Syntax::Shell, &command[value], question.vars, false).map_err(placed)?;
    let text = expansion.value().ok_or_else(|| not_a_text(process))?;
    let unset = expansion.unset().map(|name| Unset {
        name: name.to_owned(),
        location: process.location(),
    });
    let unset: Vec<_> = unset.collect();
    if text.is_empty() {
        Error::together(unset.iter().map(Unset::error))?;
    }
    let source = expansion.variable().map_or_else(
        || process.source(),
        |name| Source::ConfigVar(name.to_owned()),
    );
    let (text, own) = (text.to_secret(), source.clone());
    Ok(Candidate::new(source, move || {
        let mut resolved = whole(text.expose(), own)?;
        resolved.warnings.extend(unset.iter().map(warn_of));
        Ok(resolved)
    }))
}

/// Where the value of the first such argument is in a command; an error if it is put together of several pieces.
fn argument(command: &str) -> Option<Result<Range<usize>, ()>> {
    let bytes = command.as_bytes();
    let mut at = 0;
    // The quotation mark that a word is in, as in `sh -c "…"`.
    let mut open = None;
    while at < bytes.len() {
        let byte = bytes[at];
        if is_quote(byte) {
            open = if open == Some(byte) {
                None
            } else {
                open.or(Some(byte))
            };
            at += 1;
            continue;
        }
        if ends_word(byte) {
            at += 1;
            continue;
        }
        if let Some(start) = flagged(bytes, at) {
            return value_at(bytes, start, open);
        }
        while at < bytes.len() && !ends_word(bytes[at]) && !is_quote(bytes[at]) {
            at = after(bytes, at);
        }
    }
    None
}

/// Where the value begins, if one of the flags is here.
fn flagged(bytes: &[u8], at: usize) -> Option<usize> {
    FLAGS.iter().find_map(|flag| {
        let end = at + flag.len();
        if !bytes[at..].starts_with(flag.as_bytes()) {
            return None;
        }
        match bytes.get(end)? {
            b'=' => Some(end + 1),
            byte if byte.is_ascii_whitespace() || is_quote(*byte) => {
                let rest = &bytes[end..];
                let is_between = |byte: &u8| !byte.is_ascii_whitespace();
                // `"--url" x`: the mark closes the flag.
                let closing = usize::from(is_quote(rest[0]));
                let spaces = rest[closing..].iter().position(is_between)?;
                (spaces > 0).then_some(end + closing + spaces)
            }
            _ => None,
        }
    })
}

fn value_at(bytes: &[u8], start: usize, open: Option<u8>) -> Option<Result<Range<usize>, ()>> {
    let first = *bytes.get(start)?;
    if is_quote(first) && open != Some(first) {
        let mut at = start + 1;
        while at < bytes.len() && bytes[at] != first {
            at = after(bytes, at);
        }
        let next = bytes.get(at + 1).copied();
        let is_whole =
            at < bytes.len() && next.is_none_or(|next| ends_word(next) || Some(next) == open);
        return Some(if is_whole { Ok(start + 1..at) } else { Err(()) });
    }
    let mut at = start;
    while at < bytes.len() && !ends_word(bytes[at]) && !is_quote(bytes[at]) {
        at = after(bytes, at);
    }
    let at = at.min(bytes.len());
    let mut glued = bytes[at..].split(u8::is_ascii_whitespace);
    // An operator of the shell, as in `--url postgres://app:p&w@h/d`, cuts a password.
    let is_cut = glued.next().is_some_and(|rest| rest.contains(&b'@'));
    let is_whole = bytes
        .get(at)
        .is_none_or(|byte| (ends_word(*byte) && !is_cut) || Some(*byte) == open);
    Some(if is_whole { Ok(start..at) } else { Err(()) })
}

/// The byte after this one, after what an escape takes along, or after the braces of a reference.
fn after(bytes: &[u8], at: usize) -> usize {
    let mut at = at;
    let mut depth = 0_usize;
    loop {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\\'), Some(_)) => at += 2,
            (Some(b'$'), Some(b'{')) => {
                depth += 1;
                at += 2;
            }
            (Some(b'}'), _) => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            _ => at += 1,
        }
        if depth == 0 || at >= bytes.len() {
            return at.min(bytes.len());
        }
    }
}

const fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'')
}

const fn ends_word(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b';' | b'|' | b'&' | b'(' | b')' | b'<' | b'>')
}
