//! The variables, with values that look like what they must not be taken for.

use std::collections::BTreeMap;

use support::random::Random;

/// Names that templates use. No shell gives a meaning to one of them.
pub(super) const NAMES: &[&str] = &[
    "A",
    "A_B",
    "_X1",
    "EMPTY",
    "NOPE",
    "DATABASE_URL",
    "Db_Host",
];

const VALUES: &[&str] = &[
    "1",
    "app",
    "",
    "two words",
    "postgres://u:p%40ss@h:5432/d?a=1&b=2",
    "$A",
    "${A:-x}",
    "$$",
    "<%= ENV['A'] %>",
    "%>",
    "p\\q\"r's`t",
    "line1\nline2\n",
    "}{",
    "\\",
    "0123",
    "yes",
    " blanks ",
    "naïve ✓",
    "42 apples",
    "a: b #c",
];

/// Some of the names, with some of the values.
pub(super) fn vars(random: &mut Random) -> BTreeMap<String, String> {
    let mut vars = BTreeMap::new();
    for name in NAMES {
        if random.chance(55) {
            vars.insert((*name).to_owned(), random.pick(VALUES).to_owned());
        }
    }
    vars
}
