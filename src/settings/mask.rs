//! What of a settings file is not shown: what variables hold, and what its keys and its form tell to be secret.

use crate::database::Database;
use crate::secret::{MASK, Secret};
use crate::settings::document::{Kind, Node, Scalar, Style, Value};
use crate::settings::system::{System, sequelize};

/// Parts of a key's name, without its `_`, `-` and `.`.
const SECRET_PARTS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "credential",
    "apikey",
    "accesskey",
    "privatekey",
];
const SECRET_NAMES: &[&str] = &["pass", "pwd", "pw", "auth", "authorization"];

/// Whose file it is, and whether all of it is secret.
#[derive(Clone, Copy)]
pub(super) struct Masker {
    pub(super) system: System,
    pub(super) all: bool,
}

impl Masker {
    /// Masks `shown`, in which the values of variables are masked already; `real` is the same tree with the values.
    pub(super) fn mask(self, real: &Node, shown: &mut Node, is_secret: bool) {
        match (&real.value, &mut shown.value) {
            (Value::Scalar(real), Value::Scalar(shown)) => self.scalar(real, shown, is_secret),
            (Value::List(real), Value::List(shown)) => {
                for (real, shown) in real.iter().zip(shown) {
                    self.mask(real, shown, is_secret);
                }
            }
            (Value::Map(real), Value::Map(shown)) => {
                for (real, shown) in real.iter().zip(shown) {
                    let is_name =
                        self.system == System::Sequelize && real.key == sequelize::VARIABLE;
                    let is_secret = (is_secret || is_secret_key(&real.key)) && !is_name;
                    self.mask(&real.node, &mut shown.node, is_secret);
                    if let Some(hidden) = literal(&real.key) {
                        shown.key = hidden;
                    }
                }
            }
            // Two trees of one file are of one shape; if they were not, nothing would be shown.
            (_, shown) => *shown = Value::Scalar(Scalar::new(MASK, Style::Quoted)),
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
            Kind::Null | Kind::Bool(_) if is_literal => None,
            _ if is_secret => Some(MASK.to_owned()),
            Kind::Text if self.all => Some(MASK.to_owned()),
            _ if is_literal => literal(text),
            _ => (!is_harmless(text)).then(|| MASK.to_owned()),
        };
        if let Some(hidden) = hidden {
            *shown = Scalar::new(Secret::new(hidden), shown.style);
        }
    }
}

fn is_secret_key(key: &str) -> bool {
    let name: String = key
        .chars()
        .filter(|c| !"_-.".contains(*c))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    name.starts_with("key")
        || name.ends_with("key")
        || SECRET_NAMES.contains(&&*name)
        || SECRET_PARTS.iter().any(|part| name.contains(part))
}

/// What is shown in place of a text of the file itself; `None`: it holds no secret.
fn literal(text: &str) -> Option<String> {
    let signs = ["@", "=", "://", "--"];
    if !signs.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    match text.parse::<Database>() {
        Ok(database) => {
            let shown = database.to_string();
            let exposed = database.to_canonical_url();
            let is_all = exposed.is_ok_and(|url| url.expose() == shown);
            (!is_all).then_some(shown)
        }
        Err(_) => (!is_harmless(text)).then(|| MASK.to_owned()),
    }
}

/// Whether no password stands in a text by its form: between a `:` and an `@`, or behind a name of a secret and `=`, or
/// a command's argument of such a name. What is
/// masked already is none.
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
    let mut settings = text.split(['?', '&', ';', ',', ' ', '\n', '\t']);
    let has_setting = settings.any(|setting| {
        let (name, value) = setting.split_once('=').unwrap_or_default();
        is_secret_key(name) && !(value.is_empty() || value == MASK)
    });
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    let has_argument = words.windows(2).any(|pair| {
        pair[0].starts_with("--")
            && is_secret_key(pair[0])
            && !pair[0].contains('=')
            && pair[1] != MASK
    });
    !has_password && !has_setting && !has_argument
}
