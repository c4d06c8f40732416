//! What the canonical text of one setting may be.

use crate::config::url::{HostKind, kind_of_host, port};
use crate::config::value::count;
use crate::config::{self, not_a_host};
use crate::error::{Error, ErrorKind};
use crate::grammar::url::HostForm;
use crate::mysql::keyword::Keyword;
use crate::mysql::param;
use crate::span::Span;

/// Checks the canonical text of one setting.
pub(super) fn check_value(keyword: Keyword, text: &str) -> Result<(), Error> {
    let component = keyword.component();
    if text.contains('\0') {
        return Err(config::nul().of(component));
    }
    match keyword {
        Keyword::Host => text.split(',').try_for_each(host),
        Keyword::Port => {
            let several = count(text) > 1;
            let number = |one: &str| port(one.as_bytes()).is_some() && !one.starts_with('0');
            let valid = |one: &str| (several && one.is_empty()) || number(one);
            if text.split(',').all(valid) {
                Ok(())
            } else {
                Err(
                    Error::new(ErrorKind::InvalidValue, "expected a number from 1 to 65535")
                        .of(component),
                )
            }
        }
        Keyword::Socket | Keyword::Net if text.is_empty() => {
            Err(Error::new(ErrorKind::InvalidValue, "the value is empty").of(component))
        }
        _ => param::check(keyword, text).map_err(|wrong| wrong.at(component, Span::default())),
    }
}

fn host(host: &str) -> Result<(), Error> {
    let form = if host.contains(':') {
        HostForm::Address
    } else {
        HostForm::Name
    };
    match kind_of_host(host.as_bytes(), form) {
        Ok(HostKind::Host) => Ok(()),
        Ok(HostKind::Absent) => Err(not_a_host("a host cannot be empty")),
        Ok(HostKind::Socket) => {
            Err(not_a_host("it is the path of a socket").with_help("give it with `with_socket`"))
        }
        Err(detail) => Err(not_a_host(detail)),
    }
}
