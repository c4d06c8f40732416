//! Platform.sh: base64 of `{relationship: [{scheme, host, port, path, username, password, query}]}`; the path is the
//! database, and of several endpoints the first, or the one that is not a replica, is meant.

use base64::Engine as _;

use crate::database::{Database, DatabaseParts, by_caller};
use crate::document::{Node, Scalar, ScalarKind};
use crate::engine::{Engine, Scheme};
use crate::error::Error;
use crate::platform::bound::is_name;
use crate::platform::bound::json::{BoundEntry, Found, document, given, labels, malformed, string};
use crate::secret::{SecretStr, wipe};

/// The endpoints that are databases.
pub(super) fn read(text: SecretStr<'_>) -> Result<Found, Error> {
    let text = text.expose().trim();
    let mut bytes = Vec::with_capacity(text.len());
    let decoded = base64::engine::general_purpose::STANDARD.decode_vec(text, &mut bytes);
    // The decoder's message quotes a byte.
    let document = match (decoded, std::str::from_utf8(&bytes)) {
        (Ok(()), Ok(text)) => document(text),
        _ => Err(malformed()),
    };
    wipe(bytes);
    let document = document?;
    let mut found = Vec::new();
    for (name, endpoints) in labels(&document)? {
        let mut is_first = true;
        for endpoint in endpoints {
            endpoint.entries().ok_or_else(malformed)?;
            let Some((engine, content)) = related(endpoint) else {
                continue;
            };
            let master = endpoint
                .get("query")
                .and_then(|query| query.get("is_master"));
            let master = master.and_then(Node::scalar).map(Scalar::kind);
            let is_replica = master == Some(ScalarKind::Bool(false));
            let name = if is_name(name) { name } else { "relationship" };
            found.push(BoundEntry {
                name: name.to_owned(),
                engine,
                content,
                is_unasked: is_first && !is_replica,
            });
            is_first &= is_replica;
        }
    }
    Ok(found)
}

/// The engine of an endpoint, and its database; `None` where it is not a database.
fn related(endpoint: &Node) -> Option<(Engine, Result<Database, Error>)> {
    let text = |name| given(endpoint, &[name]).map(by_caller);
    let scheme = string(endpoint.get("scheme")?)?;
    let engine = Scheme::find(scheme)?.engine;
    let database = DatabaseParts {
        scheme,
        host: text("host")?,
        port: text("port"),
        user: text("username"),
        password: text("password"),
        database: text("path"),
        ..DatabaseParts::default()
    };
    Some((engine, database.assemble()))
}
