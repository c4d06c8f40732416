//! A setting on its way to another notation.

use std::borrow::Cow;

/// Whether a connection without a setting is still the one that was configured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Light,
    /// It is part of TLS or authentication.
    Guard,
}

/// A setting other than user, password, hosts and database, by its canonical name.
pub(super) struct ConvertSetting<'d> {
    pub(super) name: &'static str,
    pub(super) value: Cow<'d, str>,
    /// The value as it may be shown.
    pub(super) masked: Cow<'d, str>,
    pub(super) weight: Weight,
}

impl<'d> ConvertSetting<'d> {
    /// Replaces the value by the reader's word for it.
    pub(super) fn set(&mut self, value: impl Into<Cow<'d, str>>) {
        self.value = value.into();
        self.masked = self.value.clone();
    }
}
