//! A password written raw never changes the host, on any engine.

use crate::common::raw_password::{assert_escaped, count};
use database_url::Vars;
use database_url::settings::{Settings, System};

/// The fuzz package runs more of them, compiled for release.
#[test]
fn a_raw_password_is_rejected_or_read_as_meant() {
    let (rejected, read) = count(0..20_000);
    assert!(
        rejected > 4_000 && read > 4_000,
        "{rejected} refused, {read} read"
    );
}

#[test]
fn an_escaped_password_always_comes_back() {
    assert_escaped(0..20_000);
}

/// What a comment or a shell would cut a URL at, and what a comment may hold.
#[test]
fn a_url_that_a_comment_cuts_is_an_error() {
    let cut = [
        "postgres://app:1 #2@db.example:5432/shop",
        "postgres://app: #2@db.example/shop",
        "postgres://app:5432/a #b@db.example",
        "postgres://app:1 #2 x@db.example:5432/shop",
        "postgres://app: # 2@db.example/shop",
        "mysql://app:p@1 #2@db.example/shop",
    ];
    let whole = [
        "postgres://db.example/shop # ask me@corp.example",
        "postgres://db.example:5432/shop # ask me@corp.example",
        "postgres://app:k3y@db.example/shop #me@corp.example",
        "postgres://app:k3y@db.example/shop # postgres://app:k3y@old.example/shop",
    ];
    for (lines, is_cut) in [(&cut[..], true), (&whole[..], false)] {
        for line in lines {
            let rails = format!("production:\n  url: {line}\n");
            let compose =
                format!("services:\n  web:\n    environment:\n      DATABASE_URL: {line}\n");
            let procfile = format!("web: app --url {line}\n");
            let files = [
                ("config/database.yml", System::Rails, rails),
                ("compose.yaml", System::Compose, compose),
                ("Procfile", System::Procfile, procfile),
            ];
            for (path, system, text) in files {
                let settings = Settings::from_str(path, text).expect("not too long");
                let settings = settings.with_system(system).with_environment("production");
                let resolved = settings.resolve(&Vars::default());
                assert_eq!(resolved.is_err(), is_cut, "{path}: {line}");
            }
            let vars = Vars::default().with_dotenv_str(".env", &format!("DATABASE_URL={line}\n"));
            let vars = vars.expect("a file");
            assert_eq!(vars.get("DATABASE_URL").is_err(), is_cut, ".env: {line}");
        }
    }
}
