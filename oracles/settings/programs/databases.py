"""What Django, dj-database-url and django-environ make of settings and variables: a question per line of stdin, an answer per
line of stdout. `by` is who is asked:

- `dj-database-url`: `dj_database_url.config(**arguments)` with the variables;
- `django-environ`: `Env().db(**arguments)` with the variables;
- `django`: what the backend of `DATABASES[name]` would give its driver.
"""

import json
import logging
import os
import sys
import warnings

import pymysql

# Django's MySQL backend is for mysqlclient, which needs a compiler; this one has its interface.
pymysql.version_info = (2, 2, 7, "final", 0)
pymysql.install_as_MySQLdb()

import dj_database_url
import environ
from django.conf import settings
from django.db.utils import ConnectionHandler

settings.configure()
logging.disable()
warnings.simplefilter("ignore")


def by_dj_database_url(question):
    return dj_database_url.config(**question.get("arguments", {}))


def by_django_environ(question):
    return environ.Env().db(**question.get("arguments", {}))


def by_django(question):
    connection = ConnectionHandler(question["databases"])[question.get("name", "default")]
    given = connection.get_connection_params()
    # Without the tables of Python's types, which are no settings.
    settings = {name: value for name, value in given.items() if name != "conv" and not callable(value)}
    return {"vendor": connection.vendor, "given": settings}


WHO = {"dj-database-url": by_dj_database_url, "django-environ": by_django_environ, "django": by_django}

for line in sys.stdin:
    question = json.loads(line)
    os.environ.clear()
    os.environ.update(question.get("vars", {}))
    try:
        answer = {"value": WHO[question["by"]](question)}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"}
    print(json.dumps(answer, default=str))
