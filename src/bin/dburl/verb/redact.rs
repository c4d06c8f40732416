//! `dburl redact`: standard input with passwords masked, as it comes.

use std::io::{self, BufRead, Write};

use database_url::{Redactor, Vars};

use crate::verb::Ended;
use crate::view::Out;

pub(crate) fn run(vars: &Vars, out: &mut Out) -> Ended {
    let mut input = io::stdin().lock();
    let mut output = Redactor::of(vars).writer(out.raw());
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            output.finish()?;
            return Ok(());
        }
        output.write_all(available)?;
        // Who follows a log sees each line when it is complete.
        output.flush()?;
        let len = available.len();
        input.consume(len);
    }
}
