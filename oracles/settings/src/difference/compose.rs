//! On Compose templates, with compose-go.

use super::{Difference, another_text, difference, holds};

/// All of them.
pub const LIST: &[Difference] = &[
    difference(
        "only the word that is used can lack a variable; compose-go fills in both first",
        |f| f.it_rejects(&["required variable"]),
    ),
    difference(
        "an empty pair of braces in a word is balanced; compose-go does not see its end",
        |f| (another_text(f) || f.it_rejects(&["Invalid template"])) && holds(f, &["{}"]),
    ),
];
