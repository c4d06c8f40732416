//! `dburl encode`: standard input, percent-encoded, for a part of a URL.

use std::io;

use serde_json::json;

use crate::verb::{refuse_input, standard_input};
use crate::view::Out;

pub(crate) fn run(out: &mut Out) -> io::Result<()> {
    let Some(text) = standard_input(out)? else {
        return Ok(());
    };
    // A line end is the terminal's or `echo`'s; one that is meant is followed by another.
    let text = text.expose();
    let text = text
        .strip_suffix('\n')
        .map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    if text.contains('\0') {
        let message = "the input holds a NUL byte, which no server takes";
        return refuse_input("nul-byte", message, out);
    }
    let encoded = database_url::encode(text);
    if out.json {
        out.object(&json!({ "ok": true, "value": encoded.expose() }))
    } else {
        out.line(encoded.expose())
    }
}
