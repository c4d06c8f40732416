//! Settings files, written as JSON or as YAML.

use std::fmt::Write;

/// What is in a file.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    /// A string, quoted where it must be.
    Text(String),
    /// Written as it is: a number, a word, a template.
    Raw(String),
    Map(Vec<(&'static str, Tree)>),
}

impl Tree {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(super) fn raw(text: &str) -> Self {
        Self::Raw(text.to_owned())
    }

    pub(super) fn json(&self) -> String {
        match self {
            Self::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
            Self::Raw(text) => text.clone(),
            Self::Map(entries) => {
                let entries: Vec<_> = entries
                    .iter()
                    .map(|(key, tree)| format!("\"{key}\": {}", tree.json()))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    /// Block YAML; a map's first key `&` is its anchor, and `<<` takes an alias as it is.
    pub(super) fn yaml(&self, indent: usize, out: &mut String) {
        match self {
            Self::Text(text) => writeln!(out, " {}", scalar(text)).expect("writing to a string"),
            Self::Raw(text) => writeln!(out, " {text}").expect("writing to a string"),
            Self::Map(entries) => {
                let (anchor, entries) = match entries.as_slice() {
                    [("&", Self::Raw(anchor)), rest @ ..] => (Some(anchor), rest),
                    all => (None, all),
                };
                if let Some(anchor) = anchor {
                    write!(out, " &{anchor}").expect("writing to a string");
                }
                if entries.is_empty() {
                    out.push_str(" {}");
                }
                if indent > 0 || anchor.is_some() {
                    out.push('\n');
                }
                for (key, tree) in entries {
                    write!(out, "{:indent$}{key}:", "").expect("writing to a string");
                    tree.yaml(indent + 2, out);
                }
            }
        }
    }
}

/// A string as a scalar that YAML reads as that text.
fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_/.".contains(c);
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(plain);
    if is_word && !["yes", "no", "on", "off", "true", "false", "null", "y", "n"].contains(&text) {
        return text.to_owned();
    }
    serde_json::Value::from(text).to_string()
}
