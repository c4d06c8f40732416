//! Texts to compare on, from a seed: the same seed gives the same texts, on every machine.
//!
//! Three families, because each finds what the others cannot:
//! - **by the grammar** ([`uri`], [`conninfo`]): mostly right, with something odd here and there, so that the depths
//!   of both stages are reached;
//! - **mutated** ([`mutate`]): a good text with bytes flipped, delimiters put in, pieces cut, doubled or moved;
//! - **hostile** ([`hostile`]): delimiters at random, commas by the hundred, long runs, control characters.

mod conninfo;
mod hostile;
mod mutate;
mod seeds;
mod uri;
pub(crate) mod values;

use support::random::Random;

/// A generator of texts.
#[derive(Debug)]
pub struct Generator {
    random: Random,
}

impl Generator {
    /// A generator that always gives the same texts for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
        }
    }
}

impl Iterator for Generator {
    type Item = String;

    /// The next text; there is always one.
    fn next(&mut self) -> Option<String> {
        let random = &mut self.random;
        Some(match random.below(100) {
            0..35 => uri::uri(random),
            35..60 => conninfo::conninfo(random),
            60..85 => mutate::mutated(random),
            _ => hostile::hostile(random),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_means_the_same_texts() {
        let texts = |seed| Generator::new(seed).take(1000).collect::<Vec<_>>();
        assert_eq!(texts(7), texts(7));
        assert_ne!(texts(7), texts(8));
    }

    #[test]
    fn texts_rarely_repeat() {
        let texts: std::collections::HashSet<_> = Generator::new(1).take(10_000).collect();
        assert!(texts.len() > 9_000, "{}", texts.len());
    }
}
