//! Platform.sh: base64 of `{relationship: [{scheme, host, port, path, username, password, query}]}`; the path is the
//! database, and of several endpoints the first, or the one that is not a replica, is meant.

use base64::Engine as _;
use serde_json::{Map, Value};

use crate::database::Database;
use crate::error::Error;
use crate::platform::compose::{Parts, compose};
use crate::platform::services::is_name;
use crate::platform::services::json::{Document, Entry, Fields, Found, labels, malformed};
use crate::scheme::{Engine, Scheme};
use crate::secret::{SecretStr, wipe};

/// The endpoints that are databases.
pub(super) fn read(text: SecretStr<'_>) -> Result<Found, Error> {
    let text = text.expose().trim();
    let mut bytes = Vec::with_capacity(text.len());
    let decoded = base64::engine::general_purpose::STANDARD.decode_vec(text, &mut bytes);
    // The decoder's message quotes a byte.
    let document = match decoded {
        Ok(()) => Document::of(&bytes),
        Err(_) => Err(malformed()),
    };
    wipe(bytes);
    let document = document?;
    let mut found = Vec::new();
    for (name, endpoints) in labels(&document)? {
        let mut is_first = true;
        for endpoint in endpoints {
            let endpoint = endpoint.as_object().ok_or_else(malformed)?;
            let Some((engine, content)) = related(endpoint) else {
                continue;
            };
            let master = endpoint
                .get("query")
                .and_then(|query| query.get("is_master")?.as_bool());
            let name = if is_name(name) { name } else { "relationship" };
            found.push(Entry {
                name: name.to_owned(),
                engine,
                content,
                is_unasked: is_first && master != Some(false),
            });
            is_first &= master == Some(false);
        }
    }
    Ok(found)
}

/// The engine of an endpoint, and its database; `None` where it is none.
fn related(endpoint: &Map<String, Value>) -> Option<(Engine, Result<Database, Error>)> {
    let fields = Fields::of(endpoint);
    let scheme = endpoint.get("scheme")?.as_str()?;
    let engine = Scheme::find(scheme)?.engine;
    let url = compose(&Parts {
        scheme,
        host: fields.text(&["host"])?,
        port: fields.text(&["port"]),
        user: fields.text(&["username"]),
        password: fields.text(&["password"]),
        database: fields.text(&["path"]),
        ..Parts::default()
    });
    Some((engine, url.expose().parse()))
}
