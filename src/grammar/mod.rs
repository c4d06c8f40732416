//! Text to spanned parts. Nothing here knows what a keyword means.

pub(crate) mod authority;
pub(crate) mod conninfo;
pub(crate) mod guard;
pub(crate) mod percent;
pub(crate) mod placeholder;
pub(crate) mod raw_at;
pub(crate) mod surroundings;
pub(crate) mod sweep;
pub(crate) mod tool_mask;
pub(crate) mod uri;

/// A set of bytes, which are looked up and not compared with one after the other.
pub(crate) type Bytes = [bool; 256];

pub(crate) const fn bytes(list: &[u8]) -> Bytes {
    let mut set = [false; 256];
    let mut at = 0;
    while at < list.len() {
        set[list[at] as usize] = true;
        at += 1;
    }
    set
}
