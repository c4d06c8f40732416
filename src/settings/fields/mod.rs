//! What settings say of one database, field by field, made into a config.
//!
//! Settings of the engine (`sslmode`, `charset`) are read as the query of a URL is, so that every spelling, every check and
//! every "did you mean" is the same; the error then has the field's own location. A URL that the settings name comes first:
//! fields give what it leaves open.

mod base;
mod build;
mod check;
mod engine;
mod tls;

use std::borrow::Cow;

use crate::config::Text;
use crate::database::Database;
use crate::document::node_ref::Located;
use crate::document::{Kind, Node, Scalar, Value, shown_key};
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::grammar::{guard, placeholder};
use crate::resolution::{Extra, Parts, Resolved};
use crate::settings::fields::engine::Read;
use crate::source::{FilePlace, Provenance, Source};
use crate::span::{Component, Span};
use crate::sqlite;
use crate::tls_name::is_tls_name;
use crate::value::Setting;
use crate::warning::{Warning, WarningCode};
use crate::words::is_secret_name;

pub(super) use base::Base;
pub(super) use tls::is_switch;

/// The parts of a database that every system has a key for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    User,
    Password,
    Host,
    Port,
    Database,
    Socket,
}

impl Slot {
    pub(super) const fn component(self) -> Component {
        match self {
            Self::User => Component::User,
            Self::Password => Component::Password,
            Self::Host => Component::Host,
            Self::Port => Component::Port,
            Self::Database => Component::Database,
            Self::Socket => Component::Setting("socket"),
        }
    }

    /// Whether a database says something of it.
    pub(super) fn is_in(self, database: &Database) -> bool {
        match self {
            Self::User => database.user().is_some(),
            Self::Password => database.password().is_some(),
            Self::Host => {
                database.socket().is_some()
                    || database
                        .hosts()
                        .any(|host| host.host().is_some() || host.hostaddr().is_some())
            }
            Self::Port => database.hosts().any(|host| host.port().is_some()),
            Self::Database => database.dbname().is_some(),
            Self::Socket => {
                database.socket().is_some() || database.hosts().any(|host| host.host().is_some())
            }
        }
    }
}

/// A string, and where it came from.
struct Given<'s> {
    text: Text<'s>,
    from: Source,
}

/// A setting next to the parts.
struct Entry<'s> {
    name: Cow<'s, str>,
    /// What an engine reads, if the setting may be one of the engine's.
    word: Option<Text<'s>>,
    /// What the program reads, if the setting may be the program's.
    kept: Option<Kept<'s>>,
    from: Source,
}

/// A value for the program: as the file has it, or as the program takes what a URL gives as a string.
enum Kept<'s> {
    Node(&'s Node),
    Typed(Setting),
}

impl Kept<'_> {
    fn is_scalar(&self) -> bool {
        match self {
            Self::Node(node) => node.scalar().is_some() && node.unknown().is_none(),
            Self::Typed(setting) => !matches!(setting, Setting::List(_) | Setting::Map(_)),
        }
    }

    fn into_setting(self) -> Setting {
        match self {
            Self::Node(node) => setting(node),
            Self::Typed(setting) => setting,
        }
    }
}

/// The fields of one database.
pub(super) struct Fields<'s> {
    /// Where the section is.
    section: Source,
    slots: Vec<(Slot, Given<'s>)>,
    entries: Vec<Entry<'s>>,
    sqlite: sqlite::Family,
    errors: Vec<Error>,
    warnings: Vec<Warning>,
}

impl<'s> Fields<'s> {
    pub(super) const fn new(section: Source, sqlite: sqlite::Family) -> Self {
        Self {
            section,
            slots: Vec::new(),
            entries: Vec::new(),
            sqlite,
            errors: Vec::new(),
            warnings: Vec::new(),
        }
    }

    pub(super) fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    pub(super) fn warn_if(&mut self, warning: Option<Warning>) {
        self.warnings.extend(warning);
    }

    /// A setting that a URL gives as a string, as the program takes it.
    pub(super) fn typed(&mut self, name: impl Into<Cow<'s, str>>, setting: Setting, from: Source) {
        self.entries.push(Entry {
            name: name.into(),
            word: None,
            kept: Some(Kept::Typed(setting)),
            from,
        });
    }

    /// A failure that is reported together with others.
    pub(super) fn fail(&mut self, error: Error) {
        self.errors.push(error);
    }

    /// A part; null is not given. What is no scalar is an error, and so is a second value under another name.
    pub(super) fn slot(&mut self, slot: Slot, at: &Located<'s>) {
        let Some(scalar) = at.node.scalar() else {
            let detail = "expected a string or a number";
            return self.fail(
                Error::new(ErrorKind::InvalidValue, detail)
                    .of(slot.component())
                    .said_by(&at.source())
                    .with_help("a list or a map has no meaning here"),
            );
        };
        if scalar.kind() == Kind::Null {
            return;
        }
        if let Some(error) = &scalar.unknown {
            return self.fail(error.clone());
        }
        if let Some(error) = check::misplaced(slot, scalar.text.expose()) {
            return self.fail(error.said_by(&at.source()));
        }
        if self
            .text(slot)
            .is_some_and(|text| text != scalar.text.expose())
        {
            let detail = "another key says something else";
            return self.fail(
                Error::new(ErrorKind::Conflict, detail)
                    .of(slot.component())
                    .said_by(&at.source())
                    .with_help("keep one of the two"),
            );
        }
        self.suspect(slot, scalar, &at.place());
        self.put(slot, scalar.text.expose(), at.origin());
    }

    pub(super) fn put(&mut self, slot: Slot, text: impl Into<Text<'s>>, from: Source) {
        let text = text.into();
        self.slots.retain(|(known, _)| *known != slot);
        self.slots.push((slot, Given { text, from }));
    }

    pub(super) fn has(&self, slot: Slot) -> bool {
        self.slots.iter().any(|(known, _)| *known == slot)
    }

    pub(super) fn text(&self, slot: Slot) -> Option<&str> {
        let (_, given) = self.slots.iter().find(|(known, _)| *known == slot)?;
        Some(given.text.as_str())
    }

    /// A setting by its name: a scalar may be one of the engine's, all else is for the program.
    pub(super) fn param(&mut self, name: impl Into<Cow<'s, str>>, at: &Located<'s>) {
        let name = name.into();
        if let Some(error) = at.node.unknown().filter(|_| is_needed(&name)) {
            return self.fail(error.clone());
        }
        let scalar = at.node.scalar();
        if scalar.is_some_and(|scalar| scalar.kind() == Kind::Null) {
            return;
        }
        let scalar = scalar.filter(|scalar| scalar.unknown.is_none());
        let word = scalar.map(|scalar| scalar.text.expose());
        if let Some(text) = word {
            let (whole, component) = (Span::new(0, text.len()), Component::Query);
            if let Err(error) = guard::masked(text.as_bytes(), component, whole) {
                self.doubt(&error, &at.place());
            }
        }
        self.keep(name, word.map(Text::from), at);
    }

    /// A setting of the engine in its own words, such as the `sslmode` that a program's options amount to.
    pub(super) fn word(&mut self, name: &'s str, text: impl Into<Text<'s>>, from: Source) {
        self.entries.push(Entry {
            name: name.into(),
            word: Some(text.into()),
            kept: None,
            from,
        });
    }

    /// A setting that is the program's own, whatever an engine calls by that name.
    pub(super) fn extra(&mut self, name: impl Into<Cow<'s, str>>, at: &Located<'s>) {
        self.keep(name.into(), None, at);
    }

    fn keep(&mut self, name: Cow<'s, str>, word: Option<Text<'s>>, at: &Located<'s>) {
        if shown_key(&name) != name {
            let detail = "expected the plain name of a setting";
            let error = Error::new(ErrorKind::UnknownKey, detail).said_by(&at.source());
            return self.fail(
                error.with_help("letters, digits, `_`, `-` and `.`; a value follows the colon"),
            );
        }
        if let Some(error) = at.node.unknown() {
            self.not_known(error, at);
        }
        self.entries.push(Entry {
            name,
            word,
            kept: Some(Kept::Node(at.node)),
            from: at.origin(),
        });
    }

    /// Warns of a value that nothing here depends on.
    pub(super) fn not_known(&mut self, error: &Error, at: &Located<'_>) {
        let (cause, help) = match error.kind() {
            ErrorKind::DuplicateKey => ("its key is there twice", "remove one of the two"),
            _ => (
                "it is Ruby that is not evaluated",
                "put the finished value in a variable, and name that with ENV[\"…\"]",
            ),
        };
        let message = format!("{}: the value is not known: {cause}", at.place());
        self.warn(Warning::new(WarningCode::UnknownValue, message, help));
    }

    /// A part that looks as if something was meant to be put in its place.
    fn suspect(&mut self, slot: Slot, scalar: &Scalar, place: &FilePlace) {
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
            self.warn(warning.about(place));
            return;
        }
        let odd = guard::masked(bytes, component, whole)
            .and_then(|()| guard::references(bytes, false))
            .and_then(|()| match text {
                "" => Ok(()),
                text => guard::surroundings(text),
            });
        if let Err(error) = odd {
            self.doubt(&error, place);
        }
    }

    /// Warns of what would be an error in a URL.
    fn doubt(&mut self, error: &Error, place: &FilePlace) {
        let message = format!("{place}: {}", error.kind().phrase());
        let help = match error.kind() {
            // A field takes any value as it is.
            ErrorKind::MaskedValue => "put the real value there".to_owned(),
            _ => error.help().unwrap_or_default().to_owned(),
        };
        self.warn(Warning::new(WarningCode::SuspiciousValue, message, help));
    }

    /// The config, on top of what a URL says where there is one, else of the engine given.
    pub(super) fn assemble(
        mut self,
        base: Option<Base>,
        engine: Option<Scheme>,
    ) -> Result<Resolved<Database>, Error> {
        self.checked()?;
        self.warn_if(base.as_ref().and_then(|base| self.elsewhere(base)));
        let mut warnings = std::mem::take(&mut self.warnings);
        let url = base.as_ref().map(|base| &base.database);
        let engine_is = url.map(Database::engine).or(engine.map(|row| row.engine));
        self.check_database(engine_is)?;
        let mut read = Read::default();
        let database = match (engine_is, url) {
            (Some(Engine::Postgres), url) => {
                let own = self.settings_of_postgres()?;
                warnings.extend(self.warnings_of_settings(Engine::Postgres, own.config.warnings()));
                let database = self.postgres(url, &own)?;
                read = own.read;
                database
            }
            (Some(Engine::MySql), url) => {
                let own = self.settings_of_mysql()?;
                warnings.extend(self.warnings_of_settings(Engine::MySql, own.config.warnings()));
                let database = self.mysql(url, &own)?;
                read = own.read;
                database
            }
            (Some(Engine::Sqlite), None) => self.sqlite()?,
            (_, Some(Database::Service(config))) => self.beside_service(config.clone())?,
            (_, Some(url)) => url.clone(),
            (Some(_), None) => self.service(engine)?,
            (None, None) => {
                return Err(
                    Error::new(ErrorKind::MissingKey, "nothing says which engine it is")
                        .said_by(&self.section),
                );
            }
        };
        let given = database.fields();
        let is_given = |name: &str| given.iter().any(|(field, _)| *field == name);
        let fields = self.provenance(url, engine_is, &read, &is_given);
        self.warn_of_config(&mut warnings, base.as_ref(), &database, &read);
        let known = read.known;
        let extras = extras(self.entries, &known);
        let source = base.map_or(self.section, |base| base.source);
        let mut resolved = Resolved::new(database, source, Parts::Fields(fields));
        resolved.warnings = warnings;
        resolved.extras = extras;
        Ok(resolved)
    }

    /// Adds to the warnings of the fields those of the config made from them, each code of the config once.
    fn warn_of_config(
        &self,
        warnings: &mut Vec<Warning>,
        base: Option<&Base>,
        database: &Database,
        read: &Read<'_>,
    ) {
        let is_used = tls::is_demanded(database);
        warnings.retain(|warning| warning.code() != WarningCode::CertificateUnused || !is_used);
        let known: Vec<_> = warnings.iter().map(Warning::code).collect();
        let is_new = |warning: &Warning| !known.contains(&warning.code());
        let source = base.map_or(&self.section, |base| &base.source);
        let of_config = database.warnings().filter(is_new);
        warnings.extend(of_config.map(|warning| warning.about(source)));
        let overruled = base.map(|base| self.overruled(base, database, read));
        warnings.extend(overruled.into_iter().flatten());
        warnings.extend(self.plain_text(database));
    }

    /// A password that was meant for another host or another user than the URL's.
    fn elsewhere(&self, base: &Base) -> Option<Warning> {
        let password = self.slots.iter().find(|(slot, _)| *slot == Slot::Password);
        let (_, password) = password.filter(|_| !Slot::Password.is_in(&base.database))?;
        let differs = |slot: Slot, said: Option<&str>| {
            let own = self.text(slot);
            own.zip(said).is_some_and(|(own, said)| own != said)
        };
        let host = base.database.hosts().next();
        let host = host.and_then(|host| host.host().or(host.hostaddr()));
        if !differs(Slot::Host, host) && !differs(Slot::User, base.database.user()) {
            return None;
        }
        let message = format!(
            "{}: this is next to another host or user, but goes to that of {}, whose URL has no password",
            password.from, base.source
        );
        let help =
            "write the password into the URL, or take out what belongs to the other database";
        Some(Warning::new(WarningCode::SuspiciousValue, message, help))
    }

    /// Which field each part of the config came from, except for what the URL gives.
    fn provenance(
        &self,
        base: Option<&Database>,
        engine: Option<Engine>,
        read: &Read<'_>,
        is_given: &dyn Fn(&str) -> bool,
    ) -> Vec<(&'static str, Provenance)> {
        let is_open = |slot: Slot| base.is_none_or(|base| !slot.is_in(base));
        let slots = self.slots.iter().filter(|(slot, _)| is_open(*slot));
        let slots = slots.map(|(slot, given)| {
            let name = match slot {
                // A socket is a host of Postgres, and a host that is a path is a socket of MySQL.
                Slot::Socket if engine == Some(Engine::Postgres) => Component::Host,
                Slot::Host
                    if engine == Some(Engine::MySql) && given.text.as_str().starts_with('/') =>
                {
                    Slot::Socket.component()
                }
                slot => slot.component(),
            };
            (name.as_str(), &given.from)
        });
        let own: Vec<_> = base.map_or_else(Vec::new, |base| {
            base.fields().into_iter().map(|(name, _)| name).collect()
        });
        let params = read.sources.iter().copied();
        let params = params.filter(|(name, _)| !own.contains(name));
        let fields = slots.chain(params).filter(|(name, _)| is_given(name));
        fields
            .map(|(name, from)| (name, Provenance::new(from.clone(), None)))
            .collect()
    }
}

/// What is the program's of the settings: all but the scalars that the engine has made its own, which are `known`, in order.
fn extras(entries: Vec<Entry<'_>>, known: &[usize]) -> Vec<Extra> {
    let names: Vec<_> = known.iter().map(|index| &*entries[*index].name).collect();
    let is_own = |(index, entry): (usize, &Entry<'_>)| {
        let is_known = || match entry.word {
            Some(_) => known.binary_search(&index).is_ok(),
            None => names.contains(&&*entry.name),
        };
        let kept = entry.kept.as_ref();
        kept.is_some_and(|kept| !kept.is_scalar() || !is_known())
    };
    let own: Vec<_> = entries.iter().enumerate().map(is_own).collect();
    let own = entries.into_iter().zip(own).filter(|(_, is_own)| *is_own);
    let extra = |(entry, _): (Entry<'_>, bool)| {
        Some(Extra {
            name: entry.name.into_owned(),
            setting: entry.kept?.into_setting(),
            from: Provenance::new(entry.from, None),
        })
    };
    own.filter_map(extra).collect()
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
pub(super) fn setting(node: &Node) -> Setting {
    if node.unknown().is_some() {
        return Setting::Map(vec![("unknown".to_owned(), Setting::Bool(true))]);
    }
    match &node.value {
        Value::Scalar(scalar) => match scalar.kind() {
            Kind::Null => Setting::Null,
            Kind::Bool(said) => Setting::Bool(said),
            Kind::Integer(number) => Setting::Integer(number),
            Kind::Float(number) => Setting::Float(number),
            Kind::Text => Setting::Text(scalar.text.clone()),
        },
        Value::List(nodes) => Setting::List(nodes.iter().map(setting).collect()),
        Value::Map(entries) => Setting::Map(
            entries
                .iter()
                .map(|entry| (entry.key.clone(), setting(&entry.node)))
                .collect(),
        ),
    }
}
