//! What libpq adds to a connection string, and what we add: variables, service files, password files, defaults.
//!
//! A [`Case`] is a string with its surroundings. [`oracle`] puts it before libpq, in this process: the variables are set, the
//! files are written, and `PQconnectStart` fails at once at hosts that are not there. [`compare`] does the same with
//! [`Completion`](database_url::credentials::Completion), which takes variables and paths as arguments. [`generate`] makes the
//! cases, always from a seed.
//!
//! libpq reads the process environment, so only one thread may do this.

pub mod compare;
pub mod generate;
pub mod oracle;

use std::fmt;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A connection string, and what is around it.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The string, of either grammar.
    pub string: String,
    /// Variables; every other one of libpq's is unset.
    pub vars: Vec<(String, String)>,
    /// Files below the folder of the case.
    pub files: Vec<CaseFile>,
}

/// A file of a case.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// The path below the folder.
    pub path: &'static str,
    /// What is in it.
    pub content: Vec<u8>,
    /// Its permissions.
    pub mode: u32,
}

/// Every file that a case may have.
pub const FILES: [&str; 5] = [
    "home/.pgpass",
    "home/.pg_service.conf",
    "etc/pg_service.conf",
    "named.pass",
    "named.service",
];

impl Case {
    /// Writes the files, and removes those of the case before.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        for path in FILES {
            let file = self.files.iter().find(|file| file.path == path);
            let path = folder.join(path);
            match file {
                None if path.exists() => fs::remove_file(path)?,
                None => {}
                Some(file) => {
                    if path.exists() {
                        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
                    }
                    fs::write(&path, &file.content)?;
                    fs::set_permissions(&path, Permissions::from_mode(file.mode))?;
                }
            }
        }
        Ok(())
    }
}

/// The folder of the cases, in memory where that can be, with the folders in it.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn folder(name: &str) -> PathBuf {
    let memory = Path::new("/dev/shm");
    let temporary = if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    };
    let folder = temporary.join(format!("dburl-{name}-{}", std::process::id()));
    for below in ["home", "etc"] {
        fs::create_dir_all(folder.join(below)).expect("a folder for the cases");
    }
    folder
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?} with {:?}", self.string, self.vars)?;
        for file in &self.files {
            let content = String::from_utf8_lossy(&file.content);
            writeln!(f, "    {} ({:o}): {content:?}", file.path, file.mode)?;
        }
        Ok(())
    }
}
