//! What people set in place of a connection string or of one of its parts, and what is reported to them.

mod ends;
mod parts;
mod values;
mod whole;

use database_url::{Database, ErrorKind};

use crate::common::Failures;

/// Input, kind, and pieces of the message and of the help.
pub(crate) type Rejected<'r> = &'r [(&'r str, ErrorKind, &'r str, &'r str)];

/// What every row hides.
const SECRET: &str = "Zq7secret";

#[track_caller]
pub(crate) fn rejected(rows: Rejected<'_>) {
    let mut failures = Failures::default();
    for (input, kind, message, help) in rows {
        let Err(error) = input.parse::<Database>() else {
            failures.push(input, "was accepted");
            continue;
        };
        failures.compare(input, error.kind(), *kind);
        let (found, remedy) = (
            error.to_string(),
            error.help().unwrap_or_default().to_owned(),
        );
        for (text, piece) in [(&found, message), (&remedy, help)] {
            if !text.contains(piece) {
                failures.push(input, &format!("no {piece:?} in {text:?}"));
            }
        }
        if found.contains(SECRET) || remedy.contains(SECRET) {
            failures.push(input, "shows a secret");
        }
    }
    failures.finish();
}

/// Input, and the codes with what they are about, in the order of the codes.
#[track_caller]
pub(crate) fn warned(rows: &[(&str, &[(&str, &str)])]) {
    let mut failures = Failures::default();
    for (input, expected) in rows {
        let database = match input.parse::<Database>() {
            Ok(database) => database,
            Err(error) => {
                failures.rejected(input, &error);
                continue;
            }
        };
        let warnings: Vec<_> = database.warnings().collect();
        let codes: Vec<_> = warnings
            .iter()
            .map(|warning| warning.code().as_str())
            .collect();
        let wanted: Vec<_> = expected.iter().map(|(code, _)| *code).collect();
        failures.compare(input, &codes, &wanted);
        for (warning, (_, piece)) in warnings.iter().zip(*expected) {
            let reported = format!("{warning}\n{}", warning.help());
            if !reported.contains(piece) || reported.contains(SECRET) {
                failures.push(
                    input,
                    &format!("no {piece:?}, or a secret, in {reported:?}"),
                );
            }
        }
    }
    failures.finish();
}
