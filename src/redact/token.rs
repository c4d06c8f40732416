//! Where a token of a line ends: at the quotation mark that opened it, else at a space or at punctuation.

/// Finds ends in one line. Ends are searched for from left to right, and each search is remembered, so all of them together
/// are linear.
#[derive(Default)]
pub(super) struct Ends {
    /// The quotation marks that were searched for, with the start of the search and what it found.
    quotes: Vec<(Quote, usize, Option<usize>)>,
    word: Option<(usize, usize)>,
    last_at: Option<(usize, usize, Option<usize>)>,
}

/// A quotation mark that opens a token, with the backslashes before it: `\"` is one within a JSON string.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    mark: u8,
    level: usize,
}

impl Quote {
    /// The mark that ends just before a position.
    pub(super) fn before(line: &[u8], at: usize) -> Option<Self> {
        let mark = *line[..at].last()?;
        is_quote(mark).then(|| Self {
            mark,
            level: backslashes(line, at - 1),
        })
    }

    /// The mark at a position, with its length.
    pub(super) fn at(line: &[u8], at: usize) -> Option<(Self, usize)> {
        let level = run(&line[at..], |byte| byte == b'\\');
        let mark = *line.get(at + level)?;
        is_quote(mark).then_some((Self { mark, level }, level + 1))
    }

    /// Where the mark is at a level that closes this one. Within its string it is escaped once more.
    fn closes(self, line: &[u8], at: usize) -> bool {
        let level = backslashes(line, at);
        if self.level == 0 {
            level % 2 == 0
        } else {
            level <= self.level
        }
    }
}

const fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

/// How many backslashes are directly before a position; more than a few are of no notation.
fn backslashes(line: &[u8], at: usize) -> usize {
    run(line[..at].iter().rev().take(16), |byte| byte == b'\\')
}

impl Ends {
    /// Where a quoted token ends: at the first backslash or mark of what closes it.
    pub(super) fn quoted(&mut self, line: &[u8], quote: Quote, from: usize) -> Option<usize> {
        let known = self.quotes.iter().position(|(known, ..)| *known == quote);
        if let Some((_, start, end)) = known.map(|at| self.quotes[at]) {
            if start <= from && end.is_none_or(|end| end >= from) {
                return end;
            }
        }
        let mut marks = memchr::memchr_iter(quote.mark, &line[from..]).map(|at| from + at);
        let end = marks.find(|&at| quote.closes(line, at));
        let end = end.map(|at| {
            if quote.level == 0 {
                at
            } else {
                at - backslashes(line, at)
            }
        });
        match known {
            Some(at) => self.quotes[at] = (quote, from, end),
            None => self.quotes.push((quote, from, end)),
        }
        end
    }

    /// Where an unquoted token ends: at a space, a control character, a closing tag, or a quotation mark or angle bracket
    /// that is not followed by more of the token.
    pub(super) fn word(&mut self, line: &[u8], from: usize) -> usize {
        if let Some((start, end)) = self.word {
            if (start..=end).contains(&from) {
                return end;
            }
        }
        let end = (from..line.len()).find(|&at| ends_word(line, at));
        let end = end.unwrap_or(line.len());
        self.word = Some((from, end));
        end
    }

    /// The last `@` before the end of a token.
    pub(super) fn last_at(&mut self, line: &[u8], from: usize, end: usize) -> Option<usize> {
        if let Some((start, known, at)) = self.last_at {
            if known == end && start <= from {
                return at.filter(|&at| at >= from);
            }
        }
        let at = memchr::memrchr(b'@', &line[from..end]).map(|at| from + at);
        self.last_at = Some((from, end, at));
        at
    }
}

fn ends_word(line: &[u8], at: usize) -> bool {
    match line[at] {
        b'<' => line.get(at + 1) == Some(&b'/'),
        b'>' => is_end(line, at + 1),
        mark if is_quote(mark) => is_end(line, at + 1),
        b'\\' => {
            let mark = at + run(line[at..].iter().take(16), |byte| byte == b'\\');
            line.get(mark).copied().is_some_and(is_quote) && is_end(line, mark + 1)
        }
        byte => byte.is_ascii_whitespace() || byte.is_ascii_control(),
    }
}

/// Whether a token that a quotation mark may close is over: what follows cannot be more of it.
fn is_end(line: &[u8], at: usize) -> bool {
    line.get(at)
        .is_none_or(|byte| byte.is_ascii_whitespace() || b",;:.)]}>\\\"'`".contains(byte))
}

/// The start of a run directly before a position.
pub(super) fn run_before(line: &[u8], end: usize, fits: fn(u8) -> bool) -> usize {
    end - run(line[..end].iter().rev(), fits)
}

/// How many bytes fit, up to the first that does not.
pub(super) fn run<'b>(bytes: impl IntoIterator<Item = &'b u8>, fits: impl Fn(u8) -> bool) -> usize {
    bytes.into_iter().take_while(|byte| fits(**byte)).count()
}
