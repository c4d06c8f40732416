//! A setting on its way to another notation.

use std::borrow::Cow;

/// A setting other than user, password, hosts and database, by its canonical name.
pub(super) struct ConvertSetting<'d> {
    pub(super) name: &'static str,
    pub(super) value: Cow<'d, str>,
    /// The value as it may be shown.
    pub(super) masked: Cow<'d, str>,
    /// Whether it is part of TLS or authentication, so that a connection without it is not the one that was configured.
    pub(super) guards: bool,
}

impl<'d> ConvertSetting<'d> {
    /// Replaces the value by the reader's word for it.
    pub(super) fn set(&mut self, value: impl Into<Cow<'d, str>>) {
        self.value = value.into();
        self.masked = self.value.clone();
    }
}

/// A parameter that is no setting of the engine.
pub(super) struct ConvertExtra<'d> {
    pub(super) name: &'d str,
    pub(super) value: Cow<'d, str>,
    pub(super) is_tls: bool,
}
