//! What choosing a database costs where there are many variables.

use crate::common::arbitrary::assert_linear_in;
use database_url::{Attachments, Resolver, Vars};

fn vars(count: usize, name: impl Fn(usize) -> String, value: impl Fn(usize) -> String) -> Vars {
    (0..count).map(|at| (name(at), value(at))).collect()
}

fn choose(vars: &Vars) {
    drop(Resolver::new(vars).resolve());
    let list = Attachments::of(vars);
    let found = |source| list.of_source(source).is_some();
    assert!(list.iter().all(|one| found(one.source())));
}

#[test]
fn unrelated_variables_cost_in_proportion() {
    assert_linear_in(
        500,
        |count| vars(count, |at| format!("V{at}_URL"), |_| "x".to_owned()),
        choose,
    );
}

#[test]
fn attachments_cost_in_proportion() {
    let colour = |at| format!("HEROKU_POSTGRESQL_C{at}_URL");
    let url = |at| format!("postgres://app:k3y@db{at}.example/shop");
    assert_linear_in(100, |count| vars(count, colour, url), choose);
}

#[test]
fn variables_of_one_database_cost_in_proportion() {
    let colour = |at| format!("HEROKU_POSTGRESQL_C{at}_URL");
    let alike = |_| "postgres://app:k3y@db.example/shop".to_owned();
    assert_linear_in(100, |count| vars(count, colour, alike), choose);
    let stale = |at| format!("postgres://app:k3y{at}@db.example/shop");
    assert_linear_in(100, |count| vars(count, colour, stale), choose);
}

#[test]
fn roles_of_one_database_cost_in_proportion() {
    let roles = |at: usize| {
        let end = ["", "_NON_POOLING", "_UNPOOLED", "_POOLED"][at % 4];
        format!("A{}_URL{end}", at / 4)
    };
    let url = |at| format!("postgres://app:k3y@db{at}.example/shop");
    assert_linear_in(100, |count| vars(count, roles, url), choose);
}
