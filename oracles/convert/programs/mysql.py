"""Who is logged in, by PyMySQL with the parts of DATABASE_URL, then with MYSQL_*."""

import os
from urllib.parse import unquote, urlsplit

import pymysql

url = urlsplit(os.environ["DATABASE_URL"])
names = ("MYSQL_HOST", "MYSQL_TCP_PORT", "MYSQL_USER", "MYSQL_PWD", "MYSQL_DATABASE")
for host, port, user, password, database in (
    (url.hostname, url.port, unquote(url.username), unquote(url.password), url.path[1:]),
    (os.environ[name] for name in names),
):
    # PyMySQL takes a string's bytes in Latin-1.
    password = password.encode()
    connection = pymysql.connect(host=host, port=int(port), user=user, password=password, database=database)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user(), database()")
        print(*cursor.fetchone())
