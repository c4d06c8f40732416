//! What other readers of `.env` files make of a value: bash (`set -a; . .env`), node's dotenv with and without expansion,
//! python-dotenv, Ruby's dotenv, dotenvy, Docker Compose and django-environ.

use crate::bytes::Bytes;

use super::lines::{Habits, Quote, Written};

const QUOTE: &str = "write it in single quotes, with nothing after them";
const ESCAPE: &str = "in a URL, write the character as a percent escape (`$` as %24, `'` as %27, `\\` as %5C), and the value in \
    single quotes";

/// Why readers disagree, and the spelling that they agree on.
pub(super) fn disagreements(
    written: &Written<'_>,
    habits: Habits,
) -> (Vec<&'static str>, &'static str) {
    let quoting = match written.quote {
        Quote::None => UNQUOTED,
        Quote::Single => SINGLE,
        Quote::Double => DOUBLE,
    };
    let present = Bytes::of(written.text.as_bytes());
    let found = quoting
        .iter()
        .filter(|(characters, _)| characters.bytes().any(|byte| present.has(byte)))
        .map(|(_, why)| *why);
    let mut reasons: Vec<_> = found.collect();
    let of_line = [
        (
            habits.has_mark,
            "bash, dotenvy, Compose and django-environ stumble over the byte-order mark before it",
        ),
        (
            habits.has_colon,
            "bash, python-dotenv, dotenvy and django-environ know no `:` for `=`",
        ),
        (
            habits.has_spaces,
            "bash and django-environ take no spaces around the `=`",
        ),
        (
            habits.has_comment && written.quote == Quote::None,
            "the value ends before ` #`; django-environ keeps the comment",
        ),
        (
            habits.has_comment && written.quote != Quote::None,
            "django-environ keeps the comment",
        ),
        (
            habits.ends_in_spaces,
            "django-environ keeps the spaces at the end",
        ),
        (
            habits.ends_in_return,
            "bash keeps the carriage return at the end of the line",
        ),
    ];
    let of_line = of_line.into_iter().filter(|(holds, _)| *holds);
    reasons.extend(of_line.map(|(_, why)| why));
    let survives_quotes = written.text.contains(['\'', '\\', '\n'])
        || (written.text.contains('$') && written.quote == Quote::Single);
    (reasons, if survives_quotes { ESCAPE } else { QUOTE })
}

/// Characters in a value as it is written, and who reads one of them differently.
type Row = (&'static str, &'static str);

const UNQUOTED: &[Row] = &[
    ("#", "node's dotenv and Ruby's end it at the `#`"),
    (
        "$",
        "bash, Compose, dotenvy, Ruby's dotenv and dotenv-expand fill in what follows a `$`, but node's dotenv and \
         django-environ do not, and python-dotenv only in braces",
    ),
    ("\\", "bash and dotenvy take the backslash for an escape"),
    (
        " \t",
        "bash and dotenvy take no spaces without quotation marks",
    ),
    (
        "`",
        "bash runs what is between backticks, and node's dotenv takes them for quotation marks",
    ),
    (
        "&;|<>()",
        "a shell that sources the file ends the value at the first of `&;|<>()`",
    ),
    (
        "'\"",
        "bash and dotenvy take a quotation mark within the value for the begin of a quoted text",
    ),
];

const SINGLE: &[Row] = &[
    ("$", "dotenv-expand fills in what follows a `$` even there"),
    (
        // Within single quotation marks, a backslash is before each.
        "'",
        "bash, node's dotenv, Ruby's, dotenvy and django-environ do not take `\\'` for a `'`",
    ),
    (
        "\n",
        "Ruby's dotenv and django-environ end it with the line",
    ),
];

const DOUBLE: &[Row] = &[
    (
        "$",
        "most fill in what follows a `$`, but node's dotenv and django-environ do not, and python-dotenv only in braces",
    ),
    ("\\", "no two agree on what a backslash means"),
    ("`", "bash runs what is between backticks"),
    (
        "\n",
        "Ruby's dotenv and django-environ end it with the line",
    ),
];
