mod properties;
mod urls;
