//! `url`: the scheme as written, and everything that was given.

use crate::convert::Texts;
use crate::database::Database;
use crate::error::Error;

pub(super) fn convert(database: &Database) -> Result<Texts, Error> {
    Ok(Texts {
        exposed: database.to_url()?,
        masked: database.to_string(),
    })
}
