//! What a mutation does to an input.

use crate::random::Random;

/// Puts a piece in.
pub fn insert(at: usize, piece: &str, input: &mut Vec<char>) {
    drop(input.splice(at..at, piece.chars()));
}

/// Where a piece that begins there ends: of at most so many characters.
pub fn end(random: &mut Random, start: usize, input: &[char], most: usize) -> usize {
    start + random.few((input.len() - start).min(most))
}

/// Copies a piece of at most so many characters to another position.
pub fn copy(random: &mut Random, start: usize, input: &mut Vec<char>, most: usize) {
    let piece: String = input[start..end(random, start, input, most)]
        .iter()
        .collect();
    let to = random.below(input.len() + 1);
    insert(to, &piece, input);
}

/// Cuts a piece of at most so many characters out.
pub fn cut(random: &mut Random, start: usize, input: &mut Vec<char>, most: usize) {
    let end = end(random, start, input, most);
    drop(input.drain(start..end));
}
