//! `dburl encode`: standard input, percent-encoded, for a part of a URL.

use std::io;

use serde_json::json;

use crate::verb::{reject_input, standard_input, without_line_end};
use crate::view::Out;

pub(crate) fn run(out: &mut Out) -> io::Result<()> {
    let Some(text) = standard_input(out)? else {
        return Ok(());
    };
    let text = without_line_end(text.expose());
    if text.contains('\0') {
        let message = "the input holds a NUL byte, which no server takes";
        return reject_input("nul-byte", message, out);
    }
    let encoded = database_url::encode(text);
    if out.json {
        out.object(&json!({ "ok": true, "value": encoded.expose() }))
    } else {
        out.line(encoded.expose())
    }
}
