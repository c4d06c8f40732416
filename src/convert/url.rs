//! `url`: the scheme as written, and everything that was given.

use crate::convert::Texts;
use crate::database::Database;
use crate::error::Error;

pub(super) fn convert(database: &Database) -> Result<Texts, Error> {
    Ok(Texts {
        exposed: database.to_url()?,
        masked: match database {
            // Whose `Display` has the canonical names.
            Database::MySql(config) => config.masked_url(),
            database => database.to_string(),
        },
    })
}
