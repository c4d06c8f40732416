//! One text before both parsers: ours in the libpq dialect, and libpq.
//!
//! The accepted differences are those of the crate's documentation, and no others:
//! - **UTF-8**: where libpq's values are not UTF-8, we must reject.
//! - **1 MiB**: longer texts must be rejected; libpq is not asked.
//! - **NUL**: a C string cannot hold one, so libpq cannot be asked; we must reject.
//! - **Integers**: libpq looks at `connect_timeout`, `keepalives*` and `tcp_user_timeout` when it uses them. We must
//!   reject at the options stage what it would reject then.
//! - **`hostaddr`** is counted, not looked at; neither does the oracle.

use std::collections::BTreeMap;
use std::fmt;

use database_url::postgres::{Config, Dialect};
use database_url::{Error, ErrorKind, MAX_LEN, Stage};

use crate::libpq;

/// The keywords whose value libpq reads by `pqParseIntParam` when it uses them.
pub const INTEGER_KEYWORDS: [&str; 6] = [
    "connect_timeout",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_count",
    "tcp_user_timeout",
];

/// What was set, by keyword.
pub type Settings = BTreeMap<String, Vec<u8>>;

/// What one of the two makes of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Good at both stages, with these settings.
    Accepted(Settings),
    /// Not in the grammar, or an unknown keyword.
    RejectedAtParse(String),
    /// In the grammar, but a connection with it would be rejected before anything is connected to.
    RejectedAtOptions(String),
}

/// How the two agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// Both accept the text and set the same.
    Accepted,
    /// Both reject it when they parse it.
    RejectedAtParse,
    /// Both reject it at the options check.
    RejectedAtOptions,
    /// libpq decodes it to something that is not UTF-8, which we reject.
    NotUtf8,
    /// libpq cannot be asked (a NUL, or more than 1 MiB), and we reject it.
    OutOfReach,
}

/// A string on which the two do not agree. The text is generated, so it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The text.
    pub text: String,
    /// libpq's verdict.
    pub libpq: Verdict,
    /// Our verdict.
    pub ours: Verdict,
}

impl Disagreement {
    /// The kind of disagreement, the same for texts that fail for the same reason, so far as verdicts can tell.
    #[must_use]
    pub fn kind(&self) -> String {
        format!("libpq {}, we {}", self.libpq.name(), self.ours.name())
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {:?}", self.kind(), self.text)?;
        writeln!(f, "    libpq: {}", self.libpq)?;
        write!(f, "    ours:  {}", self.ours)
    }
}

impl Verdict {
    fn name(&self) -> &'static str {
        match self {
            Self::Accepted(_) => "accepts",
            Self::RejectedAtParse(_) => "refuses at parse",
            Self::RejectedAtOptions(_) => "refuses at options",
        }
    }

    fn same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Accepted(one), Self::Accepted(two)) => one == two,
            // The words are each parser's own.
            (Self::RejectedAtParse(_), Self::RejectedAtParse(_))
            | (Self::RejectedAtOptions(_), Self::RejectedAtOptions(_)) => true,
            _ => false,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::Accepted(settings) => settings
                .iter()
                .try_for_each(|(k, v)| write!(f, " {k}={:?}", String::from_utf8_lossy(v))),
            Self::RejectedAtParse(message) | Self::RejectedAtOptions(message) => {
                write!(f, ": {}", message.trim_end())
            }
        }
    }
}

/// Puts the text before both.
///
/// # Errors
/// The two verdicts, when they differ by more than the differences listed above.
pub fn compare(text: &str) -> Result<Agreement, Box<Disagreement>> {
    let (ours, error) = our_verdict(text);
    if text.contains('\0') || text.len() > MAX_LEN {
        let libpq = Verdict::RejectedAtParse(String::from("(cannot be asked)"));
        return match error {
            Some(_) => Ok(Agreement::OutOfReach),
            None => Err(Box::new(Disagreement {
                text: text.into(),
                libpq,
                ours,
            })),
        };
    }
    let (libpq, utf8) = libpq_verdict(text);
    match error {
        Some(_) if !utf8 => Ok(Agreement::NotUtf8),
        _ if utf8 && libpq.same_as(&ours) => Ok(match ours {
            Verdict::Accepted(_) => Agreement::Accepted,
            Verdict::RejectedAtParse(_) => Agreement::RejectedAtParse,
            Verdict::RejectedAtOptions(_) => Agreement::RejectedAtOptions,
        }),
        Some(error) if replaced_non_utf8(text, &error) => Ok(Agreement::NotUtf8),
        _ => Err(Box::new(Disagreement {
            text: text.into(),
            libpq,
            ours,
        })),
    }
}

fn our_verdict(text: &str) -> (Verdict, Option<Error>) {
    match Config::parse_in(Dialect::Libpq, text) {
        Ok(config) => {
            let settings = config.keywords().map(|(keyword, value)| {
                (
                    keyword.as_str().to_owned(),
                    value.expose().as_bytes().to_vec(),
                )
            });
            (Verdict::Accepted(settings.collect()), None)
        }
        Err(error) => {
            let message = error.to_string();
            let verdict = match error.stage() {
                Some(Stage::Options) => Verdict::RejectedAtOptions(message),
                stage => {
                    assert_eq!(stage, Some(Stage::Parse), "{message}");
                    Verdict::RejectedAtParse(message)
                }
            };
            (verdict, Some(error))
        }
    }
}

/// libpq's verdict, and whether all the values it decoded are UTF-8.
fn libpq_verdict(text: &str) -> (Verdict, bool) {
    let settings = match libpq::parse(text.as_bytes()) {
        Ok(settings) => settings,
        Err(message) => return (Verdict::RejectedAtParse(message), true),
    };
    let utf8 = settings
        .iter()
        .all(|(_, value)| std::str::from_utf8(value).is_ok());
    let verdict = match libpq::options(&settings).and_then(|()| integers(&settings)) {
        Ok(()) => Verdict::Accepted(settings.into_iter().collect()),
        Err(message) => Verdict::RejectedAtOptions(message),
    };
    (verdict, utf8)
}

fn integers(settings: &[libpq::Setting]) -> Result<(), String> {
    let mut integers = settings
        .iter()
        .filter(|(keyword, _)| INTEGER_KEYWORDS.contains(&keyword.as_str()));
    match integers.find(|(_, value)| !libpq::integer(value)) {
        Some((keyword, _)) => Err(format!(
            "invalid integer value for connection option {keyword:?} (when used)"
        )),
        None => Ok(()),
    }
}

/// Whether we reject a value for not being UTF-8 that libpq has dropped: a later one replaced it, or it was the
/// value of `requiressl`.
fn replaced_non_utf8(text: &str, error: &Error) -> bool {
    error.kind() == ErrorKind::InvalidUtf8 && std::str::from_utf8(&percent_decoded(text)).is_err()
}

/// The whole text with its good percent escapes decoded.
fn percent_decoded(text: &str) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, after) = match rest {
            [b'%', high, low, after @ ..]
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                ((hex(*high) << 4) | hex(*low), after)
            }
            _ => (*first, after),
        };
        decoded.push(byte);
        rest = after;
    }
    decoded
}

/// The value of a hexadecimal digit.
fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        digit => (digit | 0x20) - b'a' + 10,
    }
}
