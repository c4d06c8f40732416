//! URLs and DSNs to compare on, from a seed: the same seed gives the same texts, on every machine.
//!
//! - **by the grammar** ([`url`], [`dsn`]): mostly right, with something odd here and there. A URL speaks the words of one
//!   driver at a time, because two of the three reject every name that is not theirs;
//! - **mutated** ([`mutate`]): such a string with delimiters put in, pieces cut, doubled or moved.

mod dsn;
mod mutate;
mod url;
mod values;

use support::random::Random;

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `mysql://…`
    Url,
    /// go-sql-driver's `user:password@tcp(host)/database`.
    Dsn,
}

/// A generator of texts.
#[derive(Debug)]
pub struct Generator {
    random: Random,
    form: Form,
}

impl Generator {
    /// A generator that always gives the same texts for the same seed.
    #[must_use]
    pub fn new(form: Form, seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            form,
        }
    }
}

impl Iterator for Generator {
    type Item = String;

    /// The next text; there is always one.
    fn next(&mut self) -> Option<String> {
        let random = &mut self.random;
        let text = match self.form {
            Form::Url => url::url(random),
            Form::Dsn => dsn::dsn(random),
        };
        Some(if random.chance(15) {
            mutate::mutated(random, &text)
        } else {
            text
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_means_the_same_texts() {
        for form in [Form::Url, Form::Dsn] {
            let texts = |seed| Generator::new(form, seed).take(1000).collect::<Vec<_>>();
            assert_eq!(texts(7), texts(7));
            assert_ne!(texts(7), texts(8));
        }
    }
}
