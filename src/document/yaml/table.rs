//! What the parser reads, as a table: a row for each value, in the order of the file.

use memchr::memchr;
use saphyr_parser::{Event, Parser, ScalarStyle, StrInput, Tag};

use std::sync::Arc;

use crate::document::yaml::indent;
use crate::document::yaml::offsets::{Offsets, PositionOf};
use crate::document::yaml::rejection::{
    glued_colon, malformed, no_scalar_key, no_space, rejected_tag, unreadable,
};
use crate::document::yaml::tag::{core_name, is_core, is_of_compose, not_merged, scalar};
use crate::document::{Count, DocumentFailure, MAX_DEPTH, Scalar, Style, too_deep};
use crate::error::Error;
use crate::grammar::raw_at;
use crate::key::{Key, Names};
use crate::secret::{Secret, SecretPiece};
use crate::span::Span;

/// A row of the table: what is at one location of the file.
pub(super) struct Row {
    pub(super) content: Content,
    /// Where it is in the text.
    pub(super) offset: usize,
    /// Whether an alias stands for it, too.
    pub(super) is_shared: bool,
}

#[derive(Clone)]
pub(super) enum Content {
    Scalar(Scalar),
    List(Vec<usize>),
    Map(Vec<Pair>),
    Alias(usize),
    /// A list or a map whose end is not read yet.
    Open,
}

#[derive(Clone)]
pub(super) struct Pair {
    pub(super) key: PairKey,
    /// Its row.
    pub(super) value: usize,
}

#[derive(Clone)]
pub(super) struct PairKey {
    pub(super) text: Key,
    pub(super) offset: usize,
    pub(super) is_merge: bool,
}

/// The rows, and what is open while they are read.
pub(super) struct Table<'p> {
    pub(super) rows: Vec<Row>,
    pub(super) root: Option<usize>,
    open: Vec<Frame>,
    /// The rows that anchors name, by the parser's numbers for anchors, which begin at one.
    anchors: Vec<usize>,
    /// The keys of what is open.
    names: Names,
    count: Count,
    document: &'p Arc<Secret>,
    /// Where in it the text begins that the parser reads.
    start: usize,
    location: PositionOf<'p>,
}

/// A list or a map that is being read.
struct Frame {
    row: usize,
    content: Building,
    /// Where its keys begin.
    names: usize,
    /// Whether what it is does not matter, since it is not known by its tag.
    is_unknown: bool,
}

enum Building {
    List(Vec<usize>),
    Map(Vec<Pair>, Option<PairKey>),
}

impl<'p> Table<'p> {
    /// Reads a document from a byte on; `misindented` becomes that of what is not indented as the parser wants it.
    pub(super) fn read(
        document: &'p Arc<Secret>,
        start: usize,
        location: PositionOf<'p>,
        misindented: &mut Option<usize>,
    ) -> Result<Self, DocumentFailure> {
        /// What a value and its key take, about.
        const ROW: usize = 32;
        let text = &document.expose()[start..];
        let mut table = Self {
            rows: Vec::with_capacity(text.len() / ROW),
            root: None,
            open: Vec::new(),
            anchors: Vec::new(),
            names: Names::of(text),
            count: Count::default(),
            document,
            start,
            location,
        };
        let offsets = Offsets::of(text);
        let mut parser: Parser<'_, StrInput<'_>> = Parser::new_from_str(text);
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| {
                let offset = offsets.byte(*error.marker());
                *misindented = error.info().contains(indent::INFO).then_some(offset);
                match glued_colon(text, offset, error.info()) {
                    Some(colon) => table.reject(no_space(), colon),
                    None => table.reject(unreadable(error.info()), offset),
                }
            })?;
            let offset = offsets.byte(span.start);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let error =
                            malformed("expected one document, and here begins a second one");
                        let help = "keep one, and no `---` after it";
                        return Err(table.reject(error.with_help(help), offset));
                    }
                }
                event => table
                    .take(event, offset, &text[offset..])
                    .map_err(|error| table.reject(error, offset))?,
            }
        }
        Ok(table)
    }

    /// Takes an event; `rest` is the file from there on.
    fn take(&mut self, event: Event<'_>, offset: usize, rest: &str) -> Result<(), Error> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_merge = text == "<<"
                    && style == ScalarStyle::Plain
                    && tag
                        .as_deref()
                        .is_none_or(|tag| core_name(tag) == Some("merge"));
                let tag = tag.filter(|_| !is_merge);
                let is_cut = style == ScalarStyle::Plain && is_cut(&text, rest);
                // What the parser gives is wiped, now or in the end. What it left where its buffer grew is not: values of
                // variables are filled in later for that reason, too, so that all of this is what is in the file.
                let text = Secret::new(text.into_owned());
                let mut scalar = scalar(self.piece(text, style, offset), style, tag.as_deref())?;
                if is_cut {
                    scalar.unknown = Some(raw_at::cut());
                }
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
                // The parser has rejected what no anchor names.
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
                    let error = malformed("expected no alias within what it stands for");
                    return Err(error.with_help("remove the alias, or write what is meant"));
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
            Event::SequenceEnd | Event::MappingEnd => self.end(),
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
        let is_unknown = tag.is_some_and(is_of_compose);
        if !is_unknown && tag.is_some_and(|tag| !is_core(tag, kind)) {
            return Err(rejected_tag(tag));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(too_deep());
        }
        let row = self.value(Content::Open, offset, anchor)?;
        self.open.push(Frame {
            row,
            content,
            names: self.names.len(),
            is_unknown,
        });
        Ok(())
    }

    fn end(&mut self) {
        if let Some(Frame {
            row,
            mut content,
            names,
            is_unknown,
        }) = self.open.pop()
        {
            if let Building::Map(pairs, _) = &mut content {
                let keys = pairs.iter_mut().map(|pair| &mut pair.key.text);
                self.names.share(names, keys);
            }
            self.rows[row].content = match content {
                _ if is_unknown => Content::Scalar(not_merged()),
                Building::List(rows) => Content::List(rows),
                Building::Map(pairs, _) => Content::Map(pairs),
            };
            self.put(row);
        }
    }

    /// A value as it is in the document, unless an escape or a line end made something else of it.
    fn piece(&self, text: Secret, style: ScalarStyle, offset: usize) -> SecretPiece {
        let start = self.start + offset + usize::from(style != ScalarStyle::Plain);
        let span = Span::new(start, start + text.len());
        match self.document.expose().get(span.range()) {
            Some(written) if written == text.expose() => SecretPiece::of(self.document, span),
            _ => text.into(),
        }
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
            names,
            ..
        }) = self.open.last_mut()
        {
            *key = Some(PairKey {
                text: self.names.push(*names, text),
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

    /// An error with its location, and with the way to it as far as it is known.
    #[cold]
    fn reject(&self, error: Error, offset: usize) -> DocumentFailure {
        let failure = DocumentFailure::new(error, (self.location)(offset));
        let frames = self.open.iter().rev();
        frames.fold(failure, |failure, frame| match &frame.content {
            Building::List(rows) => failure.under_index(rows.len()),
            Building::Map(_, Some(key)) => failure.under(self.names.name(frame.names, &key.text)),
            Building::Map(_, None) => failure,
        })
    }
}

/// Whether a comment cuts a URL off; `rest` is the file from where the URL begins.
fn is_cut(text: &str, rest: &str) -> bool {
    memchr(b':', text.as_bytes()).is_some()
        && text.contains("://")
        && rest.strip_prefix(text).is_some_and(|rest| {
            let line = rest.lines().next().unwrap_or_default();
            raw_at::is_cut(text, line)
        })
}
