//! A URL in the parts that the peers see: the crate `url` splits it so for all three.

use url::form_urlencoded;

/// The parts, with nothing decoded.
#[derive(Debug)]
pub struct Split<'t> {
    /// The whole text.
    pub text: &'t str,
    scheme: &'t str,
    /// Up to the last `@` before the host.
    pub userinfo: Option<&'t str>,
    hosts: &'t str,
    /// With its first `/`.
    pub path: &'t str,
    query: &'t str,
}

impl<'t> Split<'t> {
    /// Splits the text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        let (rest, _fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
        let slash = before.find('/').unwrap_or(before.len());
        let (authority, path) = before.split_at(slash);
        let (userinfo, hosts) = match authority.rsplit_once('@') {
            Some((userinfo, hosts)) => (Some(userinfo), hosts),
            None => (None, authority),
        };
        Self {
            text,
            scheme,
            userinfo,
            hosts,
            path,
            query,
        }
    }

    /// A DSN: the last slash ends all that a URL's authority has, and only the query is of interest.
    #[must_use]
    pub fn of_dsn(text: &'t str) -> Self {
        let path = &text[text.rfind('/').unwrap_or(text.len())..];
        let query = path.split_once('?').map_or("", |(_, query)| query);
        Self {
            text,
            scheme: "",
            userinfo: None,
            hosts: "",
            path,
            query,
        }
    }

    /// In lower case.
    #[must_use]
    pub fn scheme(&self) -> String {
        self.scheme.to_ascii_lowercase()
    }

    /// The user, before the first colon.
    #[must_use]
    pub fn user(&self) -> Option<&'t str> {
        self.userinfo
            .map(|userinfo| userinfo.split(':').next().unwrap_or_default())
    }

    /// The password, after the first colon.
    #[must_use]
    pub fn password(&self) -> Option<&'t str> {
        Some(self.userinfo?.split_once(':')?.1)
    }

    /// The host, without its port but with its brackets.
    #[must_use]
    pub fn host(&self) -> &'t str {
        let colon = self
            .hosts
            .rfind(':')
            .filter(|&colon| !self.hosts[colon..].contains(']'));
        &self.hosts[..colon.unwrap_or(self.hosts.len())]
    }

    /// All of what is between the credentials and the path.
    #[must_use]
    pub const fn hosts(&self) -> &'t str {
        self.hosts
    }

    /// The port, if there is a colon for it.
    #[must_use]
    pub fn port(&self) -> Option<&'t str> {
        self.hosts[self.host().len()..].strip_prefix(':')
    }

    /// The parameters, decoded.
    #[must_use]
    pub fn parameters(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.query.as_bytes())
            .into_owned()
            .collect()
    }

    /// Their names, decoded.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.parameters()
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    }

    /// Their raw text.
    #[must_use]
    pub const fn query(&self) -> &'t str {
        self.query
    }
}
