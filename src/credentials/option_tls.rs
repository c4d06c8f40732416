//! The mode of TLS that the options of the clients mean together.
//!
//! Oracle's client has `ssl-mode`; MariaDB's has `ssl`, which each option of TLS turns on, and `ssl-verify-server-cert`, which
//! wins over `skip-ssl`. Of `ssl-mode` and `ssl` the later line counts. Without either, an authority's file or folder means
//! `VERIFY_CA`, as for Oracle's client. `ssl` requires TLS here, where MariaDB's client may go on without.

use crate::error::{Error, ErrorKind};
use crate::mysql::{Keyword, SslMode};
use crate::source::Source;

use super::option_file::OptionLine;

/// What an option says, with its line.
type Given<T> = Option<(T, Source)>;

/// The options of TLS so far, in the order of the files.
#[derive(Default)]
pub(super) struct Tls {
    mode: Given<SslMode>,
    switch: Given<bool>,
    verified: Given<bool>,
    authority: Given<()>,
}

impl Tls {
    /// Notes an option, if it is one of a mode.
    pub(super) fn note(&mut self, name: &str, setting: &OptionLine) -> Result<bool, Error> {
        let source = || setting.source.clone();
        let text = setting.text();
        let (base, is_on) = switched(name, text);
        match base {
            "ssl" => {
                (self.switch, self.mode) = (Some((is_on, source())), None);
            }
            "ssl-verify-server-cert" => self.verified = Some((is_on, source())),
            "ssl-mode" => {
                (self.mode, self.switch) = (Some((mode(setting)?, source())), None);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Notes that an option of TLS has a value: it turns TLS on.
    pub(super) fn turned_on(&mut self, keyword: Keyword, setting: &OptionLine) {
        if matches!(self.switch, Some((false, _))) {
            self.switch = Some((true, setting.source.clone()));
        }
        if matches!(keyword, Keyword::SslCa | Keyword::SslCapath) {
            let is_given = setting.text().is_some_and(|path| !path.is_empty());
            self.authority = is_given.then(|| ((), setting.source.clone()));
        }
    }

    /// The mode, and the line that decides.
    pub(super) fn mode(self) -> Option<(SslMode, Source)> {
        match (self.verified, self.mode, self.switch, self.authority) {
            (Some((true, source)), ..) => Some((SslMode::VerifyIdentity, source)),
            (_, Some(mode), ..) => Some(mode),
            (_, None, Some((false, source)), _) => Some((SslMode::Disabled, source)),
            (_, None, _, Some(((), source))) => Some((SslMode::VerifyCa, source)),
            (_, None, Some((true, source)), None) => Some((SslMode::Required, source)),
            (_, None, None, None) => None,
        }
    }
}

/// The option without `skip-`, `disable-` or `enable-`, and whether it is on. What is no truth value is off.
fn switched<'n>(name: &'n str, text: Option<&str>) -> (&'n str, bool) {
    let is_true = |text: &str| {
        text == "1"
            || ["on", "true"]
                .iter()
                .any(|on| text.eq_ignore_ascii_case(on))
    };
    let is_on = text.is_none_or(is_true);
    let off = ["skip-", "disable-"];
    match off.iter().find_map(|start| name.strip_prefix(start)) {
        Some(base) => (base, text.is_some() && !is_on),
        None => (name.strip_prefix("enable-").unwrap_or(name), is_on),
    }
}

/// `ssl-mode` in Oracle's words.
fn mode(setting: &OptionLine) -> Result<SslMode, Error> {
    let text = setting.text().unwrap_or_default();
    let mode = text.parse().ok().or_else(|| SslMode::from_spelling(text));
    mode.ok_or_else(|| {
        let detail = "expected a mode such as REQUIRED";
        let error = Error::new(ErrorKind::InvalidValue, detail).of(Keyword::SslMode.component());
        error.with_source(&setting.source)
    })
}
