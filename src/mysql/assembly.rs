//! A config made of values that come one by one: what a name means, what is given twice, and what all of it says of TLS.

use crate::config::tls_name::reject_swallowed;
use crate::config::url::{HostKind, conflict, invalid, kind_of_param, no_port, port};
use crate::config::{self, Location, Text};
use crate::error::{Error, ErrorKind, parse_error};
use crate::grammar::{guard, placeholder};
use crate::mysql::alias::Names;
use crate::mysql::check;
use crate::mysql::config::Config;
use crate::mysql::keyword::{COUNT, Keyword};
use crate::mysql::param::{ParamMeaning, fix_timezone};
use crate::mysql::tls::{Fact, Facts, SslMode};
use crate::mysql::unknown::{self, Verdict};
use crate::mysql::value::check_value;
use crate::secret::Secret;
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::source::ValueSource;
use crate::span::{Component, Span};
#[cfg(any(feature = "json", feature = "yaml"))]
use crate::warning::Warning;
use crate::warning::{WarningCode, WarningSet};

/// A config in the making.
pub(crate) struct Assembly<'a> {
    values: config::Assembly<'a, COUNT>,
    names: Names,
    /// Of two values of a setting the later one counts, as for the drivers that read Go DSNs and JDBC URLs.
    later_counts: bool,
    scheme: &'a str,
    default_port: u16,
    /// What the parameters say of TLS is settled already.
    is_settled: bool,
    facts: Facts,
    /// Where the last of the facts is.
    facts_at: Location<'a>,
    pub(super) warnings: WarningSet,
    from_query: u64,
    from_authority: u64,
    /// Parameters that are settings stay in the list of parameters, as they were written.
    keeps_spelling: bool,
}

impl<'a> Assembly<'a> {
    /// Nothing set, for a scheme and its port. Two values of one setting are a conflict, as in a URL.
    pub(crate) fn new(scheme: &'a str, default_port: u16) -> Self {
        Self {
            values: config::Assembly::new(),
            names: Names::Common,
            later_counts: false,
            scheme,
            default_port,
            is_settled: false,
            facts: Facts::default(),
            facts_at: Location::Caller,
            warnings: WarningSet::new(),
            from_query: 0,
            from_authority: 0,
            keeps_spelling: true,
        }
    }

    /// Nothing set, for settings that are in no string.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn of_settings() -> Self {
        Self {
            keeps_spelling: false,
            ..Self::new("", 3306)
        }
    }

    /// Nothing set, for a Go DSN or a JDBC URL.
    pub(super) fn of_text(names: Names, scheme: &'a str) -> Self {
        Self {
            names,
            later_counts: true,
            ..Self::new(scheme, 3306)
        }
    }

    /// The values of a config without its parameters, to be changed.
    pub(crate) fn of(config: &'a Config) -> Self {
        Self {
            values: config::Assembly::of(&config.store),
            names: config.names,
            is_settled: true,
            warnings: config.warnings.clone(),
            from_query: config.from_query,
            from_authority: config.from_authority,
            ..Self::new(config.scheme().unwrap_or_default(), config.default_port)
        }
    }

    /// The values of a config, and what of these it does not set.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn over(config: &'a Config, settings: Self) -> Self {
        let mut whole = Self::of(config);
        whole.values.complete(settings.values);
        whole
    }

    /// Checks what is set as a config of its own, and gives its warnings. Its spelling is forgotten.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn check_alone(&mut self) -> Result<Vec<Warning>, Error> {
        self.settle_tls()?;
        let warnings = if self.values.set_bits() & check::TOGETHER == 0 {
            std::mem::take(&mut self.warnings).iter().collect()
        } else {
            self.finish()?.warnings().collect()
        };
        self.from_query = 0;
        Ok(warnings)
    }

    /// Where the values were given that are not the caller's.
    #[cfg(any(feature = "json", feature = "yaml"))]
    pub(crate) fn sources(&self) -> impl Iterator<Item = (&'static str, &'a ValueSource)> {
        let sources = self.values.sources();
        sources.map(|(index, source)| (Keyword::ALL[index].component().as_str(), source))
    }

    pub(crate) fn get(&self, keyword: Keyword) -> Option<&str> {
        self.values.get(keyword as usize)
    }

    fn location(&self, keyword: Keyword) -> Option<Location<'a>> {
        self.values.location(keyword as usize)
    }

    /// Sets a value in its canonical form in place of another one.
    pub(crate) fn put(
        &mut self,
        keyword: Keyword,
        text: &'a str,
        at: Location<'a>,
    ) -> Result<(), Error> {
        check_value(keyword, text).map_err(|error| at.of(error))?;
        self.replace(keyword, text, at);
        Ok(())
    }

    /// Sets a value in place of another one.
    fn replace(&mut self, keyword: Keyword, text: impl Into<Text<'a>>, at: Location<'a>) {
        self.values.set(keyword as usize, text, at);
    }

    pub(crate) fn unset(&mut self, keyword: Keyword) {
        self.values.unset(keyword as usize);
    }

    /// Adds a parameter, unchecked.
    pub(crate) fn pair(&mut self, name: impl Into<Text<'a>>, value: impl Into<Text<'a>>) {
        self.values.pair(name, value);
    }

    /// The spelling of these settings is lost: a bit for each. The other parameters of a config come first.
    pub(super) fn respell(
        &mut self,
        changed: u64,
        pairs: impl Iterator<Item = (&'a str, &'a str)>,
    ) {
        self.from_query &= !changed;
        self.values.lead(pairs);
    }

    /// An error about a setting, with the location of its value.
    pub(super) fn placed(&self, keyword: Keyword, error: Error) -> Error {
        self.values.placed(keyword as usize, error)
    }

    /// Sets a value. Where it differs from another one, the later one counts, with a warning, or it is a conflict.
    pub(crate) fn set(
        &mut self,
        keyword: Keyword,
        text: impl Into<Text<'a>>,
        at: Location<'a>,
    ) -> Result<(), Error> {
        let text = text.into();
        if let Some((raw, span)) = at.raw() {
            self.guard(keyword, raw, span)?;
        }
        if keyword == Keyword::User && text.as_str().contains(':') {
            self.warnings.insert(WarningCode::ColonInUser);
        } else if keyword.is_certificate() && text.as_str().is_empty() {
            return Err(at.of(empty(keyword, Span::default())));
        }
        if self
            .get(keyword)
            .is_some_and(|known| known != text.as_str())
        {
            // The host of one value with the port of another would name neither server, and TLS would be lost.
            let is_location = matches!(keyword, Keyword::Host | Keyword::Port | Keyword::Socket);
            if !self.later_counts || is_location || keyword.is_of_tls() {
                return Err(at.of(conflict(keyword.component(), Span::default())));
            }
            self.warnings
                .insert_about(WarningCode::RepeatedSetting, keyword.as_str());
        }
        at.check_nul(|| keyword.component(), text.as_str())?;
        self.replace(keyword, text, at);
        Ok(())
    }

    /// What a raw value looks like that belongs elsewhere, or that nothing has filled in.
    fn guard(&mut self, keyword: Keyword, raw: &[u8], span: Span) -> Result<(), Error> {
        let component = keyword.component();
        if keyword.is_secret() {
            guard::masked(raw, component, span)?;
        }
        let odd = match keyword {
            Keyword::Password => placeholder::in_password(raw),
            Keyword::User | Keyword::Host | Keyword::Database => placeholder::in_part(raw),
            _ => None,
        };
        self.warnings.note(odd, component.as_str());
        match keyword {
            Keyword::User | Keyword::Database | Keyword::Socket => {
                guard::misplaced(raw, component, span, false, &|_| false)?;
                reject_swallowed(raw, component, span)
            }
            _ => Ok(()),
        }
    }

    /// Sets hosts with their ports as lists of the same length. An empty port is not given.
    pub(super) fn set_hosts(
        &mut self,
        hosts: &[(Secret, Option<u16>)],
        at: Location<'a>,
    ) -> Result<(), Error> {
        let names: Vec<_> = hosts.iter().map(|(host, _)| host.expose()).collect();
        if names.iter().any(|name| !name.is_empty()) {
            self.set(Keyword::Host, Secret::from(names.join(",")), at)?;
        }
        if hosts.iter().any(|(_, port)| port.is_some()) {
            let ports: Vec<_> = hosts
                .iter()
                .map(|(_, port)| port.map_or_else(String::new, |port| port.to_string()))
                .collect();
            self.set(Keyword::Port, Secret::from(ports.join(",")), at)?;
        }
        Ok(())
    }

    /// Reads a setting by any name that a driver has for it. Gives a bit for each keyword that it set, or `None` for an
    /// extra.
    pub(crate) fn param(
        &mut self,
        name: impl Into<Text<'a>>,
        value: impl Into<Text<'a>>,
        name_at: Location<'a>,
        at: Location<'a>,
    ) -> Result<Option<u64>, Error> {
        let (name, value) = (name.into(), value.into());
        let Some(meaning) = self.names.find(name.as_str()) else {
            let verdict = unknown::classify_in(self.names, name.as_str());
            let code = classified(verdict, Span::default()).map_err(|error| name_at.of(error))?;
            if let Some(code) = code {
                self.warnings.insert(code);
            }
            if let Some((raw, span)) = at.raw() {
                guard::masked(raw, Component::Query, span)?;
            }
            name_at.check_nul(|| Component::Query, name.as_str())?;
            at.check_nul(|| Component::Query, value.as_str())?;
            self.pair(name, value);
            return Ok(None);
        };
        if !self.later_counts && name.as_str().eq_ignore_ascii_case("connect-timeout") {
            self.warnings.insert(WarningCode::AmbiguousTimeout);
        }
        let keyword = meaning.keyword();
        let given = meaning
            .read(value.as_str())
            .map_err(|wrong| at.of(wrong.at(keyword.component(), Span::default())))?;
        self.from_query |= keyword.bit();
        let mut set = keyword.bit();
        let is_extra = matches!(given, ParamMeaning::Extra);
        if self.keeps_spelling || is_extra {
            self.pair(name, value.again());
        }
        match given {
            ParamMeaning::AsIs(keyword) => set |= self.as_it_is(keyword, value, at)?,
            ParamMeaning::Word(keyword, word) => self.set(keyword, word, at)?,
            ParamMeaning::Number(keyword, number) => {
                self.set(keyword, Secret::from(number.to_string()), at)?;
            }
            ParamMeaning::Tls(fact) => self.fact(fact, at)?,
            ParamMeaning::Object(options) => {
                for (keyword, text) in options.texts() {
                    self.set(keyword, text.clone(), at)?;
                    set |= keyword.bit();
                }
                if options.has_others {
                    self.warnings.insert(WarningCode::UnknownTlsName);
                }
                self.fact(Fact::Mode(options.mode), at)?;
            }
            ParamMeaning::Nothing | ParamMeaning::Extra => {}
        }
        Ok((!is_extra).then_some(set))
    }

    /// Sets a value in the form it has; gives the setting's bit.
    fn as_it_is(
        &mut self,
        keyword: Keyword,
        text: Text<'a>,
        at: Location<'a>,
    ) -> Result<u64, Error> {
        let mut keyword = keyword;
        let value = text.as_str();
        let text = match keyword {
            Keyword::Timezone => timezone(value, self.later_counts).into(),
            Keyword::Host => {
                match kind_of_param(value.as_bytes()) {
                    Ok(HostKind::Host) => {}
                    Ok(HostKind::Socket) => keyword = Keyword::Socket,
                    Ok(HostKind::Absent) => return Ok(0),
                    Err(detail) => {
                        let error = invalid(Component::Host, Span::default(), detail);
                        return Err(at.of(error.with_help(ONE_HOST)));
                    }
                }
                text
            }
            Keyword::Port => {
                let number = port(value.as_bytes());
                let number = number.ok_or_else(|| at.of(port_expected(Span::default())))?;
                Secret::from(number.to_string()).into()
            }
            // MySQL Shell puts values that hold `/` in parentheses; the path itself has none.
            Keyword::Socket if !self.later_counts => {
                let inside = value
                    .strip_prefix('(')
                    .and_then(|rest| rest.strip_suffix(')'));
                match inside.map(Secret::from) {
                    Some(path) if path.len() == 0 => {
                        return Err(at.of(empty(keyword, Span::default())));
                    }
                    Some(path) => path.into(),
                    None => text,
                }
            }
            _ => text,
        };
        self.set(keyword, text, at)?;
        Ok(keyword.bit())
    }

    fn fact(&mut self, fact: Fact, at: Location<'a>) -> Result<(), Error> {
        self.facts_at = at;
        self.facts.add(fact).map_err(|error| at.of(error))
    }

    /// A name without `=`, which these drivers drop: TLS would be dropped with it.
    pub(super) fn without_value(&mut self, name: &str, location: Span) -> Result<(), Error> {
        if !unknown::is_about_tls(self.names, name) {
            if !name.is_empty() {
                self.warnings.insert(WarningCode::ParameterWithoutValue);
            }
            return Ok(());
        }
        let detail = "a setting of TLS without `=` and a value, which the driver drops";
        Err(
            parse_error(ErrorKind::MissingEquals, Component::Query, location, detail)
                .with_help("give it a value, or remove it"),
        )
    }

    /// Settles what the parameters say of TLS.
    pub(crate) fn settle_tls(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.is_settled, true) {
            return Ok(());
        }
        let ca = [Keyword::SslCa, Keyword::SslCapath];
        let ca = ca.into_iter().find_map(|keyword| self.location(keyword));
        if let (Location::Caller, Some(ca)) = (self.facts_at, ca) {
            self.facts_at = ca;
        }
        let at = self.facts_at;
        let mode = self
            .facts
            .mode(ca.is_some())
            .map_err(|error| at.of(error))?;
        if let Some(mode) = mode {
            self.from_query |= Keyword::SslMode.bit();
            self.replace(Keyword::SslMode, mode.as_str(), at);
        }
        let codes = tls_warnings(&self.facts, mode, |keyword| self.get(keyword).is_some());
        let codes = codes.into_iter().flatten();
        codes.for_each(|code| self.warnings.insert(code));
        Ok(())
    }

    /// Settles TLS, checks the whole, and makes the config.
    pub(crate) fn finish(&mut self) -> Result<Config, Error> {
        self.settle_tls()?;
        let store = self.values.finish(self.scheme);
        check::check(&store).map_err(|failure| self.placed(failure.keyword, failure.error))?;
        Ok(Config {
            store,
            scheme: Span::new(0, self.scheme.len()),
            default_port: self.default_port,
            warnings: std::mem::take(&mut self.warnings),
            from_query: self.from_query,
            from_authority: self.from_authority,
            names: self.names,
        })
    }
}

/// For a host that is given as a parameter.
pub(super) const ONE_HOST: &str = "the port has its own key: host=name&port=3306; give user and password as `user` and `password`, and several hosts before \
     the path";

/// For a port that is given as a parameter.
#[cold]
pub(super) fn port_expected(location: Span) -> Error {
    let help = "it is one number for all hosts; write the ports of several hosts after them, as in db1:3306,db2:3307";
    no_port(location).with_help(help)
}

/// A time zone, without the quotes that SQL needs, which Go's users write.
fn timezone(text: &str, quoted: bool) -> Secret {
    let bare = text
        .strip_prefix('\'')
        .and_then(|text| text.strip_suffix('\''));
    let text = bare.filter(|_| quoted).unwrap_or(text);
    let mut bytes = text.as_bytes().to_vec();
    fix_timezone(&mut bytes);
    // A fix puts one ASCII character in another one's location.
    Secret::new(String::from_utf8(bytes).unwrap_or_default())
}

/// What a verdict on an unknown name comes to: a warning, nothing, or an error.
pub(super) fn classified(verdict: Verdict, location: Span) -> Result<Option<WarningCode>, Error> {
    match verdict {
        // The config names these itself.
        Verdict::Keep | Verdict::KeepWithWarning(WarningCode::UnknownTlsName) => Ok(None),
        Verdict::KeepWithWarning(code) => Ok(Some(code)),
        Verdict::Misspelt(meant) => Err(unknown_name(
            location,
            "it looks like a setting of TLS or authentication, but has no effect",
            format!("did you mean `{meant}`?"),
        )),
        Verdict::OfPostgres(ours) => Err(unknown_name(
            location,
            "it is a setting of Postgres, which would have no effect in MySQL",
            ours.map_or_else(
                || "remove it; MySQL has no such setting".to_owned(),
                |ours| format!("MySQL's name for it is `{ours}`"),
            ),
        )),
    }
}

#[cold]
fn unknown_name(location: Span, detail: &'static str, help: String) -> Error {
    parse_error(
        ErrorKind::UnknownKeyword,
        Component::Query,
        location,
        detail,
    )
    .with_help(help)
}

#[cold]
pub(super) fn empty(keyword: Keyword, location: Span) -> Error {
    invalid(keyword.component(), location, "the value is empty")
        .with_help("give a path, or remove the parameter")
}

/// What of TLS was given without being used.
pub(super) fn tls_warnings(
    facts: &Facts,
    mode: Option<SslMode>,
    has: impl Fn(Keyword) -> bool,
) -> [Option<WarningCode>; 3] {
    let certificate = has(Keyword::SslCert) || has(Keyword::SslKey);
    let authority = has(Keyword::SslCa) || has(Keyword::SslCapath);
    [
        (certificate && !mode.is_some_and(SslMode::requires_tls))
            .then_some(WarningCode::CertificateUnused),
        (authority && mode.is_some_and(|mode| mode < SslMode::VerifyCa))
            .then_some(WarningCode::CaUnused),
        facts
            .falls_back(authority)
            .then_some(WarningCode::PlaintextFallback),
    ]
}
