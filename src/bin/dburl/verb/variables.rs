//! Which variables a verb reads: those of the process or of an app, and files below them.

use std::path::Path;

use database_url::{Error, Secret, Vars};

use crate::args::Variables;
use crate::verb::remedy::{STDIN, read_file_on_stdin};

pub(crate) fn load(variables: &Variables, process: Vars) -> Result<Vars, Error> {
    let mut vars = match &variables.vars {
        Some(path) if is_stdin(path) => of_app(&read_file_on_stdin()?)?,
        Some(path) => Vars::from_heroku_path(path)?,
        None => process,
    };
    // Variables that are set win, so the last file comes first.
    for path in variables.env_file.iter().rev() {
        vars = if is_stdin(path) {
            vars.with_dotenv_str(STDIN, read_file_on_stdin()?.expose())?
        } else {
            vars.with_dotenv_path(path)?
        };
    }
    Ok(if variables.secret_files {
        vars.with_secret_files()
    } else {
        vars
    })
}

/// Whether a path means standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// What `heroku config` has printed, in either of its forms.
fn of_app(text: &Secret) -> Result<Vars, Error> {
    let text = text.expose();
    if text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{')
    {
        Vars::from_heroku_json_str(STDIN, text)
    } else {
        Vars::from_heroku_shell_str(STDIN, text)
    }
}
