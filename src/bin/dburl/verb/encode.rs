//! `dburl encode`: standard input, percent-encoded, for a part of a URL.

use std::io::{self, Read};

use database_url::MAX_LEN;
use serde_json::json;
use zeroize::Zeroizing;

use crate::Status;
use crate::view::Out;

pub(crate) fn run(out: &mut Out) -> io::Result<()> {
    let mut input = Zeroizing::new(Vec::with_capacity(MAX_LEN + 1));
    io::stdin()
        .take(MAX_LEN as u64 + 1)
        .read_to_end(&mut input)?;
    if input.len() > MAX_LEN {
        return refuse("too-long", "the input is longer than 1 MiB", out);
    }
    let Ok(text) = std::str::from_utf8(&input) else {
        return refuse("invalid-utf-8", "the input is not UTF-8", out);
    };
    // A line end is the terminal's or `echo`'s; one that is meant is followed by another.
    let text = text
        .strip_suffix('\n')
        .map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    if text.contains('\0') {
        return refuse(
            "nul-byte",
            "the input holds a NUL byte, which no server takes",
            out,
        );
    }
    let encoded = database_url::encode(text);
    if out.json {
        out.object(&json!({ "ok": true, "value": encoded.expose() }))
    } else {
        out.line(encoded.expose())
    }
}

fn refuse(kind: &str, message: &str, out: &mut Out) -> io::Result<()> {
    let error = json!({ "kind": kind, "message": message });
    out.refuse(Status::Refused, &error, message, None)
}
