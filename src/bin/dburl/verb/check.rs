//! `dburl check`: what a review would object to.

use std::io;

use database_url::diagnose::{Diagnostics, Finding, Severity};
use database_url::{Error, ErrorKind, Vars, Warning, WarningCode};
use serde_json::{Value, json};

use crate::Status;
use crate::args::Checking;
use crate::verb::{Ended, Stop, completed, password_in_arguments, resolver, settings};
use crate::view::{Out, json as view, origin};

pub(crate) fn run(checking: &Checking, vars: &Vars, out: &mut Out) -> Ended {
    #[cfg(not(feature = "connect"))]
    if checking.connect {
        return Ok(crate::verb::reject_connect("check", "`--connect`", out)?);
    }
    let findings = match findings(checking, vars) {
        Ok(findings) => findings,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(Stop::Unchosen(error)),
        Err(error) => error.iter().map(Finding::from).collect(),
    };
    let limit = match checking.deny {
        Some(_) => Severity::Warning,
        None => Severity::Error,
    };
    let fails = findings.iter().any(|finding| finding.severity() >= limit);
    if fails {
        out.status = Status::Rejected;
    }
    let mut object = json!({ "ok": !fails });
    object["findings"] = findings.iter().map(finding).collect();
    if !out.json && findings.is_empty() {
        out.line("no findings")?;
    } else if !out.json {
        let mut findings = findings.iter();
        findings.try_for_each(|finding| print(finding, vars, out))?;
    }
    #[cfg(feature = "connect")]
    if checking.connect {
        connect(checking, vars, &mut object, out)?;
    }
    if out.json {
        out.object(&object)?;
    }
    Ok(())
}

/// Logs in, and adds what the server says, or why it does not.
#[cfg(feature = "connect")]
fn connect(checking: &Checking, vars: &Vars, object: &mut Value, out: &mut Out) -> io::Result<()> {
    use crate::verb::{login, wait};

    const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);
    // Why there is no database is a finding already.
    let Ok(database) = wait::database(&checking.selection, vars) else {
        return Ok(());
    };
    match login::login(&database, TIMEOUT) {
        Ok(session) => {
            object["session"] = session.json();
            if !out.json {
                out.sentence(0, &session.line())?;
            }
        }
        Err(failure) => {
            out.status = failure.status;
            object["ok"] = false.into();
            object["error"] = failure.json();
            if !out.json {
                out.failure(&failure.message, Some(&failure.help))?;
            }
        }
    }
    Ok(())
}

fn findings(checking: &Checking, vars: &Vars) -> Result<Vec<Finding>, Error> {
    let selection = &checking.selection;
    let settings = settings(selection)?;
    let chooser = resolver(selection, settings.as_ref(), vars);
    let resolved = completed(selection, chooser.resolve()?, vars)?;
    let mut diagnosis = Diagnostics::new(vars).attachments(chooser.attachments());
    if let Some(settings) = &settings {
        diagnosis = diagnosis.settings(settings);
    }
    if let Some(driver) = checking.target {
        diagnosis = diagnosis.driver(driver);
    }
    let mut findings = diagnosis.findings(&resolved);
    if password_in_arguments(selection) {
        findings.push(Finding::from(&Warning::from(
            WarningCode::PasswordInArguments,
        )));
    }
    Ok(findings)
}

/// What is not known is left out.
fn finding(finding: &Finding) -> Value {
    let source = finding.source();
    view::object([
        ("code", Some(finding.code().as_str().into())),
        ("severity", Some(finding.severity().as_str().into())),
        ("message", Some(finding.message().into())),
        ("help", Some(finding.help().into())),
        (
            "source",
            source.map(|source| view::source(source, finding.component())),
        ),
        ("span", finding.span().map(view::span)),
    ])
}

fn print(finding: &Finding, vars: &Vars, out: &mut Out) -> io::Result<()> {
    let heading = finding.to_string();
    out.heading(&heading)?;
    // An error names its source in its message.
    if let Some(source) = finding
        .source()
        .filter(|source| !heading.contains(&source.to_string()))
    {
        out.sentence(2, &format!("at {}", origin::named(source, vars)))?;
    }
    let mut lines = finding.help().lines();
    lines.try_for_each(|line| out.sentence(2, line))
}
