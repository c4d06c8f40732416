//! The table: a row for each notation and reader.

use std::fmt;

/// How the passwords of one notation fared with one reader.
#[derive(Debug)]
pub struct Row {
    /// The notation.
    pub notation: &'static str,
    /// The reader.
    pub reader: &'static str,
    /// Read back as they were.
    pub survived: usize,
    /// Not converted, or converted with a loss listed: the caller knows.
    pub reported: usize,
    /// Read back as something else, without a word.
    pub wrong: Vec<String>,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:<10}  {:<34}  {:>8}  {:>8}  {:>5}",
            self.notation,
            self.reader,
            self.survived,
            self.reported,
            self.wrong.len()
        )
    }
}

/// The table, with its head.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let head = format!(
        "{:<10}  {:<34}  {:>8}  {:>8}  {:>5}\n",
        "notation", "reader", "survived", "reported", "wrong"
    );
    let rows: Vec<_> = rows.iter().map(ToString::to_string).collect();
    head + &rows.join("\n")
}
