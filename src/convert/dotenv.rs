//! `dotenv`: a line of a `.env` file. Between single quotes no parser expands anything, but only some have an escape there.

use crate::convert::{Texts, not_representable};
use crate::database::Database;
use crate::error::Error;
use crate::span::Component;

pub(super) fn convert(database: &Database) -> Result<Texts, Error> {
    if database
        .to_url()?
        .expose()
        .contains(['\'', '\\', '\n', '\r'])
    {
        let detail = "parsers of `.env` files disagree on quotes inside of quotes";
        let help = "write the quote in the URL as %27 and the backslash as %5C";
        return Err(not_representable(Component::Text, detail, help));
    }
    Texts::of_url(database, |out, url| write!(out, "DATABASE_URL='{url}'"))
}
