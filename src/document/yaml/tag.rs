//! Tags: those of YAML itself, and no others.

use saphyr_parser::{ScalarStyle, Tag};

use crate::document::yaml::rejection::{malformed, rejected_tag};
use crate::document::{Scalar, ScalarKind, Style};
use crate::error::Error;
use crate::secret::SecretPiece;

/// A scalar as its tag has it.
pub(super) fn scalar(
    text: SecretPiece,
    style: ScalarStyle,
    tag: Option<&Tag>,
) -> Result<Scalar, Error> {
    let style = match style {
        ScalarStyle::Plain => Style::Plain,
        _ => Style::Quoted,
    };
    let Some(tag) = tag else {
        return Ok(Scalar::new(text, style));
    };
    if is_of_compose(tag) {
        return Ok(not_merged());
    }
    let name = core_name(tag);
    if name == Some("str") || is_non_specific(tag) {
        return Ok(Scalar::new(text, Style::Quoted));
    }
    let scalar = Scalar::new(text, Style::Plain);
    let is_of_it = match (name, scalar.kind()) {
        (Some("null"), kind) => kind == ScalarKind::Null,
        (Some("bool"), kind) => matches!(kind, ScalarKind::Bool(_)),
        (Some("int"), kind) => matches!(kind, ScalarKind::Integer(_)),
        (Some("float"), kind) => matches!(kind, ScalarKind::Integer(_) | ScalarKind::Float(_)),
        _ => return Err(rejected_tag(Some(tag))),
    };
    if is_of_it {
        Ok(scalar)
    } else {
        Err(malformed("expected a value of the type that its tag names"))
    }
}

/// The name of a tag of YAML's own, such as `str` of `!!str`.
pub(super) fn core_name(tag: &Tag) -> Option<&str> {
    const PREFIX: &str = "tag:yaml.org,2002:";
    match &*tag.handle {
        PREFIX => Some(&tag.suffix),
        "" => tag.suffix.strip_prefix(PREFIX),
        _ => None,
    }
}

/// Whether a tag is this one of YAML's own, or `!`, which names none.
pub(super) fn is_core(tag: &Tag, name: &str) -> bool {
    is_non_specific(tag) || core_name(tag) == Some(name)
}

/// `!` alone.
fn is_non_specific(tag: &Tag) -> bool {
    tag.handle.is_empty() && tag.suffix == "!"
}

/// Whether a tag tells Docker Compose how to merge a value with that of the file below.
pub(super) fn is_of_compose(tag: &Tag) -> bool {
    &*tag.handle == "!" && matches!(&*tag.suffix, "reset" | "override")
}

/// A value that Compose does not merge: it is not known, since one file alone is read here.
pub(super) fn not_merged() -> Scalar {
    let mut scalar = Scalar::new("", Style::Plain);
    let error = malformed("expected a value without `!reset` and `!override`");
    let help = "give the output of `docker compose config` in place of the file";
    scalar.unknown = Some(error.with_help(help));
    scalar
}
