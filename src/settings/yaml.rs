//! YAML as a tree with places, from the events of saphyr's parser.
//!
//! First each event becomes a row of a table, as the file has them; then the rows become the tree, where an alias is all that
//! its anchor names and `<<` merges. So nothing is copied that no alias asks for, and what is copied is counted.
//!
//! | | |
//! |---|---|
//! | schema | the core schema of YAML 1.2, and text for what is no null, boolean or decimal number of it |
//! | documents | one |
//! | keys | scalars; one that stands twice in a map is refused |
//! | `<<` | a map or a list of maps: explicit keys win wherever they stand, the first map of a list wins, a later `<<` wins over one before it |
//! | tags | `!`, `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!map`, `!!seq`; others are refused |
//! | line ends | `\n`, `\r\n`, `\r`; the others of YAML 1.1 (U+0085, U+2028, U+2029) are refused, since readers disagree on them |
//!
//! Deliberate differences: Psych lets a `<<` behind a key win over it, against its own specification, keeps a `<<` that holds
//! no map as a key of that name, and reads the first of several documents.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput, Tag};

use crate::error::{Error, ErrorKind};
use crate::place::Position;
use crate::secret::Secret;
use crate::settings::document::{
    Count, Entry, Failure, Kind, MAX_DEPTH, Node, Scalar, Style, Value, checked, duplicate,
    first_duplicate, too_deep,
};

type Place<'p> = &'p dyn Fn(usize) -> Position;

/// Reads a document. `place` says where in the file a byte of the text stands.
pub(super) fn parse(text: &str, place: &dyn Fn(usize) -> Position) -> Result<Node, Failure> {
    let (text, skipped) = checked(text, place)?;
    let place: Place<'_> = &|offset| place(offset + skipped);
    refuse_other_line_ends(text, place)?;
    let table = Table::read(text, place)?;
    let mut tree = Tree {
        rows: table.rows,
        count: Count::default(),
        place,
    };
    match table.root {
        Some(root) => tree.node(root, 0, false),
        None => Ok(Node {
            value: Value::Scalar(Scalar::new("", Style::Plain)),
            position: place(0),
        }),
    }
}

fn malformed(expected: &'static str) -> Error {
    Error::new(ErrorKind::InvalidDocument, expected)
}

fn refuse_other_line_ends(text: &str, place: Place<'_>) -> Result<(), Failure> {
    let is_one =
        |c: char| ('\u{80}'..='\u{9f}').contains(&c) || ('\u{2028}'..='\u{2029}').contains(&c);
    match text.find(is_one) {
        Some(offset) if !text.is_ascii() => {
            let error = Error::new(
                ErrorKind::ControlCharacter,
                "expected none, and no line end but LF and CR: readers of YAML disagree on the others",
            );
            Err(Failure::new(error, place(offset)))
        }
        _ => Ok(()),
    }
}

/// A row of the table: what stands at one place of the file.
struct Row {
    content: Content,
    /// Where it stands in the text.
    offset: usize,
    /// Whether an alias stands for it, too.
    is_shared: bool,
}

#[derive(Clone)]
enum Content {
    Scalar(Scalar),
    List(Vec<usize>),
    Map(Vec<Pair>),
    Alias(usize),
    /// A list or a map whose end is not read yet.
    Open,
}

#[derive(Clone)]
struct Pair {
    key: Key,
    /// Its row.
    value: usize,
}

#[derive(Clone)]
struct Key {
    text: String,
    offset: usize,
    is_merge: bool,
}

/// The rows, and what is open while they are read.
struct Table<'p> {
    rows: Vec<Row>,
    root: Option<usize>,
    open: Vec<Frame>,
    /// The rows that anchors name, by the parser's numbers for anchors, which begin at one.
    anchors: Vec<usize>,
    count: Count,
    place: Place<'p>,
}

/// A list or a map that is being read.
struct Frame {
    row: usize,
    content: Building,
}

enum Building {
    List(Vec<usize>),
    Map(Vec<Pair>, Option<Key>),
}

impl<'p> Table<'p> {
    fn read(text: &str, place: Place<'p>) -> Result<Self, Failure> {
        let mut table = Self {
            rows: Vec::new(),
            root: None,
            open: Vec::new(),
            anchors: Vec::new(),
            count: Count::default(),
            place,
        };
        let offsets = Offsets::of(text);
        let mut parser: Parser<'_, StrInput<'_>> = Parser::new_from_str(text);
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| {
                table.refuse(unreadable(error.info()), offsets.byte(*error.marker()))
            })?;
            let offset = offsets.byte(span.start);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let error =
                            malformed("expected one document, and here begins a second one");
                        let help = "keep one, and no `---` behind it";
                        return Err(table.refuse(error.with_help(help), offset));
                    }
                }
                event => table
                    .take(event, offset)
                    .map_err(|error| table.refuse(error, offset))?,
            }
        }
        Ok(table)
    }

    fn take(&mut self, event: Event<'_>, offset: usize) -> Result<(), Error> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_merge = text == "<<"
                    && style == ScalarStyle::Plain
                    && tag
                        .as_deref()
                        .is_none_or(|tag| core_tag(tag) == Some("merge"));
                let tag = tag.filter(|_| !is_merge);
                let scalar = scalar(text, style, tag.as_deref())?;
                if self.is_key_next() {
                    self.key(&scalar, offset, is_merge)?;
                    if anchor > 0 {
                        self.row(Content::Scalar(scalar), offset, anchor);
                    }
                    return Ok(());
                }
                let row = self.value(Content::Scalar(scalar), offset, anchor)?;
                self.put(row);
            }
            Event::Alias(anchor) => {
                // The parser has refused what no anchor names.
                let target = self.anchors.get(anchor.wrapping_sub(1)).copied();
                let target = target.ok_or_else(|| malformed("expected an anchor"))?;
                if self.is_key_next() {
                    let Content::Scalar(scalar) = &self.rows[target].content else {
                        return Err(no_scalar_key());
                    };
                    let scalar = scalar.clone();
                    return self.key(&scalar, offset, false);
                }
                if matches!(self.rows[target].content, Content::Open) {
                    return Err(malformed("expected no alias within what it stands for"));
                }
                self.rows[target].is_shared = true;
                let row = self.value(Content::Alias(target), offset, 0)?;
                self.put(row);
            }
            Event::SequenceStart(anchor, tag) => {
                self.start(
                    Building::List(Vec::new()),
                    "seq",
                    tag.as_deref(),
                    offset,
                    anchor,
                )?;
            }
            Event::MappingStart(anchor, tag) => {
                let map = Building::Map(Vec::new(), None);
                self.start(map, "map", tag.as_deref(), offset, anchor)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end()?,
            _ => {}
        }
        Ok(())
    }

    fn start(
        &mut self,
        content: Building,
        kind: &str,
        tag: Option<&Tag>,
        offset: usize,
        anchor: usize,
    ) -> Result<(), Error> {
        if self.is_key_next() {
            return Err(no_scalar_key());
        }
        if tag.is_some_and(|tag| !is_non_specific(tag) && core_tag(tag) != Some(kind)) {
            return Err(refused_tag(tag));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(too_deep());
        }
        let row = self.value(Content::Open, offset, anchor)?;
        self.open.push(Frame { row, content });
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        let Some(Frame { row, content }) = self.open.pop() else {
            return Ok(());
        };
        self.rows[row].content = match content {
            Building::List(rows) => Content::List(rows),
            Building::Map(pairs, _) => Content::Map(pairs),
        };
        self.put(row);
        Ok(())
    }

    fn is_key_next(&self) -> bool {
        let frame = self.open.last();
        frame.is_some_and(|frame| matches!(frame.content, Building::Map(_, None)))
    }

    fn key(&mut self, scalar: &Scalar, offset: usize, is_merge: bool) -> Result<(), Error> {
        let text = scalar.text.expose();
        if text.is_empty() && scalar.style == Style::Plain {
            return Err(malformed("expected a key"));
        }
        if let Some(Frame {
            content: Building::Map(_, key),
            ..
        }) = self.open.last_mut()
        {
            *key = Some(Key {
                text: text.to_owned(),
                offset,
                is_merge,
            });
        }
        Ok(())
    }

    fn value(&mut self, content: Content, offset: usize, anchor: usize) -> Result<usize, Error> {
        self.count.one()?;
        Ok(self.row(content, offset, anchor))
    }

    fn row(&mut self, content: Content, offset: usize, anchor: usize) -> usize {
        let row = self.rows.len();
        if anchor > 0 {
            // Numbers of anchors go up one by one.
            self.anchors.resize(anchor, row);
        }
        self.rows.push(Row {
            content,
            offset,
            is_shared: false,
        });
        row
    }

    /// Puts a row where it belongs: into what is open.
    fn put(&mut self, row: usize) {
        match self.open.last_mut() {
            None => self.root = Some(row),
            Some(frame) => match &mut frame.content {
                Building::List(rows) => rows.push(row),
                Building::Map(pairs, key) => {
                    if let Some(key) = key.take() {
                        pairs.push(Pair { key, value: row });
                    }
                }
            },
        }
    }

    /// An error with its place, and with the way to it as far as it is known.
    #[cold]
    fn refuse(&self, error: Error, offset: usize) -> Failure {
        let failure = Failure::new(error, (self.place)(offset));
        let frames = self.open.iter().rev();
        frames.fold(failure, |failure, frame| match &frame.content {
            Building::List(rows) => failure.under_index(rows.len()),
            Building::Map(_, Some(key)) => failure.under(&key.text),
            Building::Map(_, None) => failure,
        })
    }
}

fn no_scalar_key() -> Error {
    malformed("expected a key that is no list and no map")
        .with_help("put a value that begins with `{`, `[` or `*` in quotation marks")
}

/// A scalar as its tag has it.
fn scalar(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>) -> Result<Scalar, Error> {
    // What the parser gives is taken over and wiped in the end. What it left where its buffer grew is not: values of
    // variables are filled in later for that reason, too, so that all of this is what stands in the file.
    let text = Secret::new(text.into_owned());
    let style = match style {
        ScalarStyle::Plain => Style::Plain,
        _ => Style::Quoted,
    };
    let Some(tag) = tag else {
        return Ok(Scalar::new(text, style));
    };
    let name = core_tag(tag);
    if name == Some("str") || is_non_specific(tag) {
        return Ok(Scalar::new(text, Style::Quoted));
    }
    let scalar = Scalar::new(text, Style::Plain);
    let is_of_it = match (name, scalar.kind()) {
        (Some("null"), kind) => kind == Kind::Null,
        (Some("bool"), kind) => matches!(kind, Kind::Bool(_)),
        (Some("int"), kind) => matches!(kind, Kind::Integer(_)),
        (Some("float"), kind) => matches!(kind, Kind::Integer(_) | Kind::Float(_)),
        _ => return Err(refused_tag(Some(tag))),
    };
    if is_of_it {
        Ok(scalar)
    } else {
        Err(malformed("expected a value of the type that its tag names"))
    }
}

/// The name of a tag of YAML's own, such as `str` of `!!str`.
fn core_tag(tag: &Tag) -> Option<&str> {
    const PREFIX: &str = "tag:yaml.org,2002:";
    match &*tag.handle {
        PREFIX => Some(&tag.suffix),
        "" => tag.suffix.strip_prefix(PREFIX),
        _ => None,
    }
}

/// `!` alone.
fn is_non_specific(tag: &Tag) -> bool {
    tag.handle.is_empty() && tag.suffix == "!"
}

fn refused_tag(tag: Option<&Tag>) -> Error {
    let is_ruby = tag.is_some_and(|tag| {
        let names = [&*tag.handle, &*tag.suffix];
        names.iter().any(|name| name.contains("ruby/"))
    });
    let expected = if is_ruby {
        "expected no object of Ruby; none is made from settings"
    } else {
        "expected no tag but YAML's own, such as `!!str`"
    };
    malformed(expected).with_help("put a text that begins with `!` in quotation marks")
}

/// The tree, made of the rows.
struct Tree<'p> {
    rows: Vec<Row>,
    count: Count,
    place: Place<'p>,
}

impl Tree<'_> {
    /// A row with all that is in it; of what an alias stands for, too, a copy.
    fn node(&mut self, row: usize, depth: usize, is_copy: bool) -> Result<Node, Failure> {
        let Row {
            content,
            offset,
            is_shared,
        } = &mut self.rows[row];
        let position = (self.place)(*offset);
        let is_copy = is_copy || *is_shared;
        let content = if is_copy {
            content.clone()
        } else {
            std::mem::replace(content, Content::Open)
        };
        if let Content::Alias(target) = content {
            return self.node(target, depth, true);
        }
        let failed = |error| Failure::new(error, position);
        self.count.one().map_err(failed)?;
        if depth >= MAX_DEPTH && matches!(content, Content::List(_) | Content::Map(_)) {
            return Err(failed(too_deep()));
        }
        let value = match content {
            Content::Scalar(scalar) => Value::Scalar(scalar),
            Content::Map(pairs) => Value::Map(self.map(pairs, depth + 1, is_copy)?),
            Content::List(rows) => {
                let mut nodes = Vec::with_capacity(rows.len());
                for row in rows {
                    let node = self.node(row, depth + 1, is_copy);
                    nodes.push(node.map_err(|failure| failure.under_index(nodes.len()))?);
                }
                Value::List(nodes)
            }
            // Each row is in one place only, and each alias in what is read already.
            Content::Alias(_) | Content::Open => Value::Scalar(Scalar::new("", Style::Plain)),
        };
        Ok(Node { value, position })
    }

    fn map(
        &mut self,
        pairs: Vec<Pair>,
        depth: usize,
        is_copy: bool,
    ) -> Result<Vec<Entry>, Failure> {
        let explicit = |pair: &Pair| !pair.key.is_merge;
        let named = pairs.iter().filter(|pair| explicit(pair));
        let named: Vec<&Key> = named.map(|pair| &pair.key).collect();
        if let Some((second, first)) = first_duplicate(&named, |key| &key.text) {
            let error = duplicate((self.place)(named[first].offset));
            let Key { text, offset, .. } = named[second];
            return Err(Failure::new(error, (self.place)(*offset)).under(text));
        }
        let mut merged = Merged::default();
        let has_merges = !pairs.iter().all(explicit);
        merged.entries.reserve_exact(pairs.len());
        for Pair { key, value } in pairs {
            if key.is_merge {
                for entry in self.merge(value, depth, is_copy)? {
                    merged.take(entry, false);
                }
                continue;
            }
            let node = self
                .node(value, depth, is_copy)
                .map_err(|failure| failure.under(&key.text))?;
            let entry = Entry {
                key_position: (self.place)(key.offset),
                key: key.text,
                node,
            };
            if has_merges {
                merged.take(entry, true);
            } else {
                merged.entries.push(entry);
            }
        }
        Ok(merged.entries)
    }

    /// What a `<<` brings, in the order in which later entries win.
    fn merge(&mut self, row: usize, depth: usize, is_copy: bool) -> Result<Vec<Entry>, Failure> {
        // A merge is one level deeper, so that a chain of them ends.
        let node = self.node(row, depth, is_copy)?;
        let sources = match node.value {
            Value::List(nodes) => nodes,
            _ => vec![node],
        };
        let mut entries = Vec::new();
        for source in sources.into_iter().rev() {
            if source.is_null() {
                continue;
            }
            let Value::Map(map) = source.value else {
                let error = malformed("expected a map, or a list of maps, behind `<<`");
                return Err(Failure::new(error, source.position));
            };
            entries.extend(map);
        }
        Ok(entries)
    }
}

/// The entries of a map with merges.
#[derive(Default)]
struct Merged {
    entries: Vec<Entry>,
    /// Where a key is, and whether it stands in the map itself.
    known: BTreeMap<String, (usize, bool)>,
}

impl Merged {
    fn take(&mut self, entry: Entry, is_explicit: bool) {
        match self.known.get_mut(&entry.key) {
            None => {
                let place = (self.entries.len(), is_explicit);
                self.known.insert(entry.key.clone(), place);
                self.entries.push(entry);
            }
            Some((_, true)) => {}
            Some((index, known)) => {
                *known = is_explicit;
                self.entries[*index] = entry;
            }
        }
    }
}

/// Byte offsets of the parser's places, which count characters.
struct Offsets<'t> {
    text: &'t str,
    /// Those of every [`Self::STEP`] characters; none where each character is a byte.
    known: Vec<usize>,
}

impl<'t> Offsets<'t> {
    const STEP: usize = 64;

    fn of(text: &'t str) -> Self {
        let known = if text.is_ascii() {
            Vec::new()
        } else {
            let offsets = text.char_indices().map(|(offset, _)| offset);
            offsets.step_by(Self::STEP).collect()
        };
        Self { text, known }
    }

    fn byte(&self, mark: Marker) -> usize {
        let index = mark.index();
        if self.known.is_empty() {
            return index.min(self.text.len());
        }
        let Some(&start) = self.known.get(index / Self::STEP) else {
            return self.text.len();
        };
        let behind = self.text[start..].char_indices().nth(index % Self::STEP);
        behind.map_or(self.text.len(), |(offset, _)| start + offset)
    }
}

/// What the parser says of a text that is no YAML, in our words: its own could change, or quote the text.
fn unreadable(info: &str) -> Error {
    const QUOTE: &str = "put the value in quotation marks";
    let (expected, help) = match info {
        "recursion limit exceeded" => return too_deep(),
        info if info.starts_with("unexpected character") => (
            "expected no value that begins with `@`, `%` or a backtick",
            QUOTE,
        ),
        "mapping values are not allowed in this context" => (
            "expected no second `: ` in a value, and no line that is indented deeper than its key",
            QUOTE,
        ),
        "while parsing node, found unknown anchor" => (
            "expected an anchor (`&name`) before its alias (`*name`)",
            "put a value that begins with `*` in quotation marks",
        ),
        info if info.contains("tab") => ("expected no tab here", "indent with spaces"),
        info if info.contains("indentation") || info.contains("indented") => {
            ("expected the indentation of the lines around it", "")
        }
        info if info.contains("unexpected end of stream") => {
            ("expected a quotation mark at the value's end", "")
        }
        info if info.contains("escape") => (
            "expected an escape of YAML",
            "write a backslash as `\\\\`, or put the value in single quotation marks",
        ),
        info if info.starts_with("simple key expect") => ("expected `: ` behind a key", ""),
        info if info.contains("flow") || info.contains("bracket") => (
            "expected `,` or the bracket that closes the list or map",
            QUOTE,
        ),
        info if info.contains("byte order mark") => {
            ("expected no byte order mark within the document", "")
        }
        info if info.contains("directive") => ("expected no `%` at the front of a line", QUOTE),
        info if info.contains("handle") => return refused_tag(None),
        _ => ("expected well-formed YAML", QUOTE),
    };
    malformed(expected).with_help(help)
}

#[cfg(test)]
mod tests;
