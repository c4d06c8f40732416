//! As many raw passwords as only a release build has time for.

#[test]
fn a_raw_password_is_rejected_or_read_as_meant() {
    let (rejected, read) = database_url_fuzz::raw_password::count(1_000_000..1_500_000);
    println!("{rejected} refused, {read} read as meant");
    assert!(
        rejected > 100_000 && read > 100_000,
        "{rejected} refused, {read} read"
    );
}

#[test]
fn an_escaped_password_always_comes_back() {
    database_url_fuzz::raw_password::assert_escaped(1_000_000..1_100_000);
}
