//! The fields of one section, collected and checked one by one.

use std::borrow::Cow;
use std::cell::Cell;

use crate::config::Text;
use crate::config::tls_name::is_tls_name;
use crate::config::value::Setting;
use crate::document::node_ref::Located;
use crate::document::{Node, NodeValue, Scalar, ScalarKind};
use crate::error::{Error, ErrorKind};
use crate::grammar::{guard, placeholder};
use crate::key::Key;
use crate::settings::section::check::misplaced;
use crate::settings::section::slot::Slot;
use crate::source::{FileLocation, Source, ValueSource, is_plain_key};
use crate::span::{Component, Span};
use crate::sqlite;
use crate::warning::{Warning, WarningCode};
use crate::words::is_secret_name;

/// The name of a setting.
type Name<'s> = Cow<'s, str>;

/// A string, and where it came from.
pub(super) struct LocatedText<'s> {
    pub(super) text: Text<'s>,
    pub(super) from: ValueSource,
}

/// A setting next to the parts.
pub(super) struct SectionEntry<'s> {
    pub(super) name: Name<'s>,
    /// What an engine reads, if the setting may be one of the engine's.
    pub(super) word: Option<&'s str>,
    /// What the program reads, if the setting may be the program's.
    pub(super) kept: Option<Kept<'s>>,
    pub(super) from: ValueSource,
    /// Whether the engine has made it its own; any other stays the program's.
    pub(super) is_known: Cell<bool>,
}

/// A value for the program: as the file has it, or as the program takes what a URL gives as a string.
pub(super) enum Kept<'s> {
    Node(&'s Node),
    Typed(Box<Setting>),
}

impl Kept<'_> {
    pub(super) fn is_scalar(&self) -> bool {
        match self {
            Self::Node(node) => node.scalar().is_some() && node.unknown().is_none(),
            Self::Typed(setting) => !matches!(**setting, Setting::List(_) | Setting::Map(_)),
        }
    }

    pub(super) fn into_setting(self) -> Setting {
        match self {
            Self::Node(node) => setting(node),
            Self::Typed(setting) => *setting,
        }
    }
}

/// The fields of one database.
pub(in crate::settings) struct Fields<'s> {
    /// Where the section is.
    pub(super) section: Source,
    pub(super) slots: Vec<(Slot, LocatedText<'s>)>,
    pub(super) entries: Vec<SectionEntry<'s>>,
    pub(super) sqlite: sqlite::Family,
    pub(super) errors: Vec<Error>,
    pub(super) warnings: Vec<Warning>,
}

impl<'s> Fields<'s> {
    pub(in crate::settings) const fn new(section: Source, sqlite: sqlite::Family) -> Self {
        Self {
            section,
            slots: Vec::new(),
            entries: Vec::new(),
            sqlite,
            errors: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// What is wrong so far, together, before anything is missed.
    pub(in crate::settings) fn checked(&mut self) -> Result<(), Error> {
        Error::together(std::mem::take(&mut self.errors))
    }

    pub(in crate::settings) fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    pub(in crate::settings) fn warn_if(&mut self, warning: Option<Warning>) {
        self.warnings.extend(warning);
    }

    /// Makes room for the members of a map, each of which is a setting.
    pub(in crate::settings) fn reserve(&mut self, map: &Located<'_>) {
        let members = map.node.entries().unwrap_or_default();
        self.entries.reserve(members.len());
    }

    /// A setting that a URL gives as a string, as the program takes it.
    pub(in crate::settings) fn typed(
        &mut self,
        name: impl Into<Name<'s>>,
        setting: Setting,
        from: impl Into<ValueSource>,
    ) {
        self.entries.push(SectionEntry {
            name: name.into(),
            word: None,
            kept: Some(Kept::Typed(Box::new(setting))),
            from: from.into(),
            is_known: Cell::new(false),
        });
    }

    /// A failure that is reported together with others.
    pub(in crate::settings) fn fail(&mut self, error: Error) {
        self.errors.push(error);
    }

    /// A part; null is not given. What is no scalar is an error, and so is a second value under another name.
    pub(in crate::settings) fn slot(&mut self, slot: Slot, at: &Located<'s>) {
        let Some(scalar) = at.node.scalar() else {
            let detail = "expected a string or a number";
            return self.fail(
                Error::new(ErrorKind::InvalidValue, detail)
                    .of(slot.component())
                    .with_source(&at.source())
                    .with_help("a list or a map has no meaning here"),
            );
        };
        if scalar.is_null() {
            return;
        }
        if let Some(error) = &scalar.unknown {
            return self.fail(error.clone());
        }
        if let Some(error) = misplaced(slot, scalar.text.expose()) {
            return self.fail(error.with_source(&at.source()));
        }
        if self
            .text(slot)
            .is_some_and(|text| text != scalar.text.expose())
        {
            let detail = "another key says something else";
            return self.fail(
                Error::new(ErrorKind::Conflict, detail)
                    .of(slot.component())
                    .with_source(&at.source())
                    .with_help("keep one of the two"),
            );
        }
        self.suspect(slot, scalar, &at.location());
        self.put(slot, scalar.text.expose(), at.value_source());
    }

    pub(in crate::settings) fn put(
        &mut self,
        slot: Slot,
        text: impl Into<Text<'s>>,
        from: impl Into<ValueSource>,
    ) {
        let (text, from) = (text.into(), from.into());
        self.slots.retain(|(known, _)| *known != slot);
        self.slots.push((slot, LocatedText { text, from }));
    }

    pub(in crate::settings) fn has(&self, slot: Slot) -> bool {
        self.slots.iter().any(|(known, _)| *known == slot)
    }

    pub(super) fn slot_of(&self, slot: Slot) -> Option<&LocatedText<'s>> {
        let (_, given) = self.slots.iter().find(|(known, _)| *known == slot)?;
        Some(given)
    }

    pub(in crate::settings) fn text(&self, slot: Slot) -> Option<&str> {
        Some(self.slot_of(slot)?.text.as_str())
    }

    /// A setting by its name: a scalar may be one of the engine's, all else is for the program.
    pub(in crate::settings) fn param(&mut self, name: impl Into<Name<'s>>, at: &Located<'s>) {
        self.keep(name.into(), at.node.scalar(), at);
    }

    /// A setting of the engine in its own words, such as the `sslmode` that a program's options amount to.
    pub(in crate::settings) fn word(
        &mut self,
        name: &'s str,
        text: &'s str,
        from: impl Into<ValueSource>,
    ) {
        self.entries.push(SectionEntry {
            name: name.into(),
            word: Some(text),
            kept: None,
            from: from.into(),
            is_known: Cell::new(false),
        });
    }

    /// A setting that is the program's own, whatever an engine calls by that name.
    pub(in crate::settings) fn extra(&mut self, name: impl Into<Name<'s>>, at: &Located<'s>) {
        self.keep(name.into(), None, at);
    }

    /// A setting, and what an engine may read of it.
    fn keep(&mut self, name: Name<'s>, shared: Option<&'s Scalar>, at: &Located<'s>) {
        let word = match shared {
            Some(Scalar {
                unknown: Some(error),
                ..
            }) if is_needed(&name) => return self.fail(error.clone()),
            Some(scalar) if scalar.is_null() => return,
            Some(scalar) if scalar.unknown.is_none() => Some(scalar.text.expose()),
            _ => None,
        };
        if let Some(text) = word {
            let (whole, component) = (Span::new(0, text.len()), Component::Query);
            if let Err(error) = guard::masked(text.as_bytes(), component, whole) {
                self.doubt(&error, &at.location());
            }
        }
        let key = at.key_of(&name);
        if !key.map_or_else(|| is_plain_key(&name), Key::is_plain) {
            return self.fail(not_plain(at));
        }
        if let Some(error) = at.node.unknown() {
            self.not_known(error, at);
        }
        self.entries.push(SectionEntry {
            name,
            word,
            kept: Some(Kept::Node(at.node)),
            from: at.value_source(),
            is_known: Cell::new(false),
        });
    }

    /// Warns of a value that nothing here depends on.
    pub(in crate::settings) fn not_known(&mut self, error: &Error, at: &Located<'_>) {
        let (cause, help) = match error.kind() {
            ErrorKind::DuplicateKey => ("its key is there twice", "remove one of the two"),
            _ => (
                "it is Ruby that is not evaluated",
                "put the finished value in a variable, and name that with ENV[\"…\"]",
            ),
        };
        let message = format!("{}: the value is not known: {cause}", at.location());
        self.warn(Warning::new(WarningCode::UnknownValue, message, help));
    }

    /// A part that looks as if something was meant to be put in its place.
    fn suspect(&mut self, slot: Slot, scalar: &Scalar, location: &FileLocation) {
        let text = scalar.text.expose();
        let bytes = text.as_bytes();
        let whole = Span::new(0, text.len());
        let component = slot.component();
        let likely = match slot {
            Slot::Password if guard::control(text.as_bytes(), false).is_some() => {
                Some(WarningCode::ControlCharacter)
            }
            Slot::Password if placeholder::is_placeholder(bytes) => {
                Some(WarningCode::PlaceholderPassword)
            }
            Slot::Password => None,
            _ => placeholder::in_part(bytes),
        };
        if let Some(code) = likely {
            let warning = Warning::named(code, &[component.as_str()]);
            self.warn(warning.about(location));
            return;
        }
        let odd = guard::masked(bytes, component, whole)
            .and_then(|()| guard::references(bytes, false))
            .and_then(|()| match text {
                "" => Ok(()),
                text => guard::surroundings(text),
            });
        if let Err(error) = odd {
            self.doubt(&error, location);
        }
    }

    /// Warns of what would be an error in a URL.
    fn doubt(&mut self, error: &Error, location: &FileLocation) {
        let message = format!("{location}: {}", error.kind().phrase());
        let help = match error.kind() {
            // A field takes any value as it is.
            ErrorKind::MaskedValue => "put the real value there".to_owned(),
            _ => error.help().unwrap_or_default().to_owned(),
        };
        self.warn(Warning::new(WarningCode::SuspiciousValue, message, help));
    }
}

#[cold]
fn not_plain(at: &Located<'_>) -> Error {
    at.error(
        ErrorKind::UnknownKey,
        "expected the plain name of a setting",
        "letters, digits, `_`, `-` and `.`; a value follows the colon",
    )
}

/// Whether a connection depends on a setting: TLS, how one logs in, and where.
fn is_needed(name: &str) -> bool {
    let others = [
        "hostaddr",
        "service",
        "options",
        "passfile",
        "channel_binding",
        "require_auth",
    ];
    is_tls_name(name) || is_secret_name(name) || others.contains(&name)
}

/// A value of a settings file as it is handed on.
pub(in crate::settings) fn setting(node: &Node) -> Setting {
    if node.unknown().is_some() {
        return Setting::Map(vec![("unknown".to_owned(), Setting::Bool(true))]);
    }
    match &node.value {
        NodeValue::Scalar(scalar) => match scalar.kind() {
            ScalarKind::Null => Setting::Null,
            ScalarKind::Bool(given) => Setting::Bool(given),
            ScalarKind::Integer(number) => Setting::Integer(number),
            ScalarKind::Float(number) => Setting::Float(number),
            ScalarKind::Text => Setting::Text(scalar.text.to_secret()),
        },
        NodeValue::List(nodes) => Setting::List(nodes.iter().map(setting).collect()),
        NodeValue::Map(entries) => Setting::Map(
            entries
                .iter()
                .map(|entry| (entry.key.to_string(), setting(&entry.node)))
                .collect(),
        ),
    }
}
