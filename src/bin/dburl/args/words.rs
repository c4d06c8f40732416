//! The values of options that are the library's own: its lists, each with a line for `--help`.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use database_url::convert::Notation;
use database_url::driver::Driver;
use database_url::settings::System;
use database_url::settings::template::Syntax;
use database_url::sqlite::Family;
use database_url::{Dialect, Error, Format};

/// One of the library's values, by name.
fn one_of<T>(
    all: &'static [T],
    name: impl Fn(T) -> &'static str,
    about: impl Fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + std::str::FromStr<Err = Error> + 'static,
{
    let value = |&one: &T| match about(one) {
        "" => PossibleValue::new(name(one)),
        about => PossibleValue::new(name(one)).help(about),
    };
    let values: Vec<_> = all.iter().map(value).collect();
    PossibleValuesParser::new(values).try_map(|name| name.parse::<T>())
}

pub(super) fn notation() -> impl TypedValueParser<Value = Notation> {
    one_of(Notation::ALL, Notation::as_str, |_| "")
}

pub(super) fn driver() -> impl TypedValueParser<Value = Driver> {
    one_of(Driver::ALL, Driver::as_str, |_| "")
}

pub(super) fn system() -> impl TypedValueParser<Value = System> {
    one_of(System::ALL, System::as_str, System::about)
}

pub(super) fn format() -> impl TypedValueParser<Value = Format> {
    one_of(Format::ALL, Format::as_str, |format| match format {
        Format::Auto => "By the start of the text",
        Format::Url => "A URL",
        Format::Conninfo => "libpq's keyword/value text",
        Format::GoDsn => "A DSN of go-sql-driver, for MySQL",
        Format::Jdbc => "A JDBC URL",
        _ => "",
    })
}

pub(super) fn dialect() -> impl TypedValueParser<Value = Dialect> {
    one_of(Dialect::ALL, Dialect::as_str, |dialect| match dialect {
        Dialect::Default => "libpq's grammar, made safe; of other engines, their own",
        Dialect::Libpq => "What libpq 18 accepts",
        _ => "",
    })
}

pub(super) fn syntax() -> impl TypedValueParser<Value = Syntax> {
    one_of(Syntax::ALL, Syntax::as_str, |syntax| match syntax {
        Syntax::Shell => {
            r"As in a Procfile or an unquoted here-document: $NAME, ${NAME:-word}, \$ for a dollar"
        }
        Syntax::Compose => "As in compose.yaml: $NAME, ${NAME:-word}, $$ for a dollar",
        Syntax::Conduit => "As in Conduit's config.yaml: the whole text is $NAME",
        Syntax::Erb => "As in the database.yml of Rails: ERB tags that read ENV",
        _ => "",
    })
}

pub(super) fn family() -> impl TypedValueParser<Value = Family> {
    one_of(Family::ALL, Family::as_str, |family| match family {
        Family::Python => "SQLAlchemy's and Django's: three slashes are relative, four absolute",
        Family::Rails => "Rails': three slashes are absolute",
        Family::Sqlx => "sqlx's: what follows sqlite: or sqlite:// is the path",
        Family::Uri => "SQLite's own URI filenames",
        _ => "",
    })
}
