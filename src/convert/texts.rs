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
            masked: masked(&|out| write(out, View::Masked)),
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
        let masked = masked(&|out| write(out, &parts));
        Ok(Self { exposed, masked })
    }

    /// Writes both around the URL of a database, which `write` quotes.
    pub(super) fn of_url(
        database: &Database,
        write: impl Fn(&mut dyn Write, &str) -> fmt::Result,
    ) -> Result<Self, Error> {
        let (exposed, shown) = (database.to_url()?, database.to_string());
        Ok(Self {
            exposed: rendered(&|out| write(out, exposed.expose())),
            masked: masked(&|out| write(out, &shown)),
        })
    }
}

/// Renders what everyone may see.
pub(super) fn masked(write: &dyn Fn(&mut dyn Write) -> fmt::Result) -> String {
    rendered(write).expose().to_owned()
}
