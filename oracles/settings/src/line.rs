//! Oracles that read a question per line and write an answer per line, both JSON.

use std::process::Command;

use serde_json::{Value, json};

use crate::case::{Answer, Case};
use crate::process;

/// Puts the questions, in order.
///
/// # Panics
/// If the oracle is missing, fails, or loses count.
#[must_use]
pub fn ask(command: &mut Command, questions: impl Iterator<Item = Value>) -> Vec<Value> {
    let lines: Vec<String> = questions
        .map(|question| question.to_string() + "\n")
        .collect();
    let answers: Vec<Value> = process::ask(command, lines.concat().into_bytes())
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object per line"))
        .collect();
    assert_eq!(answers.len(), lines.len(), "an answer per question");
    answers
}

/// The templates put as questions, and the answers read.
#[must_use]
pub fn expand(command: &mut Command, cases: &[Case]) -> Vec<Answer> {
    let questions = cases
        .iter()
        .map(|case| json!({ "template": case.text(), "vars": case.vars }));
    ask(command, questions).iter().map(answer).collect()
}

fn answer(answer: &Value) -> Answer {
    if let Some(message) = answer["error"].as_str() {
        return Err(message.to_owned());
    }
    let text = answer["value"].as_str().expect("a text").to_owned();
    Ok([("text", text)].into())
}
