//! YAML in block style. What was written without quotation marks is so again, where it can be; what a variable filled in,
//! and every key, has them wherever a reader would take it for something else, such as `yes` or `0123`. A number that a
//! variable holds is one, unless its key wants a string: a password, a name.

use crate::document::emit::Sheet;
use crate::document::{Node, NodeValue, Scalar, ScalarKind, Style};
use crate::words::is_secret_name;

/// A longer key is written with its `?`: YAML looks for the colon of others within 1024 characters.
const LONG_KEY: usize = 100;

/// Keys besides those of secrets whose values are strings, whatever they look like.
const OF_STRINGS: &[&str] = &["database", "dbname", "host", "name", "user", "username"];

/// What YAML 1.1 reads as something else than a string.
const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

pub(crate) fn file(sheet: &mut Sheet, root: &Node) {
    if is_block(root) {
        block(sheet, root, 0);
    } else {
        line(sheet, root, false);
        sheet.push("\n");
    }
}

/// Whether it takes lines of its own.
fn is_block(node: &Node) -> bool {
    match &node.value {
        NodeValue::Scalar(_) => false,
        NodeValue::List(nodes) => !nodes.is_empty(),
        NodeValue::Map(entries) => !entries.is_empty(),
    }
}

/// The lines of a list or a map, the first of them without its indent, which is there already.
fn block(sheet: &mut Sheet, node: &Node, depth: usize) {
    match &node.value {
        NodeValue::Scalar(_) => {}
        NodeValue::List(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                sheet.indent(if index == 0 { 0 } else { depth });
                sheet.push("- ");
                if is_block(node) {
                    block(sheet, node, depth + 1);
                } else {
                    line(sheet, node, false);
                    sheet.push("\n");
                }
            }
        }
        NodeValue::Map(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                sheet.indent(if index == 0 { 0 } else { depth });
                key(sheet, &entry.key, depth);
                if is_block(&entry.node) {
                    sheet.push("\n");
                    sheet.indent(depth + 1);
                    block(sheet, &entry.node, depth + 1);
                } else {
                    sheet.push(" ");
                    line(sheet, &entry.node, wants_string(&entry.key));
                    sheet.push("\n");
                }
            }
        }
    }
}

fn key(sheet: &mut Sheet, key: &str, depth: usize) {
    let is_long = key.len() > LONG_KEY;
    if is_long {
        sheet.push("? ");
    }
    if is_plain(key) && !is_ambiguous(key) {
        sheet.push(key);
    } else {
        sheet.quoted(key, false);
    }
    if is_long {
        sheet.push("\n");
        sheet.indent(depth);
    }
    sheet.push(":");
}

fn wants_string(key: &str) -> bool {
    OF_STRINGS.iter().any(|name| name.eq_ignore_ascii_case(key)) || is_secret_name(key)
}

fn line(sheet: &mut Sheet, node: &Node, is_string: bool) {
    match &node.value {
        NodeValue::Scalar(one) => scalar(sheet, one, is_string),
        NodeValue::List(_) => sheet.push("[]"),
        NodeValue::Map(_) => sheet.push("{}"),
    }
}

fn scalar(sheet: &mut Sheet, scalar: &Scalar, is_string: bool) {
    let text = scalar.text.expose();
    let is_bare = match (scalar.kind(), scalar.style) {
        (ScalarKind::Null, _) if text.is_empty() => return sheet.push("null"),
        (ScalarKind::Text, Style::Plain) => is_plain(text),
        (ScalarKind::Text, Style::Filled) => is_plain(text) && !is_ambiguous(text),
        (ScalarKind::Text, Style::Quoted) => false,
        (_, Style::Filled) if is_string => false,
        _ => true,
    };
    if is_bare {
        sheet.push(text);
    } else {
        sheet.quoted(text, false);
    }
}

/// Whether a string is read back as itself without quotation marks.
fn is_plain(text: &str) -> bool {
    let starts = |c: char| c.is_alphanumeric() || "/_.$(".contains(c);
    let is_visible = |c: char| matches!(c, ' '..='~') || c.is_alphanumeric();
    text.starts_with(starts)
        && !text.starts_with("...")
        && !text.ends_with([' ', ':'])
        && text.chars().all(is_visible)
        && !text.contains(": ")
        && !text.contains(" #")
}

/// Whether some reader takes it for a number, a time, or a word of its own.
fn is_ambiguous(text: &str) -> bool {
    text.starts_with(|c: char| c.is_numeric() || c == '.')
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}
