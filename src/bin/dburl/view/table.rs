//! Rows of three cells, in columns that fit a terminal.

use std::io;

use crate::view::Out;
use crate::view::wrap::{self, TERMINAL, width};

/// Field, value, and where it comes from; or the like.
pub(crate) type Row = [String; 3];

const INDENT: usize = 2;
const GAP: usize = 2;

/// Where a cell begins that fits no line after its column's start.
const UNDER: usize = 6;

/// What the first column takes at most, and the last at least, where not all rows fit a line.
const FIRST: usize = 36;
const LAST: usize = 26;

/// Prints the rows. A cell that is wider than its column has the rest of its row on the lines that follow.
pub(crate) fn print(rows: &[Row], out: &mut Out) -> io::Result<()> {
    let starts = starts(rows);
    rows.iter().try_for_each(|row| out.line(&line(row, starts)))
}

/// A heading and its rows, if there are any.
pub(crate) fn section(
    heading: &str,
    rows: impl Iterator<Item = Row>,
    out: &mut Out,
) -> io::Result<()> {
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.heading(heading)?;
    print(&rows, out)
}

/// Whether each row fits one line.
pub(crate) fn fits(rows: &[Row]) -> bool {
    let [first, second, last] = [0, 1, 2].map(|column| widest(rows, column, usize::MAX));
    INDENT + first + GAP + second + GAP + last <= TERMINAL
}

/// Where the columns begin.
fn starts(rows: &[Row]) -> [usize; 3] {
    let (first, second) = if fits(rows) {
        (usize::MAX, usize::MAX)
    } else {
        let first = widest(rows, 0, FIRST);
        (FIRST, TERMINAL - INDENT - first - 2 * GAP - LAST)
    };
    let second_start = INDENT + widest(rows, 0, first) + GAP;
    let last_start = second_start + widest(rows, 1, second) + GAP;
    [INDENT, second_start, last_start]
}

/// The widest cell of a column, of those that are not wider than a limit.
fn widest(rows: &[Row], column: usize, limit: usize) -> usize {
    let widths = rows.iter().map(|row| width(&row[column]));
    widths.filter(|width| *width <= limit).max().unwrap_or(0)
}

fn line(row: &Row, starts: [usize; 3]) -> String {
    let mut text = String::new();
    let mut column = 0;
    let [first, second, last] = row;
    for (cell, start) in [first, second].into_iter().zip(starts) {
        if !cell.is_empty() {
            let is_wide = start > INDENT && start + width(cell) > TERMINAL;
            go_to(if is_wide { UNDER } else { start }, &mut column, &mut text);
            text.push_str(cell);
            column += width(cell);
        }
    }
    if last.is_empty() {
        return text;
    }
    let longest = last.split(' ').map(width).max().unwrap_or(0);
    let start = match starts[2] {
        start if longest <= TERMINAL - start => start,
        _ => UNDER,
    };
    go_to(start, &mut column, &mut text);
    let room = TERMINAL - start;
    text + &wrap::lines(last, room, room).join(&format!("\n{:start$}", ""))
}

/// Moves to a column: of the next line, where this one is already past it.
fn go_to(start: usize, column: &mut usize, text: &mut String) {
    if *column > 0 && *column + GAP > start {
        text.push('\n');
        *column = 0;
    }
    text.push_str(&" ".repeat(start - *column));
    *column = start;
}
