//! Oracles that read a question per line and write an answer per line, both JSON.

use std::process::Command;

use serde_json::{Value, json};
use support::process::ask_json;

use crate::case::{Answer, Case};

/// The templates put as questions, and the answers read.
#[must_use]
pub fn expand(command: &mut Command, cases: &[Case]) -> Vec<Answer> {
    let questions = cases
        .iter()
        .map(|case| json!({ "template": case.text(), "vars": case.vars }));
    ask_json(command, questions).iter().map(answer).collect()
}

fn answer(answer: &Value) -> Answer {
    if let Some(message) = answer["error"].as_str() {
        return Err(message.to_owned());
    }
    let text = answer["value"].as_str().expect("a text").to_owned();
    Ok([("text", text)].into())
}
