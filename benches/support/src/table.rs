//! Plain tables for a terminal and for a commit message.

/// The rows as lines of aligned columns: the first column to the left, the others, which are figures, to the right.
///
/// The first row is the head.
#[must_use]
pub fn render(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell: &String| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..columns)
        .map(|column| width(column).unwrap_or(0))
        .collect();

    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        text.push_str(&line(row, &widths));
        if number == 0 {
            let rules: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
            text.push_str(&line(&rules, &widths));
        }
    }
    text
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let padded =
        cells
            .iter()
            .zip(widths)
            .enumerate()
            .map(|(column, (cell, &width))| match column {
                0 => format!("{cell:<width$}"),
                _ => format!("{cell:>width$}"),
            });
    padded.collect::<Vec<_>>().join(" | ").trim_end().to_owned() + "\n"
}

/// A count with its thousands set apart, rounded: `6021.3` as `6,021`.
#[must_use]
pub fn count(figure: f64) -> String {
    let digits = format!("{figure:.0}");
    let mut text = String::new();
    for (location, digit) in digits.chars().enumerate() {
        if location > 0 && (digits.len() - location).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{count, render};

    #[test]
    fn groups_of_three() {
        let cases = [
            (0.0, "0"),
            (194.2, "194"),
            (6_020.6, "6,021"),
            (1_048_576.0, "1,048,576"),
        ];
        for (figure, text) in cases {
            assert_eq!(count(figure), text);
        }
    }

    #[test]
    fn columns_are_aligned() {
        let rows =
            [["case", "instr"], ["heroku", "1,200"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(
            render(&rows),
            "case   | instr\n------ | -----\nheroku | 1,200\n"
        );
    }
}
