//! A template as steps: its texts and tags, and the jumps that `if`, `unless`, `elsif`, `else` and `end` make.
//!
//! Tags end at the first `%>`, even inside a string of Ruby: that is how ERB finds them.

use memchr::memmem;

use crate::error::Error;
use crate::span::Span;
use crate::template::erb::evaluation::Evaluation;
use crate::template::erb::expression::{self, Expression};
use crate::template::erb::token::{malformed, unsupported};
use crate::template::erb::unknown::Name;
use crate::template::erb::unknown::names_in;
use crate::template::walk::MAX_FAILURES;

/// How deep conditions nest.
const MAX_DEPTH: usize = 32;

pub(super) enum Step {
    /// Stays as it is.
    Text(Span),
    /// `<%= … %>`
    Output(Output),
    /// Goes on if the condition holds (or, with `unless`, does not), else at `otherwise`.
    Test {
        condition: Expression,
        expected: bool,
        otherwise: usize,
        end: usize,
    },
    Jump(usize),
    /// Ruby that gives no value and is not evaluated, and the variables that it can be seen to use.
    Statement(Vec<Name>),
}

pub(super) struct Output {
    pub(super) expression: Expression,
    /// The whole tag.
    pub(super) span: Span,
}

pub(super) struct Program {
    pub(super) steps: Vec<Step>,
}

/// An open `if` or `unless`.
struct Frame {
    tag: Span,
    /// Its tests and the jumps at the ends of its branches.
    tests: Vec<usize>,
    jumps: Vec<usize>,
    is_unless: bool,
    has_else: bool,
}

impl Program {
    /// # Errors
    ///
    /// All that is wrong with the tags, together.
    pub(super) fn of(template: &str) -> Result<Self, Error> {
        let mut builder = Builder {
            template,
            steps: Vec::new(),
            frames: Vec::new(),
            failures: Vec::new(),
        };
        builder.read();
        together(builder.failures)?;
        Ok(Self {
            steps: builder.steps,
        })
    }

    /// The texts and tags that conditions leave, in order, and the failures of conditions; what such a condition guards
    /// is passed over, and so is what one guards that is not known.
    pub(super) fn kept<'p>(&'p self, evaluation: &mut Evaluation<'p>) -> Kept {
        let mut kept = Vec::with_capacity(self.steps.len());
        let (mut failures, mut unknown) = (Vec::new(), Vec::new());
        let mut at = 0;
        // INVARIANT: jumps go forward only.
        while let Some(step) = self.steps.get(at) {
            let here = at;
            at += 1;
            match step {
                Step::Text(_) | Step::Output(_) => kept.push(here),
                Step::Jump(to) => at = *to,
                Step::Statement(_) => {}
                Step::Test {
                    condition,
                    expected,
                    otherwise,
                    end,
                } => match evaluation.test(condition) {
                    Ok(holds) if holds == *expected => {}
                    Ok(_) => at = *otherwise,
                    Err(error) => {
                        if std::mem::take(&mut evaluation.is_unknown) {
                            unknown.push(error);
                        } else {
                            failures.push(error);
                        }
                        at = *end;
                    }
                },
            }
        }
        Kept {
            steps: kept,
            failures,
            unknown,
        }
    }
}

/// What conditions leave of a program.
pub(super) struct Kept {
    pub(super) steps: Vec<usize>,
    pub(super) failures: Vec<Error>,
    /// Conditions that are not known.
    pub(super) unknown: Vec<Error>,
}

/// Whether a statement goes on in other tags, so that what is between them is not known.
fn opens_block(word: &str, code: &str) -> bool {
    let words = [
        "begin", "case", "for", "while", "until", "def", "class", "module",
    ];
    words.contains(&word) || code.ends_with(['{', '|']) || code.ends_with(" do")
}

/// Whether a tag ends what it begins; the `end` of a condition may be that of a `do` in it.
fn is_whole(word: &str, code: &str) -> bool {
    let is_other = |c: char| !c.is_alphanumeric() && c != '_';
    let count = |word: &str| code.split(is_other).filter(|other| *other == word).count();
    if ["if", "unless", "elsif"].contains(&word) && count("end") <= count("do") {
        return false;
    }
    code.rsplit(is_other).next() == Some("end") || code.lines().any(|line| line.trim() == "end")
}

/// The length of the spaces and comments that code begins with; a comment ends with its line.
fn ignored_len(code: &str) -> usize {
    let mut rest = code.trim_ascii_start();
    while rest.starts_with('#') {
        let comment = rest.find('\n').unwrap_or(rest.len());
        rest = rest[comment..].trim_ascii_start();
    }
    code.len() - rest.len()
}

struct Builder<'t> {
    template: &'t str,
    steps: Vec<Step>,
    frames: Vec<Frame>,
    failures: Vec<Error>,
}

impl Builder<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(found) = memmem::find(&self.template.as_bytes()[at..], b"<%") {
            let tag = at + found;
            self.text(at, tag);
            if self.template.as_bytes().get(tag + 2) == Some(&b'%') {
                // `<%%` is a `<%` that is text.
                self.text(tag, tag + 2);
                at = tag + 3;
                continue;
            }
            let Some(close) = close(self.template, tag + 2) else {
                let help = "close the tag with `%>`, or write a `<%` that is text as `<%%`";
                self.failures.push(malformed(
                    Span::new(tag, tag + 2),
                    "expected `%>` at the end of the tag",
                    help,
                ));
                at = self.template.len();
                break;
            };
            if let Err(error) = self.tag(tag, close) {
                self.failures.push(error);
            }
            at = close + 2;
        }
        self.text(at, self.template.len());
        for frame in &self.frames {
            self.failures.push(malformed(
                frame.tag,
                "expected `<% end %>` for this condition",
                "",
            ));
        }
    }

    fn text(&mut self, start: usize, end: usize) {
        if start < end {
            self.steps.push(Step::Text(Span::new(start, end)));
        }
    }

    /// The tag from `<%` at `start` to `%>` at `close`.
    fn tag(&mut self, start: usize, close: usize) -> Result<(), Error> {
        let span = Span::new(start, close + 2);
        let code = &self.template[start + 2..close];
        match code.as_bytes().first() {
            Some(b'#') => Ok(()),
            Some(b'=') => {
                let expression = expression::parse(&code[1..], start + 3)?;
                self.steps.push(Step::Output(Output { expression, span }));
                Ok(())
            }
            Some(b'-') => Err(malformed(
                Span::new(start + 2, start + 3),
                "expected `<%` without the `-`",
                "remove the `-`: Rails reads its settings files without trim mode",
            )),
            _ => self.statement(code, start + 2, span),
        }
    }

    fn statement(&mut self, code: &str, start: usize, tag: Span) -> Result<(), Error> {
        let spaces = ignored_len(code);
        let word = code[spaces..]
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
            .count();
        let (word, rest) = code[spaces..].split_at(word);
        let rest_start = start + spaces + word.len();
        let is_bare = rest.trim_ascii().is_empty();
        let span = Span::new(start + spaces, rest_start);
        let code = code.trim_ascii_end();
        match word {
            "" if is_bare => Ok(()),
            "" if rest.starts_with('}') => self.end(span),
            _ if !is_bare && is_whole(word, code) => {
                self.steps.push(Step::Statement(names_in(code, start)));
                Ok(())
            }
            "if" | "unless" => {
                // What follows a condition that cannot be read is read all the same, for its own failures.
                let condition = expression::parse(rest, rest_start);
                self.open(tag, word == "unless")?;
                self.test(condition?, word == "if");
                Ok(())
            }
            "elsif" => {
                let condition = expression::parse(rest, rest_start);
                self.next_branch(span, false)?;
                self.test(condition?, true);
                Ok(())
            }
            "else" if is_bare => self.next_branch(span, true),
            "end" if is_bare => self.end(span),
            "else" | "end" => {
                let rest = Span::new(rest_start, start + code.len());
                Err(unsupported(rest, "expected nothing more in this tag"))
            }
            word if opens_block(word, code) => {
                self.open(tag, false)?;
                let span = Span::new(start, start + code.len());
                let detail = "a block other than `if` and `unless` is not evaluated";
                let names = names_in(code, start);
                self.test(Expression::Unknown(unsupported(span, detail), names), true);
                Ok(())
            }
            _ => {
                self.steps.push(Step::Statement(names_in(code, start)));
                Ok(())
            }
        }
    }

    fn open(&mut self, tag: Span, is_unless: bool) -> Result<(), Error> {
        let frame = Frame {
            tag,
            tests: Vec::new(),
            jumps: Vec::new(),
            is_unless,
            has_else: false,
        };
        let is_too_deep = self.frames.len() == MAX_DEPTH;
        self.frames.push(frame);
        if is_too_deep {
            return Err(unsupported(tag, "conditions are nested too deeply"));
        }
        Ok(())
    }

    /// Puts a test at the beginning of a branch.
    fn test(&mut self, condition: Expression, expected: bool) {
        let at = self.steps.len();
        if let Some(frame) = self.frames.last_mut() {
            frame.tests.push(at);
        }
        self.steps.push(Step::Test {
            condition,
            expected,
            otherwise: at + 1,
            end: at + 1,
        });
    }

    /// Ends a branch and begins another.
    fn next_branch(&mut self, span: Span, is_else: bool) -> Result<(), Error> {
        let at = self.steps.len();
        let Some(frame) = self.frames.last_mut() else {
            return Err(malformed(span, "expected a condition before this", ""));
        };
        if frame.has_else || (frame.is_unless && !is_else) {
            let detail = "expected `end`: no branch follows `else`, and no `elsif` an `unless`";
            return Err(malformed(span, detail, ""));
        }
        frame.has_else = is_else;
        frame.jumps.push(at);
        let test = frame.tests.last().copied();
        self.steps.push(Step::Jump(at + 1));
        if let Some(Step::Test { otherwise, .. }) = test.and_then(|test| self.steps.get_mut(test)) {
            *otherwise = at + 1;
        }
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Error> {
        let here = self.steps.len();
        let Some(frame) = self.frames.pop() else {
            return Err(malformed(span, "expected a condition that this ends", ""));
        };
        for jump in frame.jumps {
            self.steps[jump] = Step::Jump(here);
        }
        let last = frame.tests.last().copied().filter(|_| !frame.has_else);
        for test in frame.tests {
            if let Some(Step::Test { otherwise, end, .. }) = self.steps.get_mut(test) {
                *end = here;
                if Some(test) == last {
                    *otherwise = here;
                }
            }
        }
        Ok(())
    }
}

/// Where the `%>` is that ends a tag whose code begins at `start`; `%%>` does not.
fn close(template: &str, start: usize) -> Option<usize> {
    let bytes = template.as_bytes();
    let mut from = start;
    while let Some(found) = memmem::find(&bytes[from..], b"%>") {
        let at = from + found;
        if at == from || bytes[at - 1] != b'%' {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

/// Fails if there are any failures of a template: with all of them as one, in the order of the text.
pub(super) fn together(mut failures: Vec<Error>) -> Result<(), Error> {
    failures.sort_by_key(|error| error.span().map(Span::start));
    failures.truncate(MAX_FAILURES);
    Error::together(failures)
}
