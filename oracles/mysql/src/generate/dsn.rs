//! go-sql-driver's DSNs, with something odd in a part or two.

use super::values::{self, Dialect};
use support::random::Random;

/// A DSN: nothing is escaped but the database and what the parameters' own rules say.
pub(super) fn dsn(random: &mut Random) -> String {
    let odd = random.pick(&[&0, &8, &25]).to_owned();
    let mut dsn = String::new();
    if random.chance(odd / 10) {
        dsn.push_str(random.pick(&["mysql://", "mysql:", " "]));
    }
    if random.chance(80) {
        dsn.push_str(&user(random, odd));
        if random.chance(85) {
            dsn.push(':');
            dsn.push_str(&values::text(random));
        }
        if !random.chance(odd / 10) {
            dsn.push('@');
        }
    }
    address(random, odd, &mut dsn);
    if !random.chance(odd / 10) {
        dsn.push('/');
    }
    if random.chance(85) {
        database(random, odd, &mut dsn);
    }
    if random.chance(65) {
        query(random, odd, &mut dsn);
    }
    dsn
}

fn user(random: &mut Random, odd: usize) -> String {
    let text = values::text(random);
    if random.chance(odd) {
        text
    } else {
        // The first colon ends the user name, and there is no way to write one.
        text.replace(':', "_")
    }
}

fn address(random: &mut Random, odd: usize, dsn: &mut String) {
    if random.chance(10) {
        return;
    }
    let net = if random.chance(odd / 2) {
        random.pick(&["tcp6", "tcp4", "cloudsql", "", "TCP", "unixgram", "pipe"])
    } else {
        random.pick(&["tcp", "tcp", "tcp", "unix"])
    };
    dsn.push_str(net);
    if random.chance(8) {
        return;
    }
    let address = match net {
        "unix" => random
            .pick(&[
                "/tmp/mysql.sock",
                "/run/mysqld/mysqld.sock",
                "/cloudsql/p:r:i",
                "rel.sock",
                "@abstract",
                "",
            ])
            .to_owned(),
        "tcp" | "tcp4" | "tcp6" => {
            let mut address = random
                .pick(&[
                    "db.acme.test",
                    "10.0.0.7",
                    "[::1]",
                    "2001:db8::7",
                    "localhost",
                    "::1",
                    "",
                    "[2001:db8::7]",
                ])
                .to_owned();
            if random.chance(50) {
                address.push(':');
                address.push_str(values::port(random, odd));
            }
            address
        }
        _ => random.pick(&["p:r:i", "db.acme.test", "x y"]).to_owned(),
    };
    dsn.push('(');
    dsn.push_str(&address);
    if !random.chance(odd / 10) {
        dsn.push(')');
    }
}

fn database(random: &mut Random, odd: usize, dsn: &mut String) {
    if random.chance(70) {
        dsn.push_str(random.pick(&[
            "shop", "a+b", "a%2Fb", "a%20b", "%C3%A9", "é", "a b", "my-db",
        ]));
    } else if random.chance(odd) {
        dsn.push_str(random.pick(&["%", "%zz", "%ff", "%00", "a#b", "%3F"]));
    } else {
        dsn.push_str("shop");
    }
}

/// Values go in as the table has them: it says what is escaped.
fn query(random: &mut Random, odd: usize, dsn: &mut String) {
    dsn.push('?');
    for (index, (name, value)) in values::settings(random, Dialect::Go, odd)
        .iter()
        .enumerate()
    {
        if index > 0 {
            dsn.push('&');
        }
        dsn.push_str(name);
        if !random.chance(odd / 6) {
            dsn.push('=');
        }
        dsn.push_str(value);
    }
    if random.chance(4) {
        dsn.push('&');
    }
}
