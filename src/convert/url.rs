//! `url`: the scheme as written, and everything that was given.

use crate::config::display::View;
use crate::convert::Texts;
use crate::convert::texts::masked;
use crate::database::Database;
use crate::error::Error;

pub(super) fn convert(database: &Database) -> Result<Texts, Error> {
    Ok(Texts {
        exposed: database.to_url()?,
        masked: match database {
            // Whose `Display` has the canonical names.
            Database::MySql(config) => {
                masked(&|out| config.write_url(out, View::Masked, config.as_written()))
            }
            database => database.to_string(),
        },
    })
}
