//! Cloud Foundry: `{label: [{name, tags, credentials: {…}}]}`, with any names of credentials that services chose.

use crate::database::{Database, DatabaseParts, by_caller};
use crate::document::Node;
use crate::engine::Engine;
use crate::error::Error;
use crate::platform::bound::is_name;
use crate::platform::bound::json::{
    BoundEntry, Found, document, given, labels, list, malformed, string,
};
use crate::platform::extended::extended;
use crate::platform::text::{self, is_database_url, is_web_address, parse, takes_web_addresses};
use crate::secret::SecretStr;

/// The bound services that are databases.
pub(super) fn read(text: SecretStr<'_>) -> Result<Found, Error> {
    let document = document(text.expose())?;
    let mut found = Vec::new();
    for (label, services) in labels(&document)? {
        for service in services {
            service.entries().ok_or_else(malformed)?;
            let credentials = service.get("credentials");
            if let Some((engine, content)) =
                credentials.and_then(|credentials| bound(label, service, credentials))
            {
                let name = ["name", "instance_name"]
                    .iter()
                    .find_map(|key| string(service.get(key)?))
                    .filter(|name| is_name(name));
                let name = name.or_else(|| Some(label).filter(|label| is_name(label)));
                found.push(BoundEntry {
                    name: name.unwrap_or("service").to_owned(),
                    engine,
                    content,
                    is_unasked: true,
                });
            }
        }
    }
    Ok(found)
}

/// The engine of a bound service, and its database; `None` where it is not a database.
fn bound(
    label: &str,
    service: &Node,
    credentials: &Node,
) -> Option<(Engine, Result<Database, Error>)> {
    let given = |names: &[&str]| given(credentials, names);
    let user = given(&["username", "user"]);
    let password = given(&["password"]);
    let sslmode = given(&["sslmode", "ssl_mode", "ssl-mode", "sslMode"]);
    let urls = ["uri", "jdbcUrl", "jdbcurl", "jdbc_url", "url"];
    let mut urls = urls
        .iter()
        .filter_map(|name| string(credentials.get(name)?));
    let tags = service.get("tags").and_then(list);
    let words = tags.into_iter().flatten().filter_map(string);
    let engine = words.chain([label]).find_map(engine_in);
    // A web address is a dashboard's, unless it is of a service that is reached so.
    let is_reached_so = engine.is_some_and(takes_web_addresses);
    let is_meant = |url: &&str| is_database_url(url) || is_reached_so && is_web_address(url);
    if let Some(url) = urls.find(is_meant) {
        let engine = text::engine(url).or(engine)?;
        let database = parse(url, Some(engine));
        let database = database.and_then(|database| extended(database, user, password, sslmode));
        return Some((engine, database));
    }
    let engine = engine?;
    let database = DatabaseParts {
        scheme: engine.as_str(),
        host: by_caller(given(&["hostname", "host"])?),
        port: given(&["port"]).map(by_caller),
        user: user.map(by_caller),
        password: password.map(by_caller),
        database: given(&["name", "database", "dbname"]).map(by_caller),
        ..DatabaseParts::default()
    };
    let database = database
        .assemble()
        .and_then(|database| extended(database, None, None, sslmode));
    Some((engine, database))
}

/// What services are called in tags and labels, by the words in them.
const WORDS: &[(&str, Engine)] = &[
    ("postgres", Engine::Postgres),
    ("postgresql", Engine::Postgres),
    ("mysql", Engine::MySql),
    ("mariadb", Engine::MySql),
    ("redis", Engine::Redis),
    ("valkey", Engine::Redis),
    ("mongodb", Engine::MongoDb),
    ("rabbitmq", Engine::Amqp),
    ("amqp", Engine::Amqp),
    ("neo4j", Engine::Neo4j),
    ("elasticsearch", Engine::Other("elasticsearch")),
];

/// The engine that a tag or label speaks of: `mysql`, `p.mysql`, `postgresql-10`, `p-redis`.
fn engine_in(text: &str) -> Option<Engine> {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.find_map(|word| {
        let known = WORDS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(word));
        known.map(|(_, engine)| *engine)
    })
}
