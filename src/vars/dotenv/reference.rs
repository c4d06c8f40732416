//! Variables within a value of a `.env` file: Compose's grammar, filled in once, measured first and written after.
//!
//! The templates of settings files are not used here: they stand right of variables, and count an unset variable as empty.

use crate::MAX_LEN;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::vars::{Variable, is_conventional};

/// How deep words may be nested, as in `${A:-${B:-c}}`.
const MAX_DEPTH: usize = 16;

/// How much a file may insert: each value may hold the one before twice.
pub(super) struct Budget(usize);

impl Budget {
    pub(super) const fn new() -> Self {
        Self(MAX_LEN)
    }
}

/// Why a value cannot be filled in.
pub(super) enum Stop {
    /// The file is at fault.
    File(Error),
    /// The value lacks a variable; whoever asks for it is told.
    Value(Error),
    /// The value needs another that cannot be read, whose error this is.
    Other(Error),
}

/// Fills in the variables of a text; what is `$$` in it becomes `$`. `demanding`: one that is not set is an error.
pub(super) fn fill<'v>(
    text: &str,
    lookup: &dyn Fn(&str) -> Option<&'v Variable>,
    demanding: bool,
    budget: &mut Budget,
) -> Result<Secret, Stop> {
    let template = Filler { lookup, demanding };
    let mut len = 0;
    template.run(text, MAX_DEPTH, &mut |piece| {
        len += piece.len();
        // Measuring a word that is inserted again and again takes as long as writing it.
        len <= MAX_LEN
    })?;
    let inserted = len.saturating_sub(text.len());
    budget.0 = budget.0.checked_sub(inserted).ok_or_else(too_much)?;
    let mut filled = String::with_capacity(len);
    template.run(text, MAX_DEPTH, &mut |piece| {
        filled.push_str(piece);
        true
    })?;
    Ok(Secret::new(filled))
}

fn too_much() -> Stop {
    Stop::File(Error::new(
        ErrorKind::LimitExceeded,
        "expected variables that fill in at most 1 MiB",
    ))
}

fn invalid(detail: &'static str) -> Stop {
    let help = "write a `$` that is meant as `$$`, or the value in single quotes";
    Stop::File(Error::new(ErrorKind::InvalidTemplate, detail).with_help(help))
}

/// Takes the pieces of the text; false: enough.
type Sink<'s> = dyn FnMut(&str) -> bool + 's;

struct Filler<'f, 'v> {
    lookup: &'f dyn Fn(&str) -> Option<&'v Variable>,
    demanding: bool,
}

impl Filler<'_, '_> {
    fn run(&self, text: &str, depth: usize, sink: &mut Sink<'_>) -> Result<(), Stop> {
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            put(&rest[..at], sink)?;
            let behind = &rest[at + 1..];
            let name = name(behind);
            rest = if let Some(behind) = behind.strip_prefix('$') {
                put("$", sink)?;
                behind
            } else if let Some(inner) = behind.strip_prefix('{') {
                let end = closing(inner).ok_or_else(|| invalid("expected `}` behind `${`"))?;
                self.braced(&inner[..end], depth, sink)?;
                &inner[end + 1..]
            } else if name.is_empty() {
                put("$", sink)?;
                behind
            } else {
                self.value(name, sink)?;
                &behind[name.len()..]
            };
        }
        put(rest, sink)
    }

    /// What stands between the braces.
    fn braced(&self, inner: &str, depth: usize, sink: &mut Sink<'_>) -> Result<(), Stop> {
        let name = name(inner);
        if name.is_empty() {
            return Err(invalid("expected a variable's name behind `${`"));
        }
        let Some(depth) = depth.checked_sub(1) else {
            return Err(Stop::File(Error::new(
                ErrorKind::LimitExceeded,
                "expected at most 16 `${` inside one another",
            )));
        };
        let rest = &inner[name.len()..];
        let (counts_empty, rest) = match rest.strip_prefix(':') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let mut word = rest.chars();
        let operator = word.next();
        let is_there = match (self.lookup)(name).map(|variable| &variable.value) {
            None => false,
            Some(Ok(value)) => !(counts_empty && value.expose().is_empty()),
            Some(Err(error)) => return Err(Stop::Other(error.clone())),
        };
        match operator {
            None if !counts_empty => self.value(name, sink),
            Some('-') if !is_there => self.run(word.as_str(), depth, sink),
            Some('+') if is_there => self.run(word.as_str(), depth, sink),
            Some('+') => Ok(()),
            Some('-' | '?') if is_there => self.value(name, sink),
            Some('?') => Err(Stop::File(unset(name, "the file demands it with `?`"))),
            _ => Err(invalid(
                "expected `}` or one of `:-` `-` `:?` `?` `:+` `+` behind the variable's name",
            )),
        }
    }

    fn value(&self, name: &str, sink: &mut Sink<'_>) -> Result<(), Stop> {
        match (self.lookup)(name).map(|variable| &variable.value) {
            Some(Ok(value)) => put(value.expose(), sink),
            Some(Err(error)) => Err(Stop::Other(error.clone())),
            None if self.demanding => Err(Stop::Value(unset(
                name,
                "this value would lose what stands there",
            ))),
            None => Ok(()),
        }
    }
}

fn put(piece: &str, sink: &mut Sink<'_>) -> Result<(), Stop> {
    if sink(piece) { Ok(()) } else { Err(too_much()) }
}

fn unset(name: &str, why: &str) -> Error {
    // What follows a `$` may be a piece of a password.
    let name = Some(name).filter(|name| is_conventional(name));
    let name = name.unwrap_or("the variable behind `$`");
    let detail = format!("{name} is not set, and {why}");
    let help = "set it, or write the value in single quotes if the `$` is meant as it is";
    Error::new(ErrorKind::UnsetVariable, detail).with_help(help)
}

/// The name that a text begins with.
fn name(text: &str) -> &str {
    let is_other = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    let name = &text[..text.find(is_other).unwrap_or(text.len())];
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        ""
    } else {
        name
    }
}

/// Where the braces that were opened before the text close.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1usize;
    text.bytes().position(|byte| {
        match byte {
            b'{' => open += 1,
            b'}' => open -= 1,
            _ => {}
        }
        open == 0
    })
}
