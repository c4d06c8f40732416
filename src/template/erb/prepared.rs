//! A file whose tags became inert marks, so that no value can change what YAML reads.
//!
//! A mark is the tag's number between two private-use characters. Conditions have been decided, and what they leave out is
//! gone; line ends stay, as without trim mode, and every byte knows where it came from.

use std::sync::Arc;

use crate::bytes::Bytes;
use crate::document::{Scalar, Style, positions};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::span::{Component, Position, Span};
use crate::template::Expansion;
use crate::template::Lookup;
use crate::template::erb::evaluation::Evaluation;
use crate::template::erb::program::{Output, Program, Step};
use crate::template::erb::value::{RubyValue, Text};
use crate::template::erb::{assemble, together};

/// From the last plane of private use: the fonts that put icons on such characters take the earlier ones.
const OPEN: char = '\u{10fff0}';
const CLOSE: char = '\u{10fff1}';

/// How long a mark is at most.
const MARK_LEN: usize = OPEN.len_utf8() + usize::MAX.ilog10() as usize + 1 + CLOSE.len_utf8();

/// A file, ready to be read as YAML.
pub(crate) struct Prepared<'t> {
    text: Arc<Secret>,
    program: Program,
    environment: Option<&'t str>,
    /// Conditions that are not known; what they guard is left out.
    pub(crate) unknown: Vec<Error>,
    /// The steps of the tags that have a mark.
    tags: Vec<usize>,
    /// The pieces of `text`, in order.
    pieces: Vec<Piece>,
    /// Locations in the file.
    positions: Box<dyn Fn(usize) -> Position + 't>,
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
/// What is missing for a tag that gives a value is reported when its scalar is filled; a tag in a comment gives none.
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
    let mut kept = program.kept(&mut evaluation);
    together(kept.failures)?;
    let written = written(
        text,
        &program,
        &kept.steps,
        &mut evaluation,
        &mut kept.unknown,
    )?;
    let mut prepared = marked(text, program, environment, &kept.steps, &written);
    prepared.unknown = kept.unknown;
    Ok(prepared)
}

/// The same of the whole file, whatever its conditions are: to see which keys hold its tags.
pub(crate) fn prepare_whole(text: &str) -> Result<Prepared<'_>, Error> {
    let program = Program::of(text)?;
    let kept: Vec<usize> = (0..program.steps.len()).collect();
    let none = vec![None; kept.len()];
    Ok(marked(text, program, None, &kept, &none))
}

/// What tags write that YAML needs while it is read, in place of their marks: the name of an alias,
/// `<<: *<%= ENV["X"] || "default" %>`, or nothing for a key that is left out, `<%= "url: …" if ENV["X"] %>`.
fn written(
    text: &str,
    program: &Program,
    kept: &[usize],
    evaluation: &mut Evaluation<'_>,
    unknown: &mut Vec<Error>,
) -> Result<Vec<Option<String>>, Error> {
    let mut evaluation = Evaluation::with(evaluation.vars, Some(evaluation.environment));
    let mut before = "";
    let mut found = Vec::with_capacity(kept.len());
    for &step in kept {
        let from = std::mem::take(&mut before);
        if let Step::Text(span) = &program.steps[step] {
            before = &text[span.range()];
        }
        let output = output(program, step);
        let starts_line = from.trim_end_matches(' ').ends_with('\n');
        found.push(match output {
            Some(output) if from.ends_with('*') => Some(alias(output, &mut evaluation)?),
            Some(output) if starts_line && output.expression.writes_key() => {
                let is_left_out =
                    matches!(evaluation.value(&output.expression), Ok(RubyValue::Nil));
                unknown.extend((!is_left_out).then(|| key_in_tag(output.span)));
                Some(String::new())
            }
            _ => None,
        });
    }
    Ok(found)
}

fn alias<'p>(output: &'p Output, evaluation: &mut Evaluation<'p>) -> Result<String, Error> {
    let value = evaluation.value(&output.expression)?.into_text();
    let name = value.as_str();
    if name.is_empty() || !const { Bytes::alphanumeric_and(b"_-") }.has_all_of(name) {
        let detail = "expected the name of an anchor from this tag";
        return Err(Error::new(ErrorKind::InvalidDocument, detail)
            .at(Component::Text, output.span)
            .with_help("the variable has to hold the name that follows `&` in this file"));
    }
    Ok(name.to_owned())
}

#[cold]
fn key_in_tag(tag: Span) -> Error {
    Error::new(ErrorKind::UnsupportedExpression, "expected no tag in a key")
        .at(Component::Text, tag)
        .with_help("write the key itself, and choose between sections with `<% if … %>`")
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
    let mut marked = String::with_capacity(text.len() + kept.len() * MARK_LEN + names);
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
            marked.extend([OPEN.to_string(), tags.len().to_string(), CLOSE.to_string()]);
            tags.push(step);
        } else {
            marked.push_str(&text[origin.range()]);
        }
    }
    Prepared {
        text: Secret::new(marked).into(),
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

/// A piece of a scalar's text: a tag by its step, or text.
enum Piecewise<'s> {
    Tag(usize),
    Text(&'s str),
}

impl Prepared<'_> {
    /// The text to read as YAML.
    pub(crate) fn text(&self) -> &Arc<Secret> {
        &self.text
    }

    /// Where a byte of [`text`](Self::text) is in the file.
    pub(crate) fn location(&self, at: usize) -> Position {
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
    pub(crate) fn tags_in(&self, text: &str) -> Vec<Span> {
        let pieces = self.split(text).into_iter();
        let outputs = pieces.filter_map(|piece| match piece {
            Piecewise::Tag(step) => output(&self.program, step),
            Piecewise::Text(_) => None,
        });
        outputs.map(|output| output.span).collect()
    }

    /// The error for a key that holds a tag.
    pub(crate) fn rejected_key(&self, key: &str) -> Option<Error> {
        self.tags_in(key).first().copied().map(key_in_tag)
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
            let step = match piece {
                Piecewise::Text(text) => {
                    parts.push(Text::literal(text));
                    continue;
                }
                Piecewise::Tag(step) => step,
            };
            let Some(output) = output(&self.program, *step) else {
                continue;
            };
            let value = if is_sole {
                evaluation.whole(&output.expression)
            } else {
                evaluation.value(&output.expression)
            };
            match value {
                Ok(value) => {
                    is_nil = is_sole && matches!(value, RubyValue::Nil);
                    is_json = is_sole && output.expression.is_json();
                    parts.push(evaluation.shown(value, is_masked));
                }
                Err(error) if std::mem::take(&mut evaluation.is_unknown) => unknown.push(error),
                Err(error) => failures.push(error),
            }
        }
        together(failures)?;
        if let Err(error) = together(unknown) {
            return Ok(Expansion::unknown(error));
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
            let tag = scalar[search..search + digits].parse::<usize>().ok();
            let step = tag.and_then(|tag| self.tags.get(tag));
            let Some(step) = step.filter(|_| scalar[search + digits..].starts_with(CLOSE)) else {
                continue;
            };
            if from < open {
                pieces.push(Piecewise::Text(&scalar[from..open]));
            }
            pieces.push(Piecewise::Tag(*step));
            search += digits + CLOSE.len_utf8();
            from = search;
        }
        if from < scalar.len() {
            pieces.push(Piecewise::Text(&scalar[from..]));
        }
        pieces
    }
}
