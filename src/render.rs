//! Rendering, as all engines share it: into a buffer that is never reallocated, masked or exposed.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::ops::Range;

use crate::place::Component;
use crate::secret::{MASK, Secret};
use crate::syntax::percent;

/// Who looks at the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// Whoever exposes the secret.
    Exposed,
    /// Everybody.
    Masked,
}

impl View {
    /// Writes a part of a URL, escaped; `hidden` are the bytes that not everybody may see, if there are any.
    #[inline]
    pub(crate) fn write(
        self,
        out: &mut dyn Write,
        text: &str,
        hidden: impl FnOnce() -> Option<Range<usize>>,
    ) -> fmt::Result {
        let hidden = if self == Self::Masked { hidden() } else { None };
        let Some(hidden) = hidden else {
            return percent::write(out, text);
        };
        percent::write(out, &text[..hidden.start])?;
        out.write_str(MASK)?;
        percent::write(out, &text[hidden.end..])
    }

    /// Writes a text that is nobody's business, escaped.
    pub(crate) fn write_secret(self, out: &mut dyn Write, text: &str) -> fmt::Result {
        match self {
            Self::Masked => out.write_str(MASK),
            Self::Exposed => percent::write(out, text),
        }
    }

    /// How a parameter is seen that is known to be harmless, or is not.
    pub(crate) const fn of_parameter(self, is_harmless: bool) -> Self {
        if is_harmless { Self::Exposed } else { self }
    }

    /// Writes a host; an address of IPv6 stands in brackets, which keep its colons apart from the port's.
    pub(crate) fn write_host(self, out: &mut dyn Write, host: &str) -> fmt::Result {
        let hidden = match self {
            Self::Exposed => None,
            Self::Masked => misplaced_secret(Component::Host, host),
        };
        if hidden.is_none() && host.contains(':') {
            return write!(out, "[{}]", percent::encode_address(host));
        }
        self.write(out, host, || hidden)
    }
}

/// The bytes of a text that look like a password in the wrong place, if there are any.
pub(crate) fn misplaced_secret(component: Component, text: &str) -> Option<Range<usize>> {
    if !text.bytes().any(|byte| matches!(byte, b':' | b'@' | b'=')) {
        return None;
    }
    let behind = |mark: &str| text.find(mark).map(|found| found + mark.len()..text.len());
    let hidden = match component {
        // A user name that was escaped together with its password.
        Component::User => behind(":").or_else(|| behind("password=")),
        Component::Host
        | Component::HostAddr
        | Component::Port
        | Component::Database
        | Component::Setting("socket" | "instance" | "service" | "address") => {
            let credentials = || text.rfind('@').filter(|&at| at > 0).map(|at| 0..at);
            behind("password=").or_else(credentials)
        }
        _ => None,
    };
    hidden.filter(|hidden| !hidden.is_empty())
}

/// A text with its hidden bytes masked; that a secret is empty is none.
pub(crate) fn masked(text: &str, hidden: Option<Range<usize>>) -> Cow<'_, str> {
    match hidden.filter(|hidden| !hidden.is_empty()) {
        None => Cow::Borrowed(text),
        Some(hidden) => Cow::Owned([&text[..hidden.start], MASK, &text[hidden.end..]].concat()),
    }
}

/// Renders into a buffer of exactly the right length: one that grew would leave copies of secrets behind.
pub(crate) fn rendered(write: &dyn Fn(&mut dyn Write) -> fmt::Result) -> Secret {
    struct Length(usize);

    impl Write for Length {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }

    let mut length = Length(0);
    let mut text = String::new();
    let written = write(&mut length).and_then(|()| {
        text.reserve_exact(length.0);
        write(&mut text)
    });
    debug_assert!(written.is_ok(), "writing to a String does not fail");
    Secret::new(text)
}
