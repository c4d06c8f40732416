//! Compose's templates, as compose-go reads them.
//!
//! ```text
//! $$                        a dollar
//! $NAME ${NAME}             the value; empty if there is none
//! ${NAME-word} ${NAME:-word} ${NAME?text} ${NAME:?text} ${NAME+word} ${NAME:+word}
//! $ before anything else    itself
//! ```
//!
//! A word ends at the `}` that balances the reference's `{`, and nests; where braces do not balance, at the last `}` of
//! its line, beyond which compose-go does not look either. A backslash is text.
//!
//! # Deliberate differences
//!
//! * compose-go overlooks the character after a `{` as it counts. Here that is so for a second `{`, but not for a `}`, so that
//!   `${X:-{}}b}` is a reference and `b}`.
//! * A word that is not used is checked as well. Older versions of compose-go even demand what a word that is not
//!   used demands (`${A:-${B:?}}` with A set); it is not, here.

use memchr::memchr;

use super::walk::{
    Action, MAX_DEPTH, Operator, Reference, TemplateGrammar, Visitor, Word, invalid, name_len,
    too_deep,
};
use crate::span::Span;

pub(super) struct Compose<'t>(pub(super) &'t str);

impl<'t> TemplateGrammar<'t> for Compose<'t> {
    fn text(&self) -> &str {
        self.0
    }

    fn walk<V: Visitor<'t>>(&'t self, visitor: &mut V) {
        let mut walker = Walker {
            text: self.0,
            visitor,
            given_up: false,
        };
        walker.text(0, self.0.len(), true, 0);
    }
}

struct Walker<'t, 'v, V> {
    text: &'t str,
    visitor: &'v mut V,
    /// Set where going on would need more stack.
    given_up: bool,
}

impl<'t, V: Visitor<'t>> Walker<'t, '_, V> {
    /// Walks a piece; `live` tells whether it is handed over.
    fn text(&mut self, mut at: usize, end: usize, live: bool, depth: u32) {
        while !self.given_up {
            let Some(before) = memchr(b'$', &self.text.as_bytes()[at..end]) else {
                return self.literal(at, end, live);
            };
            let dollar = at + before;
            self.literal(at, dollar, live);
            at = self.dollar(dollar, end, live, depth);
        }
    }

    #[inline]
    fn literal(&mut self, start: usize, end: usize, live: bool) {
        if live && start < end {
            self.visitor.literal(&self.text[start..end]);
        }
    }

    /// What a `$` begins; returns where to go on.
    fn dollar(&mut self, dollar: usize, end: usize, live: bool, depth: u32) -> usize {
        let after = &self.text.as_bytes()[dollar + 1..end];
        match after.first() {
            Some(b'$') => {
                self.literal(dollar, dollar + 1, live);
                dollar + 2
            }
            Some(b'{') => self.braced(dollar, end, live, depth),
            _ => match name_len(after) {
                0 => {
                    self.literal(dollar, dollar + 1, live);
                    dollar + 1
                }
                len => {
                    self.reference(dollar + 1, len, Operator::NONE, live);
                    dollar + 1 + len
                }
            },
        }
    }

    #[inline]
    fn reference(&mut self, start: usize, len: usize, operator: Operator, live: bool) -> Word {
        if !live {
            return Word::Skipped;
        }
        self.visitor.reference(&Reference {
            name: &self.text[start..start + len],
            span: Span::new(start, start + len),
            operator,
        })
    }

    fn braced(&mut self, dollar: usize, end: usize, live: bool, depth: u32) -> usize {
        let start = dollar + 2;
        let len = name_len(&self.text.as_bytes()[start..end]);
        let after = start + len;
        if len == 0 {
            return self.reject(dollar, after, "expected a name after `${`");
        }
        let rest = &self.text.as_bytes()[after..end];
        if rest.first() == Some(&b'}') {
            self.reference(start, len, Operator::NONE, live);
            return after + 1;
        }
        let (operator, operator_len) = match Operator::at_start(rest) {
            Some((operator, _)) if operator.action == Action::Assign => {
                return self.reject(dollar, after, "Compose assigns nothing: there is no `=`");
            }
            Some(found) => found,
            None if rest.is_empty() => {
                return self.reject(dollar, after, "expected a closing `}`");
            }
            None => {
                let detail = "expected `}` or one of `-` `:-` `?` `:?` `+` `:+` after the name";
                return self.reject(dollar, after, detail);
            }
        };
        let word = after + operator_len;
        let rest = &self.text.as_bytes()[word..end];
        let Some(brace) = closing(rest) else {
            self.reject(dollar, after, "expected a closing `}` in the same line");
            return word + memchr(b'\n', rest).unwrap_or(rest.len());
        };
        if depth == MAX_DEPTH {
            self.given_up = true;
            self.visitor
                .reject(too_deep(Span::new(dollar, word + brace + 1)));
            return end;
        }
        let used = self.reference(start, len, operator, live) != Word::Skipped;
        self.text(word, word + brace, used, depth + 1);
        word + brace + 1
    }

    #[cold]
    fn reject(&mut self, start: usize, end: usize, detail: &'static str) -> usize {
        let error = invalid(
            Span::new(start, end),
            detail,
            "write `$$` for a dollar that is text",
        );
        self.visitor.reject(error);
        end
    }
}

/// The brace that ends a word, in its line. As compose-go counts, `{{` is one brace.
fn closing(text: &[u8]) -> Option<usize> {
    let mut open = 1_usize;
    let mut last = None;
    let mut is_after_open = false;
    for (at, byte) in text.iter().enumerate() {
        let is_passed = std::mem::take(&mut is_after_open);
        match byte {
            b'{' if is_passed => {}
            b'{' => {
                open += 1;
                is_after_open = true;
            }
            b'}' => {
                open -= 1;
                last = Some(at);
            }
            b'\n' => break,
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    last
}
