//! What a conversion writes: the same text exposed and masked.

use std::fmt::{self, Write};

use crate::config::display::{View, rendered};
use crate::convert::lost::Losses;
use crate::convert::parts::ConvertParts;
use crate::database::Database;
use crate::error::Error;
use crate::secret::Secret;

/// The same text for the program and for everyone.
pub(super) struct Texts {
    pub(super) exposed: Secret,
    pub(super) masked: String,
}

impl Texts {
    /// Writes both from a config that can write itself in either view.
    pub(super) fn of_view(write: &dyn Fn(&mut dyn Write, View) -> fmt::Result) -> Self {
        Self {
            exposed: rendered(&|out| write(out, View::Exposed)),
            masked: rendered(&|out| write(out, View::Masked))
                .expose()
                .to_owned(),
        }
    }

    /// Writes both from the parts of a database, after `fit` has adapted them to the notation.
    pub(super) fn of_parts(
        database: &Database,
        lost: &mut Losses,
        fit: impl Fn(&mut ConvertParts<'_>, &mut Losses) -> Result<(), Error>,
        write: impl Fn(&mut dyn Write, &ConvertParts<'_>) -> fmt::Result,
    ) -> Result<Self, Error> {
        let mut parts = ConvertParts::of(database);
        fit(&mut parts, lost)?;
        let exposed = rendered(&|out| write(out, &parts));
        parts.mask();
        let masked = rendered(&|out| write(out, &parts)).expose().to_owned();
        Ok(Self { exposed, masked })
    }

    /// Writes both around the URL of a database, which `write` quotes.
    pub(super) fn of_url(
        database: &Database,
        write: impl Fn(&mut dyn Write, &str) -> fmt::Result,
    ) -> Result<Self, Error> {
        let (exposed, masked) = (database.to_url()?, database.to_string());
        Ok(Self {
            exposed: rendered(&|out| write(out, exposed.expose())),
            masked: rendered(&|out| write(out, &masked)).expose().to_owned(),
        })
    }
}
