//! What of a settings file is not shown: what variables hold, and what its keys and its form tell to be secret.

use std::collections::HashMap;
use std::ops::Range;

use crate::bytes::Bytes;
use crate::database::Database;
use crate::document::{Node, NodeValue, Scalar, ScalarKind, Style};
use crate::engine::Scheme;
use crate::secret::{MASK, Secret};
use crate::settings::system::rules::Rules;
use crate::words::is_secret_name;

/// Which system's file it is, and whether all of it is secret.
#[derive(Clone, Copy)]
pub(super) struct Masker {
    pub(super) rules: &'static dyn Rules,
    pub(super) all: bool,
}

impl Masker {
    /// Masks `shown`, in which the values of variables are masked already; `real` is the same tree with the values.
    pub(super) fn mask(self, real: &Node, shown: &mut Node, is_secret: bool) {
        match (&real.value, &mut shown.value) {
            (NodeValue::Scalar(real), NodeValue::Scalar(shown)) => {
                self.scalar(real, shown, is_secret);
            }
            (NodeValue::List(real), NodeValue::List(shown)) => {
                for (real, shown) in real.iter().zip(shown.iter_mut()) {
                    self.mask(real, shown, is_secret);
                }
            }
            (NodeValue::Map(real), NodeValue::Map(shown)) => {
                let mut masked: HashMap<String, usize> = HashMap::new();
                for (real, shown) in real.iter().zip(shown.iter_mut()) {
                    let is_name = self.rules.names_variable(&real.key);
                    let is_secret = (is_secret || is_secret_name(&real.key)) && !is_name;
                    self.mask(&real.node, &mut shown.node, is_secret);
                    if let Some(hidden) = literal(&real.key) {
                        // Two keys stay two.
                        let before = masked.entry(hidden.clone()).or_default();
                        *before += 1;
                        shown.key = match *before {
                            1 => hidden,
                            2 => hidden + MASK,
                            number => format!("{hidden}{MASK}{number}"),
                        }
                        .as_str()
                        .into();
                    }
                }
            }
            // Two trees of one file are of one shape; if they were not, nothing would be shown.
            (_, shown) => *shown = NodeValue::Scalar(Scalar::new(MASK, Style::Quoted)),
        }
    }

    fn scalar(self, real: &Scalar, shown: &mut Scalar, is_secret: bool) {
        shown.variable = None;
        let text = shown.text.expose();
        if text.is_empty() || text == MASK {
            return;
        }
        let is_literal = text == real.text.expose();
        let kind = real.kind();
        let hidden = match kind {
            ScalarKind::Null | ScalarKind::Bool(_) if is_literal => None,
            _ if is_secret => Some(MASK.to_owned()),
            ScalarKind::Text if self.all => Some(MASK.to_owned()),
            _ if is_literal => literal(text),
            _ => (!is_harmless(text) || is_broken_url(real.text.expose())).then(|| MASK.to_owned()),
        };
        if let Some(hidden) = hidden {
            *shown = Scalar::new(Secret::new(hidden), shown.style);
        }
    }
}

/// What is shown in place of a value of the file itself; `None`: it holds no secret.
fn literal(text: &str) -> Option<String> {
    let signs = ["@", "=", "://", "--", ": ", "\":", "jdbc:"];
    if !signs.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    match text.parse::<Database>() {
        Ok(database) => {
            let shown = database.to_string();
            let exposed = database.to_canonical_url().ok();
            let exposed = exposed.as_ref().map(Secret::expose);
            if exposed == Some(&shown) {
                return None;
            }
            let in_place = without_passwords(text, &shown);
            Some(match in_place {
                Some(in_place) => in_place,
                None if exposed == Some(text) => shown,
                None => MASK.to_owned(),
            })
        }
        Err(_) => (!is_harmless(text) || is_broken_url(text)).then(|| MASK.to_owned()),
    }
}

/// A connection string with `****` in place of each password, and nothing else changed; `shown` is its database, masked. `None`
/// unless that leaves no secret: with harmless words in their place, the string has to be all that the database shows.
fn without_passwords(text: &str, shown: &str) -> Option<String> {
    const WORD: &str = "hunter";
    let with = |word: &str| {
        let mut changed = String::with_capacity(text.len());
        let mut at = 0;
        for password in passwords(text) {
            changed += &text[at..password.start];
            changed += word;
            at = password.end;
        }
        changed + &text[at..]
    };
    let harmless = with(WORD).parse::<Database>().ok()?;
    let exposed = harmless.to_canonical_url().ok()?;
    let is_all = harmless.to_string() == shown && exposed.expose().replace(WORD, MASK) == shown;
    is_all.then(|| with(MASK))
}

/// What may be the passwords of a connection string, in order: between the first `:` of the credentials and the `@` after
/// them, and the values of settings with names of secrets.
fn passwords(text: &str) -> Vec<Range<usize>> {
    let start = text.find("://").map_or(0, |at| at + 3);
    let end = text[start..]
        .find(['/', '?'])
        .map_or(text.len(), |at| start + at);
    let credentials = text[start..end]
        .rsplit_once('@')
        .map_or("", |(before, _)| before);
    let colon = credentials.find(':').filter(|_| start > 0);
    let first = colon.map(|colon| start + colon + 1..start + credentials.len());
    let mut found: Vec<_> = first
        .filter(|first| !first.is_empty())
        .into_iter()
        .collect();
    for (at, _) in text.match_indices('=') {
        let in_name = |one: char| one.is_ascii_alphanumeric() || "_-.".contains(one);
        let before = text[..at].trim_end();
        let name = before.trim_end_matches(in_name).len();
        let value = text[at + 1..].trim_start();
        let value_start = text.len() - value.len();
        let len = match value.strip_prefix('\'') {
            Some(quoted) => quoted.find('\'').map_or(value.len(), |len| len + 2),
            None => value
                .find(['&', ';', ' ', '\t', '\n'])
                .unwrap_or(value.len()),
        };
        let is_setting = (at >= end || start == 0)
            && found
                .last()
                .is_none_or(|last: &Range<usize>| last.end <= at);
        if is_setting && len > 0 && is_secret_name(&before[name..]) {
            found.push(value_start..value_start + len);
        }
    }
    found
}

/// Whether a value is the URL of a database or of a service, but one that cannot be read: which of its pieces is a
/// password is not known then.
fn is_broken_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme = scheme.trim_start_matches(['"', '\'', ' ']);
    if !const { Bytes::alphanumeric_and(b"+-._") }.has_all_of(scheme) {
        return false;
    }
    let base = scheme.split('+').next().unwrap_or_default();
    let is_one = scheme.eq_ignore_ascii_case("jdbc") || Scheme::find(base).is_some();
    let has_user = rest.starts_with("//") && rest.contains('@');
    (is_one && rest.starts_with("//") || scheme.eq_ignore_ascii_case("jdbc") || has_user)
        && text.parse::<Database>().is_err()
}

/// A template as it may be shown, in which the values of variables are masked already: word by word, and a line whole that
/// holds a secret even so.
pub(super) fn template(text: &str) -> String {
    let word = |piece: &str| {
        let word = piece.trim_end();
        let hidden = if word.contains("://") && !word.contains(MASK) {
            literal(word)
        } else {
            (!is_harmless(word)).then(|| MASK.to_owned())
        };
        hidden.map_or_else(|| piece.to_owned(), |hidden| hidden + &piece[word.len()..])
    };
    let line = |line: &str| {
        let shown: String = line.split_inclusive([' ', '\t']).map(word).collect();
        if !has_setting(&shown) && !has_argument(&shown) {
            return shown;
        }
        let end = line.trim_end_matches(['\n', '\r']).len();
        MASK.to_owned() + &line[end..]
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Whether no password is in a value by its form: between a `:` and an `@`, after a name of a secret and `=` or `:`, or as a
/// command's argument of such a name. What is masked already is not one.
fn is_harmless(text: &str) -> bool {
    let is_masked_only = |part: &str| part == MASK || !part.contains(MASK);
    let user_info = text.rsplit_once('@').map(|(before, _)| {
        let start = before.find("://").map_or(0, |at| at + 3);
        &before[start..]
    });
    let has_password = user_info.is_some_and(|info| match info.split_once(':') {
        Some((user, password)) => {
            !is_masked_only(user) || !(password.is_empty() || password == MASK)
        }
        None => !is_masked_only(info),
    });
    !has_password && !has_setting(text) && !has_argument(text)
}

/// Whether a command's argument with the name of a secret is in a string, with its value: `--password x`.
fn has_argument(text: &str) -> bool {
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    words.windows(2).any(|pair| {
        pair[0].starts_with("--")
            && is_secret_name(pair[0])
            && !pair[0].contains('=')
            && pair[1] != MASK
    })
}

/// Whether the name of a secret and its value are in a string: `password=x`, `password = 'x'`, `"password": "x"`.
fn has_setting(text: &str) -> bool {
    text.match_indices(['=', ':']).any(|(at, sign)| {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let name = before.trim_end().trim_end_matches(['"', '\'']);
        let is_quoted = name.len() < before.trim_end().len();
        // In a URL, `:` is something else.
        if sign == ":" && !is_quoted && !after.starts_with([' ', '"', '\'']) {
            return false;
        }
        let start = name.rfind(|c: char| !(c.is_alphanumeric() || "_-.".contains(c)));
        let name = start.map_or(name, |start| {
            name[start..].trim_start_matches(|c: char| !c.is_alphanumeric())
        });
        let value = after.trim_start().trim_start_matches(['"', '\'']);
        is_secret_name(name) && !value.is_empty() && !value.starts_with(MASK)
    })
}
