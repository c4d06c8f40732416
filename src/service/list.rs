//! Several servers as several URLs: `kafka+ssl://a:9096,kafka+ssl://b:9096`, which is how Heroku hands out Kafka.
//!
//! They are joined to one URL with several hosts, `kafka+ssl://a:9096,b:9096`; errors are placed in the text as it was.

use memchr::{memchr, memrchr};

use crate::engine::Servers;
use crate::engine::scheme_len;
use crate::error::{Error, ErrorKind, Stage};
use crate::secret::Secret;
use crate::service::kind::ServiceKind;
use crate::span::{Component, Span};

/// One URL made of several.
pub(super) struct Joined {
    text: Secret,
    /// Where text was left out, as the offset in the joined text and how much is missing up to there.
    cuts: Vec<(usize, usize)>,
}

/// Joins the URLs of a list; `None` where there is only one.
pub(super) fn joined(text: &str, scheme: Span, kind: ServiceKind) -> Result<Option<Joined>, Error> {
    if kind.servers != Servers::Urls {
        return Ok(None);
    }
    let end = memchr(b'?', text.as_bytes()).unwrap_or(text.len());
    let commas = || memchr::memchr_iter(b',', &text.as_bytes()[..end]).map(|comma| comma + 1);
    if !commas().any(|start| scheme_len(&text[start..end]).is_some()) {
        return Ok(None);
    }
    let credentials = credentials(&text[scheme.end() + 3..end]);
    let mut joined = String::with_capacity(text.len());
    let mut cuts = Vec::new();
    let mut kept = 0;
    for start in commas() {
        let Some(len) = scheme_len(&text[start..end]) else {
            continue;
        };
        let span = Span::new(start, start + len);
        if !text[span.range()].eq_ignore_ascii_case(&text[scheme.range()]) {
            return Err(differ(
                Component::Scheme,
                span,
                "the URLs of a list have the same scheme",
            ));
        }
        let after = start + len + 3;
        let own = self::credentials(&text[after..end]);
        if own.is_some() && own != credentials {
            let span = Span::new(after, after + own.map_or(0, str::len));
            return Err(differ(
                Component::User,
                span,
                "the URLs of a list have the same user and password",
            ));
        }
        joined.push_str(&text[kept..start]);
        kept = after + own.map_or(0, |own| own.len() + 1);
        cuts.push((joined.len(), kept - joined.len()));
    }
    joined.push_str(&text[kept..]);
    let text = Secret::new(joined);
    Ok(Some(Joined { text, cuts }))
}

/// What comes before the `@` of the URL whose text after `://` this is.
fn credentials(text: &str) -> Option<&str> {
    let end = memchr::memchr2(b',', b'/', text.as_bytes()).unwrap_or(text.len());
    memrchr(b'@', &text.as_bytes()[..end]).map(|at| &text[..at])
}

fn differ(component: Component, span: Span, detail: &'static str) -> Error {
    Error::new(ErrorKind::Conflict, detail)
        .at(component, span)
        .stage_is(Stage::Options)
        .with_help("write it once, and the other hosts after it: scheme://user:password@host:port,host:port")
}

impl Joined {
    pub(super) fn text(&self) -> &str {
        self.text.expose()
    }

    /// The error with its location in the text before it was joined.
    pub(super) fn placed(&self, error: Error) -> Error {
        let location = |at: usize| {
            let cut = self.cuts.iter().rev().find(|(offset, _)| *offset <= at);
            at + cut.map_or(0, |&(_, missing)| missing)
        };
        match (error.component(), error.span()) {
            (Some(component), Some(span)) => {
                let start = location(span.start());
                // The end of a span belongs to what comes before it.
                let end = if span.is_empty() {
                    start
                } else {
                    location(span.end() - 1) + 1
                };
                error.at(component, Span::new(start, end))
            }
            _ => error,
        }
    }
}
