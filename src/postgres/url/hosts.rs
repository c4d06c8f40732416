//! The hosts of a query. Whether they are a list only the whole query says.

use crate::config::url::{conflict, decode_error};
use crate::error::{Error, ErrorKind};
use crate::postgres::keyword::Keyword;
use crate::postgres::location;
use crate::span::{Component, Span};

use super::Parser;

impl Parser<'_, '_> {
    /// Puts the hosts that the query gives.
    #[cold]
    pub(super) fn put_hosts(&mut self) -> Result<(), Error> {
        let hosts = std::mem::take(&mut self.hosts);
        if hosts.len() > 1 && self.has_driver() {
            return self.host_list(&hosts);
        }
        for (value, raw) in hosts {
            self.store(Keyword::Host, value, raw)?;
            *self.from_query |= Keyword::Host.bit();
            location::check_hosts(&self.text[raw.range()], raw, false)?;
        }
        Ok(())
    }

    /// pg8000's name for the file of a socket, of which libpq takes the directory and the number.
    #[cold]
    pub(super) fn unix_sock(&mut self, value: Span, raw: Span) -> Result<(), Error> {
        let Some(at) = location::socket_file(self.draft.bytes(value)) else {
            return self.foreign(Keyword::Host, value, raw);
        };
        let directory = Span::new(value.start(), value.start() + at);
        let number = Span::new(directory.end() + location::SOCKET_FILE.len(), value.end());
        if self.draft.bytes(number) != b"5432" {
            self.store(Keyword::Port, number, raw)?;
            *self.from_query |= Keyword::Port.bit();
        }
        if self.has_driver() {
            *self.from_query |= Keyword::Host.bit();
            return self.store(Keyword::Host, directory, raw);
        }
        self.foreign(Keyword::Host, directory, raw)
    }

    /// SQLAlchemy's list of hosts: `host=a:5432&host=b:5433`.
    fn host_list(&mut self, given: &[(Span, Span)]) -> Result<(), Error> {
        let (mut hosts, mut ports) = (Vec::new(), Vec::new());
        let mut location = Span::default();
        for &(value, raw) in given {
            location = raw;
            let text = self
                .draft
                .str(value)
                .map_err(|_| decode_error(ErrorKind::InvalidUtf8, Component::Host, location))?;
            let (host, port) = split_port(text);
            hosts.push(host.to_owned());
            ports.push(port.to_owned());
        }
        let mut lists = vec![(Keyword::Host, hosts)];
        if ports.iter().any(|port| !port.is_empty()) {
            lists.push((Keyword::Port, ports));
        }
        for (keyword, list) in lists {
            if self.draft.is_set(keyword as usize) {
                return Err(conflict(keyword.component(), location));
            }
            let list = self.draft.append(list.iter().map(String::as_str));
            self.store(keyword, list, location)?;
            *self.from_query |= keyword.bit();
        }
        Ok(())
    }
}

/// A host and its port; brackets are not part of an address.
fn split_port(text: &str) -> (&str, &str) {
    let bare = |host: &'_ str| {
        host.strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .map(str::len)
    };
    let inside = |host| bare(host).map_or(host, |len| &host[1..=len]);
    match text.rsplit_once(':') {
        Some((host, port))
            if !text.starts_with('/') && (!host.contains(':') || bare(host).is_some()) =>
        {
            (inside(host), port)
        }
        _ => (inside(text), ""),
    }
}
