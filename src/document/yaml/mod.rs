//! YAML as a tree with locations, from the events of saphyr's parser.
//!
//! First each event becomes a row of a table, as the file has them; then the rows become the tree, where an alias is all that
//! its anchor names and `<<` merges. So nothing is copied that no alias names, and what is copied is counted.
//!
//! | | |
//! |---|---|
//! | schema | the core schema of YAML 1.2, and text for what is no null, boolean or decimal number of it |
//! | documents | one |
//! | keys | scalars; a duplicate in a map is rejected, or its value is not known (`takes_duplicates`) |
//! | `<<` | a map or a list of maps: explicit keys win wherever they are, the first map of a list wins, a later `<<` wins over one before it |
//! | tags | `!`, `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!map`, `!!seq`; `!reset` and `!override` of Compose make a value unknown; others are rejected |
//! | line ends | `\n`, `\r\n`, `\r`; the others of YAML 1.1 (U+0085, U+2028, U+2029) are rejected, since readers disagree on them |
//!
//! Deliberate differences: Psych lets a `<<` after a key win over it, against its own specification, keeps a `<<` that holds
//! no map as a key of that name, and reads the first of several documents.

mod indent;
mod offsets;
mod rejection;
mod table;
mod tag;
mod tree;

use std::sync::Arc;

use crate::document::{Count, DocumentFailure, Node, NodeValue, Scalar, Style, checked};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::span::Position;
use indent::Indented;
use offsets::PositionOf;
use table::Table;
use tree::Tree;

/// Reads a document. `location` says where in the file a byte of the text is; where a document `takes_duplicates`, the value
/// of a duplicate key is not known, in place of an error of the whole document.
pub(crate) fn parse(
    document: &Arc<Secret>,
    location: &dyn Fn(usize) -> Position,
    takes_duplicates: bool,
) -> Result<Node, DocumentFailure> {
    let (text, skipped) = checked(document.expose(), location)?;
    let location: PositionOf<'_> = &|offset| location(offset + skipped);
    reject_other_line_ends(text, location)?;
    let mut misindented = None;
    let table = match Table::read(document, skipped, location, &mut misindented) {
        Err(failure) => match misindented {
            Some(at) => return indented(text, location, at, failure, takes_duplicates),
            None => return Err(failure),
        },
        Ok(table) => table,
    };
    tree(table, location, takes_duplicates)
}

/// Reads a document with what the parser wants deeper indented so.
fn indented(
    text: &str,
    location: PositionOf<'_>,
    mut at: usize,
    first: DocumentFailure,
    takes_duplicates: bool,
) -> Result<Node, DocumentFailure> {
    let mut lines = Indented::of(text);
    while lines.deepen(at) {
        let location: PositionOf<'_> = &|offset| location(lines.origin(offset));
        let mut misindented = None;
        match Table::read(&lines.text, 0, location, &mut misindented) {
            Ok(table) => return tree(table, location, takes_duplicates),
            Err(failure) => match misindented {
                Some(next) => at = next,
                None => return Err(failure),
            },
        }
    }
    Err(first)
}

fn tree(
    table: Table<'_>,
    location: PositionOf<'_>,
    takes_duplicates: bool,
) -> Result<Node, DocumentFailure> {
    let mut tree = Tree {
        rows: table.rows,
        count: Count::default(),
        location,
        takes_duplicates,
    };
    match table.root {
        Some(root) => tree.node(root, 0, false),
        None => Ok(Node {
            value: NodeValue::Scalar(Scalar::new("", Style::Plain)),
            position: location(0),
        }),
    }
}

fn reject_other_line_ends(text: &str, location: PositionOf<'_>) -> Result<(), DocumentFailure> {
    let is_one =
        |c: char| ('\u{80}'..='\u{9f}').contains(&c) || ('\u{2028}'..='\u{2029}').contains(&c);
    if text.is_ascii() {
        return Ok(());
    }
    match text.find(is_one) {
        Some(offset) => {
            let error = Error::new(
                ErrorKind::ControlCharacter,
                "expected none, and no line end but LF and CR: readers of YAML disagree on the others",
            );
            Err(DocumentFailure::new(error, location(offset)))
        }
        None => Ok(()),
    }
}

#[cfg(all(test, feature = "json"))]
mod suite;
#[cfg(test)]
mod tests;
