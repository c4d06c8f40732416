//! What `--help` says after the flags: examples, and how the verb ends.

pub(crate) const PROGRAM: &str = "\
Examples:
  dburl    # what would be used, and why
  dburl resolve --env-file .env
  dburl convert --to jdbc --show-secrets
  dburl psql -- -c 'select 1'

Without a verb, `explain` runs. Of several sources the first that is set is
used: --var, --attachment, --file or --system, DATABASE_URL, then what the
platforms set, then --default.

Exit status: 0 fine; 1 rejected or failed; 2 usage; 3 nothing to use was found.";

pub(crate) const EXPLAIN: &str = "\
Examples:
  dburl explain
  dburl explain --file config/database.yml -e staging
  heroku config --json | dburl explain --vars -
  printf %s \"$URL\" | dburl explain -

The first that is set is used: --var, --attachment, --file or --system,
DATABASE_URL, then what the platforms set, then --default. Variables that are
set win over those of --env-file.

Exit status: 0 fine; 1 rejected or failed; 2 usage; 3 nothing to use was found.";

pub(crate) const RESOLVE: &str = "\
Examples:
  dburl resolve --json
  dburl resolve --attachment bronze --show-secrets

The first that is set is used: --var, --attachment, --file or --system,
DATABASE_URL, then what the platforms set, then --default. Variables that are
set win over those of --env-file.

Exit status: 0 fine; 1 rejected or failed; 2 usage; 3 nothing to use was found.";

pub(crate) const LIST: &str = "\
Examples:
  dburl list
  heroku config --json | dburl list --json --vars -

Exit status: 0 fine; 1 rejected or failed; 2 usage; 3 nothing is attached.";

pub(crate) const PARSE: &str = "\
Examples:
  dburl parse --json - < urls.txt
  dburl parse --format go-dsn 'app@tcp(db.example)/shop'

Exit status: 0 fine; 1 if any input is rejected; 2 usage.";

pub(crate) const RENDER: &str = "\
Examples:
  dburl render config/database.yml
  dburl render --list config/config.json

Exit status: 0 fine; 1 rejected or failed; 2 usage.";

pub(crate) const EXPAND: &str = "\
Examples:
  dburl expand 'puma -p ${PORT:-3000}'
  dburl expand --syntax compose - < template.txt

Exit status: 0 fine; 1 rejected or failed; 2 usage.";

pub(crate) const ENCODE: &str = "\
Examples:
  printf %s 'p@ss/word' | dburl encode

Exit status: 0 fine; 1 rejected or failed; 2 usage.";

pub(crate) const CHECK: &str = "\
Examples:
  dburl check
  dburl check --deny warnings --file config/database.yml -e production
  heroku config --json | dburl check --vars - --target sqlx

Each code is explained in docs/check.md.

Exit status: 0 fine; 1 an error was found, or a warning with --deny warnings;
2 usage; 3 nothing to use was found; with --connect also that of `dburl wait`.";

pub(crate) const WAIT: &str = "\
Examples:
  dburl wait && bin/rails db:migrate
  dburl wait --timeout 2m --json

Prints server, version, user, database and TLS. Needs a dburl that was built
with the feature connect.

Exit status: 0 logged in; 4 the host's name is not known; 5 the server cannot
be reached; 6 TLS; 7 user or password; 8 no such database; 1 failed otherwise;
2 usage; 3 nothing to use was found.";

pub(crate) const GUARD: &str = "\
Examples:
  dburl guard --expect local && bin/rails db:reset
  dburl guard --expect test --expect local --also db
  dburl guard --expect db.staging.example/shop --file config/database.yml

test is a word of the name, split at _ and -: shop_test is one, latest is not.
A set PGHOST or PGHOSTADDR that would decide where to connect fails, too.

Exit status: 0 it is what was expected; 1 it is not; 2 usage; 3 nothing to use
was found.";

pub(crate) const DIFF: &str = "\
Examples:
  dburl diff DATABASE_URL HEROKU_POSTGRESQL_BRONZE_URL
  dburl diff DATABASE_URL file:config/database.yml#production
  printf '%s\\n' \"$OLD\" \"$NEW\" | dburl diff -

Default ports are filled in, and the spelling of the scheme does not matter.

Exit status: 0 fine, also where they differ; 1 rejected or failed; 2 usage;
3 nothing to use was found.";

pub(crate) const REDACT: &str = "\
Examples:
  bin/rails db:migrate 2>&1 | dburl redact
  kubectl logs deploy/web | dburl redact --env-file .env

Masks the passwords of connection strings, and every secret of at least eight
characters that a variable holds.

Exit status: 0 fine; 1 rejected or failed; 2 usage.";

pub(crate) const CONVERT: &str = "\
Examples:
  dburl convert --to conninfo
  dburl convert --to dotenv --show-secrets >> .env
  dburl convert --to jdbc - < url.txt

What the format cannot express is listed on standard error; for TLS,
authentication and hosts it is an error.

Exit status: 0 fine; 1 rejected or failed; 2 usage; 3 nothing to use was found.";

pub(crate) const EXEC: &str = "\
Examples:
  dburl exec -- pg_dump -Fc -f shop.dump
  dburl exec --attachment bronze -- bin/rails db:migrate

The command gets DATABASE_URL and libpq's PG* or MYSQL_*; those that were
inherited are cleared. No secret is an argument. The process is replaced, so
signals, the terminal and the exit status are the command's.

Exit status: the command's; 126 if it cannot be run; 127 if it is not found;
1 rejected or failed; 2 usage; 3 nothing to use was found.";

pub(crate) const PSQL: &str = "\
Examples:
  dburl psql
  dburl psql --attachment bronze -- -c 'select 1'

Exit status: that of psql, else as `dburl exec`.";

pub(crate) const MYSQL: &str = "\
Examples:
  dburl mysql
  dburl mysql --var JAWSDB_URL -- -e 'select 1'

The password is in MYSQL_PWD, the rest in flags, TLS in those of MySQL's or
MariaDB's client, whichever is found.

Exit status: that of the client, else as `dburl exec`.";

pub(crate) const COMPLETIONS: &str = "\
Examples:
  dburl completions bash > /etc/bash_completion.d/dburl

Exit status: 0 fine; 2 usage.";
