//! Files of variables: nothing panics, every location is in the text, no message shows a piece of it, and what is quoted as
//! readers agree on comes back.

use std::fmt::Write;

use database_url::{Error, ErrorKind, MAX_LEN, Source, Vars};

use crate::no_secret::{SECRET, holds_piece, shown_of_error, shown_of_warnings};

/// # Panics
/// When a location is not in the text, a message shows a secret, or a value does not come back.
pub fn check(text: &str) {
    if holds_piece(text) {
        return;
    }
    check_quoted(text);
    // A secret is no part of the name of a variable, which a reference shows.
    let text = text.replace('~', &format!("/{SECRET}/"));
    let process = Vars::from([("A", "process"), ("EMPTY", "")]);
    check_read(process.clone().with_dotenv_str("file", &text), &text);
    check_read(Vars::from_heroku_shell_str("file", &text), &text);
}

fn check_read(read: Result<Vars, Error>, text: &str) {
    let mut shown = String::new();
    match read {
        Ok(vars) => {
            shown += &shown_of_warnings(vars.warnings().iter().cloned());
            let mut len = 0;
            for name in vars.names() {
                let origin = vars.origin(name);
                check_location(origin, text, name);
                match vars.get(name) {
                    Ok(value) => len += value.expect("it is set").expose().len(),
                    Err(error) => shown += &shown_of_error(&error),
                }
            }
            assert!(len <= text.len() + MAX_LEN + "process".len(), "{len}");
        }
        Err(error) => {
            for error in error.iter() {
                check_location(error.origin(), text, "");
                shown += &shown_of_error(error);
            }
        }
    }
    assert!(!holds_piece(&shown), "shown for {text:?}: {shown:?}");
}

/// A location lies in the text, and that of a variable begins with its name.
fn check_location(source: Option<&Source>, text: &str, name: &str) {
    let Some(location) = source.and_then(Source::file) else {
        assert!(["A", "EMPTY"].contains(&name), "{name:?} is from nowhere");
        return;
    };
    let position = location.position().expect("a line and a column");
    let line = (position.line() - 1) as usize;
    let line = text.split('\n').nth(line).expect("a line of the text");
    let line = line.trim_start_matches('\u{feff}');
    let skipped = (position.column() - 1) as usize;
    assert!(skipped <= line.chars().count(), "{location} in {text:?}");
    let here: String = line.chars().skip(skipped).collect();
    assert!(here.starts_with(name), "{location} is not {name:?}");
}

/// In single quotes nothing is an error but a URL with lines below it that look like other variables: then the quotation
/// mark of the URL was not closed, which is reported where it begins.
fn check_unclosed(error: &Error, text: &str) {
    let (url, others) = text.split_once('\n').unwrap_or_default();
    assert!(url.contains("://") && others.contains('='), "{text:?}");
    assert_eq!(error.kind(), ErrorKind::UnterminatedQuote, "{text:?}");
    let location = error.origin().and_then(Source::file).expect("a place");
    let position = location.position().expect("a line and a column");
    assert_eq!((position.line(), position.column()), (1, 3), "{text:?}");
}

fn check_quoted(text: &str) {
    let mut file = String::new();
    if !text.contains(['\'', '\\', '\r', '\0']) {
        write!(file, "K='{text}' # c\nL=1").expect("writing to a string");
        match Vars::new().with_dotenv_str("file", &file) {
            Ok(read) => {
                let value = read.get("K").expect("a value").expect("it is set");
                assert_eq!(value.expose(), text);
            }
            Err(error) => check_unclosed(&error, text),
        }
    }
    if !text.contains('\0') {
        let escape = |c: char| match c {
            '"' | '\\' | '$' | '`' | '!' => format!("\\{c}"),
            '\n' => "\\n".to_owned(),
            c => c.to_string(),
        };
        let quoted: Vec<_> = text.chars().map(escape).collect();
        let line = format!("K=\"{}\"\n", quoted.concat());
        let read = Vars::from_heroku_shell_str("file", &line).expect("Heroku's double quotes");
        let value = read.get("K").expect("a value").expect("it is set");
        assert_eq!(value.expose(), text);
    }
}
