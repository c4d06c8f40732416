mod complete;
mod convert;
#[cfg(unix)]
mod exec;
mod expand;
mod found;
mod lists;
mod manners;
mod platforms;
mod purpose;
mod render;
mod variables;
mod verbs;
