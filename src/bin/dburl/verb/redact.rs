//! `dburl redact`: standard input with passwords masked, as it comes.

use std::io::{self, BufRead, Write};

use database_url::{Redactor, Vars};

use crate::view::Out;

pub(crate) fn run(vars: &Vars, out: &mut Out) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut output = Redactor::of(vars).writer(out.raw());
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            return output.finish().map(drop);
        }
        output.write_all(available)?;
        // Who follows a log sees each line when it is complete.
        output.flush()?;
        let len = available.len();
        input.consume(len);
    }
}
