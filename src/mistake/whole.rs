//! What is set in place of a connection string: one row per kind, the first that matches.

use crate::bytes::contains;
use crate::engine::{Engine, Scheme, after_jdbc, scheme_chars, scheme_len};
use crate::mistake::explanation::Explanation;
use crate::mistake::part::MISSING;

type Kind = (fn(&str) -> bool, Explanation);

/// What a value is most likely, if it is no connection string. What only lacks something is reported where no format was
/// named: the grammar of a format says more.
pub(super) fn explanation(text: &str, any_format: bool) -> Option<Explanation> {
    let text = text.trim();
    let kinds = OTHERS.iter().chain(FORMS.iter().filter(|_| any_format));
    let mut found = kinds.filter(|(is_of_kind, _)| is_of_kind(text));
    found.next().map(|(_, explanation)| *explanation)
}

/// What a string is that has a reference in it, if that says more.
pub(super) fn with_reference(text: &str) -> Option<Explanation> {
    let says_more = is_encrypted(text) || is_secret_reference(text) || is_command(text);
    says_more.then(|| explanation(text, false)).flatten()
}

const fn kind(is_of_kind: fn(&str) -> bool, detail: &'static str, help: &'static str) -> Kind {
    (is_of_kind, Explanation { detail, help })
}

/// What is no connection string of any kind.
const OTHERS: &[Kind] = &[
    kind(
        is_missing,
        "expected a connection string, found `undefined`, `null`, `None` or the like",
        "a program writes it for a missing value: set the variable that it reads",
    ),
    kind(
        is_object,
        "expected a connection string, found a JavaScript object as a string",
        "pass the object's URL (a string), and wait for it if it is a promise",
    ),
    kind(
        is_encrypted,
        "expected a connection string, found an encrypted value",
        "run the program through what decrypts it, such as `dotenvx run --` or `sops exec-env`",
    ),
    kind(
        is_secret_reference,
        "expected a connection string, found a reference to a secret store",
        "the platform that resolves such references did not: check its access to the secret, or put the secret's value there",
    ),
    kind(
        is_command,
        "expected a connection string, found a command such as `psql`",
        "keep only the URL of the command, without quotation marks; for `-h`, `-U`, `-p` and a name, write \
         postgres://user:password@host:port/database",
    ),
    kind(
        is_json,
        "expected a connection string, found JSON",
        "put the URL alone there; of a secret in parts, write postgres://user:password@host:port/database, with the \
         password escaped by `dburl encode`",
    ),
    kind(
        is_jdbc,
        "expected `jdbc:`, one scheme and `://`",
        "write jdbc:postgresql://host:5432/database or jdbc:mysql://host:3306/database, with `jdbc:` once",
    ),
    kind(
        begins_with_name,
        "expected a connection string; the value begins with the name of a variable",
        "remove everything up to the `=` or `:` after the name, and quotation marks around the rest",
    ),
    kind(
        is_lookup,
        "expected a connection string, found a reference to a variable",
        "nothing expands it here: put the value there, or let the shell or the settings file expand it",
    ),
    kind(
        is_pdo,
        "expected a connection string, found a DSN of PHP's PDO",
        "write it as a URL: postgres://user:password@host:5432/database, or mysql:// and port 3306",
    ),
    kind(
        is_ado,
        "expected a connection string, found an ADO.NET, ODBC or Azure string",
        "write it as a URL: postgres://user:password@host:5432/database, or mysql:// and port 3306, with the password \
         escaped by `dburl encode`",
    ),
    kind(
        is_base64,
        "expected a connection string, found one in base64",
        "decode it with `base64 -d`; in a Kubernetes Secret, `stringData` takes the plain value",
    ),
    kind(
        is_escaped,
        "expected a connection string, found one that is percent-encoded as a whole",
        "decode it, and escape only user, password and other parts",
    ),
    kind(
        is_tcp,
        "expected the scheme of a database, found an address of a container",
        "Kubernetes and Docker set NAME_PORT to such an address: write postgres://user:password@host:port/database",
    ),
    kind(
        is_proxy,
        "expected the scheme of a database, found the address of Prisma's own proxy",
        "put the database's own URL there, as in DIRECT_URL",
    ),
    kind(
        is_secret_file,
        "expected a connection string, found the path of a secret file",
        "read the file: set DATABASE_URL_FILE to the path, with `--secret-files`",
    ),
];

/// What lacks something, or is of a form of its own.
const FORMS: &[Kind] = &[
    kind(
        lacks_slashes,
        "expected `://` after the scheme",
        "write the `://`, as in postgres://user:password@host:5432/database",
    ),
    kind(
        is_go_dsn,
        "expected a URL or keyword/value string, found a Go DSN",
        "read it with the format `go-dsn` (`--format go-dsn`); as a URL it is mysql://user:password@host:3306/database",
    ),
    kind(
        is_socket,
        "expected a connection string, found the path of a socket",
        "write postgres:///database?host=/directory, or mysql:///database?socket=/path",
    ),
    kind(
        is_sqlite,
        "expected a connection string, found the path of a file",
        "for SQLite, write sqlite:///app.db for a relative path, and sqlite:////srv/app.db for one from the root",
    ),
    kind(
        lacks_scheme,
        "expected a URL, found one without its scheme",
        "write the scheme first: postgres://user:password@host:5432/database, or mysql:// and port 3306",
    ),
    kind(
        is_host,
        "expected a connection string, found a name or the address of a host",
        "write postgres://user:password@host:5432/database, or mysql:// and port 3306",
    ),
];

#[inline(never)]
fn begins_with(text: &str, prefixes: &[&str]) -> bool {
    let has = |prefix: &&str| {
        text.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    prefixes.iter().any(has)
}

fn is_missing(text: &str) -> bool {
    MISSING.contains(&text)
        || ["NULL", "Null", "nan", "none", "true", "false", "%!s(<nil>)"].contains(&text)
}

fn is_object(text: &str) -> bool {
    text.starts_with("[object ") || text.starts_with("Promise {") || text.starts_with("function ")
}

/// As dotenvx, SOPS, Vault's transit engine and Ansible write it.
fn is_encrypted(text: &str) -> bool {
    begins_with(
        text,
        &[
            "encrypted:",
            "enc[",
            "vault:v1:",
            "$ansible_vault;",
            "!vault ",
        ],
    )
}

fn is_secret_reference(text: &str) -> bool {
    const PREFIXES: &[&str] = &[
        "@Microsoft.KeyVault",
        "arn:aws",
        "op://",
        "vault:",
        "ref+",
        "secret:",
        "secrets:",
        "secretref:",
        "secretsmanager:",
        "awssecretsmanager://",
        "aws-secretsmanager://",
        "awssm://",
        "aws-sm://",
        "aws:secretsmanager",
        "sm://",
        "gsm://",
        "gcp-secret:",
        "gcpsecretmanager://",
        "gcp-sm://",
        "ssm:",
        "aws-ssm:",
        "awsps://",
        "parameterstore:",
        "/aws/reference/secretsmanager/",
        "bws:",
        "bw://",
        "doppler://",
        "infisical://",
        "keyvault:",
        "akv://",
        "azurekeyvault://",
        "keyring:",
        "k8s:",
        "{{resolve:",
        "!secret",
        "!sub",
        "!ref",
        "dashlane://",
        "lpass:",
        "lastpass://",
        "keeper://",
        "phase://",
        "berglas://",
    ];
    let is_path = text.starts_with("projects/") && contains(text, "/secrets/");
    let in_vault = contains(text, ".vault.azure.net/");
    begins_with(text, PREFIXES) || is_path || in_vault
}

fn is_command(text: &str) -> bool {
    const COMMANDS: &[&str] = &[
        "psql",
        "pg_dump",
        "pg_restore",
        "pgcli",
        "mysql",
        "mariadb",
        "mysqldump",
        "mycli",
        "mongo",
        "mongosh",
        "redis-cli",
        "heroku",
        "usql",
        "docker",
        "cockroach",
        "sqlcmd",
        "echo",
        "sudo",
        "createdb",
    ];
    let text = text.trim_start_matches(['$', '#', '>', '%', ' ']);
    let mut words = text.split_ascii_whitespace();
    // `PGPASSWORD=… psql -h …`
    let word = words.by_ref().find(|word| !is_assignment(word));
    word.is_some_and(|word| COMMANDS.contains(&word)) && words.next().is_some()
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| is_name(name))
}

fn is_json(text: &str) -> bool {
    let rest = text.trim_start_matches(['[', '{']).trim_start();
    rest.len() < text.len()
        && (rest.starts_with(['"', '\'']) || rest.is_empty() || rest.starts_with('}'))
}

fn is_name(text: &str) -> bool {
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(in_name)
}

/// `DATABASE_URL=postgres://…`, `export DATABASE_URL=…`, `url = "…"`, `DATABASE_URL: …`.
fn begins_with_name(text: &str) -> bool {
    const COMMANDS: &[&str] = &[
        "export ", "set ", "setx ", "ENV ", "-e ", "--env ", "$env:", "env ", "const ", "let ",
        "var ",
    ];
    let command = COMMANDS
        .iter()
        .find(|command| begins_with(text, &[command]));
    let rest = command.map_or(text, |command| text[command.len()..].trim_start());
    let Some(end) = rest.find(['=', ':', ' ']) else {
        return false;
    };
    let (name, value) = rest.split_at(end);
    let value = value.trim_start();
    let is_setx = command.is_some_and(|command| command.trim_end().eq_ignore_ascii_case("setx"));
    let value = match value.strip_prefix(['=', ':']) {
        Some(value) => value.trim_start(),
        None if is_setx => value,
        None => return false,
    };
    let is_url = begins_as_url(value.trim_start_matches(['"', '\'', '`', '=']));
    is_name(name)
        && !name.eq_ignore_ascii_case("jdbc")
        && (command.is_some() || is_url || is_variable(name))
        && Scheme::find(name).is_none()
}

/// Whether a name is one that variables of databases have.
fn is_variable(name: &str) -> bool {
    let upper = name
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    upper
        && ["_URL", "_URI", "_DSN"]
            .iter()
            .any(|end| name.ends_with(end))
}

fn begins_as_url(text: &str) -> bool {
    let scheme = &text[..scheme_chars(text)];
    let of_database = Scheme::find(scheme).is_some() || scheme.eq_ignore_ascii_case("jdbc");
    of_database && text[scheme.len()..].starts_with(':')
}

fn is_lookup(text: &str) -> bool {
    const PREFIXES: &[&str] = &[
        "env(",
        "env:",
        "env.",
        "env[",
        "process.env",
        "import.meta.env",
        "os.environ",
        "os.getenv",
        "getenv(",
        "system.getenv",
        "<%",
        "#{",
        "#[",
        "@@",
        "__env",
        "vars.",
        "secrets.",
        "var.",
        "local.",
        "config.",
        "$env",
    ];
    let of_windows = text.len() > 2 && text.starts_with('%') && text.ends_with('%');
    let of_vercel = text.starts_with('@') && !text.contains([':', '/', '=']);
    begins_with(text, PREFIXES) || of_windows || of_vercel
}

fn is_pdo(text: &str) -> bool {
    let scheme = &text[..scheme_chars(text)];
    let rest = text[scheme.len()..].strip_prefix(':').unwrap_or_default();
    begins_with(
        rest,
        &[
            "host=",
            "dbname=",
            "port=",
            "unix_socket=",
            "user=",
            "server=",
        ],
    ) && Scheme::find(scheme).is_some()
}

fn is_ado(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "server",
        "data source",
        "datasource",
        "host",
        "address",
        "addr",
        "network address",
        "port",
        "database",
        "initial catalog",
        "user id",
        "userid",
        "uid",
        "user",
        "username",
        "user name",
        "password",
        "pwd",
        "driver",
        "dsn",
        "provider",
        "ssl mode",
        "sslmode",
        "trust server certificate",
        "endpoint",
        "accountendpoint",
        "filename",
        "attachdbfilename",
    ];
    let is_known = |part: &str| {
        let name = part.split_once('=').map(|(name, _)| name.trim());
        name.is_some_and(|name| NAMES.iter().any(|known| known.eq_ignore_ascii_case(name)))
    };
    text.contains(';') && is_known(text.split(';').next().unwrap_or_default())
}

/// The schemes of databases in base64 begin so.
fn is_base64(text: &str) -> bool {
    const STARTS: [&str; 8] = [
        "cG9zdGdyZX",
        "bXlzcWw6",
        "bXlzcWwy",
        "bWFyaWFkYj",
        "bW9uZ29kYj",
        "cmVkaXM6",
        "cmVkaXNzO",
        "amRiYz",
    ];
    STARTS.iter().any(|start| text.starts_with(start))
}

fn is_escaped(text: &str) -> bool {
    let scheme = &text[..scheme_chars(text)];
    begins_with(&text[scheme.len()..], &["%3A%2F%2F"])
}

fn is_tcp(text: &str) -> bool {
    begins_with(text, &["tcp://", "udp://"])
}

fn is_proxy(text: &str) -> bool {
    begins_with(text, &["prisma://", "prisma+postgres://"])
}

/// `jdbc:jdbc:…`, `jdbc://postgresql`, `jdbc:postgresql:host/database`: what is not `jdbc:`, a scheme and `://`.
fn is_jdbc(text: &str) -> bool {
    let Some(rest) = after_jdbc(text) else {
        return false;
    };
    let scheme = &rest[..scheme_chars(rest)];
    let of_postgres = Scheme::find(scheme).is_some_and(|row| row.engine == Engine::Postgres);
    begins_with(rest, &["jdbc:", "//"]) || (of_postgres && scheme_len(rest).is_none())
}

/// `postgres:user@host`, `postgres:/host`, `postgres//host`.
fn lacks_slashes(text: &str) -> bool {
    let scheme = &text[..scheme_chars(text)];
    Scheme::find(scheme).is_some()
        && text[scheme.len()..].starts_with([':', '/', ';', '\\'])
        && scheme_len(text).is_none()
}

fn is_go_dsn(text: &str) -> bool {
    ["tcp(", "tcp4(", "tcp6(", "unix(", "cloudsql("]
        .iter()
        .any(|net| text.contains(net))
}

fn is_path(text: &str) -> bool {
    let of_windows =
        matches!(text.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic());
    text.starts_with(['/', '.', '~']) && !text.starts_with("//") || of_windows
}

fn is_secret_file(text: &str) -> bool {
    begins_with(
        text,
        &[
            "/run/secrets/",
            "/var/run/secrets/",
            "/etc/secrets/",
            "/mnt/secrets",
            "/vault/secrets/",
        ],
    )
}

fn is_socket(text: &str) -> bool {
    let known = begins_with(text, &["/var/run/", "/run/", "/cloudsql/", "/tmp/"]);
    let is_socket = [".sock", ".socket"].iter().any(|end| text.ends_with(end));
    text.starts_with('/') && (known || is_socket || contains(text, "/.s.PGSQL."))
}

fn is_sqlite(text: &str) -> bool {
    const ENDS: [&str; 5] = [".db", ".sqlite", ".sqlite3", ".db3", ".sdb"];
    let is_file = ENDS
        .iter()
        .any(|end| text.to_ascii_lowercase().ends_with(end));
    text == ":memory:"
        || (scheme_len(text).is_none() && !text.contains(['@', '=']) && (is_file || is_path(text)))
}

fn lacks_scheme(text: &str) -> bool {
    let rest = text.trim_start_matches([':', '/']);
    scheme_len(text).is_none() && rest.contains('@') && !rest.contains(char::is_whitespace)
}

/// A host, perhaps with a port and the name of a database.
fn is_host(text: &str) -> bool {
    let host = text.split(['/', ':']).next().unwrap_or_default();
    let in_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let has_more = host.len() < text.len() || host.contains('.') || host == "localhost";
    !host.is_empty()
        && host.bytes().all(in_host)
        && has_more
        && scheme_len(text).is_none()
        && !text.contains(char::is_whitespace)
}
