"""What Python's readers, and libpq through psycopg, make of conversions: a question per line of stdin, an answer per line of stdout."""

import io
import json
import os
import subprocess
import sys
import tempfile

from psycopg import pq


def fields(user=None, password=None, host=None, port=None, database=None):
    given = {"user": user, "password": password, "host": host, "port": port, "database": database}
    return {name: str(value) for name, value in given.items() if value not in (None, "")}


def libpq(text):
    options = {o.keyword.decode(): o.val.decode() for o in pq.Conninfo.parse(text.encode()) if o.val is not None}
    return fields(options.get("user"), options.get("password"), options.get("host"), options.get("port"), options.get("dbname"))


def of_file(suffix, text):
    path = os.path.join(FOLDER, suffix)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text + "\n")
    os.chmod(path, 0o600)
    return path


def pg_service(text):
    section = text[1 : text.index("]")]
    os.environ["PGSERVICEFILE"] = of_file("service", text)
    os.environ["PGSERVICE"] = section
    try:
        options = {o.keyword.decode(): o.val.decode() for o in pq.Conninfo.get_defaults() if o.val is not None}
    finally:
        del os.environ["PGSERVICEFILE"], os.environ["PGSERVICE"]
    return fields(options.get("user"), options.get("password"), options.get("host"), options.get("port"), options.get("dbname"))


def pgpass(text, want):
    # The address is one that no one listens at: libpq looks the password up before it connects.
    entries = [
        ("host", want["host"]), ("hostaddr", "127.0.0.1"), ("port", want["port"]), ("user", want["user"]),
        ("dbname", want["database"]), ("passfile", of_file("pgpass", text)),
    ]
    conninfo = " ".join("%s='%s'" % (key, value.replace("\\", "\\\\").replace("'", "\\'")) for key, value in entries)
    connection = pq.PGconn.connect_start(conninfo.encode())
    try:
        return {**want, "password": connection.password.decode()}
    finally:
        connection.finish()


def env_s(text):
    command = ["env", "-i", "-S", text + " " + "/usr/bin/env -0"]
    output = subprocess.run(command, capture_output=True, check=True).stdout
    variables = dict(pair.split("=", 1) for pair in output.decode().split("\0") if pair)
    if "PGHOST" in variables:
        names = ["PGUSER", "PGPASSWORD", "PGHOST", "PGPORT", "PGDATABASE"]
    else:
        names = ["MYSQL_USER", "MYSQL_PWD", "MYSQL_HOST", "MYSQL_TCP_PORT", "MYSQL_DATABASE"]
    return fields(*(variables.get(name) for name in names))


def lines(text):
    variables = dict(line.split("=", 1) for line in text.split("\n"))
    return fields(variables.get("PGUSER"), variables.get("PGPASSWORD"), variables.get("PGHOST"), variables.get("PGPORT"), variables.get("PGDATABASE"))


def sqlalchemy(text):
    from sqlalchemy.engine import make_url

    url = make_url(text)
    _, arguments = url.get_dialect()().create_connect_args(url)
    database = arguments.get("database", arguments.get("dbname", arguments.get("db")))
    password = arguments.get("password", arguments.get("passwd"))
    return fields(arguments.get("user"), password, arguments.get("host"), arguments.get("port"), database)


def everything(options):
    return {name: value if isinstance(value, str) else json.dumps(value, sort_keys=True) for name, value in options.items()}


def psycopg(text):
    from psycopg.conninfo import conninfo_to_dict

    return everything(conninfo_to_dict(text))


def create_engine(text):
    from sqlalchemy.engine import make_url

    url = make_url(text)
    _, arguments = url.get_dialect()().create_connect_args(url)
    return everything(arguments)


def asyncpg(text):
    from asyncpg import connect_utils

    addresses, parameters = connect_utils._parse_connect_dsn_and_args(
        dsn=text, host=None, port=None, user=None, password=None, passfile=None, database=None, ssl=None, service=None,
        servicefile=None, direct_tls=None, server_settings=None, target_session_attrs=None, krbsrvname=None, gsslib=None,
    )[:2]
    host, port = addresses[0]
    return fields(parameters.user, parameters.password, host, port, parameters.database)


def python_dotenv(text):
    from dotenv import dotenv_values

    return {"url": dotenv_values(stream=io.StringIO(text + "\n"))["DATABASE_URL"]}


def django(text):
    module = {}
    exec(compile(text, "settings.py", "exec"), module)
    default = module["DATABASES"]["default"]
    return fields(default.get("USER"), default.get("PASSWORD"), default.get("HOST"), default.get("PORT"), default.get("NAME"))


READERS = {
    "libpq": libpq, "pg-service": pg_service, "env -S": env_s, "lines": lines, "sqlalchemy": sqlalchemy,
    "psycopg": psycopg, "create_engine": create_engine, "asyncpg": asyncpg, "python-dotenv": python_dotenv, "django": django,
}

with tempfile.TemporaryDirectory() as FOLDER:
    for line in sys.stdin:
        question = json.loads(line)
        try:
            if question["reader"] == "pgpass":
                answer = pgpass(question["text"], question["want"])
            else:
                answer = READERS[question["reader"]](question["text"])
        except Exception as error:  # Whatever goes wrong is an answer.
            answer = {"error": "%s: %s" % (type(error).__name__, error)}
        print(json.dumps(answer), flush=True)
