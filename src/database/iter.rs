//! An iterator of whichever engine.

/// The iterator of one of four engines.
#[derive(Clone)]
pub(super) enum Iter<P, M, S, V> {
    Postgres(P),
    MySql(M),
    Sqlite(S),
    Service(V),
}

impl<T, P, M, S, V> Iterator for Iter<P, M, S, V>
where
    P: Iterator<Item = T>,
    M: Iterator<Item = T>,
    S: Iterator<Item = T>,
    V: Iterator<Item = T>,
{
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self {
            Self::Postgres(iter) => iter.next(),
            Self::MySql(iter) => iter.next(),
            Self::Sqlite(iter) => iter.next(),
            Self::Service(iter) => iter.next(),
        }
    }
}
