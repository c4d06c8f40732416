//! JSON, two spaces for each level.

use crate::document::emit::Sheet;
use crate::document::{Node, NodeValue, Scalar, ScalarKind, Style};

pub(crate) fn file(sheet: &mut Sheet, root: &Node) {
    node(sheet, root, 0);
    sheet.push("\n");
}

fn node(sheet: &mut Sheet, at: &Node, depth: usize) {
    match &at.value {
        NodeValue::Scalar(one) => scalar(sheet, one),
        NodeValue::List(nodes) => {
            let write = |sheet: &mut Sheet, inner: &Node| node(sheet, inner, depth + 1);
            all(sheet, ["[", "]"], nodes, depth, write);
        }
        NodeValue::Map(entries) => all(sheet, ["{", "}"], entries, depth, |sheet, entry| {
            sheet.quoted(&entry.key, true);
            sheet.push(": ");
            node(sheet, &entry.node, depth + 1);
        }),
    }
}

fn all<T>(
    sheet: &mut Sheet,
    brackets: [&str; 2],
    members: &[T],
    depth: usize,
    write: impl Fn(&mut Sheet, &T),
) {
    sheet.push(brackets[0]);
    for (index, member) in members.iter().enumerate() {
        sheet.push(if index == 0 { "\n" } else { ",\n" });
        sheet.indent(depth + 1);
        write(sheet, member);
    }
    if !members.is_empty() {
        sheet.push("\n");
        sheet.indent(depth);
    }
    sheet.push(brackets[1]);
}

fn scalar(sheet: &mut Sheet, scalar: &Scalar) {
    let text = scalar.text.expose();
    match scalar.kind() {
        ScalarKind::Null => sheet.push("null"),
        ScalarKind::Bool(given) => sheet.push(if given { "true" } else { "false" }),
        // As it is written: a number may have more digits than a program keeps.
        ScalarKind::Integer(_) | ScalarKind::Float(_) if scalar.style == Style::Plain => {
            sheet.push(text);
        }
        _ => sheet.quoted(text, true),
    }
}
