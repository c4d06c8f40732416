//! What clients add to a config: `libpq` for Postgres, `mysql` for MySQL.

mod libpq;
mod libpq_files;
mod mysql;

use std::fs;
use std::path::{Path, PathBuf};

/// A home directory of its own for each test, with these files.
pub(crate) fn home(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("credentials")
        .join(test);
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).expect("a folder");
    for (name, content) in files {
        let path = home.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(&path, content).expect("a file");
        protect(&path, 0o600);
    }
    home
}

/// Sets a file's permissions, where there are any.
pub(crate) fn protect(path: &Path, mode: u32) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}
