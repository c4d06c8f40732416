//! Whose variables a verb reads: those of the process or of an app, and files below them.

use database_url::{Error, Vars};

use crate::args::Variables;

pub(crate) fn load(variables: &Variables, process: Vars) -> Result<Vars, Error> {
    let mut vars = match &variables.vars {
        Some(path) => Vars::from_heroku_file(path)?,
        None => process,
    };
    if let Some(path) = &variables.env_file {
        vars = vars.with_env_file(path)?;
    }
    Ok(if variables.secret_files {
        vars.with_secret_files()
    } else {
        vars
    })
}
