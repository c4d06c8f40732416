//! Text that must not be shown: wiped on drop, masked in `Debug`, reached by `expose()` only.

use std::fmt;
use std::mem::ManuallyDrop;
use std::sync::Arc;

use crate::span::Span;

/// What every masked value looks like, whatever its length.
pub(crate) const MASK: &str = "****";

/// An owned secret, such as a rendered URL with its password.
///
/// It has no `Display`, no `Serialize` and no `Deref`: [`expose`](Self::expose) is the only way to the text, so every
/// call that shows one can be found by that name. `Debug` prints `****`. The buffer is overwritten on drop.
///
/// ```
/// let config: database_url::postgres::Config = "postgres://app:hunter2@db.example/shop".parse()?;
/// let url = config.to_url()?;
/// assert_eq!(format!("{url:?}"), "Secret(****)");
/// assert_eq!(url.expose(), "postgres://app:hunter2@db.example/shop");
/// # Ok::<(), database_url::Error>(())
/// ```
#[doc(alias = "redact")]
#[derive(Clone, Default, PartialEq, Eq, Hash)]
// What is left after wiping needs no drop of its own, so dropping a secret is one call.
pub struct Secret(ManuallyDrop<String>);

impl Secret {
    /// The text itself. This is the only method that gives access to it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Takes a buffer over. It must not have been reallocated while it held a secret.
    pub(crate) const fn new(text: String) -> Self {
        Self(ManuallyDrop::new(text))
    }

    /// Takes a buffer over in place of none.
    pub(crate) fn fill(&mut self, text: String) {
        debug_assert!(self.0.capacity() == 0, "the old buffer is to be wiped");
        self.0 = ManuallyDrop::new(text);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Appends text.
    pub(crate) fn append(&mut self, pieces: &[&str]) {
        let more = pieces.iter().map(|piece| piece.len()).sum();
        if self.0.capacity() - self.0.len() < more {
            self.grow(more);
        }
        for piece in pieces {
            self.0.push_str(piece);
        }
    }

    /// The same of one piece.
    #[inline]
    pub(crate) fn push(&mut self, text: &str) {
        if self.0.capacity() - self.0.len() < text.len() {
            self.grow(text.len());
        }
        self.0.push_str(text);
    }

    /// Wipes the buffer, and moves its text to one of at least twice the size.
    #[cold]
    fn grow(&mut self, more: usize) {
        let enough = (self.0.len() + more).max(2 * self.0.capacity());
        let mut larger = String::with_capacity(enough);
        larger.push_str(&self.0);
        wipe(std::mem::replace(&mut *self.0, larger).into_bytes());
    }

    pub(crate) fn view(&self) -> SecretStr<'_> {
        SecretStr(&self.0)
    }
}

impl From<&str> for Secret {
    #[inline(never)]
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({MASK})")
    }
}

impl Drop for Secret {
    #[inline(never)]
    fn drop(&mut self) {
        wipe(std::mem::take(&mut *self.0).into_bytes());
    }
}

/// A piece of a secret that is shared. The whole is wiped when the last of its pieces is dropped.
#[derive(Clone)]
pub(crate) struct SecretPiece {
    whole: Arc<Secret>,
    span: Span,
}

impl SecretPiece {
    pub(crate) fn of(whole: &Arc<Secret>, span: Span) -> Self {
        let whole = whole.clone();
        Self { whole, span }
    }

    pub(crate) fn expose(&self) -> &str {
        &self.whole.expose()[self.span.range()]
    }

    /// A copy, which keeps nothing else of the whole.
    pub(crate) fn to_secret(&self) -> Secret {
        Secret::from(self.expose())
    }
}

impl<T: Into<Secret>> From<T> for SecretPiece {
    fn from(text: T) -> Self {
        let whole = text.into();
        let span = Span::new(0, whole.len());
        Self {
            whole: whole.into(),
            span,
        }
    }
}

impl fmt::Debug for SecretPiece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({MASK})")
    }
}

/// A value as the system hands it out: text or not. It is wiped on drop.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SecretBytes(Vec<u8>);

impl SecretBytes {
    pub(crate) const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(crate) fn expose(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn text(&self) -> Option<SecretStr<'_>> {
        std::str::from_utf8(&self.0).ok().map(SecretStr)
    }
}

impl From<Secret> for SecretBytes {
    fn from(mut text: Secret) -> Self {
        Self(std::mem::take(&mut *text.0).into_bytes())
    }
}

impl Drop for SecretBytes {
    fn drop(&mut self) {
        wipe(std::mem::take(&mut self.0));
    }
}

/// Overwrites a buffer, its spare capacity included, and frees it.
pub(crate) fn wipe(mut buffer: Vec<u8>) {
    let capacity = buffer.capacity();
    if capacity == 0 {
        return;
    }
    buffer.clear();
    buffer.resize(capacity, 0);
    zeroize::optimization_barrier(buffer.as_slice());
}

/// A borrowed secret: what [`password()`](crate::postgres::Config::password) and its like return.
///
/// `Debug` prints `****`; [`expose`](Self::expose) gives the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretStr<'a>(&'a str);

impl<'a> SecretStr<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text itself. This is the only method that gives access to it.
    #[must_use]
    pub const fn expose(self) -> &'a str {
        self.0
    }

    /// Whether the secret was given, but empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// A copy that outlives its source, wiped on drop.
    #[must_use]
    pub fn to_secret(self) -> Secret {
        Secret::from(self.0)
    }
}

impl fmt::Debug for SecretStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_is_masked_whatever_the_text() {
        for text in ["", "x", "a long password"] {
            assert_eq!(
                format!("{:?} {:#?}", Secret::from(text), SecretStr::new(text)),
                "Secret(****) ****"
            );
        }
    }
}
