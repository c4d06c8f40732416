mod losses;
mod notations;
mod secrets;
