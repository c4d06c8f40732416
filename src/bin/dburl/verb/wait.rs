//! `dburl wait`: tries to log in until it succeeds.

#[cfg(feature = "connect")]
use std::time::{Duration, Instant};

use database_url::Vars;

use crate::args::Waiting;
use crate::verb::Ended;
use crate::view::Out;

/// Between two tries, at first and at most.
#[cfg(feature = "connect")]
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(1));

#[cfg(feature = "connect")]
pub(crate) fn run(waiting: &Waiting, vars: &Vars, out: &mut Out) -> Ended {
    use serde_json::json;

    let database = database(&waiting.selection, vars)?;
    match until(&database, waiting.timeout.0) {
        Ok(session) if out.json => out.object(&json!({ "ok": true, "session": session.json() }))?,
        Ok(session) => out.sentence(0, &session.line())?,
        Err(failure) => {
            let help = Some(failure.help.as_str()).filter(|help| !help.is_empty());
            out.reject(failure.status, &failure.json(), &failure.message, help)?;
        }
    }
    Ok(())
}

/// The database with what libpq adds to it, as a program on libpq would connect.
#[cfg(feature = "connect")]
pub(crate) fn database(
    selection: &crate::args::Selection,
    vars: &Vars,
) -> Ended<database_url::Database> {
    use crate::verb::{Stop, choose};

    let (resolved, _) = choose(None, selection, vars)?;
    let resolved = match resolved.value() {
        database_url::Database::Postgres(_) => resolved.complete(vars).map_err(Stop::Unchosen)?,
        _ => resolved,
    };
    Ok(resolved.into_value())
}

#[cfg(feature = "connect")]
fn until(
    database: &database_url::Database,
    timeout: Duration,
) -> Result<crate::verb::login::Session, crate::verb::login::LoginFailure> {
    let end = Instant::now() + timeout;
    let mut pause = PAUSES.0;
    loop {
        let rest = end.saturating_duration_since(Instant::now());
        let failure = match crate::verb::login::login(database, rest.max(PAUSES.1)) {
            Ok(session) => return Ok(session),
            Err(failure) => failure,
        };
        if failure.is_final() || Instant::now() + pause >= end {
            return Err(failure);
        }
        std::thread::sleep(pause);
        pause = PAUSES.1.min(2 * pause);
    }
}

#[cfg(not(feature = "connect"))]
pub(crate) fn run(_: &Waiting, _: &Vars, out: &mut Out) -> Ended {
    Ok(crate::verb::reject_connect("wait", "`wait`", out)?)
}
