//! A file whose tags became inert marks, so that no value can change what YAML reads.
//!
//! A mark is the tag's number between two private-use characters. Conditions have been decided, and what they leave out is
//! gone; line ends stay, as without trim mode, and every byte knows where it came from.

use std::cell::Cell;

use crate::document::{Scalar, Style, positions};
use crate::error::{Error, ErrorKind};
use crate::secret::{MASK, Secret};
use crate::span::{Component, Position, Span};
use crate::template::Expansion;
use crate::template::Lookup;
use crate::template::erb::evaluation::Evaluation;
use crate::template::erb::expression::Expression;
use crate::template::erb::program::{Kept, Output, Program, Step};
use crate::template::erb::value::Value;
use crate::template::erb::{Part, assemble, together};

/// From the last plane of private use: the fonts that put icons on such characters take the earlier ones.
const OPEN: char = '\u{10fff0}';
const CLOSE: char = '\u{10fff1}';

/// A file, ready to be read as YAML.
pub(crate) struct Prepared<'t> {
    text: Secret,
    program: Program,
    environment: Option<&'t str>,
    /// Conditions that are not known; what they guard is left out.
    pub(crate) unknown: Vec<Error>,
    tags: Vec<Tag>,
    /// The pieces of `text`, in order.
    pieces: Vec<Piece>,
    /// Locations in the file.
    positions: Box<dyn Fn(usize) -> Position + 't>,
}

struct Tag {
    step: usize,
    /// Whether a scalar that holds it was filled.
    is_filled: Cell<bool>,
}

/// Where a piece of the prepared text begins, and where it began in the file.
struct Piece {
    start: usize,
    origin: usize,
    is_tag: bool,
}

/// Decides the conditions and puts marks in place of the tags.
///
/// # Errors
///
/// All that is wrong with the tags, together, or else all that is missing for the conditions; their spans are the file's.
/// What is missing for a tag that gives a value is reported when its scalar is filled.
pub(crate) fn prepare<'t>(
    text: &'t str,
    vars: &dyn Lookup,
    environment: Option<&'t str>,
) -> Result<Prepared<'t>, Error> {
    if let Some(at) = text.find([OPEN, CLOSE]) {
        let detail = "expected no U+10FFF0 and U+10FFF1, which mark tags while a file is read";
        let span = Span::new(at, at + OPEN.len_utf8());
        return Err(Error::new(ErrorKind::InvalidDocument, detail).at(Component::Text, span));
    }
    let program = Program::of(text)?;
    let mut evaluation = Evaluation::with(vars, environment);
    let Kept {
        steps: kept,
        mut failures,
        unknown,
    } = program.kept(&mut evaluation);
    if !failures.is_empty() {
        let outputs = kept.iter().filter_map(|&step| output(&program, step));
        let of_outputs: Vec<_> = outputs
            .filter_map(|output| missing(&mut evaluation, &output.expression))
            .collect();
        failures.extend(of_outputs);
    }
    if let Some(error) = together(failures) {
        return Err(error);
    }
    let anchors = anchors(text, &program, &kept, vars, environment)?;
    let mut prepared = marked(text, program, environment, &kept, &anchors);
    prepared.unknown = unknown;
    Ok(prepared)
}

/// The same of the whole file, whatever its conditions are: to see which keys hold its tags.
pub(crate) fn prepare_whole(text: &str) -> Result<Prepared<'_>, Error> {
    let program = Program::of(text)?;
    let kept: Vec<usize> = (0..program.steps.len()).collect();
    let none = vec![None; kept.len()];
    Ok(marked(text, program, None, &kept, &none))
}

/// What a tag lacks; an unknown value is reported where it is needed.
fn missing<'p>(evaluation: &mut Evaluation<'p>, expression: &'p Expression) -> Option<Error> {
    evaluation.is_unknown = false;
    let error = evaluation.value(expression).err();
    error.filter(|_| !evaluation.is_unknown)
}

/// The names that tags give to aliases: `<<: *<%= ENV["X"] || "default" %>`. YAML needs them while it is read.
fn anchors(
    text: &str,
    program: &Program,
    kept: &[usize],
    vars: &dyn Lookup,
    environment: Option<&str>,
) -> Result<Vec<Option<String>>, Error> {
    let mut evaluation = Evaluation::with(vars, environment);
    let mut is_alias = false;
    let mut names = Vec::with_capacity(kept.len());
    for &step in kept {
        let was_alias = is_alias;
        is_alias = match &program.steps[step] {
            Step::Text(span) => text[span.range()].ends_with('*'),
            _ => false,
        };
        let Some(output) = output(program, step).filter(|_| was_alias) else {
            names.push(None);
            continue;
        };
        let value = evaluation.value(&output.expression)?.into_text();
        let name = value.as_str();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
        if name.is_empty() || !name.bytes().all(is_plain) {
            let detail = "expected the name of an anchor from this tag";
            return Err(Error::new(ErrorKind::InvalidDocument, detail)
                .at(Component::Text, output.span)
                .with_help("the variable has to hold the name that follows `&` in this file"));
        }
        names.push(Some(name.to_owned()));
    }
    Ok(names)
}

fn marked<'t>(
    text: &'t str,
    program: Program,
    environment: Option<&'t str>,
    kept: &[usize],
    anchors: &[Option<String>],
) -> Prepared<'t> {
    let mut tags = Vec::new();
    let mut pieces = Vec::with_capacity(kept.len());
    // A default may be a password, so the buffer has its size from the beginning.
    let names: usize = anchors.iter().flatten().map(String::len).sum();
    let mut marked = String::with_capacity(marked_len(&program, kept) + names);
    for (&step, anchor) in kept.iter().zip(anchors) {
        let (origin, is_tag) = match &program.steps[step] {
            Step::Text(span) => (*span, false),
            Step::Output(output) => (output.span, true),
            Step::Test { .. } | Step::Jump(_) | Step::Statement(_) => continue,
        };
        pieces.push(Piece {
            start: marked.len(),
            origin: origin.start(),
            is_tag,
        });
        if let Some(anchor) = anchor {
            marked.push_str(anchor);
        } else if is_tag {
            marked.push_str(&mark(tags.len()));
            tags.push(Tag {
                step,
                is_filled: Cell::new(false),
            });
        } else {
            marked.push_str(&text[origin.range()]);
        }
    }
    Prepared {
        text: Secret::new(marked),
        tags,
        pieces,
        positions: Box::new(positions(text)),
        program,
        environment,
        unknown: Vec::new(),
    }
}

fn output(program: &Program, step: usize) -> Option<&Output> {
    match program.steps.get(step)? {
        Step::Output(output) => Some(output),
        _ => None,
    }
}

fn mark(tag: usize) -> String {
    format!("{OPEN}{tag}{CLOSE}")
}

fn marked_len(program: &Program, kept: &[usize]) -> usize {
    let len = |&step: &usize| match &program.steps[step] {
        Step::Text(span) => span.end() - span.start(),
        _ => OPEN.len_utf8() + usize::MAX.ilog10() as usize + 1 + CLOSE.len_utf8(),
    };
    kept.iter().map(len).sum()
}

/// A piece of a scalar's text: a tag by its number, or text.
enum Piecewise<'s> {
    Tag(usize),
    Text(&'s str),
}

impl Prepared<'_> {
    /// The text to read as YAML.
    pub(crate) fn text(&self) -> &str {
        self.text.expose()
    }

    /// Where a byte of [`text`](Self::text) is in the file.
    pub(crate) fn place(&self, at: usize) -> Position {
        let after = self.pieces.partition_point(|piece| piece.start <= at);
        let Some(piece) = after
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
        else {
            return self.position(0);
        };
        let within = if piece.is_tag { 0 } else { at - piece.start };
        self.position(piece.origin + within)
    }

    /// Where a byte of the file is in it: for the spans of errors.
    pub(crate) fn position(&self, origin: usize) -> Position {
        (self.positions)(origin)
    }

    /// Fills a scalar as YAML gave it; `None` if no tag is in it. A tag that is all of it gives what it stands for: nil
    /// is nothing (but an empty string in quotation marks), and `.to_json` the value itself. To be looked at, it has `****`
    /// in place of what a tag made of a variable's value.
    ///
    /// # Errors
    ///
    /// All that is missing for its tags, together; spans are the file's.
    pub(crate) fn fill(
        &self,
        scalar: &Scalar,
        vars: &dyn Lookup,
        is_masked: bool,
    ) -> Option<Result<Expansion, Error>> {
        let pieces = self.split(scalar.text.expose());
        let holds_tag = pieces
            .iter()
            .any(|piece| matches!(piece, Piecewise::Tag(_)));
        holds_tag.then(|| self.joined(&pieces, scalar.style, vars, is_masked))
    }

    /// The tags that are in a scalar, as the file has them.
    pub(crate) fn tags_in(&self, scalar: &Scalar) -> Vec<Span> {
        let pieces = self.split(scalar.text.expose()).into_iter();
        let tags = pieces.filter_map(|piece| match piece {
            Piecewise::Tag(tag) => output(&self.program, self.tags[tag].step),
            Piecewise::Text(_) => None,
        });
        tags.map(|output| output.span).collect()
    }

    /// The error for a key that holds a tag.
    pub(crate) fn refused_key(&self, key: &str) -> Option<Error> {
        let tag = self.split(key).iter().find_map(|piece| match piece {
            Piecewise::Tag(tag) => output(&self.program, self.tags[*tag].step),
            Piecewise::Text(_) => None,
        })?;
        let error = Error::new(ErrorKind::UnsupportedExpression, "expected no tag in a key")
            .at(Component::Text, tag.span);
        Some(error.with_help("write the key itself, and choose between sections with `<% if … %>`"))
    }

    /// What is missing for the tags that no scalar was filled with, such as those in comments: Ruby evaluates them, too.
    pub(crate) fn missing_elsewhere(&self, vars: &dyn Lookup) -> Option<Error> {
        let tags = self.tags.iter().filter(|tag| !tag.is_filled.get());
        let outputs = tags.filter_map(|tag| output(&self.program, tag.step));
        let mut evaluation = Evaluation::with(vars, self.environment);
        together(
            outputs
                .filter_map(|output| missing(&mut evaluation, &output.expression))
                .collect(),
        )
    }

    fn joined(
        &self,
        pieces: &[Piecewise<'_>],
        style: Style,
        vars: &dyn Lookup,
        is_masked: bool,
    ) -> Result<Expansion, Error> {
        let is_sole = pieces.len() == 1;
        let mut evaluation = Evaluation::with(vars, self.environment);
        let mut parts = Vec::with_capacity(pieces.len());
        let (mut failures, mut unknown) = (Vec::new(), Vec::new());
        let (mut is_nil, mut is_json) = (false, false);
        for piece in pieces {
            let tag = match piece {
                Piecewise::Text(text) => {
                    parts.push(Part::Template(text));
                    continue;
                }
                Piecewise::Tag(tag) => &self.tags[*tag],
            };
            tag.is_filled.set(true);
            let Some(output) = output(&self.program, tag.step) else {
                continue;
            };
            let value = if is_sole {
                evaluation.whole(&output.expression)
            } else {
                evaluation.value(&output.expression)
            };
            match value {
                Ok(value) => {
                    is_nil = is_sole && matches!(value, Value::Nil);
                    is_json = is_sole && output.expression.is_json();
                    let part = Part::of(value, &mut evaluation);
                    parts.push(if is_masked && part.is_hidden() {
                        Part::Template(MASK)
                    } else {
                        part
                    });
                }
                Err(error) if std::mem::take(&mut evaluation.is_unknown) => unknown.push(error),
                Err(error) => failures.push(error),
            }
        }
        if let Some(error) = together(failures) {
            return Err(error);
        }
        if let Some(error) = together(unknown) {
            let nothing = Expansion::of_text(None);
            return Ok(Expansion {
                unknown: Some(error),
                ..nothing
            });
        }
        let mut expansion = assemble(&parts, &evaluation.unset)?;
        // Nothing at all is null in YAML, where no quotation marks say otherwise: those of `.to_json` do.
        let is_empty = |text: &Secret| text.expose().is_empty();
        is_nil |= expansion.value.as_ref().is_none_or(is_empty) && !is_json;
        if is_nil && style != Style::Quoted {
            expansion.value = None;
        }
        Ok(expansion)
    }

    /// A mark that no tag of the file has, which only an escape of YAML can make, is text.
    fn split<'s>(&self, scalar: &'s str) -> Vec<Piecewise<'s>> {
        let mut pieces = Vec::new();
        let (mut from, mut search) = (0, 0);
        while let Some(found) = scalar[search..].find(OPEN) {
            let open = search + found;
            search = open + OPEN.len_utf8();
            let digits = scalar[search..]
                .bytes()
                .take_while(u8::is_ascii_digit)
                .count();
            let tag = scalar[search..search + digits]
                .parse()
                .ok()
                .filter(|&tag| tag < self.tags.len());
            let Some(tag) = tag.filter(|_| scalar[search + digits..].starts_with(CLOSE)) else {
                continue;
            };
            if from < open {
                pieces.push(Piecewise::Text(&scalar[from..open]));
            }
            pieces.push(Piecewise::Tag(tag));
            search += digits + CLOSE.len_utf8();
            from = search;
        }
        if from < scalar.len() {
            pieces.push(Piecewise::Text(&scalar[from..]));
        }
        pieces
    }
}
