use super::Expansion;
use crate::error::Error;
use crate::place::Position;
use crate::vars::Vars;
pub(crate) struct Prepared(String);
pub(crate) fn prepare(t: &str, _: &Vars, _: Option<&str>) -> Result<Prepared, Error> {
    Ok(Prepared(t.to_owned()))
}
impl Prepared {
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
    pub(crate) fn place(&self, _: usize) -> Position {
        Position::new(1, 1)
    }
    pub(crate) fn fill(&self, _: &str, _: &Vars) -> Option<Result<Expansion, Error>> {
        None
    }
}
