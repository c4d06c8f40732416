//! The methods that are evaluated.

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Presence,
    IsPresent,
    IsBlank,
    IsEmpty,
    ToInteger,
    ToText,
    ToJson,
}

impl Method {
    /// Whether it answers yes or no, so that nothing of a value gets through.
    pub(super) const fn is_question(self) -> bool {
        matches!(self, Self::IsPresent | Self::IsBlank | Self::IsEmpty)
    }
}

/// By name; the table is also what messages take the names from.
pub(super) const METHODS: &[(&str, Method)] = &[
    ("presence", Method::Presence),
    ("present?", Method::IsPresent),
    ("blank?", Method::IsBlank),
    ("empty?", Method::IsEmpty),
    ("to_i", Method::ToInteger),
    ("to_s", Method::ToText),
    ("to_json", Method::ToJson),
];
