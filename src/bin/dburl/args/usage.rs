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
        // clap has no other kind for a flag at the end of the line.
        ErrorKind::InvalidValue if context(error, ContextKind::InvalidValue).is_empty() => {
            format!("missing value for {}", named())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("invalid value for {}", named())
        }
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("missing value for {}", named())
        }
        ErrorKind::TooManyValues => format!("unexpected value for {}", named()),
        ErrorKind::MissingRequiredArgument => format!("missing {}", alternatives(&named())),
        ErrorKind::ArgumentConflict => match context(error, ContextKind::PriorArg) {
            prior if prior == named() => format!("{prior} is given twice"),
            prior => format!("{} cannot be used with {prior}", named()),
        },
        ErrorKind::InvalidUtf8 => "an argument is not UTF-8".to_owned(),
        _ => "the arguments cannot be understood".to_owned(),
    }
}

/// A group of arguments, of which one is needed: `<--file <PATH>|--system <NAME>>`.
fn alternatives(group: &str) -> String {
    let inside = group
        .strip_prefix("<--")
        .and_then(|rest| rest.strip_suffix('>'));
    inside.map_or_else(
        || group.to_owned(),
        |inside| format!("--{}", inside.replace('|', " or ")),
    )
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
pub(super) fn help(error: &clap::Error, verb: Option<&str>) -> String {
    let mut help = Vec::new();
    for kind in [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ] {
        let found = context(error, kind);
        if !found.is_empty() {
            help.push(format!("did you mean {}?", found.replace(", ", " or ")));
        }
    }
    for kind in [ContextKind::ValidValue, ContextKind::ValidSubcommand] {
        let found = context(error, kind);
        if !found.is_empty() {
            help.push(format!("expected one of: {found}"));
        }
    }
    match (error.kind(), verb) {
        // Its text is one of ours, and holds nothing of the value.
        (ErrorKind::ValueValidation, _) => {
            help.extend(std::error::Error::source(error).map(ToString::to_string));
        }
        (ErrorKind::UnknownArgument, Some("convert")) if is_format(error) => {
            help.push("the notation is named by `--to FORMAT`".to_owned());
        }
        (ErrorKind::UnknownArgument, _) if is_format(error) => {
            help.push("`--format json` is `--json`; there is no other".to_owned());
        }
        (ErrorKind::UnknownArgument | ErrorKind::MissingRequiredArgument, Some("exec")) => {
            help.push("the command comes after `--`, as in `dburl exec -- CMD`".to_owned());
        }
        (
            ErrorKind::UnknownArgument | ErrorKind::MissingRequiredArgument,
            Some(client @ ("psql" | "mysql")),
        ) => {
            let usage = format!("as in `dburl {client} -- ARGUMENT`");
            help.push(format!(
                "the arguments of {client} come after `--`, {usage}"
            ));
        }
        (ErrorKind::InvalidSubcommand, _) if help.is_empty() => {
            help.push("a connection string is an argument of `dburl explain`".to_owned());
        }
        _ => {}
    }
    let verb = verb.map_or_else(String::new, |verb| format!(" {verb}"));
    help.push(format!("see `dburl{verb} --help`"));
    help.join("\n")
}

/// Whether the unknown flag is the one that only `parse` has.
fn is_format(error: &clap::Error) -> bool {
    flag(&context(error, ContextKind::InvalidArg)).as_deref() == Some("`--format`")
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}
