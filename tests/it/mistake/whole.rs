//! Whole values that are no connection string.

use database_url::ErrorKind::{
    SurroundingQuotes, UnescapedDelimiter, UnexpandedReference, UnknownFormat, UnknownScheme,
};

use crate::mistake::rejected;

#[test]
fn a_word_for_a_missing_value() {
    for word in ["undefined", "null", "None", "nil", "NaN", "NULL"] {
        rejected(&[(
            word,
            UnknownFormat,
            "found `undefined`, `null`",
            "set the variable",
        )]);
    }
    rejected(&[
        ("[object Object]", UnknownFormat, "JavaScript object", "URL"),
        (
            "[object Promise]",
            UnknownFormat,
            "JavaScript object",
            "promise",
        ),
    ]);
}

#[test]
fn a_command() {
    rejected(&[
        (
            "psql postgres://app:Zq7secret@h/d",
            UnknownFormat,
            "a command",
            "only the URL",
        ),
        (
            "psql 'postgres://app:Zq7secret@h/d?sslmode=require'",
            SurroundingQuotes,
            "a command",
            "only the URL",
        ),
        (
            "psql \"postgres://app:Zq7secret@h/d\"",
            SurroundingQuotes,
            "a command",
            "only the URL",
        ),
        (
            "psql -h db.example -U app shop",
            UnknownFormat,
            "a command",
            "postgres://user:password@host",
        ),
        (
            "PGPASSWORD=Zq7secret psql -h db.example -U app shop",
            UnknownFormat,
            "a command",
            "postgres://",
        ),
        (
            "$ psql postgres://app:Zq7secret@h/d",
            UnexpandedReference,
            "a command",
            "only the URL",
        ),
        (
            "mysql -h db.example -u app -pZq7secret shop",
            UnknownFormat,
            "a command",
            "only the URL",
        ),
        (
            "mongosh mongodb://app:Zq7secret@h/d",
            UnknownFormat,
            "a command",
            "only the URL",
        ),
        (
            "redis-cli -u redis://:Zq7secret@h",
            UnknownFormat,
            "a command",
            "only the URL",
        ),
    ]);
}

#[test]
fn the_name_of_a_variable_and_its_value() {
    let inputs = [
        "DATABASE_URL=postgres://app:Zq7secret@h/d",
        "export DATABASE_URL=postgres://app:Zq7secret@h/d",
        "set DATABASE_URL=mysql://app:Zq7secret@h/d",
        "setx DATABASE_URL mysql://app:Zq7secret@h/d",
        "ENV DATABASE_URL=postgres://app:Zq7secret@h/d",
        "-e DATABASE_URL=postgres://app:Zq7secret@h/d",
        "DATABASE_URL: postgres://app:Zq7secret@h/d",
        "url=postgres://app:Zq7secret@h/d",
        "sqlalchemy.url = postgresql+psycopg://app:Zq7secret@h/d",
        "REDIS_URL=rediss://:Zq7secret@h",
    ];
    for input in inputs {
        rejected(&[(
            input,
            UnknownFormat,
            "begins with the name of a variable",
            "remove everything up to",
        )]);
    }
    rejected(&[
        (
            "DATABASE_URL=\"postgres://app:Zq7secret@h/d\"",
            UnknownFormat,
            "begins with the name",
            "quotation marks",
        ),
        (
            "'DATABASE_URL=postgres://app:Zq7secret@h/d'",
            SurroundingQuotes,
            "begins with the name",
            "quotation marks",
        ),
    ]);
}

#[test]
fn json_and_strings_of_other_libraries() {
    rejected(&[
        (
            "{\"username\":\"app\",\"password\":\"Zq7secret\"}",
            UnknownFormat,
            "found JSON",
            "dburl encode",
        ),
        (
            "{ \"url\": \"postgres://app:Zq7secret@h/d\" }",
            UnknownFormat,
            "found JSON",
            "the URL alone",
        ),
        (
            "[\"postgres://app:Zq7secret@h/d\"]",
            UnknownFormat,
            "found JSON",
            "the URL alone",
        ),
        (
            "Server=h;Database=d;User Id=app;Password=Zq7secret;",
            UnknownFormat,
            "ADO.NET",
            "postgres://user:password@host",
        ),
        (
            "Host=h;Port=5432;Username=app;Password=Zq7secret",
            UnknownFormat,
            "ADO.NET",
            "dburl encode",
        ),
        (
            "Data Source=tcp:h,1433;Initial Catalog=d;Pwd=Zq7secret",
            UnknownFormat,
            "ADO.NET",
            "URL",
        ),
        (
            "Driver={PostgreSQL Unicode};Server=h;Pwd=Zq7secret",
            UnknownFormat,
            "ODBC",
            "URL",
        ),
        (
            "pgsql:host=h;dbname=d;password=Zq7secret",
            UnknownFormat,
            "PDO",
            "postgres://",
        ),
        ("mysql:host=h;dbname=d", UnknownFormat, "PDO", "mysql://"),
    ]);
}

#[test]
fn a_reference_that_nothing_resolved() {
    let stores = [
        "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/db/1)",
        "arn:aws:secretsmanager:eu-west-1:1:secret:db",
        "vault:secret/data/db#url",
        "projects/p/secrets/db/versions/latest",
        "secretref:database-url",
    ];
    for input in stores {
        rejected(&[(
            input,
            UnknownFormat,
            "secret store",
            "put the secret's value",
        )]);
    }
    for input in [
        "op://prod/db/url",
        "ref+vault://secret/db#/url",
        "gsm://p/db",
        "doppler://p/c/X",
    ] {
        rejected(&[(
            input,
            UnknownScheme,
            "secret store",
            "put the secret's value",
        )]);
    }
    rejected(&[
        (
            "{{resolve:secretsmanager:db:SecretString:url}}",
            UnexpandedReference,
            "secret store",
            "access to the secret",
        ),
        (
            "encrypted:BGbbWsPYHM",
            UnknownFormat,
            "encrypted value",
            "dotenvx run",
        ),
        (
            "ENC[AES256_GCM,data:x]",
            UnknownFormat,
            "encrypted value",
            "sops",
        ),
        (
            "%DATABASE_URL%",
            UnknownFormat,
            "reference to a variable",
            "expand",
        ),
        (
            "env(\"DATABASE_URL\")",
            UnknownFormat,
            "reference to a variable",
            "expand",
        ),
        (
            "<%= ENV['DATABASE_URL'] %>",
            UnknownFormat,
            "reference to a variable",
            "expand",
        ),
        (
            "process.env.DATABASE_URL",
            UnknownFormat,
            "reference to a variable",
            "expand",
        ),
        (
            "@database-url",
            UnknownFormat,
            "reference to a variable",
            "expand",
        ),
        (
            "${{ secrets.DATABASE_URL }}",
            UnexpandedReference,
            "not expanded",
            "expand it before",
        ),
    ]);
}

#[test]
fn a_value_in_another_encoding() {
    rejected(&[
        (
            "cG9zdGdyZXM6Ly9hcHA6cHdAaC9k",
            UnknownFormat,
            "base64",
            "stringData",
        ),
        (
            "postgres%3A%2F%2Fapp%3AZq7secret%40h%2Fd",
            UnknownFormat,
            "percent-encoded as a whole",
            "escape only",
        ),
    ]);
}

#[test]
fn an_address_or_a_path() {
    rejected(&[
        (
            "tcp://10.0.0.1:5432",
            UnknownScheme,
            "address of a container",
            "postgres://",
        ),
        (
            "prisma://accelerate.prisma-data.net/?api_key=Zq7secret",
            UnknownScheme,
            "Prisma's own proxy",
            "DIRECT_URL",
        ),
        (
            "db/development.sqlite3",
            UnknownFormat,
            "the path of a file",
            "sqlite:///app.db",
        ),
        (
            "./data.db",
            UnknownFormat,
            "the path of a file",
            "sqlite:///app.db",
        ),
        (
            "/srv/data.db",
            UnknownFormat,
            "the path of a file",
            "sqlite:////srv/app.db",
        ),
        (
            r"C:\app\data.db",
            UnknownFormat,
            "the path of a file",
            "sqlite:",
        ),
        (":memory:", UnknownFormat, "the path of a file", "sqlite:"),
        (
            "/var/run/postgresql",
            UnknownFormat,
            "the path of a socket",
            "?host=/",
        ),
        (
            "/tmp/mysql.sock",
            UnknownFormat,
            "the path of a socket",
            "?socket=/",
        ),
        (
            "/run/secrets/database_url",
            UnknownFormat,
            "secret file",
            "--secret-files",
        ),
        (
            "db.example",
            UnknownFormat,
            "a host",
            "postgres://user:password@host",
        ),
        ("localhost:5432", UnknownFormat, "a host", "mysql://"),
        (
            "db.example:5432/shop",
            UnknownFormat,
            "a host",
            "postgres://",
        ),
    ]);
}

#[test]
fn a_scheme_that_is_missing_or_there_twice() {
    rejected(&[
        (
            "app:Zq7secret@h:5432/d",
            UnknownFormat,
            "without its scheme",
            "postgres://user:password",
        ),
        (
            "//app:Zq7secret@h/d",
            UnknownFormat,
            "without its scheme",
            "postgres://",
        ),
        (
            "postgres:app:Zq7secret@h/d",
            UnknownFormat,
            "expected `://`",
            "write the `://`",
        ),
        (
            "postgres//app:Zq7secret@h/d",
            UnknownFormat,
            "expected `://`",
            "write the `://`",
        ),
        (
            "postgres:/app:Zq7secret@h/d",
            UnknownFormat,
            "expected `://`",
            "write the `://`",
        ),
        (
            "postgres://postgres://app:Zq7secret@h/d",
            UnescapedDelimiter,
            "found two",
            "keep the second",
        ),
        (
            "mysql://mysql://app:Zq7secret@h/d",
            UnescapedDelimiter,
            "found two",
            "keep the second",
        ),
        (
            "jdbc:jdbc:postgresql://h/d",
            UnknownScheme,
            "expected `jdbc:`, one scheme",
            "`jdbc:` once",
        ),
        (
            "jdbc://postgresql://h/d",
            UnknownScheme,
            "expected `jdbc:`, one scheme",
            "jdbc:postgresql://",
        ),
        (
            "jdbc:postgresql:h:5432/d",
            UnknownFormat,
            "expected `jdbc:`, one scheme",
            "jdbc:postgresql://",
        ),
        (
            "jdbc:postgresql//h/d",
            UnknownFormat,
            "expected `jdbc:`, one scheme",
            "jdbc:postgresql://",
        ),
        (
            "app:Zq7secret@tcp(h:3306)/d",
            UnknownFormat,
            "a Go DSN",
            "--format go-dsn",
        ),
    ]);
}

#[test]
fn what_is_of_no_kind_names_the_formats() {
    rejected(&[(
        "Zq7secret",
        UnknownFormat,
        "expected a URL or a keyword/value string",
        "postgres://user:password@host",
    )]);
}
