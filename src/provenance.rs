//! Where a value came from, and what lost to it.

use std::fmt;

use crate::place::Component;

/// Who gave a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// `config-var`: an environment variable, in Heroku's words a config var, by name.
    ConfigVar(String),
    /// `platform`: one of the services in a platform's own document.
    Platform {
        /// The variable that holds the document: `VCAP_SERVICES` or `PLATFORM_RELATIONSHIPS`.
        var: &'static str,
        /// The service's name in it.
        service: String,
    },
    /// `default`: the caller's own fallback.
    Default,
}

impl Source {
    /// The kind's name in JSON.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ConfigVar(_) => "config-var",
            Self::Platform { .. } => "platform",
            Self::Default => "default",
        }
    }

    /// The variable's name, where the source is one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::ConfigVar(name) => Some(name),
            Self::Platform { var, .. } => Some(var),
            Self::Default => None,
        }
    }

    /// The service's name, where the source is a platform's document of several.
    #[must_use]
    pub fn service(&self) -> Option<&str> {
        match self {
            Self::Platform { service, .. } => Some(service),
            _ => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConfigVar(name) => f.write_str(name),
            Self::Platform { var, service } => write!(f, "{var}/{service}"),
            Self::Default => f.write_str("the default"),
        }
    }
}

/// Where one value came from: its source, and the part of that source's text where it has parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Provenance {
    source: Source,
    component: Option<Component>,
}

impl Provenance {
    pub(crate) const fn new(source: Source, component: Option<Component>) -> Self {
        Self { source, component }
    }

    /// Who gave the value.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// The part of the connection text that gave it; [`Component::Query`] for a parameter after `?`.
    #[must_use]
    pub const fn component(&self) -> Option<Component> {
        self.component
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.source)?;
        match self.component {
            Some(Component::Text) | None => Ok(()),
            Some(component) => write!(f, ", {component}"),
        }
    }
}
