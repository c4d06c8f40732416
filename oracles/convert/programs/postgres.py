"""Who is logged in, by psycopg: with DATABASE_URL, then with libpq's variables alone."""

import os

import psycopg

for conninfo in (os.environ["DATABASE_URL"], ""):
    with psycopg.connect(conninfo) as connection:
        print(*connection.execute("SELECT current_user, current_database()").fetchone())
