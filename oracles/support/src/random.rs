//! `SplitMix64`: a few lines, no dependency, the same numbers for ever.

/// A stream of random numbers from a seed.
#[derive(Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// A stream that is the same for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is not zero. The slight bias does not matter here.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).expect("a limit of at most 64 bits");
        usize::try_from(self.next() % limit).expect("below a limit that is a usize")
    }

    /// True `percent` times out of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the items.
    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    /// Any byte.
    pub fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    /// Any character that a C string may hold: mostly ASCII, control characters too.
    pub fn char(&mut self) -> char {
        match self.below(10) {
            0..7 => char::from(1 + self.byte() % 0x7f),
            7 => char::from(self.byte() | 0x80),
            8 => self
                .pick(&[
                    "\u{a0}", "\u{3000}", "é", "ü", "\u{85}", "\u{2028}", "\u{feff}", "５", "＠",
                    "／",
                ])
                .chars()
                .next()
                .unwrap_or('é'),
            _ => char::from_u32(u32::try_from(self.below(0x11_0000)).unwrap_or(0))
                .filter(|&c| c != '\0')
                .unwrap_or('\u{fffd}'),
        }
    }

    /// A count with small numbers likely and `most` possible.
    pub fn few(&mut self, most: usize) -> usize {
        let limit = 1 + self.below(most + 1);
        self.below(limit)
    }
}
