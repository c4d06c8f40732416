//! The config that the fields are, with its warnings and where each part came from.

use crate::database::Database;
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::key::Key;
use crate::mistake::of_port;
use crate::resolution::{Extra, PartOrigins, Resolved};
use crate::settings::section::base::Base;
use crate::settings::section::collect::{Fields, Kept, SectionEntry};
use crate::settings::section::engine::{Read, is_of_several};
use crate::settings::section::slot::Slot;
use crate::settings::section::tls;
use crate::source::ValueSource;
use crate::span::Component;
use crate::warning::{Warning, WarningCode};

impl Fields<'_> {
    /// The config, on top of what a URL says where there is one, else of the engine given.
    pub(in crate::settings) fn assemble(
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
        let made = self.database(url, engine);
        let (database, read, of_settings) =
            made.map_err(|error| error.each(|error| self.placed(error)))?;
        let of_config: Vec<_> = database.warnings().collect();
        let reads_settings = matches!(database, Database::Postgres(_) | Database::MySql(_));
        let of_whole = of_config
            .iter()
            .filter(|warning| reads_settings && (url.is_none() || !is_of_several(warning)));
        let all = of_settings.iter().chain(of_whole);
        warnings.extend(self.warnings_of_settings(database.engine(), all));
        self.warn_of_config(&mut warnings, of_config, base.as_ref(), &database, &read);
        let extras = extras(self.entries);
        let source = base.map_or(self.section, |base| base.source);
        let mut resolved = Resolved::new(database, source, PartOrigins::Section(read.fields));
        resolved.warnings = warnings;
        resolved.extras = extras;
        Ok(resolved)
    }

    /// The database, what its engine reads of the settings, and the warnings of the settings by themselves.
    fn database(
        &self,
        url: Option<&Database>,
        engine: Option<Scheme>,
    ) -> Result<(Database, Read, Vec<Warning>), Error> {
        let database = match (
            url.map(Database::engine).or(engine.map(|row| row.engine)),
            url,
        ) {
            (Some(Engine::Postgres), url) => return self.postgres(url),
            (Some(Engine::MySql), url) => return self.mysql(url),
            (Some(Engine::Sqlite), None) => self.sqlite()?,
            (_, Some(Database::Service(config))) => self.next_to_service(config.clone())?,
            (_, Some(url)) => url.clone(),
            (Some(_), None) => self.service(engine)?,
            (None, None) => {
                let detail = "nothing says which engine it is";
                return Err(Error::new(ErrorKind::MissingKey, detail));
            }
        };
        let slots = self.open(url);
        let slots = slots.map(|(slot, given)| (slot.component().as_str(), &given.from));
        Ok((database, Read::of(slots), Vec::new()))
    }

    /// An error about the section, unless its location is known; one about a port of its own says what the port looks like.
    fn placed(&self, error: Error) -> Error {
        let port = self.slot_of(Slot::Port);
        let port = port.filter(|_| error.component() == Some(Component::Port));
        match (error.origin(), port) {
            (None, _) => error.without_span().with_source(&self.section),
            (Some(from), Some(port)) if *from == port.from.to_source() => {
                of_port(error, port.text.as_str())
            }
            (Some(_), _) => error,
        }
    }

    /// A database of Postgres or MySQL that is the path of a socket, or a host with its port.
    fn check_database(&self, engine: Option<Engine>) -> Result<(), Error> {
        let slot = self.slots.iter().find(|(slot, _)| *slot == Slot::Database);
        let (Some(Engine::Postgres | Engine::MySql), Some((slot, given))) = (engine, slot) else {
            return Ok(());
        };
        let text = given.text.as_str();
        let port = text.rsplit_once(':').map_or("", |(_, port)| port);
        let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        let (detail, help) = if text.starts_with('/') {
            (
                "expected the name of a database, found a path",
                "the path of a socket belongs under `host` (Postgres) or `socket` (MySQL)",
            )
        } else if is_port && !self.has(Slot::Host) && !self.has(Slot::Socket) {
            (
                "expected the name of a database, found a host and a port",
                "host and port have keys of their own",
            )
        } else {
            return Ok(());
        };
        Err(Error::new(ErrorKind::InvalidValue, detail)
            .of(slot.component())
            .with_source(&given.from.to_source())
            .with_help(help))
    }

    /// Adds to the warnings of the fields those of the config made from them, each code of the config once.
    fn warn_of_config(
        &self,
        warnings: &mut Vec<Warning>,
        of_config: Vec<Warning>,
        base: Option<&Base>,
        database: &Database,
        read: &Read,
    ) {
        let is_used = tls::is_demanded(database);
        warnings.retain(|warning| warning.code() != WarningCode::CertificateUnused || !is_used);
        let known: Vec<_> = warnings.iter().map(Warning::code).collect();
        let is_new = |warning: &Warning| !known.contains(&warning.code());
        let source = base.map_or(&self.section, |base| &base.source);
        let of_config = of_config.into_iter().filter(is_new);
        warnings.extend(of_config.map(|warning| warning.about(source)));
        let overruled = base.map(|base| self.overruled(base, database, read));
        warnings.extend(overruled.into_iter().flatten());
        warnings.extend(self.plain_text(database));
    }

    /// A password that was meant for another host or another user than the URL's.
    fn elsewhere(&self, base: &Base) -> Option<Warning> {
        let password = self.slots.iter().find(|(slot, _)| *slot == Slot::Password);
        let (_, password) = password.filter(|_| !Slot::Password.is_in(&base.database))?;
        let differs = |slot: Slot, given: Option<&str>| {
            let own = self.text(slot);
            own.zip(given).is_some_and(|(own, given)| own != given)
        };
        let host = base.database.hosts().next();
        let host = host.and_then(|host| host.host().or(host.hostaddr()));
        if !differs(Slot::Host, host) && !differs(Slot::User, base.database.user()) {
            return None;
        }
        let message = format!(
            "{}: this is next to another host or user, but goes to that of {}, whose URL has no password",
            password.from.to_source(),
            base.source
        );
        let help =
            "write the password into the URL, or take out what belongs to the other database";
        Some(Warning::new(WarningCode::SuspiciousValue, message, help))
    }
}

/// What is the program's of the settings: all but the scalars that the engine has made its own.
fn extras(mut entries: Vec<SectionEntry<'_>>) -> Vec<Extra> {
    let (mut extras, mut known) = (Vec::new(), None);
    for index in 0..entries.len() {
        let entry = &entries[index];
        let mut is_known = || {
            if entry.word.is_some() {
                return entry.is_known.get();
            }
            let is_known = |at: &usize| entries[*at].is_known.get();
            let find = || (0..entries.len()).filter(is_known).collect();
            let known: &Vec<_> = known.get_or_insert_with(find);
            known.iter().any(|known| entries[*known].name == entry.name)
        };
        if entry.kept.as_ref().is_some_and(Kept::is_scalar) && is_known() {
            continue;
        }
        if let Some(kept) = entries[index].kept.take() {
            let SectionEntry { name, from, .. } = &entries[index];
            let name = match from {
                ValueSource::Member { key, .. } if is_one(key, name) => key.clone(),
                _ => Key::from(&**name),
            };
            extras.push(Extra::new(name, kept.into_setting(), from.clone()));
        }
    }
    extras
}

/// Whether two strings are one and the same.
fn is_one(one: &str, other: &str) -> bool {
    std::ptr::eq(one, other)
}
