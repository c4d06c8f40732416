//! `options`, as the server splits it.

/// The settings in `options`, as the server splits it: words with backslashes as escapes, each `-c name=value` or
/// `--name=value`; `None` if there is anything else.
pub(in crate::driver) fn server_settings(options: &str) -> Option<Vec<(String, String)>> {
    let mut words = words(options).into_iter();
    let mut settings = Vec::new();
    while let Some(word) = words.next() {
        let setting = match (word.strip_prefix("-c"), word.strip_prefix("--")) {
            (Some(""), _) => words.next()?,
            (Some(rest), _) | (_, Some(rest)) => rest.to_owned(),
            _ => return None,
        };
        let (name, value) = setting.split_once('=')?;
        settings.push((name.replace('-', "_"), value.to_owned()));
    }
    Some(settings)
}

/// As `pg_split_opts` splits.
fn words(options: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut characters = options.chars().peekable();
    while let Some(&first) = characters.peek() {
        if first.is_ascii_whitespace() {
            characters.next();
            continue;
        }
        let mut word = String::new();
        while let Some(character) = characters.next_if(|next| !next.is_ascii_whitespace()) {
            if character == '\\' {
                word.extend(characters.next());
            } else {
                word.push(character);
            }
        }
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_split_as_the_server_splits_them() {
        let settings = |options| {
            server_settings(options).map(|found| {
                found
                    .into_iter()
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect::<Vec<_>>()
                    .join(";")
            })
        };
        for (options, expected) in [
            ("", Some("")),
            ("-c geqo=off", Some("geqo=off")),
            (
                " -cgeqo=off  --statement-timeout=5min ",
                Some("geqo=off;statement_timeout=5min"),
            ),
            (r"-c search_path=a\ b\\c", Some(r"search_path=a b\c")),
            ("-c geqo", None),
            ("-c", None),
            ("-B 5", None),
        ] {
            assert_eq!(settings(options).as_deref(), expected, "{options}");
        }
    }
}
