//! `dburl encode`: standard input, percent-encoded, for a part of a URL.

use std::io;

use database_url::Secret;
use serde_json::json;

use crate::Status;
use crate::verb::{Ended, without_line_end};
use crate::view::Out;

pub(crate) fn run(out: &mut Out) -> Ended {
    let text = Secret::read_from(io::stdin())?;
    let text = without_line_end(text.expose());
    if text.contains('\0') {
        let message = "the input holds a NUL byte, which no server takes";
        let error = json!({ "kind": "nul-byte", "message": message });
        return Ok(out.reject(Status::Rejected, &error, message, None)?);
    }
    let encoded = database_url::encode(text);
    if out.json {
        out.object(&json!({ "ok": true, "value": encoded.expose() }))?;
    } else {
        out.line(encoded.expose())?;
    }
    Ok(())
}
