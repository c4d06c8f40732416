//! What a file has in place of a name that it does not have.

use crate::did_you_mean::is_one_edit;
use crate::document::shown_key;

/// The names that there are, and the one that was most likely meant; `None` if there are none.
pub(super) fn choices<'n>(names: impl Iterator<Item = &'n str>, wanted: &str) -> Option<String> {
    let is_meant = |name: &&&str| {
        let (name, wanted) = (name.to_ascii_lowercase(), wanted.to_ascii_lowercase());
        let is_short_form = wanted.len() >= 3 && name.starts_with(&wanted);
        is_short_form || is_one_edit(name.as_bytes(), wanted.as_bytes())
    };
    let names: Vec<_> = names.collect();
    let meant = names.iter().find(is_meant);
    let meant = meant.map(|name| format!("did you mean `{}`? ", shown_key(name)));
    let listed: Vec<_> = names.iter().map(|name| shown_key(name)).collect();
    let listed = (!listed.is_empty()).then(|| listed.join(", "))?;
    Some(format!("{}it has {listed}", meant.unwrap_or_default()))
}
