//! `compose`: the `environment:` map of a service. Compose expands `$` after YAML has been read.

use crate::convert::tree::{Tree, yaml};
use crate::convert::{Texts, escape};
use crate::database::Database;
use crate::error::Error;

pub(super) fn convert(database: &Database) -> Result<Texts, Error> {
    Texts::of_url(database, |out, url| {
        let variables = Tree::Map(vec![("DATABASE_URL", Tree::text(url))]);
        let map = Tree::Map(vec![("environment", variables)]);
        yaml(out, &map, 0, escape::compose)
    })
}
