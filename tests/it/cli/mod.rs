mod complete;
mod convert;
#[cfg(unix)]
mod endless;
#[cfg(unix)]
mod examples;
#[cfg(unix)]
mod exec;
mod expand;
mod found;
mod lists;
mod manners;
mod platforms;
mod purpose;
mod render;
#[cfg(unix)]
mod streams;
mod variables;
mod verbs;
