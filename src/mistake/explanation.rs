//! What an error is explained by.

/// What an error says instead; without a detail, its own stays.
#[derive(Clone, Copy)]
pub(super) struct Explanation {
    pub(super) detail: &'static str,
    pub(super) help: &'static str,
}

impl Explanation {
    pub(super) const fn new(detail: &'static str, help: &'static str) -> Self {
        Self { detail, help }
    }
}
