mod lines;
mod properties;
