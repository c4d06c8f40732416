//! What a notation cannot express: listed, or an error where the connection would no longer be the one that was configured.

use std::borrow::Cow;

use crate::convert::setting::{ConvertExtra, ConvertSetting};
use crate::error::{Error, ErrorKind};
use crate::shown;
use crate::span::Component;

/// A setting that a conversion left out. It shows no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    name: Cow<'static, str>,
    message: Cow<'static, str>,
    help: Cow<'static, str>,
}

impl Lost {
    /// The setting, by libpq's keyword, by MySQL's canonical name, or as the URL has it; `****` if it is no identifier.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Why it is left out.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do instead.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

/// What has been left out so far.
#[derive(Default)]
pub(super) struct Losses(Vec<Lost>);

impl Losses {
    pub(super) fn into_list(self) -> Vec<Lost> {
        self.0
    }

    /// Lists something that is changed rather than left out.
    pub(super) fn note(
        &mut self,
        name: &'static str,
        message: impl Into<Cow<'static, str>>,
        help: &'static str,
    ) {
        self.0.push(Lost {
            name: name.into(),
            message: message.into(),
            help: help.into(),
        });
    }

    /// Leaves a setting out that `reader` has no name for: an error if it protects the connection.
    pub(super) fn setting(
        &mut self,
        setting: &ConvertSetting<'_>,
        reader: &str,
    ) -> Result<(), Error> {
        if setting.guards {
            return Err(guard(setting.name, reader));
        }
        self.note(
            setting.name,
            format!("{reader} has no name for it"),
            "set it in the program, or leave it out",
        );
        Ok(())
    }

    /// Leaves a parameter out that is no setting of the engine.
    pub(super) fn extra(&mut self, extra: &ConvertExtra<'_>, reader: &str) -> Result<(), Error> {
        if extra.is_tls {
            let detail = format!("{reader} does not act on a parameter that looks like TLS");
            let help =
                "set TLS with `sslmode` (Postgres) or `ssl-mode` (MySQL), and remove the parameter";
            return Err(not_representable(Component::Query, detail, help));
        }
        let help = match extra.name {
            "schema" | "currentSchema" | "search_path" => {
                "set the search path in the program, or with `options=-csearch_path=…`"
            }
            "encoding" => "libpq calls it `client_encoding`",
            _ => "hand it to the program that it is for",
        };
        self.0.push(Lost {
            name: shown::param(extra.name, &extra.value).0.to_owned().into(),
            message: format!("{reader} has no such parameter").into(),
            help: help.into(),
        });
        Ok(())
    }
}

/// A setting that protects the connection, and that the reader would not act on.
#[cold]
pub(super) fn guard(name: &'static str, reader: &str) -> Error {
    let detail = format!("{reader} has no name for it, or not for this value");
    let help =
        format!("set it in the program, and remove `{name}` from the URL before it is converted");
    not_representable(Component::Setting(name), detail, help)
}

/// What a notation has no form for.
#[cold]
pub(super) fn not_representable(
    component: Component,
    detail: impl Into<Cow<'static, str>>,
    help: impl Into<Cow<'static, str>>,
) -> Error {
    Error::new(ErrorKind::NotRepresentable, detail)
        .of(component)
        .with_help(help)
}
