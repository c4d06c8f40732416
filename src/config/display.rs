//! Rendering, as all engines share it: into a buffer that is never reallocated, masked or exposed.

use std::fmt::{self, Write};
use std::ops::Range;

use crate::config::value::Host;
use crate::error::{Error, ErrorKind};
use crate::grammar::percent;
use crate::limits::MAX_LEN;
use crate::secret::{MASK, Secret};
use crate::shown;

/// Who looks at the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// Code that exposes the secret.
    Exposed,
    /// Anyone.
    Masked,
}

impl View {
    /// Writes a part of a URL, escaped; `hidden` are the bytes that not everyone may see, if there are any.
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

    /// Writes a secret value, escaped.
    pub(crate) fn write_secret(self, out: &mut dyn Write, text: &str) -> fmt::Result {
        match self {
            Self::Masked => out.write_str(MASK),
            Self::Exposed => percent::write(out, text),
        }
    }

    /// A parameter as it is seen.
    pub(crate) fn param<'p>(self, name: &'p str, value: &'p str) -> (&'p str, &'p str) {
        match self {
            Self::Exposed => (name, value),
            Self::Masked => shown::param(name, value),
        }
    }

    /// Writes a part of a [`param`](Self::param) or a [`host`](Self::host), escaped unless it is masked.
    pub(crate) fn write_shown(self, out: &mut dyn Write, text: &str) -> fmt::Result {
        if self == Self::Masked && text == MASK {
            return out.write_str(MASK);
        }
        percent::write(out, text)
    }

    /// Writes a part of a form that has no escapes.
    pub(crate) fn write_raw(
        self,
        out: &mut dyn Write,
        text: &str,
        hidden: impl FnOnce() -> Option<Range<usize>>,
    ) -> fmt::Result {
        match self {
            Self::Exposed => out.write_str(text),
            Self::Masked => out.write_str(&shown::masked(text, hidden())),
        }
    }

    /// The name of a host as it is seen.
    pub(crate) fn host<'h>(self, host: &Host<'h>) -> &'h str {
        let host = match self {
            Self::Exposed => host.host(),
            Self::Masked => host.masked_host(),
        };
        host.unwrap_or_default()
    }

    /// Writes a [`host`](Self::host); an IPv6 address is in brackets, which keep its colons apart from the port's.
    pub(crate) fn write_host(self, out: &mut dyn Write, host: &str) -> fmt::Result {
        // The directory of a socket may hold a colon (`/cloudsql/project:region:instance`), which is escaped.
        if host.contains(':') && !host.starts_with(['/', '@']) {
            return write!(out, "[{}]", percent::encode_address(host));
        }
        self.write_shown(out, host)
    }
}

/// The parameters of a URL, as they are written one after the other.
pub(crate) struct Params<'o> {
    pub(crate) out: &'o mut dyn Write,
    separator: &'static str,
}

impl<'o> Params<'o> {
    /// What comes before the first of them is `?` or `/?`.
    pub(crate) fn new(out: &'o mut dyn Write, separator: &'static str) -> Self {
        Self { out, separator }
    }

    /// Writes what comes before a name.
    pub(crate) fn begin(&mut self) -> fmt::Result {
        let separator = std::mem::replace(&mut self.separator, "&");
        self.out.write_str(separator)
    }

    /// Writes a name, which needs no escapes.
    pub(crate) fn name(&mut self, name: &str) -> fmt::Result {
        self.begin()?;
        self.out.write_str(name)?;
        self.out.write_char('=')
    }

    /// Writes a name and a value as they are seen, which is [`View::param`]'s.
    pub(crate) fn shown(&mut self, (name, value): (&str, &str), view: View) -> fmt::Result {
        self.begin()?;
        view.write_shown(self.out, name)?;
        self.out.write_char('=')?;
        view.write_shown(self.out, value)
    }
}

/// Renders a connection string, which is of no use if it is longer than what is read.
pub(crate) fn bounded(write: &dyn Fn(&mut dyn Write) -> fmt::Result) -> Result<Secret, Error> {
    let rendered = rendered(write);
    if rendered.expose().len() > MAX_LEN {
        let error = Error::new(ErrorKind::TooLong, "expected at most 1 MiB");
        return Err(error.with_help("hand the parts on by themselves, without escapes"));
    }
    Ok(rendered)
}

/// Renders into a buffer of exactly the right length: one that grew would leave copies of secrets in memory.
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
