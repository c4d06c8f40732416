//! Lines that libyaml, `PyYAML` and go-yaml take where they are, and the parser wants deeper: a `]` after a quoted item, and
//! what a quoted value goes on with, at the column of their key. Spaces before them mean nothing.

use std::sync::Arc;

use crate::secret::Secret;

/// What the parser says of such a line.
pub(super) const INFO: &str = "invalid indentation";

/// How many lines of a file are indented for the parser, which then reads the file again.
const MAX_LINES: usize = 20;

const SPACES: &str = "                                                                ";

/// A string with some lines indented deeper.
pub(super) struct Indented {
    pub(super) text: Arc<Secret>,
    /// Where in it the spaces are, in order.
    inserted: Vec<usize>,
}

impl Indented {
    pub(super) fn of(text: &str) -> Self {
        Self {
            text: Secret::from(text).into(),
            inserted: Vec::new(),
        }
    }

    /// Where a byte is in the text without the spaces.
    pub(super) fn origin(&self, at: usize) -> usize {
        let before = self.inserted.partition_point(|start| *start < at);
        let last = before.checked_sub(1).map_or(0, |last| self.inserted[last]);
        // Within the spaces it is where they begin.
        let passed = at.saturating_sub(last).min(SPACES.len());
        at - before.saturating_sub(1) * SPACES.len() - if before == 0 { 0 } else { passed }
    }

    /// Indents what the parser stumbled over; whether there is anything to indent.
    pub(super) fn deepen(&mut self, at: usize) -> bool {
        let quote = match self.text.expose().as_bytes().get(at) {
            Some(b']' | b'}') => return self.insert(&[self.line_start(at)]),
            Some(quote @ (b'"' | b'\'')) => *quote,
            _ => return false,
        };
        let bytes = self.text.expose().as_bytes();
        let (mut end, mut lines) = (at + 1, Vec::new());
        while let Some(&byte) = bytes.get(end).filter(|&&byte| byte != quote) {
            if byte == b'\n' {
                lines.push(end + 1);
            }
            // After a backslash, only a quotation mark would be taken for the end.
            let is_escape = byte == b'\\' && quote == b'"' && bytes.get(end + 1) != Some(&b'\n');
            end += if is_escape { 2 } else { 1 };
            // `''` is a quotation mark of the value.
            if quote == b'\'' && bytes[end..].starts_with(b"''") {
                end += 2;
            }
        }
        self.insert(&lines)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.expose()[..at]
            .rfind('\n')
            .map_or(0, |end| end + 1)
    }

    fn insert(&mut self, lines: &[usize]) -> bool {
        let is_new = |line: &&usize| !self.inserted.contains(line);
        let lines: Vec<_> = lines.iter().filter(is_new).copied().collect();
        if lines.is_empty() || self.inserted.len() + lines.len() > MAX_LINES {
            return false;
        }
        let old = self.text.expose();
        // A file may hold passwords: the buffer has its size from the beginning, and is wiped.
        let mut text = String::with_capacity(old.len() + lines.len() * SPACES.len());
        let mut from = 0;
        for &line in &lines {
            text.push_str(&old[from..line]);
            text.push_str(SPACES);
            from = line;
        }
        text.push_str(&old[from..]);
        self.text = Secret::new(text).into();
        for known in &mut self.inserted {
            *known += lines.iter().filter(|line| **line < *known).count() * SPACES.len();
        }
        let shifted = lines.iter().enumerate();
        self.inserted
            .extend(shifted.map(|(index, line)| line + index * SPACES.len()));
        self.inserted.sort_unstable();
        true
    }
}
