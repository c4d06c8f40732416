//! Delimiters of a password that would change the host.

use super::*;

#[test]
fn a_slash_in_a_password_is_rejected() {
    rejects! {
        "digits before it": "postgres://u:12«/»34@h/db" => UnescapedDelimiter, "password", "%2F";
        "no port before it": "postgres://u:pw«/»9@h/db" => UnescapedDelimiter, "password", "%2F";
        "at its end": "postgres://u:12«/»@h/db" => UnescapedDelimiter, "password", "%2F";
        "at its start": "postgres://u:«/»pw@h/db" => UnescapedDelimiter, "password", "%2F";
        "with a host behind": "postgres://u:12«/»34@h:5432/db?sslmode=require" => UnescapedDelimiter, "password", "%2F";
        "the database meant": "postgres://h:5432«/»a@b" => UnescapedDelimiter, "password", "%40";
        "no port, and the `@` in the query": "postgres://u:pw«/»db?application_name=a@b" => UnescapedDelimiter, "password", "%2F";
        "a `?` behind it": "postgres://u:pw«/»9?8@h/db" => UnescapedDelimiter, "password", "%2F";
        "a `?` before it": "postgres://u:pw«?»9/8@h/db" => UnescapedDelimiter, "password", "%3F";
        "the second host": "postgres://a,u:pw«/»9@h/db" => UnescapedDelimiter, "password", "%2F";
        "escapes before it": "postgres://u:p%40w«/»9@h/db" => UnescapedDelimiter, "password", "%2F";
        "another colon": "postgres://u:1:2«/»9@h/db" => UnescapedDelimiter, "password", "%2F";
        "a bracket": "postgres://u:p[w«/»9@h/db" => UnescapedDelimiter, "password", "%2F";
        "an address with a port": "postgres://[::1]:5432«/»a@b" => UnescapedDelimiter, "password", "%40";
        "another scheme": "Cockroach://u:12«/»34@h/db" => UnescapedDelimiter, "password", "%2F";
    }
}

#[test]
fn a_second_at_sign_is_rejected() {
    rejects! {
        "in a password": "postgres://u:p«@»ss@h/db" => UnescapedDelimiter, "password", "%40";
        "in a user name": "postgres://ada«@»corp@h/db" => UnescapedDelimiter, "user", "%40";
        "in a user name with a password": "postgres://ada«@»corp:pw@h/db" => UnescapedDelimiter, "user", "%40";
        "at the end of a password": "postgres://u:p«@»@h/db" => UnescapedDelimiter, "password", "%40";
        "three": "postgres://u:p«@»s@s@h" => UnescapedDelimiter, "password", "%40";
        "before a query": "postgres://u:p«@»ss@h?sslmode=require" => UnescapedDelimiter, "password", "%40";
        "before a list": "postgres://u:p«@»ss@a:1,b:2/db" => UnescapedDelimiter, "password", "%40";
        "before an address": "postgres://u:p«@»ss@[::1]/db" => UnescapedDelimiter, "password", "%40";
    }
}

#[test]
fn a_question_mark_before_the_at_sign_is_rejected() {
    rejects! {
        "in a password": "postgres://u:p«?»w@h/db" => UnescapedDelimiter, "password", "%3F";
        "a query without a slash": "postgres://h:5432«?»user=a@b" => UnescapedDelimiter, "password", "%40";
        "a query without a port": "postgres://h«?»user=a@b" => UnescapedDelimiter, "user", "%40";
        "a slash in a value": "postgres://h:5432«?»application_name=a/b@c" => UnescapedDelimiter, "password", "%40";
        "an abstract socket": "postgres://«?»host=@sock" => UnescapedDelimiter, "user", "%40";
        "in a user name": "postgres://a«?»b:pw@h/db" => UnescapedDelimiter, "user", "%3F";
    }
}

#[test]
fn an_at_sign_after_the_host_is_rejected() {
    rejects! {
        "in the path, without credentials": "postgres://h«/»a@b" => UnescapedDelimiter, "password", "%40";
        "after an address": "postgres://[::1]«/»a@b" => UnescapedDelimiter, "password", "%40";
        "a space before a port": "postgres://app: 1«/»x?y=@db" => UnescapedDelimiter, "password", "%40";
        "a sign before a port": "postgres://app:+1«/»x?y=@db" => UnescapedDelimiter, "password", "%40";
        "in the path": "postgres://u:p@h:5432/a«@»b" => UnescapedDelimiter, "database", "%40";
        "a password with both": "postgres://u:p@ss/w«@»h/db" => UnescapedDelimiter, "database", "%2F";
        "in a value": "postgres://u:p@h?application_name=a«@»b" => UnescapedDelimiter, "query", "%40";
        "in an unknown value": "postgres://u:p@h/d?note=a«@»b" => UnescapedDelimiter, "query", "%40";
        "in a name": "postgres://u:p@h/d?a«@»b=c" => UnescapedDelimiter, "query", "%40";
        "after a slash in a value": "postgres://u:p@h/?options=-c%20a%3D/x«@»y" => UnescapedDelimiter, "query", "%40";
        "a host and port in a path": "postgres://u:p@h2/d?sslrootcert=/x«@»h:5432/shop" => UnescapedDelimiter, "query", "%40";
        "a socket beside a host": "postgres://u:p@h2/d?host=/x«@»h" => UnescapedDelimiter, "query", "%40";
        "an empty port": "postgres://u:«/»d?x=y@h" => UnescapedDelimiter, "password", "%2F";
        "an escaped port": "postgres://u:%35432«/»d?x=y@h" => UnescapedDelimiter, "password", "%2F";
        "a later one": "postgres://u:1/d?x=y«@»h:1&z=a@b" => UnescapedDelimiter, "password", "%2F";
        "several credentials": "postgres://u:p@h1,u:p«@»h2/d" => UnescapedDelimiter, "user", "host:port,host:port";
    }
    accepts! {
        "the path of a file": "postgres://u:p@h/d?sslrootcert=/home/me@corp/ca.pem"
            => { user: "u", password: "p", host: "h", dbname: "d", sslrootcert: "/home/me@corp/ca.pem" };
        "the path of a socket": "postgres://u:p@/d?host=/run/pg@main"
            => { user: "u", password: "p", host: "/run/pg@main", dbname: "d" };
        "a file, and no path": "postgres://h?sslrootcert=/home/me@corp/ca.pem"
            => { host: "h", sslrootcert: "/home/me@corp/ca.pem" };
    }
}

#[test]
fn what_only_looks_like_a_swallowed_delimiter_is_accepted() {
    accepts! {
        "`@` in a value": "postgres://h/?application_name=a@b" => { host: "h", application_name: "a@b" };
        "a port, `@` in a value": "postgres://h:5432/db?application_name=a@b"
            => { host: "h", port: "5432", dbname: "db", application_name: "a@b" };
        "an address and a port, `@` in a value": "postgres://[::1]:5432/?application_name=a@b"
            => { host: "::1", port: "5432", application_name: "a@b" };
        "an abstract socket behind a slash": "postgres:///?host=@sock" => { host: "@sock" };
        "slashes in the database": "postgres://h:5432/a/b" => { host: "h", port: "5432", dbname: "a/b" };
        "everything escaped": "postgres://u:%2F%40%3F%23%3A@h/db"
            => { user: "u", password: "/@?#:", host: "h", dbname: "db" };
        "escaped in the database": "postgres://h:5432/a%40b" => { host: "h", port: "5432", dbname: "a@b" };
        "colons in a password": "postgres://u:a:b@h" => { user: "u", password: "a:b", host: "h" };
        "an escaped port": "postgres://h:%35432/d" => { host: "h", port: "5432", dbname: "d" };
        "a raw `#`": "postgres://u:p#w@h/db"
            => { user: "u", password: "p#w", host: "h", dbname: "db" } warns "raw-hash";
    }
}

#[test]
fn a_setting_in_another_ones_value_is_rejected() {
    rejects! {
        "after a comma": "host=h dbname=d«,»sslmode=require" => UnescapedDelimiter, "database", "spaces";
        "instead of spaces": "host=h«,»port=5432,sslmode=require" => UnescapedDelimiter, "host", "spaces";
        "a comma and a space": "host=h«,» dbname=d" => UnescapedDelimiter, "host", "spaces";
        "a semicolon and a space": "host=h«;» dbname=d" => UnescapedDelimiter, "host", "spaces";
        "in a setting that is no part": "host=h application_name=a«,»sslmode=require" => UnescapedDelimiter, "application_name", "spaces";
        "in a host": "postgres://h:5432,sslmode«=»require/d" => UnescapedDelimiter, "host", "%3D";
        "in a database": "postgres://h/d,«s»slmode=require" => UnescapedDelimiter, "database", "%3D";
        "in place of a database": "postgres://h/«s»slmode=require" => UnescapedDelimiter, "database", "%3D";
        "written for JSON": "postgres://h/d?pool=5«\\»u0026pool_timeout=3" => UnescapedDelimiter, "query", "u0026";
        "a network of Go": "postgres://u:p@unix«(»/cloudsql/p:r:i)/d" => UnescapedDelimiter, "host", "?host=/directory";
    }
    accepts! {
        "commas between hosts": "host=h1,h2 port=1,2 dbname=d" => { host: "h1,h2", port: "1,2", dbname: "d" };
        "an empty host at the end": "dbname=d host=h," => { dbname: "d", host: "h," };
        "in quotes": "host=h dbname='d,sslmode=require' user='u,'" => { host: "h", dbname: "d,sslmode=require", user: "u," };
        "after a backslash": r"host=h dbname=d\,sslmode=require" => { host: "h", dbname: "d,sslmode=require" };
        "in a password": "host=h password=p,user=x, dbname=d" => { host: "h", password: "p,user=x,", dbname: "d" };
        "escaped": "postgres://h%3Dx/d%2Csslmode%3Drequire" => { host: "h=x", dbname: "d,sslmode=require" };
    }
}
