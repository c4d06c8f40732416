//! What is reported of a command line that is not understood.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong, in words that hold no value that was typed.
pub(super) fn message(kind: ErrorKind, error: &clap::Error) -> String {
    // clap fills these with names of our own definitions, except for unknown arguments.
    let named = || context(error, ContextKind::InvalidArg);
    match kind {
        ErrorKind::UnknownArgument => match flag(&named()) {
            Some(flag) => format!("unknown flag {flag}"),
            None => "unexpected argument".to_owned(),
        },
        ErrorKind::InvalidSubcommand => "unknown verb".to_owned(),
        ErrorKind::InvalidValue => format!("invalid value for {}", named()),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("missing value for {}", named())
        }
        ErrorKind::TooManyValues => format!("unexpected value for {}", named()),
        ErrorKind::MissingRequiredArgument => format!("missing {}", named()),
        ErrorKind::ArgumentConflict => format!("{} cannot be used there, or not twice", named()),
        ErrorKind::InvalidUtf8 => "an argument is not UTF-8".to_owned(),
        _ => "the arguments cannot be understood".to_owned(),
    }
}

/// An unknown argument that is a flag; its value, and everything else, may be a secret.
fn flag(argument: &str) -> Option<String> {
    let name = argument.split('=').next().unwrap_or_default();
    let letters = name.strip_prefix("--").or_else(|| name.strip_prefix('-'))?;
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    let is_flag = if name.starts_with("--") {
        (2..=24).contains(&letters.len()) && letters.bytes().all(is_part)
    } else {
        letters.len() == 1
    };
    is_flag.then(|| format!("`{name}`"))
}

/// Suggestions and where to read on, all from our own definitions.
pub(super) fn help(error: &clap::Error, verb: Option<String>) -> String {
    let mut help = String::new();
    for (kind, words) in [
        (ContextKind::SuggestedArg, "did you mean "),
        (ContextKind::SuggestedSubcommand, "did you mean "),
        (ContextKind::ValidValue, "expected one of: "),
        (ContextKind::ValidSubcommand, "expected one of: "),
    ] {
        let found = context(error, kind);
        if !found.is_empty() {
            let end = if words.starts_with("did") {
                "?\n"
            } else {
                "\n"
            };
            help.extend([words, &found, end]);
        }
    }
    let verb = verb.map_or_else(String::new, |verb| format!(" {verb}"));
    help + &format!("see `dburl{verb} --help`")
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}
