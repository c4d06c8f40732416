//! A config collected value by value, as Go DSNs and JDBC URLs need it; and what all grammars say of names and of TLS.

use crate::error::{Error, ErrorKind};
use crate::fill::{Kind, conflict, invalid, kind_of_param, port};
use crate::mysql::build::Parts;
use crate::mysql::config::Config;
use crate::mysql::keyword::Keyword;
use crate::mysql::names::{Meaning, Names};
use crate::mysql::param::{Given, mend_timezone};
use crate::mysql::tls::{Fact, Facts, SslMode};
use crate::mysql::unknown::{self, Verdict};
use crate::place::{Component, Span};
use crate::secret::Secret;
use crate::syntax::uri::parse_error;
use crate::syntax::{guard, placeholder};
use crate::warning::{WarningCode, WarningSet};

/// What was found so far.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    names: Names,
    values: Vec<(Keyword, Secret, Span)>,
    /// The parameters as they were written.
    pairs: Vec<(Secret, Secret)>,
    facts: Facts,
    pub(super) warnings: WarningSet,
    from_query: u64,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, names: Names) -> Self {
        Self {
            text,
            names,
            values: Vec::new(),
            pairs: Vec::new(),
            facts: Facts::default(),
            warnings: WarningSet::default(),
            from_query: 0,
        }
    }

    pub(super) fn raw(&self, place: Span) -> &'t [u8] {
        &self.text.as_bytes()[place.range()]
    }

    /// Puts a value. Of two that differ the later one counts, as for the drivers, with a warning.
    pub(super) fn put(&mut self, keyword: Keyword, text: Secret, place: Span) -> Result<(), Error> {
        let raw = self.raw(place);
        if keyword.is_secret() {
            guard::masked(raw, keyword.component(), place)?;
        }
        let odd = match keyword {
            Keyword::Password => placeholder::in_password(raw),
            Keyword::User | Keyword::Host | Keyword::Database => placeholder::in_part(raw),
            _ => None,
        };
        self.warnings.note(odd, keyword.component().as_str());
        match keyword {
            Keyword::User if text.expose().contains(':') => {
                self.warnings.insert(WarningCode::ColonInUser);
            }
            Keyword::User | Keyword::Database | Keyword::Socket => {
                guard::misplaced(raw, keyword.component(), place, false, |_| false)?;
            }
            _ if keyword.is_certificate() && text.expose().is_empty() => {
                return Err(empty(keyword, place));
            }
            _ => {}
        }
        if let Some(at) = self.values.iter().position(|(known, ..)| *known == keyword) {
            if self.values[at].1 != text {
                // A host of one text with a port of the other would be neither's, and TLS would be lost.
                let is_place = matches!(keyword, Keyword::Host | Keyword::Port | Keyword::Socket);
                if is_place || keyword.is_of_tls() {
                    return Err(conflict(keyword.component(), place));
                }
                self.warnings
                    .insert_about(WarningCode::RepeatedSetting, keyword.as_str());
            }
            self.values.remove(at);
        }
        self.values.push((keyword, text, place));
        Ok(())
    }

    pub(super) fn is_set(&self, keyword: Keyword) -> bool {
        self.values.iter().any(|(known, ..)| *known == keyword)
    }

    /// Puts hosts with their ports as lists side by side. An empty port is none.
    pub(super) fn put_hosts(
        &mut self,
        hosts: &[(Secret, Option<u16>)],
        place: Span,
    ) -> Result<(), Error> {
        let names: Vec<_> = hosts.iter().map(|(host, _)| host.expose()).collect();
        if names.iter().any(|name| !name.is_empty()) {
            self.put(Keyword::Host, Secret::from(names.join(",")), place)?;
        }
        if hosts.iter().any(|(_, port)| port.is_some()) {
            let ports: Vec<_> = hosts
                .iter()
                .map(|(_, port)| port.map_or_else(String::new, |port| port.to_string()))
                .collect();
            self.put(Keyword::Port, Secret::from(ports.join(",")), place)?;
        }
        Ok(())
    }

    /// Reads a decoded parameter.
    pub(super) fn param(
        &mut self,
        name: Secret,
        mut value: Secret,
        raw_name: Span,
        place: Span,
    ) -> Result<(), Error> {
        let Some(meaning) = self.names.find(name.expose()) else {
            let verdict = unknown::judge_in(self.names, name.expose());
            if let Some(code) = judged(verdict, raw_name)? {
                self.warnings.insert(code);
            }
            guard::masked(self.raw(place), Component::Query, place)?;
            self.pairs.push((name, value));
            return Ok(());
        };
        let written = value.clone();
        if meaning == Meaning::Timezone {
            value = timezone(&value);
        }
        let component = meaning.keyword().component();
        let given = meaning
            .read(value.expose())
            .map_err(|wrong| wrong.at(component, place))?;
        self.from_query |= meaning.keyword().bit();
        match given {
            Given::AsIs(Keyword::Host) => self.host(&value, place)?,
            Given::AsIs(Keyword::Port) => {
                let number = port(value.expose().as_bytes());
                let number = number.ok_or_else(|| port_expected(place))?;
                self.put(Keyword::Port, Secret::from(number.to_string()), place)?;
            }
            Given::AsIs(keyword) => self.put(keyword, value.clone(), place)?,
            Given::Word(keyword, word) => self.put(keyword, Secret::from(word), place)?,
            Given::Number(keyword, number) => {
                self.put(keyword, Secret::from(number.to_string()), place)?;
            }
            Given::Tls(fact) => self.facts.add(fact, place)?,
            Given::Object(options) => {
                for (keyword, text) in options.texts() {
                    self.put(keyword, text.clone(), place)?;
                }
                if options.has_others {
                    self.warnings.insert(WarningCode::UnknownTlsName);
                }
                self.facts.add(Fact::Mode(options.mode), place)?;
            }
            Given::Nothing | Given::Extra => {}
        }
        self.pairs.push((name, written));
        Ok(())
    }

    /// A name without `=`, which these drivers drop: TLS would be dropped with it.
    pub(super) fn without_value(&mut self, place: Span) -> Result<(), Error> {
        if !unknown::is_about_tls(self.names, &self.text[place.range()]) {
            if !place.is_empty() {
                self.warnings.insert(WarningCode::ParameterWithoutValue);
            }
            return Ok(());
        }
        let detail = "a setting of TLS without `=` and a value, which the driver drops";
        Err(
            parse_error(ErrorKind::MissingEquals, Component::Query, place, detail)
                .with_help("give it a value, or remove it"),
        )
    }

    fn host(&mut self, value: &Secret, place: Span) -> Result<(), Error> {
        match kind_of_param(value.expose().as_bytes()) {
            Ok(Kind::Host) => self.put(Keyword::Host, value.clone(), place),
            Ok(Kind::Socket) => self.put(Keyword::Socket, value.clone(), place),
            Ok(Kind::Absent) => Ok(()),
            Err(detail) => Err(invalid(Component::Host, place, detail).with_help(ONE_HOST)),
        }
    }

    /// Settles TLS, and makes the config.
    pub(super) fn finish(mut self, scheme: &str, default_port: u16) -> Result<Config, Error> {
        let ca = self
            .values
            .iter()
            .find(|(keyword, ..)| matches!(keyword, Keyword::SslCa | Keyword::SslCapath));
        let mode = self.facts.mode(ca.map(|(_, _, place)| *place))?;
        if let Some((mode, place)) = mode {
            self.from_query |= Keyword::SslMode.bit();
            self.values
                .push((Keyword::SslMode, Secret::from(mode.as_str()), place));
        }
        let codes = tls_warnings(&self.facts, mode.map(|(mode, _)| mode), |keyword| {
            self.is_set(keyword)
        });
        codes
            .into_iter()
            .flatten()
            .for_each(|code| self.warnings.insert(code));
        let parts = Parts {
            scheme,
            default_port,
            values: self
                .values
                .iter()
                .map(|(keyword, text, _)| (*keyword as usize, text.expose()))
                .collect(),
            pairs: self
                .pairs
                .iter()
                .map(|(name, value)| (name.expose(), value.expose()))
                .collect(),
            warnings: self.warnings,
            from_query: self.from_query,
            from_authority: 0,
            names: self.names,
        };
        parts.assemble().map_err(|failure| {
            failure.at(|keyword| {
                let given = self.values.iter().find(|(known, ..)| *known == keyword);
                given.map_or(Span::default(), |(_, _, place)| *place)
            })
        })
    }
}

/// For a host that is given as a parameter.
pub(super) const ONE_HOST: &str = "the port has its own key: host=name&port=3306; give user and password as `user` and `password`, and several hosts before \
     the path";

/// For a port that is given as a parameter.
#[cold]
pub(super) fn port_expected(place: Span) -> Error {
    let help = "it is one number for all hosts; write the ports of several hosts behind them, as in db1:3306,db2:3307";
    invalid(Component::Port, place, "expected a number from 1 to 65535").with_help(help)
}

/// A time zone without the quotes that SQL needs, which Go's users write.
fn timezone(value: &Secret) -> Secret {
    let text = value.expose();
    let text = text
        .strip_prefix('\'')
        .and_then(|text| text.strip_suffix('\''))
        .unwrap_or(text);
    let mut bytes = text.as_bytes().to_vec();
    mend_timezone(&mut bytes);
    // Mending puts one ASCII character in another one's place.
    Secret::new(String::from_utf8(bytes).unwrap_or_default())
}

/// What a verdict on an unknown name comes to: a warning, nothing, or a refusal.
pub(super) fn judged(verdict: Verdict, place: Span) -> Result<Option<WarningCode>, Error> {
    match verdict {
        // The config names these itself.
        Verdict::Keep | Verdict::KeepWithWarning(WarningCode::UnknownTlsName) => Ok(None),
        Verdict::KeepWithWarning(code) => Ok(Some(code)),
        Verdict::Misspelt(meant) => Err(unknown_name(
            place,
            "it looks like a setting of TLS or authentication, but has no effect",
            format!("did you mean `{meant}`?"),
        )),
        Verdict::OfPostgres(ours) => Err(unknown_name(
            place,
            "it is a setting of Postgres, which would have no effect in MySQL",
            ours.map_or_else(
                || "remove it; MySQL has no such setting".to_owned(),
                |ours| format!("MySQL's name for it is `{ours}`"),
            ),
        )),
    }
}

#[cold]
fn unknown_name(place: Span, detail: &'static str, help: String) -> Error {
    parse_error(ErrorKind::UnknownKeyword, Component::Query, place, detail).with_help(help)
}

#[cold]
pub(super) fn empty(keyword: Keyword, place: Span) -> Error {
    invalid(keyword.component(), place, "the value is empty")
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
