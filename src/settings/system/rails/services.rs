//! Files of Rails besides `database.yml`, which know no variable but those that they name.
//!
//! | file | holds | as in |
//! |---|---|---|
//! | `cable.yml`, `neo4j.yml` | `url`, or host, port, db | Action Cable's guide, neo4j-rake-tasks' README |
//! | `redis.yml`, `resque.yml` | the same, or a URL or `host:port` in place of a section | Resque's README, redis-rb's options |
//! | `mongoid.yml` | `clients.default` (once `sessions.default`) with `uri`, or `hosts` and `database` | Mongoid's reference |
//! | `secrets.yml` | any keys | the Rails guide on security |

use crate::database::Database;
use crate::document::node_ref::Located;
use crate::document::shown_key;
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::resolution::candidate::{Answer, Candidate};
use crate::secret::Secret;
use crate::settings::fill::Unset;
use crate::settings::section::{Fields, Slot, is_switch};
use crate::settings::system::rails::connection;
use crate::settings::system::rails::section::{SLOTS, incomplete, sections};
use crate::settings::system::rules::{Question, base_of, error_at, not_a_text, string, warn_of};
use crate::sqlite::Family;
use crate::warning::{Warning, WarningCode};

/// What the Ruby driver of MongoDB takes of TLS in addition to `ssl`, in the options of a client.
const OF_MONGOID: &[&str] = &[
    "ssl_ca_cert",
    "ssl_ca_cert_object",
    "ssl_ca_cert_string",
    "ssl_cert",
    "ssl_cert_object",
    "ssl_cert_string",
    "ssl_key",
    "ssl_key_object",
    "ssl_key_pass_phrase",
    "ssl_key_string",
    "ssl_verify",
    "ssl_verify_certificate",
    "ssl_verify_hostname",
    "ssl_verify_ocsp_endpoint",
];

/// The section of the environment in a file that only its own tags bring variables into.
fn own_section<'s>(question: &Question<'s>) -> Result<Located<'s>, Error> {
    let environment = question.environment.unwrap_or_default();
    let root = question.root.as_ref();
    let section = root.and_then(|root| root.given(environment));
    section.ok_or_else(|| {
        let detail = format!("there is no section `{}`", shown_key(environment));
        let add = "add it, or name another environment";
        let help = sections(question, environment, add);
        error_at(root, ErrorKind::NotFound, detail, help)
    })
}

/// `redis.yml`: a section as of `cable.yml`, or one that is a URL, or `host:port`; or all of the file is one.
pub(super) fn redis<'q>(question: &'q Question<'q>) -> Result<Candidate<'q>, Error> {
    let is_section = |root: &&Located<'_>| {
        ["url", "host"]
            .iter()
            .any(|key| either(root, key).is_some())
    };
    let own = match question.root.as_ref().filter(is_section) {
        Some(root) => root.clone(),
        None => own_section(question)?,
    };
    if own.is_map() {
        return Ok(section(question, own, "redis"));
    }
    let text = string(&own)?;
    Ok(Candidate::new(own.origin(), move || {
        let mut fields = Fields::new(own.source(), Family::Rails);
        let base = if text.contains("://") {
            Some(base_of(&own, Family::Rails)?)
        } else {
            let slots = [Slot::Host, Slot::Port, Slot::Database];
            for (slot, part) in slots.into_iter().zip(text.split(':')) {
                fields.put(slot, part, own.origin());
            }
            None
        };
        fields.assemble(base, Scheme::find("redis"))
    }))
}

/// `mongoid.yml`: one of its clients, `default` where none is named.
pub(super) fn mongoid<'q>(question: &'q Question<'q>) -> Result<Candidate<'q>, Error> {
    let own = own_section(question)?;
    let missing = |at: &Located<'_>, detail: &'static str| {
        let help = "a client has `uri`, or `hosts` and `database`: clients: default: uri: …";
        at.error(ErrorKind::MissingKey, detail, help)
    };
    let clients = own.given("clients").or_else(|| own.given("sessions"));
    let clients = clients.ok_or_else(|| missing(&own, "expected the key `clients`"))?;
    let client = clients.given(question.connection.unwrap_or("default"));
    let client = client.ok_or_else(|| missing(&clients, "there is no client of that name"))?;
    Ok(Candidate::new(client.source(), move || {
        of_client(question, &client)
    }))
}

fn of_client(question: &Question<'_>, client: &Located<'_>) -> Answer {
    let mut fields = Fields::new(client.source(), Family::Rails);
    let uri = client.given("uri");
    let base = uri.map(|uri| base_of(&uri, Family::Rails)).transpose()?;
    let options = client.given("options");
    let parts = client
        .entries()
        .chain(options.iter().flat_map(Located::entries));
    for entry in parts {
        match entry.name {
            "database" => fields.slot(Slot::Database, &entry),
            "user" | "username" => fields.slot(Slot::User, &entry),
            "password" => fields.slot(Slot::Password, &entry),
            "hosts" if base.is_none() => {
                let mut hosts = entry.members();
                if hosts.any(|host| host.node.is_null()) {
                    return Err(incomplete(question, client, "hosts"));
                }
                let hosts = entry.members();
                let hosts: Option<Vec<_>> = hosts.map(|host| host.text()).collect();
                let hosts = hosts.ok_or_else(|| not_a_text(&entry))?.join(",");
                fields.put(Slot::Host, Secret::from(hosts), entry.source());
            }
            "uri" | "hosts" | "options" => {}
            name => fields.extra(name, &entry),
        }
    }
    for entry in client.entries().filter(|entry| entry.name != "options") {
        fields.idle(
            &entry,
            "write it inside of `options`, next to `uri` or `hosts`",
        );
    }
    let unknown =
        |option: &Located<'_>| !OF_MONGOID.contains(&option.name) && !is_switch(option.name);
    for option in options.iter().flat_map(Located::entries).filter(unknown) {
        fields.idle(
            &option,
            "the driver has `ssl`, `ssl_ca_cert`, `ssl_cert`, `ssl_key` and `ssl_verify`",
        );
    }
    if base.is_none() && !fields.has(Slot::Host) {
        return Err(incomplete(question, client, "hosts"));
    }
    fields.assemble(base, Scheme::find("mongodb"))
}

/// `cable.yml`: a server of its own, or a connection of `database.yml`.
pub(super) fn cable<'q>(question: &'q Question<'q>) -> Result<Candidate<'q>, Error> {
    let own = own_section(question)?;
    match own.given("adapter").and_then(|adapter| adapter.text()) {
        Some("solid_cable" | "postgresql") => connection::cable(question, own),
        _ => Ok(section(question, own, "redis")),
    }
}

/// `cable.yml` and `neo4j.yml`: a URL, or the parts of one.
pub(super) fn service<'q>(
    question: &'q Question<'q>,
    engine: &'static str,
) -> Result<Candidate<'q>, Error> {
    Ok(section(question, own_section(question)?, engine))
}

fn section<'q>(
    question: &'q Question<'q>,
    own: Located<'q>,
    engine: &'static str,
) -> Candidate<'q> {
    let url = either(&own, "url");
    let source = url.as_ref().map_or_else(|| own.source(), Located::origin);
    Candidate::new(source, move || of_section(question, &own, engine))
}

fn of_section(question: &Question<'_>, own: &Located<'_>, engine: &str) -> Answer {
    // The key that names the engine.
    let kind = if engine == "redis" { "adapter" } else { "type" };
    if let Some(adapter) = own.given("adapter") {
        let name = adapter.text();
        let is_other = name.is_some_and(|name| !name.starts_with(engine));
        if is_other || (name != Some("redis") && engine == "redis") {
            let detail = "this adapter has no server of its own";
            let help =
                "`redis` has one; `postgresql` and `solid_cable` use a connection of database.yml";
            return Err(adapter.error(ErrorKind::NotFound, detail, help));
        }
    }
    let engine = Scheme::find(engine);
    let url = either(own, "url");
    let base = url.map(|url| base_of(&url, Family::Rails)).transpose()?;
    let mut fields = Fields::new(own.source(), Family::Rails);
    for entry in own.entries() {
        let name = entry.name.strip_prefix(':').unwrap_or(entry.name);
        let slot = match name {
            "db" => Some(Slot::Database),
            name => SLOTS
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, slot)| *slot),
        };
        match slot {
            Some(slot) => fields.slot(slot, &entry),
            None if ["url", kind].contains(&name) => {}
            None if name == "ssl_params" && kind == "adapter" => {
                fields.warn_if(unverified(&entry));
                fields.param(name, &entry);
            }
            None => {
                idle_tls(&mut fields, &entry, engine);
                fields.param(name, &entry);
            }
        }
    }
    if base.is_none() && !fields.has(Slot::Host) {
        return Err(incomplete(question, own, "host"));
    }
    if let Some(base) = &base {
        let is_meant = engine.is_some_and(|row| row.engine == base.database.engine());
        if !is_meant {
            let wanted = engine.map_or("", |row| row.engine.as_str());
            let detail = format!(
                "expected a URL of {wanted}, but this is one of {}",
                base.database.engine()
            );
            return Err(Error::new(ErrorKind::WrongEngine, detail)
                .with_source(&base.source)
                .with_help("check which variable the file names"));
        }
    }
    let mut resolved = fields.assemble(base, engine)?;
    let unset = question.unset_below(own);
    resolved.warnings.extend(unset.map(warn_of));
    Ok(resolved)
}

/// Warns of TLS in a key that the driver does not act on. A switch is looked at once it is clear what the config says.
fn idle_tls(fields: &mut Fields<'_>, entry: &Located<'_>, engine: Option<Scheme>) {
    let help = match engine.map(|row| row.engine) {
        Some(Engine::Redis) => "write a URL with rediss://, and details of TLS in `ssl_params`",
        _ => "write a URL with bolt+s:// or neo4j+s://",
    };
    if !is_switch(entry.name) {
        fields.idle(entry, help);
    }
}

/// A key, or the symbol of that name: `:url: …`.
fn either<'s>(section: &Located<'s>, key: &str) -> Option<Located<'s>> {
    section
        .given(key)
        .or_else(|| section.given(&format!(":{key}")))
}

/// TLS without a check of the certificate: `verify_mode: <%= OpenSSL::SSL::VERIFY_NONE %>`, which is 0.
fn unverified(params: &Located<'_>) -> Option<Warning> {
    let mode = params.given("verify_mode")?;
    let is_none = matches!(mode.text(), Some("0" | "none" | "VERIFY_NONE"));
    is_none.then(|| {
        let message = format!("{}: no certificate is checked", mode.location());
        let help = "write OpenSSL::SSL::VERIFY_PEER, with `ca_file` where the authority is not a public one";
        Warning::new(WarningCode::WeakerThanRequested, message, help)
    })
}

/// `secrets.yml` holds keys of many kinds: the one that is named, or the only one that holds a database.
pub(super) fn secret<'q>(question: &'q Question<'q>) -> Result<Candidate<'q>, Error> {
    let own = own_section(question)?;
    let is_database = |entry: &Located<'_>| {
        entry
            .text()
            .and_then(|text| text.parse::<Database>().ok())
            .is_some_and(|database| {
                !matches!(database.engine(), Engine::Other(_)) && database.scheme().is_some()
            })
    };
    let found = if let Some(name) = question.connection {
        own.given(name).ok_or_else(|| {
            let empty = own.get(name);
            let mut unset = empty.iter().flat_map(|entry| question.unset_below(entry));
            if unset.next().is_some() {
                return incomplete(question, &own, name);
            }
            let key = shown_key(name);
            let detail = format!("expected the key `{key}`, found nothing");
            let help = "set the variable that the key names, or choose another environment with `--environment`";
            own.error(ErrorKind::MissingKey, detail, help)
        })?
    } else {
        let mut found = own.entries().filter(is_database);
        match (found.next(), found.next()) {
            (Some(one), None) => one,
            (first, _) => {
                let unset = question.unset_below(&own);
                let wants_url = |name: &str| {
                    let name = name.to_ascii_lowercase();
                    ["url", "uri", "dsn"].iter().any(|end| name.ends_with(end))
                };
                let is_url =
                    |unset: &Unset| wants_url(&unset.name) || wants_url(unset.location.key());
                let missing = unset.filter(|unset| is_url(unset)).map(Unset::error);
                if first.is_none() {
                    Error::together(missing)?;
                }
                let kind = first.map_or(ErrorKind::NotFound, |_| ErrorKind::Ambiguous);
                let detail = "expected one key that holds a database's URL";
                let help = "name the key with `--name`; `dburl render` shows the file filled in";
                return Err(own.error(kind, detail, help));
            }
        }
    };
    string(&found)?;
    Ok(Candidate::new(found.origin(), move || {
        let base = base_of(&found, Family::Rails)?;
        Fields::new(found.source(), Family::Rails).assemble(Some(base), None)
    }))
}
