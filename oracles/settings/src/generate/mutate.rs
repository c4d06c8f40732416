//! A template with something done to it.

use support::random::Random;

/// The template, with one to three marks put in, or pieces cut, doubled or moved.
pub(super) fn mutated(random: &mut Random, template: &str, marks: &[&str]) -> String {
    let mut chars: Vec<char> = template.chars().collect();
    for _ in 0..=random.few(2) {
        let from = random.below(chars.len() + 1);
        let to = (from + random.few(6)).min(chars.len());
        match random.below(5) {
            0 | 1 => {
                let mark = random.pick(marks);
                chars.splice(from..from, mark.chars());
            }
            2 => {
                chars.drain(from..to);
            }
            3 => {
                let piece = chars[from..to].to_vec();
                chars.splice(to..to, piece);
            }
            _ => {
                let piece: Vec<char> = chars.drain(from..to).collect();
                let at = random.below(chars.len() + 1);
                chars.splice(at..at, piece);
            }
        }
    }
    chars.into_iter().collect()
}
