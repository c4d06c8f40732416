mod complete;
mod expand;
mod found;
mod lists;
mod platforms;
mod render;
mod variables;
mod verbs;
