//! Settings files of every system: nothing panics, no value changes the tree, what is written reads back, and nothing is
//! shown; `~` stands for a secret.

use std::fmt::Write;

use database_url::settings::{Rendered, Settings, System};
use database_url::{Error, Setting, Vars};

use crate::no_secret::{SECRET, holds_piece, shown_of_error, shown_of_warnings};

/// Stands for a value that no grammar has a meaning for.
const INERT: &str = "\u{e000}";
/// A value that every grammar would have a meaning for.
const HOSTILE: &str = "}: [x, {y: 1}]\" ' # - <%= ENV['A'] %>$A${A:?}&a *a !t |";

const PATHS: [&str; 2] = ["a.json", "a.yaml"];

/// # Panics
/// When something is found.
pub fn check(text: &str) {
    if text.contains(INERT) || text.contains("[x, {y") || holds_piece(text) {
        // The fuzzer has learnt a word that only this module may use.
        return;
    }
    for system in System::ALL {
        for path in PATHS {
            let read =
                |text: &str| Settings::from_str(path, text).map(|file| file.with_system(*system));
            let Ok(settings) = read(text) else { continue };
            shape(&settings, *system, path);
            hidden(&settings, !text.contains('~'));
            // A secret is no part of a name, and of no key that may be shown.
            let secret = text.replace('~', &format!("/{SECRET}/"));
            if let Ok(settings) = read(&secret) {
                hidden(&settings, false);
            }
        }
    }
}

fn vars(value: &str) -> Vars {
    Vars::from([
        ("A", value),
        (
            "DATABASE_URL",
            &format!("postgres://app:{value}@db.example/shop"),
        ),
        ("E", ""),
    ])
}

/// Another value in a variable's location leaves the tree's shape as it is.
fn shape(settings: &Settings, system: System, path: &str) {
    let inert = settings.render(&vars(INERT));
    let hostile = settings.render(&vars(HOSTILE));
    assert_eq!(inert.is_ok(), hostile.is_ok(), "{inert:?} {hostile:?}");
    let (Ok(inert), Ok(hostile)) = (inert, hostile) else {
        return;
    };
    assert_eq!(shape_of(&inert.value()), shape_of(&hostile.value()));
    assert_eq!(
        shape_of(&hostile.masked_value()),
        shape_of(&hostile.value())
    );
    for one in [inert, hostile] {
        if system != System::Procfile {
            let again = read_back(path, one.text().expose());
            assert_eq!(again.value(), one.value());
            assert_eq!(read_back(path, &one.masked()).value(), one.masked_value());
        }
    }
}

fn read_back(path: &str, text: &str) -> Rendered {
    let settings = Settings::from_str(path, text).map(|file| file.with_system(System::Django));
    let settings = settings.unwrap_or_else(|error| panic!("{error}: {text}"));
    let rendered = settings.render(&Vars::new());
    rendered.unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn shape_of(setting: &Setting) -> String {
    let mut shape = String::new();
    match setting {
        Setting::List(list) => {
            shape.push('[');
            for one in list {
                shape += &shape_of(one);
            }
            shape.push(']');
        }
        Setting::Map(members) => {
            shape.push('{');
            for (_, one) in members {
                shape += &shape_of(one);
            }
            shape.push('}');
        }
        _ => shape.push('.'),
    }
    shape
}

fn hidden(settings: &Settings, is_value_only: bool) {
    let mut shown = format!("{settings:?}");
    let tell = |error: &Error, shown: &mut String| {
        error
            .iter()
            .for_each(|error| *shown += &shown_of_error(error));
    };
    let vars = vars(SECRET);
    match settings.render(&vars) {
        Err(error) => tell(&error, &mut shown),
        Ok(rendered) => {
            shown += &shown_of_warnings(rendered.warnings().iter().cloned());
            let _ = write!(shown, "{rendered:?}");
            if is_value_only {
                shown += &rendered.masked();
            }
        }
    }
    match settings.resolve(&vars) {
        Err(error) => tell(&error, &mut shown),
        Ok(resolved) => shown += &shown_of_warnings(resolved.warnings().iter().cloned()),
    }
    match settings.variables() {
        Err(error) => tell(&error, &mut shown),
        Ok(uses) => {
            for one in uses {
                let _ = write!(shown, "{one:?}");
            }
        }
    }
    assert!(!holds_piece(&shown), "{shown}");
}
