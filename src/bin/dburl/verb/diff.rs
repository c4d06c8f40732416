//! `dburl diff`: which parts of two databases differ.

use std::io;

use database_url::settings::Settings;
use database_url::{Database, Error, Resolver, Secret, Vars};
use serde_json::json;

use crate::args::Comparison;
use crate::verb::{Ended, reject_usage};
use crate::view::Out;

pub(crate) fn run(comparison: &Comparison, vars: &Vars, out: &mut Out) -> Ended {
    let names = match &comparison.two {
        Some(two) => [&comparison.one, two],
        None if comparison.one == "-" => [&comparison.one; 2],
        None => {
            let help = "name two databases, or pass - for two lines of standard input";
            return Ok(reject_usage("diff", "missing <B>", help, out)?);
        }
    };
    let is_without_path = |name: &&String| {
        name.strip_prefix("file:")
            .is_some_and(|file| file.split('#').next() == Some(""))
    };
    if names.iter().any(is_without_path) {
        let help = "name the file, as in file:config/database.yml#production";
        return Ok(reject_usage(
            "diff",
            "missing the path after `file:`",
            help,
            out,
        )?);
    }
    let input = if comparison.reads_stdin() {
        Secret::read_from(io::stdin())?
    } else {
        Secret::default()
    };
    let mut lines = input.expose().lines();
    let [one, two] = names.map(|name| database(name, &mut lines, vars));
    let differences = one?.differences(&two?);
    let is_same = differences.is_empty();
    if out.json {
        out.object(&json!({ "ok": true, "same": is_same, "differs": differences }))?;
    } else if is_same {
        out.line("same")?;
    } else {
        differences.iter().try_for_each(|name| out.line(name))?;
    }
    Ok(())
}

/// A line of standard input, a section of a settings file, or a variable.
fn database<'l>(
    name: &str,
    lines: &mut impl Iterator<Item = &'l str>,
    vars: &Vars,
) -> Result<Database, Error> {
    if name == "-" {
        return lines.next().unwrap_or_default().parse();
    }
    let resolved = match name.strip_prefix("file:") {
        None => Resolver::new(vars).config_var(name).resolve()?,
        Some(file) => match file.rsplit_once('#') {
            Some((path, environment)) => Settings::from_path(path)?
                .with_environment(environment)
                .resolve(vars)?,
            None => Settings::from_path(file)?.resolve(vars)?,
        },
    };
    Ok(resolved.into_value())
}
