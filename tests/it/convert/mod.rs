mod losses;
mod notations;
mod properties;
mod secrets;
