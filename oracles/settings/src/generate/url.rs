//! Connection URLs, mostly right.

use support::random::Random;

const USERS: &[&str] = &["app", "svc", "root", "u%2Bx", "Nora", "a.b"];

const PASSWORDS: &[&str] = &[
    "hunter2",
    "p%40ss",
    "a%3Ab",
    "0123",
    "yes",
    "p%23w",
    "x%2Fy",
    "",
    "50%25",
    "a+b",
    "s3cret-_.~",
];

/// What no one should write into a URL, and people do.
const RAW: &[&str] = &[
    "a#b", "a@b", "a/b", "a?b", "a:b:c", "a b", "50%", "a^b", "é", "[x", "a\"b",
];

const HOSTS: &[&str] = &[
    "localhost",
    "db.example",
    "127.0.0.1",
    "ec2-1-2-3-4.compute-1.amazonaws.com",
    "DB.Example",
    "[::1]",
];

const DATABASES: &[&str] = &["shop", "my_db", "sh%20op", "d-1", "a%2Fb", "a.b", "Shop"];

/// A URL with one of the schemes, or with a path for `SQLite`.
pub(super) fn url(random: &mut Random, schemes: &[&str]) -> String {
    let mut scheme = random.pick(schemes);
    if scheme.starts_with("sqlite") && random.chance(50) {
        scheme = schemes[0];
    }
    if scheme.starts_with("sqlite") {
        let path = random.pick(&[
            "/srv/app/shop.sqlite",
            "dev.sqlite3",
            "//srv/x.db",
            "",
            "db/dev.sqlite3",
            ":memory:",
        ]);
        let slashes = random.pick(&["//", "///", ":///"]);
        return match slashes {
            ":///" => format!("{scheme}:{path}"),
            slashes => format!("{scheme}:{slashes}{path}"),
        };
    }
    if scheme.starts_with("mysql") && random.chance(2) {
        return format!("{scheme}://{}/a%2Fb", random.pick(&["", "app@"]));
    }
    let mut url = format!("{scheme}://");
    if random.chance(85) {
        url.push_str(random.pick(USERS));
        if random.chance(85) {
            url.push(':');
            url.push_str(if random.chance(8) {
                random.pick(RAW)
            } else {
                random.pick(PASSWORDS)
            });
        }
        url.push('@');
    }
    if random.chance(97) {
        url.push_str(random.pick(HOSTS));
    }
    if random.chance(50) {
        let odd = random.chance(8);
        let ports: &[&str] = if odd {
            &[":", ":0", ":abc", ":70000"]
        } else {
            &[":5432", ":3307", ":6432"]
        };
        url.push_str(random.pick(ports));
    }
    if random.chance(93) {
        url.push('/');
        if random.chance(95) {
            url.push_str(random.pick(DATABASES));
        }
    }
    if random.chance(20) {
        url.push_str(random.pick(&[
            "?pool=7",
            "?connect_timeout=10",
            "?pool=5&reconnect=true",
            "?ssl=true",
            "?",
            "?encoding=utf8",
            "?sslmode=require",
        ]));
    }
    url
}
