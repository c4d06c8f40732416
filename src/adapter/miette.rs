//! miette: an error as a diagnostic, with its code and its help. There is no source code in it, since that is the secret.

use std::fmt::Display;

use ::miette::Diagnostic;

use crate::error::Error;

/// The code is `database_url::` and the [kind](Error::kind)'s name; several failures are related.
impl Diagnostic for Error {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(format!("database_url::{}", self.kind())))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help().map(|help| Box::new(help) as Box<dyn Display>)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        let others = self.others();
        let related = others.iter().map(|other| other as &dyn Diagnostic);
        (!others.is_empty()).then(|| Box::new(related) as Box<_>)
    }
}
