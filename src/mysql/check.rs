//! What is checked of a config as a whole, however it was made.

use crate::config::store::Store;
use crate::config::value::count;
use crate::error::{Error, ErrorKind, Stage};
use crate::mysql::keyword::{COUNT, Keyword};

use ErrorKind::{Conflict, CountMismatch, InvalidValue};

/// What is wrong with which setting.
pub(super) struct CheckFailure {
    pub(super) keyword: Keyword,
    pub(super) error: Error,
}

impl CheckFailure {
    fn new(keyword: Keyword, kind: ErrorKind, detail: &'static str, help: &'static str) -> Self {
        let error = Error::new(kind, detail).of(keyword.component());
        Self {
            keyword,
            error: error.stage_is(Stage::Options).with_help(help),
        }
    }
}

/// A bit for each setting that is checked against others.
const CROSS: u64 = Keyword::PoolMin.bit() | Keyword::Priority.bit();

/// The same, and the parts that a config may give reason to warn of.
#[cfg(any(feature = "json", feature = "yaml"))]
pub(super) const TOGETHER: u64 = CROSS
    | Keyword::User.bit()
    | Keyword::Password.bit()
    | Keyword::Host.bit()
    | Keyword::Port.bit()
    | Keyword::Socket.bit()
    | Keyword::Database.bit();

const PRIORITIES: &str =
    "write each host as (address=db1:33060,priority=90), the greatest priority first to be tried";

/// Checks a whole config.
pub(super) fn check(store: &Store<COUNT>) -> Result<(), CheckFailure> {
    if store.set() & CROSS == 0 {
        return Ok(());
    }
    let get = |keyword: Keyword| store.get(keyword as usize);
    let number = |keyword| get(keyword).and_then(|text| text.parse::<u64>().ok());
    if let (Some(min), Some(max)) = (number(Keyword::PoolMin), number(Keyword::PoolMax)) {
        if min > max {
            let detail = "it is greater than `pool_max`";
            let help = "give the fewest connections as `pool_min`, the most as `pool_max`";
            return Err(CheckFailure::new(Keyword::PoolMin, Conflict, detail, help));
        }
    }
    get(Keyword::Priority).map_or(Ok(()), |priorities| {
        let failure = |kind, detail| CheckFailure::new(Keyword::Priority, kind, detail, PRIORITIES);
        let hosts = get(Keyword::Host).map_or(0, count);
        if count(priorities) != hosts || priorities.split(',').any(str::is_empty) {
            let detail = "expected one for each host, or none at all";
            return Err(failure(CountMismatch, detail));
        }
        if priorities.split(',').any(|one| priority(one).is_none()) {
            return Err(failure(InvalidValue, "expected a number from 0 to 100"));
        }
        Ok(())
    })
}

/// A priority of X `DevAPI`.
pub(super) fn priority(text: &str) -> Option<u8> {
    let plain = text == "0" || !text.starts_with(['0', '+']);
    text.parse()
        .ok()
        .filter(|&priority| plain && priority <= 100)
}
