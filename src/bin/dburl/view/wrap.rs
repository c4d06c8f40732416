//! Sentences in lines that fit a terminal. What another program reads, such as a URL or JSON, is never broken.

/// How wide a terminal is at least.
pub(crate) const TERMINAL: usize = 80;

/// By how much the lines of a sentence after its first are indented.
const HANG: usize = 4;

/// A sentence that begins in column `used`, with its further lines indented.
pub(crate) fn sentence(text: &str, used: usize) -> String {
    lines(text, TERMINAL - used, TERMINAL - HANG).join(&format!("\n{:HANG$}", ""))
}

/// A sentence in lines, broken at spaces: the first has `first` columns, the others `rest`. What is in backquotes is broken
/// only where it fits no line.
pub(crate) fn lines(text: &str, first: usize, rest: usize) -> Vec<String> {
    if width(text) <= first {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    for word in words(text, rest) {
        let room = if lines.len() == 1 { first } else { rest };
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if width(line) + 1 + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// How many columns a string takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().count()
}

/// The words of a sentence. One in backquotes, such as a command, is a single word if it fits a line.
fn words(text: &str, room: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(' ');
        let end = quoted_end(rest, room)
            .filter(|&end| width(&rest[..end]) <= room)
            .or_else(|| rest.find(' '))
            .unwrap_or(rest.len());
        let (word, others) = rest.split_at(end);
        rest = others;
        (!word.is_empty()).then_some(word)
    })
}

/// The end of a word that begins with a backquote: the first space after the closing one, which is in the same line.
fn quoted_end(text: &str, room: usize) -> Option<usize> {
    let word = text.split(' ').next()?;
    let open = word.find('`')?;
    let line = text
        .char_indices()
        .nth(room)
        .map_or(text, |(end, _)| &text[..end]);
    let close = open + 1 + line.get(open + 1..)?.find('`')?;
    let after = text[close..].find(' ');
    Some(after.map_or(text.len(), |after| close + after))
}

#[cfg(test)]
mod tests {
    use super::{lines, sentence, width};

    #[test]
    fn a_sentence_is_broken_at_spaces_outside_of_backquotes() {
        let text = "use `dburl convert --to url` or `dburl psql`, as it is";
        assert_eq!(
            lines(text, 20, 30),
            [
                "use",
                "`dburl convert --to url` or",
                "`dburl psql`, as it is"
            ]
        );
        assert_eq!(lines("a b", 80, 80), ["a b"]);
        assert_eq!(lines("`a b` c", 3, 3), ["`a", "b`", "c"]);
        assert_eq!(lines("a `b c", 4, 4), ["a `b", "c"]);
        assert_eq!(lines("unbreakable", 3, 3), ["unbreakable"]);
    }

    #[test]
    fn no_line_is_wider_than_a_terminal() {
        let text = "word ".repeat(100);
        let broken = format!("{:7}{}", "dburl:", sentence(&text, 7));
        assert!(broken.lines().all(|line| width(line) <= 80), "{broken}");
        assert!(broken.lines().skip(1).all(|line| line.starts_with("    w")));
    }
}
