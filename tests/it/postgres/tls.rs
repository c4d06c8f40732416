//! TLS of Postgres: what every spelling requests, alone and together, is used, rejected or reported. The model is DESIGN 4.7 and
//! pgjdbc's `SslMode.of`; it shares nothing with the code.

use crate::common::Failures;
use database_url::ErrorKind;
use database_url::postgres::{Config, SslMode};

use SslMode::{Allow, Disable, Prefer, Require, VerifyCa, VerifyFull};

/// What a setting means in a URL.
enum Requested {
    /// The mode, and no other.
    Mode(SslMode),
    /// Nothing to libpq: a warning has its name.
    Unknown(&'static str),
    /// An error by itself, whose help has this.
    Error(&'static str),
}

use Requested::{Error, Mode, Unknown};

const IN_A_URL: &[(&str, Requested)] = &[
    ("sslmode=disable", Mode(Disable)),
    ("sslmode=allow", Mode(Allow)),
    ("sslmode=prefer", Mode(Prefer)),
    ("sslmode=require", Mode(Require)),
    ("sslmode=verify-ca", Mode(VerifyCa)),
    ("sslmode=verify-full", Mode(VerifyFull)),
    ("ssl=disable", Mode(Disable)),
    ("ssl=allow", Mode(Allow)),
    ("ssl=prefer", Mode(Prefer)),
    ("ssl=require", Mode(Require)),
    ("ssl=verify-ca", Mode(VerifyCa)),
    ("ssl=verify-full", Mode(VerifyFull)),
    ("ssl=true", Mode(Require)),
    ("ssl=1", Mode(Require)),
    ("ssl=Yes", Mode(Require)),
    ("ssl=ON", Mode(Require)),
    ("ssl=false", Mode(Disable)),
    ("ssl=0", Mode(Disable)),
    ("ssl=NO", Mode(Disable)),
    ("ssl=off", Mode(Disable)),
    ("requiressl=1", Mode(Require)),
    ("requiressl=0", Mode(Prefer)),
    ("sslrootcert=system", Mode(VerifyFull)),
    ("useSSL=true", Unknown("useSSL")),
    ("useTLS=true", Unknown("useTLS")),
    ("verify_ssl=true", Unknown("verify_ssl")),
    ("encrypt=true", Unknown("encrypt")),
    ("starttls=true", Unknown("starttls")),
    ("verifyca=true", Unknown("verifyca")),
    ("tls-ca=/ca.pem", Unknown("tls-ca")),
    ("sslmode=no-verify", Error("`sslmode=require`")),
    ("ssl=no-verify", Error("`sslmode=require`")),
    ("ssl=skip-verify", Error("`sslmode=require`")),
    ("sslmode=required", Error("did you mean `require`?")),
    ("ssl=VERIFY_IDENTITY", Error("`verify-full`")),
    ("sslmode=verify_full", Error("did you mean `verify-full`?")),
    ("sslmode=verifyca", Error("did you mean `verify-ca`?")),
    ("sslmode=requre", Error("did you mean `require`?")),
    ("sslmode=Require", Error("lower case")),
    ("ssl=maybe", Error("sslmode=verify-full")),
    ("ssl=", Error("sslmode=verify-full")),
    ("requiressl=true", Error("`sslmode=require`")),
    ("requiressl=10", Error("`sslmode=require`")),
    ("requiressl=", Error("`sslmode=require`")),
    ("require_ssl=true", Error("did you mean `requiressl`?")),
    ("SSL=true", Error("did you mean `ssl`?")),
    ("PGSSLMODE=require", Error("did you mean `sslmode`?")),
    (
        "pgsslrootcert=/ca.pem",
        Error("did you mean `sslrootcert`?"),
    ),
];

/// They contradict each other, or one is an error by itself.
struct Rejected;

/// The mode that all of them give together: they agree, or there is an error.
fn expected(settings: &[&(&str, Requested)]) -> Result<Option<SslMode>, Rejected> {
    let mut mode = None;
    for (text, requested) in settings {
        match requested {
            Unknown(_) => {}
            // It only checks more than a mode that checks.
            Mode(_) if *text == "sslrootcert=system" && mode.is_some() => {
                mode = mode.filter(|mode| *mode == VerifyFull);
                mode.ok_or(Rejected)?;
            }
            Mode(requested) if mode.is_none_or(|mode| mode == *requested) => {
                mode = Some(*requested);
            }
            Mode(_) | Error(_) => return Err(Rejected),
        }
    }
    Ok(mode)
}

/// Every setting, and every pair in both orders.
#[test]
fn what_is_requested_is_used_rejected_or_reported() {
    let mut failures = Failures::default();
    let check = |failures: &mut Failures, settings: &[&(&str, Requested)]| {
        let texts: Vec<_> = settings.iter().map(|(text, _)| *text).collect();
        let text = format!("postgres://h/d?{}", texts.join("&"));
        match (text.parse::<Config>(), expected(settings)) {
            (Ok(config), Ok(mode)) => {
                let is = mode.map_or(config.sslmode().is_none(), |mode| {
                    config.effective_sslmode() == mode
                });
                failures.compare(&text, is, true);
                let messages: Vec<_> = config
                    .warnings()
                    .map(|warning| warning.message().to_owned())
                    .collect();
                for (_, requested) in settings {
                    let Unknown(name) = requested else { continue };
                    let name = format!("`{name}`");
                    let named = messages.iter().any(|message| message.contains(&name));
                    failures.compare(&text, named, true);
                }
            }
            (Ok(config), Err(Rejected)) => {
                failures.push(&text, &format!("accepted as {:?}", config.sslmode()));
            }
            (Err(error), Ok(_)) => failures.rejected(&text, &error),
            (Err(error), Err(Rejected)) if settings.len() == 1 => {
                let Error(help) = settings[0].1 else { return };
                if !error.help().unwrap_or_default().contains(help) {
                    failures.push(&text, error.help().unwrap_or("no help"));
                }
            }
            (Err(_), Err(Rejected)) => {}
        }
    };
    for one in IN_A_URL {
        check(&mut failures, &[one]);
        for two in IN_A_URL {
            check(&mut failures, &[one, two]);
        }
    }
    failures.finish();
}

/// In pgjdbc `sslmode` comes before `ssl`, which alone is `verify-full`.
#[test]
fn a_jdbc_url_requests_what_pgjdbc_does() {
    let mut failures = Failures::default();
    for (query, mode) in [
        ("ssl=true", Some(VerifyFull)),
        ("ssl=", Some(VerifyFull)),
        ("ssl", Some(VerifyFull)),
        ("ssl=false", Some(Disable)),
        ("ssl=true&sslmode=require", Some(Require)),
        ("sslmode=require&ssl=true", Some(Require)),
        ("ssl=true&sslmode=verify-ca", Some(VerifyCa)),
        ("ssl=true&sslmode=verify-full", Some(VerifyFull)),
        ("ssl=false&sslmode=prefer", Some(Prefer)),
        ("ssl=false&sslmode=disable", Some(Disable)),
        ("ssl=true&ssl=true", Some(VerifyFull)),
        (
            "sslmode=verify-full&channelBinding=require",
            Some(VerifyFull),
        ),
        ("ssl=true&sslmode=disable", None),
        ("ssl=true&sslmode=prefer", None),
        ("sslmode=allow&ssl=true", None),
        ("ssl=false&sslmode=require", None),
        ("ssl=true&ssl=false", None),
        ("ssl=require", None),
        ("ssl=no-verify", None),
        ("sslMode=require", None),
        ("requiressl=true", None),
        ("sslmode=require&sslmode=verify-full", None),
    ] {
        let text = format!("jdbc:postgresql://h/d?{query}");
        let read = text.parse::<Config>();
        failures.compare(
            &text,
            read.as_ref().ok().map(Config::effective_sslmode),
            mode,
        );
    }
    failures.finish();
}

#[test]
fn keyword_value_text_takes_requiressl_as_a_url_does() {
    for (text, mode) in [
        ("host=h requiressl=1", Ok(Require)),
        ("host=h requiressl=0", Ok(Prefer)),
        ("host=h requiressl=1 sslmode=require", Ok(Require)),
        ("host=h requiressl=true", Err(ErrorKind::InvalidValue)),
        (
            "host=h requiressl=1 sslmode=verify-full",
            Err(ErrorKind::Conflict),
        ),
        ("host=h ssl=true", Err(ErrorKind::UnknownKeyword)),
    ] {
        let config = text.parse::<Config>();
        let read = config.map(|config| config.effective_sslmode());
        assert_eq!(read.map_err(|error| error.kind()), mode, "{text}");
    }
}
