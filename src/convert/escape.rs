//! Quoting, while the text is written: each function quotes one value into the buffer that is there.

use std::fmt::{self, Write};

/// Writes `'…'` for a POSIX shell, where nothing but the quote itself is special.
pub(super) fn shell(out: &mut dyn Write, text: &str) -> fmt::Result {
    quoted(out, '\'', text, |out, character| match character {
        '\'' => out.write_str(r"'\''"),
        other => out.write_char(other),
    })
}

/// Writes `"…"` with escapes that JSON, YAML and Python read alike.
pub(super) fn string(out: &mut dyn Write, text: &str) -> fmt::Result {
    quoted(out, '"', text, character)
}

/// As [`string`], with `$$` for a dollar, as Compose reads it after YAML.
pub(super) fn compose(out: &mut dyn Write, text: &str) -> fmt::Result {
    quoted(out, '"', text, |out, one| match one {
        '$' => out.write_str("$$"),
        other => character(out, other),
    })
}

/// As [`string`], with no `<` that could begin a tag, for a file that ERB reads before YAML does.
pub(super) fn erb(out: &mut dyn Write, text: &str) -> fmt::Result {
    quoted(out, '"', text, |out, one| match one {
        '<' => out.write_str(r"\u003c"),
        other => character(out, other),
    })
}

/// Writes a value for `env -S`: as it is where that is safe, else in double quotes.
pub(super) fn env(out: &mut dyn Write, text: &str) -> fmt::Result {
    if is_plain_for_env(text) {
        return out.write_str(text);
    }
    quoted(out, '"', text, |out, character| match character {
        '"' | '\\' | '$' => write!(out, "\\{character}"),
        '\n' => out.write_str(r"\n"),
        '\r' => out.write_str(r"\r"),
        other => out.write_char(other),
    })
}

/// Whether `env -S` and readers that take the rest of the line find the same value.
pub(super) fn is_plain_for_env(text: &str) -> bool {
    let is_special = |character: char| {
        character.is_whitespace() || character.is_control() || "'\"\\$".contains(character)
    };
    !text.contains(is_special)
}

/// Writes a field of a password file: `:` and `\` are escaped, and so is what means more at the start of a field.
pub(super) fn pgpass(out: &mut dyn Write, text: &str) -> fmt::Result {
    for (index, character) in text.chars().enumerate() {
        // A line that begins with `#` is a comment, and a field that is `*` is any.
        let starts_more = index == 0 && character == '#' || text == "*";
        if starts_more || matches!(character, ':' | '\\') {
            out.write_char('\\')?;
        }
        out.write_char(character)?;
    }
    Ok(())
}

fn quoted(
    out: &mut dyn Write,
    quote: char,
    text: &str,
    write: fn(&mut dyn Write, char) -> fmt::Result,
) -> fmt::Result {
    out.write_char(quote)?;
    text.chars()
        .try_for_each(|character| write(out, character))?;
    out.write_char(quote)
}

/// A character between double quotes. YAML takes fewer characters as they are than JSON and Python do.
fn character(out: &mut dyn Write, character: char) -> fmt::Result {
    match character {
        '"' | '\\' => write!(out, "\\{character}"),
        '\n' => out.write_str(r"\n"),
        '\r' => out.write_str(r"\r"),
        '\t' => out.write_str(r"\t"),
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
            write!(out, "\\u{:04x}", u32::from(character))
        }
        control if control.is_control() => write!(out, "\\u{:04x}", u32::from(control)),
        other => out.write_char(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn writes(write: fn(&mut dyn Write, &str) -> fmt::Result, rows: &[(&str, &str)]) {
        for (text, expected) in rows {
            let mut written = String::new();
            write(&mut written, text).expect("a String takes all");
            assert_eq!(written, *expected, "{text:?}");
        }
    }

    #[test]
    fn every_quoting_ends_where_it_began() {
        writes(
            shell,
            &[("a b", "'a b'"), ("it's", r"'it'\''s'"), ("", "''")],
        );
        writes(
            string,
            &[
                (r#"a"\b"#, r#""a\"\\b""#),
                ("\n\t\u{7f}\u{85}\u{2028}é", r#""\n\t\u007f\u0085\u2028é""#),
            ],
        );
        writes(compose, &[("$a\"", r#""$$a\"""#)]);
        writes(erb, &[("<%= 1 %>", r#""\u003c%= 1 %>""#)]);
        writes(
            env,
            &[("p@ss", "p@ss"), ("a $b", r#""a \$b""#), ("\n", r#""\n""#)],
        );
        writes(
            pgpass,
            &[
                ("a:b\\", r"a\:b\\"),
                ("*", r"\*"),
                ("a*#", "a*#"),
                ("****", "****"),
                ("#", r"\#"),
            ],
        );
    }
}
