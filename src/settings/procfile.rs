//! A Procfile as a tree: a map of process types to commands, `web: bundle exec puma -p ${PORT:-3000}`.
//!
//! Empty lines and those that begin with `#` are passed over; others that are no `name: command` are rejected.

use crate::bytes::Bytes;
use crate::document::emit::Sheet;
use crate::document::{
    DocumentFailure, Entry, MAX_NODES, Node, NodeValue, Scalar, Style, checked, duplicate,
    first_duplicate,
};
use crate::error::{Error, ErrorKind};
use crate::span::Position;

const SPACES: [char; 2] = [' ', '\t'];

/// Reads a file. `place` says where in the file a byte of the text is.
pub(super) fn parse(
    text: &str,
    location: &dyn Fn(usize) -> Position,
) -> Result<Node, DocumentFailure> {
    let (text, skipped) = checked(text, location)?;
    let location = |offset: usize| location(offset + skipped);
    let mut entries = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let here = location(start);
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = content.strip_suffix('\r').unwrap_or(content);
        let space = content.len() - content.trim_start_matches(SPACES).len();
        if space < content.len() && !content[space..].starts_with('#') {
            let entry = process(content, start, &location).ok_or_else(|| rejected(here))?;
            if entries.len() == MAX_NODES {
                let detail = format!("expected at most {MAX_NODES} processes");
                return Err(DocumentFailure::new(
                    Error::new(ErrorKind::LimitExceeded, detail),
                    here,
                ));
            }
            entries.push(entry);
        }
        start += line.len();
    }
    let twice = first_duplicate(&entries, |entry: &Entry| &entry.key);
    if let Some((second, first)) = twice {
        let error = duplicate(entries[first].key_position);
        let Entry {
            key, key_position, ..
        } = &entries[second];
        return Err(DocumentFailure::new(error, *key_position).under(key));
    }
    Ok(Node {
        value: NodeValue::Map(entries.into()),
        position: location(0),
    })
}

fn process(line: &str, start: usize, location: &dyn Fn(usize) -> Position) -> Option<Entry> {
    let (name, rest) = line.split_once(':')?;
    let is_name = const { Bytes::alphanumeric_and(b"_-") }.has_all_of(name);
    if name.is_empty() || !is_name || rest.contains('\r') {
        return None;
    }
    let command = rest.trim_start_matches(SPACES);
    let at = start + line.len() - command.len();
    Some(Entry {
        key: name.into(),
        key_position: location(start),
        node: Node {
            value: NodeValue::Scalar(Scalar::new(command.trim_end_matches(SPACES), Style::Quoted)),
            position: location(at),
        },
    })
}

fn rejected(here: Position) -> DocumentFailure {
    let error = Error::new(ErrorKind::InvalidDocument, "expected `name: command`");
    let help = "such as `web: bundle exec puma -p ${PORT:-3000}`; a command is one line";
    DocumentFailure::new(error.with_help(help), here)
}

/// A command that a value has broken into lines would be several when it is read again.
pub(super) fn is_one_line(command: &Scalar) -> bool {
    !command.text.expose().contains(['\n', '\r'])
}

pub(super) fn file(sheet: &mut Sheet, root: &Node) {
    for entry in root.entries().unwrap_or_default() {
        sheet.push(&entry.key);
        sheet.push(": ");
        let command = entry.node.scalar();
        sheet.push(command.map_or("", |command| command.text.expose()));
        sheet.push("\n");
    }
}
